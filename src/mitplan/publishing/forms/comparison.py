"""How editions are compared."""

from django import forms
from django.utils.translation import gettext_lazy as _

CHANGED = ("geaendert", _("nur Geändertes"))
SUBSTANTIVE = ("inhaltlich", _("nur inhaltlich Geändertes"))
LATE = ("spaet", _("nur nach der Beteiligung Geändertes"))
ALL = ("alles", _("den ganzen Text"))
DRAFT_CHOICES = (CHANGED, SUBSTANTIVE, ALL)
CHOICES = (CHANGED, SUBSTANTIVE, LATE, ALL)


class ComparisonForm(forms.Form):
    """How the comparison is laid out, and what of it is shown."""

    ansicht = forms.ChoiceField(
        label=_("Ansicht"),
        choices=[("zeilen", _("fortlaufend")), ("spalten", _("nebeneinander"))],
        required=False,
    )
    nur = forms.ChoiceField(label=_("Zeigen"), required=False)

    def __init__(self, *args: object, choices: object = CHOICES, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's open signature
        self.fields["nur"].choices = choices  # type: ignore[attr-defined]

    def chosen(self, name: str) -> str:
        """Return what is chosen; without a choice the first one."""
        first: str = self.fields[name].choices[0][0]  # type: ignore[attr-defined]
        return (self.cleaned_data.get(name) if self.is_valid() else "") or first
