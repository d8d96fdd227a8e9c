"""Many points at once, saved selections, topics and departments, advice by a day, undo with what stood there."""

from datetime import date

import pytest
import time_machine

from mitplan.common.models import AuditEntry
from mitplan.participation import actions
from mitplan.participation.models import (
    AdviceRequest,
    AgendaPoint,
    Outcome,
    ReasonCode,
    SavedFilter,
    TextBlock,
    TopicRoute,
)
from mitplan.plan.models import FieldOfAction
from tests import factories
from tests.counting import statements
from tests.participation.conftest import client_of
from tests.participation.views.test_replies import words

pytestmark = pytest.mark.django_db
TOGETHER = "/anliegen/gemeinsam/"


@pytest.fixture(autouse=True)
def _after_closing():
    with time_machine.travel(factories.AFTER_CLOSING, tick=False):
        yield


@pytest.fixture
def points(consultation):
    submission = factories.make_submission(consultation, points=3)
    return list(submission.points.order_by("position"))


@pytest.fixture
def block(db):
    return TextBlock.objects.create(
        key="haushalt",
        title="Haushalt",
        outcome=Outcome.DECLINED,
        reason_code=ReasonCode.BUDGET,
        sentence="Dafür stehen keine Mittel bereit.",
    )


@pytest.fixture
def department(consultation):
    """A department that answers for the only topic of the plan."""
    department = factories.make_department()
    TopicRoute.objects.create(field=FieldOfAction.objects.get(), department=department)
    return department


def numbers(points):
    return [each.number for each in points]


def test_many_points_are_decided_with_a_text_block_and_refusals_are_said_by_row(
    secretary_client, points, block
):
    factories.declined(points[0])

    page = words(
        secretary_client.post(
            TOGETHER, {"anliegen": numbers(points), "act": "entscheiden", "block": block.pk}
        )
    )

    assert "2 von 3 sind erledigt." in page
    assert "Darüber ist schon entschieden" in page
    for each in points:
        each.refresh_from_db()
    assert [each.latest_decision.outcome for each in points] == ["declined"] * 3


def test_what_is_decided_together_stays_inside_until_it_is_published(
    secretary_client, client, points, block
):
    secretary_client.post(
        TOGETHER, {"anliegen": numbers(points), "act": "entscheiden", "block": block.pk}
    )

    page = words(client.get(points[0].get_absolute_url()))

    assert "Dafür stehen keine Mittel bereit." not in page


def test_points_go_to_the_departments_of_their_topic(secretary_client, points, department):
    page = words(secretary_client.post(TOGETHER, {"anliegen": numbers(points), "act": "zuleiten"}))

    assert "3 von 3 sind erledigt." in page
    assert AdviceRequest.objects.filter(department=department, due_on=None).count() == 3


def test_topic_without_a_department_is_said_by_row(secretary_client, points):
    page = words(
        secretary_client.post(TOGETHER, {"anliegen": numbers(points)[:1], "act": "zuleiten"})
    )

    assert "0 von 1" in page
    assert "Für das Handlungsfeld ist kein Ressort eingetragen." in page


def test_advice_is_asked_of_all_routed_departments_by_a_day(secretary_client, points, department):
    secretary_client.post(TOGETHER, {"anliegen": numbers(points), "act": "zuleiten"})

    secretary_client.post(
        TOGETHER, {"anliegen": numbers(points), "act": "votum", "due_on": "2026-05-20"}
    )

    days = AdviceRequest.objects.values_list("due_on", flat=True)
    assert list(days) == [date(2026, 5, 20)] * 3


def test_act_without_what_it_needs_is_refused(secretary_client, points):
    response = secretary_client.post(TOGETHER, {"anliegen": numbers(points), "act": "votum"})

    assert response.status_code == 422
    assert "Bitte den Tag nennen" in words(response)


def test_all_points_of_a_selection_can_be_chosen(secretary_client, points):
    page = words(secretary_client.get(f"{TOGETHER}?alle=1&stand=undecided"))

    assert "3 Anliegen sind gewählt." in page


def test_contested_points_are_put_on_an_agenda(secretary_client, points):
    sitting = factories.make_sitting(on="2026-06-20")

    secretary_client.post(
        TOGETHER,
        {"anliegen": numbers(points), "act": "tagesordnung", "sitting": sitting.pk},
    )

    assert AgendaPoint.objects.filter(agenda_item__sitting=sitting).count() == 3


def test_nothing_chosen_teaches(secretary_client):
    assert "Kein Anliegen gewählt." in words(secretary_client.get(TOGETHER))


def test_department_sees_which_advice_is_overdue_in_the_table(secretary_client, points, department):
    with time_machine.travel(factories.WHILE_OPEN, tick=False):
        actions.ask_advice(
            point=points[0],
            department=department,
            due_on=date(2026, 3, 20),
            by=factories.make_secretary(),
            at=factories.WHILE_OPEN,
        )
    contact = client_of(factories.make_department_contact(department))

    page = words(contact.get("/anliegen/?votum=overdue"))

    assert "Votum überfällig" in page
    assert points[0].number in page
    assert points[1].number not in page


def test_given_advice_is_no_longer_overdue(secretary_client, points, department):
    actions.ask_advice(
        point=points[0],
        department=department,
        due_on=date(2026, 5, 20),
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )
    actions.give_advice(
        point=points[0],
        department=department,
        recommendation=Outcome.DECLINED,
        text="Nicht nötig.",
        by=factories.make_department_contact(department),
        at=factories.AFTER_CLOSING,
    )

    assert points[0].number in words(secretary_client.get("/anliegen/?votum=given"))
    assert points[0].number not in words(secretary_client.get("/anliegen/?votum=overdue"))


def test_public_cannot_narrow_down_by_advice(client, points, department):
    page = words(client.get("/anliegen/?votum=overdue&mehr=1"))

    assert points[0].number in page
    assert "Beteiligtes Ressort" not in page


def test_selection_is_saved_shared_opened_and_thrown_away(secretary_client, points, department):
    secretary_client.post(
        "/anliegen/auswahl/speichern/",
        {"name": "Offene", "query": "stand=undecided", "is_shared": "on"},
    )
    kept = SavedFilter.objects.get()
    colleague = client_of(factories.make_department_contact(department))

    assert "Offene" in words(colleague.get("/anliegen/"))
    assert colleague.get(kept.get_absolute_url())["Location"] == "/anliegen/?stand=undecided"
    assert colleague.post(f"{kept.get_absolute_url()}loeschen/").status_code == 403
    secretary_client.post(f"{kept.get_absolute_url()}loeschen/")
    assert not SavedFilter.objects.exists()


def test_own_selection_is_nobody_elses(secretary_client, department):
    secretary_client.post(
        "/anliegen/auswahl/speichern/", {"name": "Meine", "query": "art=question"}
    )
    kept = SavedFilter.objects.get()

    stranger = client_of(factories.make_department_contact(department))

    assert stranger.get(kept.get_absolute_url()).status_code == 403


def test_selection_of_the_same_name_is_replaced_and_keeps_its_address(secretary_client):
    for query in ("art=question", "art=objection"):
        secretary_client.post("/anliegen/auswahl/speichern/", {"name": "Meine", "query": query})

    assert SavedFilter.objects.get().query == "art=objection"


def test_topics_lead_to_departments_and_come_as_a_file(secretary_client, department):
    field = FieldOfAction.objects.get()
    other = factories.make_department()

    secretary_client.post(f"/ressorts-und-themen/{field.pk}/", {"departments": [other.pk]})

    assert other.name in words(secretary_client.get("/ressorts-und-themen/"))
    file = secretary_client.get("/ressorts-und-themen/?format=csv").getvalue().decode()
    assert other.name in file
    assert list(TopicRoute.objects.values_list("department", flat=True)) == [other.pk]


def test_departments_of_a_point_are_changed_on_its_page(secretary_client, points, department):
    number = points[0].number
    secretary_client.post(
        f"/anliegen/{number}/votum-erbitten/",
        {"votum-department": department.pk, "votum-due_on": "2026-05-20"},
    )
    asked = AdviceRequest.objects.get()

    page = words(secretary_client.get(f"/anliegen/{number}/entscheiden/"))
    secretary_client.post(f"/anliegen/{number}/votum-erbitten/{asked.pk}/entfallen/")

    assert "Votum offen bis 20. Mai 2026" in page
    assert not AdviceRequest.objects.exists()
    assert AuditEntry.objects.filter(event="participation.advice.not_asked").exists()


def test_decision_taken_back_leaves_its_words_in_the_form(secretary_client, points):
    factories.declined(points[0])

    secretary_client.post(f"/anliegen/{points[0].number}/wieder-oeffnen/")
    page = secretary_client.get(f"/anliegen/{points[0].number}/entscheiden/").content.decode()

    assert "Dafür stehen keine Mittel bereit." in page
    assert "Zurückgenommen: «nicht übernommen»" in page


def test_table_of_the_secretariat_asks_the_same_of_the_database_for_many_points(department):
    needed = []
    for amount in (10, 100):
        consultation = factories.make_consultation()
        letter = factories.make_letter(consultation, amount)
        for each in letter.points.all():
            actions.ask_advice(
                point=each,
                department=department,
                due_on=date(2026, 5, 20),
                by=factories.make_secretary(),
                at=factories.AFTER_CLOSING,
            )
        address = f"/anliegen/?runde={consultation.number}"
        needed.append(statements(client_of(factories.make_secretary()), address))

    assert needed[0] == needed[1] <= 10


def test_everything_is_no_selection_to_save(secretary_client):
    response = secretary_client.post(
        "/anliegen/auswahl/speichern/", {"name": "Alles", "query": ""}, follow=True
    )

    assert "Bitte zuerst eingrenzen" in words(response)
    assert not SavedFilter.objects.exists()
