"""The sheets, columns and fields of a round workbook, in the order they are written."""

import re

from scoring.written.names import text_key
from scoring.written.text import with_capital

FORMAT = 1

ROUND = "Round"
POTS = "Pots"
CRITERIA = "Criteria"
APPLICATIONS = "Applications"
MEMBERS = "Members"
INTERESTS = "Interests"
MARKS = "Marks"
AGREED = "Agreed"
NOT_APPLICABLE = "Not applicable"
CHAIR_DECISIONS = "Chair decisions"
RULED_BY = "Ruled by"
"""The member whom the others named where the chair has an interest; a column that is there where one did."""
SIGNING = "Who signs"
"""Says who signs after the panel; written where anybody is named."""
LONG_TEXTS = "Long texts"
"""Holds the rest of each text that is longer than a cell holds; written where there is one."""
REST = re.compile(
    r" … \(keep this: the rest is numbers? ([0-9]{1,6})(?: to ([0-9]{1,6}))? "
    rf"on the sheet {LONG_TEXTS}\)\s*\Z"
)
"""Ends a text whose rest stands there."""

SHEETS = (
    ROUND,
    POTS,
    CRITERIA,
    APPLICATIONS,
    MEMBERS,
    INTERESTS,
    MARKS,
    AGREED,
    NOT_APPLICABLE,
    CHAIR_DECISIONS,
    SIGNING,
    LONG_TEXTS,
)
REQUIRED_SHEETS = (ROUND, POTS, CRITERIA, APPLICATIONS)

ROUND_FIELDS = (
    "Format",
    "Fund",
    "Round",
    "Financial year",
    "Scale maximum",
    "Quality",
    "Combine",
    "Quorum",
    "Ranking",
    "Tie ladder",
    "Allocation",
    "Tolerance percent",
    "Tolerance authority",
    "Cap per award",
    "Cap per organisation",
    "Minimum total",
    "Minimum quality",
    "Not applicable allowed",
)

AREA = "Area"
AREA_WORD = "Word for an area"
"""Says what the office calls an area, which heads its columns; written where it has a word of its own."""

COUNTED_AS = "Counted as organisation"
"""Says which applications are of one organisation though they name it otherwise; written where any is so."""
APPLICATION_COLUMNS = (
    "Reference",
    "Organisation",
    "Project",
    "Area",
    "Amount requested",
    "Minimum amount",
    "Total project cost",
    "Match funding",
    "Beneficiaries",
    "Received",
    "Eligible",
    "Eligibility reason",
    "Withdrawn",
    "Previously funded",
    "Organisation type",
    "Charity number",
    "Company number",
    "Contact name",
    "Email",
    "Phone",
    "Address",
    "Postcode",
    "Summary",
    "Need",
    "Outcomes",
    "Start on",
    "End on",
    "Bank account held",
    "Constitution held",
    "Safeguarding policy",
    COUNTED_AS,
)
OTHER_NAMES = {"total cost": "Total project cost", "received at": "Received"}
"""Headings of the import fields that this workbook calls by a name of its own, folded."""

COLUMNS: dict[str, tuple[str, ...]] = {
    ROUND: ("Field", "Value"),
    POTS: ("Area", "Amount", "Start-up", "Already committed", "Shared pot"),
    CRITERIA: (
        "Code",
        "Title",
        "Side",
        "Weight",
        "Method",
        "Basis",
        "Low",
        "High",
        "Bands",
        "Minimum mark",
        "Guidance",
    ),
    APPLICATIONS: APPLICATION_COLUMNS,
    MEMBERS: ("Code", "Name", "Role", "Organisation"),
    INTERESTS: ("Member", "Application", "Kind", "Detail"),
    MARKS: ("Member", "Application", "Submitted"),
    AGREED: ("Application", "Dissent"),
    NOT_APPLICABLE: ("Application", "Criterion", "Reason"),
    CHAIR_DECISIONS: ("Application", "Kind", "Value", "Reason", RULED_BY),
    SIGNING: ("Post", "Area", "Name"),
    LONG_TEXTS: ("Number", "Sheet", "Row when saved", "Text"),
}
REQUIRED_COLUMNS: dict[str, tuple[str, ...]] = {
    ROUND: ("Field", "Value"),
    POTS: ("Area", "Amount"),
    CRITERIA: ("Code", "Title", "Side", "Weight"),
    APPLICATIONS: ("Reference", "Organisation", "Project", "Area", "Amount requested"),
    MEMBERS: ("Code", "Name"),
    INTERESTS: ("Member", "Application", "Kind"),
    MARKS: ("Member", "Application", "Submitted"),
    AGREED: ("Application",),
    NOT_APPLICABLE: ("Application", "Criterion", "Reason"),
    CHAIR_DECISIONS: ("Application", "Kind", "Value", "Reason"),
    SIGNING: ("Post", "Name"),
    LONG_TEXTS: ("Number", "Text"),
}

_TAKEN = {name.casefold() for name in APPLICATION_COLUMNS} | OTHER_NAMES.keys()
_NAMES = _TAKEN.union(name.casefold() for columns in COLUMNS.values() for name in columns)
ANSWER = " (answer)"

ROLES = ("chair", "member", "adviser")
EXCEPTION_VALUE = "fund"


def folded(heading: str) -> str:
    """Return a heading as it is compared: without case, its spaces and line breaks collapsed."""
    return text_key(heading)


def area_heading(word: str) -> str:
    """Return what heads a column of areas: the office's word, "Area" where another is called so."""
    return with_capital(word) if word and folded(word) not in _NAMES else AREA


def answer_heading(heading: str, area_word: str = "") -> str:
    """Return the heading that an answer is written under, marked where a column has that name itself."""
    return heading + ANSWER if _is_taken(heading, area_word) else heading


def answer_asked(heading: str, area_word: str = "") -> str:
    """Return the heading of an answer as the applicant's form had it, without our mark."""
    is_marked = heading.endswith(ANSWER) and _is_taken(heading, area_word)
    return heading.removesuffix(ANSWER) if is_marked else heading


def _is_taken(heading: str, area_word: str) -> bool:
    bare = folded(heading)
    while bare.endswith(ANSWER):
        bare = bare.removesuffix(ANSWER)
    return bare in _TAKEN or bare == folded(area_heading(area_word))


def comment_heading(code: str) -> str:
    """Return the heading over a member's reasons for their marks on a criterion."""
    return f"{code} comment"


def reason_heading(code: str) -> str:
    """Return the heading over the panel's reasons for its agreed marks on a criterion."""
    return f"{code} reason"


def for_panel_heading(code: str) -> str:
    """Return the heading over whether such a reason is for the panel only; written where one is."""
    return f"{code} for the panel only"


def rest_note(first: int, last: int) -> str:
    """Return how a text ends whose rest stands under these numbers of Long texts; `REST` finds it."""
    numbers = f"number {first}" if first == last else f"numbers {first} to {last}"
    return f" … (keep this: the rest is {numbers} on the sheet {LONG_TEXTS})"
