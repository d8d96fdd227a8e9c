"""Who was invited, by which route, and whether it arrived; and whom one can still invite."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mitplan.common.models import OutgoingMail
from mitplan.conference.models import Body, Organisation
from mitplan.conference.queries.members import Selection, all_terms, selected_members
from mitplan.participation.models import Consultation, Dispatch, Invitation, Submission
from mitplan.participation.queries.consultations import organisations_for


@dataclass(frozen=True, slots=True)
class DispatchRow:
    """One time an invitation left the house."""

    sent_on: date
    route: str
    by: str
    delivery: tuple[str, str | Promise]
    problem: str


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """Who was asked, by which route, and whether it arrived."""

    pk: int
    organisation: str
    organisation_pk: int
    category: str
    route: str
    invited_at: datetime
    delivery: tuple[str, str | Promise]
    problem: str
    has_bounced: bool
    dispatches: tuple[DispatchRow, ...]
    first_opened_at: datetime | None
    received_number: str
    link: str

    @property
    def last_sent_on(self) -> date:
        """The day it last left the house."""
        return self.dispatches[-1].sent_on if self.dispatches else self.invited_at.date()

    @property
    def last_sent_by(self) -> str:
        """Who sent it off last."""
        return self.dispatches[-1].by if self.dispatches else ""

    @property
    def earlier(self) -> tuple[DispatchRow, ...]:
        """The times before the last one."""
        return self.dispatches[:-1]


_DELIVERY: dict[str | None, tuple[str, str | Promise]] = {
    OutgoingMail.State.QUEUED: ("planned", _("wird versandt")),
    OutgoingMail.State.SENDING: ("planned", _("wird versandt")),
    OutgoingMail.State.SENT: ("submitted", _("versandt")),
    OutgoingMail.State.FAILED: ("withdrawn", _("nicht zustellbar")),
    OutgoingMail.State.BOUNCED: ("withdrawn", _("zurückgekommen")),
    None: ("submitted", _("persönlich übergeben")),
}


def invitation_rows(consultation: Consultation, base: str) -> list[InvitationRow]:
    """Return who was invited, by category and name; `base` is how the site is reached."""
    received = dict(
        Submission.objects.filter(
            consultation=consultation, received_at__isnull=False, withdrawn_at__isnull=True
        ).values_list("organisation_id", "number")
    )
    dispatches = Dispatch.objects.select_related("mail", "by").order_by("recorded_at", "pk")
    found = consultation.invitations.select_related("organisation", "mail").prefetch_related(
        Prefetch("dispatches", dispatches)
    )
    return [
        _row(each, received.get(each.organisation_id) or "", base)
        for each in found.order_by("organisation__category", "organisation__name")
    ]


def _row(each: Invitation, received_number: str, base: str) -> InvitationRow:
    return InvitationRow(
        pk=each.pk,
        organisation=each.organisation.name,
        organisation_pk=each.organisation_id,
        category=each.organisation.category,
        route=each.get_route_display(),
        invited_at=each.invited_at,
        delivery=_delivery(each.mail),
        problem=each.mail.problem if each.mail else "",
        has_bounced=bool(each.mail and each.mail.state in OutgoingMail.UNDELIVERED),
        dispatches=tuple(_dispatch(one) for one in each.dispatches.all()),
        first_opened_at=each.first_opened_at,
        received_number=received_number,
        link=base + each.get_absolute_url(),
    )


def _dispatch(each: Dispatch) -> DispatchRow:
    problem = each.mail.problem if each.mail else ""
    route, by = each.get_route_display(), str(each.by or "")
    return DispatchRow(each.sent_on, route, by, _delivery(each.mail), problem)


def _delivery(mail: OutgoingMail | None) -> tuple[str, str | Promise]:
    return _DELIVERY[mail.state if mail else None]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Organisations of one category that were not invited yet."""

    category: str
    organisations: tuple[Organisation, ...]


def candidates(consultation: Consultation) -> list[Candidates]:
    """Return whom one can still invite, by category."""
    invited = consultation.invitations.values("organisation_id")
    found = organisations_for(consultation).exclude(pk__in=invited)
    ordered = found.order_by("category", "name")
    groups = groupby(ordered, key=lambda organisation: organisation.category)
    return [Candidates(category, tuple(members)) for category, members in groups]


MEMBERS, NOBODY, GROUP = "mitglieder", "niemand", "gruppe:"
"""What can be ticked in one go, as it stands in the address; nothing means all with an address."""


def ticked(groups: Sequence[Candidates], wanted: str, today: date) -> set[str]:
    """Return the keys of those who are ticked before anybody chooses."""
    everybody = [each for group in groups for each in group.organisations]
    if wanted == NOBODY:
        return set()
    if wanted == MEMBERS:
        members = members_today(today)
        return {str(each.pk) for each in everybody if each.pk in members}
    if wanted.startswith(GROUP):
        category = wanted.removeprefix(GROUP)
        return {str(each.pk) for each in everybody if each.category == category}
    return {str(each.pk) for each in everybody if each.email}


def members_today(today: date) -> set[int]:
    """Return the organisations appointed to a conference in its running term."""
    seats = selected_members(Selection(), all_terms(), today)
    conferences = seats.filter(term__body__kind=Body.Kind.CONFERENCE)
    return set(conferences.values_list("organisation_id", flat=True))


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A row of a list, whom it names, and what stands against inviting them."""

    number: int
    words: str
    organisation: Organisation | None = None
    problem: str = ""
    is_invited: bool = False

    @property
    def is_new(self) -> bool:
        """Whether this row brings an invitation."""
        return bool(self.organisation and not self.problem and not self.is_invited)


HEADS = frozenset({"name", "organisation", "organisationen", "e-mail", "email", "e-mail-adresse"})
NAMES_A_MAIL = "@"


def imported_rows(
    consultation: Consultation, rows: Iterable[tuple[int, Sequence[str]]], *, by_mail: bool
) -> list[ImportedRow]:
    """Return whom the rows of a list name: by mail address or by name, in two statements."""
    known = _Known(organisations_for(consultation))
    invited = set(consultation.invitations.values_list("organisation_id", flat=True))
    first_rows: dict[int, int] = {}
    found: list[ImportedRow] = []
    for number, cells in _without_head(rows):
        words = " · ".join(cell for cell in cells if cell)
        organisation, problem = known.named(cells)
        if organisation is None:
            found.append(ImportedRow(number, words, problem=problem))
            continue
        is_invited = organisation.pk in invited
        first = first_rows.setdefault(organisation.pk, number)
        lacks_mail = by_mail and not organisation.email and not is_invited
        problem = _problem(number, first, lacks_mail=lacks_mail)
        found.append(ImportedRow(number, words, organisation, problem, is_invited))
    return found


def _problem(number: int, first: int, *, lacks_mail: bool) -> str:
    if first != number:
        return gettext("Steht schon in Zeile %(number)s.") % {"number": first}
    return gettext("Es ist keine E-Mail-Adresse hinterlegt.") if lacks_mail else ""


def _without_head(
    rows: Iterable[tuple[int, Sequence[str]]],
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold something, without the one that names the columns."""
    is_first = True
    for number, row in rows:
        cells = [" ".join(cell.split()) for cell in row]
        if not any(cells):
            continue
        if not (is_first and any(cell.casefold() in HEADS for cell in cells)):
            yield number, cells
        is_first = False


class _Known:
    """Organisations by their names and mail addresses."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self._by_name: dict[str, Organisation] = {}
        self._by_email: dict[str, list[Organisation]] = {}
        for each in organisations:
            self._by_name[each.name.casefold()] = each
            if each.email:
                self._by_email.setdefault(each.email.casefold(), []).append(each)

    def named(self, cells: Sequence[str]) -> tuple[Organisation | None, str]:
        """Return whom a row names and what is wrong with it; a name says more than an address."""
        for cell in cells:
            if found := self._by_name.get(cell.casefold()):
                return found, ""
        addresses = [cell.casefold() for cell in cells if NAMES_A_MAIL in cell]
        for address in addresses:
            owners = self._by_email.get(address, [])
            if len(owners) == 1:
                return owners[0], ""
            if owners:
                names = ", ".join(str(each) for each in owners)
                sentence = gettext(
                    "Diese Adresse haben mehrere: %(names)s. Bitte den Namen angeben."
                )
                return None, sentence % {"names": names}
        return None, gettext(
            "Nicht bekannt. Bitte Name oder E-Mail-Adresse prüfen oder die Organisation anlegen."
        )
