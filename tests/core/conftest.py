"""How many cases hypothesis tries: few in the suite, many by command (`make deep`)."""

import gc
import os

import pytest
from hypothesis import settings

settings.register_profile("quick", max_examples=8, deadline=None, database=None)
settings.load_profile("quick")


def pytest_collection_finish() -> None:
    """Leave what is loaded out of every later search for garbage, which else takes longer than most tests."""
    gc.collect()
    gc.freeze()


DEEP_CASES = int(os.environ.get("DEEP_CASES", "100000"))


@pytest.fixture
def deep_cases(request: pytest.FixtureRequest) -> int:
    """The share of one property in the cases of a deep run: all of them together have DEEP_CASES."""
    properties = [each for each in request.session.items if "deep_cases" in each.fixturenames]
    return max(DEEP_CASES // len(properties), 1)


@pytest.fixture(autouse=True)
def _quick_and_local() -> None:
    """The core touches no settings, mails or files, so nothing of that is prepared for it."""
