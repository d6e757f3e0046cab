"""The same round workbook in another hand: each changes the look of a book and nothing that it says."""

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

from tests.oracle.officers_workbook import Book

MONEY = {"Amount", "Amount requested", "Minimum amount", "Total project cost", "Already committed"}
CAPS = {"Cap per award", "Cap per organisation"}


def under(book: Book, headings: set[str], change: Callable[[Any], Any]) -> None:
    """Change the cells under some headings, blanks apart."""
    for rows in book.values():
        for column, heading in enumerate(rows[0]):
            for row in rows[1:] if heading in headings else ():
                row[column] = row[column] if row[column] in (None, "") else change(row[column])


def marks_of(book: Book, change: Callable[[Any], Any]) -> None:
    """Change every mark."""
    codes = {str(row[0]) for row in book["Criteria"][1:]}
    under({name: book[name] for name in ("Marks", "Agreed") if name in book}, codes, change)


def columns_in_another_order(book: Book, random: Random) -> None:
    for name, rows in book.items():
        order = list(range(len(rows[0])))
        random.shuffle(order)
        book[name] = [[row[column] for column in order] for row in rows]


def headings_in_odd_case(book: Book, random: Random) -> None:
    for rows in book.values():
        rows[0] = [random.choice([h.upper(), h.lower(), f"  {h} ", h.title(), f"{h}\t"]) for h in rows[0]]


def fields_in_odd_case_and_order(book: Book, random: Random) -> None:
    rows = book["Round"][1:]
    random.shuffle(rows)
    book["Round"][1:] = [[random.choice([f.upper(), f" {f.lower()} "]), value] for f, value in rows]


def money_as_text(book: Book, random: Random) -> None:
    under(
        book, MONEY, lambda value: random.choice(["£{:,.2f}", "{:.2f}", "{:,.2f}", " £{:.2f} "]).format(value)
    )


def caps_as_text(book: Book, random: Random) -> None:
    for row in book["Round"][1:]:
        if row[0] in CAPS and row[1] is not None:
            row[1] = f"£{row[1]:,.2f}"


def money_with_noise(book: Book, random: Random) -> None:
    under(book, MONEY, lambda value: round(value * 100) * 0.01)


def marks_as_text(book: Book, random: Random) -> None:
    marks_of(book, lambda mark: random.choice(["{:d}", " {:d} ", "{:d}.0"]).format(int(mark)))


def marks_as_decimals(book: Book, random: Random) -> None:
    marks_of(book, float)


def dates_as_text(book: Book, random: Random) -> None:
    forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S"]

    def written(when: Any) -> Any:
        return when if isinstance(when, str) else when.strftime(random.choice(forms))

    under(book, {"Received"}, written)


def midnight_as_a_day(book: Book, random: Random) -> None:
    def day(when: datetime) -> Any:
        if when.hour or when.minute:
            return when
        return random.choice([when.date(), when.date().isoformat()])

    under(book, {"Received"}, day)


def numbered(book: Book, random: Random) -> None:
    """Write references and charity numbers as numbers where they are whole numbers."""
    kinds = [int, float, str]
    under(
        book,
        {"Reference", "Application", "Charity number"},
        lambda text: random.choice(kinds)(text) if str(text).isdigit() else text,
    )


def extra_columns(book: Book, random: Random) -> None:
    for rows in book.values():
        for row in rows:
            row.append("Remarks" if row is rows[0] else random.choice([None, "see file", 12]))


def extra_sheets(book: Book, random: Random) -> None:
    book["Notes to self"] = [["Ask finance"], [None, 3]]


def sheets_in_another_order(book: Book, random: Random) -> None:
    names = list(book)
    random.shuffle(names)
    for name in names:
        book[name] = book.pop(name)


def blank_rows(book: Book, random: Random) -> None:
    for rows in book.values():
        rows[1:] = [line for row in rows[1:] for line in ([None] * len(row), row, [" ", None])]


def blank_rows_on_top(book: Book, random: Random) -> None:
    for rows in book.values():
        rows.insert(0, [])


def empty_sheets_left_out(book: Book, random: Random) -> None:
    for name in [name for name, rows in book.items() if len(rows) == 1]:
        del book[name]


def spaces_round_text(book: Book, random: Random) -> None:
    for rows in book.values():
        rows[1:] = [
            [f" {cell}  " if isinstance(cell, str) and cell else cell for cell in row] for row in rows[1:]
        ]


def words_for_yes_and_no(book: Book, random: Random) -> None:
    words = {"yes": ["Yes", "YES", True, "yes "], "no": ["No", "NO", False, " no"]}
    under(book, {"Submitted", "Withdrawn"}, lambda word: random.choice(words[word]))
    under(book, {"Eligible"}, lambda word: random.choice([word, word.capitalize(), word.upper()]))


def criteria_in_odd_case(book: Book, random: Random) -> None:
    under(book, {"Criterion"}, str.lower)
    for name in ("Marks", "Agreed"):
        if name in book:
            book[name][0] = [h.lower() for h in book[name][0]]
    for row in book["Round"][1:]:
        if row[0] == "Tie ladder" and row[1]:
            row[1] = " ,".join(rule.replace(":A", ":a") for rule in row[1].split(", "))


def weights_as_text(book: Book, random: Random) -> None:
    under(book, {"Weight", "Beneficiaries", "Low", "High", "Minimum mark"}, lambda n: format(n, ".15g"))


def repeated_interests(book: Book, random: Random) -> None:
    book.get("Interests", [[]]).extend(list(row) for row in book.get("Interests", [[]])[1:])


def defaults_left_unsaid(book: Book, random: Random) -> None:
    unsaid = {("Quorum", 1), ("Allocation", "stop"), ("Combine", "consensus"), ("Ranking", "total")}
    unsaid |= {("Scale maximum", 5), ("Tolerance percent", 0.0), ("Not applicable allowed", "no")}
    book["Round"] = [row for row in book["Round"] if tuple(row) not in unsaid and row[1] not in (None, "")]
    plain = {
        "Method": "judged",
        "Basis": "requested",
        "Eligible": "yes",
        "Withdrawn": "no",
        "Submitted": "no",
    }
    for heading, word in plain.items():
        under(book, {heading}, lambda cell, word=word: None if cell == word else cell)


HANDS: tuple[Callable[[Book, Random], None], ...] = (
    defaults_left_unsaid,
    empty_sheets_left_out,
    repeated_interests,
    numbered,
    money_with_noise,
    money_as_text,
    caps_as_text,
    marks_as_decimals,
    marks_as_text,
    midnight_as_a_day,
    dates_as_text,
    weights_as_text,
    words_for_yes_and_no,
    criteria_in_odd_case,
    fields_in_odd_case_and_order,
    spaces_round_text,
    extra_columns,
    extra_sheets,
    columns_in_another_order,
    headings_in_odd_case,
    blank_rows,
    blank_rows_on_top,
    sheets_in_another_order,
)
"""In an order in which any few of them may follow each other."""
