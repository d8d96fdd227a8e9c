"""Every table as a file, in one way: XLSX, ODS and CSV from the same columns and rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, tzinfo

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mitplan.formats import ods, xlsx
from mitplan.formats.sheet_csv import csv_lines
from mitplan.formats.sheets import Cell, Column, Hyperlink, Kind, Sheet

__all__ = ["Column", "Fact", "Hyperlink", "Kind", "Sheet", "table_file", "table_response"]

Fact = tuple[str, object]

PARAMETER = "format"
CONTENT_TYPES = {
    "xlsx": xlsx.CONTENT_TYPE,
    "ods": ods.CONTENT_TYPE,
    "csv": "text/csv; charset=utf-8",
}
ENDINGS = tuple(CONTENT_TYPES)
_NO_FILTER = {PARAMETER, "seite", "sort", "tabelle"}


def wanted_ending(request: HttpRequest) -> str:
    """Return the kind of file the address asks for, or nothing where it asks for the page."""
    wanted = request.GET.get(PARAMETER, "")
    return wanted if wanted in CONTENT_TYPES else ""


def table_response(
    request: HttpRequest,
    name: str,
    columns: Sequence[str | Column],
    rows: Iterable[Sequence[object]],
    *,
    facts: Sequence[Fact] = (),
    ending: str = "",
) -> StreamingHttpResponse:
    """Answer with a table in the wanted kind of file, row by row; `facts` stand on a sheet of their own."""
    ending = ending or wanted_ending(request) or "csv"
    sheet = sheet_of(name, columns, rows)
    parts = table_file(ending, sheet, [*facts, *facts_of(request)])
    return file_response(parts, f"{name}.{ending}", CONTENT_TYPES[ending])


def file_response(
    parts: Iterable[bytes], filename: str, content_type: str
) -> StreamingHttpResponse:
    """Answer with a file that is made while it is sent."""
    response = StreamingHttpResponse(parts, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def table_file(ending: str, sheet: Sheet, facts: Sequence[Fact]) -> Iterator[bytes]:
    """Yield a table as a file; what one should know of it stands on the first sheet, CSV has none."""
    if ending == "csv":
        return (text.encode() for text in csv_lines(sheet))
    write: Callable[[Sequence[Sheet]], Iterator[bytes]] = xlsx.xlsx if ending == "xlsx" else ods.ods
    columns = [Column(_("Angabe"), width=28), Column(_("Wert"), width=60)]
    return write([sheet_of(_("Angaben"), columns, facts), sheet])


def sheet_of(
    title: str, columns: Sequence[str | Column], rows: Iterable[Sequence[object]]
) -> Sheet:
    """Return a table with values as files hold them; a mere name is a column of anything."""
    heads = [each if isinstance(each, Column) else Column(str(each)) for each in columns]
    zone = timezone.get_current_timezone()
    return Sheet(title, heads, ([cell(value, zone) for value in row] for row in rows))


def facts_of(request: HttpRequest) -> list[Fact]:
    """Return what one should know of a file: from where, from when, and what was chosen."""
    query = request.GET.copy()
    for name in _NO_FILTER:
        query.pop(name, None)
    chosen = [f"{name}: {value}" for name, value in query.items() if value]
    question = f"?{query.urlencode()}" if query else ""
    source = request.build_absolute_uri(request.path + question)
    return [
        (_("Auswahl"), "; ".join(chosen) or _("alles")),
        (_("Stand"), timezone.now()),
        (_("Quelle"), Hyperlink(source, source)),
    ]


def cell(value: object, zone: tzinfo) -> Cell:
    """Return a value as a file holds it: moments as the clock on the wall shows them, yes and no in words."""
    if type(value) in _AS_THEY_ARE:
        return value  # type: ignore[return-value]  # one of the types of a cell
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, datetime):
        local = value.astimezone(zone) if timezone.is_aware(value) else value
        return local.replace(tzinfo=None)
    return str(value) if isinstance(value, Promise | str) else value  # type: ignore[return-value]


_AS_THEY_ARE = frozenset({str, int, float, type(None), Hyperlink})
