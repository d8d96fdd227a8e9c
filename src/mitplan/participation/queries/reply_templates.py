"""The template of reply letters: the one in use, what it may hold, and what is wrong with another."""

import io
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mitplan.formats.docx_output import Sheet
from mitplan.formats.docx_report import Letter, Paragraph, write_letter
from mitplan.formats.errors import FormatError
from mitplan.formats.letter_template import Problem, Template
from mitplan.participation.models import Consultation, ReplyTemplate

ANSWERS = "anliegen"
"""The placeholder in whose place the answers to all points stand."""


def placeholders() -> dict[str, str]:
    """Return what a template may name, with what will stand there."""
    return {
        "absender": _("Wer schreibt, wie in den Angaben des Betreibers"),
        "absenderzeile": _("Name und Anschrift des Betreibers in einer Zeile"),
        "organisation": _("Name der Organisation bei der Abgabe"),
        "ort": _("Ort der Organisation"),
        "datum": _("Tag, an dem der Brief erstellt wird"),
        "runde": _("Titel der Beteiligungsrunde"),
        "plan": _("Titel des Plans"),
        "fassung": _("Fassung, um die es ging"),
        "stellungnahme": _("Nummer der Stellungnahme"),
        "eingang": _("Tag des Eingangs"),
        "anzahl": _("Zahl der Anliegen"),
        "frist": _("letzter Tag, um ein Anliegen aufrechtzuerhalten (14 Tage nach dem Datum)"),
        "link": _("Adresse der Seite mit der Stellungnahme"),
        ANSWERS: _(
            "alle Anliegen mit Entscheidung, Begründung und Änderung; allein in einem Absatz"
        ),
    }


def template_of(consultation: Consultation) -> ReplyTemplate | None:
    """Return the newest template of a consultation, or else of all; None stands for the one we bring."""
    own = ReplyTemplate.objects.filter(consultation=consultation)
    shared = ReplyTemplate.objects.filter(consultation__isnull=True)
    return own.order_by("-pk").first() or shared.order_by("-pk").first()


def content_of(template: ReplyTemplate | None) -> bytes:
    """Return the Word file of a template."""
    return bytes(template.content) if template else default_template()


def opened(data: bytes) -> Template:
    """Open a template, or say everything that is wrong with it."""
    try:
        template = Template(data, [name for name in placeholders() if name != ANSWERS], ANSWERS)
    except FormatError as problem:
        raise ValidationError(_(problem.message) % problem.params) from problem
    if problems := template.problems():
        raise ValidationError([*_spoken(problems)])
    return template


def _spoken(problems: Iterable[Problem]) -> Iterable[str]:
    for problem in problems:
        params = dict(problem.params)
        if "part" in params:
            params["part"] = _(str(params["part"]))
        yield _(problem.message) % params


def default_template() -> bytes:
    """Return the template that is used until an office brings its own; it is German as the plan is."""
    target = io.BytesIO()
    letter = Letter(
        "{absenderzeile}",
        ["{organisation}", "{ort}"],
        [("Datum", "{datum}"), ("Ihre Stellungnahme", "{stellungnahme} vom {eingang}")],
        "Antwort auf Ihre Stellungnahme: {runde}",
    )
    write_letter(target, Sheet("Antwort auf Ihre Stellungnahme", header="{plan}"), letter, _TEXT)
    return target.getvalue()


_TEXT = (
    Paragraph("Sehr geehrte Damen und Herren,"),
    Paragraph(
        "vielen Dank für Ihre Stellungnahme zum {plan}, {fassung}. Über alle {anzahl} Anliegen ist "
        "entschieden. Zu jedem finden Sie im Folgenden, in der Reihenfolge Ihrer Stellungnahme, die "
        "Entscheidung, die Begründung und die Änderung im Text."
    ),
    Paragraph("{anliegen}"),
    Paragraph(
        "Wenn Sie mit einer Entscheidung nicht einverstanden sind, können Sie Ihr Anliegen bis zum "
        "{frist} mit einer Begründung aufrechterhalten. Es wird dann in der nächsten Sitzung behandelt. "
        "Hören wir nichts von Ihnen, halten wir das fest; als Zustimmung gilt es nicht."
    ),
    Paragraph("Ihre Stellungnahme und die Entscheidungen stehen öffentlich unter {link}."),
    Paragraph("Mit freundlichen Grüßen"),
    Paragraph("{absender}"),
)
