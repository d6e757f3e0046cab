"""Tests of issued papers against what they were issued with."""
