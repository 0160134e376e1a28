"""What NETWORK and CROSS-BORDER say of the invented partnership: its planted networks, and none of its decoys."""

from __future__ import annotations

from typing import Any

from tests.planted import proof
from tests.planted.partnership import Partnership, told


def _standing(place: Partnership) -> list[Any]:
    rows: Any = place.ask("NETWORK", "OPERATIONAL-GROUP").rows
    return [row for row in rows if row.state != "gone"]


def are_the_planted_networks(place: Partnership) -> None:
    """Each planted network is one community, but for a child in twenty, and nothing is one that was not planted."""
    standing = _standing(place)
    border: Any = place.ask("CROSS-BORDER", "OPERATIONAL-GROUP").rows
    inside: set[str] = set()
    for network in place.truth["networks"]:
        wanted = place.children(network["children"])
        best = max(standing, key=lambda row: len(wanted & set(row.child_ids)))
        told(f"NETWORK {network['name']}, held {best.held} of {best.draws}", wanted, set(best.child_ids))
        assert len(wanted & set(best.child_ids)) >= 0.95 * max(len(wanted), best.size)
        assert best.shared > best.expected
        assert any(r.child_ids == best.child_ids for r in border if not r.thing_id) == network["spans_authorities"]
        inside |= wanted & set(best.child_ids)
    planted = {child for network in place.truth["networks"] for child in place.children(network["children"])}
    groups = place.planted_groups()
    others = {
        child for row in standing if not any(set(row.child_ids) <= group for group in groups) for child in row.child_ids
    }
    sets = set().union(*groups) - planted
    target = proof.Target(recall=0.95, precision=0.95)
    more = f"{len(standing)} communities for {len(place.truth['networks'])} networks"
    proof.measured("NETWORK, children", planted, inside | others, target, also=sets, more=more)
    assert [row for row in standing if not any(set(row.child_ids) <= group for group in groups)] == []


def hold_no_decoy(place: Partnership) -> None:
    """Children of the big home, those often missing and alone, twins and people of one name are in no community."""
    standing = _standing(place)
    decoys, placed = place.truth["decoys"], {child for row in standing for child in row.child_ids}
    apart = {"one big home's children": decoys["big_home"]["children"]}
    apart["often missing, each alone"] = decoys["frequent_but_independent"]
    apart["twins"] = [twin for pair in decoys["twins"] for twin in pair.values()]
    for name, listed in apart.items():
        children = place.children(listed)
        proof.decoy(name, "NETWORK", children, placed, f"{len(children & placed)} in a community")
    namesakes = {place.person(nominal) for one in decoys["one_name"] for nominal in one["nominals"]}
    named = {adult for row in standing for adult in row.associate_ids}
    proof.decoy("two people of one name", "NETWORK", namesakes, named, f"{len(namesakes & named)} in a community")
