"""Texts in files: compared, traced and merged without a database."""

import json
import subprocess
import sys
from itertools import permutations

import pytest

from mitplan.formats import markdown, odt

BASE = """# Plan

Das Land fördert Kurse am Vormittag. Es zahlt 10 Millionen Euro.

Die Kommunen beraten Familien vor Ort und begleiten sie zu den Ämtern.

- Kurse für Mütter
- Kurse für Väter
"""


@pytest.fixture
def write(tmp_path):
    def write(name, text=BASE, **replaced):
        for old, new in replaced.items():
            text = text.replace(old, new)
        path = tmp_path / f"{name}.md"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_compare_shows_changed_words(mitplan, write):
    answer = mitplan("text", "compare", write("alt"), write("neu", Vormittag="Abend"))

    assert answer.code == 0
    assert "am [-Vormittag-]{+Abend+}. Es" in answer.out


def test_compare_as_data_gives_both_texts_back(mitplan, write):
    answer = mitplan("text", "compare", write("alt"), write("neu", Vormittag="Abend"), "--json")

    segments = [each for row in answer.data["passages"] for each in row["segments"]]
    new = "".join(each["text"] for each in segments if each["kind"] != "deleted")
    old = "".join(each["text"] for each in segments if each["kind"] != "inserted")
    assert old == "".join(passage.text for passage in markdown.read(BASE))
    assert new == old.replace("Vormittag", "Abend")


def test_compare_recognises_a_moved_passage(mitplan, write):
    first, second = (
        "Die Kommunen beraten Familien vor Ort und begleiten sie zu den Ämtern.\n\n",
        "# Plan\n\n",
    )
    moved = second + first + BASE.replace(first, "").removeprefix(second)

    answer = mitplan("text", "compare", write("alt"), write("neu", moved), "--json")

    assert answer.data["counts"]["moved"] == 1
    assert answer.data["counts"]["inserted"] == answer.data["counts"]["deleted"] == 0


def test_compare_as_page_escapes_the_text(mitplan, write):
    answer = mitplan("text", "compare", write("alt"), write("neu", Vormittag="<b>Abend"), "--html")

    assert "<del>Vormittag</del><ins>&lt;b&gt;Abend</ins>" in answer.out.replace(
        "</del> <ins>", "</del><ins>"
    )


def test_history_names_the_edition_that_brought_each_word(mitplan, write):
    files = [
        write("eins"),
        write("zwei", Vormittag="Abend"),
        write("drei", Vormittag="Abend", Ort="Ort"),
    ]

    data = mitplan("text", "history", *files, "--json").data

    assert data["editions"] == ["eins.md", "zwei.md", "drei.md"]
    paragraph = data["states"][2]["passages"][1]
    assert paragraph["runs"] == [
        {"text": "Das Land fördert Kurse am ", "origin": 0},
        {"text": "Abend", "origin": 1},
        {"text": ". Es zahlt 10 Millionen Euro.", "origin": 0},
    ]


def test_history_keeps_the_ids_of_passages(mitplan, write):
    files = [write("eins"), write("zwei", Vormittag="Abend")]

    first, second = mitplan("text", "history", *files, "--json").data["states"]

    assert [each["id"] for each in first["passages"]] == [each["id"] for each in second["passages"]]


def test_merge_takes_what_does_not_contradict(mitplan, write):
    variants = [write("a", Vormittag="Abend"), write("b", Ort="Ort und am Telefon")]

    data = mitplan("text", "merge", write("base"), *variants, "--json").data

    assert data["text"] == BASE.replace("Vormittag", "Abend").replace("Ort", "Ort und am Telefon")
    assert data["conflicts"] == []
    assert [each["variant"] for each in data["applied"]] == ["a.md", "b.md"]
    assert data["applied"][0]["hunks"][0]["new"] == "Abend"


def test_merge_keeps_the_base_where_variants_contradict(mitplan, write):
    variants = [write("a", Vormittag="Abend"), write("b", Vormittag="Nachmittag")]

    data = mitplan("text", "merge", write("base"), *variants, "--json").data

    assert data["text"] == BASE
    (conflict,) = data["conflicts"]
    assert (conflict["variants"], conflict["class"]) == (["a.md", "b.md"], "alternatives")
    assert ["Abend" in conflict["excerpts"][0], "Nachmittag" in conflict["excerpts"][1]] == [
        True,
        True,
    ]


def test_merge_does_not_depend_on_the_order_of_variants(mitplan, write):
    variants = [
        write("a", Vormittag="Abend"),
        write("b", Vormittag="Nachmittag"),
        write("c", Mütter="Mütter und Großmütter"),
        write("d", BASE + "- Kurse für alle\n"),
        write("e", BASE + "- Kurse für Kinder\n"),
    ]
    base = write("base")

    answers = {
        mitplan("text", "merge", base, *order, "--json").out for order in permutations(variants)
    }

    assert len(answers) == 1


def test_merge_of_one_file_given_twice_agrees_with_itself(mitplan, write):
    variant = write("a", Vormittag="Abend")

    data = mitplan("text", "merge", write("base"), variant, variant, "--json").data

    assert data["text"] == BASE.replace("Vormittag", "Abend")
    assert [each["variant"] for each in data["applied"]] == [str(variant), f"{variant} (2)"]
    assert data["conflicts"] == []


def test_merge_warns_where_two_change_one_sentence(mitplan, write):
    variants = [write("a", fördert="bezahlt"), write("b", Vormittag="Abend")]

    data = mitplan("text", "merge", write("base"), *variants, "--json").data

    assert [each["class"] for each in data["warnings"]] == ["same_sentence"]
    assert data["warnings"][0]["variants"] == ["a.md", "b.md"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Datei ist leer"),
        ("Gr\u00fc\u00dfe".encode("latin-1"), "UTF-8"),
        (b"\x00\x01\x02", "keinen lesbaren Text"),
    ],
)
def test_unreadable_file_is_refused_in_a_sentence(mitplan, write, tmp_path, content, sentence):
    broken = tmp_path / "kaputt.md"
    broken.write_bytes(content)

    answer = mitplan("text", "compare", write("alt"), broken)

    assert (answer.code, answer.out) == (1, "")
    assert "kaputt.md" in answer.err
    assert sentence in answer.err


def test_missing_file_is_refused_in_a_sentence(mitplan, write):
    answer = mitplan("text", "history", write("alt"), "nirgends.md")

    assert (answer.code, answer.err) == (1, "nirgends.md: Die Datei gibt es nicht.\n")


def test_wrong_use_ends_with_two(mitplan):
    assert mitplan("text", "compare", "nur-eine.md").code == 2


def test_commands_about_texts_touch_neither_django_nor_the_disk(write, tmp_path):
    base, variant = write("base"), write("a", Vormittag="Abend")
    program = (
        "import sys; from mitplan.config.cli import main; "
        f"code = main(['text', 'merge', {str(base)!r}, {str(variant)!r}, '--json']); "
        "sys.exit(code or 'django' in sys.modules)"
    )
    home = tmp_path / "home"
    home.mkdir()

    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        env={"MITPLAN_HOME": str(home)},
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert "Abend" in json.loads(done.stdout)["text"]
    assert list(home.iterdir()) == []


def test_compare_reads_opendocument(mitplan, write, tmp_path):
    path = tmp_path / "neu.odt"
    path.write_bytes(odt.write(markdown.read(BASE.replace("Vormittag", "Abend")), "Plan"))

    answer = mitplan("text", "compare", write("alt"), path)

    assert "am [-Vormittag-]{+Abend+}. Es" in answer.out
