"""What organisations said about their interests."""

from mitplan.conference.models import InterestDeclaration, Organisation


def declarations_of(organisation: Organisation) -> list[InterestDeclaration]:
    """Return all declarations of an organisation, the one that holds first."""
    return list(organisation.interest_declarations.order_by("-pk"))


def declaration_of(organisation: int) -> InterestDeclaration | None:
    """Return the declaration of an organisation that holds, if it made one."""
    found = InterestDeclaration.objects.filter(organisation=organisation)
    return found.order_by("-pk").first()
