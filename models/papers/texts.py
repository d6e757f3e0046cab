"""The texts that an office writes into a paper itself, named once for the form and for the paper."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from models.papers.order import TextPairs
from scoring.written.days import read_moment
from scoring.written.text import A_FEW, Unreadable, counted


class TextField(NamedTuple):
    """A text of a paper: its code, its heading, and a hint of what belongs there; one line, or several.

    `most` is how many letters it may have, 0 where nothing bounds it; one that `is_day` names a day.
    """

    code: str
    heading: str
    hint: str = ""
    is_long: bool = True
    most: int = 0
    is_day: bool = False

    def fault(self, text: str) -> str:
        """Return what is wrong with a text, in a sentence: it is too long, or no day; "" for nothing."""
        many = len(text.strip())
        if self.is_day and many:
            return self._day_fault(text)
        if not self.most or many <= self.most:
            return ""
        return f"{self.heading} has at most {self.most} letters; this one has {many}. Shorten it."

    def _day_fault(self, text: str) -> str:
        try:
            read_moment(text)
        except Unreadable as no:
            return f"{self.heading}: {no}"
        return ""


class PaperTexts(Struct, frozen=True):
    """The texts of one paper that were written, by field code."""

    texts: TextPairs = ()

    def get(self, code: str, otherwise: str = "") -> str:
        return dict(self.texts).get(code) or otherwise

    def day(self, code: str) -> date | None:
        """Return the day that a text names, None where none was written."""
        written = self.get(code)
        return read_moment(written).at.date() if written else None


CONTACT = (
    TextField("contact_name", "Contact officer", "Who answers questions", is_long=False),
    TextField("contact_post", "Job title", is_long=False),
    TextField("contact_phone", "Telephone", is_long=False),
    TextField("contact_email", "E-mail", is_long=False),
)

NUMBERED = "A paragraph a line, with a number each; a line that begins with “-” is an item of a list"
NOTICE_TEXTS = (
    TextField("title", "Title", "What the decision is about", is_long=False),
    *CONTACT,
    TextField("summary", "Executive summary", "If left empty, the panel's work and the sums are described"),
    TextField("background", "Introduction and background", NUMBERED),
    TextField("financial", "Financial implications", "If left empty, the budget and what is left are stated"),
    TextField("legal", "Legal implications", "If left empty, the legal power that is signed is stated"),
    TextField(
        "papers", "Schedule of background papers", "If left empty, the panel's minutes and the award schedule"
    ),
    TextField(
        "access",
        "Public access to information",
        "If left empty, the usual sentence; not printed where the notice is confidential",
    ),
    TextField("confidential", "Confidential because", "If left empty, the notice is non-confidential"),
    TextField(
        "confidential_part",
        "Confidential facts and advice",
        "Printed as a separate part, which the notice names; without it, what is confidential is all of it",
    ),
)

IMPLICATIONS = (
    ("finance", "Finance"),
    ("staffing", "Staffing"),
    ("equality", "Equality and Diversity"),
    ("accommodation", "Accommodation"),
    ("crime", "Crime and Disorder"),
    ("children", "Children Act 2004"),
    ("engagement", "Stakeholder/Community Engagement"),
    ("environment", "Environment"),
    ("partnerships", "Collaboration and Partnerships"),
    ("value", "Value for Money and Productivity"),
    ("priorities", "Potential Impact on Police and Crime Plan Priorities"),
    ("commissioning", "Commissioning"),
    ("other", "Other risks"),
)
"""The thirteen headings under which a committee is told of risks and implications (source paper S3)."""

REPORT_TEXTS = (
    TextField("committee", "Committee", "Who the report goes to", is_long=False),
    TextField("meeting", "Date of the meeting", is_long=False),
    TextField("title", "Title", is_long=False),
    TextField("author", "Report of", "Name and post", is_long=False),
    TextField("purpose", "Purpose"),
    TextField("background", "Background", NUMBERED),
    TextField("recommendation", "Recommendation"),
    TextField("marking", "Marking", "If left empty, OFFICIAL", is_long=False),
    *(
        TextField(code, heading, "If left empty, what the record knows, else a line to write on")
        for code, heading in IMPLICATIONS
    ),
    *CONTACT,
)

CALL_TEXTS = (
    TextField("title", "Title", is_long=False),
    TextField("about", "About this call", "What the money is for this time, such as a theme"),
    TextField("who_may", "Who may apply", "Kinds of organisation, and where they work"),
    TextField("how", "How to apply", "Where the form is, what to send with it, and where to"),
    TextField(
        "hear_by", "By which day applicants hear", "Such as 20 January 2027", is_long=False, is_day=True
    ),
    *CONTACT,
)

MINUTES_TEXTS = (
    TextField(
        "chaired",
        "Who else took the chair",
        "Where the chair took no part or was away, such as: Sam Example took the chair for ACF-010",
    ),
    TextField(
        "left_open",
        "Why items were left open",
        "Where the chair did not say it on Meeting, such as: ACF-028 waits for its accounts",
    ),
)

PUBLISHED_PURPOSE = TextField(
    "purpose", "Purpose", "What the award is for, as lists for the public say it", most=A_FEW
)
PURPOSES_READ = "Applicants' own words on purposes were read"
"""What is ticked to issue a list with purposes that nobody at the office wrote."""
PUBLICATION = "publication"
"""The paper of the texts on single awards, each of which has its application's reference for a subject."""

ANSWER_BY = TextField(
    "answer_by", "By which day they hear", "Such as 20 January 2027", is_long=False, is_day=True
)
SEND_BY = TextField(
    "send_by", "By which day they send it", "Such as 18 December 2026", is_long=False, is_day=True
)
UNMET = TextField(
    "unmet",
    "Which condition was not met",
    "As the call published it, a line for each; left empty, what failed at the checks",
)
NEXT_TEXTS: dict[str, tuple[TextField, ...]] = {
    "incomplete": (
        TextField(
            "wanted", "What is missing", "A line for each thing; left empty, what was found at the checks"
        ),
        SEND_BY,
        ANSWER_BY,
    ),
    "defer": (
        TextField("wanted", "What you ask them for", "A line for each thing; left empty, nothing is asked"),
        SEND_BY,
        ANSWER_BY,
    ),
    "refer": (
        TextField("referred_to", "To which fund or office", "Such as Safer Streets Fund", is_long=False),
        ANSWER_BY,
    ),
    "undecided": (ANSWER_BY,),
    "part-offer": (
        TextField(
            "why_less", "Why this amount", "If left empty, what the rule says where it made the amount"
        ),
    ),
    "ineligible": (UNMET,),
}
"""What the letter of an outcome says of what comes next, which the record cannot know, by the outcome."""
FEEDBACK = TextField(
    "feedback",
    "What the panel said that still holds",
    "A line for each remark; left empty, none, since the panel did not know then what was found since",
)
"""What the letter of a decision that was taken again on what was upheld may say of the panel's feedback."""
LETTERS = "letters"
"""The paper of the texts on single letters, each of which has its application's reference for a subject."""
OF_APPLICATIONS = (PUBLICATION, LETTERS)
"""The papers of which a text is of one application."""

TEXT_FIELDS: dict[str, tuple[TextField, ...]] = {
    "call": CALL_TEXTS,
    "notice": NOTICE_TEXTS,
    "decision-report": REPORT_TEXTS,
    "minutes": MINUTES_TEXTS,
}
"""The texts of each kind of paper that has any."""

FIELDS_OF = {
    **TEXT_FIELDS,
    PUBLICATION: (PUBLISHED_PURPOSE,),
    LETTERS: tuple(
        {field.code: field for fields in (*NEXT_TEXTS.values(), (FEEDBACK,)) for field in fields}.values()
    ),
}
"""The same, with what is written of single awards and letters."""


def texts_of_letter(kind: str, *, leaves_out: bool) -> tuple[TextField, ...]:
    return (*NEXT_TEXTS.get(kind, ()), *((FEEDBACK,) if leaves_out else ()))


_NAMED = {
    "offer": ("offer", "offers"),
    "part-offer": ("offer of a part", "offers of a part"),
    "direct-offer": ("award", "awards"),
    "reserve": ("in reserve", "in reserve"),
    "decline": ("declined", "declined"),
    "defer": ("put off", "put off"),
    "refer": ("referred", "referred"),
    "ineligible": ("not eligible", "not eligible"),
    "incomplete": ("incomplete", "incomplete"),
    "late": ("too late", "too late"),
    "undecided": ("not decided", "not decided"),
    "withdrawn": ("withdrawn", "withdrawn"),
    "received": ("received", "received"),
    "variation": ("change of a grant", "changes of a grant"),
    "recovery": ("that asks money back", "that ask money back"),
    "subsidy-notice": ("subsidy notice", "subsidy notices"),
    "acknowledgement": ("acknowledgement", "acknowledgements"),
    "answer": ("answer", "answers"),
    "closed": ("on a challenge withdrawn", "on challenges withdrawn"),
}
"""How letters of each kind are counted, in the order in which a count names them."""


def counted_by_kind(kinds: Iterable[str]) -> str:
    """Return how many letters there are of each kind: "3 offers, 5 declined, 1 too late"."""
    many = Counter(kinds)
    return ", ".join(counted(many[kind], *words) for kind, words in _NAMED.items() if many[kind])
