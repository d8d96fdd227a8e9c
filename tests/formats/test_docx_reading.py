"""What a Word file says beyond its text: who changed what, who remarked what, what was ignored."""

import zipfile
from datetime import UTC, datetime

import pytest
from lxml import etree

from mitplan.core.text.passages import Kind, Passage
from mitplan.formats import docx
from mitplan.formats.docx_output import Sheet
from mitplan.formats.docx_tracking import Author
from mitplan.formats.errors import FormatError
from mitplan.formats.reading import (
    Anchor,
    Change,
    ChangeKind,
    Comment,
    Ignored,
    IgnoredKind,
    Margin,
    MarginKind,
    Reply,
    Segment,
    has_own_id,
)
from tests.formats.word_files import (
    BY_ANNA,
    BY_BEN,
    W,
    bookmark,
    cell,
    gone,
    ins,
    p,
    r,
    remarked,
    row,
    table,
    word_file,
)

ANNAS, BENS = datetime(2026, 3, 1, 10, tzinfo=UTC), datetime(2026, 3, 2, 11, 30, tzinfo=UTC)
INSERTED, DELETED = f"<w:ins {BY_ANNA}/>", f"<w:del {BY_ANNA}/>"


def changes(body, **parts):
    return docx.read_reading(word_file(body, **parts)).changes


def remark(number, text, by=BY_ANNA, paragraph="0"):
    """A comment as it stands in its part."""
    who = by.partition(" ")[2]
    return f'<w:comment w:id="{number}" {who}><w:p w14:paraId="{paragraph}">{r(text)}</w:p></w:comment>'


def comments(body, remarks, extended=""):
    parts = {"commentsExtended": extended} if extended else {}
    return docx.read_reading(word_file(body, comments=remarks, **parts)).comments


def test_changes_of_words_say_who_when_and_where():
    body = p(bookmark("12", r("Wir fördern "), gone("20"), ins(r("30"), by=BY_BEN), r(" Kurse.")))

    assert changes(body) == (
        Change(ChangeKind.DELETION, "Anna", ANNAS, "12", "20", "", "Wir fördern ", " Kurse."),
        Change(ChangeKind.INSERTION, "Ben", BENS, "12", "", "30", "Wir fördern 20", " Kurse."),
    )


def test_changes_that_touch_are_one():
    (change,) = changes(p(r("a "), ins(r("b")), ins("<w:r><w:tab/></w:r>", r("c"))))

    assert change.after == "b\tc"


def test_changes_apart_are_two():
    assert [each.after for each in changes(p(ins(r("a")), r(" "), ins(r("b"))))] == ["a", "b"]


def test_changes_within_changes_are_told_twice():
    body = p(r("a"), ins(r(" b"), gone(" c", BY_BEN)))

    assert [(each.kind, each.author, each.before, each.after) for each in changes(body)] == [
        (ChangeKind.INSERTION, "Anna", "", " b c"),
        (ChangeKind.DELETION, "Ben", " c", ""),
    ]


def test_changes_of_paragraph_marks_split_and_join():
    body = p(r("a"), mark=INSERTED) + p(ins(r("b")), mark=DELETED) + p(r("c"))

    assert [(each.kind, each.passage, each.left, each.right) for each in changes(body)] == [
        (ChangeKind.SPLIT, "#1", "a", "b"),
        (ChangeKind.INSERTION, "#2", "", ""),
        (ChangeKind.JOIN, "#2", "", "c"),
    ]


def test_changes_of_moves_find_both_ends_by_name():
    old = (
        '<w:moveFromRangeStart w:id="5" w:name="move1"/>'
        f"<w:moveFrom {BY_ANNA}>{r('Erst')}</w:moveFrom>"
        '<w:moveFromRangeEnd w:id="5"/>'
    )
    new = (
        '<w:moveToRangeStart w:id="6" w:name="move1"/>'
        f"<w:moveTo {BY_ANNA}>{r('Erst')}</w:moveTo>"
        '<w:moveToRangeEnd w:id="6"/>'
    )
    moved = p(old, mark=f"<w:moveFrom {BY_ANNA}/>") + p(r("x"))
    moved += p(new, mark=f"<w:moveTo {BY_ANNA}/>")

    assert changes(moved) == (
        Change(ChangeKind.MOVE, "Anna", ANNAS, "#1", "Erst", "Erst", target="#3"),
    )


def test_changes_of_a_move_without_its_other_end_are_a_deletion():
    (change,) = changes(p(r("a"), f"<w:moveFrom {BY_ANNA}>{r(' b')}</w:moveFrom>"))

    assert (change.kind, change.before) == (ChangeKind.DELETION, " b")


def test_changes_of_rows_and_cells_are_one_each():
    body = table(
        row(cell(p(r("a"))), cell(p(r("b")))),
        row(cell(p(gone("c"), mark=DELETED)), cell(p(gone("d"))), change=DELETED),
        row(cell(p(r("e"))), cell(p(r("f")), change=f"<w:cellIns {BY_BEN}/>")),
        row(cell(p(r("g"))), cell(p(), change=f'<w:cellMerge {BY_BEN} w:vMerge="cont"/>')),
    )

    assert [(each.kind, each.author, each.before, each.after) for each in changes(body)] == [
        (ChangeKind.ROW_DELETION, "Anna", "c | d", ""),
        (ChangeKind.CELL_INSERTION, "Ben", "", "f"),
        (ChangeKind.CELL_MERGE, "Ben", "", ""),
    ]


def test_changes_without_words_are_no_change():
    assert changes(p(r("a"), f"<w:ins {BY_ANNA}><w:r><w:rPr/></w:r></w:ins>")) == ()


def test_changes_without_author_or_with_a_wrong_date():
    (change,) = changes(p('<w:ins w:date="gestern">', r("a"), "</w:ins>"))

    assert (change.author, change.at) == ("", None)


def test_texts_have_the_same_ids_for_the_same_passages():
    body = p(bookmark("1", r("a")), mark=INSERTED) + p(ins(r("neu"))) + p(r("b"), mark=DELETED)
    reading = docx.read_reading(word_file(body + p(r("c"))))

    assert [(each.id, each.text) for each in reading.rejected] == [
        ("1", "a"),
        ("#3", "b"),
        ("#4", "c"),
    ]
    assert [(each.id, each.text) for each in reading.accepted] == [
        ("1", "a"),
        ("#2", "neu"),
        ("#3", "bc"),
    ]
    assert [has_own_id(each.id) for each in reading.accepted] == [True, False, False]


def test_texts_number_new_notes_behind_the_old_ones():
    def reference(key):
        return f'<w:r><w:footnoteReference w:id="{key}"/></w:r>'

    notes = "".join(
        f'<w:footnote w:id="{key}">{p(r(text))}</w:footnote>'
        for key, text in ((2, "alt"), (3, "neu"))
    )
    data = word_file(p(r("a"), ins(reference(3)), r(" b"), reference(2)), footnotes=notes)
    reading = docx.read_reading(data)

    assert [each.text for each in reading.rejected] == ["a b[^1]", "alt"]
    assert [each.text for each in reading.accepted] == ["a[^2] b[^1]", "alt", "neu"]
    assert [each.id for each in reading.accepted] == ["#1", "#footnotes-2", "#footnotes-3"]


def test_marked_shows_all_words_with_their_changes():
    reading = docx.read_reading(word_file(p(r("a "), gone("b"), ins(r("c")))))

    assert reading.marked[0].segments == (
        Segment("a "),
        Segment("b", deleted=(0,)),
        Segment("c", inserted=(1,)),
    )


def test_versions_hold_the_changes_of_one_author_each():
    data = word_file(p(r("a"), ins(r(" b")), ins(r(" c"), gone(" d", BY_ANNA), by=BY_BEN)))

    versions = docx.read_versions(data)

    assert [(each.author, each.passages[0].text) for each in versions] == [
        ("Anna", "a b"),
        ("Ben", "a c d"),
    ]


def test_versions_of_very_many_authors_are_refused():
    body = p(*(ins(r("a"), by=f'w:author="{number}"') for number in range(41)))

    with pytest.raises(FormatError, match="41 Personen"):
        docx.read_versions(word_file(body))


def test_comment_quotes_its_words_and_counts_them_in_the_old_text():
    body = p(ins(r("Neu: ")), r("Wir "), remarked("1", r("fördern "), gone("alle")), r(" Kurse"))

    assert comments(body, remark("1", "Wie viele?")) == (
        Comment("Anna", ANNAS, "Wie viele?", Anchor("#1", "fördern alle", 4, 16)),
    )


def test_comment_in_a_new_passage_counts_in_the_new_text():
    body = p(r("a"), mark=INSERTED) + p(ins(r("Wir "), remarked("1", r("alle"))))

    (comment,) = comments(body, remark("1", "Wer?"))

    assert comment.anchor == Anchor("#2", "alle", 4, 8)


def test_comment_over_passages_names_the_last_one():
    start, end = '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>'

    (comment,) = comments(p(r("a "), start, r("b")) + p(r("c"), end, r(" d")), remark("1", "?"))

    assert comment.anchor == Anchor("#1", "b\nc", 2, 3, until="#2")


def test_comment_between_paragraphs_is_about_the_next():
    start, end = '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>'

    (comment,) = comments(p(r("a")) + start + p(r("b")) + end, remark("1", "?"))

    assert comment.anchor == Anchor("#2", "b", 0, 1)


def test_comment_at_a_point_quotes_nothing():
    body = p(r("ab"), '<w:r><w:commentReference w:id="1"/></w:r>', r("c"))

    (comment,) = comments(body, remark("1", "?"))

    assert comment.anchor == Anchor("#1", "", 2, 2)


def test_comment_that_nothing_refers_to_is_about_the_file():
    assert [each.anchor for each in comments(p(r("a")), remark("1", "Danke"))] == [None]


def test_comment_has_its_answers_and_is_done():
    remarks = remark("1", "Wie viele?", paragraph="A") + remark("2", "Dreißig.", BY_BEN, "B")
    extended = (
        '<w15:commentEx w15:paraId="A" w15:done="1"/>'
        '<w15:commentEx w15:paraId="B" w15:paraIdParent="A" w15:done="0"/>'
    )

    (comment,) = comments(p(remarked("1", remarked("2", r("Kurse")))), remarks, extended)

    assert comment.resolved
    assert comment.replies == (Reply("Ben", BENS, "Dreißig."),)


def test_comments_that_answer_each_other_in_a_circle_are_all_told():
    remarks = remark("1", "a", paragraph="A") + remark("2", "b", paragraph="B")
    extended = (
        '<w15:commentEx w15:paraId="A" w15:paraIdParent="B"/>'
        '<w15:commentEx w15:paraId="B" w15:paraIdParent="A"/>'
    )

    found = comments(p(r("x")), remarks, extended)

    told = [each.text for each in found] + [reply.text for each in found for reply in each.replies]
    assert sorted(told) == ["a", "b"]


def test_margins_are_told_apart_from_the_text():
    reading = docx.read_reading(word_file(p(r("a")), header=p(r("Entwurf")), footer=p(r("Seite"))))

    assert reading.margins == (
        Margin(MarginKind.HEADER, "Entwurf"),
        Margin(MarginKind.FOOTER, "Seite"),
    )
    assert [each.text for each in reading.accepted] == ["a"]


def test_properties_are_told():
    custom = '<property name="Mitplan-Fassung"><x>abc</x></property>'

    assert docx.read_reading(word_file(p(r("a")), custom=custom)).properties == (
        ("Mitplan-Fassung", "abc"),
    )


def test_ignored_is_listed():
    body = p(r("a"), properties=f"<w:pPrChange {BY_ANNA}><w:pPr/></w:pPrChange>") + p(
        f"<w:r><w:rPr><w:rPrChange {BY_ANNA}><w:rPr/></w:rPrChange></w:rPr><w:t>b</w:t></w:r>",
        "<w:r><w:drawing><pic:pic/></w:drawing><w:object/></w:r>",
        f'<w:fldSimple w:instr="DATE">{r("heute")}</w:fldSimple>',
        '<w:r><w:sym w:font="Wingdings" w:char="F099"/></w:r>',
    )
    outside = '<Relationship Id="x" Type="a/attachedTemplate" Target="http://example.org/x" TargetMode="External"/>'

    reading = docx.read_reading(word_file(body, external=outside))

    assert reading.ignored == (
        Ignored(IgnoredKind.FORMAT_CHANGE, 2, "#1"),
        Ignored(IgnoredKind.PICTURE, 1, "#2"),
        Ignored(IgnoredKind.FIELD_CODE, 1, "#2"),
        Ignored(IgnoredKind.SYMBOL, 1, "#2"),
        Ignored(IgnoredKind.EMBEDDED, 1, "#2"),
        Ignored(IgnoredKind.EXTERNAL, 1),
    )


def words(passages):
    return [(each.kind, each.text, each.level) for each in passages if each.kind != "footnote"]


def test_readings_of_real_files_agree_with_the_oracle(shared_data):
    """The texts are those the oracle approves, and one author's version is the accepted text."""
    for path in sorted((shared_data / "docx" / "tracked").glob("*.docx")):
        data = path.read_bytes()
        reading = docx.read_reading(data)

        assert words(reading.accepted) == words(docx.read(data)), path.name
        assert words(reading.rejected) == words(docx.read(data, "reject")), path.name
        if len(reading.authors) == 1:
            (version,) = docx.read_versions(data)
            assert version.passages == reading.accepted, path.name
        told = {each.id for each in reading.marked}
        assert {each.id for each in (*reading.accepted, *reading.rejected)} <= told, path.name


def test_marked_words_of_real_files_are_those_of_the_texts(shared_data):
    """Without the new words the marked passages hold what the rejected text holds, and the other way round."""
    for path in sorted((shared_data / "docx" / "tracked").glob("*.docx")):
        reading = docx.read_reading(path.read_bytes())
        segments = [segment for each in reading.marked for segment in each.segments]

        for passages, gone_by in ((reading.accepted, "deleted"), (reading.rejected, "inserted")):
            kept = "".join(each.text for each in segments if not getattr(each, gone_by))
            assert bare(kept) == bare("".join(each.text for each in passages)), path.name


def bare(text):
    """Letters and digits only: a table's borders and marks for bold depend on what stands beside them."""
    return "".join(filter(str.isalnum, text))


TEXT = {
    f"{{{W}}}tab": "\t",
    f"{{{W}}}br": "\n",
    f"{{{W}}}cr": "\n",
    f"{{{W}}}noBreakHyphen": "\u2011",
}
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


def plainly(path):
    """The paragraphs of a file without changes, read in the plainest way there is."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    for paragraph in root.iter(f"{{{W}}}p"):
        shown = paragraph.iter(f"{{{W}}}t", MATH, *TEXT)
        in_runs = (each for each in shown if each.getparent().tag.endswith("}r"))
        yield "".join(TEXT.get(each.tag) or each.text or "" for each in in_runs).strip()


def test_lines_are_those_of_the_oracle_read_plainly(shared_data):
    for path in sorted((shared_data / "docx" / "tracked").glob("*ed.docx")):
        stem, _, result = path.stem.rpartition("-")
        revisions = {"Accepted": "accept", "Rejected": "reject"}[result]
        data = path.with_name(f"{stem}.docx").read_bytes()

        assert list(docx.read_lines(data, revisions)) == list(filter(None, plainly(path))), (
            path.name
        )


def test_changes_of_a_moved_passage_name_it_at_both_ends():
    old = tuple(
        Passage(f"t{number}", Kind.PARAGRAPH, f"Absatz {number} mit Wörtern.")
        for number in range(4)
    )
    new = (*old[1:3], old[0], old[3])

    reading = docx.read_reading(docx.redline(old, new, Sheet("Plan"), by=Author("Anna", ANNAS)))

    assert [(each.kind, each.passage, each.target) for each in reading.changes] == [
        (ChangeKind.MOVE, "t0", "t0")
    ]
    assert [each.id for each in reading.marked] == ["t0", "t1", "t2", "t0", "t3"]


def test_texts_never_hold_an_id_twice():
    body = p(bookmark("was_7", r("a"))) + p(bookmark("7", r("b"))) + p(bookmark("7", r("c")))

    reading = docx.read_reading(word_file(body))

    assert [each.id for each in reading.accepted] == ["7", "#2", "#3"]
