"""An organisation answers in Word: takes the text home, changes it, brings it back, and has a receipt."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import word
from tests.journeys.browser import DESKTOP, PHONE

ROUND = "/beteiligung/2"
OLD, NEW = "Mehrsprachigkeit", "Mehrsprachigkeit von Anfang an"
COMMENT = "Gilt das auch für Erwachsene?"


@pytest.mark.parametrize(("width", "script"), [(PHONE, True), (DESKTOP, False)])
def test_answer_in_word_becomes_points_with_a_receipt(
    own_demonstration, door, tmp_path, width, script
):
    secretary = door.open(own_demonstration.address)
    secretary.take_role("secretariat")
    link = next_link(secretary)
    volunteer = door.open(own_demonstration.address, width=width, script=script)

    volunteer.goto(link)
    volunteer.follow("Lieber mit Word oder Excel antworten")
    is_easy_to_use(volunteer, script=script)
    answer = changed(downloaded(volunteer, tmp_path))
    volunteer.page.get_by_label("Datei", exact=True).set_input_files(
        {"name": "antwort.docx", "mimeType": "application/octet-stream", "buffer": answer}
    )
    volunteer.press("Hochladen und ansehen, was daraus wird")
    sees_what_becomes_of_it(volunteer)
    is_easy_to_use(volunteer, script=script)
    volunteer.press("Angekreuztes übernehmen")
    expect(volunteer.page.locator("main")).to_contain_text("2 Anliegen aus Ihrer Datei")
    volunteer.press("Verbindlich abgeben")
    assert volunteer.heading == "Ihre Stellungnahme ist eingegangen"

    number = re.search(r"2-\d{3}", volunteer.text)[0]
    secretary.goto(f"/stellungnahme/{number}/")
    expect(secretary.page.locator("main")).to_contain_text(COMMENT)
    expect(secretary.page.locator("main")).to_contain_text("antwort.docx")


def next_link(secretary):
    """The link of an organisation that has not answered yet."""
    page = secretary.context.request.get(f"{secretary.site}{ROUND}/einladungen/").text()
    return re.search(r">[^<]*(/mitmachen/\d+/[^/]+/)<", page)[1]


def downloaded(volunteer, folder: Path) -> bytes:
    with volunteer.page.expect_download() as download:
        volunteer.press("Text (Word)")
    path = folder / "plan.docx"
    download.value.save_as(path)
    return path.read_bytes()


def changed(data: bytes) -> bytes:
    """One change and one comment, at the first place that has the word once."""
    sentence = "Mehrsprachigkeit ist ein Können und kein Mangel"
    data = word.tracked(data, sentence, sentence.replace(OLD, NEW))
    return word.commented(data, "Offen ist auch, wie die Sprachförderung", COMMENT)


def sees_what_becomes_of_it(volunteer):
    main = volunteer.page.locator("main")
    expect(main).to_contain_text("nachverfolgte Änderung, Ana Beispiel")
    expect(main).to_contain_text("von Anfang an")
    expect(main).to_contain_text(COMMENT)
    assert volunteer.page.locator("main input[type=checkbox]:checked").count() == 2


def is_easy_to_use(volunteer, *, script: bool):
    assert volunteer.overflow() == []
    if script:
        assert volunteer.faults() == []
