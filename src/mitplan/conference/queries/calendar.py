"""Sittings as a calendar that any program can subscribe to (iCalendar, RFC 5545)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from mitplan.conference.models import Sitting
from mitplan.conference.queries.sittings import day_of

_LINE = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def calendar_of(sittings: Iterable[Sitting], host: str, at: datetime) -> str:
    """Return the sittings whose day is known; each lasts the whole day, for no hour is on record."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mitplan//Konferenz//DE"]
    for sitting in sittings:
        day = day_of(sitting)
        if day:
            lines.extend(_event(sitting, day, host, at))
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(sitting: Sitting, day: date, host: str, at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:sitzung-{sitting.pk}@{host}"
    yield f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(str(sitting))}"
    if sitting.place:
        yield f"LOCATION:{_text(sitting.place)}"
    if sitting.subject:
        yield f"DESCRIPTION:{_text(sitting.subject)}"
    yield "END:VEVENT"


def _text(value: str) -> str:
    return value.translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """Cut a line so that none is longer than 75 bytes, and no character is cut apart."""
    head = ""
    for character in line:
        if len(f"{head}{character}".encode()) > _LINE:
            yield head
            head = " "
        head += character
    yield head
