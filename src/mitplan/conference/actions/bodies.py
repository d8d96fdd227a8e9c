"""Founding bodies and beginning their terms."""

from datetime import datetime

from django.db import transaction

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference import policies
from mitplan.conference.actions.changing import changed_by, locked
from mitplan.conference.models import Body, Term
from mitplan.conference.permissions import may_edit_members, require


@transaction.atomic
def found_body(
    *,
    name: str,
    kind: str,
    begins: str = "",
    ends: str = "",
    parent: Body | None = None,
    successor: Body | None = None,
    notice_working_days: int = 20,
    source: str = "",
    note: str = "",
    by: User,
    at: datetime,
) -> Body:
    """Put a body on record."""
    require(allowed=may_edit_members(by))
    body = Body(
        name=name,
        kind=kind,
        begins=begins,
        ends=ends,
        parent=parent,
        successor=successor,
        notice_working_days=notice_working_days,
        source=source,
        note=note,
        is_demonstration=by.is_demonstration,
    )
    _check(body, by)
    body.save()
    audit.record("conference.body.founded", on=body, by=by, at=at, name=name)
    return body


@transaction.atomic
def change_body(*, body: Body, by: User, at: datetime, **values: object) -> Body:
    """Correct what is on record about a body: its dates, what it belongs to, what followed it."""
    require(allowed=may_edit_members(by))
    stored = locked(body)
    policies.require_own_world(by, stored)
    changed = changed_by(stored, values)
    _check(stored, by)
    stored.save()
    audit.record("conference.body.changed", on=stored, by=by, at=at, fields=sorted(changed))
    return stored


def _check(body: Body, by: User) -> None:
    policies.require_own_world(by, body.parent, body.successor)
    policies.require_no_circle(body)
    body.full_clean()
    policies.require_order(body.begins, body.ends)


@transaction.atomic
def begin_term(
    *,
    body: Body,
    name: str,
    begins: str = "",
    ends: str = "",
    size: str = "",
    source: str = "",
    note: str = "",
    by: User,
    at: datetime,
) -> Term:
    """Begin a term of a body, to which organisations can be appointed."""
    require(allowed=may_edit_members(by))
    policies.require_own_world(by, body)
    term = Term(
        body=body,
        name=name,
        begins=begins,
        ends=ends,
        size=size,
        source=source,
        note=note,
        is_demonstration=body.is_demonstration,
    )
    term.full_clean()
    policies.require_order(begins, ends)
    term.save()
    audit.record("conference.term.begun", on=term, by=by, at=at, name=name)
    return term
