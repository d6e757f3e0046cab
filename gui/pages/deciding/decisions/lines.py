"""The lines of Decisions as rows, and the sign-off chain above them as a row of steps."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from gui.text import column_money
from gui.theme.look import Tone
from gui.widgets.label import Chip, ChipLabel, Label
from gui.widgets.nesting import clear, fill, row_of
from gui.widgets.tips import set_tip
from models.queries.deciding.decisions import NOT_BEGUN, Progress, SignatureRow, Waits
from models.queries.deciding.round_list import OUTCOME_WORDS, Deciding, Mark
from models.reference.sign_off import SignOff
from models.values.direct_award import CONTRACTS, DirectAward
from models.values.recommending import FUNDED, DecisionRow, LineDecision, RecommendationRow
from models.values.rows import ApplicationRow
from scoring import money
from scoring.written.days import short_day
from scoring.written.text import listed

TONES = {
    "fund": Tone.FUND,
    "part_fund": Tone.PART,
    "reserve": Tone.RESERVE,
    "decline": Tone.DECLINE,
    "defer": Tone.DEFER,
    "refer": Tone.DEFER,
}
WORDS = {
    mark.value: OUTCOME_WORDS[mark]
    for mark in (Mark.FUND, Mark.PART, Mark.RESERVE, Mark.DECLINE, Mark.DEFER, Mark.REFER)
}
CLOSED = "You declared an interest in this application."
PENDING_WORDS = {"agree": "As recommended", "change": "Changed", "send_back": "Send back"}
AS_CHANGED = "As changed"


class Line(Struct, frozen=True):
    """One recommendation with its place in the chain.

    `progress` is how far along the chain it is, `waits` whose signature it lacks; `last` is the newest
    decision that stands, `back` one that sent the line back, `pending` what the office chose and has not
    recorded yet. `history` holds what stands, oldest first, `replaced` what a correction or another pass took
    the place of, `panel_reason` the panel's own words; of one that `is_departure` these leave out why the
    panel departed from its list. `direct` is what was proposed where nobody competed, and so no panel
    recommends it; `takes_pence` is what it takes of its pot today.
    """

    row: ApplicationRow
    recommended: RecommendationRow
    signed: str
    progress: Progress
    waits: Waits | None
    of_steps: int
    last: DecisionRow | None
    back: DecisionRow | None
    pending: LineDecision | None
    is_closed: bool
    amount: str
    signed_on: date | None = None
    history: tuple[DecisionRow, ...] = ()
    replaced: tuple[DecisionRow, ...] = ()
    panel_reason: str = ""
    is_departure: bool = False
    direct: DirectAward | None = None
    takes_pence: int = 0

    @property
    def current(self) -> RecommendationRow | DecisionRow:
        """Return what holds before the step at hand, and what agreeing comes to."""
        return self.last or self.recommended

    @property
    def changed(self) -> str:
        """Return what an earlier step made of the recommendation, "" while it stands: "part-fund £4,000"."""
        held = outcome_words(self.current)
        return "" if held == outcome_words(self.recommended) else held.lower()

    @property
    def advised(self) -> str:
        """Return what is recommended, its amount as printed: "Fund £4,800"."""
        amount = f" {self.amount}" if self.recommended.amount_pence is not None else ""
        return f"{WORDS[self.recommended.outcome]}{amount}"

    @property
    def last_signed_on(self) -> date | None:
        """Return the day of the last signature, None before the first."""
        return self.signed_on if self.last is None else self.last.signed_on

    @property
    def own_reason(self) -> str:
        """Return what the office wrote on why money is given, "" when only the panel gave a reason."""
        wrote = self.last.reason if self.last is not None and self.last.outcome in FUNDED else ""
        return (self.pending.reason if self.pending else "") or wrote

    @property
    def reference(self) -> str:
        return self.row.reference

    @property
    def is_contract(self) -> bool:
        """Whether it buys a service, and gives no grant."""
        return self.direct is not None and self.direct.route in CONTRACTS

    @property
    def is_decided(self) -> bool:
        """Whether it is decided, and nothing waits that would correct it."""
        return self.waits is None and self.last is not None

    @property
    def is_signed_elsewhere(self) -> bool:
        """Whether the deciding office signed it, and the panel's chair did not sign it here."""
        return not self.signed and self.progress.last is not None

    @property
    def steps(self) -> int:
        """Return how many steps of the chain come before the one that it waits for."""
        return self.of_steps if self.waits is None else self.waits.step

    @property
    def office(self) -> Chip:
        """Return what the deciding office says, or what the line waits for."""
        if self.pending is not None:
            return Chip(Tone.INFORMATION, _chosen(self, self.pending))
        if self.last is not None and self.is_decided:
            return Chip(TONES[self.last.outcome], outcome_words(self.last))
        if not self.signed:
            return Chip(Tone.WARNING, "Sent back") if self.back else Chip(Tone.WAITING, "Not signed yet")
        step = f"Step {self.steps + 2} of {self.of_steps + 1}"
        return Chip(Tone.WAITING, f"{step}: {_short(self.current)}" if self.changed else step)

    @property
    def spoken(self) -> str:
        """Return the whole line in full words."""
        if self.is_closed:
            return f"{self.reference}, {self.row.organisation}, {CLOSED}"
        return (
            f"{self.reference}, {self.row.organisation}, recommended: {self.advised.lower()}, "
            f"{f'signed by {self.signed}' if self.signed else 'not signed'}, office: {self.office.word}"
        )


def decision_lines(
    found: Deciding,
    pending: Mapping[str, LineDecision],
    area: str | None = None,
    areas: Sequence[str] = (),
) -> tuple[Line, ...]:
    """Return the lines of an area, or of all of the `areas` one after the other, in the order of places."""
    rows = {row.reference: row for row in found.applications}
    by_area = {name: number for number, name in enumerate(areas)}
    shown = [r for r in found.recommendations if area in (None, rows[r.application].area)]
    shown.sort(key=lambda item: (by_area.get(rows[item.application].area or "", len(by_area)), _order(item)))
    printed = column_money([r.amount_pence for r in shown])
    signed = {s.application: s for s in found.signatures}
    return tuple(
        _line(found, rows[item.application], item, signed.get(item.application), pending, printed)
        for item in shown
    )


def _line(
    found: Deciding,
    row: ApplicationRow,
    item: RecommendationRow,
    signature: SignatureRow | None,
    pending: Mapping[str, LineDecision],
    printed: Callable[[int | None], str],
) -> Line:
    of = item.application
    own = [d for d in found.decisions if d.application == of]
    standing = tuple(d for d in own if d.is_in_force)
    held = found.along.get(of, NOT_BEGUN)
    back = [d for d in own if d.verdict == "send_back"]
    return Line(
        row=row,
        recommended=item,
        signed="" if signature is None else signature.signed_by,
        progress=held,
        waits=held.waits(found.chain, (held.last or item).amount_pence),
        of_steps=len(found.chain),
        last=standing[-1] if standing else None,
        back=back[-1] if back else None,
        pending=pending.get(of),
        is_closed=of in found.closed,
        amount=printed(item.amount_pence),
        signed_on=None if signature is None else signature.signed_on,
        history=standing,
        replaced=tuple(d for d in own if d.ended_by is not None),
        panel_reason=found.panel_reasons.get(of, ""),
        is_departure=of in found.departures,
        direct=found.direct.get(of),
        takes_pence=found.takes[of],
    )


def totals(items: Sequence[Line]) -> str:
    """Return what is recommended in counts and sums: "9 to fund £30,000 · 1 reserve · 3 decline".

    Where that takes something else of the pots today, this is said after it, and that the counts are what was
    recommended. What is closed to the person is in no sum.
    """
    closed = sum(line.is_closed for line in items)
    items = [line for line in items if not line.is_closed]
    funded = [line.recommended for line in items if line.recommended.amount_pence is not None]
    total = sum(item.amount_pence or 0 for item in funded)
    stands = sum(line.takes_pence for line in items)
    parts = [f"{len(funded)} to fund {money.short_pounds(total)}"]
    for outcome in ("reserve", "decline", "defer", "refer"):
        count = sum(line.recommended.outcome == outcome for line in items)
        parts += [f"{count} {outcome}"] if count else []
    parts += [f"{closed} closed to you"] if closed else []
    words, now = " · ".join(parts), money.short_pounds(stands)
    return words if stands == total else f"As recommended: {words}. As it stands: {now}"


def _order(item: RecommendationRow) -> tuple[int, str]:
    return (10**9 if item.place is None else item.place, item.application)


def _chosen(line: Line, pending: LineDecision) -> str:
    """Return what the office chose, with the money where it is not the panel's."""
    if pending.verdict == "agree" and line.changed:
        return f"{AS_CHANGED}: {_short(line.current)}"
    if pending.verdict == "change":
        return f"{PENDING_WORDS['change']}: {_short(pending)}"
    return PENDING_WORDS[pending.verdict]


def _short(said: RecommendationRow | DecisionRow | LineDecision) -> str:
    """Return an amount, or the outcome of what gets none."""
    if said.amount_pence is not None:
        return money.short_pounds(said.amount_pence)
    return WORDS[said.outcome].lower()


def outcome_words(held: RecommendationRow | DecisionRow) -> str:
    """Return an outcome with its amount: "Part-fund £4,000"."""
    word, pence = WORDS[held.outcome], held.amount_pence
    return word if pence is None else f"{word} {money.short_pounds(pence)}"


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
    """Return the panel's signature, or the proposal's, and each step of the chain, over the lines told."""
    lines = [line for line in lines if not line.is_closed]
    first, elsewhere = "Proposal" if is_direct else "Panel", sum(line.is_signed_elsewhere for line in lines)
    done = (
        (first, sum(bool(line.signed) for line in lines)),
        *(
            (short_post(step), sum(line.steps > number for line in lines))
            for number, step in enumerate(chain)
        ),
    )
    many, of_lines = len(done), len(lines)
    steps = tuple(
        _step(post, f"step {number} of {many}", count, of_lines)
        for number, (post, count) in enumerate(done, start=1)
    )
    return (_apart(first, elsewhere, of_lines, done[0][1]), *steps[1:]) if elsewhere else steps


def _apart(first: str, elsewhere: int, of_lines: int, signed: int) -> Step:
    """Return the panel's step where the office signed some lines without the chair's signature here."""
    told = f"{signed} of {of_lines}, {elsewhere} not signed here"
    return Step(Tone.PART, f"{first} {told}", f"{first}, {told}")


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
    if line.progress.is_correcting:  # the old decision's signatures are not on the new one
        earlier = {of: words for of, words in signed.items() if of[0] < line.progress.starts_at}
        signed = {**earlier, **_signed(chain, line.progress.since)}
    if line.is_signed_elsewhere:
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
