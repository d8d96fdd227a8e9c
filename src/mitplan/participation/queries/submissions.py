"""What the pages show of submissions."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from mitplan.participation.models import Consultation, Submission


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """A submission as a row of the list."""

    number: str
    organisation: str
    category: str
    route: str
    received_at: datetime
    points: int
    decided: int
    has_no_remarks: bool
    is_late: bool
    is_withdrawn: bool
    sha256: str


SORTS = {
    "number": ("number",),
    "organisation": ("organisation_name", "number"),
    "received": ("received_at", "number"),
    "points": ("point_count", "number"),
}


def found_submissions(consultation: Consultation, sort: str = "number") -> QuerySet[Submission]:
    """Return what was handed in, in order; withdrawn ones stay in the list."""
    minus = "-" if sort.startswith("-") else ""
    return (
        Submission.objects.filter(consultation=consultation, received_at__isnull=False)
        .annotate(point_count=Count("points"), decided_count=Count("points__latest_decision"))
        .order_by(*(f"{minus}{name}" for name in SORTS[sort.removeprefix("-")]))
    )


def submission_rows(submissions: QuerySet[Submission]) -> list[SubmissionRow]:
    """Return submissions as rows, with one statement."""
    columns = (
        "number",
        "organisation_name",
        "organisation__category",
        "route",
        "received_at",
        "point_count",
        "decided_count",
        "has_no_remarks",
        "is_late",
        "withdrawn_at",
        "sha256",
    )
    return [
        SubmissionRow(
            number=number,
            organisation=organisation,
            category=category,
            route=str(Submission.Route(route).label),
            received_at=received_at,
            points=points,
            decided=decided,
            has_no_remarks=no_remarks,
            is_late=is_late,
            is_withdrawn=withdrawn_at is not None,
            sha256=sha256,
        )
        for (
            number,
            organisation,
            category,
            route,
            received_at,
            points,
            decided,
            no_remarks,
            is_late,
            withdrawn_at,
            sha256,
        ) in submissions.values_list(*columns)
    ]


def submission_by_number(number: str) -> Submission | None:
    """Return a submission that was handed in."""
    related = ("consultation__edition__plan", "organisation")
    return Submission.objects.select_related(*related).filter(number=number).first()
