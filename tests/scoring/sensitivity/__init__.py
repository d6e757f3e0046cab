"""Tests of how sure a list is: against the official list, and against lists made one by one."""
