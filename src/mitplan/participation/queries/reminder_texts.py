"""What a mail of reminders says, in the language of whoever reads it."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from mitplan.participation.queries.reminders import Kind, Recipient, Reminder


def subject_and_body(
    recipient: Recipient, reminders: Sequence[Reminder], digest: Sequence[Reminder]
) -> tuple[str, str]:
    """Return one mail for all that somebody is reminded of."""
    with override(recipient.language):
        return _subject(reminders, digest), _body(reminders, digest)


def _subject(reminders: Sequence[Reminder], digest: Sequence[Reminder]) -> str:
    if not reminders:
        return _("Ihre Übersicht der Woche")
    if len(reminders) > 1 or digest:
        number = len(reminders) + len(digest)
        words = ngettext(
            "Erinnerung: %(number)s Aufgabe", "Erinnerung: %(number)s Aufgaben", number
        )
        return words % {"number": number}
    (only,) = reminders
    if only.kind is Kind.OPENING:
        return _("Beteiligung eröffnet: %(title)s") % {"title": only.about}
    return _("Erinnerung: Stellungnahme bis %(day)s") % {"day": _day(only)}


def _body(reminders: Sequence[Reminder], digest: Sequence[Reminder]) -> str:
    parts = [_("Guten Tag!")]
    parts += [f"{_sentence(each)}\n{settings.PUBLIC_URL}{each.url}" for each in reminders]
    if digest:
        parts.append(_("Ihre Übersicht der Woche:"))
        parts += [f"{_sentence(each)}\n{settings.PUBLIC_URL}{each.url}" for each in digest]
        parts.append(
            _(
                "Diese Übersicht kommt höchstens einmal in der Woche. Hier können Sie sie abbestellen:\n"
                "%(link)s"
            )
            % {"link": settings.PUBLIC_URL + reverse("participation:mail_choice")}
        )
    return "\n\n".join(parts) + "\n"


def _day(reminder: Reminder) -> str:
    return date_format(reminder.due_on, "DATE_FORMAT")


def _sentence(each: Reminder) -> str:
    if each.kind is Kind.ADVICE:
        return _advice(each)
    values = {"title": each.about, "organisation": each.for_whom, "day": _day(each)}
    return _WORDS[each.kind]() % values


def _advice(each: Reminder) -> str:
    waiting = ngettext(
        "%(department)s: %(count)s Anliegen zu «%(title)s» wartet auf Ihr Fachvotum, fällig ab %(day)s.",
        "%(department)s: %(count)s Anliegen zu «%(title)s» warten auf Ihr Fachvotum, fällig ab %(day)s.",
        each.count,
    ) % {
        "department": each.for_whom,
        "count": each.count,
        "title": each.about,
        "day": _day(each),
    }
    if not each.overdue:
        return waiting
    late = ngettext(
        "%(count)s davon ist überfällig.", "%(count)s davon sind überfällig.", each.overdue
    )
    return f"{waiting} {late % {'count': each.overdue}}"


def _opening() -> str:
    return _(
        "%(organisation)s kann zu «%(title)s» Stellung nehmen; die Beteiligung ist eröffnet. Die Frist "
        "endet am %(day)s um 24 Uhr. Dieser Link führt direkt dorthin:"
    )


def _half_time() -> str:
    return _(
        "%(organisation)s hat zu «%(title)s» noch nichts abgegeben, und die Hälfte der Zeit ist um. Die "
        "Frist endet am %(day)s um 24 Uhr. Dieser Link führt direkt dorthin:"
    )


def _last_days() -> str:
    return _(
        "%(organisation)s hat zu «%(title)s» noch nichts abgegeben. Die Frist endet am %(day)s um 24 "
        "Uhr. «Keine Anmerkungen» ist auch eine Antwort. Dieser Link führt direkt dorthin:"
    )


def _results() -> str:
    return _(
        "Die Ergebnisse zu «%(title)s» sollten bis %(day)s veröffentlicht sein. Die Organisationen "
        "warten auf Antwort."
    )


_WORDS = {
    Kind.OPENING: _opening,
    Kind.HALF_TIME: _half_time,
    Kind.SEVEN_DAYS: _last_days,
    Kind.TWO_DAYS: _last_days,
    Kind.RESULTS: _results,
}
