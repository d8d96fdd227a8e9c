"""Putting the text of an OpenDocument file into the form of a Word file, changes and comments included."""

from collections.abc import Iterable

from lxml import etree

from mitplan.formats.odt_changes import Region, Regions
from mitplan.formats.odt_inline import Inline
from mitplan.formats.odt_names import DRAW, TABLE, TEXT, W
from mitplan.formats.odt_sheet import Sheet, setting
from mitplan.formats.odt_styles import OdtStyles

_MOST_REPEATED = 64  # cells or rows that are said by a number
_SECTIONS = frozenset([f"{TEXT}section", f"{TEXT}numbered-paragraph"])
_ROW_GROUPS = frozenset(
    f"{TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group")
)
_CELLS = frozenset([f"{TABLE}table-cell", f"{TABLE}covered-table-cell"])
_LINES = frozenset([f"{TEXT}p", f"{TEXT}h"])


class Body:
    """One text, read from top to bottom into the parts of a Word file."""

    def __init__(self, text: etree._Element, styles: OdtStyles) -> None:
        """Read a text, a header or a footer."""
        self._styles = styles
        self._regions = Regions()
        self._regions.read(text)
        self._sheet = Sheet()
        self._look_of: dict[str, str] = {}
        self._inline = Inline(self._sheet, styles, text, self)
        self._write_styles()
        self.blocks(text)
        self._list_format_changes()

    @property
    def document(self) -> etree._Element:
        """The main part."""
        return self._sheet.document

    @property
    def parts(self) -> dict[str, etree._Element]:
        """The other parts by their kind."""
        return self._sheet.parts

    def _write_styles(self) -> None:
        for name, parent in self._styles.names():
            style = etree.SubElement(self.parts["styles"], f"{W}style")
            style.set(f"{W}styleId", name)
            setting(style, "name", name)
            setting(style, "basedOn", parent)

    def _list_format_changes(self) -> None:
        """Write changes of looks where the list of what is not read finds them."""
        for by in self._regions.formats:
            properties = etree.SubElement(self._sheet.container, f"{W}sectPr")
            by.mark(etree.SubElement(properties, f"{W}sectPrChange"))

    def blocks(self, parent: Iterable[etree._Element]) -> None:
        """Read the blocks in something."""
        for element in parent:
            self._block(element)

    def _block(self, element: etree._Element) -> None:
        if element.tag in _LINES:
            self._line(element, self._properties(element))
        elif element.tag == f"{TEXT}list":
            self._list(element, "", 0)
        elif element.tag == f"{TABLE}table":
            self._table(element)
        elif element.tag in _SECTIONS:
            self.blocks(element)
        elif element.tag in {f"{TEXT}change", f"{TEXT}change-start", f"{TEXT}change-end"}:
            self.follow(element)
        elif element.tag.startswith(DRAW):
            self._inline.read_one(element)
            self._sheet.close_paragraph()

    def _list(self, element: etree._Element, num: str, depth: int) -> None:
        """Read a list; one inside another goes on one level deeper, with marks of its own if it has any."""
        style = element.get(f"{TEXT}style-name", "")
        if not num or (style and depth):
            num = self._new_list(style)
        for item in element:
            if item.tag == f"{TEXT}list-item":
                first = item.get(f"{TEXT}start-value", "")
                if first.isdecimal():
                    num = self._new_list(style or self._look_of[num], (depth, first))
                self._item(item, num, depth)
            else:
                self.blocks(item)

    def _item(self, item: etree._Element, num: str, depth: int) -> None:
        """Read an item; only its first paragraph carries the number."""
        is_first = True
        for element in item:
            if element.tag == f"{TEXT}list":
                self._list(element, num, depth + 1)
            elif element.tag in _LINES:
                self._line(element, self._item_properties(element, num if is_first else "", depth))
                is_first = False
            else:
                self._block(element)

    def _new_list(self, style: str, start: tuple[int, str] | None = None) -> str:
        """Begin to count, at one level perhaps from another number than the style says."""
        number = self._sheet.next_id()
        template = etree.SubElement(self.parts["numbering"], f"{W}abstractNum")
        template.set(f"{W}abstractNumId", number)
        template.extend(self._styles.levels(style))
        num = etree.SubElement(self.parts["numbering"], f"{W}num")
        num.set(f"{W}numId", number)
        setting(num, "abstractNumId", number)
        self._look_of[number] = style
        if start is not None:
            override = etree.SubElement(num, f"{W}lvlOverride")
            override.set(f"{W}ilvl", str(start[0]))
            setting(override, "startOverride", start[1])
        return number

    def _properties(self, element: etree._Element) -> etree._Element:
        properties = etree.Element(f"{W}pPr")
        style = element.get(f"{TEXT}style-name", "")
        setting(properties, "pStyle", self._styles.display_name(style))
        if element.tag == f"{TEXT}h":
            level = element.get(f"{TEXT}outline-level", "1")
            is_level = level.isdecimal() and len(level) == 1 and level != "0"
            setting(properties, "outlineLvl", str(int(level) - 1) if is_level else "0")
        return properties

    def _item_properties(self, element: etree._Element, num: str, depth: int) -> etree._Element:
        """Return the properties of a list item, or of a paragraph that continues one."""
        properties = self._properties(element)
        if element.tag == f"{TEXT}h":
            return properties
        if num:
            numbering = etree.SubElement(properties, f"{W}numPr")
            setting(numbering, "ilvl", str(depth))
            setting(numbering, "numId", num)
        else:
            style = properties.find(f"{W}pStyle")
            if style is not None:
                properties.remove(style)
            setting(properties, "pStyle", f"List Continue {depth + 1}")
        return properties

    def _line(self, element: etree._Element, properties: etree._Element) -> None:
        style = element.get(f"{TEXT}style-name", "")
        is_heading = element.tag == f"{TEXT}h"
        look = (False, False) if is_heading else self._styles.look("paragraph", style)
        self._sheet.open_paragraph(properties, look)
        self._inline.read(element)
        self._sheet.close_paragraph()

    def _table(self, element: etree._Element) -> None:
        table = etree.SubElement(self._sheet.container, f"{W}tbl")
        self._rows(element, table)

    def _rows(self, parent: etree._Element, table: etree._Element) -> None:
        for element in parent:
            if element.tag in _ROW_GROUPS:
                self._rows(element, table)
            elif element.tag == f"{TABLE}table-row":
                self._row(element, table)

    def _row(self, element: etree._Element, table: etree._Element) -> None:
        row = etree.SubElement(table, f"{W}tr")
        properties = etree.SubElement(row, f"{W}trPr")
        for kind, by in self._sheet.changes():
            by.mark(etree.SubElement(properties, f"{W}{kind}"))
        for cell in element:
            if cell.tag in _CELLS:
                repeated = _count(cell.get(f"{TABLE}number-columns-repeated"))
                for _ in range(repeated):
                    target = etree.SubElement(row, f"{W}tc")
                    with self._sheet.inside(target):
                        self.blocks(cell)

    def follow(self, element: etree._Element) -> None:
        """Note where an insertion begins or ends, or write what was deleted here."""
        key = element.get(f"{TEXT}change-id", "")
        region = self._regions.by_id.get(key)
        if element.tag == f"{TEXT}change-end":
            self._sheet.inserting.pop(key, None)
        elif region is None or self._sheet.deleted is not None:
            return
        elif element.tag == f"{TEXT}change-start":
            if region.inserted:
                self._sheet.inserting[key] = region.inserted
        elif region.deleted:
            self._write_deleted(region, element)

    def _write_deleted(self, region: Region, place: etree._Element) -> None:
        """Write what was deleted: its first paragraph goes on with this one, this one with its last."""
        self._sheet.deleted = region
        line = next(place.iterancestors(*_LINES), None)
        content = list(region.content)
        if line is None:
            self.blocks(content)
        else:
            first = content.pop(0) if content and content[0].tag in _LINES else None
            last = content.pop() if content and content[-1].tag in _LINES else None
            if first is not None:
                self._inline.read(first)
            if last is not None or content:
                self._split(line, first, last, content)
            if last is not None:
                self._inline.read(last)
        self._sheet.deleted = None

    def _split(
        self,
        line: etree._Element,
        first: etree._Element | None,
        last: etree._Element | None,
        between: list[etree._Element],
    ) -> None:
        """End the paragraph where it was joined with others; before, each was of its own kind."""
        properties, look = self._sheet.paragraph_properties(), self._sheet.look
        if first is not None and first.tag != line.tag:
            self._sheet.become(self._properties(first))
        self._sheet.close_paragraph()
        self.blocks(between)
        if last is not None and last.tag != line.tag:
            for _, by in self._sheet.changes()[-1:]:
                change = by.mark(etree.SubElement(properties, f"{W}pPrChange"))
                change.append(self._properties(last))
        self._sheet.open_paragraph(properties, look)


def _count(text: str | None) -> int:
    """Return how often something is repeated, within reason."""
    return max(1, min(int(text), _MOST_REPEATED)) if text and text.isdecimal() else 1
