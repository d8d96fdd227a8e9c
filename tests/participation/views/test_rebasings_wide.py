"""What a newer text makes of proposals over several passages, and of those that fit only in part."""

import pytest

from mitplan.core.text.passages import Passage as PassageValue
from mitplan.participation import actions
from mitplan.participation.actions import PointValues
from mitplan.participation.models import Point, Rebasing
from mitplan.participation.queries.effects import effects_of
from tests import factories
from tests.factories import AFTER_CLOSING, WHILE_OPEN
from tests.participation.actions.test_rebasings import COURSES
from tests.participation.conftest import invitation_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_closing")]

ADVICE = "Die Kommunen beraten Familien vor Ort."


def proposing(consultation, organisation, text):
    """A point that words the courses otherwise."""
    seat = factories.make_seat(organisation)
    submission = actions.begin_submission(consultation=consultation, seat=seat, at=WHILE_OPEN)
    values = PointValues(
        kind=Point.Kind.AMENDMENT,
        passage=factories.passage_of(consultation.edition, "Sprachkurse"),
        proposal=Point.Proposal.REWORD,
        proposed_text=text,
    )
    actions.save_point(submission=submission, values=values, seat=seat, at=WHILE_OPEN)
    return actions.hand_in(submission=submission, seat=seat, at=WHILE_OPEN).points.get()


def carried(point, **wordings):
    """How the point stands on a next edition in which passages read otherwise; a list divides one."""
    old = {"courses": COURSES, "advice": ADVICE}
    new = {old[name]: wording for name, wording in wordings.items()}
    text = []
    for each in factories.TEXT:
        words = new.get(each.text, each.text)
        text += [
            PassageValue("", each.kind, part, each.level, fields=each.fields)
            for part in ([words] if isinstance(words, str) else words)
        ]
    factories.make_public_edition(point.edition.plan, tuple(text), title="Neue Fassung")
    actions.carry_proposals(plan=point.edition.plan, at=AFTER_CLOSING)
    return point.rebasings.latest("edition__number")


@pytest.fixture
def organisation(db):
    return factories.make_organisation()


@pytest.fixture
def wide(consultation):
    return factories.make_wide_point(consultation)


def desk_of(point):
    consultation, organisation = point.submission.consultation, point.submission.organisation
    return invitation_to(consultation, organisation).get_absolute_url()


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_proposal_done_in_part_shows_the_rest_alone(client, wide):
    rebasing = carried(wide, advice="Die Kommunen beraten alle vor Ort.")

    page = text_of(client.get(f"{desk_of(wide)}anpassung/{wide.pk}/"))

    assert rebasing.status == Rebasing.Status.PARTLY_FULFILLED
    assert "teilweise erfüllt" in page
    assert "Ein Teil des Vorschlags steht schon in der neuen Fassung" in page
    assert [effect.kind for effect in effects_of(rebasing.amendment)] == ["moved"]
    assert "teilweise erfüllt" in text_of(client.get(wide.get_absolute_url()))


def test_proposal_over_a_border_says_that_the_passage_was_divided(
    client, consultation, organisation
):
    point = proposing(consultation, organisation, "Das Land am Vormittag.")
    rebasing = carried(point, courses=["Das Land fördert", "Sprachkurse am Vormittag."])

    page = text_of(client.get(f"{desk_of(point)}anpassung/{point.pk}/"))

    assert rebasing.status == Rebasing.Status.SPANS_SPLIT
    assert "Die Textstelle ist geteilt worden; der Vorschlag reicht über beide Teile." in page
    assert [effect.words for effect in effects_of(rebasing.amendment)] == [
        "Das Land",
        "am Vormittag.",
    ]
    assert "auf zwei Textstellen verteilt" in text_of(client.get(point.get_absolute_url()))


def test_wide_proposal_is_carried_as_a_whole(client, wide):
    carried(wide, courses=f"{COURSES} Neu.")

    page = text_of(client.get(f"{desk_of(wide)}anpassung/{wide.pk}/"))

    assert "Textstelle 3, verschoben hinter Textstelle 4" in page
    assert 'name="stelle-1-passage" value="3"' in page
    assert 'name="stelle-2-passage" value="4"' in page
    assert "Weitere Textstelle" in page


def test_wide_proposal_is_rewritten_at_all_its_passages(client, wide):
    rebasing = carried(wide, advice="Die Kommunen beraten Kinder vor Ort.")
    assert rebasing.is_lost

    client.post(
        f"{desk_of(wide)}anpassung/{wide.pk}/",
        {
            "stellen": "3",
            "stelle-1-passage": "3",
            "stelle-1-proposal": "move",
            "stelle-1-target": "4",
            "stelle-2-passage": "4",
            "stelle-2-proposal": "split",
            "stelle-2-proposed_text": "Die Kreise beraten.\r\n\r\nFamilien zuerst.",
            "stelle-3-passage": "",
        },
    )

    rebasing.refresh_from_db()
    assert [effect.kind for effect in effects_of(rebasing.reworked)] == ["moved", "divided"]


def test_rewriting_that_contradicts_itself_says_so(client, wide):
    carried(wide, advice="Die Kommunen beraten Kinder vor Ort.")

    response = client.post(
        f"{desk_of(wide)}anpassung/{wide.pk}/",
        {
            "stelle-1-passage": "3",
            "stelle-1-proposal": "delete",
            "stelle-2-passage": "3",
            "stelle-2-proposal": "move",
            "stelle-2-target": "4",
        },
    )

    assert response.status_code == 422
    assert "widersprechen einander" in text_of(response)


def test_point_page_keeps_what_was_carried_before_it_was_rewritten(client, wide):
    rebasing = carried(wide, courses=f"{COURSES} Neu.")
    client.post(
        f"{desk_of(wide)}anpassung/{wide.pk}/",
        {"stelle-1-passage": "4", "stelle-1-proposed_text": "Alle beraten."},
    )
    rebasing.refresh_from_db()

    page = text_of(client.get(wide.get_absolute_url()))

    assert rebasing.reworked is not None
    assert "Wie der Vorschlag vor dem Umschreiben übertragen war" in page
    assert page.count("Textstelle 3, verschoben") == 2  # handed in, and carried
