"""Letters from files become submissions with points."""

import json

import pytest
import time_machine

from mitplan.conference.models import Organisation
from mitplan.participation.models import Point, Submission
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _while_open():
    with time_machine.travel(factories.WHILE_OPEN):
        yield


@pytest.fixture
def take_in(mitplan):
    """Read files into an open consultation."""
    consultation = factories.make_consultation()

    def take_in(*arguments):
        return mitplan("letters", "import", "--consultation", consultation.number, *arguments)

    take_in.consultation = consultation
    return take_in


@pytest.fixture
def society():
    return factories.make_organisation(name="Beispielverein Sprache")


def letter(**more):
    point = {
        "text": "Kurse auch abends.",
        "quote": "Sprachkurse am Vormittag",
        "proposed_text": "Das Land fördert Sprachkurse am Abend.",
    }
    return {
        "organisation": "Beispielverein Sprache",
        "letter": "Guten Tag",
        "points": [point],
    } | more


def written(path, data):
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_json_becomes_a_submission_with_an_amendment(take_in, society, tmp_path):
    answer = take_in(written(tmp_path / "brief.json", letter()), "--json")

    assert (answer.code, answer.data["points"]) == (0, 1)
    point = Point.objects.get()
    assert (point.number, point.kind, point.proposal) == ("1-001-01", "amendment", "reword")
    assert point.passage == factories.passage_of(point.edition, "Sprachkurse")
    assert point.amendment is not None
    assert point.submission.letter == "Guten Tag"


def test_folder_is_read_in_the_order_of_names(take_in, society, tmp_path):
    written(tmp_path / "b.json", letter())
    (tmp_path / "a.md").write_text(
        "# Elternbund\n\nSehr geehrte Damen und Herren\n\n- Mehr Plätze\n- Mehr Zeit\n"
    )
    (tmp_path / "liesmich.rtf").write_bytes(b"{\\rtf")

    answer = take_in(tmp_path, "--new-organisations", "Vereine", "--json")

    assert [(each["organisation"], each["points"]) for each in answer.data["submissions"]] == [
        ("Elternbund", 2),
        ("Beispielverein Sprache", 1),
    ]


def test_table_of_points_becomes_one_submission_per_letter(take_in, tmp_path):
    path = tmp_path / "anliegen.csv"
    path.write_text("letter;text;reason\nA;Eins;weil\nB;Zwei;\nA;Drei;\n", encoding="utf-8")

    take_in(path, "--new-organisations", "Vereine")

    points = Point.objects.order_by("number").values_list(
        "submission__organisation_name", "text", "reason"
    )
    assert list(points) == [("A", "Eins", "weil"), ("A", "Drei", ""), ("B", "Zwei", "")]


def test_reasons_of_labelled_sentences_belong_to_their_demand(take_in, tmp_path):
    path = tmp_path / "saetze.tsv"
    rows = [
        ("früh", "why"),
        ("Bitte A.", "ask"),
        ("denn a", "why"),
        ("Bitte B.", "ask"),
        ("Gruß", "rest"),
    ]
    lines = ["brief\tsatz\tart", *(f"X\t{text}\t{role}" for text, role in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")

    take_in(
        *(path, "--new-organisations", "Vereine"),
        *("--columns", "letter=brief,text=satz,role=art"),
        *("--roles", "ask=point,why=reason,rest=letter"),
    )

    points = Point.objects.order_by("number").values_list("text", "reason")
    assert list(points) == [("Bitte A.", "früh denn a"), ("Bitte B.", "")]
    assert Submission.objects.get().letter == "früh Bitte A. denn a Bitte B. Gruß"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"organisation": "Unbekannt"}, "Die Organisation «Unbekannt» ist unbekannt."),
        ({"points": [{"text": "x", "passage": "t999"}]}, "«t999» steht nicht in Fassung 1."),
        ({"points": [{"text": "x", "quote": "das"}]}, "Die Textstelle «das» steht"),
        ({"points": [{"text": "x", "kind": "wunsch"}]}, "Unbekannt ist «wunsch»."),
        ({"points": [{"text": ""}]}, "Bitte das Anliegen oder einen Wortlaut angeben."),
        ({"points": [{"text": 7}]}, "Die Angabe «text» ist unbekannt oder hat die falsche Form."),
        ({"route": "taube"}, "Unbekannter Weg «taube»"),
        ({"punkte": []}, "Die Angabe «punkte» ist unbekannt"),
        ({"letter": "", "points": []}, "Die Stellungnahme ist leer."),
    ],
)
def test_what_is_wrong_in_a_letter_is_said_and_nothing_saved(
    take_in, society, tmp_path, change, sentence
):
    good = letter(organisation=factories.make_organisation().name)
    before = Organisation.objects.count()

    answer = take_in(written(tmp_path / "brief.json", [good, letter(**change)]))

    assert answer.code == 1
    assert sentence in answer.err
    assert "brief.json, Stellungnahme 2" in answer.err
    assert (Submission.objects.count(), Organisation.objects.count()) == (0, before)


def test_second_submission_of_an_organisation_is_refused(take_in, society, tmp_path):
    path = written(tmp_path / "brief.json", letter())
    take_in(path)

    answer = take_in(path)

    assert answer.code == 1
    assert "schon abgegeben (Nummer 1-001)" in answer.err
    assert Submission.objects.count() == 1


def test_dry_run_saves_nothing(take_in, society, tmp_path):
    answer = take_in(written(tmp_path / "brief.json", letter()), "--dry-run", "--json")

    assert (answer.code, answer.data["saved"], Submission.objects.count()) == (0, False, 0)


def test_broken_json_names_the_line(take_in, tmp_path):
    path = tmp_path / "brief.json"
    path.write_text('{\n"organisation": ,\n}', encoding="utf-8")

    answer = take_in(path)

    assert answer.code == 1
    assert "brief.json, Zeile 2: Das ist kein lesbares JSON" in answer.err


def test_unknown_role_names_the_row(take_in, tmp_path):
    path = tmp_path / "saetze.tsv"
    path.write_text("letter\ttext\trole\nX\tBitte.\tmpos\n", encoding="utf-8")

    answer = take_in(path, "--new-organisations", "Vereine")

    assert answer.code == 1
    assert "saetze.tsv, Zeile 2: Die Rolle «mpos» ist unbekannt." in answer.err


def test_late_letters_are_marked(take_in, society, tmp_path):
    with time_machine.travel(factories.AFTER_CLOSING):
        answer = take_in(written(tmp_path / "brief.json", letter()), "--json")

    assert answer.data["submissions"][0]["late"] is True
