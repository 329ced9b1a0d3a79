"""Groups among the comments that have no code: suggestions to a person who keeps a codebook, never findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit_lib.analysis.distinctive import words_of

_FEWEST, _SMALLEST, _MOST_GROUPS, _WORDS = 20, 3, 8, 5
_STEPS, _DIGITS = 300, 5  # of the factorisation; beyond so many digits, machines may differ
_PER_GROUP = 6  # comments to a group, at which the number of groups aims


@dataclass(frozen=True)
class Suggested:
    """Comments that use the same words: the words, and the comments by their place in what was given, the most typical first."""

    words: tuple[str, ...]
    places: tuple[int, ...]


def suggested_groups(texts: Sequence[str]) -> tuple[Suggested, ...]:
    """Texts in groups of three or more, the largest first; none for fewer than twenty texts. A text is in one group at most.

    Words are weighed by TF-IDF and texts grouped by non-negative matrix factorisation (D. D. Lee and H. S. Seung, Nature 401 (1999),
    788-791) from a start without chance (NNDSVD), so that the same texts give the same groups.
    """
    if len(texts) < _FEWEST:
        return ()
    from sklearn.decomposition import (
        non_negative_factorization,  # late: importing it takes longer than all the rest of this module
    )
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

    vectors = TfidfVectorizer(analyzer=lambda text: sorted(words_of(text) - ENGLISH_STOP_WORDS), min_df=2)
    try:
        weights = vectors.fit_transform(texts)
    except ValueError:  # no word stands in two texts
        return ()
    groups = min(_MOST_GROUPS, len(texts) // _PER_GROUP, min(weights.shape) - 1)
    if groups < 1:
        return ()
    # as many steps on every machine: where to stop would hang on how a machine rounds (``tol=0`` never stops early)
    shares, words_of_groups, _ = non_negative_factorization(
        weights, n_components=groups, init="nndsvd", max_iter=_STEPS, tol=0, random_state=0
    )
    shares = shares.round(_DIGITS)
    names = vectors.get_feature_names_out()
    found = []
    for group, loadings in enumerate(words_of_groups.round(_DIGITS)):
        own = [
            place
            for place, row in enumerate(shares)
            if row[group] > 0 and row[group] == row.max() and _first(row) == group
        ]
        own.sort(key=lambda place, group=group: (-shares[place][group], place))  # type: ignore[misc]
        ranked = sorted(range(len(names)), key=lambda word: (-loadings[word], names[word]))
        words = tuple(str(names[word]) for word in ranked[:_WORDS] if loadings[word] > 0)
        if len(own) >= _SMALLEST:
            found.append(Suggested(words, tuple(own)))
    return tuple(sorted(found, key=lambda one: (-len(one.places), one.words)))


def _first(row: Sequence[float]) -> int:
    return max(range(len(row)), key=lambda place: (row[place], -place))
