"""Read filled-in forms in a process that can be killed, and put them together as one table of a row each.

forms = list(forms_of([read_file(path.read_bytes(), path.name) for path in paths]))
reading = applications_in(book_of(forms, setting.areas), setting)
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from email.utils import parseaddr
from pathlib import PurePath

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from exchange.application_forms.blocks import Block, Content, OwnForm, paragraphs_in
from exchange.application_forms.emphasis import with_emphasis
from exchange.application_forms.labels import BANK_LEFT_OUT, asks_duration, plain, without_bank
from exchange.application_forms.message_words import words_as_form
from exchange.application_forms.own import code_words
from exchange.application_forms.own_print import printed_form
from exchange.application_forms.pairs import Pairs, answers_of, parted, told_by_office
from exchange.application_forms.parts import POSTCODE, names_supporter, told_apart
from exchange.application_forms.several import (
    FEWEST,
    fields_answered,
    is_application,
    records_of,
    with_lost,
    without_example,
)
from exchange.application_forms.template import printed_at_length, told_by_template
from exchange.applications.chooser import TOLD
from exchange.applications.columns import KEEP, map_headings
from exchange.applications.fields import YES_OR_NO, AreaNames, is_blank, is_nil, is_readable, text_of
from exchange.applications.heading_rows import Parts, options_of
from exchange.applications.headings import subjects, words_of
from exchange.applications.layouts import Answer, Record, table_of
from exchange.applications.likeness import alike
from exchange.applications.table import (
    FoundTable,
    Heading,
    fields_asked,
    table_below,
    unlike,
)
from exchange.cells.values import cell_text
from exchange.reading.messages import Message
from exchange.reading.sheets import Book, Cell, FormPlace, SheetTable, said_of_bytes
from models.papers.blank_form import field_of
from models.trouble import Trouble
from models.values.applications import FIELD_WORDS, NOT_PLACED
from models.values.attachments import size_fault
from models.values.form_questions import AskedForm
from scoring.written.amounts import read_money
from scoring.written.text import counted, first_of, listed, quoted, readable, said_once

ENDINGS = (".docx", ".docm", ".odt", ".pdf", ".doc", ".rtf")
"""What forms are called; of the last two it is said that they are not read."""
RECEIVED = "Received"
_SHORT, _SHORT_QUESTION = 200, 40
_LONG, _SEVERAL = 40, 3
_FEW_WORDS, _MOST_OF_TITLE = 5, 8
_LEFT = f"\t{NOT_PLACED}"
"""The column of what is by no question, by a name that no question has."""
_NAMES = frozenset({"organisation", "contact_name", "project", "area"})
"""Fields that no sentence answers: what is asked in words that are not known is none of them."""
_PARTS_OF_AREA = frozenset({"beat", "beats", "parish", "ward", "wards", "neighbourhood", "district"})
"""What a form that asks for no area otherwise calls it by; a list has such columns beside it."""
_ASKED = (
    YES_OR_NO
    | TOLD
    | {
        *(
            "area",
            "organisation_type",
            "postcode",
            "beneficiaries",
            "amount_requested",
            "minimum_amount",
            "total_cost",
            "match_funding",
            "start_on",
            "end_on",
        )
    }
)
_FORM = "form"
_UNSAFE = "could not be read safely; open it, save it again and try once more"
_NO_FORM = "A quote or other paper; no application was read from it."
_BANK_LEFT = "Bank details are read into no field and no answer; the form itself keeps them."
_NO_AMOUNT = "It has no amount requested, but a budget that comes to {}."
_TOTAL = re.compile(
    r"(?:.*;\W*)?(?:grand |overall )?(?:total|totals)\b[^;\d]*(?:;[^;\d£]*)*;?\s*(£?\s?\d[\d,]*(?:\.\d\d)?)",
    re.IGNORECASE,
)
_OF_GRANT = re.compile(
    r"\b(?:you (?:ask|need|want|request)|grant|what the money is for|requested"
    r"|us to (?:pay|fund)|(?:ask|apply)ing for)\b",
    re.IGNORECASE,
)
"""How a list of costs is titled that are those for which the fund is asked."""
_SUM_AT_END = re.compile(r"(?:^|[\s£;])(\d[\d,]*(?:\.\d\d?)?)\s*$")
_BAD_IN_NAMES = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069/\\\\]")


class Form(Struct, frozen=True):
    """One file as read: a record for each form in it, () where none was read, and `why`, in a sentence.

    `name` is safe to show. `notes` are sentences on what else is in the file. `code` is that of our own form.
    `left` is what is filled in by no question that was found, without bank details.
    """

    name: str
    sha256: str = ""
    records: tuple[Record, ...] = ()
    notes: tuple[str, ...] = ()
    why: str = ""
    code: str = ""
    left: str = ""

    def received_on(self, moment: datetime) -> "Form":
        """Return the form as come in at a moment, whatever it says of that itself: it is noted."""
        told = [one for record in self.records for one in record if _says_received(one)]
        records = tuple(
            (*(one for one in record if one not in told), Answer(RECEIVED, moment)) for record in self.records
        )
        said = listed([quoted(cell_text(one.value)) for one in told if one.value is not None])
        words = (
            f"{self.name}: its e-mail says when it was received, so {said} in the form is not taken for that."
        )
        return replace(self, records=records, notes=(*self.notes, words) if said else self.notes)

    def sent_from(self, sender: str) -> "Form":
        """Return the form that somebody typed into an e-mail, who is reached by that where it names none."""
        address = parseaddr(sender)[1]
        is_open = (
            len(self.records) == 1 and "@" in address and "email" not in fields_answered(self.records[0])
        )
        return replace(self, records=((*self.records[0], Answer("E-mail", address)),)) if is_open else self

    def for_round(self, expected: str) -> "Form":
        """Return the form with a note where its code is not that of the round that it goes into."""
        words = code_words(self.code, expected)
        return replace(self, notes=(*self.notes, f"{self.name}: {words}")) if words else self


def _says_received(answer: Answer) -> bool:
    asked = fields_asked(answer.question, {})
    return "received_at" in asked and "end_on" not in asked


def is_form(name: str) -> bool:
    """Say whether a file is called as forms are."""
    return name.casefold().endswith(ENDINGS)


class FormFile(Struct, frozen=True):
    """A file that may be a form, as its reader gives it; `name` is safe to show.

    `fault` is why it could not be read, "" where it was.
    """

    name: str
    sha256: str = ""
    content: Content = Content(())
    fault: str = ""


def read_file(content: bytes, name: str) -> FormFile:
    """Return what a file holds; one that cannot be read says why and is no error."""
    shown = _BAD_IN_NAMES.sub(" ", name)
    if fault := size_fault(shown, len(content)):
        return FormFile(shown, fault=fault)
    try:
        said = said_of_bytes(content, shown, _FORM, _UNSAFE)
    except Trouble as error:
        return FormFile(shown, fault=str(error))
    return FormFile(shown, said["sha256"], msgspec.convert(said, Content))


def message_as_form(message: Message, name: str, digest: str) -> FormFile:
    """Return the words of an e-mail as a file that may be a form."""
    return FormFile(_BAD_IN_NAMES.sub(" ", name), digest, words_as_form(message.subject, message.words))


def answers_enough(form: Form) -> bool:
    """Say whether a message answers what applications are asked, and does not only name what it is about."""
    answered = ([one for one in record if one.value is not None] for record in form.records)
    return any(is_application(one) and len(fields_answered(one)) >= FEWEST for one in answered)


def forms_of(files: Iterable[FormFile], known: Sequence[AskedForm] = ()) -> Iterator[Form]:
    """Yield what each of some files says as a form: several of one template tell what is printed on it.

    Those of our own that are `known` are read by what they ask. Each is read alone as it comes, while the
    next ones may still be opened.
    """
    read = [_read_alone(file, known) for file in files]
    told = told_by_template([() if file.content.own else file.content.blocks for file, _ in read])
    for (file, alone), blocks in zip(read, told, strict=True):
        learned = replace(file.content, blocks=blocks)
        is_alone = blocks == file.content.blocks
        yield alone if is_alone else _added(_of(file.name, file.sha256, learned), alone, blocks)


def _read_alone(file: FormFile, known: Sequence[AskedForm]) -> tuple[FormFile, Form]:
    """Return a file with what is stressed in it known, and what it says as a form by itself."""
    if file.fault:
        return file, Form(file.name, why=file.fault)
    file = _own_by_print(file, known)
    file = replace(file, content=_stressed(file.content))
    return file, _of(file.name, file.sha256, file.content)


def _own_by_print(file: FormFile, known: Sequence[AskedForm]) -> FormFile:
    content = file.content
    if content.own is not None:
        return file
    own = printed_form(content.printed or tuple(paragraphs_in(content.blocks)), known)
    return file if own is None else replace(file, content=replace(content, own=own))


def _of(name: str, digest: str, content: Content) -> Form:
    notes = tuple(_of_file(name, note) for note in content.notes)
    if content.why:
        return Form(name, digest, notes=notes, why=_of_file(name, content.why))
    if content.own is not None:
        own = content.own
        if own.left:
            notes = (*notes, _of_file(name, _left_words([own.left])))
        return Form(name, digest, (_own_record(own),), notes, code=own.code, left=without_bank(own.left))
    form = parted(without_example(content.blocks))
    pairs = Pairs(form.applicants)
    answers = told_apart(pairs.answers)
    records = tuple((*record, *_from_margins(content.margins, record)) for record in records_of(answers))
    if len(records) == 1:
        records = ((*records[0], *told_by_office(form.offices)),)
    records = tuple((*record, *_total_of(record)) for record in records)
    if pairs.has_bank:
        notes = (*notes, _of_file(name, _BANK_LEFT))
    texts = map(without_bank, pairs.left_over if records else ())
    left = [text for text in texts if text != BANK_LEFT_OUT]
    notes = (*notes, *(_of_file(name, _NO_AMOUNT.format(one)) for one in map(_budget_of, records) if one))
    if left:
        notes = (*notes, _of_file(name, _left_words(left)))
    why = "" if records else _of_file(name, _NO_FORM)
    return Form(name, digest, records, notes, why, left="\n".join(left))


def _stressed(content: Content) -> Content:
    return replace(content, blocks=with_emphasis(content.blocks))


def count_answered(form: Form) -> int:
    """Count the fields that the applications of a form answer."""
    return sum(len(fields_answered(record)) for record in form.records)


def _added(learned: Form, alone: Form, blocks: Sequence[Block]) -> Form:
    """Return a form as others of its template tell it, with what it has if it is read alone."""
    if len(learned.records) != len(alone.records):
        return max(learned, alone, key=count_answered)
    printed = printed_at_length(blocks)
    records = tuple(
        with_lost(record, own, printed, learned.left)
        for record, own in zip(learned.records, alone.records, strict=True)
    )
    return replace(learned, records=records)


_OF_MARGINS = frozenset({"reference", "organisation", "contact_name", "project", "area", "amount_requested"})
"""Fields that are an applicant's at the edge of pages too: an address there may be the office's."""


def _from_margins(margins: Sequence[Block], record: Record) -> Iterator[Answer]:
    """Yield what the edges of pages say of an applicant whose form has no answer to that."""
    known = {field for one in record if one.value for field in fields_asked(one.question, {})}
    for answer in (one for block in margins for one in answers_of((block,))):
        asked = fields_asked(answer.question, {}) - known
        if answer.value and len(asked) == 1 and asked <= _OF_MARGINS:
            yield Answer(FIELD_WORDS[next(iter(asked))], answer.value)


def _budget_of(record: Record) -> str:
    """Return what a budget comes to, of a form that asks for no amount otherwise; "" for any other form."""
    return "" if _amounts_in(record) else _total_in(record)


def _amounts_in(record: Record) -> list[str]:
    """Return the few words in which questions for the amount are answered, none that describes its use."""
    told = ((one, str(one.value or "")) for one in record)
    brief = (
        (one, text) for one, text in told if "\n" not in text and 0 < len(text.split()) <= _MOST_OF_TITLE
    )
    return [text for one, text in brief if "amount_requested" in fields_asked(plain(one.question), {})]


def _total_in(record: Record) -> str:
    """Return the last total of the lists of a form, "" for none."""
    lines = (line for one in record for line in f"{one.question}; {one.value or ''}".split("\n"))
    totals = [found[1] for line in lines if (found := _TOTAL.fullmatch(line))]
    return totals[-1] if totals else ""


def _total_of(record: Record) -> Iterator[Answer]:
    """Yield what costs come to as the amount requested, where they are asked of the fund.

    What is more than the amount requested is the cost of the project, where nothing else asks for that.
    """
    total = _total_in(record)
    costs = [one for one in record if total and _add_up(str(one.value or ""), total)]
    amounts = _amounts_in(record)
    requested = max((readable(read_money, one) or 0 for one in amounts), default=0)
    told = [one for one in record if "\n" not in str(one.value or "")]
    if not amounts and any(_OF_GRANT.search(one.question) for one in costs):
        yield Answer("Total requested", total)
    elif (
        costs
        and "total_cost" not in fields_answered(told)
        and 0 < requested < (readable(read_money, total) or 0)
    ):
        yield Answer(FIELD_WORDS["total_cost"], total)


def _add_up(costs: str, total: str) -> bool:
    """Say whether the sums at the ends of lines come to a total, exactly."""
    lines = [line for line in costs.split("\n") if not _TOTAL.fullmatch(line)]
    ends = [found[1] for line in lines if (found := _SUM_AT_END.search(line))]
    sums = [readable(read_money, one) or 0 for one in ends]
    return len(sums) > 1 and sum(sums) == readable(read_money, total)


def _left_words(left: Sequence[str]) -> str:
    """Return the note on what is in no answer of a question, and is kept beside them."""
    shown = first_of(map(quoted, left))
    return f"What is written as {shown} answers no question that was found. Look in the form."


def _of_file(name: str, sentence: str) -> str:
    """Return a sentence as one on a file: after the colon it begins small, but for an abbreviation."""
    return f"{name}: {sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]}"


def _own_record(own: OwnForm) -> Record:
    """Return every answer of a form of ours, empty ones too: each keeps its place.

    What fills no field by its name stays an answer, whatever its words are like.
    """
    labels = ("", *(one.label for one in own.answers))
    return tuple(
        Answer(one.label, without_bank(one.text) or None, field=field_of(one.name, one.label, above) or KEEP)
        for one, above in zip(own.answers, labels, strict=False)
    )


def book_of(forms: Sequence[Form], areas: AreaNames, mapping: Mapping[str, str] | None = None) -> Book:
    """Return forms as a book of one table: a row for each, questions of one field in the same column.

    What is asked in other words by other forms meets by the rules of headings. `places` say for each row of
    whose file it is and what the form itself calls each column.
    """
    told = [(form, record) for form in forms for record in form.records]
    columns: dict[str, _Column] = {}
    for at, (_, record) in enumerate(told):
        _put_in(at, record, columns, areas, mapping or {})
    for at, (form, record) in enumerate(told):
        if form.left and record is form.records[0]:
            columns.setdefault(_LEFT, _Column(NOT_PLACED, KEEP)).put(at, NOT_PLACED, form.left)
    for field in ("organisation", "amount_requested"):
        if not any(one.field == field for one in columns.values()):
            columns[field] = _Column(FIELD_WORDS[field], field)
    every = tuple(columns.values())
    _leave_out_common(every, columns["organisation"].cells)
    rows = [tuple(one.cells.get(at) for one in every) for at in range(len(told))]
    places = tuple(
        FormPlace(form.name, tuple(one.labels.get(at, one.heading) for one in every))
        for at, (form, _) in enumerate(told)
    )
    name = forms[0].name if len(forms) == 1 else counted(len(told), "form")
    notes = tuple(said_once((form.name, note) for form in forms for note in form.notes))
    heads = tuple(unlike([one.heading for one in every]))
    sheet = SheetTable(name, visible=True, rows=(heads, *rows), notes=notes, places=places)
    digest = forms[0].sha256 if len(forms) == 1 else ""
    fields = {head: one.field for head, one in zip(heads, every, strict=True) if one.field}
    return Book(PurePath(name).stem, "form", (sheet,), digest, fields)


class _Column:
    """A column in the making: its heading, its field, and by form its cell and what that form calls it."""

    def __init__(self, heading: str, field: str = "") -> None:
        self.heading, self.field = heading, field
        self.cells: dict[int, Cell] = {}
        self.labels: dict[int, str] = {}

    def put(self, at: int, label: str, cell: Cell) -> None:
        self.cells[at], self.labels[at] = cell, label


def _put_in(
    at: int, record: Record, columns: dict[str, _Column], areas: AreaNames, mapping: Mapping[str, str]
) -> None:
    """Put one form into the columns: by field, or by the words of the question.

    Its headings are mapped for itself: another form's wording takes none of its fields.
    """
    sheet = table_of("", [record])
    found = table_below(sheet, 1, [Parts("", str(head or "")) for head in sheet.rows[0]])
    fields = _fields_of(found, record, areas, mapping)
    for heading in found.headings:
        field = fields.get(heading.text, "")
        key = f"\n{field}{heading.text}" if field in ("", KEEP) else field
        column = columns.setdefault(key, _Column(heading.text, field))
        column.put(at, heading.text, found.rows[0][heading.at])


def _fields_of(
    found: FoundTable, record: Record, areas: AreaNames, mapping: Mapping[str, str]
) -> dict[str, str]:
    """Return the field of each question: what an exact form says, else by the rules of headings.

    A field that two columns make together, a name in halves, is left to whoever reads the whole table. What
    an answer looks like tells of no field that another question asks for: that one's is asked about.
    """
    exact = {answer.question: answer.field for answer in record if answer.field}
    if exact:
        return exact
    asked = {one.text: fields_asked(one.text, mapping) for one in found.headings}
    prose = {one.text: KEEP for one in found.headings if _is_prose(one, found.rows[0][one.at], mapping)}
    prose |= {text: KEEP for text, fields in asked.items() if not fields and names_supporter(text)}
    mapped = [
        (one.text, field)
        for one, field in map_headings(found, mapping, areas).mapped
        if one.text not in prose
        and (field in asked[one.text] or {field} not in asked.values())
        and (field in asked[one.text] or field not in _NAMES or _is_title(text_of(found.rows[0][one.at])))
    ]
    several = {field for _, field in mapped if [one for _, one in mapped].count(field) > 1}
    fields = {text: field for text, field in mapped if field not in several}
    for heading in found.headings:
        field = _field_by_words(heading, {field for _, field in mapped} | {*fields.values()})
        if (
            heading.text not in {**fields, **prose}
            and field
            and _may_answer(field, heading.text, found.rows[0][heading.at])
        ):
            fields[heading.text] = field
    is_asked = "project" in {*fields.values()}.union(*(one for one in asked.values() if len(one) == 1))
    return (fields if is_asked else _with_project(fields, found, asked)) | prose


def _with_project(
    fields: Mapping[str, str], found: FoundTable, asked: Mapping[str, Set[str]]
) -> dict[str, str]:
    """Return the fields of a form that asks for no title: what a few words say of the project is that.

    What is said at length is then the summary.
    """
    texts = {one.text: text_of(found.rows[0][one.at]) for one in found.headings}
    brief = [text for text, field in fields.items() if field == "summary" and _is_title(texts[text])]
    longer = [
        text for text, told in texts.items() if text not in fields and len(told.split()) > _MOST_OF_TITLE
    ]
    if len(brief) != 1 or not (longer or _has_long(fields, texts)):
        return dict(fields)
    summary = next((text for text in longer if "summary" in asked[text]), "")
    return {**fields, brief[0]: "project"} | ({summary: "summary"} if summary else {})


def _has_long(fields: Mapping[str, str], texts: Mapping[str, str]) -> bool:
    return any(len(texts[text].split()) > _MOST_OF_TITLE for text in fields)


def _is_title(text: str) -> bool:
    return 0 < len(text.split()) <= _MOST_OF_TITLE and "\n" not in text and not text.endswith(".")


def _is_prose(heading: Heading, cell: Cell, mapping: Mapping[str, str]) -> bool:
    """Say whether funding is described in words or a list, which are an answer and no amount."""
    words = text_of(cell).split()
    is_long = len(words) > (_FEW_WORDS if any(map(str.isdigit, text_of(cell))) else 0)
    is_told = is_long and not is_nil("match_funding", cell) and not is_blank(cell)
    asked = fields_asked(heading.text, mapping)
    is_list = "\n" in text_of(cell) and not asked.isdisjoint({"amount_requested", "total_cost"})
    return is_list or (is_told and "match_funding" in asked)


def _may_answer(field: str, question: str, cell: Cell) -> bool:
    """Say whether an answer may be of a field: short of a figure, after a question mark of a yes or no."""
    if field in YES_OR_NO:
        return "?" in question or is_readable(field, cell)
    if field == "postcode":
        return bool(POSTCODE.match(text_of(cell)))
    is_told = field in TOLD and len(question) <= _SHORT_QUESTION
    return is_nil(field, cell) or (not is_blank(cell) and (is_told or len(text_of(cell)) <= _SHORT))


def _field_by_words(heading: Heading, taken: Set[str]) -> str:
    """Return the one field that a question asks for by its words, whatever its answer; "" for none.

    An answer that cannot be read is then asked about; of a longer text only a short question tells.
    """
    sure = {option.field for option in options_of(heading.parts, {})}
    asked = (sure or subjects(heading.text) or alike(heading.text)) & _ASKED - taken
    if asks_duration(heading.text) and "end_on" not in taken:
        return "end_on"
    if "area" not in taken and {*words_of(heading.text.replace("(s)", "s"))} <= _PARTS_OF_AREA:
        return "area"
    return next(iter(asked)) if len(asked) == 1 else ""


def _leave_out_common(columns: Sequence[_Column], organisations: Mapping[int, Cell]) -> None:
    """Leave out the longer texts that several organisations' forms have alike: a title, what is declared."""
    for column in columns:
        if column.field in ("", KEEP):
            told = {at: text_of(cell) for at, cell in column.cells.items()}
            said = Counter(text for text, _ in {(text, organisations.get(at)) for at, text in told.items()})
            most = max(_SEVERAL, len(column.labels) * 2 // 3)
            for at, text in told.items():
                if len(text) >= _LONG and said[text] >= most:
                    del column.cells[at]
