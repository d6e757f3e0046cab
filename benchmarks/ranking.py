"""Ranking from frozen sheets, against numpy's mean with the sums and ranks of pymcdm and scikit-criteria.

All come from the same sheets to the same thing: for each area the list of references in order of place, with
score and place. Ours has every mark's points, floors, statuses and tie-breaks besides.
"""

import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

import numpy as np
import skcriteria
from pymcdm.helpers import rrankdata
from pymcdm.methods import WSM
from pymcdm.normalizations import max_normalization
from skcriteria.agg.simple import WeightedSumModel

from benchmarks.paired import growth, paired, ratio
from benchmarks.rounds import MEMBERS, WEIGHTS, made_up
from benchmarks.table import Row
from scoring.places.standings import stand
from scoring.round import Round

Places = Callable[[np.ndarray, list[str]], tuple[np.ndarray, np.ndarray]]
"""A library's scores and places from the mean marks of some applications, a row each."""
Lists = dict[str | None, list[tuple[str, float, float]]]


def measure() -> Iterator[Row]:
    """Yield the ratios for 10,000 applications and the growth from 1,000."""
    large, small = made_up(10_000), made_up(1_000)
    for name, places, limit in (("pymcdm", pymcdm_places, 1.5), ("scikit-criteria", skcriteria_places, 2.5)):
        theirs = partial(lists_by, places, large)
        yield ratio("Ranking 10,000", paired(partial(stand, large), theirs), limit, name)
    yield growth("Ranking", paired(partial(stand, large), partial(stand, small)))


def lists_by(places: Places, round_: Round) -> Lists:
    """Return each area's ranked list by a library, in floats, with no floors, statuses or tie-break rules."""
    values = means(round_)
    rows: dict[str | None, list[int]] = {}
    for row, application in enumerate(round_.applications):
        rows.setdefault(application.area, []).append(row)
    found: Lists = {}
    for area, held in rows.items():
        references = [round_.applications[row].reference for row in held]
        scores, ranks = places(values[held], references)
        order = np.argsort(ranks, kind="stable")
        listed = (references[i] for i in order.tolist())
        found[area] = list(zip(listed, scores[order].tolist(), ranks[order].tolist(), strict=True))
    return found


def means(round_: Round) -> np.ndarray:
    """Return the mean marks over members, an application a row, from the same frozen sheets.

    Sheets come in no stated order, so each is put in its place, as a ranking must.
    """
    rows = {a.reference: i * len(MEMBERS) for i, a in enumerate(round_.applications)}
    members = {member: i for i, member in enumerate(MEMBERS)}
    at = np.array([rows[s.application] + members[s.member] for s in round_.sheets])
    marks = np.empty((len(at), len(WEIGHTS)))
    marks[at] = np.array([s.marks for s in round_.sheets])
    by_member = marks.reshape(len(round_.applications), len(MEMBERS), len(WEIGHTS))
    return cast(np.ndarray, by_member.mean(axis=1))


def pymcdm_places(values: np.ndarray, _: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return scores and places by pymcdm's weighted sum."""
    weights = np.array(WEIGHTS) / 100
    preferences = WSM(max_normalization)(values, weights, np.ones(len(WEIGHTS)))
    return preferences, rrankdata(preferences)


def skcriteria_places(values: np.ndarray, references: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return scores and places by scikit-criteria's weighted sum."""
    weights = np.array(WEIGHTS) / 100
    matrix = skcriteria.mkdm(values / 5, [max] * len(WEIGHTS), weights=weights, alternatives=references)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = WeightedSumModel().evaluate(matrix)
    return result.e_.score, result.rank_
