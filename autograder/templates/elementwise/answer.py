def my_exercise(x):
    """Return x²; x is a number or a NumPy array."""
    ### BEGIN SOLUTION
    return x**2
    ### END SOLUTION
