"""The form for the first text of a plan."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitplan.core.text.passages import Document
from mitplan.formats import markdown
from mitplan.formats.errors import FormatError
from mitplan.formats.plaintext import MAX_BYTES, decode
from mitplan.plan.models import Edition


class DateInput(forms.DateInput):
    """A day, chosen with the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


KINDS = [
    (kind.value, kind.label)
    for kind in (
        Edition.Kind.CONFERENCE_DRAFT,
        Edition.Kind.CONSULTATION_TEXT,
        Edition.Kind.CABINET_VERSION,
        Edition.Kind.ADOPTED,
    )
]


class TextForm(forms.Form):
    """The plan's title and its text: from a file first, then as it was read."""

    title = forms.CharField(label=gettext_lazy("Titel des Plans"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Was für ein Text ist das?"), choices=KINDS)
    dated_on = forms.DateField(
        label=gettext_lazy("Stand"), widget=DateInput(), initial=timezone.localdate
    )
    file = forms.FileField(
        label=gettext_lazy("Datei mit dem Text"),
        help_text=gettext_lazy("Markdown (.md), Word (.docx) oder reiner Text (.txt)."),
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("Text, wie er gelesen wurde"),
        help_text=gettext_lazy("Sie können ihn hier noch berichtigen."),
        widget=forms.Textarea(attrs={"rows": 12}),
        strip=False,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Read the passages, from the file if one was chosen, else from the text."""
        data = super().clean() or self.cleaned_data
        upload = data.get("file")
        if not upload and not data.get("text", "").strip():
            self.add_error("file", _("Bitte eine Datei mit dem Text des Plans wählen."))
            return data
        try:
            passages = _read(upload) if upload else markdown.read(data["text"])
        except FormatError as problem:
            raise ValidationError({"file": _(problem.message) % problem.params}) from problem
        data["passages"] = passages
        data["text"] = markdown.write(passages)
        return data


def _read(upload: UploadedFile) -> Document:
    """Read the passages of an uploaded file."""
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(
            {
                "file": _("Die Datei ist größer als %(limit)s MB. Bitte Bilder entfernen.")
                % {"limit": MAX_BYTES // 1024**2}
            }
        )
    return markdown.read(decode(upload.read()))
