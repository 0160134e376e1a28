"""RHI-PRIORITY: when a return interview is especially important, and why (Procedures; Guidance ¶34).

It says whom to see first. An interview is owed after every episode, whatever stands here (RHI-72H).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.absent_reports import both_kinds
from missingnet.graph.answers.exploitation_risk import RiskTold
from missingnet.graph.answers.factors import Factor, Factors, ThemesTold, WayTold
from missingnet.graph.answers.said import many
from missingnet.graph.answers.same_episode import Counted, EpisodeTold, Sameness, note
from missingnet.graph.answers.threshold_row import ThresholdRow, shown
from missingnet.graph.answers.ties import Texts, texts
from missingnet.graph.times import utc_to_london

OFTEN_MISSING: Final = "reported missing more than once"
OFTEN_AWAY: Final = "often away without authorisation"
HARMED: Final = "hurt or harmed while missing"
KNOWN: Final = "known or suspected exploitation, trafficking, crime or drugs"
CONTACT: Final = "contact with persons posing risk"
_WAYS: Final = {
    "notice": "a notice names an adult",
    "interview": "an interview tells of an adult",
    "associate": "intelligence links an adult",
}


class InterviewSaid(ThemesTold):
    """What one interview was about, and what it says of harm."""

    harm: str | None = Field(description="What it says of harm; None: nothing")


class PriorityFacts(RiskTold):
    """What is recorded of one child in the window, as far as the rule goes by it."""

    episodes: tuple[EpisodeTold, ...] = Field(description="Missing and absent, every agency's records", strict=False)
    interviews: tuple[InterviewSaid, ...] = Field(description="Interviews held in the window", strict=False)
    adults: tuple[WayTold, ...] = Field(description="Interviews and notices that name an associate", strict=False)
    linked: tuple[WayTold, ...] = Field(description="Intelligence that links an associate, not family", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[PriorityFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Every child with an episode in the window and a reason: those with most reasons first."""
        found = shown((one for row in rows if (one := _prioritised(row, asked)) is not None), asked)
        found.sort(key=lambda r: (-len({f.name for f in r.factors}), -r.missing, -r.absences, r.child_id))
        return found, (
            "An interview is owed after every missing episode; these come first. What nobody recorded makes no reason: "
            "a child who is not here may have one.",
            note(asked),
        )


class Prioritised(ThresholdRow):
    """One child whose interview is especially important; 'since' is when the latest episode of the window began."""

    missing: int = Field(description="Missing episodes in the window, each once")
    absences: int = Field(description="Absent reports in the window, each once")
    agencies: Texts = Field(description="By whose records they count")
    factors: tuple[Factor, ...] = Field(description="The reasons that apply, each fact with its records", strict=False)


def _prioritised(row: PriorityFacts, asked: Asked) -> Prioritised | None:
    """How the rule stands for the child; None: no episode began in the window, and it was not asked about."""
    missing, absent = both_kinds(row.episodes, asked.parameters["since"], Sameness.of(asked.parameters))
    if not missing and not absent and asked.about is None:
        return None
    factors = _factors(row, missing, absent, asked)
    reasons = tuple(dict.fromkeys(factor.name for factor in factors))
    counts = f"{many(len(missing), 'missing episode')} and {many(len(absent), 'absent report')} in the window"
    each = (e.record for c in (*missing, *absent) for e in (c.episode, *c.also))
    return Prioritised(
        child_id=row.child_id,
        state="fired" if reasons and (missing or absent) else "not fired",
        why=f"{counts}; " + ("; ".join(reasons) if reasons else "no reason recorded"),
        since=max((c.episode.started for c in (*missing, *absent)), default=None),
        records=texts(each, (record for factor in factors for record in factor.records)),
        missing=len(missing),
        absences=len(absent),
        agencies=texts(c.episode.agency for c in (*missing, *absent)),
        factors=factors,
    )


def _factors(row: PriorityFacts, missing: list[Counted], absent: list[Counted], asked: Asked) -> tuple[Factor, ...]:
    found, given = Factors(), asked.parameters
    for name, each, least, words in (
        (OFTEN_MISSING, missing, given["min_episodes"], "missing episode"),
        (OFTEN_AWAY, absent, given["often"], "absent report"),
    ):
        if len(each) >= least:
            found.add(name, f"{many(len(each), words)} in the window", *(c.episode.record for c in each))
    for interview in row.interviews:
        said = (interview.harm or "").strip().casefold()
        if said and said not in given["no_harm"]:
            found.add(HARMED, "an interview tells of harm", interview.record)
    for risk in row.known_on(utc_to_london(asked.as_at).date(), given["levels"]):
        found.add(KNOWN, risk.words, risk.record)
    for way in (*row.adults, *row.linked):
        found.add(CONTACT, _WAYS[way.way], way.record)
    found.told_by_themes(row.interviews, given["themes"])
    return found.told()
