"""One clear line for a file that cannot be a playbook."""

import os
from pathlib import Path

import pytest

from engine.errors import PlaybookError, Problem
from engine.source import MAX_BYTES, read_text


def refusal(path: Path) -> Problem:
    with pytest.raises(PlaybookError) as caught:
        read_text(path)
    (problem,) = caught.value.problems
    assert problem.place.file == str(path)
    return problem


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    return path


def test_utf8(tmp_path: Path) -> None:
    assert read_text(written(tmp_path, "title: 方案\r\n".encode())) == "title: 方案\r\n"


def test_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    assert read_text(written(tmp_path, b"\xef\xbb\xbfa: 1")) == "a: 1"


def test_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.yaml").code == "no-file"


def test_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "not-a-file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a Unix thing")
def test_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe").code == "not-a-file"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root and Windows may read everything")
def test_unreadable(tmp_path: Path) -> None:
    path = written(tmp_path, b"a: 1")
    path.chmod(0)
    assert refusal(path).code == "unreadable"


def test_name_with_nul() -> None:
    assert refusal(Path("a\0b.yaml")).code in ("unreadable", "no-file")


def test_name_too_long(tmp_path: Path) -> None:
    assert refusal(tmp_path / ("x" * 5000)).code == "unreadable"


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    problem = refusal(path)
    assert problem.code == "too-large"
    assert "100.0 MB" in problem.message.zh


def test_just_small_enough(tmp_path: Path) -> None:
    assert len(read_text(written(tmp_path, b"#" * MAX_BYTES))) == MAX_BYTES


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16(tmp_path: Path, encoding: str) -> None:
    problem = refusal(written(tmp_path, "playbook: 方案".encode(encoding)))
    assert problem.code == ("not-utf8" if encoding == "utf-16" else "not-text")


def test_gbk_points_at_the_first_bad_character(tmp_path: Path) -> None:
    problem = refusal(written(tmp_path, "playbook: a\ntitle: 方案\n".encode("gbk")))
    assert (problem.code, problem.place.line, problem.place.col) == ("not-utf8", 2, 8)
    assert problem.hint is not None
    assert "UTF-8" in problem.hint.zh


@pytest.mark.parametrize("content", [b"\x7fELF\x00\x01", b"PK\x03\x04\x00\x00", bytes(range(256)), b"\xff\xff\xff\xff"])
def test_binary(tmp_path: Path, content: bytes) -> None:
    assert refusal(written(tmp_path, content)).code == "not-text"
