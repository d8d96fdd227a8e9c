"""Compare two editions of 76 pages (300 edits, 20 moved paragraphs), beside difflib, diff-match-patch and git.

    python -m bench.text_diff

Mitplan is measured twice: with the ids its editions have, and without, as an imported file comes. The rivals get the texts as a
whole and as words where they can be told to. Each tool says how many words it shows as changed; the fewer, the less is
there to read, and what moved without a change has nothing to be read again. Seconds are processor time, also of programs that are started.
"""

import difflib
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, getrusage
from time import process_time

from diff_match_patch import diff_match_patch

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.text_amendments import PARAGRAPHS, SEED, forget, paragraph, word
from mitplan.core.text.compare import RowKind, compare
from mitplan.core.text.diff import SegmentKind
from mitplan.core.text.matching import match
from mitplan.core.text.passages import Document, Kind, Passage
from mitplan.core.text.tokens import count_words, is_word, tokenize

EDITS = 300
MOVES = 20
BUDGET = 0.030
ROUNDS = 5


@dataclass(frozen=True)
class Editions:
    """Two editions with ids, and how many words were really deleted and inserted between them."""

    old: Document
    new: Document
    changed: int

    @property
    def texts(self) -> tuple[str, str]:
        return written(self.old), written(self.new)


def written(document: Document) -> str:
    return "\n\n".join(passage.text for passage in document) + "\n"


def make_editions() -> Editions:
    random = Random(SEED)
    old = tuple(
        Passage(f"p{number}", Kind.PARAGRAPH, paragraph(random)) for number in range(PARAGRAPHS)
    )
    texts = [passage.text.split(" ") for passage in old]
    changed = sum(edit(random, random.choice(texts)) for _ in range(EDITS))
    new = [
        replace(passage, text=" ".join(words)) for passage, words in zip(old, texts, strict=True)
    ]
    for passage in random.sample(new, MOVES):
        new.remove(passage)
        new.insert(random.randint(0, len(new)), passage)
    return Editions(old, tuple(new), changed)


def edit(random: Random, words: list[str]) -> int:
    """Delete, insert or replace a few words; return how many were touched."""
    at = random.randrange(len(words))
    deleted = random.choice([0, 1, 1, 2, 4])
    inserted = [word(random) for _ in range(random.choice([0, 1, 1, 2, 5]) or 1 - min(deleted, 1))]
    deleted = len(words[at : at + deleted])
    words[at : at + deleted] = inserted
    return deleted + len(inserted)


def with_ids(editions: Editions) -> str:
    return said(editions.old, editions.new)


def without_ids(editions: Editions) -> str:
    links = match(editions.old, [replace(passage, id="") for passage in editions.new])
    own = (f"new{number}" for number in count())
    new = tuple(
        replace(passage, id=next(own) if link is None else editions.old[link].id)
        for passage, link in zip(editions.new, links, strict=True)
    )
    right = sum(a.id == b.id for a, b in zip(new, editions.new, strict=True))
    return f"{said(editions.old, new)}, {right} of {len(new)} paragraphs found again"


def said(old: Document, new: Document) -> str:
    rows = compare(old, new)
    changed = sum(
        count_words(segment.text)
        for row in rows
        for segment in row.segments
        if segment.kind is not SegmentKind.EQUAL
    )
    moved = sum(row.kind is RowKind.MOVED for row in rows)
    return f"{changed} words changed, {moved} paragraphs moved"


def with_difflib(editions: Editions) -> str:
    old, new = (tokenize(text) for text in editions.texts)
    changed = 0
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if kind != "equal":
            changed += sum(map(is_word, (*old[a:b], *new[c:d])))
    return f"{changed} words changed"


def with_diff_match_patch(editions: Editions) -> str:
    tool = diff_match_patch()
    tool.Diff_Timeout = 0
    found = tool.diff_main(*editions.texts)
    tool.diff_cleanupSemantic(found)
    return (
        f"{sum(count_words(text) for kind, text in found if kind)} words or parts of words changed"
    )


def with_git(editions: Editions) -> str:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in zip(("old", "new"), editions.texts, strict=True):
            (Path(folder) / name).write_text(text, encoding="utf-8")
        words = "--word-diff-regex=[^[:space:][:punct:]]+|[^[:space:]]"
        lines = subprocess.run(
            ["git", "diff", "--no-index", "--word-diff=porcelain", words, "old", "new"],
            cwd=folder,
            check=False,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ).stdout.split("\n")
    changed = [line[1:] for line in lines[5:] if line[:1] in {"+", "-"}]
    return f"{sum(map(count_words, changed))} words changed"


def seconds() -> float:
    """Return the processor time used so far, here and by programs that have ended."""
    others = getrusage(RUSAGE_CHILDREN)
    return process_time() + others.ru_utime + others.ru_stime


def best_of(rounds: int, work: Callable[[Editions], str], editions: Editions) -> tuple[float, str]:
    taken: list[float] = []
    answer = ""
    for _ in range(rounds):
        forget()
        start = seconds()
        answer = work(editions)
        taken.append(seconds() - start)
    return min(taken), answer


def main() -> None:
    editions = make_editions()
    print(
        f"{PARAGRAPHS} paragraphs, {len(editions.texts[0]):,} characters, {EDITS} edits, "
        f"{MOVES} moves; {editions.changed} words really changed"
    )
    own, answer = best_of(ROUNDS, with_ids, editions)
    print(f"{'mitplan':20} {own:8.3f} s  {'1.0':>6}  {answer}{' !' if own > BUDGET else ''}")
    for name, work, rounds in (
        ("mitplan, no ids", without_ids, ROUNDS),
        ("git word diff", with_git, ROUNDS),
        ("difflib", with_difflib, 1),
        ("diff-match-patch", with_diff_match_patch, 1),
    ):
        taken, answer = best_of(rounds, work, editions)
        print(f"{name:20} {taken:8.3f} s  {taken / own:6.1f}  {answer}", flush=True)


if __name__ == "__main__":
    main()
