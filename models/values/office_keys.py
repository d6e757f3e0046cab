"""Which facts an office has, what each is called, and how what was typed for one is read."""

import re
from enum import StrEnum
from typing import NamedTuple

from models.papers.kinds import KINDS
from models.papers.mail import ADDRESS
from models.reference.organisation_defaults import read_area_codes
from scoring.money import pounds
from scoring.refused import Refused
from scoring.written.amounts import read_money
from scoring.written.days import read_moment, short_day
from scoring.written.text import Unreadable, one_line, quoted, tidied

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


class OfficeKey(NamedTuple):
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
SCORES_TOLD, YES, NO = "scores_told", "yes", "no"
"""Whether letters tell applicants place and points; without a word they do not."""


def signatory_key(paper: str) -> str:
    """Return the key of who signs a kind of paper: "signatory_decision_report"."""
    return SIGNATORY + paper.replace("-", "_")


_LINE, _TEXT = FactKind.LINE, FactKind.TEXT

OFFICE_KEYS: tuple[OfficeKey, ...] = (
    OfficeKey("name", "Legal name", _LINE, THE_OFFICE, "As printed on papers"),
    OfficeKey("short_name", "Short name", _LINE, THE_OFFICE),
    OfficeKey("force", "Police force", _LINE, THE_OFFICE),
    OfficeKey(
        "postcode_areas",
        "Postcode areas of the force",
        FactKind.POSTCODE_AREAS,
        THE_OFFICE,
        "Such as HR, WR, SY",
    ),
    OfficeKey(
        "area_codes",
        "Place codes in open data",
        FactKind.AREA_CODES,
        THE_OFFICE,
        "Such as Walsall E08000030, Dudley E08000027",
    ),
    OfficeKey("area_label", "Word for an area", FactKind.LABEL, THE_OFFICE, "Such as Local policing area"),
    OfficeKey(
        "area_label_plural",
        "Word for several areas",
        FactKind.LABEL,
        THE_OFFICE,
        "Only where “s” does not make it",
    ),
    OfficeKey("address", "Address", _TEXT, THE_OFFICE, "As on an envelope, a line each"),
    OfficeKey("telephone", "Telephone", FactKind.TELEPHONE, THE_OFFICE),
    OfficeKey("email", "E-mail", FactKind.EMAIL, THE_OFFICE),
    OfficeKey("website", "Website", FactKind.WEBSITE, THE_OFFICE),
    OfficeKey("logo", "Logo", FactKind.LOGO, THE_OFFICE, "PNG or JPEG, up to 1 MB"),
    OfficeKey("commissioner_name", "Commissioner: name", _LINE, PEOPLE),
    OfficeKey("commissioner_post", "Commissioner: post", _LINE, PEOPLE),
    OfficeKey("chief_executive_name", "Chief executive: name", _LINE, PEOPLE),
    OfficeKey("chief_executive_post", "Chief executive: post", _LINE, PEOPLE),
    OfficeKey("finance_officer_name", "Chief finance officer: name", _LINE, PEOPLE),
    OfficeKey("finance_officer_post", "Chief finance officer: post", _LINE, PEOPLE),
    OfficeKey("contact_name", "Contact officer: name", _LINE, PEOPLE, "Who answers questions about grants"),
    OfficeKey("contact_post", "Contact officer: post", _LINE, PEOPLE),
    *(
        OfficeKey(signatory_key(kind.code), kind.words, _LINE, SIGNATORIES, "Name, post")
        for kind in KINDS.values()
    ),
    OfficeKey(
        SCORES_TOLD, "Place and points in letters", FactKind.YES_NO, WORDS, "yes where letters tell them"
    ),
    OfficeKey("legal_power", "Legal power", _TEXT, WORDS, "Under which awards are made"),
    OfficeKey("interests_statement", "Interests statement", _TEXT, WORDS),
    OfficeKey("public_access", "Public access to information", _TEXT, WORDS),
    OfficeKey("complaints", "Complaints", _TEXT, WORDS),
    OfficeKey("privacy", "Privacy", _TEXT, WORDS),
    OfficeKey("freedom_of_information", "Freedom of information", _TEXT, WORDS),
    OfficeKey(
        "acknowledge_days",
        "Working days to acknowledge a challenge",
        FactKind.WORKING_DAYS,
        RULES,
        "5 where nothing is entered",
    ),
    OfficeKey(
        "answer_days",
        "Working days to answer a challenge",
        FactKind.WORKING_DAYS,
        RULES,
        "20 where nothing is entered",
    ),
    OfficeKey(
        "agreement_days",
        "Working days to send an agreement",
        FactKind.WORKING_DAYS,
        RULES,
        "Said in letters of offer",
    ),
    OfficeKey(
        "closed_days",
        "Days closed beside bank holidays",
        FactKind.DAYS,
        RULES,
        "Such as 24 Dec 2026, 31 Dec 2026",
    ),
    OfficeKey(
        "spending_over",
        "Spending is listed above",
        FactKind.POUNDS,
        RULES,
        "£500.00 where nothing is entered",
    ),
    OfficeKey(
        "contracts_over",
        "Contracts are listed above",
        FactKind.POUNDS,
        RULES,
        "£10,000.00 where nothing is entered",
    ),
)
"""Every fact, in the order in which they are shown."""

BY_KEY = {known.key: known for known in OFFICE_KEYS}

_TELEPHONE = re.compile(r"\+?[0-9 ()\-]+(?: ?(?:ext|extension|x)\.? ?[0-9]{1,6})?")
_WEBSITE = re.compile(
    r"(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::[0-9]+)?(?:/\S*)?", re.I
)
_AREA = re.compile(r"[A-Z]{1,2}")
_LABEL = re.compile(r"[^\W\d_][\w '’&/-]*")
_FEWEST_DIGITS, _MOST_DIGITS = 10, 15
_MOST_LABEL = 40
_MOST_WORKING_DAYS = 250


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
    text = tidied(typed) if known.kind is _TEXT else one_line(typed)
    most = MOST_TEXT if known.kind in (_TEXT, FactKind.AREA_CODES) else MOST_LINE
    if len(text) > most:
        raise Refused(f"{known.heading} has {len(text):,} characters. Shorten it to {most:,}.")
    return _READERS[known.kind](text, known.heading) if text else ""


def _as_it_is(text: str, heading: str) -> str:
    return text


def _email(text: str, heading: str) -> str:
    if not ADDRESS.fullmatch(text):
        raise Refused(f"{quoted(text)} is not an e-mail address. Write it like grants@office.example.")
    return text


def _telephone(text: str, heading: str) -> str:
    digits = sum(character.isdigit() for character in (_TELEPHONE.fullmatch(text.lower()) and text) or "")
    if not _FEWEST_DIGITS <= digits <= _MOST_DIGITS + 6:
        raise Refused(f"{quoted(text)} is not a telephone number. Write it like 01905 555 0100.")
    return text


def _website(text: str, heading: str) -> str:
    if not _WEBSITE.fullmatch(text):
        raise Refused(f"{quoted(text)} is not a website. Write it like www.office.example.")
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


def _label(text: str, heading: str) -> str:
    if len(text) > _MOST_LABEL or not _LABEL.fullmatch(text):
        raise Refused(
            f"{quoted(text)} is not a word for an area. Write a name of up to {_MOST_LABEL} letters, "
            "such as Local policing area."
        )
    return text


def _working_days(text: str, heading: str) -> str:
    if not (text.isdecimal() and 1 <= int(text) <= _MOST_WORKING_DAYS):
        raise Refused(f"{heading}: {quoted(text)} is not a whole number from 1 to {_MOST_WORKING_DAYS}.")
    return str(int(text))


def _days(text: str, heading: str) -> str:
    try:
        days = {read_moment(part).at.date() for part in re.split(r"[,;]", text) if part.strip()}
    except Unreadable as no:
        raise Refused(f"{heading}: {no}") from no
    return ", ".join(map(short_day, sorted(days)))


def _pounds(text: str, heading: str) -> str:
    try:
        pence = read_money(text)
    except Unreadable as no:
        raise Refused(f"{heading}: {no}") from no
    if pence is None or pence < 0:
        raise Refused(f"{heading}: {quoted(text)} is not an amount. Write it like £500.00.")
    return pounds(pence)


_READERS = {
    FactKind.LINE: _as_it_is,
    FactKind.TEXT: _as_it_is,
    FactKind.LABEL: _label,
    FactKind.EMAIL: _email,
    FactKind.TELEPHONE: _telephone,
    FactKind.WEBSITE: _website,
    FactKind.POSTCODE_AREAS: _postcode_areas,
    FactKind.AREA_CODES: _area_codes,
    FactKind.YES_NO: _yes_no,
    FactKind.WORKING_DAYS: _working_days,
    FactKind.DAYS: _days,
    FactKind.POUNDS: _pounds,
}
