"""Ways to break a file: at its bytes, at its archive, at its XML."""

import io
import random
import zipfile
from collections.abc import Sequence

from lxml import etree

_LARGEST = 1_000_000  # parts beyond this are left as they are, so that many cases fit into a minute
_NUMBERS = ("-1", "0", "1", "99999999999999999999", "²", "0x10", "", "a", "\u0663", "NaN")
_MOST_WRAPPED = 40


def broken(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Return a file that differs from another in one to three ways."""
    ways = [_flip, _cut, _double, _swap_parts, _mutate_xml, _mutate_xml, _mutate_xml]
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(ways)(data, others, chance)
    return data


def _flip(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 20) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _double(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:end] + data[start:]


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    """Return the parts of an archive; nothing where it is none any more."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(name, archive.read(name)) for name in archive.namelist()]
    except Exception:  # noqa: BLE001 – whatever is wrong with it, it is no archive to work on
        return []


def _packed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content)
    return file.getvalue()


def _swap_parts(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Return an archive in which one part is missing or is that of another file."""
    parts = _parts(data)
    if not parts:
        return data
    place = chance.randrange(len(parts))
    strange = dict(_parts(chance.choice(others))).get(parts[place][0])
    if strange is None or chance.random() < 0.3:
        parts.pop(place)
    else:
        parts[place] = (parts[place][0], strange)
    return _packed(parts)


def _mutate_xml(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    parts = _parts(data)
    small = [
        place
        for place, (name, content) in enumerate(parts)
        if name.endswith((".xml", ".rels")) and len(content) < _LARGEST
    ]
    main = [place for place in small if parts[place][0].endswith(("document.xml", "content.xml"))]
    if not small:
        return data
    place = chance.choice(main if main and chance.random() < 0.8 else small)
    try:
        root = etree.fromstring(parts[place][1])
    except etree.XMLSyntaxError:
        return data
    elements = list(root.iter(etree.Element))
    for _ in range(chance.randint(1, 6)):
        chance.choice(_XML_WAYS)(elements, chance)
    parts[place] = (parts[place][0], etree.tostring(root))
    return _packed(parts)


Elements = list[etree._Element]  # noqa: SLF001 – lxml names the type of its elements no other way


def _remove(elements: Elements, chance: random.Random) -> None:
    element = chance.choice(elements)
    if element.getparent() is not None:
        element.getparent().remove(element)


def _copy(elements: Elements, chance: random.Random) -> None:
    element, target = chance.choice(elements), chance.choice(elements)
    if len(element) < _MOST_WRAPPED:
        target.append(etree.fromstring(etree.tostring(element, with_tail=False)))


def _move(elements: Elements, chance: random.Random) -> None:
    element, target = chance.choice(elements), chance.choice(elements)
    if (
        element not in target.iterancestors()
        and element is not target
        and element.getparent() is not None
    ):
        target.insert(0, element)


def _rename(elements: Elements, chance: random.Random) -> None:
    chance.choice(elements).tag = chance.choice(elements).tag


def _change_value(elements: Elements, chance: random.Random) -> None:
    element = chance.choice(elements)
    if element.attrib:
        name = chance.choice(list(element.attrib))
        element.set(name, chance.choice([*_NUMBERS, *chance.choice(elements).attrib.values()]))


def _change_text(elements: Elements, chance: random.Random) -> None:
    element = chance.choice(elements)
    element.text = chance.choice(
        ["", "\U000f0100\U000f0011\U000f0020", "a" * 5_000, "\ue000_*[^1]", "|\n\t"]
    )


def _wrap(elements: Elements, chance: random.Random) -> None:
    """Put an element into many like another."""
    element, model = chance.choice(elements), chance.choice(elements)
    parent = element.getparent()
    if parent is None:
        return
    place, inner = parent.index(element), element
    for _ in range(chance.randint(1, _MOST_WRAPPED)):
        outer = etree.Element(model.tag, model.attrib)
        outer.append(inner)
        inner = outer
    parent.insert(place, inner)


_XML_WAYS = (_remove, _copy, _move, _rename, _change_value, _change_text, _wrap)
