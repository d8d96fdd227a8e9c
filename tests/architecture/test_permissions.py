"""Every route as every role: who may, does; who may not, is asked to sign in or refused."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.base import Template
from django.test import Client
from django.utils import timezone

from mitplan.accounts.models import Role
from mitplan.common.models import Export, OutgoingMail
from mitplan.conference import actions as conference
from mitplan.conference.models import AgendaItem, Mandate, Paper
from mitplan.monitoring.models import Indicator
from mitplan.participation import actions as participation
from mitplan.participation.models import Bulk, Invitation, Redaction, SentReply, TextBlock
from mitplan.participation.queries import sent_replies
from mitplan.participation.queries.suggestions import key_of
from mitplan.plan.actions import release_edition
from mitplan.plan.models import FieldOfAction
from mitplan.projects.models import Project
from tests import factories
from tools.routes import every_route

pytestmark = pytest.mark.django_db

ROUTES = every_route()
REFUSED, ASKED_TO_SIGN_IN, NOT_FOR_READING = 403, 302, 405


SEE_THE_PAGES = {Role.VISITOR, Role.MANDATE_HOLDER, Role.SECRETARIAT}
"""For the others only the answer counts; the journeys look at what each role sees."""
ENDINGS = {"/text.": "json", "/synopse.": "docx"}
CODES = {"/ziele/": "Z1", "/massnahmen/": "M1", "/indikatoren/": "DEMO"}


class World:
    """One object of every kind that an address can name; drafts and invitations are a stranger's."""

    def __init__(self):
        self.secretary = factories.make_secretary()
        self.edition = factories.make_edition()
        self.plan = self.edition.plan
        release_edition(edition=self.edition, by=self.secretary, at=factories.LONG_AGO)
        self.newer = factories.make_edition(self.plan, factories.long_text(1), title="Neue Fassung")
        release_edition(edition=self.newer, by=self.secretary, at=factories.LONG_AGO)
        self.passage = factories.passage_of(self.newer, "Sprachkurse")
        today = timezone.localdate()
        self.consultation = factories.make_consultation(
            self.newer,
            opens_on=today - timedelta(days=2),
            closes_on=today + timedelta(days=400),
        )
        self.prepared = factories.make_consultation(self.newer, opened=False)
        self.stranger = factories.make_organisation()
        seat = factories.make_seat(self.stranger)
        self.draft = participation.begin_submission(
            consultation=self.consultation, seat=seat, at=timezone.now()
        )
        self.draft_point = participation.save_point(
            submission=self.draft,
            values=factories.amendment_values(self.newer),
            seat=seat,
            at=timezone.now(),
        )
        self.submission = factories.make_submission(self.consultation, at=timezone.now())
        self.point = self.submission.points.get()
        self.invitation = participation.invite(
            consultation=self.consultation,
            organisations=[self.stranger],
            route=Invitation.Route.HAND,
            by=self.secretary,
            at=timezone.now(),
        )[0]
        self.upload = participation.keep_upload(
            consultation=self.consultation,
            name="brief.txt",
            data=b"Wir haben eine Bitte.",
            seat=seat,
            at=timezone.now(),
        )
        self.wish = participation.request_extension(
            consultation=self.consultation,
            seat=seat,
            wished_until=date(2100, 1, 1),
            reason="Mehr Zeit.",
            contact="",
            at=timezone.now(),
        )
        self.suggestion = participation.hand_in_suggestion(
            values=participation.SuggestionValues(self.plan, "Mehr Busse."),
            seat=seat,
            at=timezone.now(),
        )
        self.bulk = Bulk.objects.create(
            consultation=self.consultation,
            name="briefe.zip",
            by=self.secretary,
            begun_at=timezone.now(),
        )
        self.sitting = factories.make_sitting()
        self.item = AgendaItem.objects.create(
            sitting=self.sitting, number=1, title="Plan", role=AgendaItem.Role.DECISION
        )
        self.paper = Paper.objects.create(
            agenda_item=self.item, title="Vorlage", sent_on=today, file=ContentFile(b"x", "v.pdf")
        )
        self.department = factories.make_department()
        self.mandate = factories.make_mandate(Mandate.Kind.MEMBER, organisation=self.stranger)
        deputy = factories.make_mandate(Mandate.Kind.DEPUTY, organisation=self.stranger)
        self.delegation = conference.delegate(
            deputy=deputy,
            begins_on=today,
            ends_on=today,
            by=self.mandate.user,
            at=timezone.now(),
        )
        self.colleague = conference.invite_colleague(
            organisation=self.stranger,
            kind=Mandate.Kind.CONTRIBUTOR,
            email="kollegin@example.org",
            by=self.mandate.user,
            at=timezone.now(),
        )
        self.mail = OutgoingMail.objects.create(
            to="a@example.org",
            subject="Einladung",
            body="Text",
            state=OutgoingMail.State.FAILED,
            queued_at=timezone.now(),
        )
        self.export = Export.objects.create(
            kind="probe",
            title="Datei",
            filename="datei.docx",
            language="de",
            asked_by=self.secretary,
            asked_at=timezone.now(),
            moved_at=timezone.now(),
        )
        self.origin = self.plan.origins.earliest("pk")
        self.project = Project.objects.create(name="Projekt", carrier="Verein", level="Land")
        self.indicator = Indicator.objects.create(code="DEMO", name="Indikator")
        self.block = TextBlock.objects.create(
            key="haushalt", title="Haushalt", outcome="declined", sentence="Keine Mittel."
        )

        self._add_the_work_after_decisions()

    def _add_the_work_after_decisions(self):
        today = timezone.localdate()
        self.reply = SentReply.objects.create(
            consultation=self.consultation,
            organisation=self.stranger,
            route=SentReply.Route.LETTER,
            points=1,
            sent_by=self.secretary,
            sent_at=timezone.now(),
            last_day=today,
        )
        self.kept = participation.save_filter(
            name="Offene",
            query="stand=undecided",
            is_shared=True,
            by=self.secretary,
            at=timezone.now(),
        )
        self.topic = FieldOfAction.objects.filter(plan=self.plan).first()
        self.asked = participation.ask_advice(
            point=self.point,
            department=self.department,
            due_on=today,
            by=self.secretary,
            at=timezone.now(),
        )
        self.redaction = Redaction.objects.create(
            submission=self.submission,
            part=Redaction.Part.LETTER,
            ground=Redaction.Ground.PERSONAL,
            reason="Nennt jemanden.",
            redacted_by=self.secretary,
            redacted_as="Geschäftsstelle",
            redacted_at=timezone.now(),
        )

    def arguments(self, route):
        """Return the address of a route with this world's objects filled in."""
        pattern = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route.pattern)
        pattern = pattern.replace("^", "").replace("$", "").replace("\\", "")
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: self._value(found[1], pattern), pattern)

    def _value(self, name, pattern):
        values = {
            "slug": self.plan.slug,
            "key": self._key(pattern),
            "old": self.edition.number,
            "new": self.newer.number,
            "ending": next((end for part, end in ENDINGS.items() if part in pattern), "csv"),
            "code": next((code for part, code in CODES.items() if part in pattern), ""),
            "step": 1,
            "passage": self.passage.number,
            "point": self.draft_point.pk,
            "invitation": self.invitation.pk,
            "upload": self.upload.pk,
            "bulk": self.bulk.pk,
            "wish": self.wish.pk,
            "token": key_of(self.suggestion),
            "file": "plan.docx",
            "asked": self.asked.pk,
            "redaction": self.redaction.pk,
            "origin": self.origin.pk,
            "organisation": self.submission.organisation_id,
        }
        if name in values:
            return str(values[name])
        return str(next(value for part, value in self._objects() if part in pattern))

    def _key(self, pattern):
        if pattern.startswith("/antwort/"):
            return sent_replies.key_of(self.reply)
        if "textbausteine" in pattern:
            return self.block.key
        return self.colleague.key if "/einladung/" in pattern else self.invitation.key

    def _objects(self):
        return [
            ("/antwort/<int:pk>", self.reply.pk),
            ("/top/<int:pk>/anliegen/", self.item.pk),
            ("/auswahl/", self.kept.pk),
            ("/ressorts-und-themen/", self.topic.pk),
            ("/personen/", self.secretary.pk),
            ("/vorschlag/", self.suggestion.number),
            ("/textstelle/", self.passage.number),
            ("/fassung/", self.newer.number),
            ("/eroeffnen/", self.prepared.number),
            ("/ergebnis/", self.consultation.number),
            ("/beteiligung/", self.consultation.number),
            ("/mitmachen/", self.invitation.pk),
            ("/stellungnahme/", self.submission.number),
            ("/anliegen/", self.point.number),
            ("/gremien/", self.sitting.body_id),
            ("/organisationen/", self.stranger.pk),
            ("/sitzungen/", self.sitting.pk),
            ("/top/", self.item.pk),
            ("/vorlagen/", self.paper.pk),
            ("/mandate/", self.mandate.pk),
            ("/vertretung/", self.delegation.pk),
            ("/einladung/", self.colleague.pk),
            ("/ressorts/", self.department.pk),
            ("/nicht-zugestellt/", self.mail.pk),
            ("/dateien/", self.export.pk),
            ("/projekte/", self.project.pk),
            ("/indikatoren/", self.indicator.code),
            ("/tour/", 1),
            ("/widerspruch/", 1),
        ]


def person_with(role, world):
    """Return somebody with a role; who holds a mandate holds it for another organisation or department."""
    make = {
        Role.VISITOR: lambda: None,
        Role.PERSON: factories.make_user,
        Role.CONTRIBUTOR: lambda: (
            factories.make_mandate(
                Mandate.Kind.CONTRIBUTOR, organisation=factories.make_organisation()
            ).user
        ),
        Role.MANDATE_HOLDER: factories.make_member,
        Role.DEPARTMENT_CONTACT: factories.make_department_contact,
        Role.DEPARTMENT_LEAD: lambda: (
            factories.make_mandate(
                Mandate.Kind.DEPARTMENT_LEAD, department=factories.make_department()
            ).user
        ),
        Role.SECRETARIAT: factories.make_secretary,
        Role.CHAIR: lambda: (
            factories.make_mandate(Mandate.Kind.CHAIR, body=world.sitting.body).user
        ),
    }
    return make.get(role, lambda: factories.make_user(role))()


def answer(client, address):
    """Ask for a page; where it takes only what is sent, send nothing. Whatever happens is undone."""
    with transaction.atomic():
        response = client.get(address)
        if response.status_code == NOT_FOR_READING:
            response = client.post(address)
        transaction.set_rollback(True)
    return response


def test_every_view_of_a_room_says_who_may_reach_it():
    silent = [route.name for route in ROUTES if route.roles is None and route.name[:3] != "ui:"]

    assert silent == []


@pytest.mark.parametrize("role", Role)
def test_every_route_lets_in_exactly_the_roles_it_names(role, monkeypatch):
    if role not in SEE_THE_PAGES:
        monkeypatch.setattr(Template, "render", lambda *_: "")
    world = World()
    client = Client()
    if person := person_with(role, world):
        client.force_login(person)
    wrong: list[str] = []
    for route in ROUTES:
        response = answer(client, world.arguments(route))
        allowed = route.roles is None or role in route.roles
        signs_in = response.status_code == ASKED_TO_SIGN_IN and "/konto/" in response["Location"]
        turned_away = response.status_code == REFUSED or signs_in
        if (turned_away and allowed and not may_miss(route)) or (not turned_away and not allowed):
            wrong.append(f"{route.name} {response.status_code}")
        if response.status_code >= 500 or (response.status_code == 404 and not may_miss(route)):
            wrong.append(f"{route.name} {response.status_code}")

    assert not wrong, "\n".join(wrong)


def is_about_a_foreign_object(route):
    """The world's drafts are a stranger's: nobody but the holder of the link may open them."""
    return route.name.startswith("participation:") and "mitmachen" in route.pattern


MAY_MISS = {
    "conference:declare_interests": "belongs to the organisation",
    "participation:forget_filter": "belongs to whoever saved it",
    "participation:own_letter_by_link": "only once results are published",
    "participation:erase_original": "erased once",
    "conference:revoke_colleague": "belongs to the organisation that invited",
    "conference:revoke_delegation": "belongs to the organisation of the deputy",
    "conference:team": "belongs to the organisation",
    "participation:suggest_for": "belongs to the organisation",
    "participation:adjust_for": "only once the text has moved on",
    "publishing:after_participation": "only an adopted edition has it",
    "publishing:result_points": "only once results are published",
    "publishing:treatment": "only once results are published, save for the secretariat",
    "participation:contradiction": "only where somebody linked two points",
    "participation:point": "public only after the last day",
    "participation:split_letter": "only a letter can be split",
    "participation:submission": "public only after the last day",
    "participation:submission_file": "only what came as a file has one",
    "publishing:settle": "there is no conflict to settle",
    "web:export": "belongs to whoever asked for it",
    "web:export_file": "belongs to whoever asked for it",
    "web:security": "only where the operator names a contact",
    "web:new_plan": "only while there is nobody yet",
}


def may_miss(route):
    """Tell whether an address rightly does not exist in this world."""
    return (
        route.name in MAY_MISS or route.name.startswith("demo:") or is_about_a_foreign_object(route)
    )
