"""Whatever people do, in whatever order, and whatever is refused meanwhile: the invariants of design 04 hold."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from mitplan.demo.simulation.invariants import check_invariants
from mitplan.formats import markdown
from mitplan.participation import actions
from mitplan.participation.actions import BlockValues, DecisionValues, PointValues
from mitplan.participation.models import Outcome, Point, ReasonCode, Submission
from mitplan.participation.queries.letters import letter_of
from mitplan.plan import queries as plan_queries
from mitplan.plan.models import Edition
from tests import factories
from tests.factories import AFTER_CLOSING, WHILE_OPEN, plan_actions

pytestmark = pytest.mark.django_db

WHO = st.integers(0, 2)
WHICH = st.integers(0, 5)
LATER = st.integers(0, 70).map(timedelta)
"""Days after the beginning; the window closes in between."""

LETTERS = st.sampled_from(
    ["Guten Tag\n\nMehr Busse.\n\nGrüße", "Nur ein Satz.", "A\n\nB\n\n\nC", ""]
)
REASONS = [*ReasonCode, None]


def refused():
    """What is refused leaves everything as it was; that is all this test wants of it."""
    return suppress(ValidationError, PermissionDenied)


class Consultation(RuleBasedStateMachine):
    """Three organisations and a secretariat, one plan."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.by = factories.make_secretary()
        self.consultation = factories.make_consultation()
        self.plan = self.consultation.edition.plan
        self.seats = [factories.make_seat() for _ in range(3)]
        self.places = [
            factories.passage_of(self.consultation.edition, quote)
            for quote in ("Sprachkurse", "Familien")
        ]

    def teardown(self):
        checks = check_invariants()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)
        assert [(each.name, each.breaches) for each in checks if each.breaches] == []

    def point(self, which):
        points = list(Point.objects.filter(number__isnull=False).order_by("number"))
        return points[which % len(points)] if points else None

    def submission(self, which):
        found = list(Submission.objects.order_by("pk"))
        return found[which % len(found)] if found else None

    @rule(who=WHO, place=st.booleans(), words=st.sampled_from(["Neu.", "Anders.", ""]), later=LATER)
    def writes(self, who, place, words, later):
        passage = self.places[place]
        values = PointValues(Point.Kind.SUGGESTION, "Mehr Busse.", passage=passage)
        if words:
            values = PointValues(
                Point.Kind.AMENDMENT,
                passage=passage,
                proposal=Point.Proposal.REWORD,
                proposed_text=words,
            )
        seat, at = self.seats[who], WHILE_OPEN + later
        with refused(), transaction.atomic():
            draft = actions.begin_submission(consultation=self.consultation, seat=seat, at=at)
            actions.save_point(submission=draft, values=values, seat=seat, at=at)

    @rule(who=WHO, which=WHICH, later=LATER, nothing=st.booleans())
    def hands_in(self, who, which, later, nothing):
        submission = self.submission(which)
        if submission:
            with refused():
                actions.hand_in(
                    submission=submission,
                    seat=self.seats[who],
                    at=WHILE_OPEN + later,
                    has_no_remarks=nothing,
                )

    @rule(who=WHO, which=WHICH, later=LATER)
    def withdraws(self, who, which, later):
        submission = self.submission(which)
        if submission:
            with refused():
                actions.withdraw_submission(
                    submission=submission, seat=self.seats[who], at=WHILE_OPEN + later
                )

    @rule(who=WHO, letter=LETTERS, later=LATER)
    def sends_a_letter(self, who, letter, later):
        with refused():
            actions.record_submission(
                consultation=self.consultation,
                organisation=self.seats[who].organisation,
                route=Submission.Route.LETTER,
                letter=letter,
                points=[],
                by=self.by,
                at=WHILE_OPEN + later,
            )

    @rule(which=WHICH, kept=st.integers(0, 2), close=st.booleans())
    def cuts_a_letter(self, which, kept, close):
        submission, at = self.submission(which), AFTER_CLOSING
        if submission is None:
            return
        positions = [block.position for block in letter_of(submission).blocks]
        with refused():
            actions.make_point_of_blocks(
                submission=submission,
                positions=positions[kept:],
                values=BlockValues(Point.Kind.SUGGESTION),
                by=self.by,
                at=at,
            )
        if close:
            with refused(), transaction.atomic():
                actions.mark_blocks(
                    submission=submission,
                    positions=positions[:kept],
                    is_without_demand=True,
                    by=self.by,
                    at=at,
                )
                actions.close_split(submission=submission, by=self.by, at=at)

    @rule(
        which=WHICH,
        outcome=st.sampled_from(Outcome),
        code=st.sampled_from(REASONS),
        final=st.sampled_from(["", "Ganz neu geschrieben."]),
        named=st.booleans(),
    )
    def decides(self, which, outcome, code, final, named):
        point = self.point(which)
        if point is None:
            return
        values = DecisionValues(
            outcome,
            code,
            "Weil es so ist." if code else "",
            covered_by=self.places[0] if named else None,
            owner="Ressort" if named else "",
            review_on=AFTER_CLOSING.date() if named else None,
            passage=self.places[1],
            final_text=final,
        )
        with refused():
            actions.decide(point=point, values=values, by=self.by, at=AFTER_CLOSING)

    @rule(which=WHICH)
    def reopens(self, which):
        point = self.point(which)
        if point:
            with refused():
                actions.reopen_point(point=point, by=self.by, at=AFTER_CLOSING)

    @rule(later=LATER)
    def publishes(self, later):
        with refused():
            actions.publish_results(
                consultation=self.consultation, by=self.by, at=WHILE_OPEN + later
            )

    @rule()
    def freezes_the_draft(self):
        with refused(), transaction.atomic():
            plan_actions.freeze_draft(
                plan=self.plan,
                kind=Edition.Kind.CONFERENCE_DRAFT,
                title="Zwischenstand",
                dated_on=AFTER_CLOSING.date(),
                by=self.by,
                at=AFTER_CLOSING,
            )
            actions.carry_proposals(plan=self.plan, at=AFTER_CLOSING)

    @rule()
    def reads_the_same_text_in_again(self):
        before = plan_queries.newest_edition(self.plan)
        document = plan_queries.state_of(before).document
        again = markdown.read(markdown.write(document, with_ids=True))
        with refused():
            after = plan_actions.import_edition(
                plan=self.plan,
                passages=again,
                kind=Edition.Kind.CABINET_VERSION,
                title="Noch einmal",
                dated_on=AFTER_CLOSING.date(),
                by=self.by,
                at=AFTER_CLOSING,
            )
            assert after.content_hash == before.content_hash
            assert not after.changes.exists()


def test_invariants_hold_whatever_people_do():
    run_state_machine_as_test(
        Consultation,
        settings=settings(
            max_examples=6,
            stateful_step_count=25,
            phases=[Phase.generate],
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
