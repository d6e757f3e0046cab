"""The criteria of a scheme, each told beside the list: its weight with the proof, its method, its floor."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec.structs import replace

from exchange.cells.values import read_decimal
from gui.listed.acts import Act, At, Deed, Picked, Told
from gui.listed.form import Across, Choice, Form, Grid, Line, Note, Number, Saying, Values
from gui.listed.side import Name, Says, Side, Title
from gui.listed.side import Told as Telling
from gui.pages.set_up.criteria.draft import SetUp, is_open, settled
from gui.tables.columns import Gives, Keeps, LineColumn
from scoring import money
from scoring.explaining.words import NAMES, method_words
from scoring.places.totals import share_words
from scoring.publishing import (
    bands_text,
    effective_weight,
    moved_criterion,
    read_bands,
    with_criterion,
    with_method,
    with_new_criterion,
    without_criterion,
)
from scoring.scheme import Basis, Criterion, Method, Scheme
from scoring.scheme import Side as Of
from scoring.written.amounts import read_figure
from scoring.written.text import Refused, Unreadable

TAB = "Criteria"
NO_FLOOR = "none"
SIDES = (("Quality", Of.QUALITY), ("Cost", Of.COST))
BASES = {
    Basis.REQUESTED: "Amount requested, in £",
    Basis.UNIT: "Asked for each person who benefits",
    Basis.SHARE: "Share of the whole cost, in %",
}
EMPTY = "This cannot be empty."
TAKEN = "“{}” is another criterion’s code."
ONE_LEFT = "A scheme keeps one criterion at least."


class CriterionLine(NamedTuple):
    """A criterion in the list: what it can move the total by, and whether that is its weight."""

    criterion: Criterion
    moves: str
    is_same: bool


def line_of(scheme: Scheme, criterion: Criterion) -> CriterionLine:
    """Return the line of a criterion of a scheme, with the proof of its weight."""
    effective = effective_weight(scheme, criterion)
    is_same = effective * 10_000 == criterion.weight_1e4
    return CriterionLine(criterion, money.score(money.hundredths(effective)), is_same)


def weight_words(line: CriterionLine) -> str:
    """Return a weight as it is said: "A1 weight, 25 of 100, moves the total by 25"."""
    percent, moves = money.percent(line.criterion.weight_1e4), line.moves.removesuffix(".00")
    return f"{line.criterion.code} weight, {percent} of 100, moves the total by {moves}"


def _floor(line: CriterionLine) -> str:
    floor = line.criterion.floor
    return NO_FLOOR if floor is None else money.decimal_text(floor)


def _proof(line: CriterionLine) -> str:
    return f"{line.moves} {'same' if line.is_same else 'differs'}"


def _spoken(line: CriterionLine) -> str:
    title = f"{line.criterion.title}, {line.criterion.side.value}"
    return f"{weight_words(line)}, {title}, lowest to pass {_floor(line)}"


_key: Callable[[CriterionLine], str] = attrgetter("criterion.code")
_title: Callable[[CriterionLine], str] = attrgetter("criterion.title")
COLUMNS: tuple[LineColumn[CriterionLine], ...] = (
    LineColumn("code", "Code", _key, width=56, is_strong=True, keeps=Keeps.WHOLE),
    LineColumn("title", "Criterion", _title, tip=_title),
    LineColumn(
        "side", "Side", lambda line: line.criterion.side.value.capitalize(), width=76, gives_way=Gives.WORDS
    ),
    LineColumn(
        "weight", "Weight", lambda line: money.percent(line.criterion.weight_1e4), width=70, is_right=True
    ),
    LineColumn("moves", "Can move the total by", _proof, width=158, is_right=True, brief="Effect"),
    LineColumn("floor", "Lowest to pass", _floor, width=112, is_right=True, brief="Lowest"),
)


Here = At[SetUp, CriterionLine]


def figure_text(figure: Decimal | None) -> str:
    """Return a decimal as a field shows it, "" for none."""
    return "" if figure is None else money.decimal_text(figure)


def read_points(text: str, most: int = 100) -> Decimal | None:
    """Return points or marks up to a figure, None where nothing is typed."""
    try:
        points = read_decimal(text.removesuffix("%").strip())
    except Unreadable as error:
        raise Refused(str(error)) from error
    if points is not None and not 0 <= points <= most:
        raise Refused(f"Enter a figure from 0 to {most}, or leave it empty.")
    return points


def _read_figure(text: str) -> Decimal:
    try:
        return read_figure(text)
    except Unreadable as error:
        raise Refused(str(error)) from error


def _figures(criterion: Criterion) -> Iterator[str]:
    """Yield what a criterion that is worked out is worked out from."""
    if not criterion.is_judged:
        yield f"Worked out from: {BASES[criterion.basis].lower()}"
    if criterion.method is Method.LINEAR:
        yield f"{figure_text(criterion.low)} scores 100, {figure_text(criterion.high)} scores 0"
    if criterion.bands:
        yield f"Bands, up to = score: {bands_text(criterion.bands)}"


def _tell(at: Here) -> Iterator[Telling]:
    criterion = at.row.criterion
    yield Name(f"{criterion.code} {criterion.title}")
    yield Says(criterion.guidance)
    _, _, weight = weight_words(at.row).partition(" ")
    yield Says(f"{criterion.side.value.capitalize()}, {weight}. Lowest to pass: {_floor(at.row)}.", "text2")
    if criterion.side is Of.COST:
        said = method_words(criterion.method)
        yield Title(NAMES[criterion.method])
        yield Says(said.formula, "text2")
        yield from map(Says, _figures(criterion))
        yield Says(said.example, "text2")
        yield Says(said.warning, "warning")


def _form(scheme: Scheme, criterion: Criterion, title: str, what: str) -> Form:
    """Return what asks for a criterion of a scheme anew, but for its weight."""
    others = {one.code for one in scheme.criteria if one is not criterion}
    line = criterion if criterion.method is Method.LINEAR else with_method(criterion, Method.LINEAR)
    bands = criterion if criterion.method is Method.BANDS else with_method(criterion, Method.BANDS)

    def by(*methods: Method) -> Callable[[Values], bool]:
        """Return whether the criterion is scored by one of some methods, as things are typed."""
        return lambda typed: (typed["method"] if typed["side"] is Of.COST else Method.JUDGED) in methods

    is_worked_out = by(*(method for method in Method if method is not Method.JUDGED))

    def said(typed: Values) -> str:
        words = method_words(typed["method"])
        return "\n".join(filter(None, (words.formula, words.example, words.warning)))

    def does(**given: Any) -> Deed:
        marks, points, method = given.pop("marks"), given.pop("points"), given.pop("method")
        given |= {"method": method or Method.JUDGED, "floor": points if marks is None else marks}
        given |= {"basis": given["basis"] or criterion.basis, "bands": given["bands"] or ()}
        changed = replace(criterion, **given)
        return Picked(changed.code, settled(with_criterion(scheme, criterion.code, changed), what))

    highest = scheme.scale_maximum
    floor = figure_text(criterion.floor)
    return Form(
        title=title,
        action="Save",
        does=does,
        width=480,
        focus="title",
        fields=(
            Across(
                (
                    Line(
                        *("code", "Code"),
                        value=criterion.code,
                        wanted=EMPTY,
                        check=lambda code: TAKEN.format(code) if code in others else "",
                    ),
                    Choice("side", "Side", options=SIDES, value=criterion.side),
                )
            ),
            Line("title", "Title", value=criterion.title, wanted=EMPTY),
            Note("guidance", "What it looks for", value=criterion.guidance),
            Choice(
                *("method", "How it gets its value"),
                options=tuple((NAMES[method], method) for method in Method),
                value=criterion.method,
                only=lambda typed: typed["side"] is Of.COST,
            ),
            Saying(said, "text2", only=is_worked_out),
            Choice(
                *("basis", "Figure it is worked from"),
                options=tuple((words, basis) for basis, words in BASES.items()),
                value=criterion.basis,
                only=is_worked_out,
            ),
            Across(
                tuple(
                    Line(
                        *(name, words),
                        value=figure_text(getattr(line, name)),
                        wanted="Enter a figure of 0 or more.",
                        read=_read_figure,
                        only=by(Method.LINEAR),
                    )
                    for name, words in (("low", "Low scores 100"), ("high", "High scores 0"))
                )
            ),
            Line(
                *("bands", "Bands, up to = score"),
                value=bands_text(bands.bands),
                hint="1000=100; 2500=60",
                read=read_bands,
                only=by(Method.BANDS),
            ),
            Line(
                *("marks", "Lowest mark to pass"),
                value=floor if criterion.is_judged else "",
                hint=NO_FLOOR,
                read=partial(read_points, most=highest),
                only=by(Method.JUDGED),
            ),
            Line(
                *("points", "Lowest to pass, in points of 100"),
                value="" if criterion.is_judged else floor,
                hint=NO_FLOOR,
                read=read_points,
                only=is_worked_out,
            ),
        ),
    )


def _change(at: Here) -> Form:
    criterion = at.row.criterion
    return _form(at.answer.scheme, criterion, f"Change {criterion.code}", f"criterion {criterion.code}")


def _add(at: At[SetUp, Any]) -> Form:
    scheme = with_new_criterion(at.answer.scheme)
    new = scheme.criteria[-1]
    return _form(scheme, new, "Add a criterion", f"the criteria: {new.code} added")


def _move(by: int, at: Here) -> Told:
    code = at.row.criterion.code
    return settled(moved_criterion(at.answer.scheme, code, by), f"the place of {code}")


def _remove(at: Here) -> Told:
    gone = at.row.criterion.code
    return settled(without_criterion(at.answer.scheme, gone), f"the criteria: {gone} removed")


def _percent(criterion: Criterion) -> int:
    """Return a weight as whole percents, which is what is typed."""
    return max(criterion.weight_1e4 // 10_000, 1)


def _weights(at: At[SetUp, Any]) -> Form:
    """Ask for all weights at once; what is still to share is said as they are typed."""
    scheme = at.answer.scheme

    def weighed(typed: Values) -> Scheme:
        given = (
            one if typed[one.code] == _percent(one) else replace(one, weight_1e4=typed[one.code] * 10_000)
            for one in scheme.criteria
        )
        return replace(scheme, criteria=tuple(given))

    lines = tuple(
        (f"{one.code} {one.title}", Number(one.code, f"{one.code} weight", value=_percent(one), most=100))
        for one in scheme.criteria
    )
    return Form(
        title="Weights",
        action="Save",
        does=lambda **typed: settled(weighed(typed), "the weights"),
        fields=(
            Grid(("Criterion", "Weight"), lines, 0),
            Saying(lambda typed: f"{share_words(weighed(typed))}."),
        ),
    )


def _is_here(at: At[SetUp, Any]) -> bool:
    return is_open(at) and at.section == TAB


ADD: Act[SetUp, Any] = Act("Add a criterion…", _add, where=_is_here)
WEIGHTS: Act[SetUp, Any] = Act("Weights…", _weights, where=_is_here)
SIDE: Side[SetUp, CriterionLine] = Side(
    name="The selected criterion",
    width=340,
    nothing="Choose a criterion to see how it counts.",
    tell=_tell,
    acts=(
        Act("Change…", _change, where=is_open),
        Act("Move up", partial(_move, -1), where=is_open),
        Act("Move down", partial(_move, 1), where=is_open),
        Act(
            "Remove",
            _remove,
            where=is_open,
            why_not=lambda at: "" if len(at.answer.scheme.criteria) > 1 else ONE_LEFT,
        ),
    ),
    tabs=("List", "Details"),
)


def rows(set_up: SetUp) -> tuple[CriterionLine, ...]:
    return tuple(line_of(set_up.scheme, criterion) for criterion in set_up.scheme.criteria)


row_key, row_words = _key, _spoken
