"""The German words of a status, a reason and a contradiction, and the name of its symbol.

They are the keys of the translation catalogue; where they are shown, they are translated.
"""

from collections.abc import Mapping

from mitplan.core.indicators.contradictions import Problem
from mitplan.core.indicators.results import Reason, Result


def gettext_noop(message: str) -> str:
    """Mark a sentence for the translation catalogue and return it as it is."""
    return message


WORDS: Mapping[Result, str] = {
    Result.ACHIEVED: gettext_noop("Erreicht"),
    Result.ACHIEVED_EARLY: gettext_noop("Vorzeitig erreicht"),
    Result.ON_TRACK: gettext_noop("Auf Kurs"),
    Result.AT_RISK: gettext_noop("Gefährdet"),
    Result.OFF_TRACK: gettext_noop("Nicht auf Kurs"),
    Result.WRONG_DIRECTION: gettext_noop("Falsche Richtung"),
    Result.MISSED: gettext_noop("Verfehlt"),
    Result.MAINTAINED: gettext_noop("Gehalten"),
    Result.NOT_ASSESSABLE: gettext_noop("Nicht bewertbar"),
    Result.NO_DATA: gettext_noop("Keine Daten"),
    Result.NOT_YET_DUE: gettext_noop("Noch nicht fällig"),
    Result.CONTRADICTION: gettext_noop("Widersprüchliches Ziel"),
    Result.SUSPENDED: gettext_noop("Ausgesetzt"),
    Result.ENDED: gettext_noop("Beendet"),
}

PROVISIONAL = gettext_noop("vorläufig")
"""The suffix of a status that rests on a value that may still change."""

SYMBOLS: Mapping[Result, str] = {
    Result.ACHIEVED: "check",
    Result.ACHIEVED_EARLY: "double-check",
    Result.ON_TRACK: "arrow",
    Result.AT_RISK: "warning",
    Result.OFF_TRACK: "slow",
    Result.WRONG_DIRECTION: "turn-back",
    Result.MISSED: "cross",
    Result.MAINTAINED: "equals",
    Result.NOT_ASSESSABLE: "question",
    Result.NO_DATA: "dash",
    Result.NOT_YET_DUE: "hourglass",
    Result.CONTRADICTION: "unequal",
    Result.SUSPENDED: "pause",
    Result.ENDED: "square",
}

REASONS: Mapping[Reason, str] = {
    Reason.NO_BASELINE: gettext_noop("Ein Ausgangswert fehlt."),
    Reason.NO_TARGET: gettext_noop("Ein Zielwert fehlt."),
    Reason.NO_DATE: gettext_noop("Ein Zieldatum fehlt."),
    Reason.TOO_FEW_POINTS: gettext_noop("Es gibt zu wenige vergleichbare Werte."),
    Reason.SERIES_BREAK: gettext_noop(
        "Die Reihe ist unterbrochen: Der Ausgangswert ist mit den heutigen Werten nicht "
        "vergleichbar."
    ),
    Reason.SUPPRESSED: gettext_noop("Der Wert ist aus Gründen des Datenschutzes gesperrt."),
    Reason.NOT_PRECISE: gettext_noop("Der Wert ist statistisch nicht sicher genug."),
    Reason.NOT_COMPARABLE: gettext_noop("Der Wert ist anders abgegrenzt und nicht vergleichbar."),
    Reason.PUBLICATION_NOT_DUE: gettext_noop("Die Veröffentlichung steht noch aus."),
    Reason.OVERDUE_DATA: gettext_noop("Die Daten sind überfällig."),
    Reason.CONTRADICTION: gettext_noop("Die Angaben zum Ziel widersprechen sich."),
    Reason.GOAL_REVISED: gettext_noop("Das Ziel wurde geändert."),
    Reason.NOT_MEASURABLE: gettext_noop("Das Ziel ist nicht messbar formuliert."),
    Reason.OVERRIDE_EXPIRED: gettext_noop("Die von Hand gesetzte Bewertung ist abgelaufen."),
}

PROBLEMS: Mapping[Problem, str] = {
    Problem.NO_CHANGE: gettext_noop("Ausgangswert und Zielwert sind gleich."),
    Problem.AGAINST_DIRECTION: gettext_noop(
        "Der Zielwert liegt, vom Ausgangswert gesehen, gegen die gewünschte Richtung."
    ),
    Problem.ENDS_BEFORE_START: gettext_noop("Das Zieldatum liegt nicht nach dem Ausgangsdatum."),
    Problem.INTERIM_OUTSIDE: gettext_noop(
        "Ein Zwischenziel liegt nicht zwischen Ausgangsdatum und Zieldatum."
    ),
    Problem.INTERIM_TWICE: gettext_noop("Zwei Zwischenziele nennen denselben Tag."),
    Problem.INTERIM_BACKWARDS: gettext_noop(
        "Die Zwischenziele laufen zeitweise gegen die gewünschte Richtung, ohne dass ein Grund "
        "genannt ist."
    ),
    Problem.NEGATIVE_TOLERANCE: gettext_noop("Die Toleranz ist kleiner als null."),
    Problem.EMPTY_CORRIDOR: gettext_noop("Die untere Grenze liegt über der oberen."),
}
