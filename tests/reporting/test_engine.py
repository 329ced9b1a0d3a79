"""Notebooks are run for real: a kernel is started for each test that needs one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from audit_lib.errors import UserFault, WorkFailed
from audit_lib.reporting.engine import notebook_bytes, run_notebook

KILL = "import os, signal; os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))"


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"audti": "x"}, "'audti' is not a parameter of tiny.ipynb; did you mean 'audit'?"),
        ({"zebra": "x"}, "'zebra' is not a parameter of tiny.ipynb"),
        (
            {"audit": ("x",)},
            "parameter 'audit' of tiny.ipynb: a text, a list of texts, a number, true or false is expected",
        ),
        (
            {"audit": ["x", 1]},
            "parameter 'audit' of tiny.ipynb: a text, a list of texts, a number, true or false is expected",
        ),
        (
            {"data": float("nan")},
            "parameter 'data' of tiny.ipynb: a text, a list of texts, a number, true or false is expected",
        ),
        ({"audit = 1; import os": 1}, "'audit = 1; import os' is not a parameter of tiny.ipynb"),
    ],
)
def test_a_wrong_parameter_is_told_before_anything_runs(write_notebook, parameters, message):
    with pytest.raises(UserFault) as caught:
        run_notebook(write_notebook("1"), parameters)
    assert str(caught.value) == message


@pytest.mark.parametrize("content", ["", "{", "[]", '{"cells": 3}'])
def test_a_file_that_is_no_notebook_is_told(tmp_path, content):
    path = tmp_path / "broken.ipynb"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserFault, match=r"broken\.ipynb: not a notebook that can be read"):
        run_notebook(path, {})


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("raise ValueError('Jane Smith')", "ValueError"),
        ("from audit_lib.errors import WorkFailed; raise WorkFailed('no answers')", "WorkFailed: no answers"),
        ("import sys; sys.exit(0)", "the notebook was ended there, before its last cell was done"),
        ("import os; os._exit(0)", "the Python process that ran it died"),
        (KILL, "the Python process that ran it died"),
        ("import time; time.sleep(60)", "it took longer than 2 seconds"),
    ],
)
def test_a_notebook_that_does_not_come_to_its_end_fails(write_notebook, capfd, code, cause):
    notebook = write_notebook("# Neglect\n\n## What was found", code, "## Later", "2")
    with pytest.raises(WorkFailed) as caught:
        run_notebook(notebook, {"audit": "x"}, cell_timeout=2)
    assert str(caught.value) == f'tiny.ipynb: failed at cell 3 (under "What was found"): {cause}'
    assert caught.value.__cause__ is None
    assert "".join(capfd.readouterr()) == ""


def test_an_executed_notebook_is_the_same_anywhere_and_shows_nothing_of_the_machine(
    write_notebook, tmp_path, monkeypatch
):
    cells = (
        "print({'a', 'b', 'c'}, hash('x'), audit, flag)",
        "import warnings; warnings.warn(__import__('os').getcwd())",
        "object()",
        "from IPython.display import HTML, display; display(HTML('<p>shown</p>'))",
    )
    made = []
    for name, zone in (("one", "Asia/Tokyo"), ("two", "America/Lima")):
        monkeypatch.setenv("TZ", zone)
        notebook = write_notebook("flag = 1", *cells, folder=tmp_path / name)
        data = str(tmp_path / name / "data")
        made.append(notebook_bytes(run_notebook(notebook, {"audit": "x", "data": data}, recorded={"data": "../data"})))
    assert made[0] == made[1]
    text = made[0].decode()
    assert not [
        part for part in (str(tmp_path), str(Path.home()), "object at", "UserWarning", "papermill") if part in text
    ]
    executed = json.loads(text)
    assert 'data = "../data"' in "".join(executed["cells"][1]["source"])
    assert executed["cells"][-1]["outputs"][0]["data"] == {"text/html": ["<p>shown</p>"]}


def test_the_kernel_is_the_interpreter_that_runs_us(write_notebook, tmp_path, monkeypatch):
    decoy = tmp_path / "jupyter" / "kernels" / "python3"
    decoy.mkdir(parents=True)
    (decoy / "kernel.json").write_text(
        json.dumps({"argv": ["no-such-python", "{connection_file}"], "display_name": "x", "language": "python"}),
        encoding="utf-8",
    )
    monkeypatch.setenv("JUPYTER_PATH", str(decoy.parents[1]))
    start = tmp_path / "ipython" / "profile_default" / "startup"
    start.mkdir(parents=True)
    (start / "00.py").write_text("audit_changed_by_user = True", encoding="utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    code = "import os, sys; print(sys.executable, os.getcwd(), 'audit_changed_by_user' in globals(), sep='|')"
    executed = run_notebook(write_notebook(code), {"audit": "x"})
    shown = executed.cells[-1].outputs[0].text.strip().split("|")
    assert Path(shown[0]).samefile(sys.executable)
    assert Path(shown[1]).samefile(tmp_path)
    assert shown[2] == "False"
