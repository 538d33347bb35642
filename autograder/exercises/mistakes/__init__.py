"""Mistakes with a name: what each exercise knows about how one goes wrong, one module each."""
