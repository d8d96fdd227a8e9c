"""What the list of projects may be narrowed down to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mitplan.projects.models import Project
from mitplan.projects.queries import Selection, State, known_districts, known_fields


class ProjectFilter(forms.Form):
    """Narrows the list of projects down."""

    text = forms.CharField(label=_("Suchwort"), required=False, max_length=100)
    stand = forms.ChoiceField(label=_("Stand"), required=False)
    ebene = forms.ChoiceField(label=_("Ebene"), required=False)
    kreis = forms.ChoiceField(label=_("Kreis"), required=False)
    thema = forms.ChoiceField(label=_("Thema"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own open signature
        choices: dict[str, list[Any]] = {
            "stand": list(State.choices),
            "ebene": list(Project.Level.choices),
            "kreis": known_districts(),
            "thema": [(name, name) for name in known_fields()],
        }
        for name, offered in choices.items():
            self.fields[name].choices = [("", _("alle")), *offered]  # type: ignore[attr-defined]

    def selection(self) -> Selection:
        """Return what was chosen; a choice nobody offered narrows nothing down."""
        self.is_valid()
        chosen = self.cleaned_data
        return Selection(
            text=chosen.get("text", ""),
            state=chosen.get("stand", ""),
            level=chosen.get("ebene", ""),
            district=chosen.get("kreis", ""),
            field=chosen.get("thema", ""),
        )
