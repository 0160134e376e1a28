"""What a council records of its duties around a child's missing episodes: meetings, assessments and screenings.

Most are done in time. Some are planted late, arranged and not held, or not done at all; truth.json tells each, and the
decoys: what was done on the last day allowed or before it was owed, and episodes that look as if it were owed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from missingnet.ingest.example.care import placement_on
from missingnet.ingest.example.episodes import Episode, Period
from missingnet.ingest.example.moments import DAY, HOUR, day_text, elapsed, moment_text, working_day_after
from missingnet.ingest.example.people import Child
from missingnet.ingest.example.police import Case, References
from missingnet.ingest.example.truth import Truth
from missingnet.ingest.example.writers import Delivery

STRATEGY_AFTER = 72 * HOUR
ALLOWED = 5
"""Working days for a strategy meeting after the 72 hours, for an assessment after the return, for a screening."""
IN_TIME, LAST_DAY, LATE, UNDONE = "in time", "on the last day allowed", "late", "undone"
BROUGHT_FORWARD, NOT_HELD = "brought forward", "arranged, not held"
_WORKERS = ("H. Tannick", "L. Orbury", "P. Sellock", "M. Dravidge")


def duty_stream(seed: int, number: int) -> Random:
    """What became of the duties around one child: a stream beside the child's own, which it does not disturb."""
    return Random(seed * 1_000_003_000_007 + number * 7 + 3)  # noqa: S311 (invented data, not a secret)


@dataclass(slots=True)
class Duties:
    """The duties around one child's episodes."""

    delivery: Delivery
    references: References
    random: Random
    case: Case
    period: Period
    truth: Truth

    def write(self, episodes: Sequence[Episode], council_only: Sequence[tuple[int, int]]) -> None:
        """Everything that the council records of them; 'council_only' are first and last days that only it knows."""
        unscreened = not council_only and self.random.random() < (0.3 if self.case.held else 0.12)
        for episode in episodes:
            self._strategy(episode)
            if placement_on(self.case.held, episode.seen // DAY) is not None and episode.over is not None:
                self._assessed(episode, episode.over, alone=unscreened)
            if unscreened:
                self._unscreened(episode)
            else:
                self._screened(episode)
        for first, last in council_only:
            self._assessment("Child exploitation screening", last + 1, None)
            if last - first > 1:
                self._meeting(last, last + 1, last + 1, None)

    def note(self, rule: str, episode: Episode, standing: str, decoy: str = "") -> None:
        """What truth.json tells of one duty: how it stands, and what makes it a decoy."""
        child = self.case.child
        line: dict[str, object] = {
            "rule": rule,
            "authority": child.authority,
            "council": child.council,
            "nominal": child.nominal,
            "police_ref": episode.reference,
            "began": moment_text(episode.seen),
            "over": moment_text(episode.over),
            "standing": standing,
        }
        self.truth.spool("duties", {**line, "decoy": decoy} if decoy else line)

    def _strategy(self, episode: Episode) -> None:
        over = episode.over if episode.over is not None else self.case.limit
        lasted = elapsed(episode.seen, over)
        placed = placement_on(self.case.held, episode.seen // DAY) is not None
        if not placed or lasted <= STRATEGY_AFTER:
            if lasted > STRATEGY_AFTER:
                self.note("STRAT-72H", episode, "not owed", "missing over 72 hours from home")
            elif placed and lasted > STRATEGY_AFTER - 12 * HOUR:
                self.note("STRAT-72H", episode, "not owed", "back within 12 hours of the 72")
            return
        mark = episode.seen + STRATEGY_AFTER
        mark += STRATEGY_AFTER - elapsed(episode.seen, mark)
        day = mark // DAY
        became = self._became(0.5, 0.14, 0.12)
        if became == UNDONE:
            became = (UNDONE, NOT_HELD, BROUGHT_FORWARD)[int(self.random.random() * 3)]
        held = self._done_on(became, day)
        if became == BROUGHT_FORWARD:
            held = episode.seen // DAY + 1
        if held is not None and held >= self.period.until:
            became, held = UNDONE, None
        if became != UNDONE:
            planned = held if held is not None else min(day + 3, self.period.until - 1)
            self._meeting(episode.seen // DAY + 1, planned, held, episode, became == BROUGHT_FORWARD)
        self._told("STRAT-72H", episode, became, day, "meeting ")

    def _meeting(
        self, arranged: int, planned: int, held: int | None, episode: Episode | None, forward: bool = False
    ) -> None:
        write_meeting(
            self.delivery,
            self.references.next("SM"),
            self.case.child,
            (arranged, planned, held),
            episode.reference if episode else "",
            worker=_WORKERS[int(self.random.random() * 4)],
            forward=forward,
        )

    def _assessed(self, episode: Episode, over: int, *, alone: bool) -> None:
        """The assessment after a return; undone or late only where it stands 'alone', for a screening is one too."""
        became = self._became(0.68, 0.1, 0.12) if alone else IN_TIME
        day = self._done_on(became, over // DAY, soonest=0)
        if day is not None and day >= self.period.until:
            became, day = UNDONE, None
        if day is not None:
            self._assessment("Missing from care", day, episode)
        self._told("RA-UPDATE", episode, became, over // DAY, "assessed ")

    def _screened(self, episode: Episode) -> None:
        became, start = self._became(0.78, 0.1, 0.12), episode.seen // DAY
        if became == LATE and working_day_after(start, ALLOWED + 7) >= self.period.until:
            became = LAST_DAY
        day = self._done_on(became, start, soonest=0)
        if day is not None and day < self.period.until:
            self._assessment("Child exploitation screening", day, episode)
            self._told("CSE-SCREEN", episode, became, start, "screened ")

    def _unscreened(self, episode: Episode) -> None:
        self._told("CSE-SCREEN", episode, UNDONE, episode.seen // DAY, "")

    def _became(self, in_time: float, last_day: float, late: float) -> str:
        draw = self.random.random()
        if draw < in_time:
            return IN_TIME
        if draw < in_time + last_day:
            return LAST_DAY
        return LATE if draw < in_time + last_day + late else UNDONE

    def _done_on(self, became: str, start: int, soonest: int = 1) -> int | None:
        """The day on which it was done, where the working days are counted from the day 'start'."""
        draw = self.random.random()
        if became == IN_TIME:
            return working_day_after(start, soonest + int(draw * (ALLOWED - soonest)))
        if became == LAST_DAY:
            return working_day_after(start, ALLOWED)
        return working_day_after(start, ALLOWED + 1 + int(draw * 6)) if became == LATE else None

    def _told(self, rule: str, episode: Episode, became: str, start: int, what: str) -> None:
        """Tell truth what is planted: as late, as broken once the last day is well over, or as a decoy."""
        if became == LATE:
            self.note(rule, episode, "late")
        elif became in (UNDONE, NOT_HELD):
            if working_day_after(start, ALLOWED) < self.period.until - 1:
                self.note(rule, episode, "broken")
        elif became in (LAST_DAY, BROUGHT_FORWARD):
            self.note(rule, episode, "met", what + became)

    def _assessment(self, kind: str, day: int, episode: Episode | None) -> None:
        draw, child = self.random.random, self.case.child
        care = kind == "Missing from care"
        # A screening that found a risk would make the child one of concern, which is planted elsewhere.
        level = "Medium" if care and draw() < 0.5 else "Low"
        score = {"Low": 4, "Medium": 11}[level] + int(draw() * 6)
        self.delivery.council[child.authority]["assessments"](
            (
                self.references.next("RA"), child.authority, child.council, kind, day_text(day), level, score,
                _WORKERS[int(draw() * 4)], day_text(day + 90), episode.reference if episode else "",
                "" if care else ("Yes" if draw() < 0.8 else "No"), day_text(day) if care and draw() < 0.7 else "",
                day_text(day) if care and draw() < 0.5 else "",
            )
        )  # fmt: skip


def write_meeting(
    delivery: Delivery,
    reference: str,
    child: Child,
    days: tuple[int, int, int | None],
    about: str,
    worker: str = _WORKERS[0],
    forward: bool = False,
) -> None:
    """One child's row of a strategy meeting; 'days' are when it was arranged, planned for, and held."""
    arranged, planned, held = days
    told = held is not None
    delivery.council[child.authority]["meetings"](
        (
            reference, child.authority, child.council, "", "Strategy", day_text(min(arranged, planned)),
            day_text(planned), day_text(held) if held is not None else "", worker, "T. Quarrendon" if told else "",
            "Team manager" if told else "", "Police; Social worker; Health" if told else "",
            "Plan to find the child and to keep the child safe agreed" if told else "", "Yes" if forward else "No",
            about, "",
        )
    )  # fmt: skip
