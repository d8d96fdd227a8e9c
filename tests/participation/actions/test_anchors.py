"""What a point speaks about follows the text; what is lost is settled by a person."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mitplan.participation import actions
from mitplan.participation.actions import PointValues
from mitplan.participation.models import Anchor, Point, Submission
from mitplan.participation.queries.anchors import orphans, places_of
from mitplan.plan.queries import document_of
from tests import factories
from tests.counting import statements
from tests.factories import AFTER_CLOSING
from tests.participation.conftest import client_of

pytestmark = pytest.mark.django_db


def remark(consultation, amount=1):
    passage = factories.passage_of(consultation.edition, "Familien")
    return actions.record_submission(
        consultation=consultation,
        organisation=factories.make_organisation(),
        route=Submission.Route.LETTER,
        letter="",
        points=[
            PointValues(
                kind=Point.Kind.SUGGESTION,
                text=f"Auch Großeltern {number}.",
                passage=passage,
                quote="Familien vor Ort",
            )
            for number in range(amount)
        ],
        by=factories.make_secretary(),
        at=factories.WHILE_OPEN,
    )


@pytest.fixture
def consultation(db):
    return factories.make_consultation(factories.make_public_edition())


@pytest.fixture
def point(consultation):
    return remark(consultation).points.get()


def newer(point, without):
    """A public edition in which a passage is gone."""
    plan = point.edition.plan
    passages = [each for each in document_of(point.edition) if without not in each.text]
    return factories.make_public_edition(plan, tuple(passages), title="Neue Fassung")


def settle(point, **values):
    return actions.settle_anchor(
        point=point, place=0, by=factories.make_secretary(), at=AFTER_CLOSING, **values
    )


def test_a_place_that_stands_is_carried(point):
    newer(point, without="Sprachkurse")

    assert [(place.status, place.is_lost) for place in places_of(point)] == [("carried", False)]


def test_a_place_whose_passage_is_gone_is_an_orphan(point):
    newer(point, without="Familien")

    assert [place.is_lost for place in places_of(point)] == [True]
    assert [(each.point, each.place) for each in orphans()] == [(point, 0)]


@pytest.mark.parametrize("kind", [Anchor.Kind.MISSING, Anchor.Kind.LEFT])
def test_an_orphan_is_settled_without_a_passage(point, kind):
    newer(point, without="Familien")

    settle(point, kind=kind, reason="Gestrichen.")

    assert list(orphans()) == []
    assert [(place.kind, place.is_lost) for place in places_of(point)] == [(kind, False)]


def test_an_orphan_is_settled_at_another_passage(point):
    edition = newer(point, without="Familien")

    settle(
        point,
        kind=Anchor.Kind.PASSAGE,
        passage=factories.passage_of(edition, "Sprachkurse"),
        reason="Passt dort.",
    )

    assert list(orphans()) == []


def test_settling_what_is_not_lost_is_refused(point):
    with pytest.raises(ValidationError, match="nicht verloren"):
        settle(point, kind=Anchor.Kind.MISSING, reason="Gestrichen.")


def test_a_point_may_speak_about_several_places(point):
    kinds = [Anchor.Kind.CHAPTER, Anchor.Kind.MISSING]
    heading = factories.passage_of(point.edition, "Sprache und Bildung")
    for kind in kinds:
        actions.add_anchor(
            point=point, kind=kind, passage=heading, by=factories.make_secretary(), at=AFTER_CLOSING
        )

    assert [(place.number, place.kind) for place in places_of(point)] == [
        (0, "passage"),
        (1, "chapter"),
        (2, "missing"),
    ]


def test_lost_anchors_lead_to_the_page_that_settles_them(point, client):
    newer(point, without="Familien")
    secretary = client_of(factories.make_secretary())
    page = reverse("participation:anchors", args=[point.number])

    assert page in secretary.get(reverse("participation:lost_anchors")).content.decode()
    said = {"place": 0, "kind": "missing", "reason": "Gestrichen."}
    assert secretary.post(page, said).status_code == 302
    assert (
        "Nichts ist verwaist."
        in secretary.get(reverse("participation:lost_anchors")).content.decode()
    )


def test_lost_anchors_take_the_same_statements_for_any_number(consultation):
    secretary, counts = client_of(factories.make_secretary()), []
    first = remark(consultation, 10).points.first()
    newer(first, without="Familien")
    for _number in range(2):
        counts.append(statements(secretary, reverse("participation:lost_anchors")))
        remark(consultation, 90)

    assert counts[0] == counts[1]
