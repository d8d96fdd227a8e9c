"""The inbox: what is due for whom, each with the page where it is done."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mitplan.accounts.models import User
from mitplan.common.models import AuditEntry, OutgoingMail
from mitplan.conference.models import AgendaItem, Mandate, Paper
from mitplan.participation import actions as participation
from mitplan.participation.models import Invitation, Outcome, Point, ReasonCode, Submission
from mitplan.participation.queries.consultations import consultation_rows
from mitplan.web.queries.letters import letters_to_cut
from mitplan.web.queries.tasks import Task, tasks_for
from tests import factories

pytestmark = pytest.mark.django_db
NOW = factories.WHILE_OPEN


def tasks_of(user, now=NOW):
    """What a person would see, read anew."""
    return tasks_for(User.objects.get(pk=user.pk), now)


def titles(user, now=NOW):
    return [task.title for task in tasks_of(user, now)]


def invited(consultation, organisation, by, at=factories.OPENED):
    participation.invite(
        consultation=consultation,
        organisations=[organisation],
        route=Invitation.Route.MAIL,
        by=by,
        at=at,
    )


def test_secretariat_opens_what_is_prepared(secretary):
    consultation = factories.make_consultation(opened=False)

    assert tasks_of(secretary) == [
        Task(
            "Eröffnen: Beteiligung zum Plan",
            f"/beteiligung/{consultation.number}/eroeffnen/",
            "",
            "Geschäftsstelle",
            factories.OPENS_ON,
        )
    ]


def test_secretariat_invites_while_nobody_is_invited(secretary):
    consultation = factories.make_consultation()
    organisation = factories.make_organisation()

    before = titles(secretary)
    invited(consultation, organisation, secretary)

    assert (before, titles(secretary)) == (["Einladen: Beteiligung zum Plan"], [])


def test_secretariat_decides_then_publishes(secretary):
    consultation = factories.make_consultation()
    invited(consultation, factories.make_organisation(), secretary)
    point = factories.make_point(consultation)
    after = factories.AFTER_CLOSING

    undecided = tasks_of(secretary, after)
    factories.declined(point)
    decided = tasks_of(secretary, after)
    participation.publish_results(consultation=consultation, by=secretary, at=after)

    assert [(task.title, task.url, task.reason) for task in undecided] == [
        (
            "Entscheiden: Beteiligung zum Plan",
            f"/anliegen/?runde={consultation.number}&stand=undecided",
            "1 Anliegen noch nicht entschieden",
        )
    ]
    assert [task.url for task in decided] == [
        f"/beteiligung/{consultation.number}/ergebnis-veroeffentlichen/"
    ]
    assert [task.url for task in tasks_of(secretary, after)] == [
        f"/beteiligung/{consultation.number}/antwortschreiben/"
    ]


def test_secretariat_sees_deferred_points_two_weeks_ahead(secretary):
    point = factories.make_point()
    participation.decide(
        point=point,
        values=participation.DecisionValues(
            outcome=Outcome.DEFERRED,
            reason_code=ReasonCode.MORE_WORK,
            sentence="Das wird geprüft.",
            owner="Musterressort",
            review_on=date(2026, 7, 1),
        ),
        by=secretary,
        at=factories.AFTER_CLOSING,
    )
    wanted = f"Wiedervorlage: Anliegen {point.number}"

    early = titles(secretary, datetime(2026, 6, 16, 12, tzinfo=factories.BERLIN))
    in_time = tasks_of(secretary, datetime(2026, 6, 17, 12, tzinfo=factories.BERLIN))

    assert wanted not in early
    assert [(task.url, task.due_on) for task in in_time if task.title == wanted] == [
        (f"/anliegen/{point.number}/entscheiden/", date(2026, 7, 1))
    ]


def test_secretariat_settles_conflicts_in_the_draft(secretary):
    consultation = factories.make_consultation()
    invited(consultation, factories.make_organisation(), secretary)
    first, second = (contradiction(consultation, word) for word in ("Abend", "Wochenende"))
    slug = consultation.edition.plan.slug

    factories.taken_up(first)
    alone = [task.url for task in tasks_of(secretary) if slug in task.url]
    factories.taken_up(second)

    assert alone == []
    (conflict,) = [task for task in tasks_of(secretary) if slug in task.url]
    assert conflict.url.startswith(f"/plan/{slug}/arbeitsfassung/#k-")
    assert conflict.title == f"Konflikt lösen: Textstelle {first.passage.number}"


def contradiction(consultation, word):
    """A point that puts another word where the morning stands."""
    seat, at = factories.make_seat(), factories.WHILE_OPEN
    submission = participation.begin_submission(consultation=consultation, seat=seat, at=at)
    values = participation.PointValues(
        kind=Point.Kind.AMENDMENT,
        text=f"Kurse am {word}",
        passage=factories.passage_of(consultation.edition, "Sprachkurse"),
        proposal=Point.Proposal.REWORD,
        proposed_text=f"Das Land fördert Sprachkurse am {word}.",
    )
    participation.save_point(submission=submission, values=values, seat=seat, at=at)
    return participation.hand_in(submission=submission, seat=seat, at=at).points.get()


def test_missing_papers_are_due_with_the_notice_of_the_body(secretary):
    sitting = factories.make_sitting(on="2026-05-05", body=factories.make_body())
    sitting.body.notice_working_days = 10
    sitting.body.save()
    AgendaItem.objects.create(
        sitting=sitting, number=1, title="Plan", role=AgendaItem.Role.DECISION
    )

    (task,) = tasks_of(secretary)

    assert task.title == "Vorlagen versenden: Sitzung am 5. Mai 2026"
    assert (task.url, task.due_on) == (sitting.get_absolute_url(), date(2026, 4, 19))


def test_late_paper_is_named_until_the_sitting(secretary):
    sitting = factories.make_sitting(on="2026-05-05")
    item = AgendaItem.objects.create(
        sitting=sitting, number=1, title="Kosten", role=AgendaItem.Role.DISCUSSION
    )
    Paper.objects.create(agenda_item=item, title="Tischvorlage", sent_on=date(2026, 5, 4))

    before = titles(secretary)
    after = titles(secretary, datetime(2026, 5, 6, 9, tzinfo=factories.BERLIN))

    assert (before, after) == (["Späte Vorlage: Tischvorlage"], [])


def test_chair_sees_the_papers_of_sittings_only():
    body = factories.make_body()
    chair = factories.make_mandate(Mandate.Kind.CHAIR, body=body).user
    factories.make_consultation(opened=False)
    sitting = factories.make_sitting(on="2026-05-05", body=body)
    AgendaItem.objects.create(
        sitting=sitting, number=1, title="Plan", role=AgendaItem.Role.DECISION
    )

    assert titles(chair) == ["Vorlagen versenden: Sitzung am 5. Mai 2026"]


def test_member_takes_part_while_the_window_is_open():
    organisation = factories.make_organisation()
    member = factories.make_member(organisation)
    consultation = factories.make_consultation()

    (task,) = tasks_of(member)

    assert task == Task(
        "Stellung nehmen: Beteiligung zum Plan",
        f"/beteiligung/{consultation.number}/mitmachen/",
        "Sie haben noch 35 Arbeitstage.",
        organisation.name,
        factories.CLOSES_ON,
    )
    assert tasks_of(member, factories.AFTER_CLOSING) == []


def test_members_read_the_last_day_of_their_own_organisation(secretary):
    consultation = factories.make_consultation()
    late, other = factories.make_organisation(), factories.make_organisation()
    later = factories.CLOSES_ON + timedelta(days=7)
    participation.extend_for_one(
        consultation=consultation,
        organisation=late,
        closes_on=later,
        reason="Der Vorstand tagt erst danach.",
        by=secretary,
        at=NOW,
    )
    people = [factories.make_member(late), factories.make_member(other)]

    during = [task.due_on for person in people for task in tasks_of(person)]
    on_the_last = NOW + (later - NOW.date())
    after = [titles(person, on_the_last) for person in people]

    assert during == [later, factories.CLOSES_ON]
    assert after == [["Stellung nehmen: Beteiligung zum Plan"], []]


def test_member_goes_on_with_a_draft_and_is_done_with_the_hand_in():
    organisation = factories.make_organisation()
    member = factories.make_member(organisation)
    consultation = factories.make_consultation()
    seat = factories.make_seat(organisation)
    submission = participation.begin_submission(consultation=consultation, seat=seat, at=NOW)

    drafting = titles(member)
    participation.save_point(
        submission=submission,
        values=factories.amendment_values(consultation.edition),
        seat=seat,
        at=NOW,
    )
    participation.hand_in(submission=submission, seat=seat, at=NOW)

    assert drafting == ["Weiterschreiben und abgeben: Beteiligung zum Plan"]
    assert titles(member) == []


def test_department_advises_on_undecided_points_once():
    department = factories.make_department()
    contact = factories.make_department_contact(department)
    consultation = factories.make_consultation()
    point = factories.make_point(consultation)

    (task,) = tasks_of(contact)
    participation.give_advice(
        point=point,
        department=department,
        recommendation=Outcome.TAKEN_UP,
        text="Fachlich begründet.",
        by=contact,
        at=NOW,
    )

    assert (task.title, task.reason) == (
        "Fachvotum abgeben: Beteiligung zum Plan",
        "1 Anliegen ohne Votum Ihres Ressorts",
    )
    assert task.url == f"/anliegen/?runde={consultation.number}&stand=undecided"
    assert tasks_of(contact) == []


def test_undelivered_mails_lead_to_their_round_or_to_their_own_page(secretary):
    consultation = factories.make_consultation()
    invited(consultation, factories.make_organisation(), secretary)
    OutgoingMail.objects.update(state=OutgoingMail.State.FAILED)
    failed_mail()
    administrator = factories.make_user(User.Office.ADMINISTRATOR)

    found = [(task.title, task.url) for task in tasks_of(administrator)]

    assert sorted(found) == [
        ("Nicht zugestellte Einladungen", f"/beteiligung/{consultation.number}/einladungen/"),
        ("Nicht zugestellte Nachrichten", "/aufgaben/nicht-zugestellt/"),
    ]


def failed_mail(number=1):
    return OutgoingMail.objects.create(
        to=f"verein{number}@example.org",
        subject=f"Quittung {number}",
        body="Guten Tag",
        state=OutgoingMail.State.FAILED,
        problem="550 unbekannt",
        queued_at=factories.LONG_AGO,
    )


def test_undelivered_mail_is_sent_once_more(secretary_client, django_capture_on_commit_callbacks):
    mail = failed_mail()
    page = secretary_client.get("/aufgaben/nicht-zugestellt/").text

    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        secretary_client.post(f"/aufgaben/nicht-zugestellt/{mail.pk}/")
        secretary_client.post(f"/aufgaben/nicht-zugestellt/{mail.pk}/")

    mail.refresh_from_db()
    assert "550 unbekannt" in page
    assert mail.state == OutgoingMail.State.QUEUED
    assert len(callbacks) == 1
    assert AuditEntry.objects.get().event == "web.mail.sent_again"


def test_pressing_tasks_come_first_and_overdue_ones_stand_apart(secretary):
    factories.make_sitting(on="2026-03-20")
    item = AgendaItem.objects.create(
        sitting=factories.make_sitting(on="2026-03-12"),
        number=1,
        title="Plan",
        role=AgendaItem.Role.DECISION,
    )
    factories.make_consultation(opened=False)
    client = Client()
    client.force_login(secretary)

    with time_machine.travel(NOW):
        response = client.get("/aufgaben/")

    overdue, rest = response.context["overdue"], response.context["tasks"]
    assert [task.url for task in overdue] == [
        item.sitting.get_absolute_url(),
        "/beteiligung/1/eroeffnen/",
    ]
    assert rest == []


def test_person_without_tasks_reads_what_will_stand_here():
    client = Client()
    client.force_login(factories.make_user())

    assert "Zurzeit ist nichts zu tun." in client.get("/aufgaben/").text


def test_inbox_asks_strangers_to_sign_in():
    response = Client().get("/aufgaben/")

    assert response.headers["Location"] == "/konto/login/?next=/aufgaben/"


def statements(user):
    client = Client()
    client.force_login(user)
    with time_machine.travel(NOW), CaptureQueriesContext(connection) as queries:
        assert client.get("/aufgaben/").status_code == 200
    return len(queries)


def fill(size, secretary, organisation):
    """A house at work: points, sittings with papers, failed mails, submissions of an organisation."""
    consultation = factories.make_consultation()
    factories.make_submission(consultation, organisation=organisation, points=size)
    body = factories.make_body()
    for number in range(size):
        sitting = factories.make_sitting(
            on=f"{date(2026, 5, 5) + timedelta(days=number)}", body=body
        )
        item = AgendaItem.objects.create(
            sitting=sitting, number=1, title="Plan", role=AgendaItem.Role.DECISION
        )
        Paper.objects.create(agenda_item=item, title=f"Vorlage {number}", sent_on=date(2026, 5, 4))
        failed_mail(number)


@pytest.mark.parametrize("role", ["secretary", "member", "contact", "administrator"])
def test_inbox_asks_as_often_for_100_things_as_for_10(role, secretary):
    organisation = factories.make_organisation()
    people = {
        "secretary": secretary,
        "member": factories.make_member(organisation),
        "contact": factories.make_department_contact(),
        "administrator": factories.make_user(User.Office.ADMINISTRATOR),
    }
    for person in people.values():
        person.last_visit_at = NOW - timedelta(days=60)
        person.save()

    fill(10, secretary, organisation)
    few = statements(people[role])
    fill(100, secretary, organisation)
    people[role].last_visit_at = NOW - timedelta(days=60)
    people[role].save()

    assert statements(people[role]) == few


def letter_in(consultation):
    return participation.record_submission(
        consultation=consultation,
        organisation=factories.make_organisation(),
        route=Submission.Route.LETTER,
        letter="Wir haben eine Bitte.\n\nUnd noch eine.",
        points=[],
        by=factories.make_secretary(),
        at=NOW,
    )


def test_secretariat_cuts_letters_the_first_one_first(secretary):
    consultation = factories.make_consultation()
    first, _second = letter_in(consultation), letter_in(consultation)

    [task] = [each for each in tasks_of(secretary) if each.title.startswith("Schreiben aufteilen")]

    assert task == Task(
        "Schreiben aufteilen: Beteiligung zum Plan",
        f"/stellungnahme/{first.number}/aufteilen/",
        "2 Schreiben sind noch nicht ganz in Anliegen aufgeteilt.",
        "Geschäftsstelle",
    )


@pytest.mark.parametrize("amount", [2, 12])
def test_letters_to_cut_are_counted_in_one_statement(secretary, amount, django_assert_num_queries):
    for _round in range(amount):
        letter_in(factories.make_consultation())
    rounds = consultation_rows(NOW, with_prepared=True)

    with django_assert_num_queries(1):
        assert len(list(letters_to_cut(rounds))) == amount


def test_results_are_due_thirty_days_after_the_last_day(secretary):
    consultation = factories.make_consultation()
    factories.declined(factories.make_point(consultation))

    due = {task.url: task.due_on for task in tasks_of(secretary, factories.AFTER_CLOSING)}

    address = f"/beteiligung/{consultation.number}/ergebnis-veroeffentlichen/"
    assert due[address] == date(2026, 5, 30)


def test_superseded_bounce_of_an_invitation_is_no_task_any_more(secretary):
    consultation = factories.make_consultation()
    invited(consultation, factories.make_organisation(), secretary)
    OutgoingMail.objects.update(state=OutgoingMail.State.BOUNCED)
    before = titles(secretary)

    participation.send_invitation_again(
        invitation=Invitation.objects.get(), by=secretary, at=factories.WHILE_OPEN
    )

    assert (before, titles(secretary)) == (["Nicht zugestellte Einladungen"], [])
