"""The hash by which anybody can check that an edition is the one that was consulted or adopted."""

import hashlib
import json

from mitplan.core.text.passages import Document


def fingerprint(document: Document) -> str:
    """Return the SHA-256 over all passages in reading order, with their ids, kinds and fields.

    The hash does not depend on how the passages are stored, only on what a reader can see.
    """
    lines = (
        json.dumps(
            [p.id, p.kind.value, p.level, p.label, p.text, list(map(list, p.fields))],
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for p in document
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
