"""The synthetic sample audits: everything in them is invented, and they are rebuilt the same, byte for byte."""

from __future__ import annotations

from audit_lib.samples.build import expected, write_sample

SAMPLES = ("neglect-2018",)

__all__ = ["SAMPLES", "expected", "write_sample"]
