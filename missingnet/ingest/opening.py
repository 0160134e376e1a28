"""A path becomes tables: which kind of file it is, guarded against what is built to harm (requirement I5)."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, cast

from missingnet.ingest.agency import NAME
from missingnet.ingest.csv_file import open_csv
from missingnet.ingest.guarded import parsed_apart
from missingnet.ingest.problems import Unreadable
from missingnet.ingest.tables import LARGEST_FILE, Table
from missingnet.ingest.zip_guard import guard

#: What a folder is searched for; anything else in it (a licence, a read-me) is no agency's file.
KINDS: Final = (".csv", ".txt", ".tsv", ".xlsx", ".xml", ".zip", ".xlsm", ".xls", ".ods")
_IN_FOLDERS: Final = tuple(kind for kind in KINDS if kind != ".txt")
_CHUNK: Final = 1 << 20
_SAVE_AS: Final = "Save it as 'CSV UTF-8' or as an .xlsx workbook without macros."


def walk(paths: list[Path]) -> Iterator[tuple[Path, str]]:
    """Every file to be read with the name it goes by in the report, folders searched in order of name."""
    for path in paths:
        if path.is_dir():
            for found in sorted(path.rglob("*")):
                inside = found.relative_to(path)
                hidden = any(part.startswith((".", "~$")) for part in inside.parts)
                if found.is_file() and found.suffix.lower() in _IN_FOLDERS and not hidden and found.name != NAME:
                    yield found, inside.as_posix()
        else:
            yield path, path.name


def file_hash(path: Path) -> str:
    """SHA-256 of the file as it lies there.

    :raises Unreadable: it is not there, may not be read, or is larger than any extract.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable("the file is larger than 4 GB", "Split it.")
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()
    except OSError as fault:
        raise Unreadable(
            f"the file cannot be opened ({fault.strerror})", "Check its path and who may read it."
        ) from None


def tables(path: Path) -> list[Table]:
    """The tables in a file: one for a CSV, one for each sheet, each member of a zip, each table of an SSDA903 XML.

    :raises Unreadable: what it is, or what is in it, cannot be read.
    """
    with path.open("rb") as stream:
        start = stream.read(512)
    kind = path.suffix.lower()
    if start.startswith(b"PK\x03\x04"):
        names = guard(path)
        if any(name == "xl/workbook.xml" for name in names):
            return parsed_apart("workbook", path)
        if kind in (".xlsx", ".xlsm", ".ods") or "mimetype" in names:
            raise Unreadable("not a workbook of the .xlsx kind", _SAVE_AS)
        return _members(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("an old Excel or a password-protected workbook", _SAVE_AS)
    if kind in (".xlsx", ".xlsm", ".xls", ".ods", ".zip"):
        raise Unreadable(f"its name says {kind} but its content is not", _SAVE_AS)
    if kind == ".xml" or start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return parsed_apart("xml", path)
    return [open_csv(partial(_plainly, path), "")]


def _plainly(path: Path) -> BinaryIO:
    return path.open("rb")


def _members(path: Path) -> list[Table]:
    found = []
    with zipfile.ZipFile(path) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
    for info in members:
        if Path(info.filename).suffix.lower() not in (".csv", ".txt", ".tsv"):
            raise Unreadable("a zip with something in it that is no CSV file", "Unpack it and load the files.")
        found.append(open_csv(partial(_member, path, info.filename), info.filename))
    if not found:
        raise Unreadable("an empty zip", "Pack the CSV files into it again.")
    return found


def _member(path: Path, name: str) -> BinaryIO:
    archive = zipfile.ZipFile(path)
    stream = archive.open(name)
    archive.close()  # the archive stays open underneath until its member is closed
    return cast("BinaryIO", stream)
