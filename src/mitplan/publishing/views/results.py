"""What became of the input: all consultations, and one with its rates."""

from collections import defaultdict
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.permissions import allow_everyone
from mitplan.participation.models import Consultation
from mitplan.plan.queries import facts_of as facts_of_edition
from mitplan.publishing import queries
from mitplan.publishing.queries import reading
from mitplan.publishing.queries import results as found
from mitplan.publishing.queries.treatment import unequal_answers_of
from mitplan.publishing.views import result_tables
from mitplan.publishing.views.kept import kept

RECOMPUTE = Path(queries.__file__).parents[1] / "recompute.py"


@require_safe
@allow_everyone
def results(request: HttpRequest) -> HttpResponseBase:
    """What became of everything that was handed in?"""
    what = (reading.state_of_the_record(), timezone.localdate())
    if wanted_ending(request):
        return table_response(request, "ergebnisse", *result_tables.consultations_csv(*_all()))
    return kept(request, what, lambda: _overview(request))


def _all() -> tuple[list[Consultation], dict[int, found.Uptake]]:
    consultations = list(found.opened_consultations())
    points = defaultdict(list)
    for point in found.result_points(consultations):
        points[point.consultation].append(point)
    return consultations, {
        each.number: found.uptake_of(points[each.number])
        for each in consultations
        if each.results_published_at
    }


def _overview(request: HttpRequest) -> HttpResponse:
    table = result_tables.consultations(request, *_all())
    return render(request, "publishing/results.html", {"table": table})


@require_safe
@allow_everyone
def result(request: HttpRequest, number: int) -> HttpResponse:
    """What became of what was handed in to this consultation?"""
    consultation = _consultation_or_404(number)
    what = (number, reading.state_of_the_record(), timezone.localdate())
    return kept(request, what, lambda: _page(request, consultation))


def _consultation_or_404(number: int) -> Consultation:
    consultation = found.opened_consultations().filter(number=number).first()
    if consultation is None:
        raise Http404
    return consultation


def _page(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    uptake = found.uptake_of(found.result_points([consultation]))
    context = {
        "consultation": consultation,
        "plan": consultation.edition.plan,
        "dates": result_tables.dates(consultation),
        "treatment": result_tables.equal_treatment(found.equal_treatment(consultation)),
        "unequal": unequal_answers_of(consultation),
        "is_over": found.is_over(consultation, timezone.localdate()),
        "rates": result_tables.rates(uptake.overall, uptake.median_days),
        "counts": result_tables.counts(consultation, uptake.overall),
        "by_type": result_tables.by_type(uptake.by_type),
        "by_field": result_tables.by_field(uptake.by_field),
        "changes": result_tables.changes(consultation, found.changes_from(consultation)),
    }
    return render(request, "publishing/result.html", context)


@require_safe
@allow_everyone
def result_points(request: HttpRequest, number: int, ending: str) -> HttpResponseBase:
    """What are the points behind the rates, so that anybody can recompute them?"""
    consultation = _consultation_or_404(number)
    if not found.is_over(consultation, timezone.localdate()):
        raise Http404
    points = found.result_points([consultation])
    rows = list(result_tables.points(points))
    if ending != "json":
        name, facts = f"anliegen-{consultation.number}", facts_of_edition(consultation.edition)
        header = result_tables.POINT_COLUMNS
        return table_response(request, name, header, rows, facts=facts, ending=ending)
    uptake = found.uptake_of(points)
    content = {
        "consultation": consultation.number,
        "title": consultation.title,
        "edition_hash": consultation.edition.content_hash,
        "rates": result_tables.as_json(uptake),
        "points": [dict(zip(result_tables.POINT_COLUMNS, row, strict=True)) for row in rows],
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
@allow_everyone
def recompute(_request: HttpRequest) -> HttpResponse:
    """With which script can I recompute the rates?"""
    response = HttpResponse(RECOMPUTE.read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="recompute.py"'
    return response
