"""How two editions are compared."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ComparisonForm(forms.Form):
    """How the comparison is laid out, and what of it is shown."""

    ansicht = forms.ChoiceField(
        label=_("Ansicht"),
        choices=[("zeilen", _("fortlaufend")), ("spalten", _("nebeneinander"))],
        required=False,
    )
    nur = forms.ChoiceField(
        label=_("Zeigen"),
        choices=[
            ("geaendert", _("nur Geändertes")),
            ("inhaltlich", _("nur inhaltlich Geändertes")),
            ("alles", _("den ganzen Text")),
        ],
        required=False,
    )

    def chosen(self, name: str) -> str:
        """Return what is chosen; without a choice the first one."""
        first: str = self.fields[name].choices[0][0]  # type: ignore[attr-defined]
        return (self.cleaned_data.get(name) if self.is_valid() else "") or first
