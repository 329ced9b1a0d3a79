"""Rubrics: rows of descriptors, one for each grade, of which one is chosen."""
