"""Writes of the plan, one function per step a person takes."""

from mitplan.plan.actions.draft import (
    accept_amendment,
    edit_draft,
    record_amendment,
    reserve_passages,
    settle_conflict,
    take_back_acceptances,
)
from mitplan.plan.actions.editions import (
    EditionValues,
    create_plan,
    freeze_draft,
    import_edition,
    import_editions,
    release_edition,
)

__all__ = [
    "EditionValues",
    "accept_amendment",
    "create_plan",
    "edit_draft",
    "freeze_draft",
    "import_edition",
    "import_editions",
    "record_amendment",
    "release_edition",
    "reserve_passages",
    "settle_conflict",
    "take_back_acceptances",
]
