"""What the lists of the conference may be narrowed down to."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mitplan.conference.models import Organisation, Term
from mitplan.conference.queries import members, sittings


class MemberFilter(forms.Form):
    """Narrows the list of members down."""

    amtsperiode = forms.ChoiceField(label=_("Amtsperiode"), required=False)
    gruppe = forms.ChoiceField(label=_("Gruppe"), required=False)
    ebene = forms.ChoiceField(label=_("Ebene"), required=False)

    def __init__(self, data: Any, terms: Iterable[Term]) -> None:  # noqa: ANN401 – Django's own
        super().__init__(data)
        offered = [(str(term.pk), str(term)) for term in terms]
        self.fields["amtsperiode"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (members.TODAY, _("heute")),
            (members.ALL, _("alle")),
            *offered,
        ]
        _offer(self, "gruppe", [(name, name) for name in members.known_categories()])
        _offer(self, "ebene", Organisation.Level.choices)

    def selection(self) -> members.Selection:
        """Return what was chosen."""
        return members.Selection(
            term=_chosen(self, "amtsperiode"),
            category=_chosen(self, "gruppe"),
            level=_chosen(self, "ebene"),
        )


class SittingFilter(forms.Form):
    """Narrows the list of sittings down."""

    gremium = forms.ChoiceField(label=_("Gremium"), required=False)
    jahr = forms.ChoiceField(label=_("Jahr"), required=False)
    text = forms.CharField(label=_("Suchwort im Gegenstand"), required=False, max_length=100)

    def __init__(self, data: Any) -> None:  # noqa: ANN401 – Django's own
        super().__init__(data)
        _offer(self, "gremium", sittings.bodies_that_sat())
        _offer(self, "jahr", [(year, year) for year in sittings.known_years()])

    def selection(self) -> sittings.Selection:
        """Return what was chosen."""
        return sittings.Selection(
            body=_chosen(self, "gremium"), year=_chosen(self, "jahr"), text=_chosen(self, "text")
        )


def _offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    form.fields[name].choices = [("", _("alle")), *choices]  # type: ignore[attr-defined]  # a ChoiceField


def _chosen(form: forms.Form, name: str) -> str:
    """Return a choice; one that nobody offered narrows nothing down."""
    form.is_valid()
    return str(form.cleaned_data.get(name, ""))
