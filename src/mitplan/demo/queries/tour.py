"""The tour: seven steps, each the real page on which one demand is a little further."""

from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.translation import get_language

from mitplan.demo.files import structure
from mitplan.participation.models import Point
from mitplan.plan.models import Edition, Passage


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the tour: what happens, who sees it, and the kind of page that shows it."""

    number: int
    title: str
    text: str
    role: str
    page: str


@dataclass(frozen=True, slots=True)
class Path:
    """The way of one demand: from the point to the edition that adopted its words."""

    point: Point
    passage: Passage
    adopted: Edition

    def address(self, page: str) -> str:
        """Return the real page of a step."""
        point, adopted = self.point, self.adopted
        slug, passage = adopted.plan.slug, self.passage.number
        consulted = point.edition.number
        compare = reverse("publishing:compare", args=[slug, consulted, adopted.number])
        addresses = {
            "submission": point.submission.get_absolute_url(),
            "point": point.get_absolute_url(),
            "passage": reverse("publishing:passage", args=[slug, passage]),
            "decision": f"{point.get_absolute_url()}#entscheidung",
            "change": f"{compare}?nur=geaendert#t{passage}",
            "adopted_passage": f"{adopted.get_absolute_url()}#t{passage}",
            "goal": reverse("monitoring:goal", args=[slug, "Z2"]),
        }
        return addresses[page]


def steps() -> tuple[Step, ...]:
    """Return the steps in the language of the reader."""
    return _steps("tour.en.json" if get_language() == "en" else "tour.json")


@cache
def _steps(name: str) -> tuple[Step, ...]:
    return tuple(
        Step(row["step"], row["title"], row["text"], row["role"], row["page"])
        for row in structure(name)["steps"]
    )


def step(number: int) -> Step | None:
    """Return one step, or None where the tour has no such step."""
    return next((each for each in steps() if each.number == number), None)


def with_step(address: str, number: int) -> str:
    """Return an address that remembers the step of the tour."""
    page, hash_sign, fragment = address.partition("#")
    return f"{page}{'&' if '?' in page else '?'}tour={number}{hash_sign}{fragment}"


def path_of_demand() -> Path | None:
    """Return the demand the tour follows, or None where the demonstration is not loaded."""
    related = ("submission", "passage__plan", "edition__plan")
    point = Point.objects.select_related(*related).filter(text=_demand()).first()
    if point is None or point.passage is None:
        return None
    adopted = point.edition.plan.editions.filter(
        kind=Edition.Kind.ADOPTED, number__gt=point.edition.number
    )
    edition = adopted.select_related("plan").order_by("number").first()
    return Path(point, point.passage, edition) if edition else None


@cache
def _demand() -> str:
    points = (
        point
        for submission in structure("consultation-1.json")["submissions"]
        for point in submission["points"]
    )
    text: str = next(point["text"] for point in points if point.get("hero"))
    return text
