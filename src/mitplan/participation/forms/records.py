"""What the secretariat fills in to record a letter with its points."""

from collections.abc import Iterable, Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mitplan.conference.models import Organisation
from mitplan.participation.actions import PointValues
from mitplan.participation.models import Point, Submission
from mitplan.participation.models.submissions import OTHER_PASSAGE_MISSING, WORDLESS
from mitplan.plan.models import Edition, FieldOfAction, Passage

ROUTES = [
    (route, route.label)
    for route in (Submission.Route.LETTER, Submission.Route.MAIL, Submission.Route.SPOKEN)
]


class LetterForm(forms.Form):
    """Who wrote, how it came, and the text of the letter."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    cosigners = forms.MultipleChoiceField(
        label=_("Mitunterzeichnende"),
        help_text=_(
            "Wer dasselbe Schreiben unterzeichnet hat; mehrere mit gedrückter Strg-Taste. Jede bekommt "
            "eine eigene Antwort."
        ),
        widget=forms.SelectMultiple(attrs={"size": 5}),
        required=False,
    )
    route = forms.ChoiceField(label=_("Weg"), choices=ROUTES)
    letter = forms.CharField(
        label=_("Text des Schreibens"), widget=forms.Textarea(attrs={"rows": 8}), required=False
    )

    def __init__(self, data: QueryDict | None, organisations: Iterable[Organisation]) -> None:
        super().__init__(data)
        self._by_pk = {str(each.pk): each for each in organisations}
        field = self.fields["organisation"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", _("bitte wählen")),
                *((key, each.name) for key, each in self._by_pk.items()),
            ]
        cosigners = self.fields["cosigners"]
        if isinstance(cosigners, forms.MultipleChoiceField):
            cosigners.choices = [(key, each.name) for key, each in self._by_pk.items()]

    @property
    def chosen_organisation(self) -> Organisation:
        """Who wrote."""
        return self._by_pk[self.cleaned_data["organisation"]]

    @property
    def chosen_cosigners(self) -> list[Organisation]:
        """Who signed, too."""
        return [self._by_pk[key] for key in self.cleaned_data["cosigners"]]


class RecordedPointForm(forms.Form):
    """One demand of the letter."""

    kind = forms.ChoiceField(
        label=_("Art"),
        choices=[choice for choice in Point.Kind.choices if choice[0] != Point.Kind.ANSWER],
    )
    passage = forms.IntegerField(
        label=_("Textstelle"),
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    quote = forms.CharField(
        label=_("oder ein Stück ihres Wortlauts"),
        help_text=_("Ohne Nummer sucht Mitplan die Stelle, an der diese Worte stehen."),
        required=False,
    )
    text = forms.CharField(
        label=pgettext_lazy("Einzahl", "Anliegen"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    reason = forms.CharField(
        label=_("Begründung"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    proposal = forms.ChoiceField(
        label=_("Vorschlag"), choices=Point.Proposal.choices, required=False
    )
    proposed_text = forms.CharField(
        label=_("vorgeschlagener Wortlaut"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    target = forms.IntegerField(
        label=_("hinter oder mit Textstelle"),
        help_text=_("Nur beim Verschieben und Zusammenführen."),
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    field = forms.ChoiceField(label=_("Handlungsfeld"), required=False)

    def __init__(
        self, data: QueryDict | None, number: int, edition: Edition, fields: Sequence[FieldOfAction]
    ) -> None:
        super().__init__(data, prefix=f"anliegen-{number}")
        self.number = number
        self._edition = edition
        self._fields = {str(each.pk): each for each in fields}
        self._passage: Passage | None = None
        self._target: Passage | None = None
        field = self.fields["field"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "–"), *((key, each.name) for key, each in self._fields.items())]

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written into it."""
        names = ("text", "reason", "proposed_text", "quote", "passage")
        written = any(self[name].value() for name in names)
        return not written and self["proposal"].value() not in WORDLESS

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("passage") or data.get("quote"):
            self._find_passage(data.get("passage"), data.get("quote", ""))
        proposal = data.get("proposal")
        if proposal and not (data.get("passage") or data.get("quote")):
            self.add_error("passage", _("Ein Wortlaut braucht eine Textstelle."))
        if proposal and proposal not in WORDLESS and not data.get("proposed_text"):
            self.add_error("proposed_text", _("Bitte den vorgeschlagenen Wortlaut angeben."))
        if proposal in (Point.Proposal.MOVE, Point.Proposal.JOIN):
            self._find_target(data.get("target"))
        if not proposal and not data.get("text"):
            self.add_error("text", _("Bitte das Anliegen oder einen Wortlaut angeben."))
        return data

    def _find_passage(self, number: int | None, quote: str) -> None:
        entries = self._edition.entries.select_related("passage")
        if number:
            found = entries.filter(passage__number=number).first()
            if found is None:
                self.add_error("passage", _("Diese Textstelle gibt es in der Fassung nicht."))
                return
        else:
            hits = list(entries.filter(wording__text__contains=quote)[:2])
            if len(hits) != 1:
                self.add_error("quote", _not_one(len(hits)))
                return
            found = hits[0]
        self._passage = found.passage

    def _find_target(self, number: int | None) -> None:
        entries = self._edition.entries.select_related("passage")
        found = entries.filter(passage__number=number or 0).first()
        if found is None:
            self.add_error("target", OTHER_PASSAGE_MISSING)
        else:
            self._target = found.passage

    def values(self) -> PointValues:
        """Return the demand."""
        data = self.cleaned_data
        return PointValues(
            kind=Point.Kind(data["kind"]),
            text=data["text"],
            reason=data["reason"],
            passage=self._passage,
            quote=data["quote"],
            proposal=Point.Proposal(data["proposal"] or Point.Proposal.NONE),
            proposed_text=data["proposed_text"],
            target=self._target,
            field=self._fields.get(data["field"]),
        )


def _not_one(hits: int) -> str:
    if hits:
        return gettext("Diese Worte stehen an mehreren Stellen. Bitte die Nummer angeben.")
    return gettext("Diese Worte stehen nicht in der Fassung. Bitte die Nummer angeben.")
