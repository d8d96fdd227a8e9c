"""Who is to be reminded of what now: submitters of their deadlines, staff of what waits for them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models import Count, F, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from mitplan.accounts.models import User
from mitplan.conference.models import Mandate
from mitplan.participation.models import (
    AdviceRequest,
    Consultation,
    Invitation,
    MailChoice,
    Point,
    Submission,
)
from mitplan.participation.policies import ConsultationState
from mitplan.participation.queries.rounds import (
    audience_of,
    audiences_of,
    countable_points,
    last_day_for,
    state_of,
)

WINDOW = timedelta(days=3)
"""How long a reminder stays due: three times the longest pause between two mails to one person."""

PUBLISH_WITHIN = timedelta(days=30)
ESCALATES_AFTER = timedelta(days=7)


class Kind(StrEnum):
    """What somebody is reminded of."""

    OPENING = "opening"
    HALF_TIME = "half"
    SEVEN_DAYS = "seven"
    TWO_DAYS = "two"
    ADVICE = "advice"
    RESULTS = "results"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets mails: an address, and the language its owner reads."""

    email: str
    language: str = settings.LANGUAGE_CODE
    wants_digest: bool = True

    @property
    def key(self) -> str:
        """The address as it stands in keys: the same for good, and not to be read."""
        return salted_hmac("mitplan.reminder", self.email.casefold()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing somebody is reminded of, and the page where it is done."""

    kind: Kind
    recipient: Recipient
    about: str
    for_whom: str
    url: str
    due_on: date
    subject_key: str
    count: int = 0
    overdue: int = 0

    @property
    def key(self) -> str:
        """What makes this reminder the same one, whenever it is looked for."""
        return f"{self.kind}:{self.subject_key}:{self.recipient.key}"


def reminders_of_deadlines(now: datetime) -> list[Reminder]:
    """Return whom to remind now of a window in which nothing was handed in yet."""
    return [each for consultation in _open_rounds(now) for each in _of_round(consultation, now)]


def _open_rounds(now: datetime) -> list[Consultation]:
    opened = Consultation.objects.filter(
        opened_at__isnull=False, results_published_at__isnull=True
    ).prefetch_related("audiences")
    return [
        each for each in opened.order_by("number") if state_of(each, now) == ConsultationState.OPEN
    ]


def _of_round(consultation: Consultation, now: datetime) -> Iterator[Reminder]:
    answered = Submission.objects.filter(
        consultation=consultation, received_at__isnull=False, withdrawn_at__isnull=True
    ).values("organisation")
    waiting = (
        Invitation.objects.filter(consultation=consultation)
        .exclude(organisation__in=answered)
        .select_related("organisation", "mail")
        .order_by("pk")
    )
    today, speakers = timezone.localdate(now), _speakers(now)
    for invitation in waiting:
        first = audience_of(consultation, invitation.organisation).opens_on
        last = last_day_for(consultation, invitation.organisation)
        kind = milestone(first, last, today)
        if kind:
            people = speakers.get(invitation.organisation_id, [])
            yield from _for_invitation(consultation, invitation, kind, last, people)


def milestone(first: date, last: date, today: date) -> Kind | None:
    """Return what a day calls for between the first and the last day of a window; the latest counts."""
    begins = [
        (first, Kind.OPENING),
        (first + (last - first) / 2, Kind.HALF_TIME),
        (last - timedelta(days=7), Kind.SEVEN_DAYS),
        (last - timedelta(days=2), Kind.TWO_DAYS),
    ]
    if not first <= today <= last:
        return None
    due = [kind for begin, kind in begins if first <= begin <= today < begin + WINDOW]
    return due[-1] if due else None


def _for_invitation(
    consultation: Consultation,
    invitation: Invitation,
    kind: Kind,
    last: date,
    people: list[Recipient],
) -> Iterator[Reminder]:
    """Yield a reminder for everybody who speaks for an organisation, or else for who was invited."""
    organisation = invitation.organisation
    arguments = [consultation.number, organisation.pk]
    url = reverse("participation:take_part_for_organisation", args=arguments)
    if not people and organisation.email:
        people, url = [Recipient(organisation.email)], invitation.get_absolute_url()
    was_told = (invitation.mail.to if invitation.mail else "").casefold()
    # A day belongs to the last two, so that a window made longer reminds anew.
    moves = kind in (Kind.SEVEN_DAYS, Kind.TWO_DAYS)
    subject_key = f"{consultation.pk}:{organisation.pk}" + (f":{last}" if moves else "")
    for person in people:
        if kind is Kind.OPENING and person.email.casefold() == was_told:
            continue  # the invitation told it already
        yield Reminder(kind, person, consultation.title, str(organisation), url, last, subject_key)


def _speakers(now: datetime) -> dict[int, list[Recipient]]:
    """Return who speaks for which organisation today."""
    mandates = Mandate.objects.active(timezone.localdate(now)).filter(
        kind__in=[Mandate.Kind.MEMBER, Mandate.Kind.DEPUTY], user__is_active=True
    )
    found: dict[int, list[Recipient]] = defaultdict(list)
    for mandate in mandates.select_related("user__mail_choice").order_by("pk"):
        found[mandate.organisation_id or 0].append(recipient_of(mandate.user))
    return found


def recipient_of(user: User) -> Recipient:
    """Return a person as somebody who gets mails; who chose nothing gets all, in the plan's language."""
    choice: MailChoice | None = getattr(user, "mail_choice", None)
    if choice is None:
        return Recipient(user.email)
    return Recipient(user.email, choice.language, choice.wants_digest)


def items_of_digests(now: datetime) -> list[Reminder]:
    """Return what stands in the weekly digests: advice that is due, results that are not published."""
    return [*_advice_due(timezone.localdate(now)), *_results_due(now)]


def _advice_due(today: date) -> Iterator[Reminder]:
    given = Q(point__advice__department=F("department"))
    open_requests = (
        AdviceRequest.objects.filter(
            due_on__isnull=False,
            point__in=countable_points().filter(latest_decision__isnull=True),
        )
        .exclude(point__kind=Point.Kind.ANSWER)
        .exclude(pk__in=AdviceRequest.objects.filter(given).values("pk"))
    )
    columns = ("department", "department__name", "point__submission__consultation__number")
    rows = open_requests.values(*columns, title=F("point__submission__consultation__title"))
    counted = rows.annotate(
        waiting=Count("pk"),
        overdue=Count("pk", filter=Q(due_on__lt=today)),
        first=Min("due_on"),
    )
    people = _departments(today)
    for row in counted.order_by(*columns):
        for person in _asked(people.get(row["department"], []), row["first"], today):
            yield _advice(row, person)


def _advice(row: dict[str, object], person: Recipient) -> Reminder:
    number = row["point__submission__consultation__number"]
    return Reminder(
        Kind.ADVICE,
        person,
        str(row["title"]),
        str(row["department__name"]),
        f"{reverse('participation:points')}?runde={number}&stand=undecided",
        row["first"],  # type: ignore[arg-type]  # a row of values has no types
        f"{number}:{row['department']}",
        int(str(row["waiting"])),
        int(str(row["overdue"])),
    )


def _departments(today: date) -> dict[int, list[Mandate]]:
    """Return who works in which department: contacts in the order of their mandates, then the lead."""
    mandates = Mandate.objects.active(today).filter(department__isnull=False, user__is_active=True)
    found: dict[int, list[Mandate]] = defaultdict(list)
    for mandate in mandates.select_related("user__mail_choice").order_by("begins_on", "pk"):
        found[mandate.department_id or 0].append(mandate)
    return found


def _asked(mandates: list[Mandate], first_due: date, today: date) -> Iterable[Recipient]:
    """Return whom to ask: the first contact; once late the deputies; a week later the lead too."""
    contacts = [each for each in mandates if each.kind == Mandate.Kind.DEPARTMENT_CONTACT]
    leads = [each for each in mandates if each.kind == Mandate.Kind.DEPARTMENT_LEAD]
    asked = contacts[:1] or leads
    if first_due < today:
        asked = contacts or leads
    if first_due + ESCALATES_AFTER < today:
        asked = [*contacts, *leads]
    return dict.fromkeys(recipient_of(each.user) for each in asked)


def _results_due(now: datetime) -> Iterator[Reminder]:
    today = timezone.localdate(now)
    unpublished = Consultation.objects.filter(
        opened_at__isnull=False, results_published_at__isnull=True
    ).prefetch_related("audiences")
    late = [
        (each, day)
        for each in unpublished.order_by("number")
        if (day := audiences_of(each)[-1].ends_on + PUBLISH_WITHIN) <= today
    ]
    if not late:
        return
    office = User.objects.filter(office=User.Office.SECRETARIAT, is_active=True)
    for user in office.select_related("mail_choice").order_by("pk"):
        for consultation, day in late:
            url = reverse("participation:publish", args=[consultation.number])
            person, key = recipient_of(user), str(consultation.pk)
            yield Reminder(Kind.RESULTS, person, consultation.title, "", url, day, key)
