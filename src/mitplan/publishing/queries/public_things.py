"""Everything public that the search finds, room by room. What is not released is not here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from mitplan.common.partial_dates import spoken
from mitplan.common.sourced import Sourced
from mitplan.conference.models import AgendaItem, Sitting
from mitplan.core.text.passages import Kind
from mitplan.monitoring.models import Indicator
from mitplan.participation.queries.proposals import further_words
from mitplan.plan.models import Edition, Entry
from mitplan.projects.models import Project
from mitplan.publishing.models import SearchEntry
from mitplan.publishing.queries.reading import public_points
from mitplan.ui.inline import plain_text

Kinds = SearchEntry.Kind
POINT_TEXTS = ("text", "proposed_text", "reason")
TYPED = {Kind.GOAL: Kinds.GOAL, Kind.MEASURE: Kinds.MEASURE}


@dataclass(frozen=True, slots=True)
class Thing:
    """A public thing: what it is, where it stands, its words, and whether it is sourced or invented."""

    kind: Kinds
    url: str
    title: str
    text: str = ""
    source: str = ""
    is_demonstration: bool = False


def public_things(today: date) -> Iterator[Thing]:
    """Yield everything the search finds on a day."""
    yield from _texts()
    yield from _points(today)
    yield from _projects()
    yield from _indicators()
    yield from _sittings()


def _texts() -> Iterator[Thing]:
    """Yield each passage in its newest public wording; goals and measures lead to their own pages."""
    newest: dict[tuple[str, int], Thing] = {}
    heading = ""
    for slug, invented, number, kind, text, fields in _public_entries():
        if kind == Kind.HEADING:
            heading = plain_text(text)
        address = (slug, number)
        thing = _passage(address, kind, plain_text(text), dict(fields), heading)
        newest[address] = replace(thing, is_demonstration=invented)
    yield from {(thing.kind, thing.url): thing for thing in newest.values()}.values()


def _public_entries() -> Iterator[tuple[str, bool, int, str, str, list[list[str]]]]:
    rows = Entry.objects.filter(edition__in=Edition.objects.public())
    ordered = rows.order_by("edition__plan", "edition__number", "position")
    yield from ordered.values_list(
        "edition__plan__slug",
        "edition__plan__is_demonstration",
        "passage__number",
        "kind",
        "wording__text",
        "fields",
    ).iterator(2000)


def _passage(
    address: tuple[str, int], kind: str, words: str, fields: dict[str, str], heading: str
) -> Thing:
    slug, number = address
    code = fields.get("Nummer")
    if kind in TYPED and code:
        found = TYPED[Kind(kind)]
        url = reverse(f"monitoring:{found}", args=[slug, code])
        return Thing(found, url, f"{code} {fields.get('Titel', '')}".strip(), words)
    url = reverse("publishing:passage", args=[slug, number])
    if kind == Kind.HEADING:
        return Thing(Kinds.PASSAGE, url, words)
    place = _("Textstelle %(number)s") % {"number": number}
    return Thing(Kinds.PASSAGE, url, f"{heading} – {place}" if heading else place, words)


def _points(today: date) -> Iterator[Thing]:
    """Yield the points everybody may read."""
    rows = public_points(today).order_by("number")
    invented = "submission__consultation__edition__plan__is_demonstration"
    columns = ("number", invented, "submission__organisation_name", *POINT_TEXTS)
    further = further_words(rows)
    for number, is_invented, organisation, *texts in rows.values_list(*columns):
        url = reverse("participation:point", args=[number])
        words = " ".join(filter(None, (*texts, further.get(number, ""))))
        title = f"{_('Anliegen %(number)s') % {'number': number}}, {organisation}"
        yield Thing(Kinds.POINT, url, title, words, is_demonstration=is_invented)


def _projects() -> Iterator[Thing]:
    rows = Project.objects.prefetch_related("districts").order_by("pk")
    for project in rows:
        districts = ", ".join(district.name for district in project.districts.all())
        parts = (project.carrier, project.field, project.place, districts, project.note)
        words = ". ".join(filter(None, parts))
        yield Thing(
            Kinds.PROJECT, project.get_absolute_url(), project.name, words, *_evidence(project)
        )


def _indicators() -> Iterator[Thing]:
    for indicator in Indicator.objects.order_by("pk"):
        words = ". ".join(filter(None, (indicator.code, indicator.definition, indicator.group)))
        yield Thing(
            Kinds.INDICATOR,
            indicator.get_absolute_url(),
            indicator.name,
            words,
            *_evidence(indicator),
        )


def _sittings() -> Iterator[Thing]:
    agenda = Prefetch("agenda_items", AgendaItem.objects.order_by("number"))
    for sitting in Sitting.objects.select_related("body").prefetch_related(agenda).order_by("pk"):
        title = ", ".join(filter(None, (sitting.body.name, spoken(sitting.on))))
        items = [item.title for item in sitting.agenda_items.all()]
        words = ". ".join(filter(None, (sitting.kind, sitting.place, sitting.subject, *items)))
        yield Thing(Kinds.SITTING, sitting.get_absolute_url(), title, words, *_evidence(sitting))


def _evidence(thing: Sourced) -> tuple[str, bool]:
    return thing.source, thing.is_demonstration
