"""What an applicant is told of the marks: what was agreed on each criterion, what held it back, its place.

No mark is told, and no remark that was meant for the panel: only the rest of the reasons of agreed marks,
under the title of the criterion as it was published. What is a strength the mark decides, where the fund's
scale says in words what each mark means; a reason that is nothing but a doubt is none at any mark, and held
an application back at all but the highest. Where marks are bare numbers a list of words decides too: a
reason that may hold a reservation is told as a strength only where the panel gave the highest mark there is.
Of a mark that was merely met, a reason that finds fault says what could have been stronger.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from models.queries.papers.letter_parts.for_the_panel import Aside, asides_of, without_asides
from models.values.round_line import FORCE_WIDE
from models.values.rows import AgreedRow, RoundRows
from scoring.counted import listed
from scoring.money import decimal_text, hundredths, plain_score
from scoring.ranking import AreaStanding, Ranking, Standing
from scoring.scheme import CRITERION_RULE, Scheme
from scoring.written.names import text_key
from scoring.written.number_words import place_in_words

MET, STRONG = (3, 5), (4, 5)
"""What is met has at least three fifths of the scale, "good" of nought to five; what is strong, four."""
_RESERVED = re.compile(
    r"\b(?:but|however|although|though|yet|except|unless|only|while|lack\w*|miss(?:es|ed|ing)|unclear|vague|"
    r"weak\w*|limited|little|few|no|not|\w+n['’]t|never|nobody|nothing|none|without|cannot|could|should|would|"
    r"more|less|needs?|needed|concern\w*|risk\w*|doubt\w*|nevertheless|some|hard|difficult|late|too|"
    r"above (?:that|those|the cost|like)|expensive|costly|dearer|thin|"
    r"un(?:explained|proven|tested|supported|costed))\b",
    re.IGNORECASE,
)
"""Words with which a reason may hold something back: under praise of bare marks it would mislead."""
_PARTLY = re.compile(r"\bsome\b", re.IGNORECASE)
"""Says that there is less than there might be, as a mark that was merely met does by itself."""
_PRAISED = re.compile(
    r"\bno(?: real| serious)? doubts?\b|\bwithout (?:skimping|waste|a doubt)\b|\bnot because it is cheap\b|"
    r"\b(?:every|each|all) risks?\b|\bpeople concerned\b|\bby need\b|\bsaid (?:that )?they need\b|"
    r"\bin need\b|\b(?:the|of|of these|most|all|every|each|two|three|four|five|six|seven|eight) needs?\b|"
    r"\bdo not know each other\b|\bonly what cannot be given\b|\bothers (?:should|could) (?:copy|learn)\b|"
    r"\btoo(?=[,.;]|$)",
    re.IGNORECASE,
)
"""Words of praise that hold such a word: who was marked highest would be told that they only did enough."""
_DOUBTED = re.compile(
    r"\b(?:vague|unclear|weak(?:er|est|ness|nesses)?|lacks?|lacking|missing|thin|doubts?|doubtful|limited|"
    r"concerns? (?:about|over|re|with|on)|expensive|costly|dearer|too (?:high|much|low|late|big|short|long)|"
    r"(?:not|\w+n['’]t)(?: \w+)? (?:clear|enough|costed|tested|proven|explained|said|shown|convinced|named)|"
    r"un(?:explained|proven|tested|supported|costed)|(?:could|should) (?:be|have)|needs? (?:more|to)|"
    r"no (?:evidence|figures?|quotes?|plan|lead|detail|costs?|targets?|measures?))\b|"
    r"^\W*(?:(?:no|nobody|nothing)(?! (?:other|else|real|gaps?|duplicat\w+|overlap|waste\w*|problems?|"
    r"doubts?|worr\w+|concerns?|issues?|questions?|need|missing|one else|to add)\b)|"
    r"not(?! (?:only|just|least)\b)|without)\b",
    re.IGNORECASE,
)
"""Words that find fault by themselves, at whatever mark."""
_TURNS = re.compile(r"^\W*(?:(?:but|however|except|yet)\b|(?:al)?though\b(?![^.]*,))", re.IGNORECASE)
"""Begins what holds back something else that was said, here or by somebody else."""
_JOINS = re.compile(r"^\W*(?:but(?! for\b)|however,)\s*,?\s*(?=\w)", re.IGNORECASE)
"""Joins a doubt to praise that stands in another reason, or nowhere."""
_POINTS = re.compile(r"[.;:,!\n]|\s[-–—]\s|\b(?:and|but|though|although|yet)\b", re.IGNORECASE)
"""Where one point of a reason ends and the next begins."""
_PARTED = {
    "quality": "the points for quality",
    "cost": "the points for cost",
    "requested": "the lower amount asked for",
    "received": "the earlier day of receipt",
    "chair": "the chair of the panel",
}
"""What parts equals, by the tie-break rule; a criterion's mark is named by its title."""
NOT_APPLIED = "Left out, as it does not apply to your application; the others carry its weight."
"""What stands under a criterion that the chair left out."""
WHOLE = "The application as a whole did not reach the minimum score published for this round."


class Feedback(Struct, frozen=True):
    """What an applicant is told of the marks of one application.

    `reasons` is (criterion, reason), `held_back` the criteria among them that fell short, or were met with a
    reservation, `met` those that neither fell short nor are strong without a reservation; `minimums` says
    which published minimums were missed; `place` is "third of six in Coventry", "" where it has none.
    `left_out` is the first agreed reason of which something was meant for the panel, "" where none was. Of
    the criteria that are held back, those that are `short` have a mark below what is told as met.
    """

    reasons: tuple[tuple[str, str], ...] = ()
    held_back: tuple[str, ...] = ()
    minimums: tuple[str, ...] = ()
    place: str = ""
    met: tuple[str, ...] = ()
    left_out: str = ""
    short: tuple[str, ...] = ()

    @property
    def declined(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what held back one that is declined, and what was met: where any is short, those alone.

        What was met with a reservation did not hold it back beside them.
        """
        if not self.short:
            return self.held_back, self.met
        met = tuple(title for title, _ in self.reasons if title in (*self.met, *self.held_back))
        return self.short, tuple(title for title in met if title not in self.short)


def feedback(rows: RoundRows, ranking: Ranking) -> dict[str, Feedback]:
    """Return what each applicant of a round is told, by reference."""
    every = _titles(rows.scheme)
    titles = {criterion.code: every[criterion.code] for criterion in rows.scheme.judged}
    is_aside = asides_of(rows.members)
    said = {row.application: _said(titles, row, is_aside) for row in rows.agreed}
    return {
        standing.reference: _feedback(
            rows.scheme, ranking, standing, titles, said.get(standing.reference, Feedback())
        )
        for standing in ranking.standings
    }


def short_of(rows: RoundRows, ranking: Ranking) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return by reference what was said of the criteria that held an application back, title by title."""
    told = feedback(rows, ranking)
    return {of: tuple(each for each in one.reasons if each[0] in one.held_back) for of, one in told.items()}


def by_itself(reason: str) -> str:
    """Return a reason as it stands by itself: "but costs a bit vague" is "costs a bit vague"."""
    return _JOINS.sub("", reason, count=1)


def is_short(scheme: Scheme, value_1e2: int | None) -> bool:
    """Whether a mark (in hundredths) is less than what is told as met."""
    return _is_under(MET, scheme, value_1e2)


def _feedback(
    scheme: Scheme,
    ranking: Ranking,
    standing: Standing,
    titles: Mapping[str, str],
    said: Feedback,
) -> Feedback:
    """Return what is told of one standing, given what was `said` of its marks."""
    reasons = said.reasons
    values = {titles[result.code]: result.value_1e2 for result in standing.criteria if result.code in titles}
    short = frozenset(title for title in titles.values() if is_short(scheme, values.get(title)))
    plain = frozenset(title for title in titles.values() if _is_under(STRONG, scheme, values.get(title)))
    full = scheme.scale_maximum * 100
    highest = frozenset(title for title in titles.values() if values.get(title) == full)
    floors = {titles[c.code]: c.floor for c in scheme.judged if c.floor is not None}
    missed = tuple(title for title, floor in floors.items() if _is_below(values.get(title), floor))
    held_back = tuple(
        title
        for title, reason in reasons
        if title in short
        or title in missed
        or (title in plain and _is_reserved(_PARTLY.sub(" ", reason)))
        or (title not in highest and _is_doubt(reason))
    )
    by_words = not scheme.descriptors
    met = tuple(
        title
        for title, reason in reasons
        if title not in held_back
        and (
            title in plain
            or _is_doubt(reason)
            or (by_words and title not in highest and _is_reserved(reason))
        )
    )
    minimums = _minimums(scheme, standing, {title: decimal_text(floors[title]) for title in missed})
    place = _place(scheme, ranking, standing)
    left = _left_out(standing, titles) if reasons else ()
    reasons = (*((title, by_itself(reason)) for title, reason in reasons), *left)
    met += tuple(title for title, _ in left)
    fell = tuple(title for title in held_back if title in short or title in missed)
    return Feedback(reasons, held_back, tuple(minimums), place, met, said.left_out, fell)


def _left_out(standing: Standing, titles: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the criteria that were left out of a total, which do not apply to the application."""
    if standing.total_1e2 is None:
        return ()
    bare = (one.code for one in standing.criteria if one.value_1e2 is None)
    return tuple((titles[code], NOT_APPLIED) for code in bare if code in titles)


def _titles(scheme: Scheme) -> dict[str, str]:
    """Return the title of each criterion by its code, which stands behind a title that two of them have."""
    times = Counter(text_key(criterion.title) for criterion in scheme.criteria)
    return {
        c.code: c.title if times[text_key(c.title)] == 1 else f"{c.title} ({c.code})" for c in scheme.criteria
    }


def _said(titles: Mapping[str, str], agreed: AgreedRow, is_aside: Aside) -> Feedback:
    """Return what was agreed on each criterion, without what the panel said to itself."""
    told = tuple(without_asides(reason, is_aside) for reason in agreed.given_reasons)
    both = zip(agreed.given_reasons, told, strict=True)
    pairs = zip(titles.values(), told, strict=False)
    return Feedback(
        reasons=tuple((title, reason) for title, reason in pairs if reason),
        left_out=next((reason for reason, rest in both if rest != reason), ""),
    )


def _is_reserved(reason: str) -> bool:
    """Whether a reason may hold something back, set phrases of praise left out."""
    return _RESERVED.search(_PRAISED.sub(" ", reason)) is not None


def _is_doubt(reason: str) -> bool:
    """Whether a reason says nothing good: it begins as what holds back, or each of its points finds fault."""
    points = [point for point in _POINTS.split(_PRAISED.sub(" ", reason)) if re.search(r"\w", point)]
    return bool(_TURNS.match(reason) or (points and all(map(_DOUBTED.search, points))))


def _is_under(share: tuple[int, int], scheme: Scheme, value_1e2: int | None) -> bool:
    part, whole = share
    return value_1e2 is not None and value_1e2 * whole < part * scheme.scale_maximum * 100


def _is_below(value_1e2: int | None, floor: Decimal) -> bool:
    return value_1e2 is not None and value_1e2 < hundredths(floor)


def _minimums(scheme: Scheme, standing: Standing, missed: Mapping[str, str]) -> Iterable[str]:
    """Yield which published minimums were missed and what they are, as sentences without a mark given."""
    of, many = f"of {scheme.scale_maximum}", list(dict.fromkeys(missed.values()))
    quoted = listed([f"“{title}”" for title in missed])
    if len(missed) == 1:
        yield f"{quoted} did not reach the minimum mark published for it, {many[0]} {of}."
    elif len(many) == 1:
        yield f"{quoted} did not reach the minimum mark published for each, {many[0]} {of}."
    elif missed:
        quoted = listed([f"“{title}” ({floor} {of})" for title, floor in missed.items()])
        yield f"{quoted} did not reach the minimum marks published for them."
    if len(standing.below_threshold) > len(missed):
        yield WHOLE


def _place(scheme: Scheme, ranking: Ranking, standing: Standing) -> str:
    """Return place and points in words: "third of six in Coventry, with 71 of 100 points".

    Where others have as many points it says what parted them.
    """
    if standing.place is None or standing.total_1e2 is None:
        return ""
    beside = _beside(ranking.areas, standing.area)
    of = sum(1 for each in ranking.standings if each.place is not None and each.area in beside)
    names = [area for area in beside if area and area != FORCE_WIDE]
    where = f" in {listed(names)}" if names else ""
    placed = place_in_words(standing.place, of, tied=standing.tied)
    points = plain_score(standing.total_1e2).removesuffix(".00")
    return f"{placed}{where}, with {points} of 100 points{_parted_by(scheme, standing)}"


def _parted_by(scheme: Scheme, standing: Standing) -> str:
    """Return which published rule parted an application from others of as many points, "" where none did."""
    rule = standing.place_by
    if rule is None:
        return ""
    titles = _titles(scheme)
    title = next((titles[of] for of in titles if f"{CRITERION_RULE}{of}" == rule), "")
    by = _PARTED.get(rule) or f"the mark for “{title}”"
    return f"; as the published rules say, {by} decided between applications with the same points"


def _beside(areas: Iterable[AreaStanding], name: str | None) -> tuple[str | None, ...]:
    """Return the areas whose applications are in one list with those of an area."""
    shared = next((area.shared_with for area in areas if area.area == name), ())
    return shared or (name,)
