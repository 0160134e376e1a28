"""Communities are a function of what records say: no id, and no order in which rows came, decides anything."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from missingnet.graph import catalogue
from missingnet.graph.answers import Asked
from missingnet.graph.answers.network import Named, Network, NetworkFact

AS_AT = datetime(2026, 11, 1)
KINDS = {"c": "Child", "a": "Associate", "p": "Place", "v": "Vehicle"}
NAMES = [f"{kind}{n}" for kind, many in (("c", 9), ("a", 3), ("p", 3), ("v", 2)) for n in range(many)]
TOLD = st.lists(
    st.tuples(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True), st.integers(0, 420)),
    min_size=4,
    max_size=40,
)


def _answer(told: list[tuple[list[str], int]], names: dict[str, str], order: Random | None) -> list[Network]:
    """The rows for these records, their things under other names, in another order."""
    rows = [
        NetworkFact(
            record=names.get(f"r{number}", f"r{number}"),
            label="Episode",
            agency="99",
            names=tuple(
                Named(
                    thing_id=names.get(thing, thing),
                    kind=KINDS[thing[0]],
                    link="WENT_WITH",
                    observed=AS_AT - timedelta(days=days),
                )
                for thing in things
            ),
            told=0,
        )
        for number, (things, days) in enumerate(told)
    ]
    if order is not None:
        order.shuffle(rows)
        rows = [row.model_copy(update={"names": tuple(order.sample(row.names, len(row.names)))}) for row in rows]
    question = catalogue.question("NETWORK")
    shown, _ = NetworkFact.derive(rows, Asked("NETWORK", question.settle({}, AS_AT), AS_AT, None))
    return [row for row in shown if isinstance(row, Network)]


def _told(rows: list[Network], names: dict[str, str]) -> set[tuple[object, ...]]:
    """What the rows say, by the first names, with nothing of their order."""
    back = {new: old for old, new in names.items()}

    def sets(ids: tuple[str, ...]) -> frozenset[str]:
        return frozenset(back.get(one, one) for one in ids)

    return {
        (
            row.state,
            sets(row.child_ids),
            sets(row.before_child_ids),
            sets(row.associate_ids),
            sets(row.place_ids),
            sets(row.records),
            sets(tuple(b.bridge_id for b in (*row.child_bridges, *row.associate_bridges, *row.other_bridges))),
            frozenset((back.get(m.child_id, m.child_id), m.held, m.tied, m.record_count) for m in row.members),
            (row.held, row.draws, row.shared, row.expected, row.first, row.last),
        )
        for row in rows
    }


@settings(deadline=None)
@given(TOLD, st.integers(0, 2**32))
def test_other_ids_and_another_order_give_the_same_communities(told: list[tuple[list[str], int]], seed: int) -> None:
    chance = Random(seed)
    every = [*NAMES, *(f"r{number}" for number in range(len(told)))]
    names = dict(zip(every, (f"{chance.getrandbits(64):016x}" for _ in every), strict=True))
    assert _told(_answer(told, {}, None), {}) == _told(_answer(told, names, chance), names)


@settings(deadline=None)
@given(TOLD)
def test_leaving_records_out_only_ever_takes_children_away(told: list[tuple[list[str], int]]) -> None:
    for row in _answer(told, {}, None):
        assert all(row.held <= member.held <= row.draws for member in row.members)
        assert row.shared >= row.size - 1
