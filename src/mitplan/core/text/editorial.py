"""Editorial changes: a rule proposes them, a person confirms; when in doubt a change is substantive."""

from rapidfuzz.distance import DamerauLevenshtein

from mitplan.core.text.tokens import is_word, tokenize

_SHORTEST_TYPO = 5
_NEVER = frozenset(
    "nicht kein keine keinen keinem keiner keines nie niemals ohne weder noch nur muss kann soll "
    "januar februar märz april mai juni juli august september oktober november dezember "
    "ein eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
)


def is_editorial(old: str, new: str) -> bool:
    """Tell whether only punctuation, blanks or slips of the pen were changed.

    Numbers, dates, months, negations and names are never editorial.
    """
    before = [token for token in tokenize(old) if is_word(token)]
    after = [token for token in tokenize(new) if is_word(token)]
    return len(before) == len(after) and all(map(_is_slip, before, after))


def _is_slip(old: str, new: str) -> bool:
    """Tell whether one word is the other with a single slip."""
    if old == new:
        return True
    if not (old.isalpha() and new.isalpha()) or {old.lower(), new.lower()} & _NEVER:
        return False
    if old.lower() == new.lower():
        return True
    starts_alike = old[0] == new[0]
    long_enough = min(len(old), len(new)) >= _SHORTEST_TYPO
    return starts_alike and long_enough and DamerauLevenshtein.distance(old, new) == 1
