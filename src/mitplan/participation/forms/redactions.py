"""What is blacked out, and why."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitplan.participation.actions import RedactionValues
from mitplan.participation.models import Point, Redaction


class RedactionForm(forms.Form):
    """The part of a submission, the words in it, the ground, and the reason everybody reads."""

    use_required_attribute = False

    place = forms.ChoiceField(label=_("Wo"))
    words = forms.CharField(
        label=_("Welche Worte"),
        help_text=_("Genau wie im Text; jede Stelle in einer eigenen Zeile."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    ground = forms.ChoiceField(label=_("Grund"), choices=Redaction.Ground.choices)
    reason = forms.CharField(
        label=_("Begründung"),
        help_text=_("Sie steht öffentlich neben der Schwärzung und nennt das Geschwärzte nicht."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: QueryDict | None, letter: str, points: Sequence[Point]) -> None:
        super().__init__(data)
        self._points = {each.pk: each for each in points}
        places: list[tuple[str, str | Promise]] = [("letter", _("Anschreiben"))] if letter else []
        for each in points:
            places += [(f"text-{each.pk}", _("%(number)s: Anliegen") % {"number": each.number})]
            if each.reason:
                places += [
                    (f"reason-{each.pk}", _("%(number)s: Begründung") % {"number": each.number})
                ]
        self.fields["place"].choices = places  # type: ignore[attr-defined]  # a choice field

    @property
    def point(self) -> Point | None:
        """The point in which something is blacked out, or none for the letter."""
        _part, _dash, pk = self.cleaned_data["place"].partition("-")
        return self._points[int(pk)] if pk else None

    def values(self) -> RedactionValues:
        """Return what is blacked out."""
        data = self.cleaned_data
        lines = (line.strip() for line in data["words"].splitlines())
        return RedactionValues(
            part=Redaction.Part(data["place"].partition("-")[0]),
            words=tuple(line for line in lines if line),
            ground=Redaction.Ground(data["ground"]),
            reason=data["reason"],
        )
