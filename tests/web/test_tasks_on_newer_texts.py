"""What the inbox says when proposals meet a newer text."""

from dataclasses import replace

import pytest

from mitplan.conference.models import Mandate
from mitplan.participation import actions as participation
from mitplan.web.queries.tasks import Task
from tests import factories
from tests.web.test_tasks import tasks_of, titles

pytestmark = pytest.mark.django_db


def carried(point, wording):
    """The next edition, in which the passage of the point reads otherwise or is gone."""
    quote = "Das Land fördert Sprachkurse am Vormittag."
    text = tuple(
        replace(each, text=wording) if each.text == quote else each
        for each in factories.TEXT
        if wording or each.text != quote
    )
    factories.make_public_edition(point.edition.plan, text)
    participation.carry_proposals(plan=point.edition.plan, at=factories.AFTER_CLOSING)


def test_member_checks_what_became_of_a_proposal_on_a_newer_text(db):
    organisation = factories.make_organisation()
    consultation = factories.make_consultation()
    submission = factories.make_submission(consultation, organisation=organisation)
    carried(submission.points.get(), "Das Land fördert Sprachkurse nie.")

    assert tasks_of(factories.make_member(organisation), factories.AFTER_CLOSING) == [
        Task(
            "Vorschläge prüfen: Fassung 2 ist da",
            f"/beteiligung/{consultation.number}/mitmachen/fuer-{organisation.pk}/quittung/",
            "Ihr Vorschlag: Umfeld geändert",
            organisation.name,
        )
    ]


def test_contributor_of_the_organisation_has_no_proposals_to_check(db):
    organisation = factories.make_organisation()
    submission = factories.make_submission(organisation=organisation)
    carried(submission.points.get(), "Das Land fördert Sprachkurse nie.")
    contributor = factories.make_mandate(Mandate.Kind.CONTRIBUTOR, organisation=organisation).user

    assert titles(contributor, factories.AFTER_CLOSING) == []


def test_secretariat_finds_a_place_for_orphans(secretary):
    carried(factories.make_point(), "")

    assert Task(
        "Verwaiste Vorschläge unterbringen",
        "/neue-fassung/?stand=orphaned",
        "1 Vorschlag hat seine Textstelle verloren.",
        "Geschäftsstelle",
    ) in tasks_of(secretary, factories.AFTER_CLOSING)
