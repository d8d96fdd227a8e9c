"""The tour, on the loaded demonstration: every step leads to the real page of one demand."""

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client

from mitplan.demo.queries import tour
from mitplan.demo.roles import DemoRole
from tests.demo.loaded.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_demonstration")]
NUMBERS = [step.number for step in tour.steps()]
SHOWN = {
    1: "Die Landeskurse müssen auch am Abend und am Wochenende stattfinden",
    2: "Die Landeskurse müssen auch am Abend und am Wochenende stattfinden",
    3: "in der Regel an Werktagen am Vormittag",
    4: "weil er unmittelbar zum Ziel Z2 beiträgt",
    5: "an jedem Kursort wird eine Kinderbetreuung angeboten",
    6: "an jedem Kursort wird eine Kinderbetreuung angeboten",
    7: "Z2",
}


@pytest.fixture(autouse=True)
def _on_the_day(demonstration):
    with time_machine.travel(TODAY):
        yield


def take(client, number):
    """Press the button of a step, as its page offers it."""
    page = client.get(f"/tour/{number}/")
    form = {"role": tour.step(number).role, "next": page.context["address"]}
    return client.post("/rolle/", form)


@pytest.mark.parametrize("number", NUMBERS)
def test_step_leads_to_the_real_page_in_its_role(number):
    client = Client()

    address = take(client, number).headers["Location"]
    page = client.get(address)

    assert f"tour={number}" in address
    assert page.status_code == 200
    assert SHOWN[number] in page.text
    assert f"Schritt {number} von 7" in page.text


@pytest.mark.parametrize("number", [3, 5, 6])
def test_step_jumps_to_a_place_that_is_there(number):
    path = tour.path_of_demand()

    page, _, place = path.address(tour.step(number).page).partition("#")

    assert not place or f'id="{place}"' in Client().get(page).text


def test_first_step_is_about_the_association_that_wrote_the_letter():
    submission = tour.path_of_demand().point.submission

    assert submission.organisation.name.startswith("Beispielverein Sprachbrücke")
    assert tour.path_of_demand().address("submission") == submission.get_absolute_url()


def test_bar_of_the_tour_stays_while_looking_around_and_leaves_with_the_tour():
    client = Client()
    take(client, 2)

    around = client.get("/impressum/").text
    client.get("/tour/")

    assert "Schritt 2 von 7" in around
    assert "von 7" not in client.get("/impressum/").text


def test_bar_of_the_tour_shows_on_a_page_the_browser_knows_without_it():
    client = Client()
    etag = client.get("/").headers["ETag"]
    take(client, 2)

    page = client.get("/", headers={"If-None-Match": etag})

    assert page.status_code == 200
    assert "Schritt 2 von 7" in page.text


def test_step_in_the_address_goes_before_the_one_remembered():
    client = Client()
    take(client, 2)

    assert "Schritt 6 von 7" in client.get("/impressum/?tour=6").text


@pytest.mark.parametrize("step", ["", "0", "8", "drei", "²", "9" * 5000])
def test_step_that_does_not_exist_shows_no_bar(step):
    response = Client().get("/impressum/", {"tour": step})

    assert response.status_code == 200
    assert "von 7" not in response.text


@pytest.mark.parametrize("number", ["0", "8"])
def test_step_that_does_not_exist_is_not_found(number):
    assert Client().get(f"/tour/{number}/").status_code == 404


def test_tour_speaks_english_with_the_same_steps():
    german = tour.steps()
    page = Client().get("/tour/1/", headers={"Accept-Language": "en"}).text

    assert "A letter arrives" in page
    assert [(step.role, step.page) for step in german] == [
        (row["role"], row["page"]) for row in tour.structure("tour.en.json")["steps"]
    ]


def test_roles_of_the_tour_are_roles_of_the_switch():
    assert {step.role for step in tour.steps()} <= set(DemoRole.values)


def test_start_of_the_demonstration_invites_to_the_tour(django_assert_num_queries):
    caches["pages"].clear()

    with django_assert_num_queries(5):
        page = Client().get("/").text

    assert 'href="/tour/"' in page
    assert "Von 102, die in die Quote zählen, wurden 36 wörtlich übernommen (35,3\xa0%)" in page


def test_volunteer_finds_a_task_and_news_after_months():
    client = Client()
    client.post("/rolle/", {"role": "volunteer", "next": "/aufgaben/"})

    page = client.get("/aufgaben/")

    assert [task.title for task in page.context["tasks"]] == [
        "Stellung nehmen: Laufende Beteiligung zur beschlossenen Fassung (Demonstration)"
    ]
    assert any(news.title.startswith("Beantwortet: 7 Anliegen") for news in page.context["news"])


def test_secretariat_finds_one_point_overdue():
    client = Client()
    client.post("/rolle/", {"role": "secretariat", "next": "/aufgaben/"})

    assert [task.title for task in client.get("/aufgaben/").context["overdue"]] == [
        "Wiedervorlage: Anliegen 1-009-05"
    ]
