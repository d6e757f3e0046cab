"""What on a form is a question, what only guides who fills it in, and what is nobody's to read."""

import re
from collections.abc import Sequence
from functools import lru_cache

from exchange.application_forms.blocks import (
    FIELD,
    NUMBERED,
    SIGNS,
    STRUCK,
    TICKED,
    TURN,
    UNSTRUCK,
    UNTICKED,
    Paragraph,
)
from exchange.applications.fields import DAYS, is_likely, is_readable
from exchange.applications.headings import words_of
from exchange.applications.layouts import plain_question
from exchange.applications.likeness import asks_no_field
from exchange.applications.table import fields_asked
from models.values.applications import SLOTS

LONGEST = 400
_LONG = 160
_MANY_WORDS, _FEW = 14, 4
_OF_FIGURES = frozenset({*DAYS, *SLOTS, "beneficiaries"})
SHAPED = _OF_FIGURES | {"email", "phone", "postcode", "charity_number", "company_number"}
OPTIONS = re.compile(
    r"(?:\W*\b(?:yes|no|n/?a|oes|ydy|ie|na|nac oes|nac ydy|not applicable|don't know|unsure)\b\W*)+",
    re.IGNORECASE,
)
"""Answers to choose from, which are words of questions as well."""
_SECTION = re.compile(
    r"(?:section|part|rhan|adran)\s+(?:\d+|[A-H]|one|two|three|four|five|six)\b"
    r"|(?:declaration|datganiad|(?:for )?office use(?: only)?)\W*$"
    r"|.{0,60}\b(?:application form|ffurflen gais)\W*$",
    re.IGNORECASE,
)
_NAMES_PART = re.compile(
    r"\W*(?:\d{1,2}\W+|[A-H]\W+)?(?:(?:about|part \w+)\W+)?(?:your|eich) "
    r"(?:groups?|organisations?|club|charity|projects?|details"
    r"|contacts?|contact details|budget|money|finances|application|plans?"
    r"|grŵp|sefydliad|mudiad|prosiect|cais|manylion)\W*",
    re.IGNORECASE,
)
_OF_SIGNING = re.compile(r"\W*(?:declaration|signed|signature|datganiad|llofnod(?:wyd)?)\W*", re.IGNORECASE)
_GUIDES = re.compile(
    r"(?:please (?!note we)|maximum\b|max\.?\s|no more than \d|up to \d+ words|about \d+ words|guidance"
    r"|note:|tip:|help:"
    r"|hint:|tick\b|delete as|e\.g\.|eg\b|for example|continue on|tell us\b|you should|you can\b|use no more"
    r"|explain (?:how|what|why|who)|describe (?:how|what|why|who)|this should|this must|this is (?:the|your)"
    r"|include\b|we (?:want|need|will use|would like) (?:to know|you|this)|if you need more|say (?:what"
    r"|how|who|why)"
    r"|think about|dywedwch|rhowch|ticiwch|uchafswm|office use|for office|as (?:it )?(?:appears|shown"
    r"|written) )",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\W*\(?(?:max\w*|up to|no more than|uchafswm)?[^.]{0,20}\b\d+ (?:words|characters|gair"
    r"|geiriau)\b\W*\w*\W*"
)
_ASKED_ON = re.compile(rf"([^?]*\w[^?]*\?)\s+([A-Z][^?{SIGNS}\n]*\.)\s*([*†‡]*)\s*")
_ASKED_AND_TOLD = re.compile(r"([^?]*\w[^?]*\?)\s+([A-Z].*[.?])", re.DOTALL)
_ASKS_ON = re.compile(
    r"[^:?\n]{1,60}:\s+(?:what|how|who|whom|whose|which|where|when|why|do|does|did|is|are|was|have"
    r"|has|will|would|can|could|beth|pa|sut|pwy|ble|pryd|pam|faint|a (?:oes|yw|fydd))\s.+",
    re.IGNORECASE,
)
_AFTER_COLON = re.compile(
    rf"(?P<question>[^:?{SIGNS}\n]*[{NUMBERED}]?[^:?{SIGNS}\n]{{3,80}}: [a-z][^:?.\t{SIGNS}\n]{{1,60}})\s*"
    rf"(?P<end>:(?=\s|$)|[{TURN}{FIELD}]|$)(?P<rest>.*)",
    re.DOTALL,
)
_PART_OF_LABEL = re.compile(r"(?:full |first |last )?name|job title|role|position|signature", re.IGNORECASE)
_NAMES_FUND = re.compile(r"[^:]*\b(?:fund|form|grants?|application|programme|scheme)\s*:", re.IGNORECASE)
"""The title of a form, which goes on after a colon too."""
_OF_FUNDERS = re.compile(r"\bother (?:funding|funders?|grants?)\b", re.IGNORECASE)
_SENTENCE_WITHIN = re.compile(r"[a-z0-9]\. (?=[A-Z])")
_BIDS = re.compile(
    r"(?:please )?"
    r"(?:tell (?:us|me|the \w+)|describe|explain|outline|summari[sz]e|list|say|set out|give|state|show)\b",
    re.IGNORECASE,
)
_BIDS_POLITELY = re.compile(rf"(?=please\b){_BIDS.pattern}[^.?!:]*\.", re.IGNORECASE)
_IS_DUE = re.compile(r"[A-Z][^.?!]{2,80}\w\)? ?\*\s*$")
"""A label with the star of what has to be answered."""
_UPLOADS = re.compile(r"upload (?:a|an|the|your)\b[^.]*$", re.IGNORECASE)
_LEADS_TO_LIST = re.compile(
    r"(?=(?:\S+\s+){4,}).*\b(?:we|our|us|I|my)\b.*|.*\b(?:like this|as follows|the following)\W*",
    re.DOTALL | re.IGNORECASE,
)
"""How whoever answers leads to a list: "By the end we will have:"."""
_TO_APPLICANT = re.compile(r"(?:if (?:so|yes|not?)\b|(?:it|they) (?:must|should)\b)", re.IGNORECASE)
_CHOOSES = re.compile(r"\b(?:tick|choose|select|circle|underline|mark|delete)\b", re.IGNORECASE)
_EXAMPLE = re.compile(r"\W*(?:for example|for instance|e\.g\.|er enghraifft)\s*(?::|$)", re.IGNORECASE)
_TOLD_AT_LENGTH = frozenset({"summary", "need", "outcomes"})
_WORD_LIMIT = re.compile(r"\b\d+ (?:words|characters)\b|\bword limit\b", re.IGNORECASE)
_LIMIT_AT_END = re.compile(r"\([^()]*\b\d+ (?:words|characters|gair|geiriau)\b[^()]*\)\W*(?:\(\w+\)\W*)?$")
_ITEM = re.compile(
    r"\W*(?:(?:aim|week|day|stage|phase|year|month|step|goal|objective|outcome|session|term|quarter|output|strand)s?"
    r" (?:\d+|one|two|three|four|five|six)(?: ?(?:-|–|to|and|&) ?\w+)?"
    r"|(?:by|in|after|during|from|before|within|at)\b[^:?]{0,25}"
    r"(?:20\d\d|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|end|start|days?|weeks?|months?|years?)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:first|second|third|next|then|finally|lastly)(?:ly)?)\W*",
    re.IGNORECASE,
)
_IF_ANY = re.compile(
    r"\W*(?:if|where) (?:applicable|appropriate|relevant|any|known|registered|you have one)\W*", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\W*\(.*\)\W*", re.DOTALL)
PRINTED = re.compile(r"\W*(?:yes|y|oes|ydy)\s*(?:/|or)\s*(?:no|n|nac oes|nac ydy|na)\b\W*", re.IGNORECASE)
"""A yes and no to choose from, as it is printed."""
PROMPT = re.compile(
    r"\W*(?:click (?:or tap )?(?:here )?to (?:enter|add)[^.]*\.?|choose an item\.?|enter (?:text|date"
    r"|amount)(?: here)?"
    r"|type (?:your answer )?here|(?:insert|answer|text|name|date|amount"
    r"|your answer)(?: here)?(?=\W*[\]>])|cliciwch yma.*)\W*",
    re.IGNORECASE,
)
_BANK = re.compile(
    r"(?:^\W*(?:\w{1,2}[.)]?\s+)?"
    r"|\b(?:your|the|our|of|which|what|with|organisation|group|applicant|charity|a)(?:[’']s)? )"
    r"bank(?:ers?|ing)?\b"
    r"|\bbanks? (?:details|account|name|sort|branch|address|statement|or\b|society|building|code|no|number)"
    r"|\bbank ?/|building society\b|\b(?:sort[ -]?code"
    r"|(?:account|acc(?:oun)?t|a/c)\W*(?:number|no|name|holder|in (?:the )?name)"
    r"|name (?:of|on|in) (?:the |your )?(?:account|a/c)"
    r"|iban|swift|bic|roll (?:number|no)|cod didoli|rhif (?:y )?cyfrif|enw(?:'r)? (?:y )?cyfrif"
    r"|enw'?r banc|y banc)\b",
    re.IGNORECASE,
)
_PAYMENT = re.compile(
    r"\b(?:where (?:we|to|should we|shall we|do we) pay|payee"
    r"|pay(?:ment|ing)? (?:details|to|you|your|the grant|it)|manylion (?:banc|talu))\b",
    re.IGNORECASE,
)
_OF_PAYMENT = re.compile(
    r"\b(?:account|a/c|branch|code|number|no|name|payee|holder|roll|society|enw|rhif)\b", re.IGNORECASE
)
_CODE = re.compile(r"\b(?:code|cod)\b", re.IGNORECASE)
_SORT_CODE = re.compile(r"\W*\d\d[- ]\d\d[- ]\d\d\W*")
_WHETHER = re.compile(
    r"^\W*(?:[\dq.)]+\s*)?(?:(?:we|(?:our|the|your|this) \w+) (?:have|has|holds?)"
    r"|do|does|have|has|is|are|will|can|a oes|oes)\b|\bheld\b|two signator|signatories",
    re.IGNORECASE,
)
_AS_WRITTEN = re.compile(
    r"\bas (?:it |they )?(?:is |are )?(?:appears?|shown|stated|written|stands?|on|in)\b.*", re.IGNORECASE
)
_LABELLED = re.compile(
    r"(?:sort\s*code|s/c)\W{0,3}\d{2}[ -]?\d{2}[ -]?\d{2}\b"
    r"|(?:account|a/c|acc(?:oun)?t)\s*(?:number|no\.?)?\W{0,3}\d{8}\b"
    r"|\b\d{2}-\d{2}-\d{2}[\W_]{1,5}\d{8}\b|\b\d{8}[\W_]{1,5}\d{2}-\d{2}-\d{2}\b"
    r"|\bGB\d{2}\s?[A-Z]{4}(?:\s?\d){14}\b|\biban\W{0,3}[A-Z]{2}\d{2}\s?(?:[A-Z0-9]{1,4}\s?){3,8}",
    re.IGNORECASE,
)
_NUMBERS_OF_ACCOUNT = re.compile(
    rf"{_LABELLED.pattern}|\b\d{{2}}-\d{{2}}-\d{{2}}\b\D{{0,40}}\b\d{{8}}\b"
    r"|\b\d{8}\b\D{0,40}\b\d{2}-\d{2}-\d{2}\b",
    re.IGNORECASE,
)
"""Where a bank is named, a sort code and an account number with words between them too."""
BANK_LEFT_OUT = "[bank details: in the form alone]"
_DURATION = re.compile(
    r"\bhow long (?:will|does|is)\b.{0,40}\b(?:project|run|last|take|activity|it)\b|\bduration\b"
    r"|\blength of (?:the |your )?(?:project|activity)"
    r"|\bhyd y prosiect|\bam faint (?:o amser )?(?:fydd|mae)|\bpa mor hir",
    re.IGNORECASE,
)
_BEFORE_WORDS = f" \t\n{SIGNS}"
_SIGNS_TO_BLANKS = dict.fromkeys(map(ord, SIGNS), " ")


@lru_cache(maxsize=4_000)
def plain(text: str) -> str:
    """Return a text without signs, its spaces collapsed."""
    return plain_question(text.translate(_SIGNS_TO_BLANKS))


@lru_cache(maxsize=20_000)
def knows(text: str) -> bool:
    """Say whether a text asks what an application says, by the rules of headings."""
    words = plain(_without_bid(text))
    is_told = _is_sentence(words) or OPTIONS.fullmatch(words)
    return 0 < len(words) <= _LONG and not is_told and bool(fields_asked(words, {}))


def _is_sentence(text: str) -> bool:
    """Say whether a text is told and not asked: a full stop ends it, and it has more words than a heading."""
    return text.endswith(".") and len(text.split()) > _MANY_WORDS // 2 and not _BIDS.match(text)


def _without_bid(text: str) -> str:
    """Return a question without the sentence after it that bids: "What are you? Tick one."."""
    found = _ASKED_ON.fullmatch(text.strip())
    return found[1] if found and speaks_to_applicant(found[2]) else text


def bids(text: str) -> bool:
    """Say whether a sentence bids the applicant tell what applications say: "Tell us what you will do."."""
    return bool(_BIDS.match(plain(text))) and knows(text)


def bids_anew(text: str) -> bool:
    """Say whether a sentence below an answer politely bids the applicant tell something else."""
    return bool(_BIDS_POLITELY.fullmatch(text.strip())) and len(text.split()) <= _LONG // 10


def tells_of_funds(question: str, rest: str) -> bool:
    """Say whether sums follow the names of funders below a question for other funding."""
    is_asked = bool(_OF_FUNDERS.search(question)) or "match_funding" in fields_asked(plain(question), {})
    return is_asked and any(map(str.isdigit, rest))


def is_kind_asked(question: str, text: str) -> bool:
    """Say whether a text answers what an organisation is, though it may ask which: "Charity"."""
    asked = fields_asked(plain(question), {})
    is_name = fields_asked(plain(text), {}) <= {"organisation", "organisation_type"}
    is_brief = is_name and plain_end(text) not in (":", "?")
    return asked == {"organisation_type"} and is_brief and is_likely("organisation_type", plain(text))


def bids_briefly(text: str) -> bool:
    """Say whether sentences bid the applicant and name the most words: "Describe it in 200 words."."""
    return bool(_BIDS.match(text.strip()) and _WORD_LIMIT.search(text))


def is_numbered(text: str) -> bool:
    """Say whether a text begins with the number of a question of the form."""
    return text.lstrip().startswith(NUMBERED) and len(text) <= LONGEST


def asks_besides(text: str) -> bool:
    """Say whether a text of some words is in other forms a question, though for no field: "Your role"."""
    return 1 < len(text.split()) <= _FEW and asks_no_field(plain(text))


def is_of_signing(text: str) -> bool:
    """Say whether a label is of what is declared or signed at a form's end, which no answer goes on with."""
    return bool(_OF_SIGNING.fullmatch(text))


def is_section(text: str) -> bool:
    return bool(_SECTION.match(text.lstrip(_BEFORE_WORDS)))


def names_part(text: str) -> bool:
    """Say whether a text is the name of a part of the form, which answers nothing: "YOUR GROUP"."""
    return bool(_NAMES_PART.fullmatch(text))


def is_title(paragraph: Paragraph) -> bool:
    """Say whether a paragraph alone between rows of a table is the title of those below it."""
    text = plain(paragraph.text)
    is_line = len(text.split()) <= _FEW and text[:1].isupper() and text[-1:].isalpha()
    return is_line and {*":?", TURN}.isdisjoint(paragraph.text)


def is_question(paragraph: Paragraph) -> bool:
    """Say whether a paragraph by itself asks something, or is the title of a part of the form."""
    text = paragraph.text.strip()
    if not text or len(text) > LONGEST or TICKED in text or UNTICKED in text or paragraph.is_typed:
        return False
    if text.startswith(STRUCK) and text.endswith(UNSTRUCK):
        return False
    if is_guidance(paragraph) and ("i" in paragraph.style or not (bids(text) or _bids_in_bold(paragraph))):
        return False
    looks_so = paragraph.stands_out and not _is_sentence(plain(text))
    if leads_to_list(text):
        return looks_so or is_numbered(text) or knows(text)
    return _asks_by_form(text) or looks_so or knows(text)


def _bids_in_bold(paragraph: Paragraph) -> bool:
    """Say whether a few bold words without a full stop bid tell something: "Say who will do it"."""
    is_label = paragraph.stands_out and plain_end(paragraph.text) != "."
    return (
        is_label and len(paragraph.text.split()) <= _MANY_WORDS and bool(_BIDS.match(plain(paragraph.text)))
    )


def leads_to_list(text: str) -> bool:
    """Say whether a line leads to a list in the words of whoever answers: "By the end we will have:"."""
    return plain_end(text) == ":" and bool(_LEADS_TO_LIST.fullmatch(text) or _ITEM.fullmatch(text))


def asks_plainly(paragraph: Paragraph) -> bool:
    """Say whether a paragraph asks by how it looks or ends, and not by its words alone."""
    return paragraph.stands_out or _asks_by_form(paragraph.text) or bids(paragraph.text)


def _asks_by_form(text: str) -> bool:
    """Say whether a text has the end or the number of a question, or is the title of a section."""
    is_marked = bool(_IS_DUE.match(text) or _UPLOADS.match(text))
    return plain_end(text) in ("?", ":") or is_numbered(text) or is_section(text) or is_marked


def plain_end(text: str) -> str:
    """Return the last letter of a text without the signs around it."""
    return text.rstrip(f" \t*†‡{SIGNS}")[-1:]


def asks_other(question: str, text: str) -> bool:
    """Say whether a text asks for another field than a question does."""
    asked = fields_asked(plain(text), {}) if len(text) <= _LONG else frozenset()
    return bool(asked) and asked.isdisjoint(fields_asked(plain(question), {}))


def answering(question: str, lines: Sequence[str]) -> Sequence[str]:
    """Return the lines that answer a question: of a sentence and a figure below it the figure alone."""
    if (
        len(lines) != len(("guidance", "answer"))
        or not lines[0][:1].isalpha()
        or len(lines[0].split()) < _FEW
    ):
        return lines
    asked = _OF_FIGURES & fields_asked(plain(question), {})
    answers = any(is_readable(field, plain(lines[1])) for field in asked)
    return lines[1:] if answers and not any(is_readable(field, plain(lines[0])) for field in asked) else lines


def answers_wholly(question: str, lines: Sequence[str]) -> bool:
    """Say whether one line is all that a question can be answered with: an e-mail address, a day, a sum."""
    asked = fields_asked(plain(question), {}) & {*SHAPED, "contact_name"}
    return len(lines) == 1 and any(is_likely(field, plain(lines[0])) for field in asked)


def can_answer(question: str, text: str) -> bool:
    """Say whether a text may answer a question: none of another shape than all it asks for."""
    asked = fields_asked(plain(question), {})
    return not asked <= SHAPED or any(is_likely(field, plain(text)) for field in asked)


def are_costs(line: Sequence[str]) -> bool:
    """Say whether only sums stand beside words that ask for none: they are what costs that."""
    asked = fields_asked(plain(line[0]), {})
    sums = [text for text in line[1:] if text]
    is_of_figures = not asked.isdisjoint(_OF_FIGURES) or any(is_likely(one, sums[-1]) for one in asked)
    return not is_of_figures and all(is_readable("amount_requested", text) for text in sums)


def cannot_be(question: str, told: str) -> bool:
    """Say whether what goes on at length after a colon is no answer to a question for something brief."""
    asked = fields_asked(plain(question), {})
    is_long = len(told.split()) > _MANY_WORDS and plain_end(told) == "."
    return is_long and asked.isdisjoint(_TOLD_AT_LENGTH) and not any(is_likely(one, told) for one in asked)


def parts_a_sentence(piece: Paragraph, question: str, rest: str) -> bool:
    """Say whether a colon parts a sentence: many words are before it, and small letters go on after it.

    So do figures that begin a sentence. Or the colon is of the last of several sentences.
    """
    is_long = len(question.split()) > _MANY_WORDS // 2 and len(rest.split()) >= _FEW - 1
    goes_on = rest[:1].islower() or (rest[:1].isdigit() and len(rest.split()) > _MANY_WORDS // 2)
    tells = len(question.split()) > _MANY_WORDS and bool(_SENTENCE_WITHIN.search(question))
    return ((is_long and goes_on) or tells) and not is_numbered(question) and "b" not in piece.style


def chooses(question: str) -> bool:
    """Say whether a question has one of the words below it chosen: "What are you? Tick one."."""
    return bool(_CHOOSES.search(question))


def asks_address(question: str) -> bool:
    """Say whether a question asks for an address, whose lines several applicants of a town have alike."""
    return "address" in fields_asked(plain(question), {})


def asks_at_length(question: str) -> bool:
    """Say whether a question is answered at length: what will be done, why, and what it will change."""
    return not _TOLD_AT_LENGTH.isdisjoint(fields_asked(plain(question), {}))


def is_item(label: str) -> bool:
    """Say whether a label is of an item of an answer: "Aim 2:", "Monday:"."""
    return bool(_ITEM.fullmatch(label))


def asks_to_its_end(text: str) -> bool:
    """Say whether a text is a question to its end: the most words of an answer stand there in brackets.

    Or it asks on after a colon: "Outcomes: what will have changed?".
    """
    is_limited = len(text) <= LONGEST and bool(_LIMIT_AT_END.search(text))
    asks_on = bool(_ASKS_ON.fullmatch(text)) and plain_end(text) == "?"
    return not {FIELD, TURN}.intersection(text) and (is_limited or asks_on)


def asked_on(paragraph: Paragraph) -> tuple[str, str]:
    """Return a question and the sentences of its label that go on after its question mark, "" for none.

    They look as the question does, end where a star marks it, or speak to who fills in the form.
    """
    text = paragraph.text.strip()
    found = _ASKED_ON.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        return text, ""
    is_label = "b" in paragraph.style or bool(found[3]) or speaks_to_applicant(found[2])
    return (found[1], found[2]) if is_label else (text, "")


def speaks_to_applicant(sentence: str) -> bool:
    """Say whether a sentence after a question tells by how it begins what the applicant has to do."""
    return bool(_TO_APPLICANT.match(sentence) or _GUIDES.match(sentence))


def goes_on_after_colon(piece: Paragraph) -> tuple[str, str] | None:
    """Return a numbered or bold question that goes on in small letters after a colon, and what follows it.

    >>> goes_on_after_colon(Paragraph("Officer who helps: number and station", "b"))
    ('Officer who helps: number and station', '')
    """
    text = piece.text.strip()
    found = _AFTER_COLON.match(text)
    part = found["question"].rpartition(":")[2].strip() if found else ""
    is_name = bool(_PART_OF_LABEL.fullmatch(part))
    if not (is_name or is_numbered(text) or ("b" in piece.style and not _NAMES_FUND.match(text))):
        return None
    is_whole = found is not None and (bool(found["end"]) or is_name or "b" in piece.style)
    return (found["question"].strip(), found["rest"].strip()) if found and is_whole else None


def goes_on_in(piece: Paragraph) -> tuple[str, str] | None:
    """Return a question and what goes on after it, which answers it where nothing else does."""
    question, rest = asked_on(piece)
    is_label = piece.text.rstrip().endswith("*") or speaks_to_applicant(rest)
    return (question, rest) if rest and not is_label else None


def without_asides(question: str) -> str:
    """Return a label without the sentences after its question that name another thing to be told briefly.

    Those that bid tell something may go on to ask: "Describe your event. Who will run it?".
    """
    found = _ASKED_AND_TOLD.fullmatch(plain(question))
    if found is None or ("?" in found[2] and not _BIDS.match(found[2])):
        return question
    added = fields_asked(plain(question), {}) - fields_asked(plain(found[1]), {})
    return found[1] if added - _TOLD_AT_LENGTH else question


def is_example(text: str) -> bool:
    """Say whether a text gives an example of an answer: "For example: fewer reports."."""
    return bool(_EXAMPLE.match(text))


def guides(text: str) -> bool:
    """Say whether a sentence after a question tells how to answer it: "You should say how you know."."""
    return bool(_GUIDES.match(text.strip(f" \t\n*•-{TURN}"))) and plain_end(text) == "."


def leads_on(text: str) -> bool:
    """Say whether a sentence before a table bids fill it in: "List each cost."."""
    return plain_end(text) == "." and bool(_BIDS.match(text) or _GUIDES.match(text))


def is_guidance(paragraph: Paragraph) -> bool:
    """Say whether a paragraph tells who fills in the form how, and answers nothing."""
    text = paragraph.text.strip(f" \t\n*•-{TURN}")
    is_slanted = "i" in paragraph.style and len(text) > 3
    leads_on = is_example(text) or (_GUIDES.match(text) and (bids(text) or not knows(text)))
    forms = (_IF_ANY, _IN_BRACKETS, PRINTED)
    leads_on = leads_on or (_LIMIT.fullmatch(text) and not knows(text.partition("(")[0]))
    return is_slanted or bool(leads_on or any(form.fullmatch(text) for form in forms))


@lru_cache(maxsize=20_000)
def is_of_bank(question: str) -> bool:
    """Say whether a question asks for bank details; whether there is an account is no such question.

    Nor is one for a name as it stands on bank statements.
    """
    asked = _AS_WRITTEN.sub("", question)
    return bool(_BANK.search(asked)) and not _WHETHER.search(asked) and "yesno" not in words_of(asked)


def is_of_payment(section: str, question: str, value: str) -> bool:
    """Say whether an answer is a bank detail by the title that it stands under and its label.

    So is what looks like a sort code beside a label for a code.
    """
    is_part = (is_of_bank(section) or bool(_PAYMENT.search(section))) and bool(_OF_PAYMENT.search(question))
    return is_part or bool(_CODE.search(question) and _SORT_CODE.fullmatch(value))


@lru_cache(maxsize=1_000)
def without_bank(text: str, question: str = "") -> str:
    """Return an answer without the numbers of an account that it or its question names as such."""
    if not any(map(str.isdigit, text)):
        return text
    is_named = any(form.search(f"{question} {text}") for form in (_BANK, _PAYMENT))
    return (_NUMBERS_OF_ACCOUNT if is_named else _LABELLED).sub(BANK_LEFT_OUT, text)


def asks_duration(question: str) -> bool:
    return bool(_DURATION.search(question))
