"""The forms in which payment files are laid out: columns from left to right, with the first lines below."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gui.listed.form import (
    Across,
    Asked,
    AtField,
    Choice,
    Field,
    Form,
    Grid,
    Line,
    Number,
    Saying,
    Tick,
    Values,
)
from models.clock import utc_now
from models.operations.awards.finance import SetPaymentLayout
from models.papers.finance import FinanceSchedule
from models.papers.order import PaperOrder
from models.queries.awards.awards import payment_layouts, saved_layouts
from models.queries.awards.finance import finance
from models.session import Session
from models.values.payments import (
    COVERS,
    DATE_FORMS,
    FIELDS,
    FIXED,
    SEPARATORS,
    STANDARD,
    LayoutColumn,
    PaymentLayout,
)

TITLE = "Payment layouts"
WORDS = "The columns of the file that finance's own system loads, from left to right by their places."
SPARE = 3
"""How many columns can be added at a time."""
MOST_PLACES = 40
SHOWN, LINES = 3, 6
"""How many payments are shown, and the room for them with headings and what they come to."""
ACCOUNTS = "Accounts are written only when somebody asks for them: they are left blank here."


class Layouts(Struct, frozen=True):
    """The layouts there are, those that the office saved by name, and payments for the first lines."""

    every: Sequence[PaymentLayout]
    saved: Mapping[str, PaymentLayout]
    schedule: FinanceSchedule


def lay_out_payments(round_id: int) -> Asked:
    """Ask which layout is changed, or for a new one, then for its columns."""
    order = PaperOrder("finance", utc_now(), round_id)

    def query(session: Session) -> Layouts:
        import_module("exchange.papers.finance.finance")  # while the window need not wait
        saved = {one.name: one for one in saved_layouts(session)}
        return Layouts(payment_layouts(session), saved, finance(session, order))

    return Asked(query, _choose)


def _choose(found: Layouts) -> Form:
    options = (*((one.name, one) for one in found.every), ("A new layout", replace(STANDARD, name="")))
    return Form(
        title=TITLE,
        action="Continue",
        does=lambda layout: layout_form(layout, found),
        fields=(Choice("layout", "Layout", options=options, value=options[0][1]),),
    )


def layout_form(layout: PaymentLayout, found: Layouts) -> Form:
    """Return what asks for one layout, with the first lines of its file as they are entered."""
    columns = (*layout.columns, *(None for _ in range(SPARE)))
    stands = found.saved.get(layout.name)

    def save(**typed: Any) -> SetPaymentLayout:
        new = _entered(typed, len(columns))
        if not new.columns:
            raise AtField("Choose what at least one column holds.", "holds_0")
        return SetPaymentLayout(new.name, new, found.saved.get(new.name))

    return Form(
        title=TITLE,
        sentences=(WORDS,),
        action="Save layout",
        does=save,
        width=660,
        height=720,
        follows=_follow,
        removes=None if stands is None else partial(SetPaymentLayout, layout.name, None, stands),
        removal="Remove layout",
        fields=(
            Line("name", "Its name", value=layout.name, wanted="Give the layout a name."),
            Across(tuple(_forms(layout))),
            Tick("has_mark", "Begins with the UTF-8 mark, for Excel", value=layout.has_mark),
            Tick("has_headings", "First line has the headings", value=layout.has_headings),
            Grid(
                ("Heading", "Content", "Words", "Place"),
                tuple(tuple(_column(number, column)) for number, column in enumerate(columns)),
                stretch=(0, 1, 2),
            ),
            Saying(partial(_first_lines, found.schedule, len(columns)), "text2", lines=LINES),
        ),
    )


def _forms(layout: PaymentLayout) -> Iterator[Field]:
    separators = tuple((words, key) for key, (_, words) in SEPARATORS.items())
    yield Choice("separator", "Between cells", options=separators, value=layout.separator)
    yield Choice("dates", "Dates", options=tuple((key, key) for key in DATE_FORMS), value=layout.dates)
    covers = tuple((words, key) for key, words in COVERS.items())
    yield Choice("covers", "Payments", options=covers, value=layout.covers)


def _column(number: int, column: LayoutColumn | None) -> Iterator[Field]:
    """Yield what is asked of a column; the words of a fixed one alone."""
    of, told = f"of column {number + 1}", column or LayoutColumn("", "")
    fields = tuple((words, key) for key, words in FIELDS.items())
    yield Line(f"heading_{number}", f"Heading {of}", value=told.heading)
    yield Choice(f"holds_{number}", f"Content {of}", options=fields, value=told.holds, first="Left out")
    yield Line(
        f"words_{number}",
        f"Words {of}",
        value=told.words,
        is_open=lambda typed: bool(typed[f"holds_{number}"] == FIXED),
    )
    yield Number(f"place_{number}", f"Place {of}", value=number + 1, most=MOST_PLACES)


def _follow(changed: str, typed: Values, by_hand: frozenset[str]) -> Values:
    """Suggest what a column holds as its heading, where it has none."""
    what, _, number = changed.partition("_")
    heading, holds = f"heading_{number}", typed[changed]
    is_new = what == "holds" and holds not in (None, FIXED) and not typed[heading].strip()
    return {heading: FIELDS[holds].partition(",")[0]} if is_new else {}


def _entered(typed: Values, columns: int) -> PaymentLayout:
    """Return the layout as it is entered."""
    held = [number for number in range(columns) if typed[f"holds_{number}"] is not None]
    return PaymentLayout(
        " ".join(typed["name"].split()),
        tuple(
            LayoutColumn(
                typed[f"heading_{number}"].strip(),
                typed[f"holds_{number}"],
                (typed[f"words_{number}"] or "").strip() if typed[f"holds_{number}"] == FIXED else "",
            )
            for number in sorted(held, key=lambda one: typed[f"place_{one}"])
        ),
        **{name: typed[name] for name in ("separator", "dates", "covers", "has_mark", "has_headings")},
    )


def _first_lines(schedule: FinanceSchedule, columns: int, typed: Values) -> str:
    """Return the first lines as they will be written, and what the file comes to."""
    from exchange.papers.finance.payment_file import control_of, shown_lines

    layout = _entered(typed, columns)
    lines = shown_lines(schedule, layout, SHOWN) if layout.columns else ()
    notes = (f"{control_of(schedule, layout)}.", ACCOUNTS if layout.has_accounts else "")
    return "\n".join((*lines, " ".join(filter(None, notes))))
