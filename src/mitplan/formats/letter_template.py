"""Letters from a Word file with placeholders in braces, which an office can edit in Word."""

import difflib
import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from mitplan.formats.archive import Archive
from mitplan.formats.docx_package import Package, W
from mitplan.formats.errors import FormatError, gettext_noop
from mitplan.formats.safe_xml import parse

MAX_BYTES = 5 * 1024 * 1024

_PLACEHOLDER = re.compile(r"\{\s*([^{}\n]{1,60}?)\s*\}")
_PART = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_MAIN = "word/document.xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text in a letter: plain, bold, or as words that came or went."""

    text: str
    bold: bool = False
    inserted: bool = False
    deleted: bool = False


Paragraph = Sequence[Words]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a template: a sentence to be translated and the values for its placeholders."""

    message: str
    params: Mapping[str, str | int]


class Template:
    """A Word file with placeholders: `names` are replaced by words, `block` by whole paragraphs."""

    def __init__(self, data: bytes, names: Collection[str], block: str) -> None:
        """Open a file; raises FormatError where it is no Word file that may be read."""
        if len(data) > MAX_BYTES:
            raise FormatError(
                gettext_noop("Die Vorlage ist zu groß. Erlaubt sind höchstens %(limit)s MB."),
                limit=MAX_BYTES // 1024**2,
            )
        Package(data).document()
        archive = Archive(data)
        self._parts = {name: archive.read(name) for name in archive.names}
        self._roots = {
            name: parse(part) for name, part in self._parts.items() if _PART.fullmatch(name)
        }
        self._names = frozenset(names)
        self._block = block

    def problems(self) -> list[Problem]:
        """Return everything that has to be mended before letters can be made."""
        found = [
            problem
            for part in sorted(self._roots, key=lambda name: (name != _MAIN, name))
            for number, text in enumerate(_texts(self._roots[part]), 1)
            for problem in self._problems_in(part, number, text)
        ]
        main = " ".join(_texts(self._roots[_MAIN])) if _MAIN in self._roots else ""
        if self._block not in _names_in(main):
            found.append(
                Problem(
                    gettext_noop(
                        "Der Platzhalter {%(name)s} fehlt. Ohne ihn stünden die Antworten nicht im Brief."
                    ),
                    {"name": self._block},
                )
            )
        return found

    def _problems_in(self, part: str, number: int, text: str) -> Iterator[Problem]:
        place: dict[str, str | int] = {"number": number, "part": _part_name(part)}
        for name in _names_in(text):
            if name not in self._names and name != self._block:
                yield _unknown(name, [*self._names, self._block], place)
        rest = _PLACEHOLDER.sub("", text)
        if "{" in rest or "}" in rest:
            yield Problem(
                gettext_noop(
                    "%(part)s, Absatz %(number)s: Hier steht eine einzelne Klammer «{» oder «}». "
                    "Ein Platzhalter braucht beide."
                ),
                place,
            )
        is_alone = text.strip().lower() == f"{{{self._block}}}"
        if self._block in _names_in(text) and (part != _MAIN or not is_alone):
            yield Problem(
                gettext_noop(
                    "%(part)s, Absatz %(number)s: {%(name)s} muss im Text des Briefs allein in einem "
                    "Absatz stehen, denn dort werden mehrere Absätze eingesetzt."
                ),
                place | {"name": self._block},
            )

    def filled(self, values: Mapping[str, str], block: Sequence[Paragraph]) -> bytes:
        """Return the letter with its placeholders replaced."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in self._parts.items():
                root = self._roots.get(name)
                written = part if root is None else self._filled_part(root, values, block)
                info = zipfile.ZipInfo(name, _DAY)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, written)
        return target.getvalue()

    def _filled_part(
        self, root: etree._Element, values: Mapping[str, str], block: Sequence[Paragraph]
    ) -> bytes:
        root = deepcopy(root)
        for paragraph in list(root.iter(f"{W}p")):
            nodes = _text_nodes(paragraph)
            text = "".join(node.text or "" for node in nodes)
            if text.strip().lower() == f"{{{self._block}}}":
                _put_in(paragraph, nodes[0], block)
            elif "{" in text:
                _replace(nodes, text, values)
        written: bytes = etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        return written


def _names_in(text: str) -> list[str]:
    return [found[1].lower() for found in _PLACEHOLDER.finditer(text)]


def _part_name(part: str) -> str:
    if part == _MAIN:
        return gettext_noop("Text")
    return gettext_noop("Kopfzeile") if "header" in part else gettext_noop("Fußzeile")


def _unknown(name: str, known: Sequence[str], place: Mapping[str, str | int]) -> Problem:
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        message = gettext_noop(
            "%(part)s, Absatz %(number)s: Den Platzhalter {%(name)s} gibt es nicht. Gemeint ist "
            "vielleicht {%(close)s}."
        )
        return Problem(message, {**place, "name": name, "close": close[0]})
    message = gettext_noop(
        "%(part)s, Absatz %(number)s: Den Platzhalter {%(name)s} gibt es nicht. Erlaubt sind: %(known)s."
    )
    spoken = ", ".join(f"{{{each}}}" for each in sorted(known))
    return Problem(message, {**place, "name": name, "known": spoken})


def _texts(root: etree._Element) -> list[str]:
    return [
        "".join(node.text or "" for node in _text_nodes(paragraph))
        for paragraph in root.iter(f"{W}p")
    ]


def _text_nodes(paragraph: etree._Element) -> list[etree._Element]:
    """Return the texts of a paragraph, not those of paragraphs inside it, as in a text box."""
    return [
        node for node in paragraph.iter(f"{W}t") if next(node.iterancestors(f"{W}p")) is paragraph
    ]


def _replace(nodes: Sequence[etree._Element], text: str, values: Mapping[str, str]) -> None:
    """Replace placeholders, which Word may have spread over several runs, the last one first."""
    starts, position = [], 0
    for node in nodes:
        starts.append(position)
        position += len(node.text or "")
    for found in reversed(list(_PLACEHOLDER.finditer(text))):
        value = values[found[1].lower()]
        for node, start in zip(nodes, starts, strict=True):
            own = node.text or ""
            begin, end = max(found.start() - start, 0), min(found.end() - start, len(own))
            if begin < end:
                is_first = start <= found.start()
                node.text = own[:begin] + (value if is_first else "") + own[end:]
                node.set(_SPACE, "preserve")
    for node in nodes:
        _break_lines(node)


def _break_lines(node: etree._Element) -> None:
    first, *lines = (node.text or "").split("\n")
    node.text = first
    for line in reversed(lines):
        text = etree.Element(f"{W}t")
        text.text = line
        text.set(_SPACE, "preserve")
        node.addnext(text)
        node.addnext(etree.Element(f"{W}br"))


def _put_in(paragraph: etree._Element, node: etree._Element, block: Sequence[Paragraph]) -> None:
    """Put paragraphs where the placeholder stands, looking as it does."""
    looks = paragraph.find(f"{W}pPr")
    run_looks = node.getparent().find(f"{W}rPr")
    for each in block:
        made = etree.Element(f"{W}p")
        if looks is not None:
            made.append(deepcopy(looks))
        if each and each[0].bold:
            _keep_with_next(made)
        made.extend(_run(words, run_looks) for words in each)
        paragraph.addprevious(made)
    paragraph.getparent().remove(paragraph)


def _keep_with_next(paragraph: etree._Element) -> None:
    looks = paragraph.find(f"{W}pPr")
    if looks is None:
        looks = etree.SubElement(paragraph, f"{W}pPr")
    place = 1 if looks.find(f"{W}pStyle") is not None else 0
    if looks.find(f"{W}keepNext") is None:
        looks.insert(place, etree.Element(f"{W}keepNext"))


def _run(words: Words, looks: etree._Element | None) -> etree._Element:
    run = etree.Element(f"{W}r")
    own = deepcopy(looks) if looks is not None else etree.Element(f"{W}rPr")
    marks = (("b", words.bold), ("strike", words.deleted), ("u", words.inserted))
    for tag, wanted in marks:
        if wanted and own.find(f"{W}{tag}") is None:
            _insert(own, tag)
    if len(own):
        run.append(own)
    text = etree.SubElement(run, f"{W}t")
    text.text = words.text
    text.set(_SPACE, "preserve")
    _break_lines(text)
    return run


_ORDER = (
    *(
        "rStyle",
        "rFonts",
        "b",
        "bCs",
        "i",
        "iCs",
        "caps",
        "smallCaps",
        "strike",
        "dstrike",
        "outline",
    ),
    *(
        "shadow",
        "emboss",
        "imprint",
        "noProof",
        "snapToGrid",
        "vanish",
        "webHidden",
        "color",
        "spacing",
    ),
    *("w", "kern", "position", "sz", "szCs", "highlight", "u"),
)
"""The order in which Word wants the looks of a run."""


def _insert(looks: etree._Element, tag: str) -> None:
    mark = etree.Element(f"{W}{tag}")
    if tag == "u":
        mark.set(f"{W}val", "single")
    before = {f"{W}{name}" for name in _ORDER[: _ORDER.index(tag)]}
    place = sum(1 for each in looks if each.tag in before)
    looks.insert(place, mark)
