"""A notice of decision as the public may read it, where the name of a recipient is withheld."""

from collections.abc import Callable, Collection, Mapping

from msgspec.structs import replace

from models.papers.notice import Allocation, NoticeOfDecision
from models.queries.papers.transparency.public_award import PublicAward, withheld_here
from models.session import Session


def public_notice(session: Session, round_id: int, notice: NoticeOfDecision) -> NoticeOfDecision:
    """Return a notice without the names that are withheld; one that is confidential has them all.

    The part of it that is printed apart lists their lines, so that what was signed tells who gets the money.
    """
    withheld = withheld_here(session, round_id)
    if notice.is_confidential or not withheld:
        lines = (*notice.allocations, *notice.taken_back) if notice.confidential else ()
        return replace(notice, unnamed=tuple(one for one in lines if one.reference in withheld))

    text = _without(withheld.values())
    hidden = [one for one in (*notice.allocations, *notice.taken_back) if one.reference in withheld]

    def texts(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(text, words))

    return replace(
        notice,
        summary=text(notice.summary),
        background=texts(notice.background),
        financial=texts(notice.financial),
        legal=texts(notice.legal),
        papers=texts(notice.papers),
        interests=text(notice.interests),
        also_signed=tuple(replace(one, interests=text(one.interests)) for one in notice.also_signed),
        signed_before=texts(notice.signed_before),
        allocations=tuple(_line(one, withheld) for one in notice.allocations),
        taken_back=tuple(_line(one, withheld) for one in notice.taken_back),
        passed_on=tuple(
            replace(
                one,
                by=withheld[one.reference].recipient if one.reference in withheld else one.by,
                purpose=text(one.purpose),
            )
            for one in notice.passed_on
        ),
        withheld=tuple(one.award or one.reference for one in hidden),
    )


def without_withheld(session: Session, *round_ids: int) -> Callable[[str], str]:
    """Return how words about rounds read without the names that are withheld."""
    return _without([public for of in round_ids for public in withheld_here(session, of).values()])


def _without(withheld: Collection[PublicAward]) -> Callable[[str], str]:
    def text(words: str) -> str:
        for public in withheld:
            words = public.text(words)
        return words

    return text


def _line(line: Allocation, withheld: Mapping[str, PublicAward]) -> Allocation:
    public = withheld.get(line.reference)
    if public is None:
        return line
    return replace(line, recipient=public.recipient, service=public.text(line.service))
