"""Calling a sitting, what is laid before it, and what it resolves."""

import hashlib
from datetime import date, datetime
from pathlib import PurePath

from django.core.files import File
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from mitplan.accounts.models import User
from mitplan.conference import policies
from mitplan.conference.actions.changing import changed_by, locked, on_record
from mitplan.conference.models import AgendaItem, Body, Paper, Resolution, Sitting
from mitplan.conference.permissions import may_run_sittings, require

SITTING_SET = Signal()
"""Sent with `sitting`, `by` and `at` when a sitting is called or its day changes; rooms above bring points."""


@transaction.atomic
def call_sitting(
    *,
    body: Body,
    on: str = "",
    kind: str,
    place: str = "",
    subject: str = "",
    source: str = "",
    note: str = "",
    by: User,
    at: datetime,
) -> Sitting:
    """Put a sitting of a body on record."""
    require(allowed=may_run_sittings(by, body))
    policies.require_own_world(by, body)
    sitting = Sitting(
        body=body,
        on=on,
        kind=kind,
        place=place,
        subject=subject,
        source=source,
        note=note,
        is_demonstration=body.is_demonstration,
    )
    on_record(sitting, "conference.sitting.called", by=by, at=at, day=on)
    SITTING_SET.send(Sitting, sitting=sitting, by=by, at=at)
    return sitting


@transaction.atomic
def change_sitting(*, sitting: Sitting, by: User, at: datetime, **values: object) -> Sitting:
    """Correct a sitting; once it has resolved something it can no longer be moved."""
    stored = _own(sitting, by)
    changed = changed_by(stored, values)
    policies.require_nothing_resolved(stored, changed)
    on_record(stored, "conference.sitting.changed", by=by, at=at, fields=sorted(changed))
    SITTING_SET.send(Sitting, sitting=stored, by=by, at=at)
    return stored


@transaction.atomic
def add_agenda_item(
    *, sitting: Sitting, number: int, title: str, role: str, by: User, at: datetime
) -> AgendaItem:
    """Put an item on the agenda."""
    item = AgendaItem(sitting=_own(sitting, by), number=number, title=title, role=role)
    policies.require_free_number(item)
    return on_record(item, "conference.agenda_item.added", by=by, at=at, number=number)


@transaction.atomic
def change_agenda_item(*, item: AgendaItem, by: User, at: datetime, **values: object) -> AgendaItem:
    """Change an item under which nothing is resolved yet."""
    stored = locked(item)
    stored.sitting = _own(stored.sitting, by)
    policies.require_undecided(stored)
    changed = changed_by(stored, values)
    policies.require_free_number(stored)
    return on_record(stored, "conference.agenda_item.changed", by=by, at=at, fields=sorted(changed))


@transaction.atomic
def lay_paper(
    *,
    item: AgendaItem,
    title: str,
    sent_on: date,
    file: File | None = None,
    by: User,
    at: datetime,
) -> Paper:
    """Lay a paper before a sitting; the day it was sent counts, and the sum of its file is kept."""
    _own(item.sitting, by)
    policies.require_sent(sent_on, timezone.localdate(at))
    policies.require_readable_file(file)
    paper = Paper(agenda_item=item, title=title, sent_on=sent_on)
    if file is not None:
        paper.sha256 = _sum(file)
        ending = PurePath(file.name or "").suffix.lower()
        paper.file = File(file, name=f"{paper.sha256}{ending}")
    return on_record(paper, "conference.paper.laid", by=by, at=at, sha256=paper.sha256)


def _sum(file: File) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


@transaction.atomic
def record_resolution(
    *,
    item: AgendaItem,
    title: str,
    text: str,
    decided_on: date,
    votes_yes: int | None = None,
    votes_no: int | None = None,
    abstentions: int | None = None,
    by: User,
    at: datetime,
) -> Resolution:
    """Record what a body resolved; it can never be changed, only followed by another resolution."""
    sitting = _own(item.sitting, by)
    policies.require_for_decision(locked(item))
    policies.require_decided_in_time(sitting, decided_on, timezone.localdate(at))
    resolution = Resolution(
        agenda_item=item,
        title=title,
        text=text,
        decided_on=decided_on,
        votes_yes=votes_yes,
        votes_no=votes_no,
        abstentions=abstentions,
    )
    return on_record(resolution, "conference.resolution.recorded", by=by, at=at, title=title)


def _own(sitting: Sitting, by: User) -> Sitting:
    """Return a sitting as it is stored, if the person may run the sittings of its body."""
    stored = locked(sitting)
    require(allowed=may_run_sittings(by, stored.body))
    policies.require_own_world(by, stored)
    return stored
