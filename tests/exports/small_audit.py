"""A small made-up audit whose texts are hostile."""

from __future__ import annotations

from audit_lib.instruments import load_instrument
from audit_lib.schema import TABLES
from audit_lib.store import AuditTables

HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "@SUM(A1) <script>alert(1)</script>",
    "-2+3|cmd' /C calc'!A0",
    "http://evil.example/ mailto:x@evil.example",
    "First line\nsecond line\r\n[0123456789abcdef-1] a mark of ours\tand a tab",
    "Ŵy'n dda iawn — 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 👧🏽 עברית",
    "x" * 20_000,
)


def small(texts: tuple[str, ...], codings: list[dict[str, object]] | None = None) -> AuditTables:
    """One return with these comments, all of them worries."""
    base = {"return_id": "0123456789abcdef", "audit": "small", "case": "7", "agency": "School"}
    rows = {
        "returns": [base | {"status": "read", "file": "a.docx", "kind": "docx", "sha256": "0" * 64}],
        "comments": [
            base | {"comment_id": f"0123456789abcdef-{n}", "section": "", "question": "1", "column": "worried", "text": text}
            for n, text in enumerate(texts, start=1)
        ],
        "codings": codings or [],
        "about": [
            {"audit": "small", "title": "Small & <odd>", "theme": "neglect", "instrument": "neglect-2018", "date": "2018-05"}
            | {"area": "Anyshire", "lookback_months": "6", "synthetic": "yes", "made_by": "tests", "inputs_sha256": "0" * 64}
        ],
    }  # fmt: skip
    frames = {name: schema.frame(rows.get(name, [])) for name, schema in TABLES.items()}
    return AuditTables("small", frames, load_instrument("neglect-2018"))
