"""What is recorded of the agreement of the award at hand: asked for, then kept."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Slot

from gui.dialogs.confirm import ConfirmDialog
from gui.pages.awards.agreements.dialogs import AgreementDialog, SubsidyDialog
from gui.pages.awards.agreements.section import DETAILS, PAPER
from gui.pages.awards.award_controller import AwardController
from gui.pages.awards.detail import AwardDetail
from gui.pages.page import PageTools
from models.operations.awards.agreements import RecordAgreement, SignAgreement, with_returns
from models.operations.awards.checks import SetSubsidy
from models.papers.kinds import AGREEMENT
from models.queries.awards.agreements import never_issued
from models.queries.awards.award_checks import minimal_total
from models.queries.awards.award_rows import AwardRow
from models.session import Session
from models.values.awards import AgreementDetails, Subsidy

TITLE = "Record it as signed?"
ELSEWHERE = "Where it was drawn up elsewhere, record it as signed; else write the agreement and issue it."


class AgreementController(AwardController):
    """Ask, then have the record keep it."""

    def __init__(self, tools: PageTools, detail: AwardDetail, parent: QObject) -> None:
        super().__init__(tools, detail, parent)
        detail.agreement_asked.connect(self._begin)
        detail.agreed.connect(self._sign)

    @Slot(object)
    def _sign(self, on: date | None) -> None:
        """Keep the day that is typed on the page, of the version that is issued, or take it back."""
        row = self._row
        issued = None if on is None else row.newest_version
        details = row.agreement.signed_as(None if issued is None else issued.version)
        self._record(row, on, details)

    @Slot(str)
    def _begin(self, what: str) -> None:
        row = self._row
        if what == PAPER:
            self._tools.go("exports", f"{AGREEMENT} {row.reference}")
        elif what == DETAILS:
            dialog = AgreementDialog(self._tools.look, row, self._tools.dialogs.window)
            dialog.recorded.connect(partial(self._record, row))
            self._tools.dialogs.show(dialog)
        else:
            self._tools.workspace.ask(_total(row), partial(self._ask_subsidy, row))

    def _record(self, row: AwardRow, signed: date | None, details: AgreementDetails) -> None:
        """Keep it, once it was asked about what is signed for the first time and was never issued."""
        is_first = signed is not None and row.agreed_on is None
        if not is_first or row.issued:
            self._keep(row, signed, details)
            return
        words, dialogs = (never_issued(row.reference), ELSEWHERE), self._tools.dialogs
        dialog = ConfirmDialog(self._tools.look, TITLE, words, "Record it as signed", dialogs.window)
        dialog.agreed.connect(partial(self._keep, row, signed, details))
        dialogs.show(dialog)

    def _keep(self, row: AwardRow, signed: date | None, details: AgreementDetails) -> None:
        """Keep it all as one change where it was signed now, else what is known of the papers."""
        of, before = row.application, row.agreement
        if signed != row.agreed_on:
            said = (details, before) if details != before else ()
            signing = SignAgreement(self.round_id, of, signed, row.agreed_on, *said)
            self._tools.workspace.ask(partial(with_returns, signing=signing), self._tools.perform)
        elif details != before:
            self._tools.perform(RecordAgreement(self.round_id, of, details, before))

    def _ask_subsidy(self, row: AwardRow, total: str) -> None:
        dialog = SubsidyDialog(self._tools.look, row, total, self._tools.dialogs.window)
        dialog.recorded.connect(partial(self._set_subsidy, row))
        self._tools.dialogs.show(dialog)

    def _set_subsidy(self, row: AwardRow, found: Subsidy) -> None:
        if found != row.subsidy:
            self._tools.perform(SetSubsidy(self.round_id, row.application, found, row.subsidy))


def _total(row: AwardRow) -> Callable[[Session], str]:
    declared = 0 if row.subsidy is None else row.subsidy.declared_pence or 0

    def ask(session: Session) -> str:
        return minimal_total(session, row.number, declared).words

    return ask
