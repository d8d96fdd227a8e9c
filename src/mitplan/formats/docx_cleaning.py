"""Making a Word part plain before it is read: one of several alternatives, no instructions, no ruby."""

from dataclasses import dataclass, field

from lxml import etree

from mitplan.formats.docx_package import W
from mitplan.formats.docx_revisions import unwrap

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNDERSTOOD = (
    "http://schemas.microsoft.com/office/",
    "http://schemas.openxmlformats.org/",
    "urn:schemas-microsoft-com:",
)
_RUBY_TEXT = f"{W}rt"
_CHARACTER, _FIELD_TYPE = f"{W}fldChar", f"{W}fldCharType"
_SHOWN = tuple(
    f"{W}{name}" for name in ("t", "delText", "tab", "br", "cr", "noBreakHyphen", "sym", "ptab")
)
_RUN = f"{W}r"
_DEEPEST = 64  # fields within fields; more are a fault


def choose_alternatives(root: etree._Element) -> None:
    """Keep of each set of alternatives the first that is understood, and drop readings over words."""
    for alternatives in list(root.iter(f"{_MC}AlternateContent")):
        chosen = _chosen(alternatives)
        for branch in list(alternatives):
            if branch is not chosen:
                alternatives.remove(branch)
        if chosen is not None:
            unwrap(chosen)
        unwrap(alternatives)
    for reading in list(root.iter(_RUBY_TEXT)):
        reading.getparent().remove(reading)


def _chosen(alternatives: etree._Element) -> etree._Element | None:
    for branch in alternatives:
        if branch.tag == f"{_MC}Choice":
            spaces = [branch.nsmap.get(name, "") for name in branch.get("Requires", "").split()]
            if spaces and all(space.startswith(_UNDERSTOOD) for space in spaces):
                return branch
    return alternatives.find(f"{_MC}Fallback")


@dataclass(slots=True)
class _Field:
    """A field that has begun: what its instruction shows by mistake, and whether its result has begun."""

    hidden: list[etree._Element] = field(default_factory=list)
    has_result: bool = False


def drop_instructions(root: etree._Element) -> None:
    """Drop what stands in the instructions of fields; an instruction without an end is none."""
    fields: list[_Field] = []
    gone: list[etree._Element] = []
    for element in root.iter(_CHARACTER, *_SHOWN):
        if element.tag == _CHARACTER:
            _follow(element.get(_FIELD_TYPE), fields, gone)
        elif fields and element.getparent().tag == _RUN:
            open_instruction = next((each for each in fields if not each.has_result), None)
            if open_instruction is not None:
                open_instruction.hidden.append(element)
    for element in gone:
        element.getparent().remove(element)


def _follow(kind: str | None, fields: list[_Field], gone: list[etree._Element]) -> None:
    if kind == "begin" and len(fields) < _DEEPEST:
        fields.append(_Field())
    elif kind == "separate" and fields:
        fields[-1].has_result = True
        gone += fields[-1].hidden
        fields[-1].hidden = []
    elif kind == "end" and fields:
        gone += fields.pop().hidden
