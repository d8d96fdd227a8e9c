"""Tables as CSV files that a spreadsheet opens without running anything in them."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.http import HttpResponse
from django.utils import timezone

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_response(
    filename: str, header: Sequence[object], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """Answer with a table: UTF-8, comma, one header line, days as ISO dates."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    write_csv(response, header, rows)
    return response


def write_csv(target: object, header: Sequence[object], rows: Iterable[Sequence[object]]) -> None:
    """Write a table in the same form into anything that can be written to."""
    writer = csv.writer(target, lineterminator="\n")  # type: ignore[arg-type]  # has .write
    writer.writerow([harmless(value) for value in header])
    writer.writerows([harmless(value) for value in row] for row in rows)


def harmless(value: object) -> object:
    """Return a value as a cell; text that a spreadsheet would run as a formula is made text again."""
    if value is None or isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
