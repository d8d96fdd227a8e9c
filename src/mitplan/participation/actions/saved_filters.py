"""Keeping selections of points under a name."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit
from mitplan.conference.permissions import require
from mitplan.participation import permissions
from mitplan.participation.models import SavedFilter


@transaction.atomic
def save_filter(*, name: str, query: str, is_shared: bool, by: User, at: datetime) -> SavedFilter:
    """Keep a selection; one of the same name is replaced and keeps its address."""
    require(allowed=permissions.may_see_unpublished(by))
    if not query:
        raise ValidationError(_("Bitte zuerst eingrenzen, was Sie speichern wollen."))
    kept = SavedFilter.objects.filter(user=by, name=name.strip()).first() or SavedFilter(user=by)
    kept.name, kept.query, kept.is_shared, kept.saved_at = name.strip(), query, is_shared, at
    kept.full_clean(exclude=["user"])
    kept.save()
    audit.record("participation.filter.saved", on=kept, by=by, at=at, name=kept.name, query=query)
    return kept


@transaction.atomic
def forget_filter(*, kept: SavedFilter, by: User, at: datetime) -> None:
    """Throw one's own selection away."""
    require(allowed=kept.user_id == by.pk)
    audit.record("participation.filter.forgotten", on=kept, by=by, at=at, name=kept.name)
    kept.delete()
