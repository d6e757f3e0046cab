"""Write the reasons that recommendations still lack in one go, each from a draft that is checked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from gui.listed.form import AtField, Field, Form, Line, Note, Saying
from gui.pages.deciding.recommend import WHAT_FOR_HINT, lacks_scope, rule_note
from models.queries.deciding.reasons import drafts_for
from models.values.recommending import SCOPE, RecommendationRow
from models.values.rows import RoundRows, by_reference
from scoring.ranking import Ranking

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
