"""What several pages of monitoring show in the same way."""

from collections.abc import Sequence
from decimal import Decimal

from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mitplan.monitoring.queries.goals import CurrentGoal
from mitplan.monitoring.queries.measures import CENTS, MeasureRow
from mitplan.ui.tables import Column, Empty, Table
from mitplan.ui.values import Link, Status, spoken_number


def json_response(content: object) -> JsonResponse:
    """Answer with readable JSON."""
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


def plain(value: Decimal | None) -> float | None:
    """Return a number for machines."""
    return None if value is None else float(value)


def euros(cents: int | None) -> str:
    """Return an amount; what is not known is said to be unknown."""
    if cents is None:
        return _("unbekannt")
    decimals = 2 if cents % CENTS else 0
    amount = spoken_number(Decimal(cents) / CENTS, decimals)
    return f"{amount}\N{NO-BREAK SPACE}€"


def indicator_link(current: CurrentGoal) -> object:
    """Return the link to the indicator of a goal; a code nobody defined stays a word."""
    code = current.revision.indicator_code
    if current.series is None:
        return code
    return Link(current.series.name, reverse("monitoring:indicator", args=[code]))


def measure_state(row: MeasureRow) -> Status:
    """Return the state of a measure."""
    return Status(row.state or "not_assessable", row.state_word)


def measure_table(caption: str, rows: Sequence[MeasureRow]) -> Table:
    """Return the measures of one goal as a table."""
    columns = [
        Column("measure", _("Maßnahme"), is_original=True),
        Column("lead", _("Federführung"), is_original=True),
        Column("span", _("Zeitraum")),
        Column("costs", _("Kosten"), is_numeric=True),
        Column("state", _("Stand")),
        Column("projects", _("Projekte"), is_numeric=True),
    ]
    return Table(
        caption,
        columns,
        [
            [
                Link(f"{row.code}: {row.title}", row.url),
                row.lead,
                row.span,
                euros(row.cost_cents),
                measure_state(row),
                row.projects,
            ]
            for row in rows
        ],
        empty=Empty(
            _("Noch keine Maßnahme."),
            _("Hier stehen die Maßnahmen, die im Plan dieses Ziel nennen."),
        ),
    )
