"""Who acts for an organisation: one member on any day, deputies on their days, colleagues by invitation."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from mitplan.accounts.models import User
from mitplan.common.models import OutgoingMail
from mitplan.conference import actions
from mitplan.conference.models import ColleagueInvitation, Delegation, Mandate
from mitplan.conference.permissions import speaks_for
from tests import factories
from tests.factories import BERLIN

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=BERLIN)
TODAY = NOW.date()
KIND = Mandate.Kind
ADDRESS = "kollegin@example.org"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def organisation(db):
    return factories.make_organisation(email="info@example.org")


@pytest.fixture
def member(organisation):
    return factories.make_member(organisation)


@pytest.fixture
def deputy(organisation):
    return factories.make_mandate(KIND.DEPUTY, organisation=organisation)


def delegated(deputy, by, cause=Delegation.Cause.DELEGATED, begins=TODAY, ends=TODAY):
    return actions.delegate(
        deputy=deputy, begins_on=begins, ends_on=ends, cause=cause, by=by, at=NOW
    )


def invited(organisation, by, email=ADDRESS, kind=KIND.CONTRIBUTOR):
    return actions.invite_colleague(
        organisation=organisation, kind=kind, email=email, by=by, at=NOW
    )


def speaks(mandate):
    """Ask afresh: what a person may do is read once per request."""
    return speaks_for(User.objects.get(pk=mandate.user_id), mandate.organisation)


def test_deputy_acts_where_there_is_no_member(deputy):
    assert speaks(deputy)


def test_deputy_acts_beside_a_member_only_on_the_days_on_record(deputy, member):
    assert not speaks(deputy)

    delegated(deputy, member, begins=TODAY + timedelta(days=1), ends=TODAY + timedelta(days=2))
    assert not speaks(deputy)
    delegation = delegated(deputy, member)
    assert speaks(deputy)
    actions.revoke_delegation(delegation=delegation, by=member, at=NOW)
    assert not speaks(deputy)


def test_deputy_may_note_that_the_member_is_absent_but_not_delegate_to_itself(deputy, member):
    with pytest.raises(PermissionDenied):
        delegated(deputy, deputy.user)

    delegated(deputy, deputy.user, Delegation.Cause.ABSENT)

    assert speaks(deputy)


def test_contributor_cannot_stand_in(organisation, member):
    contributor = factories.make_mandate(KIND.CONTRIBUTOR, organisation=organisation)

    with pytest.raises(ValidationError, match="als Vertretung eingetragen"):
        delegated(contributor, member)


def test_mandate_for_one_body_does_not_speak_in_consultations(organisation):
    mandate = factories.make_mandate(KIND.MEMBER, organisation=organisation)
    Mandate.objects.filter(pk=mandate.pk).update(scope_body=factories.make_body())

    assert not speaks(mandate)


def test_mandate_names_its_act_and_scope_in_one_line(organisation):
    mandate = actions.give_mandate(
        speaks_for=organisation,
        kind=KIND.MEMBER,
        email="neu@example.org",
        name="Frau Neu",
        begins_on=date(2026, 1, 1),
        act="Schreiben des Vorstands, Az. 12",
        acted_on=date(2025, 12, 15),
        scope_field="Sprache und Bildung",
        by=factories.make_secretary(),
        at=NOW,
    )

    assert mandate.spelled_out == (
        "Mitglied seit 01.01.2026; Schreiben des Vorstands, Az. 12 (15.12.2025); "
        "Sprache und Bildung"
    )


def test_invitation_is_accepted_once_and_gives_the_person_an_account(organisation, member):
    invitation = invited(organisation, member)
    assert invitation.get_absolute_url() in OutgoingMail.objects.get().body

    actions.accept_colleague(invitation=invitation, name="Frau Neu", at=NOW)

    mandate = Mandate.objects.get(user__email=ADDRESS)
    assert (mandate.kind, mandate.act) == (
        KIND.CONTRIBUTOR,
        "benannt durch die Organisation selbst",
    )
    with pytest.raises(ValidationError, match="schon angenommen"):
        actions.accept_colleague(invitation=invitation, name="Frau Neu", at=NOW)


def test_invitation_taken_back_or_too_old_opens_nothing(organisation, member):
    old = invited(organisation, member)
    with pytest.raises(ValidationError, match="gilt nicht mehr"):
        actions.accept_colleague(invitation=old, name="Frau Neu", at=NOW + timedelta(days=20))

    actions.revoke_colleague(invitation=old, by=member, at=NOW)

    with pytest.raises(ValidationError, match="gilt nicht mehr"):
        actions.accept_colleague(invitation=old, name="Frau Neu", at=NOW)
    assert not User.objects.filter(email=ADDRESS).exists()


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("Info@example.org", "gemeinsame Adresse"),
        ("schon@example.org", "schon ein Mandat"),
        (ADDRESS, "schon eingeladen"),
    ],
)
def test_shared_address_or_the_same_one_twice_is_refused(organisation, member, email, sentence):
    factories.make_mandate(
        KIND.CONTRIBUTOR,
        organisation=organisation,
        user=factories.make_user(email="schon@example.org"),
    )
    invited(organisation, member)

    with pytest.raises(ValidationError, match=sentence):
        invited(organisation, member, email)


def test_contributor_or_stranger_invites_nobody(organisation, member):
    contributor = factories.make_mandate(KIND.CONTRIBUTOR, organisation=organisation).user

    for person in (contributor, factories.make_member()):
        with pytest.raises(PermissionDenied):
            invited(organisation, person)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def test_member_delegates_and_invites_on_the_page_of_the_team(organisation, member, deputy):
    client = client_of(member)
    address = reverse("conference:team", args=[organisation.pk])

    assert "Vertretung eintragen" in client.get(address).text
    client.post(
        address,
        {
            "vertreten": "1",
            "vertretung-deputy": deputy.pk,
            "vertretung-cause": "delegated",
            "vertretung-begins_on": "2026-03-10",
            "vertretung-ends_on": "2026-03-12",
        },
    )
    client.post(
        address,
        {"einladen": "1", "einladung-email": ADDRESS, "einladung-kind": "contributor"},
    )

    page = client.get(address).text
    assert "10. März 2026 bis 12. März 2026 (übertragen" in page
    assert ADDRESS in page
    client.post(reverse("conference:revoke_delegation", args=[Delegation.objects.get().pk]))
    client.post(reverse("conference:revoke_colleague", args=[ColleagueInvitation.objects.get().pk]))
    page = client.get(address).text
    assert "zurückgenommen am 10. März 2026" in page
    assert ADDRESS not in page


def test_stranger_does_not_see_the_team(organisation):
    client = client_of(factories.make_member())

    assert client.get(reverse("conference:team", args=[organisation.pk])).status_code == 403


def test_link_opens_one_task_and_leads_to_signing_in(organisation, member):
    invitation = invited(organisation, member)
    visitor = Client()

    assert "Einladung annehmen" in visitor.get(invitation.get_absolute_url()).text
    assert visitor.post(invitation.get_absolute_url(), {"name": ""}).status_code == 422
    page = visitor.post(invitation.get_absolute_url(), {"name": "Frau Neu"}).text

    assert f"Melden Sie sich mit {ADDRESS} an." in page
    wrong = reverse("conference:accept_colleague", args=[invitation.pk, "falsch"])
    assert visitor.get(wrong).status_code == 404


spans = st.lists(
    st.tuples(st.integers(0, 40), st.one_of(st.none(), st.integers(0, 20))), max_size=6
)


@given(spans)
@settings(max_examples=25, deadline=None)
def test_one_active_holder_per_mandate_and_date(wanted):
    first = date(2026, 1, 1)
    with transaction.atomic():
        organisation, by = factories.make_organisation(), factories.make_secretary()
        by.is_demonstration = True
        for number, (begins, length) in enumerate(wanted):
            begins_on = first + timedelta(days=begins)
            try:
                actions.give_mandate(
                    speaks_for=organisation,
                    kind=KIND.MEMBER,
                    email=f"mitglied{number}@example.org",
                    name="Mitglied",
                    begins_on=begins_on,
                    ends_on=None if length is None else begins_on + timedelta(days=length),
                    by=by,
                    at=NOW,
                )
            except ValidationError:
                continue
        counts = [
            organisation.mandates.active(first + timedelta(days=day)).count() for day in range(70)
        ]
        transaction.set_rollback(True)

    assert max(counts) <= 1
