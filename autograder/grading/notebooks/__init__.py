"""A notebook as data: its graded cells, its outputs, its points."""
