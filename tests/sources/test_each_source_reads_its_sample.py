"""Every source declared has a sample, and its sample becomes exactly the records that are written beside it."""

import json
from pathlib import Path

import pytest

from missingnet.graph.records import check
from missingnet.ingest.declaration import SOURCES, sources
from missingnet.ingest.mapping import default
from tests.ingest.recording import read
from tests.sources.drawn import drawn

HERE = Path(__file__).parent
LONGEST = 100


def sample_of(name: str) -> Path:
    """The one file of a source's folder that is no expectation."""
    (path,) = [path for path in (HERE / name).iterdir() if path.name != "expected.json"]
    return path


@pytest.mark.parametrize("name", sorted(sources()))
def test_the_sample_becomes_the_expected_records(name: str) -> None:
    records, report = read(sample_of(name))
    assert all(file.source == name for file in report.files), "the sample is recognised by its header alone"
    expected = json.loads((HERE / name / "expected.json").read_text(encoding="utf-8"))
    assert {"rows": [file.rows for file in report.files], "records": drawn(records)} == expected
    for record in records:
        check(record)
        assert record.label in sources()[name].labels
    for file in report.files:
        assert file.accounted_for
        assert file.rows


@pytest.mark.parametrize("name", sorted(sources()))
def test_the_sample_read_twice_says_the_same(name: str) -> None:
    once, _ = read(sample_of(name))
    twice, report = read(sample_of(name), sample_of(name))
    assert [record.content() for record in twice] == [record.content() for record in once] * 2
    assert all(file.unchanged + file.rejected == file.rows for file in report.files[len(report.files) // 2 :])


def test_a_declaration_is_short_and_every_folder_has_one() -> None:
    for path in SOURCES.glob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST, path.name
    folders = {path.name for path in HERE.iterdir() if path.is_dir() and not path.name.startswith(("_", "."))}
    assert folders == set(sources())


@pytest.mark.parametrize("name", sorted(sources()))
def test_required_columns_can_be_recognised_and_every_mapping_reaches_them(name: str) -> None:
    source = sources()[name]
    assert source.span == "none", "no source may take a record's absence for its withdrawal yet"
    assert set(source.required) <= set(default(source).names.values())
    assert set(default(source).names.values()) <= set(source.fields)
    assert source.mapped == (SOURCES / f"{name}.toml").exists()


@pytest.mark.parametrize("name", sorted(sources()))
def test_a_home_address_leaves_the_raw_row_of_every_other_record(name: str) -> None:
    records, _ = read(sample_of(name))
    hidden = {column for r in records if "home-address" in r.access.compartments for column in r.raw}
    open_ = [r for r in records if "home-address" not in r.access.compartments]
    private = hidden & {"HOME_POST", "Home Postcode", "postcode", "uniquepropertyreferencenumber"}
    assert not any(private & set(record.raw) for record in open_)
