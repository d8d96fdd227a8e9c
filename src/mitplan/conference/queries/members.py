"""Who belongs to the conference: organisations, their appointments and mandates."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from mitplan.common.partial_dates import holds
from mitplan.conference.models import Appointment, Body, Mandate, Organisation, Term

TODAY, ALL, NONE = "", "alle", "ohne"


@dataclass(frozen=True, slots=True)
class Selection:
    """What the list of members is narrowed down to; empty means today's terms and all groups."""

    term: str = TODAY
    category: str = ""
    level: str = ""


def all_terms() -> list[Term]:
    """Return all terms, the newest first."""
    return list(Term.objects.select_related("body").order_by("-begins", "body__name"))


def selected_members(
    selection: Selection, terms: Iterable[Term], today: date
) -> QuerySet[Appointment]:
    """Return the appointments a selection asks for."""
    found = Appointment.objects.select_related("organisation", "term__body")
    if selection.term == TODAY:
        running = [term.pk for term in terms if holds(term.begins, term.ends, today)]
        found = found.filter(term__in=running)
    elif selection.term != ALL:
        found = found.filter(term=int(selection.term))
    if selection.category:
        found = found.filter(organisation__category=selection.category)
    if selection.level:
        found = found.filter(organisation__level=selection.level)
    return found


def organisations_without_term() -> list[Organisation]:
    """Return organisations that are known but appointed in no term."""
    return list(Organisation.objects.filter(appointments__isnull=True).order_by("name"))


def known_categories() -> list[str]:
    """Return the groups organisations belong to."""
    names = Organisation.objects.order_by("category").values_list("category", flat=True)
    return list(names.distinct())


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many seats of a group are known by name, and whether it stands as a group."""

    category: str
    named: int
    unnamed: int


def compositions(appointments: Iterable[Appointment]) -> dict[Term, list[GroupCount]]:
    """Count seats by group for each term; terms of different bodies are never mixed."""
    by_term: dict[Term, list[Appointment]] = {}
    for each in appointments:
        by_term.setdefault(each.term, []).append(each)
    return {term: composition(found) for term, found in by_term.items()}


def composition(appointments: Iterable[Appointment]) -> list[GroupCount]:
    """Count seats by group; a group published without names counts beside them, not as a seat."""
    named: Counter[str] = Counter()
    unnamed: Counter[str] = Counter()
    for each in appointments:
        counter = unnamed if each.organisation.is_category else named
        counter[each.organisation.category] += 1
    return [
        GroupCount(category, named[category], unnamed[category])
        for category in sorted(named.keys() | unnamed.keys())
    ]


def appointments_of(organisation: Organisation) -> list[Appointment]:
    """Return the seats of an organisation, the newest first."""
    return list(organisation.appointments.select_related("term__body").order_by("-term__begins"))


def mandates_for(thing: Organisation | Body) -> list[Mandate]:
    """Return who speaks for an organisation or chairs a body, the newest first."""
    return list(thing.mandates.select_related("user", "scope_body").order_by("-begins_on", "kind"))


HEADER = (
    "Organisation",
    "Gruppe",
    "steht für eine Gruppe ohne Einzelnamen",
    "Ebene",
    "Ort",
    "Gremium",
    "Amtsperiode",
    "stimmberechtigt",
    "Quelle",
    "Anmerkung",
    "Demonstration",
)
VOTES = {True: "ja", False: "nein", None: "nicht bekannt"}


def row(each: Appointment) -> tuple[object, ...]:
    """Return an appointment as a row under `HEADER`."""
    organisation = each.organisation
    return (
        organisation.name,
        organisation.category,
        VOTES[organisation.is_category],
        organisation.get_level_display(),
        organisation.place,
        each.term.body.name,
        each.term.name,
        VOTES[each.may_vote],
        each.source,
        each.note,
        VOTES[each.is_demonstration],
    )
