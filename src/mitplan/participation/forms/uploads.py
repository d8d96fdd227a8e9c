"""A file that somebody hands over."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mitplan.conference.models import Organisation
from mitplan.formats.anyfile import SUFFIXES
from mitplan.formats.plaintext import MAX_BYTES
from mitplan.participation.forms.records import ROUTES

MEGABYTE = 1024 * 1024
LARGEST_ZIP = 100 * MEGABYTE
ACCEPTED = (*SUFFIXES, ".xlsx")
Files = MultiValueDict[str, UploadedFile]


def sent_files(request: HttpRequest) -> Files | None:
    """Return what was sent along, or nothing where the page is only looked at."""
    return request.FILES if request.method == "POST" else None


def bytes_of(upload: UploadedFile, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file; one that is too large is refused before it is read."""
    size = upload.size or 0
    if size > limit:
        raise ValidationError(
            gettext(
                "Die Datei ist mit %(size)s MB zu groß. Erlaubt sind höchstens %(limit)s MB; "
                "entfernen Sie Bilder oder teilen Sie den Text auf."
            ),
            params={"size": -(-size // MEGABYTE), "limit": limit // MEGABYTE},
        )
    if not size:
        raise ValidationError(gettext("Die Datei ist leer. Bitte wählen Sie eine Datei mit Text."))
    return bytes(upload.read())


class FileForm(forms.Form):
    """A file to be looked at."""

    file = forms.FileField(
        label=_("Datei"),
        allow_empty_file=True,
        help_text=_(
            "Word (.docx), Excel (.xlsx), OpenDocument (.odt), PDF mit Text oder .txt, höchstens 20 MB"
        ),
        error_messages={"required": _("Bitte eine Datei wählen.")},
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED)}),
    )
    content = b""

    def clean_file(self) -> UploadedFile:
        """Read the file as far as it may be read."""
        upload: UploadedFile = self.cleaned_data["file"]
        self.content = bytes_of(upload)
        return upload

    @property
    def file_name(self) -> str:
        """How the file was called."""
        return self.cleaned_data["file"].name or ""


class OfficeFileForm(FileForm):
    """A file that reached the secretariat: from whom, and on which way."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    field_order = ("organisation", "file")

    def __init__(
        self, data: QueryDict | None, files: Files | None, organisations: Iterable[Organisation]
    ) -> None:
        super().__init__(data, files)
        self._by_pk = {str(each.pk): each for each in organisations}
        field = self.fields["organisation"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", _("bitte wählen")),
                *((key, each.name) for key, each in self._by_pk.items()),
            ]

    @property
    def chosen_organisation(self) -> Organisation:
        """From whom it is."""
        return self._by_pk[self.cleaned_data["organisation"]]


class RouteForm(forms.Form):
    """On which way a file came."""

    route = forms.ChoiceField(label=_("Weg"), choices=ROUTES)


class BulkForm(forms.Form):
    """Many letters in one ZIP file."""

    file = forms.FileField(
        label=_("ZIP-Datei"),
        allow_empty_file=True,
        help_text=_("Bis zu 200 Schreiben, höchstens 100 MB"),
        error_messages={"required": _("Bitte eine Datei wählen.")},
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )
    content = b""

    def clean_file(self) -> UploadedFile:
        """Read the file as far as it may be read."""
        upload: UploadedFile = self.cleaned_data["file"]
        self.content = bytes_of(upload, LARGEST_ZIP)
        return upload

    @property
    def file_name(self) -> str:
        """How the file was called."""
        return self.cleaned_data["file"].name or ""
