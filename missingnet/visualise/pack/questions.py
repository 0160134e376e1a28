"""The questions that several sections rest on, each written once, so that a pack asks it once."""

from __future__ import annotations

from missingnet.visualise.pack.asks import CHILD, SINCE, UNTIL, Wanted

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
LINKED_PLACES = Wanted("LINKED-LOCATIONS", {})
COMMUNITIES = Wanted("NETWORK", {"before": SINCE})
