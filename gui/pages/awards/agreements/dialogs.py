"""What is asked about an agreement: sent and signed when and by whom, where it is; and subsidy control."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.typed import DayField, MoneyField, TextLine, Wrong
from models.queries.awards.award_rows import AwardRow
from models.values.awards import KINDS, MINIMAL, AgreementDetails, Subsidy
from scoring.written.days import full_day

TO_COME = "That day is still to come. Record it once it has happened."
AGREEMENT = ("What is left empty is not known yet. Nothing is paid before the agreement is signed.",)
ANEW = "Version {} follows a variation and is signed anew. The version before was signed on {}."
ORDER = (
    "Minimal financial assistance: the recipient declares what it had from others in this and the two "
    "earlier financial years, you give it the notice, it confirms in writing. Nothing is signed before.",
)


class AgreementDialog(Form):
    """An agreement on its way: sent, signed for each side, held; the day of signature until there is one.

    Where its newest version is signed anew, the day of that is asked for in place of the first.
    """

    recorded = Signal(object, object)

    def __init__(self, look: Look, row: AwardRow, parent: QWidget) -> None:
        super().__init__(look, f"Agreement of {row.reference}", AGREEMENT, "Record", parent)
        known, issued, self._row = row.agreement, row.newest_version, row
        self.sent = _day("Sent on", known.sent_on)
        self.signed = _day("Signed on", None if row.wants_signature else row.agreed_on)
        self.signed.setReadOnly(row.agreed_on is not None and not row.wants_signature)
        if issued is not None and row.agreed_on is not None and row.wants_signature:
            self.sentence(ANEW.format(issued.version, full_day(row.agreed_on)))
        self.across(("Sent on", self.sent), ("Signed on", self.signed))
        self.office, self.office_post = _line(known.office_signer), _line(known.office_post)
        self.across(("Signed for the office by", self.office), ("Post at the office", self.office_post))
        self.recipient, self.recipient_post = _line(known.recipient_signer), _line(known.recipient_post)
        self.across(
            ("Signed for the recipient by", self.recipient), ("Post at the recipient", self.recipient_post)
        )
        self.held = self.line("Where the signed copy is", known.held_at, "such as Cabinet 3, or a folder")
        self.finish(self.sent)

    def try_action(self) -> None:
        """Tell what is known, and the day of the signature where one is given."""
        row, signed = self._row, self.signed.day
        details = AgreementDetails(
            self.sent.day,
            self.held.text().strip(),
            self.office.text().strip(),
            self.office_post.text().strip(),
            self.recipient.text().strip(),
            self.recipient_post.text().strip(),
            row.agreement.signed_version,
            row.agreement.signed_anew_on,
        )
        if signed is not None and not self.signed.isReadOnly():
            newest = row.newest_version
            version = None if newest is None else newest.version
            details = details.signed_as(version, signed if row.wants_signature else None)
        self.accept()
        self.recorded.emit(row.agreed_on or signed, details)


class SubsidyDialog(Form):
    """What an award is under subsidy control, and the steps of minimal financial assistance."""

    recorded = Signal(object)

    def __init__(self, look: Look, row: AwardRow, total: str, parent: QWidget) -> None:
        super().__init__(look, f"Subsidy control of {row.reference}", (*ORDER, total), "Record", parent)
        known = row.subsidy or Subsidy(MINIMAL)
        self.kind = self.choice("This award is", [(words, code) for code, words in KINDS.items()], known.kind)
        self.reason = self.note("Why it is no subsidy, or where the assessment is", 56, known.reason)
        declared = MoneyField("Declared by the recipient", known.declared_pence, is_needed=False)
        self.declared, self.declared_on = declared, _day("Declared on", known.declared_on)
        self.across(("Declared by the recipient", declared), ("Declared on", self.declared_on))
        self.notified, self.confirmed = (
            _day("Notice given on", known.notified_on),
            _day("Confirmed on", known.confirmed_on),
        )
        self.across(("Notice given on", self.notified), ("Confirmed on", self.confirmed))
        self.by = self.line("Confirmed by", known.confirmed_by, "name of the person who confirmed in writing")
        self.finish(self.kind)

    def try_action(self) -> None:
        """Tell what was entered."""
        kind = str(self.kind.currentData())
        if kind != MINIMAL and not self.reason.toPlainText().strip():
            raise Wrong("Say why it is no subsidy, or where the assessment is held.", self.reason)
        found = Subsidy(
            kind,
            self.reason.toPlainText().strip(),
            self.declared.pence,
            self.declared_on.day,
            self.notified.day,
            self.confirmed.day,
            self.by.text().strip(),
        )
        self.accept()
        self.recorded.emit(found)


def _line(text: str) -> QLineEdit:
    field = TextLine(text)
    field.setCursorPosition(0)
    return field


def _day(name: str, day: date | None) -> DayField:
    return DayField(name, day, is_past=True, to_come=TO_COME, is_needed=False)
