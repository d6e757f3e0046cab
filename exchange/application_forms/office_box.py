"""Tell what of a form is for the office alone from what the applicant filled in."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from exchange.application_forms.blocks import FIELD, Block, Cell, Paragraph, Table, texts_of, with_each
from exchange.application_forms.labels import is_numbered, is_section, plain
from exchange.application_forms.pairs import answers_of
from exchange.applications.fields import is_readable
from exchange.applications.layouts import Answer
from exchange.applications.table import fields_asked

_OFFICE = re.compile(
    r"\W*(?:for )?(?:[\w’']+ ){0,2}?"
    r"(?:office|official|internal|admin\w*|staff|team|panel|council|commissioners?)(?:['’]s?)?"
    r" (?:use(?: only)?|only)\W*"
    r"|\W*(?:at )?ddefnydd (?:y )?(?:swyddfa|tîm|staff)(?: yn unig)?\W*",
    re.IGNORECASE,
)
_ON_ONE_LINE = re.compile(r"(?:[ \xa0]{2,}|\s*[\t\n:–-])\s*(?=\S)")
"""What stands between the title of a box and the first label in it, on one line."""
_DOTS = re.compile(r"(?:[._…]{3,}\s*)+")
_LABEL_END = re.compile(rf"[:?{FIELD}]|[._…]{{3,}}")
_APPLICANTS = frozenset(
    {"organisation", "contact_name", "email", "phone", "address", "postcode", "project", "summary", "need"}
)
"""Fields that only an applicant answers: where one is asked, a box for the office has ended."""
_REFERENCE = re.compile(r"(?=.*\d)[\w/.-]+(?: [\w/.-]+){0,2}")
_TAKEN = {"reference": "Reference", "received_at": "Date received"}


class Parted(Struct, frozen=True):
    """The blocks of a form that are the applicant's, and those for the office alone."""

    applicants: tuple[Block, ...]
    offices: tuple[Block, ...]


def parted(blocks: Sequence[Block]) -> Parted:
    """Return the blocks of a form without what stands under "For office use only", and that."""
    own: list[Block] = []
    office: list[Block] = []
    is_office = False
    for block in with_each(blocks, _title_apart):
        if isinstance(block, Table):
            mine, theirs, is_office = _of_table(block, is_office=is_office)
            own += [mine] if mine.rows else []
            office += [theirs] if theirs.rows else []
        else:
            is_office = _goes_on((block,), is_office=is_office)
            (office if is_office else own).append(block)
    return Parted(tuple(own), tuple(office))


def _title_apart(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Yield the title of a box by itself where the labels of the box follow on its line."""
    for gap in _ON_ONE_LINE.finditer(paragraph.text):
        title, rest = paragraph.text[: gap.start()], paragraph.text[gap.end() :]
        if _OFFICE.fullmatch(plain(title)) and _asks(rest, _TAKEN):
            yield replace(paragraph, text=title)
            yield replace(paragraph, text=rest)
            return
    yield paragraph


def _of_table(table: Table, *, is_office: bool) -> tuple[Table, Table, bool]:
    own: list[tuple[Cell, ...]] = []
    office: list[tuple[Cell, ...]] = []
    for row in table.rows:
        told = [block for cell in row for block in cell.blocks]
        is_office = _goes_on(told, is_office=is_office)
        (office if is_office else own).append(row)
    return Table(tuple(own)), Table(tuple(office)), is_office


def _goes_on(told: Sequence[Block], *, is_office: bool) -> bool:
    """Say whether a paragraph or a row is for the office: it says so, or stands below one that does."""
    first = next((text for text in texts_of(told) if text.strip()), "")
    return bool(_OFFICE.fullmatch(plain(first))) or (is_office and not any(map(_ends, told)))


def _ends(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return any(_asks(text, _APPLICANTS) for text in texts_of((block,)))
    is_title = "h" in block.style or is_section(block.text) or is_numbered(block.text)
    return bool(block.text.strip()) and (is_title or _asks(block.text, _APPLICANTS))


def _asks(text: str, fields: Iterable[str]) -> bool:
    return not fields_asked(plain(_LABEL_END.split(text)[0]), {}).isdisjoint(fields)


def told_by_office(blocks: Sequence[Block]) -> Iterator[Answer]:
    """Yield the reference and the day of coming in that an office wrote, where each is plainly one."""
    for answer in answers_of(with_each(blocks, _written)):
        text = str(answer.value or "").strip()
        for field in sorted(fields_asked(plain(answer.question), {}) & _TAKEN.keys()):
            is_one = _REFERENCE.fullmatch(text) if field == "reference" else is_readable(field, text)
            if text and is_one:
                yield Answer(_TAKEN[field], text)


def _written(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Yield what stands below the title of a box, the labels of one line parted by a tab for their dots."""
    if not _OFFICE.fullmatch(plain(paragraph.text)):
        yield replace(paragraph, text=_DOTS.sub("\t", paragraph.text).strip())
