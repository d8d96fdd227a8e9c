"""Pages of the bodies."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.models import Appointment, Body, Term
from mitplan.conference.permissions import allow_everyone, may_edit_members, may_run_sittings
from mitplan.conference.queries import bodies as queries
from mitplan.conference.queries.members import mandates_for
from mitplan.conference.queries.sittings import Selection, selected_sittings, spoken_day
from mitplan.conference.views.parts import evidence, sitting_table
from mitplan.ui.tables import Column, Empty, Table, downloads
from mitplan.ui.values import Link, in_plan_language

HEADER = ("Gremium", "Art", "Beginn", "Ende", "Teil von", "Nachfolger", "Quelle", "Anmerkung")


@require_safe
@allow_everyone
def bodies(request: HttpRequest) -> HttpResponseBase:
    """Which bodies write the plan, which hold today, and what came before them?"""
    listed = queries.all_bodies()
    if wanted_ending(request):
        return table_response(request, "gremien", HEADER, map(_file_row, listed))
    today = timezone.localdate()
    standing = queries.standing(listed, today)
    terms = queries.current_terms(standing, today)
    coming = queries.next_sitting(today)
    context = {
        "standing": [(body, terms.get(body.pk)) for body in standing],
        "next_sitting": coming,
        "next_sitting_day": spoken_day(coming) if coming else "",
        "moments": queries.timeline(listed),
        "table": _table(request, listed),
        "may_edit": may_edit_members(request.user),
    }
    return render(request, "conference/bodies.html", context)


def _table(request: HttpRequest, listed: Sequence[Body]) -> Table:
    columns = [
        Column("name", _("Gremium"), is_original=True),
        Column("kind", _("Art")),
        Column("span", _("Zeitraum")),
        Column("parent", _("Teil von"), is_original=True),
        Column("successor", _("Nachfolger"), is_original=True),
        Column("source", _("Beleg")),
    ]
    return Table(
        _("Gremien mit Zeitraum und Nachfolger"),
        columns,
        [
            [
                Link(body.name, body.get_absolute_url()),
                body.get_kind_display(),
                queries.span(body),
                in_plan_language(_link(body.parent)),
                in_plan_language(_link(body.successor)),
                evidence(body),
            ]
            for body in listed
        ],
        downloads=downloads(request),
        empty=Empty(
            _("Noch kein Gremium."),
            _("Hier stehen Konferenz, Beiräte und Arbeitsgruppen durch die Zeit."),
        ),
    )


def _link(body: Body | None) -> Link | None:
    return Link(body.name, body.get_absolute_url()) if body else None


def _file_row(body: Body) -> tuple[object, ...]:
    return (
        body.name,
        body.get_kind_display(),
        body.begins,
        body.ends,
        body.parent.name if body.parent else "",
        body.successor.name if body.successor else "",
        body.source,
        body.note,
    )


@require_safe
@allow_everyone
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """What is this body: since when, for which terms, with which members and sittings?"""
    found = get_object_or_404(Body.objects.select_related("parent", "successor"), pk=pk)
    terms = queries.terms_of(found)
    members = queries.members_of(terms[0]) if terms else []
    may_edit = may_edit_members(request.user)
    context = {
        "body": found,
        "facts": _facts(found),
        "predecessors": found.predecessors.order_by("begins"),
        "parts": found.parts.order_by("begins", "name"),
        "terms": _terms(terms),
        "term": terms[0] if terms else None,
        "members": _members(members),
        "sittings": sitting_table(
            _("Sitzungen"), list(selected_sittings(Selection(body=str(found.pk)))), with_body=False
        ),
        "mandates": mandates_for(found) if may_edit else [],
        "may_edit": may_edit,
        "may_run_sittings": may_run_sittings(request.user, found),
    }
    return render(request, "conference/body.html", context)


def _facts(body: Body) -> list[tuple[str, object]]:
    return [
        (_("Art"), body.get_kind_display()),
        (_("Zeitraum"), queries.span(body)),
        (_("Teil von"), in_plan_language(_link(body.parent))),
        (_("Nachfolger"), in_plan_language(_link(body.successor))),
        (_("Anmerkung"), in_plan_language(body.note)),
    ]


def _terms(terms: Sequence[Term]) -> Table:
    columns = [
        Column("name", _("Amtsperiode"), is_original=True),
        Column("span", _("Zeitraum")),
        Column("size", _("Mitglieder, wie veröffentlicht"), is_original=True),
        Column("known", _("davon hier aufgeführt"), is_numeric=True),
        Column("note", _("Anmerkung"), is_original=True),
        Column("source", _("Beleg")),
    ]
    return Table(
        _("Amtsperioden"),
        columns,
        [
            [
                term.name,
                queries.span(term),
                term.size or _("nicht veröffentlicht"),
                term.members_known,  # type: ignore[attr-defined]  # annotated
                term.note,
                evidence(term),
            ]
            for term in terms
        ],
        empty=Empty(
            _("Keine Amtsperiode bekannt."),
            _("Wird ein Gremium für eine Zeit berufen, steht sie hier mit ihren Mitgliedern."),
        ),
    )


def _members(members: Sequence[Appointment]) -> Table:
    columns = [
        Column("organisation", _("Organisation"), is_original=True),
        Column("category", _("Gruppe"), is_original=True),
        Column("note", _("Anmerkung"), is_original=True),
        Column("source", _("Beleg")),
    ]
    return Table(
        _("Mitglieder der jüngsten Amtsperiode"),
        columns,
        [
            [
                Link(each.organisation.name, each.organisation.get_absolute_url()),
                each.organisation.category,
                each.note,
                evidence(each),
            ]
            for each in members
        ],
        empty=Empty(
            _("Noch keine Mitglieder bekannt."),
            _("Sind Organisationen berufen, stehen sie hier."),
        ),
    )
