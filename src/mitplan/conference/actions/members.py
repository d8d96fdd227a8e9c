"""Organisations, their seats, and who speaks for them."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference import policies
from mitplan.conference.actions.changing import changed_by, locked, on_record
from mitplan.conference.models import (
    Appointment,
    Body,
    Department,
    Mandate,
    Organisation,
    Resolution,
    Term,
)
from mitplan.conference.permissions import may_edit_members, require

SpeaksFor = Organisation | Department | Body


@transaction.atomic
def add_organisation(
    *,
    name: str,
    category: str,
    level: str = Organisation.Level.CIVIL_SOCIETY,
    place: str = "",
    email: str = "",
    is_category: bool = False,
    source: str = "",
    note: str = "",
    by: User,
    at: datetime,
) -> Organisation:
    """Put an organisation, or a group published without names, on record."""
    require(allowed=may_edit_members(by))
    organisation = Organisation(
        name=name,
        category=category,
        level=level,
        place=place,
        email=email,
        is_category=is_category,
        source=source,
        note=note,
        is_demonstration=by.is_demonstration,
    )
    return on_record(organisation, "conference.organisation.added", by=by, at=at, name=name)


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, by: User, at: datetime, **values: object
) -> Organisation:
    """Correct what is on record about an organisation, or its address for mails."""
    require(allowed=may_edit_members(by))
    stored = locked(organisation)
    policies.require_own_world(by, stored)
    changed = changed_by(stored, values)
    stored.full_clean()
    if stored.is_category and stored.mandates.exists():
        policies.require_named(stored)
    stored.save()
    audit.record("conference.organisation.changed", on=stored, by=by, at=at, fields=sorted(changed))
    return stored


@transaction.atomic
def appoint_organisation(
    *,
    organisation: Organisation,
    term: Term,
    may_vote: bool | None = None,
    source: str = "",
    note: str = "",
    by: User,
    at: datetime,
) -> Appointment:
    """Give an organisation a seat in a body for a term."""
    require(allowed=may_edit_members(by))
    policies.require_own_world(by, organisation, term)
    if organisation.appointments.filter(term=term).exists():
        raise ValidationError(
            _("%(name)s ist für diese Amtsperiode schon berufen."),
            params={"name": organisation.name},
        )
    appointment = Appointment(
        organisation=organisation,
        term=term,
        may_vote=may_vote,
        source=source,
        note=note,
        is_demonstration=term.is_demonstration or organisation.is_demonstration,
    )
    appointment.full_clean(exclude=["may_vote"])  # whether it votes need not be known
    appointment.save()
    audit.record("conference.organisation.appointed", on=appointment, by=by, at=at, term=term.pk)
    return appointment


@transaction.atomic
def give_mandate(
    *,
    speaks_for: SpeaksFor,
    kind: str,
    email: str,
    name: str = "",
    begins_on: date,
    ends_on: date | None = None,
    act: str = "",
    acted_on: date | None = None,
    resolution: Resolution | None = None,
    scope_body: Body | None = None,
    scope_field: str = "",
    by: User,
    at: datetime,
) -> Mandate:
    """Let a person speak for an organisation, a department or a body; an unknown person gets an account."""
    require(allowed=may_edit_members(by))
    policies.require_own_world(by, speaks_for)
    policies.require_named(speaks_for)
    if ends_on is not None:
        policies.require_day_after(begins_on, ends_on)
    mandate = Mandate(
        user=_person(email, name, by),
        kind=kind,
        begins_on=begins_on,
        ends_on=ends_on,
        act=act.strip() or (str(resolution) if resolution else "")[:200],
        acted_on=acted_on or (resolution.decided_on if resolution else None),
        resolution=resolution,
        scope_body=scope_body,
        scope_field=scope_field.strip(),
    )
    setattr(mandate, _column(speaks_for), speaks_for)
    policies.require_no_same_mandate(mandate)
    policies.require_one_member(mandate)
    return on_record(mandate, "conference.mandate.given", by=by, at=at, kind=kind)


def _person(email: str, name: str, by: User) -> User:
    person = User.objects.filter(email=email.strip().lower()).first()
    policies.require_person(person, name)
    policies.require_own_world(by, person)
    if person is not None:
        return person
    return User.objects.create_user(
        email.strip(), name=name.strip(), is_demonstration=by.is_demonstration
    )


def _column(speaks_for: SpeaksFor) -> str:
    names = {Organisation: "organisation", Department: "department", Body: "body"}
    return names[type(speaks_for)]


@transaction.atomic
def end_mandate(*, mandate: Mandate, ends_on: date, by: User, at: datetime) -> Mandate:
    """End a mandate with a day; the person speaks until its end."""
    require(allowed=may_edit_members(by))
    stored = locked(mandate)
    policies.require_own_world(by, stored.user)
    policies.require_running(stored)
    policies.require_day_after(stored.begins_on, ends_on)
    stored.ends_on = ends_on
    return on_record(stored, "conference.mandate.ended", by=by, at=at, ends_on=ends_on)
