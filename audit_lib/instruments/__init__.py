"""The audit tools that the project knows, each as one YAML file in this folder, and their loader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from audit_lib.checked_files import checked, line_of, read_yaml
from audit_lib.errors import Fault, UserFault, shown_path
from audit_lib.instrument import Instrument
from audit_lib.scales import Scale
from audit_lib.text import did_you_mean, fold, listed

FOLDER = Path(__file__).parent
_USUAL = {"answer": "yes_no", "grade": "ofsted_four"}  # whose words of doubt hold for scales of a tool's own
Place = list[str | int]
_NAMED_ONCE = {
    "sections": "section",
    "columns": "column",
    "header": "field",
    "free_fields": "field",
    "tick_lists": "tick list",
    "groups": "group",
    "raters": "rater",
}
_NOT_INSTRUMENTS = {"concepts", "scales"}


def known_instruments() -> list[str]:
    """The ids of the instruments that come with the project."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem not in _NOT_INSTRUMENTS)


@cache
def shared_scales() -> dict[str, Scale]:
    """The scales that every instrument can name."""
    path = FOLDER / "scales.yaml"
    data = read_yaml(path)
    return _named({name: checked(Scale, data, path, (name,)) for name in data})


def _named(scales: Mapping[str, Scale]) -> dict[str, Scale]:
    return {name: scale.model_copy(update={"id": name}) for name, scale in scales.items()}


@cache
def concepts() -> dict[str, str]:
    """Concept id -> what it asks, in plain words."""
    return {str(name): str(text) for name, text in read_yaml(FOLDER / "concepts.yaml").items()}


@cache
def load_instrument(instrument: str) -> Instrument:
    """One of :func:`known_instruments`. Raises UserFault when there is none of that name."""
    if instrument not in known_instruments():
        hint = did_you_mean(instrument, known_instruments()) or f"; known: {listed(known_instruments())}"
        raise UserFault(f"'{instrument}' is not an instrument{hint}")
    return read_instrument(FOLDER / f"{instrument}.yaml")


def read_instrument(path: Path) -> Instrument:
    """The instrument in a YAML file. Raises UserFault with every fault: keys, scales, concepts, ids given twice."""
    data = read_yaml(path)
    faults = _CrossCheck(data, path).faults()
    try:
        instrument = checked(Instrument, data, path)
    except UserFault as fault:
        faults += fault.faults
    if faults:
        raise UserFault(faults)
    own = {name: _doubting(scale) for name, scale in _named(instrument.scales).items()}
    scales = shared_scales() | own
    return instrument.model_copy(update={"scales": {name: scales[name] for name in _scales_named(instrument)}})


def _doubting(scale: Scale) -> Scale:
    """A scale of a tool's own, with the words that take the certainty from a value, which those who describe a tool seldom think of."""
    usual = shared_scales()[_USUAL[scale.kind]]
    found: dict[str, object] = {} if "hedges" in scale.model_fields_set else {"hedges": usual.hedges}
    if scale.order and "denials" not in scale.model_fields_set:
        best = scale.order[0 if scale.best == "first" else -1]
        found["denials"] = {best: _denials(scale, best, usual)}
    return scale.model_copy(update=found)


def _denials(scale: Scale, best: str, usual: Scale) -> tuple[str, ...]:
    """What denies the best value: the usual words, and those before which the name of this value is an ordinary verb ("Met with")."""
    return (*usual.denials.get(usual.order[0], ()), *usual.denials.get(fold(scale.label(best)), ()))


def _scales_named(instrument: Instrument) -> set[str]:
    named = {
        instrument.answer_scale if instrument.sections else "",
        instrument.grade_scale if instrument.grades else "",
    }
    named |= {question.scale for question in instrument.questions.values()}
    named |= {thing.scale for thing in instrument.grades}
    return named - {""}


def _entries(data: Any, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The entries of a list with their places; what is no list or no entry is told by the check of the model."""
    found = data.get(name)
    for place, entry in enumerate(found if isinstance(found, list) else ()):
        if isinstance(entry, Mapping):
            yield place, entry


def _several(value: Any) -> Iterator[Any]:
    yield from value if isinstance(value, list) else ()


class _CrossCheck:
    """What one key of an instrument says of another: scales, concepts, questions and groups that exist, ids given once.

    Looks at the file as it stands and not at the model, so that its faults are told together with those of the model.
    """

    def __init__(self, data: Any, path: Path) -> None:
        self.data, self.path = data, path
        self.found: list[Fault] = []
        own = data.get("scales")
        self.kinds: dict[str, Any] = {name: scale.kind for name, scale in shared_scales().items()}
        self.values: dict[str, list[str]] = {name: list(scale.values) for name, scale in shared_scales().items()}
        for name, scale in own.items() if isinstance(own, Mapping) else ():
            kind = scale.get("kind") if isinstance(scale, Mapping) else None
            self.kinds[name] = kind if kind in ("answer", "grade") else None
            values = scale.get("values") if isinstance(scale, Mapping) else None
            self.values.pop(name, None)
            if isinstance(values, Mapping):
                self.values[name] = [str(value) for value in values]

    def faults(self) -> list[Fault]:
        """Every fault between keys."""
        asked: list[tuple[Place, Any]] = []
        for s, section in _entries(self.data, "sections"):
            for q, question in _entries(section, "questions"):
                asked.append((["sections", s, "questions", q], question))
        graded: list[tuple[Place, Any]] = [(["grades", g], thing) for g, thing in _entries(self.data, "grades")]
        for place, question in asked:
            self.scale("answer", place, question)
        for place, thing in graded:
            self.scale("grade", place, thing)
        for place, entry in [*asked, *graded]:
            concept = entry.get("concept")
            if isinstance(concept, str) and concept and concept not in concepts():
                hint = did_you_mean(concept, concepts()) or f"; known: {listed(sorted(concepts()))}"
                self.fault([*place, "concept"], f"'{concept}' is not a concept{hint}")
        self.once("question", asked)
        self.once("graded thing", graded)
        for name, what in _NAMED_ONCE.items():
            self.once(what, [([name, n], entry) for n, entry in _entries(self.data, name)])
        self.references(asked, graded)
        return self.found

    def references(self, asked: list[tuple[Place, Any]], graded: list[tuple[Place, Any]]) -> None:
        """Whether what an entry names is there: an earlier question, a list, a group, the values of a scale."""
        questions = [str(question.get("id")) for _, question in asked]
        lists, groups = ([str(e.get("id")) for _, e in _entries(self.data, name)] for name in ("tick_lists", "groups"))
        for number, (place, question) in enumerate(asked):
            self.known([*place, "tick_list"], question.get("tick_list"), lists, "a tick list")
            for option in _several(question.get("options")):
                self.value([*place, "options"], option, question, "answer")
            condition = question.get("applies_if")
            if isinstance(condition, Mapping):
                on = condition.get("question")
                self.known([*place, "applies_if", "question"], on, questions[:number], "an earlier question")
                for answer in _several(condition.get("answers")):
                    other: Mapping[str, Any] = next((entry for _, entry in asked if str(entry.get("id")) == on), {})
                    self.value([*place, "applies_if", "answers"], answer, other, "answer")
        for place, thing in graded:
            self.known([*place, "group"], thing.get("group"), groups, "a group")
            for field in ("descriptors", "prints"):
                by_grade = thing.get(field)
                for grade in by_grade if isinstance(by_grade, Mapping) else ():
                    self.value([*place, field, grade], grade, thing, "grade")
            self.derivation(place, thing, dict(zip(questions, (question for _, question in asked), strict=True)))

    def derivation(self, place: Place, thing: Mapping[str, Any], questions: Mapping[str, Any]) -> None:
        """Whether a derived grade has its rule, and the rule names questions and grades that are there."""
        rule = thing.get("derived")
        if not isinstance(rule, Mapping):
            if thing.get("asked") == "derived":
                self.fault(place, "'derived' is missing; it is required where 'asked' is derived")
            return
        weights, at = rule.get("weights"), [*place, "derived"]
        for question in weights if isinstance(weights, Mapping) else ():
            self.known([*at, "weights", question], str(question), questions, "a question")
        for number, band in _entries(rule, "bands"):
            self.value([*at, "bands", number, "grade"], band.get("grade"), thing, "grade")

    def known(self, place: Place, name: Any, known: Iterable[str], what: str) -> None:
        if isinstance(name, str) and name and name not in known:
            known = list(known)
            hint = did_you_mean(name, known) or (f"; expected {listed(known, 'or')}" if known else "")
            self.fault(place, f"'{name}' is not {what} of this tool{hint}")

    def value(self, place: Place, value: Any, entry: Mapping[str, Any], kind: str) -> None:
        """Whether ``value`` is one of the values of the entry's scale, where that scale is known."""
        scale = self.values.get(str(entry.get("scale") or self.data.get(f"{kind}_scale")))
        if isinstance(value, str) and scale is not None and value not in scale:
            hint = did_you_mean(value, scale) or f"; expected {listed(scale, 'or')}"
            self.fault(place, f"'{value}' is not a value of its scale{hint}")

    def fault(self, place: Place, message: str) -> None:
        found = Fault(shown_path(self.path), line_of(self.data, place), message)
        self.found += [] if found in self.found else [found]

    def scale(self, kind: str, place: Place, entry: Mapping[str, Any]) -> None:
        """Whether an entry has a scale of the kind it needs, its own or that of the whole instrument."""
        asked = {"answer": "a question", "grade": "a grade"}
        own, common = entry.get("scale"), f"{kind}_scale"
        name = own or self.data.get(common)
        at: Place = [*place, "scale"] if own else [common]
        if not name:
            self.fault(at, f"'{common}' is missing; it is required where {asked[kind]} has no scale of its own")
        elif isinstance(name, str) and name not in self.kinds:
            self.fault(at, f"'{name}' is not a scale{did_you_mean(name, self.kinds)}")
        elif isinstance(name, str) and self.kinds[name] not in (kind, None):
            self.fault(at, f"'{name}' is a scale of {self.kinds[name]}s; a scale of {kind}s is needed")

    def once(self, what: str, entries: list[tuple[Place, Any]]) -> None:
        """Whether each id stands once."""
        first: dict[Any, int] = {}
        for place, entry in entries:
            if "id" not in entry:
                continue
            line = line_of(self.data, [*place, "id"])
            name = str(entry.get("id"))
            if name in first:
                self.fault([*place, "id"], f"the id '{name}' is that of another {what}, in line {first[name]}")
            first.setdefault(name, line)
