"""Chapters are numbered alike in every format, as the language does."""

from __future__ import annotations

import io
import zipfile

import pytest

from engine.documents.chapters import chapter_mark, chinese
from engine.documents.word.writer import to_docx
from tests.documents.word.test_writer import paper


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (34, "三十四"), (99, "九十九")]
)
def test_chinese_numbers(number: int, text: str) -> None:
    assert chinese(number) == text


def test_marks_of_both_languages() -> None:
    assert [chapter_mark((2, 0), 1, "zh"), chapter_mark((2, 3), 2, "zh")] == ["二、", "（三）"]
    assert [chapter_mark((2, 0), 1, "en"), chapter_mark((2, 3), 2, "en")] == ["2. ", "2.3 "]


@pytest.mark.parametrize(("language", "form"), [("zh", '"%1、"'), ("en", '"%1. "')])
def test_word_numbers_chapters_as_the_language_does(language: str, form: str) -> None:
    made = to_docx(paper("# 题\n\n<!-- numbered -->\n\n## 一章\n", language=language))
    numbering = zipfile.ZipFile(io.BytesIO(made)).read("word/numbering.xml").decode()
    assert form in numbering
