"""Dates known only to the year or the month, as history hands them down."""

from calendar import monthrange
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_FORMATS = {4: "Y", 7: "YEAR_MONTH_FORMAT", 10: "DATE_FORMAT"}


def require_real_day(partial: str) -> None:
    """Refuse a day the calendar does not have, such as the 31st of February."""
    if len(partial) == len("2016-03-19"):
        try:
            date.fromisoformat(partial)
        except ValueError as problem:
            raise ValidationError(
                _("Den Tag %(day)s gibt es nicht."), params={"day": partial}
            ) from problem


class PartialDateField(models.CharField):
    """An ISO date with the precision that is known: 2016, 2016-03 or 2016-03-19. Sorts by time."""

    default_validators = [
        RegexValidator(
            r"^[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
            gettext_lazy(
                "Bitte als Jahr, Jahr-Monat oder Jahr-Monat-Tag angeben, zum Beispiel 2016-03."
            ),
        ),
        require_real_day,
    ]

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 10)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own open signature


def earliest_day(partial: str) -> date:
    """Return the first day a partial date can mean."""
    year, month, day = [*partial.split("-"), "1", "1"][:3]
    return date(int(year), int(month), int(day))


def spoken(partial: str) -> str:
    """Return a partial date as one says it: 2016, März 2016, 19. März 2016."""
    return date_format(earliest_day(partial), _FORMATS[len(partial)]) if partial else ""


def latest_day(partial: str) -> date:
    """Return the last day a partial date can mean."""
    if len(partial) == len("2016-03-19"):
        return date.fromisoformat(partial)
    year, month = [*map(int, partial.split("-")), 12][:2]
    return date(year, month, monthrange(year, month)[1])


def spoken_span(begins: str, ends: str) -> str:
    """Return from when until when, as far as it is known."""
    if begins and begins == ends:
        return spoken(begins)
    if begins and ends:
        return _("%(begins)s bis %(ends)s") % {"begins": spoken(begins), "ends": spoken(ends)}
    if begins:
        return _("ab %(begins)s") % {"begins": spoken(begins)}
    return _("bis %(ends)s") % {"ends": spoken(ends)} if ends else ""


def holds(begins: str, ends: str, on: date) -> bool:
    """Tell whether something that may have no end on record holds on a day."""
    return not (begins and earliest_day(begins) > on) and not (ends and latest_day(ends) < on)
