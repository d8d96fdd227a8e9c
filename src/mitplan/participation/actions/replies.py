"""Storing the template of reply letters, and noting that letters were made."""

import hashlib
from datetime import datetime

from django.db import transaction

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference.permissions import require
from mitplan.participation import permissions
from mitplan.participation.models import Consultation, ReplyTemplate
from mitplan.participation.queries import reply_templates


@transaction.atomic
def store_reply_template(
    *, consultation: Consultation | None, name: str, content: bytes, by: User, at: datetime
) -> ReplyTemplate:
    """Store a template for one consultation, or for all; one with mistakes is refused with all of them."""
    require(allowed=permissions.may_run_consultations(by))
    reply_templates.opened(content)
    digest = hashlib.sha256(content).hexdigest()
    template = ReplyTemplate(
        consultation=consultation,
        name=name[:200],
        content=content,
        sha256=digest,
        stored_by=by,
        stored_at=at,
    )
    template.full_clean()
    template.save()
    audit.record(
        "participation.reply_template.stored", on=template, by=by, at=at, name=name, sha256=digest
    )
    return template


@transaction.atomic
def note_replies_made(
    *, consultation: Consultation, letters: int, template_sha256: str, by: User, at: datetime
) -> None:
    """Note that reply letters were made, how many, and from which template."""
    audit.record(
        "participation.replies.made",
        on=consultation,
        by=by,
        at=at,
        letters=letters,
        template=template_sha256,
    )
