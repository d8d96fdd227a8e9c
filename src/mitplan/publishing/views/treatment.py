"""The report of one consultation: whether all were treated alike."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.permissions import allow_everyone
from mitplan.participation.models import Consultation
from mitplan.participation.permissions import may_run_consultations
from mitplan.publishing.queries import results as found
from mitplan.publishing.queries import treatment as queries
from mitplan.publishing.views import result_tables
from mitplan.publishing.views.result_tables import rate
from mitplan.ui.tables import Column, Empty, Table, downloads

CHOICE = "tabelle"


@require_safe
@allow_everyone
def treatment(request: HttpRequest, number: int) -> HttpResponseBase:
    """Were all who were asked treated alike?"""
    consultation = _consultation_or_404(request, number)
    tables = _tables(request, consultation)
    if wanted_ending(request):
        return _file(request, consultation, tables)
    context = {
        "consultation": consultation,
        "tables": tables.values(),
        "unequal": queries.unequal_answers_of(consultation),
    }
    return render(request, "publishing/treatment.html", context)


def _consultation_or_404(request: HttpRequest, number: int) -> Consultation:
    """Return the consultation; its report is public with its results, and before them for the office."""
    consultation = found.opened_consultations().filter(number=number).first()
    if consultation is None:
        raise Http404
    if not consultation.results_published_at and not may_run_consultations(request.user):
        raise Http404
    return consultation


def _tables(request: HttpRequest, consultation: Consultation) -> dict[str, Table]:
    report = queries.treatment_of(consultation)
    points = found.result_points([consultation])
    uptake = found.uptake_of(points)
    by_level = queries.uptake_by_level(consultation, points)
    return {
        "eckdaten": _facts(request, consultation, report.overall),
        "gruppen": _groups(request, report.groups),
        "fristen": _extensions(request, report),
        "quoten": _rates(request, "quoten", _("Quoten nach Gruppe"), _("Gruppe"), uptake.by_type),
        "ebenen": _rates(request, "ebenen", _("Quoten nach Ebene"), _("Ebene"), by_level),
    }


def _file(
    request: HttpRequest, consultation: Consultation, tables: dict[str, Table]
) -> HttpResponseBase:
    name = request.GET.get(CHOICE, "")
    chosen = tables.get(name)
    if chosen is None:
        raise Http404
    columns = [column.label for column in chosen.columns]
    facts = [
        (_("Beteiligungsrunde"), consultation.title),
        (_("Prüfsumme der Fassung"), consultation.edition.content_hash),
    ]
    title = f"gleichbehandlung-{consultation.number}-{name}"
    return table_response(request, title, columns, chosen.rows, facts=facts)


def _facts(request: HttpRequest, consultation: Consultation, overall: queries.Treated) -> Table:
    facts = found.equal_treatment(consultation)
    rows = [
        *result_tables.equal_treatment(facts),
        (_("Prüfsumme der Fassung"), consultation.edition.content_hash),
        (_("noch einmal versandt"), overall.sent_again),
        (_("Einladungen, die nicht ankamen"), overall.bounced),
        (_("Anteil, der geantwortet hat"), rate(overall.answered, overall.invited)),
        (_("Tage bis zur Stellungnahme (Median)"), overall.median_days),
    ]
    return Table(
        _("Eckdaten"),
        [Column("what", _("Angabe")), Column("value", _("Wert"))],
        rows,
        downloads=downloads(request, **{CHOICE: "eckdaten"}),
    )


def _groups(request: HttpRequest, groups: Sequence[queries.GroupRow]) -> Table:
    return Table(
        _("Einladung und Antwort nach Gruppe"),
        [
            Column("group", _("Gruppe"), is_original=True),
            Column("invited", _("eingeladen"), is_numeric=True),
            Column("answered", _("haben geantwortet")),
            Column("days", _("Tage bis zur Stellungnahme (Median)"), is_numeric=True),
            Column("first", _("erste Einladung")),
            Column("last", _("letzte Einladung")),
            Column("again", _("noch einmal versandt"), is_numeric=True),
            Column("bounced", _("nicht angekommen"), is_numeric=True),
        ],
        [_group(row) for row in groups],
        downloads=downloads(request, **{CHOICE: "gruppen"}),
        empty=Empty(
            _("Noch niemand ist eingeladen."),
            _("Mit der ersten Einladung steht hier, wann welche Gruppe gefragt wurde."),
        ),
    )


def _group(row: queries.GroupRow) -> tuple[object, ...]:
    label, fared = row.group or _("ohne Angabe"), row.treated
    if fared is None:
        return label, None, _("nicht ausgewiesen: zu wenige Organisationen"), *[None] * 5
    return (
        label,
        fared.invited,
        rate(fared.answered, fared.invited),
        fared.median_days,
        fared.first_on,
        fared.last_on,
        fared.sent_again,
        fared.bounced,
    )


def _extensions(request: HttpRequest, report: queries.Treatment) -> Table:
    return Table(
        _("Verlängerte Fristen"),
        [
            Column("circle", _("Kreis")),
            Column("who", _("für wen"), is_original=True),
            Column("before", _("bisher letzter Tag")),
            Column("after", _("neuer letzter Tag")),
            Column("reason", _("Grund"), is_original=True),
        ],
        [
            (
                str(each.audience),
                str(each.organisation) if each.organisation else _("alle"),
                each.closed_on,
                each.closes_on,
                each.reason,
            )
            for each in report.extensions
        ],
        downloads=downloads(request, **{CHOICE: "fristen"}),
        empty=Empty(_("Keine Frist wurde verlängert.")),
    )


def _rates(
    request: HttpRequest, name: str, caption: str, label: str, rows: Sequence[found.RateRow]
) -> Table:
    return Table(
        caption,
        [
            Column("label", label, is_original=True),
            Column("strict", _("wörtlich übernommen")),
            Column("broad", _("ganz, sinngemäß oder teilweise")),
            Column("total", _("Anliegen"), is_numeric=True),
        ],
        [_rate_row(row) for row in rows],
        downloads=downloads(request, **{CHOICE: name}),
        empty=Empty(
            _("Noch keine Anliegen."), _("Hier stehen die Quoten, sobald entschieden ist.")
        ),
    )


def _rate_row(row: found.RateRow) -> tuple[object, ...]:
    label = row.label or _("ohne Angabe")
    if row.uptake is None:
        hidden = _("nicht ausgewiesen: zu wenige Anliegen")
        return label, hidden, hidden, None
    whole, both = row.uptake.denominator, (row.uptake.numerator_strict, row.uptake.numerator_broad)
    return label, *(rate(part, whole) for part in both), row.uptake.total
