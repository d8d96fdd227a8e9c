"""A proposal over several passages, from the link in a mail to the changed words of the draft."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

AFTER_THE_DEADLINE = timedelta(days=35)
ORGANISATION = "Musterbund der Wohlfahrtspflege Musterland e. V."
MOVED = "Konflikte werden früh und am Ort besprochen."
BEHIND = "Durchmischung gelingt durch Zuzug und nicht durch Verdrängung."
SPLIT = "Wer eine Wohnung sucht, trifft nicht selten auf Vorbehalte."
SECOND = "Betroffene erfahren, wo sie sich beraten lassen können"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_move_and_split_in_one_proposal_reach_the_draft(own_demonstration, door, script):
    site = own_demonstration
    secretary = door.open(site.address, script=script)
    secretary.take_role("secretariat")
    volunteer = door.open(site.address, script=script)
    link = link_for(secretary, site, ORGANISATION)
    number = proposes(volunteer, site, link, script=script)

    site.stop()
    site.start(on=datetime.now().astimezone() + AFTER_THE_DEADLINE)
    secretary = door.open(site.address, script=script)
    secretary.take_role("secretariat")
    secretary.goto(f"/anliegen/{number}/entscheiden/")
    expect(secretary.page.locator("main")).to_contain_text("darüber wird zusammen entschieden")
    secretary.page.get_by_role("radio", name="übernommen 1", exact=True).check()
    secretary.press("Entscheiden")
    expect(secretary.page.locator("main")).to_contain_text(f"Anliegen {number}: übernommen.")

    secretary.goto("/plan/musterland/arbeitsfassung/")
    draft = secretary.page.locator("main")
    for words in (MOVED, SECOND):
        expect(draft).to_contain_text(words)


def link_for(secretary, site, organisation):
    """Return the link of an invitation from where the secretariat reads it."""
    invitation = site.value(
        "SELECT invitation.id FROM participation_invitation AS invitation"
        " JOIN participation_consultation AS round ON round.id = invitation.consultation_id"
        " JOIN conference_organisation AS organisation"
        " ON organisation.id = invitation.organisation_id"
        " WHERE round.number = 2 AND organisation.name = ?",
        organisation,
    )
    page = secretary.context.request.get(f"{site.address}/beteiligung/2/einladungen/").text()
    return re.search(rf"/mitmachen/{invitation}/\w+/", page)[0]


def number_of(site, words):
    """Return the number of the passage that begins with some words in the consulted text."""
    return site.value(
        "SELECT passage.number FROM plan_entry AS entry"
        " JOIN plan_passage AS passage ON passage.id = entry.passage_id"
        " JOIN plan_wording AS wording ON wording.id = entry.wording_id"
        " JOIN plan_edition AS edition ON edition.id = entry.edition_id"
        " WHERE edition.number = 3 AND wording.text LIKE ?",
        f"{words}%",
    )


def proposes(volunteer, site, link, *, script):
    """Move one passage, split another in the same proposal, hand in; return the point's number."""
    page = volunteer.page
    volunteer.goto(link)
    first = page.locator(f"#t{number_of(site, MOVED)}")
    first.get_by_role("link", name="Ändern oder kommentieren").click()
    first.get_by_role("radio", name="Verschieben").check()
    behind = number_of(site, BEHIND)
    choice = first.get_by_label("Hinter welche Textstelle?")
    choice.select_option(label=f"{behind} – {BEHIND}")
    first.get_by_label("Kommentar oder Begründung").fill("Erst reden, dann bauen.")
    looks(first, script=script)
    expect(first).to_contain_text(f"verschoben hinter Textstelle {behind}")
    if script:
        assert volunteer.faults() == []
    first.get_by_role("button", name="Speichern").click()
    first.get_by_role("link", name="Weitere Textstelle hinzufügen").click()

    second = page.locator(f"#t{number_of(site, SPLIT)}")
    second.get_by_role("link", name="Ändern oder kommentieren").click()
    second.get_by_role("radio", name="Teilen").check()
    words = second.get_by_label("Wortlaut")
    words.fill(words.input_value().replace(f" {SECOND}", f"\n\n{SECOND}"))
    looks(second, script=script)
    expect(second).to_contain_text("danach als neue Textstelle:")
    save = second.get_by_role("button", name="Speichern")
    save.click()
    expect(save).to_have_count(0)
    expect(second).to_contain_text("Teil des Vorschlags zu")

    volunteer.follow("Weiter: prüfen und abgeben")
    expect(page.locator("main")).to_contain_text("2 Änderungen in einem Vorschlag")
    if script:
        assert volunteer.faults() == []
    volunteer.press("Verbindlich abgeben")
    return page.locator(".pa-card__head strong").first.inner_text()


def looks(place, *, script):
    """Look at the difference: it appears while one types, or when one asks for it."""
    if not script:
        place.get_by_role("button", name="Vorschau").click()
