"""The store of topics: open at all times, confirmed by mail, taken into the next round."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mitplan.common.models import OutgoingMail
from mitplan.participation import actions
from mitplan.participation.actions import AudienceValues, Sender, SuggestionValues
from mitplan.participation.models import Audience, Point, Submission, Suggestion
from mitplan.participation.queries import suggestions
from tests import factories
from tests.factories import AFTER_CLOSING, LONG_AGO, OPENED, WHILE_OPEN

pytestmark = pytest.mark.django_db

SENDER = Sender("frau.muster@example.org", "Frau Muster")
WORDS = "Mehr Busse am Abend."


@pytest.fixture
def edition(db):
    return factories.make_public_edition()


@pytest.fixture
def secretary(db):
    return factories.make_secretary()


def values(edition):
    return SuggestionValues(edition.plan, WORDS, factories.passage_of(edition, "Familien"))


def sent(edition, consultation=None, at=WHILE_OPEN, sender=SENDER, place="192.0.2.1"):
    return actions.send_suggestion(
        values=values(edition), sender=sender, place=place, consultation=consultation, at=at
    )


def prepared_round(edition, secretary):
    return actions.prepare_consultation(
        edition=edition,
        title="Nächste Runde",
        audiences=[
            AudienceValues(kind, factories.OPENS_ON, factories.CLOSES_ON)
            for kind in (Audience.Kind.CONFERENCE, Audience.Kind.PUBLIC)
        ],
        by=secretary,
        at=LONG_AGO,
    )


def open_round(edition, secretary):
    prepared = prepared_round(edition, secretary)
    return actions.open_consultation(consultation=prepared, by=secretary, at=OPENED)


def test_suggestion_with_a_mandate_is_numbered_at_once_and_confirmed_by_mail(edition):
    seat = factories.make_seat()

    kept = actions.hand_in_suggestion(values=values(edition), seat=seat, at=LONG_AGO)

    assert (kept.number, kept.organisation_name) == ("V-0001", seat.organisation.name)
    assert kept.sha256 == suggestions.suggestion_fingerprint(kept)
    mail = OutgoingMail.objects.get()
    assert mail.subject == "Eingang Ihres Vorschlags V-0001"
    assert WORDS in mail.body


def test_suggestion_of_a_person_counts_only_once_it_is_confirmed(edition):
    kept = sent(edition)

    assert not suggestions.stored().exists()
    key = suggestions.key_of(kept)
    assert f"/vorschlagen/bestaetigen/{key}/" in OutgoingMail.objects.get().body
    actions.confirm_suggestion(suggestion=suggestions.suggestion_by_key(key), at=WHILE_OPEN)
    actions.confirm_suggestion(suggestion=kept, at=AFTER_CLOSING)

    [row] = suggestions.store_rows()
    assert (row.number, row.who, row.text) == ("V-0001", "eine Person", WORDS)


def test_name_of_a_person_is_public_only_with_consent(edition):
    shy = sent(edition)
    proud = sent(edition, sender=Sender("a@example.org", "Frau Muster", is_name_public=True))

    assert suggestions.public_name(shy) == "eine Person"
    assert suggestions.public_name(proud) == "Frau Muster"


@pytest.mark.parametrize("key", ["", "x", "W10:1abc:def"])
def test_wrong_key_leads_nowhere(db, key):
    assert suggestions.suggestion_by_key(key) is None


def test_key_expires(edition, time_machine):
    time_machine.move_to(WHILE_OPEN)
    key = suggestions.key_of(sent(edition))
    time_machine.move_to(WHILE_OPEN + timedelta(days=8))

    assert suggestions.suggestion_by_key(key) is None


def test_unconfirmed_are_deleted_in_time_and_the_others_stay(edition):
    sent(edition, at=LONG_AGO)
    young = sent(edition, at=WHILE_OPEN)
    kept = actions.confirm_suggestion(suggestion=sent(edition, at=LONG_AGO), at=LONG_AGO)

    counts = [actions.discard_unconfirmed(at=WHILE_OPEN + timedelta(days=1)) for _run in range(2)]

    assert counts == [1, 0]
    assert set(Suggestion.objects.values_list("pk", flat=True)) == {young.pk, kept.pk}


def test_flood_from_one_place_or_address_is_refused(edition):
    for number in range(10):
        sent(edition, sender=Sender(f"p{number}@example.org"), place="192.0.2.7")
    with pytest.raises(ValidationError, match="sehr viele Vorschläge"):
        sent(edition, sender=Sender("p11@example.org"), place="192.0.2.7")

    for number in range(5):
        sent(edition, sender=Sender("same@example.org"), place=f"192.0.2.{100 + number}")
    with pytest.raises(ValidationError, match="sehr viele Vorschläge"):
        sent(edition, sender=Sender("Same@example.org"), place="192.0.2.200")


def test_suggestion_longer_than_allowed_is_refused(edition):
    with pytest.raises(ValidationError):
        actions.send_suggestion(
            values=SuggestionValues(edition.plan, "x" * 4001),
            sender=SENDER,
            place="192.0.2.1",
            at=WHILE_OPEN,
        )


def test_public_suggestion_to_an_open_round_is_a_submission_once_confirmed(edition, secretary):
    consultation = open_round(edition, secretary)

    kept = actions.confirm_suggestion(suggestion=sent(edition, consultation), at=WHILE_OPEN)

    submission = Submission.objects.get()
    assert (submission.route, submission.organisation_name) == ("store", "eine Person")
    assert submission.organisation.name == "Öffentlichkeit (Demonstration)"
    assert kept.point == submission.points.get()
    assert kept.point.number == f"{consultation.number}-001-01"
    assert not suggestions.stored().exists()


def test_second_public_suggestion_stands_beside_the_first(edition, secretary):
    consultation = open_round(edition, secretary)

    for address in ("a@example.org", "b@example.org"):
        kept = sent(edition, consultation, sender=Sender(address))
        actions.confirm_suggestion(suggestion=kept, at=WHILE_OPEN)

    assert Submission.objects.count() == 2


def test_suggestion_confirmed_after_the_last_day_goes_into_the_store(edition, secretary):
    kept = sent(edition, open_round(edition, secretary))

    actions.confirm_suggestion(suggestion=kept, at=AFTER_CLOSING)

    assert suggestions.waiting().get() == kept
    assert not Submission.objects.exists()


def test_suggestion_to_a_round_that_is_not_public_is_refused(edition):
    consultation = factories.make_consultation(edition)

    with pytest.raises(ValidationError, match="nicht für die Öffentlichkeit offen"):
        sent(edition, consultation)


def test_taken_suggestion_becomes_a_point_when_the_round_is_opened(edition, secretary):
    seat = factories.make_seat()
    kept = actions.hand_in_suggestion(values=values(edition), seat=seat, at=LONG_AGO)
    consultation = prepared_round(edition, secretary)

    actions.take_suggestions(
        consultation=consultation, suggestions=[kept], by=secretary, at=LONG_AGO
    )
    assert not Point.objects.exists()
    actions.open_consultation(consultation=consultation, by=secretary, at=OPENED)

    kept.refresh_from_db()
    assert (kept.point.text, kept.point.submission.organisation) == (WORDS, seat.organisation)
    assert kept.point.passage == kept.passage


def test_organisation_writes_its_own_submission_beside_what_was_taken_in(edition, secretary):
    seat = factories.make_seat()
    kept = actions.hand_in_suggestion(values=values(edition), seat=seat, at=LONG_AGO)
    consultation = open_round(edition, secretary)
    actions.take_suggestions(
        consultation=consultation, suggestions=[kept], by=secretary, at=WHILE_OPEN
    )

    own = factories.make_submission(consultation, organisation=seat.organisation)

    assert own.route == Submission.Route.ONLINE


def test_taking_twice_changes_nothing(edition, secretary):
    kept = actions.hand_in_suggestion(
        values=values(edition), seat=factories.make_seat(), at=LONG_AGO
    )
    consultation = open_round(edition, secretary)

    counts = [
        len(
            actions.take_suggestions(
                consultation=consultation, suggestions=[kept], by=secretary, at=WHILE_OPEN
            )
        )
        for _run in range(2)
    ]

    assert counts == [1, 0]


def test_taking_by_a_member_is_refused(edition, secretary):
    with pytest.raises(PermissionDenied):
        actions.take_suggestions(
            consultation=prepared_round(edition, secretary),
            suggestions=[],
            by=factories.make_member(),
            at=LONG_AGO,
        )


def test_withdrawn_suggestion_keeps_its_number_and_shows_no_words(edition, secretary):
    kept = actions.hand_in_suggestion(
        values=values(edition), seat=factories.make_seat(), at=LONG_AGO
    )

    actions.withdraw_suggestion(suggestion=kept, by=secretary, reason="Versehen.", at=WHILE_OPEN)

    [row] = suggestions.store_rows()
    assert (row.number, row.text, row.state) == ("V-0001", "", ("withdrawn", "zurückgezogen"))
    assert not suggestions.waiting().exists()
