"""`grant-panel award RECORD sign` and `pay`, `payment-layout` and `ledger`: signatures and payments."""

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from cli.awards.award import award_named, chosen_award, decided_row, of_award, print_award
from cli.awards.terms import the_part
from cli.deciding.challenge import DATED
from cli.deciding.recommend import unlike_chain, with_signatory
from cli.frame.output import Column, Json, Options, answer, as_table, lines, told, told_of, warn
from cli.frame.record import acting, changes, is_named, perform, perform_all, person, reads, tried
from cli.frame.typed import YES_NO, confirmed, named_with_post, past_day, said_of, today, typed_pounds
from exchange.forms import FormFaults
from exchange.papers.finance.returned import read_ledger
from models.operation import Actor, Operation
from models.operations.awards.agreements import RecordAgreement, SignAgreement, with_returns
from models.operations.awards.bank_details import CallBack, CheckBankDetails
from models.operations.awards.finance import RecordPayments, SetPaymentLayout, taken_back_by_bank
from models.operations.awards.paying import PayInstalment, look_words
from models.operations.deciding.deciding import RecordDecisions
from models.operations.set_up.people import NameSignatories
from models.queries.awards.agreements import never_issued
from models.queries.awards.awards import payment_layout, payment_layouts, saved_layouts
from models.queries.awards.awards_page import AwardLine, every_award
from models.queries.deciding.decisions import chain_of, recommendations
from models.queries.deciding.on_paper import on_paper
from models.queries.deciding.settled import interests_to_state, power_of
from models.queries.deciding.signatories import office_signer_named, office_signers
from models.queries.papers.notices.signatures import unlike_first_signed
from models.queries.permissions.acting import known_as, roles_of
from models.queries.set_up.funds import round_rules
from models.role import SIGNING, Role
from models.session import Session
from models.values.awards import SIDES, AgreementDetails
from models.values.payments import COVERS, FIELDS, FIXED, SEPARATORS, STANDARD, LayoutColumn, PaymentLayout
from models.values.recommending import LineDecision
from scoring.written.names import is_same_text
from scoring.written.text import Refused, counted, listed

TYPES = {"--allow": typed_pounds}
SIGNS_FOR = {"office": "--for-office", "recipient": "--for-recipient"}
"""The option that names who signed for a side."""
AGREED = "An agreement is dated the day it was signed"
PROPOSED = "proposed"
ELSEWHERE = (
    "Issue it first with export … agreement --issue, or record it with --drawn-elsewhere where it was drawn "
    "up elsewhere."
)
POST = "the post of the chain that signs; of a deputy, like “Deputy for the Chief Executive”"


@changes
def sign(options: Options) -> None:
    """Sign the award at the step whose turn it is, or its agreement."""
    line = chosen_award(options)
    if options.agreement and options.also:
        raise Refused("Each award has an agreement of its own. Leave --with out.")
    if options.agreement:
        print_award(_agreed(line, options), options)
        return
    if not is_named(options) or not options.post.strip():
        raise Refused("Say who signs, with --as NAME and --post POST.")
    actor = _signatory(line, options)
    lines = (line, *_also(line, options))
    operation = options.ask(_signature, lines=lines, options=options, actor=actor)
    warn(options.ask(_unlike, lines=lines, operation=operation))
    made = perform_all(with_signatory(operation, options), options, lambda *_: actor)
    print_award(" ".join(made), options)


def _also(line: AwardLine, options: Options) -> tuple[AwardLine, ...]:
    """Return the other proposals that are signed at once; refused where one waits for somebody else."""
    others = tuple(award_named(options, reference.strip()) for reference in options.also)
    for other in others:
        is_beside = (other.round.round_id, other.waits) == (line.round.round_id, line.waits)
        if not is_beside or other.reference == line.reference:
            raise Refused(
                f"{other.reference} does not wait for the same signature as {line.reference} beside it. "
                "Sign it by itself."
            )
    return others


def _unlike(session: Session, lines: Sequence[AwardLine], operation: RecordDecisions) -> tuple[str, ...]:
    references = {line.application.reference for line in lines}
    advised = [row for row in recommendations(session, operation.round_id) if row.application in references]
    told = unlike_first_signed(session, operation.round_id, advised, operation.notice)
    if not operation.from_paper:
        return tuple(told)
    areas = list(dict.fromkeys(area for line in lines if (area := line.application.area)))
    signed = Options(post=operation.post, signer=operation.by, areas=areas)
    return (*told, *unlike_chain(session, operation.round_id, operation.step, signed))


@of_award
def pay(line: AwardLine, options: Options) -> Operation | str:
    """Authorise an instalment as paid, or say that it is not after all."""
    if options.returned is not None:
        return _returned(line, options)
    if options.take_back and options.on is not None:
        words = "A payment that is taken back has no day. Leave --on out, or say why the bank sent it back"
        raise Refused(f"{words}, with --returned TEXT.")
    number, part = the_part(line, options, is_paid=options.take_back)
    on = None if options.take_back else past_day(options.on, "A payment is dated the day it was made")
    before = part.paid_on if options.take_back else None
    operation = PayInstalment(*line.key, number, on, before)
    if not options.although_unsettled:
        _refuse_unsettled(operation, options)
    return operation


@of_award
def verify(line: AwardLine, options: Options) -> Operation | str:
    """Record how an award's bank details were checked with the payee, or take that back."""
    row = decided_row(line, ", so it has no bank details.")
    if row.bank is None:
        raise Refused(f"{row.reference} has no bank details. Enter them in the window first.")
    if options.take_back:
        return CheckBankDetails(*line.key, row.bank.last_four, is_checked=False)
    if not (options.called.strip() and options.number.strip() and options.on):
        raise Refused(
            "Bank details are verified by a call to the payee on a number that you already had. Give "
            "--called NAME, --number TEXT and --on DAY."
        )
    call = CallBack(options.called.strip(), options.number.strip(), options.on)
    return CheckBankDetails(*line.key, row.bank.last_four, call=call)


def _refuse_unsettled(operation: PayInstalment, options: Options) -> None:
    """Ask about what is open of a payment that would else be made."""
    words = options.ask(look_words, parts=(operation,))
    if words:
        options.opened.try_out(partial(tried, made=[(operation, acting(operation, options))]))
        raise Refused(f"{words} Settle that first, or give --although-unsettled.")


def _returned(line: AwardLine, options: Options) -> PayInstalment:
    row, (number, _) = decided_row(line, ", so nothing is paid."), the_part(line, options, is_paid=True)
    came_on = past_day(options.on, "What the bank sends back is dated the day it came back")
    return taken_back_by_bank(line.round.round_id, row, number, came_on=came_on, reason=options.returned)


def _agreed(line: AwardLine, options: Options) -> str:
    row = decided_row(line, ", so there is no agreement to sign.")
    on, before = past_day(options.on, AGREED), row.agreement
    issued = row.newest_version
    if issued is None and row.agreed_on is None and not options.drawn_elsewhere:
        raise Refused(f"{never_issued(row.reference)} {ELSEWHERE}")
    given = options.ask(_details, line=line, before=before, options=options)
    details = given.signed_as(None if issued is None else issued.version)
    said = (details, before) if details != before else ()
    change: Operation
    if row.wants_signature:
        change = RecordAgreement(*line.key, details.signed_as(details.signed_version, on), before)
    else:
        signing = SignAgreement(*line.key, on, row.agreed_on, *said)
        change = options.ask(with_returns, signing=signing)
    done = perform_all((*options.ask(_signing_for_office, line=line, options=options), change), options)
    return " ".join((*done, _signers_taken(before, details)))


def _signers_taken(before: AgreementDetails, details: AgreementDetails) -> str:
    """Return who is recorded as having signed."""
    if details.signers == before.signers:
        return f"It is recorded as signed by {listed(details.signers)}, as before."
    return f"It is recorded as signed by {listed(details.signers)}."


def _signing_for_office(session: Session, line: AwardLine, options: Options) -> tuple[NameSignatories, ...]:
    """Return what records who signed for the office, in a post of the chain or as a deputy, if asked for."""
    reason, (round_id, of) = options.new_signatory.strip(), line.key
    name, _, post = options.for_office.partition(",")
    if not (reason and name.strip()):
        return ()
    chain = chain_of(session, round_id)
    named = (number for number, one in enumerate(chain) if one.post_named(post))
    step = next(named, len(chain) - 1)
    signer = name.strip(), chain[step].post_signed(post.strip())
    return (NameSignatories.with_signer(session, round_id, step, signer, {of}, reason),)


def _details(
    session: Session, line: AwardLine, before: AgreementDetails, options: Options
) -> AgreementDetails:
    """Return what is known of a signed agreement; refused where nobody is named for a side.

    For the office it is whoever acts, where nobody else is named and they sign for it.
    """
    changes = {"held_at": options.held.strip()}
    for side in SIDES:
        if typed := getattr(options, f"for_{side}").strip():
            who = named_with_post(typed, f"the person who signed for the {side}", SIGNS_FOR[side])
            changes |= dict(zip((f"{side}_signer", f"{side}_post"), who, strict=True))
    details = replace(before, **{name: text for name, text in changes.items() if text})
    if not details.office_signer:
        known = office_signers(session, line.round.round_id, line.application.area or "")
        own = office_signer_named(known, known_as(session, person(options)))
        details = details if own is None else replace(details, office_signer=own.name, office_post=own.post)
    missing = [f'--for-{side} "NAME, POST"' for side in details.missing_sides]
    if missing:
        words = f"The agreement of {line.reference} is signed when both sides have signed. Name who signed"
        raise Refused(f"{words}, with {' and '.join(missing)}.")
    return details


def _signatory(line: AwardLine, options: Options) -> Actor:
    """Return who signs: in their role of the round, or an officer who records it from paper."""
    name = options.ask(known_as, name=person(options))
    roles = options.ask(roles_of, name=name, round_id=line.round.round_id)
    if roles == (Role.READER,):
        raise Refused(_nobody(line, name))
    mine = [role for role in roles if role in SIGNING]
    chain = options.ask(chain_of, round_id=line.round.round_id)
    at = None if line.waits is None else chain[line.waits.step].role
    return Actor(name, at if at in mine else next(iter(mine), roles[0]))


def _signature(
    session: Session, lines: Sequence[AwardLine], options: Options, actor: Actor
) -> RecordDecisions:
    line = lines[0]
    in_person, round_id = actor.role in SIGNING, line.round.round_id
    if not in_person and not options.notice.strip() and line.waits is not None:
        raise Refused(_nobody(line, actor.name))
    step = _step(session, lines, options.post.strip(), in_person=in_person)
    return RecordDecisions(
        round_id=round_id,
        step=step,
        by=actor.name,
        post=chain_of(session, round_id)[step].post_signed(options.post.strip()),
        on=past_day(options.on, DATED),
        interests=options.interests.strip() or ("" if in_person else interests_to_state(session)),
        lines=tuple(_line(one, options.send_back.strip()) for one in lines),
        notice=options.notice.strip(),
        legal_power=options.legal_power.strip() or power_of(session, round_rules(session, round_id)),
        from_paper=not in_person,
        unsigned_because=options.unsigned_because,
        confirmed=confirmed(options),
    )


def _nobody(line: AwardLine, name: str) -> str:
    """Say what to do where whoever signs is not recorded as one of those who do."""
    of, waits = line.round, "" if line.waits is None else f", which waits for the {listed(line.waits.posts)}"
    return (
        f"{name} is not recorded as one who signs {line.reference}{waits}. Name them: grant-panel "
        f'signatories RECORD --round "{of.name}" --fund {of.fund_code} --year {of.year} --set POST=NAME. Or '
        "record from paper what the last step decided, with its post and --notice NNN/YYYY."
    )


def _step(session: Session, lines: Sequence[AwardLine], post: str, *, in_person: bool) -> int:
    line = lines[0]
    if line.waits is not None and in_person:
        return line.waits.step
    if line.state != PROPOSED:
        raise Refused(f"{line.reference} is {line.state}. Nothing waits for a signature there.")
    references = tuple(one.application.reference for one in lines)
    return on_paper(session, line.round.round_id, post, references).step


def _line(line: AwardLine, back: str) -> LineDecision:
    reference = line.application.reference
    return LineDecision(reference, "send_back", change_reason=back) if back else LineDecision(reference)


@reads
def list_layouts(options: Options) -> None:
    """List the layouts, and what a column may hold."""
    found = options.ask(payment_layouts)
    answer(
        options,
        lambda: {"layouts": [_json(one) for one in found], "fields": dict(FIELDS)},
        (
            f"{one.name}: {', '.join(column.heading or column.holds for column in one.columns)}"
            for one in found
        ),
        "",
        "A column may hold:",
        (f"  {key}: {words}" for key, words in FIELDS.items()),
    )


@reads
def show_layout(options: Options) -> None:
    """Show a layout."""
    layout = options.ask(payment_layout, name=options.name)
    covers, separator = COVERS[layout.covers].lower(), SEPARATORS[layout.separator][1].lower()
    answer(
        options,
        lambda: _json(layout),
        lines("layout", layout=layout, covers=covers, separator=separator),
    )


@changes
def set_layout(options: Options) -> None:
    """Save a layout, or change one; what is not stated stays."""
    saved = _saved(options, options.name)
    layout = replace(STANDARD, name=options.name.strip()) if saved is None else saved
    if options.column:
        layout = replace(layout, columns=tuple(map(_column, options.column)))
    yes_no = {name: YES_NO[of] for name in ("has_mark", "has_headings") if (of := getattr(options, name))}
    layout = replace(layout, **said_of(PaymentLayout, options) | yes_no | {"name": layout.name})
    if layout == saved:
        raise Refused(f"The layout {layout.name} has all of that already. Nothing was changed.")
    _perform(SetPaymentLayout(layout.name, layout, saved), options)


@changes
def remove_layout(options: Options) -> None:
    """Remove a layout."""
    saved = _saved(options, options.name)
    name = options.name.strip() if saved is None else saved.name
    _perform(SetPaymentLayout(name, None, saved), options)


def _perform(operation: SetPaymentLayout, options: Options) -> None:
    words = perform(operation, options)
    answer(options, lambda: {"layout": None if operation.layout is None else _json(operation.layout)}, words)


def _saved(options: Options, name: str) -> PaymentLayout | None:
    return next((one for one in options.ask(saved_layouts) if is_same_text(one.name, name)), None)


def _column(text: str) -> LayoutColumn:
    said, mark, words = text.partition(f"={FIXED}:")
    if mark:
        return LayoutColumn(said.strip(), FIXED, words.strip())
    heading, sign, key = (part.strip() for part in text.rpartition("="))
    return LayoutColumn(heading if sign else FIELDS.get(key, key), key)


def _json(layout: PaymentLayout) -> Json:
    return {
        "name": layout.name,
        "columns": [told(one, "heading holds words") for one in layout.columns],
        **told(layout, "separator dates covers mark=has_mark headings=has_headings"),
    }


PAYMENTS = (
    Column("Award", "award=found.reference"),
    Column("Instalment", "instalment=number"),
    Column("Amount", "amount=part.amount_pence"),
    Column("Paid on", "paid_on=on"),
)


@changes
def read_back(options: Options) -> None:
    """Read the ledger, record what is new in it, and print that."""
    reading = read_ledger(options.file, options.ask(every_award, today=today()), today())
    parts = tuple(
        PayInstalment(line.found.round_id, line.found.application, line.number, line.on, line.part.paid_on)
        for line in reading.lines
    )
    words = f"{counted(len(parts), 'payment')} would be recorded. Nothing was changed."
    if not options.dry_run:
        if reading.differing and not options.fitting:
            raise FormFaults((*reading.differing, _remedy(len(parts))))
        if not parts and not reading.unchanged:
            raise Refused(f"{reading.name} names no payment of an award of this record. Nothing was changed.")
        words = "Everything in it was recorded before."
        if parts:
            words = perform(RecordPayments(reading.name, parts), options)
    left = {line.found.reference: line.found.checks_left for line in reading.lines if line.found.checks_left}
    open_checks = left.items() if options.dry_run else ()  # else what was recorded says so
    answer(
        options,
        lambda: {
            **told(reading, "file=name sheet"),
            "payments": [told_of(PAYMENTS, line) for line in reading.lines],
            **told(reading, "unchanged other_rows=others differing"),
            "not_in_file": [
                told(line, "award=found.reference instalment=number paid_on=on") for line in reading.missing
            ],
        },
        words,
        as_table(PAYMENTS, reading.lines),
        lines("ledger", reading=reading, open_checks=open_checks, is_tried=options.dry_run),
    )


def _remedy(many: int) -> str:
    if not many:
        return "Nothing was recorded: correct the ledger or the record."
    fits = "fits" if many == 1 else "fit"
    return f"Nothing was recorded. --fitting records the {counted(many, 'payment')} that {fits}."
