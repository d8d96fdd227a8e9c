"""The report of equal treatment: made from what is recorded, public with the results."""

from datetime import timedelta

import pytest
from django.test import Client

from mitplan.common.models import OutgoingMail
from mitplan.participation import actions as participation
from mitplan.participation.models import Invitation
from mitplan.publishing.queries.treatment import treatment_of
from tests import factories
from tests.reading import rows_of

pytestmark = pytest.mark.django_db


def invite(consultation, amount, category, at=factories.OPENED):
    organisations = [factories.make_organisation(category=category) for _ in range(amount)]
    participation.invite(
        consultation=consultation,
        organisations=organisations,
        route=Invitation.Route.MAIL,
        by=factories.make_secretary(),
        at=at,
    )
    return organisations


@pytest.fixture
def consultation(db):
    consultation = factories.make_consultation()
    later = factories.OPENED + timedelta(days=4)
    churches = invite(consultation, 6, "Kirchen")
    invite(consultation, 5, "Verbände", later)
    for each, days in zip(churches[:3], (2, 4, 9), strict=True):
        factories.make_submission(
            consultation, organisation=each, at=factories.OPENED + timedelta(days=days)
        )
    return consultation


@pytest.fixture
def published(consultation):
    for submission in consultation.submissions.all():
        for point in submission.points.all():
            factories.declined(point)
    return participation.publish_results(
        consultation=consultation, by=factories.make_secretary(), at=factories.AFTER_CLOSING
    )


def secretary_client():
    client = Client()
    client.force_login(factories.make_secretary())
    return client


def test_treatment_counts_spread_answers_and_days(consultation):
    overall = treatment_of(consultation).overall

    assert (overall.invited, overall.answered, overall.spread) == (11, 3, 4)
    assert overall.median_days == 4


def test_treatment_counts_what_came_back_and_was_sent_again(consultation):
    invitation = consultation.invitations.earliest("pk")
    OutgoingMail.objects.filter(invitation=invitation).update(state=OutgoingMail.State.BOUNCED)
    participation.send_invitation_again(
        invitation=invitation, by=factories.make_secretary(), at=factories.WHILE_OPEN
    )

    overall = treatment_of(consultation).overall

    assert (overall.bounced, overall.sent_again) == (1, 1)


def test_treatment_shows_no_group_that_is_too_small(consultation):
    invite(consultation, 1, "Einzelne")

    shown = {row.group: row.treated is not None for row in treatment_of(consultation).groups}

    assert shown == {"Einzelne": False, "Kirchen": True, "Verbände": False}


def test_report_is_the_offices_until_the_results_are_public(client, consultation):
    address = f"/ergebnis/{consultation.number}/gleichbehandlung/"

    assert client.get(address).status_code == 404
    assert "Nur für die Geschäftsstelle" in secretary_client().get(address).text


def test_report_is_public_with_the_results(client, published):
    address = f"/ergebnis/{published.number}/gleichbehandlung/"

    page = client.get(address).text

    assert published.edition.content_hash in page
    assert "Nur für die Geschäftsstelle" not in page
    assert address in client.get(f"/ergebnis/{published.number}/").text


@pytest.mark.parametrize("table", ["eckdaten", "gruppen", "fristen", "quoten", "ebenen"])
@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods"])
def test_every_table_is_to_be_had_as_a_file(client, published, table, ending):
    address = f"/ergebnis/{published.number}/gleichbehandlung/"

    response = client.get(address, {"tabelle": table, "format": ending})

    assert response.status_code == 200
    assert len(response.getvalue()) > 50


def test_file_of_the_groups_holds_what_the_page_shows(client, published):
    address = f"/ergebnis/{published.number}/gleichbehandlung/"

    rows = rows_of(client.get(address, {"tabelle": "gruppen", "format": "csv"}))

    assert [(row["Gruppe"], row["eingeladen"], row["haben geantwortet"]) for row in rows] == [
        ("Kirchen", "6", "50,0\xa0% (3 von 6)"),
        ("Verbände", "5", "0,0\xa0% (0 von 5)"),
    ]


def test_file_of_an_unknown_table_is_not_found(client, published):
    address = f"/ergebnis/{published.number}/gleichbehandlung/"

    assert client.get(address, {"tabelle": "x", "format": "csv"}).status_code == 404


@pytest.mark.parametrize("amount", [10, 100])
def test_report_asks_the_same_of_the_database_for_many(
    consultation, django_assert_num_queries, amount
):
    invite(consultation, amount, "Vereine")

    with django_assert_num_queries(4):
        treatment_of(consultation)
