"""What exercises have in common, by what the answer is: what is tried, how it is read, compared and named."""
