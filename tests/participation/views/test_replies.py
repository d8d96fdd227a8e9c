"""Reply letters: one per submitter, from a template that is checked, and as a page behind the link."""

import io
import re
import zipfile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from mitplan.common.models import AuditEntry, Export
from mitplan.participation import actions, jobs
from mitplan.participation.models import ReplyTemplate
from mitplan.participation.queries.reply_templates import default_template, opened
from tests import factories
from tests.counting import statements
from tests.participation.conftest import client_of, invitation_to

pytestmark = pytest.mark.django_db
LETTERS = "/beteiligung/1/antwortschreiben/"


@pytest.fixture(autouse=True)
def _after_closing():
    with time_machine.travel(factories.AFTER_CLOSING, tick=False):
        yield


@pytest.fixture
def verein(db):
    return factories.make_organisation(name="Verein für Nachbarschaft", place="Hanau")


@pytest.fixture
def decided(verein):
    """A consultation in which one organisation has two points: one taken up, one declined."""
    consultation = factories.make_consultation()
    submission = factories.make_submission(consultation, organisation=verein, points=2)
    first, second = submission.points.order_by("position")
    factories.taken_up(first)
    factories.declined(second)
    return consultation


def publish(consultation):
    by = factories.make_secretary()
    return actions.publish_results(consultation=consultation, by=by, at=factories.AFTER_CLOSING)


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def letter_text(data):
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)


def template_with(text):
    document = Document()
    for line in (text, "{anliegen}"):
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return SimpleUploadedFile("vorlage.docx", target.getvalue())


def test_template_we_bring_holds():
    assert opened(default_template()).problems() == []


def test_letter_answers_every_point_in_its_own_order(secretary_client, decided, verein):
    response = secretary_client.get(f"{LETTERS}fuer-{verein.pk}/?format=docx")

    text = letter_text(response.content)
    assert "Verein für Nachbarschaft" in text
    assert "Hanau" in text
    assert text.index("1. Anliegen 1-001-01") < text.index("2. Anliegen 1-001-02")
    assert "Entscheidung: übernommen (" in text
    assert "Begründung: Haushalt: Dafür stehen keine Mittel bereit." in text
    assert "{" not in text
    assert response["Content-Disposition"] == (
        'attachment; filename="antwort-1-001-verein-fur-nachbarschaft.docx"'
    )


def test_letter_is_german_whoever_makes_it(secretary_client, decided, verein):
    english = {"headers": {"Accept-Language": "en"}}
    response = secretary_client.get(f"{LETTERS}fuer-{verein.pk}/?format=docx", **english)

    assert "Entscheidung: übernommen (" in letter_text(response.content)


def test_letter_names_the_last_day_to_maintain_a_point(secretary_client, decided, verein):
    text = letter_text(secretary_client.get(f"{LETTERS}fuer-{verein.pk}/?format=docx").content)

    day = factories.days_later(factories.AFTER_CLOSING, 14)
    assert f"bis zum {day.day}." in text


def test_letter_can_be_read_as_a_page_before_it_is_sent(secretary_client, decided, verein):
    page = words(secretary_client.get(f"{LETTERS}fuer-{verein.pk}/"))

    assert "Antwort an Verein für Nachbarschaft" in page
    assert "Dafür stehen keine Mittel bereit." in page


def test_letter_to_somebody_without_points_is_not_found(secretary_client, decided):
    nobody = factories.make_organisation()

    assert secretary_client.get(f"{LETTERS}fuer-{nobody.pk}/").status_code == 404


def test_own_template_is_checked_stored_and_used(secretary_client, decided, verein):
    upload = template_with("Liebe {organisation}!")

    response = secretary_client.post(LETTERS, {"datei": upload, "gilt": "runde"}, follow=True)

    assert "Die Vorlage ist geprüft und hinterlegt." in words(response)
    assert "In Gebrauch: vorlage.docx" in words(response)
    text = letter_text(secretary_client.get(f"{LETTERS}fuer-{verein.pk}/?format=docx").content)
    assert text.startswith("Liebe Verein für Nachbarschaft!")
    assert AuditEntry.objects.filter(event="participation.reply_template.stored").count() == 1
    served = secretary_client.get(f"{LETTERS}vorlage.docx")
    assert letter_text(served.content).startswith("Liebe {organisation}!")


def test_template_with_mistakes_is_refused_with_all_of_them(secretary_client, decided):
    upload = template_with("An {organsation} {")

    response = secretary_client.post(LETTERS, {"datei": upload, "gilt": "runde"})

    page = words(response)
    assert response.status_code == 422
    assert "Absatz 1: Den Platzhalter {organsation} gibt es nicht." in page
    assert "Absatz 1: Hier steht eine einzelne Klammer" in page
    assert not ReplyTemplate.objects.exists()


def test_what_is_no_word_file_is_refused(secretary_client, decided):
    upload = SimpleUploadedFile("brief.docx", b"kein Word")

    response = secretary_client.post(LETTERS, {"datei": upload, "gilt": "alle"})

    assert response.status_code == 422
    assert not ReplyTemplate.objects.exists()


def test_template_of_the_round_comes_before_that_of_all(secretary_client, decided, verein):
    for scope, text in (("runde", "Runde {datum}"), ("alle", "Alle {datum}")):
        secretary_client.post(LETTERS, {"datei": template_with(text), "gilt": scope})

    text = letter_text(secretary_client.get(f"{LETTERS}fuer-{verein.pk}/?format=docx").content)

    assert text.startswith("Runde ")


def test_all_letters_come_as_one_file_made_by_a_job(secretary_client, decided):
    other = factories.make_submission(decided)
    factories.declined(other.points.get())

    response = secretary_client.post(f"{LETTERS}erstellen/")
    export = Export.objects.get()
    jobs.make_reply_letters.call(export.pk)

    assert response["Location"] == export.get_absolute_url()
    with zipfile.ZipFile(
        io.BytesIO(secretary_client.get(f"{export.get_absolute_url()}herunterladen/").getvalue())
    ) as archive:
        names = archive.namelist()
        assert "1. Anliegen 1-001-01" in letter_text(
            archive.read("antwort-1-001-verein-fur-nachbarschaft.docx")
        )
    assert len(names) == 2
    assert AuditEntry.objects.filter(event="participation.replies.made").count() == 1


def test_letters_wait_until_everything_is_decided(secretary_client, decided):
    factories.make_submission(decided)

    response = secretary_client.post(f"{LETTERS}erstellen/", follow=True)

    assert "Über 1 Anliegen ist noch nicht entschieden." in words(response)
    assert not Export.objects.exists()


def test_withdrawn_submission_gets_no_letter(secretary_client, decided):
    with time_machine.travel(factories.WHILE_OPEN, tick=False):
        seat = factories.make_seat()
        gone = factories.make_submission(decided, organisation=seat.organisation)
        actions.withdraw_submission(submission=gone, seat=seat, at=factories.WHILE_OPEN)

    assert secretary_client.get(f"{LETTERS}fuer-{seat.organisation.pk}/").status_code == 404


def test_submitter_reads_the_answers_behind_the_own_link(client, decided, verein):
    with time_machine.travel(factories.WHILE_OPEN, tick=False):
        invitation = invitation_to(decided, verein)
    address = f"{invitation.get_absolute_url()}antwort/"
    before = words(client.get(address))
    publish(decided)

    after = words(client.get(address))

    assert "Die Antwort kommt noch." in before
    assert "Dafür stehen keine Mittel bereit." not in before
    assert "Dafür stehen keine Mittel bereit." in after
    assert "mit einer Begründung aufrechterhalten" in after


def test_another_organisation_reads_only_its_own_answers(client, decided):
    with time_machine.travel(factories.WHILE_OPEN, tick=False):
        invitation = invitation_to(decided, factories.make_organisation())
    publish(decided)

    page = words(client.get(f"{invitation.get_absolute_url()}antwort/"))

    assert "Keine Anliegen." in page
    assert "Dafür stehen keine Mittel bereit." not in page


@pytest.mark.parametrize("page", ["", "vorlage.docx", "erstellen/"])
def test_letters_are_for_the_secretariat(client, decided, page):
    member = client_of(factories.make_member())

    assert member.get(f"{LETTERS}{page}").status_code in (403, 405)


@pytest.mark.parametrize("ending", ["", "?format=docx"])
def test_letter_asks_the_same_of_the_database_for_many_points(ending):
    needed = []
    for amount in (10, 100):
        consultation = factories.make_consultation()
        letter = factories.make_letter(consultation, amount)
        place = f"fuer-{letter.organisation_id}/{ending}"
        address = f"/beteiligung/{consultation.number}/antwortschreiben/{place}"
        needed.append(statements(client_of(factories.make_secretary()), address))

    assert needed[0] == needed[1] <= 14


def test_list_asks_the_same_of_the_database_for_many_letters():
    needed = []
    for amount in (10, 100):
        consultation = factories.make_consultation()
        for _ in range(amount):
            factories.make_letter(consultation)
        address = f"/beteiligung/{consultation.number}/antwortschreiben/"
        needed.append(statements(client_of(factories.make_secretary()), address))

    assert needed[0] == needed[1] <= 12
