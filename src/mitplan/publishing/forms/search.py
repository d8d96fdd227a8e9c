"""What is looked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mitplan.publishing.models import SearchEntry


class SearchForm(forms.Form):
    """Words, and the kind of thing they should stand in."""

    q = forms.CharField(
        label=_("Suchwörter"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    art = forms.ChoiceField(
        label=_("Art"), choices=[("", _("alles")), *SearchEntry.Kind.choices], required=False
    )
