"""Characters that Word takes from the fonts Symbol and Wingdings, as the Unicode they look like."""

_SYMBOL_BASE = 0xF000  # fonts of symbols have their characters here
_LAST_OF_SYMBOLS = 0xF0FF
_BEYOND = 0x10000  # a symbol is one of the first 65,536 characters
_GREEK = dict(zip("ABGDEZHQIKLMNXOPRSTUFCYW", "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ", strict=True))
_SYMBOL = (
    {ord(latin): greek for latin, greek in _GREEK.items()}
    | {ord(latin.lower()): greek.lower() for latin, greek in _GREEK.items()}
    | {0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°"}
    | {0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…"}
    | {0xD7: "⋅", 0xDE: "⇒", 0xE5: "∑", 0xD6: "√"}
)
_WINGDINGS = (
    {0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x76: "❖", 0x77: "◆", 0x9F: "•"}
    | {0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔"}
    | {0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x4A: "☺", 0x2A: "✉", 0x28: "☎"}
)
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def symbol(font: str, code: str) -> str:
    """Return a symbol as text; empty where nobody can tell what it looks like."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    known = _FONTS.get(font.lower(), {})
    if number in known or number - _SYMBOL_BASE in known:
        return known.get(number) or known[number - _SYMBOL_BASE]
    if _SYMBOL_BASE <= number <= _LAST_OF_SYMBOLS:
        plain = number - _SYMBOL_BASE
        is_letter = chr(plain).isascii() and chr(plain).isprintable() and not known
        return chr(plain) if is_letter else ""
    return chr(number) if 0 < number < _BEYOND and chr(number).isprintable() else ""
