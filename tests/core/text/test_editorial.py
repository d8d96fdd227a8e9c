"""What may be called editorial."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitplan.core.text.editorial import is_editorial


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Das gilt , auch hier.", "Das gilt, auch hier."),
        ("„Ja“", '"Ja"'),
        ("Ein und Ausreise", "Ein- und Ausreise"),
        ("dass muß so sein", "dass muss so sein"),
        ("die Große Anfrage", "die große Anfrage"),
        ("sie wedren gefördert", "sie werden gefördert"),
        ("Kurse begginnen", "Kurse beginnen"),
        ("z.B. am Abend", "z.\u00a0B. am Abend"),
        ("Bürger*innen", "Bürger:innen"),
    ],
)
def test_is_editorial_punctuation_blanks_and_slips(old, new):
    assert is_editorial(old, new)
    assert is_editorial(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("bis 2025", "bis 2027"),
        ("3,5 Euro", "3.5 Euro"),
        ("1 000 Plätze", "1000 Plätze"),
        ("5 %", "5"),
        ("-3 Grad", "3 Grad"),
        ("am 1. Juni", "am 1. Juli"),
        ("ist verbindlich", "ist nicht verbindlich"),
        ("keine Kurse", "kleine Kurse"),
        ("eine Pflicht", "keine Pflicht"),
        ("in Kassel", "in Kessel"),
        ("soll fördern", "sollte fördern"),
        ("Kurse werden", "Kurse würden"),
        ("fragen sie", "fragen Sie"),
        ("der Rat", "den Rat"),
        ("A und B", "B und A"),
        ("immer", ""),
        ("kann gelten", "muss gelten"),
        ("~~gilt~~", "gilt"),
    ],
)
def test_is_editorial_never_where_the_meaning_may_change(old, new):
    assert not is_editorial(old, new)
    assert not is_editorial(new, old)


@given(st.text(alphabet="abnichtkeinß 12.,%", max_size=20))
def test_is_editorial_no_change_at_all(text):
    assert is_editorial(text, text)
