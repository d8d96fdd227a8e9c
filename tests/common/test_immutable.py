"""Decided things: the model layer and the database both refuse to change them."""

import pytest
from django.db import DatabaseError, connection, transaction

from mitplan.common import triggers
from mitplan.common.immutable import FrozenError
from mitplan.participation.models import Point, Submission
from mitplan.plan.models import Edition
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return factories.make_edition()


def test_save_of_a_frozen_field_is_refused(edition):
    edition.title = "Anderer Titel"

    with pytest.raises(FrozenError, match="title"):
        edition.save()


def test_save_of_a_field_that_stays_open_holds(edition):
    edition.released_at = factories.OPENED
    edition.save()

    assert Edition.objects.get().released_at == factories.OPENED


def test_delete_is_refused(edition):
    with pytest.raises(FrozenError):
        edition.delete()


def test_update_of_many_is_refused(edition):
    with pytest.raises(FrozenError, match="title"):
        Edition.objects.update(title="Anderer Titel")


def test_delete_of_many_is_refused(edition):
    with pytest.raises(FrozenError):
        Edition.objects.all().delete()


def test_draft_of_a_submission_can_be_deleted_and_changed():
    consultation = factories.make_consultation()
    Submission.objects.create(
        consultation=consultation,
        organisation=factories.make_organisation(),
        organisation_name="Beispielverein",
        began_at=factories.WHILE_OPEN,
        saved_at=factories.WHILE_OPEN,
    )

    Submission.objects.update(letter="Neu")
    Submission.objects.all().delete()

    assert Submission.objects.count() == 0


def test_point_that_was_handed_in_cannot_be_reworded():
    point = factories.make_point()

    with pytest.raises(FrozenError, match="text"):
        Point.objects.filter(pk=point.pk).update(text="Anders")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE plan_edition SET title = 'Anderer Titel'",
        "UPDATE plan_wording SET text = 'Anders'",
        "UPDATE plan_entry SET position = position + 1000",
        "DELETE FROM plan_entry",
        "UPDATE participation_point SET text = 'Anders'",
        "DELETE FROM participation_point",
        "UPDATE participation_submission SET letter = 'Anders'",
        "UPDATE common_auditentry SET event = 'x'",
        "DELETE FROM common_auditentry",
    ],
)
def test_database_refuses_what_is_frozen(statement):
    factories.make_point()

    with pytest.raises(DatabaseError, match=triggers.MESSAGE), transaction.atomic():
        connection.cursor().execute(statement)


def test_every_frozen_table_has_its_triggers():
    expected = {
        name
        for model in triggers.guarded_models()
        for name in triggers.trigger_names(model, connection.vendor)
    }
    statement = (
        "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'mitplan_%'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'mitplan_%'"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        present = {row[0] for row in cursor.fetchall()}

    assert present == expected


def test_bulk_update_of_frozen_rows_is_refused(edition):
    edition.title = "Anderer Titel"

    with pytest.raises(FrozenError, match="title"):
        Edition.objects.bulk_update([edition], ["title"])


def test_bulk_update_of_what_stays_open_holds(edition):
    edition.released_at = factories.OPENED

    Edition.objects.bulk_update([edition], ["released_at"])

    assert Edition.objects.get().released_at == factories.OPENED
