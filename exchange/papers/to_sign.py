"""What somebody is about to sign as a paper: the lines in short, the pots, then each line whole."""

from collections.abc import Iterator

from msgspec.structs import replace

from exchange.papers.document.values import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Look,
    Pairs,
    Para,
    Signature,
    Table,
    Together,
)
from exchange.papers.paper_words import NONE_GIVEN
from exchange.papers.prose import prose
from models.papers.status import PaperStatus
from models.papers.to_sign import AS_IT_CAME, LineToSign, ToSign
from scoring.counted import counted, listed
from scoring.money import column_money, short_pounds
from scoring.written.names import round_names

BEFORE = "Draft before signing: nothing here is signed yet"
IS_WHAT = "This is what the signature covers, in its order."
LOOK_AT = (
    "Changed on the way",
    "Your answer",
    "Not stated",
    "Order and exceptions",
    "Dissent",
    "Interests and who left",
    "Score sheets",
    "Gates",
)
"""What is named of a line beside its money, but for an answer that changes nothing; it is told below."""


def to_sign_document(value: ToSign, status: PaperStatus) -> Document:
    """Return the paper; each copy says that it is of before the signature."""
    return replace(
        prose(value, status, _blocks(value), (*round_names(value.fund, value.round, value.year), value.area)),
        status=BEFORE,
        is_draft=True,
    )


def _blocks(value: ToSign) -> Iterator[Block]:
    yield Para(IS_WHAT, Look.LEAD)
    yield _in_short(value)
    if value.pots:
        yield _pots(value)
    yield from (Para(f"{pot.area}: {pot.over}.") for pot in value.pots if pot.over)
    if value.closed:
        yield Para(
            f"You declared an interest in {listed(value.closed)}: somebody else signs there, and neither "
            "that nor what is left of its pot is told here."
        )
    if value.shared:
        yield Together((Heading("Alike on each line"), Pairs(value.shared)))
    yield Heading("Line by line")
    for number, line in enumerate(value.lines, 1):
        yield Together(
            (Heading(f"{number}. {_named(line)}", 2), Pairs((("Outcome", _outcome(line)), *line.told)))
        )
    if value.not_here:
        yield Together(
            (Heading("Nothing is signed on"), Bullets(tuple(f"{of}: {why}" for of, why in value.not_here)))
        )
    yield Together(tuple(map(Signature, value.posts)))


def _in_short(value: ToSign) -> Table:
    """Return the lines with their money and what to look at, and what they come to."""
    show = column_money([line.given_pence for line in value.lines])
    has_areas = len({line.area for line in value.lines}) > 1
    rows = [
        (
            str(number),
            _named(line),
            *([line.area] if has_areas else []),
            line.outcome,
            show(line.given_pence),
            ", ".join(_to_look_at(line)) or NONE_GIVEN,
        )
        for number, line in enumerate(value.lines, 1)
    ]
    many = counted(len(value.lines), "line")
    total = ("", f"Total, {many}", *([""] if has_areas else []), "", show(value.given_pence), "")
    columns = (
        Column("No.", 0.4),
        Column("Line", 3),
        *([Column("Area", 1.3)] if has_areas else []),
        Column("Outcome", 1),
        Column("Amount", 1, is_figure=True),
        Column("Look at", 2),
    )
    return Table("In short", columns, (*rows, total), frozenset({len(rows)}))


def _pots(value: ToSign) -> Table:
    """Return what each pot has, what is given of it here and elsewhere, and what is left then."""
    heads = {"Pot": "pot_pence", "Committed before": "committed_pence", "On these lines": "here_pence"}
    if any(pot.others_pence != 0 for pot in value.pots):
        heads["On others"] = "others_pence"
    figures = [[getattr(pot, name) for name in (*heads.values(), "left_pence")] for pot in value.pots]
    show = column_money([pence for row in figures for pence in row])
    rows = tuple((pot.area, *map(show, row)) for pot, row in zip(value.pots, figures, strict=True))
    columns = (Column(head, 1.2, is_figure=True) for head in (*heads, "Left"))
    return Table("The pots", (Column("Area", 2), *columns), rows)


def _to_look_at(line: LineToSign) -> list[str]:
    told = dict(line.told)
    return [label for label in LOOK_AT if told.get(label, AS_IT_CAME) != AS_IT_CAME]


def _named(line: LineToSign) -> str:
    return f"{line.reference} {line.organisation}"


def _outcome(line: LineToSign) -> str:
    return line.outcome if line.given_pence is None else f"{line.outcome} {short_pounds(line.given_pence)}"
