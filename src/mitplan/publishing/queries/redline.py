"""Two editions as one Word file with tracked changes: each says whose it is and of which day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mitplan.core.text.passages import Passage
from mitplan.core.text.runs import Runs, spans
from mitplan.formats import docx
from mitplan.formats.docx_output import Sheet
from mitplan.formats.docx_tracking import Author, Credit
from mitplan.plan.models import ChangeOrigin, Edition, Origin
from mitplan.plan.queries import state_of
from mitplan.publishing.queries.files import midday, warning
from mitplan.publishing.queries.origins import named


def as_redline(old: Edition, new: Edition) -> bytes:
    """Return one edition as tracked changes to another, whichever is the older.

    Author is the point with its organisation, or whatever else brought the change; where none is
    recorded, the edition.
    """
    before, after = state_of(old), state_of(new)
    origins = _origins_between(old, new)
    authors = _authors(origins)
    credits_ = {
        passage.id: _credit(passage, after.runs[passage.id], origins[passage.id], authors)
        for passage in after.document
        if passage.id in origins
    }
    gone = {key: Credit(authors[pks[0]]) for key, pks in origins.items() if key not in credits_}
    return docx.redline(
        before.document,
        after.document,
        _sheet(old, new),
        by=Author(str(new), midday(new.dated_on)),
        authors=gone | credits_,
    )


def _origins_between(old: Edition, new: Edition) -> dict[str, list[int]]:
    """Return by passage what brought about its changes on the way, the latest change first."""
    first, last = sorted([old.number, new.number])
    rows = (
        ChangeOrigin.objects.filter(
            change__edition__plan=old.plan_id,
            change__edition__number__gt=first,
            change__edition__number__lte=last,
        )
        .order_by("-change__edition__number", "pk")
        .values_list("change__passage__number", "origin_id")
    )
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, origin in rows:
        found[f"t{number}"].append(origin)
    return dict(found)


def _authors(origins: Mapping[str, Iterable[int]]) -> dict[int, Author]:
    """Return origins as Word names authors, with the day they were decided on."""
    wanted = {pk for pks in origins.values() for pk in pks}
    names = named(wanted)
    began = Origin.objects.filter(pk__in=wanted).values_list("pk", "began_at")
    return {pk: Author(names[pk].spoken, localtime(at)) for pk, at in began}


def _credit(
    passage: Passage, runs: Runs, origins: list[int], authors: Mapping[int, Author]
) -> Credit:
    """Return who changed a passage; of new words it is known to the word."""
    main = authors[origins[0]]
    words = tuple(
        (len(span.text), authors[span.origin] if span.origin in origins else main)
        for span in spans(passage.text, runs)
    )
    return Credit(main, words if len(set(origins)) > 1 else ())


def _sheet(old: Edition, new: Edition) -> Sheet:
    header = _("%(plan)s – Änderungen von „%(old)s“ zu „%(new)s“, Stand %(day)s") % {
        "plan": new.plan.title,
        "old": old,
        "new": new,
        "day": date_format(new.dated_on, "j. F Y"),
    }
    return Sheet(new.plan.title, header, warning(new))
