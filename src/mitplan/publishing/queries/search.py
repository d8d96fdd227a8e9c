"""The search: what matches, in which order, with the matching words marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from mitplan.common.models import AuditHead
from mitplan.publishing.models import SearchEntry, SearchState
from mitplan.publishing.queries.stems import beginnings, fold, stem, words

SHOWN = 240
BEFORE = 60

COUNTS = {
    "sqlite": """
        SELECT e.kind, COUNT(*) FROM publishing_search s
        JOIN publishing_searchentry e ON e.id = s.rowid
        WHERE publishing_search MATCH %(match)s GROUP BY e.kind
    """,
    "postgresql": """
        SELECT e.kind, COUNT(*) FROM publishing_searchentry e
        WHERE (setweight(to_tsvector('simple', e.title_stems), 'A')
               || setweight(to_tsvector('simple', e.text_stems), 'B'))
              @@ to_tsquery('simple', %(match)s)
        GROUP BY e.kind
    """,
}
HITS = {
    "sqlite": """
        SELECT e.kind, e.url, e.title, e.text, e.source, e.is_demonstration FROM publishing_search s
        JOIN publishing_searchentry e ON e.id = s.rowid
        WHERE publishing_search MATCH %(match)s AND (%(kind)s = '' OR e.kind = %(kind)s)
        ORDER BY bm25(publishing_search, 4.0, 1.0), e.id LIMIT %(limit)s OFFSET %(offset)s
    """,
    "postgresql": """
        SELECT e.kind, e.url, e.title, e.text, e.source, e.is_demonstration FROM publishing_searchentry e
        WHERE (setweight(to_tsvector('simple', e.title_stems), 'A')
               || setweight(to_tsvector('simple', e.text_stems), 'B'))
              @@ to_tsquery('simple', %(match)s)
          AND (%(kind)s = '' OR e.kind = %(kind)s)
        ORDER BY ts_rank(
            setweight(to_tsvector('simple', e.title_stems), 'A')
            || setweight(to_tsvector('simple', e.text_stems), 'B'),
            to_tsquery('simple', %(match)s)
        ) DESC, e.id LIMIT %(limit)s OFFSET %(offset)s
    """,
}


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found, with the matching words marked."""

    kind_name: str
    url: str
    title: SafeString
    text: SafeString
    source: str
    is_demonstration: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What a person looks for: all words, the last one as a beginning."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Question":
        """Return the words of what was typed."""
        return cls(tuple(match[0] for match in words(text)))

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(map(stem, self.words))

    @property
    def last(self) -> tuple[str, ...]:
        """How the last word may begin."""
        return beginnings(self.words[-1]) if self.words else ()

    def matches(self, word: str) -> bool:
        """Tell whether a word of a text is one that was looked for."""
        return fold(word).startswith(self.last) or stem(word) in self.stems

    def for_database(self) -> str:
        """Return the question in the language of the database's index."""
        *first, last = self.words
        if connection.vendor == "postgresql":
            start = " | ".join([*(f"{each}:*" for each in self.last), stem(last)])
            return " & ".join([*map(stem, first), f"({start})"])
        start = " OR ".join([*(f'"{each}" *' for each in self.last), f'"{stem(last)}"'])
        return " AND ".join([*(f'"{stem(each)}"' for each in first), f"({start})"])


class Hits(Sequence[Hit]):
    """The hits of a question, fetched page by page."""

    def __init__(self, question: Question, kind: str) -> None:
        self.question, self.kind = question, kind
        self.counts = _counts(question) if question.words else {}

    def __len__(self) -> int:
        return self.counts.get(self.kind, 0) if self.kind else sum(self.counts.values())

    def __getitem__(self, part: slice) -> list[Hit]:  # type: ignore[override]  # pages only
        if not len(self):
            return []
        found = {
            "match": self.question.for_database(),
            "kind": self.kind,
            "limit": (part.stop or len(self)) - (part.start or 0),
            "offset": part.start or 0,
        }
        names = dict(SearchEntry.Kind.choices)
        with connection.cursor() as cursor:
            cursor.execute(HITS[connection.vendor], found)
            return [
                Hit(
                    str(names[kind]),
                    url,
                    highlighted(title, self.question),
                    highlighted(excerpt(text, self.question), self.question),
                    source,
                    bool(invented),
                )
                for kind, url, title, text, source, invented in cursor.fetchall()
            ]


def _counts(question: Question) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(COUNTS[connection.vendor], {"match": question.for_database()})
        return dict(cursor.fetchall())


def excerpt(text: str, question: Question) -> str:
    """Return the part of a text around the first word that was looked for."""
    if len(text) <= SHOWN:
        return text
    first = next((each.start() for each in words(text) if question.matches(each[0])), 0)
    start = max(0, text.rfind(" ", 0, max(first - BEFORE, 0)) + 1) if first > BEFORE else 0
    end = text.rfind(" ", start, start + SHOWN)
    end = end if end > first else start + SHOWN
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")


def highlighted(text: str, question: Question) -> SafeString:
    """Return a text as HTML with the words that were looked for marked."""
    return SafeString("".join(_pieces(text, question)))


def _pieces(text: str, question: Question) -> Iterator[str]:
    done = 0
    for each in words(text):
        if question.matches(each[0]):
            yield escape(text[done : each.start()])
            yield f"<mark>{escape(each[0])}</mark>"
            done = each.end()
    yield escape(text[done:])


@dataclass(frozen=True, slots=True)
class Freshness:
    """Up to which act the search knows everything, and whether more has happened since.

    A new day counts too: when a window is over, what was written in it becomes public without an act.
    """

    record: int
    newest: int
    built_at: datetime | None
    today: date

    @property
    def is_behind(self) -> bool:
        if self.built_at is None or self.record < self.newest:
            return True
        return timezone.localdate(self.built_at) < self.today


def freshness(today: date) -> Freshness:
    """Return how far the index is."""
    newest = AuditHead.objects.values_list("number", flat=True).first() or 0
    state = SearchState.objects.first()
    known = (state.record, newest, state.built_at) if state else (0, newest, None)
    return Freshness(*known, today)
