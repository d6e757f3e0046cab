"""An issued paper against what it was issued with: place by place, or by its values in another layout.

What the pages of any paper cannot show of its values is told too (`not_shown`).
What a file holds that is no text (notes, pictures, colours, what is hidden) is read in `non_text`. Reading a
paper's words back does not belong here (`paper_reading`), nor schedules, which are read line by line.
"""
