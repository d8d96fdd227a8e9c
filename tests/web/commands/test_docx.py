"""Word files on the command line: their text, and who changed and remarked what."""

import pytest

from tests.formats.word_files import BY_BEN, bookmark, gone, ins, p, r, word_file


@pytest.fixture
def letter(tmp_path):
    """A file with two changes, a comment and its answer."""
    remark = '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>'
    body = p(bookmark("7", r("Wir fördern "), gone("20"), ins(r("30"), by=BY_BEN), r(" Kurse.")))
    body += p(remark[0], r("Mehr nicht."), remark[1])
    comment = f'<w:comment w:id="1" w:author="Anna">{p(r("Warum?"))}</w:comment>'
    path = tmp_path / "brief.docx"
    path.write_bytes(word_file(body, comments=comment))
    return path


@pytest.mark.parametrize(
    ("revisions", "first"),
    [
        ("accept", "Wir fördern 30 Kurse."),
        ("reject", "Wir fördern 20 Kurse."),
        ("show", "Wir fördern {--20--}{++30++} Kurse."),
    ],
)
def test_text_shows_a_paragraph_a_line(mitplan, letter, revisions, first):
    answer = mitplan("docx", "text", letter, "--revisions", revisions)

    assert (answer.code, answer.out.splitlines()[0]) == (0, first)


def test_text_shows_comments_where_they_belong(mitplan, letter):
    answer = mitplan("docx", "text", letter, "--revisions", "show")

    assert answer.out.splitlines()[1:] == ["{==Mehr nicht.==}{>>Anna: Warum?<<}"]


def test_text_as_data(mitplan, letter):
    answer = mitplan("docx", "text", letter, "--json")

    assert answer.data["paragraphs"] == ["Wir fördern 30 Kurse.", "Mehr nicht."]


def test_revisions_as_data(mitplan, letter):
    data = mitplan("docx", "revisions", letter, "--json").data

    assert [
        (each["kind"], each["author"], each["passage"], each["text"]) for each in data["changes"]
    ] == [
        ("deletion", "Anna", "7", "20"),
        ("insertion", "Ben", "7", "30"),
    ]
    assert data["changes"][0]["date"] == "2026-03-01T10:00:00+00:00"
    assert data["comments"] == [
        {
            "author": "Anna",
            "date": None,
            "text": "Warum?",
            "resolved": False,
            "passage": "#2",
            "until": "#2",
            "start": 0,
            "end": 11,
            "quote": "Mehr nicht.",
            "replies": [],
        }
    ]


def test_revisions_are_said_in_german(mitplan, letter):
    answer = mitplan("docx", "revisions", letter)

    assert answer.out.splitlines() == [
        "Änderungen: 1 eingefügt, 1 gestrichen. Kommentare: 1.",
        "7 · Anna, 01.03.2026 · gestrichen: Wir fördern [-20-] Kurse.",
        "7 · Ben, 02.03.2026 · eingefügt: Wir fördern 20{+30+} Kurse.",
        "#2 · Anna · Kommentar zu „Mehr nicht.“: Warum?",
    ]


@pytest.mark.parametrize("command", ["text", "revisions"])
def test_broken_file_is_refused_in_a_sentence(mitplan, tmp_path, command):
    path = tmp_path / "kaputt.docx"
    path.write_bytes(b"PK\x03\x04 und dann Unsinn")

    answer = mitplan("docx", command, path)

    assert answer.code == 1
    assert answer.err.startswith(f"{path}: Das Dokument ist beschädigt")


@pytest.mark.parametrize("command", ["text", "revisions"])
def test_missing_file_is_refused(mitplan, tmp_path, command):
    answer = mitplan("docx", command, tmp_path / "fehlt.docx")

    assert (answer.code, answer.err) == (
        1,
        f"{tmp_path / 'fehlt.docx'}: Die Datei gibt es nicht.\n",
    )
