"""Who gets a file: readers that are known here, so that it can be said what they may have (decision 0024)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import Depends, Query, Request

from missingnet.api import refusals
from missingnet.api.refusals import Refused
from missingnet.graph.access import Reader


def may_receive(known: Mapping[str, Reader]) -> dict[str, Reader]:
    """Those who may get a file that somebody else made: all who are shown names, and not those who only keep watch."""
    return {name: one for name, one in known.items() if one.names and not one.only_audits}


def recipients_of(text: str, known: Mapping[str, Reader]) -> tuple[Reader, ...]:
    """The readers in 'chair, health'; none: who asks.

    :raises Refused: one of them is not known here, so it cannot be said what they may have.
    """
    names = dict.fromkeys(part.strip() for part in text.split(",") if part.strip())
    fit = may_receive(known)
    if not names.keys() <= fit.keys():
        raise Refused(
            refusals.NOT_UNDERSTOOD,
            "A recipient is somebody who is known here, for a file holds what its recipient may see: "
            f"{', '.join(fit) or 'nobody is'}.",
        )
    return tuple(fit[name] for name in names)


async def asked_recipients(
    request: Request,
    recipient: Annotated[
        str,
        Query(
            max_length=200,
            description="Who gets it: readers by their names, commas between; left out, who asks.",
        ),
    ] = "",
) -> tuple[Reader, ...]:
    """Who gets what is taken away, as it was asked."""
    return recipients_of(recipient, request.app.state.door.readers())


AskedRecipients = Annotated[tuple[Reader, ...], Depends(asked_recipients)]


def in_words(recipients: Sequence[Reader]) -> str:
    """Who gets it, as the file says it."""
    return "; ".join(one.title for one in recipients)
