"""Pages of members and their organisations."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.forms.filters import MemberFilter
from mitplan.conference.models import Appointment, Organisation
from mitplan.conference.permissions import allow_everyone, belongs_to, may_edit_members, speaks_for
from mitplan.conference.queries import members as queries
from mitplan.conference.queries.interests import declarations_of
from mitplan.conference.views.parts import evidence
from mitplan.ui.tables import Column, Empty, Table, downloads, paginate
from mitplan.ui.values import Link

PER_PAGE = 50


@require_safe
@allow_everyone
def members(request: HttpRequest) -> HttpResponseBase:
    """Who belongs to the conference, and which groups are there?"""
    terms = queries.all_terms()
    form = MemberFilter(request.GET, terms)
    found = queries.selected_members(form.selection(), terms, timezone.localdate())
    listed = list(found.order_by("organisation__category", "organisation__name", "pk"))
    if wanted_ending(request):
        return table_response(request, "mitglieder", queries.HEADER, map(queries.row, listed))
    context = {
        "form": form,
        "table": _table(request, listed),
        "compositions": [
            (term, _composition(str(term), counts))
            for term, counts in queries.compositions(listed).items()
        ],
        "unappointed": queries.organisations_without_term(),
        "may_edit": may_edit_members(request.user),
    }
    return render(request, "conference/members.html", context)


def _table(request: HttpRequest, listed: Sequence[Appointment]) -> Table:
    columns = [
        Column("organisation", _("Organisation"), is_original=True),
        Column("category", _("Gruppe"), is_original=True),
        Column("level", _("Ebene")),
        Column("body", _("Gremium"), is_original=True),
        Column("term", _("Amtsperiode"), is_original=True),
        Column("note", _("Anmerkung"), is_original=True),
        Column("source", _("Beleg")),
    ]
    page = paginate(request, listed, per_page=PER_PAGE)
    return Table(
        _("Mitglieder"),
        columns,
        [_row(each) for each in page],
        page=page,
        downloads=downloads(request),
        empty=Empty(
            _("Kein Mitglied passt."),
            _("Hier stehen die Organisationen, die in ein Gremium berufen sind."),
            Link(_("Alle Mitglieder zeigen"), f"{request.path}?amtsperiode={queries.ALL}"),
        ),
    )


def _row(each: Appointment) -> list[object]:
    organisation, body = each.organisation, each.term.body
    return [
        Link(organisation.name, organisation.get_absolute_url()),
        organisation.category,
        organisation.get_level_display(),
        Link(body.name, body.get_absolute_url()),
        each.term.name,
        each.note,
        evidence(each),
    ]


def _composition(term: str, counts: Sequence[queries.GroupCount]) -> Table:
    columns = [
        Column("category", _("Gruppe"), is_original=True),
        Column("named", _("Organisationen mit Namen"), is_numeric=True),
        Column("unnamed", _("als Gruppe ohne Namen genannt")),
    ]
    return Table(
        _("Gruppen: %(term)s") % {"term": term},
        columns,
        [[each.category, each.named, bool(each.unnamed)] for each in counts],
    )


@require_safe
@allow_everyone
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is this organisation, and in which bodies does it sit?"""
    found = get_object_or_404(Organisation, pk=pk)
    may_edit = may_edit_members(request.user)
    context = {
        "organisation": found,
        "facts": _facts(found, may_edit=may_edit),
        "appointments": _appointments(queries.appointments_of(found)),
        "mandates": queries.mandates_for(found) if may_edit else [],
        "may_edit": may_edit,
        "declarations": declarations_of(found),
        "may_declare": (may_edit or speaks_for(request.user, found)) and not found.is_category,
        "sees_team": may_edit or belongs_to(request.user, found),
    }
    return render(request, "conference/organisation.html", context)


def _facts(organisation: Organisation, *, may_edit: bool) -> list[tuple[str, object]]:
    """Return what is known; the address for mails is shown only to those who keep it."""
    facts: list[tuple[str, object]] = [
        (_("Gruppe"), organisation.category),
        (_("Ebene"), organisation.get_level_display()),
        (_("Ort"), organisation.place),
        (_("Anmerkung"), organisation.note),
    ]
    if may_edit:
        facts.append((_("E-Mail-Adresse"), organisation.email or _("fehlt")))
    return facts


def _appointments(appointments: Sequence[Appointment]) -> Table:
    columns = [
        Column("body", _("Gremium"), is_original=True),
        Column("term", _("Amtsperiode"), is_original=True),
        Column("vote", _("stimmberechtigt")),
        Column("note", _("Anmerkung"), is_original=True),
        Column("source", _("Beleg")),
    ]
    return Table(
        _("Berufungen"),
        columns,
        [
            [
                Link(each.term.body.name, each.term.body.get_absolute_url()),
                each.term.name,
                _("nicht bekannt") if each.may_vote is None else each.may_vote,
                each.note,
                evidence(each),
            ]
            for each in appointments
        ],
        empty=Empty(
            _("Keine Berufung bekannt."),
            _("Wird die Organisation in ein Gremium berufen, steht es hier."),
        ),
    )
