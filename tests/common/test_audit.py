"""The record of every act: a chain that shows the first entry that does not hold."""

import pytest
from django.db import connection, transaction

from mitplan.common import audit, triggers
from mitplan.common.models import AuditDetail, AuditEntry
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_entries():
    secretary, plan = factories.make_secretary(), factories.make_plan()
    with transaction.atomic():
        for number in range(2):
            audit.record("test.act", on=plan, by=secretary, at=factories.LONG_AGO, n=number)
    return list(AuditEntry.objects.order_by("number"))


def tamper(statement):
    """Change the tables behind the guard's back, as somebody with the database file could."""
    triggers.remove()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    triggers.install()


def test_record_outside_a_transaction_is_refused(transactional_db):
    plan = factories.make_plan()

    with pytest.raises(RuntimeError, match="transaction"):
        audit.record("test.act", on=plan, by=None, at=factories.LONG_AGO)


def test_record_chains_each_entry_to_the_one_before(three_entries):
    first, second, third = three_entries

    assert (first.previous_hash, second.previous_hash, third.previous_hash) == (
        audit.GENESIS,
        first.hash,
        second.hash,
    )


def test_first_break_of_an_untouched_chain_is_none(three_entries):
    assert audit.first_break() is None


def test_first_break_names_the_changed_entry(three_entries):
    tamper("UPDATE common_auditentry SET event = 'something.else' WHERE number = 2")

    assert audit.first_break() == audit.Break(2, "entry")


def test_first_break_names_the_missing_entry(three_entries):
    AuditDetail.objects.filter(entry=2).delete()
    tamper("DELETE FROM common_auditentry WHERE number = 2")

    assert audit.first_break() == audit.Break(2, "missing")


def test_first_break_names_a_cut_end(three_entries):
    AuditDetail.objects.filter(entry=3).delete()
    tamper("DELETE FROM common_auditentry WHERE number = 3")

    assert audit.first_break() == audit.Break(3, "missing")


def test_first_break_names_changed_details(three_entries):
    AuditDetail.objects.filter(entry=2).update(content='{"by":1,"data":{},"on_behalf_of":"X"}')

    assert audit.first_break() == audit.Break(2, "details")


def test_erased_details_do_not_break_the_chain(three_entries):
    AuditDetail.objects.all().delete()

    assert audit.first_break() is None
