"""ZIP files that are sent while they are made: nothing of them is held but the piece on its way."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

Entry = tuple[str, Iterable[str]]

_LEVEL, _DAY = 2, (1980, 1, 1, 0, 0, 0)
_PIECE = 64 * 1024


class _Outgoing(io.RawIOBase):
    """What the archive writes into; it can only go on, never back."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []
        self.size = 0

    def write(self, data: "ReadableBuffer") -> int:
        self.pieces.append(bytes(data))
        self.size += len(self.pieces[-1])
        return len(self.pieces[-1])

    def taken(self) -> bytes:
        data = b"".join(self.pieces)
        self.pieces.clear()
        self.size = 0
        return data


def zipped(entries: Iterable[Entry], *, first: tuple[str, str] | None = None) -> Iterator[bytes]:
    """Yield an archive piece by piece; `first` is an entry that stands uncompressed at its beginning."""
    outgoing = _Outgoing()
    with zipfile.ZipFile(outgoing, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        if first:
            archive.writestr(_info(first[0], zipfile.ZIP_STORED), first[1])
        for name, parts in entries:
            with archive.open(_info(name, zipfile.ZIP_DEFLATED), "w") as target:
                for part in parts:
                    target.write(part.encode())
                    if outgoing.size > _PIECE:
                        yield outgoing.taken()
    yield outgoing.taken()


def _info(name: str, compression: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DAY)
    info.compress_type = compression
    return info
