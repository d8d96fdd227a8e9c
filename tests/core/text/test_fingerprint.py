"""The hash of an edition."""

import json
from dataclasses import asdict, replace

import pytest

from mitplan.core.text.fingerprint import fingerprint
from mitplan.core.text.passages import Kind, Passage
from tests.core.properties import attempt
from tests.core.text.proposals import proposals

GOAL = Passage("z", Kind.GOAL, "Plätze für alle.", 1, "1.", (("bis", "2027"),))


def assert_stays_the_same_when_stored_and_read(case):
    """P20: the hash depends on what a reader sees, not on how it was stored."""
    document, _ = case
    stored = json.loads(json.dumps([asdict(passage) for passage in document]))
    again = tuple(
        Passage(**each | {"kind": Kind(each["kind"]), "fields": tuple(map(tuple, each["fields"]))})
        for each in stored
    )

    assert fingerprint(again) == fingerprint(document)


def test_fingerprint_stays_the_same_when_stored_and_read():
    attempt(assert_stays_the_same_when_stored_and_read, proposals(0))


@pytest.mark.deep
def test_fingerprint_stays_the_same_when_stored_and_read_in_many_cases(deep_cases):
    attempt(assert_stays_the_same_when_stored_and_read, proposals(0), deep_cases)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "y"},
        {"kind": Kind.MEASURE},
        {"text": "Plätze für Alle."},
        {"level": 2},
        {"label": "2."},
        {"fields": (("bis", "2028"),)},
    ],
)
def test_fingerprint_of_whatever_else_a_reader_sees_is_another(change):
    assert fingerprint((GOAL,)) != fingerprint((replace(GOAL, **change),))


def test_fingerprint_of_another_order_is_another():
    other = replace(GOAL, id="y")

    assert fingerprint((GOAL, other)) != fingerprint((other, GOAL))
