"""Putting near-identical points together, keeping them apart, and deciding on contradictions."""

import pytest
from django.urls import reverse

from mitplan.participation import actions
from mitplan.participation.actions import PointValues
from mitplan.participation.models import Outcome, Point, PointPair, Submission, UnequalAnswers
from tests import factories
from tests.counting import statements
from tests.participation.conftest import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_closing")]

DEMAND = "Das Land soll Sprachkurse am Abend in allen Landkreisen fördern."


@pytest.fixture
def secretary(db):
    return client_of(factories.make_secretary())


def say(consultation, *texts):
    """One suggestion of an organisation of its own for each text."""
    for text in texts:
        actions.record_submission(
            consultation=consultation,
            organisation=factories.make_organisation(),
            route=Submission.Route.IMPORT,
            letter="",
            points=[PointValues(kind=Point.Kind.SUGGESTION, text=text)],
            by=factories.make_secretary(),
            at=factories.WHILE_OPEN,
        )
    return list(Point.objects.order_by("pk"))


def page(consultation, view="vorschlaege"):
    address = reverse("participation:point_groups", args=[consultation.number])
    return f"{address}?ansicht={view}"


def test_groups_suggest_near_identical_points_with_the_reason(consultation, secretary):
    say(consultation, DEMAND, DEMAND.replace("Abend", "Vormittag"), "Mehr Busse auf dem Land.")

    text = secretary.get(page(consultation)).content.decode()

    assert "2 Anliegen lauten fast gleich" in text
    assert "63 % gemeinsame Wortpaare." in text
    assert "Gemeinsam: <span>das land soll sprachkurse am" in text
    assert "Verschieden: <span>abend, vormittag</span>" in text
    assert "Mehr Busse" not in text


def test_groups_warn_where_a_negation_differs(consultation, secretary):
    say(consultation, DEMAND, DEMAND.replace("fördern", "nicht fördern"))

    text = secretary.get(page(consultation)).content.decode()

    assert "vielleicht ist es ein Widerspruch" in text


def test_groups_make_one_of_what_was_ticked(consultation, secretary):
    points = say(consultation, DEMAND, DEMAND)

    answer = secretary.post(
        page(consultation),
        {"gruppe": "1", "anliegen": [each.number for each in points]},
        follow=True,
    )

    assert "gilt jetzt für alle 2 Anliegen" in answer.content.decode()
    assert len(set(Point.objects.values_list("group", flat=True)) - {None}) == 1
    assert "Keine Vorschläge" in answer.content.decode()


def test_groups_never_suggest_again_what_was_kept_apart(consultation, secretary):
    points = say(consultation, DEMAND, DEMAND)

    secretary.post(page(consultation), {"getrennt": "1", "anliegen": [p.number for p in points]})

    assert "Keine Vorschläge" in secretary.get(page(consultation)).content.decode()


def test_groups_let_a_point_leave(consultation, secretary):
    points = say(consultation, DEMAND, DEMAND, DEMAND)
    secretary.post(page(consultation), {"gruppe": "1", "anliegen": [p.number for p in points]})

    secretary.post(page(consultation, "gruppen"), {"heraus": "1", "anliegen": points[0].number})

    assert Point.objects.filter(group__isnull=False).count() == 2


def test_groups_name_an_unknown_number(consultation, secretary):
    answer = secretary.post(page(consultation), {"gruppe": "1", "nummern": "9-9-9"}, follow=True)

    assert "Ein Anliegen 9-9-9 gibt es in dieser Runde nicht." in answer.content.decode()


def test_groups_are_exported_point_by_point(consultation, secretary):
    points = say(consultation, DEMAND, DEMAND)

    answer = secretary.get(page(consultation) + "&format=csv")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(";")[:3] for line in lines[1:]] == [
        ["Vorschlag", "1", points[0].number],
        ["Vorschlag", "1", points[1].number],
    ]


def test_groups_take_the_same_statements_for_any_number(consultation, secretary):
    counts = []
    for count in (10, 100):
        actions.record_submission(
            consultation=consultation,
            organisation=factories.make_organisation(),
            route=Submission.Route.IMPORT,
            letter="",
            points=[
                PointValues(kind=Point.Kind.SUGGESTION, text=f"{DEMAND} {n % 5}")
                for n in range(count)
            ],
            by=factories.make_secretary(),
            at=factories.WHILE_OPEN,
        )
        counts.append(statements(secretary, page(consultation)))

    assert counts[0] == counts[1]


@pytest.fixture
def pair(consultation):
    first, second = say(consultation, DEMAND, DEMAND.replace("fördern", "nicht fördern"))
    return actions.link_contradiction(
        first=first,
        second=second,
        reason="Fördern oder nicht.",
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )


def test_groups_link_a_contradiction_by_hand(consultation, secretary):
    first, second = say(consultation, DEMAND, "Kurse nur am Vormittag.")

    secretary.post(
        page(consultation, "widersprueche"),
        {
            "widerspruch": "1",
            "nummern": f"{first.number}, {second.number}",
            "worin": "Die Uhrzeit.",
        },
    )

    pair = PointPair.objects.get()
    assert (pair.first, pair.second, pair.relation) == (first, second, "contradicting")


def declined(side):
    return {
        f"{side}-outcome": "declined",
        f"{side}-reason_code": "budget",
        f"{side}-sentence": "Es fehlt Geld.",
    }


def test_contradiction_shows_both_and_decides_on_both(secretary, pair):
    address = reverse("participation:contradiction", args=[pair.pk])
    text = secretary.get(address).content.decode()
    noted = {"b-outcome": "noted", "b-reason_code": "other", "b-sentence": "Gehört."}

    answer = secretary.post(address, declined("a") | noted)

    assert (text.count(DEMAND), answer.status_code) == (1, 302)
    outcomes = Point.objects.order_by("pk").values_list("latest_decision__outcome", flat=True)
    assert list(outcomes) == ["declined", "noted"]


def test_contradiction_offers_on_both_sides_all_that_a_decision_needs(secretary, pair):
    response = secretary.get(reverse("participation:contradiction", args=[pair.pk]))

    fields = [each.html_name for side in response.context["sides"] for each in side.form]
    assert "b-owner_department" in fields
    assert [name for name in fields if f'name="{name}"' not in response.text] == []


def test_contradiction_with_one_side_open_decides_on_none(secretary, pair):
    answer = secretary.post(reverse("participation:contradiction", args=[pair.pk]), declined("a"))

    assert answer.status_code == 422
    assert Point.objects.filter(latest_decision__isnull=False).count() == 0


def test_contradiction_can_be_taken_back(secretary, pair):
    secretary.post(reverse("participation:contradiction", args=[pair.pk]), {"trennen": "1"})

    assert PointPair.objects.count() == 0


@pytest.fixture
def unequal(consultation):
    """Two organisations demanded the same and got different answers."""
    first, second = say(consultation, DEMAND, DEMAND)
    factories.declined(first)
    actions.decide(
        point=second,
        values=actions.DecisionValues(
            outcome=Outcome.NOTED, reason_code="other", sentence="Zur Kenntnis."
        ),
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )
    return reverse("participation:publish", args=[consultation.number])


def test_publish_lists_near_identical_points_with_different_decisions(secretary, unequal):
    text = secretary.get(unequal).content.decode()

    assert "1 Paar fast gleicher Anliegen ist verschieden entschieden." in text


def test_publish_unequal_answers_without_a_reason_is_refused(consultation, secretary, unequal):
    answer = secretary.post(unequal)

    consultation.refresh_from_db()
    assert (answer.status_code, consultation.results_published_at) == (422, None)


def test_publish_unequal_answers_with_a_reason_keeps_it(consultation, secretary, unequal):
    secretary.post(unequal, {"reason": "Die zweite kam aus einem anderen Kreis."})

    row = UnequalAnswers.objects.get()
    assert (row.consultation, row.pairs) == (consultation, 1)
    assert row.reason == "Die zweite kam aus einem anderen Kreis."
