"""Tests of what subsidy control asks."""
