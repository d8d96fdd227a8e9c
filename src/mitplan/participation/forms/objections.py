"""What submitters say to decisions on their points."""

from collections.abc import Mapping, Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitplan.participation.models import Objection, Point


class AnswerForm(forms.Form):
    """Whether a decision is accepted or the point is maintained, and why."""

    use_required_attribute = False

    stance = forms.ChoiceField(
        label=_("Ihre Antwort"),
        required=False,
        choices=[
            (Objection.Stance.ACCEPTED, _("Wir nehmen die Entscheidung an")),
            (Objection.Stance.MAINTAINED, _("Wir halten das Anliegen aufrecht")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Warum Sie es aufrechterhalten"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: QueryDict | None, point: Point, given: Objection | None) -> None:
        initial = {"stance": given.stance, "reason": given.reason} if given else {}
        super().__init__(data, initial=initial, prefix=f"p{point.pk}")
        self.point = point
        self.given = given

    def clean(self) -> dict[str, object]:
        """Ask for a reason where a point is maintained."""
        data = self.cleaned_data
        maintained = data.get("stance") == Objection.Stance.MAINTAINED
        if maintained and not str(data.get("reason", "")).strip():
            self.add_error("reason", _("Bitte begründen, warum Sie das Anliegen aufrechterhalten."))
        return data

    @property
    def is_answered_anew(self) -> bool:
        """Whether something is said here that was not said before."""
        return bool(self.cleaned_data.get("stance")) and self.has_changed()


def answer_forms(
    data: QueryDict | None, points: Sequence[Point], given: Mapping[int, Objection]
) -> dict[int, AnswerForm]:
    """Return a form for each point on which something is decided, by point."""
    return {
        each.pk: AnswerForm(data, each, given.get(each.pk))
        for each in points
        if each.latest_decision_id and not each.withdrawn_at
    }
