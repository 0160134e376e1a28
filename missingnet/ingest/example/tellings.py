"""Who was told that a looked after child was missing, and had come back: the last two months, for which it is recorded.

Planted: one party who was never told of the return, or told late. Decoys: the duty team told in the social worker's
place, parents not told for a reason, and what only the council knows and says that the police were told of.
"""

from __future__ import annotations

from collections.abc import Sequence

from missingnet.ingest.example.care import Placement, placement_on
from missingnet.ingest.example.duties import Duties
from missingnet.ingest.example.episodes import Episode
from missingnet.ingest.example.moments import DAY, HOUR, elapsed, moment_text
from missingnet.ingest.example.place import AUTHORITIES, TOWNS

RECORDED = 60
"""Days for which the councils record who was told."""
HOST = "Host authority"
_LATE = 26 * HOUR


def host_of(placement: Placement) -> str:
    """In whose area a children's home is, a code or a name; nothing for another placement."""
    if placement.home is None:
        return ""
    where = placement.spot.postcode.zone
    return {"A": AUTHORITIES[0], "B": AUTHORITIES[1]}.get(where) or TOWNS[where]


def write_tellings(
    duties: Duties,
    episodes: Sequence[Episode],
    council_only: Sequence[tuple[int, int]],
    lists: Sequence[str],
    left_out: str = "",
) -> None:
    """Every notification about the child's episodes; 'left_out' is the party whom nobody told of a planted return."""
    since = (duties.period.until - RECORDED) * DAY
    for episode in episodes:
        placed = placement_on(duties.case.held, episode.seen // DAY)
        if placed is not None and (episode.over is None or episode.over >= since):
            _Tellings(duties, episode, _parties(duties, episode, placed, lists)).write(
                HOST in _away(duties, placed), left_out if episode.planted else ""
            )
    for first, last in council_only:
        if last * DAY >= since:
            placed = placement_on(duties.case.held, first)
            spell = Episode(0, None, None, seen=first * DAY + 9 * HOUR, over=(last + 1) * DAY)
            parties = ["Police", *_parties(duties, spell, placed, lists)] if placed else []
            _Tellings(duties, spell, parties).all_told()


def _away(duties: Duties, placed: Placement) -> list[str]:
    host = host_of(placed)
    return [HOST] if host and host != duties.case.child.authority else []


def _parties(duties: Duties, episode: Episode, placed: Placement, lists: Sequence[str]) -> list[str]:
    """Who is to be told of this episode, beside the police, whose report it is."""
    grave = ["UK Missing Persons Bureau", "CEOP"] if "High" in episode.grades else []
    return ["Social worker", "Parents", "IRO", *_away(duties, placed), *grave, *["Home Office"] * ("NRM" in lists)]


class _Tellings:
    """The notifications of one episode."""

    def __init__(self, duties: Duties, episode: Episode, parties: Sequence[str]) -> None:
        self._duties, self._episode, self._parties = duties, episode, parties

    def all_told(self) -> None:
        for party in self._parties:
            self._tell(party, "Missing", self._episode.seen)
            if self._episode.over is not None:
                self._tell(party, "Return", self._episode.over)

    def write(self, away: bool, left_out: str) -> None:
        """One party in some episodes late or never told of the return; truth.json tells which."""
        draw, over = self._duties.random.random, self._episode.over
        chance, pick = draw(), self._parties[int(draw() * len(self._parties))]
        late = over is not None and 0.1 <= chance < 0.2 and over + _LATE + 2 * HOUR < self._duties.case.limit
        never = over is not None and chance < 0.1
        if left_out in self._parties:
            pick, late, never = left_out, False, True
        harmful, duty = 0.2 <= chance < 0.28, 0.28 <= chance < 0.4
        for party in self._parties:
            who = "Emergency duty team" if duty and party == "Social worker" else party
            kept = "Would put the child at risk of harm" if harmful and party == "Parents" else ""
            self._tell(who, "Missing", self._episode.seen, kept)
            if over is not None and not (never and party == pick):
                self._tell(who, "Return", over, kept, _LATE if late and party == pick else 0)
        self._note(away, pick, "late" if late else "broken" if never else "")
        for is_decoy, why in ((harmful, "parents not told, for a reason"), (duty, "the duty team told instead")):
            if is_decoy and not late and not never:
                self._duties.note("NOTIFY", self._episode, "met", why)

    def _note(self, away: bool, party: str, standing: str) -> None:
        over, duties = self._episode.over, self._duties
        if not standing or over is None or elapsed(over, duties.case.limit) <= 24 * HOUR:
            return
        duties.note("NOTIFY", self._episode, standing)
        if away and party in (HOST, "Social worker"):
            duties.note("OOA-NOTIFY", self._episode, standing)
        elif away:
            duties.note("OOA-NOTIFY", self._episode, "met", "another party not told, both authorities were")

    def _tell(self, party: str, occasion: str, start: int, kept: str = "", later: int = 0) -> None:
        duties, child = self._duties, self._duties.case.child
        at = start + later + 20 + int(duties.random.random() * 100)
        if at < duties.case.limit:
            by = "Carer" if party in ("Police", "Social worker", "Emergency duty team", "Parents") else "Social worker"
            duties.delivery.council[child.authority]["notifications"](
                (
                    duties.references.next("NT"), child.authority, child.council, "", party, by, moment_text(at),
                    occasion, kept, self._episode.reference,
                )
            )  # fmt: skip
