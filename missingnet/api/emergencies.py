"""Emergency access (BREAK-GLASS): opened by a person with a reason for one named child, ended by itself or by hand, and
reviewed by somebody of another agency. Each step stands in the audit, the first of them before anything is looked up.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from missingnet.api import refusals
from missingnet.api.asks import Asks
from missingnet.api.emergency_ledger import VERDICTS, Hindered, Ledger, Use, Verdict, hinders
from missingnet.api.reader import Asker, demand_auditor
from missingnet.api.refusals import Refused
from missingnet.api.watches import send
from missingnet.graph import rulebook, times
from missingnet.graph.access import SEALED
from missingnet.graph.answers import plain
from missingnet.graph.clocks import working_days_after
from missingnet.graph.keyed import OPAQUE
from missingnet.graph.lookups import stands_at
from missingnet.settings import Settings

log = logging.getLogger("missingnet.api")

RULE: Final = "BREAK-GLASS"
#: No partnership may make it last longer (SECURITY §4).
LONGEST: Final = timedelta(minutes=60)
#: A reason, or what a reviewer found, is a sentence that another person can check.
SENTENCE: Final = 12
#: How long ago a person may have proven who they are.
PROOF: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the rulebook allows: for how long, for which purposes, which compartments; and how reviews are owed."""

    lasts: timedelta
    purposes: tuple[str, ...]
    compartments: tuple[str, ...]
    unreviewed: int
    review_days: int


def allowed(now: datetime) -> Allowed:
    """What the rulebook allows at that instant; never more than an hour, and never what is sealed."""
    rule = rulebook.rule(RULE)
    return Allowed(
        lasts=min(timedelta(minutes=max(int(rule.at("minutes", now)), 1)), LONGEST),
        purposes=tuple(rule.at("purposes", now)),
        compartments=tuple(sorted(set(rule.at("compartments", now)) - SEALED)),
        unreviewed=int(rule.at("unreviewed", now)),
        review_days=int(rule.at("review_days", now)),
    )


def due(use: Use) -> datetime:
    """Until when a use should be reviewed (naive UTC)."""
    return working_days_after(use.begun, allowed(use.begun).review_days)


def proven(asker: Asker, settings: Settings) -> bool:
    """True when the person has proven just now who they are; in the demonstration nobody is checked."""
    return settings.sign_in is None or (asker.proven is not None and times.now() - asker.proven <= PROOF)


async def begin(asks: Asks, ledger: Ledger, settings: Settings, named: str, reason: str) -> Use:
    """Open one child to the person who asks, by the child's id or one of its identifiers (``council:997:100231``).

    It asks for no proof of who they are: the page does, and a command is given on the service's own machine.
    A child of whom there is nothing to see, even so, is answered as one that is not there; that it was tried stands in
    the audit.

    :raises Refused: it is no person with a purpose and a reason that allow it, or there is no such child.
    :raises LedgerUnavailable: it could not be kept, so nothing is open.
    """
    asker, now = asks.asker, times.now()
    rules = allowed(now)
    if asker.scopes is not None:
        raise Refused(refusals.NOT_ALLOWED, "Emergency access is opened by people, and by no machine.")
    if asker.purpose.code not in rules.purposes:
        raise Refused(
            refusals.NO_EMERGENCY, f"Emergency access is for the purposes {', '.join(rules.purposes)}. State one first."
        )
    wanted = "Say why this child's records are needed now, in a sentence that a reviewer can check."
    why = _sentence(reason, refusals.NO_EMERGENCY, wanted)
    child = named.strip()
    by_id = bool(OPAQUE.fullmatch(child))
    thing = child if by_id else await stands_at(asks.store, child)
    use = Use(
        id=asks.store.keyed("emergency", uuid.uuid4().hex),
        who=asker.reader.name,
        title=asker.reader.title,
        agency=asker.reader.agency,
        purpose=asker.purpose.code,
        reference=asker.purpose.reference,
        child=thing,
        reason=why,
        compartments=rules.compartments,
        begun=now,
        until=now + rules.lasts,
    )
    conceal = asks.store.audit.conceal
    said = {"about": child if by_id else conceal(child), "reason": conceal(why), "until": plain(use.until)}
    try:
        hinders(await asyncio.to_thread(ledger.of, use.who), rules.unreviewed, now)
        await _audit(asks, "break glass", use.id, {**said, "outcome": "begun"})
        if not await _is_there(asks, use):
            await _audit(asks, "break glass", use.id, {**said, "outcome": "nothing there"})
            raise Refused(refusals.NOT_FOUND)
        await asyncio.to_thread(ledger.begin, use, rules.unreviewed)
    except Hindered as error:
        await _audit(asks, "break glass", use.id, {**said, "outcome": "refused"})
        raise Refused(refusals.NO_EMERGENCY, str(error)) from error
    await _audit(asks, "break glass", use.id, {**said, "about": thing, "outcome": "open"})
    await _alert(settings, use)
    return use


async def _is_there(asks: Asks, use: Use) -> bool:
    """True when the child would be described to this person while it is open."""
    trying = Asks(asks.store, replace(asks.asker, emergency=use), asks.moment)
    found = (await trying.captions([use.child])).get(use.child)
    return found is not None and found.thing_kind == "Child"


async def _alert(settings: Settings, use: Use) -> None:
    """Tell whoever is to be told at once; where nobody can be told, that is in the service's own log."""
    log.warning("emergency access was opened, and waits for its review")
    if settings.webhook:
        told = {"kind": "emergency", "id": use.id, "reader": use.who, "agency": use.agency, "purpose": use.purpose}
        told |= {"begun": plain(use.begun), "until": plain(use.until), "review_by": plain(due(use))}
        refused = await asyncio.to_thread(send, settings.webhook, told)
        if refused:
            log.error("nobody was told of an emergency access: %s", refused)


async def end(asks: Asks, ledger: Ledger) -> Use:
    """End what is open to the person who asks.

    :raises Refused: nothing is.
    """
    use = asks.asker.emergency
    if use is None or not use.open(times.now()):
        raise Refused(refusals.NO_EMERGENCY, "No emergency access is open to you for this purpose: it is over.")
    await _ended(asks, ledger, use)
    return use


async def end_for(asks: Asks, ledger: Ledger, number: str) -> None:
    """End somebody's, as an auditor who finds that it must not go on.

    :raises Refused: the reader is no auditor, or nothing of that id is open.
    """
    demand_auditor(asks.asker)
    use = await _known(ledger, number)
    if not use.open(times.now()):
        raise Refused(refusals.NO_REVIEW, "It is over already.")
    await _ended(asks, ledger, use)


async def _ended(asks: Asks, ledger: Ledger, use: Use) -> None:
    await _audit(asks, "end emergency access", use.id, {"about": use.child, "outcome": "begun"})
    done = await asyncio.to_thread(ledger.end, use.id, asks.asker.reader.name, times.now())
    outcome = "done" if done else "it was over already"
    await _audit(asks, "end emergency access", use.id, {"about": use.child, "outcome": outcome})


async def review(asks: Asks, ledger: Ledger, number: str, verdict: str, found: str) -> Use:
    """Record what a person of another agency found when they looked at a use that is over.

    :raises Refused: the reader is no auditor, or of the same agency, or it is open, reviewed, or not there.
    """
    demand_auditor(asks.asker)
    reader, now = asks.asker.reader, times.now()
    use = await _known(ledger, number)
    if not may_review(asks, use):
        raise Refused(refusals.NO_REVIEW, "Somebody of another agency reviews it, and not who opened it.")
    if use.open(now):
        raise Refused(refusals.NO_REVIEW, "It is still open. End it, or wait until it is over; then review all of it.")
    if use.reviewed is not None:
        raise Refused(refusals.NO_REVIEW, "It has been reviewed already.")
    word = _verdict(verdict)
    words = _sentence(found, refusals.NO_REVIEW, "Say what you found, in a sentence that another person can check.")
    said = {"about": use.child, "verdict": word, "found": asks.store.audit.conceal(words)}
    await _audit(asks, "review emergency access", use.id, {**said, "outcome": "begun"})
    done = await asyncio.to_thread(ledger.review, use.id, (reader.name, reader.agency), word, words, now)
    await _audit(asks, "review emergency access", use.id, {**said, "outcome": "done" if done else "refused"})
    if not done:
        raise Refused(refusals.NO_REVIEW, "It has been reviewed already.")
    return use


def may_review(asks: Asks, use: Use) -> bool:
    """True for an auditor who is another person, of another agency."""
    reader = asks.asker.reader
    return asks.asker.may_audit and reader.name != use.who and reader.agency != use.agency


async def _known(ledger: Ledger, number: str) -> Use:
    use = await asyncio.to_thread(ledger.use, number) if OPAQUE.fullmatch(number) else None
    if use is None:
        raise Refused(refusals.NOT_FOUND)
    return use


async def known(asks: Asks, ledger: Ledger, number: str) -> Use:
    """The use of that id, for an auditor.

    :raises Refused: the reader is none, or there is no such use.
    """
    demand_auditor(asks.asker)
    return await _known(ledger, number)


def _verdict(text: str) -> Verdict:
    for verdict in VERDICTS:
        if text == verdict:
            return verdict
    raise Refused(refusals.NOT_UNDERSTOOD, f"'verdict' must be one of: {', '.join(VERDICTS)}.")


def _sentence(text: str, words: refusals.Words, wanted: str) -> str:
    said = " ".join(text.split())
    if len(said) < SENTENCE:
        raise Refused(words, wanted)
    return said


async def _audit(asks: Asks, act: str, number: str, entry: dict[str, Any]) -> None:
    line = {**asks.store.audit.entry(act, asks.asker.reader, asks.asker.purpose), "emergency": number, **entry}
    await asyncio.to_thread(asks.store.audit.write, line)


def as_json(use: Use) -> dict[str, Any]:
    """As a program reads it; ``waits_until`` is when its review is due, while nobody has reviewed it."""
    names = (
        "id",
        "who",
        "agency",
        "purpose",
        "reference",
        "child",
        "reason",
        "ended_by",
        "reviewer",
        "verdict",
        "found",
    )
    moments = ("begun", "until", "ended", "reviewed")
    return {
        **{name: getattr(use, name) for name in names},
        **{name: plain(getattr(use, name)) for name in moments},
        "compartments": list(use.compartments),
        "open": use.open(times.now()),
        "waits_until": plain(due(use)) if use.reviewed is None else None,
    }
