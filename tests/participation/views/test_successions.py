"""Splitting, merging and rewording points on their page."""

import pytest
from django.urls import reverse

from mitplan.participation.models import Point
from tests import factories
from tests.participation.conftest import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_closing")]


@pytest.fixture
def letter(consultation):
    return factories.make_letter(consultation, points=2)


@pytest.fixture
def secretary(db):
    return client_of(factories.make_secretary())


def address(point, way):
    return f"{reverse('participation:replace_point', args=[point.number])}?was={way}"


def test_split_leads_to_the_old_point_which_says_what_became_of_it(letter, secretary):
    point = letter.points.get(position=1)
    said = {"text1": "Anregung", "text2": "0", "reason": "Zwei Forderungen."}

    text = secretary.post(address(point, "teilen"), said, follow=True).content.decode()

    assert f"Angelegt: {letter.number}-03, {letter.number}-04." in text
    assert text.count("Dieses Anliegen wurde geteilt; ein Teil ist") == 2
    assert "ersetzt" in text


def test_merge_offers_the_other_points_of_the_submission(letter, secretary):
    point, other = letter.points.order_by("position")
    said = {
        "others": [other.pk],
        "text1": "Anregung 0 und Anregung 1",
        "reason": "Gehört zusammen.",
    }

    secretary.post(address(point, "zusammenfuehren"), said)

    assert Point.objects.filter(replaced_at__isnull=False).count() == 2


def test_reword_that_is_refused_says_why(letter, secretary):
    point = factories.declined(letter.points.get(position=1))

    answer = secretary.post(address(point, "neu-fassen"), {"text1": "Anders", "reason": "Klarer."})

    assert answer.status_code == 422
    assert "Bitte die Entscheidung erst zurücknehmen." in answer.content.decode()


def test_amendment_keeps_its_wording_when_it_is_reworded(consultation, secretary):
    point = factories.make_point(consultation)
    page = secretary.get(address(point, "neu-fassen"))
    form = page.context["form"]
    said = {name: form[name].value() or "" for name in form.fields}

    secretary.post(address(point, "neu-fassen"), said | {"reason": "Klarer."})

    new = Point.objects.get(replaced_at__isnull=True)
    assert (new.proposed_text, new.kind) == (point.proposed_text, "amendment")
    assert new.amendment.operations == point.amendment.operations


def test_points_table_says_that_a_point_is_replaced(letter, secretary):
    point = letter.points.get(position=1)
    secretary.post(address(point, "neu-fassen"), {"text1": "Anders", "reason": "Klarer."})

    text = secretary.get("/anliegen/?stand=merged").content.decode()

    assert "ersetzt" in text
