"""Writes of participation, one function per step a person takes."""

from mitplan.participation.actions.anchors import add_anchor, settle_anchor
from mitplan.participation.actions.bulks import (
    begin_bulk,
    give_up_bulk_letter,
    take_bulk_letter,
)
from mitplan.participation.actions.carried_points import carry_points
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
    send_invitation_again,
)
from mitplan.participation.actions.cosigners import add_cosigner
from mitplan.participation.actions.decisions import (
    decide,
    give_advice,
    reopen_point,
)
from mitplan.participation.actions.extensions import (
    answer_extension_request,
    extend_for_all,
    extend_for_one,
    request_extension,
)
from mitplan.participation.actions.groups import (
    decide_contradiction,
    keep_apart,
    leave_group,
    link_contradiction,
    make_group,
    unlink_contradiction,
)
from mitplan.participation.actions.letters import (
    BlockValues,
    close_split,
    make_point_of_blocks,
    mark_blocks,
)
from mitplan.participation.actions.objections import (
    answer_decision,
    put_on_agenda,
    put_waiting_on_agenda,
)
from mitplan.participation.actions.rebasings import (
    ReworkValues,
    carry_proposals,
    confirm_rebasing,
    rework_proposal,
)
from mitplan.participation.actions.redactions import RedactionValues, erase_original, redact
from mitplan.participation.actions.remarks import (
    RemarkValues,
    TopicValues,
    save_answers,
    save_remark,
    save_topic,
    take_out_change,
)
from mitplan.participation.actions.replies import note_replies_made, store_reply_template
from mitplan.participation.actions.results import publish_results
from mitplan.participation.actions.routing import (
    ask_advice,
    route_by_topic,
    set_topic_routes,
    stop_asking,
)
from mitplan.participation.actions.saved_filters import forget_filter, save_filter
from mitplan.participation.actions.sent_replies import send_reply
from mitplan.participation.actions.submissions import (
    PointValues,
    begin_submission,
    hand_in,
    record_submission,
    remove_point,
    save_letter,
    save_no_remark,
    save_point,
    save_points,
    withdraw_submission,
)
from mitplan.participation.actions.successions import replace_points
from mitplan.participation.actions.suggestions import (
    Sender,
    SuggestionValues,
    confirm_suggestion,
    discard_unconfirmed,
    hand_in_suggestion,
    send_suggestion,
    take_suggestions,
    withdraw_suggestion,
)
from mitplan.participation.actions.supports import support_point
from mitplan.participation.actions.taking_up import DecisionValues
from mitplan.participation.actions.text_blocks import TextBlockValues, save_text_block
from mitplan.participation.actions.uploads import (
    Taken,
    discard_upload,
    keep_upload,
    record_upload,
    take_in,
)

__all__ = [
    "AudienceValues",
    "BlockValues",
    "ConsultationValues",
    "DecisionValues",
    "PointValues",
    "QuestionValues",
    "RedactionValues",
    "RemarkValues",
    "ReworkValues",
    "Sender",
    "SuggestionValues",
    "Taken",
    "TextBlockValues",
    "TopicValues",
    "add_anchor",
    "add_cosigner",
    "answer_decision",
    "answer_extension_request",
    "ask_advice",
    "begin_bulk",
    "begin_submission",
    "carry_points",
    "carry_proposals",
    "change_consultation",
    "close_split",
    "confirm_rebasing",
    "confirm_suggestion",
    "decide",
    "decide_contradiction",
    "discard_consultation",
    "discard_unconfirmed",
    "discard_upload",
    "erase_original",
    "extend_for_all",
    "extend_for_one",
    "forget_filter",
    "give_advice",
    "give_up_bulk_letter",
    "hand_in",
    "hand_in_suggestion",
    "invite",
    "keep_apart",
    "keep_upload",
    "leave_group",
    "link_contradiction",
    "make_group",
    "make_point_of_blocks",
    "mark_blocks",
    "note_first_opening",
    "note_replies_made",
    "open_consultation",
    "prepare_consultation",
    "publish_results",
    "put_on_agenda",
    "put_waiting_on_agenda",
    "record_submission",
    "record_upload",
    "redact",
    "remove_point",
    "reopen_point",
    "replace_points",
    "request_extension",
    "rework_proposal",
    "route_by_topic",
    "save_answers",
    "save_filter",
    "save_letter",
    "save_no_remark",
    "save_point",
    "save_points",
    "save_remark",
    "save_text_block",
    "save_topic",
    "send_invitation_again",
    "send_reply",
    "send_suggestion",
    "set_topic_routes",
    "settle_anchor",
    "stop_asking",
    "store_reply_template",
    "support_point",
    "take_bulk_letter",
    "take_in",
    "take_out_change",
    "take_suggestions",
    "unlink_contradiction",
    "withdraw_submission",
    "withdraw_suggestion",
]
