"""What becomes of a point, and how its words reach the draft."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from mitplan.core.text.passages import Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.participation import actions
from mitplan.participation.actions import DecisionValues
from mitplan.participation.models import Advice, Decision, Outcome, ReasonCode
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Acceptance, Edition
from mitplan.plan.queries import draft_of
from tests import factories
from tests.factories import AFTER_CLOSING, WHILE_OPEN

pytestmark = pytest.mark.django_db

TAKEN_UP = "Das Land fördert Sprachkurse am Vormittag und am Abend."


@pytest.fixture
def point(consultation):
    return factories.make_point(consultation)


def decide(point, outcome, by=None, **values):
    return actions.decide(
        point=point,
        values=DecisionValues(outcome=outcome, **values),
        by=by or factories.make_secretary(),
        at=AFTER_CLOSING,
    )


def reasoned(**values):
    return {"reason_code": ReasonCode.WORDING, "sentence": "Kürzer gesagt."} | values


def drafted(point):
    document = draft_of(point.edition.plan).consolidation.document
    return [passage.text for passage in document if passage.kind == Kind.PARAGRAPH]


def test_decide_taken_up_brings_the_very_words_into_the_draft(point):
    factories.taken_up(point)

    assert drafted(point) == [TAKEN_UP, "Die Kommunen beraten Familien vor Ort."]
    assert point.origin.label == "Anliegen 1-001-01"


def test_decide_keeps_its_words_in_the_language_of_the_plan(point):
    with override("en"):
        factories.taken_up(point)

    assert point.latest_decision.decided_as == "Geschäftsstelle"
    assert point.origin.label == "Anliegen 1-001-01"


def test_decide_taken_up_without_proposed_words_is_refused(consultation):
    suggestion = factories.make_submission(consultation, points=2).points.get(position=2)

    with pytest.raises(ValidationError, match="schlägt keinen Wortlaut vor"):
        decide(suggestion, Outcome.TAKEN_UP)

    assert Decision.objects.count() == 0


@pytest.mark.parametrize("outcome", [Outcome.IN_SUBSTANCE, Outcome.PARTLY])
def test_decide_in_substance_brings_the_editors_words_with_the_point_as_origin(point, outcome):
    decide(point, outcome, **reasoned(final_text="Das Land fördert auch Abendkurse."))

    assert drafted(point)[0] == "Das Land fördert auch Abendkurse."
    point.refresh_from_db()
    assert Acceptance.objects.get().origin == point.origin


def test_decide_in_substance_can_put_words_behind_the_passage(point):
    decide(point, Outcome.IN_SUBSTANCE, **reasoned(final_text="Es gibt Abendkurse.", insert=True))

    assert drafted(point)[1] == "Es gibt Abendkurse."


def test_decide_in_substance_without_words_is_refused(point):
    with pytest.raises(ValidationError, match="den Wortlaut schreiben, der in den Plan kommt"):
        decide(point, Outcome.IN_SUBSTANCE, **reasoned())


def test_decide_in_substance_with_unchanged_words_is_refused(point):
    with pytest.raises(ValidationError, match="Der Wortlaut ist unverändert"):
        decide(
            point,
            Outcome.PARTLY,
            **reasoned(final_text="Das Land fördert Sprachkurse am Vormittag."),
        )


@pytest.mark.parametrize(
    "outcome",
    [Outcome.DECLINED, Outcome.NOTED, Outcome.REFERRED, Outcome.DEFERRED, Outcome.IN_SUBSTANCE],
)
def test_decide_without_reason_and_sentence_is_refused(point, outcome):
    with pytest.raises(ValidationError, match="Grund wählen und in einem Satz begründen"):
        decide(point, outcome, final_text="Neu.", owner="Referat", review_on=date(2026, 9, 1))


def test_decide_already_covered_names_the_passage(point):
    with pytest.raises(ValidationError, match="in der das Anliegen bereits enthalten ist"):
        decide(point, Outcome.ALREADY_COVERED, **reasoned())

    passage = factories.passage_of(point.edition, "Familien")
    decision = decide(point, Outcome.ALREADY_COVERED, **reasoned(covered_by=passage))

    assert decision.covered_by == passage


def test_decide_deferred_names_owner_and_day(point):
    with pytest.raises(ValidationError, match="wer weiterarbeitet und wann"):
        decide(point, Outcome.DEFERRED, **reasoned(owner="Referat 1"))


def test_decide_by_resolution_is_decided_by_the_body(point):
    resolution = factories.make_resolution()

    decision = decide(point, Outcome.TAKEN_UP, resolution=resolution)

    assert decision.decided_as == str(resolution.agenda_item.sitting.body)


def test_decide_again_replaces_the_words_and_keeps_the_record(point):
    factories.taken_up(point)

    factories.declined(point)

    assert drafted(point)[0] == "Das Land fördert Sprachkurse am Vormittag."
    outcomes = point.decisions.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["taken_up", "declined"]


def test_decide_on_a_withdrawn_point_is_refused(point):
    seat = factories.make_seat(point.submission.organisation)
    actions.withdraw_submission(submission=point.submission, seat=seat, at=WHILE_OPEN)

    with pytest.raises(ValidationError, match="nicht mehr entschieden"):
        decide(point, Outcome.TAKEN_UP)


def test_decide_on_a_draft_is_refused(draft, seat):
    point = actions.save_point(
        submission=draft,
        values=actions.PointValues(kind="suggestion", text="Mehr Busse."),
        seat=seat,
        at=WHILE_OPEN,
    )

    with pytest.raises(ValidationError, match="noch nicht abgegeben"):
        decide(point, Outcome.NOTED, **reasoned())


def test_decide_by_a_member_is_not_allowed(point):
    with pytest.raises(PermissionDenied):
        decide(point, Outcome.TAKEN_UP, by=factories.make_member())


def next_edition(point, text):
    """The next edition of the plan, in which the passage of the point reads otherwise."""
    passages = [
        PassageValue(
            "",
            each.kind,
            text if "Sprachkurse" in each.text else each.text,
            each.level,
            each.label,
            each.fields,
        )
        for each in factories.TEXT
    ]
    return factories.make_edition(
        point.edition.plan, tuple(passages), Edition.Kind.CONSULTATION_TEXT, "Neue Fassung"
    )


def test_decide_taken_up_is_carried_over_to_a_newer_edition(point):
    newer = next_edition(point, "Das Land fördert Sprachkurse am Vormittag.")

    factories.taken_up(point)

    assert Acceptance.objects.get().amendment.base == newer
    assert drafted(point)[0] == "Das Land fördert Sprachkurse am Vormittag und am Abend."


def test_decide_in_substance_is_written_on_the_newest_edition(point):
    newer = next_edition(point, "Das Land fördert Sprachkurse am Nachmittag.")

    decide(
        point,
        Outcome.IN_SUBSTANCE,
        **reasoned(final_text="Das Land fördert Sprachkurse am Nachmittag und am Abend."),
    )

    assert Acceptance.objects.get().amendment.base == newer
    assert drafted(point)[0] == "Das Land fördert Sprachkurse am Nachmittag und am Abend."


def test_decide_anew_on_what_is_in_an_edition_is_refused(point, secretary):
    factories.taken_up(point)
    plan_actions.freeze_draft(
        plan=point.edition.plan,
        kind=Edition.Kind.CABINET_VERSION,
        title="Danach",
        dated_on=AFTER_CLOSING.date(),
        by=secretary,
        at=AFTER_CLOSING,
    )

    with pytest.raises(ValidationError, match="schon in eine Fassung eingegangen"):
        factories.declined(point)


def test_reopen_point_takes_its_words_out_of_the_draft(point, secretary):
    factories.taken_up(point)

    reopened = actions.reopen_point(point=point, by=secretary, at=AFTER_CLOSING)

    assert reopened.latest_decision is None
    assert drafted(point)[0] == "Das Land fördert Sprachkurse am Vormittag."


def test_reopen_point_that_is_undecided_is_refused(point, secretary):
    with pytest.raises(ValidationError, match="ist nicht entschieden"):
        actions.reopen_point(point=point, by=secretary, at=AFTER_CLOSING)


def test_reopen_point_after_publication_is_refused(point, secretary):
    factories.declined(point)
    actions.publish_results(
        consultation=point.submission.consultation, by=secretary, at=AFTER_CLOSING
    )

    with pytest.raises(ValidationError, match="neu entscheiden statt zurückzunehmen"):
        actions.reopen_point(point=point, by=secretary, at=AFTER_CLOSING)


def advise(point, department, by):
    return actions.give_advice(
        point=point,
        department=department,
        recommendation=Outcome.TAKEN_UP,
        text="Fachlich begründet.",
        by=by,
        at=AFTER_CLOSING,
    )


def test_give_advice_by_the_contact_of_the_department(point):
    department = factories.make_department()

    advise(point, department, factories.make_department_contact(department))

    assert Advice.objects.get().department == department


def test_give_advice_for_another_department_is_not_allowed(point):
    with pytest.raises(PermissionDenied):
        advise(point, factories.make_department(), factories.make_department_contact())


def test_give_advice_after_the_decision_is_refused(point):
    department = factories.make_department()
    factories.declined(point)

    with pytest.raises(ValidationError, match="Ein Fachvotum kommt zu spät"):
        advise(point, department, factories.make_department_contact(department))
