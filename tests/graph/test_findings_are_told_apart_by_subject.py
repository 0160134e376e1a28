"""What a rule names at two times: new, changed by new evidence only, still there, gone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from missingnet.graph.answers import Row
from missingnet.graph.answers.findings import compared


class Named(Row):
    """A row as a threshold has it."""

    SUBJECT = ("child_id",)

    child_id: str
    state: str
    records: tuple[str, ...]


ROWS = st.lists(
    st.builds(
        Named,
        child_id=st.sampled_from("abcde"),
        state=st.sampled_from(("fired", "just short", "not fired")),
        records=st.lists(st.sampled_from("12345"), unique=True).map(tuple),
    ),
    unique_by=lambda row: row.child_id,
)


@given(ROWS, ROWS)
def test_each_subject_named_at_either_time_is_told_once_and_rightly(now: list[Named], before: list[Named]) -> None:
    found = {change.row.subject: change for change in compared(now, before)}
    assert len(found) == len(compared(now, before))
    new = {row.child_id: set(row.records) for row in now if row.state == "fired"}
    old = {row.child_id: set(row.records) for row in before if row.state == "fired"}
    for child in new.keys() | old.keys():
        if child not in old:
            expected = "new"
        elif child not in new:
            expected = "gone"
        else:
            expected = "changed" if new[child] > new[child] & old[child] else "still"
        assert found[(child,)].what == expected
    assert {subject[0] for subject in found} == new.keys() | old.keys()


def test_a_record_that_no_longer_counts_is_no_news() -> None:
    now = [Named(child_id="a", state="fired", records=("2", "3"))]
    before = [Named(child_id="a", state="fired", records=("1", "2", "3"))]
    assert [change.what for change in compared(now, before)] == ["still"]
