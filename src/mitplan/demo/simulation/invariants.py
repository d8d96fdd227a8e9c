"""The invariants of participation, read from the tables alone, whatever was played before."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from django.utils import timezone

from mitplan.common import audit
from mitplan.common.models import AuditEntry, OutgoingMail
from mitplan.conference.models import Mandate
from mitplan.core.text.fingerprint import fingerprint
from mitplan.core.text.tokens import tokenize
from mitplan.core.workdays import closes_at
from mitplan.demo.simulation.checks import Check, check
from mitplan.formats import markdown
from mitplan.participation import queries
from mitplan.participation.models import (
    UPTAKE,
    Consultation,
    Decision,
    LetterSplit,
    Objection,
    Outcome,
    Point,
    SentReply,
    Submission,
)
from mitplan.participation.queries.letters import cut_in_blocks, waiting_letters
from mitplan.participation.queries.submissions import submission_by_number
from mitplan.plan import queries as plan_queries
from mitplan.plan.models import Acceptance, ChangeOrigin, Edition, Origin, TextChange
from mitplan.publishing.models import Adoption
from mitplan.web.queries.proofs import first_forgery

Things = Iterator[tuple[str, bool]]


def check_invariants() -> list[Check]:
    """Check every invariant on everything that stands in the tables."""
    return [check(name, things()) for name, things in INVARIANTS.items()]


def letters_are_whole() -> Things:
    """Every letter is its blocks, every closed one has none left, every point of one has its words."""
    for split in LetterSplit.objects.select_related("submission").prefetch_related("blocks__point"):
        blocks = sorted(split.blocks.all(), key=lambda block: block.position)
        whole = [block.text for block in blocks] == cut_in_blocks(split.submission.letter)
        settled = split.closed_at is None or all(block.is_settled for block in blocks)
        yield str(split.submission.number), whole and settled


def no_letter_waits() -> Things:
    """Before results are published every letter was cut."""
    for consultation in _published():
        yield str(consultation), not waiting_letters(consultation)


def _published() -> Iterable[Consultation]:
    return Consultation.objects.filter(results_published_at__isnull=False).order_by("pk")


def points_say_what_the_letter_said() -> Things:
    """A point cut from a letter has its very words."""
    for point in Point.objects.filter(blocks__isnull=False).distinct().prefetch_related("blocks"):
        blocks = sorted(point.blocks.all(), key=lambda block: block.position)
        yield str(point.number), "\n\n".join(block.text for block in blocks) == point.text


def decisions_have_reasons() -> Things:
    """Every decision but taken up has a code and a sentence, and what its outcome asks for."""
    for decision in Decision.objects.order_by("pk"):
        reasoned = bool(decision.reason_code and decision.sentence)
        names = {
            Outcome.TAKEN_UP: True,
            Outcome.ALREADY_COVERED: reasoned and decision.covered_by_id is not None,
            Outcome.DEFERRED: reasoned and bool(decision.owner and decision.review_on),
        }
        yield str(decision.pk), names.get(Outcome(decision.outcome), reasoned)


def everything_is_decided() -> Things:
    """When results are published, every point has its decision."""
    for consultation in _published():
        yield str(consultation), not queries.undecided_points(consultation).exists()


def taken_up_changes_the_text() -> Things:
    """What counts as taken up has changed an edition, or waits in the draft."""
    changed = set(ChangeOrigin.objects.values_list("origin_id", flat=True))
    newest = set(Edition.objects.filter(children__isnull=True).values_list("pk", flat=True))
    waiting = Acceptance.objects.standing().filter(amendment__base__in=newest)
    drafted = set(waiting.values_list("origin_id", flat=True))
    taken = queries.countable_points().filter(latest_decision__outcome__in=UPTAKE)
    for number, origin in taken.values_list("number", "origin_id"):
        yield str(number), origin in changed or origin in drafted


def substantive_changes_have_origins() -> Things:
    """Every change of words between editions names where it comes from."""
    for change in TextChange.objects.filter(is_editorial=False).prefetch_related("origins"):
        yield f"{change.edition_id}/{change.passage_id}", bool(change.origins.all())


def words_have_origins() -> Things:
    """The runs of every passage add up to its words, and each names an origin that stands."""
    known = set(Origin.objects.values_list("pk", flat=True))
    for edition in Edition.objects.order_by("pk"):
        for passage, runs in plan_queries.state_of(edition).pairs():
            whole = sum(run.count for run in runs) == len(tokenize(passage.text))
            yield f"{edition}/{passage.id}", whole and {run.origin for run in runs} <= known


def _at(submission: Submission) -> datetime:
    """Return when it came in; only what came in is asked."""
    return submission.received_at or datetime.max.replace(tzinfo=UTC)


def authored_before_received() -> Things:
    """Nothing was written after it came in."""
    for each in _received():
        day = timezone.localdate(_at(each))
        yield str(each.number), each.authored_on is not None and each.authored_on <= day


def _received() -> Iterable[Submission]:
    related = ("consultation", "organisation")
    found = Submission.objects.filter(received_at__isnull=False)
    return found.select_related(*related).prefetch_related("consultation__audiences").order_by("pk")


def late_is_late() -> Things:
    """What came after the end of its circle is marked as late, and nothing else."""
    for each in _received():
        circle = queries.audience_of(each.consultation, each.organisation)
        yield str(each.number), each.is_late == (_at(each) > closes_at(circle.closes_on))


def nobody_is_decided_on_early() -> Things:
    """Nobody was decided on while others of the same circle could still write."""
    related = ("point__submission__consultation", "point__submission__organisation")
    rows = Decision.objects.select_related(*related)
    audiences = "point__submission__consultation__audiences"
    for decision in rows.prefetch_related(audiences).order_by("pk"):
        submission = decision.point.submission
        circle = queries.audience_of(submission.consultation, submission.organisation)
        over = decision.decided_at > closes_at(circle.closes_on)
        yield str(decision.point.number), over or submission.is_late


def one_holder_at_a_time() -> Things:
    """Of every organisation one person at a time is the member."""
    held: dict[int, list[Mandate]] = defaultdict(list)
    members = Mandate.objects.filter(kind=Mandate.Kind.MEMBER)
    for mandate in members.order_by("organisation_id", "begins_on", "pk"):
        held[mandate.organisation_id or 0].append(mandate)
    for organisation, mandates in held.items():
        apart = (a.ends_on is not None and a.ends_on < b.begins_on for a, b in pairwise(mandates))
        yield str(organisation), all(apart)


def numbers_are_unique() -> Things:
    """Numbers of receipt follow one another without a gap, in every round."""
    for consultation in Consultation.objects.order_by("pk"):
        found = Submission.objects.filter(consultation=consultation, number__isnull=False)
        numbers = sorted(
            map(str, found.values_list("number", flat=True)), key=lambda each: (len(each), each)
        )
        wanted = [f"{consultation.number}-{n:03d}" for n in range(1, len(numbers) + 1)]
        yield str(consultation), numbers == wanted


def receipts_are_sent() -> Things:
    """Who left an address has exactly one receipt."""
    mails = Counter(OutgoingMail.objects.values_list("to", "subject"))
    by_number = Counter(
        (to, subject.rsplit(" ", 1)[-1])
        for (to, subject), count in mails.items()
        if subject.startswith("Eingang ")
        for _ in range(count)
    )
    for each in _received():
        if each.contact:
            yield str(each.number), by_number[each.contact, str(each.number)] == 1


def invited_alike() -> Things:
    """Every organisation was invited once, by mail where it has an address."""
    for consultation in Consultation.objects.filter(opened_at__isnull=False):
        rows = consultation.invitations.select_related("mail", "organisation")
        counted = Counter(row.organisation_id for row in rows)
        for row in rows:
            by_mail = row.mail is not None or row.route != row.Route.MAIL
            yield (
                f"{consultation}/{row.organisation}",
                counted[row.organisation_id] == 1 and by_mail,
            )


def maintained_with_a_reason() -> Things:
    """Who maintains a demand says why, about the decision that was answered, and in time."""
    for each in Objection.objects.select_related("decision"):
        reasoned = each.stance != Objection.Stance.MAINTAINED or bool(each.reason)
        replied = SentReply.objects.filter(
            organisation__submissions__points=each.point_id,
            last_day__gte=timezone.localdate(each.answered_at),
        )
        yield (
            str(each.pk),
            reasoned and each.decision.point_id == each.point_id and replied.exists(),
        )


def addresses_stay() -> Things:
    """Whatever has a number keeps its address, though it was withdrawn."""
    numbers = Submission.objects.filter(withdrawn_at__isnull=False).values_list("number", flat=True)
    for number in numbers:
        found = submission_by_number(str(number))
        yield str(number), found is not None and str(number) in found.get_absolute_url()
    for point in Point.objects.filter(withdrawn_at__isnull=False):
        yield (
            str(point.number),
            bool(point.number) and str(point.number) in point.get_absolute_url(),
        )


def export_and_import_are_identical() -> Things:
    """Every edition, written as Markdown and read again, has the same fingerprint."""
    for edition in Edition.objects.order_by("pk"):
        document = plan_queries.state_of(edition).document
        with_ids = markdown.read(markdown.write(document, with_ids=True))
        without = markdown.read(markdown.write(document))
        bare = tuple(replace(each, id="") for each in document)
        same = fingerprint(with_ids) == edition.content_hash
        yield str(edition), same and tuple(replace(each, id="") for each in without) == bare


def adopted_through_the_gates() -> Things:
    """Nothing was adopted past a gate unless an office said why in public."""
    for adoption in Adoption.objects.select_related("edition__plan"):
        missing = any(gate["missing"] for gate in adoption.gates)
        yield str(adoption.edition), bool(adoption.override_reason) or not missing


def the_record_holds() -> Things:
    """The chain of all acts is whole, and what was decided is what the record says."""
    yield "Kette", audit.first_break() is None
    yield "Prüfsummen", first_forgery() is None
    acts = set(AuditEntry.objects.values_list("event", "object_id"))
    for pk, number in Submission.objects.filter(number__isnull=False).values_list("pk", "number"):
        yield str(number), ("participation.submission.received", str(pk)) in acts


INVARIANTS: dict[str, Callable[[], Iterable[tuple[str, bool]]]] = {
    "Schreiben = Anliegen + erklärter Rest": letters_are_whole,
    "vor dem Ergebnis ist jedes Schreiben aufgeteilt": no_letter_waits,
    "ein Anliegen sagt, was das Schreiben sagte": points_say_what_the_letter_said,
    "keine Entscheidung ohne Grund": decisions_have_reasons,
    "kein Ergebnis ohne Entscheidung über jedes Anliegen": everything_is_decided,
    "nichts übernommen ohne Änderung am Text": taken_up_changes_the_text,
    "keine inhaltliche Änderung ohne Herkunft": substantive_changes_have_origins,
    "jedes Wort hat eine Herkunft": words_have_origins,
    "verfasst ≤ eingegangen": authored_before_received,
    "verspätet ist, was nach der Frist kam": late_is_late,
    "niemand wird vor Fristende entschieden": nobody_is_decided_on_early,
    "je Organisation ein Mitglied zur selben Zeit": one_holder_at_a_time,
    "Nummern lückenlos und einmalig": numbers_are_unique,
    "jede Abgabe hat genau eine Quittung": receipts_are_sent,
    "jede Organisation ist genau einmal eingeladen": invited_alike,
    "aufrechterhalten wird in der Frist und mit Grund": maintained_with_a_reason,
    "Zurückgezogenes behält seine Adresse": addresses_stay,
    "ausgeben und einlesen ergibt dasselbe": export_and_import_are_identical,
    "beschlossen nur durch die Tore": adopted_through_the_gates,
    "das Protokoll hält": the_record_holds,
}
