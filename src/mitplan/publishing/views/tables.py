"""The tables of publishing: values of the queries as cells."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from mitplan.plan.models import Edition
from mitplan.publishing.queries.chapters import Survival
from mitplan.publishing.queries.origins import NamedOrigin, Provenance
from mitplan.ui.reader import TONES
from mitplan.ui.tables import Column, Table
from mitplan.ui.values import Link, spoken_number


def per_cent(value: float) -> str:
    """Write a share: 12,5 %."""
    return f"{spoken_number(value, 1)} %"


def origin_cell(origin: NamedOrigin) -> Link | str:
    """Name an origin, with the way to its page where it has one."""
    return Link(origin.label, origin.url) if origin.url else origin.label


def survival(columns: Sequence[Edition], found: Sequence[Survival]) -> Table:
    """How much of each chapter of the first edition stands in the later ones."""
    first, *laters = columns
    shares = [
        Column(
            f"kept{each.number}",
            _("davon in Fassung %(number)s") % {"number": each.number},
            is_numeric=True,
        )
        for each in laters
    ]
    return Table(
        _("Was von Fassung %(number)s erhalten ist, in Wörtern") % {"number": first.number},
        [Column("chapter", _("Kapitel")), Column("words", _("Wörter"), is_numeric=True), *shares],
        [
            (
                each.chapter,
                each.words,
                *(
                    f"{spoken_number(kept)} ({per_cent(part)})"
                    for kept, part in zip(each.kept, each.parts, strict=True)
                ),
            )
            for each in found
        ],
    )


def kinds_of_origin(provenance: Provenance) -> Table:
    """The shares by kind of origin."""
    return Table(
        _("Anteil der Wörter nach Art der Herkunft"),
        [
            Column("kind", _("Art der Herkunft")),
            Column("origins", _("Herkünfte"), is_numeric=True),
            Column("words", _("Wörter"), is_numeric=True),
            Column("part", _("Anteil"), is_numeric=True),
        ],
        [
            (share.name, share.origins, share.words, per_cent(share.part))
            for share in provenance.by_kind
        ],
    )


def origins(edition: Edition, provenance: Provenance) -> Table:
    """The legend of the marks in the text: every origin with its number and share."""
    download = reverse("publishing:edition_origins", args=[edition.plan.slug, edition.number])
    return Table(
        _("Herkünfte dieser Fassung"),
        [
            Column("number", _("Nr.")),
            Column("origin", _("Herkunft")),
            Column("kind", _("Art")),
            Column("reason", _("öffentliche Begründung")),
            Column("words", _("Wörter"), is_numeric=True),
            Column("part", _("Anteil"), is_numeric=True),
        ],
        [
            (
                _legend(share.number),
                origin_cell(share.origin),
                share.origin.kind_name,
                share.origin.reason,
                share.words,
                per_cent(share.part),
            )
            for share in provenance.shares
        ],
        downloads=[Link(_("Text mit Herkünften als CSV"), download)],
    )


def _legend(number: int) -> str:
    return format_html(
        '<span id="herkunft-{}" class="ui-origin ui-origin--{}">{}</span>',
        number,
        number % TONES,
        number,
    )
