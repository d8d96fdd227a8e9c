"""What is known about projects: when they run, what they cost, where they work."""

from datetime import date

import pytest

from mitplan.demo.files import facts
from mitplan.projects import queries
from mitplan.projects.models import District, Project
from mitplan.projects.queries import Selection, State
from mitplan.projects.shapes import shapes
from tests import factories

TODAY = date(2026, 5, 10)
SPANS = [
    ("2027", "", State.FUTURE),
    ("2026-06", "2028", State.FUTURE),
    ("2026-05-11", "", State.FUTURE),
    ("2026", "2026", State.CURRENT),
    ("2020", "2026-05", State.CURRENT),
    ("2020", "2026-05-10", State.CURRENT),
    ("", "2026", State.CURRENT),
    ("2020", "2026-04", State.ENDED),
    ("2020", "2025", State.ENDED),
    ("", "2026-05-09", State.ENDED),
    ("2020", "", State.OPEN),
    ("2026", "", State.OPEN),
    ("", "", State.OPEN),
]


@pytest.mark.parametrize(("begins", "ends", "expected"), SPANS)
def test_state_takes_partial_dates_no_further_than_they_go(begins, ends, expected):
    assert queries.state_of(begins, ends, TODAY) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
def test_database_finds_the_same_projects_as_the_rule(state):
    for begins, ends, _ in SPANS:
        factories.make_project(name=f"{begins}/{ends}", begins=begins, ends=ends)

    found = queries.selected_projects(Selection(state=state), TODAY)

    assert sorted(found.values_list("name", flat=True)) == sorted(
        f"{begins}/{ends}" for begins, ends, expected in SPANS if expected == state
    )


@pytest.mark.parametrize(
    ("cents", "kind", "precision", "expected"),
    [
        (None, "", "", ""),
        (2_000_000, "gesamt", "genau", "20.000\N{NO-BREAK SPACE}€ (gesamte Laufzeit)"),
        (130_000_000, "je_jahr", "rund", "rund 1.300.000\N{NO-BREAK SPACE}€ (je Jahr)"),
        (1_050, "je_person", "", "10,50\N{NO-BREAK SPACE}€ (je Person)"),
    ],
)
def test_funding_names_amount_precision_and_what_it_is_for(cents, kind, precision, expected):
    project = Project(funding_cents=cents, funding_kind=kind, funding_precision=precision)

    assert queries.funding(project) == expected


@pytest.mark.django_db
def test_selection_finds_words_in_name_carrier_and_place():
    wanted = factories.make_project(name="Lesetasche", place="Musterhausen")
    factories.make_project(name="Lesetasche", place="Beispielstadt")

    found = queries.selected_projects(Selection(text="musterh lese"), TODAY)

    assert list(found) == [wanted]


@pytest.mark.django_db
def test_counts_by_district_count_a_project_in_each_of_its_districts():
    north = District.objects.create(ags="01001", name="Nord", short_name="Nord", region="Nord")
    south = District.objects.create(ags="01002", name="Süd", short_name="Süd", region="Süd")
    factories.make_project().districts.add(north, south)
    factories.make_project().districts.add(north)

    counts = queries.counts_by_district(Project.objects.all())

    assert [(count.ags, count.projects) for count in counts] == [("01001", 2), ("01002", 1)]


@pytest.mark.django_db
def test_measures_of_a_project_are_those_of_the_edition_that_holds():
    edition = factories.make_public_edition()
    measure = edition.plan.measures.get()
    project = factories.make_project()
    project.measures.add(measure)

    assert [(each.code, each.title) for each in queries.measures_of(project)] == [
        ("M1", "Beratung")
    ]


@pytest.mark.django_db
def test_measures_of_an_unreleased_edition_stay_unseen():
    measure = factories.make_edition().plan.measures.get()
    project = factories.make_project()
    project.measures.add(measure)

    assert queries.measures_of(project) == []


@pytest.mark.parametrize(
    ("projects", "step"), [(0, 0), (1, 1), (4, 1), (5, 2), (10, 3), (20, 4), (99, 4)]
)
def test_map_draws_more_projects_darker(projects, step):
    assert queries.step_of(projects) == step


def test_map_draws_every_district_of_the_facts_and_leaves_no_hole():
    keys = {row["ags"] for row in facts("districts.csv")}

    assert set(shapes().paths_for(keys)) == keys


def test_map_draws_a_new_district_apart_once_it_is_on_record():
    assert "06415" in shapes().paths_for({"06415", "06435"})
