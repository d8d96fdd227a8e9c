"""The text of a file put beside the edition it was made from: the same ids, and no difference but real ones."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mitplan.core.text.passages import Document, Kind, Passage
from mitplan.core.text.placing import Certainty, Placed, place
from mitplan.core.text.tokens import count_words
from mitplan.formats.reading import Reading, Version, has_own_id
from mitplan.participation.queries.findings import Confidence
from mitplan.ui.inline import FOOTNOTE, plain_text

PLAN_SHARE = 0.5
"""From this share of its words on that stand in the plan, a file is a copy of it and no letter."""

PLAN_SHARE_WITH_IDS = 0.2
EXTRACT_SHARE = 0.4
"""Where more of the passages are missing, the file is an extract, and nothing of that was struck out."""

_LABEL = re.compile(r"^(?:[•◦▪‣·*–-]|\(?\d{1,3}[.)]?|[a-z][.)])\s+")
_NOT_LETTERS = re.compile(r"(?<=[^\W\d_])\d{1,3}\b|\W")
"""All but letters and numbers, and numbers of footnotes that stick to a word."""

_RULE = re.compile(r"[|:\s-]+")
_TABLE_MARKS = re.compile(r"[|:\s-]+")
_CONFIDENCE = {
    Certainty.ID: Confidence.CERTAIN,
    Certainty.EQUAL: Confidence.CERTAIN,
    Certainty.LIKELY: Confidence.LIKELY,
    Certainty.UNSURE: Confidence.UNSURE,
    Certainty.PIECE: Confidence.UNSURE,
}


@dataclass(frozen=True)
class FileText:
    """A file's text with the ids of the edition it was made from.

    `original` is the text before tracked changes, with what the file leaves out filled in; `versions` the
    same with the changes of one author made.
    """

    edition: Document
    original: Document
    versions: tuple[Version, ...]
    missing: frozenset[str]
    is_extract: bool
    _placed: Mapping[str, Placed]

    def key(self, passage: str) -> str:
        """Return the id in the edition of a passage of the file."""
        return _key(self._placed, passage)

    def confidence(self, keys: Iterable[str]) -> Confidence:
        """Tell how sure it is that passages of the file are those of the edition."""
        known = {each.key: each.certainty for each in self._placed.values() if each.is_same}
        found = {_CONFIDENCE[known[key]] for key in keys if key in known}
        return max(found, key=list(Confidence).index, default=Confidence.CERTAIN)


def share_of_plan(reading: Reading, edition: Document) -> float:
    """Return which share of a file's words stands in passages that the edition has, too."""
    placed = place(_plain(reading.rejected), _plain(edition))
    sizes = [(each.id in placed, count_words(each.text)) for each in reading.rejected]
    total = sum(size for _is_known, size in sizes)
    return sum(size for is_known, size in sizes if is_known) / total if total else 0.0


def is_copy(reading: Reading, edition: Document) -> bool:
    """Tell whether a file is a copy of the plan, be it changed, and no letter."""
    has_ids = any(has_own_id(each.id) for each in reading.rejected)
    return share_of_plan(reading, edition) >= (PLAN_SHARE_WITH_IDS if has_ids else PLAN_SHARE)


def file_text(
    reading: Reading, versions: Sequence[Version], edition: Document, scope: Collection[str]
) -> FileText:
    """Put a file beside the edition it was made from; `scope` are the passages it was made to hold."""
    known = {each.id: each for each in edition}
    has_ids = any(each.id in known for each in reading.rejected)
    candidates = [each for each in edition if each.id in scope] if has_ids else edition
    placed = place(_plain(reading.rejected), _plain(candidates))
    adoption = _Adoption(placed, known, _labels(reading.rejected, placed, known))
    original = adoption.original(reading.rejected)
    here = {each.id for each in original}
    left_out = frozenset(known) - here
    missing = frozenset(key for key in scope if key not in here)
    return FileText(
        edition,
        _completed(original, edition, left_out),
        tuple(
            Version(
                each.author,
                _completed(
                    adoption.version(each.passages, reading.rejected, original), edition, left_out
                ),
            )
            for each in versions
        ),
        missing,
        len(missing) > EXTRACT_SHARE * len(scope),
        placed,
    )


def _plain(passages: Iterable[Passage]) -> list[Passage]:
    return [
        replace(each, text=" ".join(plain_text(each.text).split()))
        if each.kind is not Kind.TABLE
        else each
        for each in passages
    ]


def _key(placed: Mapping[str, Placed], passage: str) -> str:
    found = placed.get(passage)
    return found.key if found and found.is_same else passage


def _labels(
    passages: Document, placed: Mapping[str, Placed], known: Mapping[str, Passage]
) -> dict[str, str]:
    """Return how the edition calls the footnotes of the file; one that is new has no name there."""
    notes = [each for each in passages if each.kind is Kind.FOOTNOTE]
    return {
        each.label: known[key].label for each in notes if (key := _key(placed, each.id)) in known
    }


def is_same(one: Passage, other: Passage) -> bool:
    """Tell whether two passages say the same; marks such as bold do not count."""
    return _words(one) == _words(other)


def is_loosely_same(one: Passage, other: Passage) -> bool:
    """Tell whether two passages have the same words, however a program broke or marked them."""
    return _letters(one.text) == _letters(other.text)


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", plain_text(text)).casefold()


def _words(passage: Passage) -> list[str]:
    if passage.kind is Kind.TABLE:
        return _TABLE_MARKS.sub(" ", passage.text).split()
    return plain_text(passage.text).split()


class _Adoption:
    """Gives the passages of a file the ids of the edition, and whatever else is not the author's doing."""

    def __init__(
        self,
        placed: Mapping[str, Placed],
        known: Mapping[str, Passage],
        labels: Mapping[str, str],
    ) -> None:
        self._placed = placed
        self._known = known
        self._labels = labels

    def original(self, passages: Document) -> Document:
        """Return the text before tracked changes; pieces of one passage are put together again.

        What programs made of the particulars of goals and measures is no text.
        """
        particulars = _particulars(self._known.values())
        found: list[Passage] = []
        for passage in passages:
            if passage.id not in self._placed and _letters(passage.text) in particulars:
                continue
            placed = self._placed.get(passage.id)
            if placed and not placed.is_same and found and found[-1].id == placed.key:
                joined = f"{found[-1].text} {passage.text}"
                found[-1] = self._adopted(replace(passage, text=joined), placed.key)
            else:
                found.append(self._adopted(passage, _key(self._placed, passage.id)))
        return tuple(found)

    def version(self, passages: Document, rejected: Document, original: Document) -> Document:
        """Return a text with changes; what an author left alone is as in the original."""
        before = {each.id: (each.text, each.fields) for each in rejected}
        adopted = {each.id: each for each in original}
        found = []
        for passage in passages:
            key = _key(self._placed, passage.id)
            is_left_alone = before.get(passage.id) == (passage.text, passage.fields)
            found.append(
                adopted[key] if is_left_alone and key in adopted else self._adopted(passage, key)
            )
        return tuple(found)

    def _adopted(self, passage: Passage, key: str) -> Passage:
        text = FOOTNOTE.sub(self._renamed_note, passage.text)
        known = self._known.get(key)
        if known is None:
            return replace(passage, id=key, text=text)
        fields = passage.fields if has_own_id(passage.id) and passage.fields else known.fields
        kept = replace(known, fields=known.fields if _alike(fields, known.fields) else fields)
        if known.kind is Kind.TABLE:
            text = _ruled_alike(known.text, text)
        if has_own_id(passage.id):
            is_alike = is_same(replace(known, text=text), known)
        else:
            is_labelled = known.kind in (Kind.LIST_ITEM, Kind.FOOTNOTE)
            text = _LABEL.sub("", text) if is_labelled else text
            is_alike = is_loosely_same(replace(known, text=text), known)
        return kept if is_alike else replace(kept, text=text)

    def _renamed_note(self, found: re.Match[str]) -> str:
        label = self._labels.get(found[1])
        return f"[^{label}]" if label is not None else ""


def _ruled_alike(old: str, new: str) -> str:
    """Return a table with the rule below its heading as it was; how long it is says nothing."""
    before, after = old.split("\n"), new.split("\n")
    is_ruled = all(len(each) > 1 and _RULE.fullmatch(each[1]) for each in (before, after))
    if not is_ruled or before[1].count("|") != after[1].count("|"):
        return new
    return "\n".join([after[0], before[1], *after[2:]])


def _particulars(passages: Iterable[Passage]) -> set[str]:
    pairs = {pair for passage in passages for pair in passage.fields}
    return {_letters(f"{name}{value}") for name, value in pairs}


def _alike(one: Iterable[tuple[str, str]], other: Iterable[tuple[str, str]]) -> bool:
    def words(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
        return [f"{name} {plain_text(value)}".split() for name, value in pairs]

    return words(one) == words(other)


def _completed(passages: Document, edition: Document, left_out: Collection[str]) -> Document:
    """Fill in what a file leaves out: each passage behind the one it follows in the edition."""
    if not left_out:
        return passages
    here = {each.id for each in passages}
    behind: dict[str | None, list[Passage]] = {}
    last: str | None = None
    for passage in edition:
        if passage.id in here:
            last = passage.id
        elif passage.id in left_out:
            behind.setdefault(last, []).append(passage)
    return tuple(_filled(passages, behind))


def _filled(
    passages: Sequence[Passage], behind: Mapping[str | None, Sequence[Passage]]
) -> Iterator[Passage]:
    """Yield the passages with those behind them; what is new stays with what it follows."""
    waiting = list(behind.get(None, ()))
    for passage in passages:
        if has_own_id(passage.id):
            yield from waiting
            waiting = list(behind.get(passage.id, ()))
        yield passage
    yield from waiting
