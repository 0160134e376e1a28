"""Whoever and whatever a record names in words is described in those words, in the record's own class and no other."""

from pathlib import Path

from missingnet.graph.names import keys_of as keys_searched
from missingnet.graph.names import keys_typed
from missingnet.graph.records import Record
from tests.ingest.recording import read_one, written
from tests.ingest.test_who_may_see_a_row import INTELLIGENCE, MISSING, WHEN

INTERVIEW = (
    "Interview Ref,LA Code,Council Ref,Force,Returned,Outcome,Where Went,Place UPRN,With Children,With Adults,Vehicle,"
    "Phone,Handle\n"
)


def described(records: list[Record], label: str) -> list[Record]:
    """The descriptions of this kind of thing."""
    return [
        r
        for r in records
        if r.label == "Description" and (w := r.mentions.get("whom")) is not None and w.label == label
    ]


def test_markings_are_described_as_they_were_written_and_found_however_they_are_typed(tmp_path: Path) -> None:
    row = "I1,998,5,,01/10/2026 20:00,held,,,,,qo20 lpn,07700 900005,Loopline:Maz_q1\n"
    records, _ = read_one(written(tmp_path, INTERVIEW + row))
    (interview,) = [record for record in records if record.label == "ReturnInterview"]
    for label, slot, name, typed in (
        ("Vehicle", "vehicle", "qo20 lpn", ("QO20LPN", "qo20 lpn")),
        ("Phone", "phone", "07700 900005", ("07700900005", "+44 7700 900005", "07700 900005")),
        ("OnlineHandle", "handle", "Loopline Maz_q1", ("loopline:maz_q1", "maz_q1")),
    ):
        (one,) = described(records, label)
        assert one.facts["name"] == name
        assert "note" not in one.facts
        assert one.mentions["whom"].keys == interview.mentions[slot].keys
        assert one.access == interview.access
        assert not any(entry.startswith("name:") for entry in one.search), "a marking has no sound"
        for text in typed:
            assert keys_typed(text) & keys_searched(one.search), text


def test_a_thing_known_by_no_marking_is_the_records_own_and_says_so(tmp_path: Path) -> None:
    row = "I1,998,5,,01/10/2026 20:00,held,,,,,,none,maz_q1\n"
    records, _ = read_one(written(tmp_path, INTERVIEW + row))
    (interview,) = [record for record in records if record.label == "ReturnInterview"]
    for label, slot, name in (("Phone", "phone", "none"), ("OnlineHandle", "handle", "maz_q1")):
        (one,) = described(records, label)
        assert (one.facts["name"], one.facts["note"]) == (name, "name as given; no reference recorded")
        assert one.mentions["whom"].keys == interview.keys_of(slot)


def test_people_and_places_given_by_name_alone_are_described_and_references_alone_are_not(tmp_path: Path) -> None:
    rows = (
        "I1,99,01/10/2026 09:00,1,A,P,,Adult,,Taz,,seen at,Place,,the chicken shop,,,x\n"
        "I2,99,01/10/2026 09:00,1,A,C,Ask first,Child,N1,,,associate,Adult,N2,,,,x\n"
        "I3,99,01/10/2026 09:00,1,A,P,,Child,N1,,,lives at,Place,,the flat above it,,,x\n"
    )
    records, _ = read_one(written(tmp_path, INTELLIGENCE + rows))
    told = {record.key: record for record in records if record.label == "Intelligence"}
    named = {record.facts["name"]: record for record in records if record.label == "Description"}
    assert set(named) == {"Taz", "the chicken shop", "the flat above it"}
    assert named["the flat above it"].access.compartments == ("home-address", "intelligence")
    for one in named.values():
        log = told[one.key.rpartition("|")[0]]
        slot = one.key.rpartition("|")[2]
        assert one.access == log.access
        assert one.mentions["whom"].keys == log.keys_of(slot)
        assert one.search == (f"name:{one.facts['name']}",)
        assert one.facts["note"] == "name as given; no reference recorded"


def test_an_interviews_company_and_places_have_the_class_of_the_interview(tmp_path: Path) -> None:
    row = "I1,998,5,99,01/10/2026 20:00,held,Gorsel Chicken,100200,997:77; Kim,Taz; N2,,,\n"
    records, _ = read_one(written(tmp_path, INTERVIEW + row))
    assert {record.access.canonical() for record in records} == {records[0].access.canonical()}
    (interview,) = [record for record in records if record.label == "ReturnInterview"]
    assert interview.mentions["child 1"].keys == ("council:997:77",)
    assert interview.mentions["adult 2"].keys == ("police:99:N2",)
    names = {record.facts.get("name") for record in records if record.label == "Description"}
    assert names - {None} == {"Gorsel Chicken", "Kim", "Taz"}


def reports(*rows: tuple[str, str, str]) -> str:
    """Missing reports: reference, authority and where the child was found."""
    return MISSING + "".join(f"{ref},99,N1,{la},5,,{WHEN},Care,,,,,{found},Low,\n" for ref, la, found in rows)


def test_every_report_describes_a_property_in_its_own_words_and_class(tmp_path: Path) -> None:
    rows = (
        ("M1", "997", "100200,Kebab House,B2 2BB"),
        ("M2", "997", "100200,Kebab House,B2 2BB"),
        ("M3", "998", "100200,Kebab Hse,B2 2BB"),
        ("M4", "997", ",Kebab House,B2 2BB"),
    )
    records, file = read_one(written(tmp_path, reports(*rows)))
    assert (file.loaded, file.conflicting) == (4, 0)
    episodes = {record.key: record for record in records if record.label == "Episode"}
    told = {record.key: record for record in described(records, "Place")}
    assert set(told) == {f"{reference}|found" for reference, *_ in rows}
    for reference, _, found in rows:
        one, episode = told[f"{reference}|found"], episodes[reference]
        assert one.facts["name"] == found.split(",")[1]
        assert one.access == episode.access
        assert one.mentions["whom"].keys == episode.keys_of("found")
        assert "N1" not in str(one.raw), "it says nothing of a child"
