"""Right and wrong answers to exercise ``damped-step``."""

import numpy as np

from . import Mutants

MUTANTS = Mutants("damped-step")


def step(residuals, jacobian, damping):
    square = jacobian.T @ jacobian
    return np.linalg.solve(square + damping * np.diag(np.diag(square)), -jacobian.T @ residuals)


@MUTANTS.right
def by_the_formula(residuals, jacobian, theta, damping):
    return theta + step(residuals, jacobian, damping)


@MUTANTS.right
def inverted(residuals, jacobian, theta, damping):
    square = np.dot(jacobian.T, jacobian)
    square[np.diag_indices(len(theta))] *= 1 + damping
    return theta - np.linalg.inv(square) @ jacobian.T @ residuals


@MUTANTS.right
def rows_added(residuals, jacobian, theta, damping):
    """Least squares of a taller table: its rows are squared in JᵀJ, hence the roots."""
    below = np.diag(np.sqrt(damping * np.sum(jacobian**2, axis=0)))
    tall = np.vstack([jacobian, below])
    return theta + np.linalg.lstsq(tall, -np.concatenate([residuals, np.zeros(len(theta))]), rcond=None)[0]


@MUTANTS.right
def a_list(residuals, jacobian, theta, damping):
    return list(theta + step(residuals, jacobian, damping))


@MUTANTS.right
def eliminated(residuals, jacobian, theta, damping):
    """Gauss's elimination, without a library."""
    n = len(theta)
    table = [[sum(row[i] * row[j] for row in jacobian) for j in range(n)] for i in range(n)]
    right = [-sum(row[i] * r for row, r in zip(jacobian, residuals, strict=True)) for i in range(n)]
    for i in range(n):
        table[i][i] *= 1 + damping
    for i in range(n):
        for j in range(i + 1, n):
            factor = table[j][i] / table[i][i]
            table[j] = [x - factor * y for x, y in zip(table[j], table[i], strict=True)]
            right[j] -= factor * right[i]
    move = [0.0] * n
    for i in reversed(range(n)):
        move[i] = (right[i] - sum(table[i][j] * move[j] for j in range(i + 1, n))) / table[i][i]
    return np.array([t + d for t, d in zip(theta, move, strict=True)])


@MUTANTS.wrong("mutates-input", 0.5)
def writes_into_theta(residuals, jacobian, theta, damping):
    theta += step(residuals, jacobian, damping)
    return theta


@MUTANTS.wrong("rounded")
def three_digits(residuals, jacobian, theta, damping):
    return np.round(by_the_formula(residuals, jacobian, theta, damping), 3)


@MUTANTS.wrong("no-return")
def forgets_return(residuals, jacobian, theta, damping):
    by_the_formula(residuals, jacobian, theta, damping)


@MUTANTS.wrong("damping-squared")
def rows_without_root(residuals, jacobian, theta, damping):
    tall = np.vstack([jacobian, damping * np.diag(np.sqrt(np.sum(jacobian**2, axis=0)))])
    return theta - np.linalg.pinv(tall) @ np.concatenate([residuals, np.zeros(len(theta))])


@MUTANTS.wrong(None)
def transposed_elsewhere(residuals, jacobian, theta, damping):
    square = jacobian @ jacobian.T
    return theta - np.linalg.solve(square + damping * np.diag(np.diag(square)), jacobian @ residuals)


@MUTANTS.wrong(None)
def two_results(residuals, jacobian, theta, damping):
    return by_the_formula(residuals, jacobian, theta, damping), damping / 10


@MUTANTS.wrong(None)
def undamped_where_large(residuals, jacobian, theta, damping):
    return by_the_formula(residuals, jacobian, theta, min(damping, 1.0))
