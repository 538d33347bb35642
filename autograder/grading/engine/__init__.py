"""A class at once: tasks, the workers that do them, here or on a cluster, and each other way to grade."""
