"""Reads of the plan: rows become values of the core."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, When

from mitplan.core.text import amendments as core
from mitplan.core.text.conflicts import Cluster
from mitplan.core.text.consolidation import Choice, Consolidation, Settlement, consolidate
from mitplan.core.text.passages import Document, Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.core.text.runs import Run, Runs
from mitplan.plan.models import Acceptance, Edition, Passage, Plan


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
    consolidation: Consolidation

    @property
    def conflicts(self) -> tuple[Cluster, ...]:
        """All places where changes contradict each other, those settled too."""
        settled = (cluster for cluster, _settlement in self.consolidation.settled)
        return (*self.consolidation.open, *settled)


def state_of(edition: Edition) -> State:
    """Return an edition as values of the core; made from plain values, for rows are slow to build."""
    names = (
        "passage__number",
        "kind",
        "wording__text",
        "level",
        "label",
        "fields",
        "wording__runs",
    )
    entries = edition.entries.order_by("position").values_list(*names)
    passages = []
    runs = {}
    for number, kind, text, level, label, fields, stored in entries:
        key = Passage.key_of(number)
        pairs = tuple((name, value) for name, value in fields)
        passages.append(PassageValue(key, Kind(kind), text, level, label, pairs))
        runs[key] = runs_value(stored)
    return State(tuple(passages), runs)


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


def current_edition(plan: Plan) -> Edition | None:
    """Return what holds: the newest adopted edition, or else the newest public one."""
    adopted_first = Case(When(kind=Edition.Kind.ADOPTED, then=0), default=1)
    return plan.editions.public().order_by(adopted_first, "-number").first()


def standing_acceptances(base: Edition) -> list[Acceptance]:
    """Return what was accepted into the draft on an edition and not taken back."""
    found = Acceptance.objects.standing().filter(amendment__base=base)
    return list(found.select_related("amendment", "origin").order_by("pk"))


def accepted_value(acceptance: Acceptance) -> core.Amendment:
    """Return what was accepted as a value of the core."""
    return core.Amendment(
        id=acceptance.amendment_id,
        operations=core.operations_from_json(acceptance.amendment.operations),
        origin=acceptance.origin_id,
    )


def draft_of(plan: Plan) -> Draft | None:
    """Return the draft of a plan, or None where the plan has no edition yet."""
    base = newest_edition(plan)
    if base is None:
        return None
    state = state_of(base)
    accepted = [accepted_value(each) for each in standing_acceptances(base)]
    consolidation = consolidate(state.document, state.runs, accepted, settlements_on(base))
    return Draft(base, state, consolidation)


def settlements_on(base: Edition) -> tuple[Settlement, ...]:
    """Return the settlements on an edition, the newest for each cluster."""
    newest = {row.cluster: row for row in base.settlements.order_by("pk")}
    return tuple(
        Settlement(
            cluster=row.cluster,
            choice=Choice(row.choice),
            amendments=tuple(row.amendments),
            text=row.text,
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
