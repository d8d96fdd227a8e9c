"""Deciding quickly, taking back, advising, text blocks."""

import pytest
from django.urls import reverse

from mitplan.participation.models import Advice, Decision, Outcome, TextBlock
from mitplan.plan.queries import draft_of
from tests import factories
from tests.participation.conftest import client_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
DECLINED = {"outcome": "declined", "reason_code": "budget", "sentence": "Kein Geld."}


@pytest.fixture
def submission(consultation, after_closing):
    return factories.make_submission(consultation, points=3)


@pytest.fixture
def block(db):
    return TextBlock.objects.create(
        key="haushalt",
        title="Haushalt",
        outcome=Outcome.DECLINED,
        reason_code="budget",
        sentence="Dafür fehlen Mittel.",
    )


def decide_page(number, query="") -> str:
    return reverse("participation:decide", args=[number]) + query


def text_of(response) -> str:
    return response.content.decode()


def test_decide_shows_demand_list_and_form(secretary_client, submission):
    page = text_of(secretary_client.get(decide_page("1-001-01")))

    assert "Kurse sollen auch abends stattfinden." in page
    assert "1 von 3" in page
    assert 'data-digit="8"' in page


def test_decide_and_go_on_leads_to_the_next_open_point(secretary_client, submission):
    response = secretary_client.post(
        decide_page("1-001-01", "?stand=undecided"), DECLINED | {"weiter": "1"}
    )

    assert response.url == decide_page("1-001-02", "?stand=undecided&zuletzt=1-001-01")
    assert Decision.objects.get().sentence == "Kein Geld."


def test_decide_and_go_on_begins_again_at_the_top(secretary_client, submission):
    response = secretary_client.post(decide_page("1-001-03"), DECLINED | {"weiter": "1"})

    assert response.url.startswith(decide_page("1-001-01"))


def test_decide_on_the_last_one_says_that_all_is_done(
    secretary_client, consultation, after_closing
):
    point = factories.make_point(consultation)

    response = secretary_client.post(
        decide_page(point.number), DECLINED | {"weiter": "1"}, follow=True
    )

    assert "In dieser Auswahl ist über alles entschieden." in text_of(response)


def test_decide_alone_stays(secretary_client, submission):
    response = secretary_client.post(decide_page("1-001-01"), DECLINED)

    assert response.url == decide_page("1-001-01")


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "Bitte eine Entscheidung wählen."),
        ({"outcome": "declined"}, "Dieses Feld ist zwingend erforderlich."),
        (DECLINED | {"outcome": "already_covered"}, "in der das Anliegen bereits enthalten ist"),
        (DECLINED | {"outcome": "deferred"}, "wer weiterarbeitet und wann"),
        (
            DECLINED | {"outcome": "already_covered", "covered_by": "99"},
            "Textstelle 99 gibt es nicht",
        ),
    ],
)
def test_decide_with_something_missing_says_what(secretary_client, submission, answers, sentence):
    response = secretary_client.post(decide_page("1-001-01"), answers)

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert Decision.objects.count() == 0


def test_decide_taken_up_needs_no_reason(secretary_client, submission):
    secretary_client.post(decide_page("1-001-01"), {"outcome": "taken_up"})

    assert Decision.objects.get().outcome == "taken_up"


def test_decide_already_covered_takes_the_number_of_a_passage(secretary_client, submission):
    answers = DECLINED | {"outcome": "already_covered", "covered_by": "t4"}

    secretary_client.post(decide_page("1-001-01"), answers)

    assert Decision.objects.get().covered_by.number == 4


def test_decide_twice_at_once_keeps_both_on_record(secretary_client, submission):
    for _ in range(2):
        secretary_client.post(decide_page("1-001-01"), DECLINED)

    assert Decision.objects.count() == 2


def test_decide_proposes_the_demanded_words(secretary_client, submission):
    page = text_of(secretary_client.get(decide_page("1-001-01")))

    assert "Das Land fördert Sprachkurse am Vormittag und am Abend.</textarea>" in page


def test_text_block_fills_outcome_reason_and_sentence(secretary_client, submission, block):
    page = text_of(secretary_client.get(decide_page("1-001-01", "?baustein-waehlen=haushalt")))

    assert "Dafür fehlen Mittel.</textarea>" in page
    assert '<option value="budget" selected>' in page
    assert 'value="haushalt"' in page


def test_text_block_can_be_chosen_by_a_digit(secretary_client, submission, block):
    page = text_of(secretary_client.get(decide_page("1-001-01")))

    assert 'baustein-waehlen=haushalt#entscheidung" data-digit="1"' in page


def test_decision_remembers_its_text_block(secretary_client, submission, block):
    secretary_client.post(decide_page("1-001-01"), DECLINED | {"text_block": "haushalt"})

    assert Decision.objects.get().text_block == block


def test_difference_of_the_editors_words_is_shown_at_once(secretary_client, submission):
    response = secretary_client.post(
        decide_page("1-001-01", "?vorschau=1"),
        {"passage": "3", "final_text": "Das Land fördert Sprachkurse am Abend."},
        headers=HTMX,
    )

    page = text_of(response)
    assert '<ins><span class="kern-sr-only">eingefügt: </span>Abend</ins>' in page
    assert Decision.objects.count() == 0


def test_conflict_with_another_decision_is_shown_with_the_way_to_solve_it(
    secretary_client, consultation, after_closing
):
    factories.taken_up(factories.make_point(consultation))
    other = factories.make_point(consultation)

    response = secretary_client.post(
        decide_page(other.number),
        DECLINED
        | {
            "outcome": "taken_up_partly",
            "final_text": "Das Land fördert Sprachkurse am Vormittag und am Wochenende.",
            "weiter": "1",
        },
        follow=True,
    )

    assert response.redirect_chain == [(decide_page(other.number), 302)]
    assert "Konflikt in der Arbeitsfassung lösen" in text_of(response)


def test_reopen_takes_a_decision_back(secretary_client, submission):
    factories.declined(submission.points.get(position=1))

    secretary_client.post(reverse("participation:reopen", args=["1-001-01"]))

    assert submission.points.get(position=1).latest_decision is None


def test_reopen_what_is_not_decided_says_so(secretary_client, submission):
    response = secretary_client.post(
        reverse("participation:reopen", args=["1-001-01"]), follow=True
    )

    assert "Über das Anliegen ist nicht entschieden." in text_of(response)


def test_department_advises_on_the_same_page_and_cannot_decide(submission):
    department = factories.make_department()
    client = client_of(factories.make_department_contact(department))

    page = text_of(client.get(decide_page("1-001-01")))
    assert "Fachvotum abgeben" in page
    assert "Entscheiden und weiter" not in page
    assert client.post(decide_page("1-001-01"), DECLINED).status_code == 403

    client.post(
        reverse("participation:advise", args=["1-001-01"]),
        {"department": department.pk, "recommendation": "taken_up", "text": "Gut begründet."},
    )
    assert Advice.objects.get().text == "Gut begründet."


def test_advice_without_words_is_asked_for(submission):
    department = factories.make_department()
    client = client_of(factories.make_department_contact(department))

    response = client.post(
        reverse("participation:advise", args=["1-001-01"]),
        {"department": department.pk, "recommendation": "taken_up", "text": ""},
    )

    assert response.status_code == 422


def test_advice_for_another_department_is_refused(submission):
    client = client_of(factories.make_department_contact())

    response = client.post(
        reverse("participation:advise", args=["1-001-01"]),
        {
            "department": factories.make_department().pk,
            "recommendation": "taken_up",
            "text": "Fremd.",
        },
    )

    assert response.status_code == 422
    assert Advice.objects.count() == 0


def test_decide_is_not_for_members(submission):
    client = client_of(factories.make_member())

    assert client.get(decide_page("1-001-01")).status_code == 403


def test_decide_on_an_unknown_point_is_not_found(secretary_client):
    assert secretary_client.get(decide_page("9-999-99")).status_code == 404


@pytest.mark.parametrize("amount", [10, 100])
def test_decide_asks_the_same_of_the_database_for_many_points(
    secretary_client, consultation, after_closing, django_assert_num_queries, amount
):
    factories.make_letter(consultation, amount)

    with django_assert_num_queries(23):
        secretary_client.get(decide_page("1-001-02"))


def test_text_blocks_say_where_they_are_used(secretary_client, submission, block):
    secretary_client.post(decide_page("1-001-01"), DECLINED | {"text_block": "haushalt"})

    page = text_of(secretary_client.get(reverse("participation:text_blocks")))

    assert '<a href="/anliegen/?baustein=haushalt">1</a>' in page
    assert "1-001-01" in text_of(secretary_client.get("/anliegen/?baustein=haushalt"))


def test_text_blocks_are_added_and_changed(secretary_client):
    values = DECLINED | {"key": "geld", "title": "Geld"}
    secretary_client.post(reverse("participation:text_blocks"), values)

    secretary_client.post(
        reverse("participation:text_block", args=["geld"]), values | {"sentence": "Leider nein."}
    )

    assert TextBlock.objects.get().sentence == "Leider nein."


def test_text_block_with_a_key_that_is_taken_is_refused(secretary_client, block):
    values = DECLINED | {"key": "haushalt", "title": "Noch einer"}

    response = secretary_client.post(reverse("participation:text_blocks"), values)

    assert response.status_code == 422
    assert TextBlock.objects.count() == 1


def test_decide_shows_a_proposal_over_several_passages_and_its_parts(client, secretary):
    wide = factories.make_wide_point()
    client.force_login(secretary)

    page = client.get(f"/anliegen/{wide.number}/entscheiden/").content.decode()

    assert "Zu den Textstellen 3, 4" in page
    assert "Davon wie vorgeschlagen übernehmen" in page
    assert "Textstelle 3, verschoben hinter Textstelle 4" in page
    assert "Textstelle 4, neuer Wortlaut" in page


def test_decide_on_part_of_a_proposal_takes_up_what_is_ticked(client, secretary):
    wide = factories.make_wide_point()
    client.force_login(secretary)

    client.post(
        f"/anliegen/{wide.number}/entscheiden/",
        {
            "outcome": "taken_up_partly",
            "reason_code": "wording",
            "sentence": "Die Reihenfolge bleibt.",
            "passage": "3",
            "final_text": "Das Land fördert Sprachkurse am Vormittag.",
            "parts": ["1"],
        },
    )

    wide.refresh_from_db()
    assert wide.latest_decision.outcome == "taken_up_partly"
    [applied] = draft_of(wide.edition.plan).consolidation.applied.values()
    assert {operation.passage for operation in applied} == {"t4"}


def test_decide_says_until_when_nobody_decides(secretary_client, submission, while_open):
    number = submission.points.first().number

    page = secretary_client.get(f"/anliegen/{number}/entscheiden/").content.decode()

    assert "Noch kann niemand entscheiden" in page
    assert "läuft bis zum 30. April 2026" in page
    assert "Entscheiden und weiter" not in page


def test_decide_before_the_end_is_refused(secretary_client, submission, while_open):
    number = submission.points.first().number

    response = secretary_client.post(f"/anliegen/{number}/entscheiden/", {"outcome": "taken_up"})

    assert response.status_code == 422
    assert Decision.objects.count() == 0
