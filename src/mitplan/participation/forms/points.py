"""What narrows the table of points down."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitplan.conference.models import Department
from mitplan.participation.models import Outcome, Point
from mitplan.participation.queries import points, routing
from mitplan.participation.queries.consultations import Round
from mitplan.participation.queries.points import Wish
from mitplan.plan.models import FieldOfAction

ALL: tuple[str, str | Promise] = ("", _("alle"))
STATES = [
    ALL,
    (points.UNDECIDED, _("noch nicht entschieden")),
    (points.DECIDED, _("entschieden")),
    (points.MAINTAINED, _("aufrechterhalten")),
    (points.WITHDRAWN, _("zurückgezogen")),
    (points.ANSWERS, _("Antworten auf Fragen")),
]


RARER = ("entscheidung", "handlungsfeld", "organisation", "stelle", "art", "ressort", "votum")
INSIDE = ("ressort", "votum")
MORE = "mehr"


def asks_for_more(data: QueryDict) -> bool:
    """Tell whether the rarer filters are wanted; drawing them all each time costs readers time."""
    return any(data.get(name) for name in (*RARER, MORE))


class PointFilter(forms.Form):
    """Which points one wants to see; every question may stay open."""

    suche = forms.CharField(label=_("Suchwort"), required=False, max_length=100)
    runde = forms.ChoiceField(label=_("Beteiligungsrunde"), required=False)
    stand = forms.ChoiceField(label=_("Stand"), required=False, choices=STATES)
    entscheidung = forms.ChoiceField(
        label=_("Entscheidung"), required=False, choices=[ALL, *Outcome.choices]
    )
    handlungsfeld = forms.ChoiceField(label=_("Handlungsfeld"), required=False)
    organisation = forms.CharField(label=_("Organisation"), required=False, max_length=100)
    stelle = forms.IntegerField(
        label=_("Textstelle"),
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    art = forms.ChoiceField(label=_("Art"), required=False, choices=[ALL, *Point.Kind.choices])
    ressort = forms.ChoiceField(label=_("Beteiligtes Ressort"), required=False)
    votum = forms.ChoiceField(
        label=_("Fachvotum"),
        required=False,
        choices=[
            ALL,
            (routing.OPEN, _("offen")),
            (routing.OVERDUE, _("überfällig")),
            (routing.GIVEN, _("abgegeben")),
        ],
    )
    baustein = forms.SlugField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict,
        rounds: Sequence[Round],
        fields: Sequence[FieldOfAction],
        departments: Sequence[Department] | None = None,
    ) -> None:
        super().__init__(data)
        if departments is None:
            for name in INSIDE:
                del self.fields[name]
        else:
            self._offer("ressort", [(str(each.pk), each.name) for each in departments])
        self._rounds = {str(each.number): each for each in rounds}
        self.has_more = asks_for_more(data)
        self._offer("runde", [(str(each.number), each.title) for each in rounds])
        self._offer("handlungsfeld", [(str(field.pk), field.name) for field in fields])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [ALL, *choices]

    def chosen_round(self) -> Round | None:
        """Return the round whose points are asked for, if it is one."""
        return self._rounds.get(self.data.get("runde", ""))

    def wish(self) -> Wish:
        """Return what the address asks for; what cannot be understood is left out."""
        self.is_valid()
        data = self.cleaned_data
        return Wish(
            consultation=int(data["runde"]) if data.get("runde") else None,
            state=data.get("stand", ""),
            outcome=data.get("entscheidung", ""),
            field=int(data["handlungsfeld"]) if data.get("handlungsfeld") else None,
            passage=data.get("stelle"),
            organisation=data.get("organisation", ""),
            kind=data.get("art", ""),
            block=data.get("baustein", ""),
            words=data.get("suche", ""),
            department=int(data["ressort"]) if data.get("ressort") else None,
            advice=data.get("votum", ""),
        )
