"""Postcodes to coordinates: from the real register, in the file that a service builds (FORMATS §5)."""

import shutil
import time
from pathlib import Path

import pytest

from missingnet.ingest import postcodes
from missingnet.ingest.postcodes import Gazetteer, locator, packed, prepared
from tests.pieces import ROOT

KNOWN_IN_THE_PACKAGE = 2_696_397


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(prepared(ROOT / ".cache" / "postcodes"))


@pytest.mark.parametrize(
    ("postcode", "longitude", "latitude"),
    [
        ("SW1A 1AA", -0.1416, 51.5010),
        ("B1 1BB", -1.9035, 52.4804),
        ("M1 1AA", -2.2272, 53.4874),
        ("NR2 1NH", 1.2916, 52.6286),
        ("BT1 5GS", -5.9301, 54.5966),
    ],
)
def test_west_is_negative_and_east_is_positive(
    gazetteer: Gazetteer, postcode: str, longitude: float, latitude: float
) -> None:
    found = gazetteer.find(postcode)
    assert found == pytest.approx((longitude, latitude), abs=0.001)


def test_spaces_and_case_do_not_matter(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("m11aa") == gazetteer.find("M1  1AA") == gazetteer.find("M1 1AA")


@pytest.mark.parametrize("postcode", ["ZZ1 1ZZ", "", "nope", "M1", "M1 1AÀ", "A" * 50])
def test_one_that_is_not_there_stays_without(gazetteer: Gazetteer, postcode: str) -> None:
    assert gazetteer.find(postcode) is None


def test_the_whole_register_is_in_a_small_file(gazetteer: Gazetteer) -> None:
    path = prepared(ROOT / ".cache" / "postcodes")
    assert gazetteer.count == KNOWN_IN_THE_PACKAGE
    assert path.stat().st_size < 40_000_000


def test_opening_it_costs_nothing_to_speak_of(gazetteer: Gazetteer) -> None:
    before = time.monotonic()
    find = locator(ROOT / ".cache" / "postcodes")
    find("SW1A 1AA")
    assert time.monotonic() - before < 1


def test_codes_of_different_length_are_different() -> None:
    assert packed("B1 1AA") != packed("B1 1AA0")
    assert packed("B1 1AA") == packed("b11aa")


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"something else")
    with pytest.raises(ValueError, match="delete it"):
        Gazetteer(tmp_path / "x.bin")


def test_a_build_that_fails_leaves_no_file_and_says_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postcodes.sys, "executable", shutil.which("false"))
    with pytest.raises(RuntimeError, match="reinstall"):
        prepared(tmp_path)
    assert list(tmp_path.iterdir()) == []
