"""The rooms stand in an order; foreign keys keep to it as imports do."""

import pytest
from django.apps import apps

from tests.architecture.house import PACKAGE, may_know, relative, rooms_from_below

# Every act names the person, so the audit chain below may point up to the account.
EXCEPTED = {("common", "accounts.User")}
VAGUE_NAMES = {"utils", "helpers", "services", "misc", "signals"}


def own_models():
    return [model for model in apps.get_models() if model._meta.app_label in rooms_from_below()]


def relations():
    return [
        (model, field)
        for model in own_models()
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.is_relation and field.related_model is not None
    ]


def test_relations_of_all_models_point_only_to_rooms_below():
    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model, field in relations()
        if field.related_model._meta.app_label in rooms_from_below()
        and not may_know(model._meta.app_label, field.related_model._meta.app_label)
        and (model._meta.app_label, field.related_model._meta.label) not in EXCEPTED
    ]

    assert wrong == []


def test_models_leave_the_order_to_the_page_that_shows_them():
    assert [model._meta.label for model in own_models() if model._meta.ordering] == []


def test_modules_have_names_that_say_what_they_hold():
    assert [relative(path) for path in PACKAGE.rglob("*.py") if path.stem in VAGUE_NAMES] == []


@pytest.mark.parametrize(
    ("room", "other", "expected"),
    [
        ("plan", "core", True),
        ("participation", "plan", True),
        ("plan", "participation", False),
        ("monitoring", "participation", False),
        ("participation", "monitoring", False),
    ],
)
def test_may_know_follows_the_contract(room, other, expected):
    assert may_know(room, other) is expected
