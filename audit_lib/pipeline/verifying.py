"""Whether published figures come out of the returns again, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit_lib.analysis.published import PublishedResult
from audit_lib.instrument import Instrument
from audit_lib.present.report_tables import published_counts, published_label
from audit_lib.present.sentences import published_sentence


def verify_lines(found: Sequence[PublishedResult], instrument: Instrument) -> Iterator[str]:
    """A line for each figure in the order of ``published.csv``: what was printed, what the returns give and from which
    counts, whether the two are the same, and where it was printed. Then how many are.
    """
    rows = [_row(result, instrument) for result in found]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
    yield published_sentence(found)


def _row(result: PublishedResult, instrument: Instrument) -> tuple[str, ...]:
    per_cent = "%" if result.measure.startswith("percent_") else ""
    value = "nothing" if result.value is None else f"{result.value}{per_cent}"
    return (
        published_label(result, instrument),
        f"printed {result.printed}{per_cent}",
        f"from the returns {value}",
        published_counts(result),
        "reproduced" if result.reproduced else "NOT REPRODUCED",
        result.source,
    )
