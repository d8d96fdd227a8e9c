"""Revisions of goals and measures, read from the fields of an edition's typed passages."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mitplan.core.text.passages import Document, Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.formats.typed_fields import (
    FieldError,
    GoalFields,
    MeasureFields,
    read_goal,
    read_measure,
)
from mitplan.plan.models import (
    Edition,
    FieldOfAction,
    Goal,
    GoalRevision,
    Measure,
    MeasureRevision,
    Passage,
    Plan,
)

OWN_CUT = "Plan"


def record(edition: Edition, document: Document, passages: dict[str, Passage]) -> None:
    """Record what every goal and measure demands in an edition; new ones and new fields are created."""
    try:
        goals = {p.id: (p, read_goal(p.fields)) for p in document if p.kind == Kind.GOAL}
        measures = {p.id: (p, read_measure(p.fields)) for p in document if p.kind == Kind.MEASURE}
    except FieldError as problem:
        raise ValidationError(
            _(
                "%(where)s: Die Angabe «%(key)s: %(value)s» ist nicht lesbar. Erwartet: %(expected)s."
            ),
            params=vars(problem),
        ) from problem
    _require_codes([*goals.values(), *measures.values()])
    fields = _fields_of_action(edition.plan, [read.field for _, read in goals.values()])
    rows = _goals(edition.plan, goals, passages)
    GoalRevision.objects.bulk_create(
        _goal_revision(edition, rows[key], value, read, fields.get(read.field))
        for key, (value, read) in goals.items()
    )
    by_code = {goal.code: goal for goal in rows.values()}
    measure_rows = _measures(edition.plan, measures, passages)
    MeasureRevision.objects.bulk_create(
        _measure_revision(edition, measure_rows[key], value, read, by_code.get(read.goal))
        for key, (value, read) in measures.items()
    )


def known_by_number(plan: Plan, passages: Sequence[PassageValue]) -> list[PassageValue]:
    """Give goals and measures the passage at which their number stood before, however reworded."""
    keys = {
        (kind, row.code): row.passage.key
        for kind, rows in ((Kind.GOAL, plan.goals), (Kind.MEASURE, plan.measures))
        for row in rows.select_related("passage")
    }
    return [
        replace(passage, id=passage.id or keys.pop((passage.kind, _number_of(passage)), ""))
        if passage.kind in (Kind.GOAL, Kind.MEASURE)
        else passage
        for passage in passages
    ]


def _number_of(passage: PassageValue) -> str:
    return dict(passage.fields).get("Nummer", "").strip()


def _require_codes(typed: list[tuple[PassageValue, GoalFields | MeasureFields]]) -> None:
    seen: set[tuple[str, str]] = set()
    for value, read in typed:
        if not read.code:
            raise ValidationError(
                _("Einem Ziel oder einer Maßnahme fehlt die Zeile «Nummer: …»: %(text)s"),
                params={"text": value.text[:80]},
            )
        if (value.kind, read.code) in seen:
            raise ValidationError(
                _("Die Nummer %(code)s ist zweimal vergeben. Bitte jede Nummer nur einmal nutzen."),
                params={"code": read.code},
            )
        seen.add((value.kind, read.code))


def _fields_of_action(plan: Plan, names: list[str]) -> dict[str, FieldOfAction]:
    known = {field.name: field for field in plan.fields_of_action.filter(cut=OWN_CUT)}
    for name in dict.fromkeys(filter(None, names)):
        if name not in known:
            known[name] = FieldOfAction.objects.create(
                plan=plan,
                cut=OWN_CUT,
                number=len(known) + 1,
                name=name,
                is_demonstration=plan.is_demonstration,
            )
    return known


def _goals(
    plan: Plan,
    typed: dict[str, tuple[PassageValue, GoalFields]],
    passages: dict[str, Passage],
) -> dict[str, Goal]:
    known = {goal.passage.key: goal for goal in plan.goals.select_related("passage")}
    _require_same_numbers(typed, known)
    new = {
        key: Goal(plan=plan, passage=passages[key], code=read.code)
        for key, (_, read) in typed.items()
        if key not in known
    }
    Goal.objects.bulk_create(new.values())
    return known | new


def _measures(
    plan: Plan,
    typed: dict[str, tuple[PassageValue, MeasureFields]],
    passages: dict[str, Passage],
) -> dict[str, Measure]:
    known = {each.passage.key: each for each in plan.measures.select_related("passage")}
    _require_same_numbers(typed, known)
    new = {
        key: Measure(plan=plan, passage=passages[key], code=read.code)
        for key, (_, read) in typed.items()
        if key not in known
    }
    Measure.objects.bulk_create(new.values())
    return known | new


def _require_same_numbers(
    typed: Mapping[str, tuple[PassageValue, GoalFields | MeasureFields]],
    known: Mapping[str, Goal | Measure],
) -> None:
    """Refuse to give a goal or measure another number: its number is its permanent address."""
    taken = {each.code: key for key, each in known.items()}
    for key, (_value, read) in typed.items():
        before = known[key].code if key in known else None
        if before not in (None, read.code) or taken.get(read.code, key) != key:
            raise ValidationError(
                _(
                    "%(new)s steht an der Textstelle, an der bisher %(old)s stand. Bitte die bisherige "
                    "Nummer behalten; eine neue Nummer braucht einen neuen Text."
                ),
                params={"new": read.code, "old": before or _("ein anderer Text")},
            )


def _goal_revision(
    edition: Edition,
    goal: Goal,
    value: PassageValue,
    read: GoalFields,
    field: FieldOfAction | None,
) -> GoalRevision:
    return GoalRevision(
        goal=goal,
        edition=edition,
        title=read.title or value.text[:80],
        text=value.text,
        field=field,
        rule=read.rule,
        indicator_code=read.indicator,
        unit=read.unit,
        baseline=read.baseline,
        baseline_on=read.baseline_on,
        target=read.target,
        target_on=read.target_on,
        lead=read.lead,
    )


def _measure_revision(
    edition: Edition,
    measure: Measure,
    value: PassageValue,
    read: MeasureFields,
    goal: Goal | None,
) -> MeasureRevision:
    return MeasureRevision(
        measure=measure,
        edition=edition,
        goal=goal,
        title=read.title or value.text[:80],
        text=value.text,
        lead=read.lead,
        begins_year=read.begins_year,
        ends_year=read.ends_year,
        cost_cents=read.cost_cents,
        state=read.state,
    )
