"""What became of it: rates with all counts, and points anybody can recompute them from."""

import csv
import io
import json
import subprocess
import sys
from datetime import date

import pytest
from django.core.cache import caches

from mitplan.participation import actions as participation
from mitplan.participation.models import Consultation, Invitation
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Edition
from mitplan.publishing.queries import results
from mitplan.publishing.views.results import RECOMPUTE
from tests import factories
from tests.publishing.test_reader import text_of
from tests.reading import rows_of

pytestmark = pytest.mark.django_db


def decided_consultation(submissions, plan=None):
    """A published consultation: the first point and every third after it taken up, the others declined."""
    edition = factories.make_edition(plan)
    consultation = factories.make_consultation(edition)
    for number in range(submissions):
        organisation = factories.make_organisation(category=f"Gruppe {number % 2}")
        submission = factories.make_submission(consultation, organisation=organisation, points=1)
        point = submission.points.get()
        (factories.declined if number % 3 else factories.taken_up)(point)
    participation.publish_results(
        reason="Zum Vergleich.",
        consultation=consultation,
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )
    return consultation


def test_results_list_opened_consultations_with_their_rates(client, world):
    response = client.get("/ergebnis/")

    [row] = response.context["table"].rows
    assert [getattr(cell, "label", cell) for cell in row] == [
        "Beteiligung zum Plan",
        "Kabinettsfassung (Fassung 1)",
        factories.OPENED.date(),
        factories.CLOSES_ON,
        1,
        3,
        "33,3\xa0% (1 von 3)",
        "33,3\xa0% (1 von 3)",
    ]


def test_results_say_when_nothing_is_published_yet(client, consulted):
    [row] = client.get("/ergebnis/").context["table"].rows

    assert row[-2:] == ("noch nicht veröffentlicht", "noch nicht veröffentlicht")


def test_results_leave_out_what_is_only_prepared(client):
    factories.make_consultation(opened=False)

    response = client.get("/ergebnis/")

    assert response.context["table"].rows == []
    assert "Noch keine Beteiligungsrunde." in text_of(response)


def test_results_as_csv_hold_every_count(client, world):
    rows = rows_of(client.get("/ergebnis/?format=csv"))

    assert [
        (
            row["number"],
            row["numerator_strict"],
            row["denominator"],
            row["declined"],
            row["undecided"],
        )
        for row in rows
    ] == [("1", "1", "3", "2", "0")]


def test_result_shows_rates_with_numerator_and_denominator(client, world):
    response = client.get("/ergebnis/1/")

    assert [row[:2] for row in response.context["rates"].rows] == [
        ("wörtlich übernommen", "33,3\xa0% (1 von 3)"),
        ("ganz, sinngemäß oder teilweise übernommen", "33,3\xa0% (1 von 3)"),
        ("mittlere Dauer bis zur Entscheidung in Tagen (Median)", "62,0"),
    ]


def test_result_shows_all_counts_with_links_to_the_points(client, world):
    rows = client.get("/ergebnis/1/").context["counts"].rows

    counts = {getattr(cells[0], "label", cells[0]): cells[1] for cells in rows}
    assert counts == {
        "übernommen": 1,
        "sinngemäß übernommen": 0,
        "teilweise übernommen": 0,
        "bereits enthalten": 0,
        "wird weiterbearbeitet": 0,
        "weitergegeben": 0,
        "nicht übernommen": 2,
        "zur Kenntnis genommen": 0,
        "nicht entschieden": 0,
        "zurückgezogen": 0,
        "ersetzt": 0,
        "zusammen": 3,
    }
    assert rows[0][0].url == "/anliegen/?runde=1&entscheidung=taken_up"


def test_result_hides_small_rows_of_breakdowns(client, world):
    [row] = client.get("/ergebnis/1/").context["by_type"].rows

    assert row[:2] == ("Migrantenorganisationen", "nicht ausgewiesen: zu wenige Anliegen")


def test_result_before_publication_counts_all_points_as_undecided(client, consulted):
    response = client.get("/ergebnis/1/")
    rows = rows_of(client.get("/ergebnis/1/anliegen.csv"))

    assert "Die Ergebnisse sind noch nicht veröffentlicht." in text_of(response)
    assert [(row["state"], row["outcome"], row["decided_on"]) for row in rows] == [
        ("undecided", "", "")
    ] * 3


def test_result_counts_withdrawn_points_apart(client, db):
    consultation = factories.make_consultation()
    submission = factories.make_submission(consultation)
    participation.withdraw_submission(
        submission=submission,
        seat=factories.make_seat(submission.organisation),
        at=factories.WHILE_OPEN,
    )

    uptake = results.uptake_of(results.result_points([consultation]))

    assert (uptake.overall.withdrawn, uptake.overall.undecided, uptake.overall.denominator) == (
        1,
        0,
        0,
    )


def test_result_shows_the_changed_words(client, world):
    rows = client.get("/ergebnis/1/").context["changes"].rows

    assert [[getattr(cell, "label", cell) for cell in row] for row in rows] == [
        ["¶ 3", '<a href="/anliegen/1-001-01/">1-001-01</a>', 2, "geändert", 3, 0],
        ["zusammen", "", "", "", 3, 0],
    ]


def test_a_change_of_two_points_counts_its_words_once(db):
    consultation = factories.make_consultation()
    for _ in range(2):
        factories.taken_up(factories.make_submission(consultation, points=1).points.get())
    by, at = factories.make_secretary(), factories.AFTER_CLOSING
    edition = plan_actions.freeze_draft(
        plan=consultation.edition.plan,
        kind=Edition.Kind.CABINET_VERSION,
        title="Kabinettsfassung",
        dated_on=at.date(),
        by=by,
        at=at,
    )
    plan_actions.release_edition(edition=edition, by=by, at=at)

    found = results.changes_from(consultation)

    assert [(each.words_inserted, each.points) for each in found] == [(3, ("1-001-01", "1-002-01"))]


def test_equal_treatment_tells_who_was_asked_when(db):
    consultation = factories.make_consultation()
    for day in (0, 3):
        participation.invite(
            consultation=consultation,
            organisations=[factories.make_organisation()],
            route=Invitation.Route.MAIL,
            by=factories.make_secretary(),
            at=factories.days_later(factories.OPENED, day),
        )
    factories.make_submission(consultation)

    facts = results.equal_treatment(consultation)

    assert (facts.invited, facts.spread_days, facts.answered, facts.late) == (2, 3, 1, 0)
    assert [days for _audience, days in facts.windows] == [40]


def test_points_of_a_window_that_is_open_are_not_handed_out(client, db):
    consultation = factories.make_consultation(closes_on=date(2099, 1, 1))
    factories.make_submission(consultation)
    number = consultation.number

    page = text_of(client.get(f"/ergebnis/{number}/"))

    assert client.get(f"/ergebnis/{number}/anliegen.csv").status_code == 404
    assert "Die Ergebnisse sind noch nicht veröffentlicht." in page
    assert "Alle Anliegen nach dem, was daraus wurde" not in page


def test_result_of_a_consultation_that_is_not_opened_is_not_found(client):
    factories.make_consultation(opened=False)

    assert [
        client.get(f"/ergebnis/{page}").status_code
        for page in ("1/", "1/anliegen.csv", "1/anliegen.json", "99/")
    ] == [404] * 4


def test_recompute_on_the_served_points_gives_the_rates_of_the_page(client, tmp_path):
    consultation = decided_consultation(13)
    points = tmp_path / "anliegen.csv"
    points.write_bytes(client.get(f"/ergebnis/{consultation.number}/anliegen.csv").getvalue())
    script = tmp_path / "recompute.py"
    script.write_bytes(client.get("/ergebnis/recompute.py").content)

    run = subprocess.run(
        [sys.executable, script, points], capture_output=True, text=True, check=True
    )
    rows = list(csv.DictReader(io.StringIO(run.stdout.replace(" %", "\xa0%"))))
    page = client.get(f"/ergebnis/{consultation.number}/").context

    assert [row["strict"].replace(".", ",") for row in rows if row["breakdown"] == "overall"] == [
        page["rates"].rows[0][1].partition(" (")[0]
    ]
    assert [
        (row["label"], row["broad"].replace(".", ","), row["n_broad"], row["denominator"])
        for row in rows
        if row["breakdown"] == "organisation_type"
    ] == [
        (label, broad.partition(" (")[0], *broad.partition("(")[2].removesuffix(")").split(" von "))
        for label, _strict, broad, _total, _bar in page["by_type"].rows
    ]
    assert page["by_type"].rows[0][1] == "42,9\xa0% (3 von 7)"


def test_points_as_json_carry_the_rates_and_the_hash_of_the_text(client, world):
    content = json.loads(client.get("/ergebnis/1/anliegen.json").content)

    assert content["rates"]["overall"]["broad_per_cent"] == 33.3
    assert content["edition_hash"] == world.consulted.content_hash
    assert [point["outcome"] for point in content["points"]] == ["taken_up", "declined", "declined"]


def test_recompute_is_served_as_it_stands_in_the_house(client):
    assert client.get("/ergebnis/recompute.py").content == RECOMPUTE.read_bytes()


@pytest.mark.parametrize("page", ["", "{}/", "{}/anliegen.csv", "{}/anliegen.json", "?format=csv"])
def test_results_need_as_many_statements_for_100_points_as_for_10(client, statements, page):
    needed = []
    for number in (10, 100):
        consultation = factories.make_consultation()
        factories.make_submission(consultation, points=number)
        Consultation.objects.filter(pk=consultation.pk).update(
            results_published_at=factories.AFTER_CLOSING
        )
        caches["pages"].clear()
        url = f"/ergebnis/{page.format(consultation.number)}"
        needed.append(statements(lambda url=url: client.get(url)))

    assert needed[0] == needed[1] <= 9
