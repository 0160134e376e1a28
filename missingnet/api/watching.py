"""The watch: every rule over children and places asked as at now for one reader, and what became of each finding.

A finding is one subject of one rule: found once, however often it is found again. What is kept holds opaque ids, the
rules' own sentences and times; no name and no date of birth.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from missingnet.api import shelf
from missingnet.api.asks import Asks
from missingnet.api.reader import Asker
from missingnet.graph.answers import Answer, Row, is_record, plain
from missingnet.graph.answers.findings import WHATS, What, by_subject
from missingnet.graph.catalogue import Question, catalogue
from missingnet.settings import Settings

#: Chapters whose rules are watched: views and tables name nobody.
_WATCHED: Final = ("clocks", "thresholds", "patterns", "school_days")
#: How long a finding that is gone is remembered (*ours*: from one monthly meeting to the next).
REMEMBERED: Final = timedelta(days=40)

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One subject of one rule. Naive UTC: when it was first found, last rested on something new, and was gone."""

    rule: str
    subject: str
    things: tuple[str, ...]
    why: str
    records: tuple[str, ...]
    first: datetime
    changed: datetime | None
    gone: datetime | None

    @property
    def id(self) -> str:
        """Its name, the same however often it is found again: of opaque ids and the rules' words alone."""
        return hashlib.sha256(f"{self.rule} {self.subject}".encode()).hexdigest()[:26]

    @property
    def said_of(self) -> tuple[str, ...]:
        """What somebody says something of: the rule, and what beside the things tells it from others of the rule."""
        return (self.rule, *(word for word in _words(json.loads(self.subject)) if word not in self.things))

    @property
    def seen(self) -> str:
        """A token of the records that it rests on: whoever has it before them speaks of these."""
        return hashlib.sha256("|".join(self.records).encode()).hexdigest()[:26]

    def what(self, since: datetime) -> What:
        """What became of it since then."""
        if self.gone is not None:
            return "gone"
        if self.first >= since:
            return "new"
        return "changed" if self.changed is not None and self.changed >= since else "still"


@dataclass(frozen=True, slots=True)
class Watched:
    """What one reader's last watch found, when, and by how many batches of evidence; and what could not be answered."""

    at: datetime
    batches: int
    findings: tuple[Finding, ...]
    unanswered: tuple[str, ...]

    def since(self, since: datetime) -> Mapping[What, list[Finding]]:
        """The findings by what became of them since then; those gone before it are left out."""
        found: dict[What, list[Finding]] = {"new": [], "changed": [], "still": [], "gone": []}
        for one in self.findings:
            if one.gone is None or one.gone >= since:
                found[one.what(since)].append(one)
        return found

    def digest(self, since: datetime, stands: Mapping[str, str]) -> dict[str, dict[str, int]]:
        """How many findings of each rule are new, changed, still there and gone since then: no name and no id.

        ``stands`` is what people say of them. Those acknowledged are counted beside; those dismissed only as that.
        """
        found: dict[str, dict[str, int]] = {}
        for what, many in self.since(since).items():
            for one in many:
                counts = found.setdefault(one.rule, dict.fromkeys((*WHATS, "acknowledged", "dismissed"), 0))
                said = stands.get(one.id)
                if said != "dismissed":
                    counts[what] += 1
                if said is not None:
                    counts[said] += 1
        return dict(sorted(found.items()))


def watched_questions() -> list[Question]:
    """The questions that a watch asks: over all, with nothing that somebody must give."""
    return [
        question
        for _, question in sorted(catalogue().items())
        if question.chapter in _WATCHED and not any(p.required for p in question.parameters.values())
    ]


class Kept:
    """What watches found, for each reader and purpose."""

    def __init__(self, settings: Settings) -> None:
        self._shelf = shelf.Shelf(settings, "findings")

    def read(self, asker: Asker) -> Watched | None:
        """What the last watch of this reader and purpose found; None: there was none."""
        kept = self._shelf.read(asker, "watch")
        if kept is None:
            return None
        return Watched(
            datetime.fromisoformat(kept["at"]),
            kept["batches"],
            tuple(_finding(one) for one in kept["findings"]),
            tuple(kept["unanswered"]),
        )

    def keep(self, asker: Asker, watched: Watched) -> None:
        """Keep it in place of the one before."""
        self._shelf.keep(asker, "watch", asdict(watched, dict_factory=_plain))

    def digested(self, asker: Asker) -> date | None:
        """The last day whose digest was taken by whoever is told; None: none was."""
        kept = self._shelf.read(asker, "digest")
        return date.fromisoformat(kept["day"]) if kept else None

    def keep_digested(self, asker: Asker, day: date) -> None:
        """The digest of this day was taken."""
        self._shelf.keep(asker, "digest", {"day": day.isoformat()})


def _words(subject: Any) -> Iterator[str]:
    """The words and ids within a subject, however deep, in its order."""
    if isinstance(subject, list):
        for inner in subject:
            yield from _words(inner)
    elif subject is not None:
        yield str(subject)


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in pairs}


def _finding(kept: Mapping[str, Any]) -> Finding:
    times = {name: datetime.fromisoformat(kept[name]) if kept[name] else None for name in ("first", "changed", "gone")}
    return Finding(**{**kept, **times, "things": tuple(kept["things"]), "records": tuple(kept["records"])})


async def watch(asks: Asks, before: Watched | None, progress: Progress = lambda words, done, whole: None) -> Watched:
    """Ask every rule as this reader, and say what became of what was found before.

    A rule that could not be answered leaves its findings as they were, and is named.
    """
    batches = await asks.store.evidence()
    known: dict[str, dict[str, Finding]] = {}
    for one in before.findings if before else ():
        known.setdefault(one.rule, {})[one.subject] = one
    questions = watched_questions()
    found: list[Finding] = []
    unanswered: list[str] = []
    for number, question in enumerate(questions):
        progress(question.rule, number, len(questions))
        answer = await asks.ask_or_say(question.rule)
        old = known.pop(question.rule, {})
        if answer is None:
            unanswered.append(question.rule)
            found += old.values()
        else:
            found += _became(answer, old, asks.moment.as_at)
    progress("", len(questions), len(questions))
    return Watched(asks.moment.as_at, batches, tuple(found), tuple(unanswered))


def _became(answer: Answer[Row], old: Mapping[str, Finding], at: datetime) -> list[Finding]:
    """The rule's findings as at now, in its own order, and those that are gone but not forgotten."""
    found: list[Finding] = []
    seen: set[str] = set()
    for subject, row in by_subject(answer.rows).items():
        now = _new(answer.rule, subject, row, at)
        was = old.get(now.subject)
        seen.add(now.subject)
        if was is None or was.gone is not None:
            found.append(now)
            continue
        news = set(now.records) - set(was.records)
        found.append(replace(now, first=was.first, changed=at if news else was.changed))
    for one in old.values():
        if one.subject not in seen and (one.gone is None or at - one.gone < REMEMBERED):
            found.append(replace(one, gone=one.gone or at))
    return found


def _new(rule: str, subject: Any, row: Row, at: datetime) -> Finding:
    ids = [getattr(row, field) for field in row.SUBJECT if field.endswith(("_id", "_ids"))]
    things = [one for value in ids for one in (value if isinstance(value, tuple) else (value,)) if one]
    words = [getattr(row, field) for field in row.SUBJECT if not (field.endswith(("_id", "_ids")) or is_record(field))]
    why = getattr(row, "why", None) or ", ".join(str(word) for word in words if word is not None)
    name = json.dumps(plain(subject))
    return Finding(rule, name, tuple(things), str(why), tuple(sorted(row.evidence)), at, None, None)
