"""What became of the award at hand since it was decided: varied, signed, withdrawn, asked back."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from msgspec.structs import replace

from gui.listed.acts import Act, Made
from gui.listed.confirming import (
    allowances_in,
    authority_fields,
    confirm_fields,
    confirmed_in,
    waits_for_tick,
    with_allowed,
)
from gui.listed.form import (
    NO_REASON,
    Across,
    Asked,
    Choice,
    Day,
    Form,
    Line,
    Money,
    Note,
    Saying,
    Values,
    reason_form,
)
from gui.pages.awards.instalments import term_form
from gui.pages.awards.lines import KEEP, AwardAct, AwardAt, award_of
from gui.record.clock import current_day
from gui.text import ENDS_UNDO
from gui.widgets.typed import WHICH_DAY
from models.operation import Operation
from models.operations.awards.authorities import authorised
from models.operations.awards.paying import SetReturned
from models.operations.awards.variations import AskBack, SignVariation, VaryAward, WithdrawVariation
from models.permissions.viewing import Viewer
from models.queries.awards.amendments import agreed_words, change_words, terms_of, with_moved_returns
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import payments
from models.queries.awards.awards_page import shown_budget
from models.queries.awards.variations import Recovery, VariationRow
from models.queries.deciding.allowances import allowed_for
from models.queries.deciding.award_gate import OpenAmount, open_amount
from models.queries.deciding.decisions import chain_of
from models.queries.deciding.signatories import (
    Signatory,
    may_sign,
    person_signing,
    signatories,
    signs_as,
    stranger_words,
)
from models.queries.set_up.rounds import round_line
from models.reference.defaults import Payment
from models.reference.sign_off import Chain, as_deputy
from models.role import SIGNING, Role
from models.session import Session
from models.values.awards import Returned, Successor, Terms
from scoring.allocating.gate import Beyond, Doubt
from scoring.budget.limits import year_money
from scoring.money import short_pounds
from scoring.ranking import Allowance
from scoring.written.days import short_day
from scoring.written.text import listed, says_nothing

HOW = (
    "Change what becomes different and leave the rest. Parts that are paid stay; more money waits until the "
    "sign-off chain has signed it, and money of a decrease comes free once both parties have signed."
)
WHY = "Reason: say why in a few words. The letter, finance's schedule and the report across funds print it."
FOR_GOOD = f"A signature is not undone: a further variation changes what was signed. {ENDS_UNDO}"
SIGNED = "The award becomes {} once everybody whose signature the new total requires has signed."
TO_COME = "That day is still to come. A signature is dated the day it was given."
INTERESTS = "State the interests of the person who signs, or “none” if there are none."
DEPUTY = "the post of the person who signed as deputy, if anybody"
WITHDRAWN = (
    "The award will be as it was before the variation: amount, payments and reports. What was paid since "
    "stays paid. The signatures, letters and papers of the variation stay in History.",
)
ASKED = "Of what was paid. The year's money changes once the money has come."
CAME = "It lowers what was paid and the award, and goes back to the money of the year in which it came."


class _Current(NamedTuple):
    """What the forms begin with: the terms, ways to pay, who signs, and the year's figures of the area."""

    terms: Terms
    ways: tuple[Payment, ...]
    chain: Chain
    people: tuple[Signatory, ...]
    money: str
    award: OpenAmount
    allowed: tuple[str, ...]
    known: Mapping[str, tuple[tuple[str, ...], bool]]
    """Who may sign a variation that waits, by post, and whether they are recorded for it."""


def _proposed(at: AwardAt) -> VariationRow:
    """Return what waits to be signed."""
    assert at.row.proposed is not None, "only what waits is signed or withdrawn"
    return at.row.proposed


def history_lines(row: AwardRow) -> tuple[tuple[str, str], ...]:
    """Return what became of an award, each line with its tone; one that says so where nothing did."""
    told = [
        (_varied_words(one, row), "warning" if one.is_proposed or one in row.unsigned else "text2")
        for one in row.variations
    ]
    told += [(_asked_words(one, row), "text2") for one in row.asked_back]
    taken = zip(row.successors, row.holders, strict=False)
    told += [(_taken_over(one, before.organisation), "text2") for one, before in taken]
    return tuple(told) or (("Nothing was varied or asked back.", "muted"),)


def _varied_words(one: VariationRow, row: AwardRow) -> str:
    changes = "; ".join(change_words(one))
    named = f"Variation {one.number}: {changes}. Reason: {one.reason.rstrip('.')}."
    if one.is_proposed:
        return f"{named} Waits to be signed{_signers(one)}."
    if one.effective_on is None or not one.is_in_effect:
        return f"{named} Withdrawn: {one.ended_because.rstrip('.')}."
    since = f"from {short_day(one.effective_on)}{_signers(one)}"
    if one in row.unsigned:
        return f"{named} Proposed {since}: both have not signed the agreement with it yet."
    return f"{named} Agreed {since}."


def _taken_over(successor: Successor, before: str) -> str:
    since = short_day(successor.from_on)
    return f"{successor.name} took the award over from {before} on {since}: {successor.reason.rstrip('.')}."


def _signers(one: VariationRow) -> str:
    names = [f"{each.signed_by} ({each.post})" for each in one.signatures]
    return f", signed by {listed(names)}" if names else ""


def _asked_words(one: Recovery, row: AwardRow) -> str:
    left = one.outstanding_pence(row.returned)
    state = f"{short_pounds(left)} still to come" if left else "all received"
    asked = f"{short_pounds(one.amount_pence)} asked back on {short_day(one.asked_on)}"
    return f"{asked}: {one.reason.rstrip('.')}; {state}."


def _current(session: Session, round_id: int, row: AwardRow, viewer: Viewer) -> _Current:
    terms = replace(terms_of(session, round_id, row), outcomes=agreed_words(session, round_id, row))
    ways, chain = payments(session, round_id), chain_of(session, round_id)
    line = round_line(session, round_id)
    budget = shown_budget(session, line.fund, line.year, viewer)
    waits = None if row.proposed is None else row.proposed.waits(chain)
    posts = () if waits is None else chain[waits.step].posts
    step = 0 if waits is None else waits.step
    return _Current(
        terms,
        ways,
        chain,
        signatories(session, round_id),
        year_money(budget, {row.area}),
        open_amount(session, round_id, row.application, is_signing=row.proposed is not None),
        allowed_for(session, round_id, (row.application,)),
        {post: may_sign(session, round_id, step, post, row.area or None) for post in posts},
    )


def _asked(form: Callable[[AwardAt, _Current], Form], of: AwardAt) -> Asked:
    query = partial(_current, round_id=award_of(of)[0], row=of.row, viewer=of.identity.viewer)
    return Asked(query, partial(form, of))


def _vary(of: AwardAt, found: _Current) -> Form:
    """Ask for the terms as they are to be, beginning with those that stand."""
    stands = found.terms
    ways = (("As before", None), *((way.words, way.code) for way in found.ways))

    def doubts(values: Values) -> tuple[Doubt, ...]:
        return found.award.doubts(values["amount"])

    def beyond(values: Values) -> tuple[Beyond, ...]:
        return found.award.beyond(values["amount"])

    return Form(
        title=f"Vary {of.row.reference}",
        sentences=tuple(filter(None, (HOW, found.money))),
        action="Vary the award",
        does=partial(_varied, of, stands),
        width=560,
        focus="amount",
        waits=partial(waits_for_tick, doubts),
        fields=(
            Line("recipient", "Recipient's name", value=stands.recipient or ""),
            Across(
                (
                    Money("amount", "Amount", value=stands.amount_pence),
                    Day("starts", "Starts", value=stands.start_on, is_past=False, is_needed=False),
                    Day("ends", "Ends", value=stands.end_on, is_past=False, is_needed=False),
                )
            ),
            *confirm_fields(doubts),
            *authority_fields(beyond),
            Choice("profile", "How the rest is paid", options=ways),
            Note("outcomes", "Outcomes", height=60, value=stands.outcomes or ""),
            Note("conditions", "Conditions, one a line", value="\n".join(stands.conditions or ())),
            Line("reason", "Reason", wanted=WHY),
        ),
    )


def _varied(
    of: AwardAt,
    stands: Terms,
    recipient: str,
    amount: int,
    starts: date | None,
    ends: date | None,
    profile: str | None,
    outcomes: str,
    conditions: str,
    reason: str,
    **said: Any,
) -> Made:
    """Vary what differs; words that nobody touched are not said again."""
    lines = tuple(filter(None, map(str.strip, conditions.splitlines())))
    is_same = conditions == "\n".join(stands.conditions or ()).strip()
    terms = Terms(
        amount_pence=amount,
        start_on=starts,
        end_on=ends,
        outcomes=None if outcomes == (stands.outcomes or "").strip() else outcomes,
        profile=profile,
        conditions=None if is_same else lines,
        recipient=None if recipient == (stands.recipient or "").strip() else recipient,
    )
    allowed = allowances_in(said, of.row.area)
    return Made(partial(_with_returns, of, terms, reason, confirmed_in(said), allowed))


def _with_returns(
    of: AwardAt,
    terms: Terms,
    reason: str,
    confirmed: tuple[str, ...],
    allowed: tuple[Allowance, ...],
    session: Session,
) -> VaryAward:
    """Return the variation with the returns that go with its dates, and those who allow its money."""
    moved = with_moved_returns(session, award_of(of)[0], of.row, terms)
    number = len(of.row.variations) + 1
    change = VaryAward(*award_of(of), number, moved, reason, current_day(), confirmed)
    return authorised(session, change, allowed)


def _sign(of: AwardAt, found: _Current) -> Form:
    """Ask for the signature whose turn it is, from an officer on paper."""
    proposed, identity = _proposed(of), of.identity
    waits = proposed.waits(found.chain)
    assert waits is not None, "what is proposed waits for somebody"
    is_paper = identity.role not in SIGNING
    step = waits.step
    person = person_signing(found.people, identity.name, identity.role)
    mine = None if is_paper else signs_as(found.chain, step, person)
    posts = (mine,) if mine is not None else waits.posts
    becomes = SIGNED.format(short_pounds(proposed.to_pence))
    by = "" if is_paper else identity.name

    def doubts(values: Values) -> tuple[Doubt, ...]:
        return found.award.doubts(proposed.to_pence)

    beyond = found.award.signed(of.row.money.adds_pence)

    def stops(values: Values) -> str:
        return waits_for_tick(doubts, values) or _stranger(found, values)

    return Form(
        title=f"Sign variation {proposed.number} of {of.row.reference}",
        sentences=tuple(filter(None, (becomes, proposed.reason, found.money, *found.allowed, FOR_GOOD))),
        action="Sign",
        does=partial(_signed, of, step, is_paper),
        is_final=True,
        focus="interests" if by else "by",
        waits=stops,
        fields=(
            Line("by", "Signed by", value=by, is_fixed=bool(by), wanted="Signed by: name who signed."),
            Choice("post", "As", options=tuple((post, post) for post in posts), value=posts[0]),
            *(() if by else (Line("deputy", "Deputy", hint=DEPUTY),)),
            Saying(partial(_stranger, found), "danger", 13, 600),
            *confirm_fields(doubts),
            *(authority_fields(lambda _: beyond) if beyond else ()),
            Day("on", WHICH_DAY, shown="On", value=current_day(), to_come=TO_COME),
            Line("interests", "Interests", value="none", wanted=INTERESTS),
        ),
    )


def _signed(
    of: AwardAt,
    step: int,
    is_paper: bool,
    by: str,
    post: str,
    on: date,
    interests: str,
    deputy: str = "",
    **said: Any,
) -> Operation | Made:
    signs, confirmed = as_deputy(deputy, post), confirmed_in(said)
    allowed, number = allowances_in(said, of.row.area), _proposed(of).number
    change = SignVariation(*award_of(of), number, step, by, signs, on, interests, is_paper, confirmed)
    return with_allowed(change, allowed)


def _stranger(found: _Current, values: Values) -> str:
    """Return why a name that is typed does not sign for the post, "" where it may."""
    named, (known, is_recorded) = values["by"].strip(), found.known.get(values["post"], ((), False))
    return stranger_words(named, values["post"], known, is_recorded=is_recorded) if named else ""


def _withdraw(of: AwardAt) -> Form:
    """Ask why the newest variation is withdrawn, which both parties have not signed."""
    row = of.row.withdrawable
    assert row is not None, "only what both have not signed is withdrawn"
    number = row.number

    def withdraw(reason: str) -> WithdrawVariation:
        return WithdrawVariation(*award_of(of), number, reason)

    title = f"Withdraw variation {number} of {of.row.reference}"
    asked = reason_form(title, WITHDRAWN, "Withdraw variation", withdraw)
    return replace(asked, waits=lambda typed: NO_REASON if says_nothing(typed["reason"]) else "")


def _ask_back(of: AwardAt) -> Form:
    row = of.row

    def ask(pence: int, on: date, words: str) -> AskBack:
        return AskBack(*award_of(of), len(row.asked_back) + 1, pence, on, words)

    title = f"Ask for money of {row.reference} back"
    return term_form(title, ASKED, "Why it is asked back", ask, row.may_be_asked_pence)


def _receive(of: AwardAt) -> Form:
    """Ask what came for the oldest request of which some has still to come."""
    row = of.row
    one = next(each for each in row.asked_back if each.outstanding_pence(row.returned))
    left = one.outstanding_pence(row.returned)

    def receive(pence: int, on: date, words: str) -> SetReturned:
        returned = (*row.returned, Returned(pence, on, words, one.number))
        return SetReturned(*award_of(of), returned, row.returned)

    sentence = f"{short_pounds(left)} of what was asked for has still to come. {CAME}"
    title = f"Money received back from {row.reference}"
    return term_form(title, sentence, "How it came, such as a bank transfer", receive, left)


def _may_sign(at: AwardAt) -> bool:
    by_right = at.identity.may("sign variation") or at.identity.role == Role.OFFICER
    return at.row.proposed is not None and by_right


VARIATIONS: tuple[AwardAct, ...] = (
    Act(words="Sign the variation…", where=_may_sign, does=partial(_asked, _sign)),
    Act(
        words="Withdraw the variation…",
        kind=KEEP,
        where=lambda at: at.row.withdrawable is not None,
        does=_withdraw,
    ),
    Act(
        words="Vary…",
        kind=KEEP,
        where=lambda at: at.row.proposed is None and at.row.corrected_pence is None,
        does=partial(_asked, _vary),
    ),
    Act(
        words="Ask for money back…",
        kind=KEEP,
        where=lambda at: bool(at.row.may_be_asked_pence),
        does=_ask_back,
    ),
    Act(
        words="Record money received back…",
        kind=KEEP,
        where=lambda at: any(one.outstanding_pence(at.row.returned) for one in at.row.asked_back),
        does=_receive,
    ),
)
