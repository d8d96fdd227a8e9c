"""Find who first brought each word of a text in many editions, beside WikiWho and `git blame` by words.

    python -m bench.text_provenance

First on simulated histories, where the truth is known: words, sentences and paragraphs come, go, move and return. Then on 31 states of a real act, where nobody
knows it: there the share of words is given for which a rival names the same edition as Mitplan. WikiWho takes part where it is
installed (`pip install --no-deps wikiwho`), the act where the shared data are. Seconds are processor time for all editions, also of programs that are started.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

from mitplan.core.text.alignment import align
from mitplan.core.text.attribution import History
from mitplan.core.text.passages import Document
from mitplan.core.text.runs import expand
from mitplan.core.text.tokens import is_word, tokenize
from mitplan.formats.markdown import read
from tests.core.text.simulation import Simulation

try:
    from WikiWho import wikiwho
    from WikiWho.utils import iter_rev_tokens
except ImportError:
    wikiwho = None

SEEDS = (1, 2, 3)
PASSAGES = 530
EDITIONS = 10
EDITS = 170
RIGHT = 0.995
SECONDS = 0.050
LIMIT = 60
ACT = Path(__file__).parents[2] / "shared" / "data" / "texts" / "swiss-aig"

Word = tuple[str, int]
"""A word of the last edition, and the edition it is said to come from."""


@dataclass(frozen=True)
class Tool:
    """A way to find out; None where it is not installed."""

    name: str
    work: Callable[[Sequence[Document]], list[Word]] | None


def ours(editions: Sequence[Document]) -> list[Word]:
    history = History()
    for origin, edition in enumerate(editions):
        state = history.next(edition, origin)
    return [
        (token.lower(), origin)
        for found in state
        for token, origin in zip(tokenize(found.passage.text), expand(found.runs), strict=True)
        if is_word(token)
    ]


def with_wikiwho(editions: Sequence[Document]) -> list[Word]:
    wikiwho.TOKEN_DENSITY_LIMIT = float(
        "inf"
    )  # or it takes a text with few different words for vandalism
    article = wikiwho.Wikiwho("text")
    article.analyse_article(
        {
            "revid": number,
            "*": "\n\n".join(passage.text for passage in edition),
            "timestamp": str(number),
            "comment": "no test for vandalism",
            "minor": "",
        }
        for number, edition in enumerate(editions, start=1)
    )
    last = article.revisions[article.ordered_revisions[-1]]
    return [
        (token.value, token.origin_rev_id - 1)
        for token in iter_rev_tokens(last)
        if is_word(token.value)
    ]


def with_git(editions: Sequence[Document], *options: str) -> list[Word]:
    """Write one word a line, commit every edition, and ask who brought each line of the last."""
    with tempfile.TemporaryDirectory() as folder:
        git(folder, "init", "-q")
        commits: dict[str, int] = {}
        for number, edition in enumerate(editions):
            (Path(folder) / "text").write_text("\n".join(lines_of(edition)), encoding="utf-8")
            git(folder, "add", "text")
            git(folder, "commit", "-q", "--allow-empty", "-m", str(number))
            commits[git(folder, "rev-parse", "HEAD").strip()] = number
        return list(blamed(git(folder, "blame", "--porcelain", *options, "text"), commits))


def lines_of(edition: Document) -> Iterator[str]:
    for passage in edition:
        yield from filter(is_word, tokenize(passage.text))
        yield ""


def blamed(answer: str, commits: dict[str, int]) -> Iterator[Word]:
    origin = 0
    for line in answer.split("\n"):
        if line.startswith("\t"):
            if line != "\t":
                yield line[1:].lower(), origin
        else:
            origin = commits.get(line.split(" ")[0], origin)


def git(folder: str, *arguments: str) -> str:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": folder,
        "GIT_AUTHOR_NAME": "bench",
        "GIT_AUTHOR_EMAIL": "bench@example.org",
        "GIT_COMMITTER_NAME": "bench",
        "GIT_COMMITTER_EMAIL": "bench@example.org",
    }
    command = ["git", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout


TOOLS = (
    Tool("mitplan", ours),
    Tool("wikiwho", with_wikiwho if wikiwho else None),
    Tool("git blame", with_git),
    Tool("git blame -M -C", lambda editions: with_git(editions, "-M", "-C")),
)


def seconds() -> float:
    """Return the processor time used so far, here and by programs that have ended."""
    others = getrusage(RUSAGE_CHILDREN)
    return process_time() + others.ru_utime + others.ru_stime


def simulated(seed: int) -> tuple[list[Document], list[Word]]:
    simulation = Simulation.begin(seed, PASSAGES)
    editions = [simulation.passages()]
    for _ in range(EDITIONS - 1):
        simulation.advance(EDITS)
        editions.append(simulation.passages())
    return editions, [(word.lower(), origin) for word, origin in simulation.truth()]


def same(found: Sequence[Word], truth: Sequence[Word]) -> float:
    """Return for which share of the words both name the same edition."""
    if [word for word, _ in found] == [word for word, _ in truth]:
        right = sum(one == other for one, other in zip(found, truth, strict=True))
        return right / len(truth)
    right = sum(
        found[block.old + at][1] == truth[block.new + at][1]
        for block in align([word for word, _ in found], [word for word, _ in truth])
        for at in range(block.size)
    )
    return right / len(truth)


def show(tool: Tool, taken: float, own: float, share: float, remark: str = "") -> None:
    print(f"{tool.name:20} {taken:8.3f} s  {taken / own:6.1f}  {share:7.2%} {remark}", flush=True)


def on_simulations() -> None:
    histories = [simulated(seed) for seed in SEEDS]
    words = sum(len(truth) for _, truth in histories)
    print(
        f"{len(SEEDS)} simulated histories of {EDITIONS} editions, {PASSAGES} paragraphs, "
        f"{EDITS} edits each time, {words:,} words in the last editions: seconds, ratio, right"
    )
    own = 0.0
    for tool in TOOLS:
        if tool.work is None:
            print(f"{tool.name:20} not installed")
            continue
        start = seconds()
        found = [tool.work(editions) for editions, _ in histories]
        taken = seconds() - start
        own = own or taken
        shares = [same(each, truth) for each, (_, truth) in zip(found, histories, strict=True)]
        share = sum(shares) / len(shares)
        each = taken / len(SEEDS) / EDITIONS
        is_late = tool is TOOLS[0] and (share < RIGHT or each > SECONDS)
        show(tool, taken, own, share, f" {each:.3f} s an edition{' !' if is_late else ''}")


def on_the_act() -> None:
    paths = sorted(ACT.glob("*.md"))[1:]
    if not paths:
        print("the act is not here")
        return
    editions = [read(path.read_text(encoding="utf-8")) for path in paths]
    print(f"\n{len(editions)} states of a real act: seconds, ratio, same edition as Mitplan")
    own, words = 0.0, list[Word]()
    for tool in TOOLS:
        if tool.work is None:
            print(f"{tool.name:20} not installed")
            continue
        start = seconds()
        try:
            with time_limit():
                found = tool.work(editions)
        except TimeoutError:
            print(f"{tool.name:20} not ready after {LIMIT} s")
            continue
        taken = seconds() - start
        own, words = own or taken, words or found
        show(tool, taken, own, same(found, words))


@contextmanager
def time_limit() -> Iterator[None]:
    """End what takes too long, counted in the processor time of this program."""

    def end(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def main() -> None:
    on_simulations()
    on_the_act()


if __name__ == "__main__":
    main()
