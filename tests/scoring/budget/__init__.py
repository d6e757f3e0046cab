"""Tests of the year's money."""
