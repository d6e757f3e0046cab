"""What stands beside the list: one application's summary, what was submitted, and its gates."""

from collections.abc import Iterator

from gui.listed.application_text import before_told, chosen, corrected, facts, submitted, texts_told
from gui.listed.side import InRow, Name, Offers, Says, Side, Told
from gui.pages.applications.acts import HISTORY, OF_ROW, Here
from gui.pages.applications.gate_row import tell_gate
from gui.pages.applications.lines import ApplicationLine, ApplicationList, late_sentence
from gui.text import counted, sentence
from gui.theme.office_words import ours
from models.operations.applications.attachments import AttachFiles
from models.operations.awards.checks import SetWithheldName
from models.values.applications import TEXTS, printed
from scoring.money import without_noughts

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
