"""From a file to an adopted edition: secretariat, a volunteer on a phone, a department, the public."""

import csv
import io
import subprocess
import sys
from datetime import datetime, timedelta

from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.browser import PHONE

AFTER_THE_DEADLINE = timedelta(days=35)
MOST_PAGES, MOST_KEYS = 3, 4


def test_demand_becomes_words_of_an_adopted_edition(own_demonstration, door, tmp_path):
    site = own_demonstration
    secretary = door.open(site.address)
    people.sign_in_by_code(secretary, site, people.SECRETARY)
    people.begin_a_plan(secretary)
    people.read_next_edition_in(secretary)
    people.open_a_round(secretary)
    people.invite(secretary, site)

    volunteer = door.open(site.address, width=PHONE)
    takes_part_within_three_pages(volunteer, people.link_in_mail(site, people.VOLUNTEER))
    site.do_the_jobs()
    assert "4-001" in site.mails_to(people.VOLUNTEER)[-1].get_content()
    link_that_lost_its_end_leads_nowhere(volunteer, site)
    latecomer = door.open(site.address, width=PHONE)
    leaves_a_draft(latecomer, people.link_in_mail(site, people.LATECOMER))

    site.stop()
    site.start(on=datetime.now().astimezone() + AFTER_THE_DEADLINE)
    is_told_that_it_is_too_late(latecomer)
    official, secretary = door.open(site.address), door.open(site.address)
    official.take_role("department")
    people.advise(official, "4-001-02")
    secretary.take_role("secretariat")
    sees_what_is_missing(secretary)
    decides_by_keyboard(secretary)
    people.publish_results(secretary)
    assert people.gates(secretary) == ["✓\nerfüllt"] * 6
    people.adopt(secretary)

    public = door.open(site.address)
    reads_where_the_words_come_from(public)
    recomputes_the_rate(public, tmp_path)


def takes_part_within_three_pages(volunteer, link):
    page, visited = volunteer.page, []
    page.on("framenavigated", lambda frame: visited.append(frame.url.partition("#")[0]))
    volunteer.goto(link)
    page.get_by_label(people.QUESTION).fill("Am Abend.")
    expect(page.get_by_text("Gespeichert", exact=True).first).to_be_visible()
    proposes_a_wording(page)
    page.get_by_label("Was soll sich ändern oder was fehlt?").fill("Es fehlt die Kinderbetreuung.")
    volunteer.press("Thema speichern")
    expect(page.locator("#stand")).to_contain_text("3 Anliegen gespeichert")
    volunteer.follow("Weiter: prüfen und abgeben")
    late_window = volunteer.context.new_page()
    late_window.goto(page.url)
    volunteer.press("Verbindlich abgeben")
    assert volunteer.heading == "Ihre Stellungnahme ist eingegangen"
    expect(page.locator(".pa-receipt")).to_contain_text("4-001")
    assert len(set(visited)) <= MOST_PAGES
    late_window.get_by_role("button", name="Verbindlich abgeben").click()
    expect(late_window.locator(".pa-receipt")).to_contain_text("4-001")


def proposes_a_wording(page):
    place = page.locator(f"#t{people.COURSES}")
    place.get_by_role("link", name="Ändern oder kommentieren").click()
    place.get_by_label("Wortlaut").fill(people.REWORDED)
    expect(place.locator("ins")).to_have_text("eingefügt: und am Abend")
    place.get_by_label("Kommentar oder").fill("Viele arbeiten am Vormittag.")
    place.get_by_role("button", name="Speichern").click()
    expect(place.locator(".pa-card")).to_contain_text("neuer Wortlaut")


def link_that_lost_its_end_leads_nowhere(volunteer, site):
    link = people.link_in_mail(site, people.LATECOMER)
    answer = volunteer.goto(f"{link[:-6]}/")
    assert (answer.status, volunteer.heading) == (404, "Dieser Link passt nicht")


def leaves_a_draft(latecomer, link):
    latecomer.goto(link)
    latecomer.page.get_by_label(people.QUESTION).fill("Am Wochenende.")
    expect(latecomer.page.get_by_text("Gespeichert", exact=True).first).to_be_visible()
    latecomer.follow("Weiter: prüfen und abgeben")


def is_told_that_it_is_too_late(latecomer):
    latecomer.press("Verbindlich abgeben")
    expect(latecomer.page.get_by_role("alert").first).to_contain_text("Frist")
    latecomer.goto(latecomer.page.url)
    assert latecomer.heading == "Die Frist ist abgelaufen"
    expect(latecomer.page.locator("main")).to_contain_text("Am Wochenende.")


def sees_what_is_missing(secretary):
    assert people.gates(secretary).count("✕\nfehlt") == 1
    expect(secretary.page.locator("main")).to_contain_text(
        "Anliegen 4-001-02 ist nicht entschieden"
    )


def decides_by_keyboard(secretary):
    page, pressed = secretary.page, []

    def press(*keys):
        for key in keys:
            pressed.append(key)
            page.keyboard.press(key)

    secretary.goto("/anliegen/?runde=4&stand=undecided")
    press("j", "Enter")
    page.wait_for_url("**/4-001-02/entscheiden/**")
    pressed.clear()
    press("1", "s")
    page.wait_for_url("**/4-001-03/entscheiden/**")
    assert len(pressed) <= MOST_KEYS
    pressed.clear()
    press("b", "3")
    expect(page.get_by_label("Begründung in einem Satz")).not_to_have_value("")
    press("s")
    expect(page.locator("main")).to_contain_text("In dieser Auswahl ist über alles entschieden.")
    assert len(pressed) <= MOST_KEYS


def reads_where_the_words_come_from(public):
    public.goto(f"/plan/{people.PLAN}/")
    expect(public.page.locator(f"#t{people.COURSES}")).to_contain_text(people.REWORDED)
    public.goto(f"/plan/{people.PLAN}/textstelle/{people.COURSES}/")
    public.page.locator(".pub-origins").get_by_role("link", name="4-001-02").click()
    assert public.heading == "Anliegen 4-001-02"
    assert "eingefügt:\n und am Abend" in public.page.locator("main ins").last.inner_text()


def recomputes_the_rate(public, folder):
    public.goto("/ergebnis/4/")
    rates = public.page.get_by_role("row", name="wörtlich übernommen 50,0 % (1 von 2)")
    expect(rates).to_have_count(1)
    for name in ("anliegen.csv", "recompute.py"):
        address = f"/ergebnis/{'' if name.endswith('.py') else '4/'}{name}"
        (folder / name).write_bytes(public.context.request.get(public.site + address).body())
    command = [sys.executable, "recompute.py", "anliegen.csv"]
    printed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert "50.0" in printed.stdout.replace(",", ".")
    rows = list(
        csv.DictReader(io.StringIO((folder / "anliegen.csv").read_text("utf-8-sig")), delimiter=";")
    )
    assert [row["outcome"] for row in rows] == ["taken_up", "declined"]
