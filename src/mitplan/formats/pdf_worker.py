"""A process of its own that takes the text out of a PDF: what a hostile file can use up is limited.

Started by `pdf.read` with the file on standard input; answers with JSON on standard output.
"""

import io
import json
import logging
import resource
import sys
import warnings
import zlib
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from mitplan.formats.pdf_limits import MAX_PAGES, SECONDS

_MEMORY = 1024 * 1024 * 1024
_DEEPEST = 2_000  # calls; a file nested deeper is a fault
_PROBLEMS = (  # all that pypdf has been seen to raise for broken files
    PyPdfError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    OSError,
    zlib.error,
)


def main() -> None:
    """Read a PDF from standard input and say what it holds, or what is wrong with it."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    sys.setrecursionlimit(_DEEPEST)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    json.dump(answer(sys.stdin.buffer.read()), sys.stdout)


def answer(data: bytes) -> dict[str, object]:
    """Return the lines of the pages of a PDF, or what is wrong with it."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"problem": "protected"}
        if len(reader.pages) > MAX_PAGES:
            return {"problem": "long"}
        return {"pages": list(_pages(reader))}
    except (DependencyError, FileNotDecryptedError):
        return {"problem": "protected"}
    except (MemoryError, RecursionError):
        return {"problem": "heavy"}
    except _PROBLEMS:
        return {"problem": "broken"}


def _pages(reader: PdfReader) -> Iterator[list[str]]:
    """Return the lines of each page as they stand on it; blank lines are gaps."""
    for page in reader.pages:
        text = page.extract_text(
            extraction_mode="layout",
            layout_mode_space_vertically=True,
            layout_mode_strip_rotated=True,
        )
        yield [line.rstrip() for line in text.split("\n")]


if __name__ == "__main__":
    main()
