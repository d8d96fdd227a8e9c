"""The audit page: the end of the chain for everybody, entries without persons for a few."""

import pytest

from mitplan.accounts.models import User
from mitplan.common.models import AuditEntry, AuditHead
from tests import factories
from tests.publishing.test_reader import text_of
from tests.reading import rows_of

pytestmark = pytest.mark.django_db


def test_audit_shows_number_and_hash_to_everybody(client, consulted):
    head = AuditHead.objects.get()

    response = client.get("/protokoll/")

    assert dict(response.context["facts"][:2]) == {
        "Einträge": head.number,
        "Prüfsumme des letzten Eintrags (SHA-256)": head.hash,
    }
    assert "mitplan audit verify" in text_of(response)
    assert "table" not in response.context


def test_audit_of_an_empty_house_starts_with_nothing(client):
    assert client.get("/protokoll/?format=json").json() == {
        "number": 0,
        "hash": "0" * 64,
        "at": None,
    }


@pytest.mark.parametrize("office", [User.Office.SECRETARIAT, User.Office.ADMINISTRATOR])
def test_audit_shows_entries_without_persons_to_the_offices(client, consulted, office):
    person = factories.make_user(office, name="Geheimer Name")
    client.force_login(person)

    response = client.get("/protokoll/")

    newest = AuditEntry.objects.order_by("-number").first()
    assert response.context["table"].rows[0][0] == str(newest.number)
    assert response.context["table"].rows[0][2] == "participation.point.decided"
    assert "Geheimer Name" not in str(response.context["table"].rows)


def test_audit_as_csv_is_for_the_offices(client, secretary_client, consulted):
    rows = rows_of(secretary_client.get("/protokoll/?format=csv"))

    assert len(rows) == AuditEntry.objects.count()
    assert set(rows[0]) == {
        "number",
        "at",
        "event",
        "object_label",
        "object_id",
        "details_hash",
        "previous_hash",
        "hash",
    }
    assert client.get("/protokoll/?format=csv")["Content-Type"].startswith("text/html")


def test_audit_needs_as_many_statements_for_100_entries_as_for_10(secretary_client, statements):
    needed = []
    for number in (10, 90):
        for _act in range(number):
            factories.make_plan()
        needed.append(statements(lambda: secretary_client.get("/protokoll/")))

    assert needed[0] == needed[1]
