"""Two texts as one Word file with tracked changes; accepting all gives the new text, rejecting all the old."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mitplan.core.text.passages import Kind, Passage
from mitplan.formats import docx
from mitplan.formats.docx_output import Sheet
from mitplan.formats.docx_tracking import Author, Credit
from tests.formats.text_pairs import pair

OFFICE = Author("Geschäftsstelle", datetime(2026, 5, 1, 12, tzinfo=UTC))
COUNCIL = Author("17 · Beirat", datetime(2026, 6, 2, tzinfo=UTC))
A = Passage("a", Kind.PARAGRAPH, "Das Land fördert Kurse.")
B = Passage("b", Kind.PARAGRAPH, "Vereine bieten Räume an.")
C = Passage("c", Kind.HEADING, "Sprache", 2)
TABLE = Passage("t", Kind.TABLE, "| Jahr | Plätze |\n| --- | --- |\n| 2025 | 10 |\n| 2026 | 20 |")
GOAL = Passage("g", Kind.GOAL, "Kurse am Abend.", fields=(("Nummer", "1"), ("Titel", "Abend")))


def redline(old, new, **options):
    return docx.redline(tuple(old), tuple(new), Sheet("Plan"), by=OFFICE, **options)


def xml(data, part="document"):
    return zipfile.ZipFile(io.BytesIO(data)).read(f"word/{part}.xml").decode()


def changes(data):
    """What the file marks as changed: kind, author, words."""
    found = re.findall(
        r'<w:(ins|del|moveFrom|moveTo) w:id="\d+" w:author="([^"]*)"[^>]*[^/]>(.*?)</w:\1>',
        xml(data),
    )
    return [
        (kind, author, "".join(re.findall(r"<w:(?:t|delText)[^>]*>([^<]*)<", content)))
        for kind, author, content in found
    ]


def assert_both_texts(data, old, new):
    assert docx.read(data, "accept") == tuple(new)
    assert docx.read(data, "reject") == tuple(old)


@pytest.mark.parametrize("seed", range(150))
def test_redline_of_generated_texts_gives_both_with_their_ids(seed):
    old, new = pair(seed)

    assert_both_texts(redline(old, new), old, new)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(150, 6000))
def test_redline_of_many_generated_texts_gives_both_with_their_ids(seed):
    old, new = pair(seed, size=12)

    assert_both_texts(redline(old, new), old, new)


def test_redline_marks_words():
    data = redline([A], [replace(A, text="Das Land fördert auch Kurse am Abend.")])

    assert changes(data) == [
        ("ins", "Geschäftsstelle", "auch "),
        ("ins", "Geschäftsstelle", " am Abend"),
    ]


def test_redline_without_change_marks_nothing():
    assert changes(redline([A, B, TABLE, GOAL], [A, B, TABLE, GOAL])) == []


def test_redline_new_look_of_a_word_is_a_change():
    new = [replace(A, text="Das Land fördert **Kurse**.")]
    data = redline([A], new)

    assert changes(data) == [("del", OFFICE.name, "Kurse"), ("ins", OFFICE.name, "Kurse")]
    assert_both_texts(data, [A], new)


def test_redline_deleted_passage_goes_with_its_mark():
    data = redline([A, B], [A])

    assert changes(data) == [("del", OFFICE.name, B.text)]
    assert re.search(r"<w:pPr><w:rPr><w:del [^>]*/></w:rPr></w:pPr>", xml(data))


def test_redline_moved_passage_is_a_pair_with_one_name():
    data = redline([A, B, C], [B, C, A])

    assert (
        changes(data) == [("moveTo", OFFICE.name, A.text), ("moveFrom", OFFICE.name, A.text)][::-1]
    )
    assert re.findall(r'<w:(move\w+RangeStart) [^>]*w:name="(\w+)"', xml(data)) == [
        ("moveFromRangeStart", "Verschiebung1"),
        ("moveToRangeStart", "Verschiebung1"),
    ]


def test_redline_passages_that_move_together_are_one_move():
    other = Passage("d", Kind.PARAGRAPH, "Ein langer Absatz.")
    more = Passage("e", Kind.PARAGRAPH, "Noch ein langer Absatz.")
    data = redline([A, B, C, other, more], [C, other, more, A, B])

    assert len(re.findall(r"<w:moveToRangeStart ", xml(data))) == 1


def test_redline_moved_and_reworded_passage_goes_and_comes():
    data = redline([A, B, C], [B, C, replace(A, text="Das Land fördert keine Kurse.")])

    assert [kind for kind, _, _ in changes(data)] == ["del", "ins"]


def test_redline_other_level_or_kind_goes_and_comes_with_the_same_words():
    new = [replace(C, level=3), replace(A, kind=Kind.LIST_ITEM, label="-")]
    data = redline([C, A], new)

    assert [kind for kind, _, _ in changes(data)] == ["moveFrom", "moveFrom", "moveTo", "moveTo"]
    assert_both_texts(data, [C, A], new)


def test_redline_first_item_deleted_lets_the_others_stay():
    items = [Passage(f"i{n}", Kind.LIST_ITEM, f"Punkt {n}", 0, f"{n}.") for n in (1, 2, 3)]
    new = [replace(items[1], label="1."), replace(items[2], label="2.")]
    data = redline(items, new)

    assert changes(data) == [("del", OFFICE.name, "Punkt 1")]
    assert_both_texts(data, items, new)


def test_redline_table_marks_rows_and_words_in_cells():
    new = [replace(TABLE, text=TABLE.text.replace("| 10 |", "| 12 |") + "\n| 2027 | 30 |")]
    data = redline([TABLE], new)

    assert changes(data) == [
        ("del", OFFICE.name, "10"),
        ("ins", OFFICE.name, "12"),
        ("ins", OFFICE.name, "2027"),
        ("ins", OFFICE.name, "30"),
    ]
    assert len(re.findall(r"<w:trPr><w:cantSplit/><w:ins ", xml(data))) == 1
    assert_both_texts(data, [TABLE], new)


def test_redline_table_with_other_columns_goes_and_comes():
    new = [replace(TABLE, text="| Jahr |\n| --- |\n| 2025 |")]

    assert_both_texts(redline([TABLE], new), [TABLE], new)


def test_redline_keeps_the_sides_to_which_columns_are_set():
    old = [replace(TABLE, text="| Jahr | Plätze |\n| :---: | ---: |\n| 2025 | 10 |")]
    new = [replace(TABLE, text="| Jahr | Plätze |\n| :--- | ---: |\n| 2025 | 10 |")]

    assert_both_texts(redline(old, new), old, new)


def test_redline_row_with_fewer_cells_stays_as_it_is():
    old = [replace(TABLE, text="| Jahr |\n| --- |\n| 2025 | 10 |\n| 2026 | 20 |")]
    new = [replace(TABLE, text="| Jahr |\n| --- |\n| 2025 | 12 |\n| nur eine |")]

    assert_both_texts(redline(old, new), old, new)


def test_redline_new_head_of_a_table_keeps_its_id_in_both_texts():
    new = [replace(TABLE, text=TABLE.text.replace("Jahr | Plätze", "Ort | Zahl der Anträge"))]

    assert_both_texts(redline([TABLE], new), [TABLE], new)


def test_redline_fields_of_a_goal():
    new = [replace(GOAL, fields=(("Nummer", "1"), ("Zieljahr", "2027"), ("Titel", "Am Abend")))]
    data = redline([GOAL], new)

    assert changes(data) == [
        ("ins", OFFICE.name, "Zieljahr: 2027"),
        ("ins", OFFICE.name, "Am "),
    ]
    assert_both_texts(data, [GOAL], new)


def test_redline_note_changed_inside():
    note = Passage("f", Kind.FOOTNOTE, "Siehe Seite 3.", label="1")
    text = replace(A, text="Das Land fördert Kurse.[^1]")
    new = [text, replace(note, text="Siehe Seite 4.")]
    data = redline([text, note], new)

    assert changes(data) == []
    assert "<w:delText" in xml(data, "footnotes")
    assert_both_texts(data, [text, note], new)


def test_redline_note_before_another_renumbers_without_a_change():
    first = Passage("f1", Kind.FOOTNOTE, "Erste.", label="1")
    second = Passage("f2", Kind.FOOTNOTE, "Zweite.", label="1")
    old = [A, replace(B, text="Vereine[^1] bieten."), second]
    new = [
        replace(A, text="Das Land[^1] fördert Kurse."),
        replace(B, text="Vereine[^2] bieten."),
        first,
        replace(second, label="2"),
    ]
    data = redline(old, new)

    assert len(changes(data)) == 1
    assert_both_texts(data, old, new)


def test_redline_names_authors_by_passage_and_by_words():
    new = [replace(A, text="Das Land fördert sehr viele Kurse."), B]
    authors = {"a": Credit(OFFICE, ((21, OFFICE), (20, COUNCIL))), "b": Credit(COUNCIL)}

    assert changes(redline([A], new, authors=authors)) == [
        ("ins", OFFICE.name, "sehr"),
        ("ins", COUNCIL.name, " viele "),
        ("ins", COUNCIL.name, B.text),
    ]


def test_redline_says_when():
    data = redline([A], [A, B], authors={"b": Credit(COUNCIL)})

    assert set(re.findall(r'w:date="([^"]+)"', xml(data))) == {"2026-06-02T00:00:00Z"}


def test_redline_ids_that_word_does_not_allow_leave_no_bookmark():
    assert "bookmarkStart" not in xml(redline([replace(A, id="#1")], [replace(A, id="#1")]))


def test_redline_numbers_all_changes_and_bookmarks_apart():
    old, new = pair(7)
    numbers = re.findall(r'<w:(?!footnote|num)\w+ w:id="(\d+)"', xml(redline(old, new)))
    starts = [number for number in numbers if numbers.count(number) > 2]

    assert starts == []


def test_redline_is_the_same_every_time():
    assert redline([A], [B]) == redline([A], [B])
