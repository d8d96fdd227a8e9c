"""What Mitplan writes as Word, read by LibreOffice and pandoc: strangers come to the same texts."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mitplan.core.text.passages import Kind, Passage
from mitplan.formats import docx, odt
from mitplan.formats.docx_output import Sheet
from mitplan.formats.docx_tracking import Author
from tests.formats.office import read_by_pandoc, through_libreoffice
from tests.formats.text_pairs import pair

OFFICE = Author("Geschäftsstelle", datetime(2026, 5, 1, tzinfo=UTC))
A = Passage("a", Kind.LIST_ITEM, "Das Land fördert Kurse", 0, "1.")
B = Passage("b", Kind.PARAGRAPH, "Vereine bieten Räume an")
C = Passage("c", Kind.LIST_ITEM, "Punkt zwei hier", 0, "2.")
GOAL = Passage("g", Kind.GOAL, "Kurse am Abend.")
TABLE = Passage("t", Kind.TABLE, "| Jahr | Plätze |\n| --- | --- |\n| 2025 | 10 |")
NOTE = Passage("f", Kind.FOOTNOTE, "Siehe dort.", label="1")
PAIRS = {
    **{f"made{seed}": pair(seed) for seed in range(16)},
    "words_at_both_edges_of_a_mark": (
        (A, B),
        (replace(A, text=A.text + " überall"), replace(B, text="Auch " + B.text)),
    ),
    "note_before_a_new_paragraph": (
        (A, GOAL),
        (replace(A, text=A.text + "[^1]"), B, GOAL, NOTE),
    ),
    "goal_deleted_before_a_table": ((B, GOAL, TABLE), (B, TABLE)),
    "table_at_the_end_deleted": ((B, TABLE), (B,)),
    "same_words_at_another_level": (
        (A, C, B),
        (A, replace(C, level=1, label="1."), B),
    ),
    "last_paragraph_inserted": ((A,), (A, GOAL)),
}
CLEAN = pair(24, size=40)[0]  # with notes


def redline(name):
    old, new = PAIRS[name]
    return docx.redline(old, new, Sheet("Plan"), by=OFFICE)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The folder in which LibreOffice has accepted, rejected and saved our files, all in one run."""
    folder = tmp_path_factory.mktemp("office")
    files = {name: redline(name) for name in PAIRS}
    files["clean"] = docx.write(CLEAN, "Plan")
    through_libreoffice(folder, files, kept=("clean", "made7"))
    return folder


def without_ids(document):
    return tuple(replace(passage, id="") for passage in document)


@pytest.mark.parametrize("name", PAIRS)
def test_libreoffice_accepts_all_to_the_new_text_and_rejects_all_to_the_old(office, name):
    old, new = PAIRS[name]

    accepted = docx.read((office / f"{name}-accept.docx").read_bytes())
    rejected = docx.read((office / f"{name}-reject.docx").read_bytes())

    assert without_ids(accepted) == without_ids(new)
    assert without_ids(rejected) == without_ids(old)


def test_libreoffice_saves_passages_with_their_ids_as_docx(office):
    assert docx.read((office / "clean-kept.docx").read_bytes()) == CLEAN


def test_libreoffice_saves_passages_with_their_ids_as_odt(office):
    assert odt.read((office / "clean-kept.odt").read_bytes()) == CLEAN


def test_libreoffice_saves_changes_with_ids_as_docx(office):
    old, new = PAIRS["made7"]
    saved = (office / "made7-kept.docx").read_bytes()

    assert docx.read(saved, "accept") == new
    assert docx.read(saved, "reject") == old


def test_libreoffice_saves_changes_with_ids_as_odt(office):
    old, new = PAIRS["made7"]
    saved = (office / "made7-kept.odt").read_bytes()

    assert odt.read(saved) == new
    assert odt.read(saved, "reject") == old


@pytest.mark.parametrize("name", ["made1", "made2", "made3", "goal_deleted_before_a_table"])
def test_pandoc_reads_the_same_words(name):
    old, new = PAIRS[name]

    for revisions, document in (("accept", new), ("reject", old)):
        clean = docx.write(document, "Plan")
        assert read_by_pandoc(redline(name), revisions) == read_by_pandoc(clean, "accept")
