"""What somebody has to look at before a paper is sent, published or signed, each as a sentence.

Does not belong here: what a paper itself says, and what keeps it from being issued in the operations.
"""
