"""How allauth behaves in this house."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone

from mitplan.common import mail


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 – allauth's signature
        """Accounts come with an office or a mandate; suggestions need none."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """Leave a subject as it is written."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail, so that signing in never waits for a mail server, nor fails with it."""
        written = self.render_mail(template_prefix, email, context)
        mail.queue(to=email, subject=written.subject, body=written.body, at=timezone.now())
