"""People in front of a browser: each with cookies of their own, and an ear for what the browser complains about."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, Page, Response

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE, NARROWEST = 1280, 360, 320
HEIGHTS = {DESKTOP: 800, PHONE: 740, NARROWEST: 640}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
ENOUGH = 3
RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
BY_LOOKS = {
    "type": "rule",
    "values": [
        "color-contrast",
        "link-in-text-block",
        "scrollable-region-focusable",
        "target-size",
    ],
}
"""What depends on colours and on the width of the window; all else is the same in the same document."""


@dataclass
class Visitor:
    """One person with one browser."""

    site: str
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._see)

    def _hear(self, message) -> None:
        """Keep errors; an answer that refuses something is no error of the page."""
        is_refusal = "the server responded with a status of 4" in message.text
        if message.type in ("error", "warning") and not is_refusal:
            self.complaints.append(f"{urlsplit(self.page.url).path}: {message.text}")

    def _see(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(self.site).netloc:
            self.complaints.append(f"{urlsplit(self.page.url).path}: asks {request.url}")

    def goto(self, address: str) -> Response:
        return self.page.goto(address if "://" in address else self.site + address)

    def take_role(self, role: str) -> None:
        """Become somebody in the demonstration, as its role switch does."""
        answer = self.context.request.post(f"{self.site}/rolle/", form={"role": role, "next": "/"})
        assert answer.ok, answer.status

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def heading(self) -> str:
        return self.page.locator("h1").first.inner_text()

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def faults(self, rules: dict[str, object] = RULES) -> list[tuple[str, str]]:
        """Return what axe finds on the page as it is now: the rule and the first place."""
        if self.page.evaluate("typeof window.axe") == "undefined":
            self.page.evaluate(AXE)
        found = self.page.evaluate(
            """rules => axe.run(document, {
                runOnly: rules, resultTypes: ["violations"],
            }).then(found => found.violations.map(
                fault => [fault.id, fault.nodes.length, fault.nodes[0].html]
            ))""",
            rules,
        )
        return [tuple(fault) for fault in found]

    def overflow(self) -> list[str]:
        """Return what stands out to the right of the window; empty where nobody has to scroll sideways."""
        return self.page.evaluate(
            """() => {
                const page = document.scrollingElement;
                if (page.scrollWidth <= innerWidth) return [];
                const out = [...document.body.querySelectorAll("*")].filter(each => {
                    const box = each.getBoundingClientRect();
                    return box.width && (box.right > innerWidth + 1 || box.left < -1);
                });
                return [`${page.scrollWidth} px`, ...out.slice(0, 5).map(
                    each => `${each.tagName} ${each.className} ${each.textContent.trim().slice(0, 40)}`
                )];
            }"""
        )

    def unfold(self) -> None:
        """Open every part that is folded away, so that it is looked at as well."""
        self.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    def thin_out(self) -> None:
        """Keep a few of each kind of row, so that a long page is judged as quickly as a short one."""
        self.page.evaluate(
            """most => {
                const classes = each => `${each.tagName}.${each.getAttribute("class")}`;
                for (const parent of document.querySelectorAll("body *")) {
                    const seen = {};
                    for (const child of [...parent.children]) {
                        const inside = [child, ...child.querySelectorAll("*")].map(classes);
                        const kind = [...new Set(inside)].sort().join(" ");
                        seen[kind] = (seen[kind] ?? 0) + 1;
                        if (seen[kind] > most) child.remove();
                    }
                }
            }""",
            ENOUGH,
        )

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})


@dataclass
class Door:
    """Opens browsers on sites, and remembers them all."""

    browser: Browser
    visitors: list[Visitor] = field(default_factory=list)

    def open(
        self,
        site: str,
        *,
        width: int = DESKTOP,
        scheme: str = "light",
        script: bool = True,
        language: str = "de-DE",
    ) -> Visitor:
        context = self.browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme=scheme,
            reduced_motion="reduce",
            locale=language,
            timezone_id="Europe/Berlin",
            java_script_enabled=script,
            has_touch=width == PHONE,
        )
        context.set_default_timeout(15_000)
        visitor = Visitor(site, context, context.new_page())
        self.visitors.append(visitor)
        return visitor

    def close(self) -> list[str]:
        """Close all and return what their browsers complained about."""
        complaints = [complaint for each in self.visitors for complaint in each.complaints]
        for visitor in self.visitors:
            visitor.context.close()
        return complaints
