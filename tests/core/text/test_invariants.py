"""Every invariant of docs/algorithms/invariants.md is proven by a test that exists."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.core.properties import name_of

DOCUMENT = Path(__file__).parents[3] / "docs/algorithms/invariants.md"
TEST = re.compile(r"`(test_\w+)\.py::(test_\w+)(?:\[(\w+)\])?`")
TEXT = DOCUMENT.read_text(encoding="utf-8")


@pytest.mark.parametrize(("module", "test", "case"), sorted(set(TEST.findall(TEXT))))
def test_named_test_exists(module, test, case):
    found = import_module(f"tests.core.text.{module}")

    assert callable(getattr(found, test))
    if case:
        assert case in [name_of(invariant) for invariant, _ in found.INVARIANTS]


def test_every_invariant_names_a_test():
    rows = dict(re.findall(r"^\| P(\d+) \|.*\| (.*) \|$", TEXT, re.MULTILINE))

    assert [int(number) for number in rows] == [*range(1, 16), *range(17, 23)]
    assert {number for number, tests in rows.items() if not TEST.search(tests)} <= {"14"}


def test_every_invariant_is_tried_in_many_cases_too():
    for module in sorted({module for module, _, _ in TEST.findall(TEXT)}):
        found = import_module(f"tests.core.text.{module}")
        assert any(name.endswith("_cases") for name in vars(found)), module
