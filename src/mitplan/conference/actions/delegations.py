"""Who acts for the member, and colleagues an organisation invites itself."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import mail
from mitplan.common.languages import in_plan_language
from mitplan.conference import policies
from mitplan.conference.actions.changing import locked, on_record
from mitplan.conference.models import ColleagueInvitation, Delegation, Mandate, Organisation
from mitplan.conference.permissions import (
    may_manage_team,
    may_note_absence,
    require,
)

LINK_HOLDS = timedelta(days=14)


@transaction.atomic
def delegate(
    *,
    deputy: Mandate,
    begins_on: date,
    ends_on: date,
    cause: str = Delegation.Cause.DELEGATED,
    by: User,
    at: datetime,
) -> Delegation:
    """Let a deputy act for the member on some days; that the member is absent the deputy may note too."""
    policies.require_deputy(deputy)
    if cause == Delegation.Cause.ABSENT:
        require(allowed=may_note_absence(by, deputy))
    else:
        require(allowed=may_manage_team(by, policies.organisation_of(deputy)))
    delegation = Delegation(
        deputy=deputy,
        cause=cause,
        begins_on=begins_on,
        ends_on=ends_on,
        given_by=by,
        given_at=at,
    )
    return on_record(
        delegation,
        "conference.mandate.delegated",
        by=by,
        at=at,
        cause=cause,
        begins_on=begins_on.isoformat(),
        ends_on=ends_on.isoformat(),
    )


@transaction.atomic
def revoke_delegation(*, delegation: Delegation, by: User, at: datetime) -> Delegation:
    """Take the deputy's days back; what was done on them stands."""
    stored = locked(delegation)
    require(allowed=may_manage_team(by, policies.organisation_of(stored.deputy)))
    if stored.revoked_at is None:
        stored.revoked_at = at
        on_record(stored, "conference.mandate.delegation_revoked", by=by, at=at)
    return stored


@transaction.atomic
def invite_colleague(
    *, organisation: Organisation, kind: str, email: str, by: User, at: datetime
) -> ColleagueInvitation:
    """Invite a colleague by mail; the link opens one task: take the mandate on."""
    require(allowed=may_manage_team(by, organisation))
    address = email.strip().lower()
    policies.require_personal_address(organisation, address, timezone.localdate(at))
    invitation = ColleagueInvitation(
        organisation=organisation,
        kind=kind,
        email=address,
        invited_by=by,
        invited_at=at,
        valid_until=timezone.localdate(at + LINK_HOLDS),
    )
    on_record(invitation, "conference.colleague.invited", by=by, at=at, kind=kind)
    invitation.mail = mail.queue(to=address, at=at, **_words(invitation))
    invitation.save(update_fields=["mail"])
    return invitation


def _words(invitation: ColleagueInvitation) -> dict[str, str]:
    with in_plan_language():
        values = {
            "organisation": invitation.organisation.name,
            "who": str(invitation.invited_by),
            "kind": invitation.get_kind_display(),
            "day": date_format(invitation.valid_until, "DATE_FORMAT"),
            "link": settings.PUBLIC_URL + invitation.get_absolute_url(),
        }
        subject = _("Einladung: für %(organisation)s mitschreiben") % values
        body = _(
            "Guten Tag,\n\n"
            "%(who)s lädt Sie ein, für %(organisation)s mitzuarbeiten (%(kind)s).\n\n"
            "Dieser Link öffnet genau diese Aufgabe: die Einladung annehmen.\n%(link)s\n\n"
            "Er gilt bis zum %(day)s und nur für Sie. Bitte geben Sie ihn nicht weiter.\n"
        )
        return {"subject": subject, "body": body % values}


@transaction.atomic
def accept_colleague(
    *, invitation: ColleagueInvitation, name: str, at: datetime
) -> ColleagueInvitation:
    """Take on the mandate one was invited to; an unknown address gets an account of its own."""
    stored = locked(invitation)
    policies.require_open_invitation(stored, timezone.localdate(at))
    person = User.objects.filter(email=stored.email).first()
    policies.require_person(person, name)
    if person is None:
        person = User.objects.create_user(
            stored.email,
            name=name.strip(),
            is_demonstration=stored.organisation.is_demonstration,
        )
    stored.mandate = _mandate(stored, person, at)
    stored.accepted_at = at
    return on_record(stored, "conference.colleague.accepted", by=person, at=at)


def _mandate(invitation: ColleagueInvitation, person: User, at: datetime) -> Mandate:
    with in_plan_language():
        act = _("benannt durch die Organisation selbst")  # public, so without a person's name
    mandate = Mandate(
        user=person,
        kind=invitation.kind,
        organisation=invitation.organisation,
        begins_on=timezone.localdate(at),
        act=act,
        acted_on=timezone.localdate(invitation.invited_at),
    )
    policies.require_no_same_mandate(mandate)
    return on_record(mandate, "conference.mandate.given", by=person, at=at, kind=mandate.kind)


@transaction.atomic
def revoke_colleague(
    *, invitation: ColleagueInvitation, by: User, at: datetime
) -> ColleagueInvitation:
    """Take an invitation back; its link opens nothing any more."""
    stored = locked(invitation)
    require(allowed=may_manage_team(by, stored.organisation))
    if stored.accepted_at:
        raise ValidationError(
            _("Die Einladung ist schon angenommen. Bitte das Mandat beenden lassen.")
        )
    if stored.revoked_at is None:
        stored.revoked_at = at
        on_record(stored, "conference.colleague.revoked", by=by, at=at)
    return stored
