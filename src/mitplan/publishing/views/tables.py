"""The tables of publishing: values of the queries as cells."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from mitplan.plan.models import Edition
from mitplan.publishing.queries.chapters import Survival
from mitplan.publishing.queries.origins import NamedOrigin
from mitplan.publishing.queries.provenance import Provenance
from mitplan.ui.reader import TONES
from mitplan.ui.tables import Column, Table, file_links
from mitplan.ui.values import Link, Share, spoken_number, spoken_share


def origin_cell(origin: NamedOrigin) -> Link | str:
    """Name an origin, with the way to its page where it has one."""
    return Link(origin.label, origin.url) if origin.url else origin.label


def survival(
    columns: Sequence[Edition], found: Sequence[Survival], downloads: Sequence[Link] = ()
) -> Table:
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
        [
            Column("chapter", _("Kapitel"), is_original=True),
            Column("words", _("Wörter"), is_numeric=True),
            *shares,
        ],
        [
            (
                each.chapter,
                each.words,
                *(
                    f"{spoken_number(kept)} ({spoken_share(part)})"
                    for kept, part in zip(each.kept, each.parts, strict=True)
                ),
            )
            for each in found
        ],
        downloads=downloads,
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
            (share.name, share.origins, share.words, Share(share.part))
            for share in provenance.by_kind
        ],
    )


def chapters(provenance: Provenance) -> Table:
    """The share of each kind of origin in each chapter."""
    kinds = [share.name for share in provenance.by_kind]
    return Table(
        _("Worauf jedes Kapitel zurückgeht"),
        [
            Column("chapter", _("Kapitel"), is_original=True),
            Column("words", _("Wörter"), is_numeric=True),
            *(Column(f"kind{n}", kind, is_numeric=True) for n, kind in enumerate(kinds)),
        ],
        [
            (each.title, each.words, *(Share(each.part_of(kind)) for kind in kinds))
            for each in provenance.chapters
        ],
    )


def owners(edition: Edition, provenance: Provenance) -> Table:
    """Whom the words of each chapter go back to."""
    place = [edition.plan.slug, edition.number]
    return Table(
        _("Wie viel von jedem Kapitel auf wen zurückgeht"),
        [
            Column("chapter", _("Kapitel"), is_original=True),
            Column("whose", _("auf wen"), is_original=True),
            Column("kind", _("Art")),
            Column("words", _("Wörter"), is_numeric=True),
            Column("part", _("Anteil am Kapitel"), is_numeric=True),
        ],
        [
            (each.title, owner.whose, owner.kind_name, owner.words, Share(owner.part))
            for each in provenance.chapters
            for owner in each.owners
        ],
        downloads=file_links("publishing:edition_owners", place),
    )


def origins(edition: Edition, provenance: Provenance) -> Table:
    """The legend of the marks in the text: every origin with its number and share."""
    place = [edition.plan.slug, edition.number]
    return Table(
        _("Herkünfte dieser Fassung"),
        [
            Column("number", _("Nr.")),
            Column("origin", _("Herkunft"), is_original=True),
            Column("whose", _("von wem"), is_original=True),
            Column("kind", _("Art")),
            Column("reason", _("öffentliche Begründung"), is_original=True),
            Column("words", _("Wörter"), is_numeric=True),
            Column("part", _("Anteil"), is_numeric=True),
        ],
        [
            (
                _legend(share.number),
                origin_cell(share.origin),
                share.origin.whose,
                share.origin.kind_name,
                share.origin.reason,
                share.words,
                Share(share.part),
            )
            for share in provenance.shares
        ],
        downloads=[
            *file_links("publishing:edition_origins", place, about=_("Text mit Herkünften")),
            Link(_("als Text zum Lesen"), reverse("publishing:edition_in_words", args=place)),
        ],
    )


def _legend(number: int) -> str:
    return format_html(
        '<span id="herkunft-{}" class="ui-origin ui-origin--{}">{}</span>',
        number,
        number % TONES,
        number,
    )
