"""Each requirement names tests that there are, and docs say what they show."""

from __future__ import annotations

import ast

from tests import requirements
from tests.pieces import ROOT


def test_every_test_that_a_requirement_names_is_there() -> None:
    for one in requirements.requirements():
        for test in one.tests:
            path, _, name = test.partition("::")
            tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
            assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"{one.id}: {test}"


def test_the_table_in_docs_is_fresh() -> None:
    assert requirements.TABLE.read_text(encoding="utf-8") == requirements.table(), "run scripts/requirements"


def test_a_run_says_what_it_showed() -> None:
    every = {test: ["passed"] for one in requirements.requirements() for test in one.tests}
    held = sum(one.shown == "held" for one in requirements.requirements())
    assert (requirements.counted(every) or "").startswith(f"requirements held: {held} of ")
    (broken, *_) = (one for one in requirements.requirements() if one.shown == "held")
    said = requirements.counted({**every, broken.tests[0]: ["passed", "failed"]}) or ""
    assert f"held: {held - 1} of" in said
    assert said.endswith(broken.id) or f"{broken.id}," in said
    assert requirements.counted({}) is None
