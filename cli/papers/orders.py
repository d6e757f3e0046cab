"""The order of a paper from a command's options, and `grant-panel words`: what an office writes into it."""

import argparse
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from cli.frame.output import Json, Options, answer, on_one_line, say, told
from cli.frame.record import acting, is_named, open_record, perform, person
from cli.frame.rounds import chosen_round, refuse_record, round_named
from cli.frame.typed import in_lines, said_of
from exchange.atomic import kept_beside, require_place
from exchange.papers.finance.payment_file import control_of, refuse_without_accounts, write_payment_file
from models.operations.awards.bank_details import ExportAccounts, NoteAccountsFiles, accounts_asked_for
from models.operations.set_up.office import SetPaperTexts
from models.papers.finance import Accounts, FinanceSchedule
from models.papers.letters.letter import Letter
from models.papers.ministry.summing import MinistryReturn
from models.papers.notice import NoticeOfDecision
from models.papers.order import PaperOrder, PaperValue
from models.papers.paper_kind import PaperKind, Scope
from models.papers.status import PaperStatus
from models.papers.texts import FIELDS_OF, LETTERS, OF_APPLICATIONS, PaperTexts, TextField, texts_of_letter
from models.permissions.papers import BEFORE_SIGNING, CLOSABLE
from models.permissions.viewing import refuse_closed
from models.queries.awards.awards import payment_layout
from models.queries.awards.awards_page import find_award
from models.queries.awards.grant_agreement import agreement_orders
from models.queries.awards.ministry import reporting_fund
from models.queries.papers.letters import letters
from models.queries.papers.paper_texts import paper_texts
from models.queries.permissions.reading import refuse_other_roles
from models.queries.set_up.funds import fund_written
from models.queries.set_up.rounds import find_round
from models.record import Record
from models.session import Session
from models.values.payments import PaymentLayout
from scoring.written.text import Refused, listed


def orders_of(
    record: Record, kind: PaperKind, options: Options, *, is_folder: bool
) -> tuple[PaperOrder, ...]:
    """Return the orders: one, or for a folder one for each award of a round where none is named."""
    order = order_of(record, kind, options)
    if not kind.is_of_one_award and not order.award:
        return (order,)
    found = record.ask(agreement_orders, order=order)
    if len(found) > 1 and not is_folder:
        raise Refused(f"The round has {len(found)} awards. Say which with --award, or name a folder.")
    return found


def order_of(record: Record, kind: PaperKind, options: Options) -> PaperOrder:
    """Return the order; an option that the kind needs and that is missing is wrong usage."""
    order = _asked(kind, options)
    if kind.scope is Scope.MONTH and (options.month is None) == (not options.period):
        options.usage_error(
            f"{options.kind} is of a month or a period: give --month, such as --month 2026-11, or --period, "
            "such as --period 2026/27-Q3"
        )
    if kind.scope is not Scope.ROUND:
        if options.round is not None or options.areas:
            options.usage_error(f"{options.kind} does not belong to a round: leave out --round and --area")
        is_period = kind.scope is Scope.PERIOD
        return _of_period(record, order, options) if is_period else _of_fund(record, order)
    if options.round is None and not options.areas and order.award:
        of = record.ask(find_award, reference=order.award)
        return replace(order, round_id=of.round_id, fund=None, year=None)
    if options.round is None and kind.may_be_of_all:
        if options.areas:
            options.usage_error("--area keeps to an area of one round: give --round as well")
        return _of_fund(record, order)
    if options.round is None:
        options.usage_error(f"{options.kind} is of a round: --round is missing")
    found = partial(find_round, name=options.round, fund=options.fund, year=options.year)
    return replace(order, round_id=record.ask(found), fund=None, year=None)


def _asked(kind: PaperKind, options: Options) -> PaperOrder:
    said = said_of(PaperOrder, options) | {"kind": kind.code, "now": datetime.now(UTC)}
    return PaperOrder(**said | {"areas": () if options.area else options.areas})


def _of_period(record: Record, order: PaperOrder, options: Options) -> PaperOrder:
    """Return the order of a fund's period under the fund's code, by which versions count."""
    if options.year is not None:
        options.usage_error(f"{options.kind} is of a period: write --period {options.year}, not --year")
    if not options.period:
        options.usage_error(
            f"{options.kind} is of a period: --period is missing, such as --period 2026/27-Q3"
        )
    return replace(order, fund=record.ask(reporting_fund, name=options.fund).code)


def _of_fund(record: Record, order: PaperOrder) -> PaperOrder:
    """Return the order under the fund's name, as the window has it, by which versions count."""
    if order.fund is None:
        return order
    found = record.ask(fund_written, name=order.fund)
    return order if found is None else replace(order, fund=found.name)


def of_its_number(order: PaperOrder, value: PaperValue) -> PaperOrder:
    """Return the order under the notice's own number, said or not, by which versions count."""
    return replace(order, notice=value.number) if isinstance(value, NoticeOfDecision) else order


def refuse_paper(record: Record, paper: str, options: Options) -> tuple[str, ...]:
    """Refuse it to who has no role that writes it, or an interest in what it tells of.

    Return the applications of which what is signed tells them nothing.
    """
    if not is_named(options):
        return ()
    chosen = None if options.round is None else chosen_round(record, options)
    round_id = None if chosen is None else chosen.line.round_id
    record.ask(refuse_other_roles, name=person(options), round_id=round_id, paper=paper)
    if chosen is not None and paper in CLOSABLE:
        refuse_closed(chosen.rows, chosen.sight, options.area)
    return tuple(sorted(chosen.sight.unseen)) if chosen is not None and paper in BEFORE_SIGNING else ()


def chosen_layout(record: Record, options: Options) -> PaymentLayout:
    """Return the layout that the options name; refused where the file has no place, before anything else."""
    layout = record.ask(payment_layout, name=options.layout)
    path = payment_path(options.out)
    refuse_record(path)
    require_place(path)
    return layout


def accounts_of(record: Record, layout: PaymentLayout, options: Options) -> Accounts | None:
    """Return the accounts that a layout holds, once the journal says who asked for them and why."""
    if not options.accounts_for:
        refuse_without_accounts(layout)
        return None
    if not layout.has_accounts:
        raise Refused(f"The layout {layout.name} holds no accounts. Leave --accounts-for and --why out.")
    found = partial(find_round, name=options.round, fund=options.fund, year=options.year)
    operation = ExportAccounts(record.ask(found), options.area or "", options.accounts_for, options.why)
    beside = partial(accounts_asked_for, operation=operation)
    return record.perform_beside(operation, beside, acting(record, operation, options))[1]


def write_beside_schedule(
    record: Record,
    value: PaperValue,
    layout: PaymentLayout,
    accounts: Accounts | None,
    options: Options,
) -> None:
    """Write the payment file beside the workbook, and say what it comes to.

    The journal keeps the sum of one with accounts.
    """
    assert isinstance(value, FinanceSchedule), "a payment file is of a finance schedule"
    wanted = payment_path(options.out)
    written = write_payment_file(value, layout, wanted, accounts)
    if accounts is not None:
        perform(record, NoteAccountsFiles.of(accounts, {written.name: written.read_bytes()}), options)
    said = f"Wrote {written}: the payment file {layout.name}, {control_of(value, layout)}."
    say(*filter(None, [said, kept_beside(wanted, written)]))


def payment_path(out: Path) -> Path:
    """Return where the payment file of a workbook lies: beside it, under the same name."""
    return out.with_suffix(".csv")


def paper_json(kind: PaperKind, value: PaperValue, status: PaperStatus, written: Iterable[Path]) -> Json:
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
    return found | ({"return": ministry_json(value)} if isinstance(value, MinistryReturn) else {})


def ministry_json(value: MinistryReturn) -> Json:
    return {
        **told(value, "fund=fund_code period begins_on ends_on paid_pence evidenced_pence"),
        "people": [told(one, "list=title line people awards=given") for one in value.people],
        "spending": [told(one, "list=kind line paid_pence evidenced_pence") for one in value.spending],
        "providers": [
            {
                **told(
                    one,
                    "award application organisation round=round_name permitted_purpose=purpose",
                    "service_area=service awarded_pence paid_pence evidenced_pence",
                ),
                "returns": [told(each, "number of=words due_on received_on") for each in one.returns],
                **told(one, "missing warning"),
            }
            for one in value.providers
        ],
        **told(value, "corrects? reason changes"),
    }


OF = {
    "notice": "the notice's number, or the area of a draft",
    "letters": "the application's reference",
    "publication": "the application's reference",
}
"""What a paper's words are written for, where there are some for each; else they are of the round."""


def write_words(options: Options) -> None:
    """Write what is to be written, and print what stands."""
    fields = FIELDS_OF[options.paper]
    _refuse_subject(options, is_needed=options.paper in OF_APPLICATIONS)
    with open_record(options.record, options, to_change=bool(options.texts)) as record:
        number = round_named(record, options)
        stands = partial(paper_texts, round_id=number, paper=options.paper, subject=options.subject)
        before = record.ask(stands)
        if options.texts:
            if options.paper == LETTERS:
                _refuse_unprinted(record.ask(_letter_of, number=number, options=options), options)
            after = tuple({**dict(before.texts), **dict(options.texts)}.items())
            operation = SetPaperTexts(number, options.paper, options.subject, after)
            words = perform(record, operation, options)
        found = record.ask(stands)
    answer(
        options,
        lambda: {"words": dict(found.texts)},
        [words] if options.texts else (),
        (_line(field, found) for field in fields),
    )


def _line(field: TextField, found: PaperTexts) -> str:
    """Return what stands in a field; where nothing does what belongs there, as the window says it."""
    asked = ": ".join(filter(None, (field.heading, field.hint)))
    return f"{field.code}: {on_one_line(found.get(field.code, f'– ({asked})'))}"


def _refuse_subject(options: Options, *, is_needed: bool) -> None:
    """Refuse words of a paper that has some for each thing without one, and of others with one."""
    if is_needed and not options.subject:
        raise Refused(f"Say of what: --of with {OF[options.paper]}.")
    if options.subject and options.paper not in OF:
        raise Refused(f"The words of the {options.paper} are of the round. Leave --of out.")


def _letter_of(session: Session, number: int, options: Options) -> Letter | None:
    """Return the letter that an application has by now, None where it has none yet."""
    try:
        found = letters(session, PaperOrder(options.paper, datetime.now(UTC), number)).shown
    except Refused:
        return None
    return next((letter for letter in found if letter.reference == options.subject), None)


def _refuse_unprinted(letter: Letter | None, options: Options) -> None:
    """Refuse words that the letter of an application would not print."""
    if letter is None:
        return
    known = [field.code for field in texts_of_letter(letter.kind, leaves_out=letter.leaves_out)]
    unprinted = [code for code, text in options.texts if text and code not in known]
    if unprinted:
        may = f"It prints: {listed(known)}." if known else "It prints no words of this kind."
        raise Refused(f"The letter of {letter.named} does not print {listed(unprinted)}. {may}")


def _text(given: str) -> tuple[str, str]:
    field, sign, text = given.partition("=")
    if not sign or not field.strip():
        raise argparse.ArgumentTypeError(f"{given!r} is not FIELD=TEXT")
    return field.strip(), in_lines(text)


TYPES = {"paper": tuple(FIELDS_OF), "--set": _text}
