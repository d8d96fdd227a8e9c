"""Which reply went to whom and whether it arrived, and the link that opens exactly this reply."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitplan.common.models import OutgoingMail
from mitplan.conference.models import Organisation
from mitplan.participation.models import Consultation, Objection, SentReply, Submission
from mitplan.participation.permissions import Seat
from mitplan.participation.queries.replies import Submitter, points_to_answer, submitters


def key_of(sent: SentReply) -> str:
    """Return the secret of the link to a reply; it is made anew, so that no copy of it is stored."""
    return salted_hmac("mitplan.sent_reply", f"{sent.pk}:{sent.sent_at.timestamp()}").hexdigest()[
        :32
    ]


def address_of(sent: SentReply) -> str:
    """Return where the submitter reads the reply and answers it."""
    return reverse("participation:reply_by_link", args=[sent.pk, key_of(sent)])


def seat_by_reply_key(pk: int, key: str) -> tuple[SentReply, Seat] | None:
    """Return the reply a link belongs to and the seat it gives, or None for a wrong link."""
    related = ("consultation__edition__plan", "organisation")
    sent = SentReply.objects.select_related(*related).filter(pk=pk).first()
    if sent is None or not hmac.compare_digest(key_of(sent), key):
        return None
    return sent, Seat(sent.organisation, None, _("Antwortlink"))


def address_for(consultation: Consultation, organisation: Organisation) -> str:
    """Return to which mail address a reply goes: the organisation's, or the one its receipt went to."""
    if organisation.email:
        return organisation.email
    found = Submission.objects.filter(
        consultation=consultation, organisation=organisation, received_at__isnull=False
    ).exclude(contact="")
    return found.order_by("-received_at").values_list("contact", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """A submitter with what was sent, whether it arrived, and what came back."""

    submitter: Submitter
    sent: Sequence[SentReply]
    delivery: tuple[str, str | Promise]
    accepted: int
    maintained: int

    @property
    def latest(self) -> SentReply | None:
        """The sending that counts."""
        return self.sent[0] if self.sent else None

    @property
    def silent(self) -> int:
        """How many of its own points it did not answer to; that is noted, and is no consent."""
        own = self.submitter.points - self.submitter.cosigned
        return own - self.accepted - self.maintained if self.sent else 0

    @property
    def is_undelivered(self) -> bool:
        """Whether the latest mail did not arrive."""
        mail = self.latest.mail if self.latest else None
        return bool(mail and mail.state in OutgoingMail.UNDELIVERED)


_DELIVERY: dict[str, tuple[str, str | Promise]] = {
    OutgoingMail.State.QUEUED: ("planned", gettext_lazy("wird versandt")),
    OutgoingMail.State.SENDING: ("planned", gettext_lazy("wird versandt")),
    OutgoingMail.State.SENT: ("submitted", gettext_lazy("versandt")),
    OutgoingMail.State.FAILED: ("withdrawn", gettext_lazy("nicht zustellbar")),
    OutgoingMail.State.BOUNCED: ("withdrawn", gettext_lazy("zurückgekommen")),
}
_NOT_SENT = ("undecided", gettext_lazy("noch nicht versandt"))
_BY_LETTER = ("submitted", gettext_lazy("als Brief versandt"))


def reply_rows(consultation: Consultation) -> list[ReplyRow]:
    """Return all submitters of a round with their replies, in three statements."""
    sent: dict[int, list[SentReply]] = {}
    for each in consultation.sent_replies.select_related("mail").order_by("-pk"):
        sent.setdefault(each.organisation_id, []).append(each)
    answers = _answers(consultation)
    return [
        ReplyRow(
            submitter,
            sent.get(submitter.pk, []),
            _delivery_of(sent.get(submitter.pk, [])),
            answers.get((submitter.pk, Objection.Stance.ACCEPTED), 0),
            answers.get((submitter.pk, Objection.Stance.MAINTAINED), 0),
        )
        for submitter in submitters(consultation)
    ]


def _delivery_of(sent: Sequence[SentReply]) -> tuple[str, str | Promise]:
    if not sent:
        return _NOT_SENT
    mail = sent[0].mail
    return _DELIVERY[mail.state] if mail else _BY_LETTER


def _answers(consultation: Consultation) -> dict[tuple[int, str], int]:
    """Count the answers to the latest decisions by organisation and stance."""
    found = points_to_answer(consultation).filter(latest_decision__objection__isnull=False)
    rows = found.order_by().values_list(
        "submission__organisation_id", "latest_decision__objection__stance"
    )
    counted: dict[tuple[int, str], int] = {}
    for organisation, stance in rows:
        counted[organisation, stance] = counted.get((organisation, stance), 0) + 1
    return counted
