"""Ids and origins without operations: cases of docs/algorithms/matching-and-attribution.md."""

import pytest

from mitplan.core.text.attribution import History
from mitplan.core.text.passages import Kind, Passage
from mitplan.core.text.runs import OriginSpan, Run, expand, spans
from mitplan.core.text.tokens import is_word, tokenize
from tests.core.text.simulation import Simulation

COURSES = "Sprachkurse finden auch am Abend und am Wochenende statt."
ADVICE = "Das Land berät Betriebe bei der Anerkennung von Abschlüssen."
SPORT = "Vereine öffnen ihre Angebote für alle Kinder im Stadtteil."


def paragraphs(*texts):
    return tuple(Passage("", Kind.PARAGRAPH, text) for text in texts)


def ids(state):
    return [attributed.passage.id for attributed in state]


def origins(attributed):
    return [(span.text, span.origin) for span in spans(attributed.passage.text, attributed.runs)]


def test_start_gives_ids_and_one_origin():
    history = History.start(paragraphs(COURSES, ADVICE), 7)

    assert ids(history.current) == ["p1", "p2"]
    assert {run.origin for item in history.current for run in item.runs} == {7}


def test_start_keeps_the_ids_a_document_has():
    history = History.start((Passage("p1", Kind.PARAGRAPH, COURSES), *paragraphs(ADVICE)), 0)

    assert ids(history.current) == ["p1", "p2"]


def test_next_reworded_passage_keeps_id_and_old_words():
    history = History.start(paragraphs(COURSES), 0)

    (state,) = history.next(paragraphs(COURSES.replace("am Abend", "am späten Abend")), 1)

    assert (state.passage.id, state.matched, state.moved) == ("p1", True, False)
    assert origins(state) == [
        ("Sprachkurse finden auch am ", 0),
        ("späten ", 1),
        ("Abend und am Wochenende statt.", 0),
    ]


def test_next_new_passage_has_a_new_id_and_the_new_origin():
    history = History.start(paragraphs(COURSES), 0)

    _, new = history.next(paragraphs(COURSES, SPORT), 1, lambda: "frisch")

    assert (new.passage.id, new.matched) == ("frisch", False)
    assert origins(new) == [(SPORT, 1)]


def test_next_moved_passage_keeps_id_and_is_marked():
    history = History.start(paragraphs(COURSES, ADVICE, SPORT), 0)

    state = history.next(paragraphs(SPORT, COURSES, ADVICE), 1)

    assert ids(state) == ["p3", "p1", "p2"]
    assert [item.moved for item in state] == [True, False, False]


def test_next_sentence_moved_between_passages_keeps_its_origin():
    history = History.start(paragraphs(f"{COURSES} {SPORT}", ADVICE), 0)

    _, target = history.next(paragraphs(COURSES, f"{ADVICE} {SPORT}"), 1)

    assert {origin for text, origin in origins(target) if "Vereine" in text} == {0}


def test_next_sentence_returning_later_keeps_its_first_origin():
    history = History.start(paragraphs(f"{COURSES} {SPORT}", ADVICE), 0)
    history.next(paragraphs(COURSES, ADVICE), 1)

    _, target = history.next(paragraphs(COURSES, f"{ADVICE} {SPORT}"), 2)

    assert {origin for text, origin in origins(target) if "Vereine" in text} == {0}


def test_next_deleted_passage_that_returns_has_its_old_id_and_origin():
    history = History.start(paragraphs(COURSES, SPORT), 0)
    history.next(paragraphs(COURSES), 1)

    state = history.next(paragraphs(COURSES, SPORT.replace("alle", "viele")), 2)

    assert ids(state) == ["p1", "p2"]
    assert state[1].matched
    assert [origin for _, origin in origins(state[1])] == [0, 2, 0]


def test_next_copied_sentence_is_explained_by_a_deletion_only_once():
    history = History.start(paragraphs(f"{ADVICE} {SPORT}", COURSES), 0)

    state = history.next(paragraphs(ADVICE, f"{COURSES} {SPORT} {SPORT}"), 1)

    found = [origin for text, origin in origins(state[1]) if "Vereine" in text]
    assert sorted(found) == [0, 1]


def test_next_small_word_between_rewritten_halves_does_not_cut_a_moved_sentence():
    history = History.start(
        paragraphs(f"{ADVICE} {SPORT}", "Alt und kurz war der Text hier früher."), 0
    )

    state = history.next(paragraphs(ADVICE, SPORT), 1)

    assert {origin for item in state for _, origin in origins(item)} == {0}


def test_of_takes_up_a_stored_history_again():
    first = History.start(paragraphs(COURSES, SPORT), 0)
    states = [first.current, first.next(paragraphs(COURSES), 1)]
    stored = [[(item.passage, item.runs) for item in state] for state in states]

    again = History.of(stored).next(paragraphs(COURSES, SPORT), 2)

    assert again == first.next(paragraphs(COURSES, SPORT), 2)


def test_of_runs_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="the runs of passage a do not fit its text"):
        History.of([[(Passage("a", Kind.PARAGRAPH, "Zwei Wörter"), (Run(1, 0),))]])


def test_next_unchanged_state_changes_nothing():
    history = History.start(paragraphs(COURSES, "", SPORT, "Ziel"), 3)
    before = history.current

    assert history.next(paragraphs(COURSES, "", SPORT, "Ziel"), 4) == before
    assert origins(before[0]) == [(OriginSpan(COURSES, 3).text, 3)]


def right_and_total(seed, *, passages, steps, edits):
    simulation = Simulation.begin(seed, passages)
    state = (history := History.start(simulation.passages(), 0)).current
    for _ in range(steps):
        simulation.advance(edits)
        state = history.next(simulation.passages(), simulation.step)
    found = [
        (token, origin)
        for item in state
        for token, origin in zip(tokenize(item.passage.text), expand(item.runs), strict=True)
        if is_word(token)
    ]
    truth = simulation.truth()
    return sum(a == b for a, b in zip(found, truth, strict=True)), len(truth)


def test_next_finds_the_true_origin_of_nearly_all_words_of_a_simulated_history():
    results = [right_and_total(1, passages=40, steps=8, edits=14)]

    assert sum(right for right, _ in results) / sum(total for _, total in results) >= 0.995


@pytest.mark.deep
def test_next_finds_the_true_origin_in_many_simulated_histories():
    results = [right_and_total(seed, passages=120, steps=10, edits=40) for seed in range(40)]

    assert sum(right for right, _ in results) / sum(total for _, total in results) >= 0.995
