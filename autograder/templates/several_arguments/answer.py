def my_exercise(a, b, weight):
    """Return the mean of a and b, where a has this weight, and b what is left of 1."""
    ### BEGIN SOLUTION
    return weight * a + (1 - weight) * b
    ### END SOLUTION
