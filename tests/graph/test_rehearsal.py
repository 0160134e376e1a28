"""Every question is planned before anybody asks it, with a value for each parameter that its text names."""

import re

from missingnet.graph.catalogue import catalogue
from missingnet.graph.rehearsal import rehearsals


def test_every_question_is_rehearsed_with_all_that_its_text_names() -> None:
    told = dict(rehearsals())
    assert told.keys() == {f"EXPLAIN {question.text_now}" for question in catalogue().values()}
    for text, given in told.items():
        assert set(re.findall(r"\$(\w+)", text)) <= given.keys()
