"""Two editions as a Word file with tracked changes."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from django.core.cache import caches
from django.utils.timezone import localtime

from mitplan.formats import docx
from mitplan.plan.models import Edition
from mitplan.plan.queries import state_of
from mitplan.publishing.views.files import DOCX
from tests import factories

pytestmark = pytest.mark.django_db


def address(plan, old, new):
    return f"/plan/{plan.slug}/vergleich/{old}/{new}/aenderungen.docx"


def part(data, name):
    return zipfile.ZipFile(io.BytesIO(data)).read(f"word/{name}.xml").decode()


def test_redline_gives_both_editions_with_their_ids(client, world):
    response = client.get(address(world.plan, 1, 2))

    assert (response.status_code, response["Content-Type"]) == (200, DOCX)
    assert docx.read(response.content, "reject") == state_of(world.consulted).document
    assert docx.read(response.content, "accept") == state_of(world.adopted).document


def test_redline_names_the_point_with_its_organisation_and_the_day_of_the_decision(client, world):
    data = client.get(address(world.plan, 1, 2)).content

    point = world.points[0]
    [author] = set(re.findall(r'w:author="([^"]+)"', part(data, "document")))
    assert point.number in author
    assert point.submission.organisation_name in author
    days = {day[:10] for day in re.findall(r'w:date="([^"]+)"', part(data, "document"))}
    assert days == {localtime(factories.AFTER_CLOSING).date().isoformat()}


def test_redline_is_offered_where_editions_are_compared(client, world):
    page = client.get(f"/plan/{world.plan.slug}/vergleich/1/2/").content.decode()

    assert f'href="{address(world.plan, 1, 2)}"' in page
    assert "Als Word mit Änderungen" in page


def test_redline_to_an_edition_that_is_not_adopted_says_so_on_every_page(client, world):
    backwards = client.get(address(world.plan, 2, 1)).content

    assert "nicht beschlossen" in part(backwards, "header")
    assert "nicht beschlossen" not in part(client.get(address(world.plan, 1, 2)).content, "header")


def test_redline_with_an_edition_that_is_not_public_is_not_found(client, world):
    factories.make_edition(world.plan, kind=Edition.Kind.REPORT, title="Bericht")

    assert client.get(address(world.plan, 1, 3)).status_code == 404


def test_redline_of_imported_editions_names_the_edition(client):
    plan = factories.make_plan("eingelesen")
    factories.make_edition(plan, factories.long_text(2))
    new = tuple(replace(each, text=each.text + " Neu.") for each in factories.long_text(2))
    factories.make_edition(plan, new, title="Zweite")
    Edition.objects.filter(plan=plan).update(released_at=factories.LONG_AGO)

    data = client.get(address(plan, 1, 2)).content

    [author] = set(re.findall(r'w:author="([^"]+)"', part(data, "document")))
    assert "Zweite" in author


def test_redline_needs_as_many_statements_for_100_changes_as_for_10(client, statements):
    needed = []
    for number in (10, 100):
        plan = factories.make_plan(f"lang-{number}")
        factories.make_edition(plan, factories.long_text(number))
        changed = tuple(
            replace(each, text=each.text + " Neu.") for each in factories.long_text(number)
        )
        factories.make_edition(plan, changed, title="Zweite")
        Edition.objects.filter(plan=plan).update(released_at=factories.LONG_AGO)
        caches["pages"].clear()
        needed.append(statements(lambda plan=plan: client.get(address(plan, 1, 2))))

    assert needed[0] == needed[1] <= 10
