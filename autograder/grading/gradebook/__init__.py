"""nbgrader's gradebook, journal, pages and reports: what was graded, and who got what."""
