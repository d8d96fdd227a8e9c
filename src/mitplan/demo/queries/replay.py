"""The replay: what is documented of the first plan, day by day, and which gate would have fired."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitplan.common.partial_dates import spoken
from mitplan.demo.files import structure
from mitplan.ui.values import Link


class GateName(models.TextChoices):
    """What Mitplan would have said."""

    UNDECIDED_POINTS = "undecided_points", _("Anliegen ohne Entscheidung")
    OVERDUE_DEPARTMENT = "overdue_department", _("Ressort überfällig")
    PAPER_TOO_LATE = "paper_too_late", _("Vorlage zu spät")
    NO_CONSULTATION = "no_consultation", _("Keine Beteiligung zur beschlossenen Fassung")
    NO_ORIGIN = "no_origin", _("Änderung ohne Herkunft")
    OVERRIDE_NEEDED = "override_needed", _("Nur mit öffentlicher Ausnahme")
    NO_BASELINE = "no_baseline", _("Ziel ohne Ausgangswert")
    COSTS_UNKNOWN = "costs_unknown", _("Kosten unbekannt")


class Basis(models.TextChoices):
    """How sure it is that a gate would have fired."""

    DOCUMENTED = "documented", _("belegt")
    NOT_KNOWN = "not_known", _("nicht bekannt")


BASIS_SENTENCES: dict[Basis, str | Promise] = {
    Basis.DOCUMENTED: _("Das folgt aus dem belegten Ablauf."),
    Basis.NOT_KNOWN: _("Das gilt nur, wenn die fehlende Angabe auch im Original fehlt."),
}


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate that would have fired on a day, and why."""

    name: GateName
    basis: Basis
    why: str
    rule: str

    @property
    def certainty(self) -> str | Promise:
        """The sentence on how sure it is."""
        return BASIS_SENTENCES[self.basis]


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on a day, as far as it is known, and where that is written."""

    dated: str
    until: str
    event: str
    what: str
    not_known: str
    sources: tuple[str, ...]
    gates: tuple[Gate, ...]

    @property
    def spoken(self) -> str:
        """The day, or the time from one to another, in words."""
        return " – ".join(spoken(each) for each in (self.dated, self.until) if each)

    @property
    def iso(self) -> str:
        """The day, or the time from one to another, with the precision that is known."""
        return "/".join(filter(None, (self.dated, self.until)))

    @property
    def links(self) -> list[Link]:
        """The sources as links that show who speaks."""
        return [Link(urlsplit(source).netloc, source) for source in self.sources]


@cache
def documented_course() -> tuple[Day, ...]:
    """Return what is documented of how the first plan was made."""
    return tuple(_day(row) for row in structure("replay-2015-2017.json")["days"])


def _day(row: dict[str, Any]) -> Day:
    return Day(
        dated=row["date"],
        until=row.get("until", ""),
        event=row["event"],
        what=row["what"],
        not_known=row["not_known"],
        sources=tuple(row["sources"]),
        gates=tuple(_gate(gate) for gate in row["gates"]),
    )


def _gate(row: dict[str, str]) -> Gate:
    rule = row["from_rule"].partition(": ")[2]
    return Gate(GateName(row["code"]), Basis(row["basis"]), row["why"], rule)
