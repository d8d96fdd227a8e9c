"""The inbox after decisions: replies, answers, maintained points, points that come back."""

from datetime import date

import pytest

from mitplan.participation import actions
from mitplan.participation.models import Objection, Outcome, ReasonCode, SentReply
from mitplan.web.queries.tasks import tasks_for
from tests import factories
from tests.factories import AFTER_CLOSING

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    consultation = factories.make_consultation()
    point = factories.declined(factories.make_point(consultation))
    consultation = actions.publish_results(
        consultation=consultation, by=factories.make_secretary(), at=AFTER_CLOSING
    )
    point = type(point).objects.get(pk=point.pk)
    assert point.submission.consultation == consultation
    return point


def titles(user, at=AFTER_CLOSING):
    return [task.title for task in tasks_for(user, at)]


def send(point):
    return actions.send_reply(
        consultation=point.submission.consultation,
        organisation=point.submission.organisation,
        route=SentReply.Route.MAIL,
        by=factories.make_secretary(),
        at=AFTER_CLOSING,
    )


def deferred(point, department=None):
    actions.decide(
        point=point,
        values=actions.DecisionValues(
            outcome=Outcome.DEFERRED,
            reason_code=ReasonCode.MORE_WORK,
            sentence="Das Ressort prüft.",
            owner="Ressort",
            owner_department=department,
            review_on=date(2026, 5, 20),
        ),
        by=factories.make_secretary(),
        at=AFTER_CLOSING,
    )


def test_secretariat_is_told_who_has_no_reply_until_it_is_sent(published, time_machine):
    time_machine.move_to(AFTER_CLOSING, tick=False)
    secretary = factories.make_secretary()
    before = titles(secretary)

    send(published)

    title = f"Antworten versenden: {published.submission.consultation.title}"
    assert title in before
    assert title not in titles(secretary)


def test_member_is_asked_to_answer_until_every_decision_is_answered(published, time_machine):
    time_machine.move_to(AFTER_CLOSING, tick=False)
    member = factories.make_member(published.submission.organisation)
    send(published)
    [task] = [each for each in tasks_for(member, AFTER_CLOSING) if "antworten" in each.title]

    actions.answer_decision(
        point=published,
        stance=Objection.Stance.ACCEPTED,
        reason="",
        seat=factories.make_seat(published.submission.organisation, member),
        at=AFTER_CLOSING,
    )

    assert task.due_on == date(2026, 5, 25)
    assert [each for each in titles(member) if "antworten" in each] == []


def test_maintained_point_without_a_sitting_is_in_the_inbox(published, time_machine):
    time_machine.move_to(AFTER_CLOSING, tick=False)

    actions.answer_decision(
        point=published,
        stance=Objection.Stance.MAINTAINED,
        reason="Wir bleiben dabei.",
        seat=factories.make_seat(published.submission.organisation),
        at=AFTER_CLOSING,
    )

    title = "Sitzung ansetzen: aufrechterhaltene Anliegen warten"
    assert title in titles(factories.make_secretary())


def test_deferred_point_comes_back_to_its_department_and_the_secretariat(time_machine):
    time_machine.move_to(AFTER_CLOSING, tick=False)
    department = factories.make_department()
    point = factories.make_point()
    deferred(point, department)

    title = f"Wiedervorlage: Anliegen {point.number}"
    assert title in titles(factories.make_department_contact(department))
    assert title in titles(factories.make_secretary())
    assert title not in titles(factories.make_department_contact())


def test_department_advises_on_what_it_is_asked_first(time_machine):
    time_machine.move_to(AFTER_CLOSING, tick=False)
    asked, other = factories.make_department(), factories.make_department()
    actions.ask_advice(
        point=factories.make_point(),
        department=asked,
        due_on=date(2026, 5, 20),
        by=factories.make_secretary(),
        at=AFTER_CLOSING,
    )

    [task] = tasks_for(factories.make_department_contact(asked), AFTER_CLOSING)

    assert task.due_on == date(2026, 5, 20)
    assert tasks_for(factories.make_department_contact(other), AFTER_CLOSING) == []


def test_prepared_round_is_offered_the_points_on_which_work_goes_on(time_machine):
    time_machine.move_to(AFTER_CLOSING, tick=False)
    point = factories.make_point()
    deferred(point)
    edition = point.submission.consultation.edition
    prepared = factories.make_consultation(edition, opened=False)
    secretary = factories.make_secretary()
    title = f"Mitnehmen: {prepared.title}"
    before = titles(secretary)

    point.refresh_from_db()
    actions.carry_points(consultation=prepared, points=[point], by=secretary, at=AFTER_CLOSING)

    assert title in before
    assert title not in titles(secretary)
