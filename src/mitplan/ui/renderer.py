"""Controls of forms, written without a template for each option; there are dozens on a page of filters."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Values = Mapping[str, Any]


class Renderer(DjangoTemplates):
    """Django's own renderer, but for the controls that stand on nearly every page."""

    def render(
        self,
        template_name: str,
        context: dict[str, Any],
        request: HttpRequest | None = None,
    ) -> SafeString:
        """Return a control as HTML, the same as Django's templates write."""
        write = WRITERS.get(template_name)
        if write:
            return write(context["widget"])
        return SafeString(super().render(template_name, context, request))


def _input(widget: Values) -> SafeString:
    value = widget["value"]
    shown = "" if value is None else format_html(' value="{}"', value)
    attributes = flatatt(widget["attrs"])
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], shown, attributes
    )


def _select(widget: Values) -> SafeString:
    groups = (_group(name, choices) for name, choices, _index in widget["optgroups"])
    options = SafeString("\n".join(groups))
    return format_html(
        '<select name="{}"{}>\n{}\n</select>', widget["name"], flatatt(widget["attrs"]), options
    )


def _group(name: str | None, choices: list[Values]) -> SafeString:
    options = format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((each["value"], flatatt(each["attrs"]), each["label"]) for each in choices),
    )
    return format_html('<optgroup label="{}">\n{}\n</optgroup>', name, options) if name else options


WRITERS = {
    "django/forms/widgets/text.html": _input,
    "django/forms/widgets/hidden.html": _input,
    "django/forms/widgets/email.html": _input,
    "django/forms/widgets/number.html": _input,
    "django/forms/widgets/date.html": _input,
    "django/forms/widgets/select.html": _select,
}
