"""Read one cell as the field its column is mapped to."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache

from exchange.applications.headings import WORDS, words_of
from exchange.cells.values import (
    cell_text,
    is_nothing,
    read_charity,
    read_company,
    read_date,
    read_moment,
    read_money,
    read_phone,
    read_postcode,
    read_whole,
    read_yes_no,
    reads_as_day,
    refuse_error,
)
from exchange.reading.sheets import Cell, CellError, NoSavedValue
from models.reference.defaults import UsualArea
from models.values.applications import SLOTS
from models.values.rounds import FORCE_WIDE
from scoring.written.amounts import likely_amount
from scoring.written.days import Moment, likely_day
from scoring.written.identities import whole_number
from scoring.written.names import is_title
from scoring.written.text import Unreadable, figures_line, name_line, one_line, quoted, readable

Value = str | int | bool | date | Moment | None
Reader = Callable[[Cell], Value]

_LONGEST_NOTHING = 20
_MOST_DIGITS = 10**15
MAY_BE_NOUGHT = frozenset({"match_funding", SLOTS["match_funding"]})
_WHOLE_POUNDS = 10**9
_NOUGHT = frozenset({"nil", "nothing", "nought", "zero"})

_yes_no = lru_cache(maxsize=1024, typed=True)(read_yes_no)


def is_blank(cell: Cell) -> bool:
    """Say whether a cell is empty or says nothing, "N/A", "none", "-"."""
    if cell is None:
        return True
    if not isinstance(cell, str) or len(cell) >= _LONGEST_NOTHING:
        return False
    first = cell[:1]
    return (not first.isalnum() or first in "nN") and is_nothing(cell)


def is_bare_answer(cell: Cell) -> bool:
    """Say whether a cell is "Yes" or "No" and no more, as a tick beside a question is read: no name."""
    return isinstance(cell, str) and cell.strip(" .").casefold() in ("yes", "no")


def is_nil(field: str, cell: Cell) -> bool:
    """Say whether a cell says that an amount that may be £0 is: "Nil", which leaves other fields empty."""
    return field in MAY_BE_NOUGHT and isinstance(cell, str) and cell.strip(" .£").casefold() in _NOUGHT


def text_of(cell: Cell) -> str:
    """Return a cell's text as submitted; quick for the plain texts and numbers that most cells are."""
    if isinstance(cell, str):
        text = cell.strip()
        if text.isprintable() or text.replace("\n", "").isprintable():
            return text
    elif cell is None:
        return ""
    elif type(cell) is float and cell.is_integer() and -_MOST_DIGITS < cell < _MOST_DIGITS:
        return str(int(cell))
    return cell_text(cell)


def read_text(cell: Cell) -> str:
    """Read a text; raises `Unreadable` for an error or a formula without a saved value."""
    if type(cell) is CellError or type(cell) is NoSavedValue:
        refuse_error(cell)
    return text_of(cell)


def read_line(cell: Cell) -> str:
    """Read a name or a title: on one line with single spaces, however the cell breaks it."""
    return name_line(read_text(cell))


def read_address(cell: Cell) -> str:
    """Read an e-mail address, without marks that nobody sees."""
    return figures_line(read_text(cell))


_ADDRESS = re.compile(r"[^\s@,;:<>()/]+@[^\s@,;:<>()/]+\.\w+")


def address_in(text: str) -> str | None:
    """Return the one e-mail address among other words, "E: ada@lantern.example"; None for none or several."""
    found = _ADDRESS.findall(text)
    return str(found[0]) if len(found) == 1 else None


def read_address_of_form(cell: Cell) -> str:
    """Read an address that stands alone; raises `Unreadable` where other words stand beside it."""
    text = read_address(cell)
    if (one := address_in(text)) and one != text:
        raise Unreadable(f"{quoted(text)} has other words beside the address; write the address alone.")
    return text


_POSTCODE_AT_END = re.compile(r"[\s,;:]([A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2})[\s.]*$")


def postcode_of(address: str) -> str:
    """Return the postcode that an address ends with, as it is read alone; "" where it ends otherwise.

    >>> postcode_of("1 Fell Road, Fictonham fm99 1aa.")
    'FM99 1AA'
    """
    return readable(read_postcode, "".join(_POSTCODE_AT_END.findall(address))) or ""


LONGEST = {
    **dict.fromkeys(("organisation", "organisation_type", "contact_name", "email", "project", "area"), 300),
    **dict.fromkeys(("reference", "phone", "postcode", "charity_number", "company_number"), 100),
    "address": 1000,
}
"""Most letters of the fields that name something or somebody and stand on one line of papers."""
FITS_EVERYWHERE = min(LONGEST.values())
"""A text of no more letters is too long for none of them."""


def problem_with_length(field: str, text: str) -> str:
    """Return that a field is longer than any paper can print on its line, "" where it is not."""
    most = LONGEST.get(field)
    if most is None or len(text) <= most:
        return ""
    return f"{quoted(text)} has {len(text):,} letters; write at most {most:,}."


def read_pence(cell: Cell) -> int | None:
    """Read an amount of £0 or more, in pence."""
    if type(cell) is float and cell.is_integer() and 0 <= cell < _WHOLE_POUNDS:
        return int(cell) * 100
    return read_money(cell)


def read_sum(cell: Cell) -> int | None:
    return above_nought(read_pence(cell))


def above_nought(pence: int | None) -> int | None:
    """Return an amount that is not £0; that one raises `Unreadable`."""
    if pence == 0:
        raise Unreadable("The amount is £0; write an amount above £0, or leave the cell empty.")
    return pence


_PERSONS = "|".join(sorted(WORDS["counted"]))
_COUNTED = re.compile(
    r"(?:total:?\s+)?(\d[\d,]*)(?:(?:\s+(?:and|young|younger|older|elderly|local|disabled|vulnerable|different"
    rf"|individual|direct|{_PERSONS}))*\s+(?:{_PERSONS}))?(?:\s+in total)?\.?",
    re.IGNORECASE,
)
"""A number of people with the word for them: "24 young people"."""


def _count(cell: Cell) -> int | None:
    counted = _COUNTED.fullmatch(text_of(cell)) if isinstance(cell, str) else None
    number = read_whole(counted[1] if counted else cell)
    if number is not None and number < 0:
        raise Unreadable(f"{number} is below 0; write how many people will benefit.")
    return number


READERS: dict[str, Reader] = {
    "organisation_type": read_line,
    "charity_number": read_charity,
    "company_number": read_company,
    "contact_name": read_text,
    "email": read_address,
    "phone": read_phone,
    "address": read_text,
    "postcode": read_postcode,
    "project": read_line,
    "summary": read_text,
    "need": read_text,
    "outcomes": read_text,
    "minimum_amount": read_sum,
    "total_cost": read_sum,
    "match_funding": read_pence,
    "beneficiaries": _count,
    "start_on": read_date,
    "end_on": read_date,
    "received_at": read_moment,
    "previously_funded": _yes_no,
    "bank_account_held": _yes_no,
    "constitution_held": _yes_no,
    "safeguarding_policy": _yes_no,
}
"""How each optional field is read; reference, organisation, area and amount have rules of their own."""


DAYS = frozenset({"start_on", "end_on", "received_at"})
"""The fields that are days; in a table their column tells the order of day and month."""

YES_OR_NO = frozenset(field for field, reader in READERS.items() if reader is _yes_no)
"""The fields that are yes or no."""


def ticked(option: str) -> Reader:
    """Return the reader of a tick-box column, in which a tool repeats the option's own text for yes."""

    def read(cell: Cell) -> Value:
        return True if text_of(cell).casefold() == option else _yes_no(cell)

    return read


def is_readable(field: str, cell: Cell) -> bool:
    """Say whether a cell can be read as a field, of days also a month, which is to be checked."""
    try:
        if field in DAYS:
            return reads_as_day(cell) or likely_day(text_of(cell), date.min, is_end=True) is not None
        (read_money if field == "amount_requested" else READERS.get(field, read_text))(cell)
    except Unreadable:
        return field in SLOTS and field != "amount_requested" and bool(likely_amount(text_of(cell)))
    return True


_APOSTROPHES = re.compile("['’‘`´]")
_UNIT = re.compile(
    r"\b(?:npus?|lpas?|lpus?|neighbourhood policing (?:unit|area)|local policing (?:area|unit)|area)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?:(?:the|across|covering|in) )*(?:all|whole|entire|every|any)(?: of)?(?: the| these)?"
    r"(?: polic(?:e|ing))?(?: (?:areas?|npus?|lpas?|forces?|force area|county|counties|districts?"
    r"|boroughs?|region|above|them))?|(?:force|county|region|area)[ -]?wide"
)
_NOT_LETTERS = re.compile(r"[\W_]+")


class AreaNames:
    """Knows areas by every way of writing them; the round's own names go before the fund's usual ones.

    Where `are_all`, a text that is none of them makes no area: it stays among the answers.
    """

    def __init__(
        self, usual: Iterable[UsualArea], round_areas: Iterable[str] = (), *, are_all: bool = False
    ) -> None:
        own = tuple(round_areas)
        self.are_all = are_all
        self.order = tuple(dict.fromkeys((*own, *(area.name for area in usual))))
        self._of_round = frozenset(own)
        self._names: dict[str, str] = {}
        for area in usual:
            for form in (area.name, *area.short_forms):
                self._names.setdefault(area_key(form), area.name)
        self._names.update({area_key(name): name for name in own})

    @property
    def has_names(self) -> bool:
        return bool(self._names)

    def match(self, written: str) -> tuple[str, bool]:
        """Return the area's own name, or the text as written, and whether it is one of the areas known here.

        Where the round has areas of its own, another usual area of the fund is named so, but not known.
        """
        if not self._names:
            return written, True
        name = self._names.get(area_key(written)) or self._whole_force(written)
        if name is None:
            return written, False
        return name, not self._of_round or name in self._of_round

    def _whole_force(self, written: str) -> str | None:
        """Return the area that is the whole force for a text that says so in its own words, "All of them"."""
        name = self._names.get(area_key(FORCE_WIDE))
        return name if name is not None and _WHOLE.fullmatch(one_line(written).casefold()) else None


@lru_cache(maxsize=1024)
def area_key(text: str) -> str:
    """Return what the ways of writing an area share, without case, marks, "NPU", "LPA" and "area"."""
    plain = _UNIT.sub(" ", _APOSTROPHES.sub("", one_line(text)).casefold())
    return _NOT_LETTERS.sub("", plain) or _NOT_LETTERS.sub("", text.casefold())


_OF_A_CHARITY = re.compile(r"(?:SC0|NIC)", re.IGNORECASE)
_OF_A_COMPANY = re.compile(r"[A-Z]{1,2}\s?[0-9]{5,6}|[0-9]{8}|[2-9][0-9]{6}", re.IGNORECASE)
"""Letters and digits, eight digits, or the last seven of them where no charity's number has come so far."""


def asks_both_registers(heading: str) -> bool:
    """Whether a heading asks for a charity's or a company's number, whichever there is."""
    words = words_of(heading)
    return {"charity", "company", "number"} <= frozenset(words)


def charity_of_both(cell: Cell) -> str | None:
    """Read the number of a charity, None where it is a company's."""
    return None if _is_a_companys(cell) else read_charity(cell)


def company_of_both(cell: Cell) -> str | None:
    """Read the number of a company, None where it is a charity's."""
    return read_company(cell) if _is_a_companys(cell) else None


BOTH_REGISTERS: tuple[tuple[str, Reader], ...] = (
    ("charity_number", charity_of_both),
    ("company_number", company_of_both),
)
"""The fields of such a column, with how each reads it."""


def _is_a_companys(cell: Cell) -> bool:
    text = cell_text(cell).strip()
    number = re.search(r"[A-Za-z]{0,3}\s?[0-9][0-9 .-]*$", text)
    bare = re.sub(r"[ -]", "", whole_number(number.group())) if number else text
    return not _OF_A_CHARITY.match(bare) and bool(_OF_A_COMPANY.fullmatch(bare))


_KINDS_OF_ORGANISATION = WORDS["kinds of organisation"]
_IN_NAMES = WORDS["in names"]
_REFERENCE = re.compile(
    r"([A-Za-z]{2,10}|[A-Za-z](?=\D?\d{3})|20\d\d(?=[-/_.]))"
    r"(?:[-/_.]?\d{2,4}[-/_.])?[-/_.]?(?:[A-Za-z]{1,4}[-/_.])?\d{1,6}"
)
"""Letters or a year, then a number: "ACF26-001", "GR/0012", "2026-014"."""
_SPELL = re.compile(r"\d{1,3}(?::\d{2}){1,2}|\d+(?:\.\d+)?(?: ?(?:s|secs?|seconds|m|mins?|minutes|hours?))?")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LONGEST_NAME, _LONGEST_TITLE = 60, 250
_MOST_REPEATED, _FEW = 1.25, 3
_LONG_FOR_A_TITLE, _SHORT_TITLE = 100, 45
_FEWEST_DIGITS, _MOST_DIGITS_OF_PHONE = 9, 15
_TEXTS = frozenset({"organisation", "project", "summary", "need", "outcomes", "address"})


def is_likely(field: str, cell: Cell) -> bool:
    """Say whether a cell that is not blank can be read as a field and looks like it.

    >>> is_likely("email", "Yes")
    False
    """
    if not is_readable(field, cell):
        return False
    text = text_of(cell)
    if field == "contact_name":
        return _is_of_person(text)
    if field == "organisation_type":
        return names_kind_of_organisation(text)
    if field == "email":
        return bool(_EMAIL.search(text))
    if field == "phone":
        return _FEWEST_DIGITS <= sum(map(str.isdigit, text)) <= _MOST_DIGITS_OF_PHONE and "@" not in text
    if field in _TEXTS:
        return _is_wording(field, text)
    return field in YES_OR_NO or not isinstance(cell, bool)


def are_repeated(values: Sequence[Cell]) -> bool:
    """Say whether many of the values are the same, as references are not."""
    return _MOST_REPEATED * len({text_of(value) for value in values}) < len(values)


def are_titles(values: Sequence[Cell]) -> bool:
    """Say whether most values say no more than a title does, and not all the same, as that of a form."""
    are_short = 2 * sum(len(text_of(value)) > _LONG_FOR_A_TITLE for value in values) <= len(values)
    return are_short and not are_all_one(values)


def are_all_one(values: Sequence[Cell]) -> bool:
    return len(values) > _FEW and len({text_of(value) for value in values}) == 1


def are_short_titles(values: Sequence[Cell]) -> bool:
    """Say whether no value says more than a title of a few words, and hardly one is said twice."""
    texts = [text_of(value) for value in values]
    is_short = all(len(text) <= _LONG_FOR_A_TITLE for text in texts) and 2 * sum(
        len(text) <= _SHORT_TITLE for text in texts
    ) > len(texts)
    return len(texts) > _FEW and is_short and not are_repeated(values)


def are_references(values: Sequence[Cell]) -> bool:
    """Say whether each value is another number after the same letters or the same year: "ACF26-001"."""
    found = [_REFERENCE.fullmatch(text_of(value)) for value in values]
    if len(values) < _FEW or None in found or are_repeated(values):
        return False
    beginnings = {match[1].casefold() for match in found if match is not None}
    return len(beginnings) == 1 and len({text_of(value) for value in values}) == len(values)


def is_one_for_all(values: Sequence[Cell]) -> bool:
    """Say whether several rows share what stands in a column, as those of a fund its number."""
    return len(values) > _FEW and 2 * len({text_of(value) for value in values}) <= len(values)


def are_spells(values: Sequence[Cell]) -> bool:
    """Say whether most values say how long something took, "00:12:05" or 725, and not when it was."""
    return 2 * sum(bool(_SPELL.fullmatch(text_of(value))) for value in values) > len(values)


def names_kind_of_organisation(text: str) -> bool:
    """Say whether a text has a word of what organisations are: "Registered charity", "Fell Road Club"."""
    return not _KINDS_OF_ORGANISATION.isdisjoint(words_of(text))


def names_organisation(text: str) -> bool:
    """Say whether a text has a word that organisations are called by: "Fell Neighbourhood Watch"."""
    return len(text) <= _LONGEST_TITLE and not (_KINDS_OF_ORGANISATION | _IN_NAMES).isdisjoint(words_of(text))


def _is_of_person(text: str) -> bool:
    return (
        len(text) <= _LONGEST_NAME
        and not any(map(str.isdigit, text))
        and "@" not in text
        and readable(read_yes_no, text) is None
    )


def _is_wording(field: str, text: str) -> bool:
    """Say whether a text has words of its own: no figure, e-mail address, yes, no or title of a person."""
    if field == "project" and (len(text) > _LONGEST_TITLE or is_title(text)):
        return False
    return (
        bool(_LETTERS.search(text))
        and not _EMAIL.fullmatch(text)
        and readable(read_yes_no, text) is None
        and readable(read_money, text) is None
    )
