"""What the state of the plan allows now."""

from collections.abc import Sequence
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitplan.common.states import StateTable
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.plan.models import Edition


class EditionState(StrEnum):
    """Where a state of the text stands."""

    DRAFT = "draft"
    FROZEN = "frozen"
    PUBLIC = "public"


EDITION = StateTable(
    "edition",
    steps={
        EditionState.DRAFT: {"accept": EditionState.DRAFT, "freeze": EditionState.FROZEN},
        EditionState.FROZEN: {"release": EditionState.PUBLIC},
        EditionState.PUBLIC: {},
    },
    refusals={},
)


def edition_state(edition: Edition | None) -> EditionState:
    """Return where a state of the text stands; None is the draft."""
    if edition is None:
        return EditionState.DRAFT
    return EditionState.PUBLIC if edition.released_at else EditionState.FROZEN


def require_readable_text(passages: Sequence[PassageValue]) -> None:
    """Refuse a text without a single passage."""
    if not passages:
        raise ValidationError(
            _("Die Datei enthält keinen Text. Bitte eine Datei mit mindestens einem Absatz wählen.")
        )


def require_no_pending_changes(pending: int) -> None:
    """Refuse to read a new text in over a draft somebody works on."""
    if pending:
        raise ValidationError(
            ngettext(
                "Die Arbeitsfassung enthält noch eine angenommene Änderung. Bitte zuerst eine "
                "Fassung daraus machen oder die Annahme zurücknehmen.",
                "Die Arbeitsfassung enthält noch %(pending)s angenommene Änderungen. Bitte zuerst "
                "eine Fassung daraus machen oder die Annahmen zurücknehmen.",
                pending,
            ),
            params={"pending": pending},
        )


def require_not_adopted_by_reading(kind: Edition.Kind, earlier: Sequence[str]) -> None:
    """Refuse to read an adopted edition in beside others: only the gates lead there.

    The history of a text adopted elsewhere may be read in, as long as all of it was adopted.
    """
    if kind == Edition.Kind.ADOPTED and set(earlier) - {Edition.Kind.ADOPTED}:
        raise ValidationError(
            _(
                "Eine beschlossene Fassung lässt sich hier nicht einlesen. Bitte als andere Art "
                "einlesen; beschlossen wird die Arbeitsfassung auf der Seite «Beschluss»."
            )
        )


def require_newest(base: Edition, newest: Edition | None) -> None:
    """Refuse to change what a newer edition has already followed."""
    if newest != base:
        raise ValidationError(
            _(
                "Fassung %(number)s ist abgeschlossen. Änderungen sind nur an der Arbeitsfassung "
                "auf Fassung %(newest)s möglich."
            ),
            params={"number": base.number, "newest": newest.number if newest else "–"},
        )


def require_settled(conflicts: int) -> None:
    """Refuse to adopt a text while changes contradict each other."""
    if conflicts:
        raise ValidationError(
            ngettext(
                "In der Arbeitsfassung ist noch ein Konflikt zu lösen.",
                "In der Arbeitsfassung sind noch %(conflicts)s Konflikte zu lösen.",
                conflicts,
            ),
            params={"conflicts": conflicts},
        )
