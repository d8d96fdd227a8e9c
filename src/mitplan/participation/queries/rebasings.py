"""How proposals stand on newer editions: what waits to be carried over, and what was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitplan.participation.models import Outcome, Point, Rebasing, Submission
from mitplan.participation.queries.rounds import countable_points
from mitplan.plan.models import Amendment, Edition

RELATED = ("edition__plan", "amendment", "reworked")


def open_proposals() -> QuerySet[Point]:
    """Return the points with a proposal on which nobody has decided for good."""
    is_open = Q(latest_decision__isnull=True) | Q(latest_decision__outcome=Outcome.DEFERRED)
    return countable_points().filter(is_open, amendment__isnull=False)


def waiting_proposals(newest: Edition) -> QuerySet[Point]:
    """Return the open proposals on older editions that were not carried to the newest one yet."""
    older = open_proposals().filter(edition__plan=newest.plan_id).exclude(edition=newest)
    known = Rebasing.objects.select_related(*RELATED).order_by("edition__number")
    return (
        older.exclude(rebasings__edition=newest)
        .select_related("amendment", "edition")
        .prefetch_related(Prefetch("rebasings", known, to_attr="carried"))
        .order_by("pk")
    )


def version_that_holds(point: Point, carried: Iterable[Rebasing]) -> Amendment | None:
    """Return the newest version of a proposal that is sure: reworded, confirmed, or the first one."""
    sure = [rebasing.holds for rebasing in carried if rebasing.holds]
    return sure[-1] if sure else point.amendment


def rebasings_of(point: Point, *, sees_all: bool) -> list[Rebasing]:
    """Return how a proposal stands on newer editions, the newest first; only on public ones for most."""
    found = Rebasing.objects.filter(point=point).select_related(*RELATED)
    if not sees_all:
        found = found.filter(edition__released_at__isnull=False)
    return list(found.order_by("-edition__number"))


def newest_rebasings_in(submission: Submission, *, sees_all: bool) -> dict[int, Rebasing]:
    """Return how the proposals of a submission stand now, by point, in one statement."""
    found = Rebasing.objects.filter(point__submission=submission)
    if not sees_all:
        found = found.filter(edition__released_at__isnull=False)
    related = found.select_related("edition__plan")
    return {each.point_id: each for each in related.order_by("edition__number")}


def to_be_answered() -> QuerySet[Rebasing]:
    """Return what waits for its submitter: open proposals on a public edition that is the newest."""
    return Rebasing.objects.filter(
        point__in=open_proposals(),
        edition__released_at__isnull=False,
        edition__children__isnull=True,
        answered_at__isnull=True,
    )


SENTENCES: dict[str, str | Promise] = {
    Rebasing.Status.CLEAN: _("Der Vorschlag passt unverändert in die neue Fassung."),
    Rebasing.Status.FULFILLED: _("Was vorgeschlagen war, steht schon in der neuen Fassung."),
    Rebasing.Status.PARTLY_FULFILLED: _(
        "Ein Teil des Vorschlags steht schon in der neuen Fassung; offen ist nur der Rest."
    ),
    Rebasing.Status.SPANS_SPLIT: _(
        "Die Textstelle ist geteilt worden; der Vorschlag reicht über beide Teile."
    ),
    Rebasing.Status.CONTEXT_CHANGED: _(
        "Im selben Satz hat sich anderes geändert. Es ist zu prüfen, ob der Vorschlag noch passt."
    ),
    Rebasing.Status.CONFLICT: _(
        "Dieselben Worte sind inzwischen anders geändert; der Vorschlag lässt sich nicht übertragen."
    ),
    Rebasing.Status.ORPHANED: _("Die Textstelle gibt es in der neuen Fassung nicht mehr."),
}


@dataclass(frozen=True, slots=True)
class RebasingRow:
    """A proposal on the newest edition as a row of the table."""

    point: str
    organisation: str
    passage: int | None
    edition: int
    status: str
    answered_at: datetime | None
    is_reworked: bool

    @property
    def status_label(self) -> str:
        """The word for the status."""
        return str(Rebasing.Status(self.status).label)


SORTS = {
    "point": ("point__number",),
    "organisation": ("point__submission__organisation_name", "point__number"),
    "passage": ("point__passage__number", "point__number"),
    "status": ("status", "point__number"),
}


def found_rebasings(status: str, sort: str = "point") -> QuerySet[Rebasing]:
    """Return how the open proposals stand on the newest edition of their plan, in order."""
    found = Rebasing.objects.filter(point__in=open_proposals(), edition__children__isnull=True)
    if status:
        found = found.filter(status=status)
    minus = "-" if sort.startswith("-") else ""
    return found.order_by(*(f"{minus}{name}" for name in SORTS[sort.removeprefix("-")]))


def orphans() -> QuerySet[Rebasing]:
    """Return the proposals whose passage is gone and for which nobody found another place."""
    return found_rebasings(Rebasing.Status.ORPHANED).filter(reworked__isnull=True)


def rebasing_rows(found: QuerySet[Rebasing]) -> list[RebasingRow]:
    """Return rebasings as rows, with one statement."""
    columns = (
        "point__number",
        "point__submission__organisation_name",
        "point__passage__number",
        "edition__number",
        "status",
        "answered_at",
        "is_reworked",
    )
    noted = found.annotate(is_reworked=Q(reworked__isnull=False))
    return [RebasingRow(*values) for values in noted.values_list(*columns)]


def counts_by_status() -> dict[str, int]:
    """Return how many open proposals stand how on the newest edition."""
    counted = found_rebasings("").order_by().values_list("status").annotate(Count("pk"))
    return dict(counted)


def plans_behind() -> list[int]:
    """Return the plans in which proposals wait to be carried to the newest edition, by row id."""
    newest = Edition.objects.filter(children__isnull=True)
    return [
        edition.plan_id
        for edition in newest.order_by("pk")
        if edition.number > 1 and waiting_proposals(edition).exists()
    ]
