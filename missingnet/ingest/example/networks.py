"""A planted exploitation network: children, adults, places, vehicles, telephones, and the records that tie them.

Every third network spans both authorities; every third one holds two children who stand on no list and are named by
nobody but other children's interviews and companions; in every third one three children are missing from education.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from missingnet.ingest.example.episodes import Episode, Named, Period
from missingnet.ingest.example.moments import DAY, HOUR, day_text, moment_text
from missingnet.ingest.example.occasions import Member, Occasion, days_for, plan_occasion
from missingnet.ingest.example.people import Associate, associate
from missingnet.ingest.example.place import (
    AUTHORITIES,
    FORCE,
    TOWNS,
    Postcode,
    Spot,
    place,
    places_in_all,
    street,
    unit_of,
    uprn,
    zone,
)
from missingnet.ingest.example.plan import Planted
from missingnet.ingest.example.police import References
from missingnet.ingest.example.writers import Delivery

SPANS, UNLISTED, OUT_OF_SCHOOL = 0, 1, 2
"""What is particular of a network: its number's remainder by three."""
ADULTS_EACH = 8
_KINDS = ("Takeaway", "Hotel", "Park", "Private address", "Car park", "Restaurant")
_LETTERS = "ABCDEFGHJKLMNOPRSTUVWXYZ"
_DRAMA_NUMBERS = 1000
#: So that no two numbers differ by one digit alone, as one person's number wrongly written would.
_APART = 137


@dataclass(slots=True)
class Network:
    """One network, as planned; truth.json tells it in 'as_truth'."""

    name: str
    members: list[Member]
    unlisted: list[Member]
    adults: list[Associate]
    homes: list[Spot]
    places: list[Spot]
    vehicles: list[str]
    phones: list[str]
    handles: list[str]
    occasions: list[Occasion] = field(default_factory=list)
    logs: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def as_truth(self) -> dict[str, object]:
        """The network of truth.json's schema."""
        everybody = self.members + self.unlisted
        authorities = sorted({member.child.authority for member in everybody})
        return {
            "name": self.name,
            "authorities": authorities,
            "spans_authorities": len(authorities) > 1,
            "children": [member.planted.entry for member in everybody],
            "associates": [
                {"nominal": a.nominal, "name": a.name, "alias": a.alias, "born": day_text(a.born)} for a in self.adults
            ],
            "places": [
                {"uprn": p.uprn, "name": p.name, "kind": p.kind, "postcode": p.postcode.text} for p in self.places
            ],
            "vehicles": self.vehicles,
            "phones": self.phones,
            "handles": self.handles,
            "notices": self.notices,
            "intelligence": self.logs,
            "events": [occasion.as_truth() for occasion in self.occasions],
        }


def plan_network(
    random: Random,
    seed: int,
    number: int,
    size: int,
    children: int,
    period: Period,
    member: Callable[[Planted], Member],
    child_number: Callable[[], int],
) -> Network:
    """Plan the network of that number; 'member' enters a child in the plan, 'child_number' gives the next free one."""
    draw = random.random
    kind = number % 3
    settled = AUTHORITIES[number // 3 % 2] if kind != OUT_OF_SCHOOL else AUTHORITIES[1 - number // 3 % 2]
    members: list[Member] = []
    unlisted: list[Member] = []
    for order in range(size):
        hidden = kind == UNLISTED and order >= size - 2
        no_school = order < 3 if kind == OUT_OF_SCHOOL else order == 0 and kind == SPANS
        listed = not hidden and (order < 2 or draw() < 0.55)
        entry: dict[str, object] = {
            "listed": listed,
            "missing_education": no_school,
            "found_only_through_others": hidden,
        }
        planted = Planted(
            child_number(),
            entry,
            authority=AUTHORITIES[order % 2] if kind == SPANS else settled,
            background=0 if hidden else int(draw() * 4),
            in_care=not hidden and draw() < 0.45,
            lists=("CSE",) if listed else (),
            missing_education=no_school,
            assessed=not hidden and draw() < 0.6,
            interviewed=not hidden,
            absences=0 if hidden else int(draw() * 4),
        )
        (unlisted if hidden else members).append(member(planted))
    adults = [associate(random, seed, number * ADULTS_EACH + order, period.until) for order in range(3 + number % 3)]
    towns = ("A", "B") if kind == SPANS else ("A",) if settled == AUTHORITIES[0] else ("B",)
    homes = [_adult_home(number * ADULTS_EACH + order, towns[order % len(towns)]) for order in range(len(adults))]
    network = Network(
        name=f"Network {number + 1}",
        members=members,
        unlisted=unlisted,
        adults=adults,
        homes=homes,
        places=_places(random, children, towns),
        vehicles=[_registration(random) for _ in range(2 + number % 2)],
        phones=[f"07700 {900_000 + (number * 3 + order) * _APART % _DRAMA_NUMBERS}" for order in range(3)],
        handles=[f"loopline:{adults[order].forename.lower()}_q{number * 2 + order}" for order in range(2)],
    )
    _plan_occasions(random, network, period)
    for hidden_member in unlisted:
        _own_quiet_episode(random, hidden_member, period)
    return network


def _plan_occasions(random: Random, network: Network, period: Period) -> None:
    draw = random.random
    days = days_for(random, 2 * len(network.members), period)
    for order, day in enumerate(days):
        first = network.members[order % len(network.members)]
        others = [member for member in network.members if member is not first]
        present = [first, *random.sample(others, min(len(others), 1 + int(draw() * 3)))]
        pick = int(draw() * len(network.adults))
        things = Named(
            slept=network.homes[pick],
            vehicle=network.vehicles[int(draw() * len(network.vehicles))],
            phone=network.phones[int(draw() * len(network.phones))],
            handle=network.handles[int(draw() * len(network.handles))],
        )
        hidden = [member for member in network.unlisted if draw() < 0.45]
        place_here = network.places[int(draw() ** 1.5 * len(network.places))]
        network.occasions.append(
            plan_occasion(random, day, present, place_here, network.adults[pick], hidden, things, 0.45)
        )


def _own_quiet_episode(random: Random, member: Member, period: Period) -> None:
    """The one record that the police hold of a child on no list: a short evening, long before the network's occasions'
    last year is over, with nobody named, found at home."""
    child = member.child
    day = period.until - 300 + int(random.random() * 100)
    started = day * DAY + 18 * HOUR + int(random.random() * HOUR)
    home = Spot(child.home_uprn, "", "Home address", child.address, child.home, unit_of(child.home))
    member.planted.episodes.append(Episode(started, started + 4 * HOUR, home, "Returned of own accord"))


def _adult_home(number: int, town: str) -> Spot:
    codes = zone(town)
    code: Postcode = codes[(number * 31 + 3) % len(codes)]
    return Spot(uprn(3, number), "", "Private address", street(code, 60 + number % 60), code, unit_of(code))


def _places(random: Random, children: int, towns: tuple[str, ...]) -> list[Spot]:
    chosen: list[Spot] = []
    count = places_in_all(children)
    while len(chosen) < 5:
        spot = place(2 + int(random.random() * (count - 2)))
        wanted = spot.kind == _KINDS[len(chosen)] and spot.postcode.zone == towns[len(chosen) % len(towns)]
        if wanted and spot not in chosen:
            chosen.append(spot)
    return chosen


def _registration(random: Random) -> str:
    letters = "".join(_LETTERS[int(random.random() * len(_LETTERS))] for _ in range(4))
    return f"Q{letters[0]}{17 + int(random.random() * 9)} {letters[1:]}"


def write_network(delivery: Delivery, references: References, random: Random, network: Network, period: Period) -> None:
    """What the police hold of the network beside the episodes: nominals, intelligence, a warning notice."""
    draw = random.random
    for order, adult in enumerate(network.adults):
        role = "Associate" if order else "Person of interest"
        delivery.associates(
            [adult.nominal, FORCE, adult.forename, adult.surname, adult.alias, day_text(adult.born), adult.sex, role]
        )
    log = _Logs(delivery, references, random, network, period)
    for order, (adult, home) in enumerate(zip(network.adults, network.homes, strict=True)):
        here = network.places[order % len(network.places)]
        who = log.person("Adult", adult.nominal, adult.name, adult.born)
        vehicle = network.vehicles[order % len(network.vehicles)]
        log.write(
            (who, "drives", ["Vehicle", vehicle, "", "", "", ""], "Seen driving this vehicle."),
            (["Vehicle", vehicle, "", ""], "seen at", log.spot(here), "Vehicle parked here late in the evening."),
        )
        log.write((who, "lives at", log.spot(home), "Believed to live at this address."))
        log.write((who, "seen at", log.spot(here), "Seen here on several evenings with young people."))
        phone = network.phones[order % len(network.phones)]
        log.write((who, "uses", ["Phone", phone, "", "", "", ""], "Number given out by this person."))
        if order:
            first = network.adults[0]
            log.write((who, "associate", ["Adult", first.nominal, first.name, "", "", ""], "Seen together."))
    for order, handle in enumerate(network.handles):
        adult = network.adults[order]
        who = log.person("Adult", adult.nominal, adult.name, adult.born)
        log.write((who, "uses", ["Handle", handle, "", "", "", ""], "Account believed to be used by this person."))
    for order, member in enumerate(network.members):
        child = member.child
        who = log.person("Child", child.nominal, f"{child.forename} {child.surname}", child.born)
        if order < 2 or draw() < 0.6:
            adult = network.adults[int(draw() * len(network.adults))]
            log.write(
                (who, "associate", ["Adult", adult.nominal, adult.name, "", "", ""], "Child seen with this person.")
            )
        if draw() < 0.4:
            here = network.places[int(draw() * len(network.places))]
            log.write((who, "seen at", log.spot(here), "Child seen here, looked tired. Officers spoke with the child."))
        if draw() < 0.3:
            phone = network.phones[int(draw() * len(network.phones))]
            log.write(
                (who, "calls", ["Phone", phone, "", "", "", ""], "Number appears in the child's phone, with consent.")
            )
    for member in network.members[:2]:
        _write_notice(delivery, references, network, member, period)


def _write_notice(delivery: Delivery, references: References, network: Network, member: Member, period: Period) -> None:
    adult, child = network.adults[0], member.child
    reference = references.next("CN")
    network.notices.append(reference)
    served = period.until - 120
    delivery.notices(
        (
            reference, FORCE, "CAWN", day_text(served), day_text(served + 365), adult.nominal, adult.name,
            day_text(adult.born), child.authority, child.council, f"Not to allow the child at any address in "
            f"{TOWNS[network.homes[0].postcode.zone]}.",
        )
    )  # fmt: skip


class _Logs:
    """Writes one intelligence log of one or more stated relations, under one grading."""

    def __init__(
        self, delivery: Delivery, references: References, random: Random, network: Network, period: Period
    ) -> None:
        self._delivery, self._references, self._random = delivery, references, random
        self._network, self._period = network, period

    @staticmethod
    def person(kind: str, nominal: str, name: str, born: int) -> list[str]:
        return [kind, nominal, name, day_text(born)]

    @staticmethod
    def spot(where: Spot) -> list[str]:
        return ["Place", where.uprn, where.name, where.address, where.postcode.text, where.kind]

    def write(self, *relations: tuple[list[str], str, list[str], str]) -> None:
        draw = self._random.random
        reference = self._references.next("IL")
        self._network.logs.append(reference)
        day = max(self._period.first, self._period.until - 360) + int(draw() * 300)
        moment = moment_text(day * DAY + 9 * HOUR + int(draw() * 540))
        restricted = draw() < 0.12
        grades = ["1122223"[int(draw() * 7)], "AABBCCD"[int(draw() * 7)], "C" if restricted else "P"]
        condition = "Originator to be asked before further sharing" if restricted else ""
        for subject, relation, thing, text in relations:
            self._delivery.intelligence(
                [reference, FORCE, moment, *grades, condition, *subject, relation, *thing, text]
            )
