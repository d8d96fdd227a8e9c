"""The demonstration's content keeps its own promises."""

from collections import Counter
from itertools import combinations

import pytest

from tests.demo.content import (
    ACCEPTED,
    ADOPTED,
    DECIDED,
    PLAN_1,
    PLAN_2,
    Edit,
    Point,
    accepted_edits,
    blocks,
    data,
    edit_of,
    later_edits,
    passages,
    points_of,
    prose,
    rows,
    status_of,
    text,
    touches,
)

OUTCOMES = ACCEPTED | {"already_covered", "deferred", "referred", "declined", "noted"}
REASON_CODES = {
    "wording",
    "other_level",
    "legal_limits",
    "budget",
    "contradicts_goal",
    "contradicts_point",
    "in_force",
    "evidence_missing",
    "outside_plan",
    "more_work",
    "other",
}
STATUSES = {
    "achieved",
    "achieved_early",
    "on_track",
    "at_risk",
    "off_track",
    "wrong_direction",
    "missed",
    "maintained",
    "not_assessable",
    "no_data",
    "not_yet_due",
    "contradiction",
}
GATES = {
    "paper_too_late",
    "no_consultation",
    "undecided_points",
    "no_origin",
    "override_needed",
    "no_baseline",
    "costs_unknown",
    "overdue_department",
}
DEPARTMENTS = {"soziales", "bildung", "wirtschaft", "gesundheit", "inneres"}
REAL_NAMES = (
    "Hessen",
    "Hessisch",
    "Frankfurt",
    "Wiesbaden",
    "Kassel",
    "Darmstadt",
    "Wetterau",
    "DGB",
    "Deutscher Gewerkschaftsbund",
    "agah",
    "Landesausländerbeirat",
    "Flüchtlingsrat",
    "Städtetag",
    "Landkreistag",
    "Städte- und Gemeindebund",
    "Liga der Freien",
    "Eintracht",
    "Caritas",
    "Diakonie",
    "Staatskanzlei",
    "Ministerium",
)


@pytest.mark.parametrize("plan", [PLAN_1, PLAN_2, ADOPTED])
def test_plan_has_250_distinct_passages_16_goals_40_measures(plan: str) -> None:
    found = passages(plan)
    assert len(found) >= 250
    assert len(set(found)) == len(found)
    assert [goal["Nummer"] for goal in blocks(plan, "ziel")] == [f"Z{n}" for n in range(1, 17)]
    assert [m["Nummer"] for m in blocks(plan, "massnahme")] == [f"M{n}" for n in range(1, 41)]


@pytest.mark.parametrize("plan", [PLAN_1, PLAN_2])
def test_plan_measures_hang_on_goals_and_goals_on_fields(plan: str) -> None:
    goals = blocks(plan, "ziel")
    names = {row["name"] for row in rows("fields.csv")}
    leads = {row["name"] for row in rows("departments.csv")}
    headings = {line[3:] for line in plan.split("\n") if line.startswith("## ")}
    assert {goal["Handlungsfeld"] for goal in goals} == names
    assert names <= headings
    assert {m["Ziel"] for m in blocks(plan, "massnahme")} == {goal["Nummer"] for goal in goals}
    assert {block["Federführung"] for block in (*goals, *blocks(plan, "massnahme"))} <= leads


@pytest.mark.parametrize("goal", blocks(ADOPTED, "ziel"), ids=lambda goal: goal["Nummer"])
def test_goal_sentence_says_the_numbers_of_its_fields(goal: dict[str, str]) -> None:
    for key in ("Ausgangswert", "Ausgangsjahr", "Zielwert", "Zieljahr"):
        if key in goal:
            assert goal[key].replace(".", ",") in goal["text"]


def test_cabinet_version_departs_from_the_conference_draft() -> None:
    draft, cabinet = passages(PLAN_1), passages(PLAN_2)
    gone = [passage for passage in draft if passage not in cabinet]
    kept_in_draft = [passage for passage in draft if passage in cabinet]
    kept_in_cabinet = [passage for passage in cabinet if passage in draft]
    assert len(gone) >= 42
    assert kept_in_draft != kept_in_cabinet


@pytest.mark.parametrize(("who", "point"), DECIDED)
def test_quote_of_decided_point_stands_once_in_the_cabinet_version(who: str, point: Point) -> None:
    decision = point["decision"]
    quotes = [point.get("find") or point["after"], decision.get("find"), decision.get("covered_by")]
    for quote in filter(None, quotes):
        assert PLAN_2.count(quote) == 1, (who, quote)
        assert prose(PLAN_2).count(quote) == 1, (who, quote)


@pytest.mark.parametrize("edit", later_edits())
def test_quote_of_later_change_stands_once_in_the_cabinet_version(edit: Edit) -> None:
    assert prose(PLAN_2).count(edit.find) == 1


@pytest.mark.parametrize(("who", "point"), points_of("consultation-2.json"))
def test_quote_of_open_point_stands_once_in_the_adopted_text(who: str, point: Point) -> None:
    assert ADOPTED.count(point["find"]) == 1, who
    assert prose(ADOPTED).count(point["find"]) == 1, who


def test_questions_and_foundations_quote_the_adopted_text_once() -> None:
    quotes = [question["quote"] for question in data("consultation-2.json")["questions"]]
    assert len(quotes) == 3
    for quote in quotes:
        assert ADOPTED.count(quote) == 1
    for row in rows("foundations-use.csv"):
        assert (PLAN_2.count(row["quote"]), ADOPTED.count(row["quote"])) == (1, 1)


def test_foundations_of_goals_are_the_ones_listed() -> None:
    listed = {row["foundation"] for row in rows("foundations-use.csv")}
    assert {goal["Grundlage"] for goal in blocks(PLAN_2, "ziel")} <= listed


def test_closed_consultation_has_20_submissions_120_points_and_every_outcome() -> None:
    submissions = data("consultation-1.json")["submissions"]
    known = {row["key"] for row in rows("organisations.csv")}
    counts = Counter(point["decision"]["outcome"] for _, point in DECIDED)
    assert len(submissions) == len({s["organisation"] for s in submissions}) == 20
    assert {s["organisation"] for s in submissions} <= known
    assert {s["route"] for s in submissions} == {"online", "mail", "letter"}
    assert all(0 < s["offset_days"] <= 27 for s in submissions)
    assert len(DECIDED) == counts.total() == 120
    assert set(counts) == OUTCOMES


@pytest.mark.parametrize(("who", "point"), DECIDED)
def test_decision_carries_what_its_outcome_demands(who: str, point: Point) -> None:
    decision = point["decision"]
    outcome = decision["outcome"]
    assert decision["by"] in {"secretariat", "sitting"}
    assert decision["sentence"].endswith("."), who
    assert (decision["reason_code"] in REASON_CODES) is (outcome != "taken_up")
    assert (outcome == "taken_up") <= (point["kind"] == "amendment")
    assert ("covered_by" in decision) is (outcome == "already_covered")
    assert (decision.get("owner") in DEPARTMENTS) is (outcome == "deferred")
    assert ("review_in_days" in decision) is (outcome == "deferred")
    assert ("to" in decision) is (outcome == "referred")


@pytest.mark.parametrize("name", ["consultation-1.json", "consultation-2.json"])
def test_points_have_topic_and_text_and_amendments_change_something(name: str) -> None:
    topics = {row["name"] for row in rows("fields.csv")} | {""}
    for who, point in points_of(name):
        assert point["topic"] in topics, who
        assert point["text"], who
        if point["kind"] == "amendment":
            new = point.get("replace") or point.get("insert") or point.get("behind")
            assert new not in {None, point.get("find")}


def test_exactly_one_point_is_the_hero_and_enters_word_for_word() -> None:
    heroes = [(who, point) for who, point in DECIDED if point.get("hero")]
    assert [who for who, _ in heroes] == ["sprachbruecke"]
    assert ADOPTED.count(heroes[0][1]["replace"]) == 1


def test_accepted_changes_do_not_overlap() -> None:
    replaced = [edit for edit in (*accepted_edits(), *later_edits()) if not edit.is_insertion]
    overlaps = [(a.find, b.find) for a, b in combinations(replaced, 2) if touches(a.find, b.find)]
    assert overlaps == []


def test_two_organisations_agree_on_one_change() -> None:
    edits = Counter(edit for _, point in DECIDED if (edit := edit_of(point)))
    assert [count for count in edits.values() if count > 1] == [2]


def test_three_pairs_contradict_each_other() -> None:
    declined = [
        (who, point["find"])
        for who, point in DECIDED
        if point["decision"]["reason_code"] == "contradicts_point"
    ]
    winners = {point["find"]: who for who, point in DECIDED if edit_of(point) and "find" in point}
    assert len(declined) == 3
    for who, find in declined:
        assert winners[find] != who


def test_every_accepted_change_stands_in_the_adopted_text() -> None:
    for edit in (*accepted_edits(), *later_edits()):
        assert ADOPTED.count(edit.replace) == 1, edit.replace


def test_department_changes_are_two_of_substance_one_of_wording_one_typo() -> None:
    changes = data("department-changes.json")["changes"]
    assert Counter(change["class"] for change in changes) == {
        "substantive": 2,
        "wording": 1,
        "editorial": 1,
    }
    assert {change["department"] for change in changes} <= DEPARTMENTS
    assert any(changes[0]["find"] in goal["text"] for goal in blocks(PLAN_2, "ziel"))


def test_open_consultation_has_20_points_5_of_them_in_the_draft_and_2_drafts() -> None:
    submissions = data("consultation-2.json")["submissions"]
    handed_in = [s for s in submissions if s["state"] == "submitted"]
    points = [point for s in handed_in for point in s["points"]]
    drafts = [point for s in submissions if s["state"] == "draft" for point in s["points"]]
    decided = [point["decision"]["outcome"] for point in points if "decision" in point]
    assert (len(submissions), len(handed_in), len(points)) == (9, 7, 20)
    assert decided == ["taken_up"] * 5
    assert not any("decision" in point for point in drafts)


def test_open_consultation_has_decisions_only_where_the_window_of_the_circle_is_over() -> None:
    levels = {row["key"]: row["level"] for row in rows("organisations.csv")}
    decided = {who for who, point in points_of("consultation-2.json") if "decision" in point}
    assert {levels[who] for who in decided} == {"municipal"}
    assert data("consultation-2.json")["municipal_window"]["opens_earlier_by_days"] > 30


def test_open_consultation_has_a_move_and_a_proposal_over_two_passages() -> None:
    points = [point for _, point in points_of("consultation-2.json")]
    [moved] = [point for point in points if "behind" in point]
    [wide] = [point for point in points if "further" in point]
    for quote in (moved["behind"], *(each["find"] for each in wide["further"])):
        assert prose(ADOPTED).count(quote) == 1


def test_actors_are_recognisably_fictional() -> None:
    names = [row["name"] for row in (*rows("organisations.csv"), *rows("departments.csv"))]
    carriers = [row["carrier"] for row in rows("projects-demo.csv")]
    bodies = [row["body"] for row in rows("sittings.csv")]
    assert len(rows("organisations.csv")) >= 14
    for name in (*names, *carriers, *bodies):
        assert any(word in name for word in ("Muster", "Beispiel", "(Demonstration)")), name


@pytest.mark.parametrize(
    "name",
    [
        "organisations.csv",
        "departments.csv",
        "consultation-1.json",
        "consultation-2.json",
        "department-changes.json",
        "sittings.csv",
        "resolutions.csv",
        "projects-demo.csv",
        "textblocks.csv",
        "indicators.csv",
    ],
)
def test_no_real_body_appears_in_fictional_rows(name: str) -> None:
    assert [real for real in REAL_NAMES if real in text(name)] == []


def test_projects_hang_on_measures() -> None:
    numbers = {measure["Nummer"] for measure in blocks(PLAN_2, "massnahme")}
    projects = rows("projects-demo.csv")
    assert len(projects) == 10
    assert {row["measure"] for row in projects} <= numbers
    assert {row["level"] for row in projects} == {"Land", "Kommune", "Zivilgesellschaft"}


def test_sittings_have_one_late_paper_and_resolutions_on_their_items() -> None:
    items = {(row["sitting"], row["item"]): row for row in rows("sittings.csv")}
    sent = [int(days) for row in items.values() if (days := row["paper_sent_days_before"])]
    assert len({sitting for sitting, _ in items}) == 4
    assert len([days for days in sent if days < 28]) == 1
    for row in rows("resolutions.csv"):
        assert items[row["sitting"], row["item"]]["item_role"] == "decision"


def test_no_more_votes_are_cast_than_there_are_seats() -> None:
    cast = [
        sum(int(row[name]) for name in ("votes_yes", "votes_no", "abstentions"))
        for row in rows("resolutions.csv")
    ]
    assert max(cast) <= len(rows("organisations.csv"))


def test_text_blocks_are_ten_with_known_codes() -> None:
    found = rows("textblocks.csv")
    assert len(found) == 10
    assert {row["outcome"] for row in found} <= OUTCOMES
    assert {row["reason_code"] for row in found} <= REASON_CODES


def test_series_show_every_status_as_announced() -> None:
    announced = {row["goal"]: row["shows_status"] for row in rows("indicators.csv")}
    lags = {row["key"]: int(row["publication_lag_days"]) for row in rows("indicators.csv")}
    found = {
        goal["Nummer"]: status_of(goal, lags[goal["Indikator"]]) for goal in blocks(ADOPTED, "ziel")
    }
    assert found == announced
    assert set(found.values()) == STATUSES


def test_observations_cover_2016_to_2025_and_give_a_reason_for_each_gap() -> None:
    keys = {row["key"] for row in rows("indicators.csv")}
    years = Counter(row["indicator"] for row in rows("observations.csv"))
    assert years == dict.fromkeys(keys, 10)
    for row in rows("observations.csv"):
        assert bool(row["value"]) is not bool(row["missing_reason"])


def test_replay_runs_in_order_and_every_day_has_sources() -> None:
    days = data("replay-2015-2017.json")["days"]
    lengths = {"year": 4, "month": 7, "day": 10}
    dates = [day["date"] for day in days]
    assert dates == sorted(dates)
    for day in days:
        assert len(day["date"]) == lengths[day["precision"]]
        assert all(source.startswith("http") for source in day["sources"])
        assert day["sources"]
    gates = [gate for day in days for gate in day["gates"]]
    assert {gate["code"] for gate in gates} == GATES
    assert {gate["basis"] for gate in gates} == {"documented", "not_known"}


def test_tour_has_seven_steps_and_four_roles() -> None:
    steps = data("tour.json")["steps"]
    assert [step["step"] for step in steps] == [1, 2, 3, 4, 5, 6, 7]
    assert {step["role"] for step in steps} == {
        "volunteer",
        "department",
        "secretariat",
        "public",
    }


def test_plain_language_page_uses_short_sentences() -> None:
    lines = [line for line in text("leichte-sprache.md").split("\n") if line]
    assert max(len(line.split()) for line in lines) <= 10
