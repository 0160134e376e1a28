"""What this installation was told: where its state lives, which graph it speaks to, which address it serves.

Everything is read from the environment (MISSINGNET_…), so that the same program runs from a laptop's shell and from
a container. A secret is never a value in a file that is committed: it is a variable or, better, a file of its own.
"""

import os
import secrets
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "MISSINGNET_"
GRAPH_SCHEMES = ("bolt", "neo4j", "bolt+s", "neo4j+s")
KEY_BYTES = 32
"""Length of the key of every keyed hash: as long as the hash (SHA-256), so guessing the key is no shortcut."""


def default_home() -> Path:
    """The state folder of one user of this machine, where the desktop's rules put such folders."""
    state = os.environ.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "missingnet"


def default_cache() -> Path:
    """The folder for what can be made again from public files, shared by every state folder of one user."""
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "missingnet"


def is_loopback(host: str) -> bool:
    """True when what is sent to this host never leaves the machine. A name other than localhost might, so it is not."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Settings(BaseSettings):
    """One installation's choices; each field is the variable MISSINGNET_<FIELD>."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    home: Path = Field(default_factory=default_home, description="The state folder: graph, audit, uploads, keys.")
    cache: Path = Field(default_factory=default_cache, description="What can be made again: the postcode file.")
    graph: str = Field(default="", description="embedded:PATH, bolt://…, neo4j://…, bolt+s://… or neo4j+s://…")
    graph_user: str = Field(default="neo4j", description="User of a Neo4j server.")
    graph_password: SecretStr | None = Field(default=None, description="Password of a Neo4j server.")
    graph_password_file: Path | None = Field(default=None, description="A file holding that password instead.")
    graph_database: str = Field(default="", description="Database on the server; empty for the usual one.")
    graph_wait: float = Field(default=30.0, gt=0, description="Seconds to wait for a graph that is starting.")
    graph_heap: str = Field(default="", pattern=r"^([0-9]+[mg])?$", description="Embedded engine's memory: 512m, 2g.")
    statement_seconds: float = Field(default=10.0, gt=0, description="A statement that runs longer is stopped.")
    host: str = Field(default="127.0.0.1", description="Address that the pages are served on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port that the pages are served on.")
    secret_file: Path | None = Field(default=None, description="Key of the keyed hashes; made in the state folder.")
    requests_per_minute: int = Field(default=300, ge=1, description="One reader's requests; more are slowed, refused.")
    searches_per_minute: int = Field(default=30, ge=1, description="One reader's searches, of these.")
    sign_ins_per_minute: int = Field(default=120, ge=1, description="Steps of signing in, from one address.")
    audit_patience: float = Field(
        default=2.0, gt=0, description="Seconds for a record to reach the disk, or no answer."
    )
    audit_checkpoints: Path | None = Field(default=None, description="Folder elsewhere for the audit's checkpoints.")
    checkpoint_key_file: Path | None = Field(default=None, description="Key that signs checkpoints; made if need be.")
    webhook: str = Field(
        default="", description="Where a watch sends how many findings are new; https, or this machine."
    )
    sign_in: Path | None = Field(
        default=None, description="The file that says through whom people sign in; none: the demonstration's readers."
    )
    authority: str = Field(default="", description="The lead authority's code, named on packs.")

    @field_validator(
        *("home", "cache", "graph_password_file", "secret_file", "sign_in"),
        *("audit_checkpoints", "checkpoint_key_file"),
    )
    @classmethod
    def _absolute(cls, path: Path | None) -> Path | None:
        """Paths mean the same place whatever folder a later command is run from."""
        return None if path is None else path.expanduser().absolute()

    @model_validator(mode="after")
    def _graph_is_understood(self) -> "Settings":
        if self.graph.startswith("embedded:") and len(self.graph) > len("embedded:"):
            return self
        if self.graph and urlsplit(self.graph).scheme not in GRAPH_SCHEMES:
            raise ValueError(
                "MISSINGNET_GRAPH must be embedded:PATH or an address starting "
                + ", ".join(f"{scheme}://" for scheme in GRAPH_SCHEMES)
            )
        if self.graph and not urlsplit(self.graph).hostname:
            raise ValueError("MISSINGNET_GRAPH names no host, as in neo4j+s://graph.example.org:7687")
        return self

    @model_validator(mode="after")
    def _webhook_is_safe(self) -> "Settings":
        address = urlsplit(self.webhook)
        if self.webhook and address.scheme != "https" and not is_loopback(address.hostname or ""):
            raise ValueError("MISSINGNET_WEBHOOK must begin with https://, or lead to this machine")
        return self

    @property
    def graph_kind(self) -> Literal["embedded", "neo4j"]:
        return "embedded" if not self.graph or self.graph.startswith("embedded:") else "neo4j"

    @property
    def graph_folder(self) -> Path:
        """Where the embedded graph is kept."""
        if not self.graph:
            return self.home / "graph"
        return Path(self.graph.removeprefix("embedded:")).expanduser().absolute()

    @property
    def secret_path(self) -> Path:
        return self.secret_file or self.home / "secret.key"

    @property
    def checkpoint_folder(self) -> Path:
        """Where the audit's checkpoints are kept: elsewhere where a folder is named, else beside it."""
        return self.audit_checkpoints or self.home / "checkpoints"

    def make_home(self) -> Path:
        """The state folder, made if need be; nobody else on the machine can look inside."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.home

    def password(self) -> str:
        """The Neo4j server's password: from its file when one is named, else from the variable, else empty."""
        if self.graph_password_file is not None:
            return self.graph_password_file.read_text(encoding="utf-8").strip("\r\n")
        return self.graph_password.get_secret_value() if self.graph_password else ""

    def environment(self) -> dict[str, str]:
        """These settings as variables, for a command of ours in another process; a password is among them."""
        said = {
            f"{PREFIX}{name.upper()}": value.get_secret_value() if isinstance(value, SecretStr) else str(value)
            for name, value in self
            if value is not None
        }
        return {name: value for name, value in said.items() if value}

    def secret_key(self) -> bytes:
        """The key of every keyed hash (ids, names in the audit), made once and kept.

        A key of its own per installation: with a shared one, a guess at a name could be checked anywhere.
        """
        return self._made_once(self.secret_path)

    def checkpoint_key(self) -> bytes:
        """The key that signs the audit's checkpoints, made once and kept."""
        return self._made_once(self.checkpoint_key_file or self.home / "checkpoint.key")

    def _made_once(self, path: Path) -> bytes:
        if not path.exists():
            self.make_home()
            draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
            # Linked, not renamed: of two processes starting at once the first one's key stands for both.
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        key = path.read_bytes()
        if len(key) < KEY_BYTES:
            raise ValueError(f"{path} holds {len(key)} bytes; a key has at least {KEY_BYTES}. Restore it from backup.")
        return key


@lru_cache(maxsize=8)
def _settings_of(environment: tuple[tuple[str, str], ...]) -> Settings:
    return Settings()


def settings() -> Settings:
    """The settings of the environment as it is now; the same object as long as it does not change."""
    names = sorted(name for name in os.environ if name.upper().startswith(PREFIX) or name in ("XDG_STATE_HOME", "HOME"))
    return _settings_of(tuple((name, os.environ[name]) for name in names))
