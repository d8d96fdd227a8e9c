"""What lies on the desk while a round runs: a letter to be split, twins and quarrels, more time, answers to replies."""

from datetime import datetime, timedelta
from typing import Any

from mitplan.conference.models import Mandate
from mitplan.demo.actions.stage import Finder, Stage
from mitplan.demo.files import structure, text
from mitplan.participation import actions as participation
from mitplan.participation.models import (
    UPTAKE,
    Consultation,
    Objection,
    Point,
    SentReply,
    Submission,
    Succession,
)
from mitplan.participation.permissions import Seat, seat_of
from mitplan.participation.queries import last_day_for
from mitplan.participation.queries.uploads import examine


def fill_the_desk(stage: Stage, consultation: Consultation) -> None:
    """Bring in what a secretariat has in hand while the second round runs."""
    story = structure("in-hand.json")
    finder = Finder(stage.plan)
    letter = _take_letter_in(stage, consultation, story["letter"])
    _split(stage, letter, story["letter"], finder)
    _relate(stage, consultation, letter, story)
    _split_a_point(stage, letter, story["two_in_one"])
    for plot in story["more_time"]:
        _ask_for_time(stage, consultation, plot)
    for plot in story["store"]:
        values = participation.SuggestionValues(plan=stage.plan, text=plot["text"])
        participation.hand_in_suggestion(
            values=values, seat=_seat(stage, plot["organisation"]), at=stage.moment(-3, 11)
        )


def _seat(stage: Stage, organisation: str) -> Seat:
    return Seat(stage.organisations[organisation], None, str(Mandate.Kind.MEMBER.label))


def _take_letter_in(stage: Stage, consultation: Consultation, plot: dict[str, Any]) -> Submission:
    organisation = stage.organisations[plot["organisation"]]
    at, data = stage.moment(-2, 14), text(plot["file"]).encode()
    upload = participation.keep_upload(
        consultation=consultation,
        name=plot["file"],
        data=data,
        seat=seat_of(stage.secretary, organisation),
        at=at,
    )
    return participation.record_upload(
        upload=upload,
        keys=[examine(consultation, plot["file"], data).letter_key],
        route=Submission.Route.MAIL,
        by=stage.secretary,
        at=at,
    )


def _split(stage: Stage, letter: Submission, plot: dict[str, Any], finder: Finder) -> None:
    """Make points of most of the letter; a rest is left for whoever opens the page."""
    at = stage.moment(-1, 9)
    for point in plot["points"]:
        participation.make_point_of_blocks(
            submission=letter,
            positions=point["blocks"],
            values=participation.BlockValues(
                kind=Point.Kind(point["kind"]),
                passage=finder.passage(point["find"]) if point["find"] else None,
                quote=point["find"],
                field=stage.fields.get(point["topic"]),
            ),
            by=stage.secretary,
            at=at,
        )
    participation.mark_blocks(
        submission=letter,
        positions=plot["without_demand"],
        is_without_demand=True,
        by=stage.secretary,
        at=at,
    )


def _relate(
    stage: Stage, consultation: Consultation, letter: Submission, story: dict[str, Any]
) -> None:
    """Put twins together and note who contradicts whom."""
    at, by = stage.moment(-1, 10), stage.secretary
    participation.make_group(
        consultation=consultation, points=_pair(stage, letter, story["same"]), by=by, at=at
    )
    left, right = _pair(stage, letter, story["against"])
    participation.link_contradiction(
        first=left, second=right, reason=story["against"]["reason"], by=by, at=at
    )


def _split_a_point(stage: Stage, letter: Submission, plot: dict[str, str]) -> None:
    """Let a point that holds two demands go on in two."""
    point = letter.points.get(text__contains=plot["second_begins"])
    cut = point.text.index(plot["second_begins"])
    kind = Point.Kind(point.kind)
    participation.replace_points(
        points=[point],
        successors=[
            participation.PointValues(kind=kind, text=words.strip(), field=point.field)
            for words in (point.text[:cut], point.text[cut:])
        ],
        cause=Succession.Cause.SPLIT,
        reason=plot["reason"],
        by=stage.secretary,
        at=stage.moment(-1, 11),
    )


def _pair(stage: Stage, letter: Submission, plot: dict[str, Any]) -> list[Point]:
    """Return the letter's point and another organisation's at the same words."""
    other = stage.organisations[plot["with"]]
    round_of = Point.objects.filter(submission__consultation=letter.consultation)
    return [
        round_of.get(submission=letter, quote=plot["quote"]),
        round_of.get(submission__organisation=other, quote=plot["quote"]),
    ]


def _ask_for_time(stage: Stage, consultation: Consultation, plot: dict[str, Any]) -> None:
    seat, asked = _seat(stage, plot["organisation"]), stage.moment(-2, 10)
    until = last_day_for(consultation, seat.organisation) + timedelta(days=plot["days"])
    request = participation.request_extension(
        consultation=consultation,
        seat=seat,
        wished_until=until,
        reason=plot["reason"],
        contact=seat.organisation.email,
        at=asked,
    )
    participation.answer_extension_request(
        request=request,
        granted_until=until if plot["granted"] else None,
        answer=plot["answer"],
        for_all=False,
        by=stage.secretary,
        at=asked + timedelta(days=1),
    )


def answer_replies(stage: Stage, consultation: Consultation) -> None:
    """Reply to some submitters of the first round; one accepts, one maintains the demand."""
    sent = stage.moment(-170, 9)
    for plot in structure("in-hand.json")["answers"]:
        organisation = stage.organisations[plot["organisation"]]
        participation.send_reply(
            consultation=consultation,
            organisation=organisation,
            route=SentReply.Route.LETTER,
            by=stage.secretary,
            at=sent,
        )
        _answer(stage, consultation, plot, sent + timedelta(days=7))


def _answer(stage: Stage, consultation: Consultation, plot: dict[str, Any], at: datetime) -> None:
    seat = _seat(stage, plot["organisation"])
    own = Point.objects.filter(
        submission__consultation=consultation, submission__organisation=seat.organisation
    )
    point = own.exclude(latest_decision__outcome__in=UPTAKE).order_by("position")[0]
    participation.answer_decision(
        point=point,
        stance=Objection.Stance(plot["stance"]),
        reason=plot["reason"],
        seat=seat,
        at=at,
    )
