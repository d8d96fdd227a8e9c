"""The draft of the demonstration: one contradiction is settled, one waits."""

import pytest

from mitplan.plan.queries import draft_of

pytestmark = pytest.mark.django_db


def test_draft_shows_a_settled_contradiction_and_an_open_one(demonstration):
    draft = draft_of(demonstration)

    assert [len(cluster.amendments) for cluster in draft.consolidation.open] == [2]
    assert [str(settlement.choice) for _cluster, settlement in draft.consolidation.settled] == [
        "order"
    ]
    assert any(
        "macht gute Beispiele bekannt. Die Landkreise laden die Betriebe dazu einmal im Jahr ein. "
        "Junge Eltern werden dabei eigens angesprochen." in passage.text
        for passage in draft.consolidation.document
    )
