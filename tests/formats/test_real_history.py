"""A real act in 31 states: all texts back, ids survive, every token with an origin."""

from collections import Counter

from mitplan.core.text.attribution import History
from mitplan.core.text.runs import expand, spans
from mitplan.core.text.tokens import tokenize
from mitplan.formats.markdown import read


def test_history_of_a_real_act_keeps_texts_ids_and_origins(shared_data):
    paths = sorted((shared_data / "texts" / "swiss-aig").glob("*.md"))[1:]
    states = [read(path.read_text(encoding="utf-8")) for path in paths]
    history = History()

    attributed = [history.next(state, origin) for origin, state in enumerate(states)]

    for origin, (state, found) in enumerate(zip(states, attributed, strict=True)):
        ids = [entry.passage.id for entry in found]
        assert [entry.passage.text for entry in found] == [passage.text for passage in state]
        assert len(set(ids)) == len(ids)
        assert all(0 <= run.origin <= origin for entry in found for run in entry.runs)
        assert all(
            "".join(span.text for span in spans(entry.passage.text, entry.runs))
            == entry.passage.text
            for entry in found
        )
    first, last = ({entry.passage.id for entry in attributed[at]} for at in (0, -1))
    assert (
        len(first & last) > len(last) / 3
    )  # the act was rewritten often, and some files are garbled
    origins = Counter(origin for entry in attributed[-1] for origin in expand(entry.runs))
    assert origins.total() == sum(len(tokenize(passage.text)) for passage in states[-1])
    assert origins[len(states) - 1] < origins.total() / 100  # the last state changed little
    assert origins[0] > origins.total() / 3
