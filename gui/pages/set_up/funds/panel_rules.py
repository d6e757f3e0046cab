"""Who must sit on a fund's panel, a rule a line: so many of some kinds of member, or of some posts."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.pages.page import PageTools
from gui.pages.set_up.funds.dialogs import COPIED
from gui.theme.look import Look
from gui.widgets.typed import Wrong, required_text
from models.operations.set_up.fund_changes import SetFund
from models.queries.set_up.funds import Fund
from models.reference.defaults import FundDefaults, PanelKind
from models.reference.fund_checks import panel_text
from models.reference.fund_facts import with_fact
from scoring.written.text import Refused

WHO = "Kinds of member or posts, one on each line: any of them counts"
KINDS = (
    "Kinds are police, community, partner and office. A post, such as Victims' Champion, is written as the "
    "member's organisation."
)


class PanelRuleDialog(Form):
    """So many members of some kinds or posts; `rules` are the fund's, `number` is None for one more."""

    agreed = Signal(object)

    def __init__(self, look: Look, rules: FundDefaults, number: int | None, parent: QWidget) -> None:
        title = "Add a rule for the panel" if number is None else "Rule for the panel"
        super().__init__(look, title, (KINDS, COPIED), "Save", parent)
        self._rules, self._number = rules, number
        stands = PanelKind((), 1, "") if number is None else rules.panel_kinds[number]
        self.least = self.line("At least this many", str(stands.at_least))
        self.who = self.note(WHO, 84, "\n".join((*stands.kinds, *stands.posts)))
        self.finish(self.who)

    def try_action(self) -> None:
        """Tell the fund's rules with this one."""
        least = required_text(self.least, "Say how many.")
        if not (least.isascii() and least.isdigit() and int(least)):
            raise Wrong("Type a whole number from 1.", self.least)
        who = required_text(self.who, "Name a kind of member or a post.").splitlines()
        text = f"{least} of {', '.join(filter(None, map(str.strip, who)))}"
        try:
            rules = _with_rule(self._rules, self._number, text)
        except Refused as no:
            raise Wrong(str(no), self.who) from no
        self.accept()
        self.agreed.emit(rules)


class PanelRules(QObject):
    """Ask for a rule, then have the record keep it."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask(self, fund: Fund, number: int | None) -> None:
        """Ask for a rule, None for one more."""
        dialogs = self._tools.dialogs
        box = PanelRuleDialog(self._tools.look, fund.rules, number, dialogs.window)
        box.agreed.connect(partial(self._set, fund))
        dialogs.show(box)

    def take_out(self, fund: Fund, number: int) -> None:
        """Take a rule out."""
        self._set(fund, _with_rule(fund.rules, number, ""))

    def _set(self, fund: Fund, rules: FundDefaults) -> None:
        if rules != fund.rules:
            self._tools.perform(SetFund(fund.code, rules, fund.rules, "panel rules"))


def _with_rule(rules: FundDefaults, number: int | None, text: str) -> FundDefaults:
    texts = [panel_text((rule,)) for rule in rules.panel_kinds]
    if number is None:
        texts.append(text)
    else:
        texts[number] = text
    return with_fact(rules, "panel", "; ".join(filter(None, texts)))
