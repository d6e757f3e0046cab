"""What headings are called in forms: the words by which each field is known, as data.

A rule fits a heading that has a word from each of its needs and no word beyond those and the allowed ones,
so a heading that says more than the rule knows stays an answer: that loses nothing, a wrong field does harm.
Words stand here as `wording.words_of` gives them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A way of calling a field; one that is not `sure` counts only where nothing surer is found."""

    field: str
    needs: tuple[frozenset[str], ...]
    allowed: frozenset[str]
    sure: bool

    def fits(self, words: frozenset[str]) -> bool:
        """Say whether a heading of these words can be this field."""
        return words <= self.allowed and all(need & words for need in self.needs)


_GROUPS = {
    "FUNDER": "acf vf pcc opcc police crime commissioner commissioners office active citizens community"
    " victims fund funder",
    "PEOPLE": "people beneficiaries individuals residents participants victims persons attendees users",
    "PROJECT": "project activity event scheme initiative programme service bid proposal work",
    "GROUP": "organisation group applicant charity club company body",
    "EXPECTED": "proposed planned expected anticipated estimated intended",
    "TAKE_PART": "benefit help helped reach reached support supported attend take part involved engage"
    " engaged",
}
"""Words that go together in many rules, named in braces there."""

_TABLE = """
# references that an office gives; a form tool's own number is none of these
reference | reference | application number grant unique code id case file bid submission funding
    project acf vf opcc pcc
reference | application case bid + number id code | grant unique
reference | request + reference | number
reference | urn

# the applicant
organisation | organisation | name legal full registered official applicant lead title applying group
    community voluntary charity company club school body individual making submitting known constitution
    recipient called main team association trust business correct exact application vcs vcse
organisation | group + name | legal full official applicant lead community voluntary charity club school
    called
organisation | charity company club + name | legal full registered official applicant lead called
organisation | legal + name | full registered applicant
organisation? | applicant | name legal full lead
organisation? | provider supplier grantee bidder bidding recipient institution agency | name legal full
    service lead grant organisation
organisation? | account + name
organisation? | who + applying applies
organisation? | lead + body | name
organisation? | business company charity group school | name community voluntary called
organisation | organisation + behalf + applying application | on name who
organisation? | organisation group + address | name
organisation_type | type kind category sort + legal {GROUP} | structure status form community applying
    voluntary
organisation_type | legal + status structure form | {GROUP} type
organisation_type | status structure + organisation group applicant | legal type
charity_number | charity + number registration reference | registered commission if wales england have
    uk organisation group
company_number | company companies cic limited + number registration reference | registered house if
    limited guarantee have uk organisation community interest
company_number | co + number | registration registered

# the contact
contact_name | contact | name main lead person full primary project applicant key first organisation who
    named point grant
contact_name | lead + name person project | main full named contact who project applicant
contact_name | name + person completing filling form | full completing form application filling out who
    main making submitting lead responsible person
contact_name | who + contact | application project grant about
contact_name? | who + talk speak | about application project contact
contact_name | contact + application | name
contact_name | first forename + last surname | name contact main applicant
contact_name? | applicant | name full lead main
contact_name? | name | full
contact_name? | submitted completed + by | name person form
email | email | address contact main lead primary person organisation applicant project correspondence
    work business group best reach get touch application grant about use hold
phone | phone | number contact main lead primary person organisation applicant project daytime day time
    work business group home best
phone | contact + number | main lead primary person applicant daytime day organisation best
phone | number + call ring reach | best daytime day contact
address | address | postal correspondence organisation registered main contact full office applicant
    group street line 1 home business mailing trading primary head based base
postcode | postcode | organisation contact main registered address correspondence applicant group office
    full home business primary based base head first
postcode? | postcode | project delivery activity where place takes take happen venue location site main

# the project
area | area areas npu lpu lpa | neighbourhood policing local police unit project delivery activity
    benefit take place takes where based located happen cover covered covers geographical geographic
    delivered served organisation run applying location operate operates operation within by npu lpu
    lpa
area | ward + npu lpu lpa | local policing unit area neighbourhood
area? | geographical geographic + coverage | area
area? | neighbourhood + take place happen serve | project activity event service work
area | neighbourhood police + policing unit | local project activity benefit cover take place area
area | choose select + area npu lpu lpa borough district | local policing project nearest
area? | town + area
area? | borough district locality location region authority area | project delivery local council where
    activity based authority
area? | where + take takes place delivered happen based located run delivery | project activity service
    work
summary | about details + project activity proposal | brief more
project | project + title name called | application activity short bid grant proposed working event
project | call + project | short
project | title name called + activity event initiative service proposal bid | short project grant
    proposed
project? | title name + scheme application programme | short grant
project? | title | working short
project | project
summary | summary outline overview summarise | lay plain brief short briefly {PROJECT} describe
    application grant proposed executive
summary | description describe | brief short briefly {PROJECT} grant proposed summary
summary? | want like plan planning going intend hope propose use used spend spent + money grant funding
    project activity fund | how want like plan planning intend
summary? | like want + fund
summary | purpose + grant funding project application | main brief
summary? | purpose
summary | summary + aims aim objectives | project main
summary | few sentences words briefly short + about + project activity idea proposal event | more brief
summary? | want like plan planning going intend propose | how describe do
summary? | aims aim + project | main

# why, and what comes of it
need | need needs needed | why evidence {PROJECT} local community describe identified identify how know
    meet address addressing demonstrate demand statement explain meets addressed there have case show area
need | evidence + demand | local need
need | problem issue issues + address tackle solve addressing tackling project | project activity local
    community try trying describe
outcomes | outcomes | {EXPECTED} {PROJECT} expect how measure measured measures describe main key grant
    achieve hope benefit impact evidence evidenced them success know
outcomes | outcome impact + project {EXPECTED} | {PROJECT} expect describe community local have what
outcomes | outcomes + outputs output impact
outcomes? | impact
outcomes | difference + make made | {PROJECT} how describe expect community local people lives
outcomes | achieve | {PROJECT} hope want expect describe how aim
outcomes | change changes + project hope want expect result people community local | {PROJECT} describe
    how achieve

# money
amount_requested | requested request requesting applied applying asking asked ask bidding sought seeking
    required requirement + amount grant funding sum total value howmuch money | {FUNDER} project towards
    overall figure full application level size exact whole
amount_requested | requested requesting applied applying asking ask + howmuch amount total + cost costs
    | {FUNDER} project towards grant funding overall
amount_requested | howmuch + need require like want wanted needed | {FUNDER} money grant funding total
    project request apply receive altogether ask overall
amount_requested | howmuch amount + apply request ask bid | youd {FUNDER} money grant funding total
    project like wish want intend looking
amount_requested | amount sum + needed wanted | {FUNDER} total grant funding
amount_requested | requested | {FUNDER}
amount_requested | requested sought + funding grant amount + including inc incl excluding vat | {FUNDER}
    project total
amount_requested | requested + amount grant funding award + award year | {FUNDER} this round
amount_requested? | amount sum value + grant funding bid | {FUNDER} total
amount_requested? | grant funding + needed wanted | {FUNDER} amount total
amount_requested? | size value total amount + application bid request | grant funding
amount_requested? | proposed + grant funding award | amount
amount_requested | howmuch + looking | {FUNDER} funding grant money like
amount_requested? | cost + police commissioner pcc opcc fund | {FUNDER} total
amount_requested? | ask request amount grant | total
amount_requested? | amount cost costs + requested application | total
amount_requested? | total + amount
minimum_amount | minimum least + run deliver do go proceed accept | could project cannot can not fund full
    amount less would still you how we howmuch activity if
minimum_amount? | minimum least + manage cope | could amount project money
minimum_amount | minimum least lowest smallest + amount grant funding accept sum award money need needed
    required requested howmuch | go ahead project run still useful acceptable viable can total proceed
    deliver accepted take make work less
total_cost | total full overall whole entire + cost costs budget | {PROJECT} amount {EXPECTED}
    delivering running value including vat deliver all howmuch
total_cost | total full overall whole + project + value | cost estimated
total_cost | project activity event scheme + cost costs budget | estimated expected overall total
    howmuch altogether all deliver run
total_cost? | cost costs | estimated
total_cost | total full overall + cost costs budget expenditure + match | {PROJECT} including inc incl
    funding matched all vat
total_cost | total + expenditure amount + project activity event
total_cost | project + total
total_cost? | total + expenditure
total_cost? | total
match_funding | match matched matchfunding | funding amount total value cash sum level howmuch have
    contribution fund grant
match_funding? | match matched matchfunding + secured confirmed raised obtained available place |
    funding amount total value already howmuch have
match_funding? | howmuch amount value sum + sources elsewhere contribution contributing | other funding
    money income secured raised organisation own total match have
match_funding? | other + funding money | total value amount secured sources source project from
    howmuch
match_funding? | contribution + other funders sources match | funders sources from cash own
match_funding? | contribution | other cash own organisation
match_funding? | howmuch + raised secured found | money have already so far other funding
match_funding? | howmuch + putting contributing | yourselves yourself own money project
match_funding? | cofunding | amount total value
match_funding? | other sources source + funding money + sources source | amount total secured value from
match_funding? | own organisation + contribution | amount group total
beneficiaries | howmany number total estimated expected direct + {PEOPLE} | young older vulnerable local
    directly direct {TAKE_PART} {PROJECT} {EXPECTED} likely expect all approximate approximately approx
    grant target aim hope total different unique overall by who
beneficiaries | howmany number + children adults young + {TAKE_PART} | people adults children local
    directly {PROJECT} expected likely expect by
beneficiaries | howmany + benefit helped reached supported | {PROJECT} local directly direct by
beneficiaries? | howmany + benefit | who people {PROJECT}
beneficiaries? | people + benefit
beneficiaries | headcount + beneficiaries
beneficiaries | number total + benefit | directly direct
beneficiaries | beneficiaries

# dates
start_on | start starts starting begin begins commence commencement commences + project activity
    delivery work event grant service programme {EXPECTED} | date when expect like hope
start_on? | start starting begin commencement + date when | plan like hope want intend expect
start_on? | date + start
start_on? | start + launch | date {EXPECTED} project
start_on? | start
end_on | end ends ending finish finishes finishing complete completion completed conclude + project
    activity delivery work event grant service programme {EXPECTED} | date when expect like hope
end_on? | end finish ending + date when | plan like hope want intend expect
end_on? | end finish
end_on | end finish + completion | date project
received_at | received | date time application when form utc day logged
received_at? | date + rec | time
received_at | submitted submission submit + date time timestamp datetime when | application form utc day
    bid gmt bst response entry
received_at | timestamp | submission response utc
received_at | completion + time date | utc
received_at | completed + time date application form | utc response survey
received_at? | application entry recorded created creation request added + date time | date time
received_at? | time
received_at? | submitted submission completed ended created | application form utc

# yes or no
previously_funded | previous previously before past ever last + funding funded grant award money + yesno
    have has had funded | received receive {FUNDER} organisation group supported been awarded given
    applicant project years year 3 three 2 two 5 five 12 twelve within months
    by
previously_funded | yesno + received had funded + funding funded grant money + {FUNDER} | have has been
    organisation group by
previously_funded? | previous previously before prior past existing + funding funded grant supported |
    received {FUNDER} had holder yesno
bank_account_held | bank + account + yesno two 2 held own signatories signatory have | has had
    organisation group unrelated applicant requires least required requiring dual signature signatures
    not related people one community business
bank_account_held | yesno + bank + account + name | organisation group own have has two 2 signatories
    signatory unrelated least
bank_account_held | signatories + two 2 unrelated | have has account bank least not related yesno
bank_account_held? | bank + account | organisation group
bank_account_held? | bank + account + organisation group | name
constitution_held | constitution constituted + yesno have has held place adopted | written signed formal
    governing document organisation group set rules applicant formally terms reference agreed own
    similar
constitution_held | governing + document + yesno have has held place | written signed organisation group
    constitution other set rules
constitution_held? | constitution constituted governing | written signed document organisation group set rules
    formally copy
safeguarding_policy | safeguarding + policy policies | yesno have has organisation group place children
    child adults adult risk held vulnerable current written up date working who young people protection
    where procedure procedures work applicant own
safeguarding_policy | protection + policy | child children adult adults vulnerable have has yesno place
    organisation group
safeguarding_policy? | safeguarding | place have yesno
safeguarding_policy? | safeguarding + policy | attached supplied provided seen copy
"""
"""One rule a line: the field ("?" when not sure), a word of each of these, and other words allowed."""


def _rules(table: str) -> tuple[Rule, ...]:
    lines = table.format_map(_GROUPS).replace("\n    ", " ").splitlines()
    return tuple(_rule(line) for line in lines if line and not line.startswith("#"))


def _rule(line: str) -> Rule:
    field, needs, allowed = (part.strip() for part in f"{line}||".split("|")[:3])
    choices = tuple(frozenset(choice.split()) for choice in needs.split("+"))
    words = frozenset(allowed.split()).union(*choices)
    return Rule(field.removesuffix("?"), choices, words, sure=not field.endswith("?"))


RULES = _rules(_TABLE)
"""Every way of calling a field, the surest and most particular first."""
