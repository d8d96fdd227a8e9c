"""Proposals that move, split, join or insert passages, and those over several passages."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from mitplan.common.immutable import FrozenError
from mitplan.common.models import OutgoingMail
from mitplan.core.text.passages import Kind
from mitplan.participation import actions
from mitplan.participation.actions import PointValues, RemarkValues
from mitplan.participation.models import FurtherChange, Point, Submission
from mitplan.participation.queries.effects import effects_of
from mitplan.participation.queries.fingerprints import fingerprint
from mitplan.participation.queries.proposals import Change
from mitplan.plan.models import Amendment
from mitplan.plan.queries import draft_of
from mitplan.web.queries.proofs import first_forgery
from tests import factories
from tests.factories import AFTER_CLOSING, WHILE_OPEN

pytestmark = pytest.mark.django_db

COURSES = "Das Land fördert Sprachkurse am Vormittag."
ADVICE = "Die Kommunen beraten Familien vor Ort."
REWORD, MOVE, SPLIT, JOIN, DELETE, INSERT_AFTER = (
    Point.Proposal.REWORD,
    Point.Proposal.MOVE,
    Point.Proposal.SPLIT,
    Point.Proposal.JOIN,
    Point.Proposal.DELETE,
    Point.Proposal.INSERT_AFTER,
)


@pytest.fixture
def place(consultation):
    return lambda quote: factories.passage_of(consultation.edition, quote)


@pytest.fixture
def save(consultation, place, seat):
    """Write at the passage with a quote, as a page does."""

    def save(quote, proposal=REWORD, text="", **values):
        return actions.save_remark(
            consultation=consultation,
            passage=place(quote),
            values=RemarkValues(proposal=proposal, proposed_text=text, **values),
            seat=seat,
            at=WHILE_OPEN,
        )

    return save


@pytest.fixture
def adopted(consultation, seat):
    """Hand everything in, take every point up word for word, and read the draft."""

    def adopted():
        draft = Submission.objects.get()
        submission = actions.hand_in(submission=draft, seat=seat, at=WHILE_OPEN)
        for point in submission.points.all():
            factories.taken_up(point)
        document = draft_of(consultation.edition.plan).consolidation.document
        return [passage.text for passage in document[2:] if not passage.fields]

    return adopted


def changes(point):
    own = (point.passage.number, point.proposal, point.proposed_text)
    further = point.further.order_by("position")
    return [own, *further.values_list("passage__number", "proposal", "proposed_text")]


def test_moved_passage_stands_behind_the_other_in_the_draft(save, place, adopted):
    save("Sprachkurse", MOVE, COURSES, target=place("Familien"))

    assert adopted() == [ADVICE, COURSES]


def test_moved_passage_may_be_reworded_on_the_way(save, place, adopted):
    save("Sprachkurse", MOVE, "Das Land fördert Kurse.", target=place("Familien"))

    assert adopted() == [ADVICE, "Das Land fördert Kurse."]


@pytest.mark.parametrize("border", ["\n\n", "\n"])
def test_split_passage_becomes_two_in_the_draft(save, adopted, border):
    save("Familien", SPLIT, f"Die Kommunen beraten.{border}Familien vor Ort kommen dran.")

    assert adopted() == [COURSES, "Die Kommunen beraten.", "Familien vor Ort kommen dran."]


def test_blank_line_in_other_words_splits_the_passage(save):
    point = save("Familien", REWORD, "Die Kommunen beraten.\n\nFamilien vor Ort.")

    assert point.proposal == SPLIT


def test_joined_passages_are_one_in_the_draft(save, adopted):
    save("Sprachkurse", JOIN)

    assert adopted() == [f"{COURSES} {ADVICE}"]


def test_inserted_words_with_a_blank_line_are_several_passages(save, adopted, consultation):
    save("Sprachkurse", INSERT_AFTER, "Kursorte\n\nEs gibt zwei.", new_kind="list_item")

    assert adopted() == [COURSES, "Kursorte", "Es gibt zwei.", ADVICE]
    document = draft_of(consultation.edition.plan).consolidation.document
    assert [each.kind for each in document[3:5]] == [Kind.LIST_ITEM, Kind.LIST_ITEM]


def test_inserted_heading_is_as_deep_as_the_one_above(save, adopted, consultation):
    save("Sprachkurse", INSERT_AFTER, "Kursorte", new_kind="heading")

    adopted()

    heading = draft_of(consultation.edition.plan).consolidation.document[3]
    assert (heading.kind, heading.level, heading.text) == (Kind.HEADING, 2, "Kursorte")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (("Sprachkurse", MOVE, "", ""), "Bitte die andere Textstelle angeben"),
        (("Sprachkurse", MOVE, "", "Sprachkurse"), "nicht hinter sich selbst"),
        (("Familien", MOVE, "", "Sprachkurse"), "steht schon hinter"),
        (("Familien", SPLIT, ADVICE, ""), "setzen Sie eine Leerzeile"),
        (("Bis 2030", SPLIT, "Bis 2030.\n\nNehmen.", ""), "Teilen lassen sich nur"),
        (("Sprache und Bildung", JOIN, "", ""), "Zusammenführen lassen sich nur Absätze"),
        (("Familien", JOIN, "", ""), "Zusammenführen lassen sich nur Absätze"),
        (("baut die Beratung", JOIN, "", ""), "Bitte die andere Textstelle angeben"),
    ],
)
def test_change_the_text_does_not_allow_is_refused(save, place, wrong, sentence):
    quote, proposal, text, target = wrong

    with pytest.raises(ValidationError, match=sentence):
        save(quote, proposal, text, target=place(target) if target else None)

    assert Point.objects.count() == 0


def test_change_that_belongs_to_another_makes_one_point_and_one_amendment(save, place, adopted):
    first = save("Sprachkurse", MOVE, target=place("Familien"), comment="Erst beraten.")

    second = save("Familien", REWORD, "Die Kommunen beraten alle.", belongs_to=first.pk)

    assert second.pk == first.pk
    assert changes(second) == [
        (place("Sprachkurse").number, "move", ""),
        (place("Familien").number, "reword", "Die Kommunen beraten alle."),
    ]
    assert adopted() == ["Die Kommunen beraten alle.", COURSES]
    amendment = Amendment.objects.get()
    assert [effect.kind for effect in effects_of(amendment)] == ["moved", "changed"]


def test_change_written_again_stays_in_its_proposal(save, place):
    first = save("Sprachkurse", DELETE)
    save("Familien", REWORD, "Erst so.", belongs_to=first.pk)

    again = save("Familien", REWORD, "Dann so.", belongs_to=first.pk)

    assert changes(again)[1] == (place("Familien").number, "reword", "Dann so.")


def test_change_that_belongs_to_another_leaves_its_reason(save):
    first = save("Sprachkurse", DELETE, comment="Doppelt.")
    save("Familien", REWORD, "Neu.", belongs_to=first.pk)

    save("Familien", REWORD, "Ganz neu.", belongs_to=first.pk, comment="")
    head = save("Sprachkurse", DELETE, comment="Steht zweimal da.")

    assert (head.pk, head.reason, len(changes(head))) == (first.pk, "Steht zweimal da.", 2)


def test_change_leaves_its_proposal_for_one_of_its_own(save):
    first = save("Sprachkurse", DELETE, comment="Doppelt.")
    save("Familien", REWORD, "Neu.", belongs_to=first.pk)

    alone = save("Familien", REWORD, "Neu.", comment="Klarer.")

    assert alone.pk != first.pk
    assert [len(changes(point)) for point in Point.objects.order_by("position")] == [1, 1]


def test_change_taken_back_leaves_the_others(save, place):
    first = save("Sprachkurse", DELETE, comment="Doppelt.")
    save("Familien", REWORD, "Neu.", belongs_to=first.pk)

    assert save("Sprachkurse", REWORD, COURSES, comment="Doppelt.") is None

    point = Point.objects.get()
    assert (changes(point), point.reason) == (
        [(place("Familien").number, "reword", "Neu.")],
        "Doppelt.",
    )


def test_take_out_change_leaves_the_others(save, place, draft, seat):
    first = save("Sprachkurse", DELETE)
    save("Familien", REWORD, "Neu.", belongs_to=first.pk)

    actions.take_out_change(
        submission=draft, passage=place("Familien"), inserts=False, seat=seat, at=WHILE_OPEN
    )

    assert changes(Point.objects.get()) == [(place("Sprachkurse").number, "delete", "")]


def test_take_out_change_of_another_organisation_is_not_allowed(save, place, draft):
    save("Sprachkurse", DELETE)

    with pytest.raises(PermissionDenied):
        actions.take_out_change(
            submission=draft,
            passage=place("Sprachkurse"),
            inserts=False,
            seat=factories.make_seat(),
            at=WHILE_OPEN,
        )


def test_change_cannot_belong_to_a_proposal_that_is_gone(save):
    with pytest.raises(ValidationError, match="gibt es nicht mehr"):
        save("Familien", DELETE, belongs_to=999)


def test_changes_that_contradict_each_other_are_refused(save, place):
    first = save("Sprachkurse", JOIN)

    with pytest.raises(ValidationError, match="widersprechen einander"):
        save("Familien", DELETE, belongs_to=first.pk)


def test_further_changes_are_frozen_with_their_point(save, draft, seat):
    first = save("Sprachkurse", DELETE)
    save("Familien", REWORD, "Neu.", belongs_to=first.pk)
    actions.hand_in(submission=draft, seat=seat, at=WHILE_OPEN)
    change = FurtherChange.objects.get()

    change.proposed_text = "Anders."
    with pytest.raises(FrozenError):
        change.save()
    with pytest.raises(FrozenError):
        FurtherChange.objects.all().delete()


def test_further_change_without_words_is_refused_by_the_database(save, place):
    point = save("Sprachkurse", DELETE)

    with pytest.raises(IntegrityError), transaction.atomic():
        FurtherChange.objects.create(
            point=point, position=1, passage=place("Familien"), proposal=REWORD
        )


def test_fingerprint_covers_every_change(save, place, draft, seat):
    first = save("Sprachkurse", MOVE, target=place("Familien"))
    save("Familien", INSERT_AFTER, "Neu.", belongs_to=first.pk)
    submission = actions.hand_in(submission=draft, seat=seat, at=WHILE_OPEN)
    points = list(submission.points.all())
    assert first_forgery() is None

    points[0].target = place("Bis 2030")
    moved_elsewhere = fingerprint(submission, points)
    points[0].target = place("Familien")
    [further] = points[0].further.all()
    points[0].__dict__["_prefetched_objects_cache"] = {"further": [further]}
    further.proposed_text = "Anders."
    worded_otherwise = fingerprint(submission, points)

    assert len({submission.sha256, moved_elsewhere, worded_otherwise}) == 3


def test_fingerprint_of_a_plain_submission_is_the_one_it_always_had(draft, seat):
    values = PointValues(kind=Point.Kind.SUGGESTION, text="Mehr Busse.")
    actions.save_point(submission=draft, values=values, seat=seat, at=WHILE_OPEN)
    submission = actions.hand_in(submission=draft, seat=seat, at=WHILE_OPEN)
    submission.organisation_name = "Verein"

    assert fingerprint(submission, submission.points.all()) == (
        "af1422c3c502fd11ea5bfe562561793fa4548962ecd53dcd9cee71c7389fd4a0"
    )


def test_record_submission_takes_proposals_over_several_passages(consultation, place):
    submission = actions.record_submission(
        consultation=consultation,
        organisation=factories.make_organisation(),
        route=Submission.Route.LETTER,
        letter="",
        points=[
            PointValues(
                kind=Point.Kind.AMENDMENT,
                passage=place("Sprachkurse"),
                proposal=DELETE,
                further=[Change(place("Familien"), REWORD, "Neu.")],
            )
        ],
        by=factories.make_secretary(),
        at=AFTER_CLOSING,
    )

    [effect, other] = effects_of(submission.points.get().amendment)
    assert (effect.kind, other.words) == ("deleted", "Neu.")


def test_receipt_carries_a_copy_of_everything(save, place, draft, seat):
    first = save("Sprachkurse", MOVE, target=place("Familien"), comment="Erst beraten.")
    save("Familien", REWORD, "Die Kommunen beraten alle.", belongs_to=first.pk)

    actions.hand_in(submission=draft, seat=seat, at=WHILE_OPEN, contact="verein@example.org")

    body = OutgoingMail.objects.get().body
    for line in (
        "1-001-01 · Änderungsvorschlag",
        f"Bisher: {COURSES}",
        "Textstelle 3, verschoben hinter Textstelle 4",
        "Textstelle 4, neuer Wortlaut: Die Kommunen beraten alle.",
        "Begründung: Erst beraten.",
    ):
        assert line in body.splitlines()
