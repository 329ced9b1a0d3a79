"""What the controls of an OpenDocument form show: tick boxes, drop-downs and fields to type in, of every generation."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from audit_lib.rawform import Mark, Run
from audit_lib.readers.opendocument.names import get, is_true, name, names
from audit_lib.readers.word.names import whole

_LABELLED = names("form:fixed-text form:button form:frame")
_TYPED = names("form:text form:textarea form:formatted-text form:number form:date form:time form:combobox form:file")
Controls = dict[str, etree._Element]  # by their id
_BETWEEN = "\ufffd"  # the third state of a tick box: neither ticked nor not
_FIELDS = {"FORMCHECKBOX", "FORMDROPDOWN"}


def controls_of(story: etree._Element) -> Controls:
    """The controls that are declared at the head of a story; each stands where its id is referred to."""
    found: Controls = {}
    for forms in story.iter(name("office:forms")):
        for element in forms.iter(etree.Element):
            for key in ("form:id", "xml:id"):
                if get(element, key):
                    found[get(element, key)] = element
    return found


def control_runs(control: etree._Element | None) -> list[Run]:
    """What a declared control shows, a tick box before its label. Nothing for a control that shows no text."""
    if control is None:
        return []
    label = Run(get(control, "form:label"))
    if control.tag == name("form:checkbox"):
        state = get(control, "form:current-state") or get(control, "form:state")
        return [Run(_BETWEEN) if state == "unknown" else Run("", ticked=state == "checked"), label]
    if control.tag == name("form:radio"):
        chosen = get(control, "form:current-selected") or get(control, "form:selected")
        return [Run("", ticked=chosen == "true"), label]
    if control.tag in _LABELLED:
        return [label]
    if control.tag == name("form:listbox"):
        return _list_box(control)
    return [_typed(control)] if control.tag in _TYPED else []


def _list_box(control: etree._Element) -> list[Run]:
    """The chosen entries. What was chosen from the start may never have been looked at."""
    options = control.findall(name("form:option"))
    at_start = [option for option in options if is_true(option, "form:selected")]
    now = [option for option in options if is_true(option, "form:current-selected")]
    shown = now or at_start
    mark = Mark.UNTOUCHED if shown == at_start else Mark.NONE
    text = "\n".join(get(option, "form:label") or get(option, "form:value") for option in shown)
    return [Run(text, mark)] if text else []


def _typed(control: etree._Element) -> Run:
    at_start = get(control, "form:value")
    paragraphs = "\n".join("".join(map(str, one.itertext())) for one in control.iterchildren(name("text:p")))
    now = get(control, "form:current-value") or paragraphs or at_start
    never_opened = control.tag == name("form:combobox") and now == at_start
    return Run(now, Mark.UNTOUCHED if never_opened else Mark.NONE)


def field_runs(field: etree._Element) -> list[Run]:
    """What an old form field shows that holds no text of its own (``field:fieldmark``): a tick box, or an entry of a list.

    A drop-down that was never opened has no choice, or its first; it shows the first.
    """
    kind = get(field, "field:type").rpartition(".")[2]
    if kind not in _FIELDS:
        return []
    values = [(get(one, "field:name"), get(one, "field:value")) for one in field.iterchildren(name("field:param"))]
    if kind == "FORMCHECKBOX":
        ticked = next((value for key, value in values if key.endswith(("Checked", "Result"))), "")
        return [Run("", ticked=ticked.lower() in ("true", "1", "on"))]
    entries = [value for key, value in values if key.endswith("ListEntry")]
    chosen = whole(next((value for key, value in values if key.endswith(("Selected", "Result"))), None))
    return [_entry(entries, chosen)] if entries else []


def _entry(entries: list[str], chosen: int) -> Run:
    return Run(entries[chosen], Mark.NONE) if 0 < chosen < len(entries) else Run(entries[0], Mark.UNTOUCHED)


def drop_down_run(field: etree._Element) -> Run:
    """What a drop-down field (``text:drop-down``) shows: its own text, else the entry chosen, else the first."""
    labels = [label for label in field if label.tag in (name("text:label"), name("loext:label"))]
    chosen = [label for label in labels if is_true(label, "text:current-selected")]
    text = own_text(field) or next((get(label, "text:value") for label in chosen or labels), "")
    return Run(text, Mark.NONE if chosen else Mark.UNTOUCHED)


def own_text(element: etree._Element) -> str:
    """All text inside, without the white space around it."""
    return "".join(map(str, element.itertext())).strip()


def is_unfilled(control: etree._Element) -> bool:
    """Whether a content control shows its prompt: by its own flag, or because a drop-down shows the entry without value."""
    if is_true(control, "loext:showing-place-holder"):
        return True
    entries: Iterable[etree._Element] = control.iterchildren(name("loext:list-item"))
    prompts = {get(entry, "loext:display-text") for entry in entries if not get(entry, "loext:value")}
    return own_text(control) in prompts - {""}
