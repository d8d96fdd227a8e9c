"""Writes of participation, one function per step a person takes."""

from mitplan.participation.actions.consultations import (
    AudienceValues,
    QuestionValues,
    invite,
    open_consultation,
    prepare_consultation,
    publish_results,
)
from mitplan.participation.actions.decisions import (
    DecisionValues,
    decide,
    give_advice,
    reopen_point,
)
from mitplan.participation.actions.submissions import (
    PointValues,
    begin_submission,
    hand_in,
    record_submission,
    remove_point,
    save_letter,
    save_no_remark,
    save_point,
    withdraw_submission,
)

__all__ = [
    "AudienceValues",
    "DecisionValues",
    "PointValues",
    "QuestionValues",
    "begin_submission",
    "decide",
    "give_advice",
    "hand_in",
    "invite",
    "open_consultation",
    "prepare_consultation",
    "publish_results",
    "record_submission",
    "remove_point",
    "reopen_point",
    "save_letter",
    "save_no_remark",
    "save_point",
    "withdraw_submission",
]
