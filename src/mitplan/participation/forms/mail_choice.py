"""Which mails a person wants."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class MailChoiceForm(forms.Form):
    """The weekly digest or not, and the language of mails."""

    wants_digest = forms.BooleanField(
        label=_("Einmal in der Woche eine Übersicht dessen, was auf mich wartet"), required=False
    )
    language = forms.ChoiceField(
        label=_("Sprache der E-Mails an mich"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )
