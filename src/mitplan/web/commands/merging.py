"""Several changed copies of one text, merged into it. Needs no database."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from mitplan.core.text.amendments import Amendment, derive
from mitplan.core.text.base import Base
from mitplan.core.text.conflicts import Cluster
from mitplan.core.text.consolidation import Consolidation, consolidate
from mitplan.core.text.matching import match
from mitplan.core.text.operations import (
    DeletePassage,
    InsertPassage,
    JoinPassages,
    MovePassage,
    Operation,
    SetField,
    SetKind,
    SplitPassage,
    TextHunk,
)
from mitplan.core.text.passages import Document
from mitplan.core.text.runs import uniform
from mitplan.core.text.tokens import tokenize
from mitplan.formats import markdown
from mitplan.web.commands.reporting import Refusal

BASE_ORIGIN = 0


def merge(base: Document, variants: Mapping[str, Document]) -> dict[str, Any]:
    """Merge variants, each a full changed copy, into the base and report what became of each.

    Contested places keep the words of the base. The variants are taken by name, so that their order
    on the command line never matters.
    """
    base = numbered(base)
    names = sorted(variants)
    amendments = [
        Amendment(number, derive(base, aligned(base, variants[name], number)), number)
        for number, name in enumerate(names, start=1)
    ]
    runs = {each.id: uniform(len(tokenize(each.text)), BASE_ORIGIN) for each in base}
    merged = _consolidated(base, runs, amendments)
    return _report(Base(base), names, merged)


def numbered(document: Document) -> Document:
    """Give each passage without an id one of its own."""
    known = {passage.id for passage in document}
    new = (key for number in count(1) if (key := f"p{number}") not in known)
    return tuple(each if each.id else replace(each, id=next(new)) for each in document)


def aligned(base: Document, changed: Document, number: int) -> Document:
    """Give the passages of a changed copy the ids they have in the base; new ones get their own."""
    links = match(base, changed)
    return tuple(
        replace(passage, id=f"v{number}-{place}" if link is None else base[link].id)
        for place, (passage, link) in enumerate(zip(changed, links, strict=True), start=1)
    )


def _consolidated(
    base: Document, runs: dict[str, Any], amendments: list[Amendment]
) -> Consolidation:
    try:
        return consolidate(base, runs, amendments)
    except ValueError as problem:
        message = f"Die Varianten lassen sich nicht auf die Grundlage beziehen: {problem}"
        raise Refusal(message) from problem


def _report(base: Base, names: list[str], merged: Consolidation) -> dict[str, Any]:
    return {
        "text": markdown.write(merged.document),
        "applied": [
            {
                "variant": name,
                "hunks": [described(base, each) for each in merged.applied.get(number, ())],
            }
            for number, name in enumerate(names, start=1)
        ],
        "conflicts": [_conflict(base, names, cluster) for cluster in merged.open],
        "warnings": [
            {
                "class": str(caution.kind),
                "passage": caution.passage,
                "variants": _named(names, caution.amendments),
                "excerpt": _excerpt(merged.document, caution.passage),
            }
            for caution in merged.warnings
        ],
    }


def _conflict(base: Base, names: list[str], cluster: Cluster) -> dict[str, Any]:
    """Describe a place where variants contradict each other; `excerpts` go with `variants`."""
    return {
        "variants": _named(names, cluster.amendments),
        "passage": cluster.passages[0] if cluster.passages else None,
        "passages": list(cluster.passages),
        "class": str(cluster.relations[0]),
        "classes": [str(relation) for relation in cluster.relations],
        "base": [base.passage(key).text for key in cluster.passages],
        "excerpts": [
            " … ".join(_wanted(base, _operations_of(cluster, number)))
            for number in cluster.amendments
        ],
    }


def _operations_of(cluster: Cluster, amendment: int) -> list[Operation]:
    return [each.operation for each in cluster.members if each.amendment == amendment]


def _wanted(base: Base, operations: Iterable[Operation]) -> Iterator[str]:
    """Yield what a variant wants at a contested place, with a few words around."""
    for operation in operations:
        match operation:
            case TextHunk(passage, start, end, new):
                tokens = base.tokens(passage)
                around = (
                    "".join(tokens[max(start - 8, 0) : start]),
                    "".join(tokens[end : end + 8]),
                )
                yield f"{around[0]}{''.join(new)}{around[1]}"
            case InsertPassage():
                yield operation.text
            case _:
                yield described(base, operation)["kind"]


def described(base: Base, operation: Operation) -> dict[str, Any]:
    """Return an operation in words of the text: what stood there and what stands there now."""
    match operation:
        case TextHunk(passage, start, end, new):
            old = "".join(base.tokens(passage)[start:end])
            return _entry("text", passage, old, "".join(new)) | {"start": start, "end": end}
        case InsertPassage():
            return _entry("insert", operation.id, "", operation.text) | {"after": operation.after}
        case SetKind(passage, kind, level):
            return _entry("kind", passage, str(base.passage(passage).kind), f"{kind} {level}")
        case SetField(passage, name, value):
            old = dict(base.passage(passage).fields).get(name, "")
            return _entry("field", passage, old, value or "") | {"name": name}
        case DeletePassage(passage):
            return _entry("delete", passage, base.passage(passage).text, "")
        case _:
            return _rearranged(base, operation)


def _rearranged(base: Base, operation: MovePassage | SplitPassage | JoinPassages) -> dict[str, Any]:
    """Describe what changes no word."""
    more: dict[str, Any]
    match operation:
        case MovePassage(passage, after):
            kind, text, more = "move", base.passage(passage).text, {"after": after}
        case SplitPassage(passage, at, key):
            text = "".join(base.tokens(passage)[at:])
            kind, more = "split", {"at": at, "new": key}
        case JoinPassages(passage, right):
            kind, text, more = "join", base.passage(right).text, {"right": right}
    return _entry(kind, passage, text, text) | more


def _entry(kind: str, passage: str, old: str, new: str) -> dict[str, Any]:
    return {"kind": kind, "passage": passage, "old": old, "new": new}


def _named(names: list[str], amendments: Iterable[int]) -> list[str]:
    return [names[number - 1] for number in amendments]


def _excerpt(document: Document, key: str) -> str:
    return next((passage.text for passage in document if passage.id == key), "")
