"""What is kept of recent results, and what is not."""

from mitplan.core.text.recent import keep_recent


def test_recent_result_is_kept_for_short_texts_only():
    asked = []

    @keep_recent(2)
    def length(text):
        asked.append(len(text))
        return len(text)

    answers = [length(text) for text in ("ab", "ab", "x" * 5000, "x" * 5000)]

    assert answers == [2, 2, 5000, 5000]
    assert asked == [2, 5000, 5000]


def test_recent_results_make_room():
    asked = []

    @keep_recent(1)
    def same(text):
        asked.append(text)
        return text

    for text in ("a", "b", "a"):
        same(text)

    assert asked == ["a", "b", "a"]
