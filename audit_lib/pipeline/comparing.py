"""Reports that compare audits: one for each theme that was audited more than once, and one over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from audit_lib.analysis.rows import text_rows
from audit_lib.audits import find_audits
from audit_lib.errors import UserFault
from audit_lib.pipeline.running import NOTEBOOKS
from audit_lib.reporting.index import comparisons_in
from audit_lib.reporting.publish import Comparison, published_page
from audit_lib.store import open_audit

THEME, ACROSS = "theme_over_years", "all_audits"  # no theme is called so: a theme has no "_" in it
Progress = Callable[[str], None]


def compare_audits(themes: Iterable[str], data: Path, out: Path, progress: Progress) -> list[Path]:
    """Compares the audits of each of ``themes`` that has two or more, and all audits together; gives the paths of the pages.

    Compared are the audits under ``data/raw/`` that have been coded. Left out, and ``progress`` is told so, are those whose tables
    another version of this program made, and where there is a real audit, all that are made up. Raises as
    :func:`audit_lib.reporting.reports.make_comparison`.
    """
    abouts = of_one_kind(list(coded_audits(data, progress)), progress)
    chosen = {theme: [about for about in abouts if about["theme"] == theme] for theme in sorted({*themes})}
    return [page for theme, of in {**chosen, "": abouts}.items() for page in _compared(theme, of, data, out, progress)]


def no_longer_made(data: Path, out: Path, progress: Progress) -> frozenset[str]:
    """The names of comparisons that lie in ``out`` from an earlier run and would not be made any more; ``progress`` is told of each.

    They are those of which fewer than two audits are under ``data/raw/``, and those of made-up audits alone where there is a real one.
    """
    there = set(find_audits(data / "raw"))
    real = any(about["synthetic"] != "yes" for about in coded_audits(data))
    found = set()
    for one in comparisons_in(out):
        if len(there & set(one.audits)) < 2:
            why = "fewer than two of the audits that it compares are there"
        elif one.synthetic and real:
            why = "it compares made-up audits, and there are real ones"
        else:
            continue
        found.add(one.name)
        progress(
            f"{one.name}.html: made by an earlier run and no longer listed, because {why}; delete it if nobody needs it"
        )
    return frozenset(found)


def coded_audits(data: Path, progress: Progress = lambda _: None) -> Iterator[dict[str, str]]:
    """What the coded audits say of themselves; ``progress`` is told of each whose tables another version made."""
    for audit in find_audits(data / "raw"):
        if (data / "processed" / audit).is_dir():
            try:
                yield text_rows(open_audit(audit, data).about)[0]
            except UserFault:
                progress(f"{audit}: not compared with others, because it has to be coded anew (audit run {audit})")


def of_one_kind(abouts: list[dict[str, str]], progress: Progress) -> list[dict[str, str]]:
    """The real audits, where there are any, and else those that are made up: nobody is to read the one beside the other."""
    real = [about for about in abouts if about["synthetic"] != "yes"]
    if real and len(real) < len(abouts):
        progress("audits that are made up are left out of comparisons, because there are real ones")
    return real or abouts


def _compared(theme: str, abouts: list[dict[str, str]], data: Path, out: Path, progress: Progress) -> Iterator[Path]:
    if len(abouts) < 2:
        return
    from audit_lib.reporting.reports import make_comparison  # brings papermill and nbconvert, two seconds to import

    abouts = sorted(abouts, key=lambda about: (about["date"], about["audit"]))
    comparison = Comparison(
        theme,
        f"{theme.replace('-', ' ').capitalize()} over the years" if theme else "All audits side by side",
        tuple(about["audit"] for about in abouts),
        tuple(about["date"] for about in abouts),
        "internal",
        all(about["synthetic"] == "yes" for about in abouts),
    )
    notebook = NOTEBOOKS / f"{THEME if theme else ACROSS}.ipynb"
    pages = [published_page(out, audit, comparison.profile) for audit in comparison.audits]
    up = "../" * comparison.name.count("/")
    related = [(f"{up}{page[0]}", page[1]) for page in pages if page]
    told = f"{theme or 'all audits'}: "
    yield make_comparison(comparison, notebook, data, out, lambda step: progress(f"{told}{step}"), related)
