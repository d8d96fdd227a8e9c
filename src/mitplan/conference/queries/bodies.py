"""Bodies through time: which there were, what holds now, what followed what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from mitplan.common.partial_dates import holds, spoken, spoken_span
from mitplan.conference.models import Appointment, Body, Sitting, Term

PARTS_OF_A_BODY = (Body.Kind.WORKING_GROUP, Body.Kind.FORUM)


def all_bodies() -> list[Body]:
    """Return the bodies in the order of their founding, with parent, successor and newest size."""
    bodies = list(Body.objects.select_related("parent", "successor").order_by("begins", "name"))
    bodies.sort(key=lambda body: (not body.begins, body.begins, body.name))
    return bodies


@dataclass(frozen=True, slots=True)
class Moment:
    """One event in the time of the bodies, for the timeline."""

    on: str
    title: str
    text: str
    url: str
    source: str
    is_demonstration: bool
    detail: str = ""


def timeline(bodies: Sequence[Body]) -> list[Moment]:
    """Tell the founding of every body with a date: its kind, how long it stood, what followed."""
    merged: dict[int, list[Body]] = {}
    for body in bodies:
        if body.successor_id:
            merged.setdefault(body.successor_id, []).append(body)
    return [
        Moment(
            on=spoken(body.begins),
            title=body.name,
            text=_story(body, merged.get(body.pk, [])),
            url=body.get_absolute_url(),
            source=body.source,
            is_demonstration=body.is_demonstration,
            detail=f"({body.get_kind_display()})",
        )
        for body in bodies
        if body.begins and body.kind not in PARTS_OF_A_BODY
    ]


def _story(body: Body, predecessors: Sequence[Body]) -> str:
    sentences = []
    if predecessors:
        names = _(" und ").join(before.name for before in predecessors)
        sentences.append(_("Entstanden aus: %(names)s.") % {"names": names})
    if body.successor:
        said = {"day": spoken(body.ends), "name": body.successor.name}
        sentences.append(_("Bis %(day)s; aufgegangen in: %(name)s.") % said)
    elif body.ends and body.ends != body.begins:
        sentences.append(_("Bis %(day)s.") % {"day": spoken(body.ends)})
    return " ".join(sentences)


def standing(bodies: Iterable[Body], today: date) -> list[Body]:
    """Return the conferences, councils and committees that stand today as far as is known."""
    return [
        body
        for body in bodies
        if body.kind not in PARTS_OF_A_BODY and holds(body.begins, body.ends, today)
    ]


def current_terms(bodies: Iterable[Body], today: date) -> dict[int, Term]:
    """Return the term that runs today for each body, in one statement."""
    terms = Term.objects.filter(body__in=[body.pk for body in bodies]).order_by("begins")
    return {term.body_id: term for term in terms if holds(term.begins, term.ends, today)}


def next_sitting(today: date) -> Sitting | None:
    """Return the next sitting of any body."""
    coming = Sitting.objects.filter(on__gte=today.isoformat()).select_related("body")
    return coming.order_by("on").first()


def terms_of(body: Body) -> list[Term]:
    """Return the terms of a body, the newest first, with how many members are known."""
    known = body.terms.annotate(members_known=Count("appointments"))
    return sorted(known, key=lambda term: term.begins, reverse=True)


def members_of(term: Term) -> list[Appointment]:
    """Return the appointments of a term by group and name."""
    found = term.appointments.select_related("organisation")
    return list(found.order_by("organisation__category", "organisation__name"))


def span(thing: Body | Term) -> str:
    """Say from when until when, as far as it is known."""
    return spoken_span(thing.begins, thing.ends) or _("nicht bekannt")
