"""The whole play: several rounds, each from the invitation to the next edition, then the adoption."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from mitplan.accounts.models import User
from mitplan.common.models import OutgoingMail
from mitplan.conference.models import Organisation
from mitplan.core.text.amendments import rewording
from mitplan.core.text.passages import Kind
from mitplan.core.workdays import closing_day
from mitplan.demo.simulation import promises
from mitplan.demo.simulation.attacks import Attacks, make_stranger
from mitplan.demo.simulation.cast import BEGIN, BETWEEN_ROUNDS, Cast, Size, gather, moment
from mitplan.demo.simulation.checks import Check
from mitplan.demo.simulation.desk import Answers, Office
from mitplan.demo.simulation.hands import Hands
from mitplan.demo.simulation.invariants import check_invariants
from mitplan.demo.simulation.writing import Author
from mitplan.participation import actions
from mitplan.participation.models import (
    Audience,
    Consultation,
    Decision,
    Invitation,
    Point,
    Submission,
)
from mitplan.plan import actions as plan_actions
from mitplan.plan import queries as plan_queries
from mitplan.plan.models import Edition, Origin
from mitplan.publishing.actions import adopt
from mitplan.publishing.models import Adoption

LEFT_OPEN = 0.2
"""The share of quarrels that a round leaves to the next one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a play: how much there is, every promise checked, and a sum of all results."""

    counts: dict[str, int]
    tries: dict[str, int]
    checks: tuple[Check, ...]
    digest: str

    @property
    def holds(self) -> bool:
        """Whether no promise was broken."""
        return all(each.holds for each in self.checks)


def play(size: Size, seed: int) -> Outcome:
    """Play a consultation and check everything at the end; the same seed gives the same results."""
    cast = gather(size, seed)
    stranger, left = make_stranger(), size.letters
    for number in range(size.rounds):
        taking_part = cast.writer.dice.sample(
            cast.organisations, min(left, len(cast.organisations))
        )
        Round(cast, number, is_last=number == size.rounds - 1).run(taking_part, stranger)
        left -= len(taking_part)
    checks = [*check_invariants(), *promises.kept(cast)]
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, body="")  # nobody real is written to
    return Outcome(_counts(), dict(sorted(cast.ledger.tries.items())), tuple(checks), _digest())


@dataclass
class Round:
    """One round: a consultation on the newest edition, and what follows from it."""

    cast: Cast
    number: int
    is_last: bool

    @property
    def first_day(self) -> date:
        """The day on which it opens."""
        return (BEGIN + self.number * BETWEEN_ROUNDS).date()

    def run(self, taking_part: list[Organisation], stranger: User) -> None:
        """Play the round from beginning to end."""
        edition = self._newest()
        consultation = self._open(edition)
        author = Author(self.cast, self.cast.passages(edition))
        last_day = closing_day(self.first_day, 20)
        end = moment(last_day, 23, 59, 59)
        hands = Hands(self.cast, consultation, author, moment(self.first_day, 12), end)
        after = end + timedelta(minutes=1)
        attacks = Attacks(
            self.cast, consultation, author, moment(last_day, 12), after, stranger, self.number == 0
        )
        hostile, *others = taking_part
        attacks.while_open(
            hostile, next(each for each in self.cast.organisations if each != hostile)
        )
        for organisation in others:
            hands.take_part(organisation)
        attacks.after_closing()
        hands.send_letters_instead()
        self._at_the_desk(
            Office(self.cast, consultation, after + timedelta(days=10), author.places), attacks
        )

    def _newest(self) -> Edition:
        newest = plan_queries.newest_edition(self.cast.plan)
        if newest is None:
            raise LookupError(self.cast.plan.slug)
        return newest

    def _open(self, edition: Edition) -> Consultation:
        at, last_day = moment(self.first_day, 9), closing_day(self.first_day, 20)
        consultation = actions.prepare_consultation(
            edition=edition,
            title=f"Simulierte Beteiligung {self.number + 1}",
            audiences=[
                actions.AudienceValues(kind, self.first_day, last_day)
                for kind in (Audience.Kind.CONFERENCE, Audience.Kind.MUNICIPALITIES)
            ],
            by=self.cast.secretary,
            at=at - timedelta(days=3),
        )
        consultation = actions.open_consultation(
            consultation=consultation, by=self.cast.secretary, at=at
        )
        for _twice in range(2):  # the second time nobody is new
            self._invite(consultation, at)
        return consultation

    def _invite(self, consultation: Consultation, at: datetime) -> None:
        by_mail = [each for each in self.cast.organisations if each.email]
        by_hand = [each for each in self.cast.organisations if not each.email]
        routes = ((Invitation.Route.MAIL, by_mail), (Invitation.Route.HAND, by_hand))
        for route, organisations in routes:
            actions.invite(
                consultation=consultation,
                organisations=organisations,
                route=route,
                by=self.cast.secretary,
                at=at,
            )

    def _at_the_desk(self, office: Office, attacks: Attacks) -> None:
        office.cut_letters()
        office.advise()
        attacks.while_deciding()
        office.decide_all()
        office.take_up_deferred()
        office.settle(leave=0 if self.is_last else LEFT_OPEN)
        at = office.at + timedelta(days=5)
        consultation = actions.publish_results(
            consultation=office.consultation, by=self.cast.secretary, at=at
        )
        Answers(self.cast, consultation, at).exchange()
        if self.is_last:
            self._adopt(at)
        else:
            self._next_edition(at)

    def _next_edition(self, at: datetime) -> None:
        edition = plan_actions.freeze_draft(
            plan=self.cast.plan,
            kind=Edition.Kind.CONFERENCE_DRAFT,
            title=f"Entwurf nach Runde {self.number + 1} (Simulation)",
            dated_on=at.date(),
            by=self.cast.secretary,
            at=at,
        )
        plan_actions.release_edition(edition=edition, by=self.cast.secretary, at=at)
        for _twice in range(2):  # the second time nothing is left to carry
            actions.carry_proposals(plan=self.cast.plan, at=at)

    def _adopt(self, at: datetime) -> Adoption:
        def act(office: str = "", reason: str = "") -> Adoption:
            return adopt(
                plan=self.cast.plan,
                title="Beschlossene Fassung (Simulation)",
                dated_on=at.date(),
                adopted_as="Simuliertes Kabinett",
                by=self.cast.secretary,
                at=at,
                override_office=office,
                override_reason=reason,
            )

        origin = self._change_by_department(self.cast.writer.paragraph(60), at)
        self.cast.ledger.refused("an den Toren vorbei beschließen", act)
        plan_actions.take_back_acceptances(origin=origin, by=self.cast.secretary, at=at)
        self._change_by_department("Das gilt seit 2026.", at)
        try:
            with transaction.atomic():
                return act()
        except ValidationError:
            # What earlier rounds left open came in now, and is no point of the last one.
            return act("Leitung (Simulation)", "Aus früheren Runden ist noch Offenes eingegangen.")

    def _change_by_department(self, words: str, at: datetime) -> Origin:
        """Let a department add words to a passage that nobody else touches."""
        department = self.cast.contacts[0][0]
        origin = Origin.objects.create(
            plan=self.cast.plan,
            kind=Origin.Kind.DEPARTMENT,
            label=department.name,
            reason="Der Stand ist nachgetragen.",
            department=department,
            began_at=at,
        )
        draft = plan_queries.draft_on(self._newest())
        touched = {change.passage for change in draft.consolidation.changes}
        value = next(
            each
            for each in draft.base_state.document
            if each.kind == Kind.PARAGRAPH and each.id not in touched
        )
        plan_actions.edit_draft(
            base=draft.base,
            operations=rewording(value, f"{value.text} {words}"),
            origin=origin,
            by=self.cast.secretary,
            at=at,
        )
        return origin


def _counts() -> dict[str, int]:
    received = Submission.objects.filter(received_at__isnull=False)
    return {
        "organisations": Organisation.objects.count(),
        "rounds": Consultation.objects.count(),
        "editions": Edition.objects.count(),
        "letters": received.count(),
        "late": received.filter(is_late=True).count(),
        "withdrawn": received.filter(withdrawn_at__isnull=False).count(),
        "drafts": Submission.objects.filter(received_at__isnull=True).count(),
        "points": Point.objects.filter(handed_in_at__isnull=False).count(),
        "decisions": Decision.objects.count(),
        "mails": OutgoingMail.objects.count(),
    }


def _digest() -> str:
    """Return a sum of all that came of it: texts, submissions, decisions."""
    points = Point.objects.filter(number__isnull=False).order_by("number")
    decided = points.values_list("number", "latest_decision__outcome", "latest_decision__sentence")
    received = Submission.objects.filter(number__isnull=False).order_by("number")
    results = [
        list(Edition.objects.order_by("number").values_list("number", "content_hash")),
        list(received.values_list("number", "sha256")),
        list(decided),
    ]
    return hashlib.sha256(json.dumps(results, default=str).encode()).hexdigest()
