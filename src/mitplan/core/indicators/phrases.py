"""The German sentences about a status: keys of the translation catalogue."""

from collections.abc import Mapping

from mitplan.core.indicators.results import Result
from mitplan.core.indicators.words import gettext_noop

HEAD = gettext_noop("%(word)s.")
HEAD_PROVISIONAL = gettext_noop("%(word)s (%(suffix)s).")

MEASURED = gettext_noop(
    "Im Zeitraum %(period)s beträgt der Wert %(value)s; "
    "nach dem Plan waren %(expected)s zu erwarten."
)
VALUE_ONLY = gettext_noop("Im Zeitraum %(period)s beträgt der Wert %(value)s.")
BETTER = gettext_noop("Das ist um %(deviation)s besser als geplant.")
WORSE = gettext_noop("Das ist um %(deviation)s schlechter als geplant.")
AS_PLANNED = gettext_noop("Das entspricht genau dem Plan.")
BELOW_START = gettext_noop("Der Wert ist schlechter als der Ausgangswert %(baseline)s.")
TARGET = gettext_noop("Ziel: %(target)s bis %(day)s.")

BEHIND = gettext_noop("Rückstand: %(months)s Monate.")
BEHIND_ONE = gettext_noop("Rückstand: ein Monat.")
AHEAD = gettext_noop("Vorsprung: %(months)s Monate.")
AHEAD_ONE = gettext_noop("Vorsprung: ein Monat.")

AT_LEAST = gettext_noop("Zu halten sind mindestens %(at_least)s.")
AT_MOST = gettext_noop("Zu halten sind höchstens %(at_most)s.")
CORRIDOR = gettext_noop("Zu halten sind %(at_least)s bis %(at_most)s.")
OUTSIDE = gettext_noop("Abweichung von der Grenze: %(deviation)s.")

DUE = gettext_noop("Fällig am %(day)s.")
DONE = gettext_noop("Fertig gemeldet am %(day)s.")

FINAL_VALUE = gettext_noop("Datenstand: endgültiger Wert, bewertet am %(day)s.")
PROVISIONAL_VALUE = gettext_noop(
    "Datenstand: vorläufiger Wert, bewertet am %(day)s; die Bewertung kann sich noch ändern."
)
NO_VALUE = gettext_noop("Datenstand: kein verwendbarer Wert, bewertet am %(day)s.")
REPORTED = gettext_noop("Datenstand: Meldung der zuständigen Stelle, bewertet am %(day)s.")
OVERDUE = gettext_noop("Neuere Daten sind überfällig.")
METHOD_USED = gettext_noop("Verfahren: %(method)s.")

TARGET_RULES: Mapping[Result, str] = {
    Result.ACHIEVED: gettext_noop("Regel: Der Zielwert ist zum Zieldatum erreicht."),
    Result.ACHIEVED_EARLY: gettext_noop("Regel: Der Zielwert ist vor dem Zieldatum erreicht."),
    Result.MISSED: gettext_noop("Regel: Das Zieldatum ist vorbei, der Zielwert nicht erreicht."),
    Result.WRONG_DIRECTION: gettext_noop(
        "Regel: Der Wert ist um mehr als %(near)s schlechter als der Ausgangswert."
    ),
    Result.ON_TRACK: gettext_noop(
        "Regel: Der Rückstand auf den Plan ist nicht größer als %(near)s."
    ),
    Result.AT_RISK: gettext_noop(
        "Regel: Der Rückstand auf den Plan ist größer als %(near)s, aber nicht größer als %(far)s."
    ),
    Result.OFF_TRACK: gettext_noop("Regel: Der Rückstand auf den Plan ist größer als %(far)s."),
}

BOUND_RULES: Mapping[Result, str] = {
    Result.MAINTAINED: gettext_noop("Regel: Die Grenze ist eingehalten."),
    Result.AT_RISK: gettext_noop(
        "Regel: Die Grenze ist verletzt, aber höchstens um die Toleranz von %(tolerance)s."
    ),
    Result.OFF_TRACK: gettext_noop("Regel: Die Grenze ist verletzt, der Abstand wird kleiner."),
    Result.WRONG_DIRECTION: gettext_noop(
        "Regel: Die Grenze ist verletzt, und der Abstand wird nicht kleiner."
    ),
    Result.MISSED: gettext_noop("Regel: Die Grenze ist am Ende der Frist verletzt."),
}
FIRST_OUTSIDE = gettext_noop("Regel: Die Grenze ist verletzt; ein früherer Wert fehlt.")

DELIVERABLE_RULES: Mapping[Result, str] = {
    Result.ACHIEVED: gettext_noop("Regel: Das Vorhaben ist fertig."),
    Result.ACHIEVED_EARLY: gettext_noop("Regel: Das Vorhaben ist vor dem Termin fertig."),
    Result.NOT_YET_DUE: gettext_noop("Regel: Der Termin liegt noch vor uns."),
    Result.MISSED: gettext_noop("Regel: Der Termin ist vorbei, das Vorhaben nicht fertig."),
}
