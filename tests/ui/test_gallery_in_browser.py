"""What only a browser can tell: accessibility, overflow, the scripts, the content security policy."""

from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import sync_playwright

pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def chromium():
    if not CHROMIUM.exists():
        pytest.skip("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address():
    """The site without a database: the gallery needs none, and browser and database share no thread."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.set_app(get_wsgi_application())
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/bausteine/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_gallery(address, chromium, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    contexts = []

    def visit(width=1280, scheme="light", language="de"):
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            reduced_motion="reduce",
            extra_http_headers={"Accept-Language": language},
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(address)
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(1280, "light", "de"), (1280, "dark", "ar"), (320, "light", "ar")],
)
def test_gallery_is_accessible(open_gallery, width, scheme, language):
    page = open_gallery(width, scheme, language)

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})

    assert [
        (fault["id"], fault["nodes"][0]["html"]) for fault in found.response["violations"]
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    assert page.complaints == []


def test_keys_walk_through_the_rows_of_a_table(open_gallery):
    page = open_gallery()

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bausteine/#anliegen-113")

    assert page.locator("[aria-selected] th").inner_text() == "113"


def test_keys_leave_those_who_write_alone(open_gallery):
    page = open_gallery()

    page.get_by_label("Ihr Anliegen").first.press_sequentially("js")

    assert page.get_by_label("Ihr Anliegen").first.input_value() == "js"
    assert page.locator("[aria-selected]").count() == 0


def test_autosave_without_connection_keeps_the_text_in_the_browser(open_gallery):
    page = open_gallery()
    page.route("**/entwurf/", lambda route: route.abort())

    page.get_by_label("Ihr Anliegen").first.fill("Mehr Kurse")
    page.get_by_text("Ohne Verbindung").wait_for()
    page.reload()

    assert page.get_by_label("Ihr Anliegen").first.input_value() == "Mehr Kurse"


def test_autosave_says_when_the_server_has_saved(open_gallery):
    page = open_gallery()
    sent = []
    page.route(
        "**/entwurf/",
        lambda route: (sent.append(route.request.post_data), route.fulfill(status=204)),
    )

    page.get_by_label("Ihr Anliegen").first.fill("Mehr Kurse")
    page.get_by_text("Gespeichert", exact=True).wait_for()

    assert ["Mehr Kurse" in body for body in sent] == [True]


def test_menu_opens_on_a_phone_without_script(open_gallery):
    page = open_gallery(width=360)

    page.get_by_text("Menü").click()

    assert page.get_by_role("link", name="Was wurde daraus").is_visible()
