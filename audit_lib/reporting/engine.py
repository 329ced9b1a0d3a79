"""Runs a notebook from top to bottom in a kernel of its own, and believes only what it can see was done.

Papermill does the running. What it lets pass is checked here: a misspelt parameter (it only warns), a
cell that calls ``sys.exit(0)`` (it counts as success), a kernel that dies. What comes back holds no
trace of the machine, the user or the hour, so that the same input gives the same executed notebook.
"""

from __future__ import annotations

import ast
import logging
import math
import re
import subprocess
import tempfile
from collections.abc import Awaitable, Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from papermill.execute import execute_notebook
from papermill.translators import translate_parameters
from traitlets import Unicode

from audit_lib.errors import AuditError, UserFault, WorkFailed, shown_path
from audit_lib.text import did_you_mean

Plain = str | int | float | bool | list[str]

CELL_TIMEOUT = 600
"""Seconds that one cell may take before the notebook counts as hung."""

_KERNEL = "python3"
_LANGUAGE = "python"
_STEADY = {
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "Agg",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
}
_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def run_notebook(
    notebook: Path,
    parameters: Mapping[str, Plain],
    *,
    recorded: Mapping[str, Plain] | None = None,
    cell_timeout: int = CELL_TIMEOUT,
) -> NotebookNode:
    """The notebook with its outputs, run by the interpreter that runs us, in the notebook's own folder.

    ``parameters`` take the place of the values in the notebook's cell tagged ``parameters``. ``recorded``
    holds those that the executed notebook is to show with another value, where the true one is a path of
    this machine. Nothing is written anywhere.

    Raises UserFault for a notebook that cannot be read or a parameter that it does not declare, and
    WorkFailed, naming notebook, cell and cause, when the work was not done to the end. The cause is the
    name of the exception; its message is told only where it is one of ours, because any other may
    quote a returned form.
    """
    cells = _read(notebook)
    _check_parameters(notebook.name, cells, parameters)
    reached = _Reached(notebook.name, cells)
    logging.getLogger("papermill").disabled = True  # it logs outputs, which hold what forms say
    with tempfile.TemporaryDirectory(prefix="audit-kernel-", ignore_cleanup_errors=True) as scratch:
        try:
            executed = execute_notebook(
                cells,
                None,
                dict(parameters),
                kernel_name=_KERNEL,
                language=_LANGUAGE,
                progress_bar=False,
                request_save_on_cell_execute=False,
                execution_timeout=cell_timeout,
                kernel_manager_class=_kernel_of_ours(Path(scratch)),
                on_cell_start=reached.start,
                record_timing=False,
                resources={"metadata": {"path": str(notebook.resolve().parent)}},
                shutdown_kernel="immediate",
            )
        except PapermillExecutionError as error:
            raise reached.failure(_cause(error.ename, error.evalue)) from None
        except DeadKernelError:
            raise reached.failure("the Python process that ran it died") from None
        except CellTimeoutError:
            raise reached.failure(f"it took longer than {cell_timeout} seconds") from None
        except Exception as error:
            raise reached.failure(f"it could not be run ({type(error).__name__})") from None
    _check_complete(executed, reached)
    return _without_traces(executed, {**parameters, **(recorded or {})} if parameters else {})


def notebook_bytes(executed: NotebookNode) -> bytes:
    """The notebook as a file: UTF-8 JSON, the same bytes for the same content."""
    text: str = nbformat.writes(executed)  # type: ignore[no-untyped-call]
    return text.rstrip("\n").encode() + b"\n"


class _Reached:
    """How far a notebook has come, so that a failure can say where it happened."""

    def __init__(self, name: str, notebook: NotebookNode) -> None:
        self.name = name
        self._places = {cell.id: place for cell, place in _places(notebook)}
        self._place = "before its first cell"

    def start(self, cell: NotebookNode, cell_index: int) -> None:
        """Called by nbclient before each cell."""
        if cell.cell_type == "code":
            self.move_to(cell)

    def move_to(self, cell: NotebookNode) -> None:
        self._place = self._places.get(cell.id, "the cell that sets its parameters")

    def failure(self, cause: str) -> WorkFailed:
        return WorkFailed(f"{self.name}: failed at {self._place}: {cause}")


def _places(notebook: NotebookNode) -> Iterator[tuple[NotebookNode, str]]:
    """Each cell with the words that tell a person where it stands, by its number and the heading above it."""
    heading = ""
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "markdown" and (headings := _HEADING.findall(cell.source)):
            heading = f' (under "{headings[-1]}")'
        yield cell, f"cell {number}{heading}"


def _read(notebook: Path) -> NotebookNode:
    try:
        cells: NotebookNode = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
        cells = nbformat.v4.upgrade(cells)  # type: ignore[no-untyped-call]
    except Exception as error:  # nbformat raises whatever its readers of older notebooks stumble over
        raise UserFault(f"{shown_path(notebook)}: not a notebook that can be read ({type(error).__name__})") from None
    for number, cell in enumerate(cells.cells):
        cell.id = f"cell-{number}"
    return cells


def _check_parameters(name: str, notebook: NotebookNode, parameters: Mapping[str, Plain]) -> None:
    declared = _declared(notebook)
    faults = [
        f"'{given}' is not a parameter of {name}{did_you_mean(given, declared)}"
        for given in parameters
        if given not in declared
    ]
    faults += [
        f"parameter '{given}' of {name}: a text, a list of texts, a number, true or false is expected"
        for given, value in parameters.items()
        if not _is_plain(value)
    ]
    if faults:
        raise UserFault("\n".join(faults))


def _is_plain(value: object) -> bool:
    if type(value) is list:
        return all(type(one) is str for one in value)
    return type(value) in (str, int, float, bool) and not (isinstance(value, float) and not math.isfinite(value))


def _declared(notebook: NotebookNode) -> set[str]:
    """The names that the cell tagged ``parameters`` gives a value to."""
    names: set[str] = set()
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            for statement in ast.parse(cell.source).body:
                targets = (
                    statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
                )
                names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


def _kernel_of_ours(scratch: Path) -> type[AsyncKernelManager]:
    """A kernel of the interpreter that runs us, whatever the user has installed under the name "python3".

    Its settings and its connection file lie in ``scratch``: no start-up file of the user changes a figure.
    What its process prints outside a cell goes nowhere, because it may quote a returned form.
    """
    spec = KernelSpec(**get_kernel_dict(), env={**_STEADY, "IPYTHONDIR": str(scratch).replace("$", "$$")})

    class OurKernel(AsyncKernelManager):
        connection_file = Unicode(str(scratch / "kernel.json"))

        @property
        def kernel_spec(self) -> KernelSpec:
            return spec

        def start_kernel(self, **settings: Any) -> Awaitable[Any]:  # type: ignore[override]
            return super().start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **settings)

    return OurKernel


def _cause(exception: str, message: str) -> str:
    ours = {kind.__name__ for kind in _kinds(AuditError)}
    return f"{exception}: {message}" if exception in ours else exception


def _kinds(kind: type[AuditError]) -> Iterator[type[AuditError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _kinds(narrower)


def _check_complete(executed: NotebookNode, reached: _Reached) -> None:
    """Every code cell ran, once and in order, without an error. Raises WorkFailed for the first that did not."""
    code = [cell for cell in executed.cells if cell.cell_type == "code" and cell.source.strip()]
    for count, cell in enumerate(code, start=1):
        reached.move_to(cell)
        if any(output.output_type == "error" for output in cell.outputs):
            raise reached.failure("the notebook was ended there, before its last cell was done")
        if cell.execution_count != count:
            raise reached.failure("it was never run, because the notebook stopped early")


def _without_traces(executed: NotebookNode, parameters: Mapping[str, Plain]) -> NotebookNode:
    """The executed notebook without times, paths, warnings and whatever else differs from run to run."""
    executed.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": _LANGUAGE, "name": _KERNEL},
        "language_info": {"name": _LANGUAGE},
    }
    for number, cell in enumerate(executed.cells):
        tags = cell.metadata.get("tags", [])
        cell.id = f"cell-{number}"
        cell.metadata = {"tags": tags} if tags else {}
        if "injected-parameters" in tags:
            cell.source = translate_parameters(_KERNEL, _LANGUAGE, parameters, "Parameters")
        if cell.cell_type == "code":
            cell.outputs = [_steady(output) for output in cell.outputs if output.get("name") != "stderr"]
    return executed


def _steady(output: NotebookNode) -> NotebookNode:
    """The output without addresses in memory. Where there is HTML, its plain text says nothing more and goes."""
    data: dict[str, Any] = output.get("data", {})
    if "text/html" in data:
        data.pop("text/plain", None)
    elif "text/plain" in data:
        data["text/plain"] = _ADDRESS.sub("", data["text/plain"])
    return output
