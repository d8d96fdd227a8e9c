"""A secretariat begins with nothing: five steps, and its members are asked."""

from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.browser import PHONE

MEMBER = "verein@beispiel.example"


def test_secretariat_comes_from_an_empty_site_to_the_first_answer(empty_site, door):
    secretary = door.open(empty_site.address)
    secretary.goto("/")
    page = secretary.page
    names_itself(secretary)
    people.begin_a_plan(secretary)
    page.get_by_role("textbox", name="Mitglieder").fill(f"Beispielverein; Vereine; {MEMBER}")
    secretary.press("Aufnehmen und weiter")
    page.get_by_label("jetzt eröffnen").check()
    secretary.press("Beteiligung anlegen")
    assert secretary.heading == "Der Plan steht"
    empty_site.do_the_jobs()

    member = door.open(empty_site.address, width=PHONE)
    member.goto(people.link_in_mail(empty_site, MEMBER))
    member.press("Ohne Anmerkungen abgeben")

    expect(member.page.locator(".pa-receipt")).to_contain_text("keine Anmerkungen")


def names_itself(secretary):
    page = secretary.page
    assert secretary.heading == "Neuer Plan in fünf Schritten"
    page.get_by_label("Welche Stelle").fill("Stadt Beispielhausen")
    page.get_by_label("Wie heißt die Konferenz?").fill("Konferenz Beispielhausen")
    page.get_by_label("Ihr Name").fill("Alex Beispiel")
    page.get_by_label("Ihre E-Mail-Adresse").fill("alex@beispiel.example")
    page.get_by_label("Ein Passwort").fill("Abendkurse-fuer-alle")
    secretary.press("Anlegen und weiter")
