"""Tests of letters from templates."""
