from pathlib import Path

import pytest

from mitplan import ui

STATIC = Path(ui.__file__).parent / "static" / "ui"


@pytest.fixture(scope="session")
def style_sheet():
    return "".join(path.read_text() for path in STATIC.glob("*.css"))
