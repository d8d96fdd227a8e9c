"""A stranger follows one demand through seven steps and changes roles on the way."""

ROLES = {
    "Öffentlichkeit": "public",
    "Ehrenamt": "volunteer",
    "Ressort": "department",
    "Geschäftsstelle": "secretariat",
}


def test_stranger_follows_a_demand_from_the_letter_to_the_goal(visitor):
    stranger = visitor()
    stranger.goto("/")
    stranger.follow("Tour beginnen")
