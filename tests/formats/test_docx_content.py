"""What stands in a Word file and how it reads as text, whatever program wrote it."""

import io
import zipfile

import pytest

from mitplan.core.text.passages import Kind
from mitplan.formats import docx
from tests.formats.word_files import (
    W,
    bookmark,
    cell,
    complex_field,
    p,
    packed,
    part,
    r,
    row,
    table,
    word_file,
)

NESTED = complex_field("<w:r><w:instrText>PAGE</w:instrText></w:r>", r("1"))


def boxed(content):
    return f"<w:r><w:txbxContent>{content}</w:txbxContent></w:r>"


def controlled(content):
    return f"<w:sdt><w:sdtContent>{content}</w:sdtContent></w:sdt>"


CASES = {
    "simple field": (p(f'<w:fldSimple w:instr="DATE">{r("heute")}</w:fldSimple>'), ["heute"]),
    "field": (p(complex_field("<w:r><w:instrText>DATE</w:instrText></w:r>", r("heute"))), ["heute"]),
    "field inside the instruction of another": (
        p(complex_field(f"{NESTED}<w:r><w:instrText> = 1</w:instrText></w:r>", r("eins"))),
        ["eins"],
    ),
    "text inside an instruction": (p(complex_field(r("IF a = b"), r("ja"))), ["ja"]),
    "field without a result": (
        p(
            r("a"),
            '<w:r><w:fldChar w:fldCharType="begin"/><w:t>XE</w:t><w:fldChar w:fldCharType="end"/></w:r>',
        ),
        ["a"],
    ),
    "field that never ends": (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r("bleibt")), ["bleibt"]),
    "field over two paragraphs": (
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
            r("QUOTE"),
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            r("a"),
        )
        + p(r("b"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        ["a", "b"],
    ),
    "symbols": (
        p(
            '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Symbol" w:char="F0B3"/></w:r>',
            '<w:r><w:sym w:font="Arial" w:char="20AC"/><w:sym w:font="Wingdings" w:char="F099"/></w:r>',
            '<w:r><w:sym w:font="X" w:char="zz"/><w:sym w:font="X" w:char="FFFFFFFFFF"/></w:r>',
        ),
        ["✓≥€"],
    ),
    "breaks and tabs": (
        p(
            "<w:r><w:t>a</w:t><w:ptab/><w:t>b</w:t><w:cr/><w:t>c</w:t>"
            '<w:br w:type="textWrapping"/><w:t>d</w:t><w:br w:type="column"/><w:t>e</w:t></w:r>',
            properties='<w:tabs><w:tab w:val="left"/></w:tabs>',
        ),
        ["a\tb\nc\nde"],
    ),
    "ruby": (
        p(f"<w:r><w:ruby><w:rt>{r('Lesung')}</w:rt><w:rubyBase>{r('Wort')}</w:rubyBase></w:ruby></w:r>"),
        ["Wort"],
    ),
    "first alternative that is understood": (
        p(
            r("a"),
            f'<mc:AlternateContent><mc:Choice Requires="foreign">{r("b")}</mc:Choice>'
            f'<mc:Choice Requires="wps">{r("c")}</mc:Choice>'
            f"<mc:Fallback>{r('d')}</mc:Fallback></mc:AlternateContent>",
        ),
        ["ac"],
    ),
    "fallback": (
        p(
            f'<mc:AlternateContent><mc:Choice Requires="foreign">{r("b")}</mc:Choice>'
            f"<mc:Fallback>{r('d')}</mc:Fallback></mc:AlternateContent>",
        ),
        ["d"],
    ),
    "alternatives around paragraphs": (
        '<mc:AlternateContent><mc:Choice Requires="wps">'
        + p(r("a"))
        + f"</mc:Choice><mc:Fallback>{p(r('b'))}</mc:Fallback></mc:AlternateContent>",
        ["a"],
    ),
    "alternatives without any": (p(r("a"), "<mc:AlternateContent/>"), ["a"]),
    "box inside a box": (
        p(r("a"), boxed(p(r("b"), boxed(p(r("c")))))),
        ["a", "b", "c"],
    ),
    "control around a row and a cell": (
        table(
            controlled(row(controlled(cell(p(r("a"))))))
        ),
        ["| a |\n| --- |"],
    ),
    "formula between paragraphs": (
        "<m:oMathPara><m:oMath><m:r><m:t>E=mc²</m:t></m:r></m:oMath></m:oMathPara>",
        ["E=mc²"],
    ),
    "runs between paragraphs, by other programs": (r("a") + p(r("b")), ["a", "b"]),
    "directions": (p(f'<w:bdo w:val="rtl">{r("a")}<w:dir w:val="ltr">{r("b")}</w:dir></w:bdo>'), ["ab"]),
    "soft hyphens": (p("<w:r><w:t>Zu\u00adwande</w:t><w:softHyphen/><w:t>rung</w:t></w:r>"), ["Zuwanderung"]),
    "foreign elements": (p(r("a"), f"<foreign:x>{r('b')}</foreign:x>"), ["ab"]),
    "nested table": (
        table(row(cell(p(r("a")), table(row(cell(p(r("b"))), cell(p(r("c"))))), p()))),
        ["| a b c |\n| --- |"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_read_shows(name):
    body, expected = CASES[name]

    assert [passage.text for passage in docx.read(word_file(body))] == expected


def test_read_heading_and_list_survive_localised_styles():
    styles = (
        '<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="X"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift2"/></w:style>'
    )
    data = word_file(p(r("Ziele"), properties='<w:pStyle w:val="X"/>'), styles=styles)

    assert [(each.kind, each.level) for each in docx.read(data)] == [(Kind.HEADING, 2)]


def test_read_styles_in_a_circle():
    styles = '<w:style w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="A"/></w:style>'
    data = word_file(p(r("Text"), properties='<w:pStyle w:val="A"/>'), styles=styles)

    assert [each.text for each in docx.read(data)] == ["Text"]


def test_read_bookmark_between_paragraphs_names_the_next():
    body = p(r("a")) + '<w:bookmarkStart w:id="1" w:name="_mp_7"/>' + p(r("b")) + p(r("c"))

    assert [passage.id for passage in docx.read(word_file(body))] == ["", "7", ""]


def test_read_second_bookmark_of_one_name_names_nothing():
    body = p(bookmark("7", r("a"))) + p(bookmark("7", r("b")))

    assert [passage.id for passage in docx.read(word_file(body))] == ["7", ""]


def test_read_utf_16():
    document = part("w:document", f"<w:body>{p(r('Grüße'))}</w:body>").replace("UTF-8", "UTF-16")
    data = word_file("")
    changed = _with_document(data, document.encode("utf-16"))

    assert [passage.text for passage in docx.read(changed)] == ["Grüße"]


def test_read_strict_namespaces_leave_words_alone():
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = part("w:document", f"<w:body>{p(r(f'siehe {strict}'))}</w:body>")
    changed = _with_document(word_file(""), document.replace(f'"{W}"', f'"{strict}"').encode())

    assert [passage.text for passage in docx.read(changed)] == [f"siehe {strict}"]


def _with_document(data, document):
    """The file with another main part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist()]
    return packed(
        (name, document if name == "word/document.xml" else each) for name, each in entries
    )


def test_read_character_that_stands_for_addresses_is_kept():
    body = p(
        r("\ue000 https://example.org/a_b \ue000 *"), "<w:r><w:rPr><w:b/></w:rPr><w:t>x</w:t></w:r>"
    )

    (passage,) = docx.read(word_file(body))

    assert passage.text == "\ue000 https://example.org/a_b \ue000 \\***x**"


def test_read_notes_without_bodies_and_runs_between_paragraphs_have_ids_too():
    body = r("a") + p(bookmark("#2", r("b")), '<w:r><w:footnoteReference w:id="9"/></w:r>')

    reading = docx.read_reading(word_file(body))

    assert [(each.id, each.text) for each in reading.accepted] == [
        ("#+0", "a"),
        ("#1", "b[^1]"),
        ("#footnotes-9", ""),
    ]


def test_show_of_an_empty_file_is_empty():
    assert list(docx.read_lines(word_file(""), "show")) == []
