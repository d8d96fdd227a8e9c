"""What the secretariat and the departments do after the deadline: cut, advise, decide, settle."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from mitplan.conference.models import Organisation
from mitplan.core.text.conflicts import Cluster
from mitplan.core.text.relations import Relation
from mitplan.demo.simulation.cast import Cast
from mitplan.participation import actions, queries
from mitplan.participation.actions import BlockValues, DecisionValues
from mitplan.participation.models import (
    Consultation,
    Objection,
    Outcome,
    Point,
    ReasonCode,
    SentReply,
    Submission,
)
from mitplan.participation.permissions import Seat
from mitplan.participation.queries.letters import letter_of, waiting_letters
from mitplan.participation.queries.replies import points_to_answer, submitters
from mitplan.plan import actions as plan_actions
from mitplan.plan import queries as plan_queries
from mitplan.plan.models import Acceptance, Edition, Passage, Settlement

SENTENCES = {
    Outcome.ALREADY_COVERED: (ReasonCode.IN_FORCE, "Das steht bereits im Plan."),
    Outcome.DEFERRED: (ReasonCode.MORE_WORK, "Daran wird weitergearbeitet."),
    Outcome.IN_SUBSTANCE: (ReasonCode.WORDING, "Der Gedanke ist in anderen Worten aufgenommen."),
    Outcome.PARTLY: (ReasonCode.WORDING, "Ein Teil ist aufgenommen."),
}
AGAINST = DecisionValues(
    Outcome.DECLINED,
    ReasonCode.CONTRADICTS_POINT,
    "Dem steht ein anderes Anliegen entgegen, dem gefolgt wird.",
)
REFUSED_LATELY = DecisionValues(
    Outcome.DECLINED, ReasonCode.MORE_WORK, "Der Vorschlag passt nicht mehr zum Text."
)


@dataclass
class Office:
    """The desk on which one round lies."""

    cast: Cast
    consultation: Consultation
    at: datetime
    places: list[tuple[Passage, str]]

    def cut_letters(self) -> None:
        """Make points of all letters: every block a point, or declared to hold no demand."""
        waiting = waiting_letters(self.consultation)
        for submission in Submission.objects.filter(number__in=waiting).order_by("number"):
            self._cut(submission)

    def _cut(self, submission: Submission) -> None:
        rest = [block.position for block in letter_of(submission).blocks]
        courtesy = [rest.pop(0), rest.pop()] if len(rest) > 2 else [rest.pop(0)]  # noqa: PLR2004 – first and last
        while rest:
            taken = [
                rest.pop(0) for _ in range(min(len(rest), self.cast.writer.dice.randint(1, 2)))
            ]
            actions.make_point_of_blocks(
                submission=submission,
                positions=taken,
                values=BlockValues(Point.Kind.SUGGESTION, self._passage()),
                by=self.cast.secretary,
                at=self.at,
            )
        self.cast.ledger.refused(
            "ein Schreiben mit Rest abschließen", lambda: self._close(submission)
        )
        actions.mark_blocks(
            submission=submission,
            positions=courtesy,
            is_without_demand=True,
            by=self.cast.secretary,
            at=self.at,
        )
        self._close(submission)

    def _close(self, submission: Submission) -> None:
        actions.close_split(submission=submission, by=self.cast.secretary, at=self.at)

    def _passage(self) -> Passage:
        return self.cast.writer.dice.choice(self.places)[0]

    def advise(self) -> None:
        """Let departments advise on every fifth point."""
        for point in self._undecided()[::5]:
            department, contact = self.cast.writer.dice.choice(self.cast.contacts)
            actions.give_advice(
                point=point,
                department=department,
                recommendation=self.cast.writer.dice.choice(list(Outcome)),
                text=self.cast.writer.sentence(),
                by=contact,
                at=self.at,
            )

    def _undecided(self) -> list[Point]:
        return list(queries.undecided_points(self.consultation).order_by("number"))

    def decide_all(self) -> None:
        """Decide on every point: with every outcome, by text blocks, some undone and done again."""
        texts = {passage.pk: text for passage, text in self.places}
        for point in self._undecided():
            self._decide(point, self._values(point, texts))
            if self.cast.chance(0.02):
                actions.reopen_point(point=point, by=self.cast.secretary, at=self.at)
                self._decide(point, self._block(Outcome.NOTED))

    def _decide(self, point: Point, values: DecisionValues) -> None:
        actions.decide(point=point, values=values, by=self.cast.secretary, at=self.at)

    def _values(self, point: Point, texts: dict[int, str]) -> DecisionValues:
        if point.amendment_id and self.cast.chance(0.35):
            return DecisionValues(Outcome.TAKEN_UP)
        text = texts.get(point.passage_id or 0)
        if text and not point.amendment_id and self.cast.chance(0.04):
            outcome = self.cast.writer.dice.choice((Outcome.IN_SUBSTANCE, Outcome.PARTLY))
            return self._editors_wording(outcome, text)
        outcome = self.cast.writer.dice.choice((*self.cast.blocks, *list(SENTENCES)[:2]))
        if outcome in self.cast.blocks:
            return self._block(outcome)
        return self._other(outcome)

    def _editors_wording(self, outcome: Outcome, text: str) -> DecisionValues:
        code, sentence = SENTENCES[outcome]
        final = self.cast.writer.sentence() if self.cast.chance(0.5) else ""
        return DecisionValues(
            outcome, code, sentence, final_text=final or f"{text} Das gilt.", insert=bool(final)
        )

    def _block(self, outcome: Outcome) -> DecisionValues:
        block = self.cast.blocks[outcome]
        return DecisionValues(
            outcome, ReasonCode(block.reason_code), block.sentence, text_block=block
        )

    def _other(self, outcome: Outcome) -> DecisionValues:
        code, sentence = SENTENCES[outcome]
        values = DecisionValues(outcome, code, sentence)
        if outcome == Outcome.ALREADY_COVERED:
            return replace(values, covered_by=self._passage())
        owner = str(self.cast.writer.dice.choice(self.cast.contacts)[0])
        return replace(values, owner=owner, review_on=self.at.date() + timedelta(days=80))

    def take_up_deferred(self) -> None:
        """Come back to what earlier rounds deferred: into the text where that is still sure."""
        deferred = queries.countable_points().filter(latest_decision__outcome=Outcome.DEFERRED)
        earlier = deferred.exclude(submission__consultation=self.consultation)
        for point in earlier.order_by("number"):
            values = DecisionValues(Outcome.TAKEN_UP) if point.amendment_id else None
            try:
                with transaction.atomic():
                    self._decide(point, values or self._block(Outcome.NOTED))
            except ValidationError:
                self._decide(point, REFUSED_LATELY)

    def settle(self, *, leave: float) -> None:
        """Settle what contradicts itself: by an order, or for one and against the others."""
        draft = plan_queries.draft_of(self.cast.plan)
        if draft is None:
            return
        left = {cluster.key for cluster in draft.consolidation.open if self.cast.chance(leave)}
        for cluster in draft.consolidation.open:
            if cluster.key not in left:
                self._settle(cluster, draft.base)
        again = plan_queries.draft_of(self.cast.plan)
        if not leave and again and again.consolidation.open:
            self.settle(leave=leave)

    def _settle(self, cluster: Cluster, base: Edition) -> None:
        if all(each.relation == Relation.ORDER for each in cluster.conflicts):
            plan_actions.settle_conflict(
                base=base,
                cluster=cluster.key,
                choice=Settlement.Choice.ORDER,
                amendments=cluster.amendments,
                reason="In der Reihenfolge des Eingangs.",
                by=self.cast.secretary,
                at=self.at,
            )
            return
        winner = self.cast.writer.dice.choice(cluster.amendments)
        for amendment in _against(cluster, winner):
            self._drop(amendment)

    def _drop(self, amendment: int) -> None:
        acceptance = Acceptance.objects.standing().select_related("origin").get(amendment=amendment)
        point = Point.objects.filter(origin=acceptance.origin).first()
        if point:
            self._decide(point, AGAINST)
        else:
            plan_actions.take_back_acceptances(
                origin=acceptance.origin, by=self.cast.secretary, at=self.at
            )


@dataclass
class Answers:
    """Replies that go out after the results, and what submitters say to them."""

    cast: Cast
    consultation: Consultation
    at: datetime

    def exchange(self) -> None:
        """Reply to every tenth submitter; each accepts or maintains one demand in time, and fails late."""
        organisations = {each.pk: each for each in self.cast.organisations}
        for submitter in submitters(self.consultation)[::10]:
            organisation = organisations[submitter.pk]
            actions.send_reply(
                consultation=self.consultation,
                organisation=organisation,
                route=SentReply.Route.LETTER,
                by=self.cast.secretary,
                at=self.at,
            )
            points = points_to_answer(self.consultation).filter(
                submission__organisation=organisation
            )
            self._answer(points[0], organisation)

    def _answer(self, point: Point, organisation: Organisation) -> None:
        seat, stranger = (
            Seat(each, None, "Link") for each in (organisation, self._somebody_else(organisation))
        )
        stance = Objection.Stance.MAINTAINED if self.cast.chance(0.7) else Objection.Stance.ACCEPTED

        def act(seat: Seat, days: int, reason: str = "Wir bleiben dabei.") -> Objection:
            return actions.answer_decision(
                point=point,
                stance=stance,
                reason=reason,
                seat=seat,
                at=self.at + timedelta(days=days),
            )

        refused = self.cast.ledger.refused
        refused("für andere ein Anliegen aufrechterhalten", lambda: act(stranger, 3))
        refused("nach 14 Tagen aufrechterhalten", lambda: act(seat, 16))
        if stance == Objection.Stance.MAINTAINED:
            refused("ohne Grund aufrechterhalten", lambda: act(seat, 3, ""))
        act(seat, 14)

    def _somebody_else(self, organisation: Organisation) -> Organisation:
        return next(each for each in self.cast.organisations if each != organisation)


def _against(cluster: Cluster, winner: int) -> list[int]:
    """Return whose wishes cannot stand beside the winner's."""
    pairs = [
        {each.left, each.right} for each in cluster.conflicts if each.relation != Relation.ORDER
    ]
    return sorted({other for pair in pairs if winner in pair for other in pair - {winner}})
