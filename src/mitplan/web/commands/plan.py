"""`mitplan plan`: texts in and out."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from mitplan.accounts.models import User
from mitplan.formats import markdown
from mitplan.participation.actions import carry_proposals
from mitplan.plan import actions, queries
from mitplan.plan.models import Edition, Plan
from mitplan.publishing.actions import adopt
from mitplan.publishing.queries import files
from mitplan.web.commands.files import read_text
from mitplan.web.commands.finding import edition_numbered, plan_named
from mitplan.web.commands.persons import system_user
from mitplan.web.commands.reporting import DRY_RUN, add_dry_run, add_json, report

_WRITERS = {".docx": files.as_docx, ".odt": files.as_odt}


def register(groups: Any) -> None:  # noqa: ANN401 – argparse's private class
    """Add the commands about plan texts."""
    group = groups.add_parser("plan", help="Plantexte einlesen und ausgeben")
    commands = group.add_subparsers(required=True, metavar="BEFEHL")
    _register_import(commands)
    _register_export(commands)
    _register_adopt(commands)


def _register_import(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser(
        "import", help="eine Datei (Markdown, DOCX) als nächste Fassung einlesen"
    )
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="DATEI",
        help="jede wird eine Fassung (.md, .docx, .odt, .txt)",
    )
    parser.add_argument("--plan", required=True, help="Kurzname des Plans; neu: wird angelegt")
    parser.add_argument("--title", default="", help="Titel des Plans, wenn er neu ist")
    parser.add_argument(
        "--kind",
        choices=Edition.Kind.values,
        default=Edition.Kind.CONFERENCE_DRAFT,
        help="Art der Fassung",
    )
    parser.add_argument("--dated", type=date.fromisoformat, help="Stand, zum Beispiel 2026-03-01")
    parser.add_argument("--release", action="store_true", help="sofort veröffentlichen")
    add_dry_run(parser)
    add_json(parser)
    parser.set_defaults(run=_import)


def _register_export(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("export", help="eine Fassung als Markdown, DOCX oder ODT ausgeben")
    parser.add_argument("--plan", required=True, help="Kurzname des Plans")
    parser.add_argument("--edition", type=int, help="Nummer der Fassung; ohne: die neueste")
    parser.add_argument(
        "--out", type=Path, help="Zieldatei (.md, .docx oder .odt); ohne: Markdown hier"
    )
    parser.add_argument("--ids", action="store_true", help="Kennungen der Textstellen mitschreiben")
    parser.set_defaults(run=_export)


def _register_adopt(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("adopt", help="die Arbeitsfassung als Fassung beschließen")
    parser.add_argument("--plan", required=True, help="Kurzname des Plans")
    parser.add_argument("--title", required=True, help="Bezeichnung der Fassung")
    parser.add_argument(
        "--adopted-as", required=True, help="wer beschlossen hat, zum Beispiel ein Kabinett"
    )
    parser.add_argument("--dated", type=date.fromisoformat, help="Stand, zum Beispiel 2026-03-01")
    parser.add_argument("--override-office", default="", help="Amt, das eine Ausnahme verantwortet")
    parser.add_argument("--override-reason", default="", help="öffentliche Begründung der Ausnahme")
    add_dry_run(parser)
    add_json(parser)
    parser.set_defaults(run=_adopt)


def _import(options: argparse.Namespace) -> int:
    texts = [(path, read_text(path)) for path in options.files]
    now = timezone.now()
    dated = options.dated or timezone.localdate(now)
    kind = Edition.Kind(options.kind)
    with transaction.atomic():
        by = system_user()
        plan = _plan(options, by)
        values = [actions.EditionValues(text, kind, path.stem, dated) for path, text in texts]
        editions = actions.import_editions(plan=plan, texts=values, by=by, at=now)
        for edition in editions if options.release else ():
            actions.release_edition(edition=edition, by=by, at=now)
        carry_proposals(plan=plan, at=now)
        results = [
            _described(edition, path, len(text))
            for edition, (path, text) in zip(editions, texts, strict=True)
        ]
        if options.dry_run:
            transaction.set_rollback(True)
    lines = [
        "Fassung {edition} aus {file}: {passages} Textstellen, davon {new} neu, {changed} geändert, "
        "{deleted} gestrichen.".format(**result)
        for result in results
    ]
    if options.dry_run:
        lines.append(DRY_RUN)
    report(options, {"plan": plan.slug, "editions": results}, "\n".join(lines))
    return 0


def _plan(options: argparse.Namespace, by: User) -> Plan:
    plan = Plan.objects.filter(slug=options.plan).first()
    return plan or actions.create_plan(
        slug=options.plan, title=options.title or options.plan, by=by, at=timezone.now()
    )


def _described(edition: Edition, path: Path, passages: int) -> dict[str, Any]:
    kinds = list(edition.changes.values_list("kind", flat=True))
    return {
        "file": str(path),
        "edition": edition.number,
        "hash": edition.content_hash,
        "passages": passages,
        "new": kinds.count("inserted") if edition.parent_id else passages,
        "changed": kinds.count("changed"),
        "deleted": kinds.count("deleted"),
    }


def _export(options: argparse.Namespace) -> int:
    plan = plan_named(options.plan)
    edition = edition_numbered(plan, options.edition)
    if options.out and options.out.suffix in _WRITERS:
        options.out.write_bytes(_WRITERS[options.out.suffix](edition))
        return 0
    text = markdown.write(queries.state_of(edition).document, with_ids=options.ids)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


def _adopt(options: argparse.Namespace) -> int:
    now = timezone.now()
    with transaction.atomic():
        adoption = adopt(
            plan=plan_named(options.plan),
            title=options.title,
            dated_on=options.dated or timezone.localdate(now),
            adopted_as=options.adopted_as,
            by=system_user(),
            at=now,
            override_office=options.override_office,
            override_reason=options.override_reason,
        )
        if options.dry_run:
            transaction.set_rollback(True)
    edition = adoption.edition
    data = {
        "plan": options.plan,
        "edition": edition.number,
        "hash": edition.content_hash,
        "words": edition.word_count,
        "words_seen": adoption.words_seen,
        "override": bool(adoption.override_reason),
        "saved": not options.dry_run,
    }
    sentence = f"Fassung {edition.number} ist beschlossen. Prüfsumme: {edition.content_hash}"
    report(options, data, sentence + (f"\n{DRY_RUN}" if options.dry_run else ""))
    return 0
