"""Keep the translations complete: `messages.py update | check | compile`.

The sentences in code and templates are German and need no catalogue; every other language has one
under src/mitplan/locale/. German has one for sentences of libraries that have to be said in other words;
it is written by hand. Comments that begin with `Translators:` reach the catalogue.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "mitplan"
LANGUAGES = ("en",)
BY_HAND = ("de",)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Without dates and names: they would differ with every run and say nothing git does not know.
HEADER = """\
# Licensed under the EUPL-1.2
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plural}\\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd](?!\w)|\{\w*\}")


def catalogue_path(language: str) -> Path:
    """Return where the sentences of a language stand."""
    return SOURCE / "locale" / language / "LC_MESSAGES" / "django.po"


def python_code() -> Iterator[tuple[Path, str]]:
    """Yield every file that may hold a sentence, templates turned into Python by Django."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield path, path.read_text(encoding="utf-8")
    for path in sorted(SOURCE.rglob("templates/**/*.*")):
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        yield path, "\n".join(line.strip() for line in code.splitlines())


def collect(language: str) -> Catalog:
    """Return a catalogue of all sentences in the sources, none of them translated."""
    found = Catalog(locale=language)
    for path, code in python_code():
        place = (str(path.relative_to(ROOT)), 0)
        messages = extract(
            "python", BytesIO(code.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"}
        )
        for _line, sentence, comments, context in messages:
            found.add(sentence, locations=[place], auto_comments=comments, context=context)
    return found


def known(language: str) -> Catalog:
    """Return what the catalogue of a language holds now."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def texts(sentence: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return singular and plural, or the one sentence there is."""
    return (sentence or "",) if isinstance(sentence, str | None) else tuple(sentence)


def placeholders(text: str) -> set[str]:
    """Return the names that are filled in when the sentence is shown."""
    return set(PLACEHOLDER.findall(text))


def fault(source: Message, translation: Message | None) -> str:
    """Say what is wrong with a translation, or nothing."""
    if translation is None or not all(texts(translation.string)):
        return "missing"
    if translation.fuzzy:
        return "fuzzy"
    originals, translated = texts(source.id), texts(translation.string)
    allowed = set().union(*map(placeholders, originals))
    same_at_the_end = placeholders(translated[-1]) == placeholders(originals[-1])
    if not same_at_the_end or not all(placeholders(text) <= allowed for text in translated):
        return "other placeholders"
    return ""


def faults(language: str) -> list[str]:
    """List everything that keeps a language from being complete."""
    wanted, given = collect(language), known(language)
    wrong = [
        (fault(source, given.get(source.id, source.context)), source)
        for source in wanted
        if source.id
    ]
    wrong += [
        ("no longer used", entry)
        for entry in [*given, *given.obsolete.values()]
        if entry.id and wanted.get(entry.id, entry.context) is None
    ]
    return [f"{language}: {what}: {texts(entry.id)[0]}" for what, entry in wrong if what]


def update(language: str) -> None:
    """Write the sentences of the sources into the catalogue and keep the translations."""
    wanted, given = collect(language), known(language)
    for source in wanted:
        kept = given.get(source.id, source.context)
        if source.id and kept is not None:
            source.string = kept.string
            source.flags |= kept.flags
            source.user_comments = kept.user_comments
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.format(language=language, plural=wanted.plural_forms).encode())
        write_po(file, wanted, 100, omit_header=True, sort_by_file=True, include_lineno=False)


def compile_catalogue(language: str) -> None:
    """Write the binary catalogue that Django reads."""
    path = catalogue_path(language).with_suffix(".mo")
    with path.open("wb") as file:
        write_mo(file, known(language))


def check() -> int:
    """Print every fault; the number of faults decides how the command ends."""
    found = [line for language in LANGUAGES for line in faults(language)]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


def main() -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=["update", "check", "compile"])
    step = parser.parse_args().step
    settings.configure()  # templatize() wants to know the encoding, nothing else
    if step == "check":
        return check()
    for language in LANGUAGES if step == "update" else ():
        update(language)
    for language in (*LANGUAGES, *BY_HAND):
        compile_catalogue(language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
