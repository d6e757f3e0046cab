"""The explanation follows what is picked, and folds its steps out."""

from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from gui.app import Window
from gui.widgets.explaining.explain_panel import ExplainPanel, explained_rows
from gui.widgets.label import ElidedLabel
from scoring.explaining.steps import explain
from scoring.round import Area, Round
from scoring.scheme import Combine, Scheme
from tests.scoring.builders import application, criterion, sheet


def labels(panel: ExplainPanel) -> list[QLabel]:
    area = panel.findChildren(QScrollArea)[0]
    return [panel.subject, *area.widget().findChildren(QLabel)]


def ranked(window: Window) -> list[str]:
    figures = window.main.ranking.figures
    assert figures is not None
    return [one.reference for one in figures.ranking.standings if one.place is not None]


def test_every_step_is_folded_out_and_away(opened: Window) -> None:
    page = opened.main.ranking
    page.show_reference(ranked(opened)[0])
    folded = [label.text() for label in labels(page.explain)]

    page.explain.steps.click()
    every = [label.text() for label in labels(page.explain)]
    first, area = labels(page.explain)[len(folded)], page.explain.findChildren(QScrollArea)[0]
    QApplication.processEvents()
    assert 0 <= first.mapTo(area.viewport(), first.rect().topLeft()).y() < area.viewport().height()
    page.explain.steps.click()

    assert len(every) > len(folded)
    assert every[: len(folded)] == folded
    assert [label.text() for label in labels(page.explain)] == folded


def test_a_short_label_offers_the_text_it_shows_now(dressed: None) -> None:
    label = ElidedLabel("A title that is far too long for so little room")
    label.resize(40, 20)
    label.show()
    QApplication.processEvents()
    assert label.toolTip().startswith("A title")

    label.setText("Short")
    label.resize(200, 20)
    label.setText("B")

    assert label.toolTip() == ""
    label.resize(40, 20)
    label.setText("Another title that is far too long")
    assert label.toolTip() == "Another title that is far too long"


def test_the_parts_of_a_total_add_up_to_it_and_rounded_lines_that_do_not_are_told() -> None:
    scheme = Scheme((criterion("A1", 50), criterion("B1", 50, "cost")), combine=Combine.MEAN)
    sheets = tuple(sheet("X1", mark, mark, member=f"M{n}") for n, mark in enumerate((1, 1, 0)))
    round_ = Round("F", "R", scheme, (Area("Coventry", 10**6),), (application("X1"),), sheets)

    rows = explained_rows(explain(round_, "X1"), scheme, has_steps=False)

    # a mean of 2/3 of 5: 20/3 on either side, and 40/3 in all
    sums = {row.cells[0]: row.cells[3] for row in rows if len(row.cells) > 1}
    assert sums["A1  Title A1"] == sums["B1  Title B1"] == "6.67"
    assert (sums["Quality 13.33 of 100"], sums["Cost 13.33 of 100"]) == ("6.66", "6.67")
    assert sums["Total, place 1"] == "13.33"
    assert any("add up to 6.67, and the side gives 6.66" in words for row in rows for words in row.cells)
