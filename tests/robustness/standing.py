"""Programs of this folder stand on this: the house is set up, and its rows are counted."""

import json
import os
import sys
import traceback

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitplan.config.settings")
django.setup()

from django.apps import apps  # noqa: E402 – rooms exist only after set-up
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402


def move_in():
    """Prepare the empty house, unless it was given one that is prepared."""
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    connection.close()


def counts():
    """Return how many rows every table has."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.managed
    }


def difference(before, after):
    """Return what came between two counts."""
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


def in_child(act):
    """Run an act in a process of its own, with its own connections, and return its number."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        act()
        code = 0
    except Exception:  # noqa: BLE001 – said to the test that started this program
        traceback.print_exc()
    finally:
        os._exit(code)
    return 0


def answer(data):
    """Report to the test that started this program."""
    json.dump(data, sys.stdout)
