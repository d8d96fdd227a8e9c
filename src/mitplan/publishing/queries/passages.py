"""One passage through time: its wordings, who brought them, and what is said about it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from mitplan.common.models import AuditHead
from mitplan.core.text.diff import Segment, word_diff
from mitplan.core.text.passages import Kind
from mitplan.participation.models import Outcome, Point, Question
from mitplan.participation.queries import countable_points, end_of
from mitplan.participation.queries.proposals import at_passages
from mitplan.plan.models import ChangeOrigin, Edition, Entry, Foundation, Passage, TextChange
from mitplan.publishing.queries.origins import COLUMNS, NamedOrigin, named, named_rows
from mitplan.publishing.queries.reading import OpenWork, marks_of, part_of_work, work_of
from mitplan.ui.reader import Mark, OriginLabel, ReaderPassage

ORIGIN = tuple(f"origin__{name}" for name in COLUMNS)


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
    here: "_State | None"
    """Where it stands in the last edition, if it does."""

    @property
    def stands_in_last(self) -> bool:
        """Whether it is part of the last edition."""
        return self.here is not None

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
    before: int | None
    after: int | None


@dataclass(slots=True)
class _Made:
    """What one edition did to the passage, and the origins that brought it about."""

    kinds: dict[str, None] = field(default_factory=dict)
    origins: dict[int, None] = field(default_factory=dict)
    is_editorial: bool = False

    def add(self, kind: str, origin: int, *, is_editorial: bool) -> None:
        """Note one more change; the whole is editorial where each of them is."""
        self.is_editorial = is_editorial and (self.is_editorial or not self.kinds)
        self.kinds[str(TextChange.Kind(kind).label)] = None
        self.origins[origin] = None


@dataclass(frozen=True, slots=True)
class PassageAsked:
    """A passage whose page is asked for, the state of the record, and what the page has to look for."""

    passage: Passage
    record: str
    was_asked_about: bool
    is_founded: bool


def passage_asked(slug: str, number: int) -> PassageAsked | None:
    """Return a passage by its number with what its page needs to know first, in one statement."""
    rows = Passage.objects.filter(plan__slug=slug, number=number).annotate(
        record=Subquery(AuditHead.objects.values("hash")[:1]),
        was_asked_about=Exists(_questions(OuterRef("pk"))),
        is_founded=Exists(Foundation.objects.filter(uses__passage=OuterRef("pk"))),
    )
    for row in rows.select_related("plan"):
        return PassageAsked(row, row.record or "", row.was_asked_about, row.is_founded)
    return None


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
    changes, names = _changes(passage, editions)
    names |= named({pk for each in states.values() for _count, pk in each.runs} - names.keys())
    wordings = list(_wordings(passage, editions, states, changes, names))
    return PassageHistory(passage, wordings[::-1], names, editions[-1], states.get(editions[-1].pk))


def _states(passage: Passage, editions: list[Edition]) -> dict[int, _State]:
    by_pk = {edition.pk: edition for edition in editions}
    rows = passage.entries.filter(edition__in=by_pk).order_by("edition__number")
    rows = rows.annotate(before=_number_at(-1), after=_number_at(+1))
    columns = ("edition_id", "wording__text", "wording__runs", "fields", "before", "after")
    return {
        pk: _State(text, runs, tuple((key, value) for key, value in fields), before, after)
        for pk, text, runs, fields, before, after in rows.values_list(*columns)
    }


def _number_at(step: int) -> Subquery:
    """Return the number of the passage that stands some steps from an entry in its edition."""
    there = Entry.objects.filter(edition=OuterRef("edition"), position=OuterRef("position") + step)
    return Subquery(there.values("passage__number"))


def _changes(
    passage: Passage, editions: list[Edition]
) -> tuple[dict[int, _Made], dict[int, NamedOrigin]]:
    """Return the changes of each edition, and the origins that brought them about."""
    rows = ChangeOrigin.objects.filter(change__passage=passage, change__edition__in=editions)
    what = ("change__edition_id", "change__kind", "change__is_editorial")
    fetched = list(rows.order_by("pk").values_list(*what, *ORIGIN))
    found: defaultdict[int, _Made] = defaultdict(_Made)
    for edition, kind, is_editorial, origin, *_names in fetched:
        found[edition].add(kind, origin, is_editorial=is_editorial)
    return found, named_rows(row[len(what) :] for row in fetched)


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
    origins = made.origins or dict.fromkeys(origin for _n, origin in (state.runs if state else ()))
    return Wording(
        edition=edition,
        is_deleted=state is None,
        text=new,
        fields=state.fields if state else (),
        segments=word_diff(old, new) if before else (),
        marks=tuple(marks_of(new, state.runs)) if state else (),
        kinds=tuple(made.kinds),
        is_editorial=made.is_editorial,
        origins=tuple(names[pk] for pk in origins),
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


@dataclass(frozen=True, slots=True)
class PointsHere:
    """The public points at a passage in the order of their numbers, and what is open with all of them."""

    public: list[PointHere]
    work: OpenWork | None

    @property
    def open(self) -> list[PointHere]:
        """The public points on which work goes on."""
        return [point for point in self.public if point.is_open]

    @property
    def unseen(self) -> int:
        """How many are open that are not public yet."""
        return self.work.points - len(self.open) if self.work else 0


_POINT = (
    "number",
    "submission__organisation_name",
    "submission__consultation__results_published_at",
    "latest_decision__outcome",
    "latest_decision__owner",
    "latest_decision__review_on",
    "text",
    "proposed_text",
    "reason",
)


def points_at(passage: Passage, today: date) -> PointsHere:
    """Return the points that speak about a passage; no rows are built."""
    found = countable_points().exclude(kind=Point.Kind.ANSWER).filter(at_passages([passage]))
    found = found.annotate(last_day=Max(end_of("submission__consultation__audiences__")))
    ordered = found.order_by("submission__consultation__number", "number")
    address = reverse("participation:point", args=["0"]).removesuffix("0/")
    public, parts = [], []
    for last_day, *values in ordered.values_list("last_day", *_POINT):
        point = _point_here(address, *values)
        if last_day is None or last_day < today:
            public.append(point)
        if point.is_open:
            published, _outcome, owner, review_on = values[2:6]
            parts.append(part_of_work((published, owner, review_on), 1, last_day, today))
    return PointsHere(public, work_of(parts) if parts else None)


def _point_here(
    address: str,
    number: str,
    organisation: str,
    published: datetime | None,
    outcome: str | None,
    _owner: str | None,
    _review_on: date | None,
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
    ordered = _questions(passage.pk).select_related("consultation")
    return ordered.order_by("consultation__number", "number")


def _questions(passage: int | OuterRef) -> QuerySet[Question]:
    return Question.objects.filter(passage=passage, consultation__opened_at__isnull=False)


def foundations_of(passage: Passage) -> QuerySet[Foundation]:
    """Return the documents a passage rests on."""
    return Foundation.objects.filter(uses__passage=passage).order_by("title")
