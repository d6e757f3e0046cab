"""Values as applicants write them, each with what it is to be read as."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from exchange.reading.sheets import Cell

NAMES = (
    "Lantern Youth Club", "Harbour Choir", "Kite Makers CIC", "Mill Lane Bowls Club",
    "Total Football Futures",
    "St Example's Church", "Canal Scouts", "Open Door Pantry", "2nd Fictional Brownies",
    "Hilltop Residents' Assn",
    "The Balance Project", "Green Shoots & Co", "Sum of Parts Theatre", "Académie Fictive", "Boxing4All",
    "Key Stage Dance", "Note by Note Music", "Page Turners", "Women's Voices", "Old Park Friends",
)  # fmt: skip
AREAS = {
    "Birmingham East": (
        "Birmingham East",
        "Birmingham East NPU",
        "East Birmingham",
        "B'ham East",
        "birmingham east",
    ),
    "Coventry": ("Coventry", "Coventry NPU", "COVENTRY", "coventry "),
    "Dudley": ("Dudley", "Dudley NPU", "Dudley LPA"),
    "Walsall": ("Walsall", "Walsall NPU", "walsall"),
    "Wolverhampton": ("Wolverhampton", "W'ton", "Wolverhampton LPA", "Wolverhampton NPU"),
}
KINDS = (
    "Registered charity",
    "Community group",
    "CIC",
    "Constituted group",
    "School",
    "Sports club",
    "Charity",
)
WORDS = [
    "evening",
    "sessions",
    "for",
    "young",
    "people",
    "boxing",
    "dance",
    "tea",
    "local",
    "streets",
    "safer",
    "park",
    "crime",
    "knife",
    "older",
    "friends",
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
    number = rng.choice(("09506232", "07444723", "SC123456"))
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
