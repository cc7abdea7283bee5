"""Slips that people who do not program make in conditions, said in plain words with what to write instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Generator, Iterator
from itertools import pairwise

from engine.expressions.finding import Finding
from engine.expressions.tokens import Token
from engine.expressions.tree import NotAnExpression
from engine.model import Playbook
from engine.text import Message, say

CODE = "expression-syntax"

_WORDS = {"and": "&&", "or": "||", "not": "!", "is": "==", "true": "true", "false": "false"}
_CHINESE = {
    "且": "&&",
    "并且": "&&",
    "而且": "&&",
    "和": "&&",
    "或": "||",
    "或者": "||",
    "非": "!",
    "不是": "!=",
    "不等于": "!=",
    "等于": "==",
    "是": "==",
    "大于": ">",
    "小于": "<",
    "大于等于": ">=",
    "小于等于": "<=",
    "不小于": ">=",
    "不大于": "<=",
}
_SYMBOLS = {"≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/", "¬": "!", "∧": "&&", "∨": "||", "＝": "==", "、": ","}
_LARGE = {"万": 10_000, "千": 1_000, "百": 100, "亿": 100_000_000}
_QUOTES = "“”‘’「」『』＂＇"


def mistakes(tokens: list[Token], book: Playbook) -> list[Finding]:
    """Everything in `tokens` that cannot be CEL, each with what to write instead."""
    return list(_mistakes(tokens, book))


def _mistakes(tokens: list[Token], book: Playbook) -> Iterator[Finding]:
    index = 0
    while tokens[index].kind != "end":
        token, after = tokens[index], tokens[index + 1]
        before = tokens[index - 1] if index else None
        joined = after.start == token.end
        if token.kind == "open_string":
            yield _finding(token, say("引号没有关上", "the quotation mark is never closed"))
        elif token.text == "=":
            index += yield from _equals(before, token, after)
        elif token.text == "<" and after.text == ">" and joined:
            yield _write(token, "<>", "!=")
            index += 1
        elif token.text in ("&", "|"):
            yield _write(token, token.text, token.text * 2)
        elif token.kind == "name" and _is_word(token, before, after):
            yield _write(token, token.text, _WORDS[token.text.lower()])
        elif token.kind == "op" and token.text == "%" and before and before.kind in ("int", "float") and _ends(after):
            hint = say("百分数直接写数：{n}", "a percent is written as the plain number: {n}", n=before.text)
            yield _finding(token, say("数后面不能写 %", "no % after a number"), hint)
        elif token.kind == "int" and _is_date(tokens, index):
            text = "-".join(t.text for t in (token, tokens[index + 2], tokens[index + 4]))
            hint = say('日期要放在引号里："{d}"', 'a date goes in quotes: "{d}"', d=text)
            yield _finding(token, say("日期没有加引号", "the date is not in quotes"), hint)
            index += 4
        elif token.kind == "int" and _is_grouped(token, tokens[index + 1], tokens[index + 2 :]):
            hint = say("数字里不写逗号", "no commas inside a number")
            yield _finding(after, say("数字里有逗号", "a comma inside a number"), hint)
            index += 2
        elif token.kind == "other":
            yield from _foreign(token, before, book)
        index += 1


def _finding(token: Token, message: Message, hint: Message | None = None) -> Finding:
    return Finding(token.start, CODE, message, hint)


def _write(token: Token, wrong: str, right: str) -> Finding:
    message = say("条件里不能写“{wrong}”", "'{wrong}' is not used in conditions", wrong=wrong)
    return _finding(token, message, say("写成 {right}", "write {right}", right=right))


def _equals(before: Token | None, token: Token, after: Token) -> Generator[Finding, None, int]:
    """A single `=`, alone or as part of `=>`, `=<`, `===`, `!==`. Returns how many further tokens it takes."""
    if after.start == token.end and after.text in (">", "<"):
        yield _write(token, f"={after.text}", f"{after.text}=")
        return 1
    if before is not None and before.end == token.start and before.kind == "other":
        return 0  # `＞=`: the full-width half of it has been reported
    if before is not None and before.end == token.start and before.text in ("==", "!="):
        yield Finding(before.start, CODE, *_pair(before.text + "=", before.text))
        return 0
    hint = say("“等于”写成 ==", "'is equal to' is written ==")
    yield _finding(token, say("条件里不能用单个 =", "a single = is not a comparison"), hint)
    return 0


def _pair(wrong: str, right: str) -> tuple[Message, Message]:
    found = _write(Token("op", wrong, 0, 0), wrong, right)
    assert found.hint is not None
    return found.message, found.hint


def _is_word(token: Token, before: Token | None, after: Token) -> bool:
    """`and`, `OR`, `True` … used as words, not as part of a dotted name."""
    if token.text.lower() not in _WORDS or token.text in ("true", "false"):
        return False
    return not (before is not None and before.text == ".") and after.text != "."


def _ends(token: Token) -> bool:
    return token.kind == "end" or token.text in ("&&", "||", ")", "?", ":", ",", "]")


def _is_date(tokens: list[Token], index: int) -> bool:
    """`2026-03-02` written without quotes: five tokens with nothing between them."""
    run = tokens[index : index + 5]
    if len(run) < 5 or any(a.end != b.start for a, b in pairwise(run)):
        return False
    return re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", "".join(t.text for t in run)) is not None


def _is_grouped(number: Token, comma: Token, rest: list[Token]) -> bool:
    return (
        comma.text == ","
        and comma.start == number.end
        and bool(rest)
        and rest[0].start == comma.end
        and len(rest[0].text) == 3
        and rest[0].kind == "int"
        and len(number.text) <= 3
    )


def _foreign(token: Token, before: Token | None, book: Playbook) -> Iterator[Finding]:
    """Characters outside CEL: full-width punctuation, curly quotes, Chinese words without quotes."""
    offset = token.start
    for run in re.findall(r"[“”‘’「」『』＂＇]|[^\W_]+|[\W_]+?(?=[^\W]|[“”‘’「」『』＂＇]|$)", token.text):
        piece = Token("other", run, offset, offset + len(run))
        offset += len(run)
        narrow = unicodedata.normalize("NFKC", run)
        if not run.strip():
            yield _finding(piece, say("这里有全角空格", "a full-width space"), say("换成普通空格", "use a plain space"))
        elif run in _QUOTES:
            # The opening mark is enough: the closing one is the same slip.
            if run not in "”’」』":
                hint = say('换成英文引号 "…"', 'use straight quotes "…"')
                yield _finding(piece, say("这里用了中文引号 {c}", "curly quotation mark {c}", c=run), hint)
        elif run in _SYMBOLS or run in _CHINESE:
            yield _write(piece, run, _SYMBOLS.get(run) or _CHINESE[run])
        elif run in _LARGE and before is not None and before.kind in ("int", "float"):
            number = f"{float(before.text) * _LARGE[run]:.10g}"
            hint = say("写成 {number}", "write {number}", number=number)
            yield _finding(piece, say("数字要写全", "numbers are written out in full"), hint)
        elif narrow.isascii() and narrow != run:
            text = {"=": "==", "&": "&&", "|": "||"}.get(narrow, narrow)
            message = say("这里用了全角符号 {wrong}", "full-width {wrong}", wrong=run)
            yield _finding(piece, message, say("换成半角 {right}", "use {right}", right=text))
        else:
            message = say("“{run}”不能直接写在条件里", "'{run}' cannot stand in a condition as it is", run=run)
            yield _finding(piece, message, _for_words(run, book))


def _for_words(run: str, book: Playbook) -> Message:
    """A title people know, used where its id is wanted; otherwise a text without quotes."""
    tables = {"fields": book.fields, "roles": book.roles, "records": book.records, "metrics": book.metrics}
    for head, table in tables.items():
        for item in table.values():
            if getattr(item, "title", None) == run:
                name = f"{head}.{item.id}" + (".filled" if head == "roles" else "")  # type: ignore[attr-defined]
                return say("“{run}”的名字是 {name}", "'{run}' is called {name}", run=run, name=name)
    return say('文字要放在英文引号里："{run}"', 'text goes in straight quotes: "{run}"', run=run)


def unfit(problem: NotAnExpression) -> Finding:
    """The first token that does not fit, where none of the known slips explains it."""
    token, opened = problem.token, problem.opened
    if problem.deep:
        message = say("条件套得太深了，请拆成几条", "the condition is nested too deeply; split it")
        return Finding(token.start, CODE, message)
    if token.kind == "end":
        if opened is not None:
            message = say("括号 {b} 没有配对的 {w}", "{b} has no matching {w}", b=opened.text, w=problem.wanted)
            return Finding(opened.start, CODE, message)
        return Finding(token.start, CODE, say("条件没有写完", "the condition breaks off"))
    message = say("这里不该出现“{text}”", "'{text}' does not belong here", text=token.text)
    hint = None
    if problem.wanted in (")", "]", ":"):
        hint = say("前面的 {b} 还缺 {w}", "{b} still lacks its {w}", b=opened.text if opened else "", w=problem.wanted)
    elif token.kind in ("name", "int", "float", "string"):
        hint = say("两个条件之间要写 && 或 ||", "between two conditions goes && or ||")
    elif token.text == "{":
        hint = say("整条条件要放在引号里", "put the whole condition in quotes")
    return Finding(token.start, CODE, message, hint)
