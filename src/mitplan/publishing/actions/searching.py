"""Keeping the search up to date."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mitplan.common.models import AuditHead
from mitplan.publishing.models import SearchEntry, SearchState
from mitplan.publishing.queries.public_things import Thing, public_things
from mitplan.publishing.queries.stems import stems_of

BATCH = 500
SHOWN = ("title", "text", "source", "is_demonstration")
ASKED_AGAIN_AFTER = timedelta(minutes=5)
"""A job that has not come to its end by then is taken for lost."""


@transaction.atomic
def rebuild_search(*, at: datetime, from_scratch: bool = False) -> int:
    """Bring the search up to what is public now, and return how many entries changed.

    What has stayed the same is left alone, unless everything is to be made from scratch.
    """
    state = _locked_state()
    record = AuditHead.objects.values_list("number", flat=True).first() or 0
    if from_scratch:
        SearchEntry.objects.all().delete()
    wanted = {
        (thing.kind.value, thing.url): thing for thing in public_things(timezone.localdate(at))
    }
    kept, gone = set(), []
    for pk, kind, url, *shown in SearchEntry.objects.values_list("pk", "kind", "url", *SHOWN):
        thing = wanted.get((kind, url))
        if thing and _shown(thing) == shown:
            kept.add((kind, url))
        else:
            gone.append(pk)
    new = [_entry(thing) for key, thing in wanted.items() if key not in kept]
    for start in range(0, len(gone), BATCH):
        SearchEntry.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    SearchEntry.objects.bulk_create(new, batch_size=BATCH)
    state.record, state.built_at, state.asked_at = record, at, None
    state.save()
    return len(new) + len(gone)


def _locked_state() -> SearchState:
    return SearchState.objects.select_for_update(no_key=True).get_or_create(pk=1)[0]


def _shown(thing: Thing) -> list[str | bool]:
    return [thing.title[:400], thing.text, thing.source, thing.is_demonstration]


def _entry(thing: Thing) -> SearchEntry:
    return SearchEntry(
        kind=thing.kind,
        url=thing.url,
        **dict(zip(SHOWN, _shown(thing), strict=True)),
        title_stems=stems_of(thing.title),
        text_stems=stems_of(thing.text),
    )


@transaction.atomic
def ask_for_rebuild(*, at: datetime) -> bool:
    """Note that the search is behind; tell whether nobody has said so since it was built."""
    SearchState.objects.get_or_create(pk=1)
    not_asked = Q(asked_at__isnull=True) | Q(asked_at__lt=at - ASKED_AGAIN_AFTER)
    return SearchState.objects.filter(not_asked, pk=1).update(asked_at=at) == 1
