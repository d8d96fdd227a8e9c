"""What is due once the text has moved on: proposals to check, and those that lost their place."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitplan.accounts.models import Role
from mitplan.conference.models import Mandate
from mitplan.participation.models import Rebasing
from mitplan.participation.queries import anchors
from mitplan.participation.queries.rebasings import orphans, to_be_answered
from mitplan.web.queries.due import Task


def proposals_to_check(mandates: Iterable[Mandate]) -> Iterator[Task]:
    """Yield the submissions whose proposals stand on a newer text now, with what became of them."""
    speaking = {each.organisation_id for each in mandates if each.role == Role.MANDATE_HOLDER}
    waiting = to_be_answered().filter(point__submission__organisation__in=speaking - {None})
    rows = waiting.order_by("point__submission").values_list(
        "point__submission__consultation__number",
        "point__submission__organisation_id",
        "point__submission__organisation__name",
        "edition__number",
        "status",
    )
    counted: defaultdict[tuple[int, int, str, int], Counter[str]] = defaultdict(Counter)
    for number, organisation, name, edition, status in rows:
        counted[number, organisation, name, edition][status] += 1
    for (number, organisation, name, edition), statuses in counted.items():
        yield Task(
            _("Vorschläge prüfen: Fassung %(number)s ist da") % {"number": edition},
            reverse("participation:receipt_for_organisation", args=[number, organisation]),
            _("Ihr Vorschlag: %(statuses)s") % {"statuses": _in_words(statuses)},
            name,
        )


def _in_words(statuses: Counter[str]) -> str:
    """Say what became of one proposal, or of how many."""
    words = [
        (statuses[status], str(status.label)) for status in Rebasing.Status if statuses[status]
    ]
    if sum(statuses.values()) == 1:
        return words[0][1]
    return ", ".join(f"{count} {label}" for count, label in words)


def anchors_to_settle() -> Iterator[Task]:
    """Yield the list of remarks whose passage is gone, if there are any."""
    count = len(list(anchors.orphans()))
    if count:
        sentence = ngettext(
            "%(count)s Anliegen spricht von einer Textstelle, die es nicht mehr gibt.",
            "%(count)s Anliegen sprechen von Textstellen, die es nicht mehr gibt.",
            count,
        )
        yield Task(
            _("Verwaiste Bezugsstellen unterbringen"),
            reverse("participation:lost_anchors"),
            sentence % {"count": count},
            str(Role.SECRETARIAT.label),
        )


def orphans_to_place() -> Iterator[Task]:
    """Yield the list of proposals whose passage is gone, if there are any, and of remarks."""
    yield from anchors_to_settle()
    count = orphans().count()
    if not count:
        return
    sentence = ngettext(
        "%(count)s Vorschlag hat seine Textstelle verloren.",
        "%(count)s Vorschläge haben ihre Textstelle verloren.",
        count,
    )
    yield Task(
        _("Verwaiste Vorschläge unterbringen"),
        f"{reverse('participation:rebasings')}?stand={Rebasing.Status.ORPHANED}",
        sentence % {"count": count},
        str(Role.SECRETARIAT.label),
    )
