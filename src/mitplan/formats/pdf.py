"""PDF files: the text of letters, as plain paragraphs. A scan has none and is refused."""

import json
import subprocess
import sys
from pathlib import Path

from mitplan.core.text.passages import Document, Kind, Passage
from mitplan.core.text.tokens import normalise
from mitplan.formats.archive import protected
from mitplan.formats.errors import FormatError, gettext_noop
from mitplan.formats.pdf_limits import MAX_PAGES, SECONDS
from mitplan.formats.pdf_lines import paragraphs_of
from mitplan.formats.plaintext import check_size

_SOURCES = Path(__file__).parents[2]
_WAIT = SECONDS + 5


def is_pdf(data: bytes) -> bool:
    """Tell a PDF by its first bytes; some programs write others before them."""
    return b"%PDF-" in data[:1024]


def read(data: bytes) -> Document:
    """Read the paragraphs of a PDF; raises FormatError where there are none, or no way to them."""
    check_size(data)
    if not is_pdf(data):
        raise _broken()
    answer = _asked(data)
    match answer.get("problem"):
        case None:
            paragraphs = paragraphs_of(answer["pages"])
        case "protected":
            raise protected()
        case "long" | "heavy":
            raise _too_long()
        case _:
            raise _broken()
    texts = (normalise(_without_controls(text)).strip() for text in paragraphs)
    passages = tuple(Passage("", Kind.PARAGRAPH, text) for text in texts if text)
    if not passages:
        raise FormatError(
            gettext_noop(
                "Das PDF enthält keinen Text, vermutlich nur eingescannte Seiten. Bitte senden Sie das "
                "Dokument, aus dem es entstanden ist, oder ein PDF mit Texterkennung."
            )
        )
    return passages


def _asked(data: bytes) -> dict[str, list[list[str]]]:
    """Return what a process of its own says about the file; one that takes too long is ended."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "mitplan.formats.pdf_worker"],
            input=data,
            capture_output=True,
            timeout=_WAIT,
            cwd=_SOURCES,
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise _too_long() from problem
    if done.returncode < 0:
        raise _too_long()
    if done.returncode:
        raise _broken()
    answer: dict[str, list[list[str]]] = json.loads(done.stdout)
    return answer


def _without_controls(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable() or sign in "\n\t\u00ad")


def _broken() -> FormatError:
    return FormatError(
        gettext_noop(
            "Das PDF ist beschädigt und lässt sich nicht lesen. Speichern Sie es aus dem Programm, mit "
            "dem es entstanden ist, noch einmal als PDF und versuchen Sie es erneut."
        )
    )


def _too_long() -> FormatError:
    return FormatError(
        gettext_noop(
            "Das PDF ist zu umfangreich, um es zu lesen. Gelesen werden bis zu %(limit)s Seiten; teilen "
            "Sie es auf und versuchen Sie es noch einmal."
        ),
        limit=MAX_PAGES,
    )
