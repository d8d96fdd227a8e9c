"""What is filled in to split, merge or reword points."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mitplan.participation.actions import PointValues
from mitplan.participation.forms.decisions import PassageField
from mitplan.participation.models import Point, Succession
from mitplan.plan.models import Entry

Cause = Succession.Cause


class SuccessionForm(forms.Form):
    """Into what a point goes on, and why; empty parts are none."""

    others = forms.MultipleChoiceField(
        label=_("Zusammenführen mit"), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("Begründung in einem Satz"),
        help_text=_("Steht öffentlich beim alten und beim neuen Anliegen."),
    )

    def __init__(
        self,
        data: QueryDict | None,
        point: Point,
        cause: Succession.Cause,
        others: Sequence[Point],
        parts: int,
    ) -> None:
        super().__init__(data)
        self._point, self.cause, self._others = (
            point,
            cause,
            {str(each.pk): each for each in others},
        )
        self.parts = range(1, (parts if cause == Cause.SPLIT else 1) + 1)
        field = self.fields["others"]
        if cause != Cause.MERGED:
            del self.fields["others"]
        elif isinstance(field, forms.MultipleChoiceField):
            field.choices = [
                (key, f"{each.number}: {each.text[:80]}") for key, each in self._others.items()
            ]
        for part in self.parts:
            self._add_part(part)
        self.order_fields([name for name in self.fields if name != "reason"])

    def _add_part(self, part: int) -> None:
        """Offer one successor; the first one begins with the words that stand."""
        texts = [self._point.text]
        if self.cause == Cause.MERGED:
            texts += [each.text for each in self._others.values()]
        self.fields[f"text{part}"] = forms.CharField(
            label=_("Wortlaut des Anliegens %(part)s") % {"part": part},
            widget=forms.Textarea(attrs={"rows": 5}),
            initial="\n\n".join(filter(None, texts)) if part == 1 else "",
            required=part == 1,
        )
        passage = self._point.passage
        self.fields[f"passage{part}"] = PassageField(
            label=_("Textstelle des Anliegens %(part)s") % {"part": part},
            initial=passage.number if passage else None,
        )
        if self._point.proposal == Point.Proposal.REWORD:
            self.fields[f"proposed{part}"] = forms.CharField(
                label=_("Vorgeschlagener Wortlaut %(part)s") % {"part": part},
                widget=forms.Textarea(attrs={"rows": 4}),
                initial=self._point.proposed_text if part == 1 else "",
                required=False,
            )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        for part in self.parts:
            number = data.get(f"passage{part}")
            data[f"entry{part}"] = self._entry(number) if isinstance(number, int) else None
            if number and data[f"entry{part}"] is None:
                self.add_error(
                    f"passage{part}", _("Diese Textstelle gibt es in der Fassung nicht.")
                )
        return data

    def _entry(self, number: int) -> Entry | None:
        entries = self._point.edition.entries.select_related("passage__plan", "wording")
        return entries.filter(passage__number=number).first()

    def points(self) -> list[Point]:
        """Return the points that go on."""
        chosen = self.cleaned_data.get("others", [])
        return [self._point, *(self._others[key] for key in chosen)]

    def successors(self) -> list[PointValues]:
        """Return what they go on in."""
        data = self.cleaned_data
        return [self._values(part) for part in self.parts if data[f"text{part}"].strip()]

    def _values(self, part: int) -> PointValues:
        data, point = self.cleaned_data, self._point
        entry: Entry | None = data[f"entry{part}"]
        proposed: str = data.get(f"proposed{part}", "").strip()
        stays = entry is not None and entry.passage_id == point.passage_id
        is_amendment = point.kind == Point.Kind.AMENDMENT
        kind = Point.Kind.SUGGESTION if is_amendment else Point.Kind(point.kind)
        return PointValues(
            kind=Point.Kind.AMENDMENT if proposed else kind,
            text=data[f"text{part}"],
            reason=point.reason,
            passage=entry.passage if entry else None,
            quote=point.quote if stays else "",
            field=point.field,
            question=point.question,
            proposal=Point.Proposal.REWORD if proposed else Point.Proposal.NONE,
            proposed_text=proposed,
        )
