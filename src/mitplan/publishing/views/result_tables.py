"""The tables and facts of what became of the input."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from mitplan.participation.models import Consultation
from mitplan.plan.models import TextChange
from mitplan.publishing.queries.results import (
    MERGED,
    UNDECIDED,
    WITHDRAWN,
    Change,
    EqualTreatment,
    RateRow,
    Rates,
    ResultPoint,
    Uptake,
    counts_of,
    outcome_names,
    per_cent,
    published_rows,
)
from mitplan.ui.tables import Column, Empty, Table, downloads, file_links
from mitplan.ui.values import Link, spoken_date, spoken_number, spoken_share

POINT_COLUMNS = (
    "number",
    "consultation",
    "state",
    "outcome",
    "reason_code",
    "organisation_type",
    "field",
    "passage",
    "received_on",
    "decided_on",
    "days",
    "group",
)


def rate(part: int, whole: int) -> str:
    """Write a rate with its fraction: 12,5 % (1 von 8)."""
    share = per_cent(part, whole)
    if share is None:
        return _("keine Quote (0 von 0)")
    return _("%(share)s (%(part)s von %(whole)s)") % {
        "share": spoken_share(share),
        "part": spoken_number(part),
        "whole": spoken_number(whole),
    }


def bar(part: int, whole: int) -> SafeString:
    """Draw a share as a bar; the number stands beside it."""
    return format_html(
        '<progress class="pub-bar" max="{}" value="{}" aria-hidden="true"></progress>',
        whole or 1,
        part,
    )


def dates(consultation: Consultation) -> list[tuple[str, object]]:
    """The days of a consultation."""
    return [
        (_("Fassung"), Link(str(consultation.edition), consultation.edition.get_absolute_url())),
        (_("eröffnet"), consultation.opened_at),
        (_("letzter Tag"), _day(consultation)),
        (_("Ergebnisse veröffentlicht"), consultation.results_published_at),
        (_("Stellungnahmen"), _annotated(consultation, "submissions_received")),
        (_("Anliegen"), _annotated(consultation, "points_received")),
    ]


def _annotated(consultation: Consultation, name: str) -> Any:  # noqa: ANN401 – from the query
    return getattr(consultation, name)


def _day(consultation: Consultation) -> object:
    return _annotated(consultation, "last_day")


def equal_treatment(facts: EqualTreatment) -> list[tuple[str, object]]:
    """Whether all had the same text and the same time."""
    windows = [
        (
            _("Frist: %(audience)s") % {"audience": audience},
            _("%(first)s bis %(last)s, %(days)s Arbeitstage")
            % {
                "first": spoken_date(audience.opens_on),
                "last": spoken_date(audience.closes_on),
                "days": days,
            },
        )
        for audience, days in facts.windows
    ]
    return [
        *windows,
        (_("Unterlagen"), _("für alle dieselbe Fassung mit derselben Prüfsumme")),
        (_("eingeladene Organisationen"), facts.invited),
        (_("erste Einladung"), facts.first_invited_at),
        (_("letzte Einladung"), facts.last_invited_at),
        (_("Abstand der Einladungen"), _spread(facts)),
        (_("nicht zustellbar"), facts.bounced),
        (_("haben geantwortet"), facts.answered),
        (_("davon ohne Anmerkungen"), facts.no_remarks),
        (_("nach Ablauf der Frist eingegangen"), facts.late),
    ]


def _spread(facts: EqualTreatment) -> str:
    if facts.spread_days is None:
        return ""
    return ngettext("%(days)s Tag", "%(days)s Tage", facts.spread_days) % {
        "days": facts.spread_days
    }


def rates(overall: Rates, median: Fraction | None) -> Table:
    """The two rates with their fractions."""
    whole = overall.denominator
    rows: list[tuple[object, ...]] = [
        (_("wörtlich übernommen"), *_rate_cells(overall.numerator_strict, whole)),
        (
            _("ganz, sinngemäß oder teilweise übernommen"),
            *_rate_cells(overall.numerator_broad, whole),
        ),
    ]
    if median is not None:
        days = spoken_number(round(float(median), 1))
        rows.append((_("mittlere Dauer bis zur Entscheidung in Tagen (Median)"), days, ""))
    return Table(
        _("Übernahmequoten"),
        [Column("what", _("Was")), Column("rate", _("Quote")), Column("bar", _("Balken"))],
        rows,
    )


def _rate_cells(part: int, whole: int) -> tuple[str, SafeString]:
    return rate(part, whole), bar(part, whole)


def counts(consultation: Consultation, overall: Rates) -> Table:
    """Every count, those outside the rate too."""
    return Table(
        _("Alle Anliegen nach dem, was daraus wurde"),
        [
            Column("outcome", _("Entscheidung")),
            Column("points", _("Anliegen"), is_numeric=True),
            Column("bar", _("Balken")),
        ],
        [
            *(
                (_outcome_link(consultation, key, name), number, bar(number, overall.total))
                for key, name, number in counts_of(overall)
            ),
            (_("zusammen"), overall.total, ""),
        ],
        downloads=file_links(
            "publishing:result_points", [consultation.number], "json", about=_("alle Anliegen")
        ),
    )


def _outcome_link(consultation: Consultation, outcome: str, name: str) -> Link | str:
    """Lead from a count to its points in the one table of points."""
    wanted = "stand" if outcome in (UNDECIDED, WITHDRAWN) else "entscheidung"
    if outcome == MERGED:
        return name
    page = reverse("participation:points")
    return Link(name, f"{page}?runde={consultation.number}&{wanted}={outcome}")


def by_type(rows: Iterable[RateRow]) -> Table:
    """The rates per type of organisation."""
    return _breakdown(_("Quoten nach Gruppe der Organisation"), _("Gruppe"), rows)


def by_field(rows: Iterable[RateRow]) -> Table:
    """The rates per field of action."""
    return _breakdown(_("Quoten nach Handlungsfeld"), _("Handlungsfeld"), rows)


def _breakdown(caption: str, label: str, rows: Iterable[RateRow]) -> Table:
    return Table(
        caption,
        [
            Column("label", label, is_original=True),
            Column("strict", _("wörtlich übernommen")),
            Column("broad", _("ganz, sinngemäß oder teilweise")),
            Column("total", _("Anliegen"), is_numeric=True),
            Column("bar", _("Balken")),
        ],
        [_breakdown_row(row) for row in rows],
        empty=Empty(
            _("Noch keine Anliegen."), _("Hier stehen die Quoten, sobald entschieden ist.")
        ),
    )


def _breakdown_row(row: RateRow) -> tuple[object, ...]:
    label = row.label or _("ohne Angabe")
    if row.uptake is None:
        hidden = _("nicht ausgewiesen: zu wenige Anliegen")
        return label, hidden, hidden, "", ""
    part, whole = row.uptake.numerator_broad, row.uptake.denominator
    strict = rate(row.uptake.numerator_strict, whole)
    return label, strict, rate(part, whole), row.uptake.total, bar(part, whole)


def changes(consultation: Consultation, rows: Sequence[Change]) -> Table:
    """Which words of public editions go back to the consultation; each change is counted once."""
    slug = consultation.edition.plan.slug
    inserted, deleted = (
        sum(row.words_inserted for row in rows),
        sum(row.words_deleted for row in rows),
    )
    total = (_("zusammen"), "", "", "", inserted, deleted)
    return Table(
        _("Textänderungen, die auf Anliegen zurückgehen"),
        [
            Column("passage", _("Textstelle")),
            Column("point", pgettext("Einzahl", "Anliegen")),
            Column("edition", _("Fassung"), is_numeric=True),
            Column("kind", _("Art")),
            Column("inserted", _("Wörter eingefügt"), is_numeric=True),
            Column("deleted", _("Wörter gestrichen"), is_numeric=True),
        ],
        [*(_change_row(slug, row) for row in rows), *([total] if rows else [])],
        empty=Empty(
            _("Noch keine Textänderung."),
            _("Sobald eine Fassung mit übernommenen Anliegen öffentlich ist, steht sie hier."),
        ),
    )


def _change_row(slug: str, row: Change) -> tuple[object, ...]:
    points = ((reverse("participation:point", args=[number]), number) for number in row.points)
    return (
        Link(f"¶ {row.passage}", reverse("publishing:passage", args=[slug, row.passage])),
        format_html_join(", ", '<a href="{}">{}</a>', points),
        row.edition,
        TextChange.Kind(row.kind).label,
        row.words_inserted,
        row.words_deleted,
    )


def consultations(
    request: HttpRequest, found: Iterable[Consultation], uptakes: dict[int, Uptake]
) -> Table:
    """All consultations with their dates and rates."""
    return Table(
        _("Beteiligungsrunden und was daraus wurde"),
        [
            Column("title", _("Beteiligungsrunde"), is_original=True),
            Column("edition", _("Fassung"), is_original=True),
            Column("first", _("erster Tag")),
            Column("last", _("letzter Tag")),
            Column("submissions", _("Stellungnahmen"), is_numeric=True),
            Column("points", _("Anliegen"), is_numeric=True),
            Column("strict", _("wörtlich übernommen")),
            Column("broad", _("ganz, sinngemäß oder teilweise")),
        ],
        [_consultation_row(each, uptakes.get(each.number)) for each in found],
        downloads=downloads(request),
        empty=Empty(
            _("Noch keine Beteiligungsrunde."),
            _(
                "Ist eine Fassung zur Beteiligung geöffnet, steht sie hier mit ihren Daten; nach der "
                "Entscheidung auch mit ihren Quoten."
            ),
        ),
    )


def _consultation_row(each: Any, uptake: Uptake | None) -> tuple[object, ...]:  # noqa: ANN401
    return (
        Link(each.title, reverse("publishing:result", args=[each.number])),
        Link(str(each.edition), each.edition.get_absolute_url()),
        each.first_day,
        each.last_day,
        each.submissions_received,
        each.points_received,
        *_rates_in_words(uptake),
    )


def _rates_in_words(uptake: Uptake | None) -> tuple[str, str]:
    if uptake is None:
        waiting = _("noch nicht veröffentlicht")
        return waiting, waiting
    whole = uptake.overall.denominator
    return (
        rate(uptake.overall.numerator_strict, whole),
        rate(uptake.overall.numerator_broad, whole),
    )


def consultations_csv(
    found: Iterable[Any], uptakes: dict[int, Uptake]
) -> tuple[list[str], Iterator[list[object]]]:
    """All consultations with every count, as a header and rows."""
    outcomes = list(outcome_names())
    header = ["number", "title", "edition", "first_day", "last_day", "results_published_at"]
    header += ["submissions", "points", "numerator_strict", "numerator_broad", "denominator"]
    return [*header, *outcomes], (_csv_row(each, uptakes.get(each.number)) for each in found)


def _csv_row(each: Any, uptake: Uptake | None) -> list[object]:  # noqa: ANN401
    row: list[object] = [each.number, each.title, str(each.edition), each.first_day, each.last_day]
    row += [each.results_published_at, each.submissions_received, each.points_received]
    if uptake is None:
        return row + [""] * (len(outcome_names()) + 3)
    overall = uptake.overall
    row += [overall.numerator_strict, overall.numerator_broad, overall.denominator]
    return row + [number for key, _name, number in counts_of(overall) if key in outcome_names()]


def points(found: list[ResultPoint]) -> Iterator[tuple[object, ...]]:
    """The points as anybody may have them, one row each."""
    for point, organisation_type, field in published_rows(found):
        yield (
            point.number,
            point.consultation,
            point.state,
            point.outcome,
            point.reason_code,
            organisation_type,
            field,
            point.passage,
            point.received_on,
            point.decided_on,
            point.days,
            point.group,
        )


def as_json(uptake: Uptake) -> dict[str, object]:
    """The rates with all counts for machines."""
    median = uptake.median_days
    return {
        "overall": _rates_json(uptake.overall),
        "by_organisation_type": {row.label: _rates_json(row.uptake) for row in uptake.by_type},
        "by_field": {row.label: _rates_json(row.uptake) for row in uptake.by_field},
        "median_days_to_decision": None if median is None else float(median),
    }


def _rates_json(uptake: Rates | None) -> dict[str, object] | None:
    if uptake is None:
        return None
    return {
        "numerator_strict": uptake.numerator_strict,
        "numerator_broad": uptake.numerator_broad,
        "denominator": uptake.denominator,
        "strict_per_cent": per_cent(uptake.numerator_strict, uptake.denominator),
        "broad_per_cent": per_cent(uptake.numerator_broad, uptake.denominator),
        "counts": {key: number for key, _name, number in counts_of(uptake)},
    }
