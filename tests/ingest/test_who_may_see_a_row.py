"""One record, one class: what lies in a compartment is in no other record's facts or raw row (DESIGN §2)."""

from pathlib import Path

import pytest

from missingnet.graph.access import PUBLIC, Purpose, Reader, sees
from missingnet.graph.records import Record
from tests.ingest.recording import problems, read_one, written

MISSING = (
    "Report Ref,Force,Nominal Ref,LA Code,LA Child Ref,Home Postcode,Last Seen,Reported,Located,Missing From,From UPRN,"
    "From Address,From Postcode,From Ofsted URN,Found UPRN,Found Address,Found Postcode,Initial Risk,Companions\n"
)
INTELLIGENCE = (
    "Log Ref,Force,Date Of Information,Source Grade,Information Grade,Handling,Condition,Subject Type,Subject Ref,"
    "Subject Name,Subject DOB,Relation,Object Type,Object Ref,Object Name,Object Address,Object Postcode,Text\n"
)
WHEN = "01/10/2026 20:00,01/10/2026 21:00,02/10/2026 09:00"


def everywhere(records: list[Record], word: str, *, but: str) -> list[Record]:
    """The records outside a compartment that tell a word anywhere."""
    return [
        r for r in records if but not in r.access.compartments and word in f"{r.facts}{r.raw}{r.search}{r.mentions}"
    ]


def test_a_home_gone_missing_from_and_found_at_is_told_in_its_own_record_alone(tmp_path: Path) -> None:
    row = f"M1,99,N1,997,5,B1 1BB,{WHEN},Home,100777,12 High Street,B1 1BB,,100777,12 High Street,B1 1BB,Low,\n"
    records, _ = read_one(written(tmp_path, MISSING + row))
    for word in ("12 High Street", "B1 1BB", "100777"):
        assert everywhere(records, word, but="home-address") == [], word
    (home,) = [record for record in records if "home-address" in record.access.compartments]
    assert home.facts["address"] == "12 High Street"
    assert {link.type for link in home.links} == {"DESCRIBED_BY", "LIVES_AT"}
    (episode,) = [record for record in records if record.label == "Episode"]
    assert {link.type for link in episode.links} == {"HAD"}


def test_a_childrens_home_and_a_place_found_at_are_told(tmp_path: Path) -> None:
    row = f"M1,99,N1,997,5,B1 1BB,{WHEN},Care,100001,Larch House,M1 1AA,777,100200,Kebab House,M2 2BB,Low,\n"
    records, _ = read_one(written(tmp_path, MISSING + row))
    (episode,) = [record for record in records if record.label == "Episode"]
    assert episode.mentions["from"].label == "Home"
    assert episode.mentions["from"].keys == ("urn-ofsted:777", "uprn:100001")
    assert episode.mentions["found"].keys == ("uprn:100200",)
    assert everywhere(records, "B1 1BB", but="home-address") == []


def test_a_companion_known_by_name_only_is_the_same_in_both_records(tmp_path: Path) -> None:
    row = f"M1,99,N1,997,5,,{WHEN},Care,,,,,,,,Low,N2 child; N3 adult; Big Taz unknown; Kim\n"
    records, _ = read_one(written(tmp_path, MISSING + row))
    (episode,) = [record for record in records if record.label == "Episode"]
    kinds = [(episode.mentions[f"companion {n}"].label, episode.mentions[f"companion {n}"].keys) for n in (1, 2, 3, 4)]
    assert kinds == [
        ("Child", ("police:99:N2",)),
        ("Associate", ("police:99:N3",)),
        ("Associate", ()),
        ("Associate", ()),
    ]
    named = {
        record.facts["name"]: record for record in records if record.label == "Description" and record.facts.get("name")
    }
    assert set(named) == {"Big Taz", "Kim"}
    assert named["Big Taz"].mentions["whom"].keys == episode.keys_of("companion 3")


@pytest.mark.parametrize(
    ("grades", "scheme", "source", "assessment", "handling", "held"),
    [
        ("1,A,P,", "3x5x2", "1", "A", "P", "P"),
        ("3,E,C,Ask first", "3x5x2", "3", "E", "C", "C"),
        ("2,B,,", "3x5x2", "2", "B", None, "C"),
        ("B,2,1,", "5x5x5", "B", "2", "1", "C"),
        ("E,5,5,", "5x5x5", "E", "5", "5", "C"),
    ],
)
def test_letters_and_digits_swap_meaning_between_the_two_schemes(
    grades: str, scheme: str, source: str, assessment: str, handling: str | None, held: str, tmp_path: Path
) -> None:
    row = f"I1,99,01/10/2026 09:00,{grades},Child,N1,Jade Smith,,associate,Adult,N2,Al Brown,,,Seen together\n"
    records, file = read_one(written(tmp_path, INTELLIGENCE + row))
    told = records[-1]
    assert problems(file) == []
    assert (told.facts["scheme"], told.facts["source_grade"], told.facts["assessment_grade"]) == (
        scheme,
        source,
        assessment,
    )
    assert told.facts.get("handling") == handling
    assert {(link.source_grade, link.assessment_grade, link.handling) for link in told.links} == {
        (source, assessment, handling)
    }
    assert {record.access.handling for record in records} == {held}
    assert {record.access.compartments for record in records} == {("intelligence",)}


def test_a_grade_of_the_other_scheme_is_left_out_and_said(tmp_path: Path) -> None:
    row = "I1,99,01/10/2026 09:00,1,2,P,,Child,N1,,,associate,Adult,N2,,,,x\n"
    records, file = read_one(written(tmp_path, INTELLIGENCE + row))
    assert "assessment_grade" not in records[-1].facts
    assert problems(file) == [(2, "Information Grade", "a grade that 3x5x2 does not have")]


def test_a_direct_link_stands_only_where_the_relation_can(tmp_path: Path) -> None:
    rows = (
        "I1,99,01/10/2026 09:00,1,A,P,,Child,N1,,,seen at,Adult,N2,,,,x\n"
        "I2,99,01/10/2026 09:00,1,A,P,,Child,N1,,,lives at,Place,100777,,12 High Street,B1 1BB,x\n"
        "I3,99,01/10/2026 09:00,1,A,P,,Adult,N2,,,drives,Vehicle,ab12 cde,,,,x\n"
    )
    records, file = read_one(written(tmp_path, INTELLIGENCE + rows))
    told = [record for record in records if record.label == "Intelligence"]
    assert [[link.type for link in record.links] for record in told] == [
        ["NAMES", "NAMES"],
        ["NAMES", "NAMES", "LIVES_AT"],
        ["NAMES", "NAMES", "USES"],
    ]
    assert [row for row, _, _ in problems(file)] == [2]
    assert told[1].access.compartments == ("home-address", "intelligence"), "where a child lives is held closer"
    assert told[2].mentions["object"].keys == ("vrm:AB12CDE",)


@pytest.mark.parametrize(
    ("which", "compartments"), [("CSE", ("cse",)), ("NRM", ("trafficking",)), ("Gangs", ()), ("EHE", ())]
)
def test_a_list_lies_in_its_compartment_with_the_childs_name(
    which: str, compartments: tuple[str, ...], tmp_path: Path
) -> None:
    text = f"Entry Ref,LA Code,Council Ref,Forename,Surname,List,Added\nL1,998,5,Jade,Smith,{which},01/02/2026\n"
    records, _ = read_one(written(tmp_path, text))
    assert {record.access.compartments for record in records} == {compartments}
    assert {record.access.authorities for record in records} == {("998",)}


def test_a_public_register_is_open_to_everybody_and_leaves_heads_names_out() -> None:
    records, _ = read_one(Path(__file__).parents[1] / "samples" / "gias" / "example_schools_data.csv")
    assert all(PUBLIC in record.access.authorities for record in records)
    assert "à" in str(records[1].facts["name"]), "the register is in Windows-1252"
    assert not any("Crook" in str(record.raw) for record in records)


def test_a_closed_school_is_not_joined_to_the_academy_that_took_its_number() -> None:
    records, _ = read_one(Path(__file__).parents[1] / "samples" / "gias" / "example_schools_data.csv")
    by_status = {record.facts["status"]: record.mentions["whom"].keys for record in records}
    assert by_status["Closed"] == ("urn-dfe:117137",)
    assert len(by_status["Open"]) == 2


def test_a_cell_that_says_public_opens_its_row_to_nobody_else(tmp_path: Path) -> None:
    row = f"M1,99,N1,{{la}},5,,{WHEN},Care,,,,,,,,Low,\n"
    told, file = read_one(written(tmp_path, MISSING + row.format(la=PUBLIC)))
    assert file.loaded == 1
    assert not any(PUBLIC in record.access.authorities for record in told)
    # It concerns whom the sender's records concern where a row names nobody.
    unsaid, _ = read_one(written(tmp_path, MISSING + row.format(la=""), "unsaid.csv"))
    assert {record.access.authorities for record in told} == {record.access.authorities for record in unsaid}
    stranger = Reader("stranger", "Stranger", "elsewhere", (), (), ())
    assert not any(sees(stranger, Purpose("CASE", "test"), record.access) for record in told)
