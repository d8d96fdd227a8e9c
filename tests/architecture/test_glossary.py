"""The glossary and the models speak of the same things."""

import re

from tests.architecture.house import ROOT
from tests.architecture.test_direction import own_models

NAMES = set(
    re.findall(r"^\| `([A-Z]\w+)` \|", (ROOT / "docs/glossary.md").read_text(), re.MULTILINE)
)


def test_glossary_explains_every_model():
    assert {
        model.__name__ for model in own_models() if not model._meta.auto_created
    } - NAMES == set()


def test_glossary_speaks_of_no_model_that_is_gone():
    assert NAMES - {model.__name__ for model in own_models()} == set()
