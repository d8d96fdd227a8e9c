"""What a conflict costs to look at after any change of a draft with 300 accepted amendments.

    python -m bench.conflict_view

A house of its own with the text T76 and 300 amendments by chance to its first 150 passages. Before every
request something in the draft changes, so nothing kept can help. Milliseconds are processor time of the whole request in
this process, through the test client; the imprint beside it is what any page costs.
"""

# ruff: noqa: PLC0415 – rooms exist only after Django is set up in the house

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from bench.serving import house
from bench.text_amendments import PARAGRAPHS, SEED, paragraph, reworded

if TYPE_CHECKING:
    from django.test import Client

    from mitplan.accounts.models import User
    from mitplan.plan.models import Edition

AMENDMENTS = 300
CONTESTED = 150
ROUNDS = 10
BUDGET = 50.0


def make_draft(by: "User") -> "Edition":
    """Read the text in and accept all amendments into its draft."""
    from django.utils import timezone

    from mitplan.core.text.passages import Kind, Passage
    from mitplan.plan import actions
    from mitplan.plan.models import Edition

    random, now = Random(SEED), timezone.now()
    plan = actions.create_plan(slug="messplan", title="Plan zum Messen", by=by, at=now)
    base = actions.import_edition(
        plan=plan,
        passages=[Passage("", Kind.PARAGRAPH, paragraph(random)) for _ in range(PARAGRAPHS)],
        kind=Edition.Kind.CABINET_VERSION,
        title="Kabinettsfassung",
        dated_on=now.date(),
        by=by,
        at=now,
    )
    accept_by_chance(base, random)
    return base


def accept_by_chance(base: "Edition", random: Random) -> None:
    """Write the rows of the amendments straight away; through the actions it would take minutes."""
    from django.utils import timezone

    from mitplan.core.text import amendments as core
    from mitplan.plan.models import Acceptance, Amendment, Origin
    from mitplan.plan.queries import state_of

    now, document = timezone.now(), state_of(base).document
    for number in range(AMENDMENTS):
        value = random.choice(document[:CONTESTED])
        operations = core.rewording(value, reworded(random, value.text))
        if not operations:
            continue
        origin = Origin.objects.create(
            plan=base.plan, kind=Origin.Kind.EDITORIAL, label=f"Vorschlag {number}", began_at=now
        )
        amendment = Amendment.objects.create(
            base=base, operations=core.operations_to_json(operations), made_at=now
        )
        Acceptance.objects.create(amendment=amendment, origin=origin, accepted_at=now)


def requests(client: "Client", base: "Edition", by: "User") -> Iterator[tuple[str, float]]:
    """Yield what each page costs, after a change each time."""
    from mitplan.plan.queries import draft_of

    draft = draft_of(base.plan)
    if draft is None or len(draft.consolidation.open) <= ROUNDS:
        message = "the load has too few conflicts"
        raise RuntimeError(message)
    keys = [cluster.key for cluster in draft.consolidation.open]
    page = "/plan/messplan/arbeitsfassung/"
    yield "a conflict", measured(base, by, keys, lambda key: client.get(f"{page}konflikt/{key}/"))
    yield "the draft, first page", measured(base, by, keys, lambda _key: client.get(page))
    yield "imprint (any page)", measured(base, by, keys, lambda _key: client.get("/impressum/"))


def measured(base: "Edition", by: "User", keys: list[str], ask: Callable[[str], object]) -> float:
    """Return the median cost of a request."""
    from django.utils import timezone

    from mitplan.plan import actions
    from mitplan.plan.models import Settlement

    costs = []
    for key in keys[:ROUNDS]:
        actions.settle_conflict(
            base=base,
            cluster=key,
            choice=Settlement.Choice.KEEP_BASE,
            reason="Zum Messen",
            by=by,
            at=timezone.now(),
        )
        began = process_time()
        answer = ask(key)
        costs.append(1000 * (process_time() - began))
        if getattr(answer, "status_code", 0) != 200:
            message = f"a page answered {answer}"
            raise RuntimeError(message)
    return median(costs)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as environment:
        os.environ.update(environment)
        import django

        django.setup()
        from django.test import Client

        from mitplan.accounts.models import User

        by = User.objects.create_user(
            "messen@demonstration.example", name="Messung", office=User.Office.SECRETARIAT
        )
        base = make_draft(by)
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(by)
        for name, cost in requests(client, base, by):
            late = " !" if not name.startswith("imprint") and cost > BUDGET else ""
            print(f"{name:<28}{cost:8.1f} ms{late}")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
