"""Saying what applications are for: lines of their fund's lists."""

from datetime import datetime
from typing import ClassVar

from models.operation import Actor, Outcome, Topic
from models.operations.finders import the_application
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.rows.write_applications import put_choices
from models.operations.set_up.round_state import require_round
from models.queries.applications.choices import choices
from models.queries.set_up.funds import round_rules
from models.reference.fund_defaults import FundDefaults
from models.session import Session
from models.values.applications import CHOICE_WORDS, Choice, ChoicesOf
from models.values.as_done import as_done
from scoring.counted import counted
from scoring.refused import Refused


class SetChoices(RegisteredOperation, frozen=True):
    """Set what applications are for; `replacing` are the lines that each of them had."""

    kind: ClassVar[str] = "set choices"
    round_id: int
    items: tuple[ChoicesOf, ...]
    replacing: tuple[ChoicesOf, ...]

    @property
    def label(self) -> str:
        """Return the change in words."""
        of = self.items[0].application if len(self.items) == 1 else counted(len(self.items), "application")
        return f"Say what {of} {'is' if len(self.items) == 1 else 'are'} for"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set them; refused for what no list of the fund has, or where other lines stand by now."""
        require_round(session, self.round_id)
        held, rules = choices(session, self.round_id), round_rules(session, self.round_id)
        stood = {one.application: one.choices for one in self.replacing}
        for one in self.items:
            the_application(session, self.round_id, one.application)
            there = held.get(one.application, ())
            refuse_changed(stood.get(one.application, ()), there, f"What {one.application} is for")
            _check(one, there, rules)
        put_choices(session, self.round_id, self.items)
        inverse = SetChoices(self.round_id, _each(self.replacing, self.items), self.items)
        return Outcome(frozenset({Topic.APPLICATIONS}), inverse, f"{as_done(self.label)}.")


def _each(stood: tuple[ChoicesOf, ...], items: tuple[ChoicesOf, ...]) -> tuple[ChoicesOf, ...]:
    by = {one.application: one for one in stood}
    return tuple(by.get(one.application, ChoicesOf(one.application, ())) for one in items)


def _check(one: ChoicesOf, there: tuple[Choice, ...], rules: FundDefaults) -> None:
    kinds = [choice.kind for choice in one.choices]
    if len(set(kinds)) < len(kinds):
        raise Refused(f"{one.application} has one line of each list. Choose one.")
    for choice in one.choices:
        listed = {item.code: item for item in rules.items(choice.kind)}
        item = listed.get(choice.code)
        stands = (choice.kind, choice.code) in {(held.kind, held.code) for held in there}
        if not stands and (item is None or item.is_retired):
            what = CHOICE_WORDS[choice.kind].lower()
            raise Refused(f"The fund offers no {what} “{choice.code}”. Choose one of its list.")
