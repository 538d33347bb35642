"""How a process of this course is forked, bounded and ended: for a check in a process of its own (`isolated`)
and for the hand-ins of a class (`grading`). Imports nothing of the rest, and nothing heavy.
"""
