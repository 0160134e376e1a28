"""What NETWORK and CROSS-BORDER say of the invented partnership: its planted networks, and none of its decoys."""

from __future__ import annotations

from typing import Any

from tests.planted.partnership import Partnership, told


def _standing(place: Partnership) -> list[Any]:
    rows: Any = place.ask("NETWORK", "OPERATIONAL-GROUP").rows
    return [row for row in rows if row.state != "gone"]


def are_the_planted_networks(place: Partnership) -> None:
    """Each planted network is one community, but for a child in twenty, and nothing is one that was not planted."""
    standing = _standing(place)
    border: Any = place.ask("CROSS-BORDER", "OPERATIONAL-GROUP").rows
    for network in place.truth["networks"]:
        wanted = place.children(network["children"])
        best = max(standing, key=lambda row: len(wanted & set(row.child_ids)))
        told(f"NETWORK {network['name']}, held {best.held} of {best.draws}", wanted, set(best.child_ids))
        assert len(wanted & set(best.child_ids)) >= 0.95 * max(len(wanted), best.size)
        assert best.shared > best.expected
        assert any(r.child_ids == best.child_ids for r in border if not r.thing_id) == network["spans_authorities"]
    groups = place.planted_groups()
    assert [row for row in standing if not any(set(row.child_ids) <= group for group in groups)] == []


def hold_no_decoy(place: Partnership) -> None:
    """Children of the big home, those often missing and alone, twins and people of one name are in no community."""
    standing = _standing(place)
    decoys, placed = place.truth["decoys"], {child for row in standing for child in row.child_ids}
    apart = {"big home": decoys["big_home"]["children"], "frequent": decoys["frequent_but_independent"]}
    apart["twins"] = [twin for pair in decoys["twins"] for twin in pair.values()]
    for name, listed in apart.items():
        print(f"NETWORK decoy, {name}: {len(place.children(listed) & placed)} of {len(listed)} in a community")
        assert not place.children(listed) & placed
    namesakes = {place.person(nominal) for one in decoys["one_name"] for nominal in one["nominals"]}
    assert not namesakes & {adult for row in standing for adult in row.associate_ids}
