"""Parts with nothing to tell stand in one list near the end of a report, each with its reason."""

from __future__ import annotations

import pytest

from audit_lib.present.html import note, nothing
from audit_lib.reporting.empty_parts import gathered

HEAD = "<h1>A report</h1>"
FULL = "<h2>Full</h2><p>Introduced.</p><table></table>"
END = "<h2>How it was made</h2><p>By rules.</p>"
NONE = str(nothing("None was sent.").markup)


def told(*items: str) -> str:
    listed = "\n".join(f"<li>{item}</li>" for item in items)
    return (
        "<h2>Not in this report</h2>\n<p>These parts would be empty. Beside each stands why.</p>\n"
        f'<ul class="absent">\n{listed}\n</ul>\n'
    )


ITEM = "<strong>Empty</strong>: None was sent."


@pytest.mark.parametrize(
    ("page", "gives"),
    [
        (f"{HEAD}{FULL}{END}", f"{HEAD}{FULL}{END}"),
        (f"{HEAD}<h2>Empty</h2><p>Introduced.</p>{NONE}{FULL}{END}", f"{HEAD}{FULL}{told(ITEM)}{END}"),
        (f"{HEAD}{FULL}<h3>Empty</h3>{NONE}{END}", f"{HEAD}{FULL}{told(ITEM)}{END}"),
        (
            f"{HEAD}<h2>Empty</h2>{NONE}<h3>Below</h3>{NONE}{END}",
            f"{HEAD}{told(ITEM, '<strong>Below</strong>: None was sent.')}{END}",
        ),
        (
            f"{HEAD}<h2>Empty</h2>{NONE}<h3>Below</h3><table></table>{END}",
            f"{HEAD}<h2>Empty</h2>{NONE}<h3>Below</h3><table></table>{END}",
        ),
        (f"<h2>Full</h2><p>Some words.</p>{NONE}<table></table>{END}",) * 2,
        (f"{HEAD}<h2>Empty</h2><p>Introduced.</p><p>An analyst's own words.</p>{NONE}{END}",) * 2,
        (f"{HEAD}<h2>Empty</h2><p>Introduced.</p>{NONE}<p>An analyst's own words.</p>{END}",) * 2,
        (f"<h2>How to read</h2>{note('Read it so.').markup}{END}",) * 2,
        (f"<h2>Nothing else</h2>{NONE}",) * 2,
        ("<p>No headings</p>",) * 2,
    ],
    ids=[
        "none empty", "a part", "a part below one", "a part and those below", "a part with one below that is full",
        "a sentence among others", "words of an analyst", "words of an analyst below",
        "a note that explains", "nothing but an empty part", "no parts",
    ],
)  # fmt: skip
def test_what_has_nothing_to_tell_is_gathered_with_its_reason(page, gives):
    assert gathered(page) == gives
