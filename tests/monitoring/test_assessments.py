"""From rows to a judgement: the status of a goal, in the words of the page."""

from datetime import date
from decimal import Decimal

import pytest

from mitplan.core.text.passages import Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.monitoring.models import Observation
from mitplan.monitoring.queries import goals as queries
from mitplan.monitoring.queries.assessments import (
    headline_series,
    in_period,
    trimmed,
)
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 10)


def goal_text(**fields):
    values = {
        "Nummer": "Z1",
        "Titel": "Sprachförderung",
        "Handlungsfeld": "Sprache",
        "Indikator": "PLAETZE",
        "Ausgangswert": "40",
        "Ausgangsjahr": "2020",
        "Zielwert": "60",
        "Zieljahr": "2030",
        "Einheit": "%",
    } | fields
    pairs = tuple((key, value) for key, value in values.items() if value)
    return (
        PassageValue("", Kind.HEADING, "Plan", level=1),
        PassageValue("", Kind.GOAL, "Bis 2030 nehmen 60 Prozent teil.", fields=pairs),
    )


def the_goal(values, **fields):
    indicator = factories.make_indicator(code="PLAETZE", unit="%")
    for year, value in values.items():
        factories.make_observation(indicator, year, value)
    factories.make_public_edition(passages=goal_text(**fields))
    return queries.current_goals(TODAY)[0]


@pytest.mark.parametrize(
    ("values", "expected", "remark"),
    [
        ({2025: 50}, "on_track", "Das entspricht genau dem Plan."),
        (
            {2025: 47},
            "at_risk",
            "Das ist um 3,0\N{NO-BREAK SPACE}Prozentpunkte schlechter als geplant.",
        ),
        (
            {2025: 45},
            "off_track",
            "Das ist um 5,0\N{NO-BREAK SPACE}Prozentpunkte schlechter als geplant.",
        ),
        (
            {2025: 38},
            "wrong_direction",
            "Das ist um 12,0\N{NO-BREAK SPACE}Prozentpunkte schlechter als geplant.",
        ),
        (
            {2025: 61},
            "achieved_early",
            "Das ist um 11,0\N{NO-BREAK SPACE}Prozentpunkte besser als geplant.",
        ),
        ({}, "no_data", "Die Daten sind überfällig."),
    ],
)
def test_goal_is_judged_by_its_last_value(values, expected, remark):
    judgement = the_goal(values).judgement

    assert (judgement.result, judgement.remark) == (expected, remark)


@pytest.mark.parametrize(
    ("fields", "expected", "remark"),
    [
        ({"Zielwert": ""}, "not_assessable", "Ein Zielwert fehlt."),
        ({"Ausgangswert": ""}, "not_assessable", "Ein Ausgangswert fehlt."),
        (
            {"Zielwert": "40"},
            "contradiction",
            "Die Angaben zum Ziel widersprechen sich. Ausgangswert und Zielwert sind gleich.",
        ),
    ],
)
def test_goal_without_a_verdict_says_why(fields, expected, remark):
    judgement = the_goal({2025: 50}, **fields).judgement

    assert (judgement.result, judgement.remark, judgement.is_assessable) == (
        expected,
        remark,
        False,
    )


@pytest.mark.parametrize(
    ("baseline", "value", "expected"),
    [("70", 61, "maintained"), ("70", 59, "off_track"), ("50", 59, "maintained")],
)
def test_value_to_be_kept_is_a_bound_on_the_side_of_the_start(baseline, value, expected):
    goal = the_goal({2025: value}, Art="halten", Ausgangswert=baseline)

    assert goal.judgement.result == expected


def test_provisional_value_says_so_in_the_status():
    indicator = factories.make_indicator(code="PLAETZE", unit="%")
    factories.make_observation(indicator, 2025, 50, is_provisional=True)
    factories.make_public_edition(passages=goal_text())

    goal = queries.current_goals(TODAY)[0]

    assert goal.judgement.status.label == "Auf Kurs (vorläufig)"
    assert goal.has_provisional


def test_sentence_holds_value_plan_rule_state_and_method():
    sentence = the_goal({2025: 47}).judgement.sentence

    assert sentence == (
        "Gefährdet. Im Zeitraum 2025 beträgt der Wert 47,0\N{NO-BREAK SPACE}%; nach dem Plan waren "
        "50,0\N{NO-BREAK SPACE}% zu erwarten. Das ist um 3,0\N{NO-BREAK SPACE}Prozentpunkte "
        "schlechter als geplant. Rückstand: 18 Monate. Ziel: 60,0\N{NO-BREAK SPACE}% bis "
        "31. Dezember 2030. Regel: Der Rückstand auf den Plan ist größer als "
        "1,0\N{NO-BREAK SPACE}Prozentpunkte, aber nicht größer als "
        "4,0\N{NO-BREAK SPACE}Prozentpunkte. Datenstand: endgültiger Wert, bewertet am "
        "10. Mai 2026. Verfahren: M-T/1."
    )


def test_suppressed_value_reveals_nothing():
    indicator = factories.make_indicator(code="PLAETZE", unit="%")
    factories.make_observation(indicator, 2025, None, missing_reason="suppressed")
    factories.make_public_edition(passages=goal_text())

    judgement = queries.current_goals(TODAY)[0].judgement

    assert (judgement.result, judgement.remark) == (
        "not_assessable",
        "Der Wert ist aus Gründen des Datenschutzes gesperrt.",
    )


def test_headline_series_never_joins_groups_or_regions():
    indicator = factories.make_indicator(code="PLAETZE", group="insgesamt")
    factories.make_observation(indicator, 2024, 10, group="insgesamt")
    factories.make_observation(indicator, 2025, 11, group="Frauen")
    factories.make_observation(indicator, 2026, 12, group="insgesamt", region_kind="Kreis")

    series = headline_series(["PLAETZE"])["PLAETZE"]

    assert [each.value for each in series.observations] == [Decimal(10)]


def test_headline_series_leaves_values_without_a_year_out():
    indicator = factories.make_indicator(code="PLAETZE")
    Observation.objects.create(indicator=indicator, value=10)

    assert headline_series(["PLAETZE"])["PLAETZE"].observations == ()


def test_goal_with_an_unknown_indicator_has_no_data():
    factories.make_public_edition(passages=goal_text(Indikator="FEHLT"))

    goal = queries.current_goals(TODAY)[0]

    assert (goal.judgement.result, goal.latest) == ("no_data", "")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, None), ("42.0000", "42"), ("0.2500", "0.25"), ("1200.0000", "1200")],
)
def test_trimmed_drops_the_zeros_a_column_adds(value, expected):
    number = trimmed(None if value is None else Decimal(value))

    assert (None if number is None else str(number)) == expected


def test_in_period_is_empty_where_nothing_is_known():
    assert in_period(None, "%", "2022") == ""


def test_in_period_without_period_is_a_number_with_its_unit():
    assert in_period(Decimal(3), "%", "") == "3\N{NO-BREAK SPACE}%"
