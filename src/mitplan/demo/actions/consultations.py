"""Three consultations: one decided and published, one open, one in preparation."""

from datetime import date, datetime, time, timedelta
from typing import Any

from mitplan.accounts.models import User
from mitplan.conference.models import Department, Mandate, Organisation
from mitplan.core.text.conflicts import find_conflicts
from mitplan.core.workdays import closing_day
from mitplan.demo.actions.in_hand import answer_replies, fill_the_desk
from mitplan.demo.actions.stage import BERLIN, Finder, Stage, make_person
from mitplan.demo.actions.taking_back import take_one_back
from mitplan.demo.files import structure
from mitplan.participation import actions as participation
from mitplan.participation.models import (
    Audience,
    Consultation,
    Decision,
    Invitation,
    Outcome,
    Point,
    ReasonCode,
    Submission,
)
from mitplan.participation.permissions import Seat
from mitplan.participation.queries import audience_of
from mitplan.participation.queries.proposals import BORDER, Change
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Passage, Settlement
from mitplan.plan.queries import accepted_on, document_of


def run_first_consultation(stage: Stage) -> None:
    """Open the cabinet version, record the letters, decide on every point, publish."""
    story = structure("consultation-1.json")
    finder = Finder(stage.plan)
    consultation = _open(stage, story, "consultation-1 opens", finder)
    plots: list[tuple[Point, dict[str, Any]]] = []
    for plot in story["submissions"]:
        submission = _record(stage, consultation, plot, finder)
        plots += zip(submission.points.order_by("position"), plot["points"], strict=True)
    take_one_back(stage, consultation)
    for point, plot in plots:
        if "advice" in plot:
            _advise(stage, point, plot["advice"])
    for point, plot in plots:
        _decide(stage, point, plot, finder)
    consultation = participation.publish_results(
        consultation=consultation, by=stage.secretary, at=stage.moment(-180)
    )
    answer_replies(stage, consultation)


def _open(stage: Stage, story: dict[str, Any], event: str, finder: Finder) -> Consultation:
    first = stage.at(event, hour=9).date()
    municipal = _municipal_window(first, story)
    opens = datetime.combine(min(first, municipal[0]), time(9), tzinfo=BERLIN)
    last = closing_day(first, story["working_days"])
    consultation = participation.prepare_consultation(
        edition=finder.edition,
        title=story["title"],
        introduction=story.get("introduction", ""),
        audiences=[
            participation.AudienceValues(Audience.Kind.CONFERENCE, first, last),
            participation.AudienceValues(Audience.Kind.MUNICIPALITIES, *municipal),
        ],
        questions=[
            participation.QuestionValues(finder.passage(question["quote"]), question["text"])
            for question in story.get("questions", [])
        ],
        by=stage.secretary,
        at=opens - timedelta(days=3),
    )
    consultation = participation.open_consultation(
        consultation=consultation, by=stage.secretary, at=opens
    )
    participation.invite(
        consultation=consultation,
        organisations=stage.organisations.values(),
        route=Invitation.Route.MAIL,
        by=stage.secretary,
        at=opens,
    )
    return consultation


def _municipal_window(first: date, story: dict[str, Any]) -> tuple[date, date]:
    """Return the days of the municipalities: their own where the story says so."""
    own = story.get("municipal_window")
    if own:
        first -= timedelta(days=own["opens_earlier_by_days"])
    return first, closing_day(first, story["working_days"])


def _record(
    stage: Stage, consultation: Consultation, plot: dict[str, Any], finder: Finder
) -> Submission:
    return participation.record_submission(
        consultation=consultation,
        organisation=stage.organisations[plot["organisation"]],
        route=Submission.Route(plot["route"]),
        letter=plot["letter"],
        points=[_values(stage, point, finder) for point in plot["points"]],
        by=stage.secretary,
        at=_after_opening(
            consultation, stage.organisations[plot["organisation"]], plot["offset_days"]
        ),
    )


def _after_opening(consultation: Consultation, organisation: Organisation, days: int) -> datetime:
    """Return a moment so many days after the window of an organisation opened."""
    first = audience_of(consultation, organisation).opens_on
    return datetime.combine(first + timedelta(days=days), time(11), tzinfo=BERLIN)


def _values(stage: Stage, plot: dict[str, Any], finder: Finder) -> participation.PointValues:
    first = _change(plot, finder)
    return participation.PointValues(
        kind=Point.Kind(plot["kind"]),
        text=plot["text"],
        reason=plot["reason"],
        passage=first.passage if first else None,
        quote=first.quote if first else "",
        proposal=first.proposal if first else Point.Proposal.NONE,
        proposed_text=first.text if first else "",
        target=first.target if first else None,
        further=[each for more in plot.get("further", ()) if (each := _change(more, finder))],
        field=stage.fields.get(plot["topic"]),
    )


def _change(plot: dict[str, Any], finder: Finder) -> Change | None:
    """Return what the story does at a passage, or only that it speaks about it."""
    quote = plot.get("find") or plot.get("after") or ""
    if not quote:
        return None
    value = finder.value(quote)
    proposal, text, target = Point.Proposal.NONE, "", None
    if "insert" in plot:
        proposal, text = Point.Proposal.INSERT_AFTER, plot["insert"]
    elif "replace" in plot:
        proposal, text = Point.Proposal.REWORD, value.text.replace(quote, plot["replace"])
    elif "behind" in plot:
        proposal, target = Point.Proposal.MOVE, finder.passage(plot["behind"])
    elif "before" in plot:
        cut = value.text.index(plot["before"])
        proposal = Point.Proposal.SPLIT
        text = f"{value.text[:cut].strip()}{BORDER}{value.text[cut:]}"
    return Change(finder.rows[value.id], proposal, text, target, quote=quote)


def _advise(stage: Stage, point: Point, plot: dict[str, Any]) -> None:
    department = stage.departments[plot["department"]]
    participation.give_advice(
        point=point,
        department=department,
        recommendation=Outcome(plot["recommendation"]),
        text=plot["text"],
        by=_contact(stage, department),
        at=stage.at("consultation-1 decided") - timedelta(days=14),
    )


def _contact(stage: Stage, department: Department) -> User:
    mandate = Mandate.objects.filter(department=department).select_related("user").first()
    if mandate:
        return mandate.user
    user = make_person(f"ressort-{department.pk}@demonstration.example", str(department))
    Mandate.objects.create(
        user=user,
        kind=Mandate.Kind.DEPARTMENT_CONTACT,
        department=department,
        begins_on=stage.moment(-700).date(),
    )
    return user


def _decide(stage: Stage, point: Point, plot: dict[str, Any], finder: Finder) -> Decision:
    decision = plot["decision"]
    resolution = stage.resolutions["B4"] if decision.get("by") == "sitting" else None
    final, passage = _final_wording(plot, finder)
    at = stage.at("consultation-1 decided") if not resolution else stage.moment(-185, 15)
    covered = decision.get("covered_by")
    owner = decision.get("owner") or ""
    return participation.decide(
        point=point,
        values=participation.DecisionValues(
            outcome=Outcome(decision["outcome"]),
            reason_code=ReasonCode(decision["reason_code"]) if decision["reason_code"] else None,
            sentence=decision["sentence"],
            covered_by=finder.passage(covered) if covered else None,
            owner=str(stage.departments.get(owner, owner)),
            review_on=_review_day(at.date(), decision),
            resolution=resolution,
            passage=passage,
            final_text=final,
        ),
        by=stage.secretary,
        at=at,
    )


def _review_day(decided_on: date, decision: dict[str, Any]) -> date | None:
    days = decision.get("review_in_days")
    return decided_on + timedelta(days=days) if days else None


def _final_wording(plot: dict[str, Any], finder: Finder) -> tuple[str, Passage | None]:
    """Return the wording an editor writes, and where."""
    decision = plot["decision"]
    if "replace" not in decision:
        return "", None
    quote = decision.get("find") or plot.get("find") or ""
    value = finder.value(quote)
    return value.text.replace(quote, decision["replace"]), finder.rows[value.id]


def run_second_consultation(stage: Stage) -> None:
    """Open the adopted edition; some organisations have handed in, some still write."""
    story = structure("consultation-2.json")
    finder = Finder(stage.plan)
    consultation = _open(stage, story, "consultation-2 opens", finder)
    for plot in story["submissions"]:
        submission = _write_submission(stage, consultation, plot, finder)
        for point, point_plot in zip(_demands(submission), plot["points"], strict=True):
            if "decision" in point_plot:
                _decide_lately(stage, point, point_plot)
    for settlement in story["settlements"]:
        _settle(stage, settlement, finder)
    fill_the_desk(stage, consultation)


def prepare_third_consultation(stage: Stage) -> None:
    """Prepare the round of the next spring; it waits for its day, and deferred points can go along."""
    story = structure("consultation-3.json")
    finder = Finder(stage.plan)
    first = closing_day(stage.moment(0).date(), story["opens_after_working_days"])
    last = closing_day(first, story["working_days"])
    participation.prepare_consultation(
        edition=finder.edition,
        title=story["title"],
        introduction=story["introduction"],
        audiences=[participation.AudienceValues(Audience.Kind.CONFERENCE, first, last)],
        questions=[
            participation.QuestionValues(finder.passage(question["quote"]), question["text"])
            for question in story["questions"]
        ],
        by=stage.secretary,
        at=stage.moment(-1, 18),
    )


def _settle(stage: Stage, plot: dict[str, Any], finder: Finder) -> None:
    """Put what several organisations add at one place in the order of the story."""
    passage = finder.value(plot["quote"]).id
    conflicts = find_conflicts(document_of(finder.edition), accepted_on(finder.edition))
    cluster = next(each for each in conflicts if passage in each.passages)
    wanted = dict(
        Point.objects.filter(amendment__in=cluster.amendments).values_list(
            "submission__organisation", "amendment"
        )
    )
    plan_actions.settle_conflict(
        base=finder.edition,
        cluster=cluster.key,
        choice=Settlement.Choice.ORDER,
        amendments=[wanted[stage.organisations[key].pk] for key in plot["order"]],
        reason=plot["reason"],
        by=stage.secretary,
        at=stage.moment(-1, 17),
    )


def _write_submission(
    stage: Stage, consultation: Consultation, plot: dict[str, Any], finder: Finder
) -> Submission:
    """Write a submission online, as an organisation would; some are not handed in yet."""
    organisation = stage.organisations[plot["organisation"]]
    seat = Seat(organisation, None, str(Mandate.Kind.MEMBER.label))
    at = _after_opening(consultation, organisation, plot["offset_days"])
    submission = participation.begin_submission(consultation=consultation, seat=seat, at=at)
    questions = {f"F{question.number}": question for question in consultation.questions.all()}
    answers = [
        participation.PointValues(
            kind=Point.Kind.ANSWER,
            text=answer,
            question=questions[key],
            passage=questions[key].passage,
        )
        for key, answer in plot.get("answers", {}).items()
    ]
    values = answers + [_values(stage, point, finder) for point in plot["points"]]
    for each in values:
        participation.save_point(submission=submission, values=each, seat=seat, at=at)
    participation.save_letter(
        submission=submission,
        letter=plot.get("letter", ""),
        contact=organisation.email,
        seat=seat,
        at=at,
    )
    if plot["state"] == "draft":
        return submission
    return participation.hand_in(submission=submission, seat=seat, at=at)


def _demands(submission: Submission) -> list[Point]:
    return list(submission.points.exclude(kind=Point.Kind.ANSWER).order_by("position"))


def _decide_lately(stage: Stage, point: Point, plot: dict[str, Any]) -> None:
    decision = plot["decision"]
    participation.decide(
        point=point,
        values=participation.DecisionValues(
            outcome=Outcome(decision["outcome"]), sentence=decision["sentence"]
        ),
        by=stage.secretary,
        at=stage.moment(-1, 16),
    )
