import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

CSS_AND_SCRIPTS = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"')


@pytest.fixture
def gallery(client):
    return client.get("/bausteine/").content.decode()


def weight(content):
    return len(gzip.compress(content, 9))


def test_gallery_needs_no_statement(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert client.get("/bausteine/").status_code == 200


def test_gallery_has_no_inline_style_or_script(gallery):
    assert re.findall(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", gallery) == []


def test_gallery_gives_no_id_twice(gallery):
    ids = re.findall(r'\sid="([^"]+)"', gallery)

    assert sorted(ids) == sorted(set(ids))


def test_frame_names_language_and_leads_to_content_and_law(gallery):
    assert '<html lang="de" dir="ltr">' in gallery
    assert '<a class="ui-skip" href="#inhalt">' in gallery
    assert '<main id="inhalt"' in gallery
    assert '<a href="/barriere-melden/">Barriere melden</a>' in gallery


def test_frame_marks_where_one_is(client):
    html = client.get("/bausteine/").content.decode()

    assert "aria-current" not in html.split("<main")[0].split("ui-breadcrumbs")[0]


def test_public_page_sets_no_cookie_so_that_it_can_be_cached(client):
    assert client.get("/bausteine/").cookies == {}


def test_switch_language_changes_the_language_and_returns(client):
    response = client.post("/sprache-wechseln/", {"language": "en", "next": "/bausteine/"})

    assert response.headers["Location"] == "/bausteine/"
    assert '<html lang="en"' in client.get("/bausteine/").content.decode()


def test_switch_language_never_leads_away_from_the_site(client):
    response = client.post("/sprache-wechseln/", {"language": "en", "next": "https://example.org/"})

    assert response.headers["Location"] == "/"


def test_first_visit_is_light(gallery):
    loaded = {path: finders.find(path) for path in CSS_AND_SCRIPTS.findall(gallery)}
    weights = {path: weight(Path(found).read_bytes()) for path, found in loaded.items()}
    scripts = sum(bytes_ for path, bytes_ in weights.items() if path.endswith(".js"))

    assert len(loaded) == 7
    assert scripts <= 20_000
    assert sum(weights.values()) + weight(gallery.encode()) <= 45_000
