"""Questions of forms, drawn with the controls of KERN."""

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.safestring import SafeString

CHECKBOX, CHOICES, SELECT, TEXT = "checkbox", "choices", "select", "text"
CLASSES = {
    CHECKBOX: "kern-form-check__checkbox",
    SELECT: "kern-form-input__select",
    TEXT: "kern-form-input__input",
}


class Control:
    """A question of a form and how it is drawn."""

    def __init__(self, bound: BoundField) -> None:
        self.bound = bound
        self.kind = _kind(bound.field.widget)
        attributes = bound.field.widget.attrs
        if isinstance(bound.field.widget, forms.Textarea):
            attributes["lang"] = (
                settings.LANGUAGE_CODE
            )  # what is written here becomes public as it is
        attributes["class"] = " ".join(filter(None, [attributes.get("class"), *self._classes()]))

    @property
    def widget(self) -> SafeString:
        """The control itself; Django links it with hint and error."""
        return self.bound.as_widget()

    @property
    def is_optional(self) -> bool:
        """Whether the label says that the question may stay open."""
        return not self.bound.field.required

    @property
    def choice_class(self) -> str:
        """How each choice of a group is drawn: round for one, square for several."""
        several = isinstance(self.bound.field.widget, forms.CheckboxSelectMultiple)
        return "kern-form-check__checkbox" if several else "kern-form-check__radio"

    def _classes(self) -> list[str]:
        base = self.choice_class if self.kind == CHOICES else CLASSES[self.kind]
        return [base, f"{base}--error"] if self.bound.errors else [base]


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return CHECKBOX
    if isinstance(widget, forms.RadioSelect):  # also the parent of several checkboxes
        return CHOICES
    if isinstance(widget, forms.Select) and not getattr(widget, "allow_multiple_selected", False):
        return SELECT
    return TEXT
