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
    "EXPECTED": "proposed planned expected anticipated estimated intended desired projected target",
    "TAKE_PART": "benefit help helped reach reached support supported attend take part involved engage"
    " engaged",
}
"""Words that go together in many rules, named in braces there."""

_TABLE = """
# references that an office gives; a form tool's own number is none of these
reference | reference | application number grant unique code id case file bid submission funding
    project acf vf opcc pcc applicant
reference | application case bid + number id code | grant unique
reference | request + reference | number
reference | urn
reference? | grant file unique + number

# the applicant
organisation | organisation | name legal full registered official applicant lead title applying group
    community voluntary charity company club school body individual making submitting known constitution
    recipient called main team association trust business correct exact application vcs vcse represent
    represents which full behalf enter who belong belongs voluntary grant grantee successful your
organisation? | grant successful + applicant | name
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
organisation | applicant applying bidding + body group organisation | name lead funding grant
organisation? | community voluntary + group | name
organisation? | bidder
organisation? | business company charity group school | name community voluntary called
organisation | organisation + behalf + applying application | on name who
organisation? | organisation group + address | name
organisation_type | type kind category sort + legal {GROUP} | structure status form community applying
    voluntary how constituted
organisation_type | governance + type | organisation
organisation_type | sector + type | organisation group
organisation_type | best + describes describe + organisation group applicant | option type
organisation_type? | type kind category
organisation_type? | yesno + organisation group
organisation_type | legal + status structure form entity | {GROUP} type
organisation_type | status structure + organisation group applicant | legal type
charity_number | charity + commission comm | number registration
charity_number? | charity + number registration + yesno | have if so organisation group
charity_number | charity + id
charity_number? | charity registered + number registration | cio
charity_number | charity + number registration reference | registered commission if wales england have
    uk organisation group
company_number | company companies cic cbs limited + number registration reference | registered house if
    limited guarantee have uk organisation community interest
company_number? | company + number registration + yesno | have if so organisation group
company_number | co + number | registration registered
company_number | crn | number company house

# the contact
contact_name | contact | name main lead person full primary project applicant key first organisation who
    named point grant
contact_name | lead + name person project | main full named contact who project applicant
contact_name | name + person completing filling form | full completing form application filling out who
    main making submitting lead responsible person applying
contact_name | who + contact | application project grant about main lead key person best speak
contact_name? | who + talk speak | about application project contact
contact_name | contact + application | name
contact_name | first forename + last surname | name contact main applicant
contact_name? | applicant | name full lead main
contact_name? | name | full
contact_name? | coordinator
contact_name? | who
contact_name? | contact | 1 principal key primary
contact_name? | name + surname
contact_name? | project lead responsible contact + manager officer coordinator person leader | name
    organisation for
contact_name | person + responsible | project application
contact_name? | first + last + name
contact_name? | submitted completed + by | name person form
email | email electronic + email mail | address add 1
email | email | address contact main lead primary person organisation applicant project correspondence
    work business group best reach get touch application grant about use hold
phone | phone | number contact main lead primary person organisation applicant project daytime day time
    work business group home best
phone | contact + number | main lead primary person applicant daytime day organisation best
phone | number + call ring reach | best daytime day contact
address | address | postal correspondence organisation registered main contact full office applicant
    group street line 1 home business mailing trading primary head based base
address? | address + location | postal full
address? | where + organisation group + based located | main office
postcode | postcode | organisation contact main registered address correspondence applicant group office
    full home business primary based base head first
postcode? | postcode | project delivery activity where place takes take happen venue location site main

# the project
area | npu lpu lpa + name | area
area | area areas npu lpu lpa | neighbourhood policing local police unit project delivery activity
    benefit take place takes where based located happen cover covered covers geographical geographic
    delivered served organisation run applying location operate operates operation within by npu lpu
    lpa
area | policing + unit area district | local project name
area | ward + npu lpu lpa | local policing unit area neighbourhood
area? | geographical geographic + coverage | area
area? | neighbourhood + take place happen serve | project activity event service work
area | neighbourhood police + policing unit | local project activity benefit cover take place area
area | choose select + area npu lpu lpa borough district | local policing project nearest
area? | town + area
area? | patch geography
area? | part + force area | project activity run place take delivered
area? | borough district locality location region authority area | project delivery local council where
    activity based authority
area? | where + take takes place delivered happen based located run delivery | project activity service
    work
summary | about details + project activity proposal | brief more
project | project + title name called | application activity short bid grant proposed working event
project | project + known | like
project | name title + project + have given | like
project? | grant application + title
project | call + project activity event | short like want working
project? | activity event scheme initiative proposal
project? | funded + project activity
project | project bid activity proposal + heading | short
project | title name called + activity event initiative service proposal bid | short project grant
    proposed
project? | title name + scheme application programme | short grant
project? | title | working short
project | project
summary | summary outline overview summarise | lay plain english language brief short briefly {PROJECT}
    describe application grant proposed executive
summary | description describe | how brief short briefly {PROJECT} grant proposed summary
summary? | want like plan planning going intend hope propose use used spend spent + money grant funding
    project activity fund | how want like plan planning intend
summary? | like want + fund
summary | purpose + grant funding project application | main brief
summary | project activity programme + do does involve deliver | explain describe how what
summary | about details info information + project | brief
summary | nature aim aims brief proposed + project activity details | what
summary? | about
summary? | describe + how
summary? | purpose synopsis | grant funding money
summary? | explain describe say + do doing | grant money funding how
summary? | explain describe + money grant funding + pay buy spend spent use used | who take part project
    activity how
summary | synopsis | {PROJECT} brief
summary | use purpose spent used + grant money funding | what how project
summary? | what + grant money funding
summary? | activity activities project + funded deliver | what
summary | summary + aims aim objectives | project main
summary | few sentences words briefly short + about + project activity idea proposal event | more brief
summary? | want like plan planning going intend propose | how describe do
summary? | aims aim + project | main
summary? | few sentences briefly + want like plan planning going intend hope | what how describe words
    few brief

# why, and what comes of it
need | need needs + demonstrated description assessment reason reasons identified statement case | local
    project
need | issue issues problem + identified local
need? | why + project activity | want do run doing important necessary matter matters
need? | rationale justification evidence
need | rationale justification + project | evidence
need | evidence + base | local
need | need needs needed | why evidence {PROJECT} local community describe identified identify how know
    meet address addressing demonstrate demand statement explain meets addressed there have case show area
need | evidence + demand | local need
need | problem problems issue issues + address addressed tackle tackled solve solved addressing tackling
    project | project activity local
    community try trying describe want crime asb disorder behaviour anti social
outcomes | outcomes | {EXPECTED} {PROJECT} expect how measure measured measures describe main key grant
    achieve hope benefit impact evidence evidenced them success know
outcomes | outcome impact + project {EXPECTED} | {PROJECT} expect describe community local have what
outcomes | outcomes + outputs output impact
outcomes | outcomes + achieve achieved achieving sought hoping wanted deliver delivered | {PROJECT} hope
    want like
outcomes? | impact benefits benefit results result
outcomes | benefits benefit results result + expected intended anticipated community project bring | what
    will
outcomes? | change changes different difference | because afterwards after how know measure
outcomes | difference + make made | {PROJECT} how describe expect community local people lives know
    measure measured show hope want
outcomes? | success + measure measures measured indicators know | {PROJECT} how
outcomes | achieve | {PROJECT} hope want expect describe how aim who whom
outcomes | change changes different better + project hope want expect result people community local |
    {PROJECT} describe how achieve because

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
amount_requested | big large + grant | how need want
amount_requested | amount sum + needed wanted need want | {FUNDER} total grant funding
amount_requested | requested | {FUNDER}
amount_requested | requested sought + funding grant amount + including inc incl excluding vat | {FUNDER}
    project total
amount_requested | requested + amount grant funding award + award year | {FUNDER} this round
amount_requested? | amount sum value + grant funding bid | {FUNDER} total
amount_requested? | grant funding + needed wanted | {FUNDER} amount total
amount_requested? | bid ask request + value amount sum total level | grant funding
amount_requested? | amount sum + bid ask request applied sought | grant funding
amount_requested | applied bid asked + amount | {FUNDER} grant funding total
amount_requested? | howmuch | grant
amount_requested | amount cost + claimed wanted | {FUNDER}
amount_requested? | size value total amount + application bid request | grant funding
amount_requested? | proposed + grant funding award | amount
amount_requested | howmuch + looking | {FUNDER} funding grant money like
amount_requested? | cost + police commissioner pcc opcc fund acf vf | {FUNDER} total
amount_requested? | ask request amount grant | total
amount_requested? | amount cost costs + requested application | total
amount_requested? | total + amount
minimum_amount | minimum least + run deliver do go proceed accept need | could project cannot can not fund
    full amount less would still you how we howmuch activity if ahead order unable money grant funding
minimum_amount? | minimum least lowest smallest + amount grant sum need needed | if so could go ahead
    less happen
    project cannot award full request offered
minimum_amount? | minimum lowest least smallest + acceptable viable possible workable needed required
    requested
    accepted | amount grant sum funding
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
total_cost | total full overall + cost costs budget expenditure + match other | {PROJECT} including inc incl
    funding matched all vat match
total_cost | total + expenditure amount + project activity event
total_cost | project + total
total_cost? | total + expenditure
total_cost? | gross whole entire + cost budget | {PROJECT}
total_cost? | total
match_funding | match matched matchfunding | funding amount total value cash sum level howmuch have
    contribution fund grant
match_funding? | match matched matchfunding + secured confirmed raised obtained available place |
    funding amount total value already howmuch have
match_funding? | howmuch amount value sum + sources elsewhere contribution contributing contribute | other
    funding money income secured raised organisation own total match have come coming comes cash project
match_funding? | other + funding money income | total value amount secured sources source project from
    howmuch have got obtained raised confirmed already
match_funding? | contribution + other funders sources match | funders sources from cash own
match_funding? | contribution | other cash own organisation
match_funding? | howmuch + raised secured found | money have already so far other funding
match_funding? | howmuch + putting contributing | yourselves yourself own money project
match_funding? | additional partner partners own other external + funding contribution contributions income
    money | amount total secured project
match_funding? | other + grant + secured | amount total
match_funding? | contribution contributions funding + others partners
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
beneficiaries? | headcount participants | count
beneficiaries? | volume count + beneficiaries
beneficiaries? | people individuals participants residents children + helped reached reach engaged supported
    involved benefit | young older local number
beneficiaries | number total + benefit | directly direct
beneficiaries | beneficiaries

# dates
start_on | start starts starting begin begins commence commencement commences + project activity
    delivery work event grant service programme {EXPECTED} | date when expect like hope
start_on? | start starting begin commencement + date when | off plan like hope want intend expect
start_on? | date + start
start_on? | start + launch | date {EXPECTED} project
start_on? | start
end_on | end ends ending finish finishes finishing complete completion completed conclude + project
    activity delivery work event grant service programme {EXPECTED} | date when expect like hope
end_on? | end finish ending + date when | up off plan like hope want intend expect
end_on? | end finish completion | up
end_on? | completion + date
end_on | end finish + completion | date project
received_at | received | date time application when form utc day logged
received_at? | date + rec | time
received_at | submitted submission submit + date time timestamp datetime when | application form utc day
    bid gmt bst response entry
received_at | timestamp | submission response utc
received_at | completion + time date | utc
received_at | completed + time date application form | utc response survey
received_at? | application entry recorded created creation request added + date time | date time
received_at? | when date + complete completed fill filled + form application
received_at? | time
received_at? | logged arrived
received_at? | intake + date
received_at | received + office | by date in
received_at? | arrived logged + date | form application
received_at? | submitted submission completed ended created | application form utc

# yes or no
previously_funded | previous previously before past ever last + funding funded grant award money + yesno
    have has had funded | received receive {FUNDER} organisation group supported been awarded given
    applicant project years year 3 three 2 two 5 five 12 twelve within months
    by year
previously_funded | yesno + received had funded + funding funded grant money + {FUNDER} | have has been
    organisation group by
previously_funded | previous previously before past last + received awarded given had + funding grant award
    money + yesno | have has applied {FUNDER} organisation group project years year 3 three 2 two 5 five
    within
previously_funded? | previous repeat returning existing past + applicant recipient grantee
previously_funded? | past last before previously ever + fund + yesno | year
previously_funded? | existing earlier previous past + grantee grant funding award | holder
previously_funded? | had + before previously + acf vf | grant
previously_funded? | previous previously before prior past existing + funding funded grant supported award
    awards awarded | received {FUNDER} had holder yesno
bank_account_held | bank + account + yesno two 2 held own signatories signatory have | has had
    organisation group unrelated applicant requires least required requiring dual signature signatures
    not related people one community business
bank_account_held | yesno + bank + account + name | organisation group own have has two 2 signatories
    signatory unrelated least
bank_account_held | signatories + two 2 unrelated | have has account bank least not related yesno
bank_account_held? | bank + account | organisation group
bank_account_held? | bank + details + held have yesno
bank_account_held? | account + organisation group | name own yesno
bank_account_held? | bank + account + organisation group | name
constitution_held | constitution constituted + yesno have has held place adopted | written signed formal
    governing document organisation group set rules applicant formally terms reference agreed own
    similar
constitution_held | governing + document + yesno have has held place | written signed organisation group
    constitution other set rules
constitution_held? | governance + document
constitution_held? | constitution governing document + seen provided held checked supplied attached yesno
    | document
    constitution signed
constitution_held? | constitution constituted governing | written signed document organisation group set
    rules
    formally copy
safeguarding_policy | safeguarding + policy policies | yesno have has organisation group place children
    child adults adult risk held vulnerable current written up date working who young people protection
    where procedure procedures work applicant own
safeguarding_policy | protection + policy | child children adult adults vulnerable have has yesno place
    organisation group
safeguarding_policy? | safeguarding | place have yesno procedures procedure seen
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
