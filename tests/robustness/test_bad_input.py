"""Bad input: a clear German sentence, the right code, and nothing half-saved."""

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mitplan.common import audit
from mitplan.config.cli import main
from mitplan.formats import docx, markdown
from mitplan.participation import actions
from mitplan.participation.models import Point, Submission
from mitplan.plan import actions as plan_actions
from tests import factories
from tests.robustness.standing import counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def unchanged():
    """Return a check that no table has gained or lost a row since now."""

    def since_now():
        before = counts()
        return lambda: counts() == before and audit.first_break() is None

    return since_now


def broken_docx():
    whole = docx.write(markdown.read("# Plan\n\nEin Absatz.\n"), title="Plan")
    return whole[: len(whole) // 2]


def docx_without_text():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("irgendwas.txt", "kein Word")
    return stream.getvalue()


def docx_that_explodes():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (200 * 1024 * 1024))
    return stream.getvalue()


FILES = {
    "falsche-kodierung.md": lambda: "Für Bürgerinnen".encode("latin-1"),
    "utf-16.md": lambda: "Für Bürgerinnen".encode("utf-16"),
    "leer.md": lambda: b"",
    "nur-leerzeilen.md": lambda: b"\n \n\n",
    "binaer.md": lambda: bytes(range(256)) * 4,
    "abgeschnitten.docx": broken_docx,
    "kein-word.docx": docx_without_text,
    "bombe.docx": docx_that_explodes,
    "text.docx": lambda: b"nur Text",
    "leer.docx": lambda: b"",
    "zu-gross.md": lambda: b"Wort " * (10 * 1024 * 1024),
    "zu-gross.docx": lambda: b"PK" * (25 * 1024 * 1024),
    "ziel.md": lambda: b"# Plan\n\n:::ziel\nNummer: Z1\nZielwert: viele\n\nMehr Kurse.\n:::\n",
    "zweimal.md": lambda: b"# Plan\n\n" + 2 * b":::ziel\nNummer: Z1\n\nMehr Kurse.\n:::\n\n",
}


@pytest.mark.parametrize("name", FILES)
def test_file_that_cannot_be_read_is_refused_in_a_sentence(name, tmp_path, capsys, unchanged):
    path = tmp_path / name
    path.write_bytes(FILES[name]())
    good = tmp_path / "gut.md"
    good.write_text("# Plan\n\nEin Absatz.\n", encoding="utf-8")
    holds = unchanged()

    code = main(["plan", "import", "--plan", "probe", str(good), str(path)])

    said = capsys.readouterr().err
    assert code == 1
    assert name in said or "Z1" in said
    assert said.rstrip().endswith((".", ")", "?"))
    assert "Traceback" not in said
    assert holds()


def test_passage_of_another_plan_is_refused(unchanged):
    consultation = factories.make_consultation()
    foreign = factories.passage_of(factories.make_edition(), "Sprachkurse")
    seat = factories.make_seat()
    draft = actions.begin_submission(consultation=consultation, seat=seat, at=factories.WHILE_OPEN)
    holds = unchanged()

    with pytest.raises(ValidationError, match="Fassung"):
        actions.save_point(
            submission=draft,
            values=actions.PointValues(Point.Kind.SUGGESTION, "Mehr.", passage=foreign),
            seat=seat,
            at=factories.WHILE_OPEN,
        )

    assert holds()


def test_letter_about_a_passage_of_another_plan_is_refused(unchanged):
    consultation = factories.make_consultation()
    foreign = factories.passage_of(factories.make_edition(), "Sprachkurse")
    organisation, secretary = factories.make_organisation(), factories.make_secretary()
    holds = unchanged()

    with pytest.raises(ValidationError, match="Fassung"):
        actions.record_submission(
            consultation=consultation,
            organisation=organisation,
            route=Submission.Route.LETTER,
            letter="",
            points=[
                actions.PointValues(Point.Kind.SUGGESTION, "Gut."),
                actions.PointValues(Point.Kind.SUGGESTION, "Mehr.", passage=foreign),
            ],
            by=secretary,
            at=factories.WHILE_OPEN,
        )

    assert holds()


def test_draft_after_the_deadline_is_refused_and_kept(unchanged):
    consultation = factories.make_consultation()
    seat = factories.make_seat()
    draft = actions.begin_submission(consultation=consultation, seat=seat, at=factories.WHILE_OPEN)
    holds = unchanged()

    for act in (
        lambda: actions.save_letter(
            submission=draft, letter="Spät", contact="", seat=seat, at=factories.AFTER_CLOSING
        ),
        lambda: actions.hand_in(
            submission=draft, seat=seat, at=factories.AFTER_CLOSING, has_no_remarks=True
        ),
    ):
        with pytest.raises(ValidationError, match="Die Frist ist abgelaufen"):
            act()

    draft.refresh_from_db()
    assert (draft.letter, draft.received_at) == ("", None)
    assert holds()


def test_draft_of_another_organisation_is_refused(unchanged):
    consultation = factories.make_consultation()
    draft = actions.begin_submission(
        consultation=consultation, seat=factories.make_seat(), at=factories.WHILE_OPEN
    )
    stranger = factories.make_seat()
    holds = unchanged()

    for act in (
        lambda: actions.save_point(
            submission=draft,
            values=factories.amendment_values(consultation.edition),
            seat=stranger,
            at=factories.WHILE_OPEN,
        ),
        lambda: actions.hand_in(
            submission=draft, seat=stranger, at=factories.WHILE_OPEN, has_no_remarks=True
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()

    assert holds()


def test_handing_in_twice_counts_the_first_time_only(unchanged):
    organisation = factories.make_organisation()
    submission = factories.make_submission(organisation=organisation)
    seat = factories.make_seat(organisation)
    holds = unchanged()

    with pytest.raises(ValidationError, match="Es gilt die erste Abgabe"):
        actions.hand_in(submission=submission, seat=seat, at=factories.WHILE_OPEN)
    with pytest.raises(ValidationError, match=f"schon abgegeben \\(Nummer {submission.number}\\)"):
        actions.begin_submission(
            consultation=submission.consultation, seat=seat, at=factories.WHILE_OPEN
        )

    assert holds()


def test_edit_of_an_edition_that_was_followed_is_refused(unchanged):
    edition = factories.make_edition()
    secretary = factories.make_secretary()
    origin = edition.origin
    plan_actions.freeze_draft(
        plan=edition.plan,
        kind=edition.kind,
        title="Nächste Fassung",
        dated_on=edition.dated_on,
        by=secretary,
        at=factories.OPENED,
    )
    holds = unchanged()

    with pytest.raises(ValidationError, match="Fassung 1 ist abgeschlossen"):
        plan_actions.edit_draft(
            base=edition, operations=[], origin=origin, by=secretary, at=factories.OPENED
        )

    assert holds()
