"""Word files in and out."""

import io
import zipfile
from dataclasses import replace

import docx as python_docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from mitplan.core.text.passages import Kind, Passage
from mitplan.formats import docx, markdown
from mitplan.formats.errors import FormatError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
PLAN = """# Plan

Ein **wichtiger** Absatz mit *Nachdruck*, 5 \\* 3 und Bürger\\*innen.[^1]

## Ziele

- erstens
- zweitens
    1. genauer
    2. noch genauer

    dazu ein Absatz
- drittens

a) mit Buchstaben
b) und weiter

> Ein Zitat.

| Jahr | Plätze |
| --- | --- |
| 2025 | 10 \\| 20 |

```
code  bleibt
  genau
```

:::ziel
Nummer: 1.1
Titel: Kurse am Abend

Bis 2027 finden Kurse auch am Abend statt.
:::

:::massnahme
Nummer: M1

Das Land fördert Kurse.
:::

[^1]: Siehe <https://example.org/a_b_c>.
"""


def body(xml):
    """A Word file with this body."""
    document = python_docx.Document()
    element = document.element.body
    for child in list(element)[:-1]:
        element.remove(child)
    for index, child in enumerate(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")):
        element.insert(index, child)
    return saved(document)


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def repacked(data, **changes):
    """The file with parts replaced (bytes) or changed (function); "/" in names is written "__"."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            change = changes.get(name.replace("/", "__").replace(".", "_"))
            content = old.read(name)
            new.writestr(name, change(content) if callable(change) else change or content)
    return file.getvalue()


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def texts(data, revisions="accept"):
    return [passage.text for passage in docx.read(data, revisions)]


def test_read_after_write_gives_the_same_passages_with_their_ids():
    passages = tuple(
        replace(passage, id=f"t{number}") for number, passage in enumerate(markdown.read(PLAN))
    )

    assert docx.read(docx.write(passages, "Plan")) == passages


def test_write_sets_the_title_and_real_styles():
    document = python_docx.Document(io.BytesIO(docx.write(markdown.read(PLAN), "Der Plan")))

    assert document.core_properties.title == "Der Plan"
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 2"] == ["Ziele"]
    assert document.paragraphs[1].runs[1].bold


def test_write_note_without_reference_stays_a_note():
    passages = (Passage("", Kind.PARAGRAPH, "Text"), Passage("", Kind.FOOTNOTE, "Note", label="7"))

    assert docx.read(docx.write(passages, "")) == passages


def test_write_two_notes_with_one_label_loses_none():
    passages = (
        Passage("", Kind.PARAGRAPH, "Text[^1] und noch einmal[^1]"),
        Passage("", Kind.FOOTNOTE, "Erste", label="1"),
        Passage("", Kind.FOOTNOTE, "Zweite", label="1"),
    )

    assert sorted(texts(docx.write(passages, ""))) == ["Erste", passages[0].text, "Zweite"]


def test_write_reference_in_code_keeps_the_note():
    passages = (Passage("", Kind.CODE, "x[^1]"), Passage("", Kind.FOOTNOTE, "Note", label="1"))

    assert docx.read(docx.write(passages, "")) == passages


def test_write_drops_characters_that_xml_cannot_hold():
    assert texts(docx.write([Passage("", Kind.PARAGRAPH, "a\x00\x0bb\ud800")], "")) == ["ab"]


@pytest.mark.parametrize("label", ["-", "1.", "3.", "2)", "c)", "IV.", "1.2"])
def test_write_list_marks_are_real_numbering(label):
    passages = (Passage("", Kind.LIST_ITEM, "Punkt", 0, label),)

    assert docx.read(docx.write(passages, "")) == passages


def test_read_localised_heading_by_the_chain_of_styles():
    document = python_docx.Document()
    style = document.styles.add_style("Kapitel", 1)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("Bildung", style="Kapitel")

    assert docx.read(saved(document)) == (Passage("", Kind.HEADING, "Bildung", 2),)


@pytest.mark.parametrize(
    ("style", "level"),
    [("berschrift3", 3), ("Überschrift 1", 1), ("Titel", 1), ("Heading9", 6), ("Textkörper", 0)],
)
def test_read_heading_by_the_name_of_an_unknown_style(style, level):
    (passage,) = docx.read(
        body(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run("Text")}</w:p>')
    )

    assert (passage.kind, passage.level) == (
        (Kind.HEADING, level) if level else (Kind.PARAGRAPH, 0)
    )


def test_read_heading_by_outline_level():
    (passage,) = docx.read(
        body(f'<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr>{run("Text")}</w:p>')
    )

    assert (passage.kind, passage.level) == (Kind.HEADING, 2)


def test_read_bold_and_italic_become_marks_and_plain_stars_are_escaped():
    xml = (
        f"<w:p>{run('Bürger*innen ')}<w:r><w:rPr><w:b/></w:rPr><w:t>sehr wichtig</w:t></w:r>"
        f'<w:r><w:rPr><w:i w:val="0"/></w:rPr><w:t>!</w:t></w:r></w:p>'
    )

    assert texts(body(xml)) == ["Bürger\\*innen **sehr wichtig**!"]


def test_read_special_characters():
    xml = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t>"
        '<w:softHyphen/><w:t>e</w:t><w:br w:type="page"/><w:instrText>PAGE</w:instrText></w:r></w:p>'
    )

    assert texts(body(xml)) == ["a\tb\nc\u2011de"]


def test_read_empty_paragraphs_and_contents_are_left_out():
    xml = f'<w:p/><w:p><w:pPr><w:pStyle w:val="toc 1"/></w:pPr>{run("Ziele 3")}</w:p><w:p>{run("Text")}</w:p>'

    assert texts(body(xml)) == ["Text"]


def test_read_content_controls_and_text_boxes():
    box = (
        f"<w:r><w:pict><w:txbxContent><w:p>{run('Im Kasten')}</w:p></w:txbxContent></w:pict></w:r>"
    )
    xml = f"<w:sdt><w:sdtContent><w:p>{run('Davor')}{box}</w:p></w:sdtContent></w:sdt>"

    assert texts(body(xml)) == ["Davor", "Im Kasten"]


@pytest.mark.parametrize(
    ("revisions", "expected"), [("accept", ["alt bleibt neu"]), ("reject", ["alt bleibt weg"])]
)
def test_read_tracked_words(revisions, expected):
    xml = (
        f"<w:p>{run('alt bleibt ')}<w:del><w:r><w:delText>weg</w:delText></w:r></w:del>"
        f"<w:ins>{run('neu')}</w:ins></w:p>"
    )

    assert texts(body(xml), revisions) == expected


def test_read_plain_text_inside_a_deletion_is_deleted_too():
    xml = f"<w:p>{run('bleibt')}<w:del>{run(' geht')}</w:del></w:p>"

    assert texts(body(xml)) == ["bleibt"]
    assert texts(body(xml), "reject") == ["bleibt geht"]


def test_read_deleted_paragraph_mark_joins_and_the_next_keeps_its_kind():
    xml = (
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Eins ')}</w:p>"
        f'<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>{run("Zwei")}</w:p>'
    )

    assert docx.read(body(xml)) == (Passage("", Kind.HEADING, "Eins Zwei", 1),)
    assert texts(body(xml), "reject") == ["Eins", "Zwei"]


def test_read_rejected_format_change_gives_the_former_kind():
    xml = (
        '<w:p><w:pPr><w:outlineLvl w:val="0"/><w:pPrChange><w:pPr/></w:pPrChange></w:pPr>'
        f"{run('Text')}</w:p>"
    )

    assert [passage.kind for passage in docx.read(body(xml))] == [Kind.HEADING]
    assert [passage.kind for passage in docx.read(body(xml), "reject")] == [Kind.PARAGRAPH]


def test_read_strict_file():
    strict = repacked(
        body(f"<w:p>{run('Text')}</w:p>"),
        word__document_xml=lambda xml: xml.replace(W.encode(), STRICT.encode()),
    )

    assert texts(strict) == ["Text"]


def oracle(shared_data):
    folder = shared_data / "docx" / "tracked"
    for path in sorted(folder.glob("*.docx")):
        for suffix, revisions in (("-Accepted", "accept"), ("-Rejected", "reject")):
            result = path.with_name(f"{path.stem}{suffix}.docx")
            if result.exists():
                yield path, result, revisions


def test_read_tracked_changes_like_the_oracle(shared_data):
    pairs = list(oracle(shared_data))
    wrong = [
        result.name
        for path, result, revisions in pairs
        if docx.read(path.read_bytes(), revisions) != docx.read(result.read_bytes())
    ]

    assert (wrong, len(pairs)) == ([], 52)


def ole(content):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + content


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Die Datei ist leer"),
        (b"a" * (21 * 1024 * 1024), "zu groß"),
        (b"Nur Text", "Das ist kein Word-Dokument"),
        (b"PK\x03\x04 und dann Unsinn", "beschädigt"),
        (ole(b"WordDocument"), "altes Word-Format|alten Word-Format"),
        (b"{\\rtf1 Text}", "alten Word-Format"),
        (ole("EncryptedPackage".encode("utf-16-le")), "mit einem Kennwort geschützt"),
    ],
)
def test_read_other_file_is_refused(data, sentence):
    with pytest.raises(FormatError, match=sentence):
        docx.read(data)


def test_read_zip_that_is_no_word_file_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("brief.txt", "Guten Tag")

    with pytest.raises(FormatError, match="Das ist kein Word-Dokument"):
        docx.read(file.getvalue())


def test_read_truncated_file_is_refused():
    data = body(f"<w:p>{run('Text')}</w:p>")

    with pytest.raises(FormatError, match="beschädigt"):
        docx.read(data[: len(data) // 2])


@pytest.mark.parametrize(
    "xml", [b"<w:document", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", b"\xff\xfe"]
)
def test_read_broken_or_dangerous_xml_is_refused(xml):
    with pytest.raises(FormatError, match="beschädigt"):
        docx.read(repacked(body(""), word__document_xml=xml))


def test_read_macros_are_refused():
    macros = repacked(
        body(""),
        **{"[Content_Types]_xml": lambda xml: xml.replace(b"document.main", b"macroEnabled.main")},
    )

    with pytest.raises(FormatError, match="Makros"):
        docx.read(macros)


def test_read_zip_bomb_is_refused():
    with pytest.raises(FormatError, match="stark gepackt"):
        docx.read(repacked(body(""), word__document_xml=b" " * 20_000_000))
