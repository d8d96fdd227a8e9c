"""Markdown in and out: cases of docs/algorithms/markdown-normal-form.md."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mitplan.core.text.passages import Kind, Passage
from mitplan.formats.markdown import normalise_markdown, read, read_file, write

PIECES = [
    "# ", "## ", "#", "- ", "* ", "-", "1. ", "2. ", "10) ", "a) ", "> ", ">", "```", "~~~", "``` py",
    ":::ziel\n", ":::massnahme {#m}\n", ":::", "[^1]:", "[^a]: ", "| a | b |", "|---|---|", "|--|",
    "a | b", "---", "===", "--", "***", "\\", "  \n", "\n", "\n\n", "    ", "  ", "\t", "Wort", "Größe",
    " und ", "2. Juni", "Nummer: 7\n", " {#x1}", "{#y}", "\\# ", "\\- ", "1\\. ", "\u00a0", "`", "**b**",
]  # fmt: skip
SOURCES = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
LINES = st.lists(st.sampled_from([piece.strip("\n") for piece in PIECES]), max_size=5).map("".join)
PASSAGES = st.builds(
    Passage,
    st.sampled_from(["", "t1"]),
    st.sampled_from(list(Kind)),
    st.lists(LINES, max_size=3).map("\n".join),
    st.integers(0, 3),
    st.sampled_from(["-", "1.", "7.", "3)", "a)", "c)", "", "x"]),
    st.sampled_from([(), (("Nummer", "7"), ("Titel", "a: b"))]),
)
many = settings(max_examples=150, deadline=None)


def words(text):
    return re.findall(r"\w+", text)


def passage(kind, text, level=0, label="", **more):
    return Passage(more.get("id", ""), kind, text, level, label, more.get("fields", ()))


def paragraph(text, level=0):
    return passage(Kind.PARAGRAPH, text, level)


def item(text, level=0, label="-"):
    return passage(Kind.LIST_ITEM, text, level, label)


@many
@given(SOURCES)
def test_normalise_twice_changes_nothing(source):
    once = normalise_markdown(source)

    assert normalise_markdown(once) == once


@many
@given(SOURCES)
def test_read_after_write_with_ids_gives_the_same_passages(source):
    passages = read(source)

    assert read(write(passages, with_ids=True)) == passages


@many
@given(st.lists(PASSAGES, max_size=5))
def test_write_of_any_passages_is_in_normal_form_and_keeps_their_words(passages):
    written = write(passages)

    assert normalise_markdown(written) == written
    assert [words(entry.text) for entry in read(written)] == [
        words(entry.text)
        for entry in passages
        if entry.text.strip(" \t\n") or entry.kind not in {Kind.PARAGRAPH, Kind.QUOTE, Kind.TABLE}
    ]


@pytest.mark.deep
@settings(max_examples=100_000, deadline=None)
@given(SOURCES)
def test_normalise_twice_changes_nothing_in_very_many_cases(source):
    passages = read(source)

    assert read(write(passages, with_ids=True)) == passages
    assert write(read(write(passages))) == write(passages)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Der **Plan**", [passage(Kind.HEADING, "Der **Plan**", 1)]),
        ("### Ziele ###", [passage(Kind.HEADING, "Ziele", 3)]),
        (
            "Titel\n=====\nAbschnitt\n---",
            [passage(Kind.HEADING, "Titel", 1), passage(Kind.HEADING, "Abschnitt", 2)],
        ),
        ("Eine Zeile\nund noch eine.", [paragraph("Eine Zeile und noch eine.")]),
        ("Hart  \numbrochen\\\nzweimal.", [paragraph("Hart\numbrochen\nzweimal.")]),
        ("Erster.\n\nZweiter.", [paragraph("Erster."), paragraph("Zweiter.")]),
        ("bis zum\n2. Juni 2027", [paragraph("bis zum 2. Juni 2027")]),
        ("<sup>1</sup> Die Zulassung", [paragraph("<sup>1</sup> Die Zulassung")]),
        ("- a\n- b\n  - c\n- d", [item("a"), item("b"), item("c", 1), item("d")]),
        ("* a\n\n* b", [item("a"), item("b")]),
        ("3. a\n7. b\n1. c", [item("a", label="3."), item("b", label="4."), item("c", label="5.")]),
        ("1. a\n\n---\n\n1. b", [item("a", label="1."), item("b", label="2.")]),
        ("a) x\nb) y", [item("x", label="a)"), item("y", label="b)")]),
        ("1. a\n   - b\n2. c", [item("a", label="1."), item("b", 1), item("c", label="2.")]),
        ("- a\n\n  mehr\n\ndanach", [item("a"), paragraph("mehr", 1), paragraph("danach")]),
        (
            "> Ein Wort\n> von ihr.\n>\n> Noch eins.",
            [passage(Kind.QUOTE, "Ein Wort von ihr."), passage(Kind.QUOTE, "Noch eins.")],
        ),
        ("a|b\n-|:-:\n1|2", [passage(Kind.TABLE, "| a | b |\n| --- | :---: |\n| 1 | 2 |")]),
        (
            "[^1]: Eine Note\n    geht weiter.",
            [passage(Kind.FOOTNOTE, "Eine Note geht weiter.", label="1")],
        ),
        (
            "[^n]: Eins.\n\n    Zwei.\n\nDanach.",
            [passage(Kind.FOOTNOTE, "Eins.\nZwei.", label="n"), paragraph("Danach.")],
        ),
        ("```py\nx = 1\n\ny\n```", [passage(Kind.CODE, "x = 1\n\ny", label="py")]),
        ("    eingerückt\n\n    mehr", [passage(Kind.CODE, "eingerückt\n\nmehr")]),
        ("Eins\n\n---\n\nZwei", [paragraph("Eins"), paragraph("Zwei")]),
        ("\\# kein Titel", [paragraph("# kein Titel")]),
        ("1986\\. Ein Jahr", [paragraph("1986. Ein Jahr")]),
        ("Text {#t12}", [passage(Kind.PARAGRAPH, "Text", id="t12")]),
        ("## Titel {#t1}", [passage(Kind.HEADING, "Titel", 2, id="t1")]),
        ("- Punkt {#t2}", [passage(Kind.LIST_ITEM, "Punkt", label="-", id="t2")]),
        ("|a|\n|-|\n{#t3}", [passage(Kind.TABLE, "| a |\n| --- |", id="t3")]),
        ("", []),
    ],
)
def test_read_blocks(source, expected):
    assert list(read(source)) == expected


def test_read_goal_and_measure_with_fields():
    source = (
        ":::ziel {#g1}\nNummer: 1.1\nTitel: Kurse: mehr davon\n\nBis 2027 finden Kurse\nauch am Abend statt.\n:::\n"
        ":::massnahme\nNummer: M1\n:::\n"
    )

    assert read(source) == (
        Passage(
            "g1", Kind.GOAL, "Bis 2027 finden Kurse auch am Abend statt.",
            fields=(("Nummer", "1.1"), ("Titel", "Kurse: mehr davon")),
        ),
        Passage("", Kind.MEASURE, "", fields=(("Nummer", "M1"),)),
    )  # fmt: skip


def test_read_goal_without_end_stops_at_the_next_heading():
    assert [entry.kind for entry in read(":::ziel\nNummer: 1\n\nSatz.\n\n# Weiter\n\nText.")] == [
        Kind.GOAL,
        Kind.HEADING,
        Kind.PARAGRAPH,
    ]


def test_read_file_returns_front_matter_as_metadata():
    file = read_file("---\ntitle: \"Der Plan\"\nstatus: 'Entwurf'\ntags:\n  - a\n---\n# Der Plan\n")

    assert file.metadata == {"title": "Der Plan", "status": "Entwurf", "tags": ""}
    assert file.passages == (Passage("", Kind.HEADING, "Der Plan", 1),)


def test_read_rule_at_the_beginning_is_no_front_matter():
    assert read("---\nEin Satz.\n\n---\n") == (paragraph("Ein Satz."),)


def test_read_windows_line_ends():
    assert read("# A\r\n\r\nb\r\n") == (passage(Kind.HEADING, "A", 1), paragraph("b"))


def test_write_normal_form_of_all_kinds():
    source = (
        "# Plan\n\nEin Absatz  \nin zwei Zeilen.\n\n- a\n- b\n    1. c\n\n    weiter in b\n\n> Zitat\n\n"
        "| a | b |\n| --- | --- |\n| 1 | 2 |\n\n```\ncode\n```\n\n"
        ":::ziel\nNummer: 1\n\nDer Satz.\n:::\n\n[^1]: Note\n"
    )

    assert normalise_markdown(source) == source.replace("  \n", "\\\n")


def test_write_text_that_looks_like_a_block_is_escaped():
    texts = [
        "# Titel",
        "- Punkt",
        "2. Juni",
        "a) erstens",
        "> mehr",
        "---",
        ":::ziel",
        "[^1]: x",
        "```",
    ]

    written = write([paragraph(text) for text in texts])

    assert read(written) == tuple(map(paragraph, texts))
    assert written.startswith(
        "\\# Titel\n\n\\- Punkt\n\n2\\. Juni\n\na\\) erstens\n\n\\> mehr\n\n\\---"
    )


def test_write_text_that_ends_like_an_id_is_escaped():
    assert read(write([paragraph("siehe {#t1}")])) == (paragraph("siehe {#t1}"),)
    assert read(write([passage(Kind.HEADING, "C #", 1)])) == (passage(Kind.HEADING, "C #", 1),)


def test_write_level_without_a_list_above_is_lifted():
    assert write([item("a", 3), item("b", 3)]) == "- a\n    - b\n"


def test_write_numbers_are_computed():
    assert write([item("a", label="2."), item("b", label="9.")]) == "2. a\n3. b\n"


@pytest.mark.parametrize("key", ["mit blank", "", "a}b"])
def test_write_id_that_cannot_be_read_again_is_refused(key):
    entry = passage(Kind.PARAGRAPH, "Text", id=key)
    if not key:
        assert write([entry], with_ids=True) == "Text\n"
        return
    with pytest.raises(ValueError, match="cannot be written as an id"):
        write([entry], with_ids=True)


@pytest.mark.parametrize("name", ["", "1", "a:b", "#x"])
def test_write_field_name_that_cannot_be_read_again_is_refused(name):
    with pytest.raises(ValueError, match="cannot be written as the name of a field"):
        write([passage(Kind.GOAL, "Satz", fields=((name, "x"),))])


@pytest.mark.parametrize("number", range(2, 33))
def test_real_act_keeps_all_words_in_order(shared_data, number):
    (path,) = (shared_data / "texts" / "swiss-aig").glob(f"{number:02}_*.md")
    source = path.read_text(encoding="utf-8")

    normal = normalise_markdown(source)

    assert words(normal) == words(source.split("---\n", 2)[2])
    assert normalise_markdown(normal) == normal
