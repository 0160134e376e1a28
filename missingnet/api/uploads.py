"""Files sent in by HTTP: streamed straight into a private folder, never held in memory, stopped at a size."""

from __future__ import annotations

import asyncio
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from missingnet.api import refusals
from missingnet.api.refusals import Refused

MOST_BYTES: Final = 512 * 1024 * 1024
MOST_FILES: Final = 200
MOST_FIELD: Final = 2_000
#: Kept free on the disk, so that an upload can never stop the audit from being written.
KEPT_FREE: Final = 256 * 1024 * 1024

_NAME: Final = re.compile(r"[^A-Za-z0-9._ #-]+")


@dataclass(slots=True)
class Upload:
    """What was sent: the files where they now stand, and the form's other fields."""

    files: list[Path] = field(default_factory=list)
    mapping: Path | None = None
    fields: dict[str, str] = field(default_factory=dict)


def safe_name(name: str) -> str:
    """A file name without folders or signs that a shell minds; its ending is kept, for it tells the format."""
    plain = _NAME.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(" .")[-100:]
    return plain or "file"


class _Receiver:
    """Puts each part of the stream where it belongs."""

    def __init__(self, folder: Path) -> None:
        self.upload = Upload()
        self._folder = folder
        self._headers: dict[bytes, bytes] = {}
        self._field = b""
        self._value = b""
        self._name = ""
        self._text = bytearray()
        self._file: Path | None = None
        self._handle: BinaryIO | None = None

    def on_part_begin(self) -> None:
        self._headers, self._text, self._name, self._file, self._handle = {}, bytearray(), "", None, None

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        self._headers[self._field.lower()] = self._value
        self._field = self._value = b""

    def on_headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" in options:
            name = options[b"filename"].decode("utf-8", "replace")
            if not name:
                return
            if len(self.upload.files) >= MOST_FILES:
                raise Refused(refusals.TOO_LARGE)
            place = self._folder / str(len(self.upload.files) + 1)
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = place / safe_name(name)
            self._handle = self._file.open("wb")

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._handle is not None:
            self._handle.write(data[start:end])
        elif len(self._text) + end - start <= MOST_FIELD:
            self._text += data[start:end]
        else:
            raise Refused(refusals.TOO_LARGE)

    def on_part_end(self) -> None:
        if self._handle is not None and self._file is not None:
            self._handle.close()
            if self._name == "mapping":
                self.upload.mapping = self._file
            else:
                self.upload.files.append(self._file)
        elif self._name:
            self.upload.fields[self._name] = self._text.decode("utf-8", "replace").strip()

    def close(self) -> None:
        if self._handle is not None:
            self._handle.close()


async def receive(request: Request, folder: Path, most_bytes: int = MOST_BYTES) -> Upload:
    """Stream the request's files into the folder.

    :raises Refused: it is no multipart form, or more than `most_bytes`, or the disk has no room; nothing is kept then.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or b"boundary" not in options:
        raise Refused(refusals.NOT_A_FORM)
    if int(request.headers.get("content-length") or 0) > most_bytes:
        raise Refused(refusals.TOO_LARGE)
    await asyncio.to_thread(folder.mkdir, mode=0o700, parents=True)
    receiver = _Receiver(folder)
    parser = MultipartParser(
        options[b"boundary"],
        {
            "on_part_begin": receiver.on_part_begin,
            "on_header_field": receiver.on_header_field,
            "on_header_value": receiver.on_header_value,
            "on_header_end": receiver.on_header_end,
            "on_headers_finished": receiver.on_headers_finished,
            "on_part_data": receiver.on_part_data,
            "on_part_end": receiver.on_part_end,
        },
    )
    taken = 0
    try:
        async for chunk in request.stream():
            taken += len(chunk)
            if taken > most_bytes or shutil.disk_usage(folder).free < KEPT_FREE:
                raise Refused(refusals.TOO_LARGE)
            parser.write(chunk)
        parser.finalize()
    except MultipartParseError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise Refused(refusals.NOT_A_FORM) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        receiver.close()
    return receiver.upload
