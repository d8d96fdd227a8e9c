"""Whether all were treated alike: the same text, the same time, answers and uptake by group and level."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from statistics import median

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mitplan.common.models import AuditDetail, OutgoingMail
from mitplan.conference.models import Organisation
from mitplan.core.uptake import rates
from mitplan.participation.models import (
    Consultation,
    Dispatch,
    Extension,
    Point,
    Submission,
    UnequalAnswers,
)
from mitplan.publishing.queries.results import ResultPoint, uptake_of


@dataclass(frozen=True, slots=True)
class Asked:
    """One organisation that was invited: when, how often, whether it came back, and when it answered."""

    organisation: int
    group: str
    invited_on: date
    dispatches: int
    bounces: int
    answered_on: date | None

    @property
    def days(self) -> int | None:
        """Days from the invitation to the answer."""
        return (self.answered_on - self.invited_on).days if self.answered_on else None


@dataclass(frozen=True, slots=True)
class Treated:
    """How a number of invited organisations fared."""

    invited: int
    answered: int
    sent_again: int
    bounced: int
    first_on: date | None
    last_on: date | None
    median_days: float | None

    @property
    def spread(self) -> int | None:
        """Days between the first and the last invitation."""
        return (self.last_on - self.first_on).days if self.first_on and self.last_on else None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """How one group fared; nothing where it is too small to be shown, or covers one that is."""

    group: str
    treated: Treated | None


@dataclass(frozen=True, slots=True)
class Treatment:
    """The whole report of one consultation."""

    overall: Treated
    groups: tuple[GroupRow, ...]
    extensions: tuple[Extension, ...]


def treatment_of(consultation: Consultation) -> Treatment:
    """Return the report of a consultation, in four statements."""
    asked = _asked(consultation)
    extensions = Extension.objects.filter(audience__consultation=consultation)
    related = extensions.select_related("audience", "organisation").order_by("granted_at", "pk")
    return Treatment(treated(asked), _groups(asked), tuple(related))


def _asked(consultation: Consultation) -> list[Asked]:
    answers: dict[int, datetime] = dict(
        Submission.objects.filter(
            consultation=consultation, received_at__isnull=False, withdrawn_at__isnull=True
        )
        .values_list("organisation")
        .annotate(Min("received_at"))
    )
    sent = _dispatches(consultation)
    columns = ("pk", "organisation", "organisation__category", "invited_at", "mail__state")
    invitations = consultation.invitations.order_by("pk").values_list(*columns)
    return [
        Asked(
            organisation,
            category,
            timezone.localdate(invited_at),
            *(sent.get(pk) or (1, int(state in OutgoingMail.UNDELIVERED))),
            answered_on=_day(answers.get(organisation)),
        )
        for pk, organisation, category, invited_at, state in invitations
    ]


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _dispatches(consultation: Consultation) -> dict[int, tuple[int, int]]:
    """Return for each invitation how often it was sent, and how many of these came back."""
    returned = Count("pk", filter=Q(mail__state__in=OutgoingMail.UNDELIVERED))
    rows = Dispatch.objects.filter(invitation__consultation=consultation).values_list("invitation")
    return {
        pk: (times, back) for pk, times, back in rows.annotate(times=Count("pk"), back=returned)
    }


def treated(asked: Sequence[Asked]) -> Treated:
    """Return how these organisations fared together."""
    days = [each.days for each in asked if each.days is not None]
    moments = [each.invited_on for each in asked]
    return Treated(
        invited=len(asked),
        answered=len(days),
        sent_again=sum(each.dispatches - 1 for each in asked),
        bounced=sum(each.bounces for each in asked),
        first_on=min(moments, default=None),
        last_on=max(moments, default=None),
        median_days=median(days) if days else None,
    )


def _groups(asked: Iterable[Asked]) -> tuple[GroupRow, ...]:
    """Return one row for each group; which are hidden is told by the one rule for small rows."""
    by_group: dict[str, list[Asked]] = defaultdict(list)
    for each in asked:
        by_group[each.group].append(each)
    counted = [
        rates.DecidedPoint(str(each.organisation), None, group)
        for group, members in by_group.items()
        for each in members
    ]
    return tuple(
        GroupRow(row.label, treated(by_group[row.label]) if row.uptake else None)
        for row in rates.breakdown(counted, rates.by_organisation_type)
    )


def uptake_by_level(
    consultation: Consultation, points: Iterable[ResultPoint]
) -> tuple[rates.Row, ...]:
    """Return the rates by the level of the organisation, small rows hidden."""
    columns = ("number", "submission__organisation__level")
    levels: QuerySet[Point, tuple[str, str]] = Point.objects.filter(
        submission__consultation=consultation
    ).values_list(*columns)
    names = {value: str(label) for value, label in Organisation.Level.choices}
    level_of = {number: names.get(level, _("ohne Angabe")) for number, level in levels}
    placed = [replace(each, organisation_type=level_of.get(each.number, "")) for each in points]
    return uptake_of(placed).by_type


@dataclass(frozen=True, slots=True)
class Explained:
    """Why near-identical points were decided differently, and which: each with its number and address."""

    count: int
    reason: str
    pairs: Sequence[Sequence[tuple[str, str]]]


def unequal_answers_of(consultation: Consultation) -> Explained | None:
    """Return the public reason for unequal answers, with the points as they were on that day."""
    row: UnequalAnswers | None = getattr(consultation, "unequal_answers", None)
    if row is None:
        return None
    pairs = [[(number, _address(number)) for number in pair.split()] for pair in _recorded(row)]
    return Explained(row.pairs, row.reason, pairs)


def _address(number: str) -> str:
    return reverse("participation:point", args=[number])


def _recorded(row: UnequalAnswers) -> list[str]:
    """Return the pairs the record names; decisions may have changed since."""
    details = AuditDetail.objects.filter(
        entry__event="participation.unequal_answers.explained",
        entry__object_label=row._meta.label,
        entry__object_id=str(row.pk),
    )
    content = details.values_list("content", flat=True).first()
    pairs: list[str] = json.loads(content)["data"]["pairs"] if content else []
    return pairs
