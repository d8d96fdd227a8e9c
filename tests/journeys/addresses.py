"""One address of every page, filled in with things of the demonstration."""

import re
from collections.abc import Iterator

from mitplan.accounts.models import Role
from tests.journeys.site import Site
from tools.routes import Route, every_route

SEES = {
    "public": Role.VISITOR,
    "volunteer": Role.MANDATE_HOLDER,
    "department": Role.DEPARTMENT_CONTACT,
    "secretariat": Role.SECRETARIAT,
}
NOT_IN_THE_DEMONSTRATION = {
    "conference:paper_file": "no paper of the demonstration has a file",
    "conference:accept_colleague": "nobody is invited by a colleague",
    "participation:confirm_suggestion": "no suggestion waits to be confirmed",
    "participation:adjust": "there only after a newer text",
    "participation:adjust_for": "there only after a newer text",
    "participation:bulk": "no pile of letters came in",
    "participation:check_file": "no file waits",
    "participation:check_upload": "no file waits",
    "participation:contradiction": "no two points contradict each other",
    "participation:submission_file": "nothing came as a file",
    "participation:saved_filter": "nobody saved a selection yet",
    "participation:reply_by_link": "no reply was sent",
    "participation:own_letter_by_link": "no reply was sent",
    "participation:own_letter": "a file, and only once results are published",
    "web:export": "nobody asked for a file yet",
    "web:export_file": "nobody asked for a file yet",
    "web:security": "there only where an operator is named",
}
"""Routes that lead nowhere as long as nobody has done anything, and why."""
CHANGES_WITH_ROLE = {
    "conference:body",
    "conference:members",
    "conference:organisation",
    "conference:sitting",
    "participation:consultation",
    "participation:consultations",
    "participation:point",
    "participation:points",
    "participation:submission",
    "publishing:adoption",
    "publishing:audit",
    "publishing:plan",
    "web:start",
}
"""Public pages that offer more to those who are signed in."""
BESIDES = {
    "public": [
        "/anliegen/?stand=undecided&entscheidung=declined",
        "/anliegen/?suche=xyzzy",
        "/beteiligung/1/",
        "/konto/login/",
        "/konto/login/code/",
        "/konto/password/reset/",
        "/plan/musterland/fassung/1/?herkunft=1",
        "/plan/musterland/vergleich/2/3/?ansicht=spalten",
        "/projekte/?q=xyzzy",
        "/suche/?q=Sprachkurs",
        "/suche/?q=xyzzy",
        "/gibt-es-nicht/",
    ],
    "secretariat": ["/anliegen/2-002-02/", "/anliegen/2-002-03/entscheiden/"],
    "volunteer": ["/konto/logout/", "/konto/password/set/", "/beteiligung/neu/"],
}
"""Addresses that show a page from another side."""


def pages() -> Iterator[tuple[str, str]]:
    """Yield role and route of everything: once for the public, again where a role sees more."""
    for route in every_route():
        if _plain(route.name) in NOT_IN_THE_DEMONSTRATION or _is_known(route):
            continue
        for name, role in SEES.items():
            is_public = _lets_in(route, Role.VISITOR)
            differs = name == "secretariat" and route.name in CHANGES_WITH_ROLE
            if _lets_in(route, role) and (name == "public" or not is_public or differs):
                yield name, route.name


def _lets_in(route: Route, role: Role) -> bool:
    return route.roles is None or role in route.roles


def _is_known(route: Route) -> bool:
    """Tell whether the same page is walked for another seat; one page shows what that changes."""
    name = route.name.removeprefix("participation:")
    return name.endswith("_for_organisation") and name != "take_part_for_organisation"


def _plain(name: str) -> str:
    """Return the name of a route without the door by which one comes to it."""
    return name.removesuffix("_task").removesuffix("_for_organisation")


class Addresses:
    """Fills the patterns of routes with things of a loaded demonstration."""

    def __init__(self, site: Site, mail_link: str, conflict: str) -> None:
        self.site = site
        self.mail_link = mail_link
        self.conflict = conflict
        self.patterns = {route.name: _with_names(route.pattern) for route in every_route()}

    def __getitem__(self, name: str) -> str:
        pattern = self.patterns[name].replace("mitmachen/<pk>/<key>/", self.mail_link[1:])
        return re.sub(r"<(\w+)>", lambda found: str(self._value(found[1], name)), pattern)

    def _value(self, argument: str, name: str) -> object:
        room, _, page = _plain(name).partition(":")
        if page == "settle" and argument == "key":
            return self.conflict
        question = QUESTIONS.get(f"{page}.{argument}") or QUESTIONS.get(f"{room}.{argument}")
        return self.site.value(question or QUESTIONS.get(argument, "SELECT 1"))


def _with_names(pattern: str) -> str:
    """Return a pattern in which every argument is a name in angle brackets."""
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", pattern)
    plain = re.sub(r"<\w+:(\w+)>", r"<\1>", plain)
    return re.sub(r"[\^$\\]", "", plain)


QUESTIONS = {
    "slug": "SELECT 'musterland'",
    "ending": "SELECT 'json'",
    "edition_origins.ending": "SELECT 'csv'",
    "edition_owners.ending": "SELECT 'csv'",
    "synopsis_file.ending": "SELECT 'docx'",
    "reply_letter.organisation": "SELECT organisation_id FROM participation_submission"
    " WHERE number LIKE '2-%' ORDER BY number LIMIT 1",
    "organisation": "SELECT mandate.organisation_id FROM conference_mandate AS mandate"
    " JOIN accounts_user AS user ON user.id = mandate.user_id"
    " WHERE user.email = 'ehrenamt@demonstration.example' AND mandate.kind = 'deputy'",
    "key": "SELECT key FROM participation_textblock ORDER BY key LIMIT 1",
    "old": "SELECT 2",
    "new": "SELECT 3",
    "goal.code": "SELECT 'Z2'",
    "measure.code": "SELECT 'M1'",
    "indicator.code": "SELECT code FROM monitoring_indicator ORDER BY code LIMIT 1",
    "tour_step.number": "SELECT 2",
    "passage.number": "SELECT passage.number FROM participation_point AS point"
    " JOIN plan_passage AS passage ON passage.id = point.passage_id"
    " WHERE point.number = '1-001-01'",
    "edit_passage.number": "SELECT 10",
    "point.number": "SELECT '1-001-01'",
    "decide.number": "SELECT number FROM participation_point"
    " WHERE number > '2' AND latest_decision_id IS NULL ORDER BY number LIMIT 1",
    "anchors.number": "SELECT '2-002-02'",
    "replace_point.number": "SELECT number FROM participation_point"
    " WHERE number > '2' AND latest_decision_id IS NULL ORDER BY number LIMIT 1",
    "answer_request.wish": "SELECT min(id) FROM participation_extensionrequest WHERE"
    " consultation_id = (SELECT id FROM participation_consultation WHERE number = 2)",
    "suggestion.number": "SELECT min(number) FROM participation_suggestion",
    "submission.number": "SELECT '1-001'",
    "split_letter.number": "SELECT '1-001'",
    "pack.file": "SELECT 'plan.docx'",
    "pack_of.invitation": "SELECT min(id) FROM participation_invitation WHERE consultation_id ="
    " (SELECT id FROM participation_consultation WHERE number = 2)",
    "publishing.number": "SELECT 3",
    "result.number": "SELECT 1",
    "result_points.number": "SELECT 1",
    "treatment.number": "SELECT 1",
    "participation.number": "SELECT 2",
    "carry_points.number": "SELECT max(number) FROM participation_consultation",
    "redact.number": "SELECT '1-001'",
    "topic_routes.pk": "SELECT id FROM plan_fieldofaction WHERE plan_id IS NOT NULL LIMIT 1",
    "declare_interests.pk": "SELECT mandate.organisation_id FROM conference_mandate AS mandate"
    " JOIN accounts_user AS user ON user.id = mandate.user_id"
    " WHERE user.email = 'ehrenamt@demonstration.example' AND mandate.kind = 'deputy'",
    "project.pk": "SELECT id FROM projects_project ORDER BY id LIMIT 1",
    "body.pk": "SELECT body_id FROM conference_term LIMIT 1",
    "edit_body.pk": "SELECT body_id FROM conference_term LIMIT 1",
    "new_term.pk": "SELECT body_id FROM conference_term LIMIT 1",
    "new_chair.pk": "SELECT body_id FROM conference_term LIMIT 1",
    "new_sitting.pk": "SELECT body_id FROM conference_term LIMIT 1",
    "organisation.pk": "SELECT organisation_id FROM conference_mandate"
    " WHERE organisation_id IS NOT NULL LIMIT 1",
    "team.pk": "SELECT mandate.organisation_id FROM conference_mandate AS mandate"
    " JOIN accounts_user AS user ON user.id = mandate.user_id"
    " WHERE user.email = 'ehrenamt@demonstration.example' AND mandate.kind = 'deputy'",
    "edit_organisation.pk": "SELECT min(id) FROM conference_organisation",
    "appoint.pk": "SELECT min(id) FROM conference_organisation",
    "new_mandate.pk": "SELECT min(id) FROM conference_organisation",
    "new_contact.pk": "SELECT min(id) FROM conference_department",
    "end_mandate.pk": "SELECT min(id) FROM conference_mandate",
    "sitting.pk": "SELECT sitting_id FROM conference_agendaitem LIMIT 1",
    "edit_sitting.pk": "SELECT sitting_id FROM conference_agendaitem LIMIT 1",
    "new_agenda_item.pk": "SELECT sitting_id FROM conference_agendaitem LIMIT 1",
    "pk": "SELECT id FROM conference_agendaitem LIMIT 1",
}
"""Where to find the thing that an argument names, the narrowest key first; a 1 for what is not named."""
