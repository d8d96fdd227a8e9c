"""How an edition is written down: entries, wordings, changes, and revisions of goals and measures.

Everything here runs inside the transaction of the action that calls it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from mitplan.core.text.attribution import Attributed
from mitplan.core.text.consolidation import ChangeKind, PassageChange
from mitplan.core.text.diff import SegmentKind, word_diff
from mitplan.core.text.editorial import is_editorial
from mitplan.core.text.fingerprint import fingerprint
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.core.text.runs import Runs
from mitplan.core.text.tokens import TOKENIZER, count_words
from mitplan.plan.actions import revisions
from mitplan.plan.models import ChangeOrigin, Edition, Entry, Passage, Plan, TextChange, Wording
from mitplan.plan.queries import State


def write_edition(
    *,
    plan: Plan,
    parent: Edition | None,
    kind: Edition.Kind,
    title: str,
    dated_on: date,
    state: State,
    changes: Iterable[PassageChange],
    at: datetime,
) -> Edition:
    """Write a state of the text down as the plan's next edition."""
    edition = Edition(
        plan=plan,
        number=parent.number + 1 if parent else 1,
        kind=kind,
        title=title,
        parent=parent,
        dated_on=dated_on,
        content_hash=fingerprint(state.document),
        word_count=sum(count_words(passage.text) for passage in state.document),
        made_at=at,
    )
    edition.full_clean()
    edition.save()
    passages = {passage.key: passage for passage in plan.passages.all()}
    before = _wordings(parent)
    after = _write_entries(edition, state, passages, before)
    _write_changes(edition, changes, passages, before, after)
    revisions.record(edition, state.document, passages)
    return edition


def changes_between(
    before: State, attributed: Sequence[Attributed], origin: int
) -> list[PassageChange]:
    """Return the changes that an imported text makes, all of one origin."""
    old = {passage.id: passage for passage in before.document}
    if not old:
        return []
    kept = {each.passage.id for each in attributed}
    changes = [
        PassageChange(each.passage.id, kind, old.get(each.passage.id), each.passage, (origin,))
        for each in attributed
        if (kind := _kind_of_change(old.get(each.passage.id), each)) is not None
    ]
    gone = (passage for passage in before.document if passage.id not in kept)
    return changes + [
        PassageChange(passage.id, ChangeKind.DELETED, passage, None, (origin,)) for passage in gone
    ]


def _kind_of_change(old: PassageValue | None, new: Attributed) -> ChangeKind | None:
    if old is None:
        return ChangeKind.INSERTED
    if old.text != new.passage.text:
        return ChangeKind.CHANGED
    if old.fields != new.passage.fields:
        return ChangeKind.FIELDS
    return ChangeKind.MOVED if new.moved else None


def _wordings(edition: Edition | None) -> dict[str, Wording]:
    if edition is None:
        return {}
    entries = edition.entries.select_related("passage", "wording")
    return {entry.passage.key: entry.wording for entry in entries}


def _write_entries(
    edition: Edition, state: State, passages: dict[str, Passage], before: dict[str, Wording]
) -> dict[str, Wording]:
    """Write the entries; a wording that did not change is the same row as before."""
    wordings = {
        value.id: _same_or_new(value, state.runs[value.id], passages, before)
        for value in state.document
    }
    Wording.objects.bulk_create([each for each in wordings.values() if each.pk is None])
    Entry.objects.bulk_create(
        Entry(
            edition=edition,
            passage=passages[value.id],
            wording=wordings[value.id],
            position=position,
            kind=value.kind,
            level=value.level,
            label=value.label,
            fields=[list(pair) for pair in value.fields],
        )
        for position, value in enumerate(state.document)
    )
    return wordings


def _same_or_new(
    value: PassageValue, runs: Runs, passages: dict[str, Passage], before: dict[str, Wording]
) -> Wording:
    stored = [[run.count, run.origin] for run in runs]
    old = before.get(value.id)
    if old and old.text == value.text and old.runs == stored:
        return old
    return Wording(passage=passages[value.id], text=value.text, runs=stored, tokenizer=TOKENIZER)


def _write_changes(
    edition: Edition,
    changes: Iterable[PassageChange],
    passages: dict[str, Passage],
    before: dict[str, Wording],
    after: dict[str, Wording],
) -> None:
    changes = list(changes)
    rows = TextChange.objects.bulk_create(
        _text_change(edition, change, passages, before, after) for change in changes
    )
    ChangeOrigin.objects.bulk_create(
        ChangeOrigin(change=row, origin_id=origin)
        for row, change in zip(rows, changes, strict=True)
        for origin in change.origins
    )


def _text_change(
    edition: Edition,
    change: PassageChange,
    passages: dict[str, Passage],
    before: dict[str, Wording],
    after: dict[str, Wording],
) -> TextChange:
    old = change.old.text if change.old else ""
    new = change.new.text if change.new else ""
    segments = word_diff(old, new)
    return TextChange(
        edition=edition,
        passage=passages[change.passage],
        kind=change.kind,
        is_editorial=change.kind == ChangeKind.CHANGED and is_editorial(old, new),
        old=before.get(change.passage),
        new=after.get(change.passage),
        words_inserted=_words(segments, SegmentKind.INSERTED),
        words_deleted=_words(segments, SegmentKind.DELETED),
    )


def _words(segments: Iterable, kind: SegmentKind) -> int:
    return sum(count_words(segment.text) for segment in segments if segment.kind == kind)
