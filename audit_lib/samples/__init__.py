"""The synthetic sample audits: everything in them is invented, and they are rebuilt the same, byte for byte."""

from __future__ import annotations

from audit_lib.samples.build import sample_files, write_sample
from audit_lib.samples.expected import expected

SAMPLES = (
    "neglect-2017",
    "neglect-2018",
    "step-up-step-down-2018",
    "child-in-need-2014",
    "case-audit-2021",
    "case-audit-2017",
    "case-grading",
)

__all__ = ["SAMPLES", "expected", "sample_files", "write_sample"]
