"""Resolution: from amendments and settlements to what goes into the text."""

from collections.abc import Iterable, Iterator
from functools import partial

from mitplan.core.text.amendments import Amendment
from mitplan.core.text.base import base_of
from mitplan.core.text.conflicts import gathered
from mitplan.core.text.notes import Note, anchors_brought_by, anchors_in
from mitplan.core.text.operations import DeletePassage, InsertPassage, SplitPassage, TextHunk
from mitplan.core.text.outcome import Outcome, Taken, gather
from mitplan.core.text.passages import Document
from mitplan.core.text.review import check_against
from mitplan.core.text.settlements import Pick, Settlement, settle
from mitplan.core.text.strands import warps_of
from mitplan.core.text.variants import Member, Variant, Variants
from mitplan.core.text.weaving import piece_texts


def resolve(
    document: Document, amendments: Iterable[Amendment], settlements: Iterable[Settlement]
) -> Outcome:
    """Check amendments, find and settle their conflicts, and return what goes into the text."""
    base = base_of(document)
    in_order = sorted(amendments, key=lambda amendment: amendment.id)
    origins = {amendment.id: amendment.origin for amendment in in_order}
    if len(origins) != len(in_order):
        message = "two amendments have the same number"
        raise ValueError(message)
    for amendment in in_order:
        base.review(amendment.operations, partial(check_against, base, amendment.operations))
    variants, clusters = gathered(base, tuple(in_order))
    _require_own_ids(variants)
    verdict = settle(clusters, settlements)
    outcome = gather(base, verdict, variants, origins)
    for note in base.notes:
        _bury(outcome, note)
    return outcome


def _require_own_ids(variants: Variants) -> None:
    seen: set[str] = set()
    for variant in variants:
        ids = {name for each in variant.members if (name := _new_id(each))}
        if ids & seen:
            message = f"two different new passages have the id {min(ids & seen)!r}"
            raise ValueError(message)
        seen |= ids


def _new_id(member: Member) -> str:
    operation = member.operation
    return operation.id if isinstance(operation, InsertPassage | SplitPassage) else ""


def _bury(outcome: Outcome, note: Note) -> None:
    """Delete a footnote whose anchor was taken away, unless somebody changed it all the same."""
    removers = list(_removers(outcome, note))
    origins = [origin for each in removers for origin in each.origins]
    origins += [
        each.origin
        for each in outcome.own_words.get(note.passage, ())
        if note.is_hit_by(each.region.start, each.region.end)
    ]
    if origins and not outcome.is_touched(note.body) and not _has_anchor(outcome, note):
        amendments = sorted({each for taken in removers for each in taken.amendments})
        pick = Pick(Variant(DeletePassage(note.body)))
        taken = Taken(pick, tuple(amendments), tuple(dict.fromkeys(origins)))
        outcome.deletions[note.body] = taken


def _removers(outcome: Outcome, note: Note) -> Iterator[Taken]:
    if note.passage in outcome.deletions:
        yield outcome.deletions[note.passage]
    for taken in outcome.texts.get(note.passage, ()):
        hunk = taken.pick.variant.operation
        if isinstance(hunk, TextHunk) and note.is_hit_by(hunk.start, hunk.end):
            yield taken


def _has_anchor(outcome: Outcome, note: Note) -> bool:
    """Tell whether the anchor stands in the new text, there or wherever somebody brought it."""
    texts = ["".join(own.text) for group in outcome.own_words.values() for own in group]
    if note.passage not in outcome.deletions:
        texts += [
            "".join(piece_texts(warps_of(outcome, part.holder, outcome.no_origins)))
            for part in outcome.boundaries.parts(note.passage)
        ]
    is_brought = any(
        note.label in anchors_brought_by(taken.pick.variant.operation) for taken in outcome.taken
    )
    return is_brought or any(note.label in anchors_in(text) for text in texts)
