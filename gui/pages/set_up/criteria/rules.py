"""Ties, floors and money: the rules of a round that are chosen once and printed on every paper."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from gui.listed.acts import Act, At, Deed, Told
from gui.listed.form import Choice, Field, Form, Line, Money, Number
from gui.listed.page import Tab
from gui.listed.side import Name, Says, Side
from gui.listed.side import Told as Telling
from gui.pages.set_up.criteria.criteria import NO_FLOOR, figure_text, read_points
from gui.pages.set_up.criteria.draft import SetUp, is_open, settled
from gui.tables.columns import LineColumn
from gui.text import RULE_TIPS, RULE_WORDS
from models.operations.set_up.rounds import SetReasonRule
from models.values.rounds import ReasonRule
from scoring.money import short_pounds
from scoring.publishing import free_rules, moved, tie_break_words
from scoring.scheme import Combine, RankedBy, Scheme

TAB = "Ties, floors and money"
COMBINES = {
    Combine.CONSENSUS: "The panel agrees a whole mark",
    Combine.MEAN: "The mean of the members' marks",
    Combine.MEDIAN: "The middle of the members' marks",
    Combine.TRIMMED: "The mean without the highest and lowest",
}
RANKINGS = {
    RankedBy.TOTAL: "The total",
    RankedBy.PRICE_PER_QUALITY_POINT: "Price per quality point, lowest first",
}
REASONS = {
    ReasonRule.ASKED: "Asked for, and may be left out",
    ReasonRule.REQUIRED: "Required before a sheet is handed in",
    ReasonRule.NOT_ASKED: "Not asked for",
}
ASIDE = {
    True: "Set aside by the chair for one application, with a reason. The other criteria on its side share "
    "its weight.",
    False: "This scheme lets nobody set a criterion aside.",
}
NO_MARK = {
    "Missing": "No mark yet. The sheet stays a draft and does not count; it is never counted as 0.",
    "Interest": "The sheet never counts, the application is closed, and the member is not in its quorum.",
    "Abstained": "The sheet does not count, and the member is not in the application’s quorum.",
}
"""What is not a mark, beside what is set aside."""
HELD_STILL = "Sheets have been handed in under this rule, so it stays."
NOTE = "Equal totals are compared by each of these in turn. “The chair decides” comes last."
WHAT, TIE, REASON = "the tie-break rules", "tie ", "reasons"


class Rule(Struct, frozen=True):
    """A rule of a scheme: its words, those of a change of it, what it says, and what asks for it.

    The fields are called as what they set.
    """

    words: str
    what: str
    says: Callable[[Scheme], str]
    fields: Callable[[Scheme], tuple[Field, ...]]


def _chosen(name: str, words: str, what: str, options: dict[Any, str]) -> Rule:
    """Return a rule that is one of a few."""
    offered = tuple((said, value) for value, said in options.items())
    return Rule(
        words,
        what,
        lambda scheme: options[getattr(scheme, name)],
        lambda scheme: (Choice(name, words, options=offered, value=getattr(scheme, name)),),
    )


def _points(name: str, words: str, what: str) -> Rule:
    """Return a rule that is a figure of 100, or none."""
    return Rule(
        words,
        what,
        lambda scheme: figure_text(getattr(scheme, name)) or NO_FLOOR,
        lambda scheme: (
            Line(name, words, value=figure_text(getattr(scheme, name)), hint=NO_FLOOR, read=read_points),
        ),
    )


def _cap(name: str, words: str, what: str) -> Rule:
    """Return a rule that is an amount, or none."""

    def said(scheme: Scheme) -> str:
        pence = getattr(scheme, name)
        return "no cap" if pence is None else short_pounds(pence)

    return Rule(
        words,
        what,
        said,
        lambda scheme: (
            Money(
                name,
                words,
                value=getattr(scheme, name),
                is_needed=False,
                check=lambda pence: "Leave it empty for no cap." if pence == 0 else "",
            ),
        ),
    )


def _tolerance(scheme: Scheme) -> str:
    percent = figure_text(scheme.tolerance_percent)
    return f"{percent}%, allowed by {scheme.tolerance_authority}" if scheme.tolerance_percent else "none"


def _tolerance_fields(scheme: Scheme) -> tuple[Field, ...]:
    percent = figure_text(scheme.tolerance_percent or None)
    return (
        Line("tolerance_percent", "Tolerance over the pot, %", value=percent, hint="0", read=read_points),
        Line(
            *("tolerance_authority", "Who allows it"),
            value=scheme.tolerance_authority,
            hint="name and post",
            wanted="A tolerance needs the name of the person who allows it.",
            unless=lambda said: not said["tolerance_percent"],
        ),
    )


RULES = {
    "combine": _chosen("combine", "How marks combine", "how marks combine", COMBINES),
    "quorum": Rule(
        "Quorum for each application",
        "the quorum",
        lambda scheme: str(scheme.quorum),
        lambda scheme: (Number("quorum", "Quorum", value=scheme.quorum, most=30),),
    ),
    "ranked_by": _chosen("ranked_by", "Ranked by", "what is ranked", RANKINGS),
    "minimum_total": _points("minimum_total", "Lowest total to pass", "the lowest total"),
    "minimum_quality": _points("minimum_quality", "Lowest quality to pass", "the lowest quality"),
    "not_applicable_allowed": _chosen(
        *("not_applicable_allowed", "Not applicable", "whether a criterion may be set aside", ASIDE)
    ),
    "allocation": _chosen("allocation", "Allocation rule", "the allocation rule", RULE_WORDS),
    "cap_per_award_pence": _cap("cap_per_award_pence", "Most for one application", "the cap per award"),
    "cap_per_organisation_pence": _cap(
        *("cap_per_organisation_pence", "Most for one organisation", "the cap per organisation")
    ),
    "tolerance": Rule("Tolerance over the pot", "the tolerance", _tolerance, _tolerance_fields),
}


class RuleRow(NamedTuple):
    """A line of the list; only what has a rule of its key is changed."""

    key: str
    words: str
    says: str


Here = At[SetUp, RuleRow]


def _rows(set_up: SetUp) -> tuple[RuleRow, ...]:
    scheme = set_up.scheme
    rules = (RuleRow(key, rule.words, rule.says(scheme)) for key, rule in RULES.items())
    ties = (
        RuleRow(f"{TIE}{rule}", f"Tie-break {number}", tie_break_words(scheme, rule))
        for number, rule in enumerate(scheme.ladder, 1)
    )
    reasons = RuleRow(REASON, "Reason beside each mark", REASONS[set_up.facts.reasons])
    return (*rules, reasons, *ties, *(RuleRow(words, words, says) for words, says in NO_MARK.items()))


def _tell(at: Here) -> Iterator[Telling]:
    row, facts = at.row, at.answer.facts
    yield Name(row.words)
    yield Says(row.says, size=13)
    if row.key == "allocation":
        yield Says(RULE_TIPS[at.answer.scheme.allocation], "text2")
    yield Says(NOTE if row.key.startswith(TIE) else "", "text2")
    yield Says(HELD_STILL if row.key == REASON and facts.is_handed_in else "", "text2")


def _change(at: Here) -> Form:
    rule, scheme = RULES[at.row.key], at.answer.scheme

    def does(**given: Any) -> Told:
        if "tolerance_percent" in given:
            given["tolerance_percent"] = given["tolerance_percent"] or Decimal(0)
        return settled(replace(scheme, **given), rule.what)

    return Form(title=rule.words, action="Save the rule", does=does, fields=rule.fields(scheme))


def _change_reasons(at: Here) -> Form:
    facts, words = at.answer.facts, at.row.words
    options = tuple((said, rule) for rule, said in REASONS.items())

    def does(rule: ReasonRule) -> Deed:
        is_same = rule is facts.reasons
        return None if is_same else SetReasonRule(facts.line.round_id, rule, facts.reasons)

    field = Choice("rule", words, options=options, value=facts.reasons)
    return Form(title=words, action="Save the rule", does=does, fields=(field,))


def _place(at: Here) -> int:
    return at.answer.scheme.ladder.index(at.row.key.removeprefix(TIE))


def _move(by: int, at: Here) -> Told:
    scheme = at.answer.scheme
    return settled(replace(scheme, ladder=tuple(moved(scheme.ladder, _place(at), by))), WHAT)


def _remove(at: Here) -> Told:
    scheme, place = at.answer.scheme, _place(at)
    return settled(replace(scheme, ladder=(*scheme.ladder[:place], *scheme.ladder[place + 1 :])), WHAT)


def _add(at: At[SetUp, Any]) -> Form:
    scheme = at.answer.scheme
    options = tuple((tie_break_words(scheme, rule), rule) for rule in free_rules(scheme))
    return Form(
        title="Add a tie-break",
        action="Add it",
        sentences=(NOTE,),
        does=lambda rule: settled(replace(scheme, ladder=(*scheme.ladder, rule)), WHAT),
        fields=(Choice("rule", "Tie-break", options=options),),
    )


def _is_tie(at: Here) -> bool:
    return is_open(at) and at.row.key.startswith(TIE)


ADD: Act[SetUp, Any] = Act(
    *("Add a tie-break…", _add),
    where=lambda at: is_open(at) and at.section == TAB and bool(free_rules(at.answer.scheme)),
)
LIST: Tab[SetUp, RuleRow] = Tab(
    TAB,
    _rows,
    lambda set_up: "",
    columns=(
        LineColumn("rule", "Rule", attrgetter("words"), width=240, is_strong=True),
        LineColumn("says", "As it stands", attrgetter("says"), tip=attrgetter("says")),
    ),
    row_key=attrgetter("key"),
    list_name="Rules of the round",
    side=Side(
        name="The selected rule",
        width=340,
        nothing="Choose a rule to see what it means.",
        tell=_tell,
        acts=(
            Act("Change…", _change, where=lambda at: is_open(at) and at.row.key in RULES),
            Act(
                *("Change…", _change_reasons),
                where=lambda at: at.answer.may_set and at.row.key == REASON,
                why_not=lambda at: HELD_STILL if at.answer.facts.is_handed_in else "",
            ),
            Act("Move up", partial(_move, -1), where=_is_tie),
            Act("Move down", partial(_move, 1), where=_is_tie),
            Act("Remove", _remove, where=_is_tie),
        ),
        tabs=("List", "Details"),
    ),
)
