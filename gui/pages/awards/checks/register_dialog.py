"""What is asked before a register's file is chosen: what is loaded, and a day where the file has none."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.typed import DayField
from models.queries.awards.registers import LoadedRegister
from models.values.diligence import BANKS, REGISTERS
from scoring.written.days import short_day
from scoring.written.text import counted

WORDS = (
    "Download a register, then choose its file as it is. Nothing is sent anywhere, and only what concerns "
    "organisations of this record is kept.",
    "Charities: publicextract.charity of the Charity Commission. Companies: BasicCompanyDataAsOneFile of "
    "Companies House. Sanctions: the UK Sanctions List. Account numbers: the banks' valacdos.txt and "
    "scsubtab.txt, which are kept whole.",
)
TO_COME = "That day is still to come."


class RegisterDialog(Form):
    """Which registers are loaded, of which day, and the day of a file that does not say its own."""

    def __init__(self, look: Look, loaded: Mapping[str, LoadedRegister], parent: QWidget) -> None:
        super().__init__(look, "Load a register", WORDS, "Choose the file…", parent)
        for code, name in REGISTERS.items():
            self.sentence(_register_state(name, loaded.get(code)), size=12, tone="text2")
        self.on = self.add(
            "The day of the file, where it does not say",
            DayField(
                "The day of the file, where it does not say", is_past=True, to_come=TO_COME, is_needed=False
            ),
        )
        self.finish(self.do)

    def try_action(self) -> None:
        """Tell the day, None where the file says it."""
        day = self.on.day
        self.accept()
        self.agreed.emit(day)


def _register_state(name: str, one: LoadedRegister | None) -> str:
    called = f"{name[0].upper()}{name[1:]}"
    if one is None:
        return f"{called}: not loaded."
    if one.register in BANKS:
        return f"{called}: of {short_day(one.extract.extract_on)}, {counted(one.extract.rows, 'row')}."
    keys = {entry.key for entry in one.extract.entries}
    found = len({entry.key for entry in one.extract.entries if entry.is_found})
    return (
        f"{called}: of {short_day(one.extract.extract_on)}, {counted(one.extract.rows, 'row')}; "
        f"it has {found:,} of the {len(keys):,} looked for."
    )
