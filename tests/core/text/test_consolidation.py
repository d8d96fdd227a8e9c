"""The consolidated text: cases of docs/algorithms/consolidation.md and the invariants behind them."""

from collections import Counter
from dataclasses import replace
from itertools import chain, count, permutations
from unicodedata import normalize

import pytest
from hypothesis import strategies as st

from mitplan.core.text.amendments import (
    Amendment,
    DeletePassage,
    InsertPassage,
    JoinPassages,
    MovePassage,
    SetField,
    SplitPassage,
    TextHunk,
    rewording,
)
from mitplan.core.text.cautions import Caution, CautionKind
from mitplan.core.text.conflicts import Relation, find_conflicts
from mitplan.core.text.consolidation import (
    Agreement,
    ChangeKind,
    Choice,
    LeftOut,
    Reason,
    Settlement,
    consolidate,
)
from mitplan.core.text.passages import Kind, Passage
from mitplan.core.text.rebase import rebase
from mitplan.core.text.runs import Run, compact, expand
from mitplan.core.text.settlements import check_settlement
from mitplan.core.text.tokens import normalise, tokenize
from tests.core.properties import attempt, name_of
from tests.core.text.proposals import BASE_ORIGIN, SYMBOLS, merge, peaceful, proposals, without_ids

COURSES = Passage("p1", Kind.PARAGRAPH, "Das Land fördert Kurse. Sie sind kostenlos.")
OFFICE = Passage("p2", Kind.PARAGRAPH, "Ein Amt hilft.")
END = Passage("p3", Kind.PARAGRAPH, "Ende.")
BASE = (COURSES, OFFICE, END)


def reword(number, passage, text):
    return Amendment(number, rewording(passage, text), 100 + number)


def propose(number, *operations):
    return Amendment(number, operations, 100 + number)


def insertion(name, after, text="Neu."):
    return InsertPassage(name, after, Kind.PARAGRAPH, text)


def texts(result):
    return [passage.text for passage in result.document]


def test_consolidate_without_amendments_returns_the_base():
    assert merge(BASE, []).document == BASE


def test_consolidate_changes_at_different_places_applies_both():
    result = merge(
        BASE,
        [
            reword(1, COURSES, "Das Land fördert alle Kurse. Sie sind kostenlos."),
            reword(2, COURSES, "Das Land fördert Kurse. Sie sind frei."),
        ],
    )

    assert texts(result)[0] == "Das Land fördert alle Kurse. Sie sind frei."
    assert result.runs["p1"] == (Run(6, 1), Run(2, 101), Run(7, 1), Run(1, 102), Run(1, 1))
    assert result.open == result.warnings == ()


def test_consolidate_contested_place_keeps_base_and_applies_the_rest():
    loser = reword(1, COURSES, "Das Land prüft Kurse. Sie sind kostenlos.")
    rival = reword(2, COURSES, "Das Land bezahlt Kurse. Sie sind frei.")

    result = merge(BASE, [loser, rival])

    assert texts(result)[0] == "Das Land fördert Kurse. Sie sind frei."
    assert [cluster.amendments for cluster in result.open] == [(1, 2)]
    assert result.applied == {2: rival.operations[1:]}
    key = result.open[0].key
    assert result.left_out == (
        LeftOut(1, loser.operations[0], Reason.OPEN, key),
        LeftOut(2, rival.operations[0], Reason.OPEN, key),
    )


def test_consolidate_same_change_by_two_names_both_and_credits_the_earlier():
    changed = "Das Land fördert Kurse. Sie sind frei."
    result = merge(BASE, [reword(2, COURSES, changed), reword(1, COURSES, changed)])

    assert texts(result)[0] == changed
    assert expand(result.runs["p1"])[13] == 101
    assert result.agreed == (Agreement(rewording(COURSES, changed)[0], (1, 2)),)
    assert [change.origins for change in result.changes] == [(101, 102)]


def test_consolidate_overlapping_deletions_deletes_once():
    result = merge(
        BASE,
        [propose(1, TextHunk("p1", 0, 4)), propose(2, TextHunk("p1", 2, 6))],
    )

    assert texts(result)[0] == "Kurse. Sie sind kostenlos."
    assert result.open == ()
    assert result.changes[0].origins == (101, 102)


def test_consolidate_insertion_at_the_edge_of_a_replacement_stays_outside():
    around = propose(1, TextHunk("p2", 2, 2, ("neues", " ")), TextHunk("p2", 3, 3, (" ", "bald")))
    result = merge(BASE, [around, propose(2, TextHunk("p2", 2, 3, ("Büro",)))])

    assert texts(result)[1] == "Ein neues Büro bald hilft."


def test_consolidate_same_word_before_and_after_a_deleted_range_keeps_both():
    twice = propose(1, TextHunk("p2", 2, 2, ("ja", " ")), TextHunk("p2", 4, 4, ("ja", " ")))
    result = merge(BASE, [twice, propose(2, TextHunk("p2", 2, 4))])

    assert texts(result)[1] == "Ein ja ja hilft."


def test_consolidate_word_grown_together_is_new():
    result = merge(BASE, [propose(1, TextHunk("p2", 3, 3, ("chen",)))])

    assert texts(result)[1] == "Ein Amtchen hilft."
    assert result.runs["p2"] == (Run(2, 1), Run(1, 101), Run(3, 1))


def test_consolidate_words_joined_by_a_deleted_blank_belong_to_who_deleted_it():
    result = merge(BASE, [propose(1, TextHunk("p2", 1, 2))])

    assert texts(result)[1] == "EinAmt hilft."
    assert result.runs["p2"] == (Run(1, 101), Run(3, 1))


def test_consolidate_accent_inserted_behind_a_letter_is_composed():
    base = (Passage("p", Kind.PARAGRAPH, "e a"),)

    result = merge(base, [propose(1, TextHunk("p", 1, 1, ("\u0301",)))])

    assert result.document[0].text == "é a"
    assert result.runs["p"] == (Run(1, 101), Run(2, 1))


def test_consolidate_several_passages_behind_one_anchor_keep_their_order():
    result = merge(
        BASE,
        [
            propose(
                1, insertion("a", "p1", "A"), insertion("b", "a", "B"), insertion("c", "p1", "C")
            )
        ],
    )

    assert texts(result) == [COURSES.text, "A", "B", "C", OFFICE.text, END.text]
    assert result.runs["a"] == (Run(1, 101),)


def test_consolidate_passage_behind_a_deleted_one_stands_behind_its_predecessor():
    result = merge(BASE, [propose(1, DeletePassage("p2")), propose(2, insertion("a", "p2"))])

    assert texts(result) == [COURSES.text, "Neu.", END.text]
    assert result.warnings == (Caution(CautionKind.ANCHOR_DELETED, "a", (2,)),)


def test_consolidate_passage_behind_a_moved_one_stays_at_the_old_place():
    result = merge(BASE, [propose(1, MovePassage("p1", "p3")), propose(2, insertion("a", "p1"))])

    assert texts(result) == ["Neu.", OFFICE.text, END.text, COURSES.text]
    assert result.warnings == (Caution(CautionKind.ANCHOR_MOVED, "a", (2,)),)


def test_consolidate_passage_behind_one_the_same_amendment_moves_follows_it():
    result = merge(BASE, [propose(1, MovePassage("p1", "p3"), insertion("a", "p1"))])

    assert texts(result) == [OFFICE.text, END.text, COURSES.text, "Neu."]
    assert result.warnings == ()


def test_consolidate_hunk_follows_its_moved_passage():
    moved = propose(1, MovePassage("p1", "p3"))
    result = merge(BASE, [moved, reword(2, COURSES, "Das Land fördert Kurse.")])

    assert texts(result) == [OFFICE.text, END.text, "Das Land fördert Kurse."]
    assert [(each.passage, each.kind) for each in result.changes] == [
        ("p1", ChangeKind.CHANGED),
        ("p1", ChangeKind.MOVED),
    ]


def test_consolidate_two_changes_of_one_sentence_asks_to_read_it():
    result = merge(
        BASE,
        [
            reword(1, COURSES, "Ein Land fördert Kurse. Sie sind kostenlos."),
            reword(2, COURSES, "Das Land fördert viele Kurse. Sie sind kostenlos."),
        ],
    )

    assert result.warnings == (Caution(CautionKind.SAME_SENTENCE, "p1", (1, 2)),)


def test_consolidate_reference_to_a_deleted_passage_asks_to_check_it():
    base = (*BASE, Passage("p4", Kind.PARAGRAPH, "Siehe [dort](#p2)."))

    result = merge(base, [propose(1, DeletePassage("p2"))])

    assert result.warnings == (Caution(CautionKind.DANGLING_REFERENCE, "p4", (1,)),)


def test_consolidate_new_fields_stand_in_the_same_order_whoever_adds_them():
    base = (Passage("m", Kind.MEASURE, "Kurse", fields=(("beginn", "2027"), ("träger", "Land"))),)
    result = merge(
        base,
        [
            propose(1, SetField("m", "kosten", "1")),
            propose(2, SetField("m", "beginn", None)),
            propose(3, SetField("m", "ort", "Hanau"), SetField("m", "zahl", "3")),
        ],
    )

    assert result.document[0].fields == (
        ("kosten", "1"),
        ("ort", "Hanau"),
        ("träger", "Land"),
        ("zahl", "3"),
    )


def test_consolidate_base_passage_without_origins_is_refused():
    with pytest.raises(ValueError, match="'p1' of the base has no origins"):
        consolidate(BASE, {}, [])


def test_consolidate_origins_of_another_text_are_refused():
    with pytest.raises(ValueError, match="'p2' has 6 tokens, but 1 origins"):
        consolidate(BASE, merge(BASE, []).runs | {"p2": (Run(1, 1),)}, [FREE])


def test_consolidate_two_amendments_with_one_number_are_refused():
    with pytest.raises(ValueError, match="same number"):
        merge(BASE, [propose(1), propose(1)])


def test_consolidate_two_different_new_passages_with_one_id_are_refused():
    with pytest.raises(ValueError, match="have the id 'a'"):
        merge(BASE, [propose(1, insertion("a", "p1")), propose(2, insertion("a", "p2"))])


# Settlements


CHEAP = reword(1, OFFICE, "Ein Amt hilft günstig.")
FREE = reword(2, OFFICE, "Ein Amt hilft kostenlos.")


def settle(choice, given=(CHEAP, FREE), base=BASE, **details):
    (cluster,) = find_conflicts(base, given)
    return merge(base, given, [Settlement(cluster.key, choice, **details)])


def test_settle_keep_base_leaves_the_members_out():
    result = settle(Choice.KEEP_BASE)

    assert result.document == BASE
    assert [each.reason for each in result.left_out] == [Reason.KEPT_BASE, Reason.KEPT_BASE]
    assert result.open == ()


def test_settle_choose_applies_one_amendment():
    result = settle(Choice.CHOOSE, amendments=(2,))

    assert texts(result)[1] == "Ein Amt hilft kostenlos."
    assert [each.amendment for each in result.left_out] == [1]


def test_settle_choose_credits_all_who_ask_for_the_same():
    third = reword(3, OFFICE, "Ein Amt hilft kostenlos.")
    result = settle(Choice.CHOOSE, (CHEAP, FREE, third), amendments=(3,))

    assert result.agreed == (Agreement(FREE.operations[0], (2, 3)),)
    assert result.applied == {2: FREE.operations, 3: third.operations}


def test_settle_order_puts_insertions_in_the_given_order():
    result = settle(Choice.ORDER, amendments=(2, 1))

    assert texts(result)[1] == "Ein Amt hilft kostenlos günstig."


def test_settle_order_puts_new_passages_in_the_given_order():
    given = (propose(1, insertion("a", "p1", "A")), propose(2, insertion("b", "p1", "B")))
    result = settle(Choice.ORDER, given, amendments=(2, 1))

    assert texts(result) == [COURSES.text, "B", "A", OFFICE.text, END.text]


def test_settle_order_of_amendments_that_move_the_same_passage_moves_it_once():
    given = (
        propose(1, MovePassage("p3", "p1")),
        propose(2, insertion("b", "p1", "B"), MovePassage("p3", "b")),
    )
    result = settle(Choice.ORDER, given, amendments=(1, 2))

    assert texts(result) == [COURSES.text, END.text, "B", OFFICE.text]


def test_settle_custom_words_carry_the_origin_of_the_settlement():
    result = settle(Choice.CUSTOM, texts=(("", " günstig oder kostenlos"),), origin=77)

    assert texts(result)[1] == "Ein Amt hilft günstig oder kostenlos."
    assert result.runs["p2"] == (Run(5, 1), Run(6, 77), Run(1, 1))
    assert [each.reason for each in result.left_out] == [Reason.REWORDED, Reason.REWORDED]
    assert result.changes[0].origins == (77,)


def test_settle_custom_words_keep_the_origin_of_base_words_among_them():
    given = (reword(1, OFFICE, "Niemand"), propose(2, DeletePassage("p2")))
    result = settle(Choice.CUSTOM, given, texts=(("", "Ein Büro hilft."),), origin=77)

    assert result.runs["p2"] == (Run(2, 1), Run(1, 77), Run(3, 1))


def test_settle_custom_words_for_a_new_passage():
    given = (propose(1, insertion("a", "p1", "A")), propose(2, insertion("b", "p1", "B")))
    result = settle(Choice.CUSTOM, given, texts=(("", "A und B"),), origin=77)

    assert texts(result) == [COURSES.text, "A und B", OFFICE.text, END.text]
    assert result.runs["a"] == (Run(5, 77),)


def test_settle_custom_value_for_a_field():
    base = (Passage("m", Kind.MEASURE, "Kurse", fields=(("beginn", "2027"),)),)
    given = [propose(number, SetField("m", "beginn", str(2027 + number))) for number in (1, 2)]
    result = settle(Choice.CUSTOM, given, base, texts=(("", "Ende 2028"),), origin=77)

    assert result.document[0].fields == (("beginn", "Ende 2028"),)
    assert result.changes[0].origins == (77,)


def test_settle_custom_words_end_a_deletion_from_outside_at_the_border():
    given = (
        propose(1, TextHunk("p1", 0, 5)),
        propose(2, TextHunk("p1", 4, 8)),
        propose(3, TextHunk("p1", 6, 6, ("nur", " "))),
    )
    (cluster,) = find_conflicts(BASE, given)
    assert cluster.amendments == (2, 3)

    result = settle(Choice.CUSTOM, given, texts=(("", "Fördert Kurse."),), origin=77)

    assert texts(result)[0] == "Fördert Kurse. Sie sind kostenlos."


def test_settle_stale_key_is_reported_and_has_no_effect():
    stale = Settlement("gone", Choice.CHOOSE, (1,))

    result = merge(BASE, [CHEAP, FREE], [stale])

    assert result.stale == (stale,)
    assert texts(result)[1] == OFFICE.text


def test_settle_key_is_another_when_a_member_changes():
    (before,) = find_conflicts(BASE, [CHEAP, FREE])
    (after,) = find_conflicts(BASE, [CHEAP, reword(2, OFFICE, "Ein Amt hilft gratis.")])

    assert before.key != after.key


def test_settle_one_cluster_in_two_ways_is_refused():
    (cluster,) = find_conflicts(BASE, [CHEAP, FREE])
    ways = [Settlement(cluster.key, Choice.CHOOSE, (number,)) for number in (1, 2)]

    with pytest.raises(ValueError, match="settled in two ways"):
        merge(BASE, [CHEAP, FREE], ways)


def test_settle_is_checked_before_it_is_stored():
    (cluster,) = find_conflicts(BASE, [CHEAP, FREE])

    check_settlement(cluster, Settlement(cluster.key, Choice.CHOOSE, (1,)))
    with pytest.raises(ValueError, match="exclude each other"):
        check_settlement(cluster, Settlement(cluster.key, Choice.CHOOSE, (1, 2)))


def test_settle_custom_words_for_two_passages_say_which_one_they_are_for():
    base = (
        Passage("q", Kind.PARAGRAPH, "Text.[^1]"),
        Passage("f", Kind.FOOTNOTE, "Quelle.", label="1"),
    )
    rivals = (propose(1, TextHunk("q", 0, 6)), propose(2, TextHunk("f", 0, 1, ("Beleg",))))

    with pytest.raises(ValueError, match="say which place"):
        settle(Choice.CUSTOM, rivals, base, texts=(("", "x"),), origin=1)


@pytest.mark.parametrize(
    ("given", "details", "problem"),
    [
        ((CHEAP, FREE), {"choice": Choice.CHOOSE}, "names no amendment"),
        ((CHEAP, FREE), {"choice": Choice.CHOOSE, "amendments": (1, 2)}, "exclude each other"),
        ((CHEAP, FREE), {"choice": Choice.CHOOSE, "amendments": (9,)}, "is not part of"),
        ((CHEAP, FREE), {"choice": Choice.CUSTOM, "texts": (("", "x"),)}, "need an origin"),
        (
            (propose(1, MovePassage("p1", "p2")), propose(2, MovePassage("p1", "p3"))),
            {"choice": Choice.CUSTOM, "texts": (("", "x"),), "origin": 1},
            "own words do not settle",
        ),
    ],
)
def test_settle_what_does_not_settle_is_refused(given, details, problem):
    with pytest.raises(ValueError, match=problem):
        settle(given=given, **details)


# Invariants


def assert_twins_agree(case):
    """P2: identical amendments never conflict and consolidate to either one."""
    base, (one,) = case
    new = (each for each in one.operations if isinstance(each, InsertPassage | SplitPassage))
    ids = {each.id: f"twin-{each.id}" for each in new}
    operations = tuple(_renamed(each, ids) for each in one.operations)

    result = merge(base, [one, Amendment(2, operations, 102)])

    assert result.open == ()
    assert result.document == merge(base, [one]).document


def _renamed(operation, ids):
    if isinstance(operation, InsertPassage | SplitPassage):
        operation = replace(operation, id=ids[operation.id])
    if isinstance(operation, InsertPassage | MovePassage):
        operation = replace(operation, after=ids.get(operation.after, operation.after))
    return operation


def assert_order_never_matters(case):
    """P5: consolidation is a function of a set."""
    base, given = case
    first = merge(base, given)
    for other in list(permutations(given))[1:6:2]:
        assert merge(base, other) == first


def assert_tokens_are_accounted_for(case):
    """P7, P8, P22: nothing disappears unless deleted, nothing comes without origin, lengths fit."""
    base, given = case
    result = merge(base, given)
    sources = {BASE_ORIGIN, *(each.origin for each in given)}
    taken = list(chain.from_iterable(result.applied.values()))
    for passage in result.document:
        runs = result.runs[passage.id]
        assert passage.text == normalise(passage.text)
        assert sum(run.count for run in runs) == len(tokenize(passage.text))
        assert {run.origin for run in runs} <= sources
    assert set(result.runs) == {passage.id for passage in result.document}
    gone = {each.passage for each in taken if isinstance(each, DeletePassage)}
    joined = {each.right for each in taken if isinstance(each, JoinPassages)}
    assert {passage.id for passage in base} - set(result.runs) == gone | joined
    expected = Counter(chain.from_iterable(_letters(part) for part in _expected(base, result)))
    written = chain.from_iterable(_letters(passage.text) for passage in result.document)
    assert Counter(written) == expected


def _expected(base, result):
    """Return what stays of the base, and all that is new, each thing once."""
    for passage in base:
        by_range = _new_words(passage.id, result)
        deleted = _deleted(passage.id, result)
        yield from (t for at, t in enumerate(tokenize(passage.text)) if at not in deleted)
        yield from chain.from_iterable(by_range.values())
    yield from (each.new.text for each in result.changes if _is_new(each))


def _is_new(change):
    return change.kind == ChangeKind.INSERTED and change.split_of is None


def _new_words(passage, result):
    """Return the new words by the range they stand in; what amendments agree on counts once."""
    by_range = {}
    for operations in result.applied.values():
        own = {}
        hunks = (each for each in operations if isinstance(each, TextHunk))
        for each in sorted(hunks, key=lambda hunk: hunk.ordinal):
            if each.passage == passage:
                own.setdefault((each.start, each.end), []).extend(each.new)
        by_range = own | by_range
    return by_range


def _deleted(passage, result):
    """Return the tokens of a passage of the base that are covered by an applied deletion."""
    deleted = set()
    for each in chain.from_iterable(result.applied.values()):
        if isinstance(each, TextHunk) and each.passage == passage:
            deleted.update(range(each.start, each.end))
        elif each == DeletePassage(passage):
            return range(10**6)
    return deleted


def _letters(text):
    return (each for each in normalize("NFD", text) if not each.isspace())


def assert_untouched_tokens_keep_their_origin(case):
    """P7: where words do not grow together, each token of the base can be followed, once and in order."""
    base, given = case
    numbers = count(1000)
    origins = {each.id: [next(numbers) for _ in tokenize(each.text)] for each in base}
    runs = {passage: compact(each) for passage, each in origins.items()}
    result = consolidate(base, runs, given)
    expected = {
        origin: token
        for passage in base
        for at, (token, origin) in enumerate(
            zip(tokenize(passage.text), origins[passage.id], strict=True)
        )
        if at not in _deleted(passage.id, result)
    }
    found = []
    for passage in result.document:
        pairs = zip(tokenize(passage.text), expand(result.runs[passage.id]), strict=True)
        old = [(origin, token) for token, origin in pairs if origin >= 1000]
        assert old == sorted(old)
        found += old
    assert sorted(found) == sorted(expected.items())


def assert_keep_base_equals_removal(case):
    """P19: settling with keep base is the same as removing all members of the cluster."""
    base, given = case
    clusters = find_conflicts(base, given)
    keep = [Settlement(cluster.key, Choice.KEEP_BASE) for cluster in clusters]
    settled = merge(base, given, keep)

    assert settled.open == ()
    assert settled.document == merge(base, given).document
    assert settled.document == merge(base, peaceful(base, given)).document


def assert_every_choice_gives_a_whole_text(case):
    """P15, P21: whatever is chosen, each passage stands once and every token has an origin."""
    base, given, pick = case
    settlements = [
        Settlement(
            cluster.key, Choice.CHOOSE, (cluster.amendments[pick % len(cluster.amendments)],)
        )
        if set(cluster.relations) != {Relation.ORDER}
        else Settlement(cluster.key, Choice.ORDER, cluster.amendments)
        for cluster in find_conflicts(base, given)
    ]

    result = merge(base, given, settlements)

    assert result.open == result.stale == ()
    ids = [passage.id for passage in result.document]
    assert len(set(ids)) == len(ids)
    for passage in result.document:
        assert sum(run.count for run in result.runs[passage.id]) == len(tokenize(passage.text))


def assert_own_insertions_never_collapse(points):
    """P6: two equal insertions of one amendment stay two, though all between them is deleted."""
    first, last, size = points
    base = (Passage("p", Kind.PARAGRAPH, "§" * size),)
    twice = propose(1, *(TextHunk("p", at, at, ("+",)) for at in (first, last)))
    deletion = propose(2, TextHunk("p", first, last))

    assert texts(merge(base, [twice, deletion])) == ["§" * first + "++" + "§" * (size - last)]
    rest = rebase(twice, base, [deletion]).amendment
    done = merge(base, [deletion]).document
    assert merge(done, [rest]).document == merge(base, [twice, deletion]).document


POINTS = st.tuples(st.integers(0, 4), st.integers(5, 9), st.integers(9, 12))
INVARIANTS = [
    (assert_own_insertions_never_collapse, POINTS),
    (assert_twins_agree, proposals(1)),
    (assert_order_never_matters, proposals(3)),
    (assert_tokens_are_accounted_for, proposals(3)),
    (assert_untouched_tokens_keep_their_origin, proposals(3, SYMBOLS)),
    (assert_keep_base_equals_removal, proposals(3)),
    (
        assert_every_choice_gives_a_whole_text,
        st.tuples(proposals(3), st.integers(0, 5)).map(lambda case: (*case[0], case[1])),
    ),
]
NAMES = [name_of(invariant) for invariant, _ in INVARIANTS]


@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_consolidate_invariant(invariant, cases):
    attempt(invariant, cases)


@pytest.mark.deep
@pytest.mark.parametrize(("invariant", "cases"), INVARIANTS, ids=NAMES)
def test_consolidate_invariant_in_many_cases(invariant, cases, deep_cases):
    attempt(invariant, cases, deep_cases)


def test_consolidate_agreeing_insertions_cut_differently_are_made_once():
    in_two = propose(1, TextHunk("p2", 0, 0, ("a",), 0), TextHunk("p2", 0, 0, (" ",), 1))
    result = merge(BASE, [in_two, propose(2, TextHunk("p2", 0, 0, ("a", " ")))])

    assert texts(result)[1] == "a Ein Amt hilft."
    assert without_ids(result.document)[0] == without_ids(BASE)[0]
