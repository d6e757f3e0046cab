"""Tests of what agreements say, and how far they have come."""
