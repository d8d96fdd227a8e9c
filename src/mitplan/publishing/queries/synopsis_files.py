"""The synopsis as a Word file, and as rows for Excel, OpenDocument and CSV."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import IO

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitplan.common.exports import Column, Sheet, sheet_of
from mitplan.formats.docx_output import Sheet as Pages
from mitplan.formats.docx_report import (
    Cell,
    Group,
    Mark,
    Row,
    Run,
    Runs,
    Table,
    runs_of,
    write_report,
)
from mitplan.formats.docx_report import Column as WordColumn
from mitplan.plan.models import Edition
from mitplan.plan.queries import facts_of as facts_of_edition
from mitplan.publishing.queries.comparison import ComparedPassage, compare_editions
from mitplan.publishing.queries.origins import NamedOrigin
from mitplan.publishing.queries.synopsis import Piece, SynopsisRow, synopsis
from mitplan.ui.diffs import marked

Note = Callable[[int, int], None]

_SAID_EVERY = 50


def title_of(columns: Sequence[Edition]) -> str:
    """Return what the synopsis is called."""
    numbers = ", ".join(str(each.number) for each in columns)
    return _("Synopse der Fassungen %(numbers)s: %(plan)s") % {
        "numbers": numbers,
        "plan": columns[0].plan.title,
    }


def name_of(columns: Sequence[Edition]) -> str:
    """Return the name of the file, without its ending."""
    return f"{columns[0].plan.slug}-synopse-{'-'.join(str(each.number) for each in columns)}"


def rows_of(columns: Sequence[Edition], which: str) -> list[SynopsisRow]:
    """Return the passages side by side; `which` says whether all, or only those that changed."""
    return synopsis([compare_editions(*pair) for pair in pairwise(columns)], which)


def facts_of(
    columns: Sequence[Edition], shown: str, rows: Sequence[SynopsisRow]
) -> list[tuple[str, object]]:
    """Return what stands at the beginning of every form of the synopsis."""
    return [
        *(
            fact
            for edition in columns
            for fact in facts_of_edition(edition)[0 if edition == columns[0] else 1 :]
        ),
        (_("Auswahl"), shown),
        (_("Textstellen"), sum(not _is_only_a_heading(row) for row in rows)),
    ]


def _is_only_a_heading(row: SynopsisRow) -> bool:
    """Tell whether a heading stands only to say where one is."""
    return row.is_heading and not is_changed(row)


def is_changed(row: SynopsisRow) -> bool:
    """Tell whether a passage differs between any two neighbours."""
    return any(step is not None and step.is_changed for step in row.steps)


def sheet(columns: Sequence[Edition], rows: Iterable[SynopsisRow]) -> Sheet:
    """Return the synopsis for Excel, OpenDocument and CSV; differences stand between marks."""
    heads: list[str | Column] = ["Textstelle"]
    heads += [Column(f"Fassung {each.number}", width=50) for each in columns]
    names = ("Art", "redaktionell", "nach der Beteiligung", "Herkunft", "Begründung", "Unterschied")
    heads += [f"{name} in Fassung {each.number}" for each in columns[1:] for name in names]
    return sheet_of(name_of(columns), heads, (_sheet_row(row) for row in rows))


def _sheet_row(row: SynopsisRow) -> list[str]:
    texts = ["".join(piece.text for piece in cell or ()) for cell in row.cells]
    return [row.key, *texts, *(word for step in row.steps for word in _step_in_words(step))]


def _step_in_words(step: ComparedPassage | None) -> Iterator[str]:
    if step is None:
        yield from [""] * 6
        return
    yield step.kind_name
    yield _("ja") if step.is_editorial else _("nein")
    yield _("ja") if step.is_late else _("nein")
    yield "; ".join(origin.spoken for origin in step.origins)
    yield "; ".join(origin.reason for origin in step.origins if origin.reason)
    yield marked(step.segments) if step.is_changed else ""


def write_docx(
    target: IO[bytes],
    *,
    columns: Sequence[Edition],
    rows: Sequence[SynopsisRow],
    facts: Sequence[tuple[str, object]],
    base: str,
    note: Note | None = None,
) -> None:
    """Write the synopsis as a Word file in landscape, row by row; `note` is told how far it is."""
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    is_adopted = columns[-1].is_adopted
    pages = Pages(
        title_of(columns),
        header=f"{title_of(columns)} · {day}",
        stamp="" if is_adopted else _("nicht beschlossen"),
        is_landscape=True,
    )
    heads = [
        WordColumn(_("Nr."), 0.7),
        *(WordColumn(str(each), 3) for each in columns),
        WordColumn(_("Was sich geändert hat und warum"), 2.2),
    ]
    table = Table(
        title_of(columns),
        heads,
        _word_rows(columns, rows, base, note),
        empty=_("Hier ist nichts geändert."),
    )
    spoken = [(name, str(value)) for name, value in (*facts, (_("Stand"), day))]
    write_report(target, pages, spoken, [table])


def _word_rows(
    columns: Sequence[Edition], rows: Sequence[SynopsisRow], base: str, note: Note | None
) -> Iterator[Row | Group]:
    for done, row in enumerate(rows, 1):
        if note and done % _SAID_EVERY == 0:
            note(done, len(rows))
        if _is_only_a_heading(row):
            yield Group("".join(piece.text for piece in row.cells[-1] or row.cells[0] or ()))
        else:
            yield _word_row(columns, row, base)


def _word_row(columns: Sequence[Edition], row: SynopsisRow, base: str) -> list[Cell]:
    address = f"{base}/plan/{columns[0].plan.slug}/textstelle/{row.number}/"
    number: list[Runs] = [[Run(row.number, link=address)]]
    cells: list[Cell] = [[_runs(cell)] if cell is not None else "–" for cell in row.cells]
    steps = zip(columns[1:], row.steps, strict=True)
    reasons = [part for edition, step in steps if step for part in _reasons(edition, step, base)]
    return [number, *cells, reasons]


def _runs(cell: Sequence[Piece]) -> list[Run]:
    return [run for piece in cell for run in _piece(piece)]


def _piece(piece: Piece) -> Iterator[Run]:
    mark = Mark.DELETED if piece.goes else Mark.INSERTED if piece.came else Mark.NONE
    for run in runs_of(piece.text, mark):
        yield Run(run.text, run.bold, run.italic or (piece.came and piece.goes), run.mark)


def _reasons(edition: Edition, step: ComparedPassage, base: str) -> Iterator[Runs]:
    if not step.is_changed:
        return
    extra = [_("redaktionell")] if step.is_editorial else []
    extra += [_("nach der Beteiligung")] if step.is_late else []
    words = f"{step.kind_name} ({', '.join(extra)})" if extra else step.kind_name
    name = _("Fassung %(number)s") % {"number": edition.number}
    yield [Run(f"{name}: {words}", bold=True)]
    for field, before, after in step.fields:
        yield [
            Run(f"{field}: "),
            Run(before or "–", mark=Mark.DELETED),
            Run(" "),
            Run(after or "–", mark=Mark.INSERTED),
        ]
    yield from (_origin(origin, base) for origin in step.origins)


def _origin(origin: NamedOrigin, base: str) -> Runs:
    link = f"{base}{origin.url}" if origin.url else ""
    reason = f": {origin.reason}" if origin.reason else ""
    return [Run(origin.spoken, link=link), Run(reason)]
