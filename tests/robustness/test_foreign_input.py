"""Real texts and real letters of others, through the same doors as our own."""

import csv
from collections import Counter
from itertools import pairwise

import pytest

from mitplan.config.cli import main
from mitplan.core.text.runs import spans
from mitplan.core.text.tokens import is_word, tokenize
from mitplan.formats.markdown import normalise_markdown, write
from mitplan.participation.models import Point, Submission
from mitplan.plan.models import Edition, Origin
from mitplan.plan.queries import state_of
from tests import factories

pytestmark = pytest.mark.django_db

DEMANDS = {"mpos", "mpos+premise"}


def words(document):
    return {token for passage in document for token in tokenize(passage.text) if is_word(token)}


def lasting(before, after):
    """Passages with a text that stands exactly once in both states."""
    counts = [Counter(passage.text for passage in state.document) for state in (before, after)]
    keys = [{passage.text: passage.id for passage in state.document} for state in (before, after)]
    once = {text for text in keys[0] if counts[0][text] == counts[1][text] == 1}
    return [(keys[0][text], keys[1][text]) for text in once]


def test_editions_of_a_foreign_act_come_back_whole_with_ids_and_origins(shared_data):
    files = sorted((shared_data / "texts" / "swiss-aig").glob("*.md"))[1:32]

    code = main(["plan", "import", "--plan", "aig", "--title", "AIG", *map(str, files)])

    editions = Edition.objects.filter(plan__slug="aig").order_by("number")
    states = [state_of(edition) for edition in editions]
    assert (code, len(states)) == (0, 31)
    for state, file in zip(states, files, strict=True):
        assert write(state.document) == normalise_markdown(file.read_text(encoding="utf-8"))
    for before, after in pairwise(states):
        assert [old for old, new in lasting(before, after) if old != new] == []
    numbers = dict(Origin.objects.values_list("pk", "edition__number"))
    vocabularies = [words(state.document) for state in states]
    for own, state in enumerate(states, start=1):
        for passage in state.document:
            for span in spans(passage.text, state.runs[passage.id]):
                first = numbers[span.origin]
                assert first <= own
                assert set(filter(is_word, tokenize(span.text))) <= vocabularies[first - 1]


@pytest.mark.parametrize(
    ("folder", "table"),
    [
        ("Cycling-Dialogue-Moers", "dataset_CDM.tsv"),
        ("Mobility-Concept-Krefeld", "dataset_MCK.tsv"),
    ],
)
def test_contributions_of_citizens_become_submissions_with_points(shared_data, folder, table):
    path = shared_data / "statements" / folder / table
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source, delimiter="\t"))
    demands = [row for row in rows if row["code"] in DEMANDS]
    consultation = factories.make_consultation()

    code = main(
        [
            *("letters", "import", str(path), "--consultation", str(consultation.number)),
            *("--new-organisations", "Beiträge aus der Bürgerschaft"),
            *("--columns", "letter=document_id,text=content,role=code"),
            *("--roles", "mpos=point,mpos+premise=point,premise=reason,non-arg=letter"),
        ]
    )

    assert code == 0
    assert Submission.objects.count() == len({row["document_id"] for row in rows})
    received = Counter(Point.objects.values_list("submission__organisation_name", flat=True))
    assert received == Counter(row["document_id"] for row in demands)
    assert sorted(Point.objects.values_list("text", flat=True)) == sorted(
        row["content"].strip() for row in demands
    )
