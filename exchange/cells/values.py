"""Read one cell as what it should be: text, a date, a register number, money, a number, yes or no.

Every reader gives `None` for an empty cell alone and raises `Unreadable` for what it cannot read; whether
"N/A" counts as empty is for the caller to ask, with `is_nothing(cell_text(cell))`.

    read_money("4.5k")        # 450000
    read_money("about 5000")  # Unreadable: “about 5000” is not an exact amount; write it like …
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeVar

from msgspec import Struct

from exchange.reading.sheets import Cell, CellError, NoSavedValue
from scoring.written import amounts, days, text, zones
from scoring.written.amounts import Unit, says_pounds
from scoring.written.days import MONTH_NAMES, Moment, Order, full_day
from scoring.written.identities import bare_number, charity_number, company_number
from scoring.written.text import Unreadable, figures_line, tidied

T = TypeVar("T")
V = TypeVar("V")
_NOTHING = re.compile(
    r"n\.?/?\\?a\.?|none|nil|null|not applicable|amherthnasol|dim|[-–—―‐‑._/~]+",
    re.IGNORECASE,
)


def cell_text(cell: Cell) -> str:
    """Give a cell's text as submitted, without spaces around it.

    Line breaks and characters are kept, line ends made alike, control characters dropped. A whole number has
    no ".0", dates are ISO, booleans TRUE and FALSE, an error is its own text, an unsaved formula "".
    """
    if isinstance(cell, str):
        return tidied(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return f"{exact(cell):f}"
    if isinstance(cell, date):
        return cell.isoformat()
    return cell.text if isinstance(cell, CellError) else ""


def is_nothing(words: str) -> bool:
    """Say whether a text stands for an empty cell: "", "N/A", "none", "-" and the like."""
    line = figures_line(words)
    return not line or bool(_NOTHING.fullmatch(line))


def exact(number: int | float) -> Decimal:
    """Give the number a spreadsheet means: its first fifteen significant digits, without trailing noughts."""
    value = Decimal(format(number, ".15g")) if isinstance(number, float) else Decimal(number)
    return value.to_integral_value() if value == value.to_integral_value() else value


UNSAVED = "The cell holds a formula without a saved value; open the workbook in Excel, save it and try again."


def refuse_error(cell: Cell) -> None:
    """Raise `Unreadable` for a cell in error and for a formula that was never calculated."""
    if isinstance(cell, CellError):
        raise Unreadable(f"The cell holds the error {cell.text}; correct its formula or type the value.")
    if isinstance(cell, NoSavedValue):
        raise Unreadable(UNSAVED)


def quoted(cell: Cell) -> str:
    return text.quoted(cell_text(cell))


_MONTHS = 12


_NAMES_ELSEWHERE = re.compile(
    r"\b(?!Europe/London)(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific|US)/[A-Z]\w+"
    r"|\b(?:Eastern|Central|Mountain|Pacific|Alaska|Hawaii|India)(?: Standard| Daylight)? Time\b|\([ECMP]T\)"
)
"""What a heading says of a zone whose summer time is not known here."""
_TURNED = "times are turned into local time"
_ELSEWHERE = "times are read as local ones, though the heading names a zone elsewhere: check them"


class DateColumn(Struct, frozen=True):
    """How the dates of one column are read: all of its cells tell the order, its heading perhaps a zone.

    `is_bent` is a column with the month first, of which a program that reads days first took what it could
    for dates: those have day and month swapped. `is_open` is one in which nothing shows the order. The zone
    of one that `is_elsewhere` is named and cannot be told.
    """

    order: Order = Order.DAY_FIRST
    zone: int | None = None
    is_bent: bool = False
    is_open: bool = False
    is_elsewhere: bool = False

    def read_date(self, cell: Cell) -> date | None:
        """Read a date, leaving out any time."""
        moment = self.read_moment(cell)
        return moment.at.date() if moment else None

    def read_moment(self, cell: Cell) -> Moment | None:
        """Read a date with its time when it has one; a time of another zone is turned into local time."""
        refuse_error(cell)
        if cell is None or (isinstance(cell, str) and not figures_line(cell)):
            return None
        if isinstance(cell, str):
            return days.read_moment(cell, self.order, self.zone)
        if not isinstance(cell, date) or not days.is_in_reach(cell):
            raise days.no_date(cell_text(cell))
        if self.is_bent and cell.day != cell.month:
            raise _swapped(cell)
        if isinstance(cell, datetime):
            return Moment(local_moment(cell, self.zone), True)
        return Moment(datetime.combine(cell, time()), False)

    @property
    def words(self) -> str:
        """Return what is to be said of how the column is read, "" where it is read as any other."""
        if self.order is Order.MIXED:
            return "some dates have the day first, and others the month"
        order = "dates are read with the month first" if self.order is Order.MONTH_FIRST else ""
        zone = _ELSEWHERE if self.is_elsewhere else "" if self.zone is None else _TURNED
        return ", ".join(filter(None, (order, zone)))


def date_column(cells: Iterable[Cell], heading: str = "") -> DateColumn:
    """Return how the dates of a column are read: month first where a cell shows it and none is day first.

    Of 4/3/2026 and 4/13/2026 the first is 3 April. Without such a cell the heading tells, "(MM/DD/YYYY)", and
    without that the day comes first.
    """
    filled = [cell for cell in cells if cell is not None]
    texts = [cell for cell in filled if isinstance(cell, str)]
    shown, said = days.order_of(texts), days.order_in(heading)
    order = Order.MIXED if said is Order.MONTH_FIRST and shown is Order.DAY_FIRST else shown or said
    is_bent = order is Order.MONTH_FIRST and _is_bent(filled, texts)
    is_open = order is None and any(map(days.is_open, texts))
    zone, is_elsewhere = zones.zone_in(heading), bool(_NAMES_ELSEWHERE.search(heading))
    return DateColumn(order or Order.DAY_FIRST, zone, is_bent, is_open, is_elsewhere)


def is_financial_year(text: str) -> bool:
    """Whether a text is a year like "2026/27", of which the second follows the first."""
    found = re.fullmatch(r"(20[0-9]{2})/([0-9]{2})", text)
    return found is not None and (int(found[1]) + 1) % 100 == int(found[2])


_BY_ITSELF = DateColumn()


read_date = _BY_ITSELF.read_date
"""Read a date, leaving out any time: 03/04/2026 is 3 April, so is "3rd Apr 26"; 2026-04-03 is ISO."""
read_moment = _BY_ITSELF.read_moment
"""Read a date with its time when it has one; a time of another zone is turned into local time."""


def reads_as_day(cell: Cell) -> bool:
    """Say whether a cell is a date in any order of day and month, which its column tells."""
    if isinstance(cell, str):
        return days.reads_as_day(cell)
    return isinstance(cell, date) and days.is_in_reach(cell)


def local_moment(at: datetime, zone: int | None = None) -> datetime:
    """Return a time in local time, without a zone; `zone` is that of one that has none itself."""
    away = at.utcoffset()
    minutes = zone if away is None else round(away.total_seconds() / 60)
    return zones.local_time(at.replace(tzinfo=None), minutes)


def _is_bent(filled: Sequence[Cell], texts: Sequence[str]) -> bool:
    """Whether every date is one that either order allows, and every text one that it does not."""
    dates = [cell for cell in filled if isinstance(cell, date)]
    return all(cell.day <= _MONTHS for cell in dates) and not any(map(days.is_open, texts))


def _swapped(cell: date) -> Unreadable:
    one, other = days.full_day(cell), days.full_day(date(cell.year, cell.day, cell.month))
    return Unreadable(
        f"This date is {one} or {other}: other cells of this column have the month first, and the "
        "spreadsheet may have swapped the two here; write the month in letters."
    )


_POSTCODE = re.compile(
    r"GIR 0AA|(?:[A-PR-UWYZ][0-9][0-9]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9]?|[A-PR-UWYZ][0-9][A-HJKPSTUW]|"
    r"[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]) [0-9][ABD-HJLNP-UW-Z]{2}"
)
_NO_LETTERS, _NO_POSTCODE = re.compile(r"[^A-Z0-9]"), re.compile(r"[^A-Z0-9 .-]")
_UNREGISTERED = re.compile(
    r"(?!.*\b(?:YET|PENDING|APPL\w+|AWAIT\w*|BUT|UNTIL|PROCESS|SOON|WITH|SURE|IDEA|KNOW\w*|HAND)\b)"
    r"(?:NO|NOT(?= AN?\b| REGISTERED\b)|NONE|UNREGISTERED|(?:WE|IT|I)(?: ARE| IS|['’](?:RE|S))? (?:NOT?"
    r"|DO(?:ES)?N['’]?T|HAVEN['’]?T|DO(?:ES)? NOT|HAVE NO(?:NE|T)?|HAS NO(?:NE|T)?))\b\D{0,40}"
)
"""What those write who have no number."""


def read_postcode(cell: Cell) -> str | None:
    """Read a postcode: capitals with one space. A bad one is raised as `Unreadable`, kept in capitals."""
    text = _capitals(cell)
    if not text or _POSTCODE.fullmatch(text):
        return text or None
    letters = _NO_LETTERS.sub("", text)
    postcode = f"{letters[:-3]} {letters[-3:]}"
    if _POSTCODE.fullmatch(postcode) and not _NO_POSTCODE.search(text):
        return postcode
    raise Unreadable(
        f"{quoted(cell)} is not a United Kingdom postcode; check it with the applicant.", kept=text
    )


def read_charity(cell: Cell) -> str | None:
    """Read a charity number of England and Wales, Scotland or Northern Ireland."""
    return _registered(cell, charity_number, "a charity number")


def read_company(cell: Cell) -> str | None:
    """Read a company number: eight characters; six or seven figures have lost their zeros."""
    return _registered(cell, company_number, "a company number")


def _registered(cell: Cell, read: Callable[[str], str], name: str) -> str | None:
    text = _capitals(cell)
    if not text or _UNREGISTERED.fullmatch(text):
        return None
    if number := read(text):
        return number
    kept = bare_number(text)
    kept = kept if kept.isdecimal() else text
    raise Unreadable(f"{quoted(cell)} is not {name}; check it with the applicant.", kept=kept)


def _capitals(cell: Cell) -> str:
    refuse_error(cell)
    return figures_line(cell_text(cell)).upper()


_MONTH_SHORT = f"(?:{'|'.join(name[:3] for name in MONTH_NAMES)})"
_DATE = re.compile(
    rf"\d{{1,2}}[-/ ]{_MONTH_SHORT}(?:[-/ ]\d{{2,4}})?|{_MONTH_SHORT}[-/ ]\d{{2,4}}"
    r"|(?:\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
)
"""A date as programs write it: "01-Mar", "Mar-26", "01/03/2026", "2026-03-01 00:00:00"."""
_LONGEST_DATE = 20
_WHOLE_REFERENCE, _BROKEN = re.compile(r"(\d+)\.0+"), re.compile(r"\d+\.\d*[1-9]\d*")
_SHORTENED = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_WITHOUT_NOUGHT = re.compile(r"1\d{8,9}|[2378]\d{9}")
"""A telephone number of this country without the 0 in front."""


class ReferenceColumn(Struct, frozen=True):
    """How references are read: where some have figures behind a point, "1.0" is one of them."""

    has_points: bool

    def read(self, cell: Cell) -> str:
        """Read a reference as it was written before a spreadsheet took it for a number."""
        text = _unbent(cell, "reference")
        found = None if self.has_points else _WHOLE_REFERENCE.fullmatch(text)
        return found[1] if found else text


def reference_column(cells: Iterable[Cell]) -> ReferenceColumn:
    return ReferenceColumn(any(isinstance(cell, str) and _BROKEN.fullmatch(cell.strip()) for cell in cells))


def is_bent(cell: Cell) -> bool:
    """Whether a cell is a date as programs write it, or a mere true or false, and no text of a person."""
    if isinstance(cell, str):
        return len(cell) <= _LONGEST_DATE and _DATE.fullmatch(cell.strip()) is not None
    return isinstance(cell, bool | date)


def read_phone(cell: Cell) -> str:
    """Read a telephone number; the 0 that a spreadsheet took off its front is put back."""
    text = _unbent(cell, "telephone number")
    found = _WHOLE_REFERENCE.fullmatch(text)
    text = found[1] if found else text
    return f"0{text}" if _WITHOUT_NOUGHT.fullmatch(text) else text


def _unbent(cell: Cell, what: str) -> str:
    refuse_error(cell)
    text = figures_line(cell_text(cell))
    if isinstance(cell, date) or _DATE.fullmatch(text):
        day = full_day(cell) if isinstance(cell, date) else quoted(text)
        raise Unreadable(
            f"A spreadsheet made the date {day} of this {what}; type it as it was first written."
        )
    if _SHORTENED.fullmatch(text):
        raise Unreadable(f"A spreadsheet shortened this {what} to {quoted(text)}; type all of its figures.")
    return text


_FLAGS = re.IGNORECASE | re.ASCII
_WHOLE = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.0+)?", _FLAGS)
_DECIMAL = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})?(?:\.\d{1,15})?", _FLAGS)
_BEGINS = re.compile(
    r"(yes|y|no|n|oes|do)(?:[,;:]\s|\.\s(?!\d)|\s[-–—]\s|\s?\(|(?<=yes)\s(?=\d)|\s(?=(?:we|it|they|i)\b))(.+)",
    re.DOTALL,
)
_NEGATED = re.compile(r"\bnot\b(?! yet)|n['’]t\b|^no\b(?! (?:longer|doubt|problem|idea|,))")
"""What only says a no again: "no, we have not"."""
_ENDS_LINE = re.compile(r"^\s*(\w+)\s*\n\s*(?=\w)")
"""A word on a line of its own, on which what goes on below only remarks."""
_TURNS = re.compile(
    r"\b(?:yes|no|not|but|pending|unless|except|until|expired|applied|will|in progress|sort of)\b|n.t\b"
)
"""What makes an answer after a yes or no another, or none: an officer reads it."""
_SAYS_YES = frozenset(
    {
        *("yes", "y", "oes", "ydy", "ydym", "ydw", "do", "ie", "true", "1", "ticked", "checked", "✓"),
        *("✔", "☑", "✅"),
    }
)
_SAYS_NO = frozenset(
    {
        *("no", "n", "never", "nac oes", "nac ydy", "nac ydym", "nac ydw", "nage", "naddo", "false", "0"),
        *("unticked", "not ticked", "unchecked", "✗", "✘", "☐", "❌"),
    }
)
_MOST_WHOLE = 10**15
_LONGEST_REMARKED = 200


_PLACES = (
    r"(?: (?:above|below|overleaf|attached|enclosed|separate(?:ly)?|breakdown|budget|quotes?|quotation|list"
    r"|sheet|table|spreadsheet|costs?|costings?|details?|form|letter|e-?mail|next|the|our|my|full|in|on|at"
    r"|for|and|(?:annex|appendix|box|page|part|q|question|section) ?(?:\d{1,2}[a-z]?|[a-z])?)\b){1,6}"
)
_HARMLESS = re.compile(
    rf"[\s,;.:–—-]*[(\[]?(?:(?:(?:please )?(?:see|refer to)|as(?: per)?|breakdown|budget|quotes?|costs?"
    rf"|costings?|details?|(?:as )?(?:shown|set out|listed|itemi[sz]ed|detailed)){_PLACES}"
    r"|exactly|please|pls|kindly|(?:many )?thanks|(?:with )?thank(?:s| you)|(?:in )?total|in full|altogether"
    r"|(?:spread )?over (?:the |a )?(?:\d{1,2}|[a-z]{2,8}) (?:weeks?|months?)"
    r"|the (?:maximum|max\.?|most|full)(?: (?:grant|amount|award|sum|cost|allowed|available|permitted"
    r"|(?:that )?(?:is |can be )?(?:allowed|given|offered)|(?:that )?you (?:give|allow|offer)))*"
    r")[)\].!]*",
    re.IGNORECASE,
)
"""What makes an amount no other one: where more of it stands, please, in total, the most that is given."""
_ASIDE = re.compile(
    r"\s*(?:[;(\[]|[,.:]\s|\s[–—-]\s?|\n)(?!\W*(?:and|or|plus|to|of|up|down|if|with)\b)(?:(?!\b(?:two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|million|most|rest|some|part\w*"
    r"|balance|remainder|each|every|per|p/?[ahmw]|pcm|daily|weekly|monthly|quarterly|termly|yearly|annual\w*|plus|minus"
    r"|less|more|over|under|about|approx\w*|around|roughly|nearly|say|maybe|perhaps|possibly|unsure|sure|known|est\w*"
    r"|tbc|tbd|confirmed|provisional|least|max\w*|min\w*|between|ex|excl\w*|vat|tax|kind|worth|value|instead|wrong"
    r"|euros?|dollars?|pence|pounds?|k|grand)\b)[^\d£$€%+?])+",
    re.IGNORECASE,
)
"""What is set apart from an amount and has no figure, no word that may change it: "- for the hall"."""
_OPENING = re.compile(
    r"[\"'“‘\[]?(?:(?:we|i|[ai]m|are|is|would|like|wish|want|need|please|to|for|of|a|an|the|this|our|be|apply|applying"
    r"|ask|asking|request(?:ing|ed)?|seek|seeking|total|full|exact|exactly|sum|amount|grant|application|bid|funding)"
    r"(?=\W)[\s:=,.–—-]*)*=?",
    re.IGNORECASE,
)
"""What leads up to an amount and leaves it as it is: "We would like to apply for", "Total:"."""
_LEADERS = re.compile(r"[_…]+|\.{2,}")
"""Lines and dots to write on."""
_FIGURES = re.compile(r"[£\s]*\d(?:[\d,.]*\d)?(?:k\b| ?pounds\b)?", re.IGNORECASE | re.ASCII)
_MARKS = " ;:.!*\"'”’]"
"""What may stand behind an amount and says nothing."""


def without_remarks(written: str) -> str:
    """Return an amount without what surely leaves it as it is; with anything else all of it as it stands.

    >>> without_remarks("Total: £3,000 (the hall only)"), without_remarks("£3,000 (most of it in kind)")
    ('£3,000', '£3,000 (most of it in kind)')
    """
    if len(written) > _LONGEST_REMARKED or amounts.is_bare(written):
        return written
    line = _LEADERS.sub(" ", written)
    opening = _OPENING.match(line)
    found = _FIGURES.match(line, opening.end() if opening else 0)
    if found is None:
        return written
    at = found.end()
    while at < len(line) and (remark := _HARMLESS.match(line, at)):
        at = remark.end()
    if _ASIDE.fullmatch(line, at):
        return found[0]
    rest = line[at:].strip(_MARKS if at == found.end() else f"{_MARKS},–—-")
    if rest[:1].isalpha() and amounts.pounds_in_words(rest):
        return f"{found[0]} ({rest})"
    return written if rest else found[0]


def read_money(cell: Cell, *, is_plain: bool = False) -> int | None:
    """Read an amount as people write it, in pence, as `amounts.read_money` does.

    What is said besides and is surely harmless is passed over: "£4,800 (see below)", "£5,500 please".
    """
    refuse_error(cell)
    if cell is None:
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return amounts.read_money(exact(cell))
    if not isinstance(cell, str):
        raise amounts.not_exact(cell_text(cell))
    return amounts.read_money(cell if is_plain else without_remarks(cell), is_plain=is_plain)


def read_whole(cell: Cell) -> int | None:
    """Read a whole number: 4, 4.0, "4", "1,200". It may be below nought."""
    if type(cell) is float and cell.is_integer() and abs(cell) <= _MOST_WHOLE:
        return int(cell)
    number = _number(cell, "a whole number; write it in figures, like 12")
    if number is None:
        return None
    written = _WHOLE.fullmatch(_stripped(cell)) if isinstance(cell, str) else True
    if not written or number != int(number) or abs(number) > _MOST_WHOLE:
        raise Unreadable(f"{quoted(cell)} is not a whole number; write it in figures, like 12.")
    return int(number)


def read_decimal(cell: Cell) -> Decimal | None:
    """Read a number of at most two decimals."""
    number = _number(cell, "a number; write it in figures, like 12.5")
    if number is not None and number != round(number, 2):
        raise Unreadable(f"{quoted(cell)} has more than two decimals; round it.")
    return number


def read_yes_no(cell: Cell) -> bool | None:
    """Read yes or no in the spellings of forms: yes, Y, TRUE, 1, ✓; no, N, FALSE, 0; "Yes, in 2024" is yes.

    What follows must not turn the answer round: "No, but we are writing one" is neither.
    """
    refuse_error(cell)
    text = _answer(cell)
    if not text:
        return None
    said = _said(text)
    if not said and (begins := _BEGINS.fullmatch(text)):
        says = _says(begins[1])
        said = set() if _TURNS.search(begins[2] if says else _NEGATED.sub("", begins[2])) else {says}
    if len(said) == 1:
        return said.pop()
    raise Unreadable(f"{quoted(cell)} is neither yes nor no; write yes or no.")


def is_plain_yes(text: str) -> bool:
    """Whether a text is yes in one of these spellings and nothing else: "Yes, in draft" is not."""
    return _said(_answer(text)) == {True}


def _answer(cell: Cell) -> str:
    return figures_line(_ENDS_LINE.sub(r"\1, ", cell_text(cell))).rstrip(".!").casefold()


def _said(text: str) -> set[bool | None]:
    """Return what a text says as a whole, in one language or in each of two."""
    languages = [part.strip() for part in text.split("/") if len(part.strip()) > 1] or [text]
    return {_says(part) for part in (text, *languages)} - {None}


def _says(text: str) -> bool | None:
    """Return yes or no of one spelling, None of any other; "Oes / Yes" has one in each language.

    A letter is none of a language: "N/A" says neither.
    """
    return True if text in _SAYS_YES else False if text in _SAYS_NO else None


def _number(cell: Cell, wanted: str) -> Decimal | None:
    refuse_error(cell)
    if cell is None or (isinstance(cell, str) and not _stripped(cell)):
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return exact(cell)
    text = _stripped(cell)
    if isinstance(cell, str) and _DECIMAL.fullmatch(text) and text.strip("+-."):
        return Decimal(text.replace(",", ""))
    raise Unreadable(f"{quoted(cell)} is not {wanted}.")


def _stripped(cell: Cell) -> str:
    return figures_line(cell) if isinstance(cell, str) else ""


class MoneyColumn(Struct, frozen=True):
    """A column of amounts and the unit that it gives them, None for pounds."""

    unit: Unit | None

    def read(self, cell: Cell, currency: Unit | None = None) -> int | None:
        """Read an amount in pence; `currency` is what a column of currencies says of its row.

        Thousands and pence are turned into pounds; any other unit is raised as `Unreadable`, but where the
        cell itself names pounds under a heading, and so is "£45" in pence. "£4,500 in all" is always that.
        """
        unit = currency or self.unit
        if unit is None or isinstance(cell, bool) or not isinstance(cell, str | int | float):
            return read_money(cell)
        text = figures_line(cell).casefold() if isinstance(cell, str) else ""
        is_own = says_pounds(text)
        if text.endswith(amounts.IN_ALL) or (is_own and unit.is_foreign and currency is None):
            return read_money(cell)
        if unit.times is None or (is_own and unit.times < 1):
            raise Unreadable(
                f"{quoted(cell)} is {unit.words}, as is said beside it; "
                "write the whole amount in pounds, like £4,500 in all."
            )
        written = without_remarks(cell) if isinstance(cell, str) else exact(cell)
        return amounts.read_money(written, times=unit.times)
