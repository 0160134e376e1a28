"""Places by premises and postcode, vehicles and telephones by one character."""

from __future__ import annotations

import pytest

from missingnet.ingest.linkage import markings, places
from missingnet.ingest.linkage.engine import workshop
from missingnet.ingest.linkage.matching import Suggestion, score, suggestions
from missingnet.ingest.linkage.model import model
from missingnet.ingest.linkage.places import PlaceDescribed, Premises, premises_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("87 Gorsel Street, Ostermere NN8 3UG", Premises("87", None, "gorsel street", "NN83UG")),
        ("Flat 3, 87a Gorsel St, Ostermere, nn83ug", Premises("87a", "3", "gorsel street", "NN83UG")),
        ("Quillhaven Bowl, 73 Kelwin Cl, Quillhaven", Premises("73", None, "kelwin close", None)),
        ("the chicken shop on Station Road", Premises(None, None, "station road", None)),
        ("St Mary's Church, 2 Church Rd", Premises("2", None, "church road", None)),
        ("behind the bus station", Premises(None, None, None, None)),
    ],
)
def test_free_text_is_taken_apart(text: str, found: Premises) -> None:
    assert premises_in(text) == found


def _places(*described: PlaceDescribed) -> list[Suggestion]:
    others = [
        PlaceDescribed(f"o{n:03d}", f"o{n:03d}", f"Place {n}", f"{n} Umbrel Street, Quillhaven", f"NN{n % 9} {n % 7}AB")
        for n in range(60)
    ]
    with workshop() as con:
        places.prepare(con, [*others, *described])
        fitted = score(con, "prepared", model("places"), 0.01)
        return [pair for pair in suggestions(con, fitted, 0.01) if pair.one.startswith("p")]


def test_one_shop_written_in_two_ways_is_suggested() -> None:
    (pair,) = _places(
        PlaceDescribed("p1", "p1", "Crispy Cottage", "12 Station Road, Quillhaven", "NN1 4AB", ("uprn",)),
        PlaceDescribed("p2", "p2", "The Crispy Cotage", "12 Station Rd NN1 4AB"),
    )
    assert pair.held is None
    assert pair.probability > 0.9
    assert pair.sentence == "same house number, street and postcode; name spelt alike"


def test_next_door_is_held_back_and_the_shop_on_the_road_stays_its_own_place() -> None:
    found = _places(
        PlaceDescribed("p1", "p1", "Crispy Cottage", "12 Station Road, Quillhaven", "NN1 4AB"),
        PlaceDescribed("p2", "p2", "Crispy Cottage", "14 Station Road, Quillhaven", "NN1 4AB"),
        PlaceDescribed("p3", "p3", None, "the chicken shop on Station Road"),
    )
    assert [(pair.one, pair.other) for pair in found] == [("p1", "p2")]
    assert found[0].held == "Two different house numbers are two premises."


def _vehicles(*marked: markings.Marked) -> dict[tuple[str, str], Suggestion]:
    others = [
        markings.Marked(f"o{n:03d}", f"{chr(65 + n % 26)}Q{n:02d}XY{chr(65 + n // 3)}", (f"z{n}",)) for n in range(60)
    ]
    with workshop() as con:
        markings.prepare(con, "Vehicle", [*others, *marked])
        fitted = score(con, "prepared", model("markings"), 0.01)
        return {(pair.one, pair.other): pair for pair in suggestions(con, fitted, 0.01) if pair.one.startswith("p")}


def test_a_mark_one_character_off_is_suggested_and_two_characters_off_is_not() -> None:
    found = _vehicles(
        markings.Marked("p1", "AB12CDE", ("child",)),
        markings.Marked("p2", "AB12CDF", ("child",)),
        markings.Marked("p3", "LO50OSB", ()),
        markings.Marked("p4", "L050OSB", ()),
        markings.Marked("p5", "AB12CXY", ("child",)),
    )
    assert {ends for ends, pair in found.items() if not pair.held} == {("p1", "p2"), ("p3", "p4")}
    assert found["p1", "p2"].sentence == "differs by one character; recorded with the same person"
    assert found["p3", "p4"].sentence == "equal but for characters that look alike"


def test_a_telephone_number_one_digit_off_is_suggested() -> None:
    numbers = [markings.Marked(f"o{n:03d}", f"+4477009{n * 7919 % 100000:05d}") for n in range(40)]
    with workshop() as con:
        pair = [markings.Marked("p1", "+447911123456", ("c",)), markings.Marked("p2", "+447911123465", ("c",))]
        markings.prepare(con, "Phone", [*numbers, *pair])
        fitted = score(con, "prepared", model("markings"), 0.8)
        found = [pair for pair in suggestions(con, fitted) if pair.held is None]
    assert [(pair.one, pair.other) for pair in found] == [("p1", "p2")]
