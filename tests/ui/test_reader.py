import pytest

from mitplan.ui.reader import Mark, OriginLabel, ReaderPassage, render_passages
from mitplan.ui.values import Link


def paragraph(text="Text", **names):
    return ReaderPassage("paragraph", text, **names)


def item(text, level=0, label="-"):
    return ReaderPassage("list_item", text, level=level, label=label)


def heading(text, level):
    return ReaderPassage("heading", text, level=level)


def inner(passages, **options):
    """The HTML inside the frame of the reader, without its classes."""
    html = render_passages(passages, **options)
    for name in (' class="ui-passage"', ' class="ui-list"'):
        html = html.replace(name, "")
    return "".join(html.split("\n")[1:-1])


def test_reader_names_the_language_of_the_plan():
    assert render_passages([]) == '<div class="ui-reader" lang="de" dir="ltr">\n</div>'


def test_reader_paragraph_carries_id_and_permanent_address():
    html = render_passages([paragraph("A & B", id="p-1", number="7", url="/plan/p-1/")])

    assert '<div id="p-1" class="ui-passage">' in html
    assert '<a class="ui-permalink" href="/plan/p-1/"' in html
    assert ">7</a><p>A &amp; B</p></div>" in html


@pytest.mark.parametrize(
    ("levels", "shift", "tags"),
    [
        ((1, 2, 2), 0, ["h1", "h2", "h2"]),
        ((1, 2), 1, ["h2", "h3"]),
        ((2, 4, 4), 0, ["h2", "h3", "h4"]),
        ((1, 9, 9, 9, 9, 9, 9), 0, ["h1", "h2", "h3", "h4", "h5", "h6", "h6"]),
    ],
)
def test_reader_headings_never_skip_a_level_downwards(levels, shift, tags):
    html = inner([heading("T", level) for level in levels], shift=shift)

    assert [part[:2] for part in html.split("<")[1:] if part[0] == "h"] == tags


def test_reader_neighbouring_items_become_one_list_with_deeper_items_inside():
    html = inner([item("A"), item("A1", 1), item("A2", 1), item("B"), paragraph()])

    assert html == (
        "<ul><li>A<ul><li>A1</li><li>A2</li></ul></li><li>B</li></ul><div><p>Text</p></div>"
    )


def test_reader_list_that_begins_deep_and_returns_keeps_every_item():
    assert (
        inner([item("A", 2), item("B", 1), item("C", 0)])
        == "<ul><li>A</li><li>B</li><li>C</li></ul>"
    )


def test_reader_numbers_keep_their_value_and_letters_are_written():
    html = inner([item("A", label="3."), item("B", label="4."), item("C", label="c)")])

    assert html.startswith('<ol><li value="3">A</li><li value="4">B</li></ol><ul>')
    assert '<span class="ui-list__label">c)</span> C</li>' in html


def test_reader_measure_is_a_box_with_its_facts():
    measure = ReaderPassage(
        "measure", "Ein Verzeichnis", label="Maßnahme 3.2", fields=[("Plätze", 1200), ("Bis", "")]
    )

    html = render_passages([measure])

    assert '<p class="ui-box__label">Maßnahme 3.2</p><p>Ein Verzeichnis</p>' in html
    assert "<div><dt>Plätze</dt><dd>1.200</dd></div><div><dt>Bis</dt><dd>–</dd></div>" in html


def test_reader_footnotes_can_be_reached_from_the_text():
    html = render_passages(
        [paragraph("Ziel[^2]"), ReaderPassage("footnote", "Stand 2026", label="2")]
    )

    assert '<a href="#fn-2">2</a>' in html
    assert 'id="fn-2"' in html


def test_reader_table_and_code_are_drawn_and_escaped():
    html = render_passages(
        [ReaderPassage("table", "| A |\n|---|\n| <b> |"), ReaderPassage("code", "<x>")]
    )

    assert "<td>&lt;b&gt;</td>" in html
    assert "<code>&lt;x&gt;</code>" in html


def test_reader_marks_name_known_origins_only():
    marks = (Mark("Alt & ", 1), Mark("neu", 2))

    html = inner(
        [paragraph(marks=marks)], origins={2: OriginLabel(9, "Anliegen 5", "/anliegen/5/")}
    )

    assert html == (
        '<div><p>Alt &amp; <span class="ui-origin ui-origin--1">neu'
        '<sup><a href="/anliegen/5/" title="Anliegen 5">9</a></sup></span></p></div>'
    )


def test_reader_note_actions_and_extra_stand_below_the_passage():
    passage = paragraph(
        note="Hier wird weitergearbeitet", actions=(Link("Vorschlagen", "/neu/"),), extra="<form>"
    )

    html = inner([passage])

    assert html == (
        '<div><p>Text</p><p class="ui-note">Hier wird weitergearbeitet</p>'
        '<p class="ui-actions"><a href="/neu/">Vorschlagen</a></p>&lt;form&gt;</div>'
    )


def test_reader_takes_any_object_with_the_names_of_a_passage():
    class Row:
        kind, text, level, label = "quote", "Wir warten", 0, ""

    assert inner([Row()]) == "<div><blockquote><p>Wir warten</p></blockquote></div>"
