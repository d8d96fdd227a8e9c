"""Who signed a submission beside the organisation that handed it in."""

from collections import defaultdict

from django.db.models import QuerySet

from mitplan.conference.models import Organisation
from mitplan.participation.models import CoSigner, Point, Submission
from mitplan.participation.queries.consultations import organisations_for


def cosigners_of(submission: Submission) -> list[str]:
    """Return the names under which organisations signed a submission."""
    names = submission.cosigners.order_by("organisation_name", "pk")
    return list(names.values_list("organisation_name", flat=True))


def cosigner_names(points: QuerySet[Point]) -> dict[str, str]:
    """Return who signed beside the submitter, in words, by number of the submission."""
    chosen = points.order_by().values("submission")
    rows = CoSigner.objects.filter(submission__in=chosen).order_by("organisation_name", "pk")
    names: defaultdict[str, list[str]] = defaultdict(list)
    for number, name in rows.values_list("submission__number", "organisation_name"):
        names[number or ""].append(name)
    return {number: ", ".join(found) for number, found in names.items()}


def organisations_to_sign(submission: Submission) -> QuerySet[Organisation]:
    """Return who can still sign a submission, by name."""
    signed = submission.cosigners.values("organisation")
    others = organisations_for(submission.consultation).exclude(pk=submission.organisation_id)
    return others.exclude(pk__in=signed).order_by("name")
