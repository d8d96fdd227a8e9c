"""The place at which somebody takes part, reached by a mail link or by a mandate."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from mitplan.accounts.models import Role, User
from mitplan.conference.models import Organisation
from mitplan.conference.permissions import allow, allow_everyone, mandates_of, speaks_for
from mitplan.participation import actions, queries
from mitplan.participation.models import Consultation, Point, Submission
from mitplan.participation.permissions import Seat, drafting_seat_of
from mitplan.participation.policies import ConsultationState
from mitplan.participation.queries import drafts, sent_replies
from mitplan.ui.values import Link

DeskView = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Desk:
    """A seat in a consultation, and the address under which its pages stand."""

    consultation: Consultation
    seat: Seat
    base: str
    others: tuple[Link, ...] = ()
    """The same page for the other organisations this person writes for."""

    @cached_property
    def _own(self) -> drafts.Own:
        return drafts.own_submissions(self.consultation, self.seat.organisation)

    @property
    def draft(self) -> Submission | None:
        """What the organisation is writing."""
        return self._own.draft

    @property
    def handed_in(self) -> Submission | None:
        """What the organisation has handed in."""
        return self._own.handed_in

    def looks_again(self) -> None:
        """Forget what was read before something was written."""
        self.__dict__.pop("_own", None)

    @cached_property
    def is_open(self) -> bool:
        """Whether one can still write; what acts on it reads the days again, and locked."""
        prefetch_related_objects([self.consultation], "audiences")
        now = timezone.now()
        state = queries.state_for(self.consultation, self.seat.organisation, now)
        return state == ConsultationState.OPEN

    def address(self, page: str = "") -> str:
        """Return the address of one of the pages here."""
        return f"{self.base}{page}"


@dataclass(frozen=True)
class Written:
    """What the organisation has written so far."""

    points: list[Point]
    unremarked: set[int]

    @property
    def topics(self) -> list[Point]:
        """Topics that stand at no passage."""
        return [point for point in self.points if not point.passage_id and not point.question_id]

    @property
    def answers(self) -> dict[int, str]:
        """Answers by question."""
        return {point.question_id: point.text for point in self.points if point.question_id}

    @property
    def remarks(self) -> list[Point]:
        """What stands at passages."""
        return [point for point in self.points if point.passage_id and not point.question_id]

    def proposal(self, pk: int | None) -> Point | None:
        """The point with a proposal that more passages are collected for."""
        return next((each for each in self.remarks if each.pk == pk and each.proposal), None)


def written_at(desk: Desk) -> Written:
    """Return what was written at a desk so far."""
    if desk.draft is None:
        return Written([], set())
    return Written(drafts.points_in(desk.draft), drafts.no_remarks_of(desk.draft))


def by_link(view: DeskView) -> DeskView:
    """Let a person in who holds the link of an invitation; a wrong link is explained."""

    @wraps(view)
    def entered(request: HttpRequest, pk: int, key: str, **rest: Any) -> HttpResponseBase:  # noqa: ANN401
        found = queries.seat_by_key(pk, key)
        if found is None:
            return render(request, "participation/wrong_link.html", status=404)
        invitation, seat = found
        if invitation.first_opened_at is None:
            actions.note_first_opening(invitation=invitation, at=timezone.now())
        base = reverse("participation:task", args=[pk, key])
        return view(request, Desk(invitation.consultation, seat, base), **rest)

    return allow_everyone(never_cache(entered))


def by_reply_link(view: DeskView) -> DeskView:
    """Let a person in who holds the link of a reply; it opens this reply and nothing else."""

    @wraps(view)
    def entered(request: HttpRequest, pk: int, key: str, **rest: Any) -> HttpResponseBase:  # noqa: ANN401
        found = sent_replies.seat_by_reply_key(pk, key)
        if found is None:
            return render(request, "participation/wrong_link.html", status=404)
        sent, seat = found
        base = reverse("participation:reply_by_link", args=[pk, key])
        return view(request, Desk(sent.consultation, seat, base), **rest)

    return allow_everyone(never_cache(entered))


def by_mandate(view: DeskView) -> DeskView:
    """Let a person in who speaks or drafts for an organisation."""

    @wraps(view)
    def entered(
        request: HttpRequest,
        number: int,
        organisation: int | None = None,
        **rest: Any,  # noqa: ANN401
    ) -> HttpResponseBase:
        related = Consultation.objects.select_related("edition__plan").prefetch_related("audiences")
        consultation = related.filter(number=number, opened_at__isnull=False).first()
        if consultation is None:
            raise Http404
        if not isinstance(request.user, User):
            raise PermissionDenied
        wanted = request.GET.get("organisation", "")
        if organisation is None and wanted.isdecimal():
            return redirect("participation:take_part_for_organisation", number, int(wanted))
        seat = drafting_seat_of(request.user, _chosen(request.user, organisation))
        desk = Desk(consultation, seat, *_addresses(number, organisation, seat))
        return view(request, desk, **rest)

    return allow(Role.MANDATE_HOLDER, Role.CONTRIBUTOR)(never_cache(entered))


def _addresses(number: int, organisation: int | None, seat: Seat) -> tuple[str, tuple[Link, ...]]:
    """Return where the pages of this desk stand, and where those for other organisations do."""
    mine = _organisations_of(seat.user) if seat.user else []
    name = "participation:take_part_for_organisation"
    others = tuple(
        Link(each.name, reverse(name, args=[number, each.pk]))
        for each in mine
        if each != seat.organisation
    )
    if organisation is None:
        return reverse("participation:take_part", args=[number]), others
    return reverse(name, args=[number, organisation]), others


def _organisations_of(user: User) -> list[Organisation]:
    """Return the organisations a person writes for, each once, by name."""
    found = {each.organisation for each in mandates_of(user) if each.organisation}
    return sorted(found, key=lambda each: each.name)


def _chosen(user: User, wanted: int | None) -> Organisation:
    """Return the organisation that was chosen, or else whom a person speaks or drafts for."""
    organisations = [each.organisation for each in mandates_of(user) if each.organisation]
    if wanted is not None:
        organisations = [each for each in organisations if each.pk == wanted]
    if not organisations:
        raise PermissionDenied
    return next((each for each in organisations if speaks_for(user, each)), organisations[0])
