"""The gates an edition passes to be adopted: what is missing, and where to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MATERIAL_SHARE = 0.02
"""Share of changed words above which changes without participation need a second window."""


class GateCode(StrEnum):
    """The gates, in the order they are shown."""

    CONSULTED = "consulted"
    DECIDED = "decided"
    CARRIED_OUT = "carried_out"
    SETTLED = "settled"
    ORIGINS = "origins"
    THRESHOLD = "threshold"


TITLES: dict[GateCode, str | Promise] = {
    GateCode.CONSULTED: _("Die Fassung lag der Konferenz für die volle Frist vor"),
    GateCode.DECIDED: _("Über jedes Anliegen ist entschieden"),
    GateCode.CARRIED_OUT: _("Jedes übernommene Anliegen hat den Text wirklich geändert"),
    GateCode.SETTLED: _("Widersprechende Änderungen sind gelöst"),
    GateCode.ORIGINS: _("Jede Änderung ohne Beteiligung ist öffentlich begründet"),
    GateCode.THRESHOLD: _("Nach der Beteiligung wurde nichts Wesentliches geändert"),
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing, in words, and the page where it can be mended."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate and all that is missing to pass it."""

    code: GateCode
    missing: tuple[Missing, ...]

    @property
    def is_open(self) -> bool:
        return not self.missing

    @property
    def title(self) -> str | Promise:
        return TITLES[self.code]


def all_open(gates: Iterable[Gate]) -> bool:
    """Tell whether nothing is missing."""
    return all(gate.is_open for gate in gates)
