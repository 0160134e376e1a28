"""The embedded server's three users: who may write, who may only ask, and who looks after the server itself."""

import base64
import hashlib
import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

WRITER, READER, KEEPER = "writer", "reader", "root"
"""`root` is the server's own name for the user who looks after it; no graph question or load runs as it."""

ITERATIONS = 65_536
"""The server's own number. These passwords are random, so no number of rounds would make them easier to guess."""

EVERYTHING = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]


@dataclass(frozen=True)
class Passwords:
    """Three random passwords, made once for a graph folder and kept in a file only its owner can read."""

    write: str = field(repr=False)
    read: str = field(repr=False)
    keep: str = field(repr=False)


def write_private(path: Path, text: str) -> None:
    """The file holds the text, whole, readable by its owner only: written aside and put in place at once, so that a
    crash half-way leaves the old file, never half a file."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def passwords_of(folder: Path) -> Passwords:
    """The folder's passwords, made and kept (0600) when it has none. Called only under the folder's starting lock."""
    path = folder / "passwords.json"
    if not path.exists():
        made = Passwords(*(secrets.token_urlsafe(32) for _ in range(3)))
        write_private(path, json.dumps(asdict(made)))
    path.chmod(0o600)
    return Passwords(**json.loads(path.read_text(encoding="utf-8")))


def _hashed(password: str) -> str:
    """The password as the server keeps it. It feeds the salt's base64 text, not its bytes, to the hash."""
    salt = base64.b64encode(secrets.token_bytes(32)).decode("ascii")
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode("ascii"), ITERATIONS, 32)
    return f"PBKDF2WithHmacSHA256${ITERATIONS}${salt}${base64.b64encode(digest).decode('ascii')}"


def write_users(config: Path, passwords: Passwords, database: str) -> None:
    """The server's user and group files, written before each start, so that nobody's grant outlives an edit by hand.

    The reader's group has the right to read records and nothing else. (A group has a `readTimeout` too, but it was
    seen to stop plain scans only, not joins or lists; the limit that holds is the server's own, for every statement.)
    """

    def group(access: list[str], records: list[str]) -> dict[str, object]:
        return {
            "resultSetLimit": -1,
            "readTimeout": -1,
            "access": access,
            "types": {"*": {"access": records}},
        }

    groups = {
        "*": {
            "groups": {
                "admin": group(["updateSecurity", "updateSchema", "updateDatabaseSettings"], EVERYTHING),
                "*": group([], []),
            }
        },
        database: {
            "groups": {
                "loading": group(["updateSchema"], EVERYTHING),
                "asking": group([], ["readRecord"]),
                "*": group([], []),
            }
        },
    }
    users = [
        {"name": KEEPER, "databases": {"*": ["admin"]}, "password": _hashed(passwords.keep)},
        {"name": WRITER, "databases": {database: ["loading"]}, "password": _hashed(passwords.write)},
        {"name": READER, "databases": {database: ["asking"]}, "password": _hashed(passwords.read)},
    ]
    config.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(config / "server-groups.json", json.dumps({"databases": groups, "version": 2}))
    write_private(config / "server-users.jsonl", "".join(json.dumps(user) + "\n" for user in users))
