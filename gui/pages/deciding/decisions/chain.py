"""The sign-off chain as a row of steps: who has signed, and whose turn it is."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.pages.deciding.decisions.lines import Line
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.label import ChipLabel, Label
from gui.widgets.nesting import clear, row_of
from gui.widgets.tips import set_tip
from models.reference.sign_off import SignOff
from models.values.recommending import DecisionRow
from scoring.written.days import short_day
from scoring.written.text import listed

_WITH_COMMA = "Police, Fire and Crime"
"""How a commissioner is called who has the fire service too: no office stands after that comma."""


class Step(Struct, frozen=True):
    """One step: its post, how many of the lines it has signed, and its number from 1."""

    post: str
    number: int
    of_steps: int
    done: int
    of_lines: int

    @property
    def tone(self) -> Tone:
        """Return done, part of it, or waiting."""
        if self.done == self.of_lines:
            return Tone.FUND
        return Tone.PART if self.done else Tone.WAITING

    @property
    def words(self) -> str:
        """Return the step as the chip says it."""
        if self.done == self.of_lines:
            return f"{self.post} signed"
        return f"{self.post} {self.done} of {self.of_lines}" if self.done else f"{self.post} waiting"

    @property
    def spoken(self) -> str:
        """Return the step in full words: "Chief Executive, step 3 of 3, waiting"."""
        state = "signed" if self.done == self.of_lines else "waiting"
        return f"{self.post}, step {self.number} of {self.of_steps}, {state}"


def chain_steps(
    chain: Sequence[SignOff], lines: Sequence[Line], *, is_direct: bool = False
) -> tuple[Step, ...]:
    """Return the panel's signature, or the proposal's, and each step of the chain, over these lines."""
    many, of_lines = len(chain) + 1, len(lines)
    post = "Proposal" if is_direct else "Panel"
    first = Step(post, 1, many, sum(bool(line.signed) or line.is_decided for line in lines), of_lines)
    rest = (
        Step(
            short_post(step),
            number + 2,
            many,
            sum(line.steps > number for line in lines),
            of_lines,
        )
        for number, step in enumerate(chain)
    )
    return (first, *rest)


def short_post(step: SignOff) -> str:
    """Return the posts of a step without their office: "Chief Executive"."""
    return listed([without_office(post) for post in step.posts])


def without_office(post: str) -> str:
    """Return a post without its office: "Chief Executive", "Police, Fire and Crime Commissioner"."""
    before, title, rest = post.rpartition(_WITH_COMMA)
    return f"{before}{title}{rest.partition(',')[0]}"


class ChainStrip(QWidget):
    """Chips in a row with an arrow between."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName("Sign-off chain")
        self._row = row_of(edges=(3, 0, 3, 0), spacing=look.px(8), inside=self)
        self.chips: list[ChipLabel] = []
        self._shown: tuple[Step, ...] = ()

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show the steps in order."""
        if tuple(steps) == self._shown:
            return
        self._shown, self.chips = tuple(steps), []
        clear(self._row)
        for step in steps:
            if self.chips:
                self._row.addWidget(Label(self._look, "›", tone="muted"))
            chip = ChipLabel(self._look)
            chip.show_state(step.tone, step.words)
            chip.setAccessibleName(step.spoken)
            set_tip(chip, step.spoken)
            self._row.addWidget(chip)
            self.chips.append(chip)
        self._row.addStretch(1)


class LineStep(Struct, frozen=True):
    """One post on one line, and who signed for it when; "" while it waits, or is not needed at its amount."""

    post: str
    signed: str
    is_needed: bool = True

    @property
    def words(self) -> str:
        """Return who signed, or that it waits."""
        return self.signed or ("waiting" if self.is_needed else "not needed for this amount")

    @property
    def spoken(self) -> str:
        """Return the step in full words."""
        return f"{self.post}, {self.words}"


def line_steps(chain: Sequence[SignOff], line: Line) -> tuple[LineStep, ...]:
    """Return who signed a line so far: the panel, then each step of the chain."""
    panel = f"{line.signed}, {short_day(line.signed_on)}" if line.signed_on else line.signed
    is_corrected = line.is_decided and any(row.is_last for row in line.replaced)
    before = _signed(chain, line.replaced) if is_corrected else {}
    signed = {of: f"{words}, before the correction" for of, words in before.items()}
    signed |= _signed(chain, line.history)
    if line.is_decided and not panel:
        panel = "not signed here"
    pence = line.current.amount_pence
    rest = (
        LineStep(without_office(post), signed.get((number, post), ""), step.is_needed(pence))
        for number, step in enumerate(chain)
        for post in step.posts
    )
    return (LineStep("Panel" if line.direct is None else "Proposal", panel), *rest)


def _signed(chain: Sequence[SignOff], rows: Sequence[DecisionRow]) -> dict[tuple[int, str | None], str]:
    """Return who signed as which post of which step, and when; the newest where there are several."""
    return {
        (row.step, chain[row.step].post_taken(row.post)): f"{row.signed_by}, {short_day(row.signed_on)}"
        for row in rows
        if row.verdict != "send_back"
    }


class LineChain(QWidget):
    """The steps of one line under each other, with a tick where it is signed."""

    def __init__(self, look: Look, steps: Sequence[LineStep]) -> None:
        super().__init__()
        self.setAccessibleName("Who signs this line")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(10))
        grid.setVerticalSpacing(look.px(4))
        grid.setColumnStretch(1, 1)
        for number, step in enumerate(steps):
            chip = ChipLabel(look)
            chip.show_state(Tone.FUND if step.signed else Tone.WAITING, step.post)
            chip.setAccessibleName(step.spoken)
            grid.addWidget(chip, number, 0)
            said = Label(look, step.words, size=12, tone="text2" if step.signed else "muted")
            grid.addWidget(said.wrapped(), number, 1)
