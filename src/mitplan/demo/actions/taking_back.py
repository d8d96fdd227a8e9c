"""A submission that its organisation took back: number and address stay, its points do not count."""

from datetime import timedelta

from mitplan.conference.models import Mandate
from mitplan.demo.actions.stage import Stage
from mitplan.demo.files import structure
from mitplan.participation import actions as participation
from mitplan.participation.models import Consultation, Point
from mitplan.participation.permissions import Seat


def take_one_back(stage: Stage, consultation: Consultation) -> None:
    """Hand in one submission and withdraw it, as long as the consultation is open."""
    plot = structure("consultation-1.json")["withdrawn"]
    organisation = stage.organisations[plot["organisation"]]
    seat = Seat(organisation, None, str(Mandate.Kind.MEMBER.label))
    at = stage.at("consultation-1 opens") + timedelta(days=plot["offset_days"])
    submission = participation.begin_submission(consultation=consultation, seat=seat, at=at)
    values = participation.PointValues(kind=Point.Kind(plot["kind"]), text=plot["text"])
    participation.save_point(submission=submission, values=values, seat=seat, at=at)
    submission = participation.hand_in(submission=submission, seat=seat, at=at)
    participation.withdraw_submission(submission=submission, seat=seat, at=at + timedelta(days=1))
