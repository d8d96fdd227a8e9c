"""What the lists of monitoring may be narrowed down to."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mitplan.monitoring.queries import indicators, measures
from mitplan.monitoring.queries.assessments import results
from mitplan.monitoring.queries.goals import CurrentGoal
from mitplan.monitoring.queries.measures import MeasureRow
from mitplan.plan.models import MeasureRevision

Choices = Iterable[tuple[Any, Any]]


class GoalFilter(forms.Form):
    """Narrows the list of goals down."""

    plan = forms.ChoiceField(label=_("Plan"), required=False)
    feld = forms.ChoiceField(label=_("Handlungsfeld"), required=False)
    stand = forms.ChoiceField(label=_("Stand"), required=False)

    def __init__(self, data: Any, goals: Iterable[CurrentGoal]) -> None:  # noqa: ANN401 – Django's own
        super().__init__(data)
        revisions = [goal.revision for goal in goals]
        plans = {each.edition.plan.slug: each.edition.plan.title for each in revisions}
        fields = {each.field.name: each.field.name for each in revisions if each.field}
        _offer(self, "plan", plans.items())
        _offer(self, "feld", fields.items())
        _offer(self, "stand", results())
        if len(plans) <= 1:
            del self.fields["plan"]

    def narrowed(self, goals: Iterable[CurrentGoal]) -> list[CurrentGoal]:
        """Return the goals of the chosen plan and field; the result is left to the table."""
        plan, field = _chosen(self, "plan"), _chosen(self, "feld")
        return [
            goal
            for goal in goals
            if plan in ("", goal.revision.edition.plan.slug)
            and (not field or (goal.revision.field and goal.revision.field.name == field))
        ]

    @property
    def result(self) -> str:
        """The result that was chosen."""
        return _chosen(self, "stand")


class MeasureFilter(forms.Form):
    """Narrows the list of measures down."""

    text = forms.CharField(label=_("Suchwort"), required=False, max_length=100)
    plan = forms.ChoiceField(label=_("Plan"), required=False)
    stand = forms.ChoiceField(label=_("Stand"), required=False)
    feld = forms.ChoiceField(label=_("Handlungsfeld"), required=False)
    ressort = forms.ChoiceField(label=_("Federführung"), required=False)

    def __init__(self, data: Any, rows: Iterable[MeasureRow]) -> None:  # noqa: ANN401 – Django's own
        super().__init__(data)
        listed = list(rows)
        plans = {row.plan: row.plan_title for row in listed}
        _offer(self, "plan", plans.items())
        _offer(self, "stand", [(value or "unbekannt", label) for value, label in STATES])
        _offer(self, "feld", _names(row.field for row in listed))
        _offer(self, "ressort", _names(row.lead for row in listed))
        if len(plans) <= 1:
            del self.fields["plan"]

    def selection(self) -> measures.Selection:
        """Return what was chosen."""
        return measures.Selection(
            plan=_chosen(self, "plan"),
            state=_chosen(self, "stand"),
            lead=_chosen(self, "ressort"),
            field=_chosen(self, "feld"),
            text=_chosen(self, "text"),
        )


STATES = MeasureRevision.State.choices


class IndicatorFilter(forms.Form):
    """Narrows the list of indicators down."""

    text = forms.CharField(label=_("Suchwort"), required=False, max_length=100)
    art = forms.ChoiceField(label=_("Art"), required=False)
    nur = forms.ChoiceField(label=_("Auswahl"), required=False)

    def __init__(self, data: Any) -> None:  # noqa: ANN401 – Django's own
        super().__init__(data)
        _offer(self, "art", indicators.known_kinds())
        only = [
            (indicators.WITH_VALUES, _("mit Werten")),
            (indicators.IN_PLAN, _("im Plan verwendet")),
        ]
        _offer(self, "nur", only)

    def selection(self) -> indicators.Selection:
        """Return what was chosen."""
        return indicators.Selection(
            text=_chosen(self, "text"), kind=_chosen(self, "art"), only=_chosen(self, "nur")
        )


def _names(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in sorted(set(names)) if name]


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    form.fields[name].choices = [("", _("alle")), *choices]  # type: ignore[attr-defined]  # a ChoiceField


def _chosen(form: forms.Form, name: str) -> str:
    """Return a choice; one that nobody offered narrows nothing down."""
    form.is_valid()
    return str(form.cleaned_data.get(name, ""))
