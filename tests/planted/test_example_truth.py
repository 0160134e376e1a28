"""What truth.json says was planted stands in the agencies' files, and the decoys are what they are said to be."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from tests.planted.invented import Row, both, planted_children, rows, span


def test_every_identifier_that_truth_names_stands_in_the_files(
    out: Path, truth: dict[str, Any], reports: dict[str, Row], interviews: list[Row]
) -> None:
    police = "".join(path.read_text(encoding="utf-8") for path in sorted((out / "police-99").glob("*.csv")))
    told = police + (out / "interviews/return_interviews.csv").read_text(encoding="utf-8")
    pupils = {row["upn"]: row for name in ("onroll", "nolongeronroll")
              for row in both(out, f"2026_autumn_pupil{name}.csv", "schools")}  # fmt: skip
    for child in planted_children(truth):
        pupil = pupils[child["upn"]]
        assert (pupil["forename"], pupil["surname"]) == (child["forename"], child["surname"])
        mine = {ref for ref, row in reports.items() if row["Nominal Ref"] == child["nominal"]}
        assert mine == set(child["police_refs"])
        for ref in child["police_refs"]:
            assert reports[ref]["LA Child Ref"] in ("", child["council"])
            assert reports[ref]["DOB"] == child["born"]
    for network in truth["networks"]:
        for name in ("vehicles", "phones", "handles", "notices", "intelligence"):
            for value in network[name]:
                assert value in told, (name, value)
        for associate in network["associates"]:
            assert f"{associate['nominal']},99,{associate['name'].replace(' ', ',')}" in police
        for place in network["places"]:
            assert f"\n{place['uprn']},99,{place['name']}" in police
    for name in ("police_only", "dates_differ"):
        for line in truth["disagreements"][name]:
            assert reports[line["police_ref"]]["Nominal Ref"] == line["nominal"]


def test_three_networks_of_eight_to_fourteen_one_spanning_one_with_two_unlisted_children(truth: dict[str, Any]) -> None:
    networks = truth["networks"]
    assert len(networks) == 3
    assert all(8 <= len(network["children"]) <= 14 for network in networks)
    assert [network["spans_authorities"] for network in networks] == [True, False, False]
    assert [sum(c["found_only_through_others"] for c in n["children"]) for n in networks] == [0, 2, 0]
    assert len(truth["unlisted_in_network"]) == 2
    assert len(truth["missing_education_in_network"]) >= 3


def test_planted_occasions_overlap_and_end_at_one_place(truth: dict[str, Any], reports: dict[str, Row]) -> None:
    for group in (*truth["networks"], *truth["sets"]):
        for event in group["events"]:
            there = [reports[ref] for ref in event["police_refs"]]
            starts, ends = zip(*map(span, there), strict=True)
            assert min(ends) - max(starts) >= timedelta(hours=2), group["name"]
            assert len(event["found_there"]) >= 1
            assert {reports[ref]["Found UPRN"] for ref in event["found_there"]} == {event["found_uprn"]}
            assert [row["Nominal Ref"] for row in there] == event["children"]


def test_each_set_shares_three_episodes_or_more_by_place_and_companion(
    truth: dict[str, Any], reports: dict[str, Row]
) -> None:
    assert len(truth["sets"]) == 4
    for together in truth["sets"]:
        names = {child["nominal"] for child in together["children"]}
        assert 2 <= len(names) <= 4
        assert len(together["events"]) >= 3
        companions = sum(
            any(name in reports[ref]["Companions"] for ref in event["police_refs"] for name in names)
            for event in together["events"]
        )
        assert companions >= 1


def test_children_on_no_list_are_named_by_other_childrens_interviews_and_companions_only(
    out: Path, truth: dict[str, Any], reports: dict[str, Row], interviews: list[Row]
) -> None:
    listed = {row["Council Ref"] for row in both(out, "lists.csv")}
    intelligence = (out / "police-99/intelligence.csv").read_text(encoding="utf-8")
    for child in truth["unlisted_in_network"]:
        assert child["council"] not in listed
        assert child["nominal"] not in intelligence
        assert [row for row in interviews if row["Council Ref"] == child["council"]] == []
        tellers = {row["Council Ref"] for row in interviews if child["council"] in row["With Children"].split("; ")}
        assert tellers
        beside = {row["Nominal Ref"] for row in reports.values() if f"{child['nominal']} child" in row["Companions"]}
        assert beside
        (own,) = child["police_refs"]
        assert reports[own]["Companions"] == ""


def test_whoever_an_interview_names_by_reference_is_found_by_it(
    out: Path, truth: dict[str, Any], interviews: list[Row]
) -> None:
    children = {(child["authority"], child["council"]) for child in planted_children(truth)}
    adults = {associate["nominal"] for network in truth["networks"] for associate in network["associates"]}
    elsewhere = nominals = 0
    for row in interviews:
        named = [who for who in row["With Children"].split("; ") if who[-1:].isdigit()]
        for who in named:
            authority, _, reference = who.rpartition(":")
            assert authority != row["LA Code"], "the row's own authority goes without saying"
            assert (authority or row["LA Code"], reference) in children
            elsewhere += bool(authority)
        for who in row["With Adults"].split("; "):
            if who[-1:].isdigit():
                assert who in adults
                assert row["Force"] == "99", "a nominal reference is a force's own"
                nominals += not row["Police Ref"]
    assert elsewhere
    assert nominals


def test_children_missing_education_in_a_network_are_on_the_register_and_off_the_roll(
    out: Path, truth: dict[str, Any]
) -> None:
    register = {row["CME Ref"]: row for row in both(out, "cme_register.csv")}
    on_roll = {row["upn"] for row in both(out, "2026_autumn_pupilonroll.csv", "schools")}
    for child in truth["missing_education_in_network"]:
        assert register[child["cme_ref"]]["Council Ref"] == child["council"]
        assert register[child["cme_ref"]]["Status"] == "Open"
        assert child["upn"] not in on_roll


def test_three_in_three_months_can_be_counted_again_from_the_file(
    truth: dict[str, Any], reports: dict[str, Row]
) -> None:
    since = datetime.combine(date.fromisoformat(truth["mase"]["window_from"]), datetime.min.time())
    counted = Counter(row["Nominal Ref"] for row in reports.values() if span(row)[0] >= since)
    expected = {line["nominal"]: line["episodes"] for line in truth["mase"]["expected"]}
    short = {line["nominal"] for line in truth["mase"]["just_short"]}
    assert expected == {nominal: count for nominal, count in counted.items() if count >= 3}
    assert short == {nominal for nominal, count in counted.items() if count == 2}
    assert expected
    assert short
    days = {span(row)[0].date() for row in reports.values()}
    assert not days & {since.date(), since.date() - timedelta(days=1)}


def test_disagreements_between_police_and_council_stand_in_the_files(
    out: Path, truth: dict[str, Any], reports: dict[str, Row]
) -> None:
    council = {(row["CHILD"], row["MIS_START"]): row for row in both(out, "missing.csv")}
    told = truth["disagreements"]
    assert all(told[name] for name in ("police_only", "council_only", "dates_differ"))
    for line in told["police_only"]:
        if "same day" not in line["why"]:
            assert (line["council"], line["started"]) not in council
    for line in told["council_only"]:
        row = council[line["council"], line["started"]]
        mine = [span(r) for r in reports.values() if r["Nominal Ref"] == line["nominal"]]
        begin = datetime.strptime(row["MIS_START"], "%d/%m/%Y")  # noqa: DTZ007
        end = datetime.strptime(row["MIS_END"], "%d/%m/%Y") + timedelta(days=1)  # noqa: DTZ007
        assert not any(start < end and begin < stop for start, stop in mine)
    for line in told["dates_differ"]:
        assert council[line["council"], line["started"]]["MIS_END"] != reports[line["police_ref"]]["Located"][:10]


def test_children_spelt_apart_share_no_identifier(out: Path, truth: dict[str, Any], interviews: list[Row]) -> None:
    assert len(truth["spelt_apart"]) >= 5
    police = [*rows(out, "police-99/police_missing.csv"), *rows(out, "police-99/police_absent.csv")]
    for line in truth["spelt_apart"]:
        assert line["council_name"] != line["police_name"]
        assert {row["LA Child Ref"] for row in police if row["Nominal Ref"] == line["nominal"]} == {""}
        mine = [row for row in interviews if row["Council Ref"] == line["council"]]
        assert all(row["Police Ref"] == row["Episode Ref"] == "" for row in mine)


def test_residents_of_the_big_home_overlap_often_and_share_nothing_but_the_home(
    truth: dict[str, Any], reports: dict[str, Row]
) -> None:
    big = truth["decoys"]["big_home"]
    hubs = {hub["uprn"] for hub in truth["decoys"]["hubs"]} | {big["uprn"], ""}
    overlaps = 0
    residents = big["children"]
    assert 10 <= len(residents) <= big["beds"] == 16
    for one, other in combinations(residents, 2):
        same_place = 0
        for a in (reports[ref] for ref in one["police_refs"]):
            assert a["From Ofsted URN"] == big["urn"]
            assert a["Companions"] == ""
            for b in (reports[ref] for ref in other["police_refs"]):
                (start, end), (begin, stop) = span(a), span(b)
                if start < stop and begin < end:
                    overlaps += 1
                    same_place += a["Found UPRN"] == b["Found UPRN"] and a["Found UPRN"] not in hubs
        assert same_place < 2
    assert overlaps > 30


def test_twins_share_all_but_the_name_and_one_never_goes_missing(
    out: Path, truth: dict[str, Any], reports: dict[str, Row]
) -> None:
    (pair,) = truth["decoys"]["twins"]
    goes, stays = pair["missing"], pair["never_missing"]
    assert (goes["surname"], goes["born"]) == (stays["surname"], stays["born"])
    assert goes["forename"] != stays["forename"]
    assert len(goes["police_refs"]) >= 4
    assert stays["police_refs"] == []
    assert stays["nominal"] not in {row["Nominal Ref"] for row in reports.values()}
    schools = {row["upn"]: row["NativeId"] for row in both(out, "2026_autumn_pupilonroll.csv", "schools")}
    assert schools[goes["upn"]] == schools[stays["upn"]]


def test_many_children_are_found_at_the_hospital_and_the_police_station(
    truth: dict[str, Any], reports: dict[str, Row]
) -> None:
    for hub in truth["decoys"]["hubs"]:
        assert len({row["Nominal Ref"] for row in reports.values() if row["Found UPRN"] == hub["uprn"]}) > 50


def test_two_people_of_one_name_live_in_different_towns(out: Path, truth: dict[str, Any]) -> None:
    (namesakes,) = truth["decoys"]["one_name"]
    people = {row["Nominal Ref"]: row for row in rows(out, "police-99/associates.csv")}
    one, other = (people[nominal] for nominal in namesakes["nominals"])
    assert (one["Forenames"], one["Surname"]) == (other["Forenames"], other["Surname"])
    assert one["DOB"] != other["DOB"]
    homes = [row["Object Address"] for row in rows(out, "police-99/intelligence.csv")
             if row["Relation"] == "lives at" and row["Subject Ref"] in namesakes["nominals"]]  # fmt: skip
    assert [home.rsplit(", ", 1)[1] for home in homes] == namesakes["towns"]


def test_what_a_council_left_undone_stands_in_no_file_of_it(out: Path, truth: dict[str, Any]) -> None:
    held = Counter(row["Episode Ref"] for row in both(out, "meetings.csv") if row["Held"])
    assessed = Counter(r["Episode Ref"] for r in both(out, "risk_assessments.csv") if r["Kind"] == "Missing from care")
    for rule, done in (("STRAT-72H", held), ("RA-UPDATE", assessed)):
        lines = [line for line in truth["duties"] if line["rule"] == rule]
        many = {how: [done[one["police_ref"]] for one in lines if one["standing"] == how] for how in ("broken", "late")}
        assert all(many.values())
        assert set(many["broken"]) == {0}
        assert set(many["late"]) == {1}


def test_children_planted_for_a_rule_stand_beside_their_decoys(truth: dict[str, Any]) -> None:
    told = [(one["rule"], one["finds"]) for case in truth["cases"] for one in case["rules"]]
    rules = {rule for rule, _ in told}
    assert rules == {"MOVED-OUT", "MOVED-IN", "OOA-NOTIFY", "STRAT-7D-HOME", "CME-10D"}
    assert set(told) == {(rule, finds) for rule in rules for finds in (True, False)}
