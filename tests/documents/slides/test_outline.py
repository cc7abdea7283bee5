from engine.documents.slides.outline import slides_of, words


def titles(markdown: str) -> list[str]:
    return [words(s.title) for s in slides_of(markdown, "（续）")]


def test_a_rule_and_a_heading_begin_one_slide_together() -> None:
    assert titles("# 题\n\n## 甲\n\n文\n\n---\n\n## 乙\n\n文") == ["题", "甲", "乙"]


def test_a_rule_alone_goes_on_under_the_same_title() -> None:
    assert titles("# 题\n\n## 甲\n\n一\n\n---\n\n二\n\n---\n\n三") == ["题", "甲", "甲（续）", "甲（续）"]


def test_the_cover_is_what_stands_before_the_first_slide() -> None:
    first, second = slides_of("# 题\n\n副题\n\n## 甲\n", "（续）")
    assert (first.cover, len(first.blocks), second.cover, words(second.title)) == (True, 1, False, "甲")


def test_notes_are_text_and_no_part_of_the_slide() -> None:
    slide = slides_of("# 题\n\n## 甲\n\n<!-- notes: 一 \\*二\\*\n三 -->\n\n文\n", "（续）")[1]
    assert slide.notes == "一 *二*\n三"
    assert [b["kind"] for b in slide.blocks] == ["para"]


def test_numbered_chapters_keep_their_numbers() -> None:
    assert titles("# 题\n\n<!-- numbered -->\n\n## 甲\n\n文\n\n## 乙\n") == ["题", "一、甲", "二、乙"]
