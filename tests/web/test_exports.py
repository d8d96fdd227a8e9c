"""Files made beside the pages: progress, the file, and whose it is."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mitplan.common import large_files
from mitplan.common.models import Export
from tests import factories
from tests.participation.conftest import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(secretary):
    return large_files.ask_for(
        kind="probe",
        title="Probe",
        filename="probe.txt",
        parameters={},
        enqueue=int,
        by=secretary,
        at=timezone.now(),
    )


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_page_shows_how_far_it_is_and_asks_again(secretary_client, export):
    Export.objects.update(state=Export.State.RUNNING, done=50, total=200)

    page = secretary_client.get(export.get_absolute_url())
    part = secretary_client.get(export.get_absolute_url(), headers={"HX-Request": "true"})

    assert "Die Datei wird erstellt: 50 / 200" in words(page)
    assert f'hx-get="{export.get_absolute_url()}"' in part.content.decode()
    assert "<html" not in part.content.decode()


def test_finished_file_is_the_one_that_was_written(secretary_client, export):
    large_files.make(export.pk, lambda _export, target, _progress: target.write(b"Inhalt"))

    page = words(secretary_client.get(export.get_absolute_url()))
    response = secretary_client.get(f"{export.get_absolute_url()}herunterladen/")

    assert "Die Datei ist fertig." in page
    assert response.getvalue() == b"Inhalt"
    assert response["Content-Disposition"] == 'attachment; filename="probe.txt"'
    export.refresh_from_db()
    assert export.fetched_at
    assert export.sha256 in page


def test_job_that_runs_twice_makes_the_file_once(export):
    made = []
    for _ in range(2):
        large_files.make(export.pk, lambda each, _target, _progress: made.append(each.pk))

    assert made == [export.pk]


def test_what_can_be_mended_is_said_on_the_page_and_in_the_inbox(secretary_client, export):
    def write(_export, _target, _progress):
        message = "Die Vorlage fehlt."
        raise ValidationError(message)

    large_files.make(export.pk, write)

    assert "Die Vorlage fehlt." in words(secretary_client.get(export.get_absolute_url()))
    assert "Nicht erstellt: Probe" in words(secretary_client.get("/aufgaben/"))


def test_fault_is_kept_with_the_file_and_raised_for_the_log(export):
    with pytest.raises(ZeroDivisionError):
        large_files.make(export.pk, lambda *_: 1 / 0)

    export.refresh_from_db()
    assert export.state == Export.State.FAILED
    assert export.problem.startswith("Beim Erstellen ist ein Fehler aufgetreten.")


def test_file_that_stands_still_can_be_asked_for_again(secretary, secretary_client, export):
    late = timezone.now() - 2 * large_files.GIVEN_UP_AFTER
    Export.objects.update(state=Export.State.RUNNING, moved_at=late)

    page = words(secretary_client.get(export.get_absolute_url()))
    again = large_files.ask_for(
        kind="probe",
        title="Probe",
        filename="probe.txt",
        parameters={},
        enqueue=int,
        by=secretary,
        at=timezone.now(),
    )

    assert "Die Datei wurde nicht fertig." in page
    assert again.pk != export.pk


def test_file_is_thrown_away_when_another_is_asked_for_long_after(secretary, export):
    large_files.make(export.pk, lambda _export, target, _progress: target.write(b"Inhalt"))
    export.refresh_from_db()
    stored = export.file
    large_files.ask_for(
        kind="andere",
        title="Andere",
        filename="andere.txt",
        parameters={},
        enqueue=int,
        by=secretary,
        at=timezone.now() + large_files.KEPT_FOR + timedelta(days=1),
    )

    assert [each.title for each in Export.objects.all()] == ["Andere"]
    assert not stored.storage.exists(stored.name)


@pytest.mark.parametrize("ending", ["", "herunterladen/"])
def test_nobody_else_learns_of_a_file(client, export, ending):
    address = f"{export.get_absolute_url()}{ending}"

    assert client_of(factories.make_secretary()).get(address).status_code == 404
    assert client.get(address).status_code == 302


def test_unfinished_file_is_not_there_yet(secretary_client, export):
    assert secretary_client.get(f"{export.get_absolute_url()}herunterladen/").status_code == 404
