"""Files made to do harm: each is refused in a sentence or read in bounded memory and time."""

import io
import struct
import time
import tracemalloc
import zipfile

import pytest

from mitplan.formats import anyfile, docx
from mitplan.formats.archive import MAX_ENTRIES, Archive
from mitplan.formats.docx_reader import MAX_PARAGRAPHS
from mitplan.formats.errors import FormatError
from mitplan.formats.safe_xml import MAX_MARKS, parse
from tests.formats.test_odt import MIME_TYPE, SPACES, text_file
from tests.formats.test_odt import p as line
from tests.formats.word_files import (
    BY_ANNA,
    cell,
    ins,
    p,
    packed,
    part,
    r,
    remarked,
    row,
    table,
    word_file,
)

MEGABYTE = 1024 * 1024
DEEPEST = 240


def refusal(data, name="brief.docx"):
    """The sentence with which a file is refused; nothing where it is read."""
    try:
        anyfile.read_reading(name, data)
    except FormatError as problem:
        return str(problem)
    return ""


def peak(work):
    """The most memory that was in use at once, in megabytes."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] // MEGABYTE
    finally:
        tracemalloc.stop()


def with_document(xml):
    data = word_file("")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    return packed((entries | {"word/document.xml": xml}).items())


def test_bomb_is_refused_before_it_is_unpacked():
    bomb = with_document(b" " * 60 * MEGABYTE)

    assert "stark gepackt" in refusal(bomb)
    assert peak(lambda: refusal(bomb)) < 5


def test_bomb_beside_the_text_is_never_unpacked():
    data = word_file(p(r("a")), more=[("word/media/bild.bmp", b"\0" * 100 * MEGABYTE)])

    assert peak(lambda: docx.read(data)) < 5
    assert [passage.text for passage in docx.read(data)] == ["a"]


def test_archive_in_an_archive_is_never_opened():
    inner = packed([("bombe.txt", b"\0" * 10 * MEGABYTE)])
    for depth in range(5):
        inner = packed([(f"{depth}.zip", inner)])

    data = word_file(p(r("a")), more=[("word/embeddings/oleObject1.bin", inner)])

    assert [passage.text for passage in docx.read(data)] == ["a"]


def lying(data, name, size):
    """The archive with another unpacked size for an entry, in both of its headers."""
    changed = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo(name)
    changed[entry.header_offset + 22 : entry.header_offset + 26] = struct.pack("<I", size)
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 46 + len(name)] != name.encode():
        at = data.index(b"PK\x01\x02", at + 1)
    changed[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(changed)


@pytest.mark.parametrize("size", [10, 2**31])
def test_size_that_is_a_lie_is_refused(size):
    data = lying(word_file(p(r("a" * 1000))), "word/document.xml", size)

    assert refusal(data)


def test_small_size_on_a_bomb_unpacks_no_more_than_it_says():
    data = lying(with_document(b"<x>" + b" " * 100 * MEGABYTE), "word/document.xml", 1000)

    assert peak(lambda: refusal(data)) < 5
    assert "beschädigt" in refusal(data)


def test_very_many_entries_are_refused():
    assert "stark gepackt" in refusal(
        packed((f"{number}.xml", "") for number in range(MAX_ENTRIES + 1))
    )


def test_two_entries_of_one_name_are_refused():
    data = word_file(p(r("a")), more=[("Word/Document.xml", part("w:document", "<w:body/>"))])

    assert "zwei Teile mit demselben Namen" in refusal(data)


def test_entries_with_paths_are_only_names(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data = word_file(
        p(r("a")), more=[("../../boese.txt", "x"), ("/etc/boese.txt", "y"), ("C:\\x", "z")]
    )

    assert [passage.text for passage in docx.read(data)] == ["a"]
    assert list(tmp_path.iterdir()) == []
    assert "../../boese.txt" in Archive(data).names


def test_relation_to_a_path_outside_reaches_nothing():
    target = '<Relationship Id="x" Type="a/styles" Target="../../../../etc/passwd"/>'
    address = '<Relationship Id="y" Type="a/footnotes" Target="file:///etc/passwd" TargetMode="External"/>'

    assert not refusal(word_file(p(r("a")), external=target + address))


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
ENTITIES = {
    "many laughs": (LAUGHS, "&a9;"),
    "one long entity": (f'<!ENTITY a "{"b" * 100_000}">', "&a;" * 10_000),
    "a file of this machine": ('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
    "an address": ('<!ENTITY a SYSTEM "http://192.0.2.1/a">', "&a;"),
    "a parameter": ('<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;', ""),
}


@pytest.mark.parametrize("name", ENTITIES)
def test_entities_are_refused(name):
    declared, used = ENTITIES[name]
    xml = part("w:document", f"<w:body>{p(r(used))}</w:body>")
    xml = xml.replace("?>", f"?><!DOCTYPE x [{declared}]>", 1).encode()

    start = time.monotonic()
    assert "beschädigt" in refusal(with_document(xml))
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("encoding", ["utf-7", "utf-32", "cp037"])
def test_encodings_in_which_tags_hide_are_refused(encoding):
    xml = part("w:document", "<w:body/>").replace("UTF-8", encoding)

    assert "beschädigt" in refusal(with_document(xml.encode(encoding)))


def test_tables_nested_too_deep_are_refused():
    deep = p(r("a"))
    for _ in range(300):
        deep = table(row(cell(deep, p())))

    assert "zu tief ineinander verschachtelt" in refusal(word_file(deep))


@pytest.mark.parametrize(
    "opened",
    [
        table(row(cell("{}"))),
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        p("<w:r><w:txbxContent>{}</w:txbxContent></w:r>"),
        f"<w:ins {BY_ANNA}>{{}}</w:ins>",
        "<w:customXml>{}</w:customXml>",
    ],
)
def test_anything_nested_as_deep_as_allowed_is_read(opened):
    deep = p(r("a"))
    while _depth(opened.replace("{}", deep)) < DEEPEST:
        deep = opened.replace("{}", deep)

    assert not refusal(word_file(deep))


def _depth(xml):
    depth = deepest = 0
    for at in range(len(xml)):
        if xml[at] == "<":
            depth += -1 if xml[at + 1] == "/" else 1
            deepest = max(deepest, depth)
        elif xml.startswith("/>", at):
            depth -= 1
    return deepest


def test_sections_of_an_opendocument_nested_as_deep_as_allowed_are_read():
    deep = line("a")
    for _ in range(240):
        deep = f"<text:section>{deep}</text:section>"

    assert not refusal(text_file(deep))


def test_very_many_tags_are_refused():
    with pytest.raises(FormatError, match="zu umfangreich"):
        parse(b"<x>" + b"<y/>" * MAX_MARKS + b"</x>")


@pytest.mark.parametrize("xml", [f'<w:p w:x="{"a" * 12_000_000}"/>', p(r("a" * 12_000_000))])
def test_attribute_or_text_of_enormous_size_is_refused(xml):
    assert refusal(word_file(xml))


@pytest.mark.parametrize("count", [5_000, pytest.param(100_000, marks=pytest.mark.deep)])
def test_very_many_paragraphs_are_read_in_bounded_time(count):
    data = word_file("".join(p(r(f"Absatz {number}")) for number in range(count)))

    start = time.process_time()
    assert len(docx.read(data)) == count
    assert time.process_time() - start < count / 1000


def test_more_paragraphs_than_anybody_reads_are_refused():
    assert "zu umfangreich" in refusal(word_file("<w:p/>" * (MAX_PARAGRAPHS + 1)))


HEAVY = {
    "changes in one line": p(
        *(ins(r("a"), by=f'w:author="{number % 7}"') for number in range(4_000))
    ),
    "joined paragraphs": p(r("a"), mark=f"<w:del {BY_ANNA}/>") * 4_000,
    "comments that begin and never end": p(
        *(f'<w:commentRangeStart w:id="{number}"/>{r("a")}' for number in range(1_000))
    ),
    "comments over each other": p(*(remarked(number, r("a")) for number in range(1_000))),
    "fields that never end": p('<w:r><w:fldChar w:fldCharType="begin"/><w:t>a</w:t></w:r>' * 4_000),
    "wide table": table(row(cell(p(r("a"))) * 4_000)),
    "long table": table(row(cell(p(r("a")))) * 4_000),
    "stars": p(r("*a _b ") * 4_000),
    "brackets": p(r("[^a" * 4_000)),
    "notes": p('<w:r><w:footnoteReference w:id="1"/></w:r>' * 4_000),
    "bookmarks": p('<w:bookmarkStart w:id="1" w:name="_mp_1"/>' * 4_000, r("a")),
    "blanks": p(r(" \n" * 4_000)),
}


@pytest.mark.parametrize("name", HEAVY)
def test_much_of_one_kind_is_read_in_bounded_time(name):
    remarks = "".join(
        f'<w:comment w:id="{number}">{p(r("b"))}</w:comment>' for number in range(1_000)
    )
    data = word_file(HEAVY[name], comments=remarks)

    start = time.process_time()
    docx.read_reading(data)
    list(docx.read_lines(data, "show"))
    assert time.process_time() - start < 10


def test_opendocument_that_repeats_without_end_is_bounded():
    cells = '<table:table-cell table:number-columns-repeated="99999999"><text:p>a</text:p></table:table-cell>'
    body = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    body += line('<text:s text:c="999999999"/>', "a")

    assert peak(lambda: refusal(text_file(body), "brief.odt")) < 5


SHEET = (
    f"<office:document-content {SPACES}><office:body><office:spreadsheet/></office:body>"
    "</office:document-content>"
)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        (
            "brief.docx",
            packed([("xl/workbook.xml", "<x/>"), ("[Content_Types].xml", "<x/>")]),
            "kein Word-Dokument",
        ),
        ("brief.docx", b"%PDF-1.4 kaputt", "PDF ist beschädigt"),
        ("brief.odt", b"Nur Text", "beschädigt"),
        ("brief.pdf", b"Nur Text", "PDF ist beschädigt"),
        ("brief.md", b"\x00\x01\x02", "keinen lesbaren Text"),
        ("brief.exe", b"MZ", "Dateien dieser Art"),
        ("brief", b"Nur Text", "Dateien dieser Art"),
        (
            "tabelle.odt",
            packed(
                [("mimetype", MIME_TYPE.replace("text", "spreadsheet")), ("content.xml", SHEET)]
            ),
            "kein OpenDocument-Text",
        ),
    ],
)
def test_wrong_kind_of_file_is_refused(name, data, sentence):
    assert sentence in refusal(data, name)


def test_truncated_files_are_refused_wherever_they_end():
    data = word_file(p(r("Wort " * 200)))

    for end in range(1, len(data), 97):
        assert refusal(data[:end])


def test_damaged_packing_is_refused():
    data = word_file(p(r("Wort " * 200)))
    start = data.index(b"word/document.xml") + len("word/document.xml")

    assert "beschädigt" in refusal(data[:start] + b"\xff" * 20 + data[start + 20 :])


def test_password_on_an_entry_is_named():
    data = bytearray(word_file(p(r("a"))))
    for sign in (b"PK\x01\x02", b"PK\x03\x04"):
        at = bytes(data).index(sign) + (8 if sign[2] == 1 else 6)
        data[at] |= 1

    assert "Kennwort" in refusal(bytes(data))


def test_stream_that_says_it_is_packed_otherwise_is_refused():
    data = bytearray(word_file(p(r("a"))))
    for sign, offset in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        at = bytes(data).index(sign)
        data[at + offset] = 97

    assert "beschädigt" in refusal(bytes(data))
