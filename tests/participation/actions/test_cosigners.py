"""Further organisations sign a submission: noted with the letter or later, each of them once."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mitplan.common.models import AuditEntry
from mitplan.participation import actions
from mitplan.participation.actions import PointValues
from mitplan.participation.models import CoSigner, Point, Submission
from tests import factories
from tests.factories import AFTER_CLOSING, WHILE_OPEN

pytestmark = pytest.mark.django_db


def add(submission, organisation, by=None):
    return actions.add_cosigner(
        submission=submission,
        organisation=organisation,
        by=by or factories.make_secretary(),
        at=AFTER_CLOSING,
    )


def record(consultation, organisation, cosigners):
    return actions.record_submission(
        consultation=consultation,
        organisation=organisation,
        route=Submission.Route.LETTER,
        letter="",
        points=[PointValues(kind=Point.Kind.SUGGESTION, text="Mehr Busse.")],
        cosigners=cosigners,
        by=factories.make_secretary(),
        at=WHILE_OPEN,
    )


def test_add_cosigner_keeps_its_name_and_writes_the_record(consultation):
    submission = factories.make_submission(consultation)
    other = factories.make_organisation(name="Verein Nord")

    signed = add(submission, other)

    assert (signed.submission, signed.organisation_name) == (submission, "Verein Nord")
    assert AuditEntry.objects.filter(event="participation.submission.cosigned").count() == 1


def test_add_cosigner_refuses_the_submitter_itself(consultation):
    submission = factories.make_submission(consultation)

    with pytest.raises(ValidationError, match="selbst abgegeben"):
        add(submission, submission.organisation)

    assert CoSigner.objects.count() == 0


def test_add_cosigner_refuses_who_signed_already(consultation):
    submission = factories.make_submission(consultation)
    other = factories.make_organisation()
    add(submission, other)

    with pytest.raises(ValidationError, match="schon unterzeichnet"):
        add(submission, other)

    assert CoSigner.objects.count() == 1


def test_add_cosigner_is_refused_after_the_results(consultation):
    submission = factories.make_submission(consultation)
    factories.declined(submission.points.get())
    actions.publish_results(
        consultation=consultation, by=factories.make_secretary(), at=AFTER_CLOSING
    )

    with pytest.raises(ValidationError, match="schon veröffentlicht"):
        add(submission, factories.make_organisation())


def test_add_cosigner_is_refused_once_the_submission_is_withdrawn(consultation):
    submission = factories.make_submission(consultation)
    seat = factories.make_seat(submission.organisation)
    actions.withdraw_submission(submission=submission, seat=seat, at=WHILE_OPEN)

    with pytest.raises(ValidationError, match="zurückgezogen"):
        add(submission, factories.make_organisation())


def test_add_cosigner_is_for_the_secretariat(consultation):
    submission = factories.make_submission(consultation)

    with pytest.raises(PermissionDenied):
        add(submission, factories.make_organisation(), by=factories.make_member())


def test_record_submission_notes_all_who_signed(consultation):
    others = [factories.make_organisation() for _ in range(2)]

    submission = record(consultation, factories.make_organisation(), others)

    assert [each.organisation for each in submission.cosigners.order_by("pk")] == others


def test_record_submission_signed_by_its_submitter_keeps_nothing(consultation):
    organisation = factories.make_organisation()

    with pytest.raises(ValidationError, match="selbst abgegeben"):
        record(consultation, organisation, [organisation])

    assert Submission.objects.count() == 0
