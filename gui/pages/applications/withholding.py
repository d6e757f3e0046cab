"""Keeping an applicant's name from the public, and giving it again: asked for with ground and reason."""

from gui.dialogs.withheld_name import WithheldNameDialog
from gui.pages.applications.lines import ApplicationLine
from gui.pages.page import PageTools
from models.operations.awards.checks import SetWithheldName
from models.values.awards import WithheldName


def ask_withholding(tools: PageTools, round_id: int, one: ApplicationLine) -> None:
    """Ask why the name of an applicant is withheld, or give a withheld one again at once."""
    stands = one.of.withheld

    def withhold(withheld: WithheldName | None) -> None:
        tools.perform(SetWithheldName(round_id, one.reference, withheld, stands))

    if stands is not None:
        withhold(None)
        return
    dialog = WithheldNameDialog(tools.look, one.of.row.organisation, tools.dialogs.window)
    dialog.recorded.connect(withhold)
    tools.dialogs.show(dialog)
