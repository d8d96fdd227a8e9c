"""What has become of quoted words in the edition that holds."""

import pytest

from mitplan.core.text import amendments as core
from mitplan.participation import actions as participation
from mitplan.participation.models import Point
from mitplan.participation.queries.quotes import quote_now
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Edition, Origin
from mitplan.plan.queries import state_of
from tests import factories

pytestmark = pytest.mark.django_db

AT = factories.AFTER_CLOSING


@pytest.fixture
def remark(db):
    """A remark about words of the consulted edition."""
    consultation = factories.make_consultation()
    seat = factories.make_seat()
    submission = participation.begin_submission(
        consultation=consultation, seat=seat, at=factories.WHILE_OPEN
    )
    participation.save_point(
        submission=submission,
        values=participation.PointValues(
            kind=Point.Kind.SUGGESTION,
            text="Bitte genauer.",
            passage=factories.passage_of(consultation.edition, "Sprachkurse"),
            quote="Sprachkurse am Vormittag",
        ),
        seat=seat,
        at=factories.WHILE_OPEN,
    )
    participation.hand_in(submission=submission, seat=seat, at=factories.WHILE_OPEN)
    return submission.points.get()


def move_on(point, words):
    """Make an edition in which the quoted passage reads otherwise, or is gone."""
    base, by = point.edition, factories.make_secretary()
    value = next(each for each in state_of(base).document if each.id == point.passage.key)
    plan_actions.edit_draft(
        base=base,
        operations=core.rewording(value, words) if words else [core.DeletePassage(value.id)],
        origin=Origin.objects.create(
            plan=base.plan, kind=Origin.Kind.EDITORIAL, label="Redaktion", reason="-", began_at=AT
        ),
        by=by,
        at=AT,
    )
    edition = plan_actions.freeze_draft(
        plan=base.plan,
        kind=Edition.Kind.REPORT,
        title="Bericht",
        dated_on=AT.date(),
        by=by,
        at=AT,
    )
    plan_actions.release_edition(edition=edition, by=by, at=AT)


@pytest.mark.parametrize(
    ("words", "found", "sentence"),
    [
        (
            "Das Land fördert viele Sprachkurse am Vormittag.",
            ("carried", "Sprachkurse am Vormittag"),
            "Diese Worte stehen auch in der geltenden Fassung.",
        ),
        (
            "Das Land fördert Sprachkurse am frühen Vormittag.",
            ("changed", "Sprachkurse am frühen Vormittag"),
            "Dieser Text hat sich geändert.",
        ),
        ("", ("lost", ""), "Diese Worte stehen in der geltenden Fassung nicht mehr."),
    ],
)
def test_quote_is_found_again_in_a_newer_edition(secretary_client, remark, words, found, sentence):
    move_on(remark, words)

    now = quote_now(remark)

    assert (str(now.status), now.words) == found
    page = secretary_client.get(remark.get_absolute_url()).content.decode()
    assert sentence in page


def test_quote_of_the_edition_that_holds_needs_no_word(remark):
    assert quote_now(remark) is None
