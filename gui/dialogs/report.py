"""Say that the program itself went wrong, what is safe, and offer the report to pass on."""

from PySide6.QtWidgets import QWidget

from gui.dialogs.listing import ListingDialog

TITLE = "Something went wrong in Grant Panel"
SAFE = (
    "Everything you entered up to now is saved in the record. You can go on working; if it happens "
    "again, close the window and open the record again. Pass the report below on to the person who looks "
    "after Grant Panel: it says where in the program it went wrong, and nothing of what the record holds."
)


class ReportDialog(ListingDialog):
    """A fault of the program, with its report folded open to be copied."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(
            TITLE,
            SAFE,
            report,
            parent,
            name="Report",
            copy="Copy the report",
            action="Continue working",
            away="",
        )
