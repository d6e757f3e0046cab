"""`grant-panel vary`, and money asked back: an award changed after it was made, and how it stands."""

import argparse
from collections.abc import Iterable, Iterator

from msgspec import convert

from cli.awards.award import award_json, chosen_award, decided_row
from cli.deciding.recommend import with_authority, with_signatory
from cli.frame.output import Column, Json, Options, answer, as_table, lines, told
from cli.frame.record import acting, changes, for_the_office, is_named, opened, perform, perform_all
from cli.frame.typed import confirmed, day, past_day, said_of, typed_pounds
from models.operations.awards.paying import SetReturned
from models.operations.awards.variations import AskBack, SignVariation, VaryAward, WithdrawVariation
from models.queries.awards.amendments import change_words, with_moved_returns
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards_page import AwardLine
from models.queries.awards.variations import Recovery, VariationRow
from models.queries.deciding.allowances import over_lines
from models.queries.deciding.decisions import chain_of, needed_steps
from models.reference.sign_off import Chain
from models.session import Session
from models.values.awards import Part, Returned, Terms
from scoring.money import plain_pounds
from scoring.written.days import short_day
from scoring.written.text import Refused, listed

DATED = "A change is dated the day it was made"
ASKED = "A request is dated the day it was made"
CAME = "Money is dated the day it was received"


def run(options: Options) -> None:
    """Make the change that is asked for and print how the award stands."""
    is_change = _is_change(options)
    with opened(options, to_change=is_change):
        said = [_change(options, chosen_award(options))] if is_change else []
        _print(options, said, is_varied=is_change)


def _print(options: Options, said: Iterable[str], *, is_varied: bool = False) -> None:
    line = chosen_award(options)
    award = _row(line)
    over = options.ask(_over_the_pot, line=line) if is_varied else ()
    chain = options.ask(chain_of, round_id=line.key[0])
    answer(options, lambda: varied_json(line, award, chain), said, varied_lines(award, chain), over)


def _row(line: AwardLine) -> AwardRow:
    return decided_row(line, ", so there is nothing to vary or to ask back. Change it with award change.")


def _is_change(options: Options) -> bool:
    """Return whether the award is changed, not printed alone; refused where options do not go together."""
    given = bool(said_of(Terms, options))
    if sum((given, options.sign, options.withdraw)) > 1:
        raise Refused("Vary, sign or withdraw, each with a separate command. Nothing was changed.")
    is_change = bool(given or options.sign or options.withdraw)
    if options.reason and not is_change:
        raise Refused("Say what is varied, such as --amount POUNDS, with the reason. Nothing was changed.")
    if not options.sign and (options.from_paper or options.post):
        raise Refused("--from-paper and --post belong to a signature: add --sign. Nothing was changed.")
    return is_change


def _over_the_pot(session: Session, line: AwardLine) -> tuple[str, ...]:
    award = _row(line)
    changed = {} if award.proposed is None else {line.key[1]: award.proposed.to_pence}
    return over_lines(session, line.key[0], changed, areas=(award.area or "",))


def _change(options: Options, line: AwardLine) -> str:
    award = _row(line)
    if options.sign:
        signing = options.ask(_signing, options=options, line=line)
        who = for_the_office if options.from_paper else acting
        return " ".join(perform_all(with_signatory(signing, options), options, who))
    if options.withdraw:
        number = 0 if award.withdrawable is None else award.withdrawable.number
        return perform(WithdrawVariation(*line.key, number or len(award.variations), options.reason), options)
    on, said = past_day(options.on, DATED), convert(said_of(Terms, options), Terms)
    terms = options.ask(with_moved_returns, round_id=line.key[0], award=award, terms=said)
    number, sure = len(award.variations) + 1, confirmed(options)
    operation = VaryAward(*line.key, number, terms, options.reason, on, sure)
    return perform(with_authority(operation, options), options)


def _signing(session: Session, options: Options, line: AwardLine) -> SignVariation:
    if not is_named(options):
        raise Refused("Say who signs, with --as NAME.")
    waits, chain = _waiting(_row(line)), chain_of(session, line.key[0])
    step = _step(waits, chain, options)
    return SignVariation(
        *line.key,
        waits.number,
        step,
        options.person.strip(),
        chain[step].post_signed(options.post) if options.post else chain[step].post,
        past_day(options.on, DATED),
        options.interests,
        options.from_paper,
        confirmed(options),
    )


def _step(waits: VariationRow, chain: Chain, options: Options) -> int:
    """Return the step that is signed: the one whose turn it is, on paper the one of the post."""
    turn = waits.waits(chain)
    assert turn is not None, "a variation that is proposed waits for somebody"
    if options.from_paper and not options.post and len(needed_steps(chain, waits.to_pence)) > 1:
        raise Refused(f"Say with --post as what it was signed. It waits for the {listed(turn.posts)}.")
    named = (at for at in needed_steps(chain, waits.to_pence) if chain[at].post_named(options.post))
    return next(named, turn.step) if options.from_paper and options.post else turn.step


def _waiting(award: AwardRow) -> VariationRow:
    if award.proposed is None:
        raise Refused(f"No variation of {award.reference} waits for its sign-off chain.")
    return award.proposed


def _part(written: str) -> Part:
    amount, equals, rest = written.partition("=")
    trigger, at, due = rest.rpartition("@")
    if not equals or not rest.strip():
        raise Refused(f"“{written}” is not a part. Write it like 500=receipts, or 500=receipts@2027-03-01.")
    try:
        due_on = day(due) if at else None
    except argparse.ArgumentTypeError as no:
        raise Refused(f"“{written}”: {no}.") from no
    return Part(typed_pounds(amount), (trigger if at else rest).strip(), due_on)


@changes
def recover(options: Options) -> None:
    """Ask for the money, record what came, and print how the award stands."""
    is_received = options.received is not None or options.received_on is not None
    if options.amount is None and not is_received:
        raise Refused(
            "Say how much to ask for back, with --amount POUNDS, or how much was received, with "
            "--received POUNDS."
        )
    line = chosen_award(options)
    asked = [] if options.amount is None else [_ask(options, line)]
    came = [_receive(options, line, *asked)] if is_received else []
    _print(options, perform_all((*asked, *came), options))


def _ask(options: Options, line: AwardLine) -> AskBack:
    number, on = len(_row(line).asked_back) + 1, past_day(options.asked_on or options.received_on, ASKED)
    return AskBack(*line.key, number, options.amount, on, options.reason)


def _receive(options: Options, line: AwardLine, asked: AskBack | None = None) -> SetReturned:
    """Return what came of the request that is made with it, else of one that was made before."""
    award = _row(line)
    request = _request(options, award) if asked is None else asked
    left = request.amount_pence if isinstance(request, AskBack) else request.outstanding_pence(award.returned)
    amount = left if options.received is None else options.received
    came = Returned(amount, past_day(options.received_on, CAME), request.reason, request.number)
    return SetReturned(*line.key, (*award.returned, came), award.returned)


def _request(options: Options, award: AwardRow) -> Recovery:
    """Return the request that money came for: the one named, else the only one of which some is to come."""
    if options.request is not None:
        named = [one for one in award.asked_back if one.number == options.request]
        if not named:
            raise Refused(f"{award.reference} has no request {options.request}. Correct the number.")
        return named[0]
    waiting = [one for one in award.asked_back if one.outstanding_pence(award.returned)]
    if len(waiting) > 1:
        numbers = ", ".join(str(one.number) for one in waiting)
        raise Refused(f"Requests {numbers} of {award.reference} are open. Say which with --request N.")
    if not waiting:
        raise Refused(
            f"No money that was asked back from {award.reference} is still to come. Ask for it first, with "
            "--amount POUNDS."
        )
    return waiting[0]


TYPES = {"--amount": typed_pounds, "--allow": typed_pounds, "--received": typed_pounds, "--part": _part}


def varied_json(line: AwardLine, award: AwardRow, chain: Chain) -> Json:
    """Return the award with its variations and what was asked back of it; `amount` is what is agreed."""
    return {
        **award_json(line),
        **told(award, "decided=first_pence amount=agreed_pence paid_pence outstanding_pence"),
        "variations": [_variation(row, chain, award) for row in award.variations],
        "recoveries": [
            {
                **told(one, "number amount_pence asked_on reason asked_by"),
                "received": [told(part, "amount_pence on") for part in one.received(award.returned)],
                "outstanding": plain_pounds(one.outstanding_pence(award.returned)),
            }
            for one in award.asked_back
        ],
    }


def varied_lines(award: AwardRow, chain: Chain) -> Iterator[str]:
    """Yield the same as lines."""
    yield from lines("varied", award=award)
    changed = (
        Column("Variation", "number"),
        Column("State", "state", lambda row: _state(row, chain, award)),
        Column("What changes", "changes", lambda row: "; ".join(change_words(row))),
        Column("Why", "reason"),
    )
    yield from as_table(changed, award.variations)
    asked = (
        Column("Asked back", "number"),
        Column("On", "asked_on"),
        Column("Amount", "amount_pence"),
        Column("Still to come", "outstanding_pence", lambda one: one.outstanding_pence(award.returned)),
        Column("Why", "reason"),
    )
    yield from as_table(asked, award.asked_back)


def _state(row: VariationRow, chain: Chain, award: AwardRow) -> str:
    waits = row.waits(chain)
    if waits is not None:
        return f"waits for the {listed(waits.posts)}"
    if not row.is_in_effect:
        return row.state
    day = "" if row.effective_on is None else f" from {short_day(row.effective_on)}"
    return f"proposed{day}, not signed by both" if row in award.unsigned else f"agreed{day}"


def _variation(row: VariationRow, chain: Chain, award: AwardRow) -> Json:
    waits = row.waits(chain)
    state = "proposed" if row in award.unsigned else "agreed" if row.is_in_effect else row.state
    return {
        "number": row.number,
        "state": state,
        **told(row, "from_pence to_pence"),
        "was": _terms_json(row.was),
        "becomes": _terms_json(row.becomes),
        **told(row, "reason proposed_on proposed_by effective_on"),
        "waits_for": [] if waits is None else list(waits.posts),
        "signatures": [told(one, "post name=signed_by on=signed_on interests") for one in row.signatures],
    }


def _terms_json(terms: Terms) -> Json:
    return {
        **told(terms, "amount_pence starts_on=start_on ends_on=end_on outcomes profile"),
        "instalments": terms.parts and [told(one, "amount_pence trigger due_on") for one in terms.parts],
        **told(terms, "conditions recipient"),
        "returns": terms.returns and [told(one, "number due_on") for one in terms.returns],
    }
