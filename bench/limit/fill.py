"""Make the table of the limit app and fill it: `python -m bench.limit.fill PARAGRAPHS`."""

import os
import sys

import django
from django.apps import apps
from django.db import connection

from mitplan.web.commands.bench_text import Writer

CHAPTER = 50


def fill(paragraphs: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.limit.settings")
    django.setup()
    item = apps.get_model("limit", "Item")
    writer = Writer.seeded()
    with connection.schema_editor() as editor:
        editor.create_model(item)
    item.objects.bulk_create(
        item(chapter=1 + at // CHAPTER, title=f"t{at}", text=writer.paragraph())
        for at in range(paragraphs)
    )


if __name__ == "__main__":
    fill(int(sys.argv[1]))
