"""The same way without JavaScript: forms and links alone do all that has to be done."""

from datetime import datetime, timedelta

from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.browser import PHONE

AFTER_THE_DEADLINE = timedelta(days=35)


def test_volunteer_and_secretary_get_everything_done_without_script(own_demonstration, door):
    site = own_demonstration
    secretary = door.open(site.address, script=False)
    people.sign_in_by_code(secretary, site, people.SECRETARY)
    people.begin_a_plan(secretary)
    people.read_next_edition_in(secretary)
    people.open_a_round(secretary)
    people.invite(secretary, site)
    volunteer = door.open(site.address, width=PHONE, script=False)
    takes_part(volunteer, people.link_in_mail(site, people.VOLUNTEER))

    site.stop()
    site.start(on=datetime.now().astimezone() + AFTER_THE_DEADLINE)
    secretary = door.open(site.address, script=False)
    secretary.take_role("secretariat")
    decides(secretary)
    people.publish_results(secretary)
    assert people.gates(secretary) == ["✓\nerfüllt"] * 6
    people.adopt(secretary)

    public = door.open(site.address, script=False)
    public.goto(f"/plan/{people.PLAN}/")
    expect(public.page.locator(f"#t{people.COURSES}")).to_contain_text(people.REWORDED)


def takes_part(volunteer, link):
    page = volunteer.page
    volunteer.goto(link)
    page.get_by_label(people.QUESTION).fill("Am Abend.")
    volunteer.press("Antworten speichern")
    expect(page.get_by_role("status")).to_contain_text("Ihre Antworten sind gespeichert.")
    place = page.locator(f"#t{people.COURSES}")
    place.get_by_role("link", name="Ändern oder kommentieren").click()
    place.get_by_label("Wortlaut").fill(people.REWORDED)
    place.get_by_role("button", name="Vorschau").click()
    expect(place.locator("ins")).to_have_text("eingefügt: und am Abend")
    place.get_by_role("button", name="Speichern").click()
    expect(place.locator(".pa-card")).to_contain_text("neuer Wortlaut")
    page.get_by_text("Thema hinzufügen").click()
    page.get_by_label("Was soll sich ändern oder was fehlt?").fill("Es fehlt die Kinderbetreuung.")
    volunteer.press("Thema speichern")
    volunteer.follow("Weiter: prüfen und abgeben")
    volunteer.press("Verbindlich abgeben")
    expect(page.locator(".pa-receipt")).to_contain_text("4-001")


def decides(secretary):
    page = secretary.page
    secretary.goto("/anliegen/4-001-02/entscheiden/?runde=4&stand=undecided")
    page.get_by_role("radio", name="übernommen 1", exact=True).check()
    secretary.press("Entscheiden und weiter")
    assert secretary.path == "/anliegen/4-001-03/entscheiden/"
    page.get_by_text("Textbaustein wählen").click()
    secretary.follow("Keine Mittel im Haushalt")
    secretary.press("Entscheiden und weiter")
    expect(page.locator("main")).to_contain_text("In dieser Auswahl ist über alles entschieden.")
