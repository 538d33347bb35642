"""What runs inside the sandbox, beside student code. Nothing here knows, or imports what knows, an answer.

`parent` is a process that has the heavy imports done and forks a child for each hand-in; `child` runs a
hand-in's cells in it; `frames` is how they speak with the host; `stand_in` is `autograder` as student code
sees it, `blocked_imports` makes `divnet` what it is in here.
"""
