"""The structured fields of goals and measures, read from «Schlüssel: Wert» lines."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")
Fields = tuple[tuple[str, str], ...]

UNKNOWN = "unbekannt"
_STATES = {
    "geplant": "planned",
    "laufend": "running",
    "ausgesetzt": "paused",
    "abgeschlossen": "completed",
}
_RULES = {"erreichen": "reach", "halten": "keep"}


class FieldError(ValueError):
    """A field that cannot be read: where it stands, what it says, what was expected."""

    def __init__(self, where: str, key: str, value: str, expected: str) -> None:
        self.where, self.key, self.value, self.expected = where, key, value, expected
        super().__init__(f"{where}: {key} «{value}» – {expected}")


@dataclass(frozen=True, slots=True)
class GoalFields:
    """What a goal demands. None is not known."""

    code: str
    title: str
    field: str
    rule: str
    indicator: str
    unit: str
    baseline: Decimal | None
    baseline_on: date | None
    target: Decimal | None
    target_on: date | None
    lead: str


@dataclass(frozen=True, slots=True)
class MeasureFields:
    """The particulars of a measure. Costs in cents; None is not known, never zero."""

    code: str
    goal: str
    title: str
    lead: str
    begins_year: int | None
    ends_year: int | None
    cost_cents: int | None
    state: str


def read_goal(fields: Fields) -> GoalFields:
    """Read the fields of a goal block; raises FieldError for what is not a number, year or rule."""
    get = _Reader(fields, "Ziel")
    return GoalFields(
        code=get("Nummer", str) or "",
        title=get("Titel", str) or "",
        field=get("Handlungsfeld", str) or "",
        rule=get("Art", _one_of(_RULES)) or "reach",
        indicator=get("Indikator", str) or "",
        unit=get("Einheit", str) or "",
        baseline=get("Ausgangswert", _number),
        baseline_on=get("Ausgangsjahr", _year_end),
        target=get("Zielwert", _number),
        target_on=get("Zieljahr", _year_end),
        lead=get("Federführung", str) or "",
    )


def read_measure(fields: Fields) -> MeasureFields:
    """Read the fields of a measure block; raises FieldError like `read_goal`."""
    get = _Reader(fields, "Maßnahme")
    return MeasureFields(
        code=get("Nummer", str) or "",
        goal=get("Ziel", str) or "",
        title=get("Titel", str) or "",
        lead=get("Federführung", str) or "",
        begins_year=get("Beginn", _year),
        ends_year=get("Ende", _year),
        cost_cents=get("Kosten", _cents),
        state=get("Stand", _one_of(_STATES)) or "",
    )


class _Reader:
    """Reads one field after the other and says where a bad one stands."""

    def __init__(self, fields: Fields, what: str) -> None:
        self.values = dict(fields)
        self.where = f"{what} {self.values.get('Nummer', '?')}"

    def __call__(self, key: str, convert: Callable[[str], T]) -> T | None:
        value = self.values.get(key, "").strip()
        if not value or value.lower() == UNKNOWN:
            return None
        try:
            return convert(value)
        except ValueError as problem:
            raise FieldError(self.where, key, value, str(problem)) from problem


def _number(value: str) -> Decimal:
    if not re.fullmatch(r"[-−]?\d+([.,]\d+)?", value):
        message = "eine Zahl wie 12 oder 12,5"
        raise ValueError(message)
    return Decimal(value.replace(",", ".").replace("−", "-"))


def _cents(value: str) -> int:
    return int(_number(value) * 100)


def _year(value: str) -> int:
    if not re.fullmatch(r"(19|20)\d\d", value):
        message = "ein Jahr wie 2027"
        raise ValueError(message)
    return int(value)


def _year_end(value: str) -> date:
    return date(_year(value), 12, 31)


def _one_of(words: dict[str, str]) -> Callable[[str], str]:
    def convert(value: str) -> str:
        if value.lower() not in words:
            raise ValueError(" oder ".join(words))
        return words[value.lower()]

    return convert
