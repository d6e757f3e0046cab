"""Tests of the guide on paper."""
