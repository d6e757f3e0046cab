"""Tests of a fund's returns to the Ministry."""
