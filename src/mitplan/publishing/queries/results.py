"""What became of it: the points of a consultation, their decisions, rates and dates."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from mitplan.common.models import OutgoingMail
from mitplan.core.uptake import rates
from mitplan.core.workdays import working_days_between
from mitplan.participation.models import (
    Audience,
    Consultation,
    CoSigner,
    Invitation,
    Outcome,
    Point,
    Submission,
)
from mitplan.participation.queries import end_of
from mitplan.plan.models import TextChange

Rates = rates.Uptake
RateRow = rates.Row
UNDECIDED, DECIDED, WITHDRAWN, MERGED = "undecided", "decided", "withdrawn", "merged"


def opened_consultations() -> QuerySet[Consultation]:
    """Return the consultations everybody knows of, the newest first, with their counts."""
    submissions = Submission.objects.filter(
        consultation=OuterRef("pk"), received_at__isnull=False, withdrawn_at__isnull=True
    )
    points = Point.objects.filter(
        submission__consultation=OuterRef("pk"), handed_in_at__isnull=False
    ).exclude(kind=Point.Kind.ANSWER)
    return (
        Consultation.objects.filter(opened_at__isnull=False)
        .select_related("edition__plan", "unequal_answers")
        .annotate(
            first_day=Min("audiences__opens_on"),
            last_day=Max(end_of("audiences__")),
            submissions_received=_how_many(submissions, "consultation"),
            points_received=_how_many(points, "submission__consultation"),
        )
        .order_by("-number")
    )


def _how_many(rows: QuerySet, by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


@dataclass(frozen=True, slots=True)
class ResultPoint:
    """One point as it is published: what it was about and what became of it."""

    number: str
    consultation: int
    state: str
    outcome: str
    reason_code: str
    organisation_type: str
    field: str
    passage: str
    received_on: date
    decided_on: date | None
    group: str = ""

    @property
    def days(self) -> int | None:
        """Days from receipt to the decision."""
        return (self.decided_on - self.received_on).days if self.decided_on else None

    def for_rates(self) -> rates.DecidedPoint:
        """Return what the rates need to know."""
        return rates.DecidedPoint(
            number=self.number,
            outcome=rates.Outcome(self.outcome) if self.outcome else None,
            organisation_type=self.organisation_type,
            field=self.field,
            withdrawn=self.state == WITHDRAWN,
            merged=self.state == MERGED,
            group=self.group,
            days=self.days,
        )


def is_over(consultation: Consultation, today: date) -> bool:
    """Tell whether the time of a consultation from `opened_consultations` is over for everybody."""
    last_day: date = consultation.last_day  # type: ignore[attr-defined]  # annotated by the query
    return last_day < today


def result_points(consultations: Iterable[Consultation]) -> list[ResultPoint]:
    """Return all points of consultations as they are published; answers to questions are no points.

    Decisions are public from the day the results are published.
    """
    rows = Point.objects.filter(
        submission__consultation__in=consultations, handed_in_at__isnull=False
    ).exclude(kind=Point.Kind.ANSWER)
    named = rows.values(
        "number",
        "withdrawn_at",
        "replaced_at",
        "handed_in_at",
        "group_id",
        "submission_id",
        consultation=F("submission__consultation__number"),
        published_at=F("submission__consultation__results_published_at"),
        outcome=F("latest_decision__outcome"),
        reason_code=F("latest_decision__reason_code"),
        decided_at=F("latest_decision__decided_at"),
        organisation_type=F("submission__organisation__category"),
        field_name=F("field__name"),
        passage_number=F("passage__number"),
    )
    signers = _further_types(consultations)
    return [
        point
        for row in named.order_by("consultation", "number")
        for point in _result_points(row, signers.get(row["submission_id"], ()))
    ]


def _further_types(consultations: Iterable[Consultation]) -> dict[int, set[str]]:
    """Return the types of organisations that signed submissions beside those that handed them in."""
    rows = CoSigner.objects.filter(submission__consultation__in=consultations)
    found: defaultdict[int, set[str]] = defaultdict(set)
    for submission, kind in rows.values_list("submission_id", "organisation__category"):
        found[submission].add(kind)
    return found


def _result_points(row: Mapping[str, Any], signers: Iterable[str]) -> Iterator[ResultPoint]:
    """Yield a point, and again for each other type of those who signed it; together it counts once."""
    point = _result_point(row)
    yield point
    for kind in sorted({*signers} - {point.organisation_type}):
        yield replace(point, organisation_type=kind)


def _result_point(row: Mapping[str, Any]) -> ResultPoint:
    stands = not (row["withdrawn_at"] or row["replaced_at"])
    is_public = bool(row["published_at"] and row["outcome"] and stands)
    return ResultPoint(
        number=row["number"],
        consultation=row["consultation"],
        state=_state(row, is_public=is_public),
        outcome=row["outcome"] if is_public else "",
        reason_code=row["reason_code"] if is_public else "",
        organisation_type=row["organisation_type"],
        field=row["field_name"] or "",
        passage=f"t{row['passage_number']}" if row["passage_number"] else "",
        received_on=timezone.localdate(row["handed_in_at"]),
        decided_on=timezone.localdate(row["decided_at"]) if is_public else None,
        group=f"G{row['group_id']}" if row["group_id"] else "",
    )


def _state(row: Mapping[str, Any], *, is_public: bool) -> str:
    if row["withdrawn_at"]:
        return WITHDRAWN
    if row["replaced_at"]:
        return MERGED
    return DECIDED if is_public else UNDECIDED


@dataclass(frozen=True, slots=True)
class Uptake:
    """The rates of some points with everything that is published beside them."""

    overall: rates.Uptake
    by_type: tuple[rates.Row, ...]
    by_field: tuple[rates.Row, ...]
    median_days: Fraction | None


def uptake_of(points: Iterable[ResultPoint]) -> Uptake:
    """Return the rates of points, overall and broken down, small rows hidden."""
    counted = [point.for_rates() for point in points]
    return Uptake(
        rates.uptake(counted),
        rates.breakdown(counted, rates.by_organisation_type),
        rates.breakdown(counted, rates.by_field),
        rates.median_days(counted),
    )


def published_rows(points: list[ResultPoint]) -> Iterator[tuple[ResultPoint, str, str]]:
    """Return each point with type and field as they may be published one by one."""
    coarse = rates.coarsen([point.for_rates() for point in points])
    for point, shown in zip(points, coarse, strict=True):
        yield point, shown.organisation_type, shown.field


def counts_of(uptake: Rates) -> list[tuple[str, str, int]]:
    """Return all counts beside the rate: key, words, number."""
    names = outcome_names()
    return [
        *((str(key), names[key], number) for key, number in uptake.counts.items()),
        (UNDECIDED, names[UNDECIDED], uptake.undecided),
        (WITHDRAWN, names[WITHDRAWN], uptake.withdrawn),
        (MERGED, names[MERGED], uptake.merged),
    ]


def per_cent(part: int, whole: int) -> float | None:
    """Return a rate in per cent with one decimal, rounded half up; nothing of nothing is no rate."""
    return (2000 * part + whole) // (2 * whole) / 10 if whole else None


@dataclass(frozen=True, slots=True)
class EqualTreatment:
    """Whether all who were asked had the same text and the same time."""

    invited: int
    first_invited_at: datetime | None
    last_invited_at: datetime | None
    bounced: int
    opened: int
    answered: int
    no_remarks: int
    late: int
    windows: list[tuple[Audience, int]]

    @property
    def spread_days(self) -> int | None:
        """Days between the first and the last invitation."""
        if not self.first_invited_at or not self.last_invited_at:
            return None
        return (self.last_invited_at.date() - self.first_invited_at.date()).days


def equal_treatment(consultation: Consultation) -> EqualTreatment:
    """Return who was asked when, and who answered."""
    asked = Invitation.objects.filter(consultation=consultation).aggregate(
        invited=Count("pk"),
        first=Min("invited_at"),
        last=Max("invited_at"),
        bounced=Count("pk", filter=Q(mail__state__in=OutgoingMail.UNDELIVERED)),
        opened=Count("first_opened_at"),
    )
    received = Submission.objects.filter(
        consultation=consultation, received_at__isnull=False, withdrawn_at__isnull=True
    ).aggregate(
        answered=Count("organisation", distinct=True),
        no_remarks=Count("pk", filter=Q(has_no_remarks=True)),
        late=Count("pk", filter=Q(is_late=True)),
    )
    windows = [
        (audience, working_days_between(audience.opens_on, audience.closes_on))
        for audience in consultation.audiences.order_by("opens_on", "pk")
    ]
    return EqualTreatment(
        asked["invited"],
        asked["first"],
        asked["last"],
        asked["bounced"],
        asked["opened"],
        received["answered"],
        received["no_remarks"],
        received["late"],
        windows,
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One text change with the points it goes back to; its words count once, however many these are."""

    passage: int
    edition: int
    kind: str
    words_inserted: int
    words_deleted: int
    points: tuple[str, ...]


def changes_from(consultation: Consultation) -> list[Change]:
    """Return the text changes of public editions that go back to points of a consultation."""
    found = TextChange.objects.filter(
        origins__point__submission__consultation=consultation,
        edition__released_at__isnull=False,
    ).values_list(
        "passage__number",
        "edition__number",
        "kind",
        "words_inserted",
        "words_deleted",
        "origins__point__number",
    )
    in_order = found.order_by(
        "passage__number", "edition__number", "kind", "origins__point__number"
    )
    return [
        Change(passage, edition, kind, inserted, deleted, tuple(str(row[-1]) for row in rows))
        for (passage, edition, kind, inserted, deleted), rows in groupby(in_order, _without_point)
    ]


def _without_point(
    row: tuple[int, int, str, int, int, str | None],
) -> tuple[int, int, str, int, int]:
    return row[:-1]


def outcome_names() -> dict[str, str]:
    """Return the words for what became of a point, in the order they are shown."""
    return {
        **{value: str(label) for value, label in Outcome.choices},
        UNDECIDED: _("nicht entschieden"),
        WITHDRAWN: _("zurückgezogen"),
        MERGED: _("ersetzt"),
    }
