"""OpenDocument texts in and out, with tracked changes and comments as LibreOffice writes them."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mitplan.core.text.passages import Kind, Passage
from mitplan.formats import anyfile, markdown, odt
from mitplan.formats.errors import FormatError
from mitplan.formats.reading import (
    Anchor,
    Change,
    ChangeKind,
    Comment,
    IgnoredKind,
    Margin,
    MarginKind,
    Reply,
)
from tests.formats.test_docx import PLAN
from tests.formats.word_files import packed

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(
    f'xmlns:{name}="{_OASIS}:{space}:1.0"'
    for name, space in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "meta": "meta",
        "manifest": "manifest",
        "fo": "xsl-fo-compatible",
    }.items()
)
SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
SPACES += ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
MIME_TYPE = "application/vnd.oasis.opendocument.text"
ANNAS = datetime(2026, 3, 1, 10, tzinfo=UTC)
INFO = (
    "<office:change-info><dc:creator>Anna</dc:creator><dc:date>2026-03-01T10:00:00</dc:date>"
    "</office:change-info>"
)


def text_file(body, *, changes="", styles="", automatic="", meta="", more=()):
    """An OpenDocument text with this body."""
    tracked = f"<text:tracked-changes>{changes}</text:tracked-changes>" if changes else ""
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{tracked}{body}</office:text></office:body></office:document-content>"
    )
    entries = [
        ("mimetype", MIME_TYPE),
        ("content.xml", content),
        ("styles.xml", f"<office:document-styles {SPACES}>{styles}</office:document-styles>"),
        ("meta.xml", f"<office:document-meta {SPACES}>{meta}</office:document-meta>"),
        *more,
    ]
    return packed(entries)


def region(key, *kinds):
    return f'<text:changed-region text:id="{key}">{"".join(kinds)}</text:changed-region>'


INSERTED = f"<text:insertion>{INFO}</text:insertion>"


def deleted(*paragraphs):
    content = "".join(f"<text:p>{each}</text:p>" for each in paragraphs)
    return f"<text:deletion>{INFO}{content}</text:deletion>"


def inserting(key, content):
    return f'<text:change-start text:change-id="{key}"/>{content}<text:change-end text:change-id="{key}"/>'


def p(*content):
    return f"<text:p>{''.join(content)}</text:p>"


def texts(data, revisions="accept"):
    return [passage.text for passage in odt.read(data, revisions)]


def test_read_after_write_gives_the_same_passages_with_their_ids():
    passages = tuple(
        replace(passage, id=f"t{number}") for number, passage in enumerate(markdown.read(PLAN))
    )

    assert odt.read(odt.write(passages, "Plan", "Entwurf")) == passages


@pytest.mark.parametrize("label", ["-", "1.", "3.", "2)", "c)", "IV.", "1.2"])
def test_write_list_marks_are_real_lists(label):
    passages = (Passage("", Kind.LIST_ITEM, "Punkt", 0, label),)

    assert odt.read(odt.write(passages, "")) == passages


def test_write_keeps_lists_of_any_depth_and_order():
    items = ((0, "1."), (2, "-"), (1, "a)"), (1, "b)"), (0, "2."), (0, "7."), (0, "-"))
    passages = tuple(
        Passage("", Kind.LIST_ITEM, f"Punkt {place}", level, label)
        for place, (level, label) in enumerate(items)
    )

    assert odt.read(odt.write(passages, "")) == passages


def test_write_notes_without_or_with_two_references_lose_nothing():
    passages = (
        Passage("", Kind.PARAGRAPH, "Text[^1] und noch einmal[^1]"),
        Passage("", Kind.FOOTNOTE, "Erste", label="1"),
        Passage("", Kind.FOOTNOTE, "Zweite", label="1"),
        Passage("", Kind.FOOTNOTE, "Dritte", label="9"),
    )

    assert sorted(texts(odt.write(passages, ""))) == ["Dritte", "Erste", passages[0].text, "Zweite"]


def test_write_says_first_what_the_file_is():
    with zipfile.ZipFile(io.BytesIO(odt.write((), "Leer"))) as archive:
        first = archive.infolist()[0]

        assert (first.filename, first.compress_type, archive.read(first)) == (
            "mimetype",
            zipfile.ZIP_STORED,
            MIME_TYPE.encode(),
        )


def test_write_keeps_blanks_and_drops_what_xml_cannot_hold():
    passages = (Passage("", Kind.CODE, "a  b\n\tc"), Passage("", Kind.PARAGRAPH, "d\x00 <&> e"))

    assert texts(odt.write(passages, "<&>")) == ["a  b\n\tc", "d <&> e"]


def test_read_looks_and_blanks():
    automatic = (
        '<style:style style:name="T1" style:family="text">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
    )
    body = p(
        '  a \n b<text:s text:c="2"/><text:tab/>c<text:line-break/>',
        '<text:span text:style-name="T1">d</text:span>',
    )

    assert texts(text_file(body, automatic=automatic)) == ["a b  \tc\n**d**"]


def test_read_fields_frames_and_what_shows_nothing():
    body = p(
        "<text:date>1. Mai</text:date><text:soft-page-break/> <text:a>Verweis</text:a>",
        "<text:ruby><text:ruby-base>Wort</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>",
        f"<draw:frame><draw:text-box>{p('Im Kasten')}</draw:text-box></draw:frame>",
        "<draw:frame><draw:image/></draw:frame>",
    )
    body += "<text:table-of-content><text:index-body><text:p>Ziele 3</text:p></text:index-body></text:table-of-content>"

    data = text_file(body)

    assert texts(data) == ["1. Mai VerweisWort", "Im Kasten"]
    assert [(each.kind, each.count) for each in odt.read_reading(data).ignored] == [
        (IgnoredKind.PICTURE, 1),
        (IgnoredKind.FIELD_CODE, 1),
    ]


def test_read_table_with_a_head_and_repeated_cells():
    cells = (
        '<table:table-cell table:number-columns-repeated="2"><text:p>a</text:p></table:table-cell>'
    )
    rows = f"<table:table-row>{cells}</table:table-row>"
    body = f"<table:table><table:table-header-rows>{rows}</table:table-header-rows>{rows}</table:table>"

    assert texts(text_file(body)) == ["| a | a |\n| --- | --- |\n| a | a |"]


def test_read_insertion_over_paragraphs():
    start, end = inserting("c1", "|").split("|")
    data = text_file(p("a", start) + p("neu", end), changes=region("c1", INSERTED))

    assert (texts(data), texts(data, "reject")) == (["a", "neu"], ["a"])


@pytest.mark.parametrize(
    ("paragraphs", "accepted", "rejected"),
    [
        (["weg"], ["ab"], ["awegb"]),
        (["", ""], ["ab"], ["a", "b"]),
        (["c", "d", "e"], ["ab"], ["ac", "d", "eb"]),
    ],
)
def test_read_deletion(paragraphs, accepted, rejected):
    body = p("a", '<text:change text:change-id="c1"/>', "b")
    data = text_file(body, changes=region("c1", deleted(*paragraphs)))

    assert (texts(data), texts(data, "reject")) == (accepted, rejected)


def test_read_joined_heading_and_paragraph_come_apart_as_what_they_were():
    joined = '<text:h text:outline-level="2">a<text:change text:change-id="c1"/>b</text:h>'
    marks = f'<text:deletion>{INFO}<text:h text:outline-level="2"/><text:p/></text:deletion>'
    data = text_file(joined, changes=region("c1", marks))

    assert odt.read(data) == (Passage("", Kind.HEADING, "ab", 2),)
    assert odt.read(data, "reject") == (
        Passage("", Kind.HEADING, "a", 2),
        Passage("", Kind.PARAGRAPH, "b"),
    )


def test_read_deletion_between_paragraphs():
    body = p("a") + '<text:change text:change-id="c1"/>' + p("b")
    data = text_file(body, changes=region("c1", deleted("weg", "auch")))

    assert (texts(data), texts(data, "reject")) == (["a", "b"], ["a", "weg", "auch", "b"])


def test_read_words_inserted_by_one_and_deleted_by_another():
    body = p("a", '<text:change text:change-id="c1"/>')
    data = text_file(body, changes=region("c1", deleted(" b"), INSERTED))

    assert (texts(data), texts(data, "reject")) == (["a"], ["a"])


def test_changes_say_who_when_and_where():
    bookmark = '<text:bookmark-start text:name="_mp_7"/>'
    body = p(bookmark, "a ", '<text:change text:change-id="c1"/>', inserting("c2", "neu"))
    data = text_file(body, changes=region("c1", deleted("alt")) + region("c2", INSERTED))

    assert odt.read_reading(data).changes == (
        Change(ChangeKind.DELETION, "Anna", ANNAS, "7", "alt", "", "a "),
        Change(ChangeKind.INSERTION, "Anna", ANNAS, "7", "", "neu", "a alt"),
    )
    assert [(each.author, each.passages[0].text) for each in odt.read_versions(data)] == [
        ("Anna", "a neu")
    ]


def test_changes_of_a_move_find_both_ends():
    moved = deleted("Erst").replace("<text:deletion>", '<text:deletion loext:move-id="1">')
    arrived = INSERTED.replace("<text:insertion>", '<text:insertion loext:move-id="1">')
    body = p('<text:change text:change-id="c1"/>', "x") + p(inserting("c2", "Erst"))
    data = text_file(body, changes=region("c1", moved) + region("c2", arrived))

    (change,) = odt.read_reading(data).changes

    assert (change.kind, change.before, change.passage, change.target) == (
        ChangeKind.MOVE,
        "Erst",
        "#1",
        "#2",
    )
    assert (texts(data), texts(data, "reject")) == (["x", "Erst"], ["Erstx"])


def test_changes_of_looks_are_ignored_and_listed():
    change = f"<text:format-change>{INFO}</text:format-change>"
    reading = odt.read_reading(text_file(p("a"), changes=region("c1", change)))

    assert (reading.changes, [each.kind for each in reading.ignored]) == (
        (),
        [IgnoredKind.FORMAT_CHANGE],
    )


def annotation(name, text, more=""):
    return (
        f'<office:annotation office:name="{name}" {more}><dc:creator>Anna</dc:creator>'
        f"<dc:date>2026-03-01T10:00:00</dc:date>{p(text)}</office:annotation>"
    )


def test_comments_have_words_answers_and_an_end():
    end = '<office:annotation-end office:name="n1"/>'
    first = annotation("n1", "Wie viele?", 'loext:resolved="true"')
    answer = annotation("n2", "Dreißig.", 'loext:parent-name="n1"')
    data = text_file(p("Wir ", first, "fördern", end, answer, " Kurse", annotation("n3", "Gut")))

    assert odt.read_reading(data).comments == (
        Comment(
            "Anna",
            ANNAS,
            "Wie viele?",
            Anchor("#1", "fördern", 4, 11),
            resolved=True,
            replies=(Reply("Anna", ANNAS, "Dreißig."),),
        ),
        Comment("Anna", ANNAS, "Gut", Anchor("#1", "", 17, 17)),
    )


def test_margins_and_properties_are_told():
    styles = (
        f"<office:master-styles><style:header>{p('Kopf')}</style:header></office:master-styles>"
    )
    meta = (
        '<office:meta><meta:user-defined meta:name="Fassung">abc</meta:user-defined></office:meta>'
    )
    reading = odt.read_reading(text_file(p("a"), styles=styles, meta=meta))

    assert reading.margins == (Margin(MarginKind.HEADER, "Kopf"),)
    assert reading.properties == (("Fassung", "abc"),)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ([("Basic/script-lc.xml", "<x/>")], "Makros"),
        (
            [
                (
                    "META-INF/manifest.xml",
                    f"<manifest:manifest {SPACES}><manifest:encryption-data/></manifest:manifest>",
                )
            ],
            "Kennwort",
        ),
    ],
)
def test_read_refuses_macros_and_passwords(more, sentence):
    with pytest.raises(FormatError, match=sentence):
        odt.read(text_file(p("a"), more=more))


def test_read_refuses_a_file_without_content():
    with pytest.raises(FormatError, match="beschädigt"):
        odt.read(packed([("mimetype", MIME_TYPE)]))


def test_file_is_known_by_its_bytes_whatever_its_name():
    assert [each.text for each in anyfile.read_passages("brief.docx", text_file(p("a")))] == ["a"]
