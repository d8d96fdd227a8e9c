"""What the start page says: what holds, what is open, what became of the input. Four statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Case, Count, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce

from mitplan.core.text.passages import Kind
from mitplan.core.uptake import rates
from mitplan.core.workdays import Progress, elapsed
from mitplan.participation.models import Audience, Consultation, Point
from mitplan.plan.models import Acceptance, Edition, Plan
from mitplan.publishing.models import Adoption

MOST_CHAPTERS = 16
CHAPTER_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the plan and where it begins."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Window:
    """A consultation with its circles and days."""

    number: int
    title: str
    url: str
    circles: tuple[str, ...]
    opens_on: date
    closes_on: date
    published_at: datetime | None
    progress: Progress


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the input in the newest published consultation."""

    window: Window
    uptake: rates.Uptake

    @property
    def strict(self) -> float | None:
        """Per cent taken up word for word."""
        return _per_cent(self.uptake.numerator_strict, self.uptake.denominator)

    @property
    def broad(self) -> float | None:
        """Per cent taken up in some way."""
        return _per_cent(self.uptake.numerator_broad, self.uptake.denominator)


@dataclass(frozen=True, slots=True)
class Start:
    """All that the start page says."""

    plan: Plan
    edition: Edition
    adoption: Adoption | None
    has_draft: bool
    chapters: tuple[Chapter, ...]
    open_window: Window | None
    result: Result | None

    @property
    def seen(self) -> float | None:
        """Per cent of the words of the adopted edition that the conference had seen."""
        if self.adoption is None:
            return None
        return _per_cent(self.adoption.words_seen, self.edition.word_count)


def start(today: date) -> Start | None:
    """Return what the start page says, or None where no edition is public."""
    found = _current_edition()
    if found is None:
        return None
    edition, has_draft = found
    windows = _windows(edition.plan, today)
    published = next((window for window in windows if window.published_at), None)
    return Start(
        plan=edition.plan,
        edition=edition,
        adoption=getattr(edition, "adoption", None),
        has_draft=has_draft,
        chapters=_chapters(edition),
        open_window=next((each for each in windows if _is_open(each, today)), None),
        result=Result(published, _uptake(published.number)) if published else None,
    )


def _current_edition() -> tuple[Edition, bool] | None:
    """Return what holds of the first plan, and whether something newer is in work.

    What holds is the newest adopted edition, or else the newest public one.
    """
    newest_first = Case(When(kind=Edition.Kind.ADOPTED, then=0), default=1)
    in_work = Acceptance.objects.standing().filter(
        amendment__base__plan=OuterRef("plan"), amendment__base__children__isnull=True
    )
    newer = Edition.objects.filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
    found = Edition.objects.public().select_related("plan", "adoption")
    annotated = found.annotate(has_draft=Exists(in_work) | Exists(newer))
    edition = annotated.order_by("plan", newest_first, "-number").first()
    return (edition, edition.has_draft) if edition else None


def _windows(plan: Plan, today: date) -> list[Window]:
    """Return the opened consultations of a plan, the newest first."""
    circles = (
        Audience.objects.filter(
            consultation__edition__plan=plan, consultation__opened_at__isnull=False
        )
        .select_related("consultation")
        .order_by("-consultation__number", "opens_on", "pk")
    )
    grouped = groupby(circles, key=lambda circle: circle.consultation)
    return [_window(consultation, list(own), today) for consultation, own in grouped]


def _window(consultation: Consultation, circles: list[Audience], today: date) -> Window:
    opens_on = min(circle.opens_on for circle in circles)
    closes_on = max(circle.closes_on for circle in circles)
    return Window(
        number=consultation.number,
        title=consultation.title,
        url=consultation.get_absolute_url(),
        circles=tuple(circle.get_kind_display() for circle in circles),
        opens_on=opens_on,
        closes_on=closes_on,
        published_at=consultation.results_published_at,
        progress=elapsed(opens_on, closes_on, today),
    )


def _is_open(window: Window, today: date) -> bool:
    return window.opens_on <= today <= window.closes_on


def _uptake(consultation: int) -> rates.Uptake:
    """Count the points of a published consultation by what became of them; a group counts once."""
    withdrawn = Q(withdrawn_at__isnull=False)
    merged = ~withdrawn & Q(replaced_at__isnull=False)
    as_one = Coalesce(F("group_id"), -F("pk"))
    rows = (
        Point.objects.filter(
            submission__consultation__number=consultation, handed_in_at__isnull=False
        )
        .exclude(kind=Point.Kind.ANSWER)
        .values_list("latest_decision__outcome")
        .annotate(
            standing=Count(as_one, filter=~withdrawn & ~merged, distinct=True),
            withdrawn=Count("pk", filter=withdrawn),
            merged=Count("pk", filter=merged),
        )
    )
    return _counted(rows.order_by())


def _counted(rows: Iterable[tuple[str | None, int, int, int]]) -> rates.Uptake:
    found = list(rows)
    standing = {row[0]: row[1] for row in found}
    return rates.Uptake(
        counts={outcome: standing.get(outcome, 0) for outcome in rates.Outcome},
        undecided=standing.get(None, 0),
        withdrawn=sum(row[2] for row in found),
        merged=sum(row[3] for row in found),
    )


def _chapters(edition: Edition) -> tuple[Chapter, ...]:
    headings = (
        edition.entries.filter(kind=Kind.HEADING, level=CHAPTER_LEVEL)
        .order_by("position")
        .values_list("wording__text", "passage__number")
    )
    address = edition.plan.get_absolute_url()
    return tuple(Chapter(text, f"{address}#t{number}") for text, number in headings[:MOST_CHAPTERS])


def _per_cent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None
