"""The editions of the plan: two are read in, the third is adopted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mitplan.core.text.amendments import rewording
from mitplan.core.text.conflicts import find_conflicts
from mitplan.demo.actions.stage import CABINET, Finder, Stage
from mitplan.demo.files import content, structure, text
from mitplan.formats.markdown import read
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import (
    Acceptance,
    Edition,
    Foundation,
    FoundationUse,
    Origin,
    Settlement,
)
from mitplan.plan.queries import accepted_on, document_of
from mitplan.publishing.actions import adopt


def write_editions(stage: Stage) -> None:
    """Read in the conference's draft and the cabinet's version that departs from it."""
    for name, kind, title in (
        ("plan-1-konferenzentwurf.md", Edition.Kind.CONFERENCE_DRAFT, "Entwurf der Konferenz"),
        ("plan-2-kabinettsfassung.md", Edition.Kind.CABINET_VERSION, "Kabinettsfassung"),
    ):
        at = stage.at(name)
        edition = plan_actions.import_edition(
            plan=stage.plan,
            passages=read(text(name)),
            kind=kind,
            title=title,
            dated_on=at.date(),
            by=stage.secretary,
            at=at,
        )
        plan_actions.release_edition(edition=edition, by=stage.secretary, at=at)
    stage.fields = {each.name: each for each in stage.plan.fields_of_action.all()}
    _link_foundations(stage)


def _link_foundations(stage: Stage) -> None:
    finder = Finder(stage.plan)
    foundations = {foundation.title: foundation for foundation in Foundation.objects.all()}
    FoundationUse.objects.bulk_create(
        (
            FoundationUse(
                foundation=foundations[row["foundation"]], passage=finder.passage(row["quote"])
            )
            for row in content("foundations-use.csv")
        ),
        ignore_conflicts=True,
    )


@dataclass(frozen=True)
class Desk:
    """Where changes outside of points are written into the draft."""

    stage: Stage
    finder: Finder
    at: datetime


def adopt_plan(stage: Stage) -> None:
    """Write what a resolution and the departments changed, then adopt with a public override."""
    at = stage.at("department-changes")
    desk = Desk(stage, Finder(stage.plan), at)
    for row in content("resolutions.csv"):
        if row["find"]:
            resolution = stage.resolutions[row["key"]]
            origin = Origin.objects.create(
                plan=stage.plan,
                kind=Origin.Kind.RESOLUTION,
                label=f"Beschluss «{resolution.title}»",
                reason=resolution.text,
                resolution=resolution,
                began_at=at,
            )
            _edit(desk, row, origin)
    story = structure("department-changes.json")
    for change in story["changes"]:
        _edit(desk, change, _department_origin(stage, change, at))
    for change in story["contested"]:
        _uphold_demand(desk, change, _edit(desk, change, _department_origin(stage, change, at)))
    adopt(
        plan=stage.plan,
        title="Beschlossene Fassung",
        dated_on=stage.at("adopted").date(),
        adopted_as=CABINET,
        by=stage.secretary,
        at=stage.at("adopted"),
        override_office="Leitung des Musterressorts Soziales (Demonstration)",
        override_reason=(
            "Zwei Angaben wurden nach der Beteiligung an den Haushalt und an die Planung der "
            "Anlaufstellen angepasst. Die Musterkonferenz ist unterrichtet; eine zweite Frist "
            "hätte den Beschluss über den Haushalt hinaus verschoben."
        ),
    )


def _department_origin(stage: Stage, change: dict[str, Any], at: datetime) -> Origin:
    department = stage.departments[change["department"]]
    return Origin.objects.create(
        plan=stage.plan,
        kind=Origin.Kind.DEPARTMENT,
        label=department.name,
        reason=change["reason"],
        department=department,
        began_at=at,
    )


def _uphold_demand(desk: Desk, change: dict[str, Any], wish: Acceptance) -> None:
    """Settle what a department wants against an accepted demand: the demand holds."""
    edition = desk.finder.edition
    conflicts = find_conflicts(document_of(edition), accepted_on(edition))
    cluster = next(each for each in conflicts if wish.amendment_id in each.amendments)
    plan_actions.settle_conflict(
        base=edition,
        cluster=cluster.key,
        choice=Settlement.Choice.CHOOSE,
        amendments=[each for each in cluster.amendments if each != wish.amendment_id],
        reason=change["settled"],
        by=desk.stage.secretary,
        at=desk.at,
    )


def _edit(desk: Desk, change: dict[str, Any], origin: Origin) -> Acceptance:
    value = desk.finder.value(change["find"])
    return plan_actions.edit_draft(
        base=desk.finder.edition,
        operations=rewording(value, value.text.replace(change["find"], change["replace"])),
        origin=origin,
        by=desk.stage.secretary,
        at=desk.at,
    )
