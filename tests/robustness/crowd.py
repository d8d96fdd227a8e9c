"""Let several processes write at the same time, and report what arrived.

Called as `python -m tests.robustness.crowd EACH`.
"""

import os
import sys

from tests.robustness.standing import answer, in_child, move_in

from mitplan.common import audit  # isort: skip – rooms exist only after set-up
from mitplan.common.models import AuditEntry, AuditHead
from mitplan.participation.actions import PointValues, record_submission
from mitplan.participation.models import Point, Submission
from mitplan.plan.models import Edition
from tests import factories


def handing_in(consultation, organisations):
    """Return the act of a process: one submission online for each of its organisations."""

    def act():
        for organisation in organisations:
            factories.make_submission(consultation, organisation=organisation, points=2)

    return act


def recording(consultation, organisations):
    """Return the act of the secretariat: letters that insert passages, so that the plan gives out keys."""
    by = factories.make_secretary()
    insertion = PointValues(
        kind=Point.Kind.AMENDMENT,
        passage=factories.passage_of(consultation.edition, "Familien"),
        proposal=Point.Proposal.INSERT_AFTER,
        proposed_text="Die Beratung ist kostenlos.",
    )

    def act():
        for organisation in organisations:
            record_submission(
                consultation=consultation,
                organisation=organisation,
                route=Submission.Route.LETTER,
                letter="Guten Tag",
                points=[insertion, insertion],
                by=by,
                at=factories.WHILE_OPEN,
            )

    return act


def freezing(plan, times):
    """Return the act of an editor: one edition after the other."""
    by = factories.make_secretary()

    def act():
        for number in range(times):
            factories.plan_actions.freeze_draft(
                plan=plan,
                kind=Edition.Kind.CONFERENCE_DRAFT,
                title=f"Zwischenstand {number}",
                dated_on=factories.WHILE_OPEN.date(),
                by=by,
                at=factories.WHILE_OPEN,
            )

    return act


def main(each):
    move_in()
    consultation = factories.make_consultation()
    crowd = [[factories.make_organisation() for _ in range(each)] for _ in range(3)]
    acts = [
        handing_in(consultation, crowd[0]),
        handing_in(consultation, crowd[1]),
        recording(consultation, crowd[2]),
        freezing(consultation.edition.plan, each),
    ]
    children = [in_child(act) for act in acts]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    numbers = Submission.objects.filter(number__isnull=False).values_list("number", flat=True)
    answer(
        {
            "codes": codes,
            "numbers": sorted(numbers),
            "points": Point.objects.filter(handed_in_at__isnull=False).count(),
            "editions": Edition.objects.count(),
            "entries": list(AuditEntry.objects.order_by("number").values_list("number", flat=True)),
            "head": AuditHead.objects.get().number,
            "break": audit.first_break() and "broken",
        }
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
