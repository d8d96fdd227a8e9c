"""Writes of participation, one function per step a person takes."""

from mitplan.participation.actions.consultations import (
    AudienceValues,
    ConsultationValues,
    QuestionValues,
    change_consultation,
    discard_consultation,
    invite,
    note_first_opening,
    open_consultation,
    prepare_consultation,
    publish_results,
    send_invitation_again,
)
from mitplan.participation.actions.decisions import (
    DecisionValues,
    decide,
    give_advice,
    reopen_point,
)
from mitplan.participation.actions.rebasings import (
    ReworkValues,
    carry_proposals,
    confirm_rebasing,
    rework_proposal,
)
from mitplan.participation.actions.remarks import (
    RemarkValues,
    TopicValues,
    save_answers,
    save_remark,
    save_topic,
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
from mitplan.participation.actions.text_blocks import TextBlockValues, save_text_block

__all__ = [
    "AudienceValues",
    "ConsultationValues",
    "DecisionValues",
    "PointValues",
    "QuestionValues",
    "RemarkValues",
    "ReworkValues",
    "TextBlockValues",
    "TopicValues",
    "begin_submission",
    "carry_proposals",
    "change_consultation",
    "confirm_rebasing",
    "decide",
    "discard_consultation",
    "give_advice",
    "hand_in",
    "invite",
    "note_first_opening",
    "open_consultation",
    "prepare_consultation",
    "publish_results",
    "record_submission",
    "remove_point",
    "reopen_point",
    "rework_proposal",
    "save_answers",
    "save_letter",
    "save_no_remark",
    "save_point",
    "save_remark",
    "save_text_block",
    "save_topic",
    "send_invitation_again",
    "withdraw_submission",
]
