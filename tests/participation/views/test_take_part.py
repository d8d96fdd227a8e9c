"""From the link in a mail to the receipt, in three pages."""

import pytest
from django.urls import reverse

from mitplan.conference.models import Mandate
from mitplan.participation import actions
from mitplan.participation.models import Point, Submission
from tests import factories
from tests.participation.conftest import client_of, invitation_to

pytestmark = pytest.mark.django_db

AUTOSAVE = {"X-Requested-With": "autosave"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def invitation(consultation):
    return invitation_to(consultation)


@pytest.fixture
def desk(invitation, while_open):
    """The address of the task, while the window is open."""
    return invitation.get_absolute_url()


@pytest.fixture
def number(consultation):
    return factories.passage_of(consultation.edition, "Familien").number


def text_of(response) -> str:
    return response.content.decode()


def points():
    return list(Point.objects.order_by("position").values_list("kind", "text", "proposed_text"))


def test_task_shows_questions_then_topics_then_the_text(client, desk):
    page = text_of(client.get(desk))

    places = [page.index(f'id="{name}"') for name in ("fragen", "themen", "text")]
    assert places == sorted(places)
    assert "Wann sollen Kurse stattfinden?" in page
    assert "Die Kommunen beraten Familien vor Ort." in page


def test_task_writes_nothing_before_somebody_writes(client, desk):
    client.get(desk)

    assert Submission.objects.count() == 0


def test_task_remembers_when_the_link_was_opened_first(client, desk, invitation, while_open):
    client.get(desk)

    invitation.refresh_from_db()
    assert invitation.first_opened_at == while_open


def test_task_with_a_wrong_link_says_what_to_do(client, invitation):
    response = client.get(reverse("participation:task", args=[invitation.pk, "0" * 32]))

    assert response.status_code == 404
    assert "bis zum letzten Zeichen" in text_of(response)


def test_task_after_the_end_shows_the_draft_and_whom_to_ask(
    client, consultation, invitation, after_closing
):
    seat = factories.make_seat(invitation.organisation)
    submission = actions.begin_submission(
        consultation=consultation, seat=seat, at=factories.WHILE_OPEN
    )
    values = actions.PointValues(kind=Point.Kind.SUGGESTION, text="Mehr Busse.")
    actions.save_point(submission=submission, values=values, seat=seat, at=factories.WHILE_OPEN)

    page = text_of(client.get(invitation.get_absolute_url()))

    assert "Die Frist ist abgelaufen" in page
    assert "Mehr Busse." in page
    assert "Geschäftsstelle" in page


def test_task_opens_the_form_of_a_passage_by_its_address(client, desk, number):
    page = text_of(client.get(f"{desk}?stelle={number}"))

    assert page.count("<textarea") == 5
    assert ">\nDie Kommunen beraten Familien vor Ort.</textarea>" in page


@pytest.mark.parametrize("wanted", ["999", "abc", "-1"])
def test_task_with_an_unknown_passage_shows_the_text(client, desk, wanted):
    assert client.get(f"{desk}?stelle={wanted}").status_code == 200


def test_remark_saves_other_words(client, desk, number):
    response = client.post(
        f"{desk}stelle/{number}/", {f"t{number}-proposed_text": "Alle werden beraten."}
    )

    assert response.url == f"{desk}#t{number}"
    assert points() == [("amendment", "", "Alle werden beraten.")]


def test_remark_preview_without_a_script_shows_the_difference_and_saves_nothing(
    client, desk, number
):
    response = client.post(
        f"{desk}stelle/{number}/",
        {f"t{number}-proposed_text": "Die Kommunen beraten alle vor Ort.", "vorschau": "1"},
    )

    page = text_of(response)
    assert '<del><span class="kern-sr-only">gestrichen: </span>Familien</del>' in page
    assert '<ins><span class="kern-sr-only">eingefügt: </span>alle</ins>' in page
    assert points() == []


def test_remark_preview_for_htmx_is_the_difference_alone(client, desk, number):
    response = client.post(
        f"{desk}stelle/{number}/?vorschau=1",
        {f"t{number}-proposed_text": "Die Kommunen beraten alle vor Ort."},
        headers=HTMX,
    )

    assert "<html" not in text_of(response)
    assert "<ins>" in text_of(response)


def test_remark_saves_itself_without_an_answer(client, desk, number):
    words = {f"t{number}-comment": "Gut so."}
    for _ in range(2):
        response = client.post(f"{desk}stelle/{number}/", words, headers=AUTOSAVE)

    assert (response.status_code, response.content) == (204, b"")
    assert points() == [("suggestion", "Gut so.", "")]


def test_remark_with_nothing_changed_says_so(client, desk, number):
    response = client.post(f"{desk}stelle/{number}/", {f"t{number}-comment": ""})

    assert response.status_code == 422
    assert "Bitte ändern Sie den Wortlaut" in text_of(response)


def test_remark_for_htmx_closes_the_form_and_counts(client, desk, number):
    response = client.post(
        f"{desk}stelle/{number}/", {f"t{number}-comment": "Gut so."}, headers=HTMX
    )

    page = text_of(response)
    assert "Gut so." in page
    assert "<strong>1 Anliegen</strong> gespeichert" in page
    assert "<html" not in page


def test_remark_form_is_handed_out_to_htmx(client, desk, number):
    page = text_of(client.get(f"{desk}stelle/{number}/", headers=HTMX))

    assert "<html" not in page
    assert "Die Kommunen beraten Familien vor Ort.</textarea>" in page


def test_remark_form_without_htmx_leads_to_the_text(client, desk, number):
    response = client.get(f"{desk}stelle/{number}/danach/")

    assert response.url == f"{desk}?stelle={number}&art=danach#t{number}"


def test_insertion_saves_what_is_missing(client, desk, number):
    client.post(f"{desk}stelle/{number}/danach/", {f"t{number}-proposed_text": "Auch abends."})

    assert Point.objects.get().proposal == "insert_after"


@pytest.mark.parametrize("page", ["", "danach/", "keine-anmerkungen/"])
def test_remark_at_an_unknown_passage_is_not_found(client, desk, page):
    assert client.post(f"{desk}stelle/999/{page}").status_code == 404


def test_remark_after_the_end_is_refused(client, invitation, number, after_closing):
    response = client.post(
        f"{invitation.get_absolute_url()}stelle/{number}/", {f"t{number}-comment": "Zu spät."}
    )

    assert response.status_code == 422
    assert "Die Frist ist abgelaufen" in text_of(response)
    assert points() == []


def test_no_remark_is_noted_and_taken_back(client, desk, number):
    client.post(f"{desk}stelle/{number}/keine-anmerkungen/")
    assert "Keine Anmerkungen an dieser Stelle" in text_of(client.get(desk))

    client.post(f"{desk}stelle/{number}/keine-anmerkungen/", {"zurueck": "1"})
    assert Submission.objects.get().no_remarks.count() == 0


def test_answers_are_saved_and_shown_again(client, desk):
    client.post(f"{desk}fragen/", {"frage-1": "Am Abend"})

    assert "Am Abend</textarea>" in text_of(client.get(desk))


def test_topic_that_saves_itself_tells_its_own_address(client, desk):
    words = {"kind": "missing", "text": "Sport"}

    response = client.post(f"{desk}themen/", words, headers=AUTOSAVE)

    assert response.status_code == 201
    client.post(response["Location"], words | {"text": "Sport und Spiel"}, headers=AUTOSAVE)
    assert points() == [("missing", "Sport und Spiel", "")]


def test_topic_without_words_says_what_is_missing(client, desk):
    response = client.post(f"{desk}themen/", {"kind": "missing", "text": ""})

    assert response.status_code == 422
    assert "Bitte schreiben Sie, worum es Ihnen geht." in text_of(response)


def test_remove_takes_a_point_out(client, desk, number):
    client.post(f"{desk}stelle/{number}/", {f"t{number}-comment": "Gut so."})

    client.post(f"{desk}anliegen/{Point.objects.get().pk}/entfernen/")

    assert points() == []


def test_remove_a_foreign_point_is_not_found(client, desk, consultation):
    foreign = factories.make_submission(consultation).points.get()

    assert client.post(f"{desk}anliegen/{foreign.pk}/entfernen/").status_code == 404


def test_hand_in_shows_all_points_before(client, desk, number):
    client.post(f"{desk}stelle/{number}/", {f"t{number}-proposed_text": "Alle werden beraten."})

    page = text_of(client.get(f"{desk}abgeben/"))

    assert "1 Anliegen" in page
    assert "<ins>" in page
    assert "Verbindlich abgeben" in page


def test_hand_in_leads_to_the_receipt_with_number_and_hash(client, desk, number):
    client.post(f"{desk}stelle/{number}/", {f"t{number}-comment": "Gut so."})

    response = client.post(f"{desk}abgeben/", {"contact": "verein@example.org"}, follow=True)

    submission = Submission.objects.get()
    assert response.redirect_chain == [(f"{desk}quittung/", 302)]
    assert submission.number in text_of(response)
    assert submission.sha256 in text_of(response)


def test_hand_in_without_remarks_takes_one_click(client, desk):
    client.post(f"{desk}abgeben/", {"keine-anmerkungen": "1", "contact": ""})

    assert Submission.objects.get().has_no_remarks is True


def test_hand_in_an_empty_draft_is_refused(client, desk):
    response = client.post(f"{desk}abgeben/", {"contact": ""})

    assert response.status_code == 422
    assert "Die Stellungnahme ist noch leer." in text_of(response)


def test_hand_in_with_a_broken_address_keeps_everything_open(client, desk, number):
    client.post(f"{desk}stelle/{number}/", {f"t{number}-comment": "Gut so."})

    response = client.post(f"{desk}abgeben/", {"contact": "kein-at"})

    assert response.status_code == 422
    assert Submission.objects.get().received_at is None


def test_hand_in_twice_shows_the_receipt(client, desk):
    for _ in range(2):
        response = client.post(f"{desk}abgeben/", {"keine-anmerkungen": "1", "contact": ""})

    assert response.url == f"{desk}quittung/"
    assert Submission.objects.count() == 1


def test_task_after_handing_in_leads_to_the_receipt(client, desk):
    client.post(f"{desk}abgeben/", {"keine-anmerkungen": "1", "contact": ""})

    assert client.get(desk).url == f"{desk}quittung/"


def test_receipt_before_handing_in_leads_back(client, desk):
    assert client.get(f"{desk}quittung/").url == desk


def test_receipt_can_be_kept_as_text(client, desk, number):
    client.post(f"{desk}stelle/{number}/", {f"t{number}-comment": "Gut & schön."})
    client.post(f"{desk}abgeben/", {"contact": ""})

    response = client.get(f"{desk}quittung/?format=txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Gut & schön." in text_of(response)


def test_withdraw_leads_back_to_writing(client, desk):
    client.post(f"{desk}abgeben/", {"keine-anmerkungen": "1", "contact": ""})

    response = client.post(f"{desk}zurueckziehen/", follow=True)

    assert "Stellungnahme 1-001 ist zurückgezogen." in text_of(response)
    assert response.redirect_chain == [(desk, 302)]


def test_take_part_asks_strangers_to_sign_in(client, consultation, while_open):
    address = reverse("participation:take_part", args=[consultation.number])

    assert client.get(address).url == f"{reverse('account_login')}?next={address}"


def test_take_part_is_the_same_for_members(consultation, while_open):
    organisation = factories.make_organisation(name="Beispielrat")
    client = client_of(factories.make_member(organisation))

    page = text_of(client.get(reverse("participation:take_part", args=[consultation.number])))

    assert "Sie schreiben für <strong>Beispielrat</strong>" in page


def test_take_part_lets_contributors_write_but_not_hand_in(consultation, while_open):
    mandate = factories.make_mandate(
        Mandate.Kind.CONTRIBUTOR, organisation=factories.make_organisation()
    )
    client = client_of(mandate.user)
    desk = reverse("participation:take_part", args=[consultation.number])
    client.post(f"{desk}themen/", {"kind": "missing", "text": "Sport"})

    page = text_of(client.get(f"{desk}abgeben/"))

    assert "Abgeben kann das Mitglied oder die Vertretung" in page
    assert client.post(f"{desk}abgeben/", {"contact": ""}).status_code == 403
    assert points() == [("missing", "Sport", "")]


def test_take_part_in_a_round_that_is_not_open_yet_is_not_found(while_open):
    consultation = factories.make_consultation(opened=False)
    client = client_of(factories.make_member())

    address = reverse("participation:take_part", args=[consultation.number])

    assert client.get(address).status_code == 404


def test_take_part_by_somebody_of_a_department_is_not_allowed(consultation, while_open):
    client = client_of(factories.make_department_contact())

    address = reverse("participation:take_part", args=[consultation.number])

    assert client.get(address).status_code == 403


@pytest.mark.parametrize("paragraphs", [10, 100])
def test_task_asks_the_same_of_the_database_for_a_long_text(
    client, while_open, django_assert_num_queries, paragraphs
):
    edition = factories.make_edition(passages=factories.long_text(paragraphs))
    invitation = invitation_to(factories.make_consultation(edition))
    desk = invitation.get_absolute_url()
    client.post(f"{desk}themen/", {"kind": "missing", "text": "Sport"})

    with django_assert_num_queries(9):
        client.get(desk)
