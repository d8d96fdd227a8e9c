"""The catalogue tool finds every sentence and every fault of a translation."""

import pytest
from babel.messages.catalog import Message

from tools import messages

TEMPLATE = """
{% load i18n %}
  {% if kind == "it's" %}
<h1>{% translate "Anliegen" %}</h1>
  {% endif %}
{% blocktranslate trimmed count number=number %}
  Ein Arbeitstag
{% plural %}
  {{ number }} Arbeitstage
{% endblocktranslate %}
<p title="{{ title|default:_("ohne Titel") }}">{% translate "März" context "Monat" %}</p>
"""
CODE = """
from django.utils.translation import gettext as _, ngettext

GREETING = _("Guten Tag, %(name)s, " "hier geht es weiter.")
COUNT = ngettext("%(n)d Tag", "%(n)d Tage", 2)
"""


@pytest.fixture
def sources(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "SOURCE", tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.html").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "code.py").write_text(CODE, encoding="utf-8")
    return tmp_path


def translate_all(text):
    """Fill every gap of the English catalogue with the same words."""
    path = messages.catalogue_path("en")
    filled = path.read_text(encoding="utf-8").replace('msgstr ""\n\n', f'msgstr "{text}"\n\n')
    path.write_text(filled, encoding="utf-8")


def test_collect_finds_sentences_in_code_and_templates(sources):
    found = {(entry.context, entry.id) for entry in messages.collect("en") if entry.id}

    assert found == {
        (None, "Guten Tag, %(name)s, hier geht es weiter."),
        (None, ("%(n)d Tag", "%(n)d Tage")),
        (None, "Anliegen"),
        (None, ("Ein Arbeitstag", "%(number)s Arbeitstage")),
        (None, "ohne Titel"),
        ("Monat", "März"),
    }


def test_update_twice_changes_nothing(sources):
    messages.update("en")
    translate_all("Point")
    messages.update("en")
    once = messages.catalogue_path("en").read_bytes()

    messages.update("en")

    assert messages.catalogue_path("en").read_bytes() == once


def test_faults_name_missing_and_unused_sentences(sources):
    messages.update("en")
    translate_all("Point")
    (sources / "code.py").write_text('from x import _\n\nNEW = _("Neu")\n', encoding="utf-8")

    assert sorted(messages.faults("en")) == [
        "en: missing: Ein Arbeitstag",
        "en: missing: Neu",
        "en: no longer used: %(n)d Tag",
        "en: no longer used: Guten Tag, %(name)s, hier geht es weiter.",
    ]


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("Ja", "Yes", ""),
        ("Ja", "", "missing"),
        ("Hallo %(name)s", "Hello %(name)s", ""),
        ("Hallo %(name)s", "Hello %(nome)s", "other placeholders"),
        ("Hallo %(name)s", "Hello", "other placeholders"),
        (("Ein Tag", "%(n)s Tage"), ("One day", "%(n)s days"), ""),
        (("%(n)s Tag", "%(n)s Tage"), ("One day", "%(n)s days"), ""),
        (("Ein Tag", "%(n)s Tage"), ("One day", "days"), "other placeholders"),
        (("Ein Tag", "%(n)s Tage"), ("One day", ""), "missing"),
        ("100 % sicher", "100 % certain", ""),
    ],
)
def test_fault_of_a_translation(source, translation, expected):
    assert messages.fault(Message(source), Message(source, translation)) == expected


def test_fault_of_a_fuzzy_translation():
    guess = Message("Ja", "Yes", flags=["fuzzy"])

    assert messages.fault(Message("Ja"), guess) == "fuzzy"
