"""A consultation by command: opened, invited to, decided, published."""

import csv
import io

import pytest
import time_machine

from mitplan.common.models import OutgoingMail
from mitplan.participation.models import Consultation, Decision, Invitation, Outcome, Point
from mitplan.plan.queries import draft_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    consultation = factories.make_consultation()
    factories.make_submission(consultation, points=3)
    return consultation


@pytest.fixture
def table(mitplan, tmp_path, consultation):
    """Return a function that fills the exported table: number of the point → what is decided."""

    def fill(decided):
        exported = mitplan("consult", "points", consultation.number).out
        rows = list(csv.DictReader(io.StringIO(exported), delimiter=";"))
        for row in rows:
            row.update(decided.get(row["Anliegen"], {}))
        path = tmp_path / "entschieden.csv"
        with path.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        return path

    return fill


DECLINED = {"Entscheidung": "declined", "Grund": "budget", "Satz": "Dafür fehlen Mittel."}


@time_machine.travel(factories.OPENED, tick=False)
def test_open_freezes_the_window_and_releases_the_edition(mitplan):
    edition = factories.make_edition()

    answer = mitplan(
        *("consult", "open", "--plan", edition.plan.slug, "--title", "Runde", "--json"),
        *("--audience", "conference", "--audience", "municipalities"),
    )

    edition.refresh_from_db()
    assert answer.data["hash"] == edition.content_hash
    assert answer.data["closes_on"] == "2026-03-31"
    assert Consultation.objects.get().audiences.count() == 2
    assert edition.released_at == factories.OPENED


@time_machine.travel(factories.OPENED, tick=False)
def test_open_too_short_without_a_reason_is_refused(mitplan):
    edition = factories.make_edition()

    answer = mitplan(
        *("consult", "open", "--plan", edition.plan.slug, "--title", "Runde"),
        *("--closes", "2026-03-10"),
    )

    assert answer.code == 1
    assert "Arbeitstage" in answer.err
    assert Consultation.objects.count() == 0


@time_machine.travel(factories.WHILE_OPEN)
def test_invite_reaches_everybody_once(mitplan, consultation):
    for _ in range(2):
        factories.make_organisation()

    first = mitplan("consult", "invite", consultation.number, "--json")
    second = mitplan("consult", "invite", consultation.number, "--json")

    assert (len(first.data["invited"]), second.data["invited"]) == (3, [])
    assert (
        Invitation.objects.count(),
        OutgoingMail.objects.filter(subject__startswith="Einladung").count(),
    ) == (3, 3)


@time_machine.travel(factories.WHILE_OPEN)
def test_invite_dry_run_sends_nothing(mitplan, consultation):
    before = OutgoingMail.objects.count()

    mitplan("consult", "invite", consultation.number, "--dry-run")

    assert (Invitation.objects.count(), OutgoingMail.objects.count()) == (0, before)


@time_machine.travel(factories.AFTER_CLOSING)
def test_decide_carries_the_table_out(mitplan, consultation, table):
    path = table({"1-001-01": {"Entscheidung": "übernommen"}, "1-001-02": DECLINED})

    answer = mitplan("consult", "decide", consultation.number, path, "--json")

    assert (answer.code, answer.data["decided"]) == (0, 2)
    outcomes = Point.objects.order_by("number").values_list("latest_decision__outcome", flat=True)
    assert list(outcomes) == [Outcome.TAKEN_UP, Outcome.DECLINED, None]
    draft = draft_of(consultation.edition.plan).consolidation.document
    assert any("am Vormittag und am Abend" in passage.text for passage in draft)


@time_machine.travel(factories.AFTER_CLOSING)
def test_decide_in_substance_writes_the_wording_of_the_table(mitplan, consultation, table):
    decided = {
        "Entscheidung": "sinngemäß übernommen",
        "Grund": "anderer Wortlaut",
        "Satz": "Kürzer gesagt.",
        "Wortlaut": "Das Land fördert Sprachkurse zu allen Tageszeiten.",
    }

    answer = mitplan("consult", "decide", consultation.number, table({"1-001-01": decided}))

    assert answer.code == 0
    draft = draft_of(consultation.edition.plan).consolidation.document
    assert any("zu allen Tageszeiten" in passage.text for passage in draft)


@time_machine.travel(factories.AFTER_CLOSING)
def test_decide_read_twice_changes_nothing_the_second_time(mitplan, consultation, table):
    path = table({"1-001-02": DECLINED})
    mitplan("consult", "decide", consultation.number, path)

    answer = mitplan("consult", "decide", consultation.number, path, "--json")

    assert (answer.data["decided"], answer.data["unchanged"]) == (0, 1)
    assert Decision.objects.count() == 1


@time_machine.travel(factories.AFTER_CLOSING)
def test_decide_with_one_bad_row_saves_none_and_names_it(mitplan, consultation, table):
    path = table({"1-001-02": DECLINED, "1-001-03": DECLINED | {"Satz": ""}})

    answer = mitplan("consult", "decide", consultation.number, path)

    assert answer.code == 1
    assert answer.err == (
        "Zeile 4 (Anliegen 1-001-03): Bitte einen Grund wählen und in einem Satz begründen.\n"
        "Nichts wurde gespeichert.\n"
    )
    assert Decision.objects.count() == 0


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"Entscheidung": "vielleicht"}, "«vielleicht» gibt es nicht. Möglich sind: taken_up,"),
        (
            DECLINED | {"Anliegen": "9-999-01"},
            "Ein Anliegen «9-999-01» gibt es in dieser Runde nicht.",
        ),
        (DECLINED | {"Textbaustein": "nirgends"}, "Einen Textbaustein «nirgends» gibt es"),
        (
            DECLINED | {"Wiedervorlage": "morgen"},
            "«morgen» ist kein Tag wie 31.12.2026 oder 2026-12-31.",
        ),
    ],
)
@time_machine.travel(factories.AFTER_CLOSING)
def test_decide_says_what_is_wrong_in_a_row(mitplan, consultation, table, row, sentence):
    answer = mitplan("consult", "decide", consultation.number, table({"1-001-02": row}))

    assert answer.code == 1
    assert sentence in answer.err


def test_decide_without_the_columns_is_refused(mitplan, consultation, tmp_path):
    path = tmp_path / "falsch.csv"
    path.write_text("A;B\n1;2\n", encoding="utf-8")

    answer = mitplan("consult", "decide", consultation.number, path)

    assert answer.code == 1
    assert "fehlen die Spalten Anliegen, Entscheidung. Vorhanden sind: A, B." in answer.err


@time_machine.travel(factories.AFTER_CLOSING)
def test_publish_waits_for_every_decision(mitplan, consultation, table):
    early = mitplan("consult", "publish", consultation.number)
    mitplan(
        "consult",
        "decide",
        consultation.number,
        table({f"1-001-0{n}": DECLINED for n in (1, 2, 3)}),
    )

    late = mitplan("consult", "publish", consultation.number)

    assert (early.code, late.code) == (1, 0)
    assert "Über 3 Anliegen ist noch nicht entschieden" in early.err


def test_unknown_consultation_is_refused(mitplan):
    answer = mitplan("consult", "publish", 9)

    assert (answer.code, answer.err) == (1, "Eine Beteiligungsrunde 9 gibt es nicht.\n")
