"""The start is refused when the engine would not keep the records safe; each refusal says the remedy."""

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from missingnet.graph.engine.connection import Connection, UnsafeEngine
from missingnet.graph.engine.passwords import passwords_of
from missingnet.graph.engine.server import FULL_FLUSH, recorded_ports, running_settings
from missingnet.settings import Settings, is_loopback

SHORTEST_PASSWORD = 12
KNOWN_PASSWORDS = frozenset(
    {"neo4j", "password", "neo4jpassword", "playwithdata", "changeme", "changemeplease", "letmein", "administrator"}
)
"""The defaults of the engines and of the examples that people copy (compared without spaces, dashes and case)."""

MissingConstraints = Callable[[], Sequence[str]]


def refuse_unsafe(
    settings: Settings, connection: Connection, missing_constraints: MissingConstraints | None = None
) -> list[str]:
    """Why this engine must not be used, one sentence with its remedy each; empty when it may be.

    `missing_constraints` names the uniqueness constraints that the schema asks for and the graph has not: without
    them two writers make two nodes of one child.
    """
    reasons = _embedded(settings) if connection.kind == "embedded" else _neo4j(connection)
    if missing_constraints is not None:
        reasons += [
            f"The graph does not keep the id of a {name} unique, so one could become two. Make the constraint again "
            "as cypher/schema/ has it, with nothing else running."
            for name in missing_constraints()
        ]
    return reasons


def demand_safe(
    settings: Settings, connection: Connection, missing_constraints: MissingConstraints | None = None
) -> None:
    """Passes in silence or raises `UnsafeEngine` with every reason, so that a person mends them in one go."""
    reasons = refuse_unsafe(settings, connection, missing_constraints)
    if reasons:
        raise UnsafeEngine(reasons)


def _embedded(settings: Settings) -> list[str]:
    folder = settings.graph_folder
    reasons = []
    passwords_file = folder / "passwords.json"
    if passwords_file.stat().st_mode & 0o077:
        reasons.append(f"Others may read the graph's passwords. Run `chmod 600 {passwords_file}`.")
    if folder.stat().st_mode & 0o077:
        reasons.append(f"Others may look into the graph's folder. Run `chmod 700 {folder}`.")
    ports = recorded_ports(folder)
    if ports is None:
        return [*reasons, "The graph engine's address is not on record. Run `missingnet stop` and start again."]
    return reasons + reasons_in(running_settings(ports, passwords_of(folder)))


def reasons_in(running: dict[str, object]) -> list[str]:
    """What is unsafe in the settings that the running embedded server says it has."""
    restart = "Run `missingnet stop` and start again"
    reasons = []
    if str(running.get("txWalFlush")) != str(FULL_FLUSH):
        reasons.append(
            "The engine does not flush its log when it acknowledges a write, so a power cut would lose records. "
            f"{restart}; if it is said again, remove txWalFlush from databases/graph/configuration.json."
        )
    if str(running.get("txWAL")).lower() != "true":
        reasons.append(f"The engine keeps no log of writes, so a power cut could ruin the graph. {restart}.")
    if running.get("server.mode") != "production":
        reasons.append(f"The engine is not in production mode, so its errors could show names. {restart}.")
    for setting in ("bolt.host", "server.httpIncomingHost"):
        if not is_loopback(str(running.get(setting, ""))):
            reasons.append(f"The engine can be reached from other machines ({setting}). {restart}.")
    return reasons


def _neo4j(connection: Connection) -> list[str]:
    reasons = []
    address = urlsplit(connection.uri)
    if not address.scheme.endswith("+s") and not is_loopback(address.hostname or ""):
        reasons.append(
            f"Records would cross the network to {address.hostname} unencrypted. Write the address as "
            f"{address.scheme}+s://… and give the server a certificate."
        )
    password = connection.write_auth[1]
    plain = "".join(letter for letter in password.lower() if letter.isalnum())
    if not password:
        reasons.append("The graph has no password. Set MISSINGNET_GRAPH_PASSWORD_FILE to a file that holds one.")
    elif plain in KNOWN_PASSWORDS or plain.rstrip("0123456789") in KNOWN_PASSWORDS:
        reasons.append("The graph's password is one that everybody knows. Change it to a random one.")
    elif len(password) < SHORTEST_PASSWORD:
        reasons.append(f"The graph's password is short. Change it to a random one of {SHORTEST_PASSWORD} or more.")
    return reasons
