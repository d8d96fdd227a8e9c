"""Work on the draft: edits, settlements, freezing."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mitplan.conference.models import Department, Resolution
from mitplan.participation.models import Point
from mitplan.plan.models import Edition, Origin, Settlement
from mitplan.publishing.actions import EditValues
from mitplan.publishing.queries.own_words import OwnPlace

WAYS = [
    (Point.Proposal.REWORD, _("Wortlaut ändern")),
    (Point.Proposal.INSERT_AFTER, _("danach eine neue Textstelle einfügen")),
    (Point.Proposal.DELETE, _("Textstelle streichen")),
]
REASONS = [
    (Origin.Kind.DEPARTMENT, _("ein Ressort")),
    (Origin.Kind.RESOLUTION, _("ein Beschluss")),
    (Origin.Kind.EDITORIAL, _("Redaktion")),
]


class EditForm(forms.Form):
    """Other words at a passage, and where they come from."""

    proposal = forms.ChoiceField(
        label=_("Was soll geschehen?"), choices=WAYS, widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("Wortlaut"), widget=forms.Textarea(attrs={"rows": 8}))
    fields_text = forms.CharField(
        label=_("Angaben, eine je Zeile: Schlüssel: Wert"),
        widget=forms.Textarea(attrs={"rows": 10}),
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("Woher kommt die Änderung?"), choices=REASONS, widget=forms.RadioSelect
    )
    department = forms.ModelChoiceField(
        label=_("Ressort"), queryset=Department.objects.order_by("name"), required=False
    )
    resolution = forms.ModelChoiceField(
        label=_("Beschluss"),
        queryset=Resolution.objects.order_by("-decided_on", "title"),
        required=False,
    )
    reason = forms.CharField(
        label=_("Öffentliche Begründung"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: object, has_fields: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's open signature
        if not has_fields:
            del self.fields["fields_text"]

    def clean_fields_text(self) -> tuple[tuple[str, str], ...]:
        """Read the lines as pairs."""
        lines = [line for line in self.cleaned_data["fields_text"].splitlines() if line.strip()]
        pairs = [tuple(part.strip() for part in line.split(":", 1)) for line in lines]
        wrong = [line for line, pair in zip(lines, pairs, strict=True) if len(pair) != 2]  # noqa: PLR2004 – a pair
        if wrong:
            raise ValidationError(
                gettext("In der Zeile «%(line)s» fehlt der Doppelpunkt hinter dem Schlüssel.")
                % {"line": wrong[0]}
            )
        return tuple((pair[0], pair[1]) for pair in pairs)

    def clean(self) -> dict[str, object]:
        """Ask for what the chosen origin needs, and drop what belongs to another one."""
        data = super().clean() or {}
        kind = data.get("kind")
        if kind == Origin.Kind.DEPARTMENT and not data.get("department"):
            self.add_error("department", gettext("Bitte das Ressort nennen."))
        if kind == Origin.Kind.RESOLUTION and not data.get("resolution"):
            self.add_error("resolution", gettext("Bitte den Beschluss nennen."))
        if kind != Origin.Kind.RESOLUTION and not data.get("reason"):
            self.add_error("reason", gettext("Bitte die Änderung öffentlich begründen."))
        return data

    @property
    def values(self) -> EditValues:
        """What is to be written."""
        data = self.cleaned_data
        kind = Origin.Kind(data["kind"])
        return EditValues(
            proposal=Point.Proposal(data["proposal"]),
            text=data["text"],
            kind=kind,
            fields=data.get("fields_text"),
            reason=data["reason"],
            department=data["department"] if kind == Origin.Kind.DEPARTMENT else None,
            resolution=data["resolution"] if kind == Origin.Kind.RESOLUTION else None,
        )


class SettleForm(forms.Form):
    """How a conflict is settled; own words have a field for each contested place."""

    option = forms.ChoiceField(label=_("Lösung"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Öffentliche Begründung"), widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, *args: object, options: object, places: Sequence[OwnPlace], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's open signature
        self.fields["option"].choices = list(options)  # type: ignore[attr-defined, call-overload]
        self._names = ["text"] if len(places) == 1 else [f"text-{each.key}" for each in places]
        for name, place in zip(self._names, places, strict=True):
            self.fields[name] = _own_words(place)
        self.order_fields(["option", *self._names, "reason"])

    @property
    def wordings(self) -> list[str]:
        """What is written for each contested place."""
        return [self.cleaned_data[name] for name in self._names]

    @property
    def choice(self) -> Settlement.Choice:
        """What kind of settlement is chosen."""
        return Settlement.Choice(self.cleaned_data["option"].partition(":")[0])

    @property
    def amendments(self) -> list[int]:
        """The amendments that are chosen, in their order."""
        chosen = self.cleaned_data["option"].partition(":")[2]
        return [int(number) for number in chosen.split(",") if number]


def _own_words(place: OwnPlace) -> forms.CharField:
    return forms.CharField(
        label=gettext("Eigener Wortlaut: %(place)s") % {"place": place.label},
        help_text=_(
            "Nur für «eigenen Wortlaut schreiben»: bitte nur die strittige Stelle ändern. Was "
            "unverändert bleibt, behält den bisherigen Wortlaut."
        ),
        initial=place.wording,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


class FreezeForm(forms.Form):
    """What the edition is called that the draft becomes."""

    KINDS = [
        (kind, kind.label)
        for kind in (
            Edition.Kind.CONSULTATION_TEXT,
            Edition.Kind.CONFERENCE_DRAFT,
            Edition.Kind.CABINET_VERSION,
            Edition.Kind.REPORT,
        )
    ]

    kind = forms.ChoiceField(label=_("Art der Fassung"), choices=KINDS)
    title = forms.CharField(label=_("Bezeichnung"), max_length=200)
    dated_on = forms.DateField(
        label=pgettext_lazy("Tag", "Stand"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
