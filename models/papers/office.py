"""The office as it is on one day, and the facts of it: what each is called and how it is read."""

import re
from datetime import date
from enum import StrEnum

from msgspec import Struct, toml

import resources
from models.papers.kinds import KINDS
from models.papers.order import TextPairs, Texts
from models.reference.defaults import read_area_codes
from scoring.money import pounds
from scoring.written.amounts import read_money
from scoring.written.area_label import AreaLabel
from scoring.written.days import read_moment, short_day
from scoring.written.text import Refused, Unreadable, lazy_pattern, one_line, quoted, tidied

ADDRESS = lazy_pattern(r"(?!.*=\?)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
"""What an address is that something may be sent to: one, and nothing beside it, nor another one encoded."""
LONGEST_ADDRESS = 254
_ADDRESS = lazy_pattern(r"[\w.%+'-]+@[\w-]+(?:\.[\w-]+)+")


def holds_mail(text: str) -> bool:
    return _ADDRESS.search(text) is not None


def without_mail(text: str) -> str:
    return _ADDRESS.sub("(address left out)", text)


def addresses_in(text: str) -> Texts:
    """Return the addresses of a field that holds addresses alone; none where anything in it is not one."""
    parts = [part for part in re.split(r"[,;\s]+", text.strip()) if part]
    whole = all(ADDRESS.fullmatch(part) and len(part) <= LONGEST_ADDRESS for part in parts)
    return tuple(dict.fromkeys(parts)) if whole else ()


MOST_LINE, MOST_TEXT = 200, 4000


class FactKind(StrEnum):
    """How a fact is typed and checked."""

    LINE = "line"
    TEXT = "text"
    LABEL = "label"
    EMAIL = "e-mail"
    TELEPHONE = "telephone"
    WEBSITE = "website"
    POSTCODE_AREAS = "postcode areas"
    YES_NO = "yes or no"
    LOGO = "logo"
    AREA_CODES = "codes of areas"
    WORKING_DAYS = "working days"
    DAYS = "days"
    POUNDS = "pounds"


class OfficeKey(Struct, frozen=True):
    """A fact of the office: its key, its heading, its kind, the group that it stands in, and a hint."""

    key: str
    heading: str
    kind: FactKind
    group: str
    hint: str = ""


THE_OFFICE, PEOPLE, SIGNATORIES, WORDS = "The office", "People", "Who signs", "Standing words"
RULES = "Answers and publication"
GROUPS = (THE_OFFICE, PEOPLE, SIGNATORIES, WORDS, RULES)
SIGNATORY = "signatory_"
_FAULTS = ("faults_name", "faults_email", "faults_telephone")
SCORES_TOLD, YES, NO = "scores_told", "yes", "no"
"""Whether letters tell applicants place and points; without a word they do not."""


def signatory_key(paper: str) -> str:
    """Return the key of who signs a kind of paper: "signatory_decision_report"."""
    return SIGNATORY + paper.replace("-", "_")


_KNOWN = toml.decode(resources.text("forms/office.toml"), type=dict[str, tuple[OfficeKey, ...]])["fact"]
OFFICE_KEYS: tuple[OfficeKey, ...] = (
    *(known for known in _KNOWN if known.group in (THE_OFFICE, PEOPLE)),
    *(
        OfficeKey(signatory_key(kind.code), kind.words, FactKind.LINE, SIGNATORIES, "Name, post")
        for kind in KINDS.values()
    ),
    *(known for known in _KNOWN if known.group not in (THE_OFFICE, PEOPLE)),
)
"""Every fact, in the order in which they are shown."""

BY_KEY = {known.key: known for known in OFFICE_KEYS}

_ON_EVERY = ("name", "address", "telephone", "email", "contact_name")


def papers_that_need(key: str) -> Texts:
    """Return the papers that lack something while a fact is empty, by their words; none where it may be.

    A person is named under what they are, so that the name alone is needed and the post may be empty.
    """
    if key in _ON_EVERY:
        return ("Every paper",)
    person = key.removesuffix("_name")
    return tuple(one.words for one in KINDS.values() if key in one.standing or person in one.people)


_TELEPHONE = lazy_pattern(r"\+?[0-9 ()\-]+(?: ?(?:ext|extension|x)\.? ?[0-9]{1,6})?")
_AREA = lazy_pattern(r"[A-Z]{1,2}")
_FEWEST_DIGITS, _MOST_DIGITS = 10, 15
_MOST_WORKING_DAYS = 250
_FORMS = {
    FactKind.EMAIL: (ADDRESS, "an e-mail address. Write it like grants@office.example."),
    FactKind.WEBSITE: (
        lazy_pattern(
            r"(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::[0-9]+)?(?:/\S*)?", re.I
        ),
        "a website. Write it like www.office.example.",
    ),
    FactKind.LABEL: (
        lazy_pattern(r"[^\W\d_][\w '’&/-]{0,39}"),
        "a word for an area. Write a name of up to 40 letters, such as Local policing area.",
    ),
}
"""What a fact of a kind must be, and how a refusal says it."""


def known_key(key: str) -> OfficeKey:
    """Return the fact of a key; raises Refused, with every key, where there is none."""
    if key not in BY_KEY:
        raise Refused(f"{quoted(key)} is not a fact of the office. It has {', '.join(BY_KEY)}.")
    return BY_KEY[key]


def read_fact(key: str, typed: str) -> str:
    """Return what was typed for a fact as it is stored, "" for none; raises Refused with what is wrong."""
    known = known_key(key)
    if known.kind is FactKind.LOGO and typed.strip():
        raise Refused("A logo is a picture. Choose its file instead.")
    text = tidied(typed) if known.kind is FactKind.TEXT else one_line(typed)
    most = MOST_TEXT if known.kind in (FactKind.TEXT, FactKind.AREA_CODES) else MOST_LINE
    if len(text) > most:
        raise Refused(f"{known.heading} has {len(text):,} characters. Shorten it to {most:,}.")
    form, words = _FORMS.get(known.kind, (None, ""))
    if form is not None and text and not form.fullmatch(text):
        raise Refused(f"{quoted(text)} is not {words}")
    try:
        return _READERS[known.kind](text, known.heading) if text and known.kind in _READERS else text
    except Unreadable as no:
        raise Refused(f"{known.heading}: {no}") from no


def _telephone(text: str, heading: str) -> str:
    digits = sum(character.isdigit() for character in (_TELEPHONE.fullmatch(text.lower()) and text) or "")
    if not _FEWEST_DIGITS <= digits <= _MOST_DIGITS + 6:
        raise Refused(f"{quoted(text)} is not a telephone number. Write it like 01905 555 0100.")
    return text


def _postcode_areas(text: str, heading: str) -> str:
    areas = [part for part in re.split(r"[,;\s]+", text.upper()) if part]
    for area in areas:
        if not _AREA.fullmatch(area):
            raise Refused(
                f"{quoted(area)} is not a postcode area. It is the one or two letters that a postcode begins "
                "with, such as WR; put commas between several."
            )
    return ", ".join(dict.fromkeys(areas))


def _area_codes(text: str, heading: str) -> str:
    return ", ".join(f"{name} {code}" for name, code in read_area_codes(text).values())


def _yes_no(text: str, heading: str) -> str:
    if text.casefold() not in (YES, NO):
        raise Refused(f"{heading} must be yes or no, and {quoted(text)} is neither.")
    return text.casefold()


def _working_days(text: str, heading: str) -> str:
    if not (text.isdecimal() and 1 <= int(text) <= _MOST_WORKING_DAYS):
        raise Refused(f"{heading}: {quoted(text)} is not a whole number from 1 to {_MOST_WORKING_DAYS}.")
    return str(int(text))


def _days(text: str, heading: str) -> str:
    days = {read_moment(part).at.date() for part in re.split(r"[,;]", text) if part.strip()}
    return ", ".join(map(short_day, sorted(days)))


def _pounds(text: str, heading: str) -> str:
    pence = read_money(text)
    if pence is None or pence < 0:
        raise Refused(f"{heading}: {quoted(text)} is not an amount. Write it like £500.00.")
    return pounds(pence)


_READERS = {
    FactKind.TELEPHONE: _telephone,
    FactKind.POSTCODE_AREAS: _postcode_areas,
    FactKind.AREA_CODES: _area_codes,
    FactKind.YES_NO: _yes_no,
    FactKind.WORKING_DAYS: _working_days,
    FactKind.DAYS: _days,
    FactKind.POUNDS: _pounds,
}


FROM_THE_START = date.min
"""The day of a fact that was entered first, and so holds for every earlier paper too."""

NO_NAME = "The office has no name yet"
NAME_IT = f"{NO_NAME}. Enter it on the page Office, or with the command office."

USUAL = {
    "acknowledge_days": "5",
    "answer_days": "20",
    "spending_over": "£500.00",
    "contracts_over": "£10,000.00",
}
"""The rules of an office that entered none; the limits are those of the Specified Information Order 2011."""


def where_to_report(faults_to: str) -> str:
    """Return the sentence on where to report a fault in the program, from `Office.faults_to`."""
    if faults_to:
        return f"Report faults to {faults_to}."
    return (
        "Report faults to the person who looks after your office’s computers: no contact for faults "
        "is entered on Office."
    )


class OfficeFact(Struct, frozen=True):
    """One fact and the day from which it holds; a `value` of "" says that there is none from then on."""

    key: str
    value: str
    from_on: date


class Office(Struct, frozen=True):
    """What is known of an office on a day, by key; of its logo, the SHA-256 of the picture."""

    facts: TextPairs = ()

    def get(self, key: str) -> str:
        return dict(self.facts).get(key, "")

    @property
    def name(self) -> str:
        return self.get("name")

    @property
    def faults_to(self) -> str:
        """Return who takes reports of faults in the program, and how they are reached; "" for nobody."""
        return ", ".join(filter(None, map(self.get, _FAULTS)))

    @property
    def area_label(self) -> AreaLabel:
        """Return its word for an area; "Area" where it has none of its own."""
        return AreaLabel(self.get("area_label") or "Area", self.get("area_label_plural"))

    @property
    def area_codes(self) -> dict[str, str]:
        """Return the statistics office's code of each area that has one, by its name without case."""
        return {key: code for key, (_, code) in read_area_codes(self.get("area_codes")).items()}

    @property
    def postcode_areas(self) -> Texts:
        return tuple(part for part in self.get("postcode_areas").split(", ") if part)

    @property
    def closed_days(self) -> tuple[date, ...]:
        """Return its own days on which it is closed, beside bank holidays."""
        return tuple(read_moment(part).at.date() for part in self.get("closed_days").split(", ") if part)

    @property
    def challenge_days(self) -> tuple[int, int]:
        return self.working_days("acknowledge_days"), self.working_days("answer_days")

    @property
    def agreement_days(self) -> int | None:
        """Return in how many working days an agreement follows its offer, None where it does not say."""
        said = self.get("agreement_days")
        return int(said) if said else None

    def working_days(self, key: str) -> int:
        """Return a number of working days that it gave itself, else the usual one."""
        return int(self.get(key) or USUAL[key])

    def limit_pence(self, key: str) -> int:
        """Return an amount from which on it publishes something, in pence, else the usual one."""
        pence = read_money(self.get(key) or USUAL[key])
        assert pence is not None, "a limit that is kept is an amount"
        return pence

    def signatory(self, paper: str) -> str:
        """Return who signs a kind of paper, as "Name, post", "" where nobody is named."""
        return self.get(signatory_key(paper))
