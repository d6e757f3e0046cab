"""Whether a payment file says what a finance schedule was issued with: each layout is written again.

It prints no SHA-256, since finance's system reads it; its headings tell the layout. The record keeps no
account beside an issue, so a column of accounts is left out of the comparison; of a file with accounts the
journal has the sum.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from exchange.cells.cell_names import cell_name
from exchange.papers.checking.paper_against import Difference, compared
from exchange.papers.finance.payment_file import control_of, file_lines, write_lines
from exchange.papers.paper_reading import Printed, read_paper
from exchange.xlsx.csv_file import csv_text
from models.papers.finance import FinanceSchedule
from models.papers.issued import Issued
from models.papers.kinds import FINANCE, KINDS
from models.store.temporary_files import temporary_folder
from models.values.payment_layout import ACCOUNT_FIELDS, PaymentLayout

ENDING = ".csv"
NO_ACCOUNTS = " Its accounts may have been changed: no file with accounts that was written has its sum."


class PaymentFile(Struct, frozen=True):
    """The issue and the layout to which a payment file comes nearest, and how it parts from them."""

    issued: Issued
    layout: PaymentLayout
    found: tuple[Difference, ...]
    control: str

    @property
    def words(self) -> str:
        """Return what is said of a file that holds, after its name: "holds the payments of version 2 …"."""
        accounts = NO_ACCOUNTS if self.layout.has_accounts else ""
        return (
            f"holds the payments of version {self.issued.version} of the paper {KINDS[FINANCE].words}, "
            f"in the layout {self.layout.name}: {self.control}.{accounts}"
        )


def nearest_payment_file(
    printed: Printed, issues: Sequence[Issued], layouts: Sequence[PaymentLayout]
) -> PaymentFile | None:
    """Return the issue and layout with the fewest differences, None where no layout has its headings."""
    every = (_against(printed, issued, layout) for issued in issues for layout in _fitting(printed, layouts))
    return min(every, key=_differences, default=None)


def _differences(one: PaymentFile) -> int:
    return len(one.found)


def _fitting(printed: Printed, layouts: Sequence[PaymentLayout]) -> Iterator[PaymentLayout]:
    """Yield the layouts whose headings the file has; without headings any may be its own."""
    heads = tuple(printed.layout.split("\n"))
    for layout in layouts:
        own = tuple(csv_text(column.heading) for column in layout.columns if column.heading)
        if not layout.has_headings or own == heads:
            yield layout


def _against(printed: Printed, issued: Issued, layout: PaymentLayout) -> PaymentFile:
    schedule = KINDS[FINANCE].value_of(issued.content)
    assert isinstance(schedule, FinanceSchedule), "the value of a finance schedule"
    with temporary_folder() as folder:
        path = folder / f"expected{ENDING}"
        write_lines(_lines(schedule, layout, dict(printed.places)), layout, path)
        expected = read_paper(path)
    return PaymentFile(issued, layout, compared(printed, expected), control_of(schedule, layout))


def _lines(
    schedule: FinanceSchedule, layout: PaymentLayout, there: dict[str, str]
) -> tuple[tuple[str, ...], ...]:
    """Return the lines of the file, with the accounts that it has itself."""
    of_accounts = {n for n, column in enumerate(layout.columns, 1) if column.holds in ACCOUNT_FIELDS}
    return tuple(
        tuple(
            there.get(cell_name(row, n), "") if n in of_accounts and row > layout.has_headings else cell
            for n, cell in enumerate(line, 1)
        )
        for row, line in enumerate(file_lines(schedule, layout), 1)
    )
