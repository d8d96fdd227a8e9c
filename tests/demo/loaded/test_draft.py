"""The draft of the demonstration: one contradiction is settled, one waits."""

import pytest

from mitplan.participation.models import Point
from mitplan.participation.queries import decides_after
from mitplan.plan.models import Edition
from mitplan.plan.queries import draft_of
from mitplan.publishing.queries.drafts import contradictions_before

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


def test_adopted_edition_has_a_contradiction_on_its_record(demonstration):
    edition = demonstration.editions.get(kind=Edition.Kind.ADOPTED)

    found = contradictions_before(edition)

    assert [
        (each.verdict, [side.origins[0].who for side in each.proposals]) for each in found.settled
    ] == [("gewählt: Vorschlag 1", ["Mustergewerkschaft Arbeit und Zukunft", ""])]
    assert found.open == ()


def test_draft_holds_the_proposal_over_two_passages_as_one(demonstration):
    wide = Point.objects.get(further__isnull=False)

    applied = draft_of(demonstration).consolidation.applied[wide.amendment_id]

    assert {type(operation).__name__ for operation in applied} == {"SplitPassage", "TextHunk"}
    assert len({operation.passage for operation in applied}) == 2


def test_open_points_are_decided_only_where_the_window_of_their_circle_is_over(demonstration):
    decided = Point.objects.filter(
        submission__consultation__number=2, latest_decision__isnull=False
    ).select_related("submission__organisation", "submission__consultation", "latest_decision")

    assert {point.submission.organisation.level for point in decided} == {"municipal"}
    assert [
        point.number
        for point in decided
        if decides_after(point.submission, point.latest_decision.decided_at)
    ] == []
