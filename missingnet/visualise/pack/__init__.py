"""Meeting packs: one structure made from the answers, printed as a tagged PDF and sent as JSON.

The api asks (``questions_for``, until it is empty) and hands the answers over (``make_pack``).
"""

from missingnet.visualise.pack.asks import About, Ask, Unanswered, about_child, about_month
from missingnet.visualise.pack.make import Pack, make_pack, questions_for
from missingnet.visualise.pack.meetings import MEETINGS, NoSuchMeeting, meeting
from missingnet.visualise.pack.pages import PackNotPrinted
from missingnet.visualise.pack.sources import SOURCES

__all__ = [
    "MEETINGS",
    "SOURCES",
    "About",
    "Ask",
    "NoSuchMeeting",
    "Pack",
    "PackNotPrinted",
    "Unanswered",
    "about_child",
    "about_month",
    "make_pack",
    "meeting",
    "questions_for",
]
