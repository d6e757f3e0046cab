"""Ranking from frozen sheets, against numpy's mean with pymcdm's weighted sum and ranking."""

import warnings
from typing import cast

import numpy as np
import skcriteria
from pymcdm.helpers import rrankdata
from pymcdm.methods import WSM
from pymcdm.normalizations import max_normalization
from skcriteria.agg.simple import WeightedSumModel

from benchmarks.paired import paired, report, report_growth
from benchmarks.rounds import MEMBERS, WEIGHTS, made_up
from scoring.places.standings import stand
from scoring.round import Round


def run() -> None:
    """Print the ratios for 10,000 applications and the growth from 1,000."""
    large, small = made_up(10_000), made_up(1_000)
    report("Ranking 10,000", paired(lambda: stand(large), lambda: pymcdm_places(large)), 1.5, "pymcdm")
    report(
        "Ranking 10,000",
        paired(lambda: stand(large), lambda: skcriteria_places(large)),
        2.5,
        "scikit-criteria",
    )
    report_growth("Ranking", paired(lambda: stand(large), lambda: stand(small)), 11)


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


def pymcdm_places(round_: Round) -> np.ndarray:
    """Return places by pymcdm's weighted sum, in floats, with no floors, statuses or tie-break rules."""
    weights = np.array(WEIGHTS) / 100
    preferences = WSM(max_normalization)(means(round_), weights, np.ones(len(WEIGHTS)))
    return cast(np.ndarray, rrankdata(preferences))


def skcriteria_places(round_: Round) -> object:
    """Return places by scikit-criteria's weighted sum, likewise."""
    matrix = skcriteria.mkdm(means(round_) / 5, [max] * len(WEIGHTS), weights=np.array(WEIGHTS) / 100)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return WeightedSumModel().evaluate(matrix)
