"""Pages of the indicators."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mitplan.common.exports import table_response, wanted_ending
from mitplan.conference.permissions import allow_everyone
from mitplan.monitoring.forms import IndicatorFilter
from mitplan.monitoring.models import Indicator, Observation
from mitplan.monitoring.queries import indicators as queries
from mitplan.monitoring.queries.assessments import trimmed
from mitplan.monitoring.views import parts
from mitplan.ui.tables import Column, Empty, Table, chosen_sort, downloads, paginate
from mitplan.ui.values import Evidence, Link, in_plan_language

PER_PAGE = 50
VALUES_PER_PAGE = 100


@require_safe
@allow_everyone
def indicators(request: HttpRequest) -> HttpResponseBase:
    """What is measured, in which unit, and who publishes it?"""
    form = IndicatorFilter(request.GET)
    found = queries.selected_indicators(form.selection())
    if request.GET.get("format") == "json":
        return parts.json_response({"indikatoren": queries.whole_picture(found)})
    if wanted_ending(request):
        values = Observation.objects.filter(indicator__in=found.values("pk"))
        return table_response(request, "indikatoren", queries.HEADER, queries.rows(values))
    context = {"form": form, "table": _table(request, found)}
    return render(request, "monitoring/indicators.html", context)


def _table(request: HttpRequest, found: QuerySet[Indicator]) -> Table:
    columns = [
        Column("name", _("Indikator"), is_sortable=True, is_original=True),
        Column("kind", _("Art"), is_sortable=True),
        Column("unit", _("Einheit"), is_sortable=True, is_original=True),
        Column("group", _("Gruppe"), is_sortable=True, is_original=True),
        Column("values_known", _("Werte"), is_sortable=True, is_numeric=True),
        Column("last_period", _("zuletzt")),
        Column("source", _("Beleg")),
    ]
    sort = chosen_sort(request, columns, "name")
    page = paginate(request, found.order_by(sort, "code"), per_page=PER_PAGE)
    return Table(
        _("Indikatoren"),
        columns,
        [_row(indicator) for indicator in page],
        sort=sort,
        page=page,
        downloads=downloads(request, "json"),
        empty=Empty(
            _("Kein Indikator passt."),
            _("Hier steht, was gemessen wird: mit Definition, Einheit, Quelle und allen Werten."),
            Link(_("Alle Indikatoren zeigen"), request.path),
        ),
    )


def _row(indicator: Indicator) -> list[object]:
    last = indicator.last_period  # type: ignore[attr-defined]  # annotated
    return [
        Link(indicator.name, indicator.get_absolute_url()),
        queries.kind_word(indicator.kind),
        indicator.unit,
        indicator.group,
        indicator.values_known,  # type: ignore[attr-defined]  # annotated
        str(last.year) if last else None,
        Evidence(indicator.source, indicator.is_demonstration),
    ]


@require_safe
@allow_everyone
def indicator(request: HttpRequest, code: str) -> HttpResponseBase:
    """What does this indicator measure, and which values are known?"""
    found = get_object_or_404(Indicator, code=code)
    if wanted_ending(request):
        rows = queries.rows(found.observations.all())
        return table_response(request, f"{found.pk}-werte", queries.HEADER, rows)
    if request.GET.get("format") == "json":
        picture = queries.whole_picture(Indicator.objects.filter(pk=found.pk))
        return parts.json_response(picture[0])
    values = queries.values_of(found)
    context = {
        "indicator": found,
        "facts": _facts(found),
        "charts": queries.charts_of(found, values),
        "table": _values(request, values),
        "goals": queries.goals_of(found),
    }
    return render(request, "monitoring/indicator.html", context)


def _facts(indicator: Indicator) -> list[tuple[str, object]]:
    return [
        (_("Kürzel"), indicator.code),
        (_("Definition"), in_plan_language(indicator.definition) or _("nicht veröffentlicht")),
        (_("Einheit"), in_plan_language(indicator.unit)),
        (_("Gruppe"), in_plan_language(indicator.group)),
        (_("Art"), queries.kind_word(indicator.kind)),
        (_("Anmerkung"), in_plan_language(indicator.note)),
    ]


def _values(request: HttpRequest, values: Sequence[Observation]) -> Table:
    columns = [
        Column("region", _("Gebiet"), is_original=True),
        Column("group", _("Gruppe"), is_original=True),
        Column("period", _("Zeitraum")),
        Column("value", _("Wert"), is_numeric=True),
        Column("note", _("Anmerkung"), is_original=True),
        Column("source", _("Beleg")),
    ]
    page = paginate(request, values, per_page=VALUES_PER_PAGE)
    return Table(
        _("Alle bekannten Werte"),
        columns,
        [_value_row(each) for each in page],
        page=page,
        downloads=downloads(request, "json"),
        empty=Empty(
            _("Noch kein Wert."),
            _("Der Indikator ist benannt; sobald ein Wert veröffentlicht ist, steht er hier."),
        ),
    )


def _value_row(each: Observation) -> list[object]:
    remarks = [_("vorläufig") if each.is_provisional else "", each.note]
    return [
        each.region,
        each.group,
        each.period or _("Jahr nicht genannt"),
        trimmed(each.value)
        if each.value is not None
        else queries.missing_word(each.missing_reason),
        "; ".join(filter(None, remarks)),
        Evidence(each.source, each.is_demonstration),
    ]
