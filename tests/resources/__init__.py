"""Tests of the files that ship: they are there, whole, and agree with the published defaults."""
