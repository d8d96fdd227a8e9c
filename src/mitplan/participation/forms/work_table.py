"""What the work table takes: a name for a selection, what to do with many points, and who answers for what."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitplan.conference.models import Department, Sitting
from mitplan.participation.models import Point, TextBlock

ROUTE, ASK, DECIDE, LAY_BEFORE = "zuleiten", "votum", "entscheiden", "tagesordnung"
ACTS = [
    (ROUTE, _("den Ressorts ihres Themas zuleiten")),
    (ASK, _("Fachvotum erbitten")),
    (DECIDE, _("mit einem Textbaustein entscheiden")),
    (LAY_BEFORE, _("auf eine Tagesordnung setzen")),
]


def _day(label: object) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)  # type: ignore[arg-type]  # a lazy text is one


class SavedFilterForm(forms.Form):
    """A name for the selection one sees."""

    name = forms.CharField(label=_("Name der Auswahl"), max_length=80)
    is_shared = forms.BooleanField(label=_("auch für Geschäftsstelle und Ressorts"), required=False)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)


class TogetherForm(forms.Form):
    """What is to be done with many points at once."""

    use_required_attribute = False

    act = forms.ChoiceField(label=_("Was soll geschehen?"), choices=ACTS, widget=forms.RadioSelect)
    department = forms.ModelChoiceField(
        Department.objects.none(),
        label=_("Ressort"),
        help_text=_(
            "Für «Fachvotum erbitten»; leer heißt: alle, denen das Anliegen zugeleitet ist."
        ),
        required=False,
        empty_label=_("alle zugeleiteten"),
    )
    due_on = _day(_("Votum bis"))
    block = forms.ModelChoiceField(
        TextBlock.objects.none(), label=_("Textbaustein"), required=False, empty_label="–"
    )
    sitting = forms.ModelChoiceField(
        Sitting.objects.none(), label=_("Sitzung"), required=False, empty_label="–"
    )

    def __init__(
        self,
        data: QueryDict | None,
        departments: Iterable[Department],
        sittings: Iterable[Sitting],
    ) -> None:
        super().__init__(data)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]  # a model choice
        self.fields["block"].queryset = TextBlock.objects.order_by("title")  # type: ignore[attr-defined]
        self.fields["sitting"].queryset = sittings  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """Ask for what the chosen act needs."""
        data = self.cleaned_data
        needed = {
            ASK: ("due_on", _("Bitte den Tag nennen, bis zu dem das Votum gebraucht wird.")),
            DECIDE: ("block", _("Bitte den Textbaustein wählen.")),
            LAY_BEFORE: ("sitting", _("Bitte die Sitzung wählen.")),
        }.get(str(data.get("act")))
        if needed and not data.get(needed[0]) and needed[0] not in self.errors:
            self.add_error(needed[0], needed[1])
        return data


class AskForm(forms.Form):
    """Whose advice on a point is asked for, by when."""

    department = forms.ModelChoiceField(Department.objects.none(), label=_("Ressort"))
    due_on = forms.DateField(
        label=_("Votum bis"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: QueryDict | None, departments: Iterable[Department]) -> None:
        super().__init__(data, prefix="votum")
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]  # a model choice


class TopicForm(forms.Form):
    """Which departments answer for a field of action."""

    departments = forms.ModelMultipleChoiceField(
        Department.objects.none(),
        label=_("Ressorts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: QueryDict | None, departments: Iterable[Department], chosen: Iterable[int]
    ) -> None:
        super().__init__(data, initial={"departments": list(chosen)})
        self.fields["departments"].queryset = departments  # type: ignore[attr-defined]  # a model choice


class CarryForm(forms.Form):
    """Which deferred points a round takes along."""

    points = forms.ModelMultipleChoiceField(
        Point.objects.none(), label=_("Anliegen"), required=False
    )

    def __init__(self, data: QueryDict | None, points: Iterable[Point]) -> None:
        super().__init__(data)
        self.fields["points"].queryset = points  # type: ignore[attr-defined]  # a model choice
