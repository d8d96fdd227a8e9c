from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from mitplan.core.indicators import (
    PROBLEMS,
    REASONS,
    SYMBOLS,
    WORDS,
    Bound,
    Deliverable,
    Frequency,
    Missing,
    Observation,
    Problem,
    Quantity,
    Reason,
    Result,
    Target,
    assess,
    german,
    german_number,
    sentence,
)

RISE = Target(Decimal(55), date(2020, 12, 31), Decimal(70), date(2030, 12, 31))
TODAY = date(2026, 6, 1)


def year(number, value, **more):
    return Observation(date(number, 12, 31), Decimal(value), label=str(number), **more)


def say(goal, *observations, unit="%", decimals=1, as_of=TODAY, lag=365, levels=()):
    found = assess(
        goal,
        observations,
        as_of,
        frequency=Frequency.YEAR,
        publication_lag=timedelta(days=lag),
    )
    return german(sentence(found, unit, decimals, levels=levels)).replace("\N{NO-BREAK SPACE}", " ")


def test_sentence_names_value_plan_deviation_rule_data_and_method():
    assert say(RISE, year(2025, 56)) == (
        "Nicht auf Kurs. Im Zeitraum 2025 beträgt der Wert 56,0 %; nach dem Plan waren 62,5 % zu "
        "erwarten. Das ist um 6,5 Prozentpunkte schlechter als geplant. Rückstand: 52 Monate. "
        "Ziel: 70,0 % bis 31.12.2030. Regel: Der Rückstand auf den Plan ist größer als "
        "3,0 Prozentpunkte. Datenstand: endgültiger Wert, bewertet am 01.06.2026. "
        "Verfahren: M-T/1."
    )


def test_sentence_of_a_provisional_value_carries_the_suffix():
    text = say(RISE, year(2025, "61.5", provisional=True))

    assert text.startswith("Gefährdet (vorläufig). ")
    assert "Datenstand: vorläufiger Wert, bewertet am 01.06.2026; die Bewertung kann" in text


def test_sentence_below_the_baseline_names_it_instead_of_a_lag():
    text = say(RISE, year(2025, 54))

    assert "Der Wert ist schlechter als der Ausgangswert 55,0 %." in text
    assert "Rückstand:" not in text


def test_sentence_ahead_of_the_plan_names_the_lead():
    assert "Das ist um 1,5 Prozentpunkte besser als geplant. Vorsprung: 12 Monate." in say(
        RISE, year(2025, 64)
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [("62.625", "Vorsprung: ein Monat."), ("62.375", "Rückstand: ein Monat.")],
)
def test_sentence_speaks_of_one_month_in_the_singular(value, text):
    assert text in say(RISE, year(2025, value))


def test_sentence_exactly_on_the_path_says_so():
    assert "Das entspricht genau dem Plan. Ziel:" in say(RISE, year(2025, "62.5"))


def test_sentence_shows_a_small_deviation_with_enough_decimals():
    assert "um 0,004 Prozentpunkte schlechter" in say(RISE, year(2025, "62.496"), decimals=0)


def test_sentence_says_that_newer_data_are_overdue():
    assert "Neuere Daten sind überfällig. Verfahren" in say(RISE, year(2023, 60), lag=90)


def test_sentence_of_a_suppressed_value_contains_no_number_of_the_series():
    hidden = year(2025, 61, missing=Missing.SUPPRESSED)

    assert say(RISE, year(2024, 60), hidden) == (
        "Nicht bewertbar. Der Wert ist aus Gründen des Datenschutzes gesperrt. "
        "Ziel: 70,0 % bis 31.12.2030. Datenstand: kein verwendbarer Wert, bewertet am 01.06.2026. "
        "Verfahren: M-T/1."
    )


def test_sentence_across_a_break_names_the_value_without_a_plan():
    text = say(RISE, year(2025, 61, after_break=True))

    assert "nicht vergleichbar. Im Zeitraum 2025 beträgt der Wert 61,0 %. Ziel:" in text


def test_sentence_of_an_incomplete_goal_leaves_out_what_is_not_there():
    text = say(Bound(), year(2025, 61))

    assert text.startswith("Nicht bewertbar. Ein Zielwert fehlt. Datenstand: kein verwendbarer")


def test_sentence_of_a_contradiction_names_what_contradicts():
    text = say(replace(RISE, target=Decimal(55)), year(2025, 61))

    assert "Die Angaben zum Ziel widersprechen sich. Ausgangswert und Zielwert sind" in text


def test_sentence_while_the_last_value_is_awaited_names_the_one_before():
    text = say(RISE, year(2029, 60), as_of=date(2031, 2, 1))

    assert text.startswith("Noch nicht fällig. Die Veröffentlichung steht noch aus. Im Zeitraum")
    assert "Regel:" not in text


def test_sentence_of_an_ordinal_goal_speaks_in_levels_and_never_in_per_cent():
    ladder = Target(Decimal(0), date(2020, 12, 31), Decimal(2), date(2030, 12, 31), ordinal=True)
    levels = ("geplant", "erprobt", "eingeführt")

    text = say(ladder, year(2025, 1), unit="", decimals=0, levels=levels)

    assert "beträgt der Wert „erprobt“; nach dem Plan waren „geplant“ zu erwarten." in text
    assert "Das ist um 1 Stufen besser als geplant." in text
    assert "%" not in text


@pytest.mark.parametrize(
    ("bound", "values", "limit", "rule"),
    [
        (Bound(at_least=Decimal(5)), [6], "mindestens 5,0 %", "Die Grenze ist eingehalten."),
        (Bound(at_most=Decimal(5)), [6], "höchstens 5,0 %", "ein früherer Wert fehlt."),
        (Bound(Decimal(3), Decimal(5)), [7, 6], "3,0 % bis 5,0 %", "der Abstand wird kleiner."),
        (Bound(Decimal(3), Decimal(5)), [6, 6], "3,0 % bis 5,0 %", "wird nicht kleiner."),
        (
            Bound(at_most=Decimal(5), tolerance=Decimal(1)),
            [6],
            "höchstens 5,0 %",
            "höchstens um die Toleranz von 1,0 Prozentpunkte.",
        ),
        (
            Bound(at_most=Decimal(5), until=date(2025, 12, 31)),
            [6],
            "höchstens 5,0 %",
            "am Ende der Frist verletzt.",
        ),
    ],
)
def test_sentence_of_a_bound_names_the_limit_and_the_rule(bound, values, limit, rule):
    series = [year(2026 - n, value) for n, value in enumerate(reversed(values), start=1)]

    text = say(bound, *series)

    assert f"Zu halten sind {limit}." in text
    assert rule in text


def test_sentence_of_a_deliverable_names_both_days():
    done = Deliverable(date(2026, 3, 1), done_on=date(2026, 5, 1))

    assert say(done) == (
        "Erreicht. Fällig am 01.03.2026. Fertig gemeldet am 01.05.2026. "
        "Regel: Das Vorhaben ist fertig. Datenstand: Meldung der zuständigen Stelle, bewertet am "
        "01.06.2026. Verfahren: M-T/1."
    )


@pytest.mark.parametrize(
    ("goal", "code"),
    [
        (RISE, "off_track"),
        (replace(RISE, target=None), "not_assessable.R02"),
        (replace(RISE, target=Decimal(55)), "contradiction.R11"),
    ],
)
def test_sentence_has_a_code_of_result_and_reason(goal, code):
    assert sentence(assess(goal, [year(2025, 56)], TODAY)).code == code


def test_sentence_can_be_worded_in_another_language():
    said = sentence(assess(RISE, [year(2025, 56)], TODAY), "%", 1)
    english = {said.phrases[0].template: "Status: %(word)s!", "Nicht auf Kurs": "off track"}

    text = said.text(
        translate=lambda message: english.get(message, message),
        number=lambda quantity: f"{quantity.value:.{quantity.decimals}f}{quantity.unit}",
        day=lambda day: day.isoformat(),
    )

    assert text.startswith("Status: off track! Im Zeitraum 2025 beträgt der Wert 56.0%; ")


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "text"),
    [
        ("1234.5", 1, "", "1.234,5"),
        ("-1234567.25", 1, "", "−1.234.567,3"),
        ("-0.04", 1, "%", "0,0\N{NO-BREAK SPACE}%"),
        ("1E+3", 0, "Plätze", "1.000\N{NO-BREAK SPACE}Plätze"),
    ],
)
def test_german_number_uses_comma_point_and_true_minus(value, decimals, unit, text):
    assert german_number(Quantity(Decimal(value), decimals, unit)) == text


def test_every_result_has_its_own_word_and_symbol_and_every_reason_a_sentence():
    assert set(WORDS) == set(SYMBOLS) == set(Result)
    assert len(set(WORDS.values())) == len(set(SYMBOLS.values())) == len(Result)
    assert set(REASONS) == set(Reason)
    assert set(PROBLEMS) == set(Problem)
