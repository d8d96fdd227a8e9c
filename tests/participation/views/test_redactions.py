"""Words the public may not read: blacked out everywhere, with a reason, and still provable."""

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from mitplan.common import audit
from mitplan.participation.models import Point, Redaction
from mitplan.web.queries.proofs import first_forgery
from tests import factories
from tests.participation.conftest import client_of
from tests.participation.views.test_replies import words

pytestmark = pytest.mark.django_db
SECRET = "Kurse sollen"


@pytest.fixture(autouse=True)
def _after_closing():
    with time_machine.travel(factories.AFTER_CLOSING, tick=False):
        yield


@pytest.fixture
def point(consultation):
    return factories.make_point(consultation)


def redact(client, point, **values):
    data = {
        "place": f"text-{point.pk}",
        "words": SECRET,
        "ground": "personal",
        "reason": "Nennt eine Privatperson.",
    }
    return client.post(
        f"/stellungnahme/{point.submission.number}/schwaerzen/", data | values, follow=True
    )


def test_blackened_words_are_read_by_nobody_outside_and_the_reason_by_all(
    secretary_client, client, point
):
    response = redact(secretary_client, point)

    assert "Kurse sollen auch abends" in words(response)
    page = words(client.get(point.get_absolute_url()))
    assert "[geschwärzt] auch abends stattfinden." in page
    assert "Nennt eine Privatperson." in page
    for address in (
        "/anliegen/",
        "/anliegen/?format=csv",
        "/anliegen/?format=json",
        point.submission.get_absolute_url(),
        "/beteiligung/1/abwaegungstabelle/",
    ):
        assert SECRET not in client.get(address).getvalue().decode()


def test_fingerprints_and_record_hold_after_a_redaction(secretary_client, point):
    redact(secretary_client, point)
    redact(secretary_client, point, words="abends")

    assert first_forgery() is None
    assert audit.first_break() is None


def test_text_that_was_changed_beside_a_redaction_is_still_found_out(secretary_client, point):
    redact(secretary_client, point)
    Redaction.objects.update(original="Etwas anderes.")

    assert first_forgery().kind == "submission"


def test_original_is_erased_for_good_and_the_record_holds(secretary_client, point):
    redact(secretary_client, point)
    redaction = Redaction.objects.get()

    page = words(
        secretary_client.post(
            f"/stellungnahme/{point.submission.number}/schwaerzen/{redaction.pk}/loeschen/",
            follow=True,
        )
    )

    redaction.refresh_from_db()
    assert redaction.original == ""
    assert "endgültig gelöscht" in page
    assert "Kurse sollen" not in page
    assert first_forgery() is None
    assert audit.first_break() is None


def test_words_that_are_not_there_are_refused(secretary_client, point):
    response = redact(secretary_client, point, words="Davon steht nichts da")

    assert response.status_code == 422
    assert "«Davon steht nichts da» steht dort nicht." in words(response)
    assert not Redaction.objects.exists()


def test_table_is_guarded_again_after_a_redaction(secretary_client, point):
    redact(secretary_client, point)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE participation_point SET text = 'x'")

    assert Point.objects.get().text.startswith("[geschwärzt]")


def test_letter_is_blackened_with_the_blocks_cut_from_it(secretary_client, client, consultation):
    letter = factories.make_letter(consultation)

    response = secretary_client.post(
        f"/stellungnahme/{letter.number}/schwaerzen/",
        {"place": "letter", "words": "Damen und Herren", "ground": "secret", "reason": "Geheim."},
        follow=True,
    )

    assert "Geschwärzt." in words(response)
    page = words(client.get(letter.get_absolute_url()))
    assert "Sehr geehrte [geschwärzt]" in page
    assert "Betriebs- oder Geschäftsgeheimnis. Geheim." in page


def test_nobody_else_may_redact(point):
    member = client_of(factories.make_member())

    assert redact(member, point).status_code == 403
