"""Many letters at once: who wrote each, and how far they are taken in."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from mitplan.conference.models import Organisation
from mitplan.participation.models import Bulk, BulkLetter, Consultation
from mitplan.participation.queries.consultations import organisations_for
from mitplan.participation.queries.packs import WHO

SENDER_LENGTH = 1_000
"""In so many signs at its beginning a letter names who wrote it."""

_WORD = re.compile(r"[a-z0-9]+")
_UNTELLING = frozenset(
    [
        "e",
        "v",
        "ev",
        "der",
        "die",
        "das",
        "des",
        "den",
        "dem",
        "und",
        "im",
        "in",
        "in",
        "für",
        "fuer",
        "von",
        "zu",
        "zum",
        "zur",
        "am",
        "ggmbh",
        "gmbh",
    ]
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def organisation_of(
    name: str, particulars: Mapping[str, str], text: str, organisations: Sequence[Organisation]
) -> Organisation | None:
    """Return who wrote a letter: as its pack says, or its file name, or its first lines; only if it is one."""
    key = particulars.get(WHO, "")
    found = [each for each in organisations if str(each.pk) == key]
    return (
        next(iter(found), None)
        or _only(_named_in(words_of(name), organisations))
        or _only(_named_in(words_of(text[:SENDER_LENGTH]), organisations))
    )


def words_of(text: str) -> list[str]:
    """Return the words of a name as file names spell them."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    folded = unicodedata.normalize("NFKD", plain)
    return _WORD.findall(folded)


def _named_in(words: Sequence[str], organisations: Iterable[Organisation]) -> list[Organisation]:
    """Return the organisations whose whole name stands among words; the longest name wins."""
    known = set(words)
    found: list[tuple[int, Organisation]] = []
    for each in organisations:
        name = {word for word in words_of(each.name) if word not in _UNTELLING}
        if name and name <= known:
            found.append((len(name), each))
    longest = max((length for length, _each in found), default=0)
    return [each for length, each in found if length == longest]


def _only(found: Sequence[Organisation]) -> Organisation | None:
    return found[0] if len(found) == 1 else None


def organisations_in(consultation: Consultation) -> list[Organisation]:
    """Return who may have written."""
    return list(organisations_for(consultation).order_by("name"))


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter of a bulk as the page shows it."""

    name: str
    state: str
    label: str
    sentence: str
    submission: str
    url: str


STATES = {
    BulkLetter.State.WAITING: "planned",
    BulkLetter.State.TAKEN: "done",
    BulkLetter.State.KNOWN: "submitted",
    BulkLetter.State.REFUSED: "withdrawn",
}


def letter_rows(bulk: Bulk) -> list[LetterRow]:
    """Return the letters of a bulk in their order."""
    columns = ("name", "state", "sentence", "submission__number")
    rows = bulk.letters.order_by("position").values_list(*columns)
    return [
        LetterRow(
            name,
            STATES[BulkLetter.State(state)],
            str(BulkLetter.State(state).label),
            sentence,
            number or "",
            reverse("participation:submission", args=[number]) if number else "",
        )
        for name, state, sentence, number in rows
    ]


def bulks_of(consultation: Consultation) -> list[Bulk]:
    """Return the bulks of a round, the newest first."""
    return list(consultation.bulks.order_by("-pk"))
