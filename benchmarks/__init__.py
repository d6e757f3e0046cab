"""Speeds as ratios against raw libraries and peers, measured side by side in one run.

Run by `python3 run.py bench`. Belongs here: both sides of each comparison, and made-up inputs. Does
not belong here: anything the product imports, and timed asserts (tests have none).
"""
