"""At the end of a deadline everybody hands in at once: what came in time stands, what did not is told so."""


def test_people_in_the_last_seconds_lose_nothing(house):
    report = house.run("last_minute", 20, 12)

    assert report["faults"] == []
    assert report["handed_in"] + report["told_too_late"] == report["people"] == 20
    assert report["handed_in"] >= 1
    assert report["told_too_late"] >= 1
    assert report["unique_numbers"] == report["receipts"] == report["handed_in"]
    assert report["receipts_twice"] == 0
    assert report["break"] is None
