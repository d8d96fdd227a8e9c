"""Backups: what was kept comes back whole, and a damaged one is refused."""

import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction

from mitplan.common import audit, triggers
from mitplan.common.backup import checksum_file, restore_backup, write_backup
from mitplan.common.models import AuditEntry, AuditHead
from mitplan.participation.models import Decision, Point
from mitplan.plan.models import Wording
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(tmp_path):
    factories.taken_up(factories.make_point())
    target = tmp_path / "mitplan.zip"
    write_backup(target)
    return target


def empty_database():
    triggers.remove()
    call_command("flush", verbosity=0, interactive=False)
    triggers.install()


def snapshot():
    return (
        sorted(Wording.objects.values_list("pk", "text")),
        sorted(Point.objects.values_list("number", "text", "latest_decision__outcome")),
        sorted(Decision.objects.values_list("pk", "outcome")),
        AuditHead.objects.get().hash,
    )


def test_restore_brings_everything_back(backup):
    before = snapshot()
    empty_database()

    restore_backup(backup)

    assert snapshot() == before
    assert audit.first_break() is None


def test_restored_record_holds_to_the_microsecond(tmp_path):
    plan = factories.make_plan()
    exact = factories.LONG_AGO.replace(microsecond=123456)
    with transaction.atomic():
        audit.record("test.acted", on=plan, by=None, at=exact)
    write_backup(tmp_path / "mitplan.zip")
    empty_database()

    restore_backup(tmp_path / "mitplan.zip")

    assert audit.first_break() is None
    assert AuditEntry.objects.get(event="test.acted").at == exact


def test_restored_database_goes_on(backup):
    empty_database()
    restore_backup(backup)

    point = factories.make_point()

    assert point.pk == Point.objects.order_by("-pk").values_list("pk", flat=True)[0]


def test_restore_into_a_filled_database_is_refused(backup):
    with pytest.raises(ValidationError, match="leere Datenbank"):
        restore_backup(backup)


def test_restore_of_a_damaged_file_is_refused(backup):
    data = bytearray(backup.read_bytes())
    data[len(data) // 2] ^= 1
    backup.write_bytes(data)
    empty_database()

    with pytest.raises(ValidationError, match="Prüfsumme"):
        restore_backup(backup)


def test_restore_without_checksum_is_refused(backup):
    checksum_file(backup).unlink()

    with pytest.raises(ValidationError, match="fehlt neben der Sicherung"):
        restore_backup(backup)


def test_write_over_an_existing_file_is_refused(backup):
    with pytest.raises(ValidationError, match="gibt es schon"):
        write_backup(backup)


def test_backup_holds_no_sessions(backup):
    names = zipfile.ZipFile(backup).namelist()

    assert [name for name in names if "session" in name] == []
