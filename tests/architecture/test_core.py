"""The core is plain Python: the same values in give the same values out, anywhere."""

import ast
import sys

import pytest

from tests.architecture.house import PACKAGE, imported_modules, relative

LIBRARIES = {"holidays", "mitplan", "numpy", "rapidfuzz", "snowballstemmer"}
CLOCKS_AND_FILES = {"now", "today", "utcnow", "open", "input", "print"}
FILES = sorted((PACKAGE / "core").rglob("*.py"))


def called_names(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", ""))


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_core_uses_only_the_standard_library_and_small_pure_libraries(path):
    roots = {module.split(".")[0] for module in imported_modules(path)}

    assert roots - LIBRARIES - set(sys.stdlib_module_names) == set()


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_core_gets_dates_and_times_handed_in(path):
    assert CLOCKS_AND_FILES & set(called_names(path)) == set()
