"""The points table as a Word file, and as rows for Excel, OpenDocument and CSV."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import IO

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitplan.common.exports import Column, Hyperlink, Sheet, sheet_of
from mitplan.formats.docx_output import Sheet as Pages
from mitplan.formats.docx_report import (
    Cell,
    Group,
    Row,
    Run,
    Runs,
    Table,
    compared,
    runs_of,
    write_report,
)
from mitplan.formats.docx_report import Column as WordColumn
from mitplan.participation.models import Consultation
from mitplan.participation.queries.effects import Effect, EffectKind
from mitplan.participation.queries.points_table import ChangedWords, Line, Variant
from mitplan.plan.queries import facts_of as facts_of_edition
from mitplan.ui.diffs import marked

Note = Callable[[int, int], None]

_SAID_EVERY = 50


def title_of(consultation: Consultation) -> str:
    """Return what the table is called."""
    return _("Abwägungstabelle: %(title)s") % {"title": consultation.title}


def name_of(variant: Variant) -> str:
    """Return the name of the file, without its ending."""
    inside = _("intern") if variant.is_internal else _("oeffentlich")
    return f"abwaegungstabelle-{variant.consultation}-{inside}"


def facts_of(
    consultation: Consultation, variant: Variant, total: int, chosen: str
) -> list[tuple[str, object]]:
    """Return what stands at the beginning of every form of the table."""
    return [
        *facts_of_edition(consultation.edition),
        (_("Beteiligungsrunde"), consultation.title),
        (_("Ausgabe"), _variant(variant)),
        (_("Gliederung"), _("nach %(what)s") % {"what": variant.order.label}),
        (_("Auswahl"), chosen or _("alle Anliegen")),
        (_("Anliegen"), total),
    ]


def _variant(variant: Variant) -> str:
    if variant.is_internal:
        return _("intern: mit Fachvoten und Entscheidungen, die noch nicht veröffentlicht sind")
    return _("öffentlich: was auf den öffentlichen Seiten steht")


def sheet(variant: Variant, found: Iterable[Line], base: str) -> Sheet:
    """Return the table for Excel, OpenDocument and CSV; `base` is how the site is reached."""
    texts = [_("Bezugsstelle"), _("Anliegen"), _("Begründung des Anliegens")]
    columns: list[str | Column] = [
        _("gegliedert nach: %(what)s") % {"what": variant.order.label},
        _("Nummer"),
        _("Organisation"),
        _("Art"),
        _("Textstelle"),
        *(Column(text, width=40) for text in texts),
        Column(_("vorgeschlagener Wortlaut"), width=50),
        *([Column(_("Fachvotum"), width=40)] if variant.is_internal else []),
        _("Entscheidung"),
        Column(_("Begründung"), width=50),
        Column(_("Änderung im Text"), width=50),
        _("Fassung"),
    ]
    rows = (_sheet_row(line, variant, base) for line in found)
    return sheet_of(name_of(variant), columns, rows)


def _sheet_row(line: Line, variant: Variant, base: str) -> list[object]:
    point = line.point
    return [
        line.group,
        Hyperlink(point.number or "", f"{base}{point.get_absolute_url()}"),
        point.submission.organisation_name,
        line.kind,
        point.passage.number if point.passage else None,
        point.quote,
        point.text,
        point.reason,
        "\n".join(_marked_effect(effect) for effect in line.effects),
        *(["\n".join(line.advice)] if variant.is_internal else []),
        line.outcome[1],
        line.reason,
        "\n".join(_marked_change(change) for change in line.changes),
        editions_of(line),
    ]


def editions_of(line: Line) -> str:
    """Return the editions in which the words of a point stand."""
    return ", ".join(dict.fromkeys(str(change.edition) for change in line.changes))


def _marked_effect(effect: Effect) -> str:
    pieces = "\n".join(marked(piece) for piece in effect.pieces)
    fields = (f"{name}: {{--{old}--}}{{++{new}++}}" for name, old, new in effect.fields)
    return "\n".join(filter(None, (f"{effect_title(effect)}: {pieces}", *fields)))


def _marked_change(change: ChangedWords) -> str:
    return f"{change_title(change)}: {marked(change.segments)}"


def effect_title(effect: Effect) -> str:
    """Return what a proposal does with a passage, in words."""
    numbers = " + ".join((effect.number, *effect.joined))
    words = {
        EffectKind.CHANGED: _("Textstelle %(number)s"),
        EffectKind.INSERTED: _("Neue Textstelle"),
        EffectKind.DELETED: _("Textstelle %(number)s, gestrichen"),
        EffectKind.MOVED: _("Textstelle %(number)s, verschoben"),
        EffectKind.DIVIDED: _("Textstelle %(number)s, geteilt"),
        EffectKind.JOINED: _("Textstellen %(number)s, zusammengeführt"),
    }
    title = words[effect.kind] % {"number": numbers}
    if effect.behind is None or not effect.behind.number:
        return title
    behind = _("hinter Textstelle %(number)s") % {"number": effect.behind.number}
    return f"{title} {behind}"


def change_title(change: ChangedWords) -> str:
    """Return where words changed."""
    return _("Textstelle %(passage)s, Fassung %(edition)s") % {
        "passage": change.passage,
        "edition": change.edition,
    }


def write_docx(
    target: IO[bytes],
    *,
    consultation: Consultation,
    variant: Variant,
    found: Iterable[Line],
    facts: Sequence[tuple[str, object]],
    base: str,
    note: Note | None = None,
) -> None:
    """Write the table as a Word file in landscape, row by row; `note` is told how far it is."""
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    pages = Pages(
        title_of(consultation),
        header=f"{title_of(consultation)} · {day}",
        stamp=_("nur für den internen Gebrauch") if variant.is_internal else "",
        is_landscape=True,
    )
    total = next(int(str(value)) for name, value in facts if name == _("Anliegen"))
    rows = _rows(found, variant, base, total, note)
    table = Table(
        title_of(consultation), _columns(variant), rows, empty=_("Kein Anliegen passt zur Auswahl.")
    )
    spoken = [(name, str(value)) for name, value in (*facts, (_("Stand"), day))]
    write_report(target, pages, spoken, [table])


def _columns(variant: Variant) -> list[WordColumn]:
    return [
        WordColumn(_("Nr."), 1.4),
        WordColumn(_("Organisation"), 1.9),
        WordColumn(_("Bezug"), 1.8),
        WordColumn(_("Anliegen und vorgeschlagener Wortlaut"), 4),
        *([WordColumn(_("Fachvotum"), 2)] if variant.is_internal else []),
        WordColumn(_("Entscheidung"), 1.9),
        WordColumn(_("Begründung"), 2.6),
        WordColumn(_("Änderung im Text"), 2.8),
        WordColumn(_("Fassung"), 1.2),
    ]


def _rows(
    found: Iterable[Line], variant: Variant, base: str, total: int, note: Note | None
) -> Iterator[Row | Group]:
    done = 0
    for group, lines in groupby(found, key=lambda line: line.group):
        yield Group(group)
        for line in lines:
            yield _row(line, variant, base)
            done += 1
            if note and done % _SAID_EVERY == 0:
                note(done, total)


def _row(line: Line, variant: Variant, base: str) -> list[Cell]:
    point = line.point
    number: Runs = [Run(point.number or "", link=f"{base}{point.get_absolute_url()}")]
    quote: list[Runs] = [line.passage, *([f"„{point.quote}“"] if point.quote else [])]
    return [
        [number],
        point.submission.organisation_name,
        [part for part in quote if part],
        list(_demand(line)),
        *(["\n".join(line.advice)] if variant.is_internal else []),
        line.outcome[1],
        line.reason,
        [part for change in line.changes for part in _change(change)],
        editions_of(line),
    ]


def _demand(line: Line) -> Iterator[Runs]:
    yield [Run(line.kind, italic=True)]
    if line.point.text:
        yield from line.point.text.splitlines()
    for effect in line.effects:
        yield [Run(f"{effect_title(effect)}:", bold=True)]
        yield from (compared(piece) for piece in effect.pieces)
        for name, old, new in effect.fields:
            yield [Run(f"{name}: "), *runs_of(f"{old} → {new}")]
    if line.point.reason:
        yield [Run(f"{_('Begründung')}: ", italic=True), Run(line.point.reason)]


def _change(change: ChangedWords) -> Iterator[Runs]:
    yield [Run(f"{change_title(change)}:", bold=True)]
    yield compared(change.segments)
