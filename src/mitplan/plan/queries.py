"""Reads of the plan: rows become values of the core."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.cache import caches
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from mitplan.core.text import amendments as core
from mitplan.core.text.conflicts import Cluster
from mitplan.core.text.consensus import Consensus, find_consensus
from mitplan.core.text.consolidation import Choice, Consolidation, Settlement, consolidate
from mitplan.core.text.passages import Document, Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.core.text.runs import Run, Runs
from mitplan.plan.models import Acceptance, Edition, Passage, Plan


def facts_of(edition: Edition) -> list[tuple[str, object]]:
    """Return what a file says of the edition it is about; the plan is at hand."""
    return [
        (_("Plan"), edition.plan.title),
        (_("Fassung"), str(edition)),
        (_("Prüfsumme (SHA-256)"), edition.content_hash),
    ]


@dataclass(frozen=True, slots=True)
class State:
    """A state of the text: its passages in reading order, and the origin of every token."""

    document: Document
    runs: dict[str, Runs]

    def pairs(self) -> list[tuple[PassageValue, Runs]]:
        """Return each passage with the origins of its tokens."""
        return [(passage, self.runs[passage.id]) for passage in self.document]


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft: the newest edition with all accepted amendments worked in."""

    base: Edition
    base_state: State
    amendments: tuple[core.Amendment, ...]
    consolidation: Consolidation

    @property
    def conflicts(self) -> tuple[Cluster, ...]:
        """All places where changes contradict each other, those settled too."""
        settled = (cluster for cluster, _settlement in self.consolidation.settled)
        return (*self.consolidation.open, *settled)


VALUES = ("passage__number", "kind", "wording__text", "level", "label", "fields")


def state_of(edition: Edition) -> State:
    """Return an edition as values of the core; an edition never changes, so the latest ones are kept."""
    key = f"state:{edition.pk}:{edition.content_hash}"
    state: State | None = caches["pages"].get(key)
    if state is None:
        state = _read_state(edition)
        caches["pages"].set(key, state)
    return state


def _read_state(edition: Edition) -> State:
    """Read an edition; from plain values, for rows are slow to build."""
    passages = []
    runs = {}
    entries = edition.entries.order_by("position")
    stored_as_text = Cast("wording__runs", TextField())
    for *values, stored in entries.values_list(*VALUES, stored_as_text):
        passage = _passage(values)
        passages.append(passage)
        runs[passage.id] = _runs(stored)
    return State(tuple(passages), runs)


def document_of(edition: Edition) -> Document:
    """Return the text of an edition as values of the core, without the origins of its words."""
    entries = edition.entries.order_by("position").values_list(*VALUES)
    return tuple(_passage(values) for values in entries)


def _passage(values: Iterable[Any]) -> PassageValue:
    number, kind, text, level, label, fields = values
    pairs = tuple((name, value) for name, value in fields)
    return PassageValue(Passage.key_of(number), Kind(kind), text, level, label, pairs)


@lru_cache(maxsize=1024)
def _runs(stored: str) -> Runs:
    """Return runs as they are stored as values of the core; most passages have the same few."""
    return runs_value(json.loads(stored))


def runs_value(stored: Iterable[Iterable[int]]) -> Runs:
    """Return stored runs as values of the core."""
    return tuple(Run(count, origin) for count, origin in stored)


def title_of_only_plan() -> str:
    """Return the title of the plan, or nothing where there is none or more than one."""
    titles = list(Plan.objects.values_list("title", flat=True)[:2])
    return titles[0] if len(titles) == 1 else ""


def newest_edition(plan: Plan) -> Edition | None:
    """Return the edition the draft stands on."""
    return plan.editions.order_by("-number").first()


def current_of(editions: Iterable[Edition]) -> Edition | None:
    """Return what holds of some editions: the newest adopted one, or else the newest public one.

    They come with the newest first.
    """
    public = [each for each in editions if each.released_at]
    return next((each for each in public if each.is_adopted), next(iter(public), None))


def standing_acceptances(base: Edition) -> list[Acceptance]:
    """Return what was accepted into the draft on an edition and not taken back."""
    found = Acceptance.objects.standing().filter(amendment__base=base)
    return list(found.select_related("amendment", "origin").order_by("pk"))


def accepted_on(base: Edition) -> tuple[core.Amendment, ...]:
    """Return what is accepted into the draft on an edition as values of the core; no rows are built."""
    standing = Acceptance.objects.standing().filter(amendment__base=base).order_by("pk")
    stored = Cast("amendment__operations", TextField())
    rows = standing.values_list("amendment_id", stored, "origin_id")
    return tuple(
        core.Amendment(amendment, _operations(operations), origin)
        for amendment, operations, origin in rows
    )


@lru_cache(maxsize=2048)
def _operations(stored: str) -> tuple[core.Operation, ...]:
    """Return stored operations as values of the core; the same ones are read with every look at a draft."""
    return core.operations_from_json(json.loads(stored))


def draft_of(plan: Plan) -> Draft | None:
    """Return the draft of a plan, or None where the plan has no edition yet."""
    base = newest_edition(plan)
    return draft_on(base) if base else None


def draft_on(base: Edition) -> Draft:
    """Return the draft on an edition; on one that was followed, as it stood when it was."""
    state, accepted = state_of(base), accepted_on(base)
    consolidation = consolidate(state.document, state.runs, accepted, settlements_on(base))
    return Draft(base, state, accepted, consolidation)


def consensus_of(draft: Draft) -> Consensus:
    """Return what can go into the next edition while conflicts of a draft are open, and what waits."""
    state = draft.base_state
    return find_consensus(state.document, state.runs, draft.amendments, settlements_on(draft.base))


def settlements_on(base: Edition) -> tuple[Settlement, ...]:
    """Return the settlements on an edition, the newest for each cluster."""
    newest = {row.cluster: row for row in base.settlements.order_by("pk")}
    return tuple(
        Settlement(
            cluster=row.cluster,
            choice=Choice(row.choice),
            amendments=tuple(row.amendments),
            texts=row.own_words,
            origin=row.origin_id,
        )
        for row in newest.values()
    )


def current_editions() -> dict[int, Edition]:
    """Return what holds for every plan, by plan, in one statement."""
    found: dict[int, Edition] = {}
    for edition in Edition.objects.public().select_related("plan").order_by("number"):
        kept = found.get(edition.plan_id)
        if kept is None or edition.is_adopted or not kept.is_adopted:
            found[edition.plan_id] = edition
    return found
