"""The site as `make run` shows it."""

import pytest


@pytest.fixture
def in_demonstration(settings) -> None:
    """The site is a demonstration, as `make run` starts it."""
    settings.DEMONSTRATION = True
