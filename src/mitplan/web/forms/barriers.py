"""The form for a barrier."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BarrierForm(forms.Form):
    """What does not work, and where."""

    text = forms.CharField(
        label=_("Was hat nicht funktioniert oder war nicht zu verstehen?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=5000,
    )
    page = forms.CharField(
        label=_("Auf welcher Seite?"),
        help_text=_("Die Adresse, oder woran man die Seite erkennt."),
        max_length=500,
        required=False,
    )
    reply_to = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"),
        help_text=_("Nur wenn Sie eine Antwort möchten."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        required=False,
    )
