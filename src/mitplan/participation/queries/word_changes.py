"""Changes in a file become proposals: grouped by passage and author, carried to the consulted text."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mitplan.core.text import amendments as core
from mitplan.core.text.passages import Document, Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.core.text.rebase import Rebased, Status, rebase_all
from mitplan.participation.models import Point
from mitplan.participation.queries.effects import Effect, EffectKind, effects_on
from mitplan.participation.queries.file_texts import FileText
from mitplan.participation.queries.findings import Confidence, Finding, Source, Text
from mitplan.participation.queries.proposals import (
    BORDER,
    Change,
    operations_of,
    require_fitting,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """Operations on the text of a file that belong together, and whose they are."""

    source: Source
    author: str
    operations: tuple[core.Operation, ...]


def tracked_wishes(text: FileText) -> Iterator[Wish]:
    """Yield the tracked changes, author by author and passage by passage."""
    for version in text.versions:
        yield from _wishes(Source.TRACKED, version.author, text.original, version.passages)


def untracked_wishes(text: FileText) -> Iterator[Wish]:
    """Yield what somebody changed without tracking, found by comparing with the edition."""
    notes = {each.id for each in text.edition if each.kind is Kind.FOOTNOTE}
    for wish in _wishes(Source.UNTRACKED, "", text.edition, text.original):
        is_stray_note = all(
            isinstance(each, core.MovePassage) and each.passage in notes for each in wish.operations
        )
        if not is_stray_note:  # programs put notes wherever their page ends
            yield wish


def _wishes(source: Source, author: str, old: Document, new: Document) -> Iterator[Wish]:
    for group in _groups(old, core.derive(old, new)):
        yield Wish(source, author, tuple(each for effect in group for each in effect.operations))


def _groups(old: Document, operations: Sequence[core.Operation]) -> list[list[Effect]]:
    """Return what happens by passage; what stands behind a new passage belongs to that one."""
    groups: list[list[Effect]] = []
    home: dict[str, list[Effect]] = {}
    for effect in effects_on(old, operations):
        anchors = [
            each.after
            for each in effect.operations
            if isinstance(each, core.InsertPassage | core.MovePassage)
        ]
        group = next((home[each] for each in anchors if each in home), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(effect)
        for each in effect.operations:
            if isinstance(each, core.InsertPassage):
                home[each.passage] = group
    return groups


def findings_of(wishes: Iterable[Wish], old: Document, file: FileText, text: Text) -> list[Finding]:
    """Return what wishes on a file's text come to on the consulted text."""
    return told(
        list(wishes),
        old,
        text,
        lambda wish: file.confidence(each.passage for each in wish.operations),
    )


def told(
    wishes: Sequence[Wish], old: Document, text: Text, certainty: Callable[[Wish], Confidence]
) -> list[Finding]:
    """Return what wishes on an older text come to, each as sure as its place in it is."""
    return [
        _Told(wish, effects_on(old, wish.operations), rebased, certainty(wish), text).finding()
        for wish, rebased in zip(wishes, _carried(wishes, old, text.document), strict=True)
    ]


def _carried(wishes: Sequence[Wish], old: Document, new: Document) -> Iterable[Rebased]:
    amendments = [
        core.Amendment(number, wish.operations, origin=0) for number, wish in enumerate(wishes)
    ]
    if old == new:
        return [Rebased(each, (), Status.CLEAN) for each in amendments]
    return rebase_all(amendments, old, [core.Amendment(-1, core.derive(old, new), origin=0)])


@dataclass(frozen=True, slots=True)
class _Told:
    """A wish on its way to a finding."""

    wish: Wish
    effects: Sequence[Effect]
    rebased: Rebased
    certainty: Confidence
    text: Text

    def finding(self) -> Finding:
        """Return the proposal, or what was wanted in words where it fits no more."""
        if self.rebased.status is Status.FULFILLED:
            return self._in_words(
                _("Das steht inzwischen so im Text."), is_ticked=False, confidence=self.certainty
            )
        changes = self._changes()
        if changes is None and self.rebased.status is not Status.CLEAN:
            return self._on_new_words()
        if changes is None:
            return self._in_words(
                _("Das lässt sich nicht als Änderung übernehmen, nur als Anregung in Worten.")
            )
        return self._proposal(changes)

    def _changes(self) -> tuple[Change, ...] | None:
        """Return the changes in the consulted text; None where they cannot be said or do not fit."""
        amendment = self.rebased.amendment
        if amendment is None or self.rebased.status in (Status.CONFLICT, Status.ORPHANED):
            return None
        changes = changes_of(effects_on(self.text.document, amendment.operations), self.text)
        return changes if changes and fits(changes, self.text) else None

    def _proposal(self, changes: tuple[Change, ...]) -> Finding:
        is_clean = self.rebased.status is Status.CLEAN
        worst = self.certainty if is_clean else max(self.certainty, Confidence.LIKELY, key=_harm)
        notes = [] if is_clean else [_("Der Text darum herum ist inzwischen ein anderer.")]
        return self._made(changes, worst, notes)

    def _made(
        self, changes: tuple[Change, ...], confidence: Confidence, notes: Sequence[str]
    ) -> Finding:
        first = changes[0]
        return Finding(
            self.wish.source,
            Point.Kind.AMENDMENT,
            author=self.wish.author,
            passage=first.passage,
            quote=first.quote,
            changes=changes,
            effects=effects_of_changes(changes, self.text),
            confidence=confidence,
            notes=tuple(notes),
        )

    def _on_new_words(self) -> Finding:
        """Propose the file's own words for a passage that has become another since."""
        [effect, *others] = self.effects
        passage = self.text.row(f"t{effect.number}")
        if passage and not others and effect.kind is EffectKind.CHANGED and effect.words:
            quote = self.text.base.passage(passage.key).text
            change = Change(passage, Point.Proposal.REWORD, effect.words, quote=quote)
            if quote != effect.words:
                note = _(
                    "Die Textstelle lautet inzwischen anders als in Ihrer Datei. Übernommen würde der "
                    "ganze Wortlaut Ihrer Datei."
                )
                return self._made((change,), Confidence.UNSURE, [note])
        return self._in_words(
            _(
                "Die Textstelle gibt es in der Fassung nicht mehr, oder sie ist eine andere geworden."
            )
        )

    def _in_words(
        self, note: str, *, is_ticked: bool = True, confidence: Confidence | None = None
    ) -> Finding:
        keys = [f"t{each.number}" for each in self.effects]
        keys += [f"t{each.behind.number}" for each in self.effects if each.behind]
        passage = next((row for key in keys if (row := self.text.row(key))), None)
        quote = self.text.base.passage(passage.key).text if passage else ""
        return Finding(
            self.wish.source,
            Point.Kind.SUGGESTION,
            author=self.wish.author,
            passage=passage,
            quote=quote,
            text="\n".join(map(in_words, self.effects)),
            confidence=confidence or (Confidence.UNSURE if passage else Confidence.NONE),
            notes=(note,),
            ticked=is_ticked,
        )


def _harm(confidence: Confidence) -> int:
    return list(Confidence).index(confidence)


def in_words(effect: Effect) -> str:
    """Say what a change wants."""
    told = [
        _("%(name)s: %(new)s statt bisher %(old)s") % {"name": name, "new": new, "old": old}
        for name, old, new in effect.fields
    ]
    words = effect.words
    match effect.kind:
        case EffectKind.DELETED:
            told.append(_("Die Textstelle soll gestrichen werden."))
        case EffectKind.MOVED:
            told.append(_("Die Textstelle soll an eine andere Stelle."))
        case EffectKind.INSERTED:
            told.append(_("Neuer Text: „%(words)s“") % {"words": words})
        case EffectKind.DIVIDED | EffectKind.JOINED:
            told.append(_("Vorgeschlagener Wortlaut: „%(words)s“") % {"words": words})
        case EffectKind.CHANGED if any(
            isinstance(each, core.TextHunk) for each in effect.operations
        ):
            told.append(_("Vorgeschlagener Wortlaut: „%(words)s“") % {"words": words})
    return "\n".join(told) or _("Die Art der Textstelle soll eine andere werden.")


def changes_of(effects: Sequence[Effect], text: Text) -> tuple[Change, ...]:
    """Return the changes that do what the effects say; nothing where one of them cannot be said."""
    changes: list[Change] = []
    start: str | None = None
    for effect in effects:
        if effect.kind is EffectKind.INSERTED and effect.behind and effect.behind.number:
            start = effect.behind.number
        found = _changes(effect, start, text)
        if not found:
            return ()
        changes += found
    return tuple(_chained(changes))


def _changes(effect: Effect, start: str | None, text: Text) -> list[Change]:
    passage = text.row(f"t{start if effect.kind is EffectKind.INSERTED else effect.number}")
    if passage is None or effect.fields or _has_other_kind(effect):
        return []
    value = text.base.passage(passage.key)
    same = Change(passage, Point.Proposal.NONE, effect.words, quote=value.text)
    found: list[Change] = []
    match effect.kind:
        case EffectKind.CHANGED if effect.words:
            found = [replace(same, proposal=Point.Proposal.REWORD)]
        case EffectKind.DELETED:
            found = [replace(same, proposal=Point.Proposal.DELETE, text="")]
        case EffectKind.DIVIDED:
            found = [replace(same, proposal=Point.Proposal.SPLIT)]
        case EffectKind.MOVED:
            found = _moved(effect, same, text)
        case EffectKind.INSERTED:
            found = _insertion(effect, same)
        case EffectKind.JOINED:
            found = _joined(effect, value, text)
    return found


def _moved(effect: Effect, same: Change, text: Text) -> list[Change]:
    target = text.row(f"t{effect.behind.number}") if effect.behind else None
    new = "" if same.text == same.quote.strip() else same.text
    moved = replace(same, proposal=Point.Proposal.MOVE, text=new, target=target)
    return [moved] if target else []


def _has_other_kind(effect: Effect) -> bool:
    return any(isinstance(each, core.SetKind) for each in effect.operations)


def _insertion(effect: Effect, same: Change) -> list[Change]:
    kinds = [each.kind for each in effect.operations if isinstance(each, core.InsertPassage)]
    new_kind = kinds[0].value if kinds else ""
    if new_kind not in Point.NewKind.values or not same.text:
        return []
    return [replace(same, proposal=Point.Proposal.INSERT_AFTER, new_kind=new_kind)]


def _joined(effect: Effect, left: PassageValue, text: Text) -> list[Change]:
    """Return a mere joining as such; with other words it is a new wording, and the rest goes."""
    rows = [text.row(f"t{number}") for number in (effect.number, *effect.joined)]
    passages = [row for row in rows if row]
    values = [text.base.passage(row.key) for row in passages]
    first, *others = passages
    plain = " ".join(each.text.strip() for each in values)
    if len(others) == 1 and effect.words == plain:
        return [Change(first, Point.Proposal.JOIN, target=others[0], quote=left.text)]
    return [
        Change(first, Point.Proposal.REWORD, effect.words, quote=left.text),
        *(
            Change(row, Point.Proposal.DELETE, quote=value.text)
            for row, value in zip(others, values[1:], strict=True)
        ),
    ]


def _chained(changes: Iterable[Change]) -> Iterator[Change]:
    """Put new passages of one kind that follow each other into one change."""
    last: Change | None = None
    for change in changes:
        is_next = last and last.inserts and change.inserts and last.passage == change.passage
        if last and is_next and last.new_kind == change.new_kind:
            text = f"{last.text}{BORDER}{change.text}"
            last = Change(last.passage, last.proposal, text, None, last.new_kind, last.quote)
            continue
        if last:
            yield last
        last = change
    if last:
        yield last


def fits(changes: Sequence[Change], text: Text) -> bool:
    """Tell whether the consulted text allows changes."""
    try:
        require_fitting(changes, _operations(changes, text), text.base)
    except ValidationError:
        return False
    return True


def effects_of_changes(changes: Sequence[Change], text: Text) -> tuple[Effect, ...]:
    """Return what changes do to the consulted text."""
    return tuple(effects_on(_around(changes, text), _operations(changes, text)))


def _operations(changes: Sequence[Change], text: Text) -> tuple[core.Operation, ...]:
    keys = map("neu{}".format, count(1))
    return operations_of(changes, text.document, keys.__next__)


def _around(changes: Sequence[Change], text: Text) -> Document:
    named: Mapping[str, None] = dict.fromkeys(
        passage.key for change in changes for passage in change.passages
    )
    return tuple(text.base.passage(key) for key in named)
