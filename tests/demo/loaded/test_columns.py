"""SQLite takes texts that are too long for their column; PostgreSQL does not."""

import pytest
from django.apps import apps
from django.db import models

pytestmark = pytest.mark.django_db


def texts_with_limits():
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField) and field.max_length:
                yield model, field


def test_every_text_of_the_demonstration_fits_its_column(demonstration):
    too_long = {
        f"{model._meta.label}.{field.name}"
        for model, field in texts_with_limits()
        for value in model._base_manager.values_list(field.attname, flat=True).distinct()
        if len(value or "") > field.max_length
    }

    assert too_long == set()
