from datetime import date
from decimal import Decimal

from django.template import Context, Template
from django.test import RequestFactory

from mitplan.core.indicators.values import Bound, Missing, Observation, Target
from mitplan.ui.charts import draw

SERIES = [
    Observation(date(2021, 12, 31), Decimal("68.5"), label="2021", after_break=True),
    Observation(date(2020, 12, 31), Decimal(60), label="2020"),
    Observation(date(2022, 12, 31), None, label="2022", missing=Missing.LATER),
    Observation(date(2023, 12, 31), Decimal(91), label="2023", provisional=True),
]
TARGET = Target(Decimal(60), date(2020, 12, 31), Decimal(150), date(2030, 12, 31))


def test_draw_says_in_a_sentence_what_the_lines_show():
    chart = draw(SERIES, TARGET, title="Plätze", unit="Plätze")

    assert chart.description == (
        "Von 60\xa0Plätze (2020) auf 91\xa0Plätze (2023). Das Ziel ist 150\xa0Plätze bis 31. Dezember 2030."
    )
    assert chart.plan_label == "Weg zum Ziel"


def test_draw_gives_every_observation_a_row_in_order():
    assert draw(SERIES, title="Plätze").table.rows == [
        ["2020", Decimal(60), ""],
        ["2021", Decimal("68.5"), "ab hier anders gezählt"],
        ["2022", None, "erscheint später"],
        ["2023", Decimal(91), "vorläufig"],
    ]


def test_draw_of_one_value_and_a_bound():
    chart = draw(SERIES[1:2], Bound(at_least=Decimal(50)), title="Plätze")

    assert chart.description == "Bekannt ist ein Wert: 60 (2020)."
    assert chart.plan_label == "einzuhaltender Wert"


def test_draw_without_values_says_so():
    assert draw([], title="Plätze").description == "Es gibt noch keine Werte."


def test_line_chart_is_named_described_and_repeated_as_a_table():
    chart = draw(SERIES, TARGET, title="Plätze & mehr", identifier="p7")
    context = Context({"chart": chart, "request": RequestFactory().get("/")})

    html = Template("{% load ui %}{% line_chart chart %}").render(context)

    assert 'role="img" aria-labelledby="p7-t p7-d"' in html
    assert '<title id="p7-t">Plätze &amp; mehr</title>' in html
    assert html.count('<circle class="ui-chart__dot') == 3
    assert html.count("ui-chart__dot--hollow") == 1
    assert '<td data-label="Wert" class="ui-number">68,5</td>' in html
    assert "style=" not in html
