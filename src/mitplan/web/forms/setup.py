"""What is filled in on the way to a new plan."""

import csv
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitplan.conference.models import Organisation
from mitplan.web.actions.setup import FoundingValues, MemberValues, WindowValues
from mitplan.web.forms.text import DateInput

CATEGORY, EMAIL, MOST_COLUMNS = 1, 2, 3
HEADER = {"name", "organisation"}


class FoundingForm(forms.Form):
    """Who runs the house, and the first account."""

    organisation = forms.CharField(
        label=gettext_lazy("Welche Stelle führt die Geschäftsstelle?"),
        help_text=gettext_lazy("Zum Beispiel das zuständige Ministerium."),
        max_length=200,
    )
    conference = forms.CharField(label=gettext_lazy("Wie heißt die Konferenz?"), max_length=200)
    name = forms.CharField(
        label=gettext_lazy("Ihr Name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Ihre E-Mail-Adresse"),
        help_text=gettext_lazy("Damit melden Sie sich künftig an."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Ein Passwort"),
        help_text=gettext_lazy("Mindestens acht Zeichen, keines der gängigen Wörter."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        validators=[validate_password],
    )

    def values(self) -> FoundingValues:
        """Return what was filled in."""
        return FoundingValues(**self.cleaned_data)


class MembersForm(forms.Form):
    """Members, pasted or from a file, one a line."""

    rows = forms.CharField(
        label=gettext_lazy("Mitglieder"),
        help_text=gettext_lazy(
            "Je Zeile: Name; Gruppe; E-Mail-Adresse. Die Adresse darf fehlen. Aus einer "
            "Tabelle können Sie die Spalten auch einfach hierher kopieren."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )
    file = forms.FileField(
        label=gettext_lazy("Oder eine CSV-Datei mit diesen Spalten"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Read the rows; every row that cannot stand is named with its number."""
        data = super().clean() or self.cleaned_data
        text = _decoded(data["file"].read()) if data.get("file") else data.get("rows", "")
        members, problems = _members(text)
        if problems:
            raise ValidationError(problems)
        if not members:
            raise ValidationError(_("Bitte mindestens ein Mitglied eintragen."))
        data["members"] = members
        return data


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(
            _(
                "Die Datei ist nicht in UTF-8 gespeichert. Bitte in der Tabellenkalkulation «CSV UTF-8» "
                "als Dateityp wählen."
            )
        ) from None


def _members(text: str) -> tuple[list[MemberValues], list[str]]:
    """Return the members in a text, and what is wrong row by row."""
    members: list[MemberValues] = []
    problems: list[str] = []
    seen = {name.casefold() for name in Organisation.objects.values_list("name", flat=True)}
    for number, cells in _rows(text):
        problem = _problem(cells, seen)
        if problem:
            problems.append(
                _("Zeile %(number)s: %(problem)s") % {"number": number, "problem": problem}
            )
            continue
        seen.add(cells[0].casefold())
        members.append(MemberValues(*cells))
    return members, problems


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield number and cells of every row that is neither empty nor the heading."""
    separator = next((each for each in ("\t", ";", ",") if each in text), ";")
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=separator), start=1):
        cells = [cell.strip() for cell in row]
        if any(cells) and not (number == 1 and cells[0].casefold() in HEADER):
            yield number, cells


def _problem(cells: list[str], seen: set[str]) -> str:
    """Return what is wrong with a row, or nothing."""
    if len(cells) > MOST_COLUMNS:
        return _("Es sind mehr als drei Spalten: Name; Gruppe; E-Mail-Adresse.")
    if not cells[0]:
        return _("Der Name fehlt.")
    if len(cells) <= CATEGORY or not cells[CATEGORY]:
        return _("Die Gruppe von «%(name)s» fehlt.") % {"name": cells[0]}
    if cells[0].casefold() in seen:
        return _("«%(name)s» gibt es schon.") % {"name": cells[0]}
    if len(cells) > EMAIL and cells[EMAIL] and not _is_email(cells[EMAIL]):
        return _("«%(email)s» ist keine E-Mail-Adresse.") % {"email": cells[EMAIL]}
    return ""


def _is_email(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


class WindowForm(forms.Form):
    """The first consultation."""

    title = forms.CharField(label=gettext_lazy("Titel der Beteiligung"), max_length=200)
    introduction = forms.CharField(
        label=gettext_lazy("Worum es geht"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    opens_on = forms.DateField(label=gettext_lazy("Erster Tag"), widget=DateInput())
    closes_on = forms.DateField(
        label=gettext_lazy("Letzter Tag"),
        help_text=gettext_lazy("Vorgeschlagen sind 20 Arbeitstage; die Frist endet um 24 Uhr."),
        widget=DateInput(),
    )
    short_reason = forms.CharField(
        label=gettext_lazy("Öffentliche Begründung, falls die Frist kürzer ist"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    opens_now = forms.ChoiceField(
        label=gettext_lazy("Wann geht es los?"),
        choices=[
            ("", gettext_lazy("nur vorbereiten, später eröffnen und einladen")),
            ("1", gettext_lazy("jetzt eröffnen und alle mit E-Mail-Adresse einladen")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )

    def values(self) -> WindowValues:
        """Return what was filled in."""
        return WindowValues(
            **self.cleaned_data | {"opens_now": self.cleaned_data["opens_now"] == "1"}
        )
