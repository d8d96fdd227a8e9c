"""`mitplan consult`: open a consultation, invite to it, publish what became of it."""

import argparse
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from mitplan.conference.models import Organisation
from mitplan.core.workdays import closing_day
from mitplan.participation import actions
from mitplan.participation.models import Audience, Consultation, Invitation
from mitplan.web.commands import decisions
from mitplan.web.commands.finding import consultation_numbered, edition_numbered, plan_named
from mitplan.web.commands.persons import system_user
from mitplan.web.commands.reporting import DRY_RUN, add_dry_run, add_json, report


def register(groups: Any) -> None:  # noqa: ANN401 – argparse's private class
    """Add the commands about consultations."""
    group = groups.add_parser("consult", help="Beteiligung eröffnen, entscheiden, veröffentlichen")
    commands = group.add_subparsers(required=True, metavar="BEFEHL")
    _register_open(commands)
    _register_invite(commands)
    decisions.register(commands)
    _register_publish(commands)


def _register_open(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("open", help="eine Beteiligungsrunde zu einer Fassung eröffnen")
    parser.add_argument("--plan", required=True, help="Kurzname des Plans")
    parser.add_argument("--edition", type=int, help="Nummer der Fassung; ohne: die neueste")
    parser.add_argument("--title", required=True, help="Titel der Runde")
    parser.add_argument("--introduction", default="", help="worum es geht")
    parser.add_argument("--opens", type=date.fromisoformat, help="erster Tag; ohne: heute")
    parser.add_argument(
        "--closes", type=date.fromisoformat, help="letzter Tag; ohne: nach der Mindestfrist"
    )
    parser.add_argument("--working-days", type=int, default=20, help="Mindestfrist in Arbeitstagen")
    parser.add_argument(
        "--short-reason", default="", help="öffentlicher Grund für eine kürzere Frist"
    )
    parser.add_argument(
        "--audience",
        action="append",
        choices=Audience.Kind.values,
        help="Kreis, mehrfach möglich; ohne: conference",
    )
    add_dry_run(parser)
    add_json(parser)
    parser.set_defaults(run=_open)


def _register_invite(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("invite", help="Organisationen einladen, die es noch nicht sind")
    _add_number(parser)
    parser.add_argument("--category", help="nur diese Gruppe")
    parser.add_argument(
        "--route", choices=Invitation.Route.values, default=Invitation.Route.MAIL, help="Weg"
    )
    add_dry_run(parser)
    add_json(parser)
    parser.set_defaults(run=_invite)


def _register_publish(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("publish", help="veröffentlichen, was aus den Anliegen wurde")
    _add_number(parser)
    add_dry_run(parser)
    add_json(parser)
    parser.add_argument(
        "--reason", default="", help="warum gleichlautende Anliegen verschieden entschieden sind"
    )
    parser.set_defaults(run=_publish)


def _add_number(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", type=int, metavar="RUNDE", help="Nummer der Beteiligungsrunde")


def _open(options: argparse.Namespace) -> int:
    now = timezone.now()
    with transaction.atomic():
        prepared = _prepare(options, now)
        consultation = actions.open_consultation(consultation=prepared, by=system_user(), at=now)
        if options.dry_run:
            transaction.set_rollback(True)
    closes = max(audience.closes_on for audience in _audiences(options, now))
    data = {
        "consultation": consultation.number,
        "edition": consultation.edition.number,
        "hash": consultation.edition.content_hash,
        "closes_on": closes.isoformat(),
        "saved": not options.dry_run,
    }
    sentence = (
        f"Beteiligungsrunde {consultation.number} ist eröffnet, letzter Tag {closes:%d.%m.%Y}."
    )
    report(options, data, _dry(options, sentence))
    return 0


def _prepare(options: argparse.Namespace, now: datetime) -> Consultation:
    return actions.prepare_consultation(
        edition=edition_numbered(plan_named(options.plan), options.edition),
        title=options.title,
        introduction=options.introduction,
        audiences=_audiences(options, now),
        minimum_working_days=options.working_days,
        short_reason=options.short_reason,
        by=system_user(),
        at=now,
    )


def _audiences(options: argparse.Namespace, now: datetime) -> list[actions.AudienceValues]:
    opens = options.opens or timezone.localdate(now)
    closes = options.closes or closing_day(opens, options.working_days)
    kinds = dict.fromkeys(options.audience or [Audience.Kind.CONFERENCE.value])
    return [actions.AudienceValues(Audience.Kind(kind), opens, closes) for kind in kinds]


def _invite(options: argparse.Namespace) -> int:
    organisations = Organisation.objects.filter(is_category=False).order_by("name")
    if options.category:
        organisations = organisations.filter(category=options.category)
    with transaction.atomic():
        invited = actions.invite(
            consultation=consultation_numbered(options.number),
            organisations=organisations,
            route=Invitation.Route(options.route),
            by=system_user(),
            at=timezone.now(),
        )
        if options.dry_run:
            transaction.set_rollback(True)
    names = [invitation.organisation.name for invitation in invited]
    report(
        options,
        {"invited": names, "saved": not options.dry_run},
        _dry(options, f"{len(names)} Organisationen eingeladen."),
    )
    return 0


def _publish(options: argparse.Namespace) -> int:
    with transaction.atomic():
        consultation = actions.publish_results(
            consultation=consultation_numbered(options.number),
            reason=options.reason,
            by=system_user(),
            at=timezone.now(),
        )
        if options.dry_run:
            transaction.set_rollback(True)
    report(
        options,
        {"consultation": consultation.number, "saved": not options.dry_run},
        _dry(
            options, f"Die Ergebnisse der Beteiligungsrunde {consultation.number} sind öffentlich."
        ),
    )
    return 0


def _dry(options: argparse.Namespace, sentence: str) -> str:
    return f"{sentence}\n{DRY_RUN}" if options.dry_run else sentence
