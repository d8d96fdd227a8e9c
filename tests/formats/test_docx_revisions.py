"""Tracked changes in Word files: each case in which the standard says what becomes of the text."""

import pytest

from mitplan.formats import docx
from tests.formats.word_files import (
    BY_ANNA,
    BY_BEN,
    bookmark,
    cell,
    complex_field,
    gone,
    ins,
    p,
    r,
    row,
    table,
    word_file,
)

INSERTED, DELETED = f"<w:ins {BY_ANNA}/>", f"<w:del {BY_ANNA}/>"
MOVED_AWAY, MOVED_HERE = f"<w:moveFrom {BY_ANNA}/>", f"<w:moveTo {BY_ANNA}/>"


def texts(data, revisions):
    return [passage.text for passage in docx.read(data, revisions)]


def lines(*rows):
    """A table as its passage shows it."""
    border = "| " + " | ".join(["---"] * len(rows[0])) + " |"
    first, *rest = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([first, border, *rest])


CASES = {
    "words in and out": (p(r("a "), gone("b"), ins(r("c"))), ["a c"], ["a b"]),
    "insertion deleted by somebody else": (
        p(r("a"), ins(r(" b"), gone(" c", BY_BEN))),
        ["a b"],
        ["a"],
    ),
    "insertion inside a deletion": (
        p(r("a"), f"<w:del {BY_ANNA}>{r(' b')}<w:ins {BY_BEN}>{r(' c')}</w:ins></w:del>"),
        ["a"],
        ["a b"],
    ),
    "plain text in a deletion": (p(r("a"), f"<w:del {BY_ANNA}>{r(' b')}</w:del>"), ["a"], ["a b"]),
    "deleted text that nothing deletes": (
        p(r("a"), "<w:r><w:delText> b</w:delText></w:r>"),
        ["a b"],
        ["a b"],
    ),
    "split": (p(r("a"), mark=INSERTED) + p(r("b")), ["a", "b"], ["ab"]),
    "join": (p(r("a"), mark=DELETED) + p(r("b")), ["ab"], ["a", "b"]),
    "three joined": (
        p(r("a"), mark=DELETED) + p(r("b"), mark=DELETED) + p(r("c")),
        ["abc"],
        ["a", "b", "c"],
    ),
    "paragraph deleted whole": (
        p(r("a")) + p(gone("b"), mark=DELETED) + p(r("c")),
        ["a", "c"],
        ["a", "b", "c"],
    ),
    "paragraph inserted whole": (
        p(r("a")) + p(ins(r("b")), mark=INSERTED) + p(r("c")),
        ["a", "b", "c"],
        ["a", "c"],
    ),
    "end of one and beginning of the next deleted": (
        p(r("a"), gone("b"), mark=DELETED) + p(gone("c"), r("d")),
        ["ad"],
        ["ab", "cd"],
    ),
    "last paragraphs deleted": (p(r("a"), mark=DELETED) + p(gone("b")), ["a"], ["a", "b"]),
    "mark inserted by one, deleted by another": (
        p(r("a"), mark=f"<w:ins {BY_ANNA}/><w:del {BY_BEN}/>") + p(r("b")),
        ["ab"],
        ["ab"],
    ),
    "deleted mark before a table": (
        p(r("a"), mark=DELETED) + table(row(cell(p(r("b"))))) + p(r("c")),
        ["a", lines(["b"]), "c"],
        ["a", lines(["b"]), "c"],
    ),
    "deleted mark before a table in a control": (
        p(r("a"), mark=DELETED)
        + f"<w:sdt><w:sdtContent>{table(row(cell(p(r('b')))))}{p(r('c'))}</w:sdtContent></w:sdt>",
        ["a", lines(["b"]), "c"],
        ["a", lines(["b"]), "c"],
    ),
    "deleted mark before a control": (
        p(r("a"), mark=DELETED) + f"<w:sdt><w:sdtContent>{p(r('b'))}</w:sdtContent></w:sdt>",
        ["ab"],
        ["a", "b"],
    ),
    "deleted mark at the end of a control": (
        f"<w:sdt><w:sdtContent>{p(r('a'), mark=DELETED)}</w:sdtContent></w:sdt>" + p(r("b")),
        ["ab"],
        ["a", "b"],
    ),
    "deleted mark at the end of a cell": (
        table(row(cell(p(r("a"), mark=DELETED)), cell(p(r("b"))))),
        [lines(["a", "b"])],
        [lines(["a", "b"])],
    ),
    "join inside a cell": (
        table(row(cell(p(r("a"), mark=DELETED), p(r("b"))))),
        [lines(["ab"])],
        [lines(["a b"])],
    ),
    "row deleted": (
        table(row(cell(p(r("a")))), row(cell(p(gone("b"), mark=DELETED)), change=DELETED)),
        [lines(["a"])],
        [lines(["a"], ["b"])],
    ),
    "row inserted": (
        table(row(cell(p(r("a")))), row(cell(p(ins(r("b")), mark=INSERTED)), change=INSERTED)),
        [lines(["a"], ["b"])],
        [lines(["a"])],
    ),
    "whole table inserted": (
        p(r("x")) + table(row(cell(p(ins(r("a")))), change=INSERTED)),
        ["x", lines(["a"])],
        ["x"],
    ),
    "cell inserted": (
        table(row(cell(p(r("a"))), cell(p(r("b")), change=f"<w:cellIns {BY_ANNA}/>"))),
        [lines(["a", "b"])],
        [lines(["a"])],
    ),
    "cell deleted": (
        table(row(cell(p(r("a"))), cell(p(r("b")), change=f"<w:cellDel {BY_ANNA}/>"))),
        [lines(["a"])],
        [lines(["a", "b"])],
    ),
    "row in a control": (
        table(
            f"<w:sdt><w:sdtContent>{row(cell(p(r('a'))), change=INSERTED)}</w:sdtContent></w:sdt>"
        ),
        [lines(["a"])],
        [],
    ),
    "nested table with a deleted row": (
        table(row(cell(table(row(cell(p(r("a")))), row(cell(p(r("b"))), change=DELETED)), p()))),
        [lines(["a"])],
        [lines(["a b"])],
    ),
    "paragraph moved": (
        p(f"<w:moveFrom {BY_ANNA}>{r('a')}</w:moveFrom>", mark=MOVED_AWAY)
        + p(r("b"))
        + p(f"<w:moveTo {BY_ANNA}>{r('a')}</w:moveTo>", mark=MOVED_HERE),
        ["b", "a"],
        ["a", "b"],
    ),
    "moved words changed at the new place": (
        p(f"<w:moveFrom {BY_ANNA}>{r('a b')}</w:moveFrom>", r("c"))
        + p(f"<w:moveTo {BY_ANNA}>{r('a ')}{gone('b')}{ins(r('x'))}</w:moveTo>", r("d")),
        ["c", "a xd"],
        ["a bc", "d"],
    ),
    "hyperlink": (
        p("<w:hyperlink>", r("a"), ins(r(" b")), gone(" c"), "</w:hyperlink>"),
        ["a b"],
        ["a c"],
    ),
    "insertion around a hyperlink": (
        p(r("a"), ins(f"<w:hyperlink>{r(' b')}</w:hyperlink>")),
        ["a b"],
        ["a"],
    ),
    "control inside a line": (
        p(r("a"), f"<w:sdt><w:sdtContent>{ins(r(' b'))}{gone(' c')}</w:sdtContent></w:sdt>"),
        ["a b"],
        ["a c"],
    ),
    "deleted control": (
        p(
            r("a"),
            f"<w:del {BY_ANNA}><w:sdt><w:sdtContent>{r(' b')}</w:sdtContent></w:sdt></w:del>",
        ),
        ["a"],
        ["a b"],
    ),
    "custom XML, smart tags and directions": (
        p(
            f"<w:customXml><w:smartTag>{r('a')}{ins(r(' b'))}</w:smartTag></w:customXml>",
            f"<w:dir><w:bdo>{r(' c')}{gone(' d')}</w:bdo></w:dir>",
        ),
        ["a b c"],
        ["a c d"],
    ),
    "paragraph in custom XML": (
        f"<w:customXml>{p(r('a'), mark=INSERTED)}</w:customXml>{p(r('b'))}",
        ["a", "b"],
        ["ab"],
    ),
    "deleted field": (
        p(
            r("a"),
            f"<w:del {BY_ANNA}>",
            complex_field("<w:r><w:delInstrText>DATE</w:delInstrText></w:r>", r(" b")),
            "</w:del>",
        ),
        ["a"],
        ["a b"],
    ),
    "new instruction of a field": (
        p(
            complex_field(
                f"<w:del {BY_ANNA}><w:r><w:delInstrText>DATE</w:delInstrText></w:r></w:del>"
                f"<w:ins {BY_ANNA}><w:r><w:instrText>TIME</w:instrText></w:r></w:ins>",
                gone("a"),
                ins(r("b")),
            )
        ),
        ["b"],
        ["a"],
    ),
    "deleted formula": (
        p(
            r("a"),
            f"<w:del {BY_ANNA}><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:del>",
            f"<m:oMath><m:r><m:t>y</m:t></m:r><w:ins {BY_ANNA}><m:r><m:t>z</m:t></m:r></w:ins></m:oMath>",
        ),
        ["ayz"],
        ["axy"],
    ),
    "changed sign of a formula": (
        p(
            f"<m:oMath><m:sSup><m:sSupPr><m:ctrlPr><w:del {BY_ANNA}/></m:ctrlPr></m:sSupPr>"
            f"<m:e><m:r><m:t>r</m:t></m:r></m:e><m:sup><w:del {BY_ANNA}><m:r><m:t>2</m:t></m:r></w:del>"
            "</m:sup></m:sSup></m:oMath>"
        ),
        ["r"],
        ["r2"],
    ),
    "changes around paragraphs, by other programs": (
        p(r("a"))
        + f"<w:ins {BY_ANNA}>{p(r('b'))}</w:ins>"
        + f"<w:del {BY_ANNA}>{p(r('c'))}</w:del>",
        ["a", "b"],
        ["a", "c"],
    ),
    "new mark before a paragraph that goes too": (
        p(r("a"), mark=INSERTED) + f"<w:ins {BY_ANNA}>{p(r('b'))}</w:ins>" + p(r("c")),
        ["a", "b", "c"],
        ["ac"],
    ),
    "several runs with saving marks": (
        p(
            '<w:proofErr w:type="spellStart"/>',
            '<w:r w:rsidR="00A1"><w:t>a</w:t></w:r>',
            ins('<w:r w:rsidR="00A2"><w:t>b</w:t></w:r>'),
            '<w:proofErr w:type="spellEnd"/>',
            ins('<w:r w:rsidR="00A3"><w:t>c</w:t></w:r>'),
        ),
        ["abc"],
        ["a"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_read_accepts_and_rejects(name):
    body, accepted, rejected = CASES[name]
    data = word_file(body)

    assert (texts(data, "accept"), texts(data, "reject")) == (accepted, rejected)


def test_read_deleted_reference_takes_its_note_along():
    body = p(r("a"), f'<w:del {BY_ANNA}><w:r><w:footnoteReference w:id="2"/></w:r></w:del>')
    data = word_file(body, footnotes=f'<w:footnote w:id="2">{p(r("Quelle"))}</w:footnote>')

    assert texts(data, "accept") == ["a"]
    assert texts(data, "reject") == ["a[^1]", "Quelle"]


def test_read_changes_inside_notes():
    body = p(r("a"), '<w:r><w:footnoteReference w:id="2"/></w:r>')
    note = p(r("alt"), gone(" weg"), mark=DELETED) + p(ins(r(" neu")))
    data = word_file(body, footnotes=f'<w:footnote w:id="2">{note}</w:footnote>')

    assert texts(data, "accept") == ["a[^1]", "alt neu"]
    assert texts(data, "reject") == ["a[^1]", "alt weg"]


def test_read_rejected_numbering_is_no_list_any_more():
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    properties = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins {BY_ANNA}/></w:numPr>'
    data = word_file(p(r("a"), properties=properties), numbering=numbering)

    kinds = [docx.read(data, revisions)[0].kind for revisions in ("accept", "reject")]

    assert kinds == ["list_item", "paragraph"]


def test_read_id_of_joined_paragraphs_is_that_of_the_first():
    data = word_file(p(bookmark("1", r("a")), mark=DELETED) + p(bookmark("2", r("b"))))

    assert [passage.id for passage in docx.read(data)] == ["1"]
    assert [passage.id for passage in docx.read(data, "reject")] == ["1", "2"]


def test_read_long_row_of_joined_paragraphs_takes_no_longer_per_paragraph():
    data = word_file(p(r("a"), mark=DELETED) * 5_000 + p(r("b")))

    assert texts(data, "accept") == ["a" * 5_000 + "b"]
