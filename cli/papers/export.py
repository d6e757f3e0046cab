"""`grant-panel export`: a paper asked of the record, issued where that is wanted, and written."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from cli.awards.award import award_named
from cli.frame.output import Json, Options, answer, complain, print_json, say, told, warn
from cli.frame.record import (
    acting,
    chosen_round,
    is_named,
    opened,
    perform,
    person,
    refuse_record,
    round_named,
)
from cli.frame.typed import refuse_ending, said_of
from exchange.atomic import beside_words, kept_beside, new_place, require_place
from exchange.papers.drawing import Drawn, annex_place, draw, draw_letters
from exchange.papers.finance.payment_file import control_of, refuse_without_accounts, write_payment_file
from exchange.papers.letters.agreements import write_agreements
from exchange.papers.letters.mail import address_words
from exchange.papers.letters.writing import require_folder, require_ready
from exchange.papers.non_text import not_shown_words
from exchange.papers.paper_writing import write_paper
from exchange.papers.sensitivity_words import schedule_sensitivity
from models.issuing import annex_order, given_back, is_outdated, issued_status, next_issue
from models.operations.awards.bank_details import ExportAccounts, NoteAccountsFiles, accounts_asked_for
from models.operations.papers import put_files
from models.operations.set_up.office import SetPublisher
from models.papers.finance import Accounts, FinanceSchedule
from models.papers.grant_agreement import GrantAgreement, unsettled_words
from models.papers.kinds import KINDS, OPEN_DATA, PaperKind, Scope
from models.papers.letters.letters import LetterFiles, Letters
from models.papers.notice import NoticeOfDecision
from models.papers.open_data import Publisher
from models.papers.order import PaperOrder, PaperValue
from models.papers.paper_words import short_day
from models.papers.status import PaperStatus
from models.permissions.table import BEFORE_SIGNING
from models.queries.awards.agreements import agreement_orders
from models.queries.awards.awards import payment_layout
from models.queries.awards.finance import signed_status
from models.queries.awards.ministry import reporting_fund
from models.queries.deciding.decided_anew import as_decided
from models.queries.packs.own_record import refuse_in_members_own
from models.queries.papers.paper_texts import publisher
from models.queries.papers.papers import draft_status, paper_value
from models.queries.papers.to_check.questions import (
    AS_IT_IS,
    LEAVE_EMPTY,
    REASONS_READ,
    questions_of,
    words_to_check,
)
from models.queries.permissions.reading import open_order, refuse_other_roles
from models.queries.set_up.funds import fund_written
from models.reference.reporting import read_period
from models.store import chain as journal
from models.trouble import Trouble
from models.values.payments import PaymentLayout
from scoring.written.text import Refused


def _period(text: str) -> str:
    return read_period(text).name if text else ""


TYPES = {"--period": _period}


def run(options: Options) -> None:
    """Write the paper; issue it first where that is asked for and its values are new."""
    options.areas = tuple(dict.fromkeys(options.areas))
    options.area = options.areas[0] if len(options.areas) == 1 else None
    kind = next(kind for kind in KINDS.values() if options.kind in kind.asked)
    _refuse_idle(kind, options)
    annex_out = annex_place(options.out) if kind.annex else None
    is_folder = kind.is_of_one_award and options.out.suffix.casefold() not in kind.endings
    if endings := () if is_folder else kind.asked[options.kind]:
        refuse_ending(options.out, options.kind, endings)
    for path in filter(None, (options.out, annex_out)):
        refuse_record(path)
    names_publisher = _names_publisher(kind, options)
    change = options.issue or names_publisher
    with _no_empty_folder(options.out), opened(options, to_change=change):
        options.ask(refuse_in_members_own, action="this")
        _refuse_role(kind.code, options)
        order = _order_of(kind, options)
        if is_named(options):
            marks = order.with_marks or options.how_sure
            order = options.ask(open_order, order=order, name=person(options), with_marks=marks)
        orders = _orders_of(order, options, is_folder=is_folder)
        closed = _closed_to_signer(kind, options)
        if options.issue:
            require = require_ready if kind.fills_a_folder else require_place
            (require_folder if is_folder else require)(options.out)
        if names_publisher:
            _name_publisher(options)
        payments = None if options.layout is None else _payments(options)
        found = [_ready(replace(order, closed=closed), options) for order in orders]
        annex = annex_order(orders[0], found[0].value) if kind.annex else None
        found += [] if annex is None else [_ready(annex, options)]
        if is_folder:
            _write_agreements(kind, found, options)
        else:
            _write_with_annex(kind, found, options, annex_out)
        if payments is not None and not options.dry_run:
            _write_beside_schedule(found[0].value, *payments, options)


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
    if options.json:
        print_json(told)


def _write_one(kind: PaperKind, ready: _Ready, options: Options, path: Path) -> dict[str, Any]:
    value, status = ready.value, ready.status
    place = path if kind.fills_a_folder else new_place(path)
    written = place if options.dry_run else _write(kind, ready, place)
    if options.json:
        return {**_paper_json(kind, value, status, (written,))}
    say(f"{'Would write' if options.dry_run else 'Wrote'} {written}: {_words(value, status)}")
    if not kind.fills_a_folder:
        say(*filter(None, [beside_words(path, place, written), unsettled_words([value])]))
    elif isinstance(value, Letters):
        say(*filter(None, [address_words(value.without_address) if options.emails else ""]))
    return {}


def _write_agreements(kind: PaperKind, found: Sequence[_Ready], options: Options) -> None:
    told = []
    for value, status, drawn, _ in found:
        assert isinstance(value, GrantAgreement), "a folder is of agreements"
        paths = () if options.dry_run else write_agreements(value, status, options.out, drawn)
        told.append(_paper_json(kind, value, status, paths))
        if not options.json:
            say(*(f"Wrote {path}" for path in paths), _words(value, status))
    answer(
        options, lambda: {"papers": told}, filter(None, [unsettled_words([ready.value for ready in found])])
    )


def _ready(order: PaperOrder, options: Options) -> _Ready:
    """Return the values of an order with what their copy says, once issued where that is asked for."""
    value, row = options.ask(lambda session: (paper_value(session, order), journal.head(session).seq))
    beside = _beside(order, options)
    if isinstance(value, NoticeOfDecision):
        order = replace(order, notice=value.number)  # by which versions count, said or not
    warn(options.ask(words_to_check, order=order, value=value))
    warn(not_shown_words(order.kind, value, beside.get("files")))
    if isinstance(value, Letters):
        tell = complain if options.json else say
        tell(*value.to_do)
    if "purposes_read" in KINDS[order.kind].choices:
        order = replace(order, purposes_read=True)  # whoever runs a command is told, and not stopped
    if options.issue:
        return _issue(order, value, options, row=row, beside=beside)
    signed = options.ask(signed_status, order=order, value=value)
    status = signed or options.ask(draft_status, order=order, value=value)
    return _Ready(value, status, None, beside)


CHOICES = {
    **{name: name for name in ("month", "notice", "confidential_part", "names_declined", "names_panel")},
    **{name: name for name in ("with_undecided", "purposes_read", "award", "with_marks", "layout")},
    "how_sure": "with_sure",
    "pdfs": "with_pdfs",
    "emails": "with_mails",
}
"""What may be chosen of a kind, by the option that does."""


def _refuse_idle(kind: PaperKind, options: Options) -> None:
    """An option that says nothing about this kind is wrong usage, not passed over."""
    of_use = {
        "issue": not kind.is_before_signing,
        "period": kind.scope in (Scope.MONTH, Scope.PERIOD),
        "reason": kind.scope is Scope.PERIOD,
        **{option: choice in kind.choices for option, choice in CHOICES.items()},
        "accounts_for": options.layout is not None,
        "why": bool(options.accounts_for),
    }
    given = [name for name, is_of_use in of_use.items() if getattr(options, name) and not is_of_use]
    idle = [f"--{name.replace('names_', 'name_').replace('_', '-')}" for name in given]
    if len(options.areas) > 1 and "notice" not in kind.choices:
        idle.append("--area given more than once")
    if idle:
        options.usage_error(f"{idle[0]} says nothing about {options.kind}: leave it out")


def _name_publisher(options: Options) -> None:
    """Keep who publishes, where that is another than the record knows: said again it is no change."""
    named = Publisher(options.prefix, options.funder)
    if options.ask(publisher) != named:
        operation = SetPublisher(*named)
        perform(operation, options)


def _names_publisher(kind: PaperKind, options: Options) -> bool:
    """Whether the options say who publishes; half of it, or with another kind, is wrong usage."""
    given = (options.prefix, options.funder)
    if not any(given):
        return False
    if kind.code != OPEN_DATA or not all(given):
        options.usage_error("--prefix and --funder go together, with 360giving alone")
    return True


def _issue(
    order: PaperOrder,
    value: PaperValue,
    options: Options,
    *,
    row: int,
    beside: dict[str, Any],
) -> _Ready:
    following = options.ask(next_issue, order=order, value=value)
    if following is None:
        return _given_back(order, value, options, beside=beside)
    _require_answered(order, value, options)
    drawn = _draw(order.kind, value, following.status, options.out, **beside)
    operation = following.of_files(drawn.issued)
    if options.ask(is_outdated, order=order, sha256=operation.sha256, row=row):
        raise Refused(
            f"{value.title}: something was changed while it was drawn, so nothing was issued."
            " Run the same command again."
        )
    put = partial(put_files, contents=drawn.contents)
    options.opened.perform_beside(operation, put, acting(operation, options))
    return _Ready(value, following.status, drawn, beside)


def _given_back(
    order: PaperOrder,
    value: PaperValue,
    options: Options,
    *,
    beside: dict[str, Any],
) -> _Ready:
    """Return the newest version with its files as they were issued, and say that there is no other."""
    status = options.ask(issued_status, order=order, value=value)
    assert status is not None, "a version was issued"
    why = ", and the reason is not saved" if options.reason else ""
    same = f"{value.title}: nothing changed since version {status.version}"
    warn([f"{same}, so no other version is issued{why}."])
    issued = options.ask(given_back, order=order)
    if isinstance(value, Letters):
        return _Ready(
            value, status, _draw(order.kind, value, status, options.out, issued=issued, **beside), beside
        )
    return _Ready(value, status, None if options.how_sure else Drawn.given_back(issued), beside)


def _require_answered(order: PaperOrder, value: PaperValue, options: Options) -> None:
    """Refuse what is asked before these values are issued until its option is given; list the reasons."""
    given = {
        LEAVE_EMPTY: options.leave_empty,
        REASONS_READ: options.reasons_read,
        AS_IT_IS: options.issue_as_it_is,
    }
    for question in options.ask(questions_of, order=order, value=value):
        if not given[question.option]:
            if question.option == REASONS_READ and not options.json:
                say(*question.lines)
            raise Refused(question.refusal)


def _draw(kind: str, value: PaperValue, status: PaperStatus, place: Path, **beside: Any) -> Drawn:
    if isinstance(value, Letters):
        return draw_letters(value, status, place, **beside)
    return draw(kind, value, status, **beside)


def _beside(order: PaperOrder, options: Options) -> dict[str, Any]:
    if KINDS[order.kind].fills_a_folder:
        return {"files": LetterFiles(options.emails, options.pdfs)}
    return (
        {"sure": schedule_sensitivity(options.ask(as_decided, round_id=order.of_round), order.area)}
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


def _words(value: PaperValue, status: PaperStatus) -> str:
    if status.is_draft:
        return f"a draft, {value.control}. The record is unchanged."
    if status.signed_on is not None:
        again = f"With --issue version {status.version} itself is written again."
        return f"{status.words}; {value.control}. The record is unchanged. {again}"
    first = f"version {status.version}, {value.control}."
    on = "" if status.journal_at is None else f", {short_day(status.journal_at)}"
    return f"{first}\nSHA-256 {status.sha256}\nJournal before it: {status.journal_words}{on}"


def _orders_of(order: PaperOrder, options: Options, *, is_folder: bool) -> tuple[PaperOrder, ...]:
    """Return the orders: one, or for a folder one for each award of a round where none is named."""
    if not KINDS[order.kind].is_of_one_award and not order.award:
        return (order,)
    found = options.ask(agreement_orders, order=order)
    if len(found) > 1 and not is_folder:
        raise Refused(f"The round has {len(found)} awards. Say which with --award, or name a folder.")
    return found


def _order_of(kind: PaperKind, options: Options) -> PaperOrder:
    """Return the order; an option that the kind needs and that is missing is wrong usage."""
    said = said_of(PaperOrder, options) | {"kind": kind.code, "now": datetime.now(UTC)}
    order = PaperOrder(**said | {"areas": () if options.area else options.areas})
    if kind.scope is Scope.MONTH and (options.month is None) == (not options.period):
        options.usage_error(
            f"{options.kind} is of a month or a period: give --month, such as --month 2026-11, or --period, "
            "such as --period 2026/27-Q3"
        )
    if kind.scope is not Scope.ROUND:
        if options.round is not None or options.areas:
            options.usage_error(f"{options.kind} does not belong to a round: leave out --round and --area")
        is_period = kind.scope is Scope.PERIOD
        return _of_period(order, options) if is_period else _of_fund(options, order)
    if options.round is None and not options.areas and order.award:
        return replace(order, round_id=award_named(options, order.award).key[0], fund=None, year=None)
    if options.round is None and "is_of_all" in kind.choices:
        if options.areas:
            options.usage_error("--area keeps to an area of one round: give --round as well")
        return _of_fund(options, order)
    if options.round is None:
        options.usage_error(f"{options.kind} is of a round: --round is missing")
    return replace(order, round_id=round_named(options), fund=None, year=None)


def _of_period(order: PaperOrder, options: Options) -> PaperOrder:
    """Return the order of a fund's period under the fund's code, by which versions count."""
    if options.year is not None:
        options.usage_error(f"{options.kind} is of a period: write --period {options.year}, not --year")
    if not options.period:
        options.usage_error(
            f"{options.kind} is of a period: --period is missing, such as --period 2026/27-Q3"
        )
    return replace(order, fund=options.ask(reporting_fund, name=options.fund).code)


def _of_fund(options: Options, order: PaperOrder) -> PaperOrder:
    """Return the order under the fund's name, as the window has it, by which versions count."""
    if order.fund is None:
        return order
    found = options.ask(fund_written, name=order.fund)
    return order if found is None else replace(order, fund=found.name)


def _refuse_role(paper: str, options: Options) -> None:
    """Refuse a paper to a person who has no role that writes it."""
    if is_named(options):
        round_id = None if options.round is None else chosen_round(options).line.round_id
        options.ask(refuse_other_roles, name=person(options), round_id=round_id, paper=paper)


def _closed_to_signer(kind: PaperKind, options: Options) -> tuple[str, ...]:
    """Return the applications of which what is signed tells a person nothing."""
    if kind.code not in BEFORE_SIGNING or not is_named(options):
        return ()
    return tuple(sorted(chosen_round(options).sight.unseen))


def _payments(options: Options) -> tuple[PaymentLayout, Accounts | None]:
    """Return the layout of the payment file, which has a place, and the accounts that it holds.

    The journal says before who asked for them and why.
    """
    layout, path = options.ask(payment_layout, name=options.layout), options.out.with_suffix(".csv")
    refuse_record(path)
    require_place(path)
    if not options.accounts_for:
        refuse_without_accounts(layout)
        return layout, None
    if not layout.has_accounts:
        raise Refused(f"The layout {layout.name} holds no accounts. Leave --accounts-for and --why out.")
    round_id = round_named(options)
    operation = ExportAccounts(round_id, options.area or "", options.accounts_for, options.why)
    beside = partial(accounts_asked_for, operation=operation)
    return layout, options.opened.perform_beside(operation, beside, acting(operation, options))[1]


def _write_beside_schedule(
    value: PaperValue,
    layout: PaymentLayout,
    accounts: Accounts | None,
    options: Options,
) -> None:
    """Write the payment file beside the workbook, and say what it comes to.

    The journal keeps the sum of one with accounts.
    """
    assert isinstance(value, FinanceSchedule), "a payment file is of a finance schedule"
    wanted = options.out.with_suffix(".csv")
    written = write_payment_file(value, layout, wanted, accounts)
    if accounts is not None:
        perform(NoteAccountsFiles.of(accounts, {written.name: written.read_bytes()}), options)
    said = f"Wrote {written}: the payment file {layout.name}, {control_of(value, layout)}."
    say(*filter(None, [said, kept_beside(wanted, written)]))


def _paper_json(kind: PaperKind, value: PaperValue, status: PaperStatus, written: Iterable[Path]) -> Json:
    """Return a paper that was written; `version` is None where its file is no issued version's."""
    found: Json = {
        "paper": kind.code,
        **told(value, "title control"),
        "version": None if status.signed_on else status.version or None,
        "sha256": status.sha256,
        "files": [str(path) for path in written],
    }
    if status.signed_on is not None:
        found |= told(status, "signed_version=version signed_on")
    return found
