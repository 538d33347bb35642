"""What is tried: inputs and comparison of each exercise, one module each."""
