"""The sign-off chain as a row of steps: who has signed, and whose turn it is."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from gui.pages.deciding.decisions.lines import Line
from gui.theme.tokens import Tone
from gui.widgets.label import ChipLabel, Label
from gui.widgets.nesting import clear, fill, row_of
from gui.widgets.tips import set_tip
from models.reference.sign_off import SignOff
from models.values.recommending import DecisionRow
from scoring.written.days import short_day
from scoring.written.text import listed

_WITH_COMMA = "Police, Fire and Crime"
"""How a commissioner is called who has the fire service too: no office stands after that comma."""


class Step(Struct, frozen=True):
    """One step of some lines: its tone, its words as a chip says them, and in full."""

    tone: Tone
    words: str
    spoken: str


def chain_steps(
    chain: Sequence[SignOff], lines: Sequence[Line], *, is_direct: bool = False
) -> tuple[Step, ...]:
    """Return the panel's signature, or the proposal's, and each step of the chain, over these lines."""
    done = (
        ("Proposal" if is_direct else "Panel", sum(bool(line.signed) or line.is_decided for line in lines)),
        *(
            (short_post(step), sum(line.steps > number for line in lines))
            for number, step in enumerate(chain)
        ),
    )
    many, of_lines = len(done), len(lines)
    return tuple(
        _step(post, f"step {number} of {many}", count, of_lines)
        for number, (post, count) in enumerate(done, start=1)
    )


def _step(post: str, which: str, done: int, of_lines: int) -> Step:
    if done == of_lines:
        return Step(Tone.FUND, f"{post} signed", f"{post}, {which}, signed")
    tone, words = (Tone.PART, f"{done} of {of_lines}") if done else (Tone.WAITING, "waiting")
    return Step(tone, f"{post} {words}", f"{post}, {which}, waiting")


def short_post(step: SignOff) -> str:
    """Return the posts of a step without their office: "Chief Executive"."""
    return listed([without_office(post) for post in step.posts])


def without_office(post: str) -> str:
    """Return a post without its office: "Chief Executive", "Police, Fire and Crime Commissioner"."""
    before, title, rest = post.rpartition(_WITH_COMMA)
    return f"{before}{title}{rest.partition(',')[0]}"


class ChainStrip(QWidget):
    """Chips in a row with an arrow between."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Sign-off chain")
        self._row = row_of(edges=(3, 0, 3, 0), spacing=8, inside=self)
        self.chips: list[ChipLabel] = []

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show the steps in order."""
        self.chips = []
        clear(self._row)
        for step in steps:
            before = [Label("›", tone="muted")] if self.chips else []
            chip = ChipLabel()
            chip.show_state(step.tone, step.words)
            chip.setAccessibleName(step.spoken)
            set_tip(chip, step.spoken)
            self.chips.append(chip)
            fill(self._row, *before, chip)
        self._row.addStretch(1)


def line_steps(chain: Sequence[SignOff], line: Line) -> tuple[str, ...]:
    """Return who signed a line so far when, or why nobody has: the panel, then each step of the chain."""
    panel = f"{line.signed}, {short_day(line.signed_on)}" if line.signed_on else line.signed
    is_corrected = line.is_decided and any(row.is_last for row in line.replaced)
    before = _signed(chain, line.replaced) if is_corrected else {}
    signed = {of: f"{words}, before the correction" for of, words in before.items()}
    signed |= _signed(chain, line.history)
    if line.is_decided and not panel:
        panel = "not signed here"
    pence = line.current.amount_pence
    rest = (
        _line_step(without_office(post), signed.get((number, post), ""), is_needed=step.is_needed(pence))
        for number, step in enumerate(chain)
        for post in step.posts
    )
    return (_line_step("Panel" if line.direct is None else "Proposal", panel), *rest)


def _line_step(post: str, signed: str, *, is_needed: bool = True) -> str:
    return f"{post}: {signed or ('waiting' if is_needed else 'not needed for this amount')}"


def _signed(chain: Sequence[SignOff], rows: Sequence[DecisionRow]) -> dict[tuple[int, str | None], str]:
    """Return who signed as which post of which step, and when; the newest where there are several."""
    return {
        (row.step, chain[row.step].post_taken(row.post)): f"{row.signed_by}, {short_day(row.signed_on)}"
        for row in rows
        if row.verdict != "send_back"
    }
