"""Tests of what packs and returns hold."""
