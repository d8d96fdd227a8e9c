"""The one table of points, and the page of each."""

import json

import pytest
from django.urls import reverse

from mitplan.participation import actions
from mitplan.participation.models import Consultation, Outcome
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Edition
from mitplan.ui.values import spoken_date
from tests import factories
from tests.factories import AFTER_CLOSING
from tests.participation.conftest import client_of
from tests.reading import rows_of

pytestmark = pytest.mark.django_db

TABLE = "/anliegen/"


def text_of(response) -> str:
    return response.content.decode()


def exported(client, query="") -> list[dict[str, object]]:
    answer = client.get(f"{TABLE}?format=json{query}")
    return json.loads(b"".join(answer.streaming_content))


def numbers(client, query="") -> list[object]:
    return [row["number"] for row in exported(client, query)]


def publish(consultation: Consultation) -> None:
    actions.publish_results(
        consultation=consultation, by=factories.make_secretary(), at=AFTER_CLOSING
    )


@pytest.fixture
def submission(consultation):
    """Three points: an amendment (-01) and two suggestions."""
    return factories.make_submission(consultation, points=3)


def test_points_of_an_open_round_are_not_public_yet(client, submission, while_open):
    assert numbers(client) == []


def test_points_of_an_open_round_are_there_for_the_secretariat(
    secretary_client, submission, while_open
):
    assert numbers(secretary_client) == ["1-001-01", "1-001-02", "1-001-03"]


def test_points_of_an_open_round_are_there_for_departments(submission, while_open):
    client = client_of(factories.make_department_contact())

    assert len(numbers(client)) == 3


def test_points_of_a_closed_round_are_public_without_the_decisions(
    client, submission, after_closing
):
    factories.taken_up(submission.points.get(position=1))

    assert [row["state"] for row in exported(client)] == ["noch nicht entschieden"] * 3


def test_points_of_a_published_round_show_their_decisions(client, consultation, after_closing):
    factories.declined(factories.make_point(consultation))
    publish(consultation)

    [row] = exported(client)

    assert (row["outcome"], row["sentence"]) == ("declined", "Dafür stehen keine Mittel bereit.")


def test_filters_do_not_betray_unpublished_decisions(client, submission, after_closing):
    factories.taken_up(submission.points.get(position=1))

    assert numbers(client, "&entscheidung=taken_up") == []
    assert numbers(client, "&stand=decided") == []
    assert len(numbers(client, "&stand=undecided")) == 3


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("&stand=undecided", ["1-001-02", "1-001-03"]),
        ("&stand=decided", ["1-001-01"]),
        ("&entscheidung=taken_up", ["1-001-01"]),
        ("&art=amendment", ["1-001-01"]),
        ("&stelle=4", ["1-001-02", "1-001-03"]),
        ("&suche=abends", ["1-001-01"]),
        ("&suche=1-001-03", ["1-001-03"]),
        ("&organisation=gibt-es-nicht", []),
        ("&runde=1&sort=-number", ["1-001-03", "1-001-02", "1-001-01"]),
        ("&runde=99&stelle=abc&art=unsinn&sort=unsinn", ["1-001-01", "1-001-02", "1-001-03"]),
    ],
)
def test_filters_stand_in_the_address(secretary_client, submission, after_closing, query, found):
    factories.taken_up(submission.points.get(position=1))

    assert numbers(secretary_client, query) == found


def test_table_leads_the_secretariat_to_deciding_and_others_to_the_point(
    client, secretary_client, submission, after_closing
):
    point = reverse("participation:point", args=["1-001-01"])

    assert f'href="{point}"' in text_of(client.get(TABLE))
    page = text_of(secretary_client.get(f"{TABLE}?stand=undecided"))
    assert f'href="{point}entscheiden/?stand=undecided"' in page


def test_table_shows_the_rarer_filters_where_they_are_asked_for(client, submission):
    assert 'name="stelle"' not in text_of(client.get(TABLE))
    assert 'name="stelle"' in text_of(client.get(f"{TABLE}?mehr=1"))
    assert 'name="stelle"' in text_of(client.get(f"{TABLE}?art=amendment"))


def test_empty_table_says_what_will_stand_there(client):
    assert "Wenn die Frist einer Beteiligungsrunde endet" in text_of(client.get(TABLE))


def test_table_of_an_open_round_says_when_its_points_appear(client, submission, while_open):
    answer = client.get("/anliegen/?runde=1")

    assert "Die Frist läuft noch." in answer.text
    assert (
        "Die Anliegen dieser Beteiligungsrunde erscheinen hier nach dem "
        f"{spoken_date(submission.consultation.audiences.get().closes_on)}."
    ) in answer.text


def test_table_without_a_match_leads_back_to_all(client, submission, after_closing):
    answer = client.get("/anliegen/?runde=1&suche=xyzzy")

    assert "Kein Anliegen passt zu dieser Auswahl." in answer.text


def test_export_as_csv_has_a_head_and_no_formulas(client, consultation, after_closing):
    organisation = factories.make_organisation(name="=SUMME(A1)")
    factories.make_submission(consultation, organisation=organisation)

    answer = client.get(f"{TABLE}?format=csv")

    lines = rows_of(answer)
    assert [line["Nummer"] for line in lines] == ["1-001-01"]
    assert lines[0]["Organisation"] == "'=SUMME(A1)"


def test_export_of_nothing_is_an_empty_list(client):
    assert exported(client) == []


@pytest.mark.parametrize("amount", [10, 100])
def test_table_asks_the_same_of_the_database_for_many_points(
    client, consultation, after_closing, django_assert_num_queries, amount
):
    factories.make_letter(consultation, amount)

    with django_assert_num_queries(5):
        client.get(TABLE)


@pytest.mark.parametrize("amount", [10, 100])
def test_export_asks_the_same_of_the_database_for_many_points(
    client, consultation, after_closing, django_assert_num_queries, amount
):
    factories.make_letter(consultation, amount)

    with django_assert_num_queries(4):
        assert len(exported(client)) == amount


def page_of(client, point) -> str:
    return text_of(client.get(point.get_absolute_url()))


def test_point_page_shows_demand_and_difference(client, submission):
    page = page_of(client, submission.points.get(position=1))

    assert "Kurse sollen auch abends stattfinden." in page
    assert '<ins><span class="kern-sr-only">eingefügt: </span> und am Abend</ins>' in page
    assert "Noch nicht entschieden." in page


def test_point_page_keeps_a_decision_to_itself_until_it_is_published(
    client, secretary_client, consultation, after_closing
):
    point = factories.declined(factories.make_point(consultation))
    sentence = "Dafür stehen keine Mittel bereit."

    assert sentence not in page_of(client, point)
    assert sentence in page_of(secretary_client, point)

    publish(consultation)

    assert sentence in page_of(client, point)


def test_point_page_shows_the_words_it_brought(client, secretary, consultation, after_closing):
    point = factories.taken_up(factories.make_point(consultation))
    publish(consultation)
    plan_actions.freeze_draft(
        plan=point.edition.plan,
        kind=Edition.Kind.CABINET_VERSION,
        title="Danach",
        dated_on=AFTER_CLOSING.date(),
        by=secretary,
        at=AFTER_CLOSING,
    )

    page = page_of(client, point)

    assert "Aus diesem Anliegen stammen die Worte:" in page
    assert "<q>und am Abend</q>" in page


def test_point_page_waits_for_the_end_of_the_window(client, submission, while_open):
    answer = client.get(submission.points.get(position=1).get_absolute_url())

    assert (answer.status_code, "abends" in text_of(answer)) == (403, False)


def test_point_page_of_a_withdrawn_point_stays(client, submission, after_closing):
    seat = factories.make_seat(submission.organisation)
    actions.withdraw_submission(submission=submission, seat=seat, at=factories.WHILE_OPEN)

    assert "zurückgezogen" in page_of(client, submission.points.first())


def test_point_page_tells_the_public_only_how_many_advised(client, secretary_client, submission):
    point = submission.points.first()
    department = factories.make_department()
    actions.give_advice(
        point=point,
        department=department,
        recommendation=Outcome.DECLINED,
        text="Intern: lieber nicht.",
        by=factories.make_department_contact(department),
        at=AFTER_CLOSING,
    )

    assert "1 Ressort hat vorher fachlich beraten." in page_of(client, point)
    assert "Intern" not in page_of(client, point)
    assert "Intern" in page_of(secretary_client, point)


@pytest.mark.parametrize("number", ["9-999-99", "unsinn"])
def test_point_page_of_an_unknown_number_is_not_found(client, number):
    assert client.get(f"{TABLE}{number}/").status_code == 404


@pytest.mark.parametrize("amount", [10, 100])
def test_point_page_asks_the_same_of_the_database_beside_many_others(
    client, consultation, after_closing, django_assert_num_queries, amount
):
    submission = factories.make_letter(consultation, amount)

    with django_assert_num_queries(11):
        client.get(submission.points.get(position=2).get_absolute_url())
