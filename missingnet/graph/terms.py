"""The words of the graph: every kind of thing, event and link, and the facts an event may hold.

This is the one list. Storage, queries, screens and packs read it, so a word that is not here does not exist.
Times are naive UTC instants; dates are dates; ``None`` means 'not recorded', never 'no' (DOMAIN §2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

FactType = Literal["text", "texts", "instant", "date", "number", "whole", "yesno"]

#: The end of an open period: 'known to' and never null, so that comparing needs no special case.
OPEN: Final = datetime(9999, 12, 31)

MARKING: Final = "OFFICIAL-SENSITIVE"

#: Enduring things carry one label and an opaque id, and no other fact (DESIGN §2).
THINGS: Final = ("Child", "Associate", "Place", "Home", "School", "Vehicle", "Phone", "OnlineHandle")
#: A listed child may turn out to be another child's associate, so the two share one fold of identity.
PEOPLE: Final = ("Child", "Associate")
PREMISES: Final = ("Place", "Home", "School")
SEARCH_KEY: Final = "SearchKey"

#: Kinds that may turn out to be one thing, the one that wins first: a person once called a child is a child.
FAMILIES: Final = (PEOPLE, ("Home", "School", "Place"), ("Vehicle",), ("Phone",), ("OnlineHandle",))
FAMILY_OF: Final = {label: family for family in FAMILIES for label in family}

#: What every event node says of the record that it is.
RECORD_FACTS: Final[Mapping[str, FactType]] = {
    "id": "text",
    "record": "text",
    "source": "text",
    "agency": "text",
    "reference": "text",
    "extract": "date",
    "seen": "texts",
    "version": "text",
    "file": "text",
    "file_hash": "text",
    "row": "whole",
    "loaded_at": "instant",
    "visibility": "whole",
    "known_from": "instant",
    "known_to": "instant",
    "observed_from": "instant",
    "observed_to": "instant",
    "raw": "text",
    "joins": "texts",
    "called": "texts",
}

#: An episode that goes on is over later than any record may say, and never null, for an index holds no null. (The
#: embedded engine keeps a typed time in nanoseconds, which end in 2262.)
GOES_ON: Final = datetime(2200, 1, 1)
#: What the graph works out of an event's facts, so that an index finds it: when an episode was over.
ADDED_FACTS: Final[Mapping[str, Mapping[str, FactType]]] = {"Episode": {"over": "instant"}}

EVENTS: Final[Mapping[str, Mapping[str, FactType]]] = {
    "Episode": {
        "kind": "text",
        "started": "instant",
        "ended": "instant",
        "last_seen": "instant",
        "reported": "instant",
        "located": "instant",
        "returned": "instant",
        "precision": "text",
        "risk": "text",
        "first_risk": "text",
        "risk_changes": "texts",
        "closure_code": "text",
        "found_by": "text",
        "missing_from": "text",
        "notified": "texts",
        "became": "text",
        "circumstances": "text",
        "lpu": "text",
        "authority": "text",
    },
    "ReturnInterview": {
        "contacted": "instant",
        "offered": "instant",
        "held": "instant",
        "outcome": "text",
        "alone": "yesno",
        "independent": "yesno",
        "interviewer": "text",
        "episode_reference": "text",
        "returned": "instant",
        "why": "text",
        "where_went": "text",
        "where_slept": "text",
        "with_whom": "text",
        "how_funded": "text",
        "transport": "text",
        "harm": "text",
        "wishes": "text",
        "parents_view": "text",
        "advice": "text",
        "advocate_offered": "yesno",
        "themes": "texts",
        "shared_with_police": "date",
        "on_childs_record": "date",
        "decided_by": "text",
        "child_consulted": "yesno",
        "decision_reason": "text",
    },
    "SafeAndWellCheck": {
        "at": "instant",
        "held_by": "text",
        "findings": "text",
        "episode_reference": "text",
        "agreed_with": "text",
        "agreed_reason": "text",
        "findings_shared": "date",
    },
    "Placement": {
        "started": "date",
        "ended": "date",
        "place_code": "text",
        "place_words": "text",
        "provider_code": "text",
        "legal_status": "text",
        "need_code": "text",
        "reason_new": "text",
        "reason_ended": "text",
        "reason_change": "text",
        "postcode": "text",
    },
    "Enrolment": {
        "started": "date",
        "ended": "date",
        "year_group": "text",
        "part_time": "yesno",
        "sessions_possible": "number",
        "sessions_authorised": "number",
        "sessions_unauthorised": "number",
        "term": "text",
    },
    "SchoolAbsence": {
        "kind": "text",
        "code": "text",
        "started": "date",
        "sessions": "number",
        "reasons": "texts",
        "category": "text",
        "term": "text",
    },
    "MissingEducation": {
        "started": "date",
        "ended": "date",
        "last_attended": "date",
        "reason": "text",
        "status": "text",
        "outcome": "text",
        "expected_return": "date",
        "concerns": "texts",
        "home_contacted": "date",
        "assessed": "date",
        "police_told": "date",
        "social_care_told": "date",
        "welfare_told": "date",
        "home_checked": "date",
        "databases_checked": "date",
        "reassessed": "date",
        "off_roll": "date",
        "transfer_file": "date",
        "cme_team_told": "date",
    },
    "SchoolCalendar": {"kind": "text", "started": "date", "ended": "date", "details": "text"},
    "RiskAssessment": {
        "kind": "text",
        "at": "date",
        "level": "text",
        "score": "number",
        "assessor": "text",
        "next_review": "date",
        "episode_reference": "text",
        "radicalisation_considered": "yesno",
        "placement_plan_updated": "date",
        "early_review_considered": "date",
    },
    "Meeting": {
        "kind": "text",
        "arranged": "date",
        "planned": "date",
        "held": "date",
        "arranged_by": "text",
        "chair": "text",
        "chair_role": "text",
        "attended": "texts",
        "outcome": "text",
        "brought_forward": "yesno",
        "meeting_reference": "text",
        "episode_reference": "text",
        "next_review": "date",
    },
    "Action": {
        "what": "text",
        "owner": "text",
        "agreed": "date",
        "due": "date",
        "done": "date",
        "impact": "text",
        "had_impact": "yesno",
        "meeting_reference": "text",
    },
    "Notification": {
        "told": "text",
        "told_by": "text",
        "at": "instant",
        "occasion": "text",
        "not_told_because": "text",
        "episode_reference": "text",
    },
    "Notice": {
        "kind": "text",
        "served": "date",
        "started": "instant",
        "ended": "instant",
        "expires": "date",
        "details": "text",
    },
    "ListEntry": {"list": "text", "added": "date", "removed": "date", "status": "text", "worker": "text"},
    "Intelligence": {
        "at": "instant",
        "text": "text",
        "source_grade": "text",
        "assessment_grade": "text",
        "handling": "text",
        "condition": "text",
        "scheme": "text",
    },
    "Description": {
        "name": "text",
        "given": "text",
        "family": "text",
        "aliases": "texts",
        "born": "date",
        "died": "date",
        "sex": "text",
        "ethnicity": "text",
        "address": "text",
        "postcode": "text",
        "latitude": "number",
        "longitude": "number",
        "easting": "number",
        "northing": "number",
        "kind": "text",
        "identifiers": "texts",
        "authority": "text",
        "lpu": "text",
        "phase": "text",
        "status": "text",
        "opened": "date",
        "closed": "date",
        "note": "text",
    },
    "Judgement": {
        "about": "text",
        "said_of": "texts",
        "verdict": "text",
        "state": "text",
        "kind": "text",
        "reason": "text",
        "who": "text",
        "decided": "instant",
        "second": "text",
        "confirmed": "instant",
        "keys": "texts",
        "rested_on": "texts",
        "probability": "number",
        "sentence": "text",
    },
}


@dataclass(frozen=True, slots=True)
class LinkTerm:
    """A kind of link: what it may join, in the direction it is read, child first."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    words: str


_CHILD_EVENTS: Final = tuple(
    e for e in EVENTS if e not in ("Intelligence", "Description", "Judgement", "SchoolCalendar")
)

LINKS: Final[Mapping[str, LinkTerm]] = {
    "HAD": LinkTerm(("Child",), _CHILD_EVENTS, "had"),
    "STARTED_AT": LinkTerm(("Episode",), PREMISES, "started at"),
    "FOUND_AT": LinkTerm(("Episode",), PREMISES, "found at"),
    "WENT_WITH": LinkTerm(("Episode",), PEOPLE, "went with"),
    "TELLS_OF": LinkTerm(("ReturnInterview",), THINGS, "tells of"),
    "PLACED_IN": LinkTerm(("Placement",), ("Home", "Place"), "placed in"),
    "ENROLLED_AT": LinkTerm(("Enrolment", "SchoolAbsence", "MissingEducation"), ("School",), "on the roll of"),
    "KEEPS": LinkTerm(("School",), ("SchoolCalendar",), "keeps"),
    "NAMES": LinkTerm(("Intelligence", "Notice", "Action"), THINGS, "names"),
    "LINKED_TO": LinkTerm(PEOPLE, PEOPLE, "linked to"),
    "SEEN_AT": LinkTerm((*PEOPLE, "Vehicle"), PREMISES, "seen at"),
    "USES": LinkTerm(PEOPLE, ("Vehicle", "Phone", "OnlineHandle"), "uses"),
    "LIVES_AT": LinkTerm(PEOPLE, ("Place", "Home"), "lives at"),
    "SAME_AS": LinkTerm(THINGS, THINGS, "is, by a sealed record, the same as"),
    "DESCRIBED_BY": LinkTerm(THINGS, ("Description",), "described by"),
    "JUDGES": LinkTerm(("Judgement",), THINGS, "is a judgement of"),
    "FOUND_BY_KEY": LinkTerm(("Description",), (SEARCH_KEY,), "found by"),
}

#: What every link says of the record it came from (law 'Source').
LINK_FACTS: Final[Mapping[str, FactType]] = {
    "record": "text",
    "event": "text",
    "agency": "text",
    "visibility": "whole",
    "known_from": "instant",
    "known_to": "instant",
    "observed_from": "instant",
    "observed_to": "instant",
    "key_from": "text",
    "key_to": "text",
    "role": "text",
    "source_grade": "text",
    "assessment_grade": "text",
    "handling": "text",
}
