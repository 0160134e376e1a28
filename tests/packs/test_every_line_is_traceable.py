"""A pack's promise: every line leads to its records, and nothing is silently empty (laws 'Source', 'No silent cut')."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from missingnet.visualise.pack import Ask, questions_for
from missingnet.visualise.pack.make import FAILED
from missingnet.visualise.pack.meetings import MEETINGS, section
from tests.packs.example import AS_AT, FILLED, about, answered, pack_of

BOTH = pytest.mark.parametrize("meeting", list(MEETINGS))


def parts(pack: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for made in pack["sections"]:
        yield from made["parts"]


def references(pack: dict[str, Any]) -> Iterator[list[int]]:
    for part in parts(pack):
        for block in part["blocks"]:
            if block["block"] == "table":
                yield from (line["references"] for line in block["lines"])
            elif block["block"] == "quote":
                yield block["references"]


@BOTH
def test_every_line_has_a_number_that_the_annex_resolves(meeting: str) -> None:
    pack = pack_of(meeting, answered(meeting, about(meeting), FILLED)).as_json()
    sources = {source["number"]: source for source in pack["sources"]["records"]}
    lines = list(references(pack))
    assert lines
    assert all(line for line in lines), "a line without a source"
    assert {number for line in lines for number in line} <= set(sources)
    assert all("row" in source["where"] and source["record"] for source in sources.values())
    files = {one["name"] for one in pack["sources"]["files"]}
    assert {source["where"].split(",")[0] for source in sources.values()} == files


@BOTH
def test_numbers_stand_in_the_order_in_which_they_are_first_read(meeting: str) -> None:
    pack = pack_of(meeting, answered(meeting, about(meeting), FILLED)).as_json()
    records = pack["sources"]["records"]
    assert [source["number"] for source in records] == list(range(1, len(records) + 1))


@BOTH
def test_every_question_is_asked_once(meeting: str) -> None:
    answers = answered(meeting, about(meeting), FILLED)
    assert questions_for(meeting, about(meeting), AS_AT, answers) == []
    put = [(ask.rule, ask.as_at) for ask in answers]
    assert len(put) == len(set(put))


@BOTH
def test_with_nothing_recorded_every_part_says_so(meeting: str) -> None:
    pack = pack_of(meeting, answered(meeting, about(meeting), {}, names={})).as_json()
    for part in parts(pack):
        assert part["state"] != "failed"
        assert part["blocks"] or part["words"]


@BOTH
def test_a_question_that_failed_is_never_an_empty_list(meeting: str) -> None:
    everything = {ask.rule for ask in answered(meeting, about(meeting), FILLED)}
    pack = pack_of(meeting, answered(meeting, about(meeting), FILLED, failing=everything)).as_json()
    wanting = {
        (made.title, part.heading)
        for name in MEETINGS[meeting].agenda
        for made in [section(name)]
        for part in made.parts
        if part.wants
    }
    said = {
        (made["title"], part["heading"])
        for made in pack["sections"]
        for part in made["parts"]
        if part["state"] == "failed" and part["words"] == FAILED and not part["blocks"]
    }
    assert said == wanting
    assert {one["state"] for one in pack["questions"]} == {"could not be answered"}


@BOTH
def test_one_failed_question_leaves_the_other_parts_standing(meeting: str) -> None:
    pack = pack_of(meeting, answered(meeting, about(meeting), FILLED, failing=["SHARED-ASSOCIATE"])).as_json()
    states = {part["state"] for part in parts(pack)}
    assert {"failed", "answered"} <= states


def test_names_that_could_not_be_asked_are_not_called_unrecorded() -> None:
    answers = answered("OPERATIONAL-GROUP", about("OPERATIONAL-GROUP"), FILLED, failing=["DESCRIPTIONS"])
    text = json.dumps(pack_of("OPERATIONAL-GROUP", answers).as_json())
    assert "name could not be answered" in text
    assert "name not recorded" not in text


@BOTH
def test_nothing_in_a_pack_hints_that_anything_was_withheld(meeting: str) -> None:
    text = json.dumps(pack_of(meeting, answered(meeting, about(meeting), FILLED)).as_json()).casefold()
    for word in ("withheld", "redact", "restricted", "not cleared", "not permitted to see", "hidden"):
        assert word not in text


@BOTH
def test_a_pack_says_what_it_is(meeting: str) -> None:
    pack = pack_of(meeting, answered(meeting, about(meeting), FILLED)).as_json()
    told = {fact["what"] for fact in pack["facts"]}
    assert told == {"Meeting", "Period", "Made", "Made by", "Purpose", "Recipient", "Data as at"}
    assert pack["marking"] == "OFFICIAL-SENSITIVE"


def test_agenda_items_without_a_question_are_said_aloud() -> None:
    pack = pack_of("OPERATIONAL-GROUP", answered("OPERATIONAL-GROUP", about("OPERATIONAL-GROUP"), {})).as_json()
    said = [block["words"] for part in parts(pack) for block in part["blocks"] if block["block"] == "words"]
    silent = [words for words in said if words.startswith("No figures: this version asks no question about")]
    assert len(silent) == 3


def test_asks_are_equal_when_their_parameters_are() -> None:
    first, second = (Ask("RULE", (("a", (1, 2)),), None) for _ in range(2))
    assert first == second
    assert first.params == {"a": [1, 2]}
