"""The questions that several sections rest on, each written once, so that a pack asks it once."""

from __future__ import annotations

from missingnet.visualise.pack.asks import CHILD, JUST_BEFORE, SINCE, THREE_MONTHS, UNTIL, Wanted

IDENTITY = Wanted("CHILD-IDENTITY", {"child": CHILD})
TIMELINE = Wanted("CHILD-TIMELINE", {"child": CHILD})
NETWORK = Wanted("CHILD-NETWORK", {"child": CHILD, "hops": 2})

MASE = Wanted("MASE-3-IN-3M", {})
MASE_BEFORE = Wanted("MASE-3-IN-3M", {}, before=True)
SHARED_ASSOCIATES = Wanted("SHARED-ASSOCIATE", {})
SHARED_ASSOCIATES_BEFORE = Wanted("SHARED-ASSOCIATE", {}, before=True)
UNLISTED = Wanted("UNLISTED-IN-NETWORK", {})
UNLISTED_BEFORE = Wanted("UNLISTED-IN-NETWORK", {}, before=True)
CME = Wanted("CME-AND-MISSING", {})
MISSING_TOGETHER = Wanted("GROUP-MISSING", {"since": SINCE, "until": UNTIL})
#: Of one child every pair and set, also those that share only a home and may be chance.
MISSING_WITH = Wanted("GROUP-MISSING", {"since": SINCE, "until": UNTIL, "fold_above": 1.0})
HOTSPOTS = Wanted("HOTSPOT", {"since": SINCE, "until": UNTIL})
PLACES_TO_VISIT = Wanted("PLACES-TO-VISIT", {"since": JUST_BEFORE})
LINKED_PLACES = Wanted("LINKED-LOCATIONS", {})
COMMUNITIES = Wanted("NETWORK", {"before": SINCE})
TRAFFICKED_EARLY = Wanted("TRAFFICKED-EARLY", {})
ABSENT_AT_RISK = Wanted("ABSENT-WITH-CSE", {})
ABSENCES_HIDE = Wanted("ABSENT-MASKS-MISSING", {})
TRIAGED = Wanted("TABLE-OF-TRIAGE", {"since": SINCE, "until": UNTIL})
#: Figures and what is owed are asked of the same three months, so that they agree.
INTERVIEWS = Wanted("RHI-PERFORMANCE", {"since": THREE_MONTHS})
INTERVIEWS_OWED = Wanted("RHI-72H", {"since": THREE_MONTHS})
IMPORTANT = Wanted("RHI-PRIORITY", {})
STRATEGY_IN_CARE = Wanted("STRAT-72H", {"since": THREE_MONTHS})
STRATEGY_AT_HOME = Wanted("STRAT-7D-HOME", {"since": THREE_MONTHS})
MOVED_IN = Wanted("MOVED-IN", {"since": JUST_BEFORE})
MOVED_OUT = Wanted("MOVED-OUT", {"since": JUST_BEFORE})
AREAS_TOLD = Wanted("OOA-NOTIFY", {"since": THREE_MONTHS})
INTERVIEW_THEMES = Wanted("TABLE-OF-INTERVIEWS", {"since": THREE_MONTHS, "until": UNTIL})
SCHOOL_DAYS_MISSED = Wanted("CME-10D", {})
TURNING_18 = Wanted("TURNING-18", {})
CROSS_LISTS = Wanted("CROSS-LISTS", {})
CROSS_BORDER = Wanted("CROSS-BORDER", {})
