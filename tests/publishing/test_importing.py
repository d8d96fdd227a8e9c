"""Reading a file in: a look first, nothing saved before, clear sentences for what cannot be read."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mitplan.common.models import AuditEntry
from mitplan.formats import docx, markdown, odt
from mitplan.plan.models import Edition, Entry, Origin
from mitplan.plan.queries import state_of
from tests import factories
from tests.publishing.test_reader import text_of

pytestmark = pytest.mark.django_db

PAGE = "/plan/musterplan/einlesen/"
CHANGED = """# Integrationsplan Musterland

## Sprache und Bildung

Das Land fördert 30 Sprachkurse am Vormittag.

Ein neuer Absatz steht hier.
"""


@pytest.fixture
def edition(db):
    return factories.make_edition(factories.make_plan("musterplan"))


def upload(client, data, name="plan.md", **more):
    content = data.encode() if isinstance(data, str) else data
    values = {"kind": "cabinet_version", "title": "Zweite Fassung", "dated_on": "2026-05-01"}
    return client.post(PAGE, values | more | {"file": SimpleUploadedFile(name, content)})


def looked_at(response):
    return response.context["form"].initial["looked_at"]


def counts():
    return [model.objects.count() for model in (Edition, Entry, Origin, AuditEntry)]


def test_preview_counts_what_the_file_would_change_and_saves_nothing(secretary_client, edition):
    before = counts()

    response = upload(secretary_client, CHANGED)

    assert response.status_code == 200
    assert dict(response.context["counts"])["geändert"] == 1
    assert [(name, number) for name, number in response.context["counts"][:5]] == [
        ("unverändert", 2),
        ("geändert", 1),
        ("neu", 1),
        ("gestrichen", 3),
        ("verschoben", 0),
    ]
    assert counts() == before


def test_confirm_reads_in_exactly_what_was_looked_at(secretary_client, edition):
    preview = upload(secretary_client, CHANGED)

    response = secretary_client.post(PAGE, {"looked_at": looked_at(preview)})

    new = Edition.objects.get(number=2)
    assert (response.status_code, response.url) == (302, "/plan/musterplan/fassung/2/")
    assert (new.title, new.kind, new.released_at) == ("Zweite Fassung", "cabinet_version", None)
    assert [(each.id, each.text) for each in state_of(new).document] == [
        ("t1", "Integrationsplan Musterland"),
        ("t2", "Sprache und Bildung"),
        ("t3", "Das Land fördert 30 Sprachkurse am Vormittag."),
        ("t7", "Ein neuer Absatz steht hier."),
    ]


def test_confirm_can_release_at_once(secretary_client, edition):
    preview = upload(secretary_client, CHANGED, release="on")

    secretary_client.post(PAGE, {"looked_at": looked_at(preview)})

    assert Edition.objects.get(number=2).released_at is not None


def test_first_text_of_a_plan_shows_every_passage(secretary_client, db):
    factories.make_plan("musterplan")

    response = upload(secretary_client, CHANGED)

    assert [row.new for row in response.context["rows"]][-1] == "Ein neuer Absatz steht hier."


def test_word_file_is_read_with_its_passages(secretary_client, edition):
    data = docx.write(markdown.read(CHANGED), "Plan")

    response = upload(secretary_client, data, "plan.docx")

    assert dict(response.context["counts"])["neu"] == 1


BROKEN = io.BytesIO()
with zipfile.ZipFile(BROKEN, "w") as archive:
    archive.writestr("irgendwas.txt", "kein Word")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        (
            "plan.md",
            "Förderung".encode("latin-1"),
            "Die Datei ist nicht in UTF-8 gespeichert (Zeile 1).",
        ),
        ("plan.md", b"", "Die Datei ist leer."),
        ("plan.md", b" \n\n ", "Die Datei ist leer."),
        ("plan.md", b"\x00\x01\x02" * 20, "Die Datei enthält keinen lesbaren Text."),
        ("plan.docx", b"PK\x03\x04kaputt", "beschädigt"),
        ("plan.docx", BROKEN.getvalue(), "Word"),
        ("plan.docx", b"Nur Text", "Word"),
        ("plan.pdf", b"%PDF-1.7", "Dateien dieser Art kann Mitplan nicht lesen."),
        ("plan.md", b"x" * (20 * 1024 * 1024 + 1), "Die Datei ist mit 21 MB zu groß."),
    ],
    ids=["latin-1", "empty", "blank", "binary", "cut", "other-zip", "text", "pdf", "large"],
)
def test_file_that_cannot_be_read_is_refused_with_a_sentence(
    secretary_client, edition, name, data, sentence
):
    before = counts()

    response = upload(secretary_client, data, name)

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert counts() == before


def test_goal_without_readable_number_is_refused_in_the_preview(secretary_client, edition):
    goal = ":::ziel\nNummer: Z9\nZielwert: viele\n\nMehr Kurse.\n:::\n"

    response = upload(secretary_client, goal)

    assert response.status_code == 422
    assert "«Zielwert: viele» ist nicht lesbar" in text_of(response)


def test_pending_changes_are_named_in_the_preview(secretary_client, consulted):
    response = upload(secretary_client, CHANGED)

    assert response.status_code == 422
    assert "Die Arbeitsfassung enthält noch eine angenommene Änderung." in text_of(response)


def test_confirm_after_another_edition_is_refused(secretary_client, edition):
    preview = upload(secretary_client, CHANGED)
    factories.make_edition(edition.plan, title="Dazwischen")

    response = secretary_client.post(PAGE, {"looked_at": looked_at(preview)})

    assert response.status_code == 422
    assert "Inzwischen gibt es eine neuere Fassung." in text_of(response)
    assert Edition.objects.count() == 2


@pytest.mark.parametrize("forged", ["", "erfunden", "a:b:c"])
def test_confirm_of_something_nobody_looked_at_is_refused(secretary_client, edition, forged):
    response = secretary_client.post(PAGE, {"looked_at": forged})

    assert response.status_code == 422
    assert Edition.objects.count() == 1


def test_import_is_for_the_secretariat_only(client, edition):
    client.force_login(factories.make_member())

    assert client.get(PAGE).status_code == 403
    assert upload(client, CHANGED).status_code == 403


def test_plain_text_is_read_with_its_passages(secretary_client, edition):
    response = upload(
        secretary_client, "Das Land fördert Kurse.\n\nUnd Betreuung.\n".encode(), "plan.txt"
    )

    assert response.status_code == 200
    assert "Und Betreuung." in response.text


def test_opendocument_file_is_read_with_its_passages(secretary_client, edition):
    data = odt.write(markdown.read(CHANGED), "Plan")

    response = upload(secretary_client, data, "plan.odt")

    assert dict(response.context["counts"])["neu"] == 1
