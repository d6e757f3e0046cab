"""The window's figures on a made-up record: its start, marks, scrolling, typing, memory and blocks.

Belongs here: what starts or drives a window without a display, and the bare window beside it. Does not belong
here: what a page is made of, and figures of the record alone.
"""
