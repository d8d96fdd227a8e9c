"""Reminders: each once, one mail a day, one digest a week, whatever the clock and the worker do."""

from collections import Counter
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mitplan.common import mail
from mitplan.common.models import OutgoingMail
from mitplan.conference.models import Mandate
from mitplan.participation import actions
from mitplan.participation.actions import reminders
from mitplan.participation.models import (
    AdviceRequest,
    Invitation,
    MailChoice,
    Outcome,
    ReminderSent,
)
from mitplan.participation.queries.reminders import Kind, milestone
from tests import factories

pytestmark = pytest.mark.django_db
OPENS, CLOSES = factories.OPENS_ON, factories.CLOSES_ON


def at(day, hour=8):
    return datetime(day.year, day.month, day.day, hour, tzinfo=factories.BERLIN)


def mails(**wanted):
    return OutgoingMail.objects.filter(invitation__isnull=True, **wanted).order_by("pk")


def invited(consultation, organisation, route=Invitation.Route.HAND):
    actions.invite(
        consultation=consultation,
        organisations=[organisation],
        route=route,
        by=factories.make_secretary(),
        at=factories.OPENED,
    )


@pytest.fixture
def consultation(db):
    return factories.make_consultation()


@pytest.fixture
def organisation(consultation):
    organisation = factories.make_organisation()
    invited(consultation, organisation)
    return organisation


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (OPENS - timedelta(days=1), None),
        (OPENS, Kind.OPENING),
        (OPENS + timedelta(days=2), Kind.OPENING),
        (OPENS + timedelta(days=3), None),
        (OPENS + timedelta(days=29), Kind.HALF_TIME),
        (OPENS + timedelta(days=31), Kind.HALF_TIME),
        (OPENS + timedelta(days=32), None),
        (CLOSES - timedelta(days=7), Kind.SEVEN_DAYS),
        (CLOSES - timedelta(days=4), None),
        (CLOSES - timedelta(days=2), Kind.TWO_DAYS),
        (CLOSES, Kind.TWO_DAYS),
        (CLOSES + timedelta(days=1), None),
    ],
)
def test_milestone_is_due_for_three_days(day, kind):
    assert milestone(OPENS, CLOSES, day) == kind


@given(st.integers(0, 80), st.integers(-5, 90))
def test_milestone_is_due_only_within_the_window(length, days):
    last, day = OPENS + timedelta(days=length), OPENS + timedelta(days=days)

    if milestone(OPENS, last, day):
        assert OPENS <= day <= last


def test_member_is_reminded_four_times_with_a_link_to_the_task(consultation, organisation):
    member = factories.make_member(organisation)

    for days in range((CLOSES - OPENS).days + 10):
        reminders.remind(at=at(OPENS + timedelta(days=days)))

    found = list(mails(to=member.email))
    assert [timezone.localdate(each.queued_at) for each in found] == [
        OPENS,
        OPENS + timedelta(days=29),
        CLOSES - timedelta(days=7),
        CLOSES - timedelta(days=2),
    ]
    link = f"/beteiligung/{consultation.number}/mitmachen/fuer-{organisation.pk}/"
    assert all(link in each.body for each in found)
    assert found[0].subject == "Beteiligung eröffnet: Beteiligung zum Plan"
    assert found[3].subject == "Erinnerung: Stellungnahme bis 30. April 2026"


def test_organisation_without_accounts_is_reminded_at_its_address(consultation, organisation):
    reminders.remind(at=at(CLOSES))

    found = mails().get()
    assert found.to == organisation.email
    assert Invitation.objects.get().get_absolute_url() in found.body


def test_opening_is_not_told_to_whom_the_invitation_told_it(consultation):
    invited(consultation, factories.make_organisation(), Invitation.Route.MAIL)

    assert reminders.remind(at=at(OPENS)) == 0


def test_nobody_is_reminded_who_handed_in(consultation, organisation):
    factories.make_submission(consultation, organisation=organisation)
    OutgoingMail.objects.all().delete()

    assert reminders.remind(at=at(CLOSES)) == 0


def test_who_withdrew_is_reminded_again(consultation, organisation):
    submission = factories.make_submission(consultation, organisation=organisation)
    seat = factories.make_seat(organisation)
    actions.withdraw_submission(submission=submission, seat=seat, at=factories.WHILE_OPEN)

    assert reminders.remind(at=at(CLOSES)) == 1


def test_several_organisations_of_one_person_come_in_one_mail(consultation):
    user, names = factories.make_user(), []
    for _each in range(2):
        organisation = factories.make_organisation()
        names.append(organisation.name)
        invited(consultation, organisation)
        factories.make_mandate(Mandate.Kind.MEMBER, user=user, organisation=organisation)

    written = reminders.remind(at=at(CLOSES))

    found = mails().get()
    assert (written, found.subject) == (1, "Erinnerung: 2 Aufgaben")
    assert all(name in found.body for name in names)


def test_person_is_written_to_in_the_chosen_language(consultation, organisation):
    member = factories.make_member(organisation)
    MailChoice.objects.create(user=member, language="en")

    reminders.remind(at=at(CLOSES))

    assert "30 April 2026" in mails().get().body


def advice_asked(department, due_on, amount=1):
    consultation = factories.make_consultation()
    submission = factories.make_submission(consultation, points=amount)
    by = factories.make_secretary()
    AdviceRequest.objects.bulk_create(
        AdviceRequest(
            point=point, department=department, due_on=due_on, asked_by=by, asked_at=at(due_on)
        )
        for point in submission.points.all()
    )
    OutgoingMail.objects.all().delete()
    return submission


@pytest.fixture
def department(db):
    return factories.make_department()


@pytest.fixture
def house(department):
    """A department's contact, deputy and lead, by what they are called."""
    kinds = (
        Mandate.Kind.DEPARTMENT_CONTACT,
        Mandate.Kind.DEPARTMENT_CONTACT,
        Mandate.Kind.DEPARTMENT_LEAD,
    )
    people = [factories.make_mandate(kind, department=department).user for kind in kinds]
    return dict(zip(("contact", "deputy", "lead"), people, strict=True))


@pytest.mark.parametrize(
    ("days", "reached"),
    [
        (0, {"contact"}),
        (1, {"contact", "deputy"}),
        (7, {"contact", "deputy"}),
        (8, {"contact", "deputy", "lead"}),
    ],
)
def test_late_advice_climbs_from_contact_to_deputy_to_lead(department, house, days, reached):
    due = date(2026, 5, 18)
    advice_asked(department, due)

    reminders.remind(at=at(due + timedelta(days=days)))

    to = set(mails().values_list("to", flat=True))
    assert {name for name, user in house.items() if user.email in to} == reached


def test_digest_comes_once_a_week_and_counts(department, house):
    advice_asked(department, date(2026, 5, 18), amount=3)

    for days in range(14):
        reminders.remind(at=at(date(2026, 5, 18) + timedelta(days=days)))

    found = list(mails(to=house["contact"].email))
    assert [timezone.localdate(each.queued_at) for each in found] == [
        date(2026, 5, 18),
        date(2026, 5, 25),
    ]
    assert "3 Anliegen" in found[0].body
    assert "3 davon sind überfällig." in found[1].body
    assert "/emails-an-mich/" in found[1].body


def test_digest_leaves_out_what_is_advised_on_or_decided(department, house):
    submission = advice_asked(department, date(2026, 5, 18), amount=2)
    first, second = submission.points.order_by("number")
    actions.give_advice(
        point=first,
        department=department,
        recommendation=Outcome.TAKEN_UP,
        text="Ja.",
        by=house["contact"],
        at=factories.AFTER_CLOSING,
    )
    factories.declined(second)

    assert reminders.remind(at=at(date(2026, 5, 18))) == 0


def test_digest_is_not_sent_to_who_does_not_want_it(department, house):
    advice_asked(department, date(2026, 5, 18))
    reminders.choose_mails(
        user=house["contact"], wants_digest=False, language="de", at=factories.AFTER_CLOSING
    )

    assert reminders.remind(at=at(date(2026, 5, 18))) == 0


def test_secretariat_is_reminded_of_results_after_thirty_days(consultation, organisation):
    secretary = factories.make_secretary()
    early, late = CLOSES + timedelta(days=29), CLOSES + timedelta(days=30)

    reminders.remind(at=at(early))
    before = mails(to=secretary.email).count()
    reminders.remind(at=at(late))

    found = mails(to=secretary.email).get()
    assert (before, found.subject) == (0, "Ihre Übersicht der Woche")
    assert f"/beteiligung/{consultation.number}/ergebnis-veroeffentlichen/" in found.body


def test_digest_and_reminder_of_one_day_are_one_mail(department, house):
    organisation, consultation = factories.make_organisation(), factories.make_consultation()
    invited(consultation, organisation)
    factories.make_mandate(Mandate.Kind.MEMBER, user=house["contact"], organisation=organisation)
    advice_asked(department, CLOSES)

    reminders.remind(at=at(CLOSES))

    assert mails(to=house["contact"].email).get().subject == "Erinnerung: 2 Aufgaben"


class Killed(Exception):  # noqa: N818 – it stands for a signal
    """The worker is gone."""


def remind_until_killed(now, mails_before, monkeypatch):
    """Run the reminders and die while the next mail is written."""
    left, queue = [mails_before], mail.queue

    def dying(**values):
        written = queue(**values)
        if not left[0]:
            raise Killed
        left[0] -= 1
        return written

    with monkeypatch.context() as patched:
        patched.setattr(mail, "queue", dying)
        with suppress(Killed):
            reminders.remind(at=now)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("runs"), st.sampled_from([0, 1, 5])),
        st.tuples(st.just("hours"), st.integers(-96, 24 * 14)),
        st.tuples(st.just("killed"), st.integers(0, 3)),
        st.tuples(st.just("hands in"), st.integers(0, 2)),
    ),
    max_size=25,
)


@given(steps=STEPS)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_each_mail_is_written_once_whatever_happens(steps, department, house, monkeypatch):
    with transaction.atomic():
        play(steps, department, monkeypatch)
        transaction.set_rollback(True)


def play(steps, department, monkeypatch):
    advice_asked(department, CLOSES - timedelta(days=20))
    consultation = factories.make_consultation()
    organisations = [factories.make_organisation() for _ in range(3)]
    for each in organisations:
        invited(consultation, each)
        factories.make_member(each)
    now, handed_in = at(OPENS), {}
    for step, value in steps:
        if step == "runs":
            for _run in range(value):
                reminders.remind(at=now)
        elif step == "hours":
            now += timedelta(hours=value)
        elif step == "killed":
            remind_until_killed(now, value, monkeypatch)
        elif value not in handed_in and OPENS <= now.date() <= CLOSES:
            handed_in[value] = OutgoingMail.objects.count()
            factories.make_submission(consultation, organisation=organisations[value], at=now)
            OutgoingMail.objects.filter(subject__contains="Quittung").delete()
    check(consultation, organisations, handed_in)


def check(consultation, organisations, handed_in):
    written = list(mails(reminders__isnull=False).distinct())
    per_day = Counter((each.to, timezone.localdate(each.queued_at)) for each in written)
    per_week = Counter(
        (each.to, timezone.localdate(each.queued_at).isocalendar()[:2])
        for each in written
        if "Übersicht der Woche" in each.body
    )
    things = Counter(
        (each.to, consultation.number, paragraph)
        for each in written
        for paragraph in each.body.split("\n\n")
        if f"/beteiligung/{consultation.number}/mitmachen/" in paragraph
    )
    assert max([0, *per_day.values()]) <= 1
    assert max([0, *per_week.values()]) <= 1
    # Seven and two days before the end the same is said, so twice at most; all else once.
    assert max([0, *things.values()]) <= 2
    keys = ReminderSent.objects.exclude(key__startswith="day").exclude(key__startswith="week")
    assert keys.count() == sum(things.values())
    for place, before in handed_in.items():
        name = organisations[place].name
        assert all(name not in each.body for each in written[before:])
