"""Forms that came back late, or in time, in prose: held against the dates received, where all of them are known."""

from __future__ import annotations

import re

from audit_lib.claims.against import Against, Judged
from audit_lib.claims.facts import Figure
from audit_lib.claims.parts import part_named
from audit_lib.claims.words import named, pattern
from audit_lib.present.sentences import count_of

_DIRECTLY = re.compile(
    r"[ ,]*(?:(?:of (?:them|these|those)|that|which|was|were|had been|came|come|arrived|sent|in|too) )*$"
)
_OTHER_LATENESS = "it speaks of something that was late, which no question asks"


class Late(Against):
    """A claim that may be about lateness."""

    def lateness(self) -> Judged | None:
        """The verdict where the claim is about lateness; None where it is not."""
        said = f"{self.claim.quote.casefold()} {self.claim.subject}"
        kinds = [kind for kind, form in named("lateness").items() if form.search(said)]
        if not kinds or (kinds == ["in_time"] and not self._of_forms(said)):
            return None
        if not self._of_forms(said):
            return None if self.claim.kind in ("all", "count") else self.verdict("not_checked", _OTHER_LATENESS)
        if len(kinds) > 1 or self.claim.negated:
            return self.verdict("not_checked", "what its words say of lateness can't be told for certain")
        return self._held_against(kinds[0] == "late")

    def _of_forms(self, said: str) -> bool:
        """Whether it is the forms that were late: they are counted, and the words for it belong to them."""
        if self.claim.unit not in ("returns", "requests", ""):
            return False
        if pattern("sent_back").search(said):
            return True
        after = self.claim.sentence[self.claim.end - self.claim.sentence_start :]
        words = [form.search(after) for form in named("lateness").values()]
        directly = any(word and _DIRECTLY.fullmatch(after[: word.start()]) for word in words)
        return directly or any(form.search(self.claim.quote.casefold()) for form in named("lateness").values())

    def _held_against(self, is_late: bool) -> Judged:
        part = part_named(self.claim, self.facts)
        back = part.cells("returned", "late") if part else self.facts.grid.in_state("returned", "late")
        asked = part.asked if part else self.facts.grid.asked
        unknown = sum(cell.undated or not cell.due for cell in back)
        if unknown or not back:
            return self.verdict("not_checked", f"when {count_of(unknown, 'form')} came back, or had to, is not known")
        number = sum((cell.state == "late") == is_late for cell in back)
        whose = f" of {part.name}" if part else ""
        was = f"{'was' if number == 1 else 'were'} {'late' if is_late else 'in time'}"
        told = f"{number} of the {count_of(len(back), 'form')}{whose} that came back {was}"
        if self.claim.kind == "count":
            return self.agrees_or_not(self.equals(number), told)
        met = any(self.meets(Figure(number, base, "returns", told)) for base in (len(back), asked))
        return self.agrees_or_not(met, told)
