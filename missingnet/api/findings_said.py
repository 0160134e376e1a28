"""What people say of a finding: somebody has taken it up, or it needs nobody. A judgement like any other.

It rests on the records that the finding rested on when whoever said it looked, so it is seen only by who sees all of
these, and holds until the finding rests on another. That a window rolled on, or that the finding was gone for a while,
opens nothing again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from missingnet.api import judging, refusals
from missingnet.api.asks import Asks
from missingnet.api.judgements_put import Made
from missingnet.api.refusals import Refused
from missingnet.api.watching import Finding, Watched
from missingnet.graph.answers.judgements import Judged
from missingnet.graph.answers.people_said import Said, SaidFact, newest_first, standing_of
from missingnet.graph.judgements import Verdict
from missingnet.graph.keyed import OPAQUE

#: Rules of whose rows people say something in words of their own: there, and nowhere else.
ELSEWHERE: Final[Mapping[str, str]] = {"POLICE-COUNCIL-MISMATCH": "/reconcile", "TRIAGE-RAG": "/triage"}

SaidOf = Mapping[str, tuple[Said, ...]]


def finding_in(watched: Watched | None, rule: str, names: Sequence[str], seen: str | None = None) -> Finding:
    """The finding of a rule that this reader's last watch has under its own id, or about these things and records.

    ``seen`` tells on which records it rested when the person had it before them.

    :raises Refused: there is none or several, or it rests on other records by now.
    """
    wanted = set(names)
    found = [
        one
        for one in (watched.findings if watched else ())
        if one.rule == rule.upper() and wanted and wanted <= {one.id, *one.things, *one.said_of[1:]}
    ]
    if not found:
        raise Refused(refusals.NOT_FOUND)
    if len(found) > 1:
        raise Refused(refusals.NO_JUDGEMENT, "Several findings are about these. Name the finding, or its record, too.")
    if seen is not None and seen != found[0].seen:
        raise Refused(refusals.NO_JUDGEMENT, "It rests on other records than you saw. Open the page again, and look.")
    return found[0]


async def judge_finding(
    asks: Asks, finding: Finding, verdict: Verdict, reason: str, *, at: datetime | None = None
) -> Made:
    """Say of a finding that it is taken up, or dismissed, by all the records that it rested on.

    :raises Refused: the reader may not, no longer sees what it rests on, or nothing can be said of it here.
    """
    judging.demand_judge(asks)
    if finding.rule in ELSEWHERE:
        raise Refused(
            refusals.NO_JUDGEMENT, f"Of this rule's findings people speak on the page {ELSEWHERE[finding.rule]}."
        )
    return await judging.judge_of(
        asks, "finding", finding.things, finding.said_of, finding.records, verdict, reason, at
    )


async def said_of(asks: Asks, findings: Iterable[Finding]) -> SaidOf:
    """What this reader sees that people said of each finding, the newest first, by the finding's id.

    Also what was said when it was of some of the same records and others: it no longer holds.
    """
    by_things: dict[tuple[str, frozenset[str]], list[Judged]] = defaultdict(list)
    for row in await judging.judged(asks, "finding"):
        by_things[row.said_of[0], frozenset(thing.id for thing in row.things)].append(row)
    found = {}
    for one in findings:
        facts = [
            _fact(row)
            for row in by_things.get((one.rule, frozenset(one.things)), ())
            if row.said_of == one.said_of or _records(row.said_of) & _records(one.said_of)
        ]
        if facts:
            found[one.id] = tuple(
                Said.of(fact, holds=fact.said_of == one.said_of and {*one.records} <= {*fact.rested_on}).model_copy(
                    update={"said_of": ()}
                )  # it stands beside what it is said of
                for fact in newest_first(facts)
            )
    return found


def stands(said: SaidOf) -> Mapping[str, str]:
    """By the finding's id what was said last of it as it now is; findings that are open are left out."""
    return {one: standing.verdict for one, many in said.items() if (standing := standing_of(many))}


def _records(said: Iterable[str]) -> set[str]:
    """The records among what tells a finding from others of its rule."""
    return {word for word in said if OPAQUE.fullmatch(word)}


def _fact(row: Judged) -> SaidFact:
    return SaidFact(
        judgement=row.record,
        verdict=row.verdict,
        reason=row.reason,
        who=row.who,
        decided=row.decided,
        said_of=row.said_of,
        rested_on=row.rested_on,
    )
