from __future__ import annotations

from pathlib import Path

import pytest

from audit_lib.errors import UserFault, WorkFailed
from audit_lib.reporting.publish import check_writable, publish


def files_in(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_files_take_the_place_of_the_old_ones_and_nothing_else_is_left(tmp_path):
    out = tmp_path / "outputs"
    publish(out, {"a/x.html": b"old", "a/kept.html": b"kept"}, "a")
    (out / ".new-a").mkdir()
    (out / ".new-a" / "half").write_text("left by a run that was killed", encoding="utf-8")
    assert publish(out, {"a/x.html": b"new", "b/y.html": b"y"}, "a") == [out / "a" / "x.html", out / "b" / "y.html"]
    assert files_in(out) == {"a/x.html": "new", "a/kept.html": "kept", "b/y.html": "y"}
    assert sorted(path.name for path in out.iterdir()) == ["a", "b"]


@pytest.mark.parametrize("names", [("first.html", "blocked.html"), ("new.html", "first.html", "blocked.html")])
def test_when_one_file_cannot_be_put_in_its_place_all_old_ones_stay(tmp_path, names):
    publish(tmp_path, {"first.html": b"old"}, "a")
    (tmp_path / "blocked.html" / "in the way").mkdir(parents=True)
    with pytest.raises(WorkFailed, match=r"the reports cannot be written there \(.+\)\. Check the name"):
        publish(tmp_path, dict.fromkeys(names, b"new"), "a")
    assert files_in(tmp_path) == {"first.html": "old"}


@pytest.mark.parametrize("path", ["../x.html", "a/../../x.html"])
def test_nothing_is_written_outside_the_output_folder(tmp_path, path):
    with pytest.raises(WorkFailed, match="outside the output folder"):
        publish(tmp_path / "outputs", {path: b"x"}, "a")
    assert files_in(tmp_path) == {}


@pytest.mark.parametrize("out", ["a-file", "a-file/below"])
def test_an_output_folder_that_cannot_be_is_told_with_a_remedy(tmp_path, monkeypatch, out):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a-file").write_text("x", encoding="utf-8")
    with pytest.raises(UserFault, match=rf"^{out}: the reports cannot be written there \(.+\)\. .*--out\.$"):
        check_writable(Path(out))
    assert files_in(tmp_path) == {"a-file": "x"}
