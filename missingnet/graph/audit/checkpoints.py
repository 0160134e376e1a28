"""Checkpoints: how far the chain went and in which hash, signed, and kept where who can write the audit cannot.

They show what the chain by itself cannot: that its end was cut off, or that it was written afresh. Each is a file of
its own, written whole or not at all, in a folder for each day.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from missingnet.graph.audit.chain import Link, Verdict, end_of, settled_size, verify

#: What a checkpoint says it is, so that nothing else that this key may sign is taken for one.
WHAT: Final = "MissingNet audit checkpoint"
_HEAD: Final = 64


class NoCheckpoint(RuntimeError):
    """No checkpoint was made; says why. What is asked is answered all the same."""


class NotThatKey(ValueError):
    """The file holds no public key by which a checkpoint could be checked."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far the chain went at some time. ``at`` is UTC; ``name`` is its file within the folder."""

    name: str
    link: Link
    at: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The chain by itself, how many checkpoints it agrees with, the last of those, and the first fault they show."""

    verdict: Verdict
    checkpoints: int
    last: Checkpoint | None
    fault: str | None


def signer(key: bytes) -> Ed25519PrivateKey:
    """The key that signs, from the bytes kept for it."""
    return Ed25519PrivateKey.from_private_bytes(key[:32])


def public_text(key: Ed25519PublicKey) -> str:
    """The public key as text (PEM), to be kept with the checkpoints and by whoever checks them."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def public_in(text: bytes) -> Ed25519PublicKey:
    """The public key in such a text.

    :raises NotThatKey: there is none.
    """
    try:
        found = load_pem_public_key(text)
    except ValueError as error:
        raise NotThatKey("The file holds no public key. `missingnet audit public-key` prints one.") from error
    if not isinstance(found, Ed25519PublicKey):
        raise NotThatKey("The file's public key is not one that signs checkpoints (Ed25519).")
    return found


def make(audit: Path, folder: Path, key: Ed25519PrivateKey, at: datetime) -> Checkpoint | None:
    """Sign how far the chain goes now; None when it goes no further than the last checkpoint.

    :raises NoCheckpoint: the chain is not a continuation of the last checkpoint, or the folder is not there.
    """
    if not folder.is_dir():
        raise NoCheckpoint(f"the folder for checkpoints is not there: {folder}")
    last = _newest(folder, key.public_key())
    link, holds = _state(audit, last)
    if last is not None and not holds:
        raise NoCheckpoint(f"the audit is not a continuation of the checkpoint {last.name}")
    if link.sequence == (last.link.sequence if last else 0):
        return None
    told = {"what": WHAT, "sequence": link.sequence, "head": link.head, "end": link.end, "at": at.isoformat()}
    signed = json.dumps(told, sort_keys=True)
    name = f"{at:%Y-%m-%d}/{link.sequence:012d}.json"
    line = {"signed": signed, "signature": base64.b64encode(key.sign(signed.encode())).decode()}
    _write(folder / name, json.dumps(line).encode() + b"\n")
    return Checkpoint(name, link, at.isoformat())


def _state(audit: Path, last: Checkpoint | None) -> tuple[Link, bool]:
    """How far the chain goes, and whether the last checkpoint's hash stands where it stood."""
    size = settled_size(audit)
    if size == 0:
        return Link(0, "", 0), last is None
    with audit.open("rb") as file:
        link = end_of(file.fileno(), size)
        if last is None:
            return link, True
        there = os.pread(file.fileno(), _HEAD + 1, last.link.end - _HEAD - 1)
        return link, there == last.link.head.encode() + b"\n"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        if os.write(handle, content) != len(content):
            raise OSError("short write")
        os.fsync(handle)
    finally:
        os.close(handle)
    draft.replace(path)


def files(folder: Path) -> list[Path]:
    """The checkpoints in a folder, by how far the chain went."""
    return sorted(folder.glob("[0-9]*/[0-9]*.json"), key=lambda path: path.name)


def _newest(folder: Path, key: Ed25519PublicKey) -> Checkpoint | None:
    days = sorted(folder.glob("[0-9]*"), reverse=True)
    for day in days:
        files = sorted(day.glob("[0-9]*.json"))
        if files:
            found = _read(files[-1], key)
            if found is None:
                raise NoCheckpoint(f"the checkpoint {day.name}/{files[-1].name} was changed, or signed by another key")
            return found
    return None


def _read(path: Path, key: Ed25519PublicKey) -> Checkpoint | None:
    """The checkpoint in a file; None where it was not signed by this key, or is no checkpoint."""
    try:
        line: dict[str, Any] = orjson.loads(path.read_bytes())
        key.verify(base64.b64decode(line["signature"]), line["signed"].encode())
        told: dict[str, Any] = orjson.loads(line["signed"])
        link = Link(int(told["sequence"]), str(told["head"]), int(told["end"]))
        if told["what"] != WHAT:
            return None
        return Checkpoint(f"{path.parent.name}/{path.name}", link, str(told["at"]))
    except (InvalidSignature, ValueError, KeyError, TypeError, AttributeError):
        return None


def check(audit: Path, folder: Path, key: Ed25519PublicKey) -> Checked:
    """The whole chain, and every checkpoint against it. The first checkpoint that does not fit is named."""
    signed, fault = dict[int, Checkpoint](), None
    for path in files(folder):
        found = _read(path, key)
        if found is None:
            fault = fault or f"the checkpoint {path.parent.name}/{path.name} was changed, or signed by another key"
        else:
            signed[found.link.sequence] = found
    heads = dict[int, str]()

    def keep(link: Link) -> None:
        if link.sequence in signed:
            heads[link.sequence] = link.head

    verdict = verify(audit, each=keep)
    agreed = list[Checkpoint]()
    for wrong in _against(signed, heads, verdict, agreed):
        fault = fault or wrong
    return Checked(verdict, len(agreed), agreed[-1] if agreed else None, fault)


def _against(
    signed: dict[int, Checkpoint], heads: dict[int, str], verdict: Verdict, agreed: list[Checkpoint]
) -> Iterator[str]:
    for number, one in sorted(signed.items()):
        since = agreed[-1].link.sequence + 1 if agreed else 1
        if number > verdict.records and verdict.fault is not None:
            return
        if number > verdict.records:
            yield (
                f"the checkpoint {one.name} was made after record {number:,}, and the audit ends at record "
                f"{verdict.records:,}: its end was cut off"
            )
        elif heads[number] != one.link.head:
            yield (
                f"records {since:,} to {number:,} are not those after which the checkpoint {one.name} was made: "
                "they were written afresh"
            )
        else:
            agreed.append(one)
