"""What happened since somebody was here last."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitplan.accounts.models import User
from mitplan.conference.permissions import mandates_of
from mitplan.participation.models import Consultation, Point, Submission
from mitplan.plan.models import Edition

MOST = 10


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened, and where it can be read."""

    on: datetime
    title: str
    url: str


def news_for(user: User, since: datetime) -> list[News]:
    """Return what happened since a moment, the newest first."""
    found = [*_editions(since), *_rounds(since), *_answers(user, since)]
    return sorted(found, key=lambda news: news.on, reverse=True)


def _editions(since: datetime) -> Iterator[News]:
    editions = Edition.objects.filter(released_at__gt=since).select_related("plan")
    for edition in editions.order_by("-released_at")[:MOST]:
        if edition.released_at:
            title = _("Neue Fassung: %(edition)s") % {"edition": edition}
            yield News(edition.released_at, title, edition.get_absolute_url())


def _rounds(since: datetime) -> Iterator[News]:
    rounds = Consultation.objects.filter(
        Q(opened_at__gt=since) | Q(results_published_at__gt=since), opened_at__isnull=False
    )
    columns = ("number", "title", "opened_at", "results_published_at")
    for number, title, opened, published in rounds.order_by("-number").values_list(*columns)[:MOST]:
        if opened > since:
            url = reverse("participation:consultation", args=[number])
            yield News(opened, _("Eröffnet: %(title)s") % {"title": title}, url)
        if published and published > since:
            url = reverse("publishing:result", args=[number])
            yield News(published, _("Ergebnis veröffentlicht: %(title)s") % {"title": title}, url)


def _answers(user: User, since: datetime) -> Iterator[News]:
    """Yield the submissions of a person's organisations whose points were answered."""
    organisations = [each.organisation_id for each in mandates_of(user) if each.organisation_id]
    if not organisations:
        return
    decided = Q(points__latest_decision__isnull=False) & ~Q(points__kind=Point.Kind.ANSWER)
    rows = (
        Submission.objects.filter(
            organisation__in=organisations,
            received_at__isnull=False,
            consultation__results_published_at__gt=since,
        )
        .annotate(answered=Count("points", filter=decided))
        .annotate(answered_at=F("consultation__results_published_at"))
    )
    columns = ("number", "answered", "answered_at")
    for number, answered, at in rows.order_by("-number").values_list(*columns)[:MOST]:
        sentence = ngettext(
            "Beantwortet: %(count)s Anliegen Ihrer Stellungnahme %(number)s",
            "Beantwortet: %(count)s Anliegen Ihrer Stellungnahme %(number)s",
            answered,
        )
        url = reverse("participation:submission", args=[number])
        yield News(at, sentence % {"count": answered, "number": number}, url)
