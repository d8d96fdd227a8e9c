"""Where it is noted, read and answered that further organisations signed a submission."""

import io
import re

import pytest
from django.urls import reverse
from docx import Document

from mitplan.common.models import OutgoingMail
from mitplan.participation import actions
from mitplan.participation.models import CoSigner, SentReply, Submission
from mitplan.participation.queries.replies import EVERYTHING, points_to_answer, replies
from mitplan.participation.queries.sent_replies import address_of, reply_rows
from tests import factories
from tests.counting import statements
from tests.participation.conftest import client_of
from tests.reading import rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_closing")]


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def submission(consultation):
    submitter = factories.make_organisation(name="Bündnis Mitte")
    return factories.make_submission(consultation, organisation=submitter, points=2)


@pytest.fixture
def other(db):
    return factories.make_organisation(name="Verein Nord", place="Kassel")


@pytest.fixture
def cosigned(submission, other):
    sign(submission, other)
    return submission


def sign(submission, organisation):
    return actions.add_cosigner(
        submission=submission,
        organisation=organisation,
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )


def publish(submission):
    for point in submission.points.order_by("position"):
        factories.declined(point)
    return actions.publish_results(
        consultation=submission.consultation,
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )


def send(consultation, organisation):
    return actions.send_reply(
        consultation=consultation,
        organisation=organisation,
        route=SentReply.Route.MAIL,
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )


def address(submission):
    return reverse("participation:add_cosigner", args=[submission.number])


def test_submission_point_and_export_name_who_signed(client, cosigned):
    point = cosigned.points.first()
    pages = [cosigned.get_absolute_url(), point.get_absolute_url()]

    found = ["Mitunterzeichnet von Verein Nord" in text_of(client.get(page)) for page in pages]
    rows = rows_of(client.get("/anliegen/?format=csv"))

    assert found == [True, True]
    assert [row["Mitunterzeichnende"] for row in rows] == ["Verein Nord", "Verein Nord"]


def test_page_offers_the_secretariat_to_add_who_signed(secretary_client, client, submission, other):
    page = submission.get_absolute_url()

    answer = secretary_client.post(address(submission), {"organisation": other.pk}, follow=True)

    assert "Verein Nord ist als Mitunterzeichnende eingetragen." in text_of(answer)
    assert CoSigner.objects.get().organisation == other
    assert "Mitunterzeichnende eintragen" in text_of(answer)
    assert "Mitunterzeichnende eintragen" not in text_of(client.get(page))


def test_page_says_why_somebody_cannot_sign(secretary_client, submission):
    own = {"organisation": submission.organisation_id}

    answer = secretary_client.post(address(submission), own, follow=True)

    assert "Bündnis Mitte hat die Stellungnahme selbst abgegeben" in text_of(answer)
    assert CoSigner.objects.count() == 0


def test_page_asks_for_an_organisation_of_the_list(secretary_client, submission):
    answer = secretary_client.post(address(submission), {"organisation": "0"}, follow=True)

    assert "Bitte eine Organisation aus der Liste wählen." in text_of(answer)


def test_page_offers_nothing_after_the_results(secretary_client, submission):
    publish(submission)

    answer = secretary_client.get(submission.get_absolute_url())

    assert "Mitunterzeichnende eintragen" not in text_of(answer)


def test_record_takes_who_signed_with_the_letter(secretary_client, consultation, other):
    writer = factories.make_organisation()
    values = {
        "organisation": writer.pk,
        "cosigners": [other.pk],
        "route": "letter",
        "letter": "Wir bitten um mehr Busse.",
        "zeilen": "3",
    }

    secretary_client.post(reverse("participation:record", args=[consultation.number]), values)

    assert Submission.objects.get().cosigners.get().organisation == other


def test_each_who_signed_gets_a_reply_of_its_own(cosigned):
    points = points_to_answer(cosigned.consultation)

    found = list(replies(points, cosigned.consultation, EVERYTHING))

    assert [(each.organisation, len(each.lines)) for each in found] == [
        ("Bündnis Mitte", 2),
        ("Verein Nord", 2),
    ]
    assert len({each.filename for each in found}) == 2
    rows = reply_rows(cosigned.consultation)
    assert [(row.submitter.name, row.submitter.points) for row in rows] == [
        ("Bündnis Mitte", 2),
        ("Verein Nord", 2),
    ]


def test_who_handed_in_and_signed_gets_one_reply_to_all(consultation, cosigned, other):
    own = factories.make_submission(consultation, organisation=other)

    found = list(replies(points_to_answer(consultation), consultation, EVERYTHING))

    assert [(each.organisation, len(each.lines)) for each in found] == [
        ("Bündnis Mitte", 2),
        ("Verein Nord", 3),
    ]
    assert own in found[1].submissions
    assert [row.submitter.points for row in reply_rows(consultation)] == [2, 3]


def test_letter_to_who_signed_is_addressed_to_it(secretary_client, cosigned, other):
    place = reverse("participation:reply_letter", args=[cosigned.consultation.number, other.pk])

    content = secretary_client.get(f"{place}?format=docx").content

    text = "\n".join(each.text for each in Document(io.BytesIO(content)).paragraphs)
    assert "Verein Nord" in text
    assert "Kassel" in text
    assert "2. Anliegen 1-001-02" in text


def test_who_signed_reads_the_reply_and_leaves_the_answer_to_the_submitter(client, cosigned, other):
    consultation = publish(cosigned)

    sent = send(consultation, other)
    page = text_of(client.get(address_of(sent)))

    body = OutgoingMail.objects.get(pk=sent.mail_id).body
    assert (sent.points, "die Verein Nord mitunterzeichnet hat" in body) == (2, True)
    assert "Ihre Organisation hat mitunterzeichnet." in page
    assert "Antworten speichern" not in page
    assert [row.silent for row in reply_rows(cosigned.consultation)] == [0, 0]


@pytest.mark.parametrize("page", ["submission", "export", "replies"])
def test_pages_take_the_same_statements_for_any_number_who_signed(submission, page):
    client = client_of(factories.make_secretary())
    pages = {
        "submission": submission.get_absolute_url(),
        "export": "/anliegen/?format=csv",
        "replies": reverse("participation:reply_letters", args=[submission.consultation.number]),
    }
    counts = []
    for amount in (10, 90):
        for _ in range(amount):
            sign(submission, factories.make_organisation())
        counts.append(statements(client, pages[page]))

    assert counts[0] == counts[1]
