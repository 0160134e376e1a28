"""What the meeting decides and writes down: DOMAIN §6's list for a MASE, as a form on paper."""

from __future__ import annotations

from missingnet.visualise.pack.content import Column
from missingnet.visualise.pack.paper import to_decide, to_do, who_met
from missingnet.visualise.pack.section import Part, Section

_DECISIONS = (
    "Early help, child in need (section 17) or child protection enquiry (section 47)",
    "Child seen alone; by whom and when",
    "The child’s views and wished outcomes heard and recorded",
    "The family’s views, strengths and needs",
    "Independent sexual violence adviser (ISVA) offered",
    "CSE risk assessment completed; level agreed",
    "Risk to brothers, sisters and other children; what is done for each",
    "Information on suspected perpetrators; to whom it is passed",
    "Powers to protect the child",
    "Powers to disrupt (notices, orders, licensing)",
    "National referral mechanism (NRM) referral",
    "MARAC and MAPPA",
    "Outcome of the meeting from the Framework’s list",
)


SECTION = Section(
    name="decisions",
    title="What the meeting decides",
    source="MASE agenda (Framework; Procedures): decisions, and one plan with owner, date and outcome",
    parts=(
        Part("Decisions", (), to_decide(_DECISIONS)),
        Part(
            "The plan",
            (),
            to_do(
                "Only ever one plan for the child",
                Column("Action", 6),
                Column("Owner", 3),
                Column("By (date)", 2.4),
                Column("Measurable outcome", 5),
            ),
        ),
        Part("The meeting", (), who_met("Date of the next review", "Chair (name, agency)")),
    ),
    new_page=True,
)
