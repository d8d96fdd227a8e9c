"""What the state of bodies, members and sittings allows now."""

from datetime import date
from pathlib import PurePath
from typing import Protocol

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models import Q
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common.partial_dates import earliest_day, latest_day, spoken
from mitplan.conference.models import (
    AgendaItem,
    Body,
    ColleagueInvitation,
    Department,
    Mandate,
    Organisation,
    Sitting,
)

LARGEST_FILE = 20 * 1024 * 1024
_ZIP = b"PK\x03\x04"
FILE_BEGINNINGS = {
    ".pdf": b"%PDF-",
    ".docx": _ZIP,
    ".odt": _ZIP,
    ".xlsx": _ZIP,
    ".ods": _ZIP,
    ".txt": b"",
    ".md": b"",
}
"""How a file of a kind begins; texts may begin with anything."""


class Invented(Protocol):
    """A thing that may be part of the demonstration."""

    is_demonstration: bool


def require_own_world(by: User, *things: Invented | None) -> None:
    """Refuse that somebody of the demonstration acts on sourced facts."""
    if by.is_demonstration and any(thing and not thing.is_demonstration for thing in things):
        raise ValidationError(
            _("In der Demonstration lassen sich belegte Angaben nicht ändern, nur erfundene.")
        )


def require_order(begins: str, ends: str) -> None:
    """Refuse an end before the beginning."""
    if begins and ends and latest_day(ends) < earliest_day(begins):
        raise ValidationError(
            _("Das Ende (%(ends)s) liegt vor dem Beginn (%(begins)s)."),
            params={"ends": spoken(ends), "begins": spoken(begins)},
        )


def require_no_circle(body: Body) -> None:
    """Refuse a body that would be part or successor of itself."""
    for other in (body.parent, body.successor):
        if body.pk is not None and other is not None and other.pk == body.pk:
            raise ValidationError(
                _("Ein Gremium kann nicht Teil oder Nachfolger von sich selbst sein.")
            )


def require_named(speaks_for: Organisation | Department | Body) -> None:
    """Refuse a mandate for a group that has no name of its own."""
    if isinstance(speaks_for, Organisation) and speaks_for.is_category:
        raise ValidationError(
            _(
                "«%(name)s» steht für eine Gruppe ohne Einzelnamen. Ein Mandat braucht eine "
                "Organisation mit Namen; bitte zuerst anlegen."
            ),
            params={"name": speaks_for.name},
        )


def require_person(person: User | None, name: str) -> None:
    """Refuse a mandate for an unknown address without a name, or for an account that is closed."""
    if person is None and not name.strip():
        raise ValidationError(
            {"name": _("Diese E-Mail-Adresse ist neu. Bitte auch den Namen der Person angeben.")}
        )
    if person is not None and not person.is_active:
        raise ValidationError(
            {"email": _("Das Konto dieser Person ist geschlossen. Bitte eine andere eintragen.")}
        )


def require_no_same_mandate(mandate: Mandate) -> None:
    """Refuse the same mandate twice at the same time."""
    same = Mandate.objects.filter(
        user=mandate.user,
        kind=mandate.kind,
        organisation=mandate.organisation,
        department=mandate.department,
        body=mandate.body,
    ).active(mandate.begins_on)
    if same.exists():
        raise ValidationError(_("%(name)s hat dieses Mandat schon."), params={"name": mandate.user})


def require_one_member(mandate: Mandate) -> None:
    """Refuse a second member on any day: on each, one person holds the mandate."""
    if mandate.kind != Mandate.Kind.MEMBER:
        return
    others = Mandate.objects.filter(kind=Mandate.Kind.MEMBER, organisation=mandate.organisation)
    others = others.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=mandate.begins_on))
    if mandate.ends_on:
        others = others.filter(begins_on__lte=mandate.ends_on)
    if other := others.exclude(pk=mandate.pk).select_related("user").first():
        raise ValidationError(
            _(
                "Die Organisation hat schon ein Mitglied. In dieser Zeit ist es %(name)s; bitte zuerst "
                "jenes Mandat beenden."
            ),
            params={"name": other.user},
        )


def require_deputy(mandate: Mandate) -> None:
    """Refuse to delegate to somebody who is no deputy, or no longer."""
    if mandate.kind != Mandate.Kind.DEPUTY or mandate.ends_on is not None:
        raise ValidationError(_("Vertreten kann nur, wer als Vertretung eingetragen ist."))


def organisation_of(mandate: Mandate) -> Organisation:
    """Return the organisation a mandate speaks for."""
    if mandate.organisation is None:
        raise ValidationError(_("Dieses Mandat gehört zu keiner Organisation."))
    return mandate.organisation


def require_personal_address(organisation: Organisation, email: str, today: date) -> None:
    """Refuse an address that several people share, or that has a mandate here already."""
    if email == organisation.email.lower():
        raise ValidationError(
            {
                "email": _(
                    "Das ist die gemeinsame Adresse der Organisation. Ein Konto gehört einer Person; "
                    "bitte deren eigene Adresse angeben."
                )
            }
        )
    held = Mandate.objects.filter(organisation=organisation, user__email=email)
    if held.active(today).exists():
        raise ValidationError({"email": _("Diese Person hat schon ein Mandat Ihrer Organisation.")})


def require_open_invitation(invitation: ColleagueInvitation, today: date) -> None:
    """Refuse a link that was used, taken back, or is too old."""
    if invitation.accepted_at:
        raise ValidationError(_("Die Einladung ist schon angenommen."))
    if invitation.revoked_at or today > invitation.valid_until:
        raise ValidationError(
            _("Die Einladung gilt nicht mehr. Bitte lassen Sie sich eine neue schicken.")
        )


def require_running(mandate: Mandate) -> None:
    """Refuse to end what has ended."""
    if mandate.ends_on is not None:
        raise ValidationError(_("Das Mandat ist schon beendet."))


def require_day_after(begins_on: date, ends_on: date) -> None:
    """Refuse a last day before the first."""
    if ends_on < begins_on:
        raise ValidationError({"ends_on": _("Das Ende liegt vor dem Beginn des Mandats.")})


def require_nothing_resolved(sitting: Sitting, changed: set[str]) -> None:
    """Refuse to move a sitting that has resolved something."""
    resolved = AgendaItem.objects.filter(sitting=sitting, resolutions__isnull=False)
    if changed & {"on", "kind"} and resolved.exists():
        raise ValidationError(
            _("Die Sitzung hat schon etwas beschlossen. Tag und Art bleiben, wie sie sind.")
        )


def require_undecided(item: AgendaItem) -> None:
    """Refuse to change an item under which something was resolved."""
    if item.pk is not None and item.resolutions.exists():
        raise ValidationError(
            _("Zu TOP %(number)s steht schon ein Beschluss. Der Punkt bleibt, wie er ist."),
            params={"number": item.number},
        )


def require_free_number(item: AgendaItem) -> None:
    """Refuse a number that another item of the sitting has."""
    others = AgendaItem.objects.filter(sitting=item.sitting, number=item.number)
    taken = others.exclude(pk=item.pk).first()
    if taken:
        raise ValidationError(
            {
                "number": ValidationError(
                    _("TOP %(number)s gibt es schon: «%(title)s». Bitte eine andere Nummer."),
                    params={"number": taken.number, "title": taken.title},
                )
            }
        )


def require_for_decision(item: AgendaItem) -> None:
    """Refuse a resolution under an item that was not on the agenda for one."""
    if item.role != AgendaItem.Role.DECISION:
        raise ValidationError(
            _(
                "TOP %(number)s steht nicht zum Beschluss auf der Tagesordnung. Bitte zuerst den "
                "Zweck des Punktes ändern."
            ),
            params={"number": item.number},
        )


def require_decided_in_time(sitting: Sitting, decided_on: date, today: date) -> None:
    """Refuse a resolution before its sitting or in the future."""
    if decided_on > today:
        raise ValidationError({"decided_on": _("Der Tag des Beschlusses liegt in der Zukunft.")})
    if sitting.on and decided_on < earliest_day(sitting.on):
        raise ValidationError(
            {
                "decided_on": ValidationError(
                    _("Die Sitzung war am %(day)s; vorher kann sie nichts beschlossen haben."),
                    params={"day": spoken(sitting.on)},
                )
            }
        )


def require_sent(sent_on: date, today: date) -> None:
    """Refuse a dispatch in the future: only what was sent counts."""
    if sent_on > today:
        raise ValidationError(
            {"sent_on": _("Der Tag des Versands liegt in der Zukunft. Es zählt, was versandt ist.")}
        )


def require_readable_file(file: File | None) -> None:
    """Refuse files that are empty, too large, of another kind, or not what their name says."""
    if file is None:
        return
    ending = PurePath(file.name or "").suffix.lower()
    if ending not in FILE_BEGINNINGS:
        kinds = ", ".join(name.removeprefix(".").upper() for name in FILE_BEGINNINGS)
        raise _file_error(
            _("Dateien dieser Art nehmen wir nicht an. Möglich sind: %(kinds)s."), kinds
        )
    if not file.size:
        raise _file_error(_("Die Datei ist leer. Bitte eine andere wählen."))
    if file.size > LARGEST_FILE:
        raise _file_error(_("Die Datei ist größer als 20 MB. Bitte eine kleinere wählen."))
    file.seek(0)
    beginning = file.read(len(_ZIP) + 1)
    file.seek(0)
    if not beginning.startswith(FILE_BEGINNINGS[ending]):
        raise _file_error(_("Der Inhalt der Datei passt nicht zu ihrer Endung. Bitte prüfen."))


def _file_error(sentence: str, kinds: str = "") -> ValidationError:
    return ValidationError({"file": ValidationError(sentence, params={"kinds": kinds})})
