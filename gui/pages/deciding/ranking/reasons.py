"""Write the reasons that recommendations still lack in one go, each from a draft that is checked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from msgspec.structs import replace

from gui.listed.form import AtField, Field, Form, Line, Note, Saying
from gui.pages.deciding.ranking.state import RankingState
from gui.pages.deciding.recommend import WHAT_FOR_HINT, rule_note
from models.queries.deciding.reasons import drafts_for
from models.queries.deciding.round_list import OUTCOME_WORDS, Mark
from models.values.recommending import SCOPE, RecommendationRow, scope_of
from scoring import money

TITLE = "Write the reasons"
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


class Written(NamedTuple):
    """What was written, by reference: reasons, and what parts pay for."""

    reasons: Mapping[str, str]
    scopes: Mapping[str, str]


class ToReason(NamedTuple):
    """One recommendation without a reason: reference, who and how much, the draft and what it came from.

    One that is not `is_wanted` may be signed without: only the applicant's letter waits for its reason.
    One that `lacks_scope` is of a part, and does not say yet what that pays for. For one that is
    `below_floor` the letter has that to say.
    """

    reference: str
    words: str
    draft: str
    note: str
    is_wanted: bool = True
    lacks_scope: bool = False
    below_floor: bool = False


def reasons_form(
    lines: Sequence[ToReason], does: Callable[[Written], Any], signs: Callable[[Written], Any] | None
) -> Form:
    """Return what asks for reasons, a box for each recommendation in the order of the list.

    With `signs` they can be recorded to go on to what the chair signs, once none is lacking that it needs.
    """
    wanted = [line.reference for line in lines if line.is_wanted]

    def written(**said: str | None) -> Written:
        found = {name: words for name, words in said.items() if words}
        if not found:
            raise AtField(NONE_WRITTEN, lines[0].reference)
        scopes = {of.removeprefix(SCOPE): words for of, words in found.items() if of.startswith(SCOPE)}
        return Written({of: words for of, words in found.items() if not of.startswith(SCOPE)}, scopes)

    def recorded(**said: str | None) -> Any:
        return does(written(**said))

    def signed(**said: str | None) -> Any:
        lacking = next((of for of in wanted if not said[of]), "")
        if lacking:
            raise AtField(ONE_LACKS, lacking)
        assert signs is not None, "the button is there for it"
        return signs(written(**said))

    return Form(
        title=TITLE,
        sentences=(WORDS,),
        action="Record the reasons",
        does=recorded,
        other=None if signs is None else (RECORD_AND_SIGN, signed),
        width=620,
        fields=tuple(chain.from_iterable(map(_fields, lines))),
    )


def _fields(line: ToReason) -> Iterator[Field | Saying]:
    without = LETTER_SAYS_FLOOR if line.below_floor else LETTER_WAITS
    note = " ".join(filter(None, (line.note, "" if line.is_wanted else without)))
    yield Note(
        *(line.reference, f"Reason, {line.words}"),
        shown=line.words,
        value=line.draft,
        height=92,
        told=note,
        check=rule_note,
    )
    if note:
        yield Saying(note)
    if line.lacks_scope:
        name = WHAT_FOR.format(reference=line.reference)
        yield Line(f"{SCOPE}{line.reference}", name, hint=WHAT_FOR_HINT)


def as_written(items: Sequence[RecommendationRow], written: Written) -> tuple[RecommendationRow, ...]:
    """Return the recommendations of which something was written, with that."""
    said = written.reasons.keys() | written.scopes.keys()
    return tuple(_as_written(item, written) for item in items if item.application in said)


def _as_written(item: RecommendationRow, written: Written) -> RecommendationRow:
    """Return a recommendation with its reason, and with what its part pays for where that was said."""
    scope = written.scopes.get(item.application, "")
    conditions = (f"{SCOPE}{scope}", *item.conditions) if scope else item.conditions
    return replace(item, reason=written.reasons.get(item.application, item.reason), conditions=conditions)


def to_reason(state: RankingState, items: Sequence[RecommendationRow]) -> tuple[ToReason, ...]:
    """Return recommendations as they are asked about, each with the draft there is for it."""
    figures = state.figures
    found = drafts_for(figures.rows, {item.application: item.outcome for item in items})
    names = {standing.reference: standing.organisation for standing in figures.ranking.standings}
    low = {one.reference for one in figures.ranking.standings if one.below_threshold}
    lines = []
    for item in items:
        outcome = OUTCOME_WORDS[Mark(item.outcome)].lower()
        words = f"{item.application} {names[item.application]}: {outcome}"
        if item.amount_pence:
            words += f" {money.short_pounds(item.amount_pence)}"
        draft = found.get(item.application)
        lines.append(
            ToReason(
                item.application,
                words,
                "" if draft is None else draft.words,
                "" if draft is None else draft.note,
                bool(item.amount_pence),
                item.outcome == Mark.PART and not scope_of(item.conditions),
                item.application in low,
            )
        )
    return tuple(lines)
