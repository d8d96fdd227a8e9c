"""Whatever happens to a process, the house stands as before or as after, and nothing is lost."""

import pytest


@pytest.mark.parametrize(("act", "seed"), [("import", 11), ("adoption", 12)])
def test_killed_act_leaves_the_old_or_the_new_state(house, act, seed):
    report = house.run("kill", act, 8, seed)

    assert report["whole"]["plan.Edition"] == 1
    assert set(report["states"]) <= {"old", "new"}
    assert "old" in report["states"]
    assert report["break"] is None


@pytest.mark.parametrize(("act", "seed"), [("import", 13), ("adoption", 14)])
def test_killed_server_leaves_the_old_or_the_new_state(house, act, seed):
    report = house.run("server", act, 3, seed)

    assert report["whole"]["plan.Edition"] == 1
    assert set(report["states"]) <= {"old", "new"}
    assert report["break"] is None


def test_processes_that_write_at_the_same_time_lose_nothing(house):
    report = house.run("crowd", 8)

    assert report["codes"] == [0, 0, 0, 0]
    assert report["numbers"] == [f"1-{number:03d}" for number in range(1, 25)]
    assert report["points"] == 48
    assert report["editions"] == 1 + 8
    assert report["entries"] == list(range(1, report["head"] + 1))
    assert report["break"] is None


@pytest.mark.parametrize(("first", "second", "codes"), [(3, 2, [0, 0]), (3, 3, [0, 3])])
def test_attempts_to_sign_in_are_counted_across_processes(house, first, second, codes):
    report = house.run("sign_in", first, second)

    assert report == {"codes": codes, "kept": True, "tells_addresses": False}


@pytest.mark.parametrize(("act", "seed"), [("mails", 21), ("reminders", 22)])
def test_killed_sender_loses_no_mail_and_names_none_twice(house, act, seed):
    report = house.run("mailing", act, 40, 8, seed)

    assert (report["arrived"], report["persons"], report["known"]) == (40, 40, True)
    assert report["states"] == ["sent"]
    assert (
        report["twice"] <= 8
    )  # the one mail whose receipt a killed process could not note any more
    assert report["again"] == 0
