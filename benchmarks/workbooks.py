"""Made-up application workbooks as a form tool exports them."""

import random
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from benchmarks.rounds import AREAS

HEADINGS = (
    "ID",
    "Start time",
    "Completion time",
    "Q1. Name of your organisation",
    "Q2. Charity number (if you have one)",
    "Q3. Contact name",
    "Q4. E-mail",
    "Q5. Telephone",
    "Q6. Postcode",
    "Q7. Which area is the project in?",
    "Q8. Project title",
    "Q9. Describe your project",
    "Q10. Why is it needed?",
    "Q11. What will change?",
    "Q12. How much are you asking for? (£)",
    "Q13. Total cost of the project (£)",
    "Q14. How many people will benefit?",
    "Q15. Project start date",
    "Q16. Have you had a grant from us before?",
    "Q17. How did you hear of the fund?",
)
WORDS = ("evening", "sessions", "young", "people", "near", "parade", "coaches", "quiet", "room", "families")


def write_applications(path: Path, count: int, seed: int = 1) -> None:
    """Write a workbook of `count` applications under a title, a note and one heading row."""
    draw = random.Random(seed)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Responses")
    for row in (["Active Citizens Fund: applications"], ["Exported for the panel"], [], list(HEADINGS)):
        sheet.append(row)
    for number in range(count):
        sheet.append(_application(number, draw))
    book.save(path)


def _application(number: int, draw: random.Random) -> list[object]:
    began = datetime(2026, 9, 1, 9) + timedelta(minutes=7 * number)
    asks = draw.randrange(400, 5000)
    return [
        number + 1,
        began,
        began + timedelta(minutes=40),
        f"Made-up Group {number}",
        "",
        f"Contact {number}",
        f"contact{number}@group{number}.example",
        "0121 496 0000",
        "B4 6NQ",
        AREAS[number % len(AREAS)],
        f"Project {number}",
        _text(draw, 25),
        _text(draw, 25),
        _text(draw, 15),
        draw.choice((asks, f"£{asks:,}", f"{asks} pounds")),
        asks + 500,
        draw.randrange(5, 300),
        datetime(2026, 12, 1),
        draw.choice(("Yes", "No")),
        "From a friend",
    ]


def _text(draw: random.Random, words: int) -> str:
    return " ".join(draw.choices(WORDS, k=words))
