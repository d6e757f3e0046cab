"""`grant-panel fund`: the funds of a record, shown and changed, and taken from office to office as a file."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import pairwise

from msgspec.structs import replace

from cli.frame.output import Json, Options, answer, answer_list, lines, on_one_line, say, told
from cli.frame.record import changes, perform, performs, reads
from cli.frame.typed import keyed, refuse_ending, today, typed_day, typed_pence
from exchange.pack_files import read_fund, write_fund
from exchange.papers.letters.agreements import read_template, write_template
from models.clock import utc_now
from models.operation import Operation
from models.operations.awards.agreements import SetAgreementTemplate
from models.operations.set_up.office import AddFund, CloseFund, RemoveFund, RenameFund, SetFund, SetFundYear
from models.queries.awards.agreements import agreement_template
from models.queries.set_up.funds import FIRST_DAY, Fund, FundYearMoney, fund_list, fund_named
from models.queries.set_up.office import newest_office
from models.reference import fund_facts as facts
from models.reference.defaults import FundDefaults, ListKind, Source, SourceKind
from models.reference.fund_checks import source_words
from models.reference.fund_facts import Line, fund_from, lines_of, with_line
from models.reference.sign_off import chain_json
from models.values.applications import CHOICE_WORDS
from scoring.money import pounds
from scoring.written.text import Refused

_Change = tuple[Callable[[FundDefaults], FundDefaults], str]


@reads
def list_funds(options: Options) -> None:
    """List the funds with who signs."""
    found = options.ask(fund_list)
    nothing = "The record has no fund yet. Add one with: grant-panel fund RECORD add NAME --code CODE"
    document = partial(_line_json, today=utc_now().date())
    answer_list(options, "funds", document, found, map(_line, found), nothing)


def _line(fund: Fund) -> str:
    chain = "; then ".join(step.words for step in fund.rules.chain)
    signed = f"Signed by {chain}" if chain else "It has no sign-off chain"
    return on_one_line(f"{fund.code}: {fund.name}. {signed}.")


@reads
def show_fund(options: Options) -> None:
    """Show all that is known of a fund."""
    fund = _fund(options)
    answer(options, lambda: _json(fund, utc_now().date()), _words(fund))


def _line_json(fund: Fund, today: date) -> Json:
    """Return a fund as a line of the list: its name of today, its code, who signs."""
    return {
        "name": fund.name_on(today),
        "code": fund.code,
        "has_panel": fund.rules.scheme is not None,
        "closed_from": fund.closed_on,
        "rounds": fund.rounds,
        "chain": chain_json(fund.rules.chain),
    }


def _json(fund: Fund, today: date) -> Json:
    """Return all that is known of a fund; money in pounds with pence as text, days as ISO text."""
    return {
        **_line_json(fund, today),
        "names": [
            {"name": one.name, "from": None if one.held_from == FIRST_DAY else one.held_from}
            for one in fund.names
        ],
        "facts": facts.facts_of(fund.rules),
        "years": [
            told(year, "year amount_pence")
            | {"sources": [told(one, "kind words amount_pence ends_on") for one in year.sources]}
            for year in fund.years
        ],
        "areas": [area.name for area in fund.rules.areas],
        "lists": {which: _lines(fund, which) for which in facts.LINE_LISTS},
        "required_lists": fund.rules.required(),
        "panel": [told(one, "kinds posts at_least words") for one in fund.rules.panel_kinds],
    }


def _words(fund: Fund) -> Iterator[str]:
    """Return all that is known of a fund in lines."""
    names, rules = fund.names, fund.rules
    return lines(
        "fund",
        fund=fund,
        renamed=[(one.name, new.held_from) for one, new in pairwise(names)],
        facts=facts.facts_of(rules).items(),
        required=[f"a {CHOICE_WORDS[one].lower()}" for one in rules.required()],
        years=[(year, list(map(_source_words, year.sources))) for year in fund.years],
        lists=[(words, one) for of, words in facts.LINE_LISTS.items() for one in lines_of(rules, of)],
    )


def _source_words(one: Source) -> str:
    return f"{source_words(one)} {pounds(one.amount_pence)}"


def _lines(fund: Fund, which: str) -> list[Json]:
    return [
        told(one, "code words retired=is_retired standard=is_on")
        | ({"parts": one.parts} if one.parts else {})
        for one in lines_of(fund.rules, which)
    ]


@reads
def export_fund(options: Options) -> None:
    """Write a fund to a file for another office."""
    fund = _fund(options)
    say(f"Wrote {fund.name} to {write_fund(fund.whole(), options.file)}.")


def _fund(options: Options) -> Fund:
    return options.ask(fund_named, name=options.fund)


@performs
def add(options: Options) -> Operation:
    """Add a fund from a template."""
    word = "" if options.template == "empty" else options.template
    force = options.ask(newest_office).get("force")
    return AddFund(fund_from(options.name.strip(), options.code.strip(), word, force))


@performs
def import_fund(options: Options) -> Operation:
    return AddFund(read_fund(options.file))


@performs
def set_rules(options: Options) -> Operation:
    """Change facts, lists, the chain or a year of a fund."""
    fund = _fund(options)
    rules, said = fund.rules, []
    for change, words in tuple(_asked(options)):
        rules = change(rules)
        said.append(words)
    if not said:
        raise Refused('Say what to set, such as "cap_per_award=5000" or --line "crime_type:asb=…".')
    return SetFund(fund.code, rules, fund.rules, ", ".join(dict.fromkeys(said)))


def _asked(options: Options) -> Iterator[_Change]:
    for key, value in map(_pair, [*options.facts, *options.more]):
        yield partial(facts.with_fact, key=key, text=value), key
    for which, code in map(_of_list, options.remove_line):
        yield partial(facts.without_line, which=which, code=code), which
    for text in options.line:
        (which, code), words = _of_list(_pair(text)[0]), _pair(text)[1]
        yield partial(_with_line, which=which, code=code, words=words), which
    for code, text in map(_pair, options.parts):
        yield partial(facts.paid_in, code=code, parts=text), facts.PAYMENTS
    for which, code in map(_of_list, options.standard):
        yield partial(_standard, which=which, code=code), which
    for names, is_retired in ((options.retire, True), (options.restore, False)):
        for which, code in map(_of_list, names):
            yield partial(facts.retired, which=which, code=code, is_retired=is_retired), which
    for names, is_required in ((options.require, True), (options.optional, False)):
        for name in names:
            yield partial(facts.requiring, kind=_kind(name), is_required=is_required), name
    if options.step:
        yield partial(facts.with_chain, chain=tuple(map(facts.read_step, options.step))), "chain"


def _with_line(fund: FundDefaults, which: str, code: str, words: str) -> FundDefaults:
    there = [one for one in lines_of(fund, which) if one.code == code]
    line = replace(there[0], words=words) if there else Line(code, words)
    return with_line(fund, which, line)


def _standard(fund: FundDefaults, which: str, code: str) -> FundDefaults:
    there = [one for one in lines_of(fund, which) if one.code == code]
    if not there or which not in ("condition", "gate"):
        raise Refused(f"“{which}:{code}” is neither a condition nor a gate of the fund. Correct the code.")
    return with_line(fund, which, replace(there[0], is_on=True))


@performs
def set_year(options: Options) -> Operation:
    """Set what a fund has in a year, and where it is from."""
    fund = _fund(options)
    pence = typed_pence(options.amount)
    sources = tuple(_source(options, text) for text in options.source)
    money = None if pence is None else FundYearMoney(options.year, pence, sources)
    return SetFundYear(fund.code, options.year, money, fund.year(options.year))


def _source(options: Options, text: str) -> Source:
    kind, rest = _pair(text)
    if kind not in list(SourceKind):
        raise Refused(f"“{kind}” is not a kind of source. The kinds: {', '.join(SourceKind)}.")
    amount, *said = (part.strip() for part in rest.split(";"))
    until = [part.removeprefix("until ") for part in said if part.startswith("until ")]
    words = "; ".join(part for part in said if not part.startswith("until "))
    ends_on = typed_day(until[0], today(), options) if until else None
    return Source(options.year, SourceKind(kind), typed_pence(amount) or 0, words, ends_on)


@performs
def rename(options: Options) -> Operation:
    """Give a fund another name from a day on."""
    fund, day = _fund(options), _from(options)
    there = next((one.name for one in fund.names if one.held_from == day), "")
    return RenameFund(fund.code, options.name.strip(), day, there)


@performs
def close(options: Options) -> Operation:
    """Close a fund: no new round of it can be started."""
    fund = _fund(options)
    return CloseFund(fund.code, _from(options), fund.closed_on)


@performs
def reopen(options: Options) -> Operation:
    """Reopen a closed fund."""
    fund = _fund(options)
    return CloseFund(fund.code, None, fund.closed_on)


@performs
def remove(options: Options) -> Operation:
    """Remove a fund that has no round and was never renamed."""
    return RemoveFund(_fund(options).whole())


def _pair(text: str) -> tuple[str, str]:
    return keyed(text, Refused(f"“{text[:60]}” is not KEY=VALUE."))


def _of_list(text: str) -> tuple[str, str]:
    which, sign, code = text.partition(":")
    if not sign or not code.strip():
        raise Refused(f"“{text[:60]}” does not name a line: write LIST:CODE, such as crime_type:asb.")
    return which.strip(), code.strip()


def _kind(name: str) -> ListKind:
    if name not in list(ListKind):
        raise Refused(f"“{name}” is not a list that can be required. The lists: {', '.join(ListKind)}.")
    return ListKind(name)


def _from(options: Options) -> date:
    now = today()
    return now if options.day is None else typed_day(options.day, now, options) or now


@changes
def template(options: Options) -> None:
    """Write the template, take another, or go back to the one that ships."""
    fund = _fund(options)
    stands = options.ask(agreement_template, fund_id=fund.fund_id)
    if options.write is not None:
        refuse_ending(options.write, "fund template", (".docx",))
        say(f"Wrote the template of {fund.name} to {write_template(stands, options.write)}.")
        return
    content = "" if options.shipped else read_template(options.use)
    if content == stands:
        say(f"{fund.name} has that template already. The record is unchanged.")
        return
    say(perform(SetAgreementTemplate(fund.code, content, stands), options))
