"""Funds: the record's funds, and what each fund's rounds start from, part by part.

Does not belong here: a round's own rules (criteria, areas), and how a year's money is spread.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from exchange.pack_files import read_fund, write_fund
from gui.dialogs.files import Kind
from gui.listed.acts import Act, At, Deed, Made, Read, Save
from gui.listed.form import Across, Choice, Day, Field, Form, Line, Money, Note, read_year
from gui.listed.page import ListedPage
from gui.listed.paper_forms import bands_words
from gui.listed.parts import DETAILS, WHAT, PartLine, Parts
from gui.record.clock import current_day
from gui.record.runner import Ticket
from gui.tables.columns import Gives, Keeps, LineColumn
from gui.text import counted, ours
from models.operation import Topic
from models.operations.awards.agreements import SetAgreementTemplate
from models.operations.set_up.office import AddFund, CloseFund, RemoveFund, RenameFund, SetFund, SetFundYear
from models.queries.awards.agreements import agreement_template
from models.queries.set_up.funds import FIRST_DAY, Fund, FundYearMoney, fund_list
from models.queries.set_up.office import newest_office
from models.reference.defaults import CHECKS, FundDefaults, ListKind, PanelKind, Source, SourceKind
from models.reference.fund_checks import (
    PARTS_HINT,
    RETURNS_HINT,
    SOURCE_WORDS,
    panel_text,
    read_parts,
    source_words,
    year_faults,
)
from models.reference.fund_facts import (
    CLAUSES,
    CONDITIONS,
    GATES,
    LINE_LISTS,
    PAYMENTS,
    facts_of,
    fund_from,
    lines_of,
    requiring,
    with_chain,
    with_fact,
    with_line,
    without_line,
)
from models.reference.fund_facts import Line as FundLine
from models.reference.reporting import Every
from models.reference.sign_off import SignOff
from scoring.money import short_pounds
from scoring.written.amounts import read_money
from scoring.written.days import full_day, short_day
from scoring.written.text import Refused, listed, with_capital

NOTHING = "The record has no fund yet. Add one from a template, or import the file of another office."
NO_LINES = "Nothing is recorded here yet."
STAYS = "Only a fund without a round, and never renamed, can be removed. Close it instead."
LAST_STEP = "A fund keeps one step at least. Change it instead."
COPIED = "Open rounds keep the rules of the day on which they were opened."
PAPERS = "Papers print the name used on their date. The earlier name stays reserved for this fund."
TAKEN = "“{}” is in use already. Choose another code."
SOURCES = "Enter where it comes from, or leave it empty: what you enter has to add up to the amount."
NO_NUMBER = "Type a whole number from 1."
KINDS = (
    "Kinds are police, community, partner and office. A post, such as Victims' Champion, is written as the "
    "member's organisation."
)
TEMPLATE = (
    "Agreements are written from a Word file. Write it, edit it in Word, and use it again; each new "
    "agreement is then written from it. The clauses are the lines of this list."
)
FILES, TEMPLATES = "Funds (*.toml)", "Word (*.docx)"
STARTS = (
    ("Community fund of policing areas, decided jointly", "community"),
    ("Active Citizens Fund", "acf"),
    ("Victims Fund", "victims"),
    ("Commissioned fund, without a panel", "commissioned"),
    ("Nothing: an empty fund", ""),
)
FACT_WORDS = {
    "money": "Where its money comes from",
    "marking": "Marking of papers",
    "legal_power": "Legal power",
    "postcodes": "Postcode areas",
    "also_known_as": "Other names",
    "areas": "Areas of its rounds",
    "keep_awarded_years": "Years awarded ones are kept",
    "keep_declined_years": "Years others are kept",
    "cap_per_award": "Cap for an award",
    "cap_per_organisation": "Cap for an organisation",
    "quorum": "Quorum",
    "agreement_days": "Days to sign the agreement",
    "letter_up_to": "One letter up to",
    "checks": "Due diligence",
    "required_checks": "Before the agreement",
    "reports_every": "Reports to the Ministry every",
    "returns": "When recipients report",
    "needs": "Categories of need",
    "indicators": "Indicator areas",
}
MONEY = ("cap_per_award", "cap_per_organisation", "letter_up_to")
FIGURES = (*MONEY, "quorum", "agreement_days", "keep_awarded_years", "keep_declined_years")
"""The facts that are one figure, and those of them that are money."""
CHOICES = {
    "marking": ("OFFICIAL", "OFFICIAL-SENSITIVE"),
    "reports_every": ("", *(each.value for each in Every)),
}
"""The facts of which there are few to choose from."""
NONE = "It does not report"
"""What a choice of nothing is called."""
BETWEEN = "Enter several one a line, or separate them with semicolons."
HINTS = {
    "areas": BETWEEN,
    "also_known_as": BETWEEN,
    "legal_power": "Under which its awards are made; empty for the office's.",
    "postcodes": "The first letters of postcodes there, separated by commas: HR, SY, WR.",
    "cap_per_award": "In pounds; empty for none.",
    "cap_per_organisation": "In pounds; empty for none.",
    "agreement_days": "How long a recipient has to sign and return it. From 1 to 366.",
    "letter_up_to": "Offer and agreement are one letter up to this award. In pounds; empty for none.",
    "checks": f"Which of {', '.join(CHECKS)}, separated by commas; empty for all.",
    "returns": RETURNS_HINT,
    "needs": BETWEEN,
    "indicators": BETWEEN,
    "required_checks": f"The agreement waits for these of {', '.join(CHECKS)}; empty for none.",
}
ON = {CONDITIONS: "Goes with every award", GATES: "Advises only, and never fails an application"}
ON_NOTES = {CONDITIONS: "with every award", GATES: "advisory"}
FACTS, YEARS, CHAIN, PANEL = "facts", "years", "chain", "panel"
NAME = "name:"
"""What the keys of names begin with, among the facts."""

Here = At[tuple[Fund, ...], Fund]


class Section(Struct, frozen=True):
    """A part of a fund: its lines, what asks for one ("" for one more), and what takes one out."""

    words: str
    rows: Callable[[Fund], Iterator[PartLine]]
    ask: Callable[[Fund, str], Form]
    without: Callable[[Fund, str], Deed]


def _change(fund: Fund, rules: FundDefaults, what: str) -> SetFund | None:
    return None if rules == fund.rules else SetFund(fund.code, rules, fund.rules, what)


def _form(
    title: str,
    action: str,
    does: Any,
    *fields: Field | Across,
    sentences: tuple[str, ...] = (COPIED,),
    **more: Any,
) -> Form:
    return Form(title=title, action=action, does=does, fields=fields, sentences=sentences, **more)


def _facts(fund: Fund) -> Iterator[PartLine]:
    for name in reversed(fund.names):
        what = "Name" if name == fund.names[-1] else "Former name"
        since = "" if name.held_from == FIRST_DAY else f"from {full_day(name.held_from)}"
        yield PartLine(f"{NAME}{name.held_from}", what, name.name, since)
    held = facts_of(fund.rules)
    for key, value in ((key, held[key]) for key in held if key in FACT_WORDS):
        shown = bands_words(fund.rules.returns) if key == "returns" and value else _typed_fact(fund, key)
        yield PartLine(key, ours(FACT_WORDS[key]), shown or "–")


def _typed_fact(fund: Fund, key: str) -> str:
    """Return a fact as it is typed, money as screens show it."""
    value = facts_of(fund.rules)[key]
    return short_pounds(read_money(value) or 0) if key in MONEY and value else value


def _ask_fact(fund: Fund, key: str) -> Form:
    if key.startswith(NAME):
        return _rename(fund)
    title, text = ours(FACT_WORDS[key]), _typed_fact(fund, key)
    field: Field = Note("text", title, height=96, value=text)
    if key in CHOICES:
        options = tuple((one or NONE, one) for one in CHOICES[key])
        field = Choice("text", title, options=options, value=text)
    elif key in FIGURES:
        field = Line("text", title, value=text)
    sentences = tuple(filter(None, (HINTS.get(key, ""), COPIED)))
    set_fact = partial(_set_fact, fund, key)
    return _form(title, "Save", set_fact, field, sentences=sentences, refused_at="text")


def _set_fact(fund: Fund, key: str, text: str) -> SetFund | None:
    """Return the change of a fact, refused by the name that the page has for it."""
    try:
        rules = with_fact(fund.rules, key, text)
    except Refused as no:
        said = str(no)
        named = f"{ours(FACT_WORDS[key])}{said.removeprefix(key)}"
        raise Refused(named if said.startswith(key) else said) from no
    return _change(fund, rules, FACT_WORDS[key].casefold())


def _years(fund: Fund) -> Iterator[PartLine]:
    for year in reversed(fund.years):
        lapsing = (f" until {short_day(one.ends_on)}" if one.ends_on else "" for one in year.sources)
        parts = zip(year.sources, lapsing, strict=True)
        note = "; ".join(f"{source_words(one)} {short_pounds(one.amount_pence)}{ends}" for one, ends in parts)
        yield PartLine(year.year, year.year, short_pounds(year.amount_pence), note)


def _ask_year(fund: Fund, year: str) -> Form:
    money = fund.year(year)
    held = {one.kind: one for one in money.sources} if money else {}
    return _form(
        "Money of a year",
        "Save",
        partial(_set_year, fund, held),
        Line(
            "year",
            "Financial year",
            value=year,
            hint="such as 2026/27",
            wanted="Give the year.",
            read=read_year,
        ),
        Money("pence", "Amount", value=money.amount_pence if money else None),
        *(_source(kind, words, held.get(kind)) for kind, words in SOURCE_WORDS.items()),
        sentences=(SOURCES,),
        focus="pence" if year else "year",
        refused_at="pence",
    )


def _source(kind: SourceKind, words: str, held: Source | None) -> Across:
    pence, ends = (held.amount_pence, held.ends_on) if held else (None, None)
    lapses = f"{words} lapses after"
    return Across(
        (
            Money(f"{kind}_pence", words, value=pence, is_needed=False),
            Day(f"{kind}_ends", lapses, value=ends, is_past=False, is_needed=False),
        )
    )


def _set_year(
    fund: Fund, held: Mapping[SourceKind, Source], year: str, pence: int, **given: Any
) -> SetFundYear:
    words = {kind: one.words for kind, one in held.items()}
    sources = tuple(
        Source(year, kind, given[f"{kind}_pence"], words.get(kind, ""), given[f"{kind}_ends"])
        for kind in SOURCE_WORDS
        if given[f"{kind}_pence"] is not None
    )
    for fault in year_faults(year, pence, sources):
        raise Refused(fault)
    return SetFundYear(fund.code, year, FundYearMoney(year, pence, sources), fund.year(year))


def _steps(fund: Fund) -> Iterator[PartLine]:
    for number, step in enumerate(fund.rules.chain, 1):
        who = ours("one person for each area") if step.per_area else ours("one person for all areas")
        jointly = "jointly, in either order; " if step.is_joint else ""
        yield PartLine(str(number), f"Step {number}", step.words, f"{jointly}{who}, as {step.role}")


def _ask_step(fund: Fund, number: str) -> Form:
    step = fund.rules.chain[int(number) - 1] if number else SignOff("decider", "")
    return _form(
        f"Step {number}" if number else "Add a step",
        "Save",
        partial(_set_step, fund, number),
        Note(
            "posts",
            "Posts that sign",
            height=64,
            value="\n".join(step.posts),
            wanted="Name the post that signs.",
        ),
        Choice(
            "role",
            "They sign as",
            options=((ours("Commander of an area"), "commander"), ("Deciding office", "decider")),
            value=step.role,
        ),
        Choice(
            "per_area",
            "Who",
            options=((ours("One person for all areas"), False), (ours("One person for each area"), True)),
            value=step.per_area,
        ),
        Money("least", "Only for awards from (empty: for all)", value=step.from_pence, is_needed=False),
        Money("most", "Only for awards up to (empty: for all)", value=step.up_to_pence, is_needed=False),
        sentences=("Posts on separate lines sign jointly, in either order.", COPIED),
        refused_at="posts",
    )


def _set_step(
    fund: Fund, number: str, posts: str, role: str, per_area: bool, least: int | None, most: int | None
) -> SetFund | None:
    first, *others = filter(None, map(str.strip, posts.splitlines()))
    step = SignOff(role, first, tuple(others), per_area, least, most)
    chain = list(fund.rules.chain)
    at = int(number) - 1 if number else len(chain)
    chain[at : at + 1] = [step]
    return _change(fund, with_chain(fund.rules, tuple(chain)), "sign-off chain")


def _without_step(fund: Fund, number: str) -> SetFund | None:
    chain = tuple(step for at, step in enumerate(fund.rules.chain, 1) if str(at) != number)
    return _change(fund, replace(fund.rules, chain=chain), "sign-off chain")


def _panel(fund: Fund) -> Iterator[PartLine]:
    for number, rule in enumerate(fund.rules.panel_kinds, 1):
        who = listed([*rule.kinds, *rule.posts], "or")
        yield PartLine(str(number), f"At least {rule.at_least}", who, f"Else: {rule.words}")


def _ask_rule(fund: Fund, number: str) -> Form:
    stands = fund.rules.panel_kinds[int(number) - 1] if number else PanelKind((), 1, "")
    return _form(
        "Rule for the panel" if number else "Add a rule for the panel",
        "Save",
        partial(_set_rule, fund, number),
        Line(
            "least",
            "At least this many",
            value=str(stands.at_least),
            wanted="Say how many.",
            check=lambda text: "" if text.isascii() and text.isdigit() and int(text) else NO_NUMBER,
        ),
        Note(
            "who",
            "Kinds of member or posts, one on each line: any of them counts",
            height=84,
            value="\n".join((*stands.kinds, *stands.posts)),
            wanted="Name a kind of member or a post.",
        ),
        sentences=(KINDS, COPIED),
        focus="who",
        refused_at="who",
    )


def _set_rule(fund: Fund, number: str, least: str, who: str) -> SetFund | None:
    named = ", ".join(filter(None, map(str.strip, who.splitlines())))
    return _with_rule(fund, number, f"{least} of {named}")


def _with_rule(fund: Fund, number: str, text: str = "") -> SetFund | None:
    texts = {str(at): panel_text((rule,)) for at, rule in enumerate(fund.rules.panel_kinds, 1)}
    texts[number] = text
    rules = with_fact(fund.rules, "panel", "; ".join(filter(None, texts.values())))
    return _change(fund, rules, "panel rules")


def _lines(which: str, fund: Fund) -> Iterator[PartLine]:
    for line in lines_of(fund.rules, which):
        on = ON_NOTES.get(which, "") if line.is_on else ""
        notes = ("retired" if line.is_retired else "", on, line.parts)
        yield PartLine(line.code, line.code, line.words, ", ".join(filter(None, notes)))


def _ask_line(which: str, fund: Fund, code: str) -> Form:
    lines = {one.code: one for one in lines_of(fund.rules, which)}
    line, taken = lines.get(code, FundLine("", "")), () if code else tuple(lines)
    fields: list[Field] = [
        Line(
            "code",
            "Code",
            value=code,
            hint="short, without spaces",
            wanted="Give a code.",
            is_fixed=bool(code),
            check=lambda text: TAKEN.format(text) if text in taken else "",
        ),
        Note("words", "Words", height=96, value=line.words, wanted="Give the words."),
    ]
    if which == PAYMENTS:
        fields.append(
            Note(
                "parts",
                "Parts",
                height=64,
                value=line.parts,
                more=PARTS_HINT,
                wanted="Give the parts.",
                read=_read_parts,
            )
        )
    in_use = (("In use", False), ("Retired: kept where it was chosen", True))
    fields.append(Choice("is_retired", "Whether it is chosen", options=in_use, value=line.is_retired))
    if which in ON:
        no_or_yes = (("No", False), ("Yes", True))
        fields.append(Choice("is_on", ON[which], options=no_or_yes, value=line.is_on))
    words = LINE_LISTS[which]
    title = f"“{code}” of the {words}" if code else f"Add to the {words}"
    set_line = partial(_set_line, fund, which)
    return _form(title, "Save", set_line, *fields, focus="words" if code else "code")


def _read_parts(text: str) -> str:
    """Return the parts of a payment as they were typed; refused where they cannot be read."""
    read_parts(text)
    return text


def _set_line(fund: Fund, which: str, **given: Any) -> SetFund | None:
    return _change(fund, with_line(fund.rules, which, FundLine(**given)), LINE_LISTS[which])


def _without_line(which: str, fund: Fund, code: str) -> SetFund | None:
    return _change(fund, without_line(fund.rules, which, code), LINE_LISTS[which])


SECTIONS = {
    FACTS: Section("Facts and names", _facts, _ask_fact, lambda fund, key: None),
    YEARS: Section(
        "Money by year",
        _years,
        _ask_year,
        lambda fund, year: SetFundYear(fund.code, year, None, fund.year(year)),
    ),
    CHAIN: Section("Sign-off chain", _steps, _ask_step, _without_step),
    PANEL: Section("Who must sit on the panel", _panel, _ask_rule, _with_rule),
    **{
        which: Section(
            with_capital(words),
            partial(_lines, which),
            partial(_ask_line, which),
            partial(_without_line, which),
        )
        for which, words in LINE_LISTS.items()
    },
}


def _add(at: At[tuple[Fund, ...], None]) -> Form:
    return _form(
        "Add a fund",
        "Add the fund",
        lambda name, code, start: Made(partial(_added, name, code, start)),
        Line("name", "Name", wanted="Give the fund a name."),
        Line("code", "Code at the start of references", hint="such as LPA", wanted="Give a code."),
        Choice("start", "Start from", options=STARTS, value="community"),
        sentences=("Everything that a template brings can be changed afterwards.",),
    )


def _added(name: str, code: str, start: str, session: Any) -> AddFund:
    return AddFund(fund_from(name, code, start, newest_office(session).get("force")))


def _rename(fund: Fund) -> Form:
    return _form(
        f"Rename {fund.name}",
        "Rename",
        partial(_renamed, fund),
        Line("name", "New name", value=fund.name, wanted="Give the new name."),
        Day("day", "From", value=current_day(), is_past=False),
        sentences=(PAPERS,),
    )


def _renamed(fund: Fund, name: str, day: date) -> RenameFund:
    there = next((one.name for one in fund.names if one.held_from == day), "")
    return RenameFund(fund.code, name, day, there)


def _close(at: Here) -> Form | CloseFund:
    fund = at.row
    if fund.closed_on is not None:
        return CloseFund(fund.code, None, fund.closed_on)
    return _form(
        f"Close {fund.name}",
        "Close the fund",
        lambda day: CloseFund(fund.code, day, None),
        Day("day", "From", value=current_day(), is_past=False),
        sentences=("No round of it can be started from that day. It can be opened again.",),
    )


def _import(at: At[tuple[Fund, ...], None]) -> Read:
    return Read(Kind.FUND, "Import a fund", FILES, lambda path, ticket: read_fund(path), AddFund)


def _export(at: Here) -> Save:
    return Save(
        Kind.FUND,
        "Export a fund",
        f"{at.row.name}.toml",
        FILES,
        lambda session: at.row.whole(),
        lambda fund, path, ticket: write_fund(fund, path),
        "The fund was written to “{}”.",
    )


def _template(at: Here) -> Form:
    name = f"{at.row.name} agreement.docx"
    content = partial(agreement_template, fund_id=at.row.fund_id)
    said = "The template was written to “{}”."
    use = partial(_use, at.row)
    what: tuple[tuple[str, Deed], ...] = (
        (
            "Write the template in use to a file",
            Save(Kind.FUND, "Write the template", name, TEMPLATES, content, _write_template, said),
        ),
        ("Use a file that I edited", Read(Kind.FUND, "Use a template", TEMPLATES, _read_template, use)),
        ("Go back to the template that ships", use("")),
    )
    return _form(
        f"Template of agreements, {at.row.name}",
        "Continue",
        lambda what: what,
        Choice("what", "What to do", options=what),
        sentences=(TEMPLATE,),
    )


def _use(fund: Fund, content: str) -> Made:
    return Made(partial(_used, fund, content))


def _used(fund: Fund, content: str, session: Any) -> SetAgreementTemplate | None:
    stands = agreement_template(session, fund.fund_id)
    return None if content == stands else SetAgreementTemplate(fund.code, content, stands)


def _read_template(path: Path, ticket: Ticket) -> str:
    from exchange.papers.letters.agreements import read_template

    return read_template(path)


def _write_template(content: str, path: Path, ticket: Ticket) -> Path:
    from exchange.papers.letters.agreements import write_template

    return write_template(content, path)


def _is_required(at: Here) -> bool:
    return ListKind(at.section) in at.row.rules.required()


def _require(at: Here) -> SetFund | None:
    rules = requiring(at.row.rules, ListKind(at.section), is_required=not _is_required(at))
    return _change(at.row, rules, LINE_LISTS[at.section])


def _change_words(at: Here) -> str:
    """Return what the button that changes a line says: which fact, for each asks something else."""
    return f"Change “{at.part.what}”…" if at.part is not None and at.section == FACTS else "Change…"


def _is_any(at: Here) -> str:
    return "" if at.part is not None else NO_LINES


def _may_take_out(at: Here) -> str:
    return LAST_STEP if at.section == CHAIN and len(at.row.rules.chain) == 1 else _is_any(at)


CHANGE: Act[tuple[Fund, ...], Fund] = Act(
    words=_change_words,
    kind=SetFund.kind,
    why_not=_is_any,
    does=lambda at: SECTIONS[at.section].ask(at.row, at.part.key),
)
OF_FUND: tuple[Act[tuple[Fund, ...], Fund], ...] = (
    Act(words="Rename…", kind=RenameFund.kind, does=lambda at: _rename(at.row)),
    Act(
        words=lambda at: "Close…" if at.row.closed_on is None else "Open again",
        kind=CloseFund.kind,
        does=_close,
    ),
    Act(
        words="Remove",
        kind=RemoveFund.kind,
        why_not=lambda at: STAYS if at.row.rounds or len(at.row.names) > 1 else "",
        does=lambda at: RemoveFund(at.row.whole()),
    ),
    Act(words="Export…", icon="export", does=_export),
)
OF_LINE: tuple[Act[tuple[Fund, ...], Fund], ...] = (
    Act(
        words="Add…",
        kind=SetFund.kind,
        where=lambda at: at.section != FACTS,
        does=lambda at: SECTIONS[at.section].ask(at.row, ""),
    ),
    CHANGE,
    Act(
        words="Remove line",
        kind=SetFund.kind,
        where=lambda at: at.section != FACTS,
        why_not=_may_take_out,
        does=lambda at: SECTIONS[at.section].without(at.row, at.part.key),
    ),
    Act(
        words=lambda at: "No longer required" if _is_required(at) else "Require before decision",
        kind=SetFund.kind,
        where=lambda at: at.section in list(ListKind),
        does=_require,
    ),
    Act(
        words="Template…",
        kind=SetAgreementTemplate.kind,
        where=lambda at: at.section == CLAUSES,
        does=_template,
    ),
)


def _state(fund: Fund) -> str:
    """Return how a fund stands, in a few words."""
    if fund.closed_on is not None:
        return f"Closed from {short_day(fund.closed_on)}"
    rounds = counted(fund.rounds, "round") if fund.rounds else "No round yet"
    return rounds if fund.rules.scheme is not None else f"{rounds}, no panel"


def _newest_year(fund: Fund) -> str:
    return f"{fund.years[-1].year}: {short_pounds(fund.years[-1].amount_pence)}" if fund.years else "–"


def _name(fund: Fund) -> str:
    return fund.name_on(current_day())


_code: Callable[[Fund], str] = attrgetter("code")
PAGE: ListedPage[tuple[Fund, ...], Fund] = ListedPage(
    key="funds",
    title="Funds",
    icon="money",
    list_name="Funds",
    ask=lambda session, wanted: fund_list(session),
    rows=lambda funds: funds,
    row_key=_code,
    columns=(
        LineColumn("fund", "Fund", _name, under=_code, keeps=Keeps.WHOLE),
        LineColumn("state", "Now", _state, width=130, under=_newest_year, gives_way=Gives.STATE),
    ),
    shows_added=True,
    summary=lambda funds: counted(len(funds), "fund") if funds else "",
    empty=lambda funds: NOTHING,
    concerns=frozenset({Topic.FUNDS, Topic.ROUNDS, Topic.RECORD}),
    acts=(
        Act(words="Add a fund…", kind=AddFund.kind, look="primary", does=_add),
        Act(words="Import…", kind=AddFund.kind, does=_import),
    ),
    side=Parts(
        name="What is known of the fund",
        box="Part of the fund",
        sections=tuple((section.words, key) for key, section in SECTIONS.items()),
        title=lambda at: _name(at.row),
        lines=lambda at: tuple(SECTIONS[at.section].rows(at.row)),
        line_key=attrgetter("key"),
        columns=(
            LineColumn("what", "Item", WHAT, width=200, tip=WHAT, gives_way=Gives.WORDS),
            DETAILS,
        ),
        nothing=lambda section: NO_LINES,
        of_row=OF_FUND,
        of_line=OF_LINE,
        opens=CHANGE,
        list_width=360,
        tabs=("Funds", "Details"),
    ),
)
