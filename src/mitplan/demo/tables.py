"""The tables of the demonstration."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mitplan.demo.queries.replay import Basis, Day
from mitplan.ui.tables import Column, Table, downloads
from mitplan.ui.values import Status

COURSE_HEADER = (
    "Zeitpunkt",
    "Ereignis",
    "Was geschah",
    "Nicht bekannt",
    "Quellen",
    "Schleuse",
    "Grundlage",
    "Warum",
    "Regel",
)
SYMBOLS = {Basis.DOCUMENTED: "done", Basis.NOT_KNOWN: "not_assessable"}


def gates(request: HttpRequest, days: Iterable[Day]) -> Table:
    """Every gate that would have fired, in the order of time."""
    columns = [
        Column("on", _("Zeitpunkt")),
        Column("event", _("Ereignis")),
        Column("gate", _("Schleuse")),
        Column("basis", _("Grundlage")),
        Column("why", _("Warum")),
    ]
    rows = [
        (
            day.spoken,
            day.event,
            gate.name.label,
            Status(SYMBOLS[gate.basis], str(gate.basis.label)),
            gate.why,
        )
        for day in days
        for gate in day.gates
    ]
    caption = _("Schleusen, die angesprochen hätten")
    return Table(caption, columns, rows, downloads=downloads(request))


def course(days: Iterable[Day]) -> Iterator[tuple[object, ...]]:
    """Every day with its sources; a day with several gates has a row for each."""
    for day in days:
        head = (day.iso, day.event, day.what, day.not_known, " ".join(day.sources))
        for gate in day.gates:
            yield (*head, gate.name.label, gate.basis.label, gate.why, gate.rule)
        if not day.gates:
            yield (*head, "", "", "", "")
