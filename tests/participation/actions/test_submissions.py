"""Drafting, handing in, recording, withdrawing."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mitplan.common.models import OutgoingMail
from mitplan.core.text import amendments as core
from mitplan.participation import actions
from mitplan.participation.actions import PointValues
from mitplan.participation.models import Point, Submission
from mitplan.participation.permissions import Seat
from tests import factories
from tests.factories import AFTER_CLOSING, LONG_AGO, WHILE_OPEN

pytestmark = pytest.mark.django_db

SUGGESTION = PointValues(kind=Point.Kind.SUGGESTION, text="Mehr Busse.")


def save(draft, seat, values=SUGGESTION, **more):
    return actions.save_point(
        submission=draft, values=values, seat=seat, at=more.pop("at", WHILE_OPEN), **more
    )


def hand_in(draft, seat, **more):
    return actions.hand_in(submission=draft, seat=seat, at=more.pop("at", WHILE_OPEN), **more)


def test_begin_submission_returns_the_same_draft_again(consultation, seat, draft):
    again = actions.begin_submission(consultation=consultation, seat=seat, at=WHILE_OPEN)

    assert again == draft


@pytest.mark.parametrize(
    ("opened", "at", "sentence"),
    [(False, LONG_AGO, "noch nicht eröffnet"), (True, AFTER_CLOSING, "Die Frist ist abgelaufen")],
)
def test_begin_submission_outside_the_window_is_refused(seat, opened, at, sentence):
    consultation = factories.make_consultation(opened=opened)

    with pytest.raises(ValidationError, match=sentence):
        actions.begin_submission(consultation=consultation, seat=seat, at=at)


def test_begin_submission_after_handing_in_names_day_and_number(consultation):
    submission = factories.make_submission(consultation)
    seat = factories.make_seat(submission.organisation)

    with pytest.raises(
        ValidationError, match=r"am 10\. März 2026 schon abgegeben \(Nummer 1-001\)"
    ):
        actions.begin_submission(consultation=consultation, seat=seat, at=WHILE_OPEN)


def test_save_point_keeps_its_place_when_written_anew(draft, seat):
    point = save(draft, seat)
    save(draft, seat)

    save(draft, seat, PointValues(kind=Point.Kind.QUESTION, text="Wann?"), point=point)

    written = draft.points.order_by("position").values_list("position", "text")
    assert list(written) == [(1, "Wann?"), (2, "Mehr Busse.")]


def test_save_point_that_says_nothing_is_refused(draft, seat):
    with pytest.raises(ValidationError, match="Anliegen oder einen Wortlaut"):
        save(draft, seat, PointValues(kind=Point.Kind.SUGGESTION, text="  "))


def test_save_point_with_a_wording_for_no_passage_is_refused(draft, seat):
    homeless = PointValues(
        kind=Point.Kind.AMENDMENT, proposal=Point.Proposal.REWORD, proposed_text="Neu"
    )

    with pytest.raises(ValidationError, match="Ein Wortlaut braucht eine Textstelle"):
        save(draft, seat, homeless)


def test_save_point_in_a_foreign_draft_is_not_allowed(draft):
    with pytest.raises(PermissionDenied):
        save(draft, factories.make_seat())


def test_save_point_after_the_end_is_refused_and_nothing_changes(draft, seat):
    with pytest.raises(ValidationError, match="Ihr Entwurf bleibt erhalten"):
        save(draft, seat, at=AFTER_CLOSING)

    assert draft.points.count() == 0


def test_save_point_after_handing_in_is_refused(draft, seat):
    save(draft, seat)
    hand_in(draft, seat)

    with pytest.raises(ValidationError, match="ist abgegeben und lässt sich nicht mehr ändern"):
        save(draft, seat)


def test_remove_point_takes_it_out_of_the_draft(draft, seat):
    point = save(draft, seat)

    actions.remove_point(point=point, seat=seat, at=WHILE_OPEN)

    assert draft.points.count() == 0


def test_remove_point_of_a_foreign_draft_is_not_allowed(draft, seat):
    point = save(draft, seat)

    with pytest.raises(PermissionDenied):
        actions.remove_point(point=point, seat=factories.make_seat(), at=WHILE_OPEN)


def test_save_no_remark_can_be_taken_back(draft, seat, consultation):
    passage = factories.passage_of(consultation.edition, "Familien")
    note = {"submission": draft, "passage": passage, "seat": seat, "at": WHILE_OPEN}
    actions.save_no_remark(holds=True, **note)
    actions.save_no_remark(holds=True, **note)

    assert draft.no_remarks.count() == 1

    actions.save_no_remark(holds=False, **note)

    assert draft.no_remarks.count() == 0


def test_hand_in_numbers_the_submission_and_its_points(draft, seat):
    save(draft, seat)
    save(draft, seat)

    submission = hand_in(draft, seat)

    assert submission.number == "1-001"
    numbers = submission.points.order_by("position").values_list("number", flat=True)
    assert list(numbers) == ["1-001-01", "1-001-02"]
    assert len(submission.sha256) == 64


def test_hand_in_turns_a_wording_into_operations_on_the_edition(draft, seat, consultation):
    save(draft, seat, factories.amendment_values(consultation.edition))

    point = hand_in(draft, seat).points.get()

    [hunk] = core.operations_from_json(point.amendment.operations)
    assert "".join(hunk.new) == " und am Abend"


def test_hand_in_a_wording_that_changes_nothing_is_refused(draft, seat, consultation):
    same = PointValues(
        kind=Point.Kind.AMENDMENT,
        passage=factories.passage_of(consultation.edition, "Familien"),
        proposal=Point.Proposal.REWORD,
        proposed_text="Die Kommunen beraten Familien vor Ort.",
    )
    save(draft, seat, same)

    with pytest.raises(ValidationError, match="gleicht der vorgeschlagene Wortlaut dem bisherigen"):
        hand_in(draft, seat)

    draft.refresh_from_db()
    assert (draft.number, draft.received_at) == (None, None)


def test_hand_in_an_empty_draft_is_refused(draft, seat):
    with pytest.raises(ValidationError, match="noch leer"):
        hand_in(draft, seat)


def test_hand_in_without_remarks_is_an_answer(draft, seat):
    submission = hand_in(draft, seat, has_no_remarks=True)

    assert (submission.number, submission.has_no_remarks) == ("1-001", True)


def test_hand_in_twice_keeps_the_first(draft, seat):
    save(draft, seat)
    first = hand_in(draft, seat)

    with pytest.raises(ValidationError, match="Es gilt die erste Abgabe"):
        hand_in(draft, seat)

    assert Submission.objects.get().received_at == first.received_at


def test_hand_in_after_the_end_is_refused(draft, seat):
    save(draft, seat)

    with pytest.raises(ValidationError, match="Die Frist ist abgelaufen"):
        hand_in(draft, seat, at=AFTER_CLOSING)


def test_hand_in_a_foreign_draft_is_not_allowed(draft):
    with pytest.raises(PermissionDenied):
        hand_in(draft, factories.make_seat())


def test_hand_in_by_a_contributor_is_not_allowed(draft, seat):
    contributor = Seat(seat.organisation, None, "Mitwirkung", may_hand_in=False)
    save(draft, contributor)

    with pytest.raises(PermissionDenied):
        hand_in(draft, contributor)


def test_hand_in_sends_the_receipt_to_the_address_given(draft, seat):
    save(draft, seat)

    submission = hand_in(draft, seat, contact="vorstand@example.org")

    receipt = OutgoingMail.objects.get()
    assert receipt.to == "vorstand@example.org"
    assert submission.sha256 in receipt.body


def record(consultation, secretary, **changes):
    defaults = {
        "consultation": consultation,
        "organisation": factories.make_organisation(),
        "route": Submission.Route.LETTER,
        "letter": "Sehr geehrte Damen und Herren",
        "points": [SUGGESTION, factories.amendment_values(consultation.edition)],
        "by": secretary,
        "at": WHILE_OPEN,
    }
    return actions.record_submission(**defaults | changes)


def test_record_submission_takes_letter_and_points_in(consultation, secretary):
    submission = record(consultation, secretary)

    assert submission.points.count() == 2
    assert (submission.route, submission.is_late) == ("letter", False)


def test_record_submission_after_the_end_is_marked_late(consultation, secretary):
    assert record(consultation, secretary, at=AFTER_CLOSING).is_late is True


def test_record_submission_with_a_wrong_point_keeps_nothing(consultation, secretary):
    with pytest.raises(ValidationError, match="Anliegen oder einen Wortlaut"):
        record(
            consultation,
            secretary,
            points=[SUGGESTION, PointValues(kind=Point.Kind.SUGGESTION)],
        )

    assert Submission.objects.count() == 0


def test_record_submission_by_a_member_is_not_allowed(consultation):
    with pytest.raises(PermissionDenied):
        record(consultation, factories.make_member())


def test_withdraw_submission_leaves_number_and_address(consultation):
    submission = factories.make_submission(consultation)
    seat = factories.make_seat(submission.organisation)

    actions.withdraw_submission(submission=submission, seat=seat, at=WHILE_OPEN)

    point = submission.points.get()
    assert (point.number, point.withdrawn_at) == ("1-001-01", WHILE_OPEN)


def test_withdraw_submission_makes_room_for_another(consultation):
    submission = factories.make_submission(consultation)
    seat = factories.make_seat(submission.organisation)
    actions.withdraw_submission(submission=submission, seat=seat, at=WHILE_OPEN)

    another = factories.make_submission(consultation, organisation=submission.organisation)

    assert another.number == "1-002"


def test_withdraw_submission_twice_is_refused(consultation):
    submission = factories.make_submission(consultation)
    seat = factories.make_seat(submission.organisation)
    actions.withdraw_submission(submission=submission, seat=seat, at=WHILE_OPEN)

    with pytest.raises(ValidationError, match="schon zurückgezogen"):
        actions.withdraw_submission(submission=submission, seat=seat, at=WHILE_OPEN)


def test_withdraw_submission_with_a_decided_point_is_refused(consultation):
    point = factories.declined(factories.make_point(consultation))
    seat = factories.make_seat(point.submission.organisation)

    with pytest.raises(ValidationError, match="schon entschieden"):
        actions.withdraw_submission(submission=point.submission, seat=seat, at=AFTER_CLOSING)


def test_withdraw_a_draft_is_refused(draft, seat):
    with pytest.raises(ValidationError, match="noch nicht abgegeben"):
        actions.withdraw_submission(submission=draft, seat=seat, at=WHILE_OPEN)


def test_withdraw_a_foreign_submission_is_not_allowed(consultation):
    submission = factories.make_submission(consultation)

    with pytest.raises(PermissionDenied):
        actions.withdraw_submission(
            submission=submission, seat=factories.make_seat(), at=WHILE_OPEN
        )


def test_letter_beside_a_draft_is_refused_while_its_author_can_still_write(secretary):
    consultation = factories.make_consultation()
    seat = factories.make_seat()
    actions.begin_submission(consultation=consultation, seat=seat, at=WHILE_OPEN)

    with pytest.raises(ValidationError, match="schreibt selbst an einem Entwurf"):
        record_letter(consultation, seat.organisation, secretary, WHILE_OPEN)


def test_letter_beside_a_draft_that_missed_the_deadline_is_recorded_and_the_draft_stays(secretary):
    consultation = factories.make_consultation()
    seat = factories.make_seat()
    draft = actions.begin_submission(consultation=consultation, seat=seat, at=WHILE_OPEN)

    letter = record_letter(consultation, seat.organisation, secretary, AFTER_CLOSING)

    draft.refresh_from_db()
    assert (letter.number, letter.is_late) == ("1-001", True)
    assert (draft.number, draft.received_at) == (None, None)


def test_letter_after_the_results_is_sent_to_the_store_of_topics(secretary):
    consultation = factories.make_consultation()
    consultation = actions.publish_results(
        consultation=consultation, by=secretary, at=AFTER_CLOSING
    )
    organisation = factories.make_organisation()

    with pytest.raises(ValidationError, match="Themenspeicher"):
        record_letter(consultation, organisation, secretary, AFTER_CLOSING)


@pytest.mark.parametrize("name", ["text", "reason", "proposed_text"])
def test_null_signs_are_refused_on_every_database(name):
    consultation = factories.make_consultation()
    seat = factories.make_seat()
    draft = actions.begin_submission(consultation=consultation, seat=seat, at=WHILE_OPEN)
    values = replace(factories.amendment_values(consultation.edition), **{name: "Null\x00zeichen"})

    with pytest.raises(ValidationError, match="Nullzeichen"):
        actions.save_point(submission=draft, values=values, seat=seat, at=WHILE_OPEN)


def record_letter(consultation, organisation, by, at):
    return actions.record_submission(
        consultation=consultation,
        organisation=organisation,
        route=Submission.Route.LETTER,
        letter="Guten Tag",
        points=[],
        by=by,
        at=at,
    )
