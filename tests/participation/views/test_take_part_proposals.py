"""Beside each passage: move, split, join, delete, insert, and several passages in one proposal."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mitplan.participation import actions
from mitplan.participation.actions import RemarkValues
from mitplan.participation.models import FurtherChange, Point
from tests import factories
from tests.factories import WHILE_OPEN
from tests.participation.conftest import invitation_to

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
AUTOSAVE = {"X-Requested-With": "autosave"}
COURSES = "Das Land fördert Sprachkurse am Vormittag."
ADVICE = "Die Kommunen beraten Familien vor Ort."


@pytest.fixture
def invitation(consultation):
    return invitation_to(consultation)


@pytest.fixture
def desk(invitation, while_open):
    """The address of the task, while the window is open."""
    return invitation.get_absolute_url()


@pytest.fixture
def courses(consultation):
    return factories.passage_of(consultation.edition, "Sprachkurse")


@pytest.fixture
def advice(consultation):
    return factories.passage_of(consultation.edition, "Familien")


@pytest.fixture
def write(client, desk):
    """Send the form beside a passage."""

    def write(passage, *, query="", headers=None, behind=False, **values):
        place = "danach/" if behind else ""
        data = {f"t{passage.number}-{name}": value for name, value in values.items()}
        if query == "vorschau":
            data["vorschau"] = "1"
        return client.post(
            f"{desk}stelle/{passage.number}/{place}", data, headers=headers, follow=True
        )

    return write


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def head(consultation, courses, advice, invitation):
    """A proposal that moves one passage behind another."""
    return actions.save_remark(
        consultation=consultation,
        passage=courses,
        values=RemarkValues(
            proposal=Point.Proposal.MOVE, target=advice, comment="Erst beraten, dann lernen."
        ),
        seat=factories.make_seat(invitation.organisation),
        at=WHILE_OPEN,
    )


def test_slot_offers_plain_choices(client, desk, courses):
    page = text_of(client.get(f"{desk}?stelle={courses.number}"))

    for choice in ("Ändern oder kommentieren", "Streichen", "Verschieben", "Teilen"):
        assert f"{choice}</label>" in page
    assert "Mit der nächsten Textstelle zusammenführen</label>" in page
    assert "Danach etwas einfügen" in page


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"proposal": "delete"}, "gestrichen:"),
        ({"proposal": "join"}, "zusammengeführt:"),
        ({"proposal": "split", "proposed_text": "Das Land fördert.\r\n\r\nKurse."}, "geteilt:"),
        ({"proposal": "move"}, "Bitte die andere Textstelle angeben"),
        ({"proposal": "split", "proposed_text": COURSES}, "setzen Sie eine Leerzeile"),
    ],
)
def test_preview_shows_what_a_choice_does_or_lacks(write, courses, values, words):
    page = text_of(write(courses, query="vorschau", **values))

    assert words in page
    assert Point.objects.count() == 0


def test_preview_while_typing_is_the_difference_alone(client, desk, courses, advice):
    answer = client.post(
        f"{desk}stelle/{courses.number}/?vorschau=1",
        {f"t{courses.number}-proposal": "move", f"t{courses.number}-target": str(advice.pk)},
        headers=HTMX,
    )

    part = text_of(answer)
    assert f"verschoben hinter Textstelle {advice.number}" in part
    assert "<form" not in part


def test_moving_is_saved_and_shown(write, courses, advice):
    page = text_of(write(courses, proposal="move", target=str(advice.pk)))

    point = Point.objects.get()
    assert (point.proposal, point.target) == ("move", advice)
    assert f"verschoben hinter Textstelle {advice.number} <span" in page


def test_moving_nowhere_says_what_is_missing(write, courses):
    response = write(courses, proposal="move")

    assert response.status_code == 422
    assert "Bitte die andere Textstelle angeben" in text_of(response)


def test_saving_itself_refuses_what_is_not_finished(write, courses):
    assert write(courses, proposal="move", headers=AUTOSAVE).status_code == 422


def test_inserted_heading_is_saved_as_one(write, courses):
    write(courses, behind=True, proposed_text="Kursorte", new_kind="heading")

    point = Point.objects.get()
    assert (point.proposal, point.new_kind) == ("insert_after", "heading")


def test_form_shows_what_was_chosen_before(client, desk, head, courses, advice):
    page = text_of(client.get(f"{desk}?stelle={courses.number}"))

    assert re.search(r'<input(?=[^>]* value="move")[^>]* checked', page)
    assert f'<option value="{advice.pk}" selected>' in page
    assert "Erst beraten, dann lernen." in page


def test_collecting_opens_every_form_for_the_proposal(client, desk, head, advice):
    page = text_of(client.get(f"{desk}?vorschlag={head.pk}"))
    assert "Sie sammeln weitere Textstellen" in page
    assert f"?stelle={advice.number}&amp;vorschlag={head.pk}#t{advice.number}" in page

    form = text_of(client.get(f"{desk}?stelle={advice.number}&vorschlag={head.pk}"))

    assert f'<option value="{head.pk}" selected>Teil des Vorschlags zu Textstelle 3' in form


def test_collecting_for_the_proposal_of_others_does_nothing(client, desk):
    other = factories.make_point()

    page = text_of(client.get(f"{desk}?vorschlag={other.pk}"))

    assert "Sie sammeln weitere Textstellen" not in page


def test_second_passage_joins_the_proposal(write, head, advice):
    page = text_of(
        write(advice, proposal="reword", proposed_text="Alle beraten.", belongs_to=str(head.pk))
    )

    assert FurtherChange.objects.get().point == head
    assert Point.objects.count() == 1
    assert "2 Änderungen in einem Vorschlag" in page
    assert 'Teil des Vorschlags zu <a href="#t3">Textstelle 3</a>' in page


def test_passage_cannot_join_the_proposal_of_others(write, head, advice):
    other = factories.make_point()

    response = write(
        advice, proposal="reword", proposed_text="Alle beraten.", belongs_to=str(other.pk)
    )

    assert response.status_code == 422
    assert FurtherChange.objects.count() == 0


def test_passage_is_taken_out_of_the_proposal(client, desk, write, head, advice):
    write(advice, proposal="reword", proposed_text="Alle beraten.", belongs_to=str(head.pk))

    client.post(
        f"{desk}anliegen/{head.pk}/entfernen/", {"stelle": str(advice.number), "art": "hier"}
    )

    assert (Point.objects.count(), FurtherChange.objects.count()) == (1, 0)


def test_everything_is_shown_together_before_and_after_handing_in(
    client, desk, write, head, advice
):
    write(advice, proposal="reword", proposed_text="Alle beraten.", belongs_to=str(head.pk))

    before = text_of(client.get(f"{desk}abgeben/"))
    client.post(f"{desk}abgeben/", {"contact": "verein@example.org"})
    receipt = text_of(client.get(f"{desk}quittung/"))
    copy = client.get(f"{desk}quittung/?format=txt").content.decode()

    for page in (before, receipt):
        assert "2 Änderungen in einem Vorschlag" in page
        assert f"Textstelle 3, verschoben hinter Textstelle {advice.number}" in page
        assert f"Textstelle {advice.number}:" in page
    assert f"Textstelle 3, verschoben hinter Textstelle {advice.number}" in copy
    assert "Textstelle 4, neuer Wortlaut: Alle beraten." in copy


@pytest.mark.parametrize("amount", [10, 100])
def test_pages_ask_the_same_of_the_database_for_many_changes(client, desk, invitation, amount):
    consultation = invitation.consultation
    seat = factories.make_seat(invitation.organisation)
    draft = actions.begin_submission(consultation=consultation, seat=seat, at=WHILE_OPEN)
    passages = [
        factories.passage_of(consultation.edition, quote) for quote in ("Sprachkurse", "Familien")
    ]
    points = Point.objects.bulk_create(
        Point(
            submission=draft,
            edition=consultation.edition,
            position=position,
            kind="amendment",
            passage=passages[0],
            proposal="reword",
            proposed_text=f"Neu {position}.",
        )
        for position in range(amount)
    )
    FurtherChange.objects.bulk_create(
        FurtherChange(point=each, position=1, passage=passages[1], proposal="delete")
        for each in points
    )

    client.get(f"{desk}quittung/")  # notes the first opening of the link
    counted = []
    for page in ("", "abgeben/", f"?stelle={passages[1].number}"):
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{desk}{page}")
        counted.append(len(captured))
    assert counted == [9, 9, 16]


@pytest.mark.parametrize("amount", [10, 100])
def test_hand_in_asks_the_same_of_the_database_for_many_points(
    client, desk, invitation, django_assert_num_queries, amount
):
    consultation = invitation.consultation
    submission = actions.begin_submission(
        consultation=consultation,
        seat=factories.make_seat(invitation.organisation),
        at=factories.WHILE_OPEN,
    )
    Point.objects.bulk_create(
        Point(
            submission=submission,
            edition=consultation.edition,
            position=position,
            kind=Point.Kind.SUGGESTION,
            passage=factories.passage_of(consultation.edition, "Familien"),
            text="Gut so.",
        )
        for position in range(amount)
    )

    with django_assert_num_queries(10):
        client.get(f"{desk}abgeben/")
