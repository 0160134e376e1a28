"""The address that the service is bound to: free, and on this machine only unless an organisation signs people in.
Quick to read, so that it is looked at first."""

from __future__ import annotations

import socket

from missingnet.settings import Settings, is_loopback


class NotOnLoopback(RuntimeError):
    """What is served without passwords, or without TLS, is served on this machine only."""


class PortTaken(RuntimeError):
    """Something else is served on that port."""


def refuse_other_hosts(settings: Settings) -> None:
    """Raise unless the service is bound to a loopback address, or an organisation signs people in over TLS.

    :raises NotOnLoopback: others could reach it; says what to set.
    :raises UnsafeSignIn: the sign-in file cannot be used.
    """
    here = is_loopback(settings.host)
    if settings.sign_in is None:
        if here:
            return
        raise NotOnLoopback(
            f"The demonstration readers have no passwords, so the service is not started on {settings.host}: anyone "
            "who reached it could read everything. Unset MISSINGNET_HOST, or set it to 127.0.0.1; for real records "
            "name a sign-in file with MISSINGNET_SIGN_IN (docs/guide/sign-in.md)."
        )
    from missingnet.api.sign_in.configuration import read_sign_in

    if not read_sign_in(settings.sign_in).secure and not here:
        raise NotOnLoopback(
            f"The sign-in file's address is without TLS, so the service is not started on {settings.host}: sessions "
            "could be read on the way. Write an address that begins with https://, or unset MISSINGNET_HOST."
        )


def bound(settings: Settings) -> socket.socket:
    """The socket to serve on, bound.

    :raises NotOnLoopback: the settings would serve demonstration readers to other machines.
    :raises PortTaken: the port is in use; says how to choose another.
    """
    refuse_other_hosts(settings)
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((settings.host.strip("[]"), settings.port))
    except OSError as error:
        found.close()
        raise PortTaken(
            f"Port {settings.port} of {settings.host} is taken, perhaps by MissingNet in another window. End that, or "
            "choose another port with --port."
        ) from error
    return found
