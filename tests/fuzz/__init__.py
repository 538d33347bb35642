"""Strange answers by the thousand: whatever they are and do, grading them gives a verdict, in time."""
