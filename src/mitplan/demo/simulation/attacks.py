"""What must not work, tried by those who would: foreign drafts, unknown passages, no permission, too late."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from mitplan.accounts.models import User
from mitplan.conference.models import Organisation
from mitplan.demo.actions.stage import make_person
from mitplan.demo.simulation.cast import Cast
from mitplan.demo.simulation.ledger import written
from mitplan.demo.simulation.writing import HOSTILE, LONG, Author
from mitplan.participation import actions, queries
from mitplan.participation.actions import DecisionValues, PointValues
from mitplan.participation.models import Consultation, Invitation, Outcome, Point, Submission
from mitplan.participation.permissions import Seat, drafting_seat_of
from mitplan.plan.models import Passage, Plan

Attack = tuple[str, Callable[[], object]]


@dataclass
class Attacks:
    """Those who try what must not work, in one round."""

    cast: Cast
    consultation: Consultation
    author: Author
    open_at: datetime
    after: datetime
    stranger: User
    with_long_text: bool

    def while_open(self, hostile: Organisation, victim: Organisation) -> None:
        """Let one organisation send what nobody should, and reach for another's draft."""
        seat, other = Seat(hostile, None, "Link"), Seat(victim, None, "Link")
        draft = actions.begin_submission(consultation=self.consultation, seat=seat, at=self.open_at)
        self._refused(self._with_a_draft(draft, seat, other))
        self._refused(self._without_permission(hostile))
        points = self._hostile_points(draft, seat)
        self._refused([("als Mitwirkung abgeben", lambda: self._contributor(draft, hostile))])
        submission = actions.hand_in(submission=draft, seat=seat, at=self.open_at)
        self.cast.ledger.handed_in(submission, [written(each) for each in points])
        self._refused(self._with_a_submission(submission, seat, other))

    def _refused(self, attacks: Iterator[Attack] | list[Attack]) -> None:
        for name, act in attacks:
            self.cast.ledger.refused(name, act)

    def _hostile_points(self, draft: Submission, seat: Seat) -> list[PointValues]:
        passage = self.author.place()[0]
        long = ["Sehr langer Text. " * (LONG // 18)] if self.with_long_text else []
        texts = (*HOSTILE, *long)
        points = [PointValues(Point.Kind.SUGGESTION, text, text[:500], passage) for text in texts]
        for values in points:
            actions.save_point(submission=draft, values=values, seat=seat, at=self.open_at)
        return points

    def _contributor(self, draft: Submission, hostile: Organisation) -> None:
        seat = replace(Seat(hostile, None, "Mitwirkung"), may_hand_in=False)
        actions.hand_in(submission=draft, seat=seat, at=self.open_at)

    def _with_a_draft(self, draft: Submission, seat: Seat, other: Seat) -> Iterator[Attack]:
        good = PointValues(Point.Kind.SUGGESTION, "Fremd.", passage=self.author.place()[0])
        unknown = replace(good, passage=self._foreign_passage())

        def save(values: PointValues, by: Seat) -> Callable[[], object]:
            return lambda: actions.save_point(
                submission=draft, values=values, seat=by, at=self.open_at
            )

        yield "in einen fremden Entwurf schreiben", save(good, other)
        yield "eine Textstelle eines anderen Plans nennen", save(unknown, seat)
        yield "Nullzeichen senden", save(replace(good, text="Null\x00zeichen"), seat)
        yield (
            "eine leere Änderung vorschlagen",
            save(
                PointValues(
                    Point.Kind.AMENDMENT, passage=good.passage, proposal=Point.Proposal.REWORD
                ),
                seat,
            ),
        )
        yield (
            "einen fremden Entwurf abgeben",
            lambda: actions.hand_in(submission=draft, seat=other, at=self.open_at),
        )
        yield (
            "neben einem Entwurf erfassen",
            lambda: actions.record_submission(
                consultation=self.consultation,
                organisation=seat.organisation,
                route=Submission.Route.LETTER,
                letter="Neben dem Entwurf.",
                points=[],
                by=self.cast.secretary,
                at=self.open_at,
            ),
        )
        yield "leer abgeben", lambda: actions.hand_in(submission=draft, seat=seat, at=self.open_at)

    def _foreign_passage(self) -> Passage:
        plan, _is_new = Plan.objects.get_or_create(
            slug="simulation-fremd", defaults={"title": "Fremder Plan", "is_demonstration": True}
        )
        return Passage.objects.get_or_create(plan=plan, number=1)[0]

    def _without_permission(self, organisation: Organisation) -> Iterator[Attack]:
        outsider = self.stranger
        yield (
            "ohne Amt eröffnen",
            lambda: actions.open_consultation(
                consultation=self.consultation, by=outsider, at=self.open_at
            ),
        )
        yield (
            "ohne Amt einladen",
            lambda: actions.invite(
                consultation=self.consultation,
                organisations=[organisation],
                route=Invitation.Route.HAND,
                by=outsider,
                at=self.open_at,
            ),
        )
        yield "ohne Mandat schreiben", lambda: drafting_seat_of(outsider, organisation)
        yield (
            "vor der Frist veröffentlichen",
            lambda: actions.publish_results(
                consultation=self.consultation, by=self.cast.secretary, at=self.open_at
            ),
        )

    def _with_a_submission(
        self, submission: Submission, seat: Seat, other: Seat
    ) -> Iterator[Attack]:
        point = submission.points.order_by("position")[0]
        yield (
            "zweimal abgeben",
            lambda: actions.hand_in(submission=submission, seat=seat, at=self.open_at),
        )
        yield (
            "einen zweiten Entwurf beginnen",
            lambda: actions.begin_submission(
                consultation=self.consultation, seat=seat, at=self.open_at
            ),
        )
        yield (
            "eine zweite Stellungnahme erfassen",
            lambda: actions.record_submission(
                consultation=self.consultation,
                organisation=seat.organisation,
                route=Submission.Route.LETTER,
                letter="Noch einmal.",
                points=[],
                by=self.cast.secretary,
                at=self.open_at,
            ),
        )
        yield (
            "Fremdes zurückziehen",
            lambda: actions.withdraw_submission(submission=submission, seat=other, at=self.open_at),
        )
        yield (
            "ein abgegebenes Anliegen löschen",
            lambda: actions.remove_point(point=point, seat=seat, at=self.open_at),
        )
        yield "vor Ablauf der Frist entscheiden", lambda: self._decide(point, self.cast.secretary)
        yield "ein abgegebenes Anliegen umschreiben", lambda: _forge(point)

    def _decide(self, point: Point, by: User) -> None:
        values = DecisionValues(Outcome.TAKEN_UP)
        actions.decide(point=point, values=values, by=by, at=self.open_at)

    def after_closing(self) -> None:
        """Write on and hand in after 24:00; the draft stays as it was."""
        drafts = self.consultation.submissions.filter(received_at__isnull=True)
        for draft in drafts.select_related("organisation").order_by("pk"):
            self._refused(self._too_late(draft, Seat(draft.organisation, None, "Link")))

    def _too_late(self, draft: Submission, seat: Seat) -> Iterator[Attack]:
        values = PointValues(Point.Kind.SUGGESTION, "Zu spät.")
        yield (
            "nach Fristende schreiben",
            lambda: actions.save_point(submission=draft, values=values, seat=seat, at=self.after),
        )
        yield (
            "nach Fristende abgeben",
            lambda: actions.hand_in(submission=draft, seat=seat, at=self.after),
        )

    def while_deciding(self) -> None:
        """Decide without reason, without office, or publish before all is decided."""
        point = queries.undecided_points(self.consultation).order_by("number").first()
        if point is None:
            return
        for outcome in Outcome:
            if outcome != Outcome.TAKEN_UP:
                self._refused(
                    [(f"ohne Grund entscheiden: {outcome.label}", self._bare(point, outcome))]
                )
        self._refused(
            [
                ("ohne Amt entscheiden", lambda: self._decide(point, self.stranger)),
                ("ohne Wortlaut übernehmen", self._wordless()),
                (
                    "mit offenen Anliegen veröffentlichen",
                    lambda: actions.publish_results(
                        consultation=self.consultation, by=self.cast.secretary, at=self.after
                    ),
                ),
            ]
        )

    def _bare(self, point: Point, outcome: Outcome) -> Callable[[], object]:
        return lambda: actions.decide(
            point=point, values=DecisionValues(outcome), by=self.cast.secretary, at=self.after
        )

    def _wordless(self) -> Callable[[], object]:
        found = queries.undecided_points(self.consultation).filter(amendment__isnull=True)
        return self._bare(found.order_by("number")[0], Outcome.TAKEN_UP)


def _forge(point: Point) -> None:
    """Write behind the back of all actions."""
    point.text = "Gefälscht."
    point.save()


def make_stranger() -> User:
    """Bring in a person who has nothing to say here."""
    return make_person("fremd@demonstration.example", "Fremde Person (Demonstration)")
