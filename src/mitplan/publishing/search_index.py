"""The database's own index over the stems of search entries: FTS5 on SQLite, GIN on PostgreSQL.

Installed after every migration, because SQLite drops triggers silently when a table is altered.
"""

from django.apps import AppConfig
from django.db import connections

SQLITE = (
    """
    CREATE VIRTUAL TABLE IF NOT EXISTS publishing_search USING fts5(
        title_stems, text_stems, content='publishing_searchentry', content_rowid='id'
    )
    """,
    "DROP TRIGGER IF EXISTS publishing_search_insert",
    "DROP TRIGGER IF EXISTS publishing_search_delete",
    "DROP TRIGGER IF EXISTS publishing_search_update",
    """
    CREATE TRIGGER publishing_search_insert AFTER INSERT ON publishing_searchentry BEGIN
        INSERT INTO publishing_search(rowid, title_stems, text_stems)
        VALUES (new.id, new.title_stems, new.text_stems);
    END
    """,
    """
    CREATE TRIGGER publishing_search_delete AFTER DELETE ON publishing_searchentry BEGIN
        INSERT INTO publishing_search(publishing_search, rowid, title_stems, text_stems)
        VALUES ('delete', old.id, old.title_stems, old.text_stems);
    END
    """,
    """
    CREATE TRIGGER publishing_search_update AFTER UPDATE ON publishing_searchentry BEGIN
        INSERT INTO publishing_search(publishing_search, rowid, title_stems, text_stems)
        VALUES ('delete', old.id, old.title_stems, old.text_stems);
        INSERT INTO publishing_search(rowid, title_stems, text_stems)
        VALUES (new.id, new.title_stems, new.text_stems);
    END
    """,
)
POSTGRESQL = (
    """
    CREATE INDEX IF NOT EXISTS publishing_search ON publishing_searchentry USING gin ((
        setweight(to_tsvector('simple', title_stems), 'A')
        || setweight(to_tsvector('simple', text_stems), 'B')
    ))
    """,
)
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def install(using: str = "default", **_: AppConfig | object) -> None:
    """(Re)install the index."""
    connection = connections[using]
    if "publishing_searchentry" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in STATEMENTS[connection.vendor]:
            cursor.execute(statement)
