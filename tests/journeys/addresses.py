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
NO_PAGES = {
    "conference:paper_file": "a file",
    "demo:switch_role": "an act",
    "participation:add_topic": "an act",
    "participation:advise": "an act; its form stands on the page of the decision",
    "participation:answer": "an act",
    "participation:insertion": "a part of the writing page",
    "participation:no_remark": "a part of the writing page",
    "participation:remark": "a part of the writing page",
    "participation:remove": "an act",
    "participation:reopen": "an act",
    "participation:send_again": "an act",
    "participation:topic": "an act",
    "participation:withdraw": "an act",
    "publishing:edition_file": "a file",
    "publishing:edition_origins": "a file",
    "publishing:recompute": "a file",
    "publishing:result_points": "a file",
    "publishing:settle": "an act; its form stands in the draft",
    "publishing:take_back": "an act",
    "ui:switch_language": "an act",
    "web:health": "for machines",
    "web:ready": "for machines",
    "web:robots": "for machines",
    "web:security": "for machines",
    "web:send_again": "an act",
}
"""Routes that answer with something else than a page, and with what."""
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
    "volunteer": ["/konto/logout/", "/konto/password/set/", "/beteiligung/neu/"],
}
"""Addresses that show a page from another side."""


def _is_page(route: Route) -> bool:
    return route.name.removesuffix("_task") not in NO_PAGES


def _is_seen_by(route: Route, role: Role) -> bool:
    return route.roles is None or role in route.roles


def pages() -> Iterator[tuple[str, str]]:
    """Yield role and route of every page: once for the public, again where a role sees more."""
    for route in filter(_is_page, every_route()):
        for name, role in SEES.items():
            is_public = _is_seen_by(route, Role.VISITOR)
            if _is_seen_by(route, role) and (
                name == "public" or not is_public or _differs(route, name)
            ):
                yield name, route.name


def _differs(route: Route, role: str) -> bool:
    return role == "secretariat" and route.name in CHANGES_WITH_ROLE


class Addresses:
    """Fills the patterns of routes with things of a loaded demonstration."""

    def __init__(self, site: Site, mail_link: str) -> None:
        self.site = site
        self.mail_link = mail_link
        self.patterns = {route.name: route.pattern for route in every_route()}

    def __getitem__(self, name: str) -> str:
        if name.endswith("task"):
            return self.mail_link + self.patterns[name].partition("<str:key>/")[2]
        fill = lambda found: str(self._value(found[1], name))  # noqa: E731 – one place, one line
        return re.sub(r"<(?:\w+:)?(\w+)>", fill, self.patterns[name])

    def _value(self, argument: str, name: str) -> object:
        room, _, page = name.partition(":")
        question = QUESTIONS.get(f"{page}.{argument}") or QUESTIONS.get(f"{room}.{argument}")
        return self.site.value(question or QUESTIONS[argument])


QUESTIONS = {
    "slug": "SELECT 'musterland'",
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
    "submission.number": "SELECT '1-001'",
    "publishing.number": "SELECT 3",
    "result.number": "SELECT 1",
    "participation.number": "SELECT 2",
    "project.pk": "SELECT id FROM projects_project ORDER BY id LIMIT 1",
    "body.pk": "SELECT body_id FROM conference_term LIMIT 1",
    "edit_body.pk": "SELECT body_id FROM conference_term LIMIT 1",
    "new_term.pk": "SELECT body_id FROM conference_term LIMIT 1",
    "new_chair.pk": "SELECT body_id FROM conference_term LIMIT 1",
    "new_sitting.pk": "SELECT body_id FROM conference_term LIMIT 1",
    "organisation.pk": "SELECT organisation_id FROM conference_mandate"
    " WHERE organisation_id IS NOT NULL LIMIT 1",
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
"""Where to find the thing that an argument of an address names, the narrowest key first."""
