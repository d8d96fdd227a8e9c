"""Plan texts in and out by command."""

import zipfile

import pytest

from mitplan.common import audit
from mitplan.formats import docx, markdown
from mitplan.plan.models import Edition, Entry, Plan
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = "# Plan\n\nDas Land fördert Kurse.\n\n- eins\n- zwei\n"


@pytest.fixture
def write(tmp_path):
    def write(name, text=TEXT):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_import_makes_one_edition_per_file(mitplan, write):
    files = [write("a.md"), write("b.md", TEXT.replace("Kurse", "Sprachkurse"))]

    answer = mitplan("plan", "import", "--plan", "probe", *files, "--json")

    assert answer.code == 0
    assert [
        (each["edition"], each["passages"], each["new"], each["changed"], each["deleted"])
        for each in answer.data["editions"]
    ] == [(1, 4, 4, 0, 0), (2, 4, 0, 1, 0)]


def test_export_gives_the_same_text_back(mitplan, write):
    mitplan("plan", "import", "--plan", "probe", write("a.md"))

    assert mitplan("plan", "export", "--plan", "probe").out == TEXT


def test_export_as_word_says_on_every_page_that_it_is_not_adopted(mitplan, write, tmp_path):
    mitplan("plan", "import", "--plan", "probe", write("a.md"))
    path = tmp_path / "plan.docx"

    mitplan("plan", "export", "--plan", "probe", "--out", path)

    assert "nicht beschlossen" in zipfile.ZipFile(path).read("word/header.xml").decode()
    assert markdown.write(docx.read(path.read_bytes())) == TEXT


def test_export_with_ids_comes_back_with_the_same_ids(mitplan, write):
    mitplan("plan", "import", "--plan", "probe", write("a.md"))
    text = mitplan("plan", "export", "--plan", "probe", "--ids").out

    mitplan("plan", "import", "--plan", "probe", write("b.md", text))

    assert [passage.id for passage in markdown.read(text)] == ["t1", "t2", "t3", "t4"]
    assert mitplan("plan", "export", "--plan", "probe", "--ids").out == text


def test_import_dry_run_saves_nothing(mitplan, write):
    answer = mitplan("plan", "import", "--plan", "probe", write("a.md"), "--dry-run")

    assert answer.code == 0
    assert answer.out.endswith("Nichts gespeichert (--dry-run).\n")
    assert (Plan.objects.count(), Edition.objects.count()) == (0, 0)


def test_import_releases_only_on_demand(mitplan, write):
    mitplan("plan", "import", "--plan", "probe", write("a.md"))
    mitplan("plan", "import", "--plan", "probe", write("b.md"), "--release")

    assert [each.number for each in Edition.objects.public()] == [2]


def test_import_of_a_bad_file_among_good_ones_saves_none(mitplan, write):
    answer = mitplan("plan", "import", "--plan", "probe", write("a.md"), write("leer.md", "\n"))

    assert (answer.code, Plan.objects.count()) == (1, 0)
    assert "leer.md" in answer.err


def test_import_with_an_unreadable_goal_names_the_file(mitplan, write):
    goal = "# Plan\n\n:::ziel\nNummer: Z1\nTitel: Kurse\nZielwert: viel\n\nMehr Kurse.\n:::\n"

    answer = mitplan("plan", "import", "--plan", "probe", write("a.md"), write("ziele.md", goal))

    assert (answer.code, Plan.objects.count()) == (1, 0)
    assert "«ziele»: Ziel Z1: Die Angabe «Zielwert: viel» ist nicht lesbar." in answer.err


def test_export_of_an_unknown_plan_names_those_there_are(mitplan, write):
    mitplan("plan", "import", "--plan", "probe", write("a.md"))

    answer = mitplan("plan", "export", "--plan", "andere")

    assert answer.code == 1
    assert answer.err == "Einen Plan «andere» gibt es nicht. Es gibt: probe.\n"


def test_export_of_an_unknown_edition_is_refused(mitplan, write):
    mitplan("plan", "import", "--plan", "probe", write("a.md"))

    answer = mitplan("plan", "export", "--plan", "probe", "--edition", 7)

    assert (answer.code, answer.err) == (1, "Der Plan «probe» hat keine Fassung 7.\n")


def test_export_into_a_folder_that_is_missing_is_refused(mitplan, write, tmp_path):
    mitplan("plan", "import", "--plan", "probe", write("a.md"))

    answer = mitplan("plan", "export", "--plan", "probe", "--out", tmp_path / "fehlt" / "x.md")

    assert answer.code == 1
    assert "fehlt/x.md: No such file or directory" in answer.err


def test_adopt_with_closed_gates_is_refused(mitplan, write):
    mitplan("plan", "import", "--plan", "probe", write("a.md"))

    answer = mitplan(
        "plan", "adopt", "--plan", "probe", "--title", "Beschluss", "--adopted-as", "Kabinett"
    )

    assert answer.code == 1
    assert "kann noch nicht beschlossen werden" in answer.err
    assert Edition.objects.count() == 1


def test_adopt_of_a_decided_draft_makes_the_edition_that_holds(mitplan):
    point = factories.taken_up(factories.make_point())
    slug = point.edition.plan.slug

    answer = mitplan(
        *("plan", "adopt", "--plan", slug, "--title", "Beschlossener Plan"),
        *("--adopted-as", "Kabinett (Demonstration)", "--json"),
    )

    assert answer.code == 0
    adopted = Edition.objects.get(kind=Edition.Kind.ADOPTED)
    assert answer.data["hash"] == adopted.content_hash
    assert "am Abend" in Entry.objects.get(edition=adopted, passage=point.passage).wording.text
    assert audit.first_break() is None
