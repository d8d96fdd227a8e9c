"""One passage through time: its wordings, who brought them, and what is said about it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from mitplan.core.text.diff import Segment, word_diff
from mitplan.core.text.passages import Kind
from mitplan.participation.models import Outcome, Question
from mitplan.participation.queries.proposals import at_passages
from mitplan.plan.models import ChangeOrigin, Edition, Entry, Foundation, Passage, TextChange
from mitplan.publishing.queries.origins import NamedOrigin, named
from mitplan.publishing.queries.reading import marks_of, public_points
from mitplan.ui.reader import Mark, OriginLabel, ReaderPassage


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording a passage had, from one edition on; no text: it was deleted there."""

    edition: Edition
    is_deleted: bool
    text: str
    fields: tuple[tuple[str, str], ...]
    segments: tuple[Segment, ...]
    marks: tuple[Mark, ...]
    kinds: tuple[str, ...]
    is_editorial: bool
    origins: tuple[NamedOrigin, ...]
    url: str


@dataclass(frozen=True, slots=True)
class PassageHistory:
    """All wordings of a passage, the newest first, and what it is in the text."""

    passage: Passage
    wordings: list[Wording]
    names: dict[int, NamedOrigin]
    last_edition: Edition
    stands_in_last: bool

    @property
    def last(self) -> Wording:
        """The newest wording that was not a deletion."""
        return next(each for each in self.wordings if not each.is_deleted)

    @property
    def brought(self) -> list[NamedOrigin]:
        """The origins of the last wording, in the order of its words."""
        return [self.names[pk] for pk in dict.fromkeys(mark.origin for mark in self.last.marks)]

    @property
    def labels(self) -> dict[int, OriginLabel]:
        """What the reader needs to mark the words."""
        return {
            origin.pk: OriginLabel(number, origin.label, f"#herkunft-{number}")
            for number, origin in enumerate(self.brought, start=1)
        }

    @property
    def marked(self) -> list[ReaderPassage]:
        """The last wording, each word with its origin."""
        return [ReaderPassage(Kind.PARAGRAPH, self.last.text, marks=self.last.marks)]


@dataclass(frozen=True, slots=True)
class _State:
    text: str
    runs: list[list[int]]
    fields: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Made:
    """The changes one edition made to the passage, and the origins that brought them about."""

    changes: list[TextChange] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)


def passage_of(slug: str, number: int) -> Passage | None:
    """Return a passage by its number, with its plan."""
    found = Passage.objects.select_related("plan").filter(plan__slug=slug, number=number)
    return next(iter(found), None)


def history_of(passage: Passage, editions: Iterable[Edition]) -> PassageHistory | None:
    """Return the wordings a passage had in the given editions, or None where it never stood there."""
    editions = sorted(editions, key=lambda edition: edition.number)
    states = _states(passage, editions)
    if not states:
        return None
    changes = _changes(passage, editions)
    names = named(
        {pk for state in states.values() for _count, pk in state.runs}
        | {pk for made in changes.values() for pk in made.origins}
    )
    wordings = list(_wordings(passage, editions, states, changes, names))
    last = editions[-1]
    return PassageHistory(passage, wordings[::-1], names, last, last.pk in states)


def _states(passage: Passage, editions: list[Edition]) -> dict[int, _State]:
    by_pk = {edition.pk: edition for edition in editions}
    rows = passage.entries.filter(edition__in=by_pk).order_by("edition__number")
    columns = ("edition_id", "wording__text", "wording__runs", "fields")
    return {
        pk: _State(text, runs, tuple((key, value) for key, value in fields))
        for pk, text, runs, fields in rows.values_list(*columns)
    }


def _changes(passage: Passage, editions: list[Edition]) -> dict[int, _Made]:
    """Return the changes of each edition and the origins that brought them about."""
    found: defaultdict[int, _Made] = defaultdict(_Made)
    rows = ChangeOrigin.objects.filter(change__passage=passage, change__edition__in=editions)
    for row in rows.select_related("change").order_by("pk"):
        made = found[row.change.edition_id]
        made.changes.append(row.change)
        made.origins.append(row.origin_id)
    return found


def _wordings(
    passage: Passage,
    editions: list[Edition],
    states: dict[int, _State],
    changes: dict[int, _Made],
    names: dict[int, NamedOrigin],
) -> Iterator[Wording]:
    before: _State | None = None
    for edition in editions:
        state = states.get(edition.pk)
        if _content(before) != _content(state):
            made = changes.get(edition.pk, _Made())
            url = f"{edition.get_absolute_url()}#{passage.key}"
            yield _wording(edition, (before, state), made, names, url)
        before = state


def _content(state: _State | None) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    return (state.text, state.fields) if state else None


def _wording(
    edition: Edition,
    step: tuple[_State | None, _State | None],
    made: _Made,
    names: dict[int, NamedOrigin],
    url: str,
) -> Wording:
    before, state = step
    old, new = before.text if before else "", state.text if state else ""
    origins = made.origins or ([origin for _n, origin in state.runs] if state else [])
    return Wording(
        edition=edition,
        is_deleted=state is None,
        text=new,
        fields=state.fields if state else (),
        segments=word_diff(old, new) if before else (),
        marks=tuple(marks_of(new, state.runs)) if state else (),
        kinds=tuple(dict.fromkeys(change.get_kind_display() for change in made.changes)),
        is_editorial=bool(made.changes) and all(each.is_editorial for each in made.changes),
        origins=tuple(names[pk] for pk in dict.fromkeys(origins)),
        url=url,
    )


@dataclass(frozen=True, slots=True)
class PointHere:
    """A point at a passage: who asked, for what, and what the public knows of its decision."""

    number: str
    url: str
    organisation: str
    text: str
    outcome: str
    outcome_name: str
    is_open: bool


_POINT = (
    "number",
    "submission__organisation_name",
    "submission__consultation__results_published_at",
    "latest_decision__outcome",
    "text",
    "proposed_text",
    "reason",
)


def points_at(passage: Passage, today: date) -> list[PointHere]:
    """Return the public points that speak about a passage, in the order of their numbers; no rows are built."""
    found = public_points(today).filter(at_passages([passage]))
    ordered = found.order_by("submission__consultation__number", "number")
    address = reverse("participation:point", args=["0"]).removesuffix("0/")
    return [_point_here(address, *values) for values in ordered.values_list(*_POINT)]


def _point_here(
    address: str,
    number: str,
    organisation: str,
    published: datetime | None,
    outcome: str | None,
    *words: str,
) -> PointHere:
    known = outcome if published else None
    return PointHere(
        number=number,
        url=f"{address}{number}/",
        organisation=organisation,
        text=next(filter(None, words), ""),
        outcome=known or "undecided",
        outcome_name=str(Outcome(known).label) if known else _("in Bearbeitung"),
        is_open=known in (None, Outcome.DEFERRED),
    )


def questions_at(passage: Passage) -> QuerySet[Question]:
    """Return the questions asked about a passage in consultations that were opened."""
    return (
        Question.objects.filter(passage=passage, consultation__opened_at__isnull=False)
        .select_related("consultation")
        .order_by("consultation__number", "number")
    )


def foundations_of(passage: Passage) -> QuerySet[Foundation]:
    """Return the documents a passage rests on."""
    return Foundation.objects.filter(uses__passage=passage).order_by("title")


def neighbours(passage: Passage, edition: Edition) -> tuple[int | None, int | None]:
    """Return the numbers of the passages before and after this one in an edition."""
    entries = Entry.objects.filter(edition=edition)
    here = Subquery(entries.filter(passage=passage).values("position"))
    rows = entries.filter(Q(position=here - 1) | Q(position=here + 1))
    before_or_after = {
        position < own: number
        for position, number, own in rows.values_list("position", "passage__number", here)
    }
    return before_or_after.get(True), before_or_after.get(False)
