import pytest

from mitplan.ui.inline import plain_text, render_inline, render_table


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Das Land fördert.", "Das Land fördert."),
        ("**fett** und *kursiv*", "<strong>fett</strong> und <em>kursiv</em>"),
        ("`§ 5`", "<code>§ 5</code>"),
        ("siehe[^12]", 'siehe<sup><a href="#fn-12">12</a></sup>'),
        (
            "[Gesetz](https://example.org/a?b=1&c=2)",
            '<a href="https://example.org/a?b=1&amp;c=2">Gesetz</a>',
        ),
        ("5 < 6 & 7 > 2", "5 &lt; 6 &amp; 7 &gt; 2"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        (r"\*kein\* Zeichen", "*kein* Zeichen"),
    ],
)
def test_render_inline_known_marks_become_html(text, html):
    assert render_inline(text) == html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "**<svg onload=alert(1)>**",
        "[klick](javascript:alert(1))",
        "[klick](JaVaScRiPt:alert(1))",
        "[klick](java\nscript:alert(1))",
        "[klick](&#106;avascript:alert(1))",
        "[klick](data:text/html;base64,PHNjcmlwdD4=)",
        "[klick](vbscript:x)",
        "[klick](//example.org)",
        "[klick](/konto/abmelden/)",
        "![bild](https://example.org/x.png)",
        '[klick](https://example.org" onclick="alert(1))',
        '[^"><script>alert(1)</script>]',
        "<https://example.org>",
        "<a href='javascript:alert(1)'>x</a> *x*",
    ],
)
def test_render_inline_attack_stays_text(attack):
    html = render_inline(attack)

    tags = {part.split(">")[0] for part in html.split("<")[1:]}
    assert tags <= {
        "strong",
        "/strong",
        "em",
        "/em",
        "br",
        "/a",
        'a href="https://example.org/x.png"',
    }


def test_plain_text_leaves_out_marks():
    assert (
        plain_text("**Deutsch**\nlernen[^1] [hier](https://example.org)") == "Deutsch lernen hier"
    )


def test_render_table_gives_columns_heads_and_no_inline_style():
    html = render_table("| Kreis | Plätze |\n|---|--:|\n| Nord | **120** |")

    assert '<th scope="col">Kreis</th>' in html
    assert "<td><strong>120</strong></td>" in html
    assert "style" not in html


def test_render_table_without_table_becomes_paragraph():
    assert render_table("Kein <b>Strich</b>") == "<p>Kein &lt;b&gt;Strich&lt;/b&gt;</p>\n"
