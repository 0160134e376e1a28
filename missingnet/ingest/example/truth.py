"""truth.json: what was planted, by the identifiers that stand in the files. Its schema (every list may be empty):

    {
      "about": text, "seed": int, "children": int, "years": int, "first": "YYYY-MM-DD", "until": "YYYY-MM-DD",
      "force": "99", "authorities": ["997", "998"],
      "counts": {"pupils_alone", "missing_children", "missing_episodes", "absent_reports", "interviews", …: int},
      "networks": [{
          "name": text, "authorities": [code, …], "spans_authorities": bool,
          "children": [CHILD + {"listed": bool, "missing_education": bool, "found_only_through_others": bool}],
          "associates": [{"nominal", "name", "alias", "born": "DD/MM/YYYY"}],
          "places": [{"uprn", "name", "kind", "postcode"}],
          "vehicles": [registration], "phones": [number], "handles": ["platform:name"],
          "notices": [notice ref], "intelligence": [log ref],
          "events": [{"police_refs": [report ref, …],    # one occasion: all of these overlap from 'started' to 'ended'
                      "found_there": [report ref, …],    # those of them that ended at the place
                      "children": [nominal, …], "found_uprn", "associate": nominal,
                      "started": "DD/MM/YYYY HH:MM", "ended"}]
      }],
      "sets": [{"name": text, "children": [CHILD], "events": [as above, without "associate", with "meetings": [ref]:
                one joint strategy meeting of all of them, one for each, or none]}],
      "missing_education_in_network": [CHILD + {"cme_ref", "network"}],
      "unlisted_in_network": [CHILD + {"network"}],
      "mase": {"as_at", "window_from", "minimum": 3,
               "expected": [{"nominal", "episodes": int}], "just_short": [{"nominal", "episodes": 2}]},
      "disagreements": {
          "police_only":  [{"authority", "council", "nominal", "police_ref", "started", "why"}],
          "council_only": [{"authority", "council", "nominal", "started", "kind", "why"}],     # 'started' = MIS_START
          "dates_differ": [as police_only]},
      "same_episode": [{"authority", "council", "nominal", "police_ref", "started"}],    # each council row of a police
                                                                                          # report; two reports of one
                                                                                          # day have one row
      "spelt_apart": [{"authority", "council", "council_name", "nominal", "police_name", "born"}],
      "decoys": {
          "big_home": {"urn", "name", "uprn", "beds", "children": [CHILD]},
          "frequent_but_independent": [CHILD],
          "twins": [{"missing": CHILD, "never_missing": CHILD}],
          "hubs": [{"uprn", "name", "kind"}],
          "one_name": [{"name", "nominals": [nominal, nominal], "towns": [town, town]}]},
      "duties": [{"rule", "authority", "council", "nominal", "police_ref", "began", "over",
                  "standing": "late" or "broken" (planted), "met" or "not owed" (a decoy, and then "decoy": why)}],
      "moved": [{"authority", "council", "day", "host"}],    # each child's last move into another area's home since the
                                                             # edge; 'host' is a code, or the name of another area
      "placements": [{"authority", "council", "placements": int}],    # open in the last twelve months, two or more
      "cases": [CHILD + {"rules": [{"rule", "finds": bool, "why"}]}]    # children planted for one rule each
    }

CHILD is {"authority", "council", "nominal", "upn", "forename", "surname", "born": "DD/MM/YYYY", "police_refs": [report
ref, …]}: all the child's police reports, planted or not. A child's police Child and council Child are joined by rows
that carry both references, save those under 'spelt_apart', where only a person can say that the two are one; a UPN is
joined to the council's id by SSDA903 header, list and CME rows alone, so a child with none of them is a pupil apart.
'mase' counts police missing reports last seen (or else reported) from 'window_from' to the end; both are midnights in
London. A police report and a council row about one child are meant to be the same episode where their days touch.
Lists that grow with the number of children go through spool files, so that memory does not.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from missingnet.ingest.example.moments import DAY, day_text

if TYPE_CHECKING:
    from missingnet.ingest.example.episodes import Episode, Period
    from missingnet.ingest.example.people import Child
    from missingnet.ingest.example.police import Case

SPOOLED = (
    *("expected", "just_short", "police_only", "council_only", "dates_differ", "same_episode", "spelt_apart"),
    *("duties", "moved", "placements"),
)


class Truth:
    """Collects what was planted and writes truth.json."""

    def __init__(self, period: Period) -> None:
        """Nothing is planted yet."""
        self.period = period
        self.counts: dict[str, int] = {}
        self._spools: dict[str, IO[str]] = {}
        for name in SPOOLED:
            self._spools[name] = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 (closed in 'write')

    def count(self, name: str, number: int = 1) -> None:
        """Add to a total of the summary."""
        self.counts[name] = self.counts.get(name, 0) + number

    def spool(self, name: str, line: dict[str, object]) -> None:
        """Keep one line of a list that grows with the number of children."""
        file = self._spools[name]
        if file.tell():
            file.write(",\n   ")
        file.write(json.dumps(line, ensure_ascii=False))
        self.count(name)

    def differ(self, name: str, case: Case, episode: Episode | None, started: int, why: str, kind: str = "M") -> None:
        """A disagreement between the police's records and the council's; 'kind' is the council's MISSING."""
        line: dict[str, object] = {
            "authority": case.child.authority,
            "council": case.child.council,
            "nominal": case.child.nominal,
            "police_ref": episode.reference if episode else "",
            "started": day_text(started),
            "why": why,
        }
        if episode is None:
            del line["police_ref"]
            line["kind"] = kind
        self.spool(name, line)

    def same(self, case: Case, episode: Episode, started: int) -> None:
        """A police report, and the council's row of the same episode."""
        child = case.child
        self.spool(
            "same_episode",
            {
                "authority": child.authority,
                "council": child.council,
                "nominal": child.nominal,
                "police_ref": episode.reference,
                "started": day_text(started),
            },
        )

    def mase(self, child: Child, episodes: list[Episode]) -> None:
        """MASE-3-IN-3M: note a child with three or more police missing episodes since the edge, or just two."""
        since = sum(1 for episode in episodes if episode.started >= self.period.edge * DAY)
        if since >= 2:
            self.spool("expected" if since >= 3 else "just_short", {"nominal": child.nominal, "episodes": since})

    def write(self, path: Path, head: dict[str, Any], planted: dict[str, Any]) -> None:
        """Write the file and let the spools go."""
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write("{\n")
            for name, value in {**head, "counts": self.counts, **planted}.items():
                file.write(f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False, indent=1)},\n")
            as_at = json.dumps(date.fromordinal(self.period.until).isoformat())
            edge = json.dumps(date.fromordinal(self.period.edge).isoformat())
            file.write(f' "mase": {{"as_at": {as_at}, "window_from": {edge}, "minimum": 3,\n')
            self._pour(file, "expected", ",\n")
            self._pour(file, "just_short", "},\n")
            file.write(' "disagreements": {\n')
            self._pour(file, "police_only", ",\n")
            self._pour(file, "council_only", ",\n")
            self._pour(file, "dates_differ", "},\n")
            self._pour(file, "same_episode", ",\n")
            self._pour(file, "duties", ",\n")
            self._pour(file, "moved", ",\n")
            self._pour(file, "placements", ",\n")
            self._pour(file, "spelt_apart", "\n")
            file.write("}\n")

    def _pour(self, file: IO[str], name: str, after: str) -> None:
        spool = self._spools.pop(name)
        spool.seek(0)
        file.write(f"  {json.dumps(name)}: [")
        copyfileobj(spool, file)
        file.write(f"]{after}")
        spool.close()


def child_line(child: Child) -> dict[str, object]:
    """The CHILD of the schema, its police reports still to come."""
    return {
        "authority": child.authority,
        "council": child.council,
        "nominal": child.nominal,
        "upn": child.upn,
        "forename": child.forename,
        "surname": child.surname,
        "born": day_text(child.born),
        "police_refs": [],
    }
