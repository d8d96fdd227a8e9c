"""How many cases hypothesis tries: few in the suite, many by command (`make deep`)."""

import os

import pytest
from hypothesis import settings

settings.register_profile("quick", max_examples=20, deadline=None)
settings.load_profile("quick")

DEEP_CASES = int(os.environ.get("DEEP_CASES", "100000"))


@pytest.fixture
def deep_cases(request: pytest.FixtureRequest) -> int:
    """The share of one property in the cases of a deep run: all of them together have DEEP_CASES."""
    properties = [each for each in request.session.items if "deep_cases" in each.fixturenames]
    return max(DEEP_CASES // len(properties), 1)


@pytest.fixture(autouse=True)
def _quick_and_local() -> None:
    """The core touches no settings, mails or files, so nothing of that is prepared for it."""
