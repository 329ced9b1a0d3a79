"""Links from pages on several audits to what stands behind the same figure in the report of one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

_LINK = re.compile(r'<a href="report:([^"#]*)#([^"]*)">(.*?)</a>', re.DOTALL)
_ID = re.compile(r'\bid="([^"]*)"')
NOT_THERE = "No report here tells more."


@dataclass(frozen=True)
class Elsewhere:
    """The report of an audit: its address as seen from a page that leads to it, and the file."""

    address: str
    file: Path

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The ids to which a link can lead; none where the file cannot be read."""
        try:
            return frozenset(_ID.findall(self.file.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return frozenset()

    def link(self, anchor: str) -> str:
        """The address of what stands at ``anchor``; empty where that is not there."""
        return f"{self.address}#{anchor}" if anchor and anchor in self.anchors else ""


def with_addresses(page: str, reports: Mapping[str, Elsewhere]) -> str:
    """The page with the address of each link to the report of an audit (:func:`audit_lib.present.links.in_report`).

    Where the report is not among ``reports``, or what the link leads to is not in it, a sentence says so in place of the link.
    """

    def addressed(link: re.Match[str]) -> str:
        audit, anchor, words = link.groups()
        found = reports.get(unquote(audit))
        address = found.link(anchor) if found else ""
        return f'<a href="{address}">{words}</a>' if address else NOT_THERE

    return _LINK.sub(addressed, page)
