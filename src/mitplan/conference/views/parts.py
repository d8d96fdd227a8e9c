"""What several pages of the conference show in the same way."""

from collections.abc import Sequence

from django.core.paginator import Page
from django.utils.translation import gettext as _

from mitplan.common.sourced import Sourced
from mitplan.conference.models import Sitting
from mitplan.conference.queries.sittings import spoken_day
from mitplan.ui.tables import Column, Empty, Table
from mitplan.ui.values import Evidence, Link


def evidence(thing: Sourced) -> Evidence:
    """Return the badge of a thing: sourced fact or demonstration."""
    return Evidence(thing.source, thing.is_demonstration)


def sitting_table(
    caption: str,
    sittings: Sequence[Sitting],
    *,
    with_body: bool = True,
    page: Page | None = None,
    downloads: Sequence[Link] = (),
) -> Table:
    """Return sittings as a table; each knows how many items and resolutions it has."""
    columns = [
        Column("on", _("Tag")),
        *([Column("body", _("Gremium"), is_original=True)] if with_body else []),
        Column("kind", _("Art")),
        Column("place", _("Ort"), is_original=True),
        Column("subject", _("Gegenstand"), is_original=True),
        Column("items", _("TOP"), is_numeric=True),
        Column("decisions", _("Beschlüsse"), is_numeric=True),
        Column("note", _("Anmerkung"), is_original=True),
        Column("source", _("Beleg")),
    ]
    return Table(
        caption,
        columns,
        [_row(sitting, with_body=with_body) for sitting in sittings],
        page=page,
        downloads=downloads,
        empty=Empty(
            _("Noch keine Sitzung."),
            _("Hier steht jede Sitzung mit Tagesordnung, Vorlagen und Beschlüssen."),
        ),
    )


def _row(sitting: Sitting, *, with_body: bool) -> list[object]:
    body = [Link(sitting.body.name, sitting.body.get_absolute_url())] if with_body else []
    return [
        Link(spoken_day(sitting), sitting.get_absolute_url()),
        *body,
        sitting.kind,
        sitting.place,
        sitting.subject,
        sitting.items or None,  # type: ignore[attr-defined]  # annotated
        sitting.decisions or None,  # type: ignore[attr-defined]  # annotated
        sitting.note,
        evidence(sitting),
    ]
