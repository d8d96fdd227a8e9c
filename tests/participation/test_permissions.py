"""Who may write, hand in, decide, advise and see what is not published."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from mitplan.conference.models import Mandate
from mitplan.participation import permissions
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(db):
    return factories.make_organisation()


def contributor(organisation):
    return factories.make_mandate(Mandate.Kind.CONTRIBUTOR, organisation=organisation).user


def test_members_have_a_seat_from_which_they_hand_in(organisation):
    seat = permissions.drafting_seat_of(factories.make_member(organisation), organisation)

    assert (seat.role, seat.may_hand_in) == ("Mitglied", True)


def test_contributors_have_a_seat_from_which_they_only_write(organisation):
    seat = permissions.drafting_seat_of(contributor(organisation), organisation)

    assert (seat.role, seat.may_hand_in) == ("Mitwirkende", False)


def test_nobody_has_a_seat_in_a_foreign_organisation(organisation):
    with pytest.raises(PermissionDenied):
        permissions.drafting_seat_of(factories.make_member(), organisation)


def test_contributors_do_not_speak_for_their_organisation(organisation):
    assert permissions.may_speak_for(contributor(organisation), organisation) is False


def test_drafts_are_read_by_their_organisation_alone(draft, seat):
    member = factories.make_member(seat.organisation)

    assert permissions.may_read_submission(member, draft, is_open=True) is True
    assert permissions.may_read_submission(factories.make_member(), draft, is_open=True) is False
    assert permissions.may_read_submission(factories.make_secretary(), draft, is_open=True) is False
    assert permissions.may_read_submission(AnonymousUser(), draft, is_open=False) is False


def test_what_was_handed_in_is_read_by_everybody_once_the_time_is_over(consultation):
    submission = factories.make_submission(consultation)

    assert permissions.may_read_submission(AnonymousUser(), submission, is_open=False) is True


def test_what_was_handed_in_is_read_by_its_organisation_and_those_who_decide_at_once(consultation):
    submission = factories.make_submission(consultation)
    readers = [
        factories.make_member(submission.organisation),
        factories.make_secretary(),
        factories.make_department_contact(),
    ]
    strangers = [AnonymousUser(), factories.make_member()]

    seen = [
        permissions.may_read_submission(each, submission, is_open=True)
        for each in (*readers, *strangers)
    ]

    assert seen == [True, True, True, False, False]


def test_departments_see_what_is_not_published_but_do_not_decide():
    contact = factories.make_department_contact()

    assert permissions.may_see_unpublished(contact) is True
    assert permissions.may_decide(contact) is False


def test_contacts_advise_for_their_department_alone():
    department = factories.make_department()
    contact = factories.make_department_contact(department)

    assert permissions.departments_advised_for(contact) == [department]
    assert permissions.may_advise(contact, factories.make_department()) is False
