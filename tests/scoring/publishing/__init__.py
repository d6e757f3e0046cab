"""Tests of `scoring.publishing`."""
