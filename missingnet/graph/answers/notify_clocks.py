"""NOTIFY and OOA-NOTIFY: who was told of an episode and of the return, and who should have been (Procedures §§2, 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.clock_facts import Owing, answer_of, said
from missingnet.graph.answers.clock_row import ClockRow, Noted
from missingnet.graph.answers.listed_facts import EpisodeGraded, ListedFacts
from missingnet.graph.answers.police_council_mismatch import PlacedTold
from missingnet.graph.answers.ties import Texts, texts
from missingnet.graph.clocks import CARER, POLICE, SOCIAL_WORKER, Standing, clock, is_working_day
from missingnet.graph.times import utc_to_london

MISSING: Final = "missing"
RETURN: Final = "return"
TOLD: Final = "told"
NOT_TOLD: Final = "not told, with a reason"
NOT_RECORDED: Final = "not recorded"
NOT_PROVIDED: Final[Standing] = "not provided"
DUTY_TEAM: Final = "duty team"
HOST: Final = "host authority"
RESPONSIBLE: Final = "responsible authority"
#: Words that a police report has for whom it says were told.
_REPORTED_AS: Final = {
    "police": "police",
    "parent": "parents",
    "parents": "parents",
    "social worker": "social worker",
    "emergency duty team": DUTY_TEAM,
    "edt": DUTY_TEAM,
    "independent reviewing officer": "IRO",
    "iro": "IRO",
}
#: Telling one of these tells the party.
_STANDS_FOR: Final[Mapping[str, frozenset[str]]] = {
    "social worker": frozenset({"social worker", DUTY_TEAM}),
    RESPONSIBLE: frozenset({RESPONSIBLE, "social worker", DUTY_TEAM}),
}


class EpisodeNotified(EpisodeGraded):
    """One record of an episode, with whom it says were told."""

    notified: Texts = Field(description="Whom the report says were told, as it came")


class PlacedHosted(PlacedTold):
    """One placement record of a child, with the authority in whose area the home is."""

    host: str | None = Field(
        description="The authority of the home by a register, its code or name; None: not recorded"
    )


class NotificationTold(Row):
    """One record that a party was told, or why it was not."""

    record: str = Field(description="The record")
    told: str = Field(description="Who was told")
    told_by: str | None = Field(description="By whom; None: not recorded")
    at: datetime = Field(description="When, UTC")
    occasion: str = Field(description="'missing' or 'return'")
    about: str | None = Field(description="The reference of the episode; None: not recorded")
    not_told_because: str | None = Field(description="Why the party was not told; None: it was told")


class PartyTold(Row):
    """One party that is to be told of one occasion."""

    party: str = Field(description="Who is to be told")
    occasion: str = Field(description="'missing' or 'return'")
    owed_by: str = Field(description="Who tells them")
    state: str = Field(description="'told', 'not told, with a reason', 'not recorded' or 'not provided'")
    at: datetime | None = Field(description="When they were first told, UTC; None: not told, or the time not recorded")
    records: Texts = Field(description="The records that say so")


class NotifyRow(ClockRow):
    """One episode, with every party that is to be told of it."""

    parties: tuple[PartyTold, ...] = Field(description="Each party and occasion", strict=False)


class NotifyFacts(ListedFacts):
    """One child's episodes about the window and what is recorded of who was told; the files are those that tell it."""

    episodes: tuple[EpisodeNotified, ...] = Field(description="Every agency's records", strict=False)
    placements: tuple[PlacedHosted, ...] = Field(description="Placements, of any time", strict=False)
    told: tuple[NotificationTold, ...] = Field(description="Who was told, of any episode", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[NotifyFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Each missing episode of a looked after child, those of whom somebody was not told first."""
        found = [row for child in rows for one in child.owing(asked) for row in _episode(child, one, asked)]
        shown, notes = answer_of(found, asked)
        which = (
            "of a child who was not looked after"
            if asked.rule == "NOTIFY"
            else "of a placement not known to be out of area"
        )
        return shown, [*notes, f"Episodes {which} are not listed; ask about the child to see them."]


def _episode(child: NotifyFacts, one: Owing, asked: Asked) -> list[ClockRow]:
    """The row of one episode, where the rule asks for one."""
    if not one.within(asked.parameters["since"]) or one.episode.kind not in asked.parameters["starts_for"]:
        return []
    facts = one.noted(asked.as_at)
    hosts = _hosts(child, one)
    away = _out_of_area(one, hosts, asked)
    if one.placed is None:
        why = "no placement was open when the episode began: not looked after, by the records"
        return [_nobody(one, "not looked after", why, facts)] if asked.about is not None else []
    where = Noted(
        words=f"Placed in the area of {' and '.join(hosts) or 'an authority not recorded'}",
        records=(one.placed.record,),
    )
    if asked.rule != "NOTIFY":
        if not away:
            why = (
                "the home is in the responsible council's area"
                if away is False
                else "in whose area the home is, is not known"
            )
            return [_nobody(one, "not out of area", why, [*facts, where])] if asked.about is not None else []
        ensures = f"The responsible authority, {one.council}, ensures the return interview"
        facts += [where, Noted(words=ensures, records=(one.placed.record,))]
        return [_Telling.of(child, one, asked).row([(RESPONSIBLE, CARER), (HOST, SOCIAL_WORKER)], facts)]
    parties = [("police", CARER), ("social worker", CARER), ("parents", CARER), ("IRO", SOCIAL_WORKER)]
    parties += [(HOST, SOCIAL_WORKER)] if away else []
    facts += [where] if away else []
    if asked.parameters["high_risk"] in child.risk(one):
        parties += [("UK Missing Persons Bureau", POLICE), ("CEOP", POLICE)]
    if child.on_list(one, asked.as_at, *asked.parameters["lists"]):
        parties.append(("Home Office", SOCIAL_WORKER))
    telling = _Telling.of(child, one, asked)
    return [telling.row(parties, [*facts, *_out_of_hours(telling)])]


def _hosts(child: NotifyFacts, one: Owing) -> list[str]:
    """The authorities that registers name for the home of the placement."""
    placed = one.placed
    return sorted({p.host for p in child.placements if placed is not None and p.record == placed.record and p.host})


def _out_of_area(one: Owing, hosts: Sequence[str], asked: Asked) -> bool | None:
    """True when a register puts the home in another authority's area; None: not known, or the council has no name."""
    council = one.council
    names = {n.partition(" ")[2].casefold() for n in asked.parameters["authorities"] if n.partition(" ")[0] == council}
    if not hosts or council is None or not names:
        return None
    return not any(host == council or host.casefold() in names for host in hosts)


def _nobody(one: Owing, state: str, why: str, facts: Sequence[Noted]) -> ClockRow:
    return _with(one.row(state, "not owed", None, why, facts=facts), ())


def _with(row: ClockRow, parties: Sequence[PartyTold]) -> NotifyRow:
    return NotifyRow(**{name: getattr(row, name) for name in ClockRow.model_fields}, parties=tuple(parties))


@dataclass(frozen=True, slots=True)
class _Telling:
    """One episode with what was told of it."""

    child: NotifyFacts
    one: Owing
    told: Sequence[NotificationTold]
    asked: Asked

    @classmethod
    def of(cls, child: NotifyFacts, one: Owing, asked: Asked) -> _Telling:
        """What names the episode's report, and of what names none all since it began and before the next did."""
        owing = child.owing(asked)

        def last(at: datetime) -> str | None:
            before = [other for other in owing if other.episode.started <= at]
            return (
                max(before, key=lambda o: (o.episode.started, o.episode.reference or "", o.record)).record
                if before
                else None
            )

        mine = [
            told
            for told in child.told
            if (told.about in one.references if told.about is not None else last(told.at) == one.record)
        ]
        return cls(child, one, sorted(mine, key=lambda t: (t.at, t.told, t.occasion)), asked)

    def party(self, party: str, owed_by: str, occasion: str, due: datetime) -> PartyTold:
        """Whether one party was told of one occasion."""
        same = _STANDS_FOR.get(party, frozenset({party}))
        mine = [t for t in self.told if t.occasion == occasion and t.told in same]
        done = [t.at for t in mine if t.not_told_because is None]
        reports = self._reports(party, same, occasion)
        if done or reports:
            state = TOLD
        elif mine:
            state = NOT_TOLD
        else:
            state = NOT_RECORDED if self.child.covered(min(due, self.asked.as_at)) else NOT_PROVIDED
        return PartyTold(
            party=party,
            occasion=occasion,
            owed_by=owed_by,
            state=state,
            at=done[0] if done else None,
            records=texts((t.record for t in mine), reports),
        )

    def _reports(self, party: str, same: frozenset[str], occasion: str) -> list[str]:
        """The police's own reports, which tell that the police know, and reports that name the party as told."""
        records, police = {self.one.record, *(e.record for e in self.one.also)}, self.asked.parameters["police"]
        mine = [e for e in self.child.episodes if e.record in records]
        if party == "police":
            return [e.record for e in mine if e.source in police and (occasion == MISSING or e.ended is not None)]
        if occasion == RETURN:
            return []
        return [e.record for e in mine if any(_REPORTED_AS.get(w.strip().casefold()) in same for w in e.notified)]

    def row(self, parties: Sequence[tuple[str, str]], facts: Sequence[Noted]) -> ClockRow:
        """The row of an episode of which these parties are told, each by whom."""
        one, as_at, hours = self.one, self.asked.as_at, self.asked.parameters["hours"]
        starts = {MISSING: one.episode.started} | ({RETURN: one.over} if one.over is not None else {})
        due = {occasion: start + timedelta(hours=hours) for occasion, start in starts.items()}
        each = [
            self.party(party, owed_by, occasion, due[occasion]) for occasion in starts for party, owed_by in parties
        ]
        left = [p for p in each if p.state in (NOT_RECORDED, NOT_PROVIDED)]
        last = RETURN if RETURN in starts else MISSING
        whole = f"{len(each) - len(left)} of {len(each)} told"
        standing: Standing = "met"
        if left:
            over = [p for p in left if due[p.occasion] < as_at]
            standing = (
                "running" if not over else "broken" if any(p.state == NOT_RECORDED for p in over) else NOT_PROVIDED
            )
        elif any(p.at is not None and p.at > due[p.occasion] for p in each):
            standing, whole = "late", f"{whole}, some late"
        words = [f"{p.party} ({p.occasion}): {p.state}" for p in each if p.state != TOLD]
        return _with(
            one.row(
                whole,
                standing,
                clock(starts[last], due[last], as_at),
                "; ".join([f"missing from {said(one.episode.started)}; {hours} hours to tell each", *words]),
                who_acts=left[0].owed_by if left else "",
                owed_by=one.council,
                answered_by=texts(record for p in each for record in p.records),
                facts=facts,
            ),
            each,
        )


def _out_of_hours(telling: _Telling) -> list[Noted]:
    """That the duty team is the one to tell, where the child went outside the office's hours; and whether it was."""
    one, asked = telling.one, telling.asked
    local = utc_to_london(one.episode.started)
    first, last = asked.parameters["office_from"], asked.parameters["office_to"]
    if one.episode.precision == "day" or (is_working_day(local.date()) and first <= local.hour < last):
        return []
    records = texts(t.record for t in telling.told if t.told == DUTY_TEAM and t.occasion == MISSING)
    words = "out of hours: the duty team is told" + ("" if records else "; that it was is not recorded")
    return [Noted(words=f"Went {words}", records=records)]
