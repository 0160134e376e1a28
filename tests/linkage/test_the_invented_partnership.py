"""Targets on the invented partnership: who is suggested, who is joined, and that its twins and namesakes stay apart."""

from __future__ import annotations

import pytest

from missingnet.ingest.linkage.model import model
from tests.linkage.partnership import Found, partnership


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    return partnership(tmp_path_factory.mktemp("partnership"), children=400, years=1)


def test_equal_identifiers_join_nobody_to_somebody_else(found: Found) -> None:
    assert found.joined > 1000
    assert found.wrong_joins == 0


def test_suggestions_find_the_children_whose_records_stand_apart(found: Found) -> None:
    """Of pairs where both sides give a name and a date of birth; a bare reference can be compared with nothing."""
    offered = found.offered(model("people").suggest_at)
    assert len(found.true) > 30
    assert len(offered & found.true) / len(found.true) >= 0.95
    assert len(offered & found.true) / len(offered) >= 0.8


def test_names_that_agencies_spell_apart_are_suggested(found: Found) -> None:
    offered = found.offered(model("people").suggest_at)
    apart = [
        (
            found.person_of.get(f"council:{line['authority']}:{line['council']}"),
            found.person_of[f"police:99:{line['nominal']}"],
        )
        for line in found.planted["spelt_apart"]
    ]
    missed = [
        pair
        for pair in apart
        if tuple(sorted(map(str, pair))) in found.true and tuple(sorted(map(str, pair))) not in offered
    ]
    assert apart
    assert missed == []


def test_twins_and_namesakes_stay_apart(found: Found) -> None:
    decoys = found.planted["decoys"]
    apart = [
        tuple(sorted(found.person_of[f"council:{child['authority']}:{child['council']}"] for child in pair.values()))
        for pair in decoys["twins"]
    ]
    apart += [
        tuple(sorted(found.person_of[f"police:99:{key}"] for key in one["nominals"])) for one in decoys["one_name"]
    ]
    assert len(apart) >= 2
    assert not set(apart) & found.offered(0.05)
