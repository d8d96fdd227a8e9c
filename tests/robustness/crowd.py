"""Let several processes write at the same time, and report what arrived.

Called as `python -m tests.robustness.crowd PROCESSES EACH`.
"""

import os
import sys

from tests.robustness.standing import answer, in_child, move_in

from mitplan.common import audit  # isort: skip – rooms exist only after set-up
from mitplan.common.models import AuditEntry, AuditHead
from mitplan.participation.models import Point, Submission
from tests import factories


def handing_in(consultation, organisations):
    """Return the act of a process: one submission for each of its organisations."""

    def act():
        for organisation in organisations:
            factories.make_submission(consultation, organisation=organisation, points=2)

    return act


def main(processes, each):
    move_in()
    consultation = factories.make_consultation()
    crowd = [[factories.make_organisation() for _ in range(each)] for _ in range(processes)]
    children = [in_child(handing_in(consultation, organisations)) for organisations in crowd]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    numbers = sorted(Submission.objects.values_list("number", flat=True))
    answer(
        {
            "codes": codes,
            "numbers": numbers,
            "points": Point.objects.filter(handed_in_at__isnull=False).count(),
            "entries": list(AuditEntry.objects.order_by("number").values_list("number", flat=True)),
            "head": AuditHead.objects.get().number,
            "break": audit.first_break() and "broken",
        }
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
