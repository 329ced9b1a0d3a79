"""Identifying details, found and replaced before anything is written."""
