"""Every refusal is a constant code with constant words: no identifier, no name and no trace is ever repeated in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What a refusal says: its HTTP status, its code, the sentence, and what the person can do."""

    status: int
    code: str
    sentence: str
    remedy: str


READER_MISSING = Words(
    401,
    "reader-missing",
    "The request does not say who is asking.",
    "Send the header X-Reader with the name of a reader, or sign in at /sign-in.",
)
READER_UNKNOWN = Words(
    401,
    "reader-unknown",
    "There is no reader of that name.",
    "Use one of the demonstration readers, or sign in at /sign-in.",
)
SIGN_IN_FIRST = Words(
    401,
    "sign-in-first",
    "Nobody is signed in.",
    "Open /sign-in in a browser, or send a machine's token in the header Authorization.",
)
PURPOSE_FIRST = Words(
    403,
    "purpose-first",
    "No purpose is stated yet.",
    "Say what the information is for, at /sign-in/purpose.",
)
TOKEN_REFUSED = Words(
    401,
    "token-refused",
    "The token is not accepted.",
    "Make a new one for each request: missingnet machine-token. See docs/guide/sign-in.md for what it must say.",
)
NOT_PROVEN = Words(
    401,
    "sign-in-failed",
    "You are not signed in.",
    "Begin again at the sign-in page. If it happens again, tell the person who runs the service.",
)
PERSON_UNFIT = Words(
    403,
    "person-unfit",
    "Your organisation names you in a way that cannot stand in the log.",
    "The person who runs the service must set person_claim to an opaque number of yours, not a name or an address.",
)
NO_GROUP = Words(
    403,
    "no-group",
    "You have signed in, and are in no group that may use this service.",
    "Ask your manager for the group that belongs to your work, then sign in again.",
)
PROVIDER_UNAVAILABLE = Words(
    503,
    "provider-unavailable",
    "Your organisation's sign-in does not answer.",
    "Try again in a minute. If it continues, tell the person who runs the service.",
)
PURPOSE_MISSING = Words(
    400,
    "purpose-missing",
    "The request does not say what the information is for.",
    "Send the header X-Purpose with a purpose code and the meeting or case, for example: MASE case-12.",
)
PURPOSE_UNKNOWN = Words(
    400,
    "purpose-unknown",
    "The purpose is not one that this reader can state.",
    "Use one of the purpose codes listed on the sign-in page, followed by the meeting or case.",
)
REFERENCE_NOT_UNDERSTOOD = Words(
    400,
    "reference-not-understood",
    "The meeting or case is named by a short reference, for example case-12: letters, digits, dots and dashes.",
    "Leave out names and spaces, up to 40 characters.",
)
NOT_FOUND = Words(
    404,
    "not-found",
    "There is nothing at this address.",
    "Check the address, or search again.",
)
NOT_UNDERSTOOD = Words(
    422,
    "not-understood",
    "Part of the request could not be understood.",
    "Check each value that was sent.",
)
NOT_ALLOWED = Words(
    403,
    "not-allowed",
    "This reader may not do this.",
    "Ask a data officer of your agency.",
)
NO_AUDITOR = Words(
    403,
    "no-auditor",
    "Who looked at whom is read by auditors, for the purpose AUDIT.",
    "Sign in for that purpose, or ask the information governance lead of your agency.",
)
NUMBERS_ONLY = Words(
    403,
    "numbers-only",
    "Only tables are shown here.",
    "Open the tables at /tables.",
)
NO_JUDGEMENT = Words(
    409,
    "no-judgement",
    "This judgement cannot be made.",
    "Check the two things, and who has judged them already.",
)
NO_EMERGENCY = Words(
    409,
    "no-emergency",
    "Emergency access cannot be opened, or is not open.",
    "See at /emergency what it needs and what it opens.",
)
EMERGENCY_FIRST = Words(
    409,
    "emergency-open",
    "While emergency access is open nothing is judged and nothing is taken away.",
    "End it at /emergency, then do this again.",
)
PROVE_FIRST = Words(
    403,
    "prove-first",
    "Emergency access needs you to prove again, now, who you are.",
    "Open /sign-in/provider?afresh=yes in your browser, state the purpose again, and ask again.",
)
NO_REVIEW = Words(
    409,
    "no-review",
    "This use of emergency access cannot be reviewed by you, or not now.",
    "See at /emergency/reviews which ones wait, and for whom.",
)
OTHER_AGENCY = Words(
    403,
    "other-agency",
    "You may not load files in the name of that agency.",
    "Ask a data officer of the agency to send them, or the person who keeps readers.toml to name it under 'loads'.",
)
OTHER_SITE = Words(
    403,
    "other-site",
    "The request did not come from this service's own pages.",
    "Open the page on this service and send the form again.",
)
WRONG_HOST = Words(
    400,
    "wrong-host",
    "The demonstration answers on this machine only.",
    "Open it at http://127.0.0.1 with the port that was printed when it started, and through no proxy.",
)
OTHER_NAME = Words(
    400,
    "other-name",
    "This service is not reached under that name.",
    "Open it at the address that your organisation gave you.",
)
METHOD_NOT_ALLOWED = Words(
    405,
    "method-not-allowed",
    "This address cannot be used in that way.",
    "See /openapi.json for what each address accepts.",
)
TOO_LARGE = Words(
    413,
    "too-large",
    "The upload is larger than this service accepts.",
    "Split the file, or load it with the command: missingnet load FILE.",
)
NOT_A_FORM = Words(
    415,
    "not-a-form",
    "The request is not in the form that this address accepts.",
    "Send files as multipart/form-data.",
)
BUSY = Words(
    429,
    "busy",
    "Another load is still running.",
    "Wait until it has finished, then send the files again.",
)
TOO_FAST = Words(
    429,
    "too-fast",
    "More was asked in a short time than one reader may ask.",
    "Wait a few seconds, then go on. A program waits for as long as the header Retry-After says.",
)
COMPARING = Words(
    429,
    "comparing",
    "Other suggestions are being worked out.",
    "Wait until they are done, then begin again.",
)
UNAVAILABLE = Words(
    503,
    "unavailable",
    "The service cannot answer now, and nothing was shown.",
    "Try again in a minute. If it continues, tell the person who runs the service.",
)
TOO_MANY = Words(
    503,
    "too-many-questions",
    "The service is answering as many questions as it can, and nothing was shown.",
    "Wait a few seconds, then try again. A program waits for as long as the header Retry-After says.",
)
NOT_WRITTEN = Words(
    503,
    "not-written",
    "The graph did not take it, and nothing of it was written.",
    "Try again in a minute. If it continues, tell the person who runs the service.",
)
NOT_SETTLED = Words(
    503,
    "not-settled",
    "The graph does not answer, so it is not known whether this was written.",
    "Look again when the service answers. Then do the same again: nothing is done twice.",
)
NOT_RECORDED = Words(
    503,
    "not-recorded",
    "Nothing was shown, for it cannot be recorded now who is shown what.",
    "Tell the person who runs the service: the disk with the audit is full or does not answer.",
)
UNEXPECTED = Words(
    500,
    "could-not-be-answered",
    "This could not be answered, and nothing was shown.",
    "Try again. If it continues, tell the person who runs the service what you were doing.",
)

_BY_STATUS: Mapping[int, Words] = {
    words.status: words
    for words in (
        READER_MISSING,
        PURPOSE_MISSING,
        NOT_ALLOWED,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        TOO_LARGE,
        NOT_A_FORM,
        NOT_UNDERSTOOD,
        BUSY,
        UNAVAILABLE,
    )
}


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody by the name that stands in the audit, and their agency, where it is known in which they ask."""

    name: str
    agency: str | None


class Refused(Exception):
    """A request that is refused in the given words; `detail` replaces the sentence where it names a parameter, and
    after `retry_after` seconds the same may be asked again. `who` is refused, where that is known and no purpose is."""

    def __init__(
        self, words: Words, detail: str | None = None, *, retry_after: int | None = None, who: Who | None = None
    ) -> None:
        super().__init__(words.code)
        self.words = words
        self.retry_after = retry_after
        self.who = who
        self.detail = detail or f"{words.sentence} {words.remedy}"


def words_for_status(status: int) -> Words:
    """The words for a status that the framework itself answered with."""
    return _BY_STATUS.get(status, NOT_UNDERSTOOD if 400 <= status < 500 else UNEXPECTED)


def body(words: Words, detail: str | None = None) -> dict[str, str]:
    """The JSON of a refusal, the same bytes whatever led to it."""
    return {"error": words.code, "detail": detail or f"{words.sentence} {words.remedy}"}
