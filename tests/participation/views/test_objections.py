"""The reply page with its answers, the list of replies sent, and the points of an agenda item."""

import re
from datetime import timedelta

import pytest
import time_machine

from mitplan.common.models import OutgoingMail
from mitplan.participation import actions
from mitplan.participation.models import AgendaPoint, Consultation, Objection, SentReply
from mitplan.participation.queries import sent_replies
from tests import factories
from tests.counting import statements
from tests.participation.conftest import client_of
from tests.participation.views.test_replies import words

pytestmark = pytest.mark.django_db
LETTERS = "/beteiligung/1/antwortschreiben/"


@pytest.fixture(autouse=True)
def _after_closing():
    with time_machine.travel(factories.AFTER_CLOSING, tick=False):
        yield


@pytest.fixture
def published(consultation):
    submission = factories.make_submission(consultation, points=2)
    for each in submission.points.all():
        factories.declined(each)
    actions.publish_results(
        consultation=consultation, by=factories.make_secretary(), at=factories.AFTER_CLOSING
    )
    return submission


def link_to(submission):
    sent = actions.send_reply(
        consultation=Consultation.objects.get(pk=submission.consultation_id),
        organisation=submission.organisation,
        route=SentReply.Route.MAIL,
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )
    return sent_replies.address_of(sent)


def answers(submission, *stances, reason="Berufstätige brauchen das."):
    data = {}
    for point, stance in zip(submission.points.order_by("position"), stances, strict=False):
        data[f"p{point.pk}-stance"] = stance
        data[f"p{point.pk}-reason"] = reason if stance == "maintained" else ""
    return data


def test_submitter_maintains_one_point_and_accepts_the_other_by_link(client, published):
    factories.make_sitting(on="2026-06-20")
    address = link_to(published)

    response = client.post(address, answers(published, "maintained", "accepted"), follow=True)

    assert "Ihre Antwort ist gespeichert." in words(response)
    stances = Objection.objects.order_by("point__position").values_list("stance", flat=True)
    assert list(stances) == ["maintained", "accepted"]
    first = published.points.get(position=1)
    page = words(client.get(first.get_absolute_url()))
    assert "aufrechterhalten" in page
    assert "Berufstätige brauchen das." in page
    assert "Auf der Tagesordnung: Musterkonferenz" in page


def test_maintaining_without_a_reason_keeps_nothing_and_says_why(client, published):
    response = client.post(link_to(published), answers(published, "maintained", reason=" "))

    assert response.status_code == 422
    assert "Bitte begründen, warum Sie das Anliegen aufrechterhalten." in words(response)
    assert not Objection.objects.exists()


def test_saying_the_same_again_changes_nothing(client, published):
    address = link_to(published)
    client.post(address, answers(published, "accepted"))
    before = Objection.objects.get().answered_at

    response = client.post(address, answers(published, "accepted"), follow=True)

    assert "Es gab nichts Neues zu speichern." in words(response)
    assert Objection.objects.get().answered_at == before


def test_wrong_link_opens_nothing(client, published):
    address = re.sub(r"/[0-9a-f]{32}/", f"/{'0' * 32}/", link_to(published))

    assert client.get(address).status_code == 404


def test_letter_can_be_fetched_behind_the_link(client, published):
    response = client.get(f"{link_to(published)}brief.docx")

    assert response["Content-Disposition"].startswith('attachment; filename="antwort-1-001-')


def test_silence_is_noted_after_the_last_day_and_nothing_can_be_answered(client, published):
    address = link_to(published)

    with time_machine.travel(factories.AFTER_CLOSING + timedelta(days=15), tick=False):
        page = words(client.get(address))
        response = client.post(address, answers(published, "accepted"))

    assert "Zu 2 Anliegen haben Sie sich nicht geäußert" in page
    assert "Antworten speichern" not in page
    assert response.status_code == 422
    assert "abgelaufen" in words(response)


def test_member_answers_with_the_mandate(published):
    member = client_of(factories.make_member(published.organisation))

    member.post("/beteiligung/1/mitmachen/antwort/", answers(published, "accepted"))

    assert Objection.objects.get().answered_as == "Mitglied"


def test_all_replies_leave_at_once_and_those_without_address_are_named(secretary_client, published):
    consultation = published.consultation
    nowhere = factories.make_organisation(name="Verein ohne Post", email="")
    with time_machine.travel(factories.WHILE_OPEN, tick=False):
        late = factories.make_consultation()
        other = factories.make_submission(late, organisation=nowhere)
    factories.declined(other.points.get())
    reachable = factories.make_submission(late)
    factories.declined(reachable.points.get())
    actions.publish_results(
        consultation=late, by=factories.make_secretary(), at=factories.AFTER_CLOSING
    )

    page = words(
        secretary_client.post(f"/beteiligung/{late.number}/antwortschreiben/senden/", follow=True)
    )

    assert "1 Antwort ist versandt." in page
    assert "Verein ohne Post hat keine E-Mail-Adresse." in page
    assert "1 ohne Rückmeldung" in page
    assert not consultation.sent_replies.exists()


def test_undelivered_reply_is_shown_and_can_be_sent_again(secretary_client, published):
    link_to(published)
    OutgoingMail.objects.update(state=OutgoingMail.State.BOUNCED, problem="550 unbekannt")
    address = f"{LETTERS}fuer-{published.organisation_id}/"

    before = words(secretary_client.get(LETTERS))
    page = words(secretary_client.post(f"{address}senden/", {"weg": "mail"}, follow=True))

    assert "1 Antwort ist nicht angekommen." in before
    assert "ist auf dem Weg." in page
    assert "zurückgekommen (550 unbekannt)" in page
    assert SentReply.objects.count() == 2


def test_replies_sent_come_as_a_file(secretary_client, published):
    link_to(published)

    text = secretary_client.get(f"{LETTERS}?format=csv").getvalue().decode()

    assert published.organisation.name in text
    assert published.organisation.email in text


def test_points_of_an_agenda_item_are_listed_and_linked_from_the_sitting(client, published):
    sitting = factories.make_sitting(on="2026-06-20")
    client.post(link_to(published), answers(published, "maintained"))
    item = AgendaPoint.objects.get().agenda_item

    page = words(client.get(f"/konferenz/top/{item.pk}/anliegen/"))
    file = client.get(f"/konferenz/top/{item.pk}/anliegen/?format=csv").getvalue().decode()

    assert "1-001-01" in page
    assert "Berufstätige brauchen das." in page
    assert "1-001-01" in file
    assert "1 Anliegen zu diesem Punkt" in words(client.get(sitting.get_absolute_url()))


def test_agenda_item_without_points_teaches(client):
    item = factories.make_agenda_item()

    page = words(client.get(f"/konferenz/top/{item.pk}/anliegen/"))

    assert "Kein Anliegen steht unter diesem Punkt." in page


def test_agenda_asks_the_same_of_the_database_for_many_points(client):
    needed = []
    for amount in (10, 100):
        consultation = factories.make_consultation()
        letter = factories.make_letter(consultation, amount)
        sitting = factories.make_sitting(on="2026-06-20")
        actions.put_on_agenda(
            points=letter.points.all(),
            sitting=sitting,
            cause=AgendaPoint.Cause.CONTESTED,
            by=factories.make_secretary(),
            at=factories.AFTER_CLOSING,
        )
        needed.append(
            statements(client, f"/konferenz/top/{sitting.agenda_items.get().pk}/anliegen/")
        )

    assert needed[0] == needed[1] <= 8


def test_reply_page_asks_the_same_of_the_database_for_many_points(client):
    needed = []
    for amount in (5, 50):
        consultation = factories.make_consultation()
        letter = factories.make_letter(consultation, amount)
        for each in letter.points.all():
            factories.declined(each)
        actions.publish_results(
            consultation=consultation, by=factories.make_secretary(), at=factories.AFTER_CLOSING
        )
        needed.append(statements(client, link_to(letter)))

    assert needed[0] == needed[1] <= 16
