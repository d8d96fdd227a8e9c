"""Values as the pages write them: dates, numbers, links, statuses, sources."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.formats import date_format, number_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language, get_language_info, pgettext
from django.utils.translation import gettext as _

NOTHING = "–"


def spoken_date(value: date) -> str:
    """Write a day as one says it, "19. März 2015", with the hour where there is one."""
    if isinstance(value, datetime):
        moment = localtime(value) if is_aware(value) else value
        hour = date_format(moment, "TIME_FORMAT")
        return _("%(day)s, %(hour)s Uhr") % {"day": spoken_date(moment.date()), "hour": hour}
    return _spoken_day(value, get_language())


@lru_cache(maxsize=4096)
def _spoken_day(day: date, _language: str | None) -> str:
    return date_format(day, "DATE_FORMAT")


def spoken_number(value: float | Decimal, decimals: int | None = None) -> str:
    """Write a number with the signs of the language, "1.234,5" in German; rounded as in school."""
    if decimals is not None:  # number_format would cut the further digits off
        value = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def spoken_quantity(value: float | Decimal | None, unit: str, decimals: int | None = None) -> str:
    """Write a number with its unit on the same line, "35,3 %"; nothing where nothing is known."""
    if value is None:
        return ""
    number = spoken_number(value, decimals)
    if unit == "%":
        return _("%(number)s\N{NO-BREAK SPACE}%%") % {"number": number}
    return f"{number}\N{NO-BREAK SPACE}{unit}".strip()


def spoken_share(value: float | Decimal) -> str:
    """Write a share of a hundred with one decimal."""
    return spoken_quantity(value, "%", 1)


def cell(value: object) -> SafeString:
    """Turn any value of a table or a list of facts into safe HTML."""
    if value is None or value == "":
        return escape(NOTHING)
    if hasattr(value, "__html__"):
        return SafeString(value.__html__())
    if isinstance(value, bool):
        return escape(_("ja") if value else _("nein"))
    if isinstance(value, date):
        return escape(spoken_date(value))
    if isinstance(value, int | float | Decimal):
        return escape(spoken_number(value))
    return _words(str(value))


def _words(text: str) -> SafeString:
    """Write a text; an address in it may break anywhere, having no place for that by itself."""
    if "://" in text:
        return format_html('<span class="ui-breakable">{}</span>', text)
    return escape(text)


def language_of_plan() -> SafeString:
    """Return language and direction of the plan's text, which stay when the pages speak another one."""
    direction = "rtl" if get_language_info(settings.LANGUAGE_CODE)["bidi"] else "ltr"
    return format_html('lang="{}" dir="{}"', settings.LANGUAGE_CODE, direction)


def speaks_plan_language() -> bool:
    """Tell whether the page just now speaks the language the plan is written in."""
    return get_language() == settings.LANGUAGE_CODE


def language_of_page() -> SafeString:
    """Return the language of the page's own words among those of the plan, where they differ."""
    if speaks_plan_language():
        return SafeString("")
    return format_html(' lang="{}"', get_language())


def in_plan_language(text: object) -> SafeString:
    """Say of words of the plan which language they are in, where the page speaks another one."""
    if not text:
        return SafeString("")
    if speaks_plan_language():
        return format_html("{}", text)
    return format_html("<span {}>{}</span>", language_of_plan(), text)


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere."""

    label: str
    url: str

    def __html__(self) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.url, self.label)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a hundred; in a file it stays a number."""

    percent: float

    def __str__(self) -> str:
        return spoken_share(self.percent)

    def __html__(self) -> SafeString:
        return escape(str(self))


@dataclass(frozen=True, slots=True)
class Status:
    """A state as symbol and word, with a sentence where there is room; never colour alone."""

    value: str
    label: str
    sentence: str = ""

    def __html__(self) -> SafeString:
        badge = _status_badge(self.value, str(self.label))
        if not self.sentence:
            return badge
        return format_html('{} <span class="ui-status__sentence">{}</span>', badge, self.sentence)


@lru_cache(maxsize=1024)
def _status_badge(value: str, label: str) -> SafeString:
    symbol, tone = SYMBOLS.get(value, UNKNOWN)
    return format_html(
        '<span class="kern-badge kern-badge--small ui-status ui-status--{}">'
        '<span aria-hidden="true">{}</span><span class="kern-label">{}</span></span>',
        tone,
        symbol,
        label,
    )


UNKNOWN = ("○", "neutral")
SYMBOLS = {
    # goals (design: monitoring)
    "achieved": ("✓", "good"),
    "achieved_early": ("✓", "good"),
    "maintained": ("✓", "good"),
    "on_track": ("↗", "good"),
    "at_risk": ("→", "middle"),
    "off_track": ("↘", "bad"),
    "wrong_direction": ("↓", "bad"),
    "missed": ("✕", "bad"),
    "contradiction": ("!", "bad"),
    "not_assessable": ("?", "neutral"),
    "no_data": ("…", "neutral"),
    "not_yet_due": ("◷", "neutral"),
    "suspended": ("‖", "neutral"),
    "ended": ("■", "neutral"),
    # decisions on points
    "taken_up": ("✓", "good"),
    "taken_up_in_substance": ("≈", "good"),
    "taken_up_partly": ("◐", "middle"),
    "already_covered": ("=", "information"),
    "deferred": ("↻", "information"),
    "referred": ("↗", "information"),
    "declined": ("✕", "bad"),
    "noted": ("•", "neutral"),
    "undecided": ("○", "neutral"),
    # proposals on a newer edition
    "clean": ("✓", "good"),
    "fulfilled": ("=", "information"),
    "partly_fulfilled": ("◐", "information"),
    "spans_split": ("÷", "middle"),
    "context_changed": ("≈", "middle"),
    "conflict": ("!", "bad"),
    "orphaned": ("✕", "bad"),
    # consultations, submissions, editions, projects, measures
    "planned": ("○", "neutral"),
    "draft": ("✎", "neutral"),
    "open": ("●", "good"),
    "closing": ("◷", "middle"),
    "closed": ("■", "neutral"),
    "submitted": ("✓", "information"),
    "withdrawn": ("✕", "neutral"),
    "adopted": ("✓", "good"),
    "not_adopted": ("○", "middle"),
    "passed": ("✓", "good"),
    "blocked": ("✕", "bad"),
    "current": ("●", "good"),
    "running": ("●", "good"),
    "done": ("✓", "good"),
    "completed": ("✓", "good"),
    "paused": ("‖", "neutral"),
    "future": ("○", "neutral"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The pair of badges: sourced fact, or made up for the demonstration."""

    source: str
    is_demonstration: bool

    @property
    def word(self) -> str:
        """What the badge says, with its source."""
        if self.is_demonstration:
            return pgettext("Kennzeichen", "Demonstration")
        return _("Belegt: %(source)s") % {"source": self.source} if self.source else ""

    def __html__(self) -> SafeString:
        if self.is_demonstration:
            return _evidence_badge("demonstration", pgettext("Kennzeichen", "Demonstration"), "")
        if not self.source:
            return SafeString()
        return _evidence_badge("sourced", _("Belegt"), self.source)


def _evidence_badge(kind: str, word: str, source: str) -> SafeString:
    badge = format_html('<span class="ui-evidence ui-evidence--{}">{}</span>', kind, word)
    if urlsplit(source).scheme in ("http", "https"):
        hint = _("Quelle: %(source)s") % {"source": urlsplit(source).netloc}
        return format_html(
            '<a class="ui-evidence__link" href="{}" title="{}">{}</a>', source, hint, badge
        )
    if source:
        return format_html('{} <span class="ui-evidence__source">{}</span>', badge, source)
    return badge
