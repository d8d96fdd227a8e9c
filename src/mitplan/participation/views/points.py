"""The one table of points, and the public page of each."""

import json
from collections.abc import Iterator

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mitplan.common.exports import file_response, table_response, wanted_ending
from mitplan.conference.permissions import allow_everyone, speaks_for
from mitplan.conference.queries.interests import declaration_of
from mitplan.participation.forms.points import MORE, PointFilter, asks_for_more
from mitplan.participation.models import Point
from mitplan.participation.permissions import may_decide, may_see_advice, may_see_unpublished
from mitplan.participation.queries import (
    consultations,
    decisions,
    effects,
    objections,
    points,
    rebasings,
    routing,
    saved_filters,
)
from mitplan.participation.queries.cosigners import cosigners_of
from mitplan.participation.queries.groups import contradictions_of, grouped_with
from mitplan.participation.queries.points import PointRow, Sight
from mitplan.participation.queries.quotes import quote_now
from mitplan.participation.queries.settlements import settlements_of
from mitplan.participation.queries.successions import lineage_of
from mitplan.participation.views.access import is_tombstone, may_read, not_yet
from mitplan.plan.models import FieldOfAction
from mitplan.ui.tables import Column, Empty, Table, chosen_sort, downloads, paginate
from mitplan.ui.values import Link, Status, spoken_date


def columns() -> list[Column]:
    """Return the columns of the table."""
    return [
        Column("number", _("Nummer"), is_sortable=True),
        Column("gist", pgettext("Einzahl", "Anliegen"), is_original=True),
        Column("organisation", _("Organisation"), is_sortable=True, is_original=True),
        Column("passage", _("Textstelle"), is_sortable=True, is_numeric=True),
        Column("outcome", _("Stand"), is_sortable=True),
    ]


def looking(request: HttpRequest) -> tuple[PointFilter, Sight]:
    """Return what the address asks for and what the person may see."""
    rounds = consultations.rounds(timezone.localdate())
    fields = _fields() if asks_for_more(request.GET) else []
    sight = Sight.of(rounds, sees_all=may_see_unpublished(request.user))
    inside = list(routing.departments()) if sight.sees_all and fields else []
    return PointFilter(request.GET, rounds, fields, inside if sight.sees_all else None), sight


def _fields() -> list[FieldOfAction]:
    return list(FieldOfAction.objects.filter(plan__isnull=False).order_by("plan", "number"))


@require_safe
@allow_everyone
def point_list(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """What was demanded, and what became of it?"""
    form, sight = looking(request)
    sort = chosen_sort(request, columns(), "number")
    wish = form.wish()
    found = points.found_points(wish, sight, sort)
    if wanted_ending(request) or request.GET.get("format") == "json":
        return _export(request, points.export_rows(found, sight))
    page = paginate(request, points.keys_of(found, wish))
    deciding = may_decide(request.user)
    rows = points.rows_on_page(page.object_list, sight)
    cells = [_cells(row, deciding=deciding, query=request.GET.urlencode()) for row in rows]
    table = Table(
        _("Anliegen"),
        columns(),
        _with_advice(rows, cells) if sight.sees_all else cells,
        sort=sort,
        page=page,
        downloads=downloads(request, "json"),
        empty=_empty(form, sight),
    )
    filtered = any(request.GET.get(name) for name in form.fields)
    context = {
        "form": form,
        "table": table,
        "filtered": filtered,
        "table_address": _points_table_address(request),
        "deciding": deciding,
        "more_address": _address_with(request, MORE, "1"),
        "kept": saved_filters.offered_to(request.user) if sight.sees_all else None,
        "inside": sight.sees_all,
        "filters": [(name, value) for name, value in request.GET.items() if value],
        "query": request.GET.urlencode(),
    }
    return render(request, "participation/points.html", context)


def _cells(row: PointRow, *, deciding: bool, query: str) -> list[object]:
    address = f"{row.url}entscheiden/?{query}" if deciding else row.url
    return [
        _with_tick(row.number, address) if deciding else Link(row.number, address),
        format_html('{}<br><span class="ui-muted">{}</span>', row.gist, row.kind),
        row.organisation,
        row.passage,
        _standing(row),
    ]


def _with_tick(number: str, address: str) -> SafeString:
    """Return the link to a point with a box to choose it for an act on many."""
    return format_html(
        '<span class="pa-tick"><input type="checkbox" name="anliegen" value="{}" form="gemeinsam"'
        ' aria-label="{}"> {}</span>',
        number,
        _("Anliegen %(number)s wählen") % {"number": number},
        Link(number, address).__html__(),
    )


def _with_advice(rows: list[PointRow], cells: list[list[object]]) -> list[list[object]]:
    """Put beside each point how far the advice of departments is."""
    stands = routing.advice_stands([row.pk for row in rows], timezone.localdate())
    for row, line in zip(rows, cells, strict=True):
        said = (
            (each.department, Status(each.state, str(each.status[1])).__html__())
            for each in stands.get(row.pk, [])
        )
        line[-1] = format_html("{}{}", line[-1], format_html_join("", "<br>{} {}", said))
    return cells


def _standing(row: PointRow) -> SafeString:
    return Status(row.outcome, row.outcome_label).__html__()


def _address_with(request: HttpRequest, name: str, value: str) -> str:
    query = request.GET.copy()
    query[name] = value
    return f"?{query.urlencode()}"


def _points_table_address(request: HttpRequest) -> str:
    """Return where the points of the chosen round stand as a points table."""
    number = request.GET.get("runde", "")
    if not number.isdecimal():
        return ""
    query = request.GET.copy()
    for name in ("seite", "sort", "runde", MORE):
        query.pop(name, None)
    return f"{reverse('participation:points_table', args=[number])}?{query.urlencode()}"


def _empty(form: PointFilter, sight: Sight) -> Empty:
    chosen = form.chosen_round()
    if chosen and not (chosen.is_closed or sight.sees_all):
        return Empty(
            _("Die Frist läuft noch."),
            _("Die Anliegen dieser Beteiligungsrunde erscheinen hier nach dem %(day)s.")
            % {"day": spoken_date(chosen.last_day)},
            Link(
                _("Zur Beteiligungsrunde"),
                reverse("participation:consultation", args=[chosen.number]),
            ),
        )
    if form.data:
        return Empty(_("Kein Anliegen passt zu dieser Auswahl."), "", Link(_("Alle zeigen"), "?"))
    return Empty(
        _("Noch kein Anliegen."),
        _(
            "Wenn die Frist einer Beteiligungsrunde endet, stehen hier alle Anliegen: wer sie "
            "vorgebracht hat, wie entschieden wurde und welche Worte sich dadurch geändert haben."
        ),
        Link(_("Beteiligungsrunden"), "/beteiligung/"),
    )


def _json_lines(names: list[str], rows: Iterator[tuple[object, ...]]) -> Iterator[str]:
    opened = "[\n"
    for row in rows:
        entry = dict(zip(names, row, strict=True))
        yield opened + json.dumps(entry, cls=DjangoJSONEncoder, ensure_ascii=False)
        opened = ",\n"
    yield "[]" if opened == "[\n" else "\n]"


def _export(request: HttpRequest, rows: Iterator[tuple[object, ...]]) -> StreamingHttpResponse:
    header = points.export_header()
    if wanted_ending(request):
        return table_response(request, "anliegen", list(header.values()), rows)
    lines = (line.encode() for line in _json_lines(list(header), rows))
    return file_response(lines, "anliegen.json", "application/json")


@require_safe
@allow_everyone
def point(request: HttpRequest, number: str) -> HttpResponse:
    """What was demanded here, how was it decided, and which words changed?"""
    row = decisions.public_point(number)
    if row is None:
        raise Http404
    if not may_read(request, row.submission):
        return not_yet(request, row.submission)
    consultation = row.submission.consultation
    published = consultation.results_published_at is not None
    shows_decision = published or may_see_unpublished(request.user)
    history = decisions.decisions_on(row) if shows_decision else []
    decision = history[0] if history and row.latest_decision_id else None
    context = {
        "plan_name": row.edition.plan.title,
        "point": row,
        "is_tombstone": is_tombstone(request, row.submission),
        "preview": decisions.preview_of(row),
        "standing": points.standing_by(row, decision),
        "decision": decision,
        "earlier": history[1:] if row.latest_decision_id else history,
        "published": published,
        "shows_advice": may_see_advice(request.user),
        "changes": decisions.changes_by(row) if shows_decision else [],
        "settled": settlements_of(row) if shows_decision else [],
        "is_taken_up": decisions.is_taken_up(decision),
        "may_decide": may_decide(request.user),
        **_afterwards(row, published=published),
        "kin": lineage_of(row),
        "group": grouped_with(row),
        "contradictions": contradictions_of([row]),
        **_on_newer_editions(request, row),
    }
    return render(request, "participation/point.html", context)


def _afterwards(row: Point, *, published: bool) -> dict[str, object]:
    """Return what the submitter answered to the decision, and the sitting that deals with the point."""
    answer = objections.answers_to([row]).get(row.pk) if published else None
    return {
        "answer": answer,
        "on_agenda": objections.agenda_of(row),
        "redactions": row.redactions.order_by("-pk"),
        "cosigners": cosigners_of(row.submission),
        "declaration": declaration_of(row.submission.organisation_id),
    }


def _on_newer_editions(request: HttpRequest, row: Point) -> dict[str, object]:
    """Return how a proposal, or what a remark quotes, stands on newer editions; `fassung` asks for an earlier one."""
    if row.amendment_id is None:
        return {"quote": quote_now(row)}
    found = rebasings.rebasings_of(row, sees_all=may_see_unpublished(request.user))
    wanted = request.GET.get("fassung", "")
    found.sort(key=lambda each: str(each.edition.number) == wanted, reverse=True)
    if not found:
        return {}
    shown = found[0]
    return {
        "rebasings": found,
        "rebasing_sentence": rebasings.SENTENCES[shown.status],
        "effects": effects.effects_of(shown.reworked or shown.amendment),
        "carried_effects": effects.effects_of(shown.amendment) if shown.reworked else [],
        "adjust_address": _adjust_address(request, row),
    }


def _adjust_address(request: HttpRequest, row: Point) -> str:
    """Return where the person asking answers for the organisation, or nothing."""
    if may_decide(request.user):
        return reverse("participation:adjust_for", args=[row.number])
    if not speaks_for(request.user, row.submission.organisation):
        return ""
    submission = row.submission
    place = [submission.consultation.number, submission.organisation_id, row.pk]
    return reverse("participation:adjust_for_organisation", args=place)
