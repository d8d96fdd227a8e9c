"""The documents speak of what there is."""

import re

import pytest

from tests.architecture.house import PACKAGE, ROOT
from tools import reference

SETTING = re.compile(r"(?:environ(?:\.get)?[\[(]|_switched_on\()\s*\"([A-Z_]+)\"")


def document(name):
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_every_setting_is_described():
    used = {
        name
        for path in (PACKAGE / "config").glob("*.py")
        for name in SETTING.findall(path.read_text(encoding="utf-8"))
    } - {"DJANGO_SETTINGS_MODULE"}
    described = set(re.findall(r"`([A-Z]+_[A-Z_]+)`", document("reference/settings.md")))

    assert used | {"DATABASE_URL"} == described


def test_every_decision_is_listed():
    records = {path.name for path in (ROOT / "docs/adr").glob("0*.md")}

    assert set(re.findall(r"\((0[\w-]+\.md)\)", document("adr/README.md"))) == records


def test_every_page_can_be_reached_from_the_index():
    pages = {
        path
        for folder in ("tutorial", "how-to", "reference", "explanation")
        for path in (ROOT / "docs" / folder).glob("*.md")
    }
    linked = {
        ROOT / "docs" / target for target in re.findall(r"\(([\w/-]+\.md)\)", document("index.md"))
    }

    assert pages - linked == set()


def test_documents_name_only_make_targets_that_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    named = {
        target
        for path in documents
        for target in re.findall(r"`make ([a-z-]+)", path.read_text(encoding="utf-8"))
    }

    assert named - targets == set()


@pytest.mark.parametrize("name", reference.PAGES)
def test_reference_is_what_the_code_says(name):
    assert document(f"reference/{name}") == reference.PAGES[name]()
