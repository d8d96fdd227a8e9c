"""Line charts over time: a drawing, a sentence that says the same, and the numbers as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitplan.core.indicators.chart import Chart
from mitplan.core.indicators.chart import line_chart as lay_out
from mitplan.core.indicators.periods import Frequency
from mitplan.core.indicators.values import Bound, Goal, Missing, Observation, Target
from mitplan.ui.tables import Column, Table
from mitplan.ui.values import spoken_date, spoken_quantity

MISSING: dict[Missing, str | Promise] = {
    Missing.NOT_APPLICABLE: gettext_lazy("nicht sinnvoll"),
    Missing.NOT_COLLECTED: gettext_lazy("nicht erhoben"),
    Missing.LATER: gettext_lazy("erscheint später"),
    Missing.SUPPRESSED: gettext_lazy("geheim gehalten"),
    Missing.NOT_PRECISE: gettext_lazy("nicht genau genug"),
    Missing.NOT_COMPARABLE: gettext_lazy("nicht vergleichbar"),
}


@dataclass(frozen=True, slots=True)
class LineChart:
    """A chart ready to be shown; its identifier must be the only one of that name in a page."""

    title: str
    description: str
    geometry: Chart
    table: Table
    plan_label: str
    identifier: str

    @property
    def right(self) -> int:
        """Where the axes end."""
        return self.geometry.frame.width - self.geometry.frame.right

    @property
    def bottom(self) -> int:
        """Where the level axis stands."""
        return self.geometry.frame.height - self.geometry.frame.bottom


def draw(
    observations: Sequence[Observation],
    goal: Goal | None = None,
    *,
    title: str,
    unit: str = "",
    frequency: Frequency = Frequency.AD_HOC,
    identifier: str = "diagramm",
) -> LineChart:
    """Draw a series and the path or bounds it is held against."""
    ordered = sorted(observations, key=lambda item: item.period_end)
    return LineChart(
        title=title,
        description=_description(ordered, goal, unit),
        geometry=lay_out(ordered, goal, frequency=frequency),
        table=_table(title, unit, ordered),
        plan_label=_("einzuhaltender Wert") if isinstance(goal, Bound) else _("Weg zum Ziel"),
        identifier=identifier,
    )


def _description(ordered: Sequence[Observation], goal: Goal | None, unit: str) -> str:
    known = [item for item in ordered if item.value is not None]
    if not known:
        return _("Es gibt noch keine Werte.")
    sentences = [_course(known[0], known[-1], unit)]
    if isinstance(goal, Target) and goal.target is not None and goal.target_on is not None:
        target = {"value": spoken_quantity(goal.target, unit), "day": spoken_date(goal.target_on)}
        sentences.append(_("Das Ziel ist %(value)s bis %(day)s.") % target)
    return " ".join(sentences)


def _course(first: Observation, last: Observation, unit: str) -> str:
    if first == last:
        only = {"value": spoken_quantity(last.value, unit), "period": _period(last)}
        return _("Bekannt ist ein Wert: %(value)s (%(period)s).") % only
    return _("Von %(first)s (%(from)s) auf %(last)s (%(to)s).") % {
        "first": spoken_quantity(first.value, unit),
        "from": _period(first),
        "last": spoken_quantity(last.value, unit),
        "to": _period(last),
    }


def _period(item: Observation) -> str:
    return item.label or spoken_date(item.period_end)


def _table(title: str, unit: str, ordered: Sequence[Observation]) -> Table:
    value_label = _("Wert in %(unit)s") % {"unit": unit} if unit else _("Wert")
    columns = [
        Column("period", _("Zeitraum")),
        Column("value", value_label, is_numeric=True),
        Column("remark", _("Anmerkung")),
    ]
    return Table(title, columns, [[_period(item), item.value, _remark(item)] for item in ordered])


def _remark(item: Observation) -> str:
    remarks = [
        str(MISSING[item.missing]) if item.missing else "",
        _("vorläufig") if item.provisional else "",
        _("ab hier anders gezählt") if item.after_break else "",
    ]
    return ", ".join(filter(None, remarks))
