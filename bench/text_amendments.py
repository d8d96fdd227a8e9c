"""Derive, check and consolidate 1,000 amendments on a text of 76 pages, beside diff-match-patch and merge3.

    python bench/text_amendments.py

The rivals get the changed paragraphs only and one after the other, which is the way that suits them best; new,
deleted and moved paragraphs, which they do not know, are left out of their work. Seconds are processor time, so that
a busy machine does not change the ratios; nothing that is kept of recent results is kept between rounds.
"""

import gc
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from time import process_time

from diff_match_patch import diff_match_patch
from merge3 import Merge3

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from mitplan.core.text.amendments import (
    Amendment,
    DeletePassage,
    InsertPassage,
    MovePassage,
    Operation,
    rewording,
)
from mitplan.core.text.conflicts import find_conflicts
from mitplan.core.text.consolidation import consolidate
from mitplan.core.text.passages import Document, Kind, Passage
from mitplan.core.text.runs import uniform
from mitplan.core.text.tokens import tokenize

SEED = 2026
PARAGRAPHS = 530
AMENDMENTS = 1_000
ROUNDS = 3

SMALL = re.findall(
    r"\w+",
    "der die das und in zu den mit von für auf ist im des sich nicht eine als auch es an werden aus "
    "hat dass sie nach wird bei einer um sind noch wie einem über so zum kann durch",
)
STEMS = re.findall(
    r"\w+",
    "Sprach Bildungs Arbeits Integrations Teilhabe Schul Berufs Beratungs Kinder Jugend Gesundheits "
    "Wohn Kommunal Landes Ehrenamts Kultur Sport Vereins Medien Pflege Ausbildungs Netz Ziel Familien",
)
ENDS = re.findall(
    r"\w+",
    "angebot kurse stelle plan programm zentrum ordnung vertrag bericht woche gruppe leitung prüfung "
    "gespräch hilfe recht quote mittel projekt rahmen",
)
VERBS = re.findall(
    r"\w+", "fördern stärken prüfen sichern öffnen verbinden beraten begleiten ausbauen senken"
)


@dataclass(frozen=True)
class Proposal:
    """What somebody handed in: passages with other words, and passages that come, go or move."""

    rewordings: list[tuple[Passage, str]]
    structure: tuple[Operation, ...] = ()


@dataclass(frozen=True)
class Load:
    """A text and what is proposed to it."""

    base: Document
    proposals: list[Proposal]


def word(random: Random) -> str:
    pick = random.random()
    if pick < 0.5:
        return random.choice(SMALL)
    if pick < 0.9:
        return random.choice(STEMS) + random.choice(ENDS)
    return random.choice(VERBS)


def sentence(random: Random) -> str:
    words = [word(random) for _ in range(random.randint(10, 18))]
    return " ".join([words[0].capitalize(), *words[1:]]) + "."


def paragraph(random: Random) -> str:
    sentences: list[str] = []
    while sum(map(len, sentences)) < 350:
        sentences.append(sentence(random))
    return " ".join(sentences)


def make_load(times: int) -> Load:
    """Write the text and the proposals; the same seed gives the same load."""
    random = Random(SEED)
    base = tuple(
        Passage(f"p{number}", Kind.PARAGRAPH, paragraph(random))
        for number in range(PARAGRAPHS * times)
    )
    return Load(base, [proposal(random, base, number) for number in range(AMENDMENTS * times)])


def proposal(random: Random, base: Document, number: int) -> Proposal:
    pick = random.random()
    target, anchor = random.sample(base, 2)
    if pick < 0.04:
        new = InsertPassage(f"n{number}", target.id, Kind.PARAGRAPH, paragraph(random))
        return Proposal([], (new,))
    if pick < 0.06:
        return Proposal([], (DeletePassage(target.id),))
    if pick < 0.08:
        return Proposal([], (MovePassage(target.id, anchor.id),))
    changed = [target, anchor][: random.choice([1, 1, 2])]
    return Proposal([(each, reworded(random, each.text)) for each in changed])


def reworded(random: Random, text: str) -> str:
    words = text.split(" ")
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        at = random.randrange(len(words))
        end = at + random.choice([0, 1, 1, 2, 4])
        words[at:end] = [word(random) for _ in range(random.choice([0, 1, 1, 2, 5]))]
    return " ".join(words)


def ours(load: Load) -> str:
    runs = {each.id: uniform(len(tokenize(each.text)), 0) for each in load.base}
    amendments = [
        Amendment(number, derived(proposal), number)
        for number, proposal in enumerate(load.proposals, start=1)
    ]
    conflicts = find_conflicts(load.base, amendments)
    result = consolidate(load.base, runs, amendments)
    pairs = sum(len(cluster.conflicts) for cluster in conflicts)
    applied = sum(map(len, result.applied.values()))
    return f"{applied} operations applied, {pairs} conflicting pairs in {len(conflicts)} clusters"


def derived(proposal: Proposal) -> tuple[Operation, ...]:
    hunks = (hunk for passage, text in proposal.rewordings for hunk in rewording(passage, text))
    return (*proposal.structure, *hunks)


def rewordings(load: Load) -> Iterator[tuple[Passage, str]]:
    for proposal in load.proposals:
        yield from proposal.rewordings


def with_diff_match_patch(load: Load) -> str:
    tool = diff_match_patch()
    texts = {each.id: each.text for each in load.base}
    failed = 0
    for passage, new in rewordings(load):
        patches = tool.patch_make(passage.text, new)
        texts[passage.id], done = tool.patch_apply(patches, texts[passage.id])
        failed += done.count(False)
    return f"{failed} patches refused, all others written wherever they seemed to fit"


def with_merge3(load: Load) -> str:
    texts = {each.id: tokenize(each.text) for each in load.base}
    conflicts = 0
    for passage, new in rewordings(load):
        merged: list[str] = []
        for group in Merge3(
            tokenize(passage.text), texts[passage.id], tokenize(new)
        ).merge_groups():
            conflicts += group[0] == "conflict"
            merged += group[1]
        texts[passage.id] = tuple(merged)
    return f"{conflicts} conflicts"


def forget() -> None:
    """Empty everything that is kept of recent results, so that every round does all of the work."""
    for each in gc.get_objects():
        if isinstance(each, type(lru_cache(str))):
            each.cache_clear()
    gc.collect()


def best_of(work: Callable[[Load], str], load: Load) -> tuple[float, str]:
    seconds: list[float] = []
    said = ""
    for _ in range(ROUNDS):
        forget()
        start = process_time()
        said = work(load)
        seconds.append(process_time() - start)
    return min(seconds), said


def main() -> None:
    load = make_load(1)
    characters = sum(len(each.text) for each in load.base)
    print(f"T76: {len(load.base)} paragraphs, {characters:,} characters, {AMENDMENTS:,} amendments")
    own, said = best_of(ours, load)
    print(f"{'mitplan':20} {own:8.3f} s  {'1.0':>6}  {said}")
    for name, work in (("diff-match-patch", with_diff_match_patch), ("merge3", with_merge3)):
        seconds, said = best_of(work, load)
        print(f"{name:20} {seconds:8.3f} s  {seconds / own:6.1f}  {said}")
    ten, said = best_of(ours, make_load(10))
    print(f"{'ten times T76':20} {ten:8.3f} s  {ten / own:6.1f}  {said}")


if __name__ == "__main__":
    main()
