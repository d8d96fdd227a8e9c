"""Sending replies: one to each submitter, by mail with a link to the page and the letter, or on paper."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitplan.accounts.models import User
from mitplan.common import audit, mail
from mitplan.common.languages import in_plan_language
from mitplan.conference.models import Organisation
from mitplan.conference.permissions import require
from mitplan.participation import permissions, policies, queries
from mitplan.participation.models import Consultation, SentReply
from mitplan.participation.queries import objections, replies, sent_replies


@transaction.atomic
def send_reply(
    *,
    consultation: Consultation,
    organisation: Organisation,
    route: SentReply.Route,
    by: User,
    at: datetime,
) -> SentReply:
    """Send the reply to one submitter, or note that the letter went out; sent again, the time begins anew."""
    require(allowed=permissions.may_run_consultations(by))
    policies.CONSULTATION.require(queries.state_of(consultation, at), "reply")
    points = replies.points_for(consultation, organisation.pk)
    count = points.count()
    if not count:
        raise ValidationError(
            _("%(name)s hat kein Anliegen, auf das zu antworten wäre."),
            params={"name": organisation.name},
        )
    address = _address(consultation, organisation, route)
    sent = SentReply.objects.create(
        consultation=consultation,
        organisation=organisation,
        route=route,
        points=count,
        sent_by=by,
        sent_at=at,
        last_day=objections.last_day_to_maintain(timezone.localdate(at)),
    )
    if address:
        has_own = points.filter(submission__organisation=organisation).exists()
        _write(sent, address, has_own=has_own)
    audit.record(
        "participation.reply.sent",
        on=sent,
        by=by,
        at=at,
        consultation=consultation.number,
        organisation=organisation.pk,
        route=route,
        points=count,
        last_day=sent.last_day,
    )
    return sent


def _address(consultation: Consultation, organisation: Organisation, route: SentReply.Route) -> str:
    if route != SentReply.Route.MAIL:
        return ""
    address = sent_replies.address_for(consultation, organisation)
    if not address:
        raise ValidationError(
            _(
                "%(name)s hat keine E-Mail-Adresse. Bitte die Adresse nachtragen oder den Brief "
                "versenden und hier vermerken."
            ),
            params={"name": organisation.name},
        )
    return address


def _write(sent: SentReply, address: str, *, has_own: bool) -> None:
    """Write the mail once the reply has its key, for its link stands in the text."""
    with in_plan_language():
        title = {"title": sent.consultation.title}
        subject = (_("Antwort auf Ihre Stellungnahme: %(title)s") % title)[:200]
        body = _text(sent) if has_own else _text_to_cosigner(sent)
    sent.mail = mail.queue(to=address, subject=subject, body=body, at=sent.sent_at)
    sent.save(update_fields=["mail"])


def _text(sent: SentReply) -> str:
    link = settings.PUBLIC_URL + sent_replies.address_of(sent)
    return _(
        "Guten Tag,\n\n"
        "über alle Anliegen von %(organisation)s zu «%(title)s» ist entschieden. Zu jedem finden Sie "
        "hier die Entscheidung, den Grund und die Änderung im Text:\n%(link)s\n\n"
        "Das Schreiben als Word-Datei:\n%(letter)s\n\n"
        "Bis zum %(day)s können Sie dort jede Entscheidung annehmen oder Ihr Anliegen mit einer "
        "Begründung aufrechterhalten; es kommt dann in der nächsten Sitzung der Konferenz zur Sprache. "
        "Hören wir nichts von Ihnen, halten wir das fest; als Zustimmung gilt es nicht.\n\n"
        "Ein Konto brauchen Sie nicht. Bitte geben Sie den Link nur innerhalb Ihrer Organisation "
        "weiter.\n"
    ) % {
        "organisation": sent.organisation.name,
        "title": sent.consultation.title,
        "link": link,
        "letter": f"{link}brief.docx",
        "day": date_format(sent.last_day, "DATE_FORMAT"),
    }


def _text_to_cosigner(sent: SentReply) -> str:
    """Write to who signed only; whether decisions are accepted says who handed in."""
    link = settings.PUBLIC_URL + sent_replies.address_of(sent)
    return _(
        "Guten Tag,\n\n"
        "über die Anliegen zu «%(title)s», die %(organisation)s mitunterzeichnet hat, ist entschieden. Zu "
        "jedem finden Sie hier die Entscheidung, den Grund und die Änderung im Text:\n%(link)s\n\n"
        "Das Schreiben als Word-Datei:\n%(letter)s\n\n"
        "Annehmen oder aufrechterhalten kann die Anliegen die Organisation, die sie abgegeben hat.\n"
    ) % {
        "organisation": sent.organisation.name,
        "title": sent.consultation.title,
        "link": link,
        "letter": f"{link}brief.docx",
    }
