"""How organisations hand in: by their link, by letter, as a file, late, twice, or not at all."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mitplan.accounts.models import User
from mitplan.conference.models import Mandate, Organisation
from mitplan.demo.simulation.cast import Cast
from mitplan.demo.simulation.ledger import Written, written
from mitplan.demo.simulation.writing import Author
from mitplan.formats import docx
from mitplan.formats.plaintext import plain_passages
from mitplan.participation import actions, queries
from mitplan.participation.models import Consultation, Submission, Upload
from mitplan.participation.permissions import Seat, drafting_seat_of, seat_of
from mitplan.participation.queries.uploads import examine

LATE, DRAFT, NOTHING, BY_HAND, AS_LETTER, AS_FILE = 0.04, 0.04, 0.05, 0.15, 0.1, 0.08
WITHDRAWN = 0.04
ROUTES = (Submission.Route.MAIL, Submission.Route.LETTER, Submission.Route.SPOKEN)


@dataclass
class Hands:
    """Those who hand in during one round."""

    cast: Cast
    consultation: Consultation
    author: Author
    opened: datetime
    last_moment: datetime
    too_late: list[Organisation] = field(default_factory=list)

    def take_part(self, organisation: Organisation) -> None:
        """Let one organisation take part in its own way, chosen by chance."""
        ways = {
            self._late: LATE,
            self._leave_a_draft: DRAFT,
            self._say_nothing: NOTHING,
            self._by_hand: BY_HAND,
            self._as_letter: AS_LETTER,
            self._as_file: AS_FILE,
        }
        shares = (*ways.values(), 1 - sum(ways.values()))
        way = self.cast.writer.dice.choices((*ways, self._online), shares)[0]
        way(organisation)

    def moment(self) -> datetime:
        """Return a moment while the round is open; nearly half of all come on the last day."""
        if self.cast.chance(0.4):
            return self.last_moment - timedelta(seconds=self.cast.writer.dice.randint(0, 36_000))
        span = int((self.last_moment - self.opened).total_seconds())
        return self.opened + timedelta(seconds=self.cast.writer.dice.randint(60, span - 60))

    def seat(self, organisation: Organisation) -> Seat:
        """Return the seat that the link of the invitation gives, or that of the member."""
        invitation = self.consultation.invitations.get(organisation=organisation)
        found = queries.seat_by_key(invitation.pk, invitation.key)
        if found is None or self.cast.chance(0.3):
            return seat_of(self._person(organisation, Mandate.Kind.MEMBER), organisation)
        return found[1]

    def _person(self, organisation: Organisation, kind: Mandate.Kind) -> User:
        return organisation.mandates.select_related("user").filter(kind=kind)[0].user

    def _drafted(
        self, organisation: Organisation, at: datetime
    ) -> tuple[Submission, list[Written]]:
        seat = self.seat(organisation)
        if organisation.mandates.filter(kind=Mandate.Kind.CONTRIBUTOR).exists():
            person = self._person(organisation, Mandate.Kind.CONTRIBUTOR)
            seat = drafting_seat_of(person, organisation)
        draft = actions.begin_submission(consultation=self.consultation, seat=seat, at=at)
        points = self.author.points()
        for values in points:
            actions.save_point(submission=draft, values=values, seat=seat, at=at)
        return draft, [written(each) for each in points]

    def _online(self, organisation: Organisation) -> None:
        at = self.moment()
        draft, points = self._drafted(organisation, at)
        seat = self.seat(organisation)
        if self.cast.chance(0.1):
            first = draft.points.order_by("position")[0]
            actions.remove_point(point=first, seat=seat, at=at)
            points = points[1:]
        submission = actions.hand_in(submission=draft, seat=seat, at=at, has_no_remarks=not points)
        self.cast.ledger.handed_in(submission, points)
        if self.cast.chance(WITHDRAWN):
            self._withdraw(submission, seat, at + timedelta(minutes=1))

    def _withdraw(self, submission: Submission, seat: Seat, at: datetime) -> None:
        actions.withdraw_submission(submission=submission, seat=seat, at=at)
        self.cast.ledger.withdrawn.add(str(submission.number))

    def _leave_a_draft(self, organisation: Organisation) -> None:
        """Miss the deadline with a draft; later the same organisation sends a letter."""
        draft, points = self._drafted(organisation, self.moment())
        self.cast.ledger.drafts[draft.pk] = points
        self.too_late.append(organisation)

    def send_letters_instead(self) -> None:
        """Send by post what was not handed in in time; it counts as late, and the draft stays."""
        for organisation in self.too_late:
            self._late(organisation)

    def _say_nothing(self, organisation: Organisation) -> None:
        at, seat = self.moment(), self.seat(organisation)
        draft = actions.begin_submission(consultation=self.consultation, seat=seat, at=at)
        submission = actions.hand_in(submission=draft, seat=seat, at=at, has_no_remarks=True)
        self.cast.ledger.handed_in(submission, [])

    def _by_hand(self, organisation: Organisation) -> None:
        self._record(organisation, self.moment())

    def _late(self, organisation: Organisation) -> None:
        minutes = self.cast.writer.dice.randint(1, 60 * 24 * 5)
        self._record(organisation, self.last_moment + timedelta(minutes=minutes))

    def _record(self, organisation: Organisation, at: datetime) -> None:
        points, letter = self.author.points(), self.cast.writer.sentence()
        submission = self._recorded(organisation, letter, points, at)
        self.cast.ledger.handed_in(submission, [written(each) for each in points], letter)

    def _recorded(
        self,
        organisation: Organisation,
        letter: str,
        points: list[actions.PointValues],
        at: datetime,
    ) -> Submission:
        return actions.record_submission(
            consultation=self.consultation,
            organisation=organisation,
            route=self.cast.writer.dice.choice(ROUTES),
            letter=letter,
            points=points,
            by=self.cast.secretary,
            at=at,
        )

    def _as_letter(self, organisation: Organisation) -> None:
        letter = self.author.letter()
        submission = self._recorded(organisation, letter, [], self.moment())
        self.cast.ledger.handed_in(submission, [], letter)

    def _as_file(self, organisation: Organisation) -> None:
        """Send the same file twice; it is taken in once."""
        at, letter = self.moment(), self.author.letter()
        name, data = self._file(letter)
        seat = seat_of(self.cast.secretary, organisation)
        upload, again = (self._kept(name, data, seat, at) for _ in range(2))
        if upload.pk != again.pk:
            self.cast.ledger.breaches.append(f"{name} wurde zweimal aufbewahrt.")
        keys = [examine(self.consultation, name, data).letter_key]
        route = Submission.Route.MAIL
        submission = actions.record_upload(
            upload=upload, keys=keys, route=route, by=self.cast.secretary, at=at
        )
        self.cast.ledger.handed_in(submission, [], letter)
        later = self._kept(name, data, seat, at)
        self.cast.ledger.refused(
            "dieselbe Datei noch einmal übernehmen",
            lambda: actions.record_upload(
                upload=later, keys=keys, route=route, by=self.cast.secretary, at=at
            ),
        )

    def _file(self, letter: str) -> tuple[str, bytes]:
        if self.cast.chance(0.5):
            return "stellungnahme.txt", letter.encode()
        return "stellungnahme.docx", docx.write(plain_passages(letter), "Stellungnahme")

    def _kept(self, name: str, data: bytes, seat: Seat, at: datetime) -> Upload:
        return actions.keep_upload(
            consultation=self.consultation, name=name, data=data, seat=seat, at=at
        )
