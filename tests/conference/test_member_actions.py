"""Bodies, organisations, seats and mandates: what is possible and what is refused."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mitplan.accounts.models import User
from mitplan.common.models import AuditEntry
from mitplan.conference import actions
from mitplan.conference.models import Body, Mandate, Organisation
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 6, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
TODAY = AT.date()


def give(speaks_for=None, *, by=None, **fields):
    values = {"kind": "member", "email": "neu@example.org", "name": "Neu", "begins_on": TODAY}
    return actions.give_mandate(
        speaks_for=speaks_for or factories.make_organisation(),
        **values | fields,
        by=by or factories.make_secretary(),
        at=AT,
    )


def events():
    return list(AuditEntry.objects.order_by("number").values_list("event", flat=True))


def test_found_body_and_begin_a_term(secretary):
    body = actions.found_body(
        name="Konferenz", kind=Body.Kind.CONFERENCE, begins="2026", by=secretary, at=AT
    )
    term = actions.begin_term(body=body, name="2026 bis 2031", size="über 80", by=secretary, at=AT)

    assert (term.body, term.size) == (body, "über 80")
    assert events() == ["conference.body.founded", "conference.term.begun"]


def test_found_body_with_a_name_that_is_taken_is_refused(secretary):
    factories.make_body(name="Konferenz")

    with pytest.raises(ValidationError) as refused:
        actions.found_body(name="Konferenz", kind=Body.Kind.CONFERENCE, by=secretary, at=AT)

    assert set(refused.value.message_dict) == {"name"}


def test_change_body_names_its_successor(secretary):
    body, successor = factories.make_body(), factories.make_body()

    changed = actions.change_body(
        body=body, ends="2026-05", successor=successor, by=secretary, at=AT
    )

    assert (changed.ends, changed.successor) == ("2026-05", successor)


def test_change_body_to_follow_itself_is_refused(secretary):
    body = factories.make_body()

    with pytest.raises(ValidationError, match="Teil oder Nachfolger von sich selbst"):
        actions.change_body(body=body, successor=body, by=secretary, at=AT)


@pytest.mark.parametrize(("begins", "ends"), [("2020", "2019"), ("2020-05-02", "2020-05-01")])
def test_body_and_term_do_not_end_before_they_begin(secretary, begins, ends):
    body = factories.make_body()

    with pytest.raises(ValidationError, match="liegt vor dem Beginn"):
        actions.change_body(body=body, begins=begins, ends=ends, by=secretary, at=AT)
    with pytest.raises(ValidationError, match="liegt vor dem Beginn"):
        actions.begin_term(body=body, name="I", begins=begins, ends=ends, by=secretary, at=AT)


def test_begin_term_with_a_name_that_is_taken_is_refused(secretary):
    term = factories.make_term(name="2024 bis 2029")

    with pytest.raises(ValidationError):
        actions.begin_term(body=term.body, name="2024 bis 2029", by=secretary, at=AT)


def test_add_and_change_organisation(secretary):
    added = actions.add_organisation(name="Verein", category="Sport", by=secretary, at=AT)
    changed = actions.change_organisation(
        organisation=added, email="verein@example.org", by=secretary, at=AT
    )

    assert changed.email == "verein@example.org"
    assert events() == ["conference.organisation.added", "conference.organisation.changed"]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"name": ""}, "name"),
        ({"category": ""}, "category"),
        ({"email": "keine Adresse"}, "email"),
        ({"level": "Mond"}, "level"),
    ],
)
def test_add_organisation_with_something_missing_or_wrong_is_refused(secretary, fields, where):
    values = {"name": "Verein", "category": "Sport"} | fields

    with pytest.raises(ValidationError) as refused:
        actions.add_organisation(**values, by=secretary, at=AT)

    assert set(refused.value.message_dict) == {where}
    assert list(Organisation.objects.all()) == []


def test_organisation_with_mandates_does_not_become_a_group_without_names(secretary):
    organisation = factories.make_organisation()
    factories.make_member(organisation)

    with pytest.raises(ValidationError, match="steht für eine Gruppe ohne Einzelnamen"):
        actions.change_organisation(
            organisation=organisation, is_category=True, by=secretary, at=AT
        )


def test_appoint_organisation_twice_for_a_term_is_refused(secretary):
    organisation, term = factories.make_organisation(), factories.make_term()

    actions.appoint_organisation(
        organisation=organisation, term=term, may_vote=True, by=secretary, at=AT
    )

    with pytest.raises(ValidationError, match="für diese Amtsperiode schon berufen"):
        actions.appoint_organisation(organisation=organisation, term=term, by=secretary, at=AT)


def test_give_mandate_makes_an_account_for_an_unknown_person():
    mandate = give(email="Neu@Example.org", name="Neu")

    assert (mandate.user.email, mandate.user.name) == ("neu@example.org", "Neu")


def test_give_mandate_uses_the_account_of_a_known_person():
    person = factories.make_user(email="da@example.org")

    assert give(email="DA@example.org", name="").user == person


def test_give_mandate_to_an_unknown_person_without_a_name_is_refused():
    with pytest.raises(ValidationError) as refused:
        give(name=" ")

    assert refused.value.message_dict == {
        "name": ["Diese E-Mail-Adresse ist neu. Bitte auch den Namen der Person angeben."]
    }


def test_give_mandate_to_a_closed_account_is_refused():
    factories.make_user(email="zu@example.org", is_active=False)

    with pytest.raises(ValidationError, match="Das Konto dieser Person ist geschlossen"):
        give(email="zu@example.org")


def test_give_mandate_for_a_group_without_names_is_refused_and_makes_no_account():
    group = factories.make_organisation(name="Sport (Kategorie)", is_category=True)

    with pytest.raises(ValidationError, match="«Sport \\(Kategorie\\)» steht für eine Gruppe"):
        give(group)

    assert list(User.objects.filter(email="neu@example.org")) == []


def test_give_mandate_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValidationError, match="Ende liegt vor dem Beginn"):
        give(ends_on=date(2026, 5, 5))


def test_give_the_same_mandate_twice_is_refused():
    organisation = factories.make_organisation()
    give(organisation)

    with pytest.raises(ValidationError, match="Neu hat dieses Mandat schon"):
        give(organisation)


def test_give_a_second_member_to_an_organisation_is_refused_and_makes_no_account():
    organisation = factories.make_organisation()
    give(organisation)

    with pytest.raises(ValidationError, match="Die Organisation hat schon ein Mitglied"):
        give(organisation, email="zweite@example.org")

    assert list(User.objects.filter(email="zweite@example.org")) == []


def test_give_mandate_of_a_kind_that_does_not_fit_is_refused():
    with pytest.raises(ValidationError, match="genau eine Organisation, ein Ressort oder"):
        give(factories.make_organisation(), kind="chair")


@pytest.mark.parametrize(
    ("make", "kind", "role"),
    [
        (factories.make_body, Mandate.Kind.CHAIR, "chair"),
        (factories.make_department, Mandate.Kind.DEPARTMENT_CONTACT, "department_contact"),
        (factories.make_organisation, Mandate.Kind.DEPUTY, "mandate_holder"),
    ],
)
def test_mandates_speak_for_bodies_departments_and_organisations(make, kind, role):
    assert give(make(), kind=kind).role == role


def test_end_mandate_lets_the_person_speak_until_that_day(secretary):
    mandate = give()

    ended = actions.end_mandate(mandate=mandate, ends_on=TODAY, by=secretary, at=AT)

    assert ended.ends_on == TODAY
    assert list(Mandate.objects.active(TODAY)) == [mandate]


def test_end_mandate_twice_is_refused(secretary):
    mandate = actions.end_mandate(mandate=give(), ends_on=TODAY, by=secretary, at=AT)

    with pytest.raises(ValidationError, match="schon beendet"):
        actions.end_mandate(mandate=mandate, ends_on=TODAY, by=secretary, at=AT)


def test_end_mandate_before_it_began_is_refused(secretary):
    with pytest.raises(ValidationError, match="Ende liegt vor dem Beginn"):
        actions.end_mandate(mandate=give(), ends_on=date(2026, 5, 5), by=secretary, at=AT)


@pytest.mark.parametrize(
    "act",
    [
        lambda by: actions.found_body(name="K", kind="council", by=by, at=AT),
        lambda by: actions.change_body(body=factories.make_body(), by=by, at=AT),
        lambda by: actions.begin_term(body=factories.make_body(), name="I", by=by, at=AT),
        lambda by: actions.add_organisation(name="V", category="S", by=by, at=AT),
        lambda by: actions.change_organisation(
            organisation=factories.make_organisation(), by=by, at=AT
        ),
        lambda by: actions.appoint_organisation(
            organisation=factories.make_organisation(), term=factories.make_term(), by=by, at=AT
        ),
        lambda by: give(by=by),
        lambda by: actions.end_mandate(
            mandate=factories.make_mandate(
                Mandate.Kind.MEMBER, organisation=factories.make_organisation()
            ),
            ends_on=TODAY,
            by=by,
            at=AT,
        ),
    ],
)
def test_only_the_secretariat_keeps_members(act):
    with pytest.raises(PermissionDenied):
        act(factories.make_member())

    assert events() == []


def test_demonstration_adds_only_what_is_marked_as_invented():
    by = factories.make_user("secretariat", is_demonstration=True)

    organisation = actions.add_organisation(name="Verein", category="Sport", by=by, at=AT)

    assert organisation.is_demonstration
    with pytest.raises(ValidationError, match="kann keine Quelle haben"):
        actions.add_organisation(
            name="Anderer", category="Sport", source="https://example.org", by=by, at=AT
        )


def test_demonstration_touches_no_sourced_member_nor_person():
    by = factories.make_user("secretariat", is_demonstration=True)
    real = factories.make_organisation(is_demonstration=False)
    factories.make_user(email="echt@example.org")

    with pytest.raises(ValidationError, match="belegte Angaben nicht ändern"):
        actions.change_organisation(organisation=real, place="Mond", by=by, at=AT)
    with pytest.raises(ValidationError, match="belegte Angaben nicht ändern"):
        give(email="echt@example.org", by=by)
