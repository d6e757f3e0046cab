"""What one answer says besides, or holds that is nobody's: two days, a postcode, bank details."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from contextlib import suppress

from msgspec.structs import replace

from exchange.application_forms.labels import is_of_bank, is_of_payment, plain, without_bank
from exchange.applications.fields import YES_OR_NO
from exchange.applications.headings import words_of
from exchange.applications.layouts import Answer
from exchange.applications.table import fields_asked
from exchange.cells.values import DateColumn, read_yes_no
from scoring.written.days import days_named
from scoring.written.text import Unreadable, readable

_SIGNED = re.compile(
    r"(?:[a-z]?\d{1,2}(?:\.\d{1,2})?[.):]?\s+)?(?P<label>date|dated|dyddiad)\W*", re.IGNORECASE
)
_BOTH_DAYS = re.compile(
    r"\b(?:start|begin|from|between)\w*\b.*\b(?:finish|end|to|and)\b|\bproject dates\b", re.IGNORECASE
)
_TIME = re.compile(
    r"\b(?:dates|when|period|time ?scales?|time ?frame|timings?|duration|dyddiadau|pryd)\b|date\(s\)",
    re.IGNORECASE,
)
_OF_TIME = frozenset({"start_on", "end_on", "area"})
"""Fields that a question for the time of a project may ask for: "When will it take place?"."""
_FIRST_WITHOUT_YEAR = re.compile(
    r"(?P<first>\b\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8})\s*(?:-|–|—|to|until|till|and)\s*"
    r"(?P<last>\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8} (?P<year>20\d\d))\b"
)
"""Two days of one year, which only the last has: "1 June – 30 November 2027"."""
_BETWEEN = re.compile(
    r"\s+(?:to|until|till|and|i|hyd(?: at)?|-|–|—|/)\s+|\s*[;\n]\s*"
    r"|(?<=\d[/.]\d\d)[-–—](?=\d)|(?<=\d{4})[-–—](?=\d)",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^\W*(?:from|between|start\w*|begin\w*|to|end\w*|finish\w*)\b\W*", re.IGNORECASE)
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b(?=\W*$)", re.IGNORECASE | re.MULTILINE)
_EMAIL = re.compile(r"[^\s@,;:]+@[^\s@,;]+\.\w+")
_PHONE = re.compile(r"\+?\(?\d[\d ()-]{8,15}\d(?:,? *(?:ext(?:ension|n)?|x)\b\.? *\d{1,5}\b)?", re.IGNORECASE)
_ASKS_EMAIL = re.compile(r"\be-?mail\b|\be-?bost\b", re.IGNORECASE)
_ASKS_PHONE = re.compile(r"\b(?:tele)?phone|\btel\b|\bmobile\b|\bffôn\b", re.IGNORECASE)
_AS_ABOVE = re.compile(r"\W*(?:(?:same )?as (?:above|before|stated)|see above|ditto|above)\W*", re.IGNORECASE)
_NEXT_LINE = re.compile(
    r"(?P<of>\w.*?)\W*\b"
    r"(?:(?:second|third|fourth|2nd|3rd|4th) line|line (?:[2-4]|two|three|four)|continued)\W*",
    re.IGNORECASE,
)
_SHORT, _TWO = 60, 2
_MOST_PARTS = 3
"""Pieces that an e-mail address may be printed in, where letters stand wide apart."""
_TITLE = re.compile(r"\W*(?:\d+(?:\.\d+)*\W+)?title\W*", re.IGNORECASE)
_OF_PERSON = re.compile(r"\b(?:name|who|whom|person|enw|pwy)\b", re.IGNORECASE)
_BEFORE_NAME = re.compile(
    r"\W*(?:(?:me|myself|please (?:ring|call|ask for)|contact|name)\b\W*)?", re.IGNORECASE
)
_AFTER_NAME = re.compile(
    r"(?:[\s,.;:/–—-]|\(\s*$|\b(?:on|at|or|and|by|is|tel|telephone|phone|mob|mobile|ring|call|number|no|e-?mail|ffôn)\b)+$",
    re.IGNORECASE,
)
"""What stands between a name and its telephone number: "Ada Example, mobile: "."""
_MOST_OF_NAME, _LONGEST_BEFORE = 8, 100
_CONTACT = re.compile(r"\bcontact (?:details|information)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<of>company|charity)(?: (?:registration )?(?:number|no\.?))?\W*(?P<number>(?=\w*\d{5})\w{6,10})\b"
    r"\W*(?:and )?",
    re.IGNORECASE,
)


_NEAR = 4
"""Answers after a name among which is how to reach whoever bears it."""
_POST = re.compile(
    r"^\W*(?:\d+(?:\.\d+)*\W+)?(?:the |our |hon\.? ?|honorary )*"
    r"(?:secretary|clerk|chair(?:man|woman|person)?|organi[sz]er|leader|manager|director|founder|captain|coach"
    r"|head(?:teacher| teacher)?|warden|vicar|minister|steward|convenor)\b"
    r"(?!['’]s|.*\b(?:email|phone|tel|role)\b)",
    re.IGNORECASE,
)
_PERSON = re.compile(r"(?:(?:[A-Z]\.)+ |[A-Z][\w'’.-]* )+[A-Z][\w'’-]+")
_NAME_AND_POST = re.compile(
    rf"(?P<name>{_PERSON.pattern})(?:,\s+|\s+[-–—/]\s+|\s*\n\s*|\s+\((?=[^()]*\)$))"
    r"(?P<post>[^\W\d][^;\n)]{2,60})\)?"
)
_WITH_POST = re.compile(
    r"\W*(?:\b(?:and|with)\b|[&/,(+])\W*(?:(?:their|your|his|her|or|the|job|of|in) )*"
    r"(?:roles?|positions?|posts?|title|capacity|office|job|status)\b",
    re.IGNORECASE,
)
"""How a question for a name goes on that asks for the post as well: "Contact and role"."""
_KIND_AND_NUMBER = re.compile(
    r"(?P<kind>[^\d\n]*\b(?P<of>company|charity)\b[^\d\n,;(]*)[\s,;(]+"
    r"(?:(?:company|charity|registered|reg\.?) )*(?:number|no\.?)\W*(?P<number>\w{6,10})\W*",
    re.IGNORECASE,
)
"""What an organisation is with its number behind: "Company limited by guarantee, number 09991820"."""
_SUPPORTER = re.compile(
    r"\b(?:(?:supporting|sponsor\w*|endorsing|recommending|referring|nominating|neighbourhood|police|beat|local)"
    r" (?:police )?(?:officer|sergeant|constable|inspector|pcso)|pcso|police (?:contact|support(?:er)?|lead)"
    r"|sponsor|referees?|(?:supported|endorsed) by"
    r"|(?:which|what) (?:police )?officer|officer (?:supporting|who supports|have you|you have|who knows))\b",
    re.IGNORECASE,
)
"""Whoever vouches for an applicant."""
_POLICE = re.compile(r"@[\w.-]*\bpolice\.uk\b", re.IGNORECASE)
_REACHED_BY = frozenset({"email", "phone", "contact_name", "address", "postcode"})
_OF_ACCOUNT = _REACHED_BY | {"organisation", "reference"}
"""Fields whose questions may be of an account too, below a title for bank details."""
_OF_COSTS = re.compile(
    r"(?=(?s:.*)(?:£|\.\d\d\b|\d,\d{3}))"
    r"(?:[^\n;]+;(?: [^\n;]*;)* ?£?\d{1,3}(?:,?\d{3})?(?:\.\d\d)?(?:\n|$)){2,}"
)
"""A list of what costs something, which may stand right below bank details, and is none."""
_YES = r"(?:yes|no|oes|nac oes|ydy|nac ydy)"
_FOLLOWED = re.compile(
    rf"(?P<said>{_YES})\W+(?P<asked>(?:if (?:yes|so|no)\b|when\b|os (?:oes|ydy|felly)\b)[^?:\n]{{0,80}}[?:]"
    r"|(?:please )?(?:give|state|specify|provide)(?: us| any| the| full| further| more)* details\b[\s:.?)]*"
    r"|rhowch fanylion[\s:.?)]*)\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SAID_AGAIN = re.compile(rf"(?P<said>{_YES})\s*[;\n]\s*(?=(?P=said)\b)", re.IGNORECASE)
"""A yes or no that what is written beside the box begins with again: "Yes; Yes, in 2024"."""
_CROSSED = re.compile(r"x\W+yes[\W_]+no[\W_]*|yes[\W_]+no[\W_]+(x)[\W_]*", re.IGNORECASE)


def without_bank_details(answer: Answer) -> Answer | None:
    """Return an answer without the numbers of an account, None for one to a question for bank details."""
    value = answer.value if isinstance(answer.value, str) else ""
    if readable(read_yes_no, value) is not None:
        return answer
    is_asking_whether = answer.question.rstrip().endswith("?")
    asked = fields_asked(plain(answer.question), {})
    is_other = bool(asked) and asked.isdisjoint(_OF_ACCOUNT)
    is_beside = not (is_asking_whether or _OF_COSTS.fullmatch(value)) and (
        (is_of_bank(answer.section) and not is_other) or is_of_payment(answer.section, answer.question, value)
    )
    if is_of_bank(answer.question) or is_beside:
        return None
    if value:
        return Answer(answer.question, without_bank(value, answer.question), answer.section)
    return answer


def told_apart(answers: Sequence[Answer]) -> list[Answer]:
    """Return the answers with what each says besides, under a question of its own where none asks that."""
    joined = _lines_joined(list(_with_supporters(answers)))
    answers = [one for one in _each_in_its_place(joined) if not _is_postcode_above(one)]
    answers = list(_with_titles(list(_with_contact(answers))))
    asked = frozenset(field for one in answers for field in fields_asked(plain(one.question), {}))
    return [part for one in answers for part in _parts(one, asked)]


def _with_contact(answers: Sequence[Answer]) -> Iterator[Answer]:
    """Yield the answers, of a form that asks for no contact also the first holder of a post as that.

    How to reach them stands near: a name alone is of a referee or of whoever signs.
    """
    fields = [fields_asked(plain(one.question), {}) for one in answers]
    is_open = not any(asked == {"contact_name"} for asked in fields)
    for at, one in enumerate(answers):
        yield one
        near = frozenset[str]().union(*fields[at + 1 : at + 1 + _NEAR])
        if is_open and not fields[at] and {"email", "phone"} & near and _is_of_post(one):
            yield Answer("Contact name", one.value, one.section)
            is_open = False


def _with_titles(answers: Sequence[Answer]) -> Iterator[Answer]:
    """Yield the answers, a title after a name as that of the person where a project's is asked elsewhere."""
    before: Set[str] = frozenset()
    titles = [at for at, one in enumerate(answers) if "project" in fields_asked(plain(one.question), {})]
    for at, one in enumerate(answers):
        is_persons = at in titles and len(titles) > 1 and _TITLE.fullmatch(one.question)
        yield replace(one, question="Title of contact") if is_persons and "contact_name" in before else one
        before = fields_asked(plain(one.question), {})


def _is_of_post(answer: Answer) -> bool:
    """Say whether an answer is a person's name by the label of a post: "Hon. Secretary"."""
    text = answer.value if isinstance(answer.value, str) else ""
    is_short = len(answer.question.split()) <= _MOST_OF_NAME and not names_supporter(answer.section)
    return is_short and bool(_POST.search(answer.question)) and bool(_PERSON.fullmatch(text.strip()))


def _with_supporters(answers: Sequence[Answer]) -> Iterator[Answer]:
    """Yield the answers, those on how to reach an officer who supports a form under the label of that."""
    asked = Counter(field for one in answers for field in fields_asked(plain(one.question), {}))
    label = ""
    for one in answers:
        fields = fields_asked(plain(one.question), {})
        if names_supporter(one.section) and fields.isdisjoint(YES_OR_NO):
            yield replace(one, question=_of_supporter(one.section, one.question))
            continue
        if names_supporter(one.question):
            label = one.question
            if not fields <= _REACHED_BY:
                yield replace(one, question=f"Supporting officer – {one.question}")
                continue
        elif fields and not fields <= _REACHED_BY:
            label = ""
        elif fields and label:
            is_twice = any(asked[field] > 1 for field in fields)
            is_theirs = is_twice or _POLICE.search(str(one.value or ""))
            yield replace(one, question=_of_supporter(label, one.question)) if is_theirs else one
            continue
        yield one


def names_supporter(text: str) -> bool:
    """Say whether a label or a title names whoever vouches for an applicant."""
    label = text.partition(":")[0]
    return len(label.split()) <= _MOST_OF_NAME and bool(_SUPPORTER.search(label))


def _of_supporter(owner: str, question: str) -> str:
    """Return a question under whose it is, in words by which nobody takes it for the applicant's."""
    asked = f"{plain(owner)} – {question}"
    return f"Supporting officer – {asked}" if fields_asked(plain(asked), {}) else asked


def _lines_joined(answers: Sequence[Answer]) -> list[Answer]:
    """Return the answers, the lines of one that are asked for each by itself joined under the first."""
    found: list[Answer] = []
    for one in answers:
        goes_on = _NEXT_LINE.fullmatch(one.question) if found else None
        if goes_on and found[-1].question.startswith(goes_on["of"]):
            values = [part for part in (found[-1].value, one.value) if isinstance(part, str)]
            found[-1] = Answer(found[-1].question, "\n".join(values) or None, found[-1].section)
        else:
            found.append(one)
    return found


def _is_postcode_above(answer: Answer) -> bool:
    """Say whether an answer only says that a postcode stands in the address above it."""
    is_above = isinstance(answer.value, str) and bool(_AS_ABOVE.fullmatch(answer.value))
    return is_above and fields_asked(plain(answer.question), {}) == {"postcode"}


def _each_in_its_place(answers: Sequence[Answer]) -> Sequence[Answer]:
    """Return the answers, an e-mail address and a telephone number in each other's place changed."""
    emails = [one for one in answers if _is_only(one, "email", _PHONE)]
    phones = [one for one in answers if _is_only(one, "phone", _EMAIL)]
    if not len(emails) == len(phones) == 1:
        return answers
    changed = {emails[0]: phones[0].value, phones[0]: emails[0].value}
    return [Answer(one.question, changed.get(one, one.value), one.section) for one in answers]


def _is_only(answer: Answer, field: str, form: "re.Pattern[str]") -> bool:
    """Say whether an answer to a question for one field is all of another kind."""
    text = answer.value if isinstance(answer.value, str) else ""
    asked = fields_asked(plain(answer.question), {}) & {"email", "phone"}
    return bool(form.fullmatch(text.strip())) and asked == {field}


def _parts(answer: Answer, asked: frozenset[str]) -> Iterator[Answer]:
    if signed := _SIGNED.fullmatch(answer.question):
        is_dated = signed["label"].casefold() == "dated"
        yield Answer("Dated (signature)" if is_dated else "Date signed", answer.value, answer.section)
        return
    text = answer.value if isinstance(answer.value, str) else ""
    whole = "".join(text.split())
    if whole != text and len(text.split()) <= _MOST_PARTS and _EMAIL.fullmatch(whole):
        text = whole
        answer = replace(answer, value=whole)
    named = list(_NUMBER.finditer(text))
    if named and not _NUMBER.sub("", text):
        yield from (
            Answer(f"{one['of'].capitalize()} number", one["number"], answer.section) for one in named
        )
        return
    if beside := _beside_name_or_kind(answer.question, text):
        yield from (Answer(label, part, answer.section) for label, part in beside)
        return
    if again := _SAID_AGAIN.match(text):
        text = text[again.end() :]
        answer = replace(answer, value=text)
    if followed := _FOLLOWED.fullmatch(text):
        yield Answer(answer.question, followed["said"], answer.section)
        yield Answer(followed["asked"].strip(), followed["rest"] or None, answer.section)
        return
    if crossed := _CROSSED.fullmatch(text):
        yield Answer(answer.question, "No" if crossed[1] else "Yes", answer.section)
        return
    if number := _phone_among_words(answer.question, text):
        yield replace(answer, value=number)
        return
    if (days := days_named(text)) and len(days) == _TWO and _is_one_day(answer.question, days):
        yield replace(answer, value=days[-1])
        return
    if parts := _both(answer.question, text):
        yield from (Answer(label, part, answer.section) for label, part in parts)
        return
    yield answer
    for question, value in (*_days(answer.question, text), *_contacts(answer.question, text, asked)):
        yield Answer(question, value, answer.section)


def _beside_name_or_kind(question: str, text: str) -> list[tuple[str, str]]:
    """Return a contact's name and post, or what an organisation is and its number; [] for anything else."""
    asked = fields_asked(plain(question), {})
    both = None if names_supporter(question) else _WITH_POST.search(question)
    if both and fields_asked(plain(question[: both.start()]), {}) == {"contact_name"}:
        asked = frozenset({"contact_name"})
    named = _NAME_AND_POST.fullmatch(text) if asked == {"contact_name"} else None
    if named and (both or _POST.search(named["post"])):
        label = question if fields_asked(plain(question), {}) else "Contact name"
        return [(label, named["name"]), ("Position", named["post"])]
    numbered = _KIND_AND_NUMBER.fullmatch(text) if "organisation_type" in asked else None
    if numbered:
        return [
            (question, numbered["kind"].strip()),
            (f"{numbered['of'].capitalize()} number", numbered["number"]),
        ]
    return []


def _days(question: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the first and the last day of a project that are asked for together."""
    fields = fields_asked(plain(question), {})
    is_of_time = fields <= _OF_TIME and len(question.split()) <= _MOST_OF_NAME and _TIME.search(question)
    asks_both = _BOTH_DAYS.search(question) or fields >= {"start_on", "end_on"} or is_of_time
    text = _FIRST_WITHOUT_YEAR.sub(r"\g<first> \g<year> to \g<last>", text)
    days = [_OPENING.sub("", day) for day in _BETWEEN.split(text)] if asks_both else []
    if not (len(days) == _TWO and all(map(_is_day, days))):
        days = days_named(text) if asks_both else []
    if len(days) == _TWO:
        yield from zip(("Start date", "End date"), days, strict=True)


def _is_one_day(question: str, days: Sequence[str]) -> bool:
    """Say whether a question for one day is answered by it twice, in two languages."""
    asked = fields_asked(plain(question), {})
    read = {readable(DateColumn().read_date, day) for day in days}
    return asked in ({"start_on"}, {"end_on"}) and len(read) == 1 and None not in read


def _phone_among_words(question: str, text: str) -> str:
    """Return a telephone number with what a colon parts from it in brackets behind it; "" for anything else.

    >>> _phone_among_words("Telephone", "Text only: 01632 960404")
    '01632 960404 (Text only)'
    """
    is_asked = fields_asked(plain(question), {}) == {"phone"} and not _OF_PERSON.search(question)
    found = list(_PHONE.finditer(text)) if is_asked else []
    if len(found) != 1 or not 0 < found[0].start() <= _SHORT or text[found[0].end() :].strip(" ."):
        return ""
    told, colon, _ = text[: found[0].start()].rpartition(":")
    return f"{found[0][0]} ({told.strip()})" if colon and told[:1].isalpha() else ""


def _is_day(text: str) -> bool:
    with suppress(Unreadable):
        return DateColumn().read_date(text) is not None
    return False


def _both(question: str, text: str) -> list[tuple[str, str]]:
    """Return the e-mail address and the telephone number of a question that asks for both, [] for another."""
    asks_both = _ASKS_EMAIL.search(question) and _ASKS_PHONE.search(question) and len(question) <= _SHORT
    found = [(label, form.search(text)) for label, form in (("Telephone", _PHONE), ("E-mail", _EMAIL))]
    return [(label, one[0]) for label, one in found if one] if asks_both else []


def _contacts(question: str, text: str, asked: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the postcode at the end of an address, and of contact details each part."""
    fields = fields_asked(plain(question), {})
    is_all = bool(_CONTACT.search(question)) or {"email", "phone"} <= {*words_of(question)}
    rest = text
    if name := _name_before_number(question, text, fields):
        is_all = True
        yield "Contact name", name
    for label, form in (("E-mail", _EMAIL), ("Telephone", _PHONE)) if is_all else ():
        if part := form.search(rest):
            yield label, part[0]
            rest = rest.replace(part[0], "")
    found = POSTCODE.search(rest)
    if found and "postcode" not in asked and (is_all or "address" in fields):
        yield "Postcode", found[0]
    if found and is_all:
        yield "Address", rest[: found.start()].strip(" ,\n")


def _name_before_number(question: str, text: str, fields: Set[str]) -> str:
    """Return the name before a telephone number or an e-mail address, where a question asks for both."""
    asks_both = "contact_name" in fields or _OF_PERSON.search(question)
    first = _PHONE.search(text) or _EMAIL.search(text)
    if not asks_both or first is None or first.start() > _LONGEST_BEFORE:
        return ""
    if fields.isdisjoint({"email", "phone"}) or "organisation" in fields:
        return ""
    before = _AFTER_NAME.sub("", text[: first.start()])
    name = before[found.end() :] if (found := _BEFORE_NAME.match(before)) else before
    is_name = name[:1].isupper() and len(name.split()) <= _MOST_OF_NAME
    return name if is_name and not any(map(str.isdigit, name)) else ""
