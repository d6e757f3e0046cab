"""One line in words: what the panel recommends and why, who signed it, and what was decided so far."""

from collections.abc import Iterator, Sequence

from gui.listed.side import Says, Text, Title, Told
from gui.pages.deciding.decisions.chain import line_steps
from gui.pages.deciding.decisions.lines import CLOSED, WORDS, Line
from gui.pages.deciding.decisions.state import in_words
from gui.text import sentence
from models.queries.awards.direct_awards import signing_facts
from models.reference.defaults import Condition
from models.reference.sign_off import SignOff
from scoring import money
from scoring.written.days import short_day

NO_REASON = "The panel gives no reason yet. It needs one before its chair signs."
NOTHING_PICKED = "Choose a line to see what is recommended on it, and why."


def line_text(line: Line | None, library: Sequence[Condition]) -> Iterator[Told]:
    """Tell what is recommended on a line, and what was decided so far.

    Without a `library` the conditions are left out: a form beside it shows them.
    """
    if line is None:
        yield Says(NOTHING_PICKED, "muted")
        return
    yield from _head(f"{line.reference} {line.row.organisation}", "" if line.is_closed else line.row.project)
    if line.is_closed:
        yield Text(CLOSED)
        return
    yield from _say_recommended(line, library)
    yield from _say_back(line)
    yield from _say_decided(line, library)


def signed_text(line: Line | None, chain: Sequence[SignOff]) -> Iterator[Told]:
    """Tell who signed the line so far, and who has still to."""
    if line is not None and not line.is_closed:
        yield Title("Signed by")
        for words in line_steps(chain, line):
            yield Says(words, "text2")


def _head(words: str, note: str) -> Iterator[Told]:
    yield from (Title(words), Says(note, "muted"))


def _say_recommended(line: Line, library: Sequence[Condition]) -> Iterator[Told]:
    item = line.recommended
    amount = f" {line.amount}" if item.amount_pence is not None else ""
    if line.direct is not None:
        yield from _head("Proposed without a competition", line.amount)
        for words in signing_facts(line.direct):
            yield Text(words)
        yield from _say_conditions(in_words(item.conditions, library), "Conditions:")
        return
    yield from _head("The panel recommends", f"Requested {money.short_pounds(line.row.requested_pence)}")
    yield Text(f"{WORDS[item.outcome]}{amount}{_on_total(item.total_1e2)}")
    if item.reason:
        yield Text(shown_reason(item.reason))
    elif item.amount_pence:
        yield Says(NO_REASON, "warning")
    said = line.panel_reason.removeprefix(item.reason).strip()
    if said:
        yield Says(said, "text2")
    if item.is_exception:
        yield Says("An exception to the order or to a floor.", "warning")
    if library:
        yield from _say_conditions(in_words(item.conditions, library), "Conditions:")


def _on_total(total_1e2: int | None) -> str:
    return ", without a total" if total_1e2 is None else f", on a total of {money.score(total_1e2)}"


def shown_reason(reason: str) -> str:
    """Return a reason as screens show it: money without pence where it has none."""
    return sentence(money.without_noughts(reason))


def _say_back(line: Line) -> Iterator[Told]:
    if line.back is not None and not line.signed:
        yield from _head("Sent back", f"{line.back.post}, {line.back.signed_by}")
        yield Text(line.back.change_reason)


def _say_decided(line: Line, library: Sequence[Condition]) -> Iterator[Told]:
    last = line.last
    if last is None or not (last.is_last or last.change_reason or last.reason):
        return
    amount = f" {money.short_pounds(last.amount_pence)}" if last.amount_pence is not None else ""
    head = "Decided" if last.is_last else f"Step {last.step + 2} says"  # the panel's is the first
    yield from _head(head, f"{last.post}, {last.signed_by}, {short_day(last.signed_on)}")
    total = _on_total(last.total_1e2) if line.direct is None else ""
    yield Text(f"{WORDS[last.outcome]}{amount}{total}")
    if last.change_reason:
        yield Text(f"Changed: {last.change_reason}")
    if last.reason and last.reason not in (line.recommended.reason, line.panel_reason):
        yield Text(last.reason)
    if last.notice:
        yield Says(f"Notice of decision {last.notice} · {last.legal_power or 'from paper'}", "muted")
        yield Says(f"Interests of the person who signed: {last.interests}", "muted")
    if library:
        yield from _say_conditions(in_words(last.conditions, library), "Conditions:")


def _say_conditions(conditions: Sequence[str], head: str) -> Iterator[Told]:
    if conditions:
        yield Says(head, "muted")
    for condition in conditions:
        yield Says(f"• {condition}", "text2")
