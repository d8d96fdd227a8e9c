"""Controls written by hand are what Django's templates would write."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from mitplan.ui.renderer import Renderer

GROUPED = [("", "–"), ("Obst", [("1", "Äpfel & Birnen"), ("2", "<b>")]), ("3", "Nüsse")]


class Questions(forms.Form):
    word = forms.CharField(max_length=30)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)
    number = forms.IntegerField(min_value=1, required=False)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), help_text="Tag")
    mail = forms.EmailField(widget=forms.EmailInput(attrs={"autofocus": True, "hidden": False}))
    kind = forms.ChoiceField(choices=GROUPED)
    several = forms.MultipleChoiceField(choices=GROUPED[2:])
    tick = forms.BooleanField()


@pytest.mark.parametrize("data", [None, {"word": '"><script>', "number": "0", "kind": "2"}])
@pytest.mark.parametrize("name", Questions.base_fields)
def test_control_is_written_as_django_writes_it(name, data):
    ours, theirs = Questions(data, renderer=Renderer()), Questions(data, renderer=DjangoTemplates())

    assert parse_html(str(ours[name])) == parse_html(str(theirs[name]))


def test_forms_of_the_house_are_written_so():
    assert isinstance(forms.Form().renderer, Renderer)
