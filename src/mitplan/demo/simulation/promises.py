"""What only the players can tell: whether all they wrote is still there, and what they tried was refused."""

from collections import defaultdict
from collections.abc import Iterable

from mitplan.demo.simulation.cast import Cast
from mitplan.demo.simulation.checks import Check, check
from mitplan.demo.simulation.invariants import Things
from mitplan.demo.simulation.ledger import Ledger, Written
from mitplan.formats import markdown
from mitplan.participation.models import Consultation, Outcome, Point, Submission
from mitplan.participation.queries.replies import EVERYTHING, points_to_answer, replies
from mitplan.plan import actions as plan_actions
from mitplan.plan import queries as plan_queries
from mitplan.plan.models import Edition
from mitplan.publishing.queries import results


def kept(cast: Cast) -> list[Check]:
    """Check everything the players know of; the last one reads an edition in again."""
    ledger = cast.ledger
    tried = sum(ledger.tries.values())
    return [
        check("nichts Abgegebenes ist verloren", _nothing_lost(ledger)),
        check("Entwürfe bleiben, wie sie waren", _drafts_stand(ledger)),
        check("Zurückgezogenes ist zurückgezogen, sonst nichts", _withdrawn(ledger)),
        check("jede Abgabe behält den Namen von damals", _names(ledger)),
        Check("Unzulässiges wird mit einem Satz abgelehnt", tried, tuple(ledger.breaches)),
        check("jede Organisation bekommt auf jedes Anliegen eine Antwort", _answers()),
        check("die Quoten lassen sich nachrechnen", _rates()),
        check("zweimal einlesen ändert nichts", _imported_again(cast)),
    ]


def _nothing_lost(ledger: Ledger) -> Things:
    handed_in = Submission.objects.filter(received_at__isnull=False).in_bulk(field_name="number")
    points = _points_by_submission(Point.objects.filter(blocks__isnull=True))
    for number, wanted in ledger.points.items():
        found = handed_in.pop(number, None)
        letter = found is not None and found.letter == ledger.letters[number]
        yield number, letter and points[found.pk if found else 0] == wanted
    for number in handed_in:
        yield f"{number} hat niemand abgegeben", False


def _points_by_submission(points: Iterable[Point]) -> dict[int, list[Written]]:
    by_submission: dict[int, list[Written]] = defaultdict(list)
    for point in sorted(points, key=lambda each: each.position):
        row = (point.kind, point.text, point.proposal, point.proposed_text)
        by_submission[point.submission_id].append(row)
    return by_submission


def _drafts_stand(ledger: Ledger) -> Things:
    points = _points_by_submission(Point.objects.filter(submission__received_at__isnull=True))
    for draft, wanted in ledger.drafts.items():
        yield str(draft), points[draft] == wanted


def _withdrawn(ledger: Ledger) -> Things:
    for each in Submission.objects.filter(received_at__isnull=False):
        yield str(each.number), (each.withdrawn_at is not None) == (each.number in ledger.withdrawn)


def _names(ledger: Ledger) -> Things:
    for each in Submission.objects.filter(received_at__isnull=False):
        yield str(each.number), each.organisation_name == ledger.names.get(str(each.number))


def _answers() -> Things:
    for consultation in Consultation.objects.order_by("number"):
        wanted: dict[str, list[str]] = defaultdict(list)
        points = points_to_answer(consultation)
        for point in points.select_related("submission"):
            wanted[point.submission.organisation_name].append(str(point.number))
        for reply in replies(points, consultation, EVERYTHING):
            answered = [line.point.number for line in reply.lines if line.outcome[0]]
            yield reply.organisation, answered == wanted.pop(reply.organisation)
        for name in wanted:
            yield f"{name} bekommt keine Antwort", False


def _rates() -> Things:
    """Count the published points once more, by a way of its own."""
    for consultation in Consultation.objects.order_by("number"):
        points = results.result_points([consultation])
        shown = results.uptake_of(points).overall
        standing = Point.objects.filter(
            submission__consultation=consultation,
            handed_in_at__isnull=False,
            withdrawn_at__isnull=True,
        )
        for outcome, count in shown.counts.items():
            own = standing.filter(latest_decision__outcome=Outcome(outcome)).count()
            yield f"{consultation}: {outcome}", own == count


def _imported_again(cast: Cast) -> Things:
    before = plan_queries.newest_edition(cast.plan)
    if before is None:
        return
    text = markdown.write(plan_queries.state_of(before).document, with_ids=True)
    after = plan_actions.import_edition(
        plan=cast.plan,
        passages=markdown.read(text),
        kind=Edition.Kind.CONFERENCE_DRAFT,
        title="Noch einmal eingelesen (Simulation)",
        dated_on=before.dated_on,
        by=cast.secretary,
        at=before.made_at,
    )
    yield str(after), after.content_hash == before.content_hash
    yield str(after), not after.changes.exists()
