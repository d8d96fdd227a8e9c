"""Adoption: the gates one by one, the override, and the page that stays."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from mitplan.common.models import AuditEntry
from mitplan.participation import actions as participation
from mitplan.participation.models import Point
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Edition, Origin
from mitplan.publishing import actions
from mitplan.publishing.models import Adoption
from mitplan.publishing.policies import GateCode
from mitplan.publishing.queries.gates import readiness
from tests import factories
from tests.publishing.test_reader import text_of
from tests.reading import rows_of

pytestmark = pytest.mark.django_db

PAGE = "/plan/musterplan/beschluss/"
TODAY = date(2026, 6, 1)


def missing(plan, today=TODAY):
    """What each gate that is closed asks for."""
    return {
        gate.code: [each.text for each in gate.missing]
        for gate in readiness(plan, today).gates
        if gate.missing
    }


def adopt(plan, **more):
    return actions.adopt(
        plan=plan,
        title="Beschlossener Plan",
        dated_on=TODAY,
        adopted_as="Kabinett",
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
        **more,
    )


def edit(edition, quote, text, **more):
    values = {"proposal": Point.Proposal.REWORD, "text": text, "reason": "Klarer"}
    values |= {"kind": Origin.Kind.EDITORIAL} | more
    return actions.edit_passage(
        base=edition,
        passage=factories.passage_of(edition, quote),
        values=actions.EditValues(**values),
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )


def test_all_gates_are_open_when_everything_is_decided_and_carried_out(consulted):
    assert missing(consulted.edition.plan) == {}


def test_gate_consulted_without_a_consultation_for_the_full_time(db):
    edition = factories.make_edition()

    assert missing(edition.plan) == {
        GateCode.CONSULTED: [
            "Keine Fassung dieses Plans lag der Konferenz für die volle Frist vor."
        ]
    }


def test_gate_consulted_stays_closed_while_the_window_is_open(consulted):
    assert list(missing(consulted.edition.plan, factories.CLOSES_ON)) == [GateCode.CONSULTED]


def test_gate_decided_names_each_point_without_a_decision(consulted):
    point = Point.objects.get(number="1-001-02")
    participation.reopen_point(
        point=point, by=factories.make_secretary(), at=factories.AFTER_CLOSING
    )

    assert missing(consulted.edition.plan) == {
        GateCode.DECIDED: ["Anliegen 1-001-02 ist nicht entschieden."]
    }


def test_gate_carried_out_names_points_whose_words_are_not_in_the_text(consulted):
    point = Point.objects.get(number="1-001-01")
    plan_actions.take_back_acceptances(
        origin=point.origin, by=factories.make_secretary(), at=factories.AFTER_CLOSING
    )

    assert missing(consulted.edition.plan) == {
        GateCode.CARRIED_OUT: [
            "Anliegen 1-001-01 gilt als übernommen, hat aber keinen Text geändert."
        ]
    }


def test_gate_settled_names_the_passages_where_changes_contradict(consulted):
    edit(consulted.edition, "Sprachkurse", "Das Land fördert Sprachkurse am Vormittag und online.")

    gates = missing(consulted.edition.plan)

    assert gates[GateCode.SETTLED] == ["An Textstelle 3 widersprechen sich Änderungen."]


def test_gate_origins_asks_for_a_public_reason(consulted):
    resolution = factories.make_resolution(decided_on=date(2020, 1, 1))
    edit(
        consulted.edition,
        "Familien",
        "Die Kommunen beraten Familien gern vor Ort.",
        kind=Origin.Kind.RESOLUTION,
        resolution=resolution,
        reason="",
    )

    assert missing(consulted.edition.plan)[GateCode.ORIGINS] == [
        "Textstelle 4 ist ohne öffentliche Begründung geändert."
    ]


def test_resolution_after_the_opening_counts_as_participation(consulted):
    edit(
        consulted.edition,
        "Familien",
        "Die Kommunen beraten Familien gern vor Ort.",
        kind=Origin.Kind.RESOLUTION,
        resolution=factories.make_resolution(),
        reason="",
    )

    assert missing(consulted.edition.plan) == {}
    assert readiness(consulted.edition.plan, TODAY).after_participation == ()


def test_gate_threshold_names_goals_and_measures_changed_without_participation(consulted):
    edit(consulted.edition, "Kitas", "Das Land baut die Beratung in den Kitas stark aus.")

    assert missing(consulted.edition.plan)[GateCode.THRESHOLD] == [
        "Textstelle 6 ist ein Ziel oder eine Maßnahme und wurde ohne Beteiligung geändert.",
        "Ohne Beteiligung geändert sind 1 von 40 Wörtern.",
    ]


def test_editorial_change_passes_all_gates(consulted):
    edit(consulted.edition, "Familien", "Die Kommunen beraten Familien vor Ort")

    assert missing(consulted.edition.plan) == {}


def test_adopt_keeps_the_gates_and_the_shares(consulted):
    adoption = adopt(consulted.edition.plan)

    assert (adoption.edition.kind, adoption.edition.number) == (Edition.Kind.ADOPTED, 2)
    assert adoption.edition.released_at == factories.AFTER_CLOSING
    assert (adoption.words_seen, adoption.words_from_points) == (36, 3)
    assert [gate["missing"] for gate in adoption.gates] == [[]] * 6
    assert AuditEntry.objects.filter(event="publishing.edition.adopted").count() == 1


def test_adopt_with_something_missing_is_refused_and_nothing_is_saved(db):
    edition = factories.make_edition()

    with pytest.raises(ValidationError, match="Eine Voraussetzung fehlt"):
        adopt(edition.plan)

    assert (Edition.objects.count(), Adoption.objects.count()) == (1, 0)


def test_adopt_with_override_names_office_and_reason(db):
    adoption = adopt(
        factories.make_edition().plan, override_office="Kabinett", override_reason="Eilig."
    )

    assert (adoption.override_office, adoption.override_reason) == ("Kabinett", "Eilig.")


def test_adopt_keeps_what_was_missing_in_the_language_of_the_plan(db):
    with override("en"):
        adoption = adopt(
            factories.make_edition().plan, override_office="Kabinett", override_reason="Eilig."
        )

    assert [each["text"] for gate in adoption.gates for each in gate["missing"]] == [
        "Keine Fassung dieses Plans lag der Konferenz für die volle Frist vor."
    ]


def test_adopt_without_need_drops_the_override(consulted):
    adoption = adopt(
        consulted.edition.plan, override_office="Kabinett", override_reason="Vorsorglich."
    )

    assert (adoption.override_office, adoption.override_reason) == ("", "")


def test_adopt_by_somebody_else_is_not_allowed(consulted):
    with pytest.raises(PermissionDenied):
        actions.adopt(
            plan=consulted.edition.plan,
            title="Plan",
            dated_on=TODAY,
            adopted_as="Kabinett",
            by=factories.make_member(),
            at=factories.AFTER_CLOSING,
        )


def test_adopt_with_an_open_conflict_is_refused_even_with_an_override(consulted):
    edit(consulted.edition, "Sprachkurse", "Das Land fördert Sprachkurse am Vormittag und online.")

    with pytest.raises(ValidationError, match="Konflikt"):
        adopt(consulted.edition.plan, override_office="Kabinett", override_reason="Eilig.")


def test_adoption_page_keeps_the_words_of_the_draft_from_visitors(client, consulted):
    assert client.get(PAGE).status_code == 302


def test_adoption_page_is_a_report_for_those_who_read_the_draft(client, db):
    factories.make_edition(factories.make_plan("musterplan"))
    client.force_login(factories.make_department_contact())

    response = client.get(PAGE)

    assert "1 Voraussetzung fehlt." in text_of(response)
    assert "Mit Ausnahme beschließen" not in text_of(response)


def test_adoption_page_by_a_department_cannot_adopt(client, consulted):
    client.force_login(factories.make_department_contact())

    answer = client.post(PAGE, {"title": "x", "dated_on": "2026-06-01", "adopted_as": "x"})

    assert (answer.status_code, Adoption.objects.count()) == (403, 0)


def test_adoption_page_adopts_and_leads_to_the_record(secretary_client, consulted):
    response = secretary_client.post(
        PAGE, {"title": "Plan 2026", "dated_on": "2026-06-01", "adopted_as": "Kabinett"}
    )

    assert (response.status_code, response.url) == (
        302,
        "/plan/musterplan/fassung/2/nach-der-beteiligung/",
    )


def test_adoption_page_asks_for_office_and_reason_of_the_override(secretary_client, db):
    factories.make_edition(factories.make_plan("musterplan"))

    response = secretary_client.post(
        PAGE, {"title": "Plan", "dated_on": "2026-06-01", "adopted_as": "Kabinett"}
    )

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"override_office", "override_reason"}


def test_page_of_an_adopted_edition_lists_what_came_after_participation(client, consulted):
    edit(consulted.edition, "Familien", "Die Kommunen beraten Familien gern vor Ort.")
    adopt(consulted.edition.plan, override_office="Kabinett", override_reason="Eilig.")

    response = client.get("/plan/musterplan/fassung/2/nach-der-beteiligung/")

    assert [
        (each.key, each.kind_name, [origin.reason for origin in each.origins])
        for each in response.context["late_changes"]
    ] == [("t4", "geändert", ["Klarer"])]
    assert (response.context["seen"], response.context["from_points"]) == (90.0, 7.5)
    page = text_of(response)
    assert "Beschlossen mit einer Ausnahme" in page
    assert "Kabinett: Eilig." in page
    assert "Ohne Beteiligung geändert sind 1 von 40 Wörtern." in page


def test_page_of_an_adopted_edition_as_csv(client, consulted):
    edit(consulted.edition, "Familien", "Die Kommunen beraten Familien gern vor Ort.")
    adopt(consulted.edition.plan, override_office="Kabinett", override_reason="Eilig.")

    answer = client.get("/plan/musterplan/fassung/2/nach-der-beteiligung/?format=csv")

    assert [(row["Textstelle"], row["nachher"], row["Begründung"]) for row in rows_of(answer)] == [
        ("t4", "Die Kommunen beraten Familien gern vor Ort.", "Klarer")
    ]


def test_page_of_an_edition_that_was_only_read_in_says_so(client, world):
    page = client.get("/plan/musterplan/fassung/2/nach-der-beteiligung/")

    assert "Über diesen Beschluss ist hier nichts aufgezeichnet." in text_of(page)


def test_page_of_an_edition_that_is_not_adopted_is_not_found(client, world):
    assert client.get("/plan/musterplan/fassung/1/nach-der-beteiligung/").status_code == 404


def test_adoption_page_needs_as_many_statements_for_100_points_as_for_10(
    secretary_client, statements
):
    needed = []
    for number in (10, 100):
        edition = factories.make_edition(factories.make_plan(f"viele-{number}"))
        factories.make_submission(factories.make_consultation(edition), points=number)
        url = f"/plan/viele-{number}/beschluss/"
        needed.append(statements(lambda url=url: secretary_client.get(url)))

    assert needed[0] == needed[1]
