"""On English pages the words people wrote keep their own language."""

from html.parser import HTMLParser

import pytest
from django.test import Client

from mitplan.conference.models import Organisation
from mitplan.participation.models import Consultation, Decision, Point, Question, Submission
from mitplan.plan.models import Edition, GoalRevision, MeasureRevision, Wording
from mitplan.projects.models import Project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
PAGES = [
    "/",
    "/anliegen/",
    "/anliegen/1-001-01/",
    "/beteiligung/",
    "/beteiligung/1/",
    "/ergebnis/",
    "/ergebnis/1/",
    "/konferenz/mitglieder/",
    "/massnahmen/",
    "/massnahmen/musterland/M1/",
    "/plan/musterland/",
    "/plan/musterland/fassung/1/?herkunft=1",
    "/plan/musterland/fassung/3/nach-der-beteiligung/",
    "/plan/musterland/textstelle/70/",
    "/plan/musterland/vergleich/2/3/",
    "/plan/musterland/vergleich/2/3/?ansicht=spalten",
    "/projekte/",
    "/stellungnahme/1-001/",
    "/ziele/",
    "/ziele/musterland/Z2/",
]
WITHOUT_END = {"br", "col", "hr", "img", "input", "link", "meta"}
UNMARKED = {"caption", "option", "title"}
"""Elements whose words are used as a mere name elsewhere, so that no part can have a language of its own."""


class Scopes(HTMLParser):
    """Collects the texts of a page with the language that holds for them."""

    def __init__(self, page):
        super().__init__()
        self.open, self.texts = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag not in WITHOUT_END:
            inherited = self.open[-1][1] if self.open else ""
            self.open.append((tag, dict(attrs).get("lang") or inherited))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and self.open and self.open[-1][0] not in UNMARKED:
            self.texts.append((" ".join(data.split()), self.open[-1][1]))


@pytest.fixture(scope="module")
def written(demonstration, django_db_blocker):
    """Everything people wrote, as far as it is longer than a word that may stand anywhere."""
    with django_db_blocker.unblock():
        found = {
            text
            for model, field in (
                (Consultation, "title"),
                (Decision, "sentence"),
                (Edition, "title"),
                (GoalRevision, "title"),
                (MeasureRevision, "title"),
                (Organisation, "name"),
                (Point, "text"),
                (Point, "reason"),
                (Project, "name"),
                (Question, "text"),
                (Submission, "organisation_name"),
                (Wording, "text"),
            )
            for text in model.objects.values_list(field, flat=True)
        }
    return {" ".join(text.split()) for text in found if len(text.split()) > 2}


@pytest.mark.parametrize("address", PAGES)
def test_words_of_people_are_marked_as_german_on_english_pages(written, address):
    answer = Client().get(address, headers={"Accept-Language": "en"})
    texts = Scopes(answer.content.decode()).texts

    assert answer.status_code == 200
    assert [text for text, language in texts if text in written and language != "de"] == []
    assert [text for text, language in texts if text in written] != []


def test_pages_that_speak_german_repeat_no_language():
    page = Client().get("/massnahmen/").content.decode()

    assert page.count('lang="de"') == len(["html"])
