"""What an application is for: one line of each list that its fund has."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.long_tick import LongTick
from gui.widgets.turned import ChoiceList
from models.reference.defaults import FundList, ListKind, in_use
from models.values.applications import CHOICE_WORDS, Choice

WIDTH = 620
"""So wide that most lines of a fund's lists are read whole."""
NO_LISTS = "The fund has no lists to choose from. Add lines to its lists on Funds."
CONFIRMS = "What is marked as suggested was read from the applicant's words; saving confirms it."


class ChoicesForm(Form):
    """The lists of the fund, each with what stands now."""

    given = Signal(object)

    def __init__(
        self,
        look: Look,
        reference: str,
        held: Sequence[Choice],
        lists: Sequence[FundList],
        parent: QWidget,
        *,
        lacking: Mapping[ListKind, int] | None = None,
    ) -> None:
        words = (CONFIRMS,) if any(one.is_suggested for one in held) else ()
        words = words if lists else (NO_LISTS,)
        super().__init__(look, f"What {reference} is for", words, "Save" if lists else "", parent, WIDTH)
        self._held = {one.kind: one for one in held}
        self.choices: dict[ListKind, ChoiceList] = {}
        self.also: dict[ListKind, LongTick] = {}
        for listed in lists:
            self.choices[listed.kind] = self._choice(listed)
            if listed.is_required and (others := (lacking or {}).get(listed.kind, 0)):
                self._offer_others(listed.kind, others)
        wanted = [listed.kind for listed in lists if listed.is_required and listed.kind not in self._held]
        self.finish(self.choices[wanted[0]] if wanted else next(iter(self.choices.values()), None))

    def _choice(self, listed: FundList) -> ChoiceList:
        kind, held = listed.kind, self._held.get(listed.kind)
        offered: list[tuple[str, object]] = [("Not chosen", None)]
        offered += [(one.words, Choice(kind, one.code, one.words)) for one in in_use(listed.items)]
        codes = {one.code for _, one in offered if isinstance(one, Choice)}
        if held is not None and held.code not in codes:
            offered.append((held.words, Choice(kind, held.code, held.words)))
        wanted = " (wanted before a decision)" if listed.is_required else ""
        noted = " (suggested)" if held is not None and held.is_suggested else ""
        field = self.choice(f"{CHOICE_WORDS[kind]}{noted}{wanted}", offered)
        for number in range(field.count()):
            one = field.itemData(number)
            if held is not None and isinstance(one, Choice) and one.code == held.code:
                field.setCurrentIndex(number)
        return field

    def _offer_others(self, kind: ListKind, others: int) -> None:
        """Offer the line that is chosen for all applications that have none yet."""
        those = counted(others, "other application that has", "other applications that have")
        tick = self.also[kind] = self.put(LongTick(f"The same for the {those} none yet"))
        tick.setEnabled(self.choices[kind].currentData() is not None)
        self.choices[kind].currentIndexChanged.connect(partial(self._follow, kind))

    def _follow(self, kind: ListKind, _index: int) -> None:
        self.also[kind].setEnabled(self.choices[kind].currentData() is not None)

    @property
    def for_others(self) -> tuple[Choice, ...]:
        """Return the lines that all applications without one are given as well."""
        ticked = [kind for kind, tick in self.also.items() if tick.isEnabled() and tick.isChecked()]
        return tuple(self.choices[kind].currentData() for kind in ticked)

    def try_action(self) -> None:
        """Tell the lines that are chosen; those of lists that the fund has no more stay."""
        stay = [one for kind, one in self._held.items() if kind not in self.choices]
        found = [field.currentData() for field in self.choices.values()]
        self.accept()
        self.given.emit((*stay, *(one for one in found if one is not None)))
