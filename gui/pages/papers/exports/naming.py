"""What a paper is called: its title in a question, and the name of its file."""

from gui.pages.papers.exports.query import Chosen
from gui.theme.office_words import ours
from models.papers.kinds import OPEN_DATA
from models.papers.paper_kind import Scope
from models.values.rounds import RoundLine
from scoring.written.days import full_month
from scoring.written.names import file_name, round_names

ALL_ROUNDS = "All rounds"


def title_of(chosen: Chosen, line: RoundLine) -> str:
    """Return what a paper is of: "Active Citizens Fund Round 2 2026/27, all areas"."""
    if chosen.paper.is_of_round and not chosen.is_of_round:
        return ALL_ROUNDS
    if not chosen.paper.is_of_round:
        parts = [_month(chosen), *_years(chosen)]
        return ", ".join(filter(None, parts)) or "All funds and years"
    whole = chosen.place or ours("all areas") if chosen.paper.has_area else ""
    named = " ".join(round_names(line.fund, line.name, line.year))
    return ", ".join(part for part in (named, whole, *_rest(chosen)) if part)


def suggested_file(chosen: Chosen, line: RoundLine, version: int | None) -> str:
    """Return the name of a paper's file without an ending."""
    paper, issued = chosen.paper, "" if version is None else f"v{version}"
    what = paper.words[:1].lower() + paper.words[1:] if paper.code != OPEN_DATA else paper.words
    if chosen.is_of_round:
        area = chosen.place or "" if paper.has_area else ""
        parts = [*round_names(line.fund, line.name, line.year), area, what]
    else:
        every = ALL_ROUNDS.lower() if paper.is_of_round else ""
        parts = [paper.words, every, *_years(chosen), _month(chosen)]
    return file_name(*parts, *_rest(chosen), issued)


def _rest(chosen: Chosen) -> tuple[str, ...]:
    """Return a notice, an award, that marks are filled in, and a part, where the paper has such."""
    notice = chosen.notice if chosen.paper.has_notice else ""
    award = chosen.award if chosen.paper.has_award else ""
    marks = "with marks" if chosen.with_marks and chosen.paper.has_marks else ""
    part = "confidential part" if chosen.is_apart and chosen.paper.has_notice else ""
    names = "named" if chosen.paper.has_names and (chosen.names_declined or chosen.names_panel) else ""
    return notice, award, marks, part, names


def _years(chosen: Chosen) -> tuple[str, ...]:
    return (chosen.fund or "", chosen.year or "") if chosen.paper.scope is Scope.YEARS else ()


def _month(chosen: Chosen) -> str:
    is_of_month = chosen.paper.scope is Scope.MONTH
    if is_of_month and chosen.period:
        return chosen.period
    return full_month(chosen.month) if chosen.month is not None and is_of_month else ""
