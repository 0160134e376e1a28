"""A zip is refused by its directory, and then by what is really in it, before anything is parsed (SECURITY §5)."""

from __future__ import annotations

import zipfile
import zlib
from itertools import pairwise
from pathlib import Path
from typing import Final

from missingnet.ingest.problems import Unreadable

MOST_MEMBERS: Final = 1_000
MOST_UNPACKED: Final = 256 * 1024**2
#: Sheets of text shrink ten to twenty times; a bomb a thousand times. Small members may shrink more.
MOST_SHRUNK: Final = 100
_SMALL: Final = 1024**2
_CHUNK: Final = 1 << 18
_ARCHIVES: Final = (".zip", ".xlsx", ".xlsm", ".gz", ".7z", ".rar", ".bz2", ".xz", ".tar", ".docx")
_UNPACK: Final = "If the file is genuine, save its tables as 'CSV UTF-8' and load those."


def guard(path: Path) -> list[str]:
    """The members' names, after the archive was found to be what it says and of a size that a person sends.

    :raises Unreadable: too many members, too large unpacked, packed too tightly, archives or macros or links to
        other workbooks inside, encrypted, or a directory that does not tell the truth.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _by_directory(members)
            budget = MOST_UNPACKED
            for member in members:
                budget -= _really(archive, member, budget)
            return [member.filename for member in members]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise Unreadable("a damaged, encrypted or untruthful zip or workbook", _UNPACK) from None


def _by_directory(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise Unreadable(f"{len(members)} files in one zip", _UNPACK)
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Unreadable(f"more than {MOST_UNPACKED // 1024**2} MB when unpacked", _UNPACK)
    spans = sorted((member.header_offset, member.compress_size) for member in members)
    if any(start + size > following for (start, size), (following, _) in pairwise(spans)):
        raise Unreadable("members of the zip lie over one another", _UNPACK)
    for member in members:
        if member.file_size > _SMALL and member.file_size > MOST_SHRUNK * max(member.compress_size, 1):
            raise Unreadable(f"packed more than {MOST_SHRUNK} times smaller, as a zip bomb is", _UNPACK)
        name = member.filename.lower()
        if name.endswith("vbaproject.bin"):
            raise Unreadable("a workbook with macros", "Save it as an .xlsx workbook without macros.")
        if "/externallinks/" in name:
            raise Unreadable("a workbook that links to other workbooks", "Copy the sheet and paste it as values.")
        if name.endswith(_ARCHIVES):
            raise Unreadable("an archive inside an archive", "Unpack it and load the files.")
        if member.flag_bits & 1:
            raise Unreadable("an encrypted zip", "Send it without a password, by a way that is safe.")


def _really(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: int) -> int:
    """The true unpacked size, found by unpacking into nothing: a directory can lie.

    The compressed bytes are read themselves, for the library stops at the size that the directory claims.
    """
    if member.compress_type == zipfile.ZIP_STORED:
        if member.compress_size != member.file_size:
            raise zipfile.BadZipFile
        return member.file_size
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile
    raw = archive.fp
    if raw is None:
        raise zipfile.BadZipFile
    raw.seek(member.header_offset)
    header = raw.read(30)
    raw.seek(
        member.header_offset + 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    )
    unpacker, size, left = zlib.decompressobj(-15), 0, member.compress_size
    while left > 0 and not unpacker.eof:
        packed = raw.read(min(_CHUNK, left))
        if not packed:
            raise zipfile.BadZipFile
        left -= len(packed)
        while packed:
            size += len(unpacker.decompress(packed, _CHUNK))
            packed = unpacker.unconsumed_tail
            if size > member.file_size or size > budget:
                raise zipfile.BadZipFile
    if size != member.file_size:
        raise zipfile.BadZipFile
    return size
