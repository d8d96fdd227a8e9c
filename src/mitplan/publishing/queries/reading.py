"""An edition as readers see it: its passages, its contents, and where work goes on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mitplan.common.models import AuditHead
from mitplan.core.text.passages import Kind
from mitplan.core.text.runs import spans
from mitplan.core.workdays import Progress, elapsed
from mitplan.participation.models import Audience, Consultation, FurtherChange, Outcome, Point
from mitplan.participation.queries import countable_points, end_of
from mitplan.plan.models import Acceptance, Edition, Plan, Settlement
from mitplan.plan.queries import runs_value
from mitplan.ui.reader import Mark, ReaderPassage
from mitplan.ui.values import Link, spoken_date

DEEPEST_CONTENTS = 3
SHOWN_ELSEWHERE = {"Nummer", "Titel"}
BOXES = frozenset((Kind.GOAL, Kind.MEASURE))


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the table of contents."""

    text: str
    level: int
    key: str


PartOfWork = tuple[str, int, date | None]
"""Who is responsible, for how many points, and when it goes on."""


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What is still open at a passage: how many points, who is responsible, and when it goes on."""

    points: int
    owners: tuple[str, ...]
    next_on: date | None

    @property
    def sentence(self) -> str:
        """The note the reader shows."""
        return _sentence(self, get_language())


@lru_cache(maxsize=1024)
def _sentence(work: OpenWork, _language: str | None) -> str:
    """Say what is open; hundreds of passages share few sentences."""
    parts = [
        ngettext(
            "Hier wird weitergearbeitet: %(points)s Anliegen",
            "Hier wird weitergearbeitet: %(points)s Anliegen",
            work.points,
        )
        % {"points": work.points},
        _("zuständig %(owners)s") % {"owners": ", ".join(work.owners)},
    ]
    if work.next_on:
        parts.append(_("nächster Termin %(day)s") % {"day": spoken_date(work.next_on)})
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class EditionText:
    """The passages of an edition for the reader."""

    passages: list[ReaderPassage]

    @property
    def contents(self) -> list[Heading]:
        """The headings that lead through the text."""
        return [
            Heading(passage.text, passage.level, passage.id)
            for passage in self.passages
            if passage.kind == Kind.HEADING and passage.level <= DEEPEST_CONTENTS
        ]

    @property
    def has_own_title(self) -> bool:
        """Whether the text begins with the one heading of the first level, which titles the page."""
        titles = [each for each in self.passages if each.kind == Kind.HEADING and each.level == 1]
        return len(titles) == 1 and titles[0] is self.passages[0]


def readable_editions(slug: str, *, drafts: bool) -> list[Edition]:
    """Return the editions of a plan a person may read, the newest first; none of a plan that is not there.

    Each knows as `was_contested` whether contradictions were settled on the way to it or left open.
    """
    editions = Edition.objects.all() if drafts else Edition.objects.public()
    settled = Settlement.objects.filter(base=OuterRef("parent"))
    left_open = Acceptance.objects.filter(
        amendment__base=OuterRef("pk"), amendment__derived_from__base=OuterRef("parent")
    )
    found = editions.filter(plan__slug=slug).annotate(
        was_contested=Exists(settled) | Exists(left_open)
    )
    return list(found.select_related("plan").order_by("-number"))


def state_of_the_record() -> str:
    """Return the hash at the end of the record; as long as it stays, no page of ours has changed."""
    return AuditHead.objects.values_list("hash", flat=True).first() or ""


def edition_text(edition: Edition, notes: dict[int, OpenWork] | None = None) -> EditionText:
    """Return an edition for the reader; notes say where work goes on."""
    return EditionText(list(_passages(edition, notes or {}, with_origins=False)))


def edition_text_with_origins(edition: Edition) -> EditionText:
    """Return an edition for the reader with the origin of every word."""
    return EditionText(list(_passages(edition, {}, with_origins=True)))


def _passages(
    edition: Edition, notes: dict[int, OpenWork], *, with_origins: bool
) -> Iterator[ReaderPassage]:
    slug = edition.plan.slug
    address = reverse("publishing:passage", args=[slug, 0]).removesuffix("0/")
    columns = ["passage__number", "kind", "level", "label", "fields", "wording__text"]
    if with_origins:
        columns.append("wording__runs")
    rows = edition.entries.order_by("position").values_list(*columns)
    for number, kind, level, label, fields, text, *runs in rows:
        work = notes.get(number)
        is_box = kind in BOXES
        yield ReaderPassage(
            kind=kind,
            text=text,
            level=level,
            label=_box_label(kind, dict(fields)) if is_box else label,
            id=f"t{number}",
            number=f"¶ {number}",
            url=f"{address}{number}/",
            fields=[pair for pair in fields if pair[0] not in SHOWN_ELSEWHERE],
            marks=marks_of(text, runs[0]) if runs else (),
            note=work.sentence if work else "",
            note_url=f"{address}{number}/#offen" if work else "",
            actions=_ways_on(slug, kind, dict(fields)) if is_box else (),
        )


def marks_of(text: str, runs: list[list[int]]) -> list[Mark]:
    """Return a wording cut where its origin changes."""
    return [Mark(span.text, span.origin) for span in spans(text, runs_value(runs))]


def _box_label(kind: str, fields: dict[str, str]) -> str:
    word = _("Ziel") if kind == Kind.GOAL else _("Maßnahme")
    head = f"{word} {fields.get('Nummer', '')}".strip()
    return f"{head}: {fields['Titel']}" if fields.get("Titel") else head


def _ways_on(slug: str, kind: str, fields: dict[str, str]) -> tuple[Link, ...]:
    code = fields.get("Nummer")
    if not code:
        return ()
    if kind == Kind.GOAL:
        url = reverse("monitoring:goal", args=[slug, code])
        return (Link(_("Stand des Ziels %(code)s") % {"code": code}, url),)
    url = reverse("monitoring:measure", args=[slug, code])
    return (Link(_("Maßnahme %(code)s im Einzelnen") % {"code": code}, url),)


def public_points(today: date) -> QuerySet[Point]:
    """Return the points everybody may read: what an organisation wrote is shown once the time is over."""
    circles = Audience.objects.filter(consultation=OuterRef("submission__consultation"))
    still_open = circles.filter(Q(closes_on__gte=today) | Q(longest_until__gte=today))
    return countable_points().exclude(kind=Point.Kind.ANSWER).filter(~Exists(still_open))


def open_points() -> QuerySet[Point]:
    """Return the points on which work goes on, as the public knows it.

    They are undecided, or their decision is not published, or it says that work goes on.
    """
    return (
        countable_points()
        .filter(
            Q(latest_decision__isnull=True)
            | Q(submission__consultation__results_published_at__isnull=True)
            | Q(latest_decision__outcome=Outcome.DEFERRED)
        )
        .exclude(kind=Point.Kind.ANSWER)
    )


def open_work(plan: Plan, today: date) -> dict[int, OpenWork]:
    """Return what is still open, by number of the passage; days that are over are no next date."""
    points = open_points()
    further = None
    if FurtherChange.objects.filter(passage__plan=plan).exists():
        further = points.filter(further__passage__plan=plan)
    return _work_by_passage(points.filter(passage__plan=plan), further, today)


def _work_by_passage(
    points: QuerySet[Point], further: QuerySet[Point] | None, today: date
) -> dict[int, OpenWork]:
    """Return the work by passage: where points stand, and where they want to change something besides."""
    rows = _counted(points, "passage__number")
    if further is not None:
        elsewhere = further.annotate(where=F("further__passage")).exclude(where=F("passage"))
        rows = rows.union(_counted(elsewhere, "further__passage__number"), all=True)
    by_passage: defaultdict[int, list[PartOfWork]] = defaultdict(list)
    for number, published, owner, review_on, points_here, last_day in rows:
        known = (published, owner, review_on)
        by_passage[number].append(part_of_work(known, points_here, last_day, today))
    return {number: work_of(parts) for number, parts in by_passage.items()}


def _counted(points: QuerySet[Point], number: str) -> QuerySet[Point, tuple[Any, ...]]:
    return (
        points.annotate(here=F(number))
        .values_list(
            "here",
            "submission__consultation__results_published_at",
            "latest_decision__owner",
            "latest_decision__review_on",
        )
        .annotate(
            points=Count("pk", distinct=True),
            closes_on=Max(end_of("submission__consultation__audiences__")),
        )
    )


def part_of_work(
    known: tuple[datetime | None, str | None, date | None],
    points: int,
    last_day: date | None,
    today: date,
) -> PartOfWork:
    """Return who works on some points and when it goes on; known: published at, owner, review on.

    What is decided is told once it is published; then only deferred points are still open.
    """
    _published, owner, review_on = known if known[0] else (None, "", None)
    day = review_on or last_day
    return owner or _("Geschäftsstelle"), points, day if day and day >= today else None


def work_of(parts: Iterable[PartOfWork]) -> OpenWork:
    """Sum up what is still open at a passage."""
    owners, points, days = zip(*parts, strict=True)
    known = [day for day in days if day]
    return OpenWork(sum(points), tuple(sorted(set(owners))), min(known, default=None))


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """A consultation that is open on an edition today."""

    consultation: Consultation
    closes_on: date
    progress: Progress


def open_window(edition: Edition, today: date) -> OpenWindow | None:
    """Return the consultation in which an edition is open today."""
    rows = Audience.objects.filter(
        consultation__edition=edition, consultation__opened_at__isnull=False, closes_on__gte=today
    )
    last = rows.select_related("consultation").order_by("-closes_on").first()
    if last is None:
        return None
    progress = elapsed(last.opens_on, last.closes_on, today)
    return OpenWindow(last.consultation, last.closes_on, progress)
