"""One line in words: what the panel recommends and why, who signed it, and what was decided so far."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from gui.listed.application_text import Parts
from gui.pages.deciding.decisions.chain import line_steps
from gui.pages.deciding.decisions.lines import CLOSED, WORDS, Line
from gui.pages.deciding.decisions.state import in_words
from gui.text import sentence
from gui.widgets.nesting import column_of
from models.queries.awards.direct_awards import signing_facts
from models.reference.defaults import Condition
from models.reference.sign_off import SignOff
from scoring import money
from scoring.written.days import short_day

NO_REASON = "The panel gives no reason yet. It needs one before its chair signs."
NOTHING_PICKED = "Choose a line to see what is recommended on it, and why."


def line_text(line: Line | None, library: Sequence[Condition]) -> QWidget:
    """Return what is recommended on a line, and what was decided so far, as a column of texts.

    Without a `library` the conditions are left out: a form beside it shows them.
    """
    holder, parts = _column()
    if line is None:
        parts.note(NOTHING_PICKED)
        return holder
    parts.head(f"{line.reference} {line.row.organisation}", "" if line.is_closed else line.row.project)
    if line.is_closed:
        parts.text(CLOSED)
        return holder
    _say_recommended(parts, line, library)
    _say_back(parts, line)
    _say_decided(parts, line, library)
    return holder


def signed_text(line: Line | None, chain: Sequence[SignOff]) -> QWidget:
    """Return who signed the line so far, and who has still to."""
    holder, parts = _column()
    if line is not None and not line.is_closed:
        parts.head("Signed by")
        for words in line_steps(chain, line):
            parts.note(words, tone="text2")
    return holder


def _column() -> tuple[QWidget, Parts]:
    holder = QWidget()
    return holder, Parts(column_of(spacing=3, inside=holder))


def _say_recommended(parts: Parts, line: Line, library: Sequence[Condition]) -> None:
    item = line.recommended
    amount = f" {line.amount}" if item.amount_pence is not None else ""
    if line.direct is not None:
        parts.head("Proposed without a competition", line.amount)
        for words in signing_facts(line.direct):
            parts.text(words)
        _say_conditions(parts, in_words(item.conditions, library), "Conditions:")
        return
    parts.head("The panel recommends", f"Requested {money.short_pounds(line.row.requested_pence)}")
    parts.text(f"{WORDS[item.outcome]}{amount}{_on_total(item.total_1e2)}")
    if item.reason:
        parts.text(shown_reason(item.reason))
    elif item.amount_pence:
        parts.note(NO_REASON, tone="warning")
    said = line.panel_reason.removeprefix(item.reason).strip()
    if said:
        parts.note(said, tone="text2")
    if item.is_exception:
        parts.note("An exception to the order or to a floor.", tone="warning")
    if library:
        _say_conditions(parts, in_words(item.conditions, library), "Conditions:")


def _on_total(total_1e2: int | None) -> str:
    return ", without a total" if total_1e2 is None else f", on a total of {money.score(total_1e2)}"


def shown_reason(reason: str) -> str:
    """Return a reason as screens show it: money without pence where it has none."""
    return sentence(money.without_noughts(reason))


def _say_back(parts: Parts, line: Line) -> None:
    if line.back is not None and not line.signed:
        parts.head("Sent back", f"{line.back.post}, {line.back.signed_by}")
        parts.text(line.back.change_reason)


def _say_decided(parts: Parts, line: Line, library: Sequence[Condition]) -> None:
    last = line.last
    if last is None or not (last.is_last or last.change_reason or last.reason):
        return
    amount = f" {money.short_pounds(last.amount_pence)}" if last.amount_pence is not None else ""
    head = "Decided" if last.is_last else f"Step {last.step + 2} says"  # the panel's is the first
    parts.head(head, f"{last.post}, {last.signed_by}, {short_day(last.signed_on)}")
    total = _on_total(last.total_1e2) if line.direct is None else ""
    parts.text(f"{WORDS[last.outcome]}{amount}{total}")
    if last.change_reason:
        parts.text(f"Changed: {last.change_reason}")
    if last.reason and last.reason not in (line.recommended.reason, line.panel_reason):
        parts.text(last.reason)
    if last.notice:
        parts.note(f"Notice of decision {last.notice} · {last.legal_power or 'from paper'}")
        parts.note(f"Interests of the person who signed: {last.interests}")
    if library:
        _say_conditions(parts, in_words(last.conditions, library), "Conditions:")


def _say_conditions(parts: Parts, conditions: Sequence[str], head: str) -> None:
    if conditions:
        parts.note(head)
    for condition in conditions:
        parts.note(f"• {condition}", tone="text2")
