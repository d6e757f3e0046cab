"""What long questions are about: looser rules for headings that no other rule knows.

A rule fits a heading that has a word from each of its needs and none that would turn its meaning; whether the
column is taken for the field then depends on what stands in it.
"""

from dataclasses import dataclass
from functools import lru_cache

from exchange.applications.headings import OTHER_MATTERS
from exchange.applications.wording import words_of

_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class LooseRule:
    """A subject of questions, by words that must and words that must not be there."""

    field: str
    needs: tuple[frozenset[str], ...]
    never: frozenset[str]

    def fits(self, words: frozenset[str]) -> bool:
        """Say whether a question of these words can be about this field."""
        return self.never.isdisjoint(words) and all(need & words for need in self.needs)


_GROUPS = {
    "OTHERS": " ".join(sorted(OTHER_MATTERS - {"if"})),
    "OTHERS_THAN_LAST": " ".join(
        sorted(OTHER_MATTERS - {"previous", "previously", "past", "last", "existing", "if", "awarded"})
    ),
}
"""Words that go together in many rules, named in braces there."""

_TABLE = """
organisation | organisation group club charity applicant bidder + name called full represent applying
    behalf from
    lead legal body your full what which who community | {OTHERS} contact bank account website address staff
    police why describe type status kind email phone number postcode officer howmuch howmany yesno area
    describes these
organisation | account + name | bank on
amount_requested | applying apply applied asking ask asked request requested requesting seeking seek sought
    bidding bid give require need want like + howmuch amount grant funding fund total sum money value pound
    pounds level size big | {OTHERS} match matched other previous minimum least lowest smallest last income
    already awarded approved paid offered spent if date who why describe elsewhere funders has yesno when
    purpose reference where activity title name spend use do start number raised
total_cost | total full overall whole altogether gross entire + cost costs budget expenditure | {OTHERS}
    breakdown why staff per unit salary equipment describe income funders match request
minimum_amount | minimum least lowest smallest + amount need grant sum accept manage money funding viable
    required
    workable useful cost go | {OTHERS} wage age number people when date
match_funding | match matched elsewhere other additional own raised contribution contributing sources
    already
    partner funders cofunding + funding amount howmuch contribution money match matched sources funds cash
    contributing value raised | approved awarded offered recommended panel decision paid previous who which
    describe details requested date when yesno why
beneficiaries | howmany number total headcount reach people count nos + benefit beneficiaries victims people
    participants residents individuals reach reached helped help children families young take involved
    support attend engaged | {OTHERS} organisation staff volunteers volunteer members committee trustees
    paid
    hours sessions employ employees per percentage if years gender ethnicity how phone call cost
outcomes | outcomes outcome impact results result benefits benefit difference achieve change changes +
    project
    activity expect will bring what community describe intended planned expected hope local | {OTHERS}
    previous panel decision last howmany number howmuch who area when climate grant
need | need needed needs problem issue issues rationale justification + project evidence community local
    area why
    how what address tackle | {OTHERS} support special access additional dietary money funding grant amount
    howmuch equipment if spend
summary | summarise summarize describe outline description summary explain details about tell idea spend
    spent
    use used for do deliver activities + project activity proposal idea event money funding grant want plan
    will activities work | {OTHERS} need outcomes how budget cost costs why who organisation beneficiaries
    experience difference monitoring if howmuch howmany when where name title measure end area involve
    recruit publicise risk risks impact previous other change changes bring benefits results needed reason
project | title name called call calling + project activity bid proposal scheme event initiative working
    idea
    programme | {OTHERS} contact person officer manager lead your applicant organisation who amount
start_on | start + project activity work delivery event date when what | {OTHERS} time organisation session
    sessions yesno number
end_on | end complete completed completion + project activity work delivery event date when what | {OTHERS}
    time organisation session sessions yesno number year accounts financial form
received_at | received submitted logged arrived + date application form | {OTHERS} grant funding accounts
    last
    previous award start
area | area areas npu lpu lpa neighbourhood district borough locality where policing + project activity
    benefit
    cover covers based area areas npu lpu lpa unit police policing choose select | {OTHERS} ward theme
    postcode priority officer team yesno why describe issues address
charity_number | charity + number registration registered registration cio regulator | {OTHERS} company
    yesno
company_number | company companies cic limited + number registration house registered | {OTHERS} charity
    yesno
organisation_type | organisation group body applicant governance legal charity + type kind category describe
    describes status sort form cic sector | number partner parent umbrella chair name funding project
    activity
contact_name | contact person coordinator officer manager lead name you who + name person full first
    responsible project form application manager coordinator lead filling completing | {OTHERS} email phone
    number address organisation group police title activity type referee neighbourhood case post role job
    venue account bank call legal ward scheme area event bid pcso
email | email mail electronic + email mail | {OTHERS} sent yesno
phone | phone mobile ph landline call ring + phone number mobile ph landline reach | {OTHERS} made email
postcode | postcode pcode | {OTHERS} delivery activity project
address | address + organisation your full postal group registered contact correspondence main supply please
    home | {OTHERS} email web website ip need needs issue problem why how local project
previously_funded | previous previously before past last prior earlier existing ever already had + funded
    funding
    grant grantee acf vf awarded money award supported | {OTHERS_THAN_LAST} amount date why howmuch when
    which
bank_account_held | bank account + bank account signatories signatory signatures dual name held details |
    number
    statement sort code why
constitution_held | constitution constituted governing gov const rules | date why how
safeguarding_policy | safeguarding sguarding guarding protection + safeguarding sguarding guarding policy
    policies
    pol procedures child children | equality insurance date lead officer why how data
"""
"""One rule a line: the field, a word of each of these, and words that must not be there."""


def _rules() -> tuple[LooseRule, ...]:
    lines = _TABLE.format_map(_GROUPS).strip().replace("\n    ", " ").splitlines()
    parts = [[part.strip() for part in line.split("|")] for line in lines]
    return tuple(
        LooseRule(
            field, tuple(frozenset(need.split()) for need in needs.split("+")), frozenset(never.split())
        )
        for field, needs, never in parts
    )


_RULES = _rules()


@lru_cache(maxsize=4096)
def subjects(heading: str) -> frozenset[str]:
    """Return the fields that a question can be about."""
    words = frozenset(words_of(heading)) if len(heading) <= _LONGEST else frozenset()
    return frozenset(rule.field for rule in _RULES if rule.fits(words))
