"""The pages on which submitters and the secretariat see what became of proposals on a new text."""

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from mitplan.conference.models import Mandate
from mitplan.participation import actions
from mitplan.participation.models import Point
from tests import factories
from tests.counting import statements
from tests.factories import AFTER_CLOSING
from tests.participation.actions.test_rebasings import CONTRARY, COURSES, carried, edition_with
from tests.participation.conftest import client_of, invitation_to
from tests.reading import lines_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_closing")]

TABLE = "/neue-fassung/"
CONTEXT = "Der Staat fördert Sprachkurse am Vormittag."


@pytest.fixture
def organisation(db):
    return factories.make_organisation()


@pytest.fixture
def point(consultation, organisation):
    return factories.make_submission(consultation, organisation=organisation).points.get()


@pytest.fixture
def desk(consultation, organisation, point):
    """The address behind the link of the organisation's invitation."""
    return invitation_to(consultation, organisation).get_absolute_url()


def text_of(response) -> str:
    return response.content.decode()


def words_at(number, text):
    """The form of rewriting, filled in for one passage."""
    return {"stelle-1-passage": number, "stelle-1-proposed_text": text}


def test_receipt_shows_what_became_of_each_proposal(client, point, desk):
    carried(point, CONTEXT)

    page = text_of(client.get(f"{desk}quittung/"))

    assert f'<a href="{desk}anpassung/{point.pk}/">Ihr Vorschlag 1-001-01</a>' in page
    assert "Umfeld geändert" in page


def test_receipt_says_nothing_before_the_new_text_is_public(client, point, desk):
    carried(point, CONTEXT, released=False)

    assert "auf der neuen Fassung" not in text_of(client.get(f"{desk}quittung/"))


def test_receipt_confirms_all_that_is_unchanged_at_once(client, point, desk):
    rebasing = carried(point, COURSES)

    response = client.post(f"{desk}anpassung/unveraendert/")

    rebasing.refresh_from_db()
    assert (response.url, rebasing.answered_at) == (f"{desk}quittung/", AFTER_CLOSING)


def test_receipt_leaves_what_changed_to_a_closer_look(client, point, desk):
    rebasing = carried(point, CONTEXT)

    client.post(f"{desk}anpassung/unveraendert/")

    rebasing.refresh_from_db()
    assert rebasing.answered_at is None


def test_adjust_shows_the_old_proposal_beside_the_new_text(client, point, desk):
    carried(point, CONTEXT)

    page = text_of(client.get(f"{desk}anpassung/{point.pk}/"))

    assert "Im selben Satz hat sich anderes geändert." in page
    assert f"Zu Textstelle {point.passage.number}, Kabinettsfassung" in page
    assert "So bestätigen" in page


def test_adjust_confirms_by_the_link(client, point, desk):
    rebasing = carried(point, CONTEXT)

    response = client.post(f"{desk}anpassung/{point.pk}/", {"bestaetigen": "1"})

    rebasing.refresh_from_db()
    assert (response.url, rebasing.answered_as) == (f"{desk}quittung/", "persönlich oder Brief")


def test_adjust_of_a_lost_proposal_cannot_be_confirmed(client, point, desk):
    carried(point, CONTRARY)

    response = client.post(f"{desk}anpassung/{point.pk}/", {"bestaetigen": "1"})

    assert response.status_code == 422
    assert "lässt sich deshalb nicht bestätigen" in text_of(response)


def test_adjust_writes_the_proposal_anew(client, point, desk):
    rebasing = carried(point, CONTRARY)
    words = words_at(str(point.passage.number), "Kurse gibt es abends.")

    client.post(f"{desk}anpassung/{point.pk}/", words)

    rebasing.refresh_from_db()
    assert rebasing.reworked.derived_from == point.amendment


def test_adjust_with_a_number_that_is_no_passage_says_so(client, point, desk):
    carried(point, CONTRARY)

    response = client.post(f"{desk}anpassung/{point.pk}/", words_at("999", "Neu."))

    assert response.status_code == 422
    assert "Bitte die Nummer einer Textstelle der neuen Fassung angeben." in text_of(response)


def test_adjust_shows_the_difference_before_anything_is_saved(client, point, desk):
    rebasing = carried(point, CONTRARY)
    words = words_at(str(point.passage.number), f"{CONTRARY} Und mehr.")

    page = text_of(client.post(f"{desk}anpassung/{point.pk}/", words | {"vorschau": "1"}))

    rebasing.refresh_from_db()
    assert "eingefügt: </span> Und mehr.</ins>" in page
    assert rebasing.answered_at is None


def test_adjust_for_htmx_answers_with_the_difference_alone(client, point, desk):
    carried(point, CONTRARY)
    words = words_at(str(point.passage.number), "Neu.")

    page = text_of(
        client.post(
            f"{desk}anpassung/{point.pk}/?vorschau=1", words, headers={"HX-Request": "true"}
        )
    )

    assert "<html" not in page


@pytest.mark.parametrize("released", [True, False])
def test_adjust_before_a_new_text_is_public_is_not_there(client, point, desk, released):
    if not released:
        carried(point, COURSES, released=False)

    assert client.get(f"{desk}anpassung/{point.pk}/").status_code == 404


def test_adjust_of_a_foreign_point_is_not_there(client, desk, consultation, point):
    other = factories.make_point(consultation)
    carried(other, COURSES)

    assert client.get(f"{desk}anpassung/{other.pk}/").status_code == 404


def test_adjust_by_a_member_leads_from_the_page_of_the_point(point, organisation):
    carried(point, CONTEXT)
    client = client_of(factories.make_member(organisation))
    round_number = point.submission.consultation.number
    address = f"/beteiligung/{round_number}/mitmachen/fuer-{organisation.pk}/anpassung/{point.pk}/"

    assert f'href="{address}"' in text_of(client.get(point.get_absolute_url()))
    assert client.get(address).status_code == 200


def test_adjust_for_an_organisation_by_the_secretariat(secretary_client, point):
    rebasing = carried(point, CONTEXT)
    address = reverse("participation:adjust_for", args=[point.number])

    response = secretary_client.post(address, {"bestaetigen": "1"})

    rebasing.refresh_from_db()
    assert (response.url, rebasing.answered_as) == (point.get_absolute_url(), "Geschäftsstelle")


def test_point_shows_every_state_of_its_proposal(client, point):
    carried(point, CONTEXT)
    carried(point, "")

    page = text_of(client.get(point.get_absolute_url()))
    earlier = text_of(client.get(f"{point.get_absolute_url()}?fassung=2"))

    assert "Die Textstelle gibt es in der neuen Fassung nicht mehr." in page
    assert "Im selben Satz hat sich anderes geändert." in earlier


def test_point_shows_nothing_of_an_edition_that_is_not_public(client, point):
    carried(point, "", released=False)

    assert "verwaist" not in text_of(client.get(point.get_absolute_url()))


def test_submission_shows_the_status_of_each_proposal(client, point):
    carried(point, "")

    page = text_of(client.get(point.submission.get_absolute_url()))

    assert "Auf Neue Fassung (Fassung 2):" in page
    assert "verwaist" in page


def test_table_lists_orphans_as_a_file(secretary_client, point, consultation):
    carried(point, "")

    response = secretary_client.get(f"{TABLE}?stand=orphaned&format=csv")

    organisation, passage = point.submission.organisation_name, str(point.passage.number)
    assert lines_of(response) == [
        ["Anliegen", "Organisation", "Textstelle", "Fassung", "Auf der neuen Fassung", "Antwort"],
        ["1-001-01", organisation, passage, "2", "verwaist", "offen"],
    ]


def test_table_filters_by_status(secretary_client, point):
    carried(point, "")

    assert "1-001-01" not in text_of(secretary_client.get(f"{TABLE}?stand=clean"))
    assert "1-001-01" in text_of(secretary_client.get(f"{TABLE}?stand=orphaned"))


def test_table_says_what_will_stand_there(secretary_client):
    assert "Wenn eine neue Fassung entsteht" in text_of(secretary_client.get(TABLE))


def test_table_asks_for_the_work_that_was_not_done(secretary_client, point):
    edition_with(point.edition.plan, COURSES)

    secretary_client.get(TABLE)

    assert DBTaskResult.objects.get().task_path == "mitplan.participation.jobs.carry_proposals"


def many(consultation, amount):
    seat = factories.make_seat()
    submission = actions.begin_submission(
        consultation=consultation, seat=seat, at=factories.WHILE_OPEN
    )
    passage = factories.passage_of(consultation.edition, "Sprachkurse")
    Point.objects.bulk_create(
        Point(
            submission=submission,
            position=number,
            edition=consultation.edition,
            kind="amendment",
            passage=passage,
            proposal="reword",
            proposed_text=f"Das Land fördert {number} Sprachkurse am Vormittag.",
        )
        for number in range(1, amount + 1)
    )
    submission = actions.hand_in(submission=submission, seat=seat, at=factories.WHILE_OPEN)
    edition_with(consultation.edition.plan, COURSES)
    actions.carry_proposals(plan=consultation.edition.plan, at=AFTER_CLOSING)
    return submission


@pytest.mark.parametrize("amount", [10, 100])
def test_pages_need_as_many_statements_for_many(secretary_client, client, consultation, amount):
    submission = many(consultation, amount)
    link = invitation_to(consultation, submission.organisation).get_absolute_url()

    counted = [
        statements(secretary_client, TABLE),
        statements(secretary_client, f"{TABLE}?format=csv"),
        statements(client, f"{link}quittung/"),
        statements(client, submission.get_absolute_url()),
    ]

    assert counted == [9, 6, 8, 9]


@pytest.fixture
def two_seats(organisation):
    """Somebody who is a member for two organisations."""
    user = factories.make_member(organisation)
    other = factories.make_organisation()
    factories.make_mandate(Mandate.Kind.MEMBER, user=user, organisation=other)
    return client_of(user), organisation, other


def test_task_lets_choose_for_which_organisation_one_writes(two_seats, consultation, while_open):
    client, _first, second = two_seats
    address = f"/beteiligung/{consultation.number}/mitmachen/"

    page = text_of(client.get(address))
    chosen = client.get(f"{address}?organisation={second.pk}")

    assert f'<a href="{address}fuer-{second.pk}/">{second.name}</a>' in page
    assert chosen.url == f"{address}fuer-{second.pk}/"
    assert f"<strong>{second.name}</strong>" in text_of(client.get(chosen.url))


def test_task_saves_for_the_chosen_organisation(two_seats, consultation, while_open):
    client, _first, second = two_seats
    number = factories.passage_of(consultation.edition, "Familien").number
    address = f"/beteiligung/{consultation.number}/mitmachen/fuer-{second.pk}/stelle/{number}/"

    client.post(address, {f"t{number}-comment": "Gut."})

    assert Point.objects.get().submission.organisation == second


def test_task_for_an_organisation_without_a_mandate_is_not_allowed(
    two_seats, consultation, while_open
):
    client, *_ = two_seats
    stranger = factories.make_organisation()

    response = client.get(f"/beteiligung/{consultation.number}/mitmachen/fuer-{stranger.pk}/")

    assert response.status_code == 403


def test_task_with_one_organisation_offers_no_choice(organisation, consultation, while_open):
    client = client_of(factories.make_member(organisation))

    page = text_of(client.get(f"/beteiligung/{consultation.number}/mitmachen/"))

    assert "Stattdessen für:" not in page
