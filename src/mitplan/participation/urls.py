"""Addresses of the room participation."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from mitplan.participation.views import (
    anchors,
    bulks,
    carried_points,
    consultations,
    cosigners,
    decisions,
    extensions,
    groups,
    hand_in,
    invitations,
    letters,
    mail_choice,
    objections,
    packs,
    points,
    points_table,
    rebasings,
    redactions,
    replies,
    submissions,
    successions,
    suggestions,
    take_part,
    text_blocks,
    uploads,
    work_table,
)
from mitplan.participation.views.desk import DeskView, by_link, by_mandate, by_reply_link

app_name = "participation"

DESK_PAGES: list[tuple[str, DeskView, str, str]] = [
    ("", take_part.write, "task", "take_part"),
    ("stelle/<int:passage>/", take_part.remark, "remark_task", "remark"),
    ("stelle/<int:passage>/danach/", take_part.insertion, "insertion_task", "insertion"),
    (
        "stelle/<int:passage>/keine-anmerkungen/",
        take_part.no_remark,
        "no_remark_task",
        "no_remark",
    ),
    ("fragen/", take_part.answer, "answer_task", "answer"),
    ("themen/", take_part.add_topic, "add_topic_task", "add_topic"),
    ("thema/<int:point>/", take_part.topic, "topic_task", "topic"),
    ("anliegen/<int:point>/entfernen/", take_part.remove, "remove_task", "remove"),
    ("anliegen/<int:point>/unterstuetzen/", hand_in.support, "support_task", "support"),
    ("abgeben/", hand_in.hand_in, "hand_in_task", "hand_in"),
    ("quittung/", hand_in.receipt, "receipt_task", "receipt"),
    ("anpassung/<int:point>/", rebasings.adjust, "adjust_task", "adjust"),
    (
        "anpassung/unveraendert/",
        rebasings.confirm_unchanged,
        "confirm_unchanged_task",
        "confirm_unchanged",
    ),
    ("schreiben/entfernen/", uploads.remove_letter, "remove_letter_task", "remove_letter"),
    ("word/", uploads.word, "word_task", "word"),
    ("word/<str:file>", packs.pack_file, "pack_task", "pack"),
    ("word/datei/<int:upload>/", uploads.check_upload, "check_upload_task", "check_upload"),
    ("antwort/", objections.reply, "reply_task", "reply"),
    ("antwort/brief.docx", objections.own_letter, "own_letter_task", "own_letter"),
    ("zurueckziehen/", hand_in.withdraw, "withdraw_task", "withdraw"),
    ("mehr-zeit/", extensions.ask_for_time, "ask_for_time_task", "ask_for_time"),
]


def _desk_pages() -> Iterator[URLPattern]:
    """Yield every page of taking part: behind a mail link, and for those with a mandate.

    Who has mandates in several organisations finds the chosen one in the address, so that two windows
    never write for the wrong one.
    """
    for page, view, task, seated in DESK_PAGES:
        yield path(f"mitmachen/<int:pk>/<str:key>/{page}", by_link(view), name=task)
        seat, name = by_mandate(view), f"{seated}_for_organisation"
        yield path(f"beteiligung/<int:number>/mitmachen/{page}", seat, name=seated)
        yield path(
            f"beteiligung/<int:number>/mitmachen/fuer-<int:organisation>/{page}", seat, name=name
        )


urlpatterns: list[URLPattern] = [
    path("beteiligung/", consultations.consultation_list, name="consultations"),
    path("beteiligung/neu/", consultations.new_consultation, name="new_consultation"),
    path("beteiligung/<int:number>/", consultations.consultation, name="consultation"),
    path(
        "beteiligung/<int:number>/aendern/",
        consultations.change_consultation,
        name="change_consultation",
    ),
    path(
        "beteiligung/<int:number>/verwerfen/",
        consultations.discard_consultation,
        name="discard_consultation",
    ),
    path("beteiligung/<int:number>/frist/", extensions.extend, name="extend"),
    path(
        "beteiligung/<int:number>/frist/antrag/<int:wish>/",
        extensions.answer_request,
        name="answer_request",
    ),
    path("beteiligung/<int:number>/eroeffnen/", consultations.open_round, name="open"),
    path("beteiligung/<int:number>/einladungen/", invitations.invitations, name="invitations"),
    path(
        "beteiligung/<int:number>/einladungen/liste/",
        invitations.invitation_list,
        name="invitation_list",
    ),
    path(
        "beteiligung/<int:number>/einladungen/<int:invitation>/noch-einmal/",
        invitations.send_again,
        name="send_again",
    ),
    path(
        "beteiligung/<int:number>/einladungen/<int:invitation>/brief/",
        invitations.letter_sent,
        name="letter_sent",
    ),
    path(
        "beteiligung/<int:number>/ergebnis-veroeffentlichen/", consultations.publish, name="publish"
    ),
    path(
        "beteiligung/<int:number>/stellungnahmen/", submissions.submission_list, name="submissions"
    ),
    path("beteiligung/<int:number>/stellungnahme-erfassen/", submissions.record, name="record"),
    path(
        "beteiligung/<int:number>/abwaegungstabelle/",
        points_table.points_table,
        name="points_table",
    ),
    path(
        "beteiligung/<int:number>/abwaegungstabelle/bestellen/",
        points_table.order_points_table,
        name="order_points_table",
    ),
    path("beteiligung/<int:number>/antwortschreiben/", replies.reply_letters, name="reply_letters"),
    path(
        "beteiligung/<int:number>/antwortschreiben/erstellen/",
        replies.make_reply_letters,
        name="make_reply_letters",
    ),
    path(
        "beteiligung/<int:number>/antwortschreiben/vorlage.docx",
        replies.reply_template,
        name="reply_template",
    ),
    path(
        "beteiligung/<int:number>/antwortschreiben/fuer-<int:organisation>/",
        replies.reply_letter,
        name="reply_letter",
    ),
    path(
        "beteiligung/<int:number>/antwortschreiben/fuer-<int:organisation>/senden/",
        replies.send_reply,
        name="send_reply",
    ),
    path("beteiligung/<int:number>/mitnehmen/", carried_points.carry_points, name="carry_points"),
    path(
        "beteiligung/<int:number>/antwortschreiben/senden/",
        replies.send_replies,
        name="send_replies",
    ),
    path("antwort/<int:pk>/<str:key>/", by_reply_link(objections.reply), name="reply_by_link"),
    path(
        "antwort/<int:pk>/<str:key>/brief.docx",
        by_reply_link(objections.own_letter),
        name="own_letter_by_link",
    ),
    path("konferenz/top/<int:pk>/anliegen/", objections.agenda_points, name="agenda_points"),
    path(
        "beteiligung/<int:number>/stellungnahme-erfassen/datei/",
        uploads.record_file,
        name="record_file",
    ),
    path(
        "beteiligung/<int:number>/stellungnahme-erfassen/datei/<int:upload>/",
        uploads.check_file,
        name="check_file",
    ),
    path("beteiligung/<int:number>/stapel/", bulks.bulk_list, name="bulks"),
    path("beteiligung/<int:number>/stapel/<int:bulk>/", bulks.bulk, name="bulk"),
    path(
        "beteiligung/<int:number>/einladungen/<int:invitation>/paket.zip",
        packs.pack_of,
        name="pack_of",
    ),
    path("stellungnahme/<str:number>/", submissions.submission, name="submission"),
    path(
        "stellungnahme/<str:number>/mitunterzeichnende/",
        cosigners.add_cosigner,
        name="add_cosigner",
    ),
    path("stellungnahme/<str:number>/schwaerzen/", redactions.redact, name="redact"),
    path(
        "stellungnahme/<str:number>/schwaerzen/<int:redaction>/loeschen/",
        redactions.erase_original,
        name="erase_original",
    ),
    path("stellungnahme/<str:number>/aufteilen/", letters.split_letter, name="split_letter"),
    path(
        "stellungnahme/<str:number>/datei/<int:upload>/",
        letters.submission_file,
        name="submission_file",
    ),
    *_desk_pages(),
    path("themenspeicher/", suggestions.store, name="store"),
    path("themenspeicher/vorschlag/<str:number>/", suggestions.suggestion, name="suggestion"),
    path("themenspeicher/fuer-<int:organisation>/", suggestions.suggest_for, name="suggest_for"),
    path("vorschlagen/", suggestions.suggest, name="suggest"),
    path("vorschlagen/abgeschickt/", suggestions.suggestion_sent, name="suggestion_sent"),
    path(
        "vorschlagen/bestaetigen/<str:token>/",
        suggestions.confirm_suggestion,
        name="confirm_suggestion",
    ),
    path(
        "beteiligung/<int:number>/themenspeicher/",
        suggestions.take_suggestions,
        name="take_suggestions",
    ),
    path("neue-fassung/", rebasings.rebasing_list, name="rebasings"),
    path("anliegen/", points.point_list, name="points"),
    path("anliegen/gemeinsam/", work_table.together, name="together"),
    path("anliegen/auswahl/speichern/", work_table.save_filter, name="save_filter"),
    path("anliegen/auswahl/<int:pk>/", work_table.saved_filter, name="saved_filter"),
    path("anliegen/auswahl/<int:pk>/loeschen/", work_table.forget_filter, name="forget_filter"),
    path("ressorts-und-themen/", work_table.topics, name="topics"),
    path("ressorts-und-themen/<int:pk>/", work_table.topic_routes, name="topic_routes"),
    path("anliegen/<str:number>/votum-erbitten/", work_table.ask_advice, name="ask_advice"),
    path(
        "anliegen/<str:number>/votum-erbitten/<int:asked>/entfallen/",
        work_table.stop_asking,
        name="stop_asking",
    ),
    path("anliegen/<str:number>/", points.point, name="point"),
    path("anliegen/<str:number>/entscheiden/", decisions.decide, name="decide"),
    path("anliegen/<str:number>/wieder-oeffnen/", decisions.reopen, name="reopen"),
    path("anliegen/<str:number>/fachvotum/", decisions.advise, name="advise"),
    path("anliegen/<str:number>/anpassung/", rebasings.adjust_for, name="adjust_for"),
    path("emails-an-mich/", mail_choice.mail_choice, name="mail_choice"),
    path("textbausteine/", text_blocks.text_blocks, name="text_blocks"),
    path("textbausteine/<slug:key>/", text_blocks.text_block, name="text_block"),
    path("beteiligung/<int:number>/gruppen/", groups.point_groups, name="point_groups"),
    path("widerspruch/<int:pk>/", groups.contradiction, name="contradiction"),
    path("bezugsstellen/verwaist/", anchors.lost_anchors, name="lost_anchors"),
    path("anliegen/<str:number>/bezugsstellen/", anchors.point_anchors, name="anchors"),
    path("anliegen/<str:number>/neu-schneiden/", successions.replace_point, name="replace_point"),
]
