"""Small dense graphs: few people and places, many records between them, so that a leak has nowhere to hide.

Sparse random graphs miss the worst leaks. Here every child, adult and place is tied to most others, some by records
that the reader may see and some by records that they may not.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from missingnet.graph.records import Fact, LinkFact, Mention, Provenance, Record, VisibilityClass
from missingnet.graph.times import start_of_day, utc_to_london
from tests.properties import dense_clocks, dense_meetings, dense_moves, dense_places, dense_said
from tests.properties.example import AS_AT, COMPARTMENTS, EXTRACTS, SEALED, Example

_HARM = (None, "hurt", "None")


class Dense:
    """Makes the records of one example from a stream of chance."""

    def __init__(self, number: str, chance: Random) -> None:
        self.number = number
        self.chance = chance
        self.apart = chance.choice((0.0, 0.9))
        self.half = 0
        self.begun: set[int] = set()
        self.children = [self.thing("Child", f"police:99:C{n}", f"council:997:{n}") for n in range(4)]
        self.others = [
            self.thing("Associate", "police:99:A1"),
            self.thing("Associate", "police:99:A2"),
            self.thing("Place", "uprn:1"),
            self.thing("Place", "uprn:2"),
            self.thing("Home", "urn-ofsted:1"),
            self.thing("School", "urn-dfe:1"),
            self.thing("Vehicle", "vrm:1"),
            self.thing("Phone", "phone:1"),
            self.thing("OnlineHandle", "handle:chat:1"),
        ]

    def thing(self, label: str, *keys: str) -> Mention:
        return Mention(label, tuple(f"{key}~{self.number}" for key in keys))

    def near(self, among: list[Mention]) -> Mention:
        """One of them, mostly from the half that this record is about, so that some things lie three ties apart."""
        half = [m for n, m in enumerate(among) if n % 2 == self.half]
        return self.chance.choice(half if half and self.chance.random() < self.apart else among)

    def any(self, *labels: str) -> Mention:
        return self.near([m for m in (*self.children, *self.others) if m.label in labels])

    def child(self) -> Mention:
        found = self.near(self.children)
        # Some records know a child by one identifier only, some by both.
        return Mention("Child", tuple(self.chance.sample(found.keys, self.chance.choice((1, 2, 2)))))

    def named(self) -> Mention:
        """A child whom a record calls by name; rarely does another record name the same."""
        return self.thing("Child", f"named:{self.chance.randrange(9)}")

    def moment(self) -> datetime:
        return AS_AT - timedelta(hours=self.chance.choice((-30, 5, 20, 21, 22, 300, 700, 900, 1500, 2400)))

    def record(
        self,
        label: str,
        facts: dict[str, Fact],
        mentions: dict[str, Mention],
        links: tuple[LinkFact, ...],
        at: datetime | None,
        search: tuple[str, ...] = (),
    ) -> Record:
        count = self.chance.choice((0, 0, 1, 1, 2))
        agency = self.chance.choice(("99", "997"))
        if label == "Episode":
            source, facts = self.told_by(agency, facts)
        return Record(
            source=source if label == "Episode" else f"dense-{label.lower()}",
            agency=agency,
            key=f"{self.chance.randrange(10**9)}~{self.number}",
            label=label,
            facts=facts,
            mentions=mentions,
            links=links,
            access=VisibilityClass(f"x{self.number}", (), tuple(self.chance.sample(COMPARTMENTS, count))),
            extract=self.chance.choice(EXTRACTS),
            provenance=Provenance("dense.csv", "h", self.chance.randrange(99)),
            raw={"row": "as it came"},
            observed_from=at,
            observed_to=at,
            search=search,
        )

    def told_by(self, agency: str, facts: dict[str, Fact]) -> tuple[str, dict[str, Fact]]:
        """Police tell an episode to the minute, on one system or another; the council by days, in its return."""
        if agency == "99":
            return ("police_absent" if facts["kind"] == "absent" else "police_missing"), facts
        days = {
            name: start_of_day(utc_to_london(at).date())
            for name in ("started", "ended")
            if isinstance(at := facts.get(name), datetime)
        }
        return "ssda903_missing", {**facts, **days, "precision": "day"}

    def episode(self) -> Record:
        at = self.moment()
        ended = self.chance.choice((None, at + timedelta(hours=4), at + timedelta(hours=30)))
        kind = self.chance.choice(("missing", "missing", "missing", "absent"))
        also = {"also": self.any("Child", "Associate")} if self.chance.random() < 0.5 else {}
        return self.record(
            "Episode",
            {"kind": kind, "started": at, "ended": ended, "reported": at, "precision": "minute", "lpu": "L1"}
            | {
                "risk": self.chance.choice((None, "low", "medium", "high")),
                "missing_from": ("home", "care", "other")[at.day % 3],
                "first_risk": self.chance.choice((None, "low")),
                # What the hour says leaves the chance of all else as it was.
                "notified": (("Parent",), ("Parent", "Social worker"), None)[at.hour % 3],
                "risk_changes": (None, ("2026-11-03T10:00 low>high later",))[at.day % 2],
            },
            {
                "child": self.child(),
                "found": self.any("Place", "Home", "School"),
                "from": self.any("Home", "Place"),
                "with": self.any("Child", "Associate"),
                **also,
            },
            (
                LinkFact("HAD", "child", "record"),
                LinkFact("FOUND_AT", "record", "found", observed_from=ended or at),
                LinkFact("STARTED_AT", "record", "from"),
                LinkFact("WENT_WITH", "record", "with", role="companion"),
                *(LinkFact("WENT_WITH", "record", slot) for slot in also),
            ),
            at,
        )

    def interview(self) -> Record:
        at = self.chance.choice((self.moment(), self.moment(), None))
        told = self.any("Associate", "Child", "Place", "Vehicle", "Phone", "OnlineHandle")
        return self.record(
            "ReturnInterview",
            {"outcome": "held", "why": "arguments at home", "themes": self.chance.choice((("Drugs",), ("School",), ()))}
            | (
                {"held": at, "returned": at + timedelta(hours=4), "harm": (None, "hurt", "None")[at.day % 3]}
                if at
                else {}
            ),
            {"child": self.child(), "told": told, "place": self.any("Place"), "named": self.named()},
            (
                LinkFact("HAD", "child", "record"),
                LinkFact("TELLS_OF", "record", "told", role="with"),
                LinkFact("TELLS_OF", "record", "place", role="went to"),
                LinkFact("TELLS_OF", "record", "named", role="with"),
            ),
            at,
        )

    def intelligence(self) -> Record:
        one = self.any("Child", "Associate")
        kind, other = self.chance.choice(
            (
                ("LINKED_TO", self.any("Child", "Associate")),
                ("LINKED_TO", self.any("Associate")),
                ("SEEN_AT", self.any("Place", "Home")),
                ("USES", self.any("Vehicle", "Phone", "OnlineHandle")),
                ("USES", self.any("Phone", "OnlineHandle")),
                ("LIVES_AT", self.any("Place")),
                (None, self.any("Child", "Associate")),
            )
        )
        return self.stating(one, kind, other)

    def stating(self, one: Mention, kind: str | None, other: Mention) -> Record:
        """Intelligence that states a relation of two, or only names them."""
        at = self.moment()
        # Both schemes: 3x5x2, and the older 5x5x5, which has the letter first.
        source, information, handling = self.chance.choice((("123", "ABCDE", "PC"), ("ABCDE", "12345", "12345")))
        grades = {"source_grade": self.chance.choice(source), "assessment_grade": self.chance.choice(information)}
        grades |= {"handling": self.chance.choice(handling)}
        return self.record(
            "Intelligence",
            {"at": at, "text": "seen together", **grades},
            {"one": one, "other": other},
            (
                LinkFact("NAMES", "record", "one", **grades),
                LinkFact("NAMES", "record", "other", **grades),
                *(
                    [LinkFact(kind, "one", "other", role="sibling" if at.day % 2 else "associate", **grades)]
                    if kind
                    else []
                ),
            ),
            at,
        )

    def placement(self) -> Record:
        # No two begin on one day: which of them counts would turn on the ids of their records.
        days = self.chance.choice((12, 190, 200))
        step = {12: 1, 190: -10, 200: 10}[days]
        while days in self.begun:
            days += step
        self.begun.add(days)
        at = AS_AT - timedelta(days=days)
        ended = self.chance.choice((None, at.date() + timedelta(days=10)))
        why = self.chance.choice(("S", "P", "L"))
        facts: dict[str, Fact] = {"place_code": "K2", "legal_status": "C2", "reason_new": why}
        # What the day says leaves the chance of all else as it was.
        facts |= {"reason_ended": ("X1", "E4A", "E8")[at.day % 3]} if ended else {}
        return self.record(
            "Placement",
            {"started": at.date(), "ended": ended, **facts},
            {"child": self.child(), "home": self.any("Home")},
            (LinkFact("HAD", "child", "record"), LinkFact("PLACED_IN", "record", "home")),
            at,
        )

    def schooling(self) -> Record:
        at = AS_AT - timedelta(days=self.chance.choice((5, 40, 90)))
        label, facts = self.chance.choice(
            (
                ("Enrolment", {"started": at.date(), "year_group": "10"}),
                ("SchoolAbsence", {"kind": "sessions", "code": "O", "sessions": 12.0, "started": at.date()}),
                ("MissingEducation", {"started": at.date(), "reason": "not on a roll", "status": "open"}),
            )
        )
        return self.record(
            label,
            dict(facts),
            {"child": self.child(), "school": self.any("School")},
            (LinkFact("HAD", "child", "record"), LinkFact("ENROLLED_AT", "record", "school")),
            at,
        )

    def listing(self) -> Record:
        at = AS_AT - timedelta(days=self.chance.choice((10, 300)))
        removed = self.chance.choice((None, None, AS_AT.date() - timedelta(days=2)))
        return self.record(
            "ListEntry",
            {
                "list": self.chance.choice(("cse", "cse", "gangs", "nrm", "uasc")),
                "added": at.date(),
                "removed": removed,
            },
            {"child": self.child()},
            (LinkFact("HAD", "child", "record"),),
            at,
        )

    def assessment(self) -> Record:
        at = AS_AT - timedelta(days=self.chance.choice((10, 300)))
        level = self.chance.choice(("high", "medium"))
        if level == "medium" and at > AS_AT - timedelta(days=20):
            level = "low"  # made again, it may find less
        return self.record(
            "RiskAssessment",
            {"kind": "CSE", "at": at.date(), "level": level},
            {"child": self.child()},
            (LinkFact("HAD", "child", "record"),),
            at,
        )

    def check(self) -> Record:
        at = self.moment()
        return self.record(
            "SafeAndWellCheck", {"at": at}, {"child": self.child()}, (LinkFact("HAD", "child", "record"),), at
        )

    def notice(self) -> Record:
        at = AS_AT - timedelta(days=self.chance.choice((10, 60)))
        return self.record(
            "Notice",
            {"kind": "CAWN", "served": at.date(), "expires": AS_AT.date() + timedelta(days=60)},
            {"child": self.child(), "adult": self.any("Associate")},
            (LinkFact("HAD", "child", "record"), LinkFact("NAMES", "record", "adult", role="served on")),
            at,
        )

    def description(self) -> Record:
        thing = self.chance.choice([*self.children, *self.others, self.named(), self.named()])
        known = self.chance.choice((False, True))
        name = self.chance.choice(("Ola Quillfern", "Ole Quilfern", "Tam Brindle"))
        council = "998" if name == "Tam Brindle" else "997"
        identifiers = ("police 99 C1", f"council:{council} {self.number}") if known else ()
        postcode, unit = self.chance.choice(("B1 1AA", "B2 4QA")), self.chance.choice(("L1", "L2"))
        return self.record(
            "Description",
            {
                "name": name,
                "family": name.split()[1],
                "born": date(2011, 2, 3),
                "identifiers": identifiers,
                "authority": council if known else "Quillhaven",
                "postcode": postcode,
                "lpu": unit,
                **dense_places.standing(postcode, unit),
            },
            {"thing": thing},
            (LinkFact("DESCRIBED_BY", "thing", "record"),),
            None,
            (f"name:{name}", f"ref:C1{self.number}"),
        )

    def judgement(self) -> Record:
        """What somebody said of two children; it joins nothing."""
        at = self.moment()
        one, other = self.chance.sample(self.children, 2)
        return self.record(
            "Judgement",
            {
                "verdict": self.chance.choice(("different", "not sure")),
                "state": "stands",
                "kind": "Child",
                "reason": "met both",
                "who": "ann",
                "decided": at,
                "keys": (one.keys[0], other.keys[0]),
            },
            {"one": Mention("Associate", one.keys[:1]), "other": Mention("Associate", other.keys[:1])},
            (LinkFact("JUDGES", "record", "one"), LinkFact("JUDGES", "record", "other")),
            at,
        )

    def stranger(self) -> Record:
        """Somebody known by an identifier that others have too, some of them born years apart."""
        return self._told_of(self.thing("Child", f"named:{self.chance.randrange(3)}"))

    def of_the_same(self) -> Record:
        """A description of one of the two whom somebody judged to be one."""
        return self._told_of(self.thing("Child", f"named:{self.chance.choice((7, 8))}"))

    def _told_of(self, thing: Mention) -> Record:
        born = self.chance.choice((date(2010, 1, 1), date(2004, 1, 1), date(2011, 6, 1), date(1900, 1, 1)))
        facts: dict[str, Fact] = {"name": "Ola", "born": born, "identifiers": (f"upn W{self.chance.randrange(2)}",)}
        return self.record("Description", facts, {"thing": thing}, (LinkFact("DESCRIBED_BY", "thing", "record"),), None)

    def same(self) -> Record:
        """A judgement that two are one, which stands."""
        at = self.moment()
        both = self.thing("Associate", "named:7", "named:8")
        facts: dict[str, Fact] = {"verdict": "same", "state": "stands", "kind": "Child", "reason": "met both"}
        facts |= {"who": "ann", "decided": at, "keys": both.keys}
        return self.record("Judgement", facts, {"both": both}, (LinkFact("JUDGES", "record", "both"),), at)

    def sealed(self, thing: Mention) -> Record:
        """A sealed record that states something to be known by another identifier as well: it joins nothing."""
        both = Mention(thing.label, (thing.keys[0], f"sealed:{thing.label}:{thing.keys[0]}"))
        links = (LinkFact("NAMES", "record", "both"),)
        made = self.record("Intelligence", {"text": "known as"}, {"both": both}, links, None)
        return replace(made, access=replace(made.access, compartments=(*made.access.compartments, SEALED)))

    def example(self, size: int) -> Example:
        makers: list[Callable[[], Record]] = [
            *[self.episode] * 5,
            *[self.interview] * 2,
            *[self.intelligence] * 9,
            *[self.description] * 11,
            *[self.placement] * 3,
            *[self.schooling] * 5,
            *[self.listing] * 4,
            self.assessment,
            self.notice,
            self.check,
        ]
        records = []
        for maker in makers * size:
            self.half = self.chance.choice((0, 1))
            records.append(maker())
        # Some records of every kind came again, changed, in another extract.
        earlier: dict[str, list[Record]] = {}
        for record in records:
            if record.extract == EXTRACTS[0]:
                earlier.setdefault(record.label, []).append(record)
        again = [
            replace(r, extract=EXTRACTS[1], observed_to=AS_AT, raw={"row": "again"})
            for found in earlier.values()
            for r in found[:2]
        ]
        self.chance.shuffle(records)
        cleared = frozenset(self.chance.sample(COMPARTMENTS, self.chance.choice((0, 1, 1, 2))))
        # What follows leaves the chance of all before it as it was.
        beside = [self.judgement() for _ in range(2 * size)]
        beside += [self.stranger() for _ in range(6 * size)]
        beside += [self.same(), self.of_the_same(), self.of_the_same(), self.of_the_same()]
        beside += [self.sealed(thing) for thing in (self.children[0], *self.others)]
        cleared |= {SEALED} if self.chance.random() < 0.5 else set()
        place = self.any("Place")
        beside += [self.stating(child, "SEEN_AT", place) for child in self.chance.sample(self.children, 2)]
        told = [record for record in records if record.label == "Episode"]
        beside += dense_clocks.beside(self, told, size)
        beside += dense_said.beside(self, records, told, size)
        beside += dense_meetings.meetings(self, told[: 2 * size], AS_AT, EXTRACTS)
        beside += dense_moves.moves(self, AS_AT)
        beside += [dense_said.said_of_a_level(self, [*records, *beside]) for _ in range(2 * size)]
        beside.append(dense_places.placed_long_ago(self))
        return Example(self.number, (*records, *again, *beside), cleared)
