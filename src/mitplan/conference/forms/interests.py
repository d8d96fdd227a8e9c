"""What an organisation says about its interests."""

from django import forms
from django.utils.translation import gettext_lazy as _


class InterestForm(forms.Form):
    """Whom an organisation represents, and how it is financed."""

    represents = forms.CharField(
        label=_("Wen wir vertreten"),
        help_text=_("Zum Beispiel: 40 Vereine mit zusammen 3.000 Mitgliedern."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    financed_by = forms.CharField(
        label=_("Wie wir uns finanzieren"),
        help_text=_("Zum Beispiel: Mitgliedsbeiträge, Förderung des Landes, Spenden."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
