"""Write and read a plan of 76 pages as Word with tracked changes (300 edits, 20 moves), beside python-docx, pandoc and LibreOffice.

    python -m bench.word

Writing: Mitplan compares the two editions and writes both into one file. The rivals cannot write changes, so they write the
new edition only, pandoc from Markdown and LibreOffice from HTML. Reading: all turn Mitplan's file into text; whether that is
the new edition, word by word, as if all were accepted, stands behind. Seconds are processor time, also of programs
that are started; pandoc and LibreOffice start anew for each file, as on a command line.
"""

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import docx as python_docx

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.text_diff import EDITS, MOVES, ROUNDS, Editions, best_of, make_editions, written
from mitplan.core.text.passages import Document
from mitplan.formats import docx
from mitplan.formats.docx_output import Sheet
from mitplan.formats.docx_tracking import Author

WRITE_BUDGET = 0.100
READ_BUDGET = 0.200
OFFICE = Author("Geschäftsstelle", datetime(2026, 5, 1, tzinfo=UTC))

Work = Callable[[Editions], bytes]


def redline(editions: Editions) -> bytes:
    return docx.redline(editions.old, editions.new, Sheet("Plan"), by=OFFICE)


def clean(editions: Editions) -> bytes:
    return docx.write(editions.new, "Plan")


def by_python_docx(editions: Editions) -> bytes:
    document = python_docx.Document()
    for passage in editions.new:
        document.add_paragraph(passage.text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def by_pandoc(editions: Editions) -> bytes:
    return run("pandoc", "--from=markdown", "--to=docx", given=written(editions.new).encode())


def by_libreoffice(editions: Editions) -> bytes:
    html = "".join(f"<p>{escape(passage.text)}</p>" for passage in editions.new)
    return converted(f"<html><body>{html}</body></html>".encode(), "html", "docx:MS Word 2007 XML")


def read(data: bytes) -> str:
    return written(tuple(docx.read(data)))


def read_by_python_docx(data: bytes) -> str:
    return "\n\n".join(each.text for each in python_docx.Document(io.BytesIO(data)).paragraphs)


def read_by_pandoc(data: bytes) -> str:
    return run("pandoc", "--from=docx", "--to=plain", "--wrap=none", given=data).decode()


def read_by_libreoffice(data: bytes) -> str:
    return converted(data, "docx", "txt:Text (encoded):UTF8").decode("utf-8-sig")


def run(*command: str, given: bytes) -> bytes:
    return subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True).stdout


def converted(data: bytes, ending: str, target: str) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"text.{ending}").write_bytes(data)
        profile = f"-env:UserInstallation={PROFILE.as_uri()}"
        filters = ["--infilter=HTML (StarWriter)"] if ending == "html" else []
        subprocess.run(
            [
                *("soffice", profile, "--headless", *filters, "--convert-to", target),
                *("--outdir", f"{name}/out", f"{name}/text.{ending}"),
            ],
            check=True,
            capture_output=True,
        )
        return next((folder / "out").iterdir()).read_bytes()


def report(name: str, own: float, taken: float, answer: str, *, over: bool = False) -> None:
    print(
        f"{name:28} {taken:8.3f} s  {taken / own:7.1f}  {answer}{' !' if over else ''}", flush=True
    )


def judged(text: str, new: Document) -> str:
    return "the right text" if text.split() == written(new).split() else "another text"


def write_all(editions: Editions) -> None:
    own, data = best_of(ROUNDS, redline, editions)
    report("write: mitplan, changes", own, own, f"{len(data):,} bytes", over=own > WRITE_BUDGET)
    for name, work, program in (
        ("mitplan, clean", clean, ""),
        ("python-docx, clean", by_python_docx, ""),
        ("pandoc, clean", by_pandoc, "pandoc"),
        ("LibreOffice, clean", by_libreoffice, "soffice"),
    ):
        if program and not shutil.which(program):
            print(f"write: {name}: not installed")
            continue
        taken, data = best_of(2 if program else ROUNDS, work, editions)
        report(f"write: {name}", own, taken, f"{len(data):,} bytes")


def read_all(editions: Editions) -> None:
    data = redline(editions)
    own, text = best_of(ROUNDS, lambda _: read(data), editions)
    report("read: mitplan", own, own, judged(text, editions.new), over=own > READ_BUDGET)
    for name, work, program in (
        ("python-docx", read_by_python_docx, ""),
        ("pandoc", read_by_pandoc, "pandoc"),
        ("LibreOffice", read_by_libreoffice, "soffice"),
    ):
        if program and not shutil.which(program):
            print(f"read: {name}: not installed")
            continue
        taken, text = best_of(2 if program else ROUNDS, lambda _, work=work: work(data), editions)
        report(f"read: {name}", own, taken, judged(text, editions.new))


def main() -> None:
    editions = make_editions()
    print(
        f"{len(editions.new)} paragraphs, {len(editions.texts[1]):,} characters, {EDITS} edits, {MOVES} moves"
    )
    write_all(editions)
    read_all(editions)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as profile:
        PROFILE = Path(profile)
        main()
