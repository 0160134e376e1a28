"""Two things side by side, and the chart of how the evidence adds up."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from missingnet.graph.answers.compared import compared
from missingnet.graph.answers.things_described import ThingDescribed
from missingnet.visualise.waterfall import Bar, drawn

NOTHING: dict[str, Any] = dict.fromkeys(("name", "given", "family", "born", "sex", "address", "postcode"))


def told(agency: str, **facts: Any) -> ThingDescribed:
    every = {**NOTHING, "aliases": (), "identifiers": (), **facts}
    return ThingDescribed(thing_id="t", thing_kind="Child", version="v", record="r", agency=agency, **every)


@pytest.mark.parametrize(
    ("field", "one", "other", "finding"),
    [
        ("name", "Zoë O'Neil", "ZOE ONEIL", "same"),
        ("name", "Zoë O'Neil", "Zoe Neil", "differs"),
        ("name", "Zoë O'Neil", None, "not recorded"),
        ("postcode", "NN1 1AA", "nn11aa", "same"),
        ("born", date(2011, 3, 4), date(2011, 4, 3), "differs"),
        ("identifiers", ("council:997 5",), ("upn A1",), "other registers"),
        ("identifiers", ("council:997 5", "upn A1"), ("upn A1",), "same"),
        ("identifiers", ("council:997 5",), ("council:997 6",), "differs"),
    ],
)
def test_a_field_is_compared_as_a_person_would(field: str, one: Any, other: Any, finding: str) -> None:
    (row,) = compared([told("99", **{field: one})], [told("997", **({field: other} if other else {}))])
    assert row.finding == finding


def test_what_several_agencies_say_is_told_once_with_their_names() -> None:
    left = [told("99", name="Ola Q"), told("997", name="Ola Q"), told("997", name="Ola Quill")]
    (row,) = compared(left, [told("998", name="Ola Quill")])
    assert [(said.value, said.agencies) for said in row.one] == [("Ola Q", ("99", "997")), ("Ola Quill", ("997",))]
    assert row.finding == "in part"


def test_each_bar_begins_where_the_one_before_ends_and_the_last_is_their_sum() -> None:
    bars = [Bar("before", "", -10.0), Bar("name", "same name <b>", 8.0), Bar("school", "not recorded", 0.0)]
    root = ElementTree.fromstring(drawn([*bars, Bar("born", "differs", 4.0)]))  # noqa: S314 (our own)
    boxes = [
        (float(box.attrib["x"]), float(box.attrib["width"]))
        for box in root.iter("{http://www.w3.org/2000/svg}rect")
        if box.attrib.get("fill") != "#ffffff"
    ]
    (nought,) = (
        float(re.match(r"M([\d.]+)", line.attrib["d"])[1])  # type: ignore[index]
        for line in root.iter("{http://www.w3.org/2000/svg}path")
    )
    bit = boxes[0][1] / 10
    ends = [box[0] + box[1] for box in boxes]
    assert ends[0] == pytest.approx(nought, abs=0.2), "the first speaks against, to the left of nought"
    assert boxes[1][0] == pytest.approx(boxes[0][0], abs=0.2)
    assert ends[1] == pytest.approx(nought - 2 * bit, abs=0.3)
    assert boxes[3][0] == pytest.approx(ends[1], abs=0.3)
    assert (boxes[4][0], ends[4]) == pytest.approx((nought, nought + 2 * bit), abs=0.3)
    words = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert words[-2:] == ["All together", "+2.0"]
    assert "name: same name <b>" in words
