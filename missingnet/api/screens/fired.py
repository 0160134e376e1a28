"""The rules that fired for one child, each with its facts and the paragraph it comes from."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from missingnet.api.asks import Asks
from missingnet.api.kept_answers import KeptAnswers
from missingnet.api.screens.tables import concerns
from missingnet.graph import rulebook
from missingnet.graph.answers import Answer, Row
from missingnet.graph.asking import CouldNotAnswer
from missingnet.graph.catalogue import Question, catalogue


@dataclass(frozen=True, slots=True)
class Fired:
    """One rule and its rows about the child. `answered` is False when the rule could not be answered."""

    rule: str
    title: str
    source: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    answered: bool

    @property
    def anchor(self) -> str:
        """Where on the page the rule's facts stand."""
        return f"rule-{self.rule.lower()}"

    @property
    def stands(self) -> bool:
        """True when a row says more than that the threshold was just missed."""
        return any(row.named for row in self.rows)

    @property
    def just_short(self) -> bool:
        """True when the threshold was just missed, and the rule does not name the child otherwise."""
        return not self.stands and any(getattr(row, "state", "") == "just short" for row in self.rows)

    @property
    def why_not(self) -> tuple[Row, ...]:
        """The rows that say why the rule does not name the child."""
        return tuple(row for row in self.rows if getattr(row, "state", "fired") in ("not fired", "not owed"))

    @property
    def met(self) -> tuple[Row, ...]:
        """The rows by which the rule names the child, or nearly does."""
        return tuple(row for row in self.rows if row not in self.why_not)

    @property
    def tag(self) -> str:
        """The rule as a tag: its title."""
        return self.title


def asks_after_children(question: Question) -> bool:
    """True for a rule over all children that can be asked as it is, and names the children it is about."""
    fields = question.row.model_fields
    return (
        question.path is not None
        and not any(param.required for param in question.parameters.values())
        and (question.about == "child" or "child_id" in fields or "child_ids" in fields)
    )


async def fired_for(asks: Asks, kept: KeptAnswers, child: str) -> Sequence[Fired]:
    """Every rule over children, with the rows that are about this one; those with rows first."""
    questions = [question for question in catalogue().values() if asks_after_children(question)]
    answers = await asyncio.gather(*(_answer(asks, kept, question, child) for question in questions))
    found = [
        Fired(
            question.rule,
            rulebook.rule(question.rule).title,
            question.source,
            tuple(row for row in answer.rows if concerns(row, child)) if answer else (),
            answer.notes if answer else (),
            answer is not None,
        )
        for question, answer in zip(questions, answers, strict=True)
    ]
    return sorted(found, key=lambda rule: (not rule.met, rule.rule))


async def _answer(asks: Asks, kept: KeptAnswers, question: Question, child: str) -> Answer[Row] | None:
    """What the rule says of the child alone where it can be asked so: then it also says why it does not fire."""
    try:
        return await kept.ask(asks, question.rule, {"child": child} if question.about == "child" else {})
    except CouldNotAnswer:
        return None
