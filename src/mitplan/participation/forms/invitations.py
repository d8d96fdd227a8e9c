"""What is filled in to invite: whom, by which route, from which list, and a letter on which day."""

import csv
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mitplan.conference.models import Organisation
from mitplan.formats.errors import FormatError
from mitplan.formats.xlsx_reader import is_xlsx, read_sheets
from mitplan.participation.forms.consultations import DayInput
from mitplan.participation.forms.uploads import Files, bytes_of
from mitplan.participation.models import Invitation
from mitplan.participation.queries.invitations import Candidates

ROUTES = [
    (Invitation.Route.MAIL, _("per E-Mail, mit persönlichem Link")),
    (Invitation.Route.HAND, _("persönlich oder per Brief; der Link steht danach hier")),
]
Rows = list[tuple[int, Sequence[str]]]


class RouteForm(forms.Form):
    """By which route an invitation goes."""

    route = forms.ChoiceField(
        label=_("Wie einladen?"),
        choices=ROUTES,
        initial=Invitation.Route.MAIL,
        widget=forms.RadioSelect,
    )


class InvitationForm(RouteForm):
    """Whom to invite, by which route, and for a letter the day it left."""

    sent_on = forms.DateField(
        label=_("Bei Brief: Tag des Versands"),
        help_text=_("Ohne Angabe gilt heute."),
        widget=DayInput,
        required=False,
    )

    def __init__(
        self, data: QueryDict | None, groups: Sequence[Candidates], ticked: set[str]
    ) -> None:
        super().__init__(data)
        self._by_pk = {str(each.pk): each for group in groups for each in group.organisations}
        self.chosen = set(data.getlist("organisation")) if data else ticked

    def is_chosen(self, organisation: Organisation) -> bool:
        """Tell whether an organisation is ticked."""
        return str(organisation.pk) in self.chosen

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.chosen & self._by_pk.keys():
            raise ValidationError(gettext("Bitte mindestens eine Organisation ankreuzen."))
        if data.get("route") == Invitation.Route.MAIL:
            data["sent_on"] = None
        return data

    @property
    def organisations(self) -> list[Organisation]:
        """Who was chosen."""
        return [each for key, each in self._by_pk.items() if key in self.chosen]


class LetterSentForm(forms.Form):
    """The day an invitation left as a letter."""

    sent_on = forms.DateField(label=_("Tag des Versands"), widget=DayInput)

    def day(self) -> date:
        """Return the day; raises where there is none."""
        if not self.is_valid():
            raise ValidationError(
                gettext("Bitte den Tag angeben, an dem der Brief versandt wurde.")
            )
        day: date = self.cleaned_data["sent_on"]
        return day


class ListForm(RouteForm):
    """A list of those to invite, as CSV or Excel."""

    file = forms.FileField(
        label=_("Liste"),
        help_text=_("CSV oder Excel (.xlsx); je Zeile Name oder E-Mail-Adresse einer Organisation"),
        allow_empty_file=True,
        error_messages={"required": _("Bitte eine Datei wählen.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    field_order = ("file", "route")

    def __init__(self, data: QueryDict | None, files: Files | None) -> None:
        super().__init__(data, files)
        self.rows: Rows = []

    def clean_file(self) -> UploadedFile:
        """Read the rows of the list."""
        upload: UploadedFile = self.cleaned_data["file"]
        self.rows = rows_of(bytes_of(upload))
        return upload


def rows_of(data: bytes) -> Rows:
    """Return the rows of a list with their numbers; of an Excel file, those of its first sheet."""
    try:
        sheets = read_sheets(data) if is_xlsx(data) else None
    except FormatError as problem:
        raise ValidationError(gettext(problem.message), params=problem.params) from problem
    if sheets is not None:
        return list(sheets[0].rows) if sheets else []
    lines = _decoded(data).splitlines()
    separator = next((each for each in "\t;," if any(each in line for line in lines)), ";")
    try:
        return list(enumerate(csv.reader(lines, delimiter=separator), start=1))
    except csv.Error as problem:
        raise ValidationError(
            gettext("Die Liste ist nicht lesbar: %(problem)s"), params={"problem": str(problem)}
        ) from problem


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(
            gettext(
                "Die Datei ist nicht in UTF-8 gespeichert. Bitte in der Tabellenkalkulation «CSV UTF-8» "
                "als Dateityp wählen."
            )
        ) from None
