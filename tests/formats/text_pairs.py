"""Two states of a text with everything a plan holds, made by chance from a number."""

from dataclasses import replace
from random import Random

from mitplan.core.text.numbering import renumber
from mitplan.core.text.passages import Document, Kind, Passage

WORDS = [
    "Das",
    "Land",
    "fördert",
    "Kurse",
    "am",
    "Abend",
    "und",
    "bietet",
    "Räume",
    "für",
    "Vereine",
    "an",
    "damit",
    "alle",
    "teilhaben",
    "können",
    "bis",
    "2027",
    "Äpfel",
    "Straße",
]
KINDS = [*(kind for kind in Kind if kind is not Kind.FOOTNOTE), *[Kind.PARAGRAPH] * 4, *[Kind.LIST_ITEM] * 5]  # fmt: skip
ANCHORED = (Kind.PARAGRAPH, Kind.LIST_ITEM)


def pair(seed: int, size: int = 8) -> tuple[Document, Document]:
    """Return an old and a new text, the same for the same number."""
    chance = Random(seed)  # noqa: S311 -- nothing secret
    old = [passage(chance, f"t{number}") for number in range(size)]
    new = list(old)
    for number in range(chance.randint(1, 5)):
        change(chance, new, f"n{number}")
    notes = [
        (chance.choice(old).id, f"f{key}", words(chance)) for key in range(chance.randint(0, 2))
    ]
    changed = [(at, key, text + " mehr" * chance.randint(0, 1)) for at, key, text in notes]
    kept = [note for note in changed if chance.random() < 0.8]
    if new and chance.random() < 0.3:
        kept.append((chance.choice(new).id, "f9", words(chance)))
    return with_notes(well_formed(old), notes), with_notes(well_formed(new), kept)


def words(chance: Random, count: int = 0) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(count or chance.randint(2, 9)))


def marked(chance: Random) -> str:
    """Words that may have a stretch of bold or italic, and may end like a sentence."""
    parts = words(chance).split(" ")
    if chance.random() < 0.2:
        place = chance.randrange(len(parts))
        mark = chance.choice(["**", "*"])
        parts[place] = f"{mark}{parts[place]}{mark}"
    return " ".join(parts) + chance.choice(["", ".", "!"])


def table(chance: Random) -> str:
    columns = chance.randint(1, 3)
    rows = [
        [words(chance, 2), *(chance.choice(["", words(chance, 2)]) for _ in range(columns - 1))]
        for _ in range(chance.randint(1, 4))
    ]
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    sides = [chance.choice(["---", "---", "---:", ":---:"]) for _ in range(columns)]
    return "\n".join([head, "| " + " | ".join(sides) + " |", *body])


def passage(chance: Random, key: str) -> Passage:
    kind = chance.choice(KINDS)
    match kind:
        case Kind.HEADING:
            return Passage(key, kind, words(chance), chance.randint(1, 4))
        case Kind.LIST_ITEM:
            mark = chance.choice(["-", "-", "1.", "1.", "a)"])
            return Passage(key, kind, marked(chance), chance.choice([0, 0, 0, 1]), mark)
        case Kind.TABLE:
            return Passage(key, kind, table(chance))
        case Kind.CODE:
            return Passage(key, kind, f"{words(chance)}\n  {words(chance, 2)}")
        case Kind.GOAL | Kind.MEASURE:
            fields = (("Nummer", str(chance.randint(1, 9))), ("Titel", words(chance, 2)))
            return Passage(key, kind, marked(chance), fields=fields[: chance.randint(0, 2)])
        case _:
            return Passage(key, kind, marked(chance))


def change(chance: Random, new: list[Passage], key: str) -> None:
    """Reword, delete, insert or move something."""
    place = chance.randrange(len(new)) if new else 0
    match chance.choice(["reword"] * 5 + ["delete", "insert", "move", "move"]):
        case "reword" if new:
            new[place] = reworded(chance, new[place])
        case "delete":
            del new[place : place + 1]
        case "move":
            block = new[place : place + chance.randint(1, 2)]
            del new[place : place + len(block)]
            target = chance.randint(0, len(new))
            new[target:target] = block
        case _:
            new.insert(place, passage(chance, key))


def reworded(chance: Random, old: Passage) -> Passage:
    if chance.random() < 0.1:
        other = passage(chance, old.id)
        keeps_words = (
            old.kind is Kind.PARAGRAPH and other.kind is not Kind.TABLE and "*" not in old.text
        )
        return replace(other, text=old.text) if keeps_words else other
    if old.kind is Kind.TABLE:
        return replace(old, text=other_table(chance, old.text))
    if old.fields and chance.random() < 0.5:
        return replace(old, fields=(*old.fields[1:], ("Stand", words(chance, 1))))
    if old.kind in (Kind.HEADING, Kind.LIST_ITEM) and chance.random() < 0.2:
        return replace(old, level=2 - old.level if old.kind is Kind.HEADING else 1 - old.level)
    return replace(old, text=other_words(chance, old.text))


def other_words(chance: Random, text: str) -> str:
    parts = text.split(" ")
    for _ in range(chance.randint(1, 2)):
        place = chance.randrange(len(parts) + 1)
        if chance.random() < 0.5 or len(parts) == 1:
            parts.insert(place, chance.choice(WORDS))
        elif place < len(parts) and "*" not in parts[place]:
            del parts[place]
    return " ".join(parts).strip()


def other_table(chance: Random, text: str) -> str:
    head, line, *body = text.split("\n")
    place = chance.randint(0, len(body))
    match chance.choice(["row", "cell", "other", "head"]):
        case "row" if body and chance.random() < 0.5:
            del body[min(place, len(body) - 1)]
        case "row":
            cells = head.count("|") - 1
            body.insert(place, "| " + " | ".join(words(chance, 2) for _ in range(cells)) + " |")
        case "cell" if body:
            body[0] = body[0].replace("| ", "| neu ", 1)
        case "other":
            return table(chance)
        case _:
            head = head.replace("| ", "| Haupt ", 1)
    return "\n".join([head, line, *body])


def well_formed(passages: list[Passage]) -> Document:
    """The passages as a plan holds them: levels without gaps, lists that count on."""
    result, level = [], -1
    for each in passages:
        level = min(each.level, level + 1) if each.kind is Kind.LIST_ITEM else -1
        if each.kind is Kind.LIST_ITEM:
            result.append(replace(each, level=level))
        else:
            result.append(replace(each, level=max(each.level, 1)) if each.kind is Kind.HEADING else each)  # fmt: skip
    return renumber(tuple(result))


def with_notes(document: Document, notes: list[tuple[str, str, str]]) -> Document:
    """The text with its notes, numbered in the order in which it refers to them."""
    text: list[Passage] = []
    bodies: list[Passage] = []
    for each in document:
        for at, key, body in notes:
            if at == each.id and each.kind in ANCHORED:
                label = str(len(bodies) + 1)
                bodies.append(Passage(key, Kind.FOOTNOTE, body, label=label))
                each = replace(each, text=f"{each.text}[^{label}]")  # noqa: PLW2901 -- one note after the other
        text.append(each)
    return (*text, *bodies)
