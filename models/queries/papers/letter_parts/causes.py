"""Why a letter says less or no money, what an applicant hears of marks and of a decision made again."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from models.papers.letters.letter import Challenged, Missed, Placed, Replaced
from models.papers.order import TextPair, TextPairs
from models.queries.deciding.challenges import HeldChallenge
from models.queries.deciding.decided_anew import DecidedRound, PassedOver, passed_over_since, without_number
from models.queries.deciding.decisions import decided_with, spoken_for
from models.values.awards import KIND_WORDS, Finding
from models.values.recommending import DecisionRow
from models.values.rounds import FORCE_WIDE
from models.values.rows import AgreedRow, RoundRows, by_application, gathered
from scoring.allocating.allocation import areas_of_list, of_one_list
from scoring.allocating.causes import HeldCause, PassedBy, held_cause, less_because
from scoring.allocating.organisations import cap_cause, same_organisations
from scoring.money import decimal_text, hundredths
from scoring.ranking import PotUse, Ranking, Standing
from scoring.schedule.lines import PanelOutcome
from scoring.scheme import CRITERION_RULE, Scheme
from scoring.written.names import text_key


def reserves(round_: DecidedRound) -> dict[str, HeldCause]:
    """Return for each application in reserve why it got no money, by application.

    Each is told by the money as its own notice left it: what was recommended or decided later is no reason
    for it. What was recommended for another and not decided then is not left.
    """
    asking = {row.reference for row in round_.rows.applications if not row.withdrawn}
    named = ((row.notice, of) for of, row in round_.final.items() if row.outcome == PanelOutcome.RESERVE)
    found, since = dict[str, HeldCause](), tuple(passed_over_since(round_))
    same = same_organisations(round_.round.applications)
    for notice, held in gathered(named).items():
        given = {of: line.amount_pence or 0 for of, line in decided_with(round_.every, notice).items()}
        spoken = {
            of: pence
            for of, pence in spoken_for(round_.session, round_.round_id, notice).items()
            if of in asking
        } | given
        uses = round_.pot_uses(spoken, [line for line in round_.every if line.notice == notice])
        for of in held:
            one, tie = round_.standings[of], round_.ties.get(of)
            beside = [each for each in of_one_list(round_.ranking, one) if spoken.get(each.reference)]
            pot = next((use for use in uses if one.area in use.areas), PotUse("", 0, 0, 0))
            found[of] = replace(
                held_cause(
                    round_.rows.scheme,
                    round_.asked[of],
                    one,
                    left_pence=pot.left_pence,
                    free_pence=pot.remaining_pence,
                    is_all_before=all_before(one, beside, given),
                ),
                cap=cap_cause(round_.round, same, of, given),
                is_after_equal=tie is not None and any(given.get(other) for other in tie.others),
                passed=_passed([each for each in since if of in each.over]),
            )
    return found


def _passed(past: Sequence[PassedOver]) -> PassedBy | None:
    if not past:
        return None
    return PassedBy(
        len(past),
        tuple(dict.fromkeys(one.on for one in past)),
        tuple(dict.fromkeys(one.notice for one in past)),
    )


def all_before(standing: Standing, given: Sequence[Standing], awarded: Collection[str]) -> bool | None:
    """Whether all that is given of a list was awarded, to applications placed before one.

    None where nothing is given, or where some of it waits for its decision.
    """
    place = standing.place
    if not given or any(one.reference not in awarded for one in given):
        return None
    return place is not None and all(one.place and one.place < place for one in given)


def less_than_asked(round_: DecidedRound) -> dict[str, str]:
    """Return why each award that is less than was asked is so, by application; "" where no rule made it."""
    given = {of: line.amount_pence or 0 for of, line in round_.final.items() if of in round_.asked}
    return {
        of: less_because(round_.less(of, pence))
        for of, pence in given.items()
        if 0 < pence < round_.asked[of].requested_pence
    }


_PARTED = {
    "quality": "the points for quality",
    "cost": "the points for cost",
    "requested": "the lower amount asked for",
    "received": "the earlier day of receipt",
    "chair": "the chair of the panel",
}
"""What parts equals, by the tie-break rule; a criterion's mark is named by its title."""
NOT_APPLIED = "Left out, as it does not apply to your application; the others carry its weight."


class Feedback(Struct, frozen=True):
    """What an applicant is told of the marks of one application.

    `reasons` is (criterion, reason) of each that is told, in the order of the scheme, the reason "" where
    none is; `words` is (criterion, published word for its mark).
    """

    reasons: TextPairs = ()
    words: TextPairs = ()
    missed: tuple[Missed, ...] = ()
    placed: Placed | None = None


def feedback(rows: RoundRows, ranking: Ranking) -> dict[str, Feedback]:
    """Return what each applicant of a round is told, by reference."""
    titles = _titles(rows.scheme)
    agreed = by_application(rows.agreed)
    return {
        standing.reference: _feedback(rows.scheme, ranking, standing, titles, agreed.get(standing.reference))
        for standing in ranking.standings
    }


def _feedback(
    scheme: Scheme, ranking: Ranking, standing: Standing, titles: Mapping[str, str], agreed: AgreedRow | None
) -> Feedback:
    has_total = standing.total_1e2 is not None
    left_out = frozenset(one.code for one in standing.criteria if has_total and one.value_1e2 is None)
    told = {} if agreed is None else dict(_told(scheme, agreed, left_out))
    values = {titles[result.code]: result.value_1e2 for result in standing.criteria}
    floors = {titles[c.code]: c.floor for c in scheme.judged if c.floor is not None}
    missed = tuple(
        Missed(title, decimal_text(floor), scheme.scale_maximum)
        for title, floor in floors.items()
        if (value := values.get(title)) is not None and value < hundredths(floor)
    )
    least = "" if scheme.minimum_total is None else decimal_text(scheme.minimum_total)
    whole = (Missed("", least, 100),) if len(standing.below_threshold) > len(missed) else ()
    return Feedback(
        tuple((titles[code], reason) for code, (reason, _) in told.items()),
        tuple((titles[code], word) for code, (_, word) in told.items() if word),
        (*missed, *whole),
        _placed(titles, ranking, standing),
    )


def _told(scheme: Scheme, agreed: AgreedRow, left_out: frozenset[str]) -> Iterator[tuple[str, TextPair]]:
    """Yield by code the reason of each agreed mark and the published word for it, where it says either.

    Where members' marks count as they are, the scale has no word for what comes of them.
    """
    words = {mark: word for mark, word, _ in scheme.descriptors} if scheme.is_agreed else {}
    reasons = dict(agreed.told_reasons(scheme))
    for criterion, mark in zip(scheme.judged, agreed.marks, strict=True):
        reason, word = reasons.get(criterion.code, ""), "" if mark is None else words.get(mark, "")
        if criterion.code in left_out and any(agreed.given_reasons):
            yield criterion.code, (NOT_APPLIED, "")
        elif reason or word:
            yield criterion.code, (reason, word)


def _titles(scheme: Scheme) -> dict[str, str]:
    times = Counter(text_key(criterion.title) for criterion in scheme.criteria)
    return {
        c.code: c.title if times[text_key(c.title)] == 1 else f"{c.title} ({c.code})" for c in scheme.criteria
    }


def _placed(titles: Mapping[str, str], ranking: Ranking, standing: Standing) -> Placed | None:
    if standing.place is None or standing.total_1e2 is None:
        return None
    of = sum(each.place is not None for each in of_one_list(ranking, standing))
    names = tuple(area for area in areas_of_list(ranking, standing) if area not in ("", FORCE_WIDE))
    return Placed(
        (standing.place, of, standing.tied),
        names,
        standing.total_1e2,
        _parted_by(titles, standing.place_by),
    )


def _parted_by(titles: Mapping[str, str], rule: str | None) -> str:
    if rule is None or rule in _PARTED:
        return _PARTED.get(rule or "", "")
    return f"the mark for “{titles.get(rule.removeprefix(CRITERION_RULE), '')}”"


def why_decided_again(held: HeldChallenge, decided: DecisionRow, earlier: Sequence[DecisionRow]) -> str:
    """Return why what was challenged is decided as it is now, in the office's words.

    Where it gets no money any more, the reason for the money that it had may still stand on it: it is left
    out. Where nobody wrote why since, the reasons of the answer say it.
    """
    changed = decided.change_reason.strip() if has_own_change(held, decided) else ""
    of_money = {row.reason.strip() for row in earlier if row.amount_pence is not None}
    given = decided.reason.strip()
    own = "" if decided.amount_pence is None and given in of_money else given
    said = (own, changed) if own or changed else (held.challenge.reasons.strip(),)
    return "\n".join(filter(None, said))


def challenged(held: HeldChallenge) -> Challenged:
    """Return the challenge on which it was decided again."""
    found = held.challenge.finding
    return Challenged(KIND_WORDS[held.challenge.kind].lower(), "" if found is None else found.value)


def has_own_change(held: HeldChallenge, decided: DecisionRow) -> bool:
    """Whether somebody wrote why what was challenged is decided as it is, beside that it was upheld."""
    why = decided.change_reason.strip()
    return bool(why) and not why.startswith(held.words)


def what_still_holds(held: HeldChallenge, marks: Feedback) -> Feedback:
    """Return what is told of the marks of what was challenged: nothing of what was upheld may be said again.

    The panel did not know what was found since; the minimums are told, which are why no money is given.
    """
    is_upheld = held.challenge.finding in (Finding.UPHELD, Finding.PARTLY)
    return Feedback(missed=marks.missed) if is_upheld else marks


def is_taken_back(decided: DecisionRow, earlier: Sequence[DecisionRow]) -> bool:
    """Whether it got money by an earlier decision and gets none now: what the panel said is not why."""
    return decided.amount_pence is None and bool(earlier) and earlier[-1].amount_pence is not None


def own_and_change(decided: DecisionRow, earlier: Sequence[DecisionRow]) -> TextPair:
    """Return why money is given by a decision that took another's place, and apart from it why it changed.

    That it changed is no reason why an application was chosen. ("", "") of any other decision, and of one
    on which nobody wrote both.
    """
    own, why = decided.reason.strip(), without_number(decided.change_reason).strip()
    return (own, why) if earlier and decided.amount_pence is not None and own else ("", "")


def replaced(earlier: Sequence[DecisionRow], changed: str = "") -> Replaced | None:
    """Return the newest of earlier decisions, and why it is `changed` where that stands nowhere else."""
    return as_told(earlier[-1], changed.rstrip(".")) if earlier else None


def as_told(row: DecisionRow, because: str = "") -> Replaced:
    return Replaced(row.signed_on, row.notice, PanelOutcome(row.outcome), row.amount_pence, because)
