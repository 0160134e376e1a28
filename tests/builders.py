"""Records made compactly, for tests: a world of names, each a child, associate, place or thing.

A `World` keeps one example's records apart from every other's: they have an owner of their own, and its `reader` sees
that owner's records and no other. So one graph serves many examples, and every example passes the gate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from missingnet.graph.access import Purpose, Reader
from missingnet.graph.keyed import Keyed
from missingnet.graph.records import LinkFact, Mention, Provenance, Record, VisibilityClass
from missingnet.graph.times import start_of_day

PURPOSE = Purpose("MASE", "test")
EXTRACT = date(2026, 11, 1)
#: The ids of a world that holds judgements: they name records by their ids.
KEYED = Keyed(b"k" * 32)
SCHEMES = {
    "Child": "council:997",
    "Associate": "police:99",
    "Place": "uprn",
    "Home": "urn-ofsted",
    "School": "urn-dfe",
    "Vehicle": "vrm",
    "Phone": "phone",
    "OnlineHandle": "handle:app",
}
Tie = tuple[str, str]
"""A role or link, and the thing: ('with', 'Associate:Taz')."""


def kind_and_name(thing: str) -> tuple[str, str]:
    """'Place:Park' is a Place called Park; a bare name is a child."""
    kind, _, name = thing.rpartition(":")
    return (kind or "Child", name)


@dataclass
class World:
    """The records of one example, in the order made, and the names of what they mention."""

    owner: str
    records: list[Record] = field(default_factory=list)
    things: dict[str, str] = field(default_factory=dict)
    """Each thing's written name, by its key."""

    @property
    def reader(self) -> Reader:
        return Reader(
            "tester", "Tester", self.owner, ("tester",), (), ("cse", "interviews", "intelligence", "home-address")
        )

    def key(self, thing: str) -> str:
        kind, name = kind_and_name(thing)
        found = f"{SCHEMES[kind]}:{self.owner}-{name}"
        self.things[found] = thing
        return found

    def id_of(self, thing: str, keyed: Keyed) -> str:
        """The opaque id under which the graph knows the thing."""
        return keyed("thing", self.key(thing))

    def names(self, keyed: Keyed) -> dict[str, str]:
        """What every opaque id of this world is called: things by name, records by their reference."""
        found = {keyed("thing", key): kind_and_name(thing)[1] for key, thing in self.things.items()}
        found |= {keyed("record", record.name): record.key.partition("/")[2] for record in self.records}
        return found

    def add(
        self,
        label: str,
        name: str,
        agency: str,
        facts: dict[str, Any],
        child: str | None,
        ties: Sequence[tuple[str, str | None, str]] = (),
        observed: tuple[datetime | None, datetime | None] = (None, None),
        source: str = "worked",
        **on_link: Any,
    ) -> Record:
        """One record: its facts, the child who had it, and links (type, role, thing) to what it names."""
        mentions, links = {}, []
        if child is not None:
            kind, _ = kind_and_name(child)
            mentions["whom"] = Mention(kind, (self.key(child),))
            links.append(LinkFact("DESCRIBED_BY" if label == "Description" else "HAD", "whom", "record"))
        for number, (type_, role, thing) in enumerate(ties):
            mentions[f"tie{number}"] = Mention(kind_and_name(thing)[0], (self.key(thing),))
            links.append(LinkFact(type_, "record", f"tie{number}", role=role, **on_link))
        record = Record(
            source=source,
            agency=agency,
            key=f"{self.owner}/{name}",
            label=label,
            facts={k: v for k, v in facts.items() if v is not None},
            mentions=mentions,
            links=tuple(links),
            access=VisibilityClass(self.owner),
            extract=EXTRACT,
            provenance=Provenance("worked.csv", "hash", len(self.records) + 1),
            raw={"Ref": name},
            observed_from=observed[0],
            observed_to=observed[1],
        )
        self.records.append(record)
        return record

    def episode(
        self,
        name: str,
        child: str,
        started: datetime,
        ended: datetime | None = None,
        *,
        agency: str = "99",
        kind: str = "missing",
        start: str | None = None,
        found: str | None = None,
        with_: Sequence[str] = (),
        source: str = "worked",
        precision: str = "minute",
        became: str | None = None,
        risk: str | None = None,
        **others: Any,
    ) -> Record:
        """A missing, absent or away episode; ``others`` are further facts of it."""
        ties = [("STARTED_AT", None, start)] if start else []
        ties += [("FOUND_AT", None, found)] if found else []
        ties += [("WENT_WITH", None, thing) for thing in with_]
        facts = {"kind": kind, "started": started, "ended": ended, "precision": precision, "risk": risk}
        facts |= others
        facts |= {"became": f"{self.owner}/{became}"} if became else {}
        return self.add("Episode", name, agency, facts, child, ties, (started, ended), source)

    def interview(
        self,
        name: str,
        child: str,
        held: datetime | None,
        tells: Sequence[Tie],
        *,
        agency: str = "interviews",
        returned: datetime | None = None,
        about: str | None = None,
        **told: Any,
    ) -> Record:
        """A return interview that tells of people, places and things in roles; ``about`` may name several episodes."""
        ties = [("TELLS_OF", role, thing) for role, thing in tells]
        facts = {"held": held, "outcome": "held", "returned": returned, **told}
        facts |= {"episode_reference": self.references(about)} if about else {}
        at = held or facts.get("offered") or facts.get("contacted") or returned
        return self.add("ReturnInterview", name, agency, facts, child, ties, (at, at))

    def references(self, names: str) -> str:
        """The agencies' own references of the records so named, ';' between."""
        return "; ".join(f"{self.owner}/{name.strip()}" for name in names.split(";"))

    def check(
        self, name: str, child: str, at: datetime | None, *, agency: str = "99", about: str | None, **told: Any
    ) -> Record:
        """A safe-and-well check, or an agreement not to make one each time."""
        facts = {"at": at, "episode_reference": self.references(about) if about else None, **told}
        return self.add("SafeAndWellCheck", name, agency, facts, child, (), (at, at))

    def assessed(
        self,
        name: str,
        child: str,
        kind: str,
        level: str,
        at: date,
        about: str | None = None,
        *,
        agency: str = "997",
        **told: Any,
    ) -> Record:
        """A risk assessment or screening of a child."""
        facts = {"kind": kind, "level": level, "at": at, **told}
        facts |= {"episode_reference": self.references(about)} if about else {}
        return self.add("RiskAssessment", name, agency, facts, child, (), (start_of_day(at), None))

    def meeting(
        self,
        name: str,
        child: str,
        *,
        kind: str = "strategy",
        about: str | None = None,
        meeting: str | None = None,
        arranged: date | None = None,
        planned: date | None = None,
        held: date | None = None,
        **told: Any,
    ) -> Record:
        """A meeting about a child; ``meeting`` is the reference that the others discussed at it share."""
        days = {"arranged": arranged, "planned": planned, "held": held}
        facts = {"kind": kind, "meeting_reference": meeting or name, **days, **told}
        facts |= {"episode_reference": self.references(about) if about else None}
        first = min(day for day in days.values() if day is not None)
        seen = (start_of_day(first), start_of_day(held or first))
        return self.add("Meeting", name, "997", facts, child, (), seen)

    def told(
        self,
        name: str,
        child: str,
        party: str,
        at: datetime,
        occasion: str = "missing",
        about: str | None = None,
        **by: Any,
    ) -> Record:
        """That a party was told of an episode or a return, or why it was not."""
        facts = {"told": party, "at": at, "occasion": occasion, **by}
        facts |= {"episode_reference": self.references(about) if about else None}
        return self.add("Notification", name, "997", facts, child, (), (at, at))

    def action(
        self, name: str, child: str | None, what: str, agreed: date, *, names: Sequence[str] = (), **told: Any
    ) -> Record:
        """An action that a meeting agreed."""
        ties = [("NAMES", None, thing) for thing in names]
        seen = (start_of_day(agreed), start_of_day(told.get("done") or agreed))
        return self.add("Action", name, "997", {"what": what, "agreed": agreed, **told}, child, ties, seen)

    def intelligence(
        self,
        name: str,
        at: datetime,
        subject: str,
        relation: str | None,
        other: str,
        *,
        agency: str = "99",
        grade: str = "2B",
        handling: str = "P",
    ) -> Record:
        """One stated relation of an intelligence log; without a relation it only names both."""
        grades = {"source_grade": grade[0], "assessment_grade": grade[1], "handling": handling}
        record = self.add(
            "Intelligence",
            name,
            agency,
            {"at": at, **grades},
            None,
            [("NAMES", None, subject), ("NAMES", None, other)],
            (at, at),
            **grades,
        )
        if relation is not None:
            type_ = {"seen at": "SEEN_AT", "uses": "USES", "lives at": "LIVES_AT"}.get(relation, "LINKED_TO")
            stated = LinkFact(type_, "tie0", "tie1", relation, at, at, **grades)
            record = self.records[-1] = replace(record, links=(*record.links, stated))
        return record

    def placement(
        self,
        name: str,
        child: str,
        home: str,
        started: date,
        ended: date | None = None,
        *,
        agency: str = "997",
        **told: str,
    ) -> Record:
        """A placement in a home; ``told`` is what else the record says of it, such as its type."""
        facts = {"started": started, "ended": ended, **told}
        seen = (start_of_day(started), start_of_day(ended) if ended else None)
        return self.add("Placement", name, agency, facts, child, [("PLACED_IN", None, home)], seen)

    def enrolled(self, name: str, child: str, school: str, started: date, **told: Any) -> Record:
        """A place on a school's roll."""
        ended = told.get("ended")
        seen = (start_of_day(started), start_of_day(ended) if ended else None)
        facts = {"started": started, **told}
        return self.add("Enrolment", name, "schools-997", facts, child, [("ENROLLED_AT", None, school)], seen)

    def listed(self, name: str, child: str, list_: str, added: date, removed: date | None = None) -> Record:
        """A child's entry on a list."""
        facts = {"list": list_, "added": added, "removed": removed}
        seen = (start_of_day(added), start_of_day(removed) if removed else None)
        return self.add("ListEntry", name, "997", facts, child, (), seen)

    def out_of_school(
        self, name: str, child: str, started: date, ended: date | None = None, *, school: str | None = None, **told: Any
    ) -> Record:
        """An entry on the register of children missing education, with the steps taken."""
        facts = {"started": started, "ended": ended, **told}
        seen = (start_of_day(started), start_of_day(ended) if ended else None)
        ties = [("ENROLLED_AT", None, school)] if school else []
        return self.add("MissingEducation", name, "997", facts, child, ties, seen)

    def open_days(self, name: str, school: str, kind: str, started: date, ended: date) -> Record:
        """A stretch of a school's calendar."""
        made = self.add(
            "SchoolCalendar",
            name,
            "schools-997",
            {"kind": kind, "started": started, "ended": ended},
            None,
            [("KEEPS", None, school)],
            (start_of_day(started), start_of_day(ended)),
        )
        turned = tuple(replace(link, source=link.target, target="record") for link in made.links)
        self.records[-1] = replace(made, links=turned)
        return self.records[-1]

    def absence(
        self,
        name: str,
        child: str,
        sessions: float | None,
        *,
        code: str | None = None,
        started: date | None = None,
        counted_from: date | None = None,
        kind: str = "sessions",
    ) -> Record:
        """Sessions absent from school in a term, counted from its first day, or an exclusion."""
        seen = start_of_day(day) if (day := started or counted_from) else None
        facts = {"kind": kind, "code": code, "started": started, "sessions": sessions}
        return self.add("SchoolAbsence", name, "schools-997", facts, child, (), (seen, seen))

    def notice(self, name: str, child: str | None, served: date, names: Sequence[str], **told: Any) -> Record:
        """A notice that concerns a child and names those it is served on."""
        seen = (told.get("started") or start_of_day(served), None)
        ties = [("NAMES", "served on", thing) for thing in names]
        return self.add("Notice", name, "99", {"kind": "CAWN", "served": served, **told}, child, ties, seen)

    def described(self, name: str, thing: str, /, *, agency: str = "99", **facts: Any) -> Record:
        """How an agency describes a child, associate, place or thing."""
        return self.add("Description", name, agency, facts, thing)

    def judged(
        self,
        name: str,
        things: Sequence[str],
        about: str,
        verdict: str,
        said_of: tuple[str, ...],
        records: Sequence[Record],
        decided: datetime,
    ) -> Record:
        """What a person said of these things, resting on records of this world."""
        facts = {
            "about": about,
            "verdict": verdict,
            "said_of": said_of,
            "state": "stands",
            "reason": name,
            "who": "ann",
        }
        facts |= {"decided": decided, "keys": tuple(sorted(self.key(thing) for thing in things))}
        facts |= {"rested_on": tuple(sorted(KEYED("record", record.name) for record in records))}
        ties = [("JUDGES", None, thing) for thing in things]
        return self.add("Judgement", name, "partnership", facts, None, ties, (decided, decided))
