"""TRIAGE-RAG: red, amber or green, as a suggestion with every fact that made it (Streetwise).

A person overrules it with a reason, which is kept and shown, and stands until a record comes that they had not seen. It
orders the work. What is owed (RHI-72H) is owed whatever the level.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.absent_reports import both_kinds
from missingnet.graph.answers.exploitation_risk import RiskTold
from missingnet.graph.answers.factors import Factor, Factors, ThemesTold, WayTold
from missingnet.graph.answers.people_said import Said, SaidFact, newest_first, standing_of
from missingnet.graph.answers.said import many
from missingnet.graph.answers.same_episode import Counted, EpisodeTold, Sameness, note
from missingnet.graph.answers.threshold_row import ThresholdRow
from missingnet.graph.answers.ties import Texts, texts
from missingnet.graph.times import utc_to_london

LEVELS: Final = ("red", "amber", "green")
#: By how the graph holds it, what a fact is called.
_WAYS: Final = {
    "notice": ("associates of concern", "a notice names an adult"),
    "interview": ("associates of concern", "an interview tells of an adult"),
    "associate": ("associates of concern", "intelligence links an adult"),
    "place": ("places visited", "intelligence names a place"),
}
_HOUR: Final = timedelta(hours=1)


class TriageFacts(RiskTold):
    """What is recorded of one child in the window, as far as the triage goes by it."""

    episodes: tuple[EpisodeTold, ...] = Field(description="Missing and absent, every agency's records", strict=False)
    interviews: tuple[ThemesTold, ...] = Field(description="Interviews held in the window", strict=False)
    adults: tuple[WayTold, ...] = Field(description="Interviews and notices that name an associate", strict=False)
    linked: tuple[WayTold, ...] = Field(description="Intelligence that links an associate, not family", strict=False)
    seen: tuple[WayTold, ...] = Field(description="Intelligence of the child at a place", strict=False)
    said: tuple[SaidFact, ...] = Field(description="What people said of the child's level", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[TriageFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Every child with an episode in the window: red first, within it those with most factors."""
        found = [one for row in rows if (one := triaged(row, asked)).missing or one.absences or asked.about is not None]
        found.sort(key=lambda r: (LEVELS.index(r.level), -len(r.factors), -r.missing, -r.absences, r.child_id))
        return found, (
            "A suggestion to a person, who may overrule it with a reason; that stands until a record comes which they "
            "had not seen. It orders the work and cancels no interview that is owed (RHI-72H). What nobody recorded "
            "makes no factor.",
            note(asked),
        )


class Triaged(ThresholdRow):
    """One child's suggested level. Red is 'fired', amber 'just short', green 'not fired'; 'since' is when the latest
    episode of the window began."""

    level: str = Field(description="'red', 'amber' or 'green': as a person said, else as the facts suggest")
    suggested: str = Field(description="The level that the facts suggest")
    missing: int = Field(description="Missing episodes in the window, each once")
    absences: int = Field(description="Absent reports in the window, each once")
    agencies: Texts = Field(description="By whose records they count")
    factors: tuple[Factor, ...] = Field(description="The strong factors, each with its records", strict=False)
    said: tuple[Said, ...] = Field(description="What people said of the level, the newest first", strict=False)


def triaged(row: TriageFacts, asked: Asked) -> Triaged:
    """The child's level, by the episodes that began in the window and what else is told of it."""
    given = asked.parameters
    missing, absent = both_kinds(row.episodes, given["since"], Sameness.of(given))
    factors = _factors(row, (*missing, *absent), asked)
    because = []
    if len(missing) > given["red_above"]:
        because.append(f"more than {many(given['red_above'], 'missing episode')}")
    if len(absent) >= given["red_absences"]:
        because.append(f"{given['red_absences']} absent reports or more")
    because += [factor.name for factor in factors]
    counts = f"{many(len(missing), 'missing episode')} and {many(len(absent), 'absent report')} in the window"
    if because:
        level, why = "red", f"{counts}; red for {', '.join(dict.fromkeys(because))}"
    elif len(missing) >= given["amber_at"]:
        level, why = "amber", f"{counts}; amber at {given['amber_at']} without a strong factor: find out more"
    else:
        level, why = "green", f"{counts}; no strong factor recorded"
    each = [e for c in (*missing, *absent) for e in (c.episode, *c.also)]
    records = texts((e.record for e in each), (r for factor in factors for r in factor.records))
    said = tuple(Said.of(fact, holds={*records} <= {*fact.rested_on}) for fact in newest_first(row.said))
    standing = standing_of(said)
    suggested = level
    if standing is not None:
        level = standing.verdict
        why += f". {standing.who} said {level}: {standing.reason}"
    return Triaged(
        child_id=row.child_id,
        state={"red": "fired", "amber": "just short"}.get(level, "not fired"),
        why=why,
        since=max((c.episode.started for c in (*missing, *absent)), default=None),
        records=records,
        level=level,
        suggested=suggested,
        missing=len(missing),
        absences=len(absent),
        agencies=texts(c.episode.agency for c in (*missing, *absent)),
        factors=factors,
        said=said,
    )


def _factors(row: TriageFacts, each: Iterable[Counted], asked: Asked) -> tuple[Factor, ...]:
    """Each strong factor once, in a settled order."""
    found = Factors()
    hours = asked.parameters["long_hours"]
    for one in each:
        ended = one.episode.ended or asked.as_at
        if one.episode.kind == "missing" and ended - one.episode.started > hours * _HOUR:
            found.add("long episode", f"away for more than {hours} hours", one.episode.record)
    for risk in row.known_on(utc_to_london(asked.as_at).date(), asked.parameters["levels"]):
        found.add("exploitation", risk.words, risk.record)
    for way in (*row.adults, *row.linked, *row.seen):
        found.add(*_WAYS[way.way], way.record)
    found.told_by_themes(row.interviews, asked.parameters["themes"])
    return found.told()
