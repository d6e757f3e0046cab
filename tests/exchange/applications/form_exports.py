"""Exports of applications as form tools and offices write them, made from a seed, each with its truth."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from msgspec import Struct

from exchange.reading.sheets import Cell, Merge

NAMES = (
    "Lantern Youth Club", "Harbour Choir", "Kite Makers CIC", "Mill Lane Bowls Club",
    "Total Football Futures",
    "St Example's Church", "Canal Scouts", "Open Door Pantry", "2nd Fictional Brownies",
    "Hilltop Residents' Assn",
    "The Balance Project", "Green Shoots & Co", "Sum of Parts Theatre", "Académie Fictive", "Boxing4All",
    "Key Stage Dance", "Note by Note Music", "Page Turners", "Women's Voices", "Old Park Friends",
)  # fmt: skip
AREAS = {
    "Birmingham East": ("Birmingham East", "Birmingham East NPU", "East Birmingham", "B'ham East"),
    "Coventry": ("Coventry", "Coventry NPU", "COVENTRY", "coventry "),
    "Dudley": ("Dudley", "Dudley NPU", "Dudley LPA"),
    "Walsall": ("Walsall", "Walsall NPU", "walsall"),
    "Wolverhampton": ("Wolverhampton", "W'ton", "Wolverhampton LPA", "Wolverhampton NPU"),
}
KINDS = ("Registered charity", "Community group", "CIC", "School", "Sports club", "Charity")
WORDS = [
    *("evening", "sessions", "for", "young", "people", "boxing", "dance", "tea", "streets", "park"),
    "crime",
]
YES, NO = ("Yes", "Y", "yes", "YES", "TRUE", "Yes "), ("No", "N", "no", "NO", "FALSE")
POSTCODES = ("WV1 1AA", "B4 6NQ", "CV1 1AA", "DY5 3DH", "WS1 1TP", "B36 0AB")


def money_of(rng: Random, pounds: int, *, is_typed: bool) -> Cell:
    """Write an amount as people do."""
    ways: list[Cell] = [
        float(pounds), pounds, f"£{pounds:,}", f"{pounds}", f"£{pounds:,}.00", f"{pounds:,}", f"£ {pounds:,}",
        f"{pounds:,} pounds", f"£{pounds}.00", f"GBP {pounds:,}", f" £{pounds:,} ", f"£{pounds:,}.00 ",
        f"{pounds}.00",
        f"{pounds:,} GBP", f"£{pounds:,}/-" if rng.random() < 0.1 else f"£{pounds}", f"£{pounds:,}.",
    ]  # fmt: skip
    if pounds % 100 == 0:
        ways += [f"{pounds / 1000:g}k", f"£{pounds / 1000:g}K"]
    return rng.choice(ways) if is_typed else rng.choice(ways[:7])


def day_of(rng: Random, day: date, *, is_typed: bool) -> Cell:
    """Write a day as people and tools do, day first."""
    suffix = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(day.day, "th")
    ways: list[Cell] = [
        day, day, f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"{day.day} {day:%B %Y}",
        f"{day.day}{suffix} {day:%B %Y}", f"{day:%d.%m.%Y}", f"{day:%d-%b-%Y}", f"{day:%d/%m/%y}",
        f"{day:%d %b %Y}",
        f"{day.day}{suffix} of {day:%B %Y}", f"{day:%A} {day.day} {day:%B %Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%d-%m-%Y}", f"{day:%a} {day.day} {day:%b %Y}", f"{day.day}/{day.month}/{day.year}",
        f"{day:%b} {day.day}, {day.year}",
    ]  # fmt: skip
    return rng.choice(ways) if is_typed else rng.choice(ways[:4])


def prose(rng: Random, least: int, most: int) -> str:
    """Return some words of an applicant."""
    text = " ".join(rng.choice(WORDS) for _ in range(rng.randint(least, most))).capitalize()
    return f"{text}.\n{text}" if rng.random() < 0.1 else text


Writer = Callable[[Random, bool], tuple[Cell, Any]]


def _text(least: int, most: int) -> Writer:
    def write(rng: Random, is_typed: bool) -> tuple[Cell, Any]:
        text = prose(rng, least, most)
        return text, text

    return write


def choice(*values: str) -> Writer:
    """Return what writes one of these texts."""

    def write(rng: Random, is_typed: bool) -> tuple[Cell, Any]:
        value = rng.choice(values)
        return value, value

    return write


def _money(low: int, high: int) -> Writer:
    def write(rng: Random, is_typed: bool) -> tuple[Cell, Any]:
        pounds = rng.randint(low, high) * 50
        return money_of(rng, pounds, is_typed=is_typed), f"{pounds}.00"

    return write


def _day(first: date) -> Writer:
    def write(rng: Random, is_typed: bool) -> tuple[Cell, Any]:
        day = first + timedelta(rng.randint(0, 200))
        return day_of(rng, day, is_typed=is_typed), day.isoformat()

    return write


def _yes_no(rng: Random, is_typed: bool) -> tuple[Cell, Any]:
    said = rng.random() < 0.7
    return rng.choice(YES if said else NO), said


def _postcode(rng: Random, is_typed: bool) -> tuple[Cell, Any]:
    code = rng.choice(POSTCODES)
    return rng.choice((code, code.lower(), code.replace(" ", ""), f"{code} ", code.replace(" ", "  "))), code


def _area(rng: Random, is_typed: bool) -> tuple[Cell, Any]:
    area = rng.choice([*AREAS])
    return rng.choice(AREAS[area]), area


def _charity(rng: Random, is_typed: bool) -> tuple[Cell, Any]:
    number = rng.choice(("1090095", "1173575", "279417", "SC042386"))
    if rng.random() < 0.3:
        return rng.choice(("N/A", "n/a", "None", "-", None)), None
    return rng.choice((number, float(number) if number.isdecimal() else number, f"{number} ")), number


def _company(rng: Random, is_typed: bool) -> tuple[Cell, Any]:
    if rng.random() < 0.4:
        return rng.choice(("N/A", "n/a", None, "-")), None
    number = rng.choice(("09506232", "07444723", "SC123465"))
    return (number, number) if not number.isdecimal() else (rng.choice((number, float(number))), number)


def _count(rng: Random, is_typed: bool) -> tuple[Cell, Any]:
    number = rng.randint(8, 1500)
    return rng.choice((float(number), str(number), f"{number:,}", number)), number


def _phone(rng: Random, is_typed: bool) -> tuple[Cell, Any]:
    text = rng.choice(("01902 960123", "07700 900123", "+44 7700 900456", "(0121) 496 0123", "07700900789"))
    return text, text


VALUES: dict[str, Writer] = {
    "organisation_type": choice(*KINDS),
    "charity_number": _charity,
    "company_number": _company,
    "contact_name": choice("Ada Example", "Bo Sample", "Cy Placeholder", "Dr D. Fiction"),
    "email": choice("ada@example.org", "bo.sample@example.com", "office@example.net"),
    "phone": _phone,
    "address": choice("1 Example Road, Sampleton", "The Hall\nHigh Street\nFictionbury", "2a Mill Lane"),
    "postcode": _postcode,
    "area": _area,
    "project": _text(2, 5),
    "summary": _text(8, 30),
    "need": _text(8, 30),
    "outcomes": _text(8, 30),
    "amount_requested": _money(10, 100),
    "minimum_amount": _money(5, 40),
    "total_cost": _money(101, 300),
    "match_funding": _money(0, 50),
    "beneficiaries": _count,
    "start_on": _day(date(2026, 4, 1)),
    "end_on": _day(date(2026, 11, 1)),
    "received_at": _day(date(2025, 12, 1)),
    "previously_funded": _yes_no,
    "bank_account_held": _yes_no,
    "constitution_held": _yes_no,
    "safeguarding_policy": _yes_no,
}
MUST = ("organisation", "amount_requested")
OFTEN = ("project", "area", "contact_name", "email", "summary")


def answer_of(rng: Random, heading: str) -> Cell:
    """Return what somebody writes under a heading that is no field's."""
    low = heading.casefold()
    if any(word in low for word in ("how many", "number", "score", "sessions")):
        return rng.choice((float(rng.randint(1, 40)), str(rng.randint(1, 40))))
    if any(word in low for word in ("amount", "income", "(£)", "cost per")):
        return rng.choice((float(rng.randint(5, 90) * 100), f"£{rng.randint(5, 90) * 100:,}"))
    if "date" in low or "paid on" in low or "set up" in low:
        return rng.choice((f"{rng.randint(10, 28)}/03/2026", date(2026, 3, rng.randint(1, 28))))
    if low.endswith("name") or "who else" in low or low in ("assessor", "signature") or "officer" in low:
        return rng.choice(("Eve Invented", "Finn Made-up", "Gil Nobody"))
    if "email" in low:
        return "other@example.org"
    if "phone" in low or "contact number" in low:
        return "0121 496 0999"
    if low.endswith("?") or low == "consent":
        return rng.choice(("Yes", "No", prose(rng, 3, 12)))
    return prose(rng, 1, 8)


Wordings = dict[str, tuple[str, ...]]


def _sections() -> dict[str, Wordings]:
    found: dict[str, Wordings] = {}
    section: Wordings = {}
    for line in Path(__file__).with_name("wordings.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            section = found[line[2:]] = {}
        else:
            name, _, rest = line.partition(": ")
            section[name] = tuple(part.strip() for part in rest.split(" | "))
    return found


_FOUND = _sections()
OFFICE = _FOUND["OFFICE"]
"""Headings of spreadsheets that people keep."""
QUESTIONS = _FOUND["QUESTIONS"]
"""Headings of form tools, which are the questions as asked."""
ANSWERS = _FOUND["OTHERS"]["no field"]
"""Columns that are no field: each stays an answer under its heading."""
WELSH = {field: words[0] for field, words in _FOUND["WELSH"].items()}
"""Some fields in another language, beside which English stands."""
Row = list[Cell]
Truth = dict[str, Any]


class Export(Struct, frozen=True):
    """A table as exported; `truth` has a row for each application, and `kept` the headings of answers."""

    tool: str
    rows: list[Row]
    truth: list[Truth]
    merges: tuple[Merge, ...] = ()
    delimiter: str = ""
    encoding: str = "utf-8-sig"


class Column(Struct):
    """A heading with the writer of its cells; `field` is None for an answer."""

    heading: str
    field: str | None
    write: Writer


class Maker:
    """Makes one export from a seed."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.tool = TOOLS[seed % len(TOOLS)]
        self.is_typed = self.tool in FORM_TOOLS
        self.columns: list[Column] = []

    def make(self) -> Export:
        """Return the export."""
        self._choose_columns()
        names = self.rng.sample(NAMES, self.rng.randint(4, 12))
        truth, body = [], []
        for number, name in enumerate(names, 1):
            cells, said = self._row(number, name)
            body.append(cells)
            truth.append(said)
        return LAYOUTS.get(self.tool, _plain)(self, body, truth)

    def _choose_columns(self) -> None:
        rng, words = self.rng, QUESTIONS if self.is_typed else OFFICE
        fields = [f for f in words if f in MUST or rng.random() < (0.95 if f in OFTEN else 0.6)]
        if not self.is_typed:
            rng.shuffle(fields) if rng.random() < 0.3 else None
        tidy = self._tidy()
        for field in fields:
            heading = rng.choice(words[field])
            if self.tool == "bilingual" and field in WELSH:
                other = WELSH[field]
                heading = rng.choice((f"{heading} / {other}", f"{other} / {heading}", f"{other}\n{heading}"))
            write = VALUES.get(field, choice(""))
            self.columns.append(Column(heading, field, write))
        for heading in rng.sample(ANSWERS, rng.randint(1, 6)):
            where = rng.randint(1, len(self.columns))
            self.columns.insert(where, Column(heading, None, _answers(heading)))
        for number, column in enumerate(self.columns, 1):
            column.heading = tidy(column.heading, number)

    def _tidy(self) -> Callable[[str, int], str]:
        """Return how this tool or office decorates its headings."""
        ways: tuple[Callable[[str, int], str], ...] = (
            lambda h, n: h,
            lambda h, n: h,
            lambda h, n: f"{n}. {h}",
            lambda h, n: f"Q{n}. {h}",
            lambda h, n: f"{h} *",
            lambda h, n: f"{h}\xa0",
            lambda h, n: f"{h}:",
            lambda h, n: f"{n}) {h}",
            lambda h, n: f"Q{n} - {h}",
            lambda h, n: h.replace("-", "‑").replace(" / ", " ∕ ") if n % 2 else h,
            lambda h, n: f"Question {n}: {h}",
            lambda h, n: f"{h} (required)" if n % 3 else h,
        )
        office: tuple[Callable[[str, int], str], ...] = (
            lambda h, n: h.upper(),
            lambda h, n: h.lower(),
            lambda h, n: h.title(),
            lambda h, n: h.replace(" ", "\n", 1),
            lambda h, n: h.replace(" ", "_").lower(),
            lambda h, n: f" {h} ",
        )
        return self.rng.choice(ways if self.is_typed else (*ways[:2], *office, *ways[4:7]))

    def _row(self, number: int, name: str) -> tuple[Row, Truth]:
        cells: Row = []
        said: Truth = {"organisation": name, "answers": {}}
        for column in self.columns:
            if column.field == "organisation":
                cells.append(name)
            elif column.field == "reference":
                said["reference"] = f"ACF-{number:03}"
                cells.append(said["reference"])
            else:
                cell, value = column.write(self.rng, self.is_typed)
                cells.append(cell)
                if column.field is None:
                    said["answers"][column.heading] = value
                else:
                    said[column.field] = value
        return cells, said


def _answers(heading: str) -> Writer:
    def write(rng: Random, is_typed: bool) -> tuple[Cell, Any]:
        answer = answer_of(rng, heading)
        return answer, answer

    return write


def _heads(maker: Maker) -> Row:
    return [column.heading for column in maker.columns]


def _plain(maker: Maker, body: list[Row], truth: list[Truth]) -> Export:
    return Export(maker.tool, [_heads(maker), *body], truth)


def _tooled(
    before: tuple[str, ...], after: tuple[str, ...], fill: Callable[[Random, int], dict[str, Cell]]
) -> Callable[[Maker, list[Row], list[Truth]], Export]:
    """Return the layout of a tool that puts columns of its own before and after the questions."""

    def lay(maker: Maker, body: list[Row], truth: list[Truth]) -> Export:
        rows: list[Row] = [[*before, *_heads(maker), *after]]
        for number, cells in enumerate(body, 1):
            own = fill(maker.rng, number)
            rows.append([*(own.get(h) for h in before), *cells, *(own.get(h) for h in after)])
            received = own.get("=received")
            if received is not None:
                truth[number - 1]["received_at"] = received
        return Export(maker.tool, rows, truth)

    return lay


def _moments(rng: Random) -> tuple[datetime, datetime]:
    end = datetime(2026, 3, rng.randint(1, 28), rng.randint(8, 20), rng.randint(0, 59), rng.randint(0, 59))
    return end - timedelta(minutes=rng.randint(5, 50)), end


def _microsoft(rng: Random, n: int) -> dict[str, Cell]:
    begun, ended = _moments(rng)
    return {
        "ID": float(n),
        "Start time": begun,
        "Completion time": ended,
        "Email": "anonymous",
        "=received": ended.isoformat(),
    }


def _google(rng: Random, n: int) -> dict[str, Cell]:
    _, ended = _moments(rng)
    return {"Timestamp": f"{ended:%d/%m/%Y %H:%M:%S}", "=received": ended.isoformat()}


def _typeform(rng: Random, n: int) -> dict[str, Cell]:
    begun, ended = _moments(rng)
    return {
        "#": f"a{n}b2c3",
        "Start Date (UTC)": f"{begun:%Y-%m-%d %H:%M:%S}",
        "Submit Date (UTC)": f"{ended:%Y-%m-%d %H:%M:%S}",
        "Network ID": "f00",
        "=received": ended.isoformat(),
    }


def _survey_monkey(maker: Maker, body: list[Row], truth: list[Truth]) -> Export:
    own = [
        "Respondent ID", "Collector ID", "Start Date", "End Date",
        "IP Address", "Email Address", "First Name",
    ]  # fmt: skip
    rows: list[Row] = [[*own, *_heads(maker)], [*(None for _ in own), *("Response" for _ in maker.columns)]]
    for number, cells in enumerate(body):
        begun, ended = _moments(maker.rng)
        spell = (f"{at:%d/%m/%Y %H:%M:%S}" for at in (begun, ended))
        rows.append([f"1148{number:07}", "4200", *spell, "192.0.2.5", None, None, *cells])
        truth[number]["received_at"] = ended.isoformat()
    return Export(maker.tool, rows, truth)


def _qualtrics(maker: Maker, body: list[Row], truth: list[Truth]) -> Export:
    own = [
        "StartDate", "EndDate", "Status", "IPAddress",
        "Finished", "RecordedDate", "ResponseId",
    ]  # fmt: skip
    asked = [
        "Start Date", "End Date", "Response Type", "IP Address",
        "Finished", "Recorded Date", "Response ID",
    ]  # fmt: skip
    numbers = range(1, len(maker.columns) + 1)
    marks = [*own, *(f"QID{n}_TEXT" for n in numbers)]
    rows: list[Row] = [
        [*own, *(f"Q{n}" for n in numbers)],
        [*asked, *_heads(maker)],
        [f'{{"ImportId":"{mark}"}}' for mark in marks],
    ]
    for number, cells in enumerate(body):
        begun, ended = (f"{at:%Y-%m-%d %H:%M:%S}" for at in _moments(maker.rng))
        rows.append([begun, ended, "0", "192.0.2.5", "1", ended, f"R_{number:09}", *cells])
        truth[number] |= {"received_at": ended.replace(" ", "T"), "answers": {}}
    return Export(maker.tool, rows, truth)


def _titled(maker: Maker, body: list[Row], truth: list[Truth]) -> Export:
    """Lay title rows above, totals and notes below."""
    heads = _heads(maker)
    above: list[Row] = [
        ["Active Citizens Fund – applications round 3"],
        [f"Printed {date(2026, 3, 9):%d/%m/%Y}", None, "OFFICIAL"],
        [],
    ]
    rows = [*above[: maker.rng.randint(1, 3)], heads]
    half = len(body) // 2
    amount = next(n for n, c in enumerate(maker.columns) if c.field == "amount_requested")
    name = next(n for n, c in enumerate(maker.columns) if c.field == "organisation")
    rows += body[:half]
    if maker.rng.random() < 0.5:
        rows += [[], heads]
    rows += body[half:]
    total: Row = [None] * len(heads)
    total[name], total[amount] = (
        maker.rng.choice(("Total", "TOTAL", "Total requested", "Grand total:")),
        99999.0,
    )
    rows += [total, [], ["Notes: amounts as on the form."], ["Prepared by the grants officer"]]
    return Export(maker.tool, rows, truth)


GROUPS = {
    "Organisation details": ("organisation", "organisation_type", "charity_number", "company_number"),
    "Contact details": ("contact_name", "email", "phone", "address", "postcode"),
    "Project details": (
        "project",
        "area",
        "summary",
        "need",
        "outcomes",
        "start_on",
        "end_on",
        "beneficiaries",
    ),
    "Funding": ("amount_requested", "minimum_amount", "total_cost", "match_funding"),
    "Eligibility": ("previously_funded", "bank_account_held", "constitution_held", "safeguarding_policy"),
    "Office use": ("reference", "received_at"),
}


def _grouped(maker: Maker, body: list[Row], truth: list[Truth]) -> Export:
    """Lay a row of merged group headings above the headings."""
    group_of = {field: group for group, fields in GROUPS.items() for field in fields}
    columns = maker.columns
    order = sorted(
        range(len(columns)),
        key=lambda n: [*GROUPS, "Other"].index(group_of.get(columns[n].field or "", "Other")),
    )
    rows: list[Row] = [[], []]
    merges: list[Merge] = []
    for n in order:
        group = group_of.get(columns[n].field or "", "Other")
        is_new = not rows[0] or group not in rows[0]
        rows[0].append(group if is_new else None)
        rows[1].append(columns[n].heading)
    starts = [n for n, cell in enumerate(rows[0]) if cell] + [len(order)]
    merges = [(1, left + 1, 1, right) for left, right in pairwise(starts) if right - left > 1]
    for said in truth:
        said["answers"] = {}
    return Export(maker.tool, rows + [[cells[n] for n in order] for cells in body], truth, tuple(merges))


def _spaced(maker: Maker, body: list[Row], truth: list[Truth]) -> Export:
    """Lay blank columns and blank rows among the others."""
    at = maker.rng.randint(1, len(maker.columns) - 1)
    wide = [[*row[:at], None, *row[at:]] for row in (_heads(maker), *body)]
    return Export(maker.tool, [[], [None, "Applications"], wide[0], *_with_blanks(wide[1:])], truth)


def _with_blanks(rows: list[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows):
        yield row
        if number % 3 == 1:
            yield []


def _separated(delimiter: str, encoding: str) -> Callable[[Maker, list[Row], list[Truth]], Export]:
    def lay(maker: Maker, body: list[Row], truth: list[Truth]) -> Export:
        return Export(maker.tool, [_heads(maker), *body], truth, (), delimiter, encoding)

    return lay


Layout = Callable[[Maker, list[Row], list[Truth]], Export]
FORM_TOOLS = ("microsoft", "google", "surveymonkey", "typeform", "qualtrics", "utf16")
LAYOUTS: dict[str, Layout] = {
    "microsoft": _tooled(("ID", "Start time", "Completion time", "Email", "Name"), (), _microsoft),
    "google": _tooled(("Timestamp",), (), _google),
    "surveymonkey": _survey_monkey,
    "typeform": _tooled(("#",), ("Start Date (UTC)", "Submit Date (UTC)", "Network ID"), _typeform),
    "qualtrics": _qualtrics,
    "utf16": _separated("\t", "utf-16"),
    "semicolon": _separated(";", "cp1252"),
    "titled": _titled,
    "grouped": _grouped,
    "spaced": _spaced,
    "bilingual": _plain,
    "office": _plain,
}
TOOLS = tuple(LAYOUTS)
