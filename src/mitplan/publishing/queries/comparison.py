"""Two editions side by side: what stayed, came and went, and for which reason."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mitplan.core.text.compare import Row, RowKind, compare
from mitplan.core.text.diff import Segment, SegmentKind
from mitplan.core.text.editorial import is_editorial
from mitplan.core.text.passages import Document, Kind
from mitplan.core.text.tokens import count_words
from mitplan.plan.models import ChangeOrigin, Edition
from mitplan.plan.queries import document_of
from mitplan.publishing.queries.adoptions import late_passages
from mitplan.publishing.queries.origins import NamedOrigin, named, percent
from mitplan.ui.values import spoken_number, spoken_share


@dataclass(frozen=True, slots=True)
class ComparedPassage:
    """One passage in two editions: what happened to it, word by word, and who asked for it."""

    key: str
    kind: RowKind
    is_heading: bool
    level: int
    old: str
    new: str
    segments: tuple[Segment, ...]
    fields: tuple[tuple[str, str, str], ...]
    is_editorial: bool
    origins: tuple[NamedOrigin, ...]
    is_late: bool = False

    @property
    def has_old(self) -> bool:
        """Whether it stands in the first of the two texts."""
        return self.kind != RowKind.INSERTED

    @property
    def has_new(self) -> bool:
        """Whether it stands in the second."""
        return self.kind != RowKind.DELETED

    @property
    def number(self) -> str:
        """The number its address has."""
        return self.key.removeprefix("t")

    @property
    def kind_name(self) -> str:
        return kind_names()[self.kind]

    @property
    def is_changed(self) -> bool:
        return self.kind != RowKind.UNCHANGED

    @property
    def is_substantive(self) -> bool:
        return self.is_changed and not self.is_editorial

    @property
    def words_lost(self) -> int:
        """How many words of the first wording the second has no longer."""
        lost = (each.text for each in self.segments if each.kind == SegmentKind.DELETED)
        return sum(map(count_words, lost))

    @property
    def old_segments(self) -> list[Segment]:
        """The wording before, with what went marked."""
        return [each for each in self.segments if each.kind != SegmentKind.INSERTED]

    @property
    def new_segments(self) -> list[Segment]:
        """The wording after, with what came marked."""
        return [each for each in self.segments if each.kind != SegmentKind.DELETED]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All passages of two texts, the first of the two whole, and the counts."""

    passages: list[ComparedPassage]
    first: Document
    words_before: int

    def filtered(self, which: str) -> list[ComparedPassage]:
        """Return the passages to show: all, those changed, changed in substance, or after participation.

        Above changed passages their headings stay, so that a reader knows where he is.
        """
        if which == "alles":
            return self.passages
        if which == "inhaltlich":
            return _with_headings(self.passages, lambda each: each.is_substantive)
        if which == "spaet":
            return _with_headings(self.passages, lambda each: each.is_late)
        return _with_headings(self.passages, lambda each: each.is_changed)

    @property
    def facts(self) -> list[tuple[str, object]]:
        """The counts, ready to be shown."""
        counts = Counter(each.kind for each in self.passages)
        names = kind_names()
        return [
            *((names[kind], counts[kind]) for kind in RowKind),
            (_("davon inhaltlich geändert"), self.substantive),
            (
                _("erhaltene Wörter"),
                _("%(kept)s von %(before)s (%(share)s)")
                % {
                    "kept": spoken_number(self.words_kept),
                    "before": spoken_number(self.words_before),
                    "share": spoken_share(self.kept),
                },
            ),
        ]

    @property
    def substantive(self) -> int:
        """How many passages changed in more than spelling and punctuation."""
        return sum(each.is_substantive for each in self.passages)

    @property
    def words_kept(self) -> int:
        """Words of the first edition that stand in the second too."""
        changed = (each for each in self.passages if each.is_changed)
        return self.words_before - sum(each.words_lost for each in changed)

    @property
    def kept(self) -> float:
        """The share of the first edition's words that survive, in per cent."""
        return percent(self.words_kept, self.words_before)


def compare_editions(old: Edition, new: Edition) -> Comparison:
    """Compare two editions of a plan, whichever is the older."""
    first = document_of(old)
    rows = compare(first, document_of(new))
    origins = _origins_between(old, new)
    late = late_passages(old, new)
    passages = [_passage(row, origins, late) for row in rows]
    return Comparison(passages, first, old.word_count)


def compare_documents(
    old: Document,
    new: Document,
    origins: dict[str, tuple[NamedOrigin, ...]] | None = None,
    *,
    words_before: int | None = None,
) -> Comparison:
    """Compare two states of a text that need not be stored."""
    words = sum(count_words(each.text) for each in old) if words_before is None else words_before
    return Comparison([_passage(row, origins or {}) for row in compare(old, new)], old, words)


def _passage(
    row: Row, origins: dict[str, tuple[NamedOrigin, ...]], late: Container[str] = ()
) -> ComparedPassage:
    shown = row.new or row.old
    if shown is None:
        message = "a row without a passage"
        raise ValueError(message)
    old = row.old.text if row.old else ""
    new = row.new.text if row.new else ""
    fields = _changed_fields(row)
    return ComparedPassage(
        key=shown.id,
        kind=row.kind,
        is_heading=shown.kind == Kind.HEADING,
        level=shown.level,
        old=old,
        new=new,
        segments=row.segments,
        fields=fields,
        is_editorial=row.kind == RowKind.CHANGED and not fields and is_editorial(old, new),
        origins=origins.get(shown.id, ()) if row.kind != RowKind.UNCHANGED else (),
        is_late=row.kind != RowKind.UNCHANGED and shown.id in late,
    )


def _changed_fields(row: Row) -> tuple[tuple[str, str, str], ...]:
    """Return the values of a goal or measure that differ: name, before, after."""
    if row.old is None or row.new is None or row.old.fields == row.new.fields:
        return ()
    old, new = dict(row.old.fields), dict(row.new.fields)
    return tuple(
        (name, old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    )


def _origins_between(old: Edition, new: Edition) -> dict[str, tuple[NamedOrigin, ...]]:
    """Return who brought about the changes on the way from one edition to the other."""
    first, last = sorted([old.number, new.number])
    rows = (
        ChangeOrigin.objects.filter(
            change__edition__plan=old.plan_id,
            change__edition__number__gt=first,
            change__edition__number__lte=last,
        )
        .order_by("pk")
        .values_list("change__passage__number", "origin_id")
    )
    return named_by_passage((f"t{number}", origin) for number, origin in rows)


def named_by_passage(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[NamedOrigin, ...]]:
    """Return the origins with their names, by passage, each once."""
    by_passage: defaultdict[str, list[int]] = defaultdict(list)
    for passage, origin in pairs:
        by_passage[passage].append(origin)
    names = named(origin for origins in by_passage.values() for origin in origins)
    return {
        passage: tuple(names[pk] for pk in dict.fromkeys(origins))
        for passage, origins in by_passage.items()
    }


def _with_headings(
    passages: Iterable[ComparedPassage], is_wanted: Callable[[ComparedPassage], bool]
) -> list[ComparedPassage]:
    shown: list[ComparedPassage] = []
    above: dict[int, ComparedPassage] = {}
    for each in passages:
        if is_wanted(each):
            shown += [*above.values(), each]
            above.clear()
        elif each.is_heading:
            above = {level: head for level, head in above.items() if level < each.level}
            above[each.level] = each
    return shown


def kind_names() -> dict[str, str]:
    """Return the words for what happened to a passage."""
    return {
        RowKind.UNCHANGED: _("unverändert"),
        RowKind.CHANGED: _("geändert"),
        RowKind.INSERTED: _("neu"),
        RowKind.DELETED: _("gestrichen"),
        RowKind.MOVED: _("verschoben"),
    }
