"""Calling sittings, laying papers, recording resolutions: what is possible and what is refused."""

import hashlib
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile

from mitplan.common.audit import first_break
from mitplan.common.immutable import FrozenError
from mitplan.common.models import AuditEntry
from mitplan.conference import actions, policies
from mitplan.conference.models import AgendaItem, Mandate, Paper, Resolution
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 6, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
DISCUSSION = AgendaItem.Role.DISCUSSION


def record(item=None, *, by=None, **fields):
    values = {
        "title": "Beschluss",
        "text": "Die Konferenz beschließt.",
        "decided_on": date(2026, 5, 5),
    }
    return actions.record_resolution(
        item=item or factories.make_agenda_item(),
        **values | fields,
        by=by or factories.make_secretary(),
        at=AT,
    )


def lay(item=None, *, by=None, **fields):
    values = {"title": "Entwurf", "sent_on": date(2026, 4, 1)}
    return actions.lay_paper(
        item=item or factories.make_agenda_item(),
        **values | fields,
        by=by or factories.make_secretary(),
        at=AT,
    )


def test_call_sitting_puts_it_on_record_and_in_the_audit(secretary):
    body = factories.make_body()

    sitting = actions.call_sitting(
        body=body, on="2026-09", kind="ordentlich", place="Musterhausen", by=secretary, at=AT
    )

    assert list(body.sittings.all()) == [sitting]
    assert AuditEntry.objects.get().event == "conference.sitting.called"
    assert first_break() is None


def test_call_sitting_on_a_day_that_does_not_exist_is_refused(secretary):
    with pytest.raises(ValidationError, match="Den Tag 2026-02-31 gibt es nicht"):
        actions.call_sitting(
            body=factories.make_body(), on="2026-02-31", kind="ordentlich", by=secretary, at=AT
        )


def test_chair_calls_a_sitting_of_the_own_body_only():
    body, other = factories.make_body(), factories.make_body()
    chair = factories.make_mandate(Mandate.Kind.CHAIR, body=body).user

    actions.call_sitting(body=body, kind="ordentlich", by=chair, at=AT)

    with pytest.raises(PermissionDenied):
        actions.call_sitting(body=other, kind="ordentlich", by=chair, at=AT)


def test_member_calls_no_sitting():
    with pytest.raises(PermissionDenied):
        actions.call_sitting(
            body=factories.make_body(), kind="ordentlich", by=factories.make_member(), at=AT
        )


def test_change_sitting_says_in_the_audit_what_changed(secretary):
    sitting = factories.make_sitting()

    changed = actions.change_sitting(sitting=sitting, place="Beispielstadt", by=secretary, at=AT)

    assert changed.place == "Beispielstadt"
    assert '"fields":["place"]' in AuditEntry.objects.get().detail.content.replace(" ", "")


def test_change_sitting_does_not_move_what_has_resolved_something(secretary):
    sitting = record().agenda_item.sitting

    with pytest.raises(ValidationError, match="hat schon etwas beschlossen"):
        actions.change_sitting(sitting=sitting, on="2026-06-01", by=secretary, at=AT)

    assert actions.change_sitting(sitting=sitting, place="Saal 2", by=secretary, at=AT).on == (
        "2026-05-05"
    )


def test_add_agenda_item_with_a_number_that_is_taken_is_refused(secretary):
    item = factories.make_agenda_item(number=1, title="Begrüßung")

    with pytest.raises(ValidationError) as refused:
        actions.add_agenda_item(
            sitting=item.sitting, number=1, title="Plan", role=DISCUSSION, by=secretary, at=AT
        )

    assert refused.value.message_dict == {
        "number": ["TOP 1 gibt es schon: «Begrüßung». Bitte eine andere Nummer."]
    }


def test_add_agenda_item_of_a_foreign_body_is_refused():
    chair = factories.make_mandate(Mandate.Kind.CHAIR, body=factories.make_body()).user

    with pytest.raises(PermissionDenied):
        actions.add_agenda_item(
            sitting=factories.make_sitting(),
            number=1,
            title="Plan",
            role=DISCUSSION,
            by=chair,
            at=AT,
        )


def test_change_agenda_item_keeps_its_own_number(secretary):
    item = factories.make_agenda_item(number=3)

    changed = actions.change_agenda_item(
        item=item, number=3, title="Neuer Titel", role=DISCUSSION, by=secretary, at=AT
    )

    assert (changed.number, changed.title, changed.role) == (3, "Neuer Titel", DISCUSSION)


def test_change_agenda_item_with_a_resolution_is_refused(secretary):
    item = record(factories.make_agenda_item(number=4)).agenda_item

    with pytest.raises(ValidationError, match="Zu TOP 4 steht schon ein Beschluss"):
        actions.change_agenda_item(item=item, title="Anders", by=secretary, at=AT)


def test_lay_paper_keeps_the_sum_of_its_file():
    content = b"%PDF-1.7 Entwurf"

    paper = lay(file=ContentFile(content, "entwurf.PDF"))

    assert paper.sha256 == hashlib.sha256(content).hexdigest()
    assert paper.file.name == f"papers/{paper.sha256}.pdf"
    assert paper.file.read() == content


def test_lay_paper_without_a_file_is_possible():
    assert lay().sha256 == ""


def test_lay_paper_sent_in_the_future_is_refused():
    with pytest.raises(ValidationError, match="liegt in der Zukunft"):
        lay(sent_on=AT.date() + timedelta(days=1))


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "leer.pdf", "Die Datei ist leer"),
        (b"MZ", "programm.exe", "Dateien dieser Art nehmen wir nicht an. Möglich sind: PDF, DOCX"),
        (b"kein PDF", "entwurf.pdf", "passt nicht zu ihrer Endung"),
        (b"kein Zip", "entwurf.docx", "passt nicht zu ihrer Endung"),
    ],
)
def test_lay_paper_with_a_file_nobody_can_read_is_refused(content, name, sentence):
    with pytest.raises(ValidationError, match=sentence):
        lay(file=ContentFile(content, name))

    assert list(Paper.objects.all()) == []


def test_lay_paper_with_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(policies, "LARGEST_FILE", 10)

    with pytest.raises(ValidationError, match="größer als 20 MB"):
        lay(file=ContentFile(b"%PDF-1.7 Entwurf", "entwurf.pdf"))


def test_lay_paper_by_a_stranger_is_refused():
    with pytest.raises(PermissionDenied):
        lay(by=factories.make_member())


def test_record_resolution_with_votes_stands_for_ever():
    resolution = record(votes_yes=10, votes_no=2, abstentions=0)

    resolution.title = "Anders"
    with pytest.raises(FrozenError):
        resolution.save()


def test_record_resolution_with_some_of_the_votes_is_refused():
    with pytest.raises(ValidationError, match="alle drei Stimmenzahlen angeben oder keine"):
        record(votes_yes=10)


def test_record_resolution_under_an_item_for_discussion_is_refused():
    with pytest.raises(ValidationError, match="steht nicht zum Beschluss auf der Tagesordnung"):
        record(factories.make_agenda_item(role=DISCUSSION))


def test_record_resolution_in_the_future_is_refused():
    with pytest.raises(ValidationError, match="liegt in der Zukunft"):
        record(decided_on=date(2026, 5, 7))


def test_record_resolution_before_its_sitting_is_refused():
    with pytest.raises(ValidationError, match=r"Die Sitzung war am 5\. Mai 2026"):
        record(decided_on=date(2026, 5, 4))


def test_record_resolution_by_a_foreign_chair_is_refused():
    chair = factories.make_mandate(Mandate.Kind.CHAIR, body=factories.make_body()).user

    with pytest.raises(PermissionDenied):
        record(by=chair)

    assert list(Resolution.objects.all()) == []


def test_demonstration_touches_no_sourced_sitting():
    by = factories.make_user("secretariat", is_demonstration=True)
    real = factories.make_sitting(
        body=factories.make_body(is_demonstration=False), is_demonstration=False
    )

    with pytest.raises(ValidationError, match="belegte Angaben nicht ändern"):
        actions.change_sitting(sitting=real, place="Mond", by=by, at=AT)
    with pytest.raises(ValidationError, match="belegte Angaben nicht ändern"):
        actions.call_sitting(body=real.body, kind="ordentlich", by=by, at=AT)
    with pytest.raises(ValidationError, match="belegte Angaben nicht ändern"):
        record(factories.make_agenda_item(real), by=by)
