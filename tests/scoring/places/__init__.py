"""Tests of `scoring.places`."""
