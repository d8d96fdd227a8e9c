"""The form for the first text of a plan."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mitplan.core.text.passages import Document
from mitplan.formats import markdown
from mitplan.plan.models import Edition
from mitplan.publishing.forms.importing import READERS, read_upload


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
        label=pgettext_lazy("Tag", "Stand"), widget=DateInput(), initial=timezone.localdate
    )
    file = forms.FileField(
        label=gettext_lazy("Datei mit dem Text"),
        help_text=gettext_lazy(
            "Markdown (.md) oder einfacher Text (.txt) in UTF-8, Word (.docx) oder OpenDocument (.odt), "
            "höchstens 20 MB"
        ),
        allow_empty_file=True,
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(READERS)}),
    )
    text = forms.CharField(
        label=gettext_lazy("Text, wie er gelesen wurde"),
        help_text=gettext_lazy("Sie können ihn hier noch berichtigen."),
        widget=forms.Textarea(attrs={"rows": 12}),
        strip=False,
        required=False,
    )

    def clean_file(self) -> Document | None:
        """Read the passages of the file, if one was chosen."""
        upload = self.cleaned_data["file"]
        return read_upload(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        """Take the passages of the file, or else those of the text as it was corrected."""
        data = super().clean() or self.cleaned_data
        if "file" in self.errors:
            return data
        passages = data.get("file") or markdown.read(data.get("text", ""))
        if not passages:
            self.add_error("file", _("Bitte eine Datei mit dem Text des Plans wählen."))
            return data
        data["passages"] = passages
        data["text"] = markdown.write(passages)
        return data
