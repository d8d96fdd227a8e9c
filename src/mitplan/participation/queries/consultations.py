"""What the pages show of consultations: rows, windows, invitations."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitplan.conference.models import Organisation
from mitplan.core.workdays import (
    Progress,
    SchoolHoliday,
    closing_day,
    elapsed,
    is_working_day,
    school_holidays_within,
)
from mitplan.participation.models import (
    Audience,
    Consultation,
    Invitation,
    Point,
    Submission,
)
from mitplan.participation.policies import ConsultationState, consultation_state
from mitplan.participation.queries.rounds import audience_of, audiences_of, end_of, last_day_for

STATE_WORDS: dict[ConsultationState, tuple[str, str | Promise]] = {
    ConsultationState.PREPARED: ("planned", _("in Vorbereitung")),
    ConsultationState.OPEN: ("open", _("läuft")),
    ConsultationState.CLOSED: ("closed", _("Frist beendet, Entscheidungen laufen")),
    ConsultationState.PUBLISHED: ("done", _("Ergebnis veröffentlicht")),
}


@dataclass(frozen=True, slots=True)
class Window:
    """One circle and how far its time has come."""

    circle: str
    opens_on: date
    closes_on: date
    progress: Progress
    school_holidays: tuple[SchoolHoliday, ...]


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """A consultation with the counts that say how it goes."""

    consultation: Consultation
    state: ConsultationState
    window: Window
    invited: int
    received: int
    points: int
    undecided: int

    @property
    def status(self) -> tuple[str, str | Promise]:
        return STATE_WORDS[self.state]


def consultation_rows(now: datetime, *, with_prepared: bool) -> list[ConsultationRow]:
    """Return all consultations, the newest first; prepared ones only where asked for."""
    found = _with_counts(Consultation.objects.all())
    if not with_prepared:
        found = found.filter(opened_at__isnull=False)
    return [_row(each, now) for each in found.order_by("-number")]


def consultation_row(number: int, now: datetime) -> ConsultationRow | None:
    """Return one consultation with its counts."""
    found = _with_counts(Consultation.objects.filter(number=number)).first()
    return _row(found, now) if found else None


def _with_counts(consultations: QuerySet[Any]) -> QuerySet[Any]:
    received = Submission.objects.filter(received_at__isnull=False, withdrawn_at__isnull=True)
    points = Point.objects.filter(handed_in_at__isnull=False, withdrawn_at__isnull=True)
    undecided = points.filter(latest_decision__isnull=True, replaced_at__isnull=True)
    undecided = undecided.exclude(kind=Point.Kind.ANSWER)
    counted: QuerySet[Any] = (
        consultations.select_related("edition__plan")
        .prefetch_related("audiences")
        .annotate(
            invited_count=_count(Invitation.objects.all(), "consultation"),
            received_count=_count(received, "consultation"),
            point_count=_count(points, "submission__consultation"),
            undecided_count=_count(undecided, "submission__consultation"),
        )
    )
    return counted


def _count(rows: QuerySet[Any], path: str) -> Coalesce:
    grouped = rows.filter(**{path: OuterRef("pk")}).order_by().values(path)
    counted = grouped.annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _row(consultation: Any, now: datetime) -> ConsultationRow:  # noqa: ANN401 – annotated row
    audiences = audiences_of(consultation)
    return ConsultationRow(
        consultation=consultation,
        state=consultation_state(consultation, audiences, now),
        window=_window(audiences[-1], timezone.localdate(now)),
        invited=consultation.invited_count,
        received=consultation.received_count,
        points=consultation.point_count,
        undecided=consultation.undecided_count,
    )


def windows_of(consultation: Consultation, today: date) -> list[Window]:
    """Return the circles with their days, the one that closes last at the end."""
    return [_window(audience, today) for audience in audiences_of(consultation)]


def window_of(consultation: Consultation, organisation: Organisation, today: date) -> Window:
    """Return the circle of an organisation with the days it has."""
    audience = audience_of(consultation, organisation)
    return _window(audience, today, last_day_for(consultation, organisation))


def _window(audience: Audience, today: date, closes_on: date | None = None) -> Window:
    closes_on = closes_on or audience.closes_on
    return Window(
        circle=audience.get_kind_display(),
        opens_on=audience.opens_on,
        closes_on=closes_on,
        progress=elapsed(audience.opens_on, closes_on, today),
        school_holidays=school_holidays_within(audience.opens_on, closes_on),
    )


@dataclass(frozen=True, slots=True)
class Proposal:
    """Days proposed for a window: the next working day, and the last day after the usual time."""

    opens_on: date
    closes_on: date
    school_holidays: tuple[SchoolHoliday, ...]


def proposed_days(opens_on: date, working_days: int = 20) -> Proposal:
    """Return the days proposed for a window that opens on a day."""
    closes_on = closing_day(opens_on, working_days)
    return Proposal(opens_on, closes_on, school_holidays_within(opens_on, closes_on))


def next_working_day(today: date) -> date:
    """Return today if it is a working day, or else the next one."""
    while not is_working_day(today):
        today = date.fromordinal(today.toordinal() + 1)
    return today


def organisations_for(consultation: Consultation) -> QuerySet[Organisation]:
    """Return who can take part; in a demonstration nobody who exists is made to say something."""
    invented = consultation.edition.plan.is_demonstration
    return Organisation.objects.filter(is_category=False, is_demonstration=invented)


@dataclass(frozen=True, slots=True)
class Round:
    """A consultation as a choice, and what of it everybody may see."""

    pk: int
    number: int
    title: str
    last_day: date
    is_closed: bool
    is_published: bool


def rounds(today: date) -> list[Round]:
    """Return the opened consultations, the newest first."""
    opened = Consultation.objects.filter(opened_at__isnull=False).order_by("-number")
    values = opened.values_list("pk", "number", "title", "results_published_at").annotate(
        last_day=Max(end_of("audiences__"))
    )
    return [
        Round(pk, number, title, last_day, bool(published) or last_day < today, bool(published))
        for pk, number, title, published, last_day in values
    ]
