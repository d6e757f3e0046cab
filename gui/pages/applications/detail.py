"""What stands beside the list: one application's summary, what was submitted, and its gates."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from exchange.applications.gate_answers import GateAnswer
from gui.listed.acts import Act
from gui.listed.side import Facts, InRow, Name, Offers, Says, Side, Text, Title, Told
from gui.pages.applications.acts import HISTORY, OF_ROW, Here, area_of_row, set_gate
from gui.pages.applications.lines import WORK, ApplicationLine, ApplicationList, late_sentence
from gui.text import NOTHING, counted, ours, sentence
from gui.theme.look import Tone
from gui.widgets.label import Chip
from models.operations.applications.attachments import AttachFiles
from models.operations.awards.checks import SetWithheldName
from models.queries.applications.gates import BY_RULE
from models.queries.applications.merges import Before, Earlier
from models.queries.applications.reading import GateStanding
from models.values.applications import (
    CHOICE_WORDS,
    FIELD_WORDS,
    TEXTS,
    Choice,
    Correction,
    printed,
    text_of_cell,
    word_count,
)
from models.values.importing import counting
from models.values.rows import ApplicationRow, SubmittedCell
from scoring import money
from scoring.money import without_noughts

RESULT_CHIPS = {
    "pass": Chip(Tone.FUND, "Passed"),
    "fail": Chip(Tone.DANGER, "Failed"),
    "waived": Chip(Tone.INFORMATION, "Waived"),
    "to check": Chip(Tone.WARNING, "To check"),
}
CHOICES = {"pass": "Pass", "fail": "Fail…", "waived": "Waive…", "to check": "To check"}
OVER = "The amount is over the cap. Waive the gate with a reason, or correct the amount."
LATE = "It came after the closing date. Waive the gate with a reason, or correct the received date."
EARLY = "The project starts before the decision. Waive the gate with a reason, or correct the start date."
IN_TIME = "received in time: judged by the program from the closing date"
WITHIN = "within every cap: judged by the program from the amount"
LATER = "{}: judged by the program from these dates"


def judged_words(standing: GateStanding) -> str:
    """Return what the program passed a gate by."""
    if standing.gate.is_start:
        return LATER.format(standing.dates)
    return IN_TIME if standing.gate.is_time else WITHIN


def against_figures(standing: GateStanding) -> str:
    """Say where a gate of figures stands against those of now; "" where it does not."""
    if standing.gate.is_time or standing.gate.is_start:
        is_against = bool(standing.over) and standing.result == "pass"
        return f"The dates say otherwise: {standing.over}." if is_against else ""
    if standing.over and standing.result == "pass":
        return f"The figures say otherwise: {standing.over}."
    if standing.over and standing.result == "to check":
        return f"The request {standing.over}. Waive the gate with a reason, or correct the amount."
    if standing.is_overtaken:
        return "The figures now differ: the request is within the cap."
    return ""


def tell_gate(standing: GateStanding, answers: Sequence[GateAnswer]) -> Iterator[Told]:
    """Tell a gate with what it came to, what the applicant answered, and the four results."""
    yield InRow(standing.gate.question, (), standing, RESULT_CHIPS[standing.result], is_strong=True)
    if answered := " · ".join(one.line for one in answers):
        yield Says(f"Applicant: {answered}")
    notes = [without_noughts(standing.reason)] if standing.reason else []
    notes += [f"by {standing.set_by}"] if standing.set_by and standing.result != "to check" else []
    if standing.set_by == BY_RULE and standing.result == "pass":
        notes = [judged_words(standing)]
    notes += ["advisory only, not counted"] if standing.gate.is_advisory else []
    yield Says(" · ".join(notes), "text2")
    yield Says(against_figures(standing), "warning")
    yield Offers(RESULTS, standing, is_row=True)


def _named(words: str, at: Here) -> str:
    question: str = at.part.gate.question
    return f"{words.rstrip('…')}: {question}"


def _waits(result: str, at: Here) -> str:
    """Say why a gate of figures that are over is not just passed."""
    if result != "pass" or not at.part.over:
        return ""
    gate = at.part.gate
    return EARLY if gate.is_start else LATE if gate.is_time else OVER


RESULTS: tuple[Act[ApplicationList, ApplicationLine], ...] = tuple(
    Act(
        words=words,
        name=partial(_named, words),
        kind=WORK,
        parts=lambda at: at.row.of.gates,
        why_not=partial(_waits, result),
        look="plain",
        area=area_of_row,
        does=partial(set_gate, result=result),
    )
    for result, words in CHOICES.items()
)
"""What a gate of an application may come to."""


EMPTY = "(empty)"
"""What stands for a cell of the file that was empty and was filled in at the import."""


def chosen(choices: Iterable[Choice]) -> Iterator[Told]:
    """Tell what the application is for, and what was only suggested."""
    for one in choices:
        note = " (suggested)" if one.is_suggested else ""
        yield Says(f"{CHOICE_WORDS[one.kind]}: {one.words}{note}", "text2")


def facts(row: ApplicationRow, names: Iterable[str]) -> Facts:
    """Return fields as a list of names and values; absent ones are left out."""
    values = ((FIELD_WORDS[name], printed(row, name)) for name in names)
    return Facts(tuple(line for line in values if line[1] != NOTHING))


def before_told(before: Before) -> Iterator[Told]:
    """Tell what went before for the organisation, its names joined."""
    yield Title("Before")
    if not before.earlier:
        yield Says("No other application of this organisation in the record.", "muted")
    for earlier in before.earlier:
        yield Says(earlier_words(earlier), "text2")
    if not before.is_whole:
        yield Says("Another application of this organisation is closed to you, so no sum is shown.", "muted")
        return
    proposed = counting(before.proposed_pence)
    year = f"This year {money.short_pounds(before.year_pence)} with what is requested here{proposed}"
    if before.cap_pence is not None:
        cap = money.short_pounds(before.cap_pence)
        over = ", over the cap" if before.is_over else ""
        tone = "danger" if before.is_over else "text2"
        yield Says(f"{year}, of {cap} for one organisation{over}.", tone)
    elif before.earlier:
        yield Says(f"{year}. No cap for one organisation.", "muted")


def corrected(corrections: Iterable[Correction]) -> Iterator[Told]:
    """Tell what was corrected, with what was submitted, why and by whom."""
    for one in corrections:
        if one.is_told:
            yield Says(one.words, "warning" if one.is_to_check else "text2")


def submitted(row: ApplicationRow, cells: Sequence[SubmittedCell] = ()) -> Iterator[Told]:
    """Tell everything as it was submitted, texts with their word counts.

    What came from a file stands under the file's own headings in the file's own words.
    """
    if cells:
        texts = [(one.heading, text_of_cell(one, row) or EMPTY) for one in cells]
    else:
        yield facts(row, (name for name in FIELD_WORDS if name not in TEXTS))
        texts = [(FIELD_WORDS[name], printed(row, name)) for name in TEXTS]
    told = {one.heading for one in cells}
    yield from texts_told((*texts, *(answer for answer in row.answers if answer[0] not in told)))


def texts_told(texts: Iterable[tuple[str, str]]) -> Iterator[Told]:
    """Tell texts under their headings with their word counts; absent ones are left out."""
    for heading, text in texts:
        if text and text != NOTHING:
            yield from (Title(heading), Says(word_count(text), "muted"), Text(text))


def earlier_words(earlier: Earlier) -> str:
    """Return one earlier application as a line of words."""
    asked = money.short_pounds(earlier.requested_pence)
    where = "this round" if earlier.is_this_round else f"{earlier.round}, {earlier.year}".rstrip(", ")
    return f"{earlier.reference}, {earlier.fund}, {where}: requested {asked}, {earlier.came_to}"


SUMMARY_FACTS = (
    "amount_requested",
    "minimum_amount",
    "total_cost",
    "match_funding",
    "beneficiaries",
    "start_on",
    "end_on",
    "received_at",
)
SECTIONS = ("Summary", "As submitted", "Gates")
SUMMARY, SUBMITTED, GATES = range(3)


def _tell(at: Here) -> Iterator[Told]:
    line, row = at.row, at.row.of.row
    named = " · ".join(filter(None, (row.reference, row.area or ours("no area"))))
    yield InRow(named, (HISTORY,), None, line.state)
    yield Name(row.organisation)
    if line.of.closed:
        yield Says(f"{line.of.closed}.", "danger")
        return
    yield Says(row.project, "text2", 13)
    yield Offers(OF_ROW, is_row=True)
    if line.of.erased:
        yield Says(f"{line.of.erased} What was written in it and of it is gone.", "warning")
    if at.section == SECTIONS[SUMMARY]:
        yield from _summary(at)
    elif at.section == SECTIONS[SUBMITTED]:
        yield from corrected(line.of.corrections)
        yield from submitted(line.of.submitted or row, line.of.cells)
    else:
        for standing, answers in line.with_answers:
            yield from tell_gate(standing, answers)


def _summary(at: Here) -> Iterator[Told]:
    line, row = at.row, at.row.of.row
    yield Says(sentence(line.of.ended) if line.of.ended else "", "text2")
    for gate in (one for one in line.of.gates if one.result == "fail"):
        why = without_noughts(sentence(gate.reason))
        yield Says(f"Failed: {gate.gate.question} {why}", "danger")
    yield facts(row, SUMMARY_FACTS)
    yield from chosen(line.of.choices)
    yield from corrected(line.of.corrections)
    if line.files and at.identity.may(AttachFiles.kind):
        yield Says(f"{counted(line.files, 'file is', 'files are')} kept with it.", "text2")
    known = line.of.withheld
    if known is not None and at.identity.may(SetWithheldName.kind):
        why = f"In public “{known.printed}”. Decided by {known.decider}: {sentence(known.reason)}"
        yield Says(why, "warning")
    if line.of.late:
        yield Says(sentence(f"Late: {late_sentence(line.of)}"), "warning")
    for pair in line.pairs:
        other = pair.second if pair.first == line.reference else pair.first
        yield Says(f"Perhaps the same as {other}: {pair.words}.", "warning")
    yield from before_told(line.of.before)
    headings = ("What it is", "The need", "What will change")
    texts = (printed(row, name) for name in TEXTS)
    yield from texts_told(zip(headings, texts, strict=True))


SIDE: Side[ApplicationList, ApplicationLine] = Side(
    name="Text of the application",
    width=360,
    nothing="Choose an application in the list to read it.",
    tell=_tell,
    acts=(HISTORY, *OF_ROW),
    tabs=("List", "Details"),
    sections=SECTIONS,
)
