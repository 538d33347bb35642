"""Mutation tests of the autograder: wrong answers made by machine from the right ones, and a kill table.

``mutator`` makes the answers, ``equal`` sorts out those that are still right, ``trial`` grades everything
over many probe seeds, ``python -m tests.mutation`` prints the table.
"""
