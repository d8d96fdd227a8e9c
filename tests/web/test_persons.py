"""What is kept about a person: written out, erased, and the record holds."""

import json

import pytest
import time_machine

from mitplan.accounts.models import User
from mitplan.common import audit, triggers
from mitplan.common.models import AuditDetail, OutgoingMail
from mitplan.conference.models import Mandate
from mitplan.config.cli import main
from mitplan.participation import actions
from mitplan.participation.models import Submission
from mitplan.participation.permissions import seat_of
from mitplan.web.queries.personal_data import data_of
from mitplan.web.queries.proofs import first_forgery
from tests import factories
from tests.participation.conftest import client_of
from tests.participation.views.test_replies import words

pytestmark = pytest.mark.django_db
NAME, EMAIL = "Ayşe Beispiel", "ayse@example.org"


@pytest.fixture(autouse=True)
def _while_open():
    with time_machine.travel(factories.WHILE_OPEN, tick=False):
        yield


@pytest.fixture
def person(consultation):
    """A member who handed something in, got mail, and saved a selection."""
    organisation = factories.make_organisation()
    member = factories.make_member(organisation)
    member.name, member.email = NAME, EMAIL
    member.save()
    seat = seat_of(member, organisation)
    submission = actions.begin_submission(
        consultation=consultation, seat=seat, at=factories.WHILE_OPEN
    )
    Submission.objects.filter(pk=submission.pk).update(contact=EMAIL)
    submission.refresh_from_db()
    actions.save_point(
        submission=submission,
        values=factories.amendment_values(consultation.edition),
        seat=seat,
        at=factories.WHILE_OPEN,
    )
    submission.refresh_from_db()
    actions.hand_in(submission=submission, seat=seat, at=factories.WHILE_OPEN)
    return User.objects.get(pk=member.pk)


@pytest.fixture
def consultation(db):
    return factories.make_consultation()


@pytest.fixture
def administrator(db):
    return factories.make_user(User.Office.ADMINISTRATOR)


def test_export_holds_account_mandate_mail_and_submission_but_no_secret(person):
    data = data_of(person)

    assert data["person"]["email"] == EMAIL
    assert "password" not in data["person"]
    tables = data["tables"]
    assert {"conference.Mandate", "common.OutgoingMail", "participation.Submission"} <= set(tables)
    json.dumps(data)


def test_erased_person_is_named_nowhere_and_everything_still_holds(person, administrator):
    client_of(administrator).post(f"/personen/{person.pk}/loeschen/", {"verstanden": "on"})

    erased = User.objects.get(pk=person.pk)
    assert erased.name == f"Gelöschte Person {person.pk}"
    assert (erased.is_active, erased.office, erased.has_usable_password()) == (False, "", False)
    assert data_of(person)["tables"].keys() <= {
        "common.AuditDetail",
        "conference.Mandate",
        "participation.Submission",
    }
    assert not OutgoingMail.objects.filter(to=EMAIL).exists()
    assert Submission.objects.get().contact == f"person-{person.pk}@geloescht.invalid"
    assert Mandate.objects.get(user=person).ends_on == factories.WHILE_OPEN.date()
    assert audit.first_break() is None
    assert first_forgery() is None


def test_short_name_is_found_only_as_a_whole_word(person, administrator):
    namesake = factories.make_user(name="Al", email="al@example.org")
    other = "vertretung-al@example.org"
    with triggers.lifted(Submission):
        Submission._base_manager.update(person_role="Alle, Al und Albert")
    OutgoingMail.objects.update(to=other)
    acts = AuditDetail.objects.count()

    known = data_of(namesake)["tables"]
    client_of(administrator).post(f"/personen/{namesake.pk}/loeschen/", {"verstanden": "on"})

    assert "common.OutgoingMail" not in known
    assert AuditDetail.objects.count() == acts + 1
    assert OutgoingMail.objects.filter(to=other).exists()
    roles = Submission.objects.values_list("person_role", flat=True)
    assert list(roles) == [f"Alle, Gelöschte Person {namesake.pk} und Albert"]


def test_person_downloads_and_erases_the_own_account(person):
    client = client_of(person)

    page = words(client.get("/meine-daten/"))
    file = client.get("/meine-daten/datei/")
    unconfirmed = words(client.post("/meine-daten/loeschen/", follow=True))
    response = client.post("/meine-daten/loeschen/", {"verstanden": "on"}, follow=True)

    assert NAME in page
    assert json.loads(file.content)["person"]["name"] == NAME
    assert "Bitte bestätigen" in unconfirmed
    assert "Ihr Konto ist geschlossen" in words(response)
    assert not response.context["user"].is_authenticated


def test_nobody_handles_the_data_of_another(person):
    stranger = client_of(factories.make_secretary())

    assert stranger.get(f"/personen/{person.pk}/").status_code == 403
    assert stranger.get("/personen/").status_code == 403
    erased = stranger.post(f"/personen/{person.pk}/loeschen/", {"verstanden": "on"})
    assert erased.status_code == 403


def test_last_administrator_stays(administrator):
    page = words(
        client_of(administrator).post("/meine-daten/loeschen/", {"verstanden": "on"}, follow=True)
    )

    assert "Das ist die einzige Administration." in page
    assert User.objects.get(pk=administrator.pk).is_active


def test_administrator_finds_everybody_and_takes_the_list_along(person, administrator):
    client = client_of(administrator)

    assert NAME in words(client.get("/personen/"))
    assert EMAIL in client.get("/personen/?format=csv").getvalue().decode()


def test_command_writes_out_and_erases(person, capsys):
    assert main(["person", "export", EMAIL]) == 0
    assert json.loads(capsys.readouterr().out)["person"]["name"] == NAME
    assert main(["person", "erase", EMAIL, "--dry-run"]) == 0
    assert User.objects.filter(email=EMAIL).exists()
    assert main(["person", "erase", EMAIL]) == 0
    assert f"Gelöschte Person {person.pk}" in capsys.readouterr().out
    assert main(["audit", "verify"]) == 0
    assert main(["person", "erase", EMAIL]) == 1
