"""What a strategy meeting decides and writes down: DOMAIN §6's list, as a form on paper."""

from __future__ import annotations

from missingnet.visualise.pack.content import Column
from missingnet.visualise.pack.paper import to_decide, to_do, who_met
from missingnet.visualise.pack.section import Part, Section

_DECISIONS = (
    "What is known of where the child is, and of who may be with them",
    "What is still needed to find the child; who does it",
    "Police protection (at most 72 hours)",
    "Emergency protection order",
    "Recovery order, for a child in care",
    "Organised abuse considered",
    "Publicity: what the media are told, by whom, and what is not said",
    "Placement on return: where, and whether it is safe",
    "Who is told of the return, who holds the interview, who sees the child alone",
    "How to prevent the next episode: what changes at home, in care and at school",
    "Others who went missing with the child: a record and a plan for each",
)


SECTION = Section(
    name="strategy_decisions",
    title="What the meeting decides",
    source="Strategy meeting’s agenda (Procedures §3): legal options, actions, placement on return, prevention",
    parts=(
        Part("Decisions", (), to_decide(_DECISIONS)),
        Part(
            "Actions",
            (),
            to_do("", Column("Action", 7), Column("Who", 3.4), Column("By (date)", 2.6), Column("Done", 2.6)),
        ),
        Part("The meeting", (), who_met("Date of the review", "Chair (team manager: name, agency)")),
    ),
    new_page=True,
)
