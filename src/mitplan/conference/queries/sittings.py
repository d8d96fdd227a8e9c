"""Sittings, what is laid before them, and what they resolved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitplan.common.partial_dates import spoken
from mitplan.conference.models import AgendaItem, Body, Paper, Resolution, Sitting
from mitplan.core.workdays import working_days_before
from mitplan.ui.values import spoken_date

WHOLE_DAY = len("2016-03-19")


@dataclass(frozen=True, slots=True)
class Selection:
    """What the list of sittings is narrowed down to; empty means all."""

    body: str = ""
    year: str = ""
    text: str = ""


def selected_sittings(selection: Selection) -> QuerySet[Sitting]:
    """Return sittings, the newest first; those nobody knows the year of come last."""
    found = Sitting.objects.select_related("body").annotate(
        items=Count("agenda_items", distinct=True),
        decisions=Count("agenda_items__resolutions", distinct=True),
    )
    if selection.body:
        found = found.filter(body=int(selection.body))
    if selection.year:
        found = found.filter(on__startswith=selection.year)
    for word in selection.text.split():
        found = found.filter(subject__icontains=word)
    return found.order_by("-on", "pk")


def known_years() -> list[str]:
    """Return the years in which a body sat, the newest first."""
    days = Sitting.objects.exclude(on="").values_list("on", flat=True)
    return sorted({day[:4] for day in days}, reverse=True)


def bodies_that_sat() -> list[tuple[int, str]]:
    """Return the bodies with sittings as choices."""
    bodies = Body.objects.filter(sittings__isnull=False).distinct().order_by("name")
    return list(bodies.values_list("pk", "name"))


def day_of(sitting: Sitting) -> date | None:
    """Return the day of a sitting where it is known to the day."""
    return date.fromisoformat(sitting.on) if len(sitting.on) == WHOLE_DAY else None


def spoken_day(sitting: Sitting) -> str:
    """Say when a sitting was, as far as it is known."""
    return spoken(sitting.on) or _("Tag nicht genannt")


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper with how early it was sent."""

    paper: Paper
    working_days: int | None
    required: int
    after_sitting: bool = False

    @property
    def is_late(self) -> bool:
        """Whether it was sent with less notice than the body asks for."""
        return self.working_days is not None and self.working_days < self.required

    @property
    def sentence(self) -> str:
        """How many working days before the sitting it was sent."""
        day = spoken_date(self.paper.sent_on)
        if self.working_days is None:
            return _("versandt am %(day)s") % {"day": day}
        if self.after_sitting:
            return _("erst nach der Sitzung versandt (%(day)s)") % {"day": day}
        said = ngettext(
            "%(days)s Arbeitstag vor der Sitzung versandt (%(day)s)",
            "%(days)s Arbeitstage vor der Sitzung versandt (%(day)s)",
            self.working_days,
        )
        return said % {"days": self.working_days, "day": day}


@dataclass(frozen=True, slots=True)
class ResolutionRow:
    """A resolution with its votes in words."""

    resolution: Resolution
    votes: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An agenda item with its papers and resolutions."""

    item: AgendaItem
    papers: list[PaperRow]
    resolutions: list[ResolutionRow]
    points: int = 0


_LAID_BEFORE = "agenda_points"
"""The points under an item; the room participation keeps them."""


def agenda_of(sitting: Sitting) -> list[ItemRow]:
    """Return the agenda with papers, resolutions and how many points, in four statements."""
    items = sitting.agenda_items.prefetch_related("papers", "resolutions", _LAID_BEFORE).order_by(
        "number"
    )
    day = day_of(sitting)
    return [
        ItemRow(
            item=item,
            papers=[
                paper_row(paper, day, sitting.body.notice_working_days)
                for paper in sorted(item.papers.all(), key=lambda each: (each.sent_on, each.pk))
            ],
            resolutions=[
                ResolutionRow(each, votes_of(each))
                for each in sorted(item.resolutions.all(), key=lambda each: each.pk)
            ],
            points=sum(each.taken_off_at is None for each in getattr(item, _LAID_BEFORE).all()),
        )
        for item in items
    ]


def paper_row(paper: Paper, day: date | None, required: int) -> PaperRow:
    """Count how early a paper was sent; without the day of the sitting nobody can tell."""
    if day is None:
        return PaperRow(paper, None, required)
    if paper.sent_on >= day:
        return PaperRow(paper, 0, required, after_sitting=paper.sent_on > day)
    return PaperRow(paper, working_days_before(paper.sent_on, day), required)


def late_papers(agenda: Iterable[ItemRow]) -> int:
    """Count the papers that were sent too late."""
    return sum(row.is_late for item in agenda for row in item.papers)


def votes_of(resolution: Resolution) -> str:
    """Say how a body voted; nothing where no votes are recorded."""
    if resolution.votes_yes is None:
        return ""
    votes = ngettext(
        "%(yes)s Ja, %(no)s Nein, %(abstentions)s Enthaltung",
        "%(yes)s Ja, %(no)s Nein, %(abstentions)s Enthaltungen",
        resolution.abstentions or 0,
    )
    return votes % {
        "yes": resolution.votes_yes,
        "no": resolution.votes_no,
        "abstentions": resolution.abstentions,
    }
