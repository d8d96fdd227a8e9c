"""Specimens for the gallery of components: real values, so that developers see how a component is fed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django import forms
from django.core.paginator import Paginator

from mitplan.core.indicators.values import Observation, Target
from mitplan.ui.charts import draw
from mitplan.ui.reader import Mark, OriginLabel, ReaderPassage
from mitplan.ui.tables import Column, Empty, Table
from mitplan.ui.values import Evidence, Link, Status


@dataclass(frozen=True, slots=True)
class Segment:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Thing:
    source: str = ""
    is_demonstration: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    on: date
    title: str
    text: str = ""
    url: str = ""
    detail: str = ""


class SpecimenForm(forms.Form):
    """One question of each kind."""

    name = forms.CharField(
        label="Name der Organisation", help_text="So, wie sie im Verzeichnis steht."
    )
    kind = forms.ChoiceField(
        label="Art der Organisation",
        choices=[("", "Bitte wählen"), ("verein", "Verein"), ("kommune", "Kommune")],
        required=False,
    )
    text = forms.CharField(label="Ihr Anliegen", widget=forms.Textarea(attrs={"rows": 4}))
    outcome = forms.ChoiceField(
        label="Ergebnis",
        widget=forms.RadioSelect,
        choices=[("taken_up", "übernommen"), ("declined", "nicht übernommen")],
    )
    may_publish = forms.BooleanField(
        label="Der Wortlaut darf veröffentlicht werden.",
        required=False,
        help_text="Ihr Name erscheint nicht.",
    )


class SpecimenFilter(forms.Form):
    """Two ways to narrow a list down."""

    q = forms.CharField(label="Suchwort", required=False)
    outcome = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[("", "alle"), ("taken_up", "übernommen"), ("declined", "nicht übernommen")],
    )


DIFFERENCE = [
    Segment("equal", "Das Land fördert "),
    Segment("deleted", "bei Bedarf "),
    Segment("equal", "Sprachkurse"),
    Segment("inserted", ", auch am Abend und mit Kinderbetreuung"),
    Segment("equal", "."),
]
ORIGINS = {
    7: OriginLabel(1, "Anliegen 112, Verein Morgenrot (Demonstration)", "#anliegen-112"),
    9: OriginLabel(2, "Beschluss der Konferenz vom 19. März 2015"),
}
PASSAGES = [
    ReaderPassage("heading", "Sprache", level=1, id="p-1", number="1", url="#p-1"),
    ReaderPassage(
        "paragraph",
        "Wer **Deutsch** lernt, braucht Zeit und einen Kurs in der Nähe.[^1] Das *Land* fördert beides.",
        id="p-2",
        number="2",
        url="#p-2",
        note="Hier wird weitergearbeitet: 2 Anliegen, nächster Termin 22. November 2026",
        note_url="#anliegen",
        actions=(Link("Wortlaut vorschlagen", "#vorschlag"), Link("Kommentieren", "#kommentar")),
    ),
    ReaderPassage("list_item", "Kurse am Abend", label="-", id="p-3", number="3", url="#p-3"),
    ReaderPassage(
        "list_item", "mit Kinderbetreuung", level=1, label="a)", id="p-4", number="4", url="#p-4"
    ),
    ReaderPassage("list_item", "Kurse im Betrieb", label="-", id="p-5", number="5", url="#p-5"),
    ReaderPassage("heading", "Ziele und Maßnahmen", level=2, id="p-6", number="6", url="#p-6"),
    ReaderPassage(
        "goal",
        "Bis Ende 2030 kommt auf zehn Interessierte ein freier Platz.",
        label="Ziel 3",
        id="p-7",
        number="7",
        url="#p-7",
        fields=(("Zieljahr", "2030"), ("Stand", Status("on_track", "auf Kurs"))),
    ),
    ReaderPassage(
        "measure",
        "Die Kreise führen ein gemeinsames Verzeichnis der Kurse.",
        label="Maßnahme 3.2",
        id="p-8",
        number="8",
        url="#p-8",
        fields=(("Zuständig", "Ministerium für Soziales"),),
    ),
    ReaderPassage("quote", "Wir warten zu lange.", id="p-9", number="9", url="#p-9"),
    ReaderPassage(
        "table",
        "| Kreis | Plätze |\n|---|--:|\n| Nord | 120 |\n| Süd | 80 |",
        id="p-10",
        number="10",
        url="#p-10",
    ),
    ReaderPassage(
        "footnote", "Stand: Herbst 2026.", label="1", id="p-11", number="11", url="#p-11"
    ),
]
PROVENANCE = [
    ReaderPassage(
        "paragraph",
        "Das Land fördert Sprachkurse, auch am Abend und mit Kinderbetreuung.",
        id="q-1",
        marks=(
            Mark("Das Land fördert Sprachkurse", 9),
            Mark(", auch am Abend und mit Kinderbetreuung", 7),
            Mark(".", 9),
        ),
    )
]
NEWEST = 2024
COLUMNS = [
    Column("number", "Nummer", is_sortable=True),
    Column("point", "Anliegen"),
    Column("received", "Eingang", is_sortable=True),
    Column("words", "Wörter", is_sortable=True, is_numeric=True),
    Column("outcome", "Stand"),
]
ROWS = [
    [
        Link("112", "#anliegen-112"),
        "Kurse am Abend",
        date(2015, 3, 19),
        1234,
        Status("taken_up", "übernommen"),
    ],
    [
        Link("113", "#anliegen-113"),
        "Weniger Formulare",
        date(2015, 3, 20),
        56,
        Status("declined", "nicht übernommen"),
    ],
    [
        Link("114", "#anliegen-114"),
        "Kinderbetreuung",
        None,
        8,
        Status("taken_up_partly", "teilweise übernommen"),
    ],
]
OBSERVATIONS = [
    Observation(date(year, 12, 31), Decimal(value), label=str(year), provisional=year == NEWEST)
    for year, value in ((2020, 60), (2021, 68), (2022, 76), (2023, 91), (NEWEST, 96))
]
TARGET = Target(Decimal(60), date(2020, 12, 31), Decimal(150), date(2030, 12, 31))


def specimens() -> dict[str, object]:
    """Return what the gallery shows."""
    return {
        "plan_name": "Integrationsplan Musterland",
        "segments": DIFFERENCE,
        "sourced": Thing(source="https://www.hessen.de/"),
        "sourced_in_words": Thing(source="Landtag, Drucksache 19/1"),
        "invented": Thing(is_demonstration=True),
        "passages": PASSAGES,
        "provenance": PROVENANCE,
        "origins": ORIGINS,
        "filter": SpecimenFilter(auto_id="filter_%s"),
        "points": _points(),
        "no_points": _no_points(),
        "form": SpecimenForm(prefix="neu"),
        "refused": SpecimenForm({"name": "", "text": "Kurse am Abend"}),
        "chart": draw(OBSERVATIONS, TARGET, title="Plätze in Sprachkursen", identifier="plaetze"),
        "closing_day": date(2026, 11, 22),
        "moments": [
            Moment(date(2015, 3, 19), "Eingang der Stellungnahme", detail="mit 5 Anliegen"),
            Moment(date(2015, 6, 2), "Entscheidung", "Übernommen in Textstelle 2.", "#p-2"),
        ],
        "facts": [
            ("Organisation", "Verein Morgenrot"),
            ("Mitglieder", 1234),
            ("Herkunft", Evidence("", is_demonstration=True)),
        ],
    }


def _points() -> Table:
    page = Paginator(range(120), 25).get_page(2)
    return Table("Anliegen der Runde 2015", COLUMNS, ROWS, sort="-received", page=page)


def _no_points() -> Table:
    empty = Empty(
        "Noch hat niemand ein Anliegen eingereicht.",
        "Sobald die erste Stellungnahme eingeht, stehen hier ihre Anliegen mit Stand und Entscheidung.",
        Link("Selbst ein Anliegen einreichen", "#einreichen"),
    )
    return Table("Anliegen", COLUMNS, [], empty=empty)
