"""What is filled in on points that say the same or contradict each other."""

from collections.abc import Iterable, Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitplan.conference.models import Resolution
from mitplan.participation.forms.decisions import DecisionForm
from mitplan.participation.models import Point


class SideForm(DecisionForm):
    """The decision on one of two points that stand side by side."""

    def __init__(
        self,
        data: QueryDict | None,
        side: str,
        point: Point,
        resolutions: Iterable[Resolution],
        initial: Mapping[str, object],
    ) -> None:
        super().__init__(_of_side(data, side), point, resolutions, initial)
        self.prefix = side


def _of_side(data: QueryDict | None, side: str) -> QueryDict | None:
    """Return what was filled in, with the names of one side as the form itself calls them."""
    if data is None:
        return None
    own = data.copy()
    for name in data:
        if name.startswith(f"{side}-"):
            own.setlist(name.removeprefix(f"{side}-"), data.getlist(name))
    return own


class PublishForm(forms.Form):
    """Why results are published although near-identical points were decided differently."""

    reason = forms.CharField(
        label=_("Warum gleichlautende Anliegen verschieden entschieden sind"),
        help_text=_("Ein Satz genügt; er wird mit den Ergebnissen veröffentlicht."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
