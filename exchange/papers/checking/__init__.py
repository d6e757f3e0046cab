"""An issued paper against what it was issued with: place by place, or by its values in another layout.

Reading a paper back does not belong here (`paper_reading`), nor schedules, which are read line by line.
"""
