"""`mitplan docx redline`: two files as one Word file with tracked changes."""

import io
import re
import zipfile

import pytest

from mitplan.core.text.passages import Kind, Passage
from mitplan.formats import docx, markdown

OLD = "# Plan\n\nDas Land fördert 20 Kurse.\n\n- Abends\n- Am Wochenende\n"
NEW = "# Plan\n\nDas Land fördert 30 Kurse.\n\n- Abends\n- Am Wochenende\n\nVereine bieten Räume an.\n"


@pytest.fixture
def files(tmp_path):
    """The two texts as Markdown, and the name of the file that is to come."""
    paths = tmp_path / "alt.md", tmp_path / "neu.md", tmp_path / "ziel.docx"
    for path, text in zip(paths, (OLD, NEW), strict=False):
        path.write_text(text, "utf-8")
    return paths


def document(path):
    return zipfile.ZipFile(io.BytesIO(path.read_bytes())).read("word/document.xml").decode()


def test_redline_holds_both_texts(mitplan, files):
    answer = mitplan("docx", "redline", *files)

    data = files[2].read_bytes()
    assert answer.code == 0
    assert markdown.write(docx.read(data, "accept")) == NEW
    assert markdown.write(docx.read(data, "reject")) == OLD
    assert "1 geändert, 1 neu" in answer.out


def test_redline_as_data_counts_passages(mitplan, files):
    data = mitplan("docx", "redline", *files, "--json").data

    assert data["passages"] == {
        "unchanged": 3,
        "changed": 1,
        "inserted": 1,
        "deleted": 0,
        "moved": 0,
    }


def test_redline_names_author_and_day(mitplan, files):
    mitplan("docx", "redline", *files, "--author", "Anna Amt", "--date", "2026-05-01")

    assert set(re.findall(r'w:author="([^"]*)" w:date="([^T]*)T', document(files[2]))) == {
        ("Anna Amt", "2026-05-01")
    }


def test_redline_of_word_files_keeps_their_ids_and_invents_none(mitplan, files, tmp_path):
    old = tmp_path / "alt.docx"
    old.write_bytes(docx.write([Passage("t7", Kind.PARAGRAPH, "Ein Absatz.")], "Plan"))
    new = tmp_path / "neu.docx"
    added = [Passage("t7", Kind.PARAGRAPH, "Mein Absatz."), Passage("", Kind.PARAGRAPH, "Neu.")]
    new.write_bytes(docx.write(added, "Plan"))

    mitplan("docx", "redline", old, new, files[2])

    assert [each.id for each in docx.read(files[2].read_bytes())] == ["t7", ""]


def test_redline_replaces_no_file_unless_told_to(mitplan, files):
    files[2].write_text("wichtig")

    refused = mitplan("docx", "redline", *files)

    assert (refused.code, files[2].read_text()) == (1, "wichtig")
    assert "gibt es schon" in refused.err
    assert mitplan("docx", "redline", *files, "--force").code == 0


def test_redline_writes_word_only(mitplan, files):
    answer = mitplan("docx", "redline", *files[:2], files[2].with_suffix(".pdf"))

    assert (answer.code, "endet" in answer.err) == (1, True)


def test_redline_of_a_missing_file_says_which(mitplan, files, tmp_path):
    answer = mitplan("docx", "redline", tmp_path / "fehlt.md", *files[1:])

    assert (answer.code, "fehlt.md" in answer.err) == (1, True)


def texts(path, revisions="accept"):
    return [passage.text for passage in docx.read(path.read_bytes(), revisions)]


def test_redline_of_real_files_gives_both(mitplan, shared_data, tmp_path):
    wrong = []
    for new in sorted((shared_data / "docx" / "tracked").glob("*-Accepted.docx")):
        old = new.with_name(new.name.replace("-Accepted", "-Rejected"))
        if not (old.exists() and texts(old) and texts(new)):
            continue
        out = tmp_path / new.name
        mitplan("docx", "redline", old, new, out)
        if (texts(out), texts(out, "reject")) != (texts(new), texts(old)):
            wrong.append(new.name)

    assert wrong == []
