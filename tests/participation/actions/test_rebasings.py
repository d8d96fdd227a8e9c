"""When the text moves on: proposals are carried along, and their submitters say what they want."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mitplan.common.immutable import FrozenError
from mitplan.core.text import amendments as core
from mitplan.core.text.passages import Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.participation import actions, jobs
from mitplan.participation.actions import DecisionValues
from mitplan.participation.models import Outcome, Point, ReasonCode, Rebasing
from mitplan.participation.permissions import Seat
from mitplan.participation.queries.remarks import Wish
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Acceptance, Amendment, Edition
from mitplan.plan.queries import draft_of
from tests import factories
from tests.factories import AFTER_CLOSING

pytestmark = pytest.mark.django_db

COURSES = "Das Land fördert Sprachkurse am Vormittag."
CONTRARY = "Das Land fördert Sprachkurse am Vormittag und am Mittag."
PROPOSED = "Das Land fördert Sprachkurse am Vormittag und am Abend."


@pytest.fixture
def point(consultation):
    return factories.make_point(consultation)


@pytest.fixture
def owner(point):
    """The seat of the organisation that handed the point in."""
    return factories.make_seat(point.submission.organisation)


def edition_with(plan, wording, *, released=True):
    """The next edition, in which the passage on courses reads otherwise, or is gone."""
    text = tuple(
        PassageValue("", each.kind, wording, each.level) if each.text == COURSES else each
        for each in factories.TEXT
        if wording or each.text != COURSES
    )
    make = factories.make_public_edition if released else factories.make_edition
    return make(plan, text, title="Neue Fassung")


def carried(point, wording, *, released=True):
    """How the point stands on a next edition with such a wording."""
    edition_with(point.edition.plan, wording, released=released)
    actions.carry_proposals(plan=point.edition.plan, at=AFTER_CLOSING)
    return point.rebasings.latest("edition__number")


def decide(point, outcome, **values):
    return actions.decide(
        point=point,
        values=DecisionValues(outcome=outcome, **values),
        by=factories.make_secretary(),
        at=AFTER_CLOSING,
    )


def drafted(point):
    document = draft_of(point.edition.plan).consolidation.document
    return [passage.text for passage in document if passage.kind == Kind.PARAGRAPH]


@pytest.mark.parametrize(
    ("wording", "status"),
    [
        (COURSES, "clean"),
        (f"{COURSES} Alle sind willkommen.", "context_changed"),
        (PROPOSED, "fulfilled"),
        ("Der Staat fördert Sprachkurse am Vormittag.", "context_changed"),
        (CONTRARY, "conflict"),
        ("", "orphaned"),
    ],
)
def test_carry_proposals_says_what_became_of_each(point, wording, status):
    assert carried(point, wording).status == status


def test_carry_proposals_makes_a_new_version_and_keeps_the_old_one(point):
    before = Amendment.objects.values().get()

    rebasing = carried(point, f"Zuerst. {COURSES}")

    assert rebasing.amendment.derived_from == point.amendment
    assert rebasing.amendment.base == rebasing.edition
    assert Amendment.objects.values().get(pk=point.amendment_id) == before


@pytest.mark.parametrize("wording", [PROPOSED, "", CONTRARY])
def test_carry_proposals_leaves_no_version_of_what_is_done_or_lost(point, wording):
    assert carried(point, wording).amendment is None


def test_carry_proposals_run_again_changes_nothing(point):
    carried(point, COURSES)

    again = actions.carry_proposals(plan=point.edition.plan, at=AFTER_CLOSING)

    assert (again, Rebasing.objects.count(), Amendment.objects.count()) == (0, 1, 2)


def test_carry_proposals_runs_as_a_job(point):
    edition_with(point.edition.plan, COURSES)

    assert jobs.carry_proposals.func(point.edition.plan_id) == 1


def test_carry_proposals_follows_what_was_accepted_into_the_draft(point, secretary):
    plan = point.edition.plan
    twin = factories.make_submission(point.submission.consultation).points.get()
    factories.taken_up(twin)
    plan_actions.freeze_draft(
        plan=plan,
        kind=Edition.Kind.CABINET_VERSION,
        title="Danach",
        dated_on=AFTER_CLOSING.date(),
        by=secretary,
        at=AFTER_CLOSING,
    )

    actions.carry_proposals(plan=plan, at=AFTER_CLOSING)

    assert list(Rebasing.objects.values_list("point", "status")) == [(point.pk, "fulfilled")]


def test_carry_proposals_leaves_decided_and_withdrawn_points_alone(point, consultation):
    factories.declined(point)
    other = factories.make_submission(consultation)
    actions.withdraw_submission(
        submission=other, seat=factories.make_seat(other.organisation), at=AFTER_CLOSING
    )
    edition_with(point.edition.plan, COURSES)

    assert actions.carry_proposals(plan=point.edition.plan, at=AFTER_CLOSING) == 0


def test_carry_proposals_takes_deferred_points_along(point):
    decide(
        point,
        Outcome.DEFERRED,
        reason_code=ReasonCode.MORE_WORK,
        sentence="Wird geprüft.",
        owner="Referat 1",
        review_on=date(2026, 9, 1),
    )

    assert carried(point, COURSES).status == "clean"


def test_carry_proposals_of_a_plan_without_text_does_nothing(db):
    assert actions.carry_proposals(plan=factories.make_plan(), at=AFTER_CLOSING) == 0


@pytest.mark.parametrize("points", [10, 100])
def test_carry_proposals_needs_as_many_statements_for_many(consultation, points):
    seat = factories.make_seat()
    submission = actions.begin_submission(
        consultation=consultation, seat=seat, at=factories.WHILE_OPEN
    )
    rows = [
        Point(
            submission=submission,
            position=number,
            edition=consultation.edition,
            kind="amendment",
            passage=factories.passage_of(consultation.edition, "Sprachkurse"),
            proposal="reword",
            proposed_text=f"Das Land fördert {number} Sprachkurse am Vormittag.",
        )
        for number in range(1, points + 1)
    ]
    Point.objects.bulk_create(rows)
    actions.hand_in(submission=submission, seat=seat, at=factories.WHILE_OPEN)
    edition_with(consultation.edition.plan, f"{COURSES} Neu.")

    with CaptureQueriesContext(connection) as captured:
        count = actions.carry_proposals(plan=consultation.edition.plan, at=AFTER_CLOSING)

    assert (count, len(captured)) == (points, 15)


def test_carry_proposals_goes_on_from_the_version_that_was_confirmed(point, owner):
    rebasing = carried(point, "Der Staat fördert Sprachkurse am Vormittag.")
    actions.confirm_rebasing(rebasing=rebasing, seat=owner, at=AFTER_CLOSING)

    later = carried(point, "Der Staat fördert Sprachkurse am Vormittag.")

    assert (later.status, later.amendment.derived_from) == ("clean", rebasing.amendment)


def test_carry_proposals_goes_on_from_the_first_version_while_nobody_answers(point):
    carried(point, "")

    later = carried(point, COURSES)

    assert (later.status, later.amendment.derived_from) == ("clean", point.amendment)


def test_rebasing_is_frozen_but_for_the_answer(point):
    rebasing = carried(point, COURSES)
    rebasing.status = Rebasing.Status.ORPHANED

    with pytest.raises(FrozenError):
        rebasing.save()


def test_confirm_rebasing_notes_who_answered_and_when(point, owner):
    rebasing = carried(point, COURSES)

    answered = actions.confirm_rebasing(rebasing=rebasing, seat=owner, at=AFTER_CLOSING)

    assert (answered.answered_at, answered.answered_as) == (AFTER_CLOSING, "Mitglied")


@pytest.mark.parametrize("wording", ["", CONTRARY])
def test_confirm_rebasing_of_a_lost_proposal_is_refused(point, owner, wording):
    rebasing = carried(point, wording)

    with pytest.raises(ValidationError, match="Bitte schreiben Sie ihn um"):
        actions.confirm_rebasing(rebasing=rebasing, seat=owner, at=AFTER_CLOSING)


def test_confirm_rebasing_for_another_organisation_is_not_allowed(point):
    rebasing = carried(point, COURSES)

    with pytest.raises(PermissionDenied):
        actions.confirm_rebasing(rebasing=rebasing, seat=factories.make_seat(), at=AFTER_CLOSING)


def test_confirm_rebasing_by_a_contributor_is_not_allowed(point):
    rebasing = carried(point, COURSES)
    seat = Seat(point.submission.organisation, None, "Mitarbeit", may_hand_in=False)

    with pytest.raises(PermissionDenied):
        actions.confirm_rebasing(rebasing=rebasing, seat=seat, at=AFTER_CLOSING)


def test_confirm_rebasing_after_the_decision_is_refused(point, owner):
    rebasing = carried(point, COURSES)
    factories.declined(point)

    with pytest.raises(ValidationError, match="inzwischen entschieden"):
        actions.confirm_rebasing(rebasing=rebasing, seat=owner, at=AFTER_CLOSING)


def test_confirm_rebasing_of_a_withdrawn_point_is_refused(point, owner):
    rebasing = carried(point, COURSES)
    actions.withdraw_submission(submission=point.submission, seat=owner, at=AFTER_CLOSING)

    with pytest.raises(ValidationError, match="ist zurückgezogen"):
        actions.confirm_rebasing(rebasing=rebasing, seat=owner, at=AFTER_CLOSING)


def test_confirm_rebasing_on_an_edition_that_is_not_the_newest_is_refused(point, owner):
    rebasing = carried(point, COURSES)
    edition_with(point.edition.plan, COURSES)

    with pytest.raises(ValidationError, match="Inzwischen gibt es eine neuere Fassung"):
        actions.confirm_rebasing(rebasing=rebasing, seat=owner, at=AFTER_CLOSING)


def rework(rebasing, seat, quote, text="", proposal=Point.Proposal.REWORD):
    passage = factories.passage_of(rebasing.edition, quote)
    return actions.rework_proposal(
        rebasing=rebasing,
        values=[(passage, Wish(proposal, text))],
        seat=seat,
        at=AFTER_CLOSING,
    )


def test_rework_proposal_is_what_is_taken_up_in_the_end(point, owner):
    rebasing = carried(point, CONTRARY)
    rework(rebasing, owner, "Mittag", text="Das Land fördert alles.")

    factories.taken_up(point)

    assert drafted(point) == ["Das Land fördert alles.", "Die Kommunen beraten Familien vor Ort."]
    assert Acceptance.objects.get().amendment.derived_from == point.amendment


def test_rework_proposal_finds_another_place_for_an_orphan(point, owner):
    rebasing = carried(point, "")

    answered = rework(
        rebasing, owner, "Familien", "Es gibt Abendkurse.", Point.Proposal.INSERT_AFTER
    )

    [operation] = core.operations_from_json(answered.reworked.operations)
    assert (operation.text, operation.after) == (
        "Es gibt Abendkurse.",
        factories.passage_of(rebasing.edition, "Familien").key,
    )


def test_rework_proposal_can_still_ask_for_the_passage_to_go(point, owner):
    rebasing = carried(point, CONTRARY)
    rework(rebasing, owner, "Mittag", proposal=Point.Proposal.DELETE)

    factories.taken_up(point)

    assert drafted(point) == ["Die Kommunen beraten Familien vor Ort."]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Bitte schreiben Sie den Wortlaut"),
        (CONTRARY, "gleicht dem neuen Text"),
    ],
)
def test_rework_proposal_that_changes_nothing_is_refused(point, owner, text, sentence):
    rebasing = carried(point, CONTRARY)

    with pytest.raises(ValidationError, match=sentence):
        rework(rebasing, owner, "Mittag", text=text)


def test_rework_proposal_at_a_passage_that_is_gone_is_refused(point, owner):
    rebasing = carried(point, "")
    values = [(point.passage, Wish(Point.Proposal.REWORD, "Neu."))]

    with pytest.raises(ValidationError, match="steht nicht in Fassung 2"):
        actions.rework_proposal(rebasing=rebasing, values=values, seat=owner, at=AFTER_CLOSING)


@pytest.mark.parametrize(
    ("wording", "sentence"),
    [
        (PROPOSED, "steht schon in Fassung 2. Bitte «bereits enthalten» wählen"),
        (CONTRARY, "lässt sich nicht übertragen"),
        ("", "lässt sich nicht übertragen"),
        ("Der Staat fördert Sprachkurse am Vormittag.", "noch nicht bestätigt"),
    ],
)
def test_decide_taken_up_is_refused_where_the_proposal_is_not_sure(point, wording, sentence):
    carried(point, wording)

    with pytest.raises(ValidationError, match=sentence):
        decide(point, Outcome.TAKEN_UP)


def test_decide_taken_up_uses_the_version_that_was_confirmed(point, owner):
    rebasing = carried(point, "Der Staat fördert Sprachkurse am Vormittag.")
    actions.confirm_rebasing(rebasing=rebasing, seat=owner, at=AFTER_CLOSING)

    factories.taken_up(point)

    assert Acceptance.objects.get().amendment == rebasing.amendment
    assert drafted(point)[0] == "Der Staat fördert Sprachkurse am Vormittag und am Abend."


def test_decide_taken_up_carries_the_proposal_along_if_nobody_did_yet(point):
    newer = edition_with(point.edition.plan, COURSES)

    factories.taken_up(point)

    assert Acceptance.objects.get().amendment.base == newer
    assert list(Rebasing.objects.values_list("status", flat=True)) == ["clean"]
    assert drafted(point)[0] == PROPOSED


def test_decide_anew_carries_along_what_was_declined_before(point):
    factories.declined(point)
    edition_with(point.edition.plan, COURSES)

    factories.taken_up(point)

    assert drafted(point)[0] == PROPOSED
