"""The forms of one recommendation, of a tie, and of the reasons that recommendations still lack."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gui.listed.confirming import allowances_in, authority_fields
from gui.listed.form import (
    ACTION,
    IN_PLACE,
    RULED_BY,
    AtField,
    Choice,
    Field,
    Form,
    Line,
    Money,
    NamedMembers,
    Note,
    Saying,
    Ticks,
    Values,
)
from models.queries.deciding.reasons import Draft, Library, drafts_for
from models.queries.deciding.round_list import OUTCOME_WORDS, Listed, Mark
from models.queries.deciding.trial_changes import Problem
from models.values.recommending import FUNDED, SCOPE, RecommendationRow, lacks_scope, recommendation, scope_of
from models.values.rows import RoundRows, by_reference
from scoring import money
from scoring.allocating.causes import is_rule_note
from scoring.allocating.gate import Beyond
from scoring.ranking import Allowance, Ranking, Standing

TOLD = "The applicant may see this"
NO_REASON = "Give a reason: applicants are told why."
NOTE = "That is the list's own note, not a reason: it speaks of what others left in the pot."
WHAT_FOR_HINT = "such as two of the four sessions a week, until March"
OUTCOMES = (Mark.FUND, Mark.PART, Mark.RESERVE, Mark.DECLINE, Mark.DEFER, Mark.REFER)
SCOPE_NAME = "Reduced scope: what the money pays for"
NO_SCOPE = "Say what the part pays for: the applicant and the schedule have to know."
MARKS = tuple((OUTCOME_WORDS[mark], mark) for mark in OUTCOMES)
TIED = "These are equal on every tie-break. The chair puts them in order, first place first."


class Recommending(Struct, frozen=True):
    """One recommendation that is asked for; `does` is told what is to be recorded in the end.

    Of an outcome and its amount, `problem` says why they cannot be, None when they can, `beyond` which pot
    they pass that somebody has to allow, `over` what is over a pot and who allows it, and `told` what whoever
    signs will have to confirm. Over the pot it can be left for the `ways`, as to see the line. `recorded` is
    what stands on the line, None where nothing does, `draft` what panel or members wrote about its marks,
    None where they wrote nothing, and `against` what of that tells why it gets no money; `rule` is what the
    rule says of it.
    """

    line: Listed
    recorded: RecommendationRow | None
    library: Library
    problem: Callable[[str, int | None], Problem | None]
    beyond: Callable[[str, int | None], tuple[Beyond, ...]]
    over: Callable[[str, int | None], str]
    told: Callable[[int | None], str]
    does: Callable[[RecommendationRow, tuple[Allowance, ...]], Any]
    ways: tuple[tuple[str, Callable[[RecommendationRow], Any]], ...] = ()
    draft: Draft | None = None
    rule: str = ""
    against: Draft | None = None

    def draft_for(self, outcome: str) -> Draft | None:
        """Return what is drafted for an outcome, None where a reason was recorded with it or nothing said."""
        return None if self.reason(outcome) else self.draft if outcome in FUNDED else self.against

    def reason(self, outcome: str) -> str:
        """Return the reason that was recorded with an outcome, "" where it has none."""
        held = self.recorded
        return held.reason if held is not None and held.outcome == outcome else ""

    def words(self, outcome: str) -> str:
        """Return the reason that a box starts with: what is drafted, else what was recorded."""
        draft = self.draft_for(outcome)
        return self.reason(outcome) if draft is None else draft.words

    @property
    def scope(self) -> str:
        return scope_of(self.recorded.conditions) if self.recorded is not None else ""

    @property
    def ticked(self) -> frozenset[str]:
        """Return the conditions that hold: those recorded with money, else the standard ones."""
        if self.recorded is not None and self.recorded.amount_pence is not None:
            return frozenset(one for one in self.recorded.conditions if not one.startswith(SCOPE))
        return frozenset(one.words for one in self.library.conditions if one.is_standard)

    def form(self, outcome: Mark, pence: int | None = None, focus: str = "") -> Form:
        """Return what asks for it, beginning at an outcome.

        The amount is what is recommended or offered unless another is given in `pence`, and the focus where
        something is still to be said unless it is on the field of a name.
        """
        standing, library, held = self.line.standing, self.library, self.recorded
        asked = money.short_pounds(standing.requested_pence)
        amount = Money(
            *("amount", f"Amount, of {asked} requested"),
            value=self._first_pence(outcome) if pence is None else pence,
            is_open=_is_funded,
            fits=self._too_much,
        )
        scope = Line(
            *("scope", SCOPE_NAME),
            value=self.scope,
            hint=WHAT_FOR_HINT,
            wanted=NO_SCOPE,
            only=lambda typed: typed["outcome"] is Mark.PART,
        )
        code = Choice(
            *("code", "Code of the reason"),
            options=tuple((one.words, one.code) for one in library.decline_codes),
            value=held.code if held is not None else "",
            first="Choose a code",
            wanted="Choose the code of the reason.",
            only=lambda typed: typed["outcome"] is Mark.DECLINE,
        )
        known = [one.words for one in library.conditions]
        words = (*known, *sorted(self.ticked - set(known)))
        conditions = Ticks(
            *("conditions", "Conditions"),
            shown="Conditions",
            options=tuple((one, one) for one in words),
            value=self.ticked,
            only=_is_funded,
        )
        reason = Note(
            *("reason", f"Reason. {TOLD}"),
            shown=f"Reason  ·  {TOLD}",
            value=self.words(outcome),
            wanted=NO_REASON,
            fits=self._no_reason,
        )
        return Form(
            title=f"Recommend {standing.reference}",
            heading=f"{standing.reference} {standing.organisation}",
            action="Record this recommendation",
            does=self._recommended,
            width=540,
            fields=(
                Saying(self._rule, "text2", 13),
                Choice("outcome", "Outcome", options=MARKS, value=outcome, are_pills=True),
                amount,
                Saying(self._over, "text2", lines=2, only=_is_funded),
                Saying(self._fault, "danger", 13, 600),
                *authority_fields(self._beyond),
                scope,
                *((code,) if code.options else ()),
                *((conditions,) if words else ()),
                reason,
                Saying(self._drafted, "text"),
            ),
            follows=self._redrafted,
            waits=self._fault,
            leads=lambda typed: bool(self._beyond(typed)),
            ways=tuple((words, partial(self._leaves, way)) for words, way in self.ways),
            focus=focus or self._focus(outcome),
        )

    @property
    def _rule(self) -> str:
        rule = money.without_noughts(self.rule or ", ".join(self.line.standing.reasons))
        return f"The rule: {rule}." if rule else ""

    def _first_pence(self, outcome: Mark) -> int | None:
        """Return the amount that it begins with: a part is never the whole."""
        line, standing = self.line, self.line.standing
        first = line.amount_pence or standing.offer_pence or standing.requested_pence
        return None if outcome is Mark.PART and first == standing.requested_pence else first

    def _focus(self, outcome: Mark) -> str:
        """Return where the action still needs something, else the action itself where it declines."""
        held = self.recorded
        if outcome is Mark.PART:
            return "amount"  # part of what was requested: how much comes first
        if outcome is not Mark.DECLINE:
            return "reason"
        codes = [one.code for one in self.library.decline_codes]
        if codes and (held is None or held.code not in codes):
            return "code"
        return ACTION if self.words(outcome) else "reason"

    def _too_much(self, pence: int | None, typed: Values) -> str:
        problem = self.problem(typed["outcome"], pence)
        return "" if problem is None or problem.is_over else problem.words

    def _fault(self, typed: Values) -> str:
        """Return why the amount that is typed cannot be, "" where it can or cannot be read."""
        return self._too_much(typed["amount"], typed) if _is_funded(typed) else ""

    def _beyond(self, typed: Values) -> tuple[Beyond, ...]:
        is_open = _is_funded(typed) and not self._fault(typed)
        return self.beyond(typed["outcome"], typed["amount"]) if is_open else ()

    def _no_reason(self, reason: str, typed: Values) -> str:
        """Say where a reason is still the one that was recorded for or against money, or the list's note."""
        held = self.recorded
        is_turned = held is not None and (held.outcome in FUNDED) != _is_funded(typed)
        if held is not None and is_turned and reason == held.reason:
            return NO_REASON
        return rule_note(reason)

    def _over(self, typed: Values) -> str:
        """Say what the amount takes over the pot and who allows it, or what is to be confirmed of it."""
        if self._fault(typed):
            return ""
        pence = typed["amount"] if _is_funded(typed) else None
        over = "" if self._beyond(typed) else self.over(typed["outcome"], pence)
        return " ".join(filter(None, (over, self.told(pence))))

    def _drafted(self, typed: Values) -> str:
        draft = self.draft_for(typed["outcome"])
        return "" if draft is None else draft.note

    def _redrafted(self, name: str, typed: Values, by_hand: frozenset[str]) -> Values:
        """Put the draft for the outcome in place of another's that nobody edited."""
        drafts = {one.words for one in (self.draft, self.against) if one is not None}
        is_edited = typed["reason"] not in {*drafts, ""}
        if name != "outcome" or is_edited:
            return {}
        return {"reason": self.words(typed["outcome"])}

    def _recommended(self, **said: Any) -> Any:
        allowed = allowances_in(said, self.line.standing.area or "")
        return self.does(self._item(**said), allowed)

    def _leaves(self, way: Callable[[RecommendationRow], Any], **said: Any) -> Any:
        allowances_in(said)
        return way(self._item(**said))

    def _item(
        self,
        outcome: Mark,
        amount: int | None,
        reason: str,
        scope: str | None = "",
        code: str | None = "",
        conditions: tuple[str, ...] | None = (),
    ) -> RecommendationRow:
        """Return what the form says; what its outcome has no place for is left out."""
        said = (*((f"{SCOPE}{scope}",) if outcome is Mark.PART else ()), *(conditions or ()))
        code = (code or "") if outcome is Mark.DECLINE else ""
        standing = self.line.standing
        return recommendation(standing, outcome.value, amount, reason, code=code, conditions=said)


def rule_note(reason: str) -> str:
    """Say what is wrong with a reason that is the list's own note, "" with another."""
    return NOTE if is_rule_note(reason) else ""


def _is_funded(typed: Values) -> bool:
    return typed["outcome"] in FUNDED


def tie_form(tied: Sequence[Standing], named: NamedMembers, does: Callable[..., Any]) -> Form:
    """Return what asks for the chair's word on a tie, or a member's in the chair's place.

    Each of the places is chosen for; whoever stood in the one that is chosen changes places.
    """
    ruled_by = Choice("in_place", RULED_BY, options=tuple(named))
    options = tuple((f"{one.reference}  {one.organisation}", one.reference) for one in tied)
    first = tied[0].place or 1
    places = {f"place {number}": of for number, (_, of) in enumerate(options, first)}

    def swapped(name: str, typed: Values, by_hand: frozenset[str]) -> Values:
        order = [typed[place] for place in places]
        left = next((of for of in places.values() if of not in order), "")
        is_twice = name in places and bool(left)
        return {one: left for one in places if is_twice and one != name and typed[one] == typed[name]}

    def decided(reason: str, in_place: str = "", **order: str) -> Any:
        return does(tuple(order[place] for place in places), reason, in_place)

    return Form(
        title="Decide the tie",
        sentences=(TIED, *((IN_PLACE,) if named else ())),
        action="Decide this order",
        does=decided,
        follows=swapped,
        fields=(
            *(Choice(one, one.capitalize(), options=options, value=of) for one, of in places.items()),
            *((ruled_by,) if named else ()),
            Note("reason", "Reason", height=72, wanted="Say why the chair puts them in this order."),
        ),
    )


Items = tuple[RecommendationRow, ...]
WORDS = (
    "The reason for each recommendation: the applicant may be shown it, and that of an award is published. "
    "A draft is offered where panel or members wrote why they gave their marks. Check it, or write your own. "
    "A box left empty is still to be written."
)
RECORD_AND_SIGN = "Record and sign…"
ONE_LACKS = "Write a reason here first: each that gets money needs one before the chair signs."
LETTER_WAITS = "It can be signed without; the letter to the applicant waits for it."
LETTER_SAYS_FLOOR = (
    "It can be signed without; the letter then says which published minimum was not reached, and no more."
)
NONE_WRITTEN = "Write at least one reason, or cancel."
WHAT_FOR = "What the {reference} part-fund pays for"


def reasons_form(
    rows: RoundRows,
    ranking: Ranking,
    items: Sequence[RecommendationRow],
    does: Callable[[Items], Any],
    signs: Callable[[Items], Any] | None,
) -> Form:
    """Return what asks for reasons, a box for each recommendation in the order of the list.

    Those of which something was written are handed on, with that. With `signs` they can be recorded to go on
    to what the chair signs, once none is lacking that it needs: what gets no money may be signed without.
    """
    wanted = [item.application for item in items if item.amount_pence]

    def written(**said: str | None) -> Items:
        if not any(said.values()):
            raise AtField(NONE_WRITTEN, items[0].application)
        return tuple(_written(item, said) for item in items if _is_written(item, said))

    def recorded(**said: str | None) -> Any:
        return does(written(**said))

    def signed(**said: str | None) -> Any:
        lacking = next((of for of in wanted if not said[of]), "")
        if lacking:
            raise AtField(ONE_LACKS, lacking)
        assert signs is not None, "the button is there for it"
        return signs(written(**said))

    return Form(
        title="Write the reasons",
        sentences=(WORDS,),
        action="Record the reasons",
        does=recorded,
        other=None if signs is None else (RECORD_AND_SIGN, signed),
        width=620,
        fields=tuple(_fields(rows, ranking, items)),
    )


def _is_written(item: RecommendationRow, said: Mapping[str, str | None]) -> bool:
    return bool(said[item.application] or said.get(f"{SCOPE}{item.application}"))


def _written(item: RecommendationRow, said: Mapping[str, str | None]) -> RecommendationRow:
    """Return a recommendation with its reason, and with what its part pays for where that was said."""
    scope = said.get(f"{SCOPE}{item.application}")
    conditions = (f"{SCOPE}{scope}", *item.conditions) if scope else item.conditions
    return replace(item, reason=said[item.application] or item.reason, conditions=conditions)


def _fields(
    rows: RoundRows, ranking: Ranking, items: Sequence[RecommendationRow]
) -> Iterator[Field | Saying]:
    """Yield what is asked about each recommendation, with the draft there is for it."""
    drafts = drafts_for(rows, {item.application: item.outcome for item in items})
    standings = by_reference(ranking.standings)
    for item in items:
        of, draft = item.application, drafts.get(item.application)
        words = f"{of} {standings[of].organisation}: {item.outcome_words}"
        without = LETTER_SAYS_FLOOR if standings[of].below_threshold else LETTER_WAITS
        note = " ".join(filter(None, (draft.note if draft else "", "" if item.amount_pence else without)))
        yield Note(
            *(of, f"Reason, {words}"),
            shown=words,
            value=draft.words if draft else "",
            height=92,
            told=note,
            check=rule_note,
        )
        if note:
            yield Saying(note)
        if lacks_scope(item):
            yield Line(f"{SCOPE}{of}", WHAT_FOR.format(reference=of), hint=WHAT_FOR_HINT)
