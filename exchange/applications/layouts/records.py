"""One application as questions with answers, and several of them as a table with a heading."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from exchange.applications.wording import collapsed
from exchange.reading.sheets import Cell, SheetTable

AS_ROWS = "as rows"
"""What is said of a sheet that the file has not, because it was laid out anew."""

_Key = tuple[str, str, int]


class Answer(Struct, frozen=True):
    """What one form says to one question; `section` is the title that it stands under, "" for none."""

    question: str
    value: Cell
    section: str = ""


Record = Sequence[Answer]


def plain_question(text: str) -> str:
    """Return a question as a heading has it, without the colon that leads to its answer."""
    return collapsed(text).rstrip(" :")


def table_of(name: str, records: Sequence[Record]) -> SheetTable:
    """Return the records as a sheet: a row of the questions, in the order asked, and one for each record."""
    keyed = [dict(_keyed(record)) for record in records]
    keys = tuple(dict.fromkeys(key for record in keyed for key in record))
    rows = [tuple(record.get(key) for key in keys) for record in keyed]
    return SheetTable(name, visible=True, rows=(tuple(_headings(keys)), *rows))


def _keyed(record: Record) -> Iterator[tuple[_Key, Cell]]:
    """Yield the answers by question; what is asked again goes by its section as well."""
    times = Counter[tuple[str, str]]()
    asked: set[str] = set()
    for answer in record:
        question = plain_question(answer.question)
        place = answer.section if question in asked else "", question
        yield (*place, times[place]), answer.value
        times[place] += 1
        asked.add(question)


def _headings(keys: Iterable[_Key]) -> Iterator[Cell]:
    """Yield the questions; of one that is asked again the section says whose answer it is."""
    for section, question, _ in keys:
        yield f"{section} – {question}" if section else question or None
