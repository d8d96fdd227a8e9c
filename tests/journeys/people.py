"""What people do on the way from a file to an adopted edition; it works with and without scripts."""

import re

from playwright.sync_api import expect

from tests.journeys.browser import Visitor
from tests.journeys.site import Site

SECRETARY = "geschaeftsstelle@demonstration.example"
OFFICIAL = "ressort@demonstration.example"
VOLUNTEER = "sprachbruecke@demonstration.example"
LATECOMER = "eltern@demonstration.example"

PLAN = "plan-fuer-beispielhausen"
FIRST_TEXT = """\
# Plan für Beispielhausen

## Sprache

Das Land fördert Sprachkurse am Vormittag.

Die Kommunen beraten Familien vor Ort.

## Arbeit

Abschlüsse aus dem Ausland werden geprüft.
"""
SECOND_TEXT = FIRST_TEXT.replace("vor Ort", "in jedem Ort")
COURSES, ADVICE_FOR_FAMILIES = 3, 4
REWORDED = "Das Land fördert Sprachkurse am Vormittag und am Abend."
QUESTION = "Wann sollen die Kurse stattfinden?"


def sign_in_by_code(visitor: Visitor, site: Site, email: str) -> None:
    """Sign in with a code from a mail."""
    visitor.goto("/konto/login/")
    visitor.follow("Ohne Passwort: Code zusenden")
    visitor.page.get_by_label("E-Mail").fill(email)
    visitor.press("Code zusenden")
    site.do_the_jobs()
    code = re.search(
        r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", site.mails_to(email)[-1].get_content(), re.MULTILINE
    )
    visitor.page.get_by_label("Code").fill(code[0])
    visitor.press("Anmelden")
    assert visitor.path == "/aufgaben/"


def begin_a_plan(secretary: Visitor) -> None:
    """Read the first text of a new plan in, after a look at what becomes of it."""
    secretary.goto("/neu/plantext/")
    secretary.page.get_by_label("Titel des Plans").fill("Plan für Beispielhausen")
    _choose_file(secretary, FIRST_TEXT)
    secretary.press("Vorschau zeigen")
    expect(secretary.page.locator("main")).to_contain_text("6 Textstellen")
    secretary.press("Einlesen und weiter")
    assert secretary.path == "/neu/mitglieder/"


def read_next_edition_in(secretary: Visitor) -> None:
    """Read the next text in; the preview says what differs."""
    secretary.goto(f"/plan/{PLAN}/einlesen/")
    page = secretary.page
    page.get_by_label("Bezeichnung").fill("Zweiter Entwurf")
    page.get_by_label("Art der Fassung").select_option(label="Kabinettsfassung")
    _choose_file(secretary, SECOND_TEXT)
    secretary.press("Vorschau zeigen")
    assert page.locator("main ins").all_inner_texts() == ["eingefügt:\nin jedem"]
    secretary.press("So einlesen")
    assert secretary.path == f"/plan/{PLAN}/fassung/2/"


def _choose_file(visitor: Visitor, text: str) -> None:
    file = {"name": "plan.md", "mimeType": "text/markdown", "buffer": text.encode()}
    visitor.page.get_by_label("Datei").set_input_files(file)


def open_a_round(secretary: Visitor) -> None:
    """Prepare a consultation with a question, look at it, open it."""
    secretary.goto("/beteiligung/neu/")
    page = secretary.page
    page.get_by_label("Titel").fill("Beteiligung zum zweiten Entwurf")
    editions = page.get_by_label("Fassung, um die es geht")
    label = editions.locator("option", has_text="Zweiter Entwurf").inner_text()
    editions.select_option(label=label)
    if not page.get_by_role("textbox", name="Frage").first.is_visible():
        page.get_by_text("Frage 1", exact=True).click()
    page.get_by_role("textbox", name="Frage").first.fill(QUESTION)
    page.get_by_role("textbox", name="Textstelle").first.fill(str(COURSES))
    secretary.press("Weiter: prüfen und eröffnen")
    expect(page.locator("main")).to_contain_text("20 Arbeitstage")
    secretary.press("Jetzt eröffnen")
    assert secretary.path == "/beteiligung/4/einladungen/"


def invite(secretary: Visitor, site: Site) -> None:
    """Invite all who have an address; the mails leave with the next jobs."""
    secretary.press("Angekreuzte einladen")
    expect(secretary.page.locator("main")).to_contain_text("40 eingeladen.")
    site.do_the_jobs()


def link_in_mail(site: Site, email: str) -> str:
    """Return the link to one task from the newest mail."""
    return re.search(r"http\S+/mitmachen/\S+", site.mails_to(email)[-1].get_content())[0]


def advise(official: Visitor, point: str) -> None:
    """Recommend something as a department."""
    official.goto(f"/anliegen/{point}/entscheiden/")
    official.page.get_by_label("Empfehlung").select_option(label="übernommen")
    official.page.get_by_role("textbox", name="Fachvotum").fill("Das ist gut umzusetzen.")
    official.press("Fachvotum abgeben")
    expect(official.page.locator("main")).to_contain_text("Das Fachvotum ist gespeichert.")


def publish_results(secretary: Visitor) -> None:
    secretary.goto("/beteiligung/4/ergebnis-veroeffentlichen/")
    secretary.press("Jetzt veröffentlichen")
    expect(secretary.page.locator("main")).to_contain_text("Die Ergebnisse sind veröffentlicht.")


def gates(visitor: Visitor) -> list[str]:
    """Return the word at each gate before the adoption."""
    visitor.goto(f"/plan/{PLAN}/beschluss/")
    return visitor.page.locator(".pub-gates .ui-status").all_inner_texts()


def adopt(secretary: Visitor) -> None:
    page = secretary.page
    page.get_by_label("Bezeichnung der Fassung").fill("Beschlossene Fassung")
    page.get_by_label("Beschlossen durch").fill("Rat von Beispielhausen")
    secretary.press("Fassung beschließen")
    assert secretary.path == f"/plan/{PLAN}/fassung/3/nach-der-beteiligung/"
