"""What a journalist does who believes nothing: look behind each number and each changed word."""

import json
import re
import subprocess
import sys

from playwright.sync_api import expect


def test_journalist_recomputes_the_published_rate(visitor, tmp_path):
    journalist = visitor()
    journalist.goto("/")
    published = re.search(r"36 wörtlich übernommen \((\d+),(\d)\s%\)", journalist.text)
    journalist.follow(
        "Jedes Anliegen mit seiner Entscheidung, und wie man die Quote selbst nachrechnet"
    )
    assert journalist.path == "/ergebnis/1/"

    for link in ("alle Anliegen, CSV", "recompute.py"):
        with journalist.page.expect_download() as download:
            journalist.follow(link)
        download.value.save_as(tmp_path / download.value.suggested_filename)

    command = [sys.executable, "recompute.py", "anliegen-1.csv"]
    printed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert f"{published[1]}.{published[2]}" in printed.stdout.replace(",", ".")


def test_journalist_finds_what_was_changed_without_participation(visitor):
    journalist = visitor()
    journalist.goto("/")
    journalist.follow("Was nach der Beteiligung noch geändert wurde")

    assert journalist.path == "/plan/musterland/fassung/3/nach-der-beteiligung/"
    expect(journalist.page.locator("main")).to_contain_text("Ausnahme")
    journalist.follow("Mit der Beteiligungsfassung vergleichen")
    assert journalist.path == "/plan/musterland/vergleich/2/3/"
    assert journalist.page.locator("main ins").count() > 0


def test_reader_takes_the_plan_home_in_every_format(visitor):
    reader = visitor()
    reader.goto("/plan/")
    reader.page.get_by_text("Fassungen, Vergleich").click()

    sizes = []
    for name in ("Markdown", "Word", "Nur Text", "JSON"):
        with reader.page.expect_download() as download:
            reader.follow(name)
        sizes.append(download.value.path().stat().st_size)

    assert min(sizes) > 10_000
    assert json.loads(download.value.path().read_text(encoding="utf-8"))


def test_reader_finds_passages_points_and_projects_by_one_word(visitor):
    reader = visitor()
    reader.goto("/")
    reader.page.get_by_label("Nach einem Thema suchen").fill("Sprachkurse")
    reader.press("Suchen")

    assert reader.path == "/suche/"
    assert reader.page.locator("main mark").count() > 0
