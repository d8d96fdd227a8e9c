"""Letter templates: placeholders are found wherever Word hides them, and mistakes are named by place."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from mitplan.formats.errors import FormatError
from mitplan.formats.letter_template import Template, Words

NAMES = ("organisation", "datum", "frist")


def word_file(*paragraphs, header="", footer=""):
    """Return a Word file; a list is a paragraph of several runs."""
    document = Document()
    for each in paragraphs:
        paragraph = document.add_paragraph()
        for run in [each] if isinstance(each, str) else each:
            paragraph.add_run(run)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def template(*paragraphs, **margins):
    return Template(word_file(*paragraphs, **margins), NAMES, "anliegen")


def problems(*paragraphs, **margins):
    found = template(*paragraphs, **margins).problems()
    return [each.message % each.params for each in found]


ANSWER = ([Words("Antwort")],)


def filled(made, block=ANSWER):
    values = {"organisation": "Verein", "datum": "1. Juni 2026", "frist": "15. Juni 2026"}
    return Document(io.BytesIO(made.filled(values, block)))


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


def test_placeholders_are_replaced_in_text_header_and_table():
    made = template("An {organisation}", "{anliegen}", header="Vom {datum}")

    document = filled(made)

    assert texts(document) == ["An Verein", "Antwort"]
    assert document.sections[0].header.paragraphs[0].text == "Vom 1. Juni 2026"


def test_placeholder_spread_over_runs_keeps_the_look_of_the_first():
    made = template(["An {orga", "nisa", "tion}, bis ", "{frist}"], "{anliegen}")

    assert texts(filled(made))[0] == "An Verein, bis 15. Juni 2026"


def test_spaces_and_capitals_in_a_placeholder_do_not_matter():
    made = template("An { Organisation }", "{ANLIEGEN}")

    assert made.problems() == []
    assert texts(filled(made)) == ["An Verein", "Antwort"]


def test_line_ends_in_a_value_become_line_breaks():
    made = template("{organisation}", "{anliegen}")
    document = Document(io.BytesIO(made.filled({"organisation": "Verein\nHanau"}, [])))

    assert texts(document) == ["Verein\nHanau"]


def test_answers_stand_as_paragraphs_with_marked_words():
    made = template("Davor", "{anliegen}", "Danach")
    block = [
        [Words("1. Anliegen", bold=True)],
        [Words("Kurse "), Words("am Vormittag", deleted=True), Words("am Abend", inserted=True)],
    ]

    document = filled(made, block)

    assert texts(document) == ["Davor", "1. Anliegen", "Kurse am Vormittagam Abend", "Danach"]
    runs = document.paragraphs[2].runs
    assert [(run.font.strike, run.font.underline) for run in runs] == [
        (None, None),
        (True, None),
        (None, True),
    ]
    assert document.paragraphs[1].runs[0].bold
    assert document.paragraphs[1].paragraph_format.keep_with_next


def test_text_box_is_filled_once():
    data = io.BytesIO(word_file("Brief", "{anliegen}"))
    document = Document(data)
    box = OxmlElement("w:txbxContent")
    inner = OxmlElement("w:p")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "{organisation}"
    run.append(text)
    inner.append(run)
    box.append(inner)
    next(document.element.body.iter(qn("w:r"))).append(box)
    target = io.BytesIO()
    document.save(target)

    made = filled(Template(target.getvalue(), NAMES, "anliegen"))

    assert [node.text for node in made.element.body.iter(qn("w:t"))] == [
        "Brief",
        "Verein",
        "Antwort",
    ]


@pytest.mark.parametrize(
    ("paragraphs", "sentence"),
    [
        (
            ["Kopf", "An {organsation}", "{anliegen}"],
            (
                "Text, Absatz 2: Den Platzhalter {organsation} gibt es nicht. Gemeint ist vielleicht "
                "{organisation}."
            ),
        ),
        (
            ["{xyz}", "{anliegen}"],
            (
                "Text, Absatz 1: Den Platzhalter {xyz} gibt es nicht. Erlaubt sind: {anliegen}, {datum}, "
                "{frist}, {organisation}."
            ),
        ),
        (
            ["An {organisation", "{anliegen}"],
            "Text, Absatz 1: Hier steht eine einzelne Klammer «{» oder «}». Ein Platzhalter braucht beide.",
        ),
        (
            ["Hier: {anliegen}"],
            (
                "Text, Absatz 1: {anliegen} muss im Text des Briefs allein in einem Absatz stehen, denn dort "
                "werden mehrere Absätze eingesetzt."
            ),
        ),
        (
            ["An {organisation}"],
            "Der Platzhalter {anliegen} fehlt. Ohne ihn stünden die Antworten nicht im Brief.",
        ),
    ],
)
def test_mistake_is_named_with_its_paragraph(paragraphs, sentence):
    assert problems(*paragraphs) == [sentence]


def test_mistakes_in_header_and_footer_are_named_too():
    assert problems("{anliegen}", header="{anliegen}", footer="{dato}") == [
        "Fußzeile, Absatz 1: Den Platzhalter {dato} gibt es nicht. Gemeint ist vielleicht {datum}.",
        (
            "Kopfzeile, Absatz 1: {anliegen} muss im Text des Briefs allein in einem Absatz stehen, denn dort "
            "werden mehrere Absätze eingesetzt."
        ),
    ]


@pytest.mark.parametrize("data", [b"", b"kein Word", b"PK\x03\x04kaputt", b"x" * (5 * 1024**2 + 1)])
def test_what_is_no_word_file_is_refused(data):
    with pytest.raises(FormatError):
        Template(data, NAMES, "anliegen")


def test_letter_keeps_every_other_part_of_the_file():
    data = word_file("{anliegen}")

    made = Template(data, NAMES, "anliegen").filled({}, [])

    def names(content):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()

    assert names(made) == names(data)
