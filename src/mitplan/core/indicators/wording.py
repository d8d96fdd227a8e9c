"""Sentences that are put together first and worded in a language last."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from mitplan.core.indicators.words import gettext_noop

_MORE_DECIMALS = 6
"""How many places a small difference may get before it reads as nothing."""

STEPS = gettext_noop("Stufen")
_DIFFERENCE_UNITS = {"%": gettext_noop("Prozentpunkte"), "‰": gettext_noop("Promillepunkte")}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it is to be shown."""

    value: Decimal
    decimals: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A German word that is translated on its own before it is put into a sentence."""

    text: str


Value = Quantity | Term | date | str | int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A German sentence with named places, the key of its translation, and what stands there."""

    template: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a status says; `code` is the result, followed by the reason where there is one."""

    code: str
    phrases: tuple[Phrase, ...]

    def text(
        self,
        *,
        translate: Callable[[str], str],
        number: Callable[[Quantity], str],
        day: Callable[[date], str],
    ) -> str:
        """Put the phrases together in a language."""

        def worded(value: Value) -> str:
            match value:
                case Quantity():
                    return number(value)
                case Term():
                    return translate(value.text)
                case date():
                    return day(value)
            return str(value)

        return " ".join(
            translate(phrase.template)
            % {name: worded(value) for name, value in phrase.values.items()}
            for phrase in self.phrases
        )


@dataclass(frozen=True, slots=True)
class Scale:
    """How the values of an indicator are shown; levels name the steps of an ordinal one from 0."""

    unit: str = ""
    decimals: int = 1
    levels: tuple[str, ...] = ()

    def show(self, value: Decimal) -> Value:
        """Return a value of the series."""
        if value in range(len(self.levels)):
            return f"„{self.levels[int(value)]}“"
        return Quantity(value, self.decimals, self.unit)

    def difference(self, value: Decimal) -> Quantity:
        """Return the distance between two values, with as many decimals as it takes to see it."""
        decimals = self.decimals
        while value and not round(value, decimals) and decimals < self.decimals + _MORE_DECIMALS:
            decimals += 1
        unit = STEPS if self.levels else _DIFFERENCE_UNITS.get(self.unit, self.unit)
        return Quantity(abs(value), decimals, unit)


def german(sentence: Sentence) -> str:
    """Return a sentence in German."""
    return sentence.text(translate=str, number=german_number, day=german_day)


def german_number(quantity: Quantity) -> str:
    """Write a number as in 1.234,5 %, with a true minus sign and a space that does not break."""
    rounded = quantity.value.quantize(Decimal(1).scaleb(-quantity.decimals), ROUND_HALF_UP)
    sign = "−" if rounded < 0 else ""
    digits = f"{abs(rounded):,f}".translate(str.maketrans(",.", ".,"))
    return f"{sign}{digits}\N{NO-BREAK SPACE}{quantity.unit}" if quantity.unit else sign + digits


def german_day(day: date) -> str:
    """Write a day as in 31.12.2025."""
    return f"{day:%d.%m.%Y}"
