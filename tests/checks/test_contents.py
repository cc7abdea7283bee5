from engine.checks import contents
from tests.checks.books import whole

PARTS = """fields:
  letter: {title: 公开信, type: text}
  count: {title: 数, type: number}
  until: {title: 到期, type: date}
  where: {title: 渠道, type: choice, options: {kepu: 科普, self_media: 自有账号}}
  odd: {title: 别的, type: choice, options: {blog: 博客}}
records:
  talks: {title: 话术, columns: {said: {title: 说法, type: text}, kind: {title: 类, type: choice, options: {a: 甲}}}}
content: {one: CONTENT}
"""


def codes(content: str, **task: str) -> list[str]:
    text = PARTS.replace("CONTENT", content)
    book = whole(text)
    return [p.code for p in contents.check(book)]


def test_a_field_a_record_and_a_chosen_channel_are_fine() -> None:
    assert codes("{title: 信, field: letter, channel: fields.where, facts: {consent_until: until}}") == []
    assert codes("{title: 信, record: talks, columns: [said], channel: internal, facts: {consent_id: kind}}") == []


def test_the_text_must_stand_somewhere_and_be_text() -> None:
    assert codes("{title: 信, channel: kepu}") == ["content-source"]
    assert codes("{title: 信, field: letter, record: talks, channel: kepu}") == ["content-source"]
    assert codes("{title: 信, field: count, channel: kepu}") == ["content-source"]
    assert codes("{title: 信, field: lettre, channel: kepu}") == ["unknown-field"]


def test_columns_and_facts_must_exist() -> None:
    content = "{title: 信, record: talks, columns: [sayed], channel: kepu, facts: {consent_id: nothing}}"
    assert codes(content) == ["unknown-column", "unknown-field"]


def test_a_chosen_channel_has_options_the_checks_know() -> None:
    assert codes("{title: 信, field: letter, channel: fields.odd}") == ["content-channel"]
    assert codes("{title: 信, field: letter, channel: kepu, purpose: fields.letter}") == ["content-channel"]


def test_signing_needs_an_approval() -> None:
    assert codes("{title: 信, field: letter, channel: kepu, sign: t}") == ["content-sign"]
    assert codes("{title: 信, field: letter, channel: kepu, sign: nobody}") == ["unknown-task"]
