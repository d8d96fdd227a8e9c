"""Many letters at once: each by itself, the failing ones named, nothing twice."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mitplan.participation import actions, jobs
from mitplan.participation.models import Bulk, BulkLetter, Submission
from mitplan.participation.queries import packs
from tests import factories, word
from tests.counting import statements

pytestmark = pytest.mark.django_db

LETTER = b"Guten Tag,\n\nmehr Busse bitte."


def zipped(files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


@pytest.fixture
def address(consultation, after_closing):
    return reverse("participation:bulks", args=[consultation.number])


@pytest.fixture
def organisations(db):
    return [
        factories.make_organisation(name="Frauenrat Musterstadt e. V."),
        factories.make_organisation(name="Bündnis Ökologie"),
    ]


def send(client, address, files, name="schreiben.zip"):
    return client.post(address, {"file": SimpleUploadedFile(name, zipped(files))})


def run():
    """Do what the jobs do."""
    for letter in BulkLetter.objects.order_by("position"):
        jobs.take_bulk_letter.func(letter.pk)


def states():
    return list(BulkLetter.objects.order_by("position").values_list("name", "state"))


def test_each_letter_becomes_a_submission_of_who_wrote_it(
    secretary_client, address, organisations, consultation
):
    pack = packs.pack_for(consultation, organisations[1])
    files = {
        "Stellungnahme_Frauenrat-Musterstadt.txt": LETTER,
        "ordner/antwort.docx": word.tracked(packs.text_file(pack), "am Vormittag", "am Abend"),
    }

    send(secretary_client, address, files)
    run()

    found = Submission.objects.order_by("number")
    assert [each.organisation for each in found] == organisations
    assert found[0].letter == LETTER.decode()
    assert found[1].points.get().proposal == "reword"
    assert {each.route for each in found} == {"import"}
    assert Bulk.objects.get().finished_at is not None


def test_failing_letters_are_named_and_do_not_stop_the_others(
    secretary_client, address, organisations
):
    files = {
        "bild.png": b"\x89PNG",
        "kaputt frauenrat musterstadt.docx": b"PK\x03\x04",
        "unbekannt.txt": LETTER,
        "buendnis oekologie.txt": LETTER,
    }

    sent = send(secretary_client, address, files)
    run()
    page = secretary_client.get(sent["Location"]).content.decode()

    assert [state for _name, state in states()] == ["refused", "refused", "refused", "taken"]
    assert "Dateien dieser Art kann Mitplan nicht lesen" in page
    assert "beschädigt" in page
    assert "Von wem das Schreiben ist" in page


def test_letter_head_tells_who_wrote(secretary_client, address, organisations):
    letter = "Frauenrat Musterstadt e. V.\n\nAn die Geschäftsstelle\n\nMehr Busse.".encode()

    send(secretary_client, address, {"scan-0017.txt": letter})
    run()

    assert Submission.objects.get().organisation == organisations[0]


def test_same_zip_again_changes_nothing(secretary_client, address, organisations):
    files = {"frauenrat musterstadt.txt": LETTER}

    first, second = (send(secretary_client, address, files) for _ in range(2))
    run()
    run()

    assert first["Location"] == second["Location"]
    assert Submission.objects.count() == 1


def test_known_letter_in_another_zip_is_known(secretary_client, address, organisations):
    send(secretary_client, address, {"frauenrat musterstadt.txt": LETTER})
    run()
    send(secretary_client, address, {"frauenrat_musterstadt_2.txt": LETTER, "x.png": b"\x89"})
    run()

    assert [state for _name, state in states()] == ["taken", "known", "refused"]
    assert Submission.objects.count() == 1


def test_other_letter_of_an_organisation_that_answered_is_a_supplement(
    secretary_client, address, organisations
):
    files = {"frauenrat musterstadt 1.txt": LETTER, "frauenrat musterstadt 2.txt": b"Nachtrag."}

    send(secretary_client, address, files)
    run()

    earlier, later = Submission.objects.order_by("pk")
    assert (earlier.organisation, later.route) == (later.organisation, Submission.Route.IMPORT)
    assert BulkLetter.objects.get(submission=later).sentence.startswith(
        f"Nachtrag zu {earlier.number}."
    )


def test_what_was_interrupted_goes_on(secretary_client, address, organisations, monkeypatch):
    sent = send(
        secretary_client,
        address,
        {"frauenrat musterstadt.txt": LETTER, "buendnis oekologie.txt": LETTER},
    )
    jobs.take_bulk_letter.func(BulkLetter.objects.earliest("position").pk)
    assert "1 von 2 eingelesen" in secretary_client.get(sent["Location"]).content.decode()

    queued = []
    monkeypatch.setattr(
        type(jobs.take_bulk_letter), "enqueue", lambda _task, letter: queued.append(letter)
    )
    secretary_client.post(sent["Location"])

    assert queued == [BulkLetter.objects.get(state="waiting").pk]


def test_letter_that_fails_for_no_known_reason_is_given_up(
    secretary_client, address, organisations, monkeypatch
):
    def fails(**_):
        raise RuntimeError

    send(secretary_client, address, {"frauenrat musterstadt.txt": LETTER})
    monkeypatch.setattr(actions, "take_bulk_letter", fails)
    run()

    assert "einzeln erfassen" in BulkLetter.objects.get().sentence


def test_names_in_the_zip_are_names_only(secretary_client, address, organisations):
    files = {"../../etc/frauenrat musterstadt.txt": LETTER, "__MACOSX/x.txt": b"x", "a/": b""}

    send(secretary_client, address, files)

    assert [name for name, _state in states()] == ["frauenrat musterstadt.txt"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"keine ZIP-Datei", "beschädigt"),
        (zipped({}), "kein Schreiben"),
        (zipped({f"{number}.txt": b"x" for number in range(201)}), "201 Dateien"),
        (zipped({"bombe.txt": b"\0" * (30 * 1024 * 1024)}), "stark gepackt"),
    ],
)
def test_zip_that_cannot_be_taken_is_refused_with_a_sentence(
    secretary_client, address, data, sentence
):
    response = secretary_client.post(address, {"file": SimpleUploadedFile("a.zip", data)})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Bulk.objects.count() == 0


def test_page_needs_no_more_statements_for_more_letters(secretary_client, address):
    counts = []
    for size in (10, 100):
        files = {f"{number}.txt": f"Brief {number}".encode() for number in range(size)}
        counts.append(
            statements(secretary_client, send(secretary_client, address, files)["Location"])
        )

    assert counts[0] == counts[1]


def test_letters_that_a_killed_worker_left_are_asked_for_again(consultation):
    bulk = Bulk.objects.create(
        consultation=consultation,
        name="briefe.zip",
        by=factories.make_secretary(),
        begun_at=factories.AFTER_CLOSING,
    )
    BulkLetter.objects.create(bulk=bulk, position=1, name="leer.txt", content=b"Ohne Absender.")

    assert jobs.resume_letters() == 1

    run()
    assert (jobs.resume_letters(), states()) == (0, [("leer.txt", "refused")])
