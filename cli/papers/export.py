"""`grant-panel export`: a paper asked of the record, issued where that is wanted, and written."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from cli.frame.output import STANDARD, Options, answer, complain, file_to_write, print_json, say, warn
from cli.frame.record import acting, open_record
from cli.frame.rounds import refuse_record
from cli.papers.orders import (
    accounts_of,
    chosen_layout,
    of_its_number,
    orders_of,
    paper_json,
    refuse_paper,
    write_beside_schedule,
)
from exchange.atomic import beside_words, new_place, require_place
from exchange.papers.drawing import Drawn, annex_place, draw, draw_letters
from exchange.papers.letters.agreements import write_agreements
from exchange.papers.letters.mail import address_words
from exchange.papers.letters.writing import require_folder, require_ready
from exchange.papers.non_text import not_shown_words
from exchange.papers.paper_words import short_day
from exchange.papers.paper_writing import write_paper
from exchange.papers.sensitivity_words import schedule_sensitivity
from models.issuing import annex_order, draft_status, given_back, is_outdated, issued_status, next_issue
from models.operations.papers import put_files
from models.operations.set_up.office import SetPublisher
from models.papers.grant_agreement import GrantAgreement, unsettled_words
from models.papers.kinds import KINDS, OPEN_DATA
from models.papers.letters.letters import LetterFiles, Letters
from models.papers.open_data import Publisher
from models.papers.order import PaperOrder, PaperValue
from models.papers.paper_kind import PaperKind, Scope
from models.papers.status import PaperStatus
from models.queries.awards.finance import signed_copy
from models.queries.deciding.decided_anew import as_decided
from models.queries.packs.own_record import refuse_in_members_own
from models.queries.papers.paper_texts import publisher
from models.queries.papers.papers import paper_value
from models.queries.papers.to_check.questions import LEAVE_EMPTY, REASONS_READ, questions_of, words_to_check
from models.record import Record
from models.reference.reporting import read_period
from models.session import Session
from models.store import chain as journal
from models.trouble import Trouble
from scoring.written.text import Refused, listed

ASKED = tuple(name for kind in KINDS.values() for name in kind.asked)
"""Every word by which a paper is asked for."""


def _period(text: str) -> str:
    return read_period(text).name if text else ""


TYPES = {"kind": ASKED, "--period": _period}


def run(options: Options) -> None:
    """Write the paper; issue it first where that is asked for and its values are new."""
    options.areas = tuple(dict.fromkeys(options.areas))
    options.area = options.areas[0] if len(options.areas) == 1 else None
    kind = next(kind for kind in KINDS.values() if options.kind in kind.asked)
    _refuse_idle(kind, options)
    annex_out = annex_place(options.out) if kind.annex and str(options.out) != STANDARD else None
    options.out = file_to_write(options.out, next(iter(kind.asked[options.kind]), ""), options)
    is_folder = kind.is_of_one_award and options.out.suffix.casefold() not in kind.endings
    if not is_folder:
        _refuse_path(options.kind, kind.asked[options.kind], options.out)
    for path in filter(None, (options.out, annex_out)):
        refuse_record(path)
    names_publisher = _names_publisher(kind, options)
    change = options.issue or names_publisher
    with _no_empty_folder(options.out), open_record(options.record, options, to_change=change) as record:
        record.ask(refuse_in_members_own, action="this")
        closed = refuse_paper(record, kind.code, options)
        if options.issue:
            _require_place(kind, options.out, is_folder=is_folder)
        if names_publisher:
            _name_publisher(record, options)
        layout = None if options.layout is None else chosen_layout(record, options)
        accounts = None if layout is None else accounts_of(record, layout, options)
        orders = orders_of(record, kind, options, is_folder=is_folder)
        found = [_ready(record, replace(order, closed=closed), options) for order in orders]
        annex = annex_order(orders[0], found[0].value) if kind.annex else None
        found += [] if annex is None else [_ready(record, annex, options)]
        if is_folder:
            _write_agreements(kind, found, options)
        else:
            _write_with_annex(kind, found, options, annex_out)
        if layout is not None:
            write_beside_schedule(record, found[0].value, layout, accounts, options)


@contextmanager
def _no_empty_folder(path: Path) -> Iterator[None]:
    """Take a folder that was made for papers away again where none was issued for it."""
    was_there = path.exists()
    try:
        yield
    except BaseException:
        if not was_there:
            with suppress(OSError):
                path.rmdir()
        raise


class _Ready(NamedTuple):
    """A paper that is ready to be written, and its files where they were drawn for its issue.

    `beside` is what a writer takes that is not among the values.
    """

    value: PaperValue
    status: PaperStatus
    drawn: Drawn | None
    beside: dict[str, Any]


def _write_with_annex(
    kind: PaperKind, found: Sequence[_Ready], options: Options, annex_out: Path | None
) -> None:
    told = _write_one(kind, found[0], options, options.out)
    if annex_out is not None and len(found) > 1:
        told["annex"] = _write_one(KINDS[kind.annex], found[1], options, annex_out)
    elif len(found) > 1:
        warn([f"The annex is not written to {STANDARD}: name a file after --out to have both."])
    if options.json:
        print_json(told)


def _write_one(kind: PaperKind, ready: _Ready, options: Options, path: Path) -> dict[str, Any]:
    """Write a paper and return it; say where it is unless that is told as JSON."""
    value, status = ready.value, ready.status
    place = path if kind.fills_a_folder else new_place(path)
    written = _write(kind, ready, place)
    if options.json:
        return {**paper_json(kind, value, status, (written,))}
    say(f"Wrote {written}: {_words(value, status)}")
    if not kind.fills_a_folder:
        say(*filter(None, [beside_words(path, place, written), unsettled_words([value])]))
    elif isinstance(value, Letters):
        say(*filter(None, [address_words(value.without_address) if options.emails else ""]))
    return {}


def _write_agreements(kind: PaperKind, found: Sequence[_Ready], options: Options) -> None:
    """Write an agreement on each award into a folder, in Word and as a PDF."""
    told = []
    for value, status, drawn, _ in found:
        assert isinstance(value, GrantAgreement), "a folder is of agreements"
        paths = write_agreements(value, status, options.out, drawn)
        told.append(paper_json(kind, value, status, paths))
        if not options.json:
            say(*(f"Wrote {path}" for path in paths), _words(value, status))
    answer(
        options, lambda: {"papers": told}, filter(None, [unsettled_words([ready.value for ready in found])])
    )


def _ready(record: Record, order: PaperOrder, options: Options) -> _Ready:
    """Return the values of an order with what their copy says, once issued where that is asked for."""
    value, row = record.ask(_valued, order=order)
    order, beside = of_its_number(order, value), _beside(record, order, options)
    warn(record.ask(words_to_check, order=order))
    warn(not_shown_words(order.kind, value, beside.get("files")))
    if isinstance(value, Letters):
        tell = complain if options.json else say
        tell(*value.to_do)
    if KINDS[order.kind].has_purposes:
        order = replace(order, purposes_read=True)  # whoever runs a command is told, and not stopped
    if options.issue:
        return _issue(record, order, value, options, row=row, beside=beside)
    copy = record.ask(signed_copy, order=order, value=value)
    if copy is not None:
        return _Ready(*copy, None, beside)
    return _Ready(value, record.ask(draft_status, order=order, value=value), None, beside)


def _valued(session: Session, order: PaperOrder) -> tuple[PaperValue, int]:
    return paper_value(session, order), journal.head(session).seq


def _require_place(kind: PaperKind, path: Path, *, is_folder: bool) -> None:
    """Refuse, before a version is issued, a place in which it cannot be written."""
    if is_folder:
        require_folder(path)
    elif kind.fills_a_folder:
        require_ready(path)
    else:
        require_place(path)


def _refuse_idle(kind: PaperKind, options: Options) -> None:
    """An option that says nothing about this kind is wrong usage, not passed over."""
    said = (
        ("--issue", options.issue, not kind.is_before_signing),
        ("--month", options.month is not None, kind.scope is Scope.MONTH),
        ("--period", bool(options.period), kind.scope in (Scope.MONTH, Scope.PERIOD)),
        ("--notice", bool(options.notice), kind.has_notice),
        ("--area given more than once", len(options.areas) > 1, kind.has_notice),
        ("--confidential-part", options.confidential_part, kind.has_notice),
        ("--name-declined", options.names_declined, kind.has_names),
        ("--name-panel", options.names_panel, kind.has_names),
        ("--with-undecided", options.with_undecided, kind.has_names),
        ("--purposes-read", options.purposes_read, kind.has_purposes),
        ("--award", bool(options.award), kind.has_award),
        ("--reason", bool(options.reason), kind.scope is Scope.PERIOD),
        ("--with-marks", options.with_marks, kind.has_marks),
        ("--how-sure", options.how_sure, kind.has_sensitivity),
        ("--pdfs", options.pdfs, kind.fills_a_folder),
        ("--emails", options.emails, kind.fills_a_folder),
        ("--merge-list", options.merge_list, kind.fills_a_folder),
        ("--layout", options.layout is not None, kind.has_layout),
        ("--accounts-for", bool(options.accounts_for), options.layout is not None),
        ("--why", bool(options.why), bool(options.accounts_for)),
    )
    for name, is_given, is_of_use in said:
        if is_given and not is_of_use:
            options.usage_error(f"{name} says nothing about {options.kind}: leave it out")


def _name_publisher(record: Record, options: Options) -> None:
    """Keep who publishes, where that is another than the record knows: said again it is no change."""
    named = Publisher(options.prefix, options.funder)
    if record.ask(publisher) != named:
        operation = SetPublisher(*named)
        record.perform(operation, acting(record, operation, options))


def _names_publisher(kind: PaperKind, options: Options) -> bool:
    """Whether the options say who publishes; half of it, or with another kind, is wrong usage."""
    given = (options.prefix, options.funder)
    if not any(given):
        return False
    if kind.code != OPEN_DATA or not all(given):
        options.usage_error("--prefix and --funder go together, with 360giving alone")
    return True


def _issue(
    record: Record,
    order: PaperOrder,
    value: PaperValue,
    options: Options,
    *,
    row: int,
    beside: dict[str, Any],
) -> _Ready:
    """Draw and issue the next version; the newest one where nothing changed since."""
    following = record.ask(next_issue, order=order, value=value)
    if following is None:
        return _given_back(record, order, value, options, beside=beside)
    _require_answered(record, order, value, options)
    drawn = _draw(order.kind, value, following.status, options.out, **beside)
    operation = following.of_files(drawn.issued)
    if record.ask(is_outdated, order=order, sha256=operation.sha256, row=row):
        raise Refused(
            f"{value.title}: something was changed while it was drawn, so nothing was issued."
            " Run the same command again."
        )
    put = partial(put_files, contents=drawn.contents)
    record.perform_beside(operation, put, acting(record, operation, options))
    return _Ready(value, following.status, drawn, beside)


def _given_back(
    record: Record,
    order: PaperOrder,
    value: PaperValue,
    options: Options,
    *,
    beside: dict[str, Any],
) -> _Ready:
    """Return the newest version with its files as they were issued, and say that there is no other."""
    status = record.ask(issued_status, order=order, value=value)
    assert status is not None, "a version was issued"
    why = ", and the reason is not saved" if options.reason else ""
    same = f"{value.title}: nothing changed since version {status.version}"
    warn([f"{same}, so no other version is issued{why}."])
    issued = record.ask(given_back, order=order)
    if isinstance(value, Letters):
        return _Ready(
            value, status, _draw(order.kind, value, status, options.out, issued=issued, **beside), beside
        )
    return _Ready(value, status, None if options.how_sure else Drawn.given_back(issued), beside)


def _require_answered(record: Record, order: PaperOrder, value: PaperValue, options: Options) -> None:
    """Refuse what is asked before these values are issued until its option is given; list the reasons."""
    given = {LEAVE_EMPTY: options.leave_empty, REASONS_READ: options.reasons_read}
    for question in record.ask(questions_of, order=order, value=value):
        if not given[question.option]:
            if question.option == REASONS_READ and not options.json:
                say(*question.lines)
            raise Refused(question.refusal)


def _draw(kind: str, value: PaperValue, status: PaperStatus, place: Path, **beside: Any) -> Drawn:
    if isinstance(value, Letters):
        return draw_letters(value, status, place, **beside)
    return draw(kind, value, status, **beside)


def _beside(record: Record, order: PaperOrder, options: Options) -> dict[str, Any]:
    if KINDS[order.kind].fills_a_folder:
        return {"files": LetterFiles(options.emails, options.merge_list, options.pdfs)}
    return (
        {"sure": schedule_sensitivity(record.ask(as_decided, round_id=order.of_round), order.area)}
        if options.how_sure
        else {}
    )


def _write(kind: PaperKind, ready: _Ready, path: Path) -> Path:
    """Write the paper; where that fails, say that a version which was issued stands all the same."""
    value, status, drawn, beside = ready
    try:
        if drawn is not None:
            return drawn.write(path)
        return write_paper(kind.code, value, status, path, **beside)
    except Trouble as no:
        if status.is_draft:
            raise
        version = f"Version {status.version} was still issued in the record"
        raise Trouble(f"{no} {version}: run the same command again to write it.") from no


def _refuse_path(asked: str, endings: tuple[str, ...], path: Path) -> None:
    if endings and path.suffix.casefold() not in endings:
        words = (
            f"{asked} writes a file that ends in {listed(endings, 'or')}; {path.name} does not. Rename it."
        )
        raise Refused(words)


def _words(value: PaperValue, status: PaperStatus) -> str:
    if status.is_draft:
        return f"a draft, {value.control}. The record is unchanged."
    if status.signed_on is not None:
        again = f"With --issue version {status.version} itself is written again."
        return f"{status.words}; {value.control}. The record is unchanged. {again}"
    first = f"version {status.version}, {value.control}."
    on = "" if status.journal_at is None else f", {short_day(status.journal_at)}"
    return f"{first}\nSHA-256 {status.sha256}\nJournal before it: {status.journal_words}{on}"
