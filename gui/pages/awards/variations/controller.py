"""Varying an award, signing or withdrawing that, and asking for money back: asked for, then kept."""

from datetime import date
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot

from gui.dialogs.reason import ReasonDialog
from gui.pages.awards.award_controller import AwardController
from gui.pages.awards.detail import AwardDetail
from gui.pages.awards.terms_controller import ask_term
from gui.pages.awards.variations.dialogs import Signature, SignDialog, VaryDialog
from gui.pages.awards.variations.section import ASK, RECEIVE, SIGN, VARY
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.record.made_change import perform_made
from models.operations.awards.paying import SetReturned
from models.operations.awards.variations import AskBack, SignVariation, VaryAward, WithdrawVariation
from models.queries.awards.amendments import agreed_words, terms_of, with_moved_returns
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import payments
from models.queries.awards.budget import budget_key, fund_budget
from models.queries.awards.variations import Recovery
from models.queries.deciding.decisions import chain_of
from models.queries.deciding.signatories import Signatory, person_signing, signatories, signs_as
from models.reference.defaults import Payment
from models.reference.sign_off import Chain
from models.role import SIGNING
from models.session import Session
from models.values.awards import Returned, Terms
from scoring.budget.limits import year_money
from scoring.money import short_pounds

WITHDRAWN = ("The award stays as it is. What was signed of the variation is kept in the record.",)
ASKED = "Of what was paid. The year's money changes once the money has come."
CAME = "It lowers what was paid and the award, and goes back to the money of the year in which it came."


class _Current(NamedTuple):
    """What the dialogs begin with: the terms, ways to pay, who signs, and the year's figures of the area."""

    terms: Terms
    ways: tuple[Payment, ...]
    chain: Chain
    people: tuple[Signatory, ...]
    money: str


class VariationController(AwardController):
    """Ask, then have the record keep it."""

    def __init__(self, tools: PageTools, detail: AwardDetail, parent: QObject) -> None:
        super().__init__(tools, detail, parent)
        detail.variation_asked.connect(self._ask)

    @Slot(str)
    def _ask(self, asked: str) -> None:
        row = self._row
        if asked in (VARY, SIGN):
            then = self._show_vary if asked == VARY else self._show_sign
            self._tools.ask(partial(_current, round_id=self.round_id, row=row), partial(then, row))
        elif asked == ASK:
            self._show_ask(row)
        elif asked == RECEIVE:
            self._show_receive(row)
        else:
            self._show_withdraw(row)

    def _show_vary(self, row: AwardRow, found: _Current) -> None:
        window = self._tools.dialogs.window
        dialog = VaryDialog(self._tools.look, row, found.terms, found.ways, window, money=found.money)
        dialog.varied.connect(partial(self._vary, row))
        self._tools.dialogs.show(dialog)

    def _vary(self, row: AwardRow, terms: Terms, reason: str) -> None:
        make = partial(_varied, round_id=self.round_id, row=row, terms=terms, reason=reason)
        perform_made(self._tools.workspace, make, self._tools.toast_outcome)

    def _show_sign(self, row: AwardRow, found: _Current) -> None:
        """Ask for the signature whose turn it is, or from an officer for the last one, on paper."""
        assert row.proposed is not None, "only what waits is signed"
        identity, waits = self._tools.identity, row.proposed.waits(found.chain)
        assert waits is not None, "what is proposed waits for somebody"
        is_paper = identity.role not in SIGNING
        step = row.proposed.turn(found.chain, from_paper=is_paper)
        person = person_signing(found.people, identity.name, identity.role)
        mine = None if is_paper else signs_as(found.chain, step, person)
        posts = found.chain[step].posts if is_paper else (mine,) if mine is not None else waits.posts
        by = "" if is_paper else identity.name
        window = self._tools.dialogs.window
        dialog = SignDialog(self._tools.look, row, posts, by, window, money=found.money)
        dialog.signed.connect(partial(self._sign, row, step, is_paper))
        self._tools.dialogs.show(dialog)

    def _sign(self, row: AwardRow, step: int, is_paper: bool, signed: Signature) -> None:
        assert row.proposed is not None, "only what waits is signed"
        self._tools.perform(
            SignVariation(
                self.round_id,
                row.application,
                row.proposed.number,
                step,
                signed.by,
                signed.post,
                signed.on,
                signed.interests,
                is_paper,
            )
        )

    def _show_withdraw(self, row: AwardRow) -> None:
        title = f"Withdraw the variation of {row.reference}"
        window = self._tools.dialogs.window
        dialog = ReasonDialog(self._tools.look, title, WITHDRAWN, "Withdraw it", window)
        dialog.agreed.connect(partial(self._withdraw, row))
        self._tools.dialogs.show(dialog)

    def _withdraw(self, row: AwardRow, reason: str) -> None:
        assert row.proposed is not None, "only what waits is withdrawn"
        self._tools.perform(WithdrawVariation(self.round_id, row.application, row.proposed.number, reason))

    def _show_ask(self, row: AwardRow) -> None:
        title = f"Ask for money of {row.reference} back"
        ask_term(
            self._tools,
            title,
            ASKED,
            "Why it is asked back",
            row.may_be_asked_pence,
            partial(self._ask_back, row),
        )

    def _ask_back(self, row: AwardRow, pence: int, on: date, words: str) -> None:
        number = len(row.asked_back) + 1
        self._tools.perform(AskBack(self.round_id, row.application, number, pence, on, words))

    def _show_receive(self, row: AwardRow) -> None:
        """Ask what came for the oldest request of which some has still to come."""
        one = next(each for each in row.asked_back if each.outstanding_pence(row.returned))
        left = one.outstanding_pence(row.returned)
        title = f"Money received back from {row.reference}"
        words = f"{short_pounds(left)} of what was asked for has still to come. {CAME}"
        ask_term(
            self._tools,
            title,
            words,
            "How it came, such as a bank transfer",
            left,
            partial(self._receive, row, one),
        )

    def _receive(self, row: AwardRow, one: Recovery, pence: int, on: date, words: str) -> None:
        returned = (*row.returned, Returned(pence, on, words, one.number))
        self._tools.perform(SetReturned(self.round_id, row.application, returned, row.returned))


def _varied(session: Session, round_id: int, row: AwardRow, terms: Terms, reason: str) -> VaryAward:
    """Return the variation with the returns that go with its dates."""
    moved = with_moved_returns(session, round_id, row, terms)
    return VaryAward(round_id, row.application, len(row.variations) + 1, moved, reason, current_day())


def _current(session: Session, round_id: int, row: AwardRow) -> _Current:
    terms = replace(terms_of(session, round_id, row), outcomes=agreed_words(session, round_id, row))
    ways, chain = payments(session, round_id), chain_of(session, round_id)
    budget = fund_budget(session, budget_key(session, round_id))
    money = year_money(budget, {row.area}, short_pounds)
    return _Current(terms, ways, chain, signatories(session, round_id), money)
