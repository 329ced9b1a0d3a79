"""The audit tools that the project knows, each as one YAML file in this folder, and their loader."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from audit_lib.checked_files import checked, line_of, read_yaml
from audit_lib.errors import Fault, UserFault, shown_path
from audit_lib.instrument import Instrument
from audit_lib.scales import Scale
from audit_lib.text import did_you_mean, listed

FOLDER = Path(__file__).parent
_NOT_INSTRUMENTS = {"concepts", "scales"}


def known_instruments() -> list[str]:
    """The ids of the instruments that come with the project."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem not in _NOT_INSTRUMENTS)


@cache
def shared_scales() -> dict[str, Scale]:
    """The scales that every instrument can name."""
    path = FOLDER / "scales.yaml"
    return {name: checked(Scale, {"id": name, **data}, path) for name, data in read_yaml(path).items()}


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
    own = data.pop("scales", {})
    scales = shared_scales() | {name: checked(Scale, {"id": name, **scale}, path) for name, scale in own.items()}
    instrument = checked(Instrument, data, path)
    faults = _cross_faults(instrument, data, scales, path)
    if faults:
        raise UserFault(faults)
    return instrument.model_copy(update={"scales": {name: scales[name] for name in _scales_named(instrument)}})


def _scales_named(instrument: Instrument) -> set[str]:
    named = {
        instrument.answer_scale if instrument.sections else "",
        instrument.grade_scale if instrument.grades else "",
    }
    named |= {question.scale for question in instrument.questions.values()}
    named |= {thing.scale for thing in instrument.grades}
    return named - {""}


def _cross_faults(instrument: Instrument, data: Any, scales: dict[str, Scale], path: Path) -> list[Fault]:
    """What one key says of another: scales and concepts that exist, ids given once, every question with a scale."""
    faults: list[Fault] = []

    def fault(place: list[str | int], message: str) -> None:
        faults.append(Fault(shown_path(path), line_of(data, place), message))

    def check_scale(name: str, kind: str, place: list[str | int]) -> None:
        if name not in scales:
            fault(place, f"'{name}' is not a scale{did_you_mean(name, scales)}")
        elif scales[name].kind != kind:
            fault(place, f"'{name}' is a scale of {scales[name].kind}s; a scale of {kind}s is needed")

    def check_concept(name: str, place: list[str | int]) -> None:
        if name and name not in concepts():
            fault(place, f"'{name}' is not a concept{did_you_mean(name, concepts())}")

    seen: set[str] = set()
    for s, section in enumerate(instrument.sections):
        for q, question in enumerate(section.questions):
            place: list[str | int] = ["sections", s, "questions", q]
            if question.id in seen:
                fault([*place, "id"], f"question '{question.id}' is given twice")
            seen.add(question.id)
            check_scale(
                question.scale or instrument.answer_scale,
                "answer",
                [*place, "scale"] if question.scale else ["answer_scale"],
            )
            check_concept(question.concept, [*place, "concept"])
    seen = set()
    for g, thing in enumerate(instrument.grades):
        if thing.id in seen:
            fault(["grades", g, "id"], f"'{thing.id}' is graded twice")
        seen.add(thing.id)
        check_scale(
            thing.scale or instrument.grade_scale, "grade", ["grades", g, "scale"] if thing.scale else ["grade_scale"]
        )
        check_concept(thing.concept, ["grades", g, "concept"])
    return sorted(set(faults))
