"""The sample's round in progress: made up, with areas at every stage and dates about the day it is made.

Does not belong here: the shipped workbooks it begins with (`resources/sample`).
"""
