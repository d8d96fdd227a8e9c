"""How editions are compared."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitplan.plan.models import Edition

CHANGED = ("geaendert", _("nur Geändertes"))
SUBSTANTIVE = ("inhaltlich", _("nur inhaltlich Geändertes"))
LATE = ("spaet", _("nur nach der Beteiligung Geändertes"))
ALL = ("alles", _("den ganzen Text"))
DRAFT_CHOICES = (CHANGED, SUBSTANTIVE, ALL)
CHOICES = (CHANGED, SUBSTANTIVE, LATE, ALL)


def _as_shown(data: QueryDict | None) -> QueryDict | None:
    """Let the form say what the page does: three editions stand side by side whatever was chosen."""
    if not data or not data.get("dazwischen"):
        return data
    shown = data.copy()
    shown["ansicht"] = "spalten"
    return shown


class ComparisonForm(forms.Form):
    """How the comparison is laid out, and what of it is shown."""

    ansicht = forms.ChoiceField(
        label=_("Ansicht"),
        choices=[("zeilen", _("fortlaufend")), ("spalten", _("nebeneinander"))],
        required=False,
    )
    dazwischen = forms.TypedChoiceField(
        label=_("dritte Fassung dazwischen"), coerce=int, empty_value=None, required=False
    )
    nur = forms.ChoiceField(label=_("Zeigen"), required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        choices: object = CHOICES,
        between: Sequence[Edition] = (),
    ) -> None:
        super().__init__(_as_shown(data))
        self.fields["nur"].choices = choices  # type: ignore[attr-defined]
        editions = [(each.number, str(each)) for each in between]
        self.fields["dazwischen"].choices = [("", _("keine")), *editions]  # type: ignore[attr-defined]
        if not between:
            del self.fields["dazwischen"]

    @property
    def between(self) -> int | None:
        """The number of the third edition, if one is wanted."""
        return self.cleaned_data.get("dazwischen") if self.is_valid() else None

    @property
    def is_side_by_side(self) -> bool:
        """Whether the editions stand in columns; three of them always do."""
        return self.chosen("ansicht") == "spalten" or self.between is not None

    def chosen(self, name: str) -> str:
        """Return what is chosen; without a choice the first one."""
        first: str = self.fields[name].choices[0][0]  # type: ignore[attr-defined]
        return (self.cleaned_data.get(name) if self.is_valid() else "") or first

    def spoken(self, name: str) -> str:
        """Return what is chosen, in words."""
        choices = dict(self.fields[name].choices)  # type: ignore[attr-defined]
        return str(choices[self.chosen(name)])
