"""A file with a plan's text: checked, looked at, then read in."""

from collections.abc import Callable
from datetime import date
from pathlib import PurePath
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mitplan.core.text.passages import Kind, Passage
from mitplan.formats import docx, markdown, odt
from mitplan.formats.errors import FormatError
from mitplan.formats.odt_package import is_odt
from mitplan.formats.plaintext import MAX_BYTES, decode, plain_passages
from mitplan.plan.models import Edition
from mitplan.publishing.actions import ImportValues

SALT = "mitplan.publishing.import"
LOOKED_AT_FOR = 24 * 3600
MEGABYTE = 1024 * 1024


def _read_markdown(data: bytes) -> tuple[Passage, ...]:
    return markdown.read(decode(data))


def _read_plain(data: bytes) -> tuple[Passage, ...]:
    return plain_passages(decode(data))


def _read_office(data: bytes) -> tuple[Passage, ...]:
    return odt.read(data) if is_odt(data) else docx.read(data)


READERS: dict[str, Callable[[bytes], tuple[Passage, ...]]] = {
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".txt": _read_plain,
    ".docx": _read_office,
    ".odt": _read_office,
}


class UploadForm(forms.Form):
    """A file and what the edition made of it is called."""

    file = forms.FileField(
        label=_("Datei"),
        allow_empty_file=True,
        help_text=_(
            "Markdown (.md) oder einfacher Text (.txt) in UTF-8, Word (.docx) oder OpenDocument (.odt), "
            "höchstens 20 MB"
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(READERS)}),
    )
    kind = forms.ChoiceField(
        label=_("Art der Fassung"),
        choices=[each for each in Edition.Kind.choices if each[0] != Edition.Kind.ADOPTED],
    )
    title = forms.CharField(label=_("Bezeichnung"), max_length=200)
    dated_on = forms.DateField(
        label=pgettext_lazy("Tag", "Stand"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    release = forms.BooleanField(label=_("sofort öffentlich zeigen"), required=False)

    passages: tuple[Passage, ...] = ()

    def clean_file(self) -> UploadedFile:
        """Read the passages; what cannot be read is said in a sentence."""
        upload: UploadedFile = self.cleaned_data["file"]
        self.passages = read_upload(upload)
        if not self.passages:
            raise ValidationError(
                gettext(
                    "Die Datei enthält keinen Text. Bitte eine Datei mit mindestens einem Absatz "
                    "wählen."
                )
            )
        return upload

    @property
    def values(self) -> ImportValues:
        """What is to be read in."""
        data = self.cleaned_data
        return ImportValues(
            self.passages,
            Edition.Kind(data["kind"]),
            data["title"],
            data["dated_on"],
            data["release"],
        )


def read_upload(upload: UploadedFile) -> tuple[Passage, ...]:
    """Read the passages of an uploaded file; what cannot be read is said in a sentence."""
    reader = READERS.get(PurePath(upload.name or "").suffix.lower())
    if reader is None:
        raise ValidationError(
            gettext(
                "Dateien dieser Art kann Mitplan nicht lesen. Bitte Markdown (.md), einfachen Text (.txt), "
                "Word (.docx) oder OpenDocument (.odt) wählen; ältere Word-Dateien (.doc) zuerst als .docx speichern."
            )
        )
    size = upload.size or 0
    if size > MAX_BYTES:
        raise ValidationError(
            gettext(
                "Die Datei ist mit %(size)s MB zu groß. Erlaubt sind höchstens %(limit)s MB; "
                "entfernen Sie Bilder oder teilen Sie den Text auf."
            ),
            params={"size": -(-size // MEGABYTE), "limit": MAX_BYTES // MEGABYTE},
        )
    try:
        return reader(upload.read())
    except FormatError as problem:
        raise ValidationError(gettext(problem.message), params=problem.params) from problem


class ConfirmForm(forms.Form):
    """The text that was looked at, signed, so that exactly this one is read in."""

    looked_at = forms.CharField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, values: ImportValues, after: int) -> "ConfirmForm":
        """Return the form that brings a text back as it was looked at."""
        content = {
            "after": after,
            "kind": values.kind,
            "title": values.title,
            "dated_on": values.dated_on.isoformat(),
            "release": values.release,
            "passages": [
                [each.id, each.kind, each.text, each.level, each.label, each.fields]
                for each in values.passages
            ],
        }
        return cls(initial={"looked_at": signing.dumps(content, salt=SALT, compress=True)})

    def clean_looked_at(self) -> dict[str, Any]:
        """Refuse what was not looked at, or long ago."""
        try:
            content: dict[str, Any] = signing.loads(
                self.cleaned_data["looked_at"], salt=SALT, max_age=LOOKED_AT_FOR
            )
        except signing.BadSignature as problem:
            raise ValidationError(
                gettext("Die Vorschau ist abgelaufen. Bitte die Datei noch einmal hochladen.")
            ) from problem
        return content

    @property
    def after(self) -> int:
        """The number of the edition the text was compared with; 0 for none."""
        return int(self.cleaned_data["looked_at"]["after"])

    @property
    def values(self) -> ImportValues:
        """What is to be read in."""
        content = self.cleaned_data["looked_at"]
        return ImportValues(
            tuple(
                Passage(key, Kind(kind), text, level, label, tuple(map(tuple, fields)))
                for key, kind, text, level, label, fields in content["passages"]
            ),
            Edition.Kind(content["kind"]),
            content["title"],
            date.fromisoformat(content["dated_on"]),
            content["release"],
        )
