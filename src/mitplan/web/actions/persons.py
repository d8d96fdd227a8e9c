"""Erasing what is kept about a person, without breaking the record of acts or any fingerprint."""

from contextlib import nullcontext
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitplan.accounts.models import COMMAND_LINE, User
from mitplan.common import audit, triggers
from mitplan.common.immutable import Immutable
from mitplan.common.languages import in_plan_language
from mitplan.common.models import AuditDetail, Export, OutgoingMail
from mitplan.conference.models import Mandate
from mitplan.conference.permissions import require
from mitplan.participation.models import MailChoice, SavedFilter
from mitplan.web import permissions
from mitplan.web.queries import personal_data

ERASED = "geloescht.invalid"
"""The domain of erased addresses; no mail can ever reach it."""

KEPT_DETAILS = ("participation.point.decided", "participation.point.reopened")
"""What decisions on record are compared with; they say what was decided, not who somebody is."""


@transaction.atomic
def erase_person(*, person: User, by: User, at: datetime) -> User:
    """Close an account for good: name and address become a pseudonym wherever they stand."""
    require(allowed=permissions.may_handle_data_of(by, person))
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    _require_erasable(person)
    with in_plan_language():
        pseudonym = _("Gelöschte Person %(number)s") % {"number": person.pk}
    address = f"person-{person.pk}@{ERASED}"
    _forget_details(person)
    for model, field in personal_data.snapshots():
        _replace(model, field, person, pseudonym, address)
    _forget_own_rows(person, at)
    person.name, person.email = pseudonym, address
    person.office, person.is_active, person.last_visit_at = "", False, None
    person.set_unusable_password()
    person.save()
    audit.record("accounts.person.erased", on=person, by=by, at=at)
    return person


def _require_erasable(person: User) -> None:
    if person.email == COMMAND_LINE or person.email.endswith(f"@{ERASED}"):
        raise ValidationError(_("Zu dieser Person ist nichts zu löschen."))
    if person.is_demonstration:
        raise ValidationError(
            _("Personen der Demonstration sind erfunden; zu ihnen gibt es nichts zu löschen.")
        )
    administrators = User.objects.filter(office=User.Office.ADMINISTRATOR, is_active=True)
    is_last = not administrators.exclude(pk=person.pk).exists()
    if person.office == User.Office.ADMINISTRATOR and is_last:
        raise ValidationError(
            _("Das ist die einzige Administration. Bitte zuerst eine andere Person einsetzen.")
        )


def _forget_details(person: User) -> None:
    """Drop the details of acts that name the person; their hashes stay, so the chain still holds."""
    named = personal_data.rows_naming(AuditDetail, "content", person)
    named.exclude(entry__event__in=KEPT_DETAILS).delete()


def _replace(
    model: type[models.Model], field: str, person: User, pseudonym: str, address: str
) -> None:
    """Write the pseudonym over name and address in one column, also where rows are frozen."""
    rows = list(personal_data.rows_naming(model, field, person))
    if not rows:
        return
    frozen = triggers.lifted(model) if issubclass(model, Immutable) else nullcontext()
    with frozen:
        for row in rows:
            text = _without(getattr(row, field), person, pseudonym, address)
            model._base_manager.filter(pk=row.pk).update(**{field: text})


def _without(text: str, person: User, pseudonym: str, address: str) -> str:
    text = personal_data.address_of(person).sub(address, text)
    return personal_data.name_of(person).sub(pseudonym, text)


def _forget_own_rows(person: User, at: datetime) -> None:
    """End what the person could still do, and delete what was the person's alone."""
    today = timezone.localdate(at)
    Mandate.objects.active(today).filter(user=person).update(ends_on=today)
    address = f"person-{person.pk}@{ERASED}"
    unsent = {"body": "", "state": OutgoingMail.State.FAILED, "problem": str(_("gelöscht"))}
    waiting = OutgoingMail.objects.filter(to=address, state=OutgoingMail.State.QUEUED)
    waiting.update(**unsent)
    OutgoingMail.objects.filter(to=address).update(body="")
    own: list[type[Any]] = [SavedFilter, MailChoice, EmailAddress]
    for model in own:
        model.objects.filter(user=person).delete()
    for export in Export.objects.filter(asked_by=person):
        export.file.delete(save=False)
        export.delete()
