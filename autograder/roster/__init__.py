"""The class: who is in it, and what learning platforms, exchange and logins call each."""

from autograder.roster.class_list import FILE_NAME, Roster
from autograder.roster.student import SYSTEMS, Student, clean_name

__all__ = ["FILE_NAME", "SYSTEMS", "Roster", "Student", "clean_name"]
