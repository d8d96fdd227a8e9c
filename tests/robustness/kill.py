"""Kill a process at chance moments of an act, again and again, and report what it left behind.

Called as `python -m tests.robustness.kill ACT TIMES SEED`.
"""

import os
import random
import signal
import sys
import time

from tests.robustness.standing import answer, counts, difference, in_child, move_in

from mitplan.common import audit  # isort: skip – rooms exist only after set-up
from mitplan.plan.models import Edition
from mitplan.publishing.actions import adopt
from tests import factories


def an_import():
    """Prepare a plan with one edition; the act reads a changed text in."""
    edition = factories.make_edition(passages=factories.long_text(60))
    secretary = factories.make_secretary()
    text = factories.long_text(60)[:-20] + factories.long_text(100)[-40:]

    def act():
        factories.plan_actions.import_edition(
            plan=edition.plan,
            passages=text,
            kind=Edition.Kind.CABINET_VERSION,
            title="Zweite Fassung",
            dated_on=factories.LONG_AGO.date(),
            by=secretary,
            at=factories.LONG_AGO,
        )

    return act


def an_adoption():
    """Prepare a plan whose points are decided; the act adopts it."""
    edition = factories.make_edition(passages=factories.long_text(60))
    point = factories.taken_up(factories.make_point(factories.make_consultation(edition)))
    secretary = factories.make_secretary()

    def act():
        adopt(
            plan=point.edition.plan,
            title="Beschlossene Fassung",
            dated_on=factories.AFTER_CLOSING.date(),
            adopted_as="Kabinett",
            by=secretary,
            at=factories.AFTER_CLOSING,
        )

    return act


ACTS = {"import": an_import, "adoption": an_adoption}


def measured(prepare):
    """Let one act go through; return how long it took and what it brought."""
    act = prepare()
    before, begin = counts(), time.monotonic()
    os.waitpid(in_child(act), 0)
    return time.monotonic() - begin, difference(before, counts())


def killed(prepare, delay, whole):
    """Kill an act after a while and tell what stands: the old state, the new one, or a mixture."""
    act = prepare()
    before = counts()
    child = in_child(act)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    found = difference(before, counts())
    return {(): "old", tuple(whole.items()): "new"}.get(tuple(found.items()), f"mixture: {found}")


def main(name, times, seed):
    move_in()
    dice = random.Random(seed)  # noqa: S311 – chance, not secrecy
    duration, whole = measured(ACTS[name])
    states = [killed(ACTS[name], dice.uniform(0.1, 1.05) * duration, whole) for _ in range(times)]
    answer({"states": states, "whole": whole, "break": audit.first_break() and "broken"})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
