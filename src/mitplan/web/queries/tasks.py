"""What is due, by when, for whom: each thing leads to the one page where it is done."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitplan.accounts.models import Role, User
from mitplan.common.models import OutgoingMail
from mitplan.conference.models import AgendaItem, Mandate, Organisation, Sitting
from mitplan.conference.permissions import mandates_of, roles_of
from mitplan.conference.queries.sittings import PaperRow, day_of, paper_row
from mitplan.core.workdays import working_days_before
from mitplan.participation.models import Point, Submission
from mitplan.participation.policies import ConsultationState
from mitplan.participation.queries import countable_points
from mitplan.participation.queries.consultations import (
    ConsultationRow,
    Window,
    consultation_rows,
    window_of,
)
from mitplan.participation.queries.points import UNDECIDED
from mitplan.participation.queries.reminders import PUBLISH_WITHIN
from mitplan.plan.models import Acceptance, Plan
from mitplan.plan.queries import draft_of
from mitplan.ui.values import spoken_date
from mitplan.web.queries.answers import (
    decisions_to_answer,
    deferred_for_departments,
    deferred_for_the_secretariat,
    maintained_without_a_sitting,
    points_to_take_along,
    replies_to_send,
)
from mitplan.web.queries.due import Task
from mitplan.web.queries.exports import files_to_fetch
from mitplan.web.queries.letters import letters_to_cut
from mitplan.web.queries.proposals import orphans_to_place, proposals_to_check
from mitplan.web.queries.requests import extension_requests_to_answer, suggestions_to_take

__all__ = ["Task", "tasks_for"]

AHEAD = timedelta(days=14)
"""How early a deferred point comes back into view."""

MOST_DEFERRED = 20


def tasks_for(user: User, now: datetime) -> list[Task]:
    """Return what a person has to do, the most pressing first; what has no day comes last."""
    roles, today = roles_of(user), timezone.localdate(now)
    found: list[Task] = [*files_to_fetch(user)]
    if roles & {Role.SECRETARIAT, Role.MANDATE_HOLDER, Role.CONTRIBUTOR, *DEPARTMENTS}:
        rounds = consultation_rows(now, with_prepared=Role.SECRETARIAT in roles)
        found += _of_rounds(user, roles, rounds, today)
    if Role.SECRETARIAT in roles:
        found += extension_requests_to_answer()
        found += [*_conflicts(), *deferred_for_the_secretariat(today), *orphans_to_place()]
        found += maintained_without_a_sitting()
    if roles & {Role.SECRETARIAT, Role.CHAIR}:
        found += _of_sittings(today)
    if roles & {Role.SECRETARIAT, Role.ADMINISTRATOR}:
        found += _undelivered()
    return sorted(found, key=lambda task: task.due_on or date.max)


DEPARTMENTS = frozenset({Role.DEPARTMENT_CONTACT, Role.DEPARTMENT_LEAD})


def _of_rounds(
    user: User, roles: frozenset[Role], rounds: list[ConsultationRow], today: date
) -> Iterator[Task]:
    if Role.SECRETARIAT in roles:
        yield from filter(None, map(_round_to_run, rounds))
        yield from letters_to_cut(rounds)
        yield from replies_to_send(rounds)
        yield from points_to_take_along(rounds)
        yield from suggestions_to_take(rounds)
    mandates = mandates_of(user)
    writing = [mandate for mandate in mandates if mandate.organisation_id]
    if writing:
        yield from _submissions_to_write(writing, rounds, today)
        yield from proposals_to_check(writing)
        yield from decisions_to_answer(writing, today)
    if roles & DEPARTMENTS:
        yield from _points_to_advise_on(mandates, rounds)
        yield from deferred_for_departments(mandates, today)


def _round_to_run(row: ConsultationRow) -> Task | None:
    """Return the next step of a consultation for the secretariat."""
    number, title = row.consultation.number, row.consultation.title
    office = str(Role.SECRETARIAT.label)
    if row.state == ConsultationState.PREPARED:
        url = reverse("participation:open", args=[number])
        return Task(
            _("Eröffnen: %(title)s") % {"title": title}, url, "", office, row.window.opens_on
        )
    if row.state == ConsultationState.OPEN and not row.invited:
        url = reverse("participation:invitations", args=[number])
        reason = _("Die Frist läuft, und noch niemand ist eingeladen.")
        closes_on = row.window.closes_on
        return Task(_("Einladen: %(title)s") % {"title": title}, url, reason, office, closes_on)
    if row.undecided:
        return Task(
            _("Entscheiden: %(title)s") % {"title": title},
            f"{reverse('participation:points')}?runde={number}&stand={UNDECIDED}",
            _points(row.undecided, _("noch nicht entschieden")),
            office,
        )
    if row.state == ConsultationState.CLOSED:
        url = reverse("participation:publish", args=[number])
        reason = _("Über alle Anliegen ist entschieden. Die Organisationen warten auf Antwort.")
        return Task(
            _("Ergebnis veröffentlichen: %(title)s") % {"title": title},
            url,
            reason,
            office,
            row.window.closes_on + PUBLISH_WITHIN,
        )
    return None


def _points(count: int, words: str) -> str:
    sentence = ngettext("%(count)s Anliegen %(words)s", "%(count)s Anliegen %(words)s", count)
    return sentence % {"count": count, "words": words}


def _submissions_to_write(
    mandates: list[Mandate], rounds: list[ConsultationRow], today: date
) -> Iterator[Task]:
    """Yield the open consultations in which an organisation has not handed in and still may."""
    open_rounds = [row for row in rounds if row.state == ConsultationState.OPEN]
    organisations = {each.organisation for each in mandates if each.organisation}
    stands = _stands(organisations, open_rounds)
    for row in open_rounds:
        for organisation in sorted(organisations, key=str):
            stand = stands.get((row.consultation.pk, organisation.pk), "")
            own = window_of(row.consultation, organisation, today)
            if stand != RECEIVED and today <= own.closes_on:
                yield _submission_to_write(row, str(organisation), own, has_draft=stand == DRAFT)


DRAFT, RECEIVED = "draft", "received"


def _stands(
    organisations: Iterable[Organisation], rounds: list[ConsultationRow]
) -> dict[tuple[int, int], str]:
    """Return for each consultation and organisation whether something is written or handed in."""
    rows = Submission.objects.filter(
        organisation__in=organisations,
        consultation__in=[row.consultation.pk for row in rounds],
        withdrawn_at__isnull=True,
    ).order_by(F("received_at").asc(nulls_first=True))
    columns = ("consultation_id", "organisation_id", "received_at")
    return {
        (consultation, organisation): RECEIVED if received_at else DRAFT
        for consultation, organisation, received_at in rows.values_list(*columns)
    }


def _submission_to_write(
    row: ConsultationRow, organisation: str, window: Window, *, has_draft: bool
) -> Task:
    words = (
        _("Weiterschreiben und abgeben: %(title)s")
        if has_draft
        else _("Stellung nehmen: %(title)s")
    )
    left = window.progress.remaining
    days = ngettext(
        "Sie haben noch %(left)s Arbeitstag.", "Sie haben noch %(left)s Arbeitstage.", left
    )
    return Task(
        words % {"title": row.consultation.title},
        reverse("participation:take_part", args=[row.consultation.number]),
        days % {"left": left},
        organisation,
        window.closes_on,
    )


def _points_to_advise_on(mandates: list[Mandate], rounds: list[ConsultationRow]) -> Iterator[Task]:
    """Yield the consultations with undecided points on which a department has not advised."""
    departments = {each.department_id: each.department for each in mandates if each.department_id}
    running = {row.consultation.pk: row for row in rounds if row.undecided}
    for key, department in departments.items():
        waiting = (
            countable_points()
            .filter(submission__consultation__in=running, latest_decision__isnull=True)
            .exclude(kind=Point.Kind.ANSWER)
            .exclude(advice__department=key)
            .filter(Q(advice_requests__isnull=True) | Q(advice_requests__department=key))
        )
        counted = waiting.values_list("submission__consultation").annotate(
            Count("pk", distinct=True), Min("advice_requests__due_on")
        )
        for consultation, count, due_on in counted.order_by("submission__consultation"):
            yield _advice_to_give(running[consultation], count, str(department), due_on)


def _advice_to_give(row: ConsultationRow, count: int, department: str, due_on: date | None) -> Task:
    number, title = row.consultation.number, row.consultation.title
    return Task(
        _("Fachvotum abgeben: %(title)s") % {"title": title},
        f"{reverse('participation:points')}?runde={number}&stand={UNDECIDED}",
        _points(count, _("ohne Votum Ihres Ressorts")),
        department,
        due_on,
    )


def _conflicts() -> Iterator[Task]:
    """Yield the contradictions in drafts; a draft with fewer than two changes has none."""
    standing = Acceptance.objects.standing().filter(amendment__base__children__isnull=True)
    busy = standing.values("amendment__base__plan").annotate(n=Count("pk")).filter(n__gt=1)
    for plan in Plan.objects.filter(pk__in=busy.values("amendment__base__plan")).order_by("pk"):
        draft = draft_of(plan)
        for conflict in draft.consolidation.open if draft else ():
            address = reverse("publishing:draft", args=[plan.slug])
            yield Task(
                _("Konflikt lösen: Textstelle %(passage)s")
                % {"passage": ", ".join(key.removeprefix("t") for key in conflict.passages)},
                f"{address}#k-{conflict.key}",
                _("Angenommene Änderungen widersprechen einander."),
                str(Role.SECRETARIAT.label),
            )


def _of_sittings(today: date) -> Iterator[Task]:
    """Yield what is missing or late before the sittings to come."""
    coming = Sitting.objects.filter(on__gte=today.isoformat()).select_related("body")
    for sitting in coming.prefetch_related("agenda_items__papers").order_by("on", "pk"):
        day = day_of(sitting)
        if day is None:
            continue
        items = list(sitting.agenda_items.all())
        if missing := [each for each in items if _lacks_paper(each)]:
            yield _papers_to_send(sitting, day, len(missing))
        for item in items:
            rows = [
                paper_row(each, day, sitting.body.notice_working_days) for each in item.papers.all()
            ]
            yield from (_late_paper(sitting, day, row) for row in rows if row.is_late)


def _lacks_paper(item: AgendaItem) -> bool:
    return item.role == AgendaItem.Role.DECISION and not item.papers.all()


def _papers_to_send(sitting: Sitting, day: date, missing: int) -> Task:
    reason = ngettext(
        "Zu %(count)s Punkt, der beschlossen werden soll, fehlt die Vorlage.",
        "Zu %(count)s Punkten, die beschlossen werden sollen, fehlen die Vorlagen.",
        missing,
    )
    last = day - timedelta(days=1)
    while working_days_before(last, day) < sitting.body.notice_working_days:
        last -= timedelta(days=1)
    return Task(
        _("Vorlagen versenden: Sitzung am %(day)s") % {"day": spoken_date(day)},
        sitting.get_absolute_url(),
        reason % {"count": missing},
        str(sitting.body),
        last,
    )


def _late_paper(sitting: Sitting, day: date, row: PaperRow) -> Task:
    return Task(
        _("Späte Vorlage: %(paper)s") % {"paper": row.paper.title},
        sitting.get_absolute_url(),
        _("%(sentence)s; vorgesehen sind %(required)s.")
        % {"sentence": row.sentence, "required": row.required},
        str(sitting.body),
        day,
    )


def _undelivered() -> Iterator[Task]:
    """Yield mails that did not arrive: invitations by consultation, all others together."""
    superseded = {"invitation__isnull": True, "dispatch__isnull": False}
    failed = OutgoingMail.objects.filter(state__in=OutgoingMail.UNDELIVERED).exclude(**superseded)
    rows = failed.values_list("invitation__consultation__number").annotate(Count("pk"))
    for number, count in rows.order_by("invitation__consultation__number"):
        sentence = ngettext(
            "%(count)s Nachricht ist nicht angekommen.",
            "%(count)s Nachrichten sind nicht angekommen.",
            count,
        )
        url = (
            reverse("participation:invitations", args=[number])
            if number
            else reverse("web:undelivered")
        )
        title = _("Nicht zugestellte Einladungen") if number else _("Nicht zugestellte Nachrichten")
        yield Task(title, url, sentence % {"count": count}, str(Role.SECRETARIAT.label))
