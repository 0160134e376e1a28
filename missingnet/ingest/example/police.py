"""The force's rows about one child: missing reports, absent logs, and a little intelligence of its own."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from missingnet.ingest.example.care import Placement
from missingnet.ingest.example.episodes import Episode, Period, start_of
from missingnet.ingest.example.moments import DAY, HOUR, day_text, moment_text, real, weekday
from missingnet.ingest.example.people import ETHNIC_WORDS, Child, associate
from missingnet.ingest.example.place import FORCE
from missingnet.ingest.example.writers import Delivery

_RISK = ("High",) * 12 + ("Medium",) * 70 + ("Low",) * 12 + ("No apparent risk",) * 6
_RAISED = {"No apparent risk": "Medium", "Low": "Medium", "Medium": "High", "High": "Medium"}
_CIRCUMSTANCES = (
    "Went out after tea to meet friends and did not come home. Phone goes to voicemail.",
    "Left the house after an argument about school. Has a coat and phone, no money known of.",
    "Said she or he was going to the shop. Not back at the agreed time, not answering messages.",
    "Did not return from school. Friends were called and have not seen the child since the last lesson.",
    "Not in the bedroom at the evening check. Window found open. Bag and charger are gone.",
    "Picked up by a car that family do not know. Child had been quiet and worried this week.",
    "Did not come back from contact with family at the agreed time.",
    "Asked for more time out, then stopped answering. Staff are worried because of earlier episodes.",
    "Left after a phone call and seemed upset. Would not say who had rung.",
    "Missed the bus home according to a message, then phone off.",
    "Got into a taxi at the end of the road. Carer did not know it had been ordered.",
    "Went to a friend's for the night; the friend's parent says nobody came.",
)
_FINDINGS = (
    "Seen at home, tired and hungry. No injury seen. Did not want to say where.",
    "Well. Says stayed with a friend. Would like to talk to someone other than family.",
    "Seen with carer, then alone. Worried about getting in trouble. Reassured that nobody is cross.",
    "Cold and quiet. Has a new phone and would not say who gave it. Passed to the exploitation team.",
    "Well, back in own bed. Said school is the hard part.",
    "Upset. Said someone had been kind at first. Social worker told the same evening.",
)
_NOTIFIED = ("Parent", "Social worker", "Emergency duty team", "Carer", "Independent reviewing officer", "School")
_REMARKS = (
    "Not back at the agreed time, whereabouts thought to be a friend's. Returned.",
    "Late from school. Staff content to wait. Came back.",
    "Out past the agreed time. Answering messages. Home by own means.",
    "With a relative without permission of the placement. Fetched.",
)
_RELATIONS = ("associate", "friend", "boyfriend", "associate", "seen at", "seen at")
BACKGROUND_ASSOCIATES = 1_000_000
"""Associates made for one child only have this number or above (below it: those of planted networks)."""


@dataclass(slots=True)
class Case:
    """A child of concern as the files hold them; 'police_*' is how the police spell the name.

    'limit' is the moment of the extracts: nothing later can stand in them."""

    child: Child
    held: list[Placement]
    police_forename: str
    police_surname: str
    known: bool
    spelt_apart: bool
    planted: bool
    limit: int


class References:
    """Running numbers of each agency's own records."""

    def __init__(self) -> None:
        """Every series begins at one."""
        self._last: dict[str, int] = {}

    def next(self, series: str) -> str:
        """The next reference of a series: its letters and seven digits."""
        number = self._last.get(series, 0) + 1
        self._last[series] = number
        return f"{series}{number:07d}"


def write_missing(delivery: Delivery, references: References, random: Random, case: Case, episode: Episode) -> None:
    """One missing report; what it tells is noted on the episode."""
    draw = random.random
    child = case.child
    start = start_of(child, case.held, episode.started // DAY)
    ended = episode.ended
    within = (ended if ended is not None else episode.started + 6 * HOUR) - episode.started
    reported = real(episode.started + min(20 + int(draw() * 200), within * 2 // 3))
    located = ended if draw() > 0.04 else None
    returned = None if ended is None else real(ended + 10 + int(draw() * 80))
    last_seen = episode.started if draw() > 0.02 else None
    risk = _RISK[int(draw() * (40 if episode.planted else 100))]
    current, changes = risk, ""
    if draw() < 0.1 and ended is not None:
        current = _RAISED[risk]
        reason = "new information" if draw() < 0.5 else "age and time of night"
        changes = f"{moment_text(reported + within // 4)} {risk}>{current} {reason}"
    found = episode.found
    checked_at = returned + 30 + int(draw() * 900) if returned is not None and draw() < 0.72 else None
    if checked_at is not None and checked_at >= case.limit:
        checked_at = None
    checked = checked_at is not None
    told = _NOTIFIED[int(draw() * 3)] + "; " + _NOTIFIED[3 + int(draw() * 3)]
    linked = case.planted or (case.known and draw() < 0.96)
    home = start.spot
    findings = _FINDINGS[int(draw() * (6 if episode.planted else 5))]
    became = draw() < 0.08
    words = _CIRCUMSTANCES[int(draw() * len(_CIRCUMSTANCES))]
    episode.reference = references.next("MP")
    episode.seen = episode.started if last_seen is not None else reported
    episode.over = returned if located is None else located
    episode.grades = (risk, current)
    delivery.missing(
        (
            episode.reference, FORCE, child.nominal, child.authority if linked else "", child.council if linked else "",
            case.police_forename, case.police_surname, child.alias, day_text(child.born), child.sex,
            ETHNIC_WORDS[child.ethnic], child.home.text, moment_text(last_seen), moment_text(reported),
            moment_text(located), moment_text(returned), risk, current, changes, start.where, home.uprn,
            home.address, home.postcode.text, start.urn,
            found.uprn if found else "", found.address if found else "", found.postcode.text if found else "",
            found.kind if found else "", episode.found_by, "; ".join(episode.companions), told,
            moment_text(checked_at),
            "PC on duty" if checked else "", findings if checked else "", words, home.unit,
        )
    )  # fmt: skip
    if became:
        write_absent(delivery, references, random, case, episode.started, reported, episode.reference)


def write_absent(
    delivery: Delivery, references: References, random: Random, case: Case, opened: int, closed: int, became: str
) -> str:
    """One log of an absent report and its closure; returns the log number."""
    child = case.child
    start = start_of(child, case.held, opened // DAY)
    code = "Missing Person" if became else "Missing - Unauthorised absence"
    if not became and random.random() < 0.06:
        code = "No trace required"
    log = references.next("IN")
    linked = case.known
    delivery.absent(
        (
            log, FORCE, child.nominal, child.authority if linked else "", child.council if linked else "",
            case.police_forename, case.police_surname, day_text(child.born), child.sex, moment_text(opened),
            moment_text(closed), code, start.spot.uprn, start.spot.address, start.spot.postcode.text, start.urn,
            became, start.spot.unit, _REMARKS[int(random.random() * len(_REMARKS))],
        )
    )  # fmt: skip
    return log


def write_absences(
    delivery: Delivery, references: References, random: Random, case: Case, count: int, period: Period
) -> None:
    """A child's absent reports: single evenings, spread over the period."""
    days = period.until - period.first - 2
    for _ in range(count):
        day = period.first + int(random.random() * days)
        opened = real(day * DAY + (17 + int(random.random() * 6)) * HOUR + int(random.random() * HOUR))
        write_absent(delivery, references, random, case, opened, opened + 45 + int(random.random() * 300), "")


def write_background_intelligence(
    delivery: Delivery, references: References, random: Random, seed: int, case: Case, episode: Episode, period: Period
) -> None:
    """A log or two about a child with no network: one associate of the child's own, or a place."""
    draw = random.random
    child = case.child
    one = associate(random, seed, BACKGROUND_ASSOCIATES + child.number, period.until)
    relation = _RELATIONS[int(draw() * len(_RELATIONS))]
    day = min(period.until - 1, episode.started // DAY + int(draw() * 20))
    subject = ["Child", child.nominal, f"{case.police_forename} {case.police_surname}", day_text(child.born)]
    grades = ["123"[int(draw() * 3)], "ABCCD"[int(draw() * 5)], "P" if draw() < 0.8 else "C"]
    condition = "Originator to be asked before further sharing" if grades[2] == "C" else ""
    head = [references.next("IL"), FORCE, moment_text(day * DAY + 9 * HOUR), *grades, condition]
    if relation == "seen at" and episode.found is not None:
        spot = episode.found
        tail = ["Place", spot.uprn, spot.name, spot.address, spot.postcode.text, spot.kind]
        delivery.intelligence([*head, *subject, "seen at", *tail, "Child seen here with others of the same age."])
        return
    relation = "associate" if relation == "seen at" else relation
    day_words = ("weekday", "weekend")[weekday(day) > 4]
    text = f"Child spoken of as spending time with this person on a {day_words} evening."
    delivery.intelligence([*head, *subject, relation, "Adult", one.nominal, one.name, "", "", "", text])
    delivery.associates(
        [one.nominal, FORCE, one.forename, one.surname, one.alias, day_text(one.born), one.sex, "Associate"]
    )
