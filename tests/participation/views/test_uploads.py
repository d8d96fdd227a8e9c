"""Answering with Word: from the pack to the receipt, and what nobody else may see."""

import io
import zipfile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mitplan.common.models import AuditEntry
from mitplan.participation import actions
from mitplan.participation.models import Point, Submission, Upload
from mitplan.participation.queries import packs
from mitplan.participation.queries.letters import waiting_letters
from tests import factories, word
from tests.counting import statements
from tests.participation.conftest import client_of, invitation_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(consultation):
    return invitation_to(consultation)


@pytest.fixture
def desk(invitation, while_open):
    """The address of the task, while the window is open."""
    return invitation.get_absolute_url()


def answered(client, desk):
    """The pack's Word file with one tracked change and one comment."""
    data = client.get(f"{desk}word/plan.docx").content
    data = word.tracked(data, "am Vormittag", "am Vormittag und am Abend")
    return word.commented(data, "Familien", "Auch Alleinerziehende?")


def send(client, desk, data, name="antwort.docx"):
    return client.post(f"{desk}word/", {"file": SimpleUploadedFile(name, data)})


def ticked(page):
    """Everything that is ticked on the page."""
    text = page.content.decode()
    return [
        each.split('value="')[1].split('"')[0]
        for each in text.split("<input")[1:]
        if 'name="uebernehmen"' in each and " checked" in each.split(">")[0]
    ]


def confirm(client, address):
    return client.post(address, {"uebernehmen": ticked(client.get(address))})


def test_page_offers_the_files_and_takes_one(client, desk):
    page = client.get(f"{desk}word/").content.decode()

    assert "Alles in einem Paket (ZIP)" in page
    assert 'enctype="multipart/form-data"' in page


def test_pack_holds_text_forms_and_instructions(client, desk):
    response = client.get(f"{desk}word/paket.zip")

    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.namelist() == [
            "Anleitung.docx",
            "Plan.docx",
            "Formular.docx",
            "Formular.xlsx",
        ]
    assert "attachment" in response["Content-Disposition"]


def test_pack_without_such_a_file_is_not_found(client, desk):
    assert client.get(f"{desk}word/passwd").status_code == 404


def test_preview_saves_no_point(client, desk):
    sent = send(client, desk, answered(client, desk))
    page = client.get(sent["Location"]).content.decode()

    assert "Auch Alleinerziehende?" in page
    assert "nachverfolgte Änderung" in page
    assert "Ana Beispiel" in page
    assert (Submission.objects.count(), Point.objects.count()) == (0, 0)


def test_preview_says_how_many_changes_of_looks_are_left_out(client, desk):
    plan = client.get(f"{desk}word/plan.docx").content
    sent = send(client, desk, word.bolded(plan, "am Vormittag"))

    page = client.get(sent["Location"]).content.decode()

    assert "1 Änderung nur am Aussehen (Schrift, Absatz) wird nicht übernommen." in page


def test_confirmed_file_becomes_points_of_the_draft_and_is_handed_in_as_usual(client, desk):
    sent = send(client, desk, answered(client, desk))
    taken = confirm(client, sent["Location"])
    client.post(taken["Location"], {"contact": "verein@example.org"})

    submission = Submission.objects.get()
    assert taken["Location"] == f"{desk}abgeben/"
    assert submission.received_at is not None
    assert list(
        submission.points.order_by("position").values_list("kind", "proposal", "number")
    ) == [
        ("amendment", "reword", f"{submission.number}-01"),
        ("question", "", f"{submission.number}-02"),
    ]
    assert submission.points.get(kind="amendment").amendment is not None
    assert "Auch Alleinerziehende?" in client.get(f"{desk}quittung/").content.decode()


def test_confirmed_file_is_kept_with_its_hash_and_on_record(client, desk):
    sent = send(client, desk, answered(client, desk))
    confirm(client, sent["Location"])

    upload = Upload.objects.get()
    assert len(upload.sha256) == 64
    assert upload.submission == Submission.objects.get()
    assert AuditEntry.objects.filter(event="participation.file.taken_in").count() == 1


def test_what_is_not_ticked_is_left(client, desk):
    address = send(client, desk, answered(client, desk))["Location"]

    client.post(address, {"uebernehmen": ticked(client.get(address))[:1]})

    assert Point.objects.count() == 1


def test_nothing_ticked_is_refused_with_a_sentence(client, desk):
    response = client.post(send(client, desk, answered(client, desk))["Location"], {})

    assert response.status_code == 422
    assert "Es ist nichts angekreuzt" in response.content.decode()


def test_same_file_again_is_nothing_new(client, desk):
    data = answered(client, desk)
    confirm(client, send(client, desk, data)["Location"])

    again = send(client, desk, data)["Location"]
    page = client.get(again)

    assert "Nichts Neues" in page.content.decode()
    assert ticked(page) == []
    client.post(again, {"uebernehmen": ["x"]})
    assert Point.objects.count() == 2


def test_file_that_waits_is_the_same_when_it_is_sent_again(client, desk):
    data = answered(client, desk)

    first, second = send(client, desk, data), send(client, desk, data)

    assert first["Location"] == second["Location"]


def test_file_nobody_confirmed_goes_after_a_day(client, desk):
    send(client, desk, answered(client, desk))

    with time_machine.travel(factories.days_later(factories.WHILE_OPEN, 2), tick=False):
        send(client, desk, b"Ein Brief.", "brief.txt")

    assert list(Upload.objects.values_list("name", flat=True)) == ["brief.txt"]


def test_discarded_file_is_gone(client, desk):
    address = send(client, desk, answered(client, desk))["Location"]

    client.post(address, {"verwerfen": "1"})

    assert Upload.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("antwort.docx", b"", "Die Datei ist leer"),
        ("antwort.docx", b"PK\x03\x04", "beschädigt"),
        ("bild.png", b"\x89PNG", "Dateien dieser Art"),
    ],
)
def test_file_that_cannot_be_read_is_refused_and_not_kept(client, desk, name, data, sentence):
    response = send(client, desk, data, name)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Upload.objects.count() == 0


def test_file_name_with_a_path_is_only_a_name(client, desk):
    send(client, desk, b"Ein Brief.", "../../etc/brief.txt")

    assert Upload.objects.get().name == "brief.txt"


def test_file_of_another_organisation_is_not_found(client, desk, consultation):
    address = send(client, desk, answered(client, desk))["Location"]
    other = invitation_to(consultation).get_absolute_url()

    response = client.get(address.replace(desk, other))

    assert response.status_code == 404


def test_after_the_last_day_no_file_is_taken(client, invitation, after_closing):
    desk = invitation.get_absolute_url()

    response = send(client, desk, b"Ein Brief.", "brief.txt")

    assert "Die Frist ist abgelaufen" in response.content.decode()
    assert Upload.objects.count() == 0


def test_pack_of_somebody_else_is_named(client, desk, consultation):
    other = factories.make_organisation(name="Bündnis Beispiel")
    data = packs.text_file(packs.pack_for(consultation, other))

    page = client.get(send(client, desk, data)["Location"]).content.decode()

    assert "gehört zum Paket von «Bündnis Beispiel»" in page


def test_letter_goes_with_the_draft(client, desk):
    address = send(client, desk, b"Guten Tag,\n\nmehr Busse bitte.", "brief.txt")["Location"]

    confirm(client, address)

    assert Submission.objects.get().letter == "Guten Tag,\n\nmehr Busse bitte."


def test_letter_alone_is_handed_in_as_a_letter_and_not_as_no_remarks(client, desk):
    address = send(client, desk, b"Mehr Busse bitte.", "brief.txt")["Location"]

    page = client.get(confirm(client, address)["Location"]).content.decode()
    client.post(f"{desk}abgeben/", {"contact": "verein@example.org"})

    submission = Submission.objects.get()
    assert "Ihr Schreiben" in page
    assert "Ohne Anmerkungen abgeben" not in page
    assert (submission.number, submission.has_no_remarks) == ("1-001", False)
    assert "Mehr Busse bitte." in client.get(f"{desk}quittung/").content.decode()


def test_letter_beside_points_still_waits_to_be_cut(client, desk, consultation):
    confirm(client, send(client, desk, answered(client, desk))["Location"])
    confirm(client, send(client, desk, b"Mehr Busse bitte.", "brief.txt")["Location"])

    client.post(f"{desk}abgeben/", {"contact": "verein@example.org"})

    assert Point.objects.count() == 2
    assert waiting_letters(consultation) == ["1-001"]


def test_letter_can_be_taken_out_of_the_draft(client, desk):
    confirm(client, send(client, desk, b"Mehr Busse bitte.", "brief.txt")["Location"])

    client.post(f"{desk}schreiben/entfernen/")

    assert Submission.objects.get().letter == ""


def test_secretariat_records_a_file_on_behalf_and_late(
    secretary_client, consultation, after_closing
):
    organisation = factories.make_organisation()
    data = packs.text_file(packs.pack_for(consultation, organisation))
    data = word.tracked(data, "am Vormittag", "am Abend")
    address = reverse("participation:record_file", args=[consultation.number])

    sent = secretary_client.post(
        address,
        {"organisation": organisation.pk, "file": SimpleUploadedFile("antwort.docx", data)},
    )
    page = secretary_client.get(sent["Location"])
    secretary_client.post(sent["Location"], {"uebernehmen": ticked(page), "route": "mail"})

    submission = Submission.objects.get()
    assert (submission.organisation, submission.route) == (organisation, "mail")
    assert submission.is_late
    assert submission.points.get().proposal == "reword"
    assert Upload.objects.get().submission == submission


def test_secretariat_is_told_when_the_organisation_is_writing_itself(
    secretary_client, consultation, while_open
):
    organisation = factories.make_organisation()
    actions.begin_submission(
        consultation=consultation, seat=factories.make_seat(organisation), at=while_open
    )
    address = reverse("participation:record_file", args=[consultation.number])
    sent = secretary_client.post(
        address,
        {"organisation": organisation.pk, "file": SimpleUploadedFile("b.txt", b"Ein Brief.")},
    )

    page = secretary_client.get(sent["Location"])
    response = secretary_client.post(
        sent["Location"], {"uebernehmen": ticked(page), "route": "mail"}
    )

    assert response.status_code == 422
    assert "schreibt selbst an einem Entwurf" in response.content.decode()


def test_secretariat_gets_the_pack_of_an_invited_organisation(
    secretary_client, consultation, invitation, while_open
):
    page = secretary_client.get(reverse("participation:invitations", args=[consultation.number]))
    address = reverse("participation:pack_of", args=[consultation.number, invitation.pk])

    assert address in page.content.decode()
    assert secretary_client.get(address)["Content-Type"] == "application/zip"


def test_member_finds_the_way_from_the_round(consultation, while_open):
    organisation = factories.make_organisation()
    client = client_of(factories.make_member(organisation))

    page = client.get(consultation.get_absolute_url()).content.decode()

    assert reverse("participation:word", args=[consultation.number]) in page


@pytest.mark.parametrize("page", ["word/", "check"])
def test_pages_need_no_more_statements_for_more_findings(client, while_open, page):
    counts = []
    for size in (10, 100):
        consultation = factories.make_consultation(
            factories.make_edition(passages=factories.long_text(size))
        )
        desk = invitation_to(consultation).get_absolute_url()
        data = client.get(f"{desk}word/plan.docx").content
        for number in range(size):
            data = word.typed(data, f"Absatz {number} beschreibt", f"Absatz {number} erklärt")
        sent = send(client, desk, data)
        counts.append(statements(client, sent["Location"] if page == "check" else f"{desk}word/"))

    assert counts[0] == counts[1]
