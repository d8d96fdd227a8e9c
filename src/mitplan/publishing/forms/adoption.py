"""The adoption of an edition."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AdoptionForm(forms.Form):
    """By whom the edition is adopted, and in public why although something is missing."""

    title = forms.CharField(label=_("Bezeichnung der Fassung"), max_length=200)
    dated_on = forms.DateField(
        label=pgettext_lazy("Tag", "Stand"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    adopted_as = forms.CharField(
        label=_("Beschlossen durch"),
        max_length=200,
        help_text=_("Zum Beispiel: Kabinett, Beschluss vom 5. Mai 2026"),
    )
    override_office = forms.CharField(label=_("Amt, das die Ausnahme verantwortet"), max_length=200)
    override_reason = forms.CharField(
        label=_("Öffentliche Begründung der Ausnahme"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, is_blocked: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's open signature
        if not is_blocked:
            del self.fields["override_office"], self.fields["override_reason"]
