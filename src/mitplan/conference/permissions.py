"""Who may do what: roles, the gate before every page, and what concerns bodies and sittings."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from mitplan.accounts.models import Role, User
from mitplan.conference.models import Body, Delegation, Department, Mandate, Organisation

Visitor = User | AnonymousUser
View = Callable[..., HttpResponseBase]

EVERYONE = frozenset(Role)
STAFF = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR})


def mandates_of(user: Visitor) -> list[Mandate]:
    """Return the mandates a person holds today, the oldest first, read once per request."""
    if not isinstance(user, User):
        return []
    kept: list[Mandate] | None = user.__dict__.get("_mandates")
    if kept is None:
        today = timezone.localdate()
        related = ("organisation", "department", "body", "scope_body")
        kept = list(user.mandates.active(today).select_related(*related).order_by("pk"))
        user.__dict__["_mandates"] = kept
    return kept


def roles_of(user: Visitor) -> frozenset[Role]:
    """Return every role a person has today: visitor always, office and mandates on top."""
    if not isinstance(user, User):
        return frozenset({Role.VISITOR})
    roles = {Role.VISITOR, Role.PERSON, *(mandate.role for mandate in mandates_of(user))}
    if user.office:
        roles.add(Role(user.office))
    return frozenset(roles)


def has_role(user: Visitor, *wanted: Role) -> bool:
    """Tell whether a person has one of the roles today."""
    return not roles_of(user).isdisjoint(wanted)


def is_staff(user: Visitor) -> bool:
    """The secretariat runs the work of the conference."""
    return has_role(user, Role.SECRETARIAT)


def speaks_for(user: Visitor, organisation: Organisation) -> bool:
    """The member speaks for an organisation; a deputy while the member is absent or has delegated it.

    Who holds a mandate in one body only speaks there, and not in consultations.
    """
    own = [
        mandate
        for mandate in mandates_of(user)
        if mandate.organisation_id == organisation.pk and mandate.scope_body_id is None
    ]
    if any(mandate.kind == Mandate.Kind.MEMBER for mandate in own):
        return True
    deputies = [mandate for mandate in own if mandate.kind == Mandate.Kind.DEPUTY]
    return bool(deputies) and _stands_in(deputies, organisation)


def _stands_in(deputies: list[Mandate], organisation: Organisation) -> bool:
    """Tell whether a deputy acts today: nobody else does, or the days are on record."""
    today = timezone.localdate()
    members = Mandate.objects.filter(organisation=organisation, kind=Mandate.Kind.MEMBER)
    if not members.active(today).exists():
        return True
    days = Delegation.objects.filter(begins_on__lte=today, ends_on__gte=today)
    return days.filter(deputy__in=deputies, revoked_at__isnull=True).exists()


def belongs_to(user: Visitor, organisation: Organisation) -> bool:
    """Whoever holds a mandate of an organisation belongs to its team."""
    return any(mandate.organisation_id == organisation.pk for mandate in mandates_of(user))


def may_manage_team(user: Visitor, organisation: Organisation) -> bool:
    """Who speaks for an organisation invites colleagues and delegates; the secretariat may help."""
    return speaks_for(user, organisation) or may_edit_members(user)


def may_note_absence(user: Visitor, deputy: Mandate) -> bool:
    """That the member is absent the deputy may put on record, and whoever runs the team."""
    if isinstance(user, User) and deputy.user_id == user.pk:
        return True
    return deputy.organisation is not None and may_manage_team(user, deputy.organisation)


def works_in(user: Visitor, department: Department) -> bool:
    """Contacts and leads work in their department."""
    return any(mandate.department_id == department.pk for mandate in mandates_of(user))


def may_run_sittings(user: Visitor, body: Body) -> bool:
    """The secretariat and the chair of a body prepare its sittings and record what was resolved."""
    return is_staff(user) or any(mandate.body_id == body.pk for mandate in mandates_of(user))


def may_edit_members(user: Visitor) -> bool:
    """The secretariat keeps the list of organisations and mandates."""
    return is_staff(user)


def require(*, allowed: bool) -> None:
    """Refuse what a person may not do."""
    if not allowed:
        raise PermissionDenied


def allow(*roles: Role) -> Callable[[View], View]:
    """Let only people with one of the roles reach a page; strangers are asked to sign in.

    The roles stay readable on the view, so the permission matrix is made from the code itself.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401
            if has_role(request.user, *roles):
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            raise PermissionDenied

        guarded.roles = frozenset(roles)  # type: ignore[attr-defined]  # read by the matrix
        return guarded

    return decorate


allow_everyone = allow(*EVERYONE)
