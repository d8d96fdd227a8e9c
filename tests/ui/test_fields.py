import pytest
from django import forms
from django.template import Context, Template


class PointForm(forms.Form):
    text = forms.CharField(label="Anliegen", widget=forms.Textarea, help_text="Ein Satz genügt.")
    kind = forms.ChoiceField(label="Art", choices=[("a", "A")], required=False)
    outcome = forms.ChoiceField(label="Ergebnis", widget=forms.RadioSelect, choices=[("x", "X")])
    topics = forms.MultipleChoiceField(
        label="Themen",
        widget=forms.CheckboxSelectMultiple,
        choices=[("s", "Sprache")],
        required=False,
    )
    consent = forms.BooleanField(label="Einverstanden")
    draft = forms.CharField(widget=forms.HiddenInput, initial="5")


def rendered(source, **names):
    return Template("{% load ui %}" + source).render(Context(names))


def field(name, data=None):
    return rendered("{% field field %}", field=PointForm(data)[name])


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("text", "kern-form-input__input"),
        ("kind", "kern-form-input__select"),
        ("outcome", "kern-form-check__radio"),
        ("topics", "kern-form-check__checkbox"),
        ("consent", "kern-form-check__checkbox"),
    ],
)
def test_field_uses_the_controls_of_kern(name, css):
    assert f'class="{css}"' in field(name)


def test_field_links_hint_and_error():
    html = field("text", {"text": ""})

    assert 'aria-describedby="id_text_helptext id_text_error"' in html
    assert 'id="id_text_helptext">Ein Satz genügt.' in html
    assert 'id="id_text_error"' in html
    assert 'aria-invalid="true"' in html


def test_field_group_links_its_error_at_the_fieldset():
    html = field("outcome", {"outcome": ""})

    assert (
        '<fieldset class="kern-fieldset kern-fieldset--error" id="id_outcome" aria-describedby="id_outcome_error">'
        in html
    )
    assert '<label class="kern-label" for="id_outcome_0">X</label>' in html


def test_field_says_when_it_may_stay_open():
    assert "freiwillig" in field("kind")
    assert "freiwillig" not in field("text")


def test_form_fields_begin_with_links_to_what_is_to_be_mended():
    form = PointForm({"outcome": "x", "consent": "on", "draft": "5", "text": ""})
    form.add_error(None, "Die Frist ist abgelaufen.")

    html = rendered("{% form_fields form %}", form=form)

    assert '<a href="#id_text">Anliegen:</a> Dieses Feld ist zwingend erforderlich.' in html
    assert "<li>Die Frist ist abgelaufen.</li>" in html
    assert '<input type="hidden" name="draft"' in html
    assert html.count('<label class="kern-label" for="id_draft"') == 0


def test_form_errors_without_errors_is_silent():
    assert rendered("{% form_errors form %}", form=PointForm()).strip() == ""
