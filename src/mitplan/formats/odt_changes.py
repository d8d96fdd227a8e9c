"""The tracked changes of an OpenDocument text: what was deleted, and who is behind each."""

from dataclasses import dataclass, field

from lxml import etree

from mitplan.formats.odt_names import DC, LOEXT, OFFICE, TEXT, W

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(frozen=True, slots=True)
class By:
    """Who changed something when, and the move it is part of."""

    author: str
    at: str
    move: str = ""

    def mark(self, element: etree._Element) -> etree._Element:
        """Write this into an element as Word does."""
        element.set(f"{W}author", self.author)
        if self.at:
            element.set(f"{W}date", self.at)
        return element


@dataclass(frozen=True, slots=True)
class Region:
    """One change: who inserted it, who deleted it, and what was deleted."""

    inserted: By | None
    deleted: By | None
    content: tuple[etree._Element, ...] = ()


@dataclass(slots=True)
class Regions:
    """The changes of a text by their ids, and how many there are for the list of what is not read."""

    by_id: dict[str, Region] = field(default_factory=dict)
    formats: list[By] = field(default_factory=list)

    def read(self, text: etree._Element) -> None:
        """Read the list of changes at the beginning of a text."""
        for element in text.iterfind(f"{TEXT}tracked-changes/{TEXT}changed-region"):
            key = element.get(_XML_ID) or element.get(f"{TEXT}id", "")
            insertion, deletion = element.find(f"{TEXT}insertion"), element.find(f"{TEXT}deletion")
            content = () if deletion is None else tuple(_without_info(deletion))
            self.by_id[key] = Region(_by(insertion), _by(deletion), content)
            change = _by(element.find(f"{TEXT}format-change"))
            if change is not None:
                self.formats.append(change)


def _by(element: etree._Element | None) -> By | None:
    if element is None:
        return None
    info = element.find(f"{OFFICE}change-info")
    if info is None:
        return By("", "")
    author = info.findtext(f"{DC}creator") or ""
    return By(author, info.findtext(f"{DC}date") or "", element.get(f"{LOEXT}move-id", ""))


def _without_info(deletion: etree._Element) -> list[etree._Element]:
    return [child for child in deletion if child.tag != f"{OFFICE}change-info"]
