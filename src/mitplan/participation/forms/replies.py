"""The template of reply letters, brought as a Word file."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _


class ReplyTemplateForm(forms.Form):
    """A Word file with placeholders, and for which rounds it counts."""

    datei = forms.FileField(
        label=_("Vorlage (Word-Dokument, .docx)"),
        widget=forms.FileInput(
            attrs={
                "accept": ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
        ),
    )
    gilt = forms.ChoiceField(
        label=_("Gilt"),
        choices=[
            ("runde", _("für diese Beteiligungsrunde")),
            ("alle", _("für alle Beteiligungsrunden")),
        ],
        initial="runde",
    )

    @property
    def is_for_all(self) -> bool:
        """Whether it counts for every consultation without a template of its own."""
        return bool(self.cleaned_data["gilt"] == "alle")

    @property
    def upload(self) -> UploadedFile:
        """The file that was brought."""
        found: UploadedFile = self.cleaned_data["datei"]
        return found
