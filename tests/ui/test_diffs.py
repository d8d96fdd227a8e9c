from mitplan.core.text.diff import Segment, SegmentKind, word_diff
from mitplan.ui.diffs import render_diff


def test_render_diff_says_aloud_what_came_and_went():
    html = render_diff(
        [Segment(SegmentKind.DELETED, "alt"), Segment(SegmentKind.INSERTED, "neu & gut")]
    )

    assert html == (
        '<div class="ui-diff" lang="de" dir="ltr">'
        '<del><span class="kern-sr-only">gestrichen: </span>alt</del>'
        '<ins><span class="kern-sr-only">eingefügt: </span>neu &amp; gut</ins></div>'
    )


def test_render_diff_of_equal_texts_has_no_marks():
    assert render_diff(word_diff("gleich", "gleich")) == (
        '<div class="ui-diff" lang="de" dir="ltr">gleich</div>'
    )
