"""Small notebooks to run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

WriteNotebook = Callable[..., Path]


@pytest.fixture
def write_notebook(tmp_path: Path) -> WriteNotebook:
    """Writes a notebook: first a cell of parameters, then those given, Markdown where they start with "#" and else code."""

    def write(*cells: str, name: str = "tiny", folder: Path = tmp_path) -> Path:
        made = [v4.new_markdown_cell(cell) if cell.startswith("#") else v4.new_code_cell(cell) for cell in cells]
        parameters = v4.new_code_cell(
            "audit = 'sample'\ndata: str = 'data'\nprofile = 'internal'", metadata={"tags": ["parameters"]}
        )
        path = folder / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(v4.new_notebook(cells=[parameters, *made]), path)
        return path

    return write
