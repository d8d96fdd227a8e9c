"""Dates known only to the year or the month, as history hands them down."""

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

_FORMATS = {4: "Y", 7: "F Y", 10: "j. F Y"}


class PartialDateField(models.CharField):
    """An ISO date with the precision that is known: 2016, 2016-03 or 2016-03-19. Sorts by time."""

    default_validators = [
        RegexValidator(
            r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
            _("Bitte als Jahr, Jahr-Monat oder Jahr-Monat-Tag angeben, zum Beispiel 2016-03."),
        )
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
