"""A stranger follows one demand through seven steps and changes roles on the way."""

SEEN_AS = [
    ("Ehrenamt", "Stellungnahme 1-001"),
    ("Geschäftsstelle", "Anliegen 1-001-01"),
    ("Öffentlichkeit", "Textstelle 66"),
    ("Ressort", "Anliegen 1-001-01"),
    ("Geschäftsstelle", "Was sich geändert hat"),
    ("Öffentlichkeit", "Integrationsplan Musterland (Demonstration)"),
    ("Ehrenamt", "Z2"),
]


def test_stranger_follows_a_demand_from_the_letter_to_the_goal(visitor):
    stranger = visitor()
    stranger.goto("/")
    stranger.follow("Tour beginnen")
    stranger.follow("Tour beginnen")

    seen = []
    for number in range(1, len(SEEN_AS) + 1):
        assert stranger.path == f"/tour/{number}/"
        stranger.page.locator("main form button").click()
        role = stranger.page.locator(".ui-demonstration [aria-current=true]").inner_text()
        seen.append((role, stranger.heading))
        stranger.page.locator(".ui-tour li").nth(-2).get_by_role("link").click()

    assert [role for role, _ in seen] == [role for role, _ in SEEN_AS]
    assert [
        (heading, wanted)
        for (_, heading), (_, wanted) in zip(seen, SEEN_AS, strict=True)
        if wanted not in heading
    ] == []


def test_tour_ends_where_the_stranger_wants(visitor):
    stranger = visitor()
    stranger.goto("/tour/3/")
    stranger.page.locator("main form button").click()

    stranger.follow("Tour beenden")

    assert stranger.path == "/tour/"
    stranger.goto("/")
    assert stranger.page.locator(".ui-tour").count() == 0
