"""What the points table shows, and how it is ordered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitplan.participation.forms.points import PointFilter
from mitplan.participation.models import Consultation, Point
from mitplan.participation.queries import points_table
from mitplan.participation.queries.consultations import rounds
from mitplan.participation.queries.points import Sight
from mitplan.participation.queries.points_table import Line, Order, Variant
from mitplan.participation.queries.points_table_files import facts_of
from mitplan.plan.models import FieldOfAction

INTERNAL = "intern"


class TableForm(forms.Form):
    """By what the points table is ordered, and for whom it is."""

    ordnung = forms.ChoiceField(label=_("Gliedern nach"), choices=Order.choices, required=False)
    ausgabe = forms.ChoiceField(
        label=_("Ausgabe"),
        choices=[("oeffentlich", _("öffentlich")), (INTERNAL, _("intern"))],
        required=False,
    )

    def __init__(self, data: QueryDict, *, may_see_inside: bool) -> None:
        super().__init__(data)
        if not may_see_inside:
            del self.fields["ausgabe"]

    @property
    def order(self) -> Order:
        """The chosen order; by passage where nothing is chosen."""
        return (
            Order(self.cleaned_data.get("ordnung") or Order.PASSAGE)
            if self.is_valid()
            else Order.PASSAGE
        )

    @property
    def is_internal(self) -> bool:
        """Whether the internal variant is wanted."""
        return self.is_valid() and self.cleaned_data.get("ausgabe") == INTERNAL


@dataclass(frozen=True, slots=True)
class Asked:
    """The table that an address asks for."""

    consultation: Consultation
    variant: Variant
    sight: Sight
    points: QuerySet[Point]
    chosen: str
    kept: Sequence[tuple[str, str]]

    def lines(self, points: QuerySet[Point] | None = None) -> Iterator[Line]:
        """Yield the table, or a part of it."""
        return points_table.lines(
            self.points if points is None else points, self.variant, self.sight
        )

    def facts(self, total: int) -> list[tuple[str, object]]:
        """Return what every form of the table says at its beginning."""
        return facts_of(self.consultation, self.variant, total, self.chosen)


def asked(
    consultation: Consultation, data: QueryDict, today: date, *, may_see_inside: bool
) -> Asked:
    """Return the table that an address asks for; it filters as the list of points does."""
    form = TableForm(data, may_see_inside=may_see_inside)
    listed = rounds(today)
    fields = (
        list(FieldOfAction.objects.filter(plan__isnull=False)) if data.get("handlungsfeld") else []
    )
    filters = PointFilter(data, listed, fields)
    variant = Variant(consultation.number, form.order, form.is_internal, filters.wish())
    sight = Sight.of(listed, sees_all=variant.is_internal)
    return Asked(
        consultation,
        variant,
        sight,
        points_table.found(variant, sight),
        "; ".join(_spoken(filters)),
        [(name, str(data[name])) for name in filters.fields if data.get(name) and name != "runde"],
    )


def _spoken(filters: PointFilter) -> Iterator[str]:
    """Yield what was chosen in words."""
    for name, value in filters.cleaned_data.items():
        if value and name != "runde":
            bound = filters[name]
            choices = dict(getattr(bound.field, "choices", ()))
            yield f"{bound.label}: {choices.get(str(value), value)}"
