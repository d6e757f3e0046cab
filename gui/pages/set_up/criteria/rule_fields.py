"""The fields of the rules, which take as long to make as to lay out: each of the two has its own turn."""

from PySide6.QtWidgets import QCheckBox

from gui.pages.set_up.criteria.draft import Draft
from gui.pages.set_up.criteria.inputs import ChoiceBox, FigureBox, WholeBox
from gui.pages.set_up.criteria.no_mark_box import NoMarkBox
from gui.pages.set_up.criteria.reading import any_text, optional_money, optional_points, some_percent
from gui.pages.set_up.criteria.tie_break_editor import TieBreakEditor
from gui.text import RULE_WORDS
from gui.theme.look import Look
from models.values.rounds import ReasonRule
from scoring.scheme import Allocation, Combine, RankedBy

COMBINES = (
    (Combine.CONSENSUS, "The panel agrees a whole mark"),
    (Combine.MEAN, "The mean of the members' marks"),
    (Combine.MEDIAN, "The middle of the members' marks"),
    (Combine.TRIMMED, "The mean without the highest and lowest"),
)
RANKINGS = (
    (RankedBy.TOTAL, "The total"),
    (RankedBy.PRICE_PER_QUALITY_POINT, "Price per quality point, lowest first"),
)
REASONS = (
    (ReasonRule.ASKED, "Asked for, and may be left out"),
    (ReasonRule.REQUIRED, "Required before a sheet is handed in"),
    (ReasonRule.NOT_ASKED, "Not asked for"),
)


class RuleFields:
    """Each field by what it asks for; whoever takes them lays them out."""

    def __init__(self, look: Look, draft: Draft) -> None:
        self.combine = ChoiceBox(look, "How marks combine", COMBINES)
        self.quorum = WholeBox(look, "Quorum", 1, 30)
        self.not_applicable = QCheckBox("The chair may set a criterion aside as not applicable")
        self.reasons = ChoiceBox(look, "Reason beside each mark", REASONS)
        self.no_mark = NoMarkBox(look)
        self.ranked_by = ChoiceBox(look, "Ranked by", RANKINGS)
        self.total = FigureBox(look, "Lowest total to pass", optional_points, "none")
        self.quality = FigureBox(look, "Lowest quality to pass", optional_points, "none")
        self.allocation = ChoiceBox(
            look, "Allocation rule", [(rule, RULE_WORDS[rule]) for rule in Allocation]
        )
        self.cap = FigureBox(look, "Most for one application", optional_money, "no cap")
        self.cap_each = FigureBox(look, "Most for one organisation in the round", optional_money, "no cap")
        self.tolerance = FigureBox(look, "Tolerance over the pot, in percent", some_percent, "0")
        self.authority = FigureBox(look, "Who allows the tolerance", any_text, "name and post")
        self.tie_breaks = TieBreakEditor(look, draft)
