"""Further organisations that sign a submission: they count as those who demand it, and get a reply."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference.models import Organisation
from mitplan.conference.permissions import require
from mitplan.participation import permissions
from mitplan.participation.models import CoSigner, Submission


@transaction.atomic
def add_cosigner(
    *, submission: Submission, organisation: Organisation, by: User, at: datetime
) -> CoSigner:
    """Note that one more organisation signed what was handed in; after the results nobody is added."""
    require(allowed=permissions.may_run_consultations(by))
    locked = Submission.objects.select_for_update(of=("self", "consultation"), no_key=True)
    submission = locked.select_related("consultation").get(pk=submission.pk)
    _refuse_too_late(submission)
    [cosigner] = sign(submission, [organisation], by, at)
    return cosigner


def _refuse_too_late(submission: Submission) -> None:
    if submission.withdrawn_at:
        raise ValidationError(_("Die Stellungnahme ist zurückgezogen."))
    if submission.consultation.results_published_at:
        raise ValidationError(
            _(
                "Die Ergebnisse dieser Runde sind schon veröffentlicht. Mitunterzeichnende lassen sich "
                "nicht mehr eintragen, denn sie zählen in den Quoten."
            )
        )


def sign(
    submission: Submission, organisations: Iterable[Organisation], by: User, at: datetime
) -> list[CoSigner]:
    """Let organisations sign a submission, inside the transaction of the action that calls it."""
    return [_sign(submission, each, by, at) for each in organisations]


def _sign(submission: Submission, organisation: Organisation, by: User, at: datetime) -> CoSigner:
    if submission.organisation_id == organisation.pk:
        raise ValidationError(
            _("%(name)s hat die Stellungnahme selbst abgegeben und zählt schon."),
            params={"name": organisation.name},
        )
    cosigner = CoSigner(
        submission=submission,
        organisation=organisation,
        organisation_name=organisation.name,
        signed_at=at,
    )
    cosigner.validate_constraints()
    cosigner.save()
    audit.record(
        "participation.submission.cosigned",
        on=submission,
        by=by,
        at=at,
        on_behalf_of=organisation.name,
        organisation=organisation.pk,
    )
    return cosigner
