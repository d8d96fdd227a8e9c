"""What is due after decisions: replies to send and to answer, maintained points, points that come back."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitplan.accounts.models import Role
from mitplan.conference.models import Mandate
from mitplan.participation.models import CoSigner, Point, SentReply
from mitplan.participation.policies import ConsultationState
from mitplan.participation.queries import countable_points
from mitplan.participation.queries.consultations import ConsultationRow
from mitplan.participation.queries.deferred import coming_back, deferred_points
from mitplan.participation.queries.objections import waiting_for_a_sitting
from mitplan.participation.queries.points import MAINTAINED
from mitplan.web.queries.due import Task

MOST_DEFERRED = 20


def replies_to_send(rounds: Iterable[ConsultationRow]) -> Iterator[Task]:
    """Yield the rounds with results that some submitters were not told."""
    published = {
        row.consultation.pk: row for row in rounds if row.state == ConsultationState.PUBLISHED
    }
    waiting = Counter(consultation for consultation, _organisation in _not_told(published))
    for consultation, count in sorted(waiting.items()):
        row = published[consultation].consultation
        sentence = ngettext(
            "%(count)s Organisation hat noch keine Antwort.",
            "%(count)s Organisationen haben noch keine Antwort.",
            count,
        )
        yield Task(
            _("Antworten versenden: %(title)s") % {"title": row.title},
            reverse("participation:reply_letters", args=[row.number]),
            sentence % {"count": count},
            str(Role.SECRETARIAT.label),
        )


def _not_told(published: Iterable[int]) -> set[tuple[int, int]]:
    """Return rounds with organisations that handed in or signed, and to which no reply was sent."""
    points = countable_points().exclude(kind=Point.Kind.ANSWER)
    points = points.filter(submission__consultation__in=published)
    columns = ("submission__consultation", "submission__organisation")
    submitted = points.values_list(*columns)
    signed = CoSigner.objects.filter(submission__points__in=points).values_list(
        "submission__consultation", "organisation"
    )
    told = SentReply.objects.filter(consultation__in=published)
    return {*submitted.distinct(), *signed.distinct()} - {
        *told.values_list("consultation", "organisation")
    }


def maintained_without_a_sitting() -> Iterator[Task]:
    """Yield that points are maintained for which no sitting is called yet."""
    count = waiting_for_a_sitting().count()
    if not count:
        return
    sentence = ngettext(
        "%(count)s Anliegen wird aufrechterhalten und kommt auf die Tagesordnung der nächsten Sitzung.",
        "%(count)s Anliegen werden aufrechterhalten und kommen auf die Tagesordnung der nächsten Sitzung.",
        count,
    )
    yield Task(
        _("Sitzung ansetzen: aufrechterhaltene Anliegen warten"),
        f"{reverse('participation:points')}?stand={MAINTAINED}",
        sentence % {"count": count},
        str(Role.SECRETARIAT.label),
    )


def decisions_to_answer(mandates: Iterable[Mandate], today: date) -> Iterator[Task]:
    """Yield the replies on which an organisation can still say whether it accepts them."""
    speaking = {each.organisation_id for each in mandates if each.role == Role.MANDATE_HOLDER}
    open_replies = SentReply.objects.filter(
        organisation__in=speaking - {None}, last_day__gte=today
    ).order_by("consultation", "organisation", "-pk")
    rows = open_replies.values_list(
        "consultation_id",
        "consultation__number",
        "consultation__title",
        "organisation_id",
        "organisation__name",
        "last_day",
    )
    latest = {(row[0], row[3]): row for row in reversed(list(rows))}
    silent = _silent_points(key for key in latest)
    for key, (_pk, number, title, organisation, name, last_day) in sorted(latest.items()):
        if key in silent:
            yield Task(
                _("Auf Entscheidungen antworten: %(title)s") % {"title": title},
                reverse("participation:reply_for_organisation", args=[number, organisation]),
                _("Annehmen oder mit einer Begründung aufrechterhalten."),
                name,
                last_day,
            )


def _silent_points(keys: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the rounds and organisations with a decision nobody has answered."""
    wanted = list(keys)
    found = countable_points().filter(
        submission__consultation__in={key[0] for key in wanted},
        submission__organisation__in={key[1] for key in wanted},
        latest_decision__isnull=False,
        latest_decision__objection__isnull=True,
    )
    columns = ("submission__consultation_id", "submission__organisation_id")
    return set(found.values_list(*columns).distinct()) if wanted else set()


def deferred_for_the_secretariat(today: date) -> Iterator[Task]:
    """Yield all points on which work was to go on until about now."""
    yield from _come_back(coming_back(today))


def deferred_for_departments(mandates: Iterable[Mandate], today: date) -> Iterator[Task]:
    """Yield the points whose owners the departments of a person are."""
    owners = {each.department_id for each in mandates if each.department_id}
    if owners:
        yield from _come_back(
            coming_back(today).filter(latest_decision__owner_department__in=owners)
        )


def _come_back(due: QuerySet[Point]) -> Iterator[Task]:
    columns = (
        "number",
        "latest_decision__review_on",
        "latest_decision__owner",
        "latest_decision__owner_department__name",
    )
    for number, review_on, owner, department in due.values_list(*columns)[:MOST_DEFERRED]:
        yield Task(
            _("Wiedervorlage: Anliegen %(number)s") % {"number": number},
            reverse("participation:decide", args=[number]),
            _("Zuständig: %(owner)s") % {"owner": owner},
            department or str(Role.SECRETARIAT.label),
            review_on,
        )


def points_to_take_along(rounds: Iterable[ConsultationRow]) -> Iterator[Task]:
    """Yield the prepared rounds into which no deferred point was taken yet, if there are any."""
    prepared = [row.consultation for row in rounds if row.state == ConsultationState.PREPARED]
    if not prepared:
        return
    plans = {each.edition.plan_id for each in prepared}
    deferred = deferred_points().filter(
        Q(edition__plan__in=plans), carried_into__consultation__opened_at__isnull=False
    )
    known = set(deferred.values_list("pk", flat=True))
    waiting = deferred_points().filter(edition__plan__in=plans).exclude(pk__in=known)
    counted = dict(waiting.order_by().values_list("edition__plan").annotate(Count("pk")))
    for each in prepared:
        count = counted.get(each.edition.plan_id, 0)
        if count and not each.carried_points.exists():
            sentence = ngettext(
                "An %(count)s Anliegen wird weitergearbeitet.",
                "An %(count)s Anliegen wird weitergearbeitet.",
                count,
            )
            yield Task(
                _("Mitnehmen: %(title)s") % {"title": each.title},
                reverse("participation:carry_points", args=[each.number]),
                sentence % {"count": count},
                str(Role.SECRETARIAT.label),
            )
