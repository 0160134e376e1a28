"""The interview provider's rows: one for every child who came back, whatever became of the offer."""

from __future__ import annotations

from random import Random

from missingnet.ingest.example.episodes import Episode
from missingnet.ingest.example.moments import DAY, HOUR, day_text, moment_text
from missingnet.ingest.example.place import FORCE
from missingnet.ingest.example.police import Case, References
from missingnet.ingest.example.writers import Delivery

OUTCOMES = (
    (0.67, "held"), (0.85, "refused"), (0.89, "unreachable"), (0.94, "waiting"), (0.97, "offered"), (1.0, "not offered")
)  # fmt: skip
_LATE = 0.1
_INTERVIEWERS = ("R. Quessel", "T. Ombright", "A. Vellory", "J. Marrisk", "Independent visitor")
_WHY = (
    "Wanted to see friends who live near the old placement.",
    "Argument at home about the phone. Needed to get out.",
    "Did not feel listened to and wanted some space.",
    "Someone had asked to meet and it was hard to say no.",
    "School has been difficult, did not want to face Monday.",
    "Missing mum and brothers, wanted to see them.",
    "Felt bored and shut in. Others were going.",
    "Was told there would be a party and a lift both ways.",
)
_WENT = ("Walked about in town.", "A friend's flat.", "The park, then a takeaway.", "A relative's.", "Did not say.",
         "Sat at the bus station until late.", "A house with people the child had not met before.")  # fmt: skip
_SLEPT = ("A friend's sofa", "A relative's", "Did not sleep", "Would rather not say", "A flat, does not know whose")
_FUNDED = ("Own pocket money", "Friends shared food", "Someone else paid", "Nothing was needed", "Did not say")
_TRANSPORT = ("On foot", "Bus", "Lift from a friend", "Taxi that someone else paid for", "Train")
_HARM = ("None told of", "Felt frightened at one point", "Was cold and hungry", "Feels under pressure about money",
         "None told of", "Says an older person was unkind")  # fmt: skip
_WISHES = ("To see brothers more often.", "To be asked before plans change.", "A different school.",
           "To keep the same worker.", "To stay where I am.", "Help with saying no to people.")  # fmt: skip
_PARENTS = ("Worried about new friends.", "Thinks it will happen again and wants help.", "Relieved, no questions.",
            "Would like the phone checked with the child's agreement.", "Could not be reached.", "")  # fmt: skip
_ADVICE = ("Who to ring at any hour; safe place agreed.", "Runaway helpline card given.", "Talked through the plan.")
_THEMES = (
    "Family conflict",
    "Wanting to see family",
    "Friends",
    "School",
    "Being drawn by adults",
    "Feelings",
    "Money",
)


def write_interview(delivery: Delivery, references: References, random: Random, case: Case, episode: Episode) -> bool:
    """The row for one episode that ended and has a police reference; True where the interview was held."""
    draw = random.random
    child, named, ended = case.child, episode.named, episode.ended
    if ended is None:
        return False
    chance = draw()
    outcome = next(name for upper, name in OUTCOMES if chance < upper or upper == 1.0)
    if named is not None:
        outcome = "held"
    returned = ended + 20 + int(draw() * 60)
    contacted = returned + 3 * HOUR + int(draw() * 30 * HOUR) if outcome not in ("waiting", "not offered") else None
    offered = contacted + int(draw() * 300) if contacted is not None and outcome != "unreachable" else None
    held = None
    if outcome == "held" and offered is not None:
        days = 4 + int(draw() * 9) if draw() < _LATE else 1 + int(draw() * 2)
        held = (returned // DAY + days) * DAY + 9 * HOUR + int(draw() * 8 * HOUR)
        contacted, offered = min(contacted or held, held - 3 * HOUR), min(offered, held - 2 * HOUR)
    if max(held or 0, offered or 0, contacted or 0) >= case.limit:
        outcome, contacted, offered, held = "waiting", None, None, None
    told = held is not None
    joined = not case.spelt_apart and draw() < 0.85
    spot = episode.found if told and (named is not None or draw() < 0.5) else None
    slept = named.slept if told and named else None
    adults = "; ".join(named.adults) if told and named else ""
    children = "; ".join(named.children) if told and named else ""
    theme = _THEMES[int(draw() * len(_THEMES))]
    alone = draw() < 0.88
    pick = int(draw() * 2_520)
    delivery.interviews(
        (
            references.next("RI"), child.authority, child.council, FORCE if joined or adults else "",
            child.nominal if joined else "", child.forename, child.surname, day_text(child.born),
            episode.reference if not case.spelt_apart and draw() < 0.9 else "", moment_text(returned),
            moment_text(contacted), moment_text(offered), moment_text(held), outcome,
            ("Yes" if alone else "No") if told else "", ("Yes" if pick % 10 else "No") if told else "",
            _INTERVIEWERS[pick % 5] if told else "", _WHY[pick % 8] if told else "",
            (spot.name or "A house") if spot else (_WENT[pick % 7] if told else ""), spot.uprn if spot else "",
            spot.postcode.text if spot else "",
            (slept.name if slept else _SLEPT[pick % 5]) if told and ended - episode.started > 8 * HOUR else "",
            slept.uprn if slept else "", children, adults, _FUNDED[pick // 5 % 5] if told else "",
            _TRANSPORT[pick // 7 % 5] if told else "", named.vehicle if told and named else "",
            named.phone if told and named else "", named.handle if told and named else "",
            _HARM[pick // 3 % 6] if told else "", _WISHES[pick // 9 % 6] if told else "",
            _PARENTS[pick // 4 % 6] if told or outcome == "refused" else "", _ADVICE[pick % 3] if told else "",
            ("Yes" if pick % 4 else "No") if told else "",
            (theme if named is None else f"Being drawn by adults; {theme}") if told else "",
        )
    )  # fmt: skip
    return told


def write_council_only(
    delivery: Delivery, references: References, random: Random, case: Case, started: int, ended: int
) -> None:
    """An interview about an episode that was never reported to the police: no police or episode reference."""
    write_interview(
        delivery, references, random, case, Episode(started * DAY + 19 * HOUR, ended * DAY + 10 * HOUR, None)
    )
