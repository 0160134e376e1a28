"""The questions, asked of the invented partnership, find what was planted in it and are not fooled by the decoys.

Where a rule is exact the answer must be exactly the planted children. Where it looks for a pattern, everything
planted must be found and must stand before what is not planted. Each test prints its figures (`pytest -s`).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from missingnet.graph.times import london_to_utc
from tests.planted import clock_files, communities, invented, proof
from tests.planted.partnership import Partnership, council_key, police, told, told_day

NOMINAL = re.compile(r"N\d{7}")
COUNCILS = re.compile(r"(\d{3}:)?\d+")
SURE = 0.9
"""The precision asked of the sets that are named: what chance alone explains is at most the rest."""
RARE = 0.05
"""A planted pair's overlaps are rarer by chance than this."""
pytestmark = pytest.mark.embedded


def test_three_in_three_months_is_exactly_the_planted_children(place: Partnership) -> None:
    planted = place.truth["mase"]
    rows: Any = place.ask("MASE-3-IN-3M").rows
    wanted = {
        (place.person(one["nominal"]), one["episodes"], state)
        for state, name in (("fired", "expected"), ("just short", "just_short"))
        for one in planted[name]
    }
    other = place.council_only(told_day(planted["window_from"])).keys() | place.apart()
    found = {(row.child_id, row.episodes, row.state) for row in rows if row.child_id not in other}
    assert len(found) > len(wanted) * 0.9
    fired = {one for one in found if one[2] == "fired"}
    wanted = {one for one in wanted if one[0] not in other}
    proof.measured("MASE-3-IN-3M", {one for one in wanted if one[2] == "fired"}, fired)
    short = {child for child, _, state in wanted if state == "just short"}
    became = sum(row.child_id in short and row.state == "just short" for row in rows)
    proof.decoy("two episodes in three months", "MASE-3-IN-3M", short, {c for c, _, _ in fired}, f"{became} just short")
    assert found == wanted


def test_each_episode_counts_once_whichever_agencies_recorded_it(place: Partnership) -> None:
    """Over the whole period: the police's reports and what only the council knows."""
    rows: Any = place.ask("MASE-3-IN-3M", since=place.first, min_episodes=2).rows
    reports = invented.rows(place.folder, "police-99/police_missing.csv")
    by_police = Counter(place.person(row["Nominal Ref"]) for row in reports)
    hidden = place.council_only(told_day(place.truth["first"]))
    apart = place.apart()
    found = {row.child_id: row.episodes for row in rows if row.child_id not in apart}
    told("MASE-3-IN-3M, whole period", set((by_police + hidden).items()), set(found.items()))
    more = sum(1 for child in hidden if child in by_police)
    print(f"MASE-3-IN-3M: {more} children have more episodes than the police's own records tell of")
    assert more
    assert found == {child: many for child, many in (by_police + hidden).items() if child not in apart}


def test_a_child_is_no_longer_counted_when_the_window_has_moved_on(place: Partnership) -> None:
    later: Any = place.ask("MASE-3-IN-3M", as_at=place.at.replace(year=2027)).rows
    assert [row.child_id for row in later] == []


def test_children_on_no_list_are_found_first_inside_their_network(place: Partnership) -> None:
    known: Any = place.ask("UNLISTED-IN-NETWORK").rows
    rows: Any = place.ask("UNLISTED-IN-NETWORK", also_named=True).rows
    order = [row.child_id for row in rows]
    wanted = place.children(place.truth["unlisted_in_network"])
    networks = [place.either(network["children"]) for network in place.truth["networks"]]
    first = {row.child_id for row in known if len(_own_records(row)) > 1}
    target = proof.Target(recall=0.95, per_thousand=1)
    by_places = sum(not _own_records(row) for row in known)
    more = f"those tied by several records of their own; {len(known)} listed in all, {by_places} by places alone"
    proof.measured("UNLISTED-IN-NETWORK, children", wanted, first, target, also=set().union(*networks), more=more)
    ranks = sorted(order.index(child) + 1 for child in wanted)
    print(f"UNLISTED-IN-NETWORK: the planted children stand at {ranks} of {len(order)}")
    assert len(wanted) >= 2
    assert wanted <= set(order)
    assert wanted <= {row.child_id for row in known}, "an identified child is not hidden among names"
    assert [row.child_id for row in known] == order[: len(known)]
    assert max(ranks) <= len(order) / 4, "what was planted stands in the first quarter"
    listed = {
        place.thing(council_key(code, row["Council Ref"]))
        for code in ("997", "998")
        for row in invented.rows(place.folder, f"council-{code}/lists.csv")
        if row["List"] == "CSE" and not row["Removed"]
    }
    assert not listed & set(order), "a child who is listed is not shown as unlisted"
    (by_chance,) = place.ask("UNLISTED-BY-CHANCE").rows
    print(f"UNLISTED-BY-CHANCE: {by_chance}")
    top = order[: len(wanted) * 3]
    assert set(top) <= set().union(*networks), "the first rows are children of the networks"


def _own_records(row: Any) -> set[str]:
    """The child's own records that tie them to people, vehicles, phones or handles, and not through places alone."""
    return {record for tie in row.through if tie.through_kind != "Place" for record in tie.records}


def test_every_planted_associate_is_shown_with_exactly_the_children_that_records_tie_to_them(
    place: Partnership,
) -> None:
    rows: Any = place.ask("SHARED-ASSOCIATE", since=place.first).rows
    stated, referred = _children_around(place)
    adults = {row.associate_id: row for row in rows if row.associate_kind == "Associate"}
    found = {adult: set(row.child_ids) & referred for adult, row in adults.items() if adult in stated}
    assert all(adults[adult].record_count == 1 for adult in adults.keys() - stated.keys()), "a name joins nothing"
    planted = {
        place.person(adult["nominal"]): place.children(network["children"])
        for network in place.truth["networks"]
        for adult in network["associates"]
    }
    wanted = {adult: children for adult, children in stated.items() if len(children) > 1}
    proof.measured("SHARED-ASSOCIATE, adults", wanted, found)
    ties = {(adult, child) for adult, children in wanted.items() for child in children}
    found_ties = {(a, c) for a, children in found.items() for c in children}
    proof.measured("SHARED-ASSOCIATE, adults and children", ties, found_ties)
    assert found == wanted
    assert set(wanted) <= set(planted), "no other adult is shared by two children"
    assert len(wanted) >= len(planted) * 0.9
    peers = [row for row in rows if row.associate_kind == "Child"]
    groups = place.planted_groups()
    strangers = [r for r in peers if not any({r.associate_id, *r.child_ids} <= group for group in groups)]
    print(f"SHARED-ASSOCIATE children who tie others: {len(peers)}, of them {len(strangers)} beyond one planted group")


def _children_around(place: Partnership) -> tuple[dict[str, set[str]], set[str]]:
    """By adult with a reference the children with one whom a report or interview is about or names beside them, or
    whom intelligence or a notice ties to them; and all those children."""
    pairs: list[tuple[str, str]] = []
    for row in invented.rows(place.folder, "police-99/police_missing.csv"):
        company = [(who.split()[0], who.split()[-1]) for who in row["Companions"].split("; ") if who]
        children = [police(row["Nominal Ref"]), *(police(who) for who, kind in company if kind == "child")]
        pairs += [(who, child) for who, kind in company if kind == "adult" for child in children]
    for row in invented.rows(place.folder, "interviews/return_interviews.csv"):
        children = [council_key(row["LA Code"], row["Council Ref"]) or police(row["Police Ref"])]
        for who in row["With Children"].split("; "):
            if COUNCILS.fullmatch(who):
                other, colon, reference = who.rpartition(":")
                children.append(council_key(other if colon else row["LA Code"], reference))
        pairs += [(adult, child) for adult in row["With Adults"].split("; ") for child in children]
    for row in invented.rows(place.folder, "police-99/intelligence.csv"):
        ends = {row["Subject Type"]: row["Subject Ref"], row["Object Type"]: row["Object Ref"]}
        if set(ends) == {"Child", "Adult"}:
            pairs.append((ends["Adult"], police(ends["Child"])))
    for row in invented.rows(place.folder, "police-99/notices.csv"):
        pairs.append((row["Served On Ref"], council_key(row["LA Code"], row["Child Ref"])))
    around: dict[str, set[str]] = {}
    for adult, child in pairs:
        if NOMINAL.fullmatch(adult) and child:
            around.setdefault(place.person(adult), set()).add(place.thing(child))
    return around, set().union(*around.values())


def test_sets_that_go_missing_together_come_before_the_homes_and_chance(place: Partnership) -> None:
    answer = place.ask("GROUP-MISSING", "OPERATIONAL-GROUP", since=place.first, until=place.at, baseline=place.first)
    rows: Any = answer.rows
    home = place.children(place.truth["decoys"]["big_home"]["children"])
    from_home = [rank for rank, row in enumerate(rows) if set(row.child_ids) <= home]
    folded = sum(rows[rank].folded for rank in from_home)
    print(f"GROUP-MISSING: the big home's {len(from_home)} rows, one of them for {folded} pairs and sets")
    assert folded > 1, "the decoy does its work: children of the big home overlap by chance"
    assert len(from_home) == 1, "one big home does not flood the list"
    for planted in place.truth["sets"]:
        children = place.children(planted["children"])
        found = [(rank, row) for rank, row in enumerate(rows) if set(row.child_ids) == children]
        assert len(found) == 1, planted["name"]
        rank, row = found[0]
        at_one_place = sum(len(e["found_there"]) == len(children) for e in planted["events"])
        print(
            f"GROUP-MISSING {planted['name']}: {row.times} of {len(planted['events'])} times, "
            f"chance {row.chance}, rank {rank + 1} of {len(rows)}; the home's first is {from_home[0] + 1}"
        )
        assert at_one_place <= row.times <= len(planted["events"])
        assert row.repeated
        assert not row.only_start_home
        assert rank < from_home[0]
        assert row.chance < RARE
    groups = place.planted_groups()
    strangers = [r for r in rows if not any(set(r.child_ids) <= group for group in groups)]
    sets = {frozenset(place.children(planted["children"])) for planted in place.truth["sets"]}
    unlikely = [row for row in rows if row.repeated and row.false_discovery <= 1 - SURE]
    inside = [frozenset(row.child_ids) for row in unlikely if row not in strangers]
    proof.measured(
        "GROUP-MISSING, sets",
        sets,
        [frozenset(row.child_ids) for row in unlikely],
        proof.Target(recall=0.95, precision=SURE),
        also=inside,
        more=f"those repeated of which at most {1 - SURE:.0%} would be chance; {len(rows)} listed in all",
    )
    fooled = {row.child_ids for row in unlikely if set(row.child_ids) <= home}
    became = f"{len(from_home)} row, last but chance: it folds {folded} pairs and sets"
    proof.decoy("one big home's children", "GROUP-MISSING", home, set().union(*fooled), became)
    first = rows[: len(rows) // 2]
    told_first = sum(1 for r in first if r in strangers)
    print(f"GROUP-MISSING: {len(strangers)} of {len(rows)} rows not planted, {told_first} in the first half")
    assert all(rows[rank].only_start_home for rank in from_home), "what the home's children share is the home"
    assert told_first <= len(first) / 20


def test_a_month_of_going_missing_together_begins_with_the_planted(place: Partnership) -> None:
    rows: Any = place.ask("GROUP-MISSING", "OPERATIONAL-GROUP").rows
    groups = place.planted_groups()
    first = rows[:10]
    of_pattern = [row for row in first if any(set(row.child_ids) <= group for group in groups)]
    print(f"GROUP-MISSING in October: {len(of_pattern)} of the first {len(first)} rows are planted")
    assert len(of_pattern) >= len(first) * 0.8


def test_children_who_go_missing_often_and_alone_are_no_group(place: Partnership) -> None:
    rows: Any = place.ask(
        "GROUP-MISSING", "OPERATIONAL-GROUP", since=place.first, until=place.at, baseline=place.first
    ).rows
    alone = place.children(place.truth["decoys"]["frequent_but_independent"])
    together = [row for row in rows if len(alone & set(row.child_ids)) > 1]
    print(f"GROUP-MISSING: {len(together)} rows hold two of the {len(alone)} frequent but independent children")
    fooled = {child for row in together if row.chance <= RARE for child in row.child_ids}
    became = f"{len(together)} rows hold two of them, each likely by chance"
    proof.decoy("often missing, each alone", "GROUP-MISSING", alone, fooled, became)


def test_children_out_of_school_inside_a_network_are_found_with_what_they_share(place: Partnership) -> None:
    rows: Any = place.ask("CME-AND-MISSING").rows
    found = {row.child_id: row for row in rows}
    planted = place.truth["missing_education_in_network"]
    wanted = place.children(planted)
    more = f"{len(found)} children listed in all: the rule lists every child out of school who goes missing"
    proof.measured("CME-AND-MISSING, children in networks", wanted, found, proof.ALL, more=more)
    networks = {network["name"]: place.children(network["children"]) for network in place.truth["networks"]}
    for child in planted:
        row = found[place.person(child["nominal"])]
        others = {other for share in row.shares for other in share.other_child_ids}
        assert "missing from education" in row.education
        assert others & networks[child["network"]] - {row.child_id}


def test_hotspots_list_the_networks_places_and_hubs_too(place: Partnership) -> None:
    middle = place.first + (place.at - place.first) / 2
    rows: Any = place.ask("HOTSPOT", "OPERATIONAL-GROUP", since=middle, until=place.at).rows
    spots = {row.thing_id: row for row in rows if row.thing_id}
    wanted = {place.place(p["uprn"]) for network in place.truth["networks"] for p in network["places"]}
    proof.measured("HOTSPOT, places of the networks", wanted, spots, proof.ALL, more=f"{len(spots)} places listed")
    reports = _rows(place, "police-99/police_missing.csv")
    for uprn in {p["uprn"] for network in place.truth["networks"] for p in network["places"]}:
        here = [r for r in reports if r["Found UPRN"] == uprn and london_to_utc(invented.span(r)[0]) >= middle]
        assert spots[place.place(uprn)].found == len(here)


def test_hospital_and_police_station_are_shown_and_not_followed(place: Partnership) -> None:
    hubs = {place.place(hub["uprn"]): hub["kind"] for hub in place.truth["decoys"]["hubs"]}
    child = place.person(place.truth["networks"][0]["children"][0]["nominal"])
    limit = 3
    answer = place.ask("CHILD-NETWORK", child=child, hops=3, hub_children=limit)
    rows: Any = answer.rows
    met = {row.to_id for row in rows} & set(hubs)
    assert met, "they stand in the network"
    followed = {row.from_id for row in rows}
    proof.decoy("hospital and police station", "CHILD-NETWORK", hubs, followed, f"{len(met)} shown, not followed")
    assert any("shown and not followed" in note for note in answer.notes)


def test_a_childs_network_holds_the_planted_network(place: Partnership) -> None:
    for network in place.truth["networks"]:
        child = place.person(network["children"][0]["nominal"])
        rows: Any = place.ask("CHILD-NETWORK", child=child, hops=2).rows
        met = {end for row in rows for end in (row.from_id, row.to_id)}
        wanted = place.children(network["children"]) | {place.person(a["nominal"]) for a in network["associates"]}
        proof.measured(f"CHILD-NETWORK, {network['name']}", wanted, met, proof.ALL, more="within two ties of one child")


def test_communities_are_the_planted_networks_and_no_decoy(place: Partnership) -> None:
    communities.are_the_planted_networks(place)
    communities.hold_no_decoy(place)


def test_two_people_of_one_name_stay_two_and_twins_stay_two(place: Partnership) -> None:
    decoys = place.truth["decoys"]
    for one in decoys["one_name"]:
        hits: Any = place.ask("SEARCH", text=one["name"]).rows
        exact = {hit.thing_id for hit in hits if hit.score == 1.0}
        assert exact == {place.person(nominal) for nominal in one["nominals"]}
        merged = one["nominals"] if len(exact) < 2 else []
        proof.decoy("two people of one name", "SEARCH", one["nominals"], merged, f"{len(exact)} people")
    for pair in decoys["twins"]:
        hits = place.ask("SEARCH", text=pair["missing"]["surname"]).rows
        found = {hit.thing_id for hit in hits}
        goes = place.person(pair["missing"]["nominal"])
        pupil: Any = place.ask("SEARCH", text=pair["never_missing"]["upn"]).rows
        stays = {hit.thing_id for hit in pupil}
        assert len(stays) == 1
        assert goes not in stays
        assert {goes, *stays} <= found
        proof.decoy("twins", "SEARCH", {goes, *stays}, {goes} & stays, "two children")
        assert not stays & {row.child_id for row in place.ask("MASE-3-IN-3M").rows}  # type: ignore[attr-defined]


def test_a_child_spelt_apart_stays_two_until_a_person_says_otherwise(place: Partnership) -> None:
    apart = place.truth["spelt_apart"]
    assert apart
    for one in apart:
        by_police: Any = place.ask("SEARCH", text=one["nominal"]).rows
        by_council: Any = place.ask("SEARCH", text=one["council"]).rows
        police_child = {hit.thing_id for hit in by_police}
        council_child = {hit.thing_id for hit in by_council}
        assert police_child == {place.person(one["nominal"])}
        assert council_child == {place.thing(council_key(one["authority"], one["council"]))}
        assert not police_child & council_child
        near: Any = place.ask("SEARCH", text=one["police_name"]).rows
        both = police_child | council_child
        print(f"SEARCH spelt apart: {len(both & {hit.thing_id for hit in near})} of 2 found by the police's spelling")


def test_every_clock_stands_as_the_files_say(place: Partnership) -> None:
    clock_files.check(place, place.apart())


def _rows(place: Partnership, name: str) -> list[dict[str, str]]:
    return list(invented.rows(place.folder, name))
