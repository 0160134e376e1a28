"""Rules that fire at so many episodes of one child within a rolling window: MASE-3-IN-3M, REPEAT-2, PERSISTENT and
ABSENT-3-IN-90D (Framework; Guidance ¶46; Streetwise; WMP). An episode that two agencies recorded counts once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.bands import band_of
from missingnet.graph.answers.said import many
from missingnet.graph.answers.same_episode import Counted, EpisodeTold, Sameness, counted, note, once
from missingnet.graph.answers.threshold_row import ThresholdRow, met_since, shown, stands
from missingnet.graph.answers.ties import Texts, texts

#: What an episode of each kind is called.
_CALLED = {"missing": "missing episode", "absent": "absent report", "away": "time away"}


class ChildEpisodes(Row):
    """One child's records of episodes in the window, and shortly before it."""

    child_id: str = Field(description="The child")
    episodes: tuple[EpisodeTold, ...] = Field(description="Every agency's records", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[ChildEpisodes], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Children at the threshold or just short of it, those with most episodes first."""
        found = shown((_child(row, asked) for row in rows), asked)
        found.sort(key=lambda r: (-r.episodes, r.child_id))
        return found, (note(asked),)


def _child(row: ChildEpisodes, asked: Asked) -> EpisodesInWindow:
    since, least = asked.parameters["since"], asked.parameters["min_episodes"]
    each = [c for c in counted(row.episodes, Sameness.of(asked.parameters)) if c.episode.started > since]
    episodes = [c.episode for c in each]
    called = _CALLED[row.episodes[0].kind]
    bands = asked.parameters.get("bands")
    found = EpisodesInWindow(
        child_id=row.child_id,
        state=stands(len(each), least),
        why=f"{many(len(each), called)} began in the window; the rule fires at {least}",
        since=met_since([e.started for e in episodes], least),
        episodes=len(each),
        agencies=texts(e.agency for e in episodes),
        records=tuple(e.record for e in episodes),
        starts=tuple(e.started for e in episodes),
        first=episodes[0].started if episodes else None,
        last=episodes[-1].started if episodes else None,
        by_agency=_by_agency(each, [e for e in once(row.episodes) if e.started > since]),
        same_records=texts(e.record for c in each for e in c.also),
    )
    return found if bands is None else Persistent(**dict(found), band=band_of(len(each), bands))


def _by_agency(each: Sequence[Counted], told: Sequence[EpisodeTold]) -> tuple[AgencyCount, ...]:
    """Every agency that recorded one of them, those by whose records most count first."""
    found = []
    for agency in {e.agency for e in told}:
        own = [e.record for e in told if e.agency == agency]
        by_it = sum(c.episode.agency == agency for c in each)
        found.append(AgencyCount(agency=agency, counted=by_it, episodes=len(own), records=tuple(sorted(own))))
    return tuple(sorted(found, key=lambda a: (-a.counted, -a.episodes, a.agency)))


class AgencyCount(Row):
    """How many of the child's episodes one agency knows of."""

    agency: str = Field(description="The agency")
    counted: int = Field(description="How many of the child's episodes count by its records")
    episodes: int = Field(description="How many it recorded that began in the window")
    records: Texts = Field(description="These records")


class EpisodesInWindow(ThresholdRow):
    """One child at or just short of the threshold, and the episodes that put them there, in order of start; 'since' is
    when the last one needed began."""

    episodes: int = Field(description="Episodes in the window; one that two agencies recorded counts once")
    agencies: Texts = Field(description="By whose records they count")
    starts: tuple[datetime, ...] = Field(
        description="When they started, UTC, in the order of the records", strict=False
    )
    first: datetime | None = Field(description="The first of them, UTC; None: there is none")
    last: datetime | None = Field(description="The last of them, UTC; None: there is none")
    by_agency: tuple[AgencyCount, ...] = Field(description="What each agency recorded", strict=False)
    same_records: Texts = Field(description="Other agencies' records of the same episodes")


class Persistent(EpisodesInWindow):
    """The same, with the band in which the field counts children."""

    band: str = Field(description="The band of so many episodes: 1–2, 3–5 and so on")
