"""Reading broken files one after another, and noting what neither is read nor refused in a sentence."""

import random
import signal
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mitplan.formats import anyfile, docx, markdown, odt, pdf_worker
from mitplan.formats.errors import FormatError
from tests.formats.test_docx import PLAN
from tests.formats.test_pdf import LONG, pdf_file
from tests.fuzz.mutation import broken

HANGS = 20
SLOW = 4.0
"""Seconds of computing: what takes longer is slow; what takes much longer is ended and counts as hanging."""


class Hanging(BaseException):
    """A file took too long."""


@dataclass(frozen=True)
class Finding:
    """A file that shows a fault, and which."""

    kind: str
    case: int
    data: bytes
    told: str


def corpus(folder: Path | None) -> list[bytes]:
    """Return whole files of all kinds: real ones, ODT made from them, and small ones of our own."""
    real = [path.read_bytes() for path in sorted(folder.glob("*.docx"))] if folder else []
    made = [odt.write(docx.read(data), "Text") for data in real]
    plan = markdown.read(PLAN)
    own = [docx.write(plan, "Plan"), odt.write(plan, "Plan")]
    letters = [pdf_file([LONG, "Ende."], [LONG], packed=packed) for packed in (False, True)]
    return [*real, *made, *own, *tracked_files(), *(letters * (1 + len(real) // 10))]


def tracked_files() -> list[bytes]:
    """Return the small files with tracked changes and comments that the tests of reading are made of."""
    from tests.formats import test_docx_content, test_docx_revisions, test_odt, word_files  # noqa: PLC0415 – slow to load

    cases = [*test_docx_revisions.CASES.values(), *test_docx_content.CASES.values()]
    tracked = test_odt.p(
        "a", '<text:change text:change-id="c"/>', test_odt.annotation("n", "Frage")
    )
    return [
        word_files.word_file("".join(case[0] for case in cases)),
        test_odt.text_file(
            tracked + test_odt.p(test_odt.inserting("d", "neu")),
            changes=test_odt.region("c", test_odt.deleted("x", "y"))
            + test_odt.region("d", test_odt.INSERTED),
        ),
    ]


def run(
    files: Sequence[bytes], seed: int, *, cases: int, seconds: float
) -> Iterator[Finding | None]:
    """Read broken files until there were enough, or time is up; one finding or nothing for each."""
    end = time.monotonic() + seconds
    for case in range(cases):
        if time.monotonic() > end:
            return
        chance = random.Random(f"{seed}-{case}")  # noqa: S311 – a case must come again
        data = broken(chance.choice(files), files, chance)
        yield _tried(case, data)


def _tried(case: int, data: bytes) -> Finding | None:
    start = time.process_time()
    try:
        with _limited(HANGS):
            _read(data)
    except FormatError as problem:
        if "%(" in str(problem):
            return Finding("crash", case, data, f"placeholder left: {problem}")
    except Hanging:
        return Finding("hang", case, data, f"more than {HANGS} seconds")
    except (Exception, RecursionError):  # noqa: BLE001 – whatever it is, it is what is looked for
        return Finding("crash", case, data, traceback.format_exc())
    taken = time.process_time() - start
    return Finding("slow", case, data, f"{taken:.1f} s") if taken > SLOW else None


def _read(data: bytes) -> None:
    """Read a file in every way there is; PDF in this process, so that faults show."""
    if b"%PDF-" in data[:1024]:
        pdf_worker.answer(data)
        return
    name = "brief.docx"
    passages = anyfile.read_passages(name, data)
    reading = anyfile.read_reading(name, data)
    list(anyfile.read_lines(name, data, "show"))
    anyfile.read_versions(name, data)
    _check(len(passages) == len(reading.accepted), "the reading has other passages")
    for text in (reading.accepted, reading.rejected):
        ids = [passage.id for passage in text]
        _check(len(set(ids)) == len(ids), "an id stands twice")
        _check(all(ids), "a passage has no id")


def _check(holds: bool, said: str) -> None:  # noqa: FBT001 – reads as a sentence
    if not holds:
        raise AssertionError(said)


@contextmanager
def _limited(seconds: int) -> Iterator[None]:
    def stop(_signal: int, _frame: object) -> None:
        raise Hanging

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
