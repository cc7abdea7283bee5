"""The small language in which a pack says what to look for, and its translation to `re`.

    我院..6{best}(的|之)?技术!(参数)

`{name}` is a word class, `(a|b)` alternatives, `?` makes the character, class or group before it optional, `..6` is up
to six characters inside a clause, `...6` up to six inside a sentence, `!(x)` "not followed by", `~(x)` "not preceded
by", `^` and `$` the edges of a clause, `\\` takes the next sign literally
(`\\n` is a line's end). `{number}`, `{percent}`, `{money}`,
`{digit}`, `{letter}` and `{any}` (one character) are built in. There is no repetition without a bound and none inside another, so no text can make a pattern run away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import pairwise
from typing import Literal

from engine.compliance.normal import literal
from engine.frozen import cached, frozen, replace
from engine.text import Message, say

MAX_GAP = 40
MAX_WAYS = 20_000  # places in which the gaps of one pattern can end, together
_CLAUSE = ",:;。!?\\n…—"
_SENTENCE = "。\\n"
_CN = "〇零一二两三四五六七八九十百千万亿"
BUILT_IN: Mapping[str, str] = {
    "number": rf"(?:\d{{1,9}}(?:,\d{{3}}){{0,3}}(?:\.\d{{1,4}})?|[{_CN}半几数]{{1,8}})[多余来]?[百千万亿]?",
    "percent": (
        r"(?:\d{1,3}(?:\.\d{1,3})? ?(?:%|个百分点|个点)|百分之(?:百|[〇零一二两三四五六七八九十]{1,4}(?:点[〇零一二三四五六七八九]{1,3})?|\d{1,3}(?:\.\d{1,2})?)"
        r"|百分百|百分之一百|(?:[一二三四五六七八九]|\d(?:\.\d)?)成(?:[一二三四五六七八九半])?(?!熟|立|为|功|果|都|员|分|型|像|人)"
        r"|(?:千分之|万分之)[一二三四五六七八九十\d]{1,3}|[二三四五六七八九十]分之[一二三四五六七八九]|十有八九|十之八九|十拿九稳|九成九)"
    ),
    "money": rf"(?:[¥￥]\d{{1,9}}(?:\.\d{{1,2}})?|(?:\d{{1,9}}(?:,\d{{3}}){{0,3}}(?:\.\d{{1,2}})?|[{_CN}几数]{{1,8}})[多余来]?[百千万]?(?:元|块钱?|圆|rmb|毛|大洋))",
    "letter": r"[a-z]",
    "digit": r"\d",
    "any": r"[^\n]",
}
_KEYS: Mapping[str, frozenset[str] | None] = {
    "number": None,
    "percent": frozenset("%成") | {"百分", "分之", "个点", "十有", "十之", "十拿"},
    "money": frozenset("元块圆¥毛") | {"rm", "大洋"},
    "letter": None,
    "digit": None,
    "any": None,
}
_GAP = re.compile(r"(\.{2,3})(\d{1,3})")
_SIGNS = r"|()?{}!~*+\[\]^$\\."
_PLAIN = re.compile(rf"[^{_SIGNS}]+")
_PLAIN_GROUP = re.compile(rf"\(([^{_SIGNS}]+(?:\|[^{_SIGNS}]+)*)\)")
Kind = Literal["text", "choice", "gap", "far", "built_in", "not_after", "not_before", "start", "end"]


class PatternError(ValueError):
    """What is wrong with a pattern, for the author. `at` is the character (from 0) where it is noticed."""

    def __init__(self, message: Message, at: int) -> None:
        super().__init__(message.en)
        self.message, self.at = message, at


@frozen
class Node:
    """One part of a pattern: a text, a choice of sequences (a class or group), a gap, …"""

    kind: Kind
    text: str = ""
    width: int = 0
    choices: tuple[tuple[Node, ...], ...] = ()
    optional: bool = False
    words: tuple[str, ...] = ()  # choices that are plain words

    @cached
    def expression(self) -> str:
        """It as a regular expression; worked out once, as a class stands in many patterns."""
        return _expression(self)

    @cached
    def keys(self) -> tuple[Weighed, ...]:
        """What a text that fits must have: one of each of these sets, with their weights."""
        return _keys(self)

    @cached
    def ways(self) -> int:
        """In how many places its gaps can end."""
        if self.kind in ("gap", "far"):
            return self.width + 1
        return max(map(ways, self.choices), default=1)


Weighed = tuple[float, frozenset[str]]
Sequence_ = tuple[Node, ...]
Lookup = Callable[[str], Node | None]


def choice_of(entries: Sequence[str], lookup: Lookup) -> Node:
    """A word class as a choice. Raises PatternError."""
    words = [entry for entry in entries if _PLAIN.fullmatch(entry)]
    return Node(
        "choice",
        choices=tuple(parse(entry, lookup) for entry in entries if not _PLAIN.fullmatch(entry)),
        words=_literals(words),
    )


def _literals(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(literal("\n".join(words)).split("\n"))) if words else ()


def parse(text: str, lookup: Lookup) -> Sequence_:
    """A pattern as nodes; `lookup` gives the choice a class is (None: no such class). Raises PatternError."""
    parser = _Parser(text, lookup)
    choices = [parser.sequence(0)]
    while parser.i < len(text) and text[parser.i] == "|":
        parser.i += 1
        choices.append(parser.sequence(0))
    if not all(choices):
        raise PatternError(say("有一个空的选项", "one of the alternatives is empty"), parser.i)
    nodes = choices[0] if len(choices) == 1 else (Node("choice", choices=tuple(choices)),)
    if parser.i < len(text):
        raise PatternError(say("这里多了一个“{c}”", "there is a '{c}' too many", c=text[parser.i]), parser.i)
    if ways(nodes) > MAX_WAYS:
        message = say("间隔太多太宽，会拖慢检查", "too many and too wide gaps: this would slow the check down")
        raise PatternError(message, 0)
    if not any(n.kind in ("text", "choice", "built_in") and not n.optional for n in nodes):
        raise PatternError(say("没有一定要出现的文字", "nothing in it has to be there"), 0)
    return nodes


class _Parser:
    def __init__(self, text: str, lookup: Lookup) -> None:
        self.text, self.lookup, self.i = text, lookup, 0

    def sequence(self, depth: int) -> Sequence_:
        nodes: list[Node] = []
        while self.i < len(self.text):
            char = self.text[self.i]
            if char in "|)":
                break
            if char == "?":
                nodes.append(self._made_optional(nodes))
                continue
            if plain := _PLAIN.match(self.text, self.i):
                self.i = plain.end()
                words = literal(plain[0])
                if self.text[self.i : self.i + 1] == "?" and len(words) > 1:  # of the last character only
                    nodes.append(Node("text", words[:-1]))
                    words = words[-1]
                nodes.append(Node("text", words))
                continue
            nodes.append(self._atom(char, depth))
        return tuple(_joined(nodes))

    def _made_optional(self, nodes: list[Node]) -> Node:
        last = nodes.pop() if nodes else None
        if last is None or last.optional or last.kind not in ("text", "choice", "built_in"):
            raise PatternError(say("“?”前面没有可以省略的内容", "nothing before this '?' can be left out"), self.i)
        self.i += 1
        return replace(last, optional=True)

    def _atom(self, char: str, depth: int) -> Node:
        if gap := _GAP.match(self.text, self.i):
            return self._gap(gap)
        if char == "{":
            return self._class()
        if char == "(":
            return self._group("choice", depth)
        if char in "!~" and self.text[self.i + 1 : self.i + 2] == "(":
            self.i += 1
            return self._group("not_after" if char == "!" else "not_before", depth)
        if char in "*+[]}":
            message = say(
                "这里不能用“{c}”；原样的字符前面加 \\", "'{c}' cannot stand here; put \\ before a plain sign", c=char
            )
            raise PatternError(message, self.i)
        if char in "^$":
            self.i += 1
            return Node("start" if char == "^" else "end")
        if char == "\\":
            self.i += 1
            char = self.text[self.i : self.i + 1]
            if not char:
                raise PatternError(say("\\ 后面要有一个字符", "a character must follow the \\"), self.i - 1)
            char = "\n" if char == "n" else char
        self.i += 1
        return Node("text", literal(char))

    def _gap(self, gap: re.Match[str]) -> Node:
        width = int(gap[2])
        if not 1 <= width <= MAX_GAP:
            message = say("间隔是 1 到 {max} 个字", "a gap is 1 to {max} characters", max=MAX_GAP)
            raise PatternError(message, self.i)
        self.i = gap.end()
        return Node("gap" if len(gap[1]) == 2 else "far", width=width)

    def _class(self) -> Node:
        end = self.text.find("}", self.i)
        if end < 0:
            raise PatternError(say("“{{”没有对应的“}}”", "this '{{' is not closed", c=""), self.i)
        name = self.text[self.i + 1 : end]
        node = Node("built_in", name) if name in BUILT_IN else self.lookup(name)
        if node is None:
            raise PatternError(say("没有词类“{name}”", "there is no word class '{name}'", name=name), self.i)
        self.i = end + 1
        return node

    def _group(self, kind: Kind, depth: int) -> Node:
        start = self.i
        if depth >= 3:
            raise PatternError(say("括号最多三层", "brackets go three deep at most"), self.i)
        if plain := _PLAIN_GROUP.match(self.text, self.i):
            self.i = plain.end()
            return Node(kind, words=_literals(plain[1].split("|")))
        choices: list[Sequence_] = []
        while True:
            self.i += 1
            choices.append(self.sequence(depth + 1))
            if self.i >= len(self.text):
                raise PatternError(say("“(”没有对应的“)”", "this '(' is not closed"), start)
            if self.text[self.i] == ")":
                break
        self.i += 1
        if any(not choice for choice in choices):
            raise PatternError(say("括号里有一个空的选项", "one of the alternatives is empty"), start)
        if kind == "not_before" and any(n.kind != "text" or n.optional for c in choices for n in c):
            raise PatternError(say("~( ) 里只能写文字", "only plain words can stand in ~( )"), start)
        return Node(kind, choices=tuple(choices))


def _joined(nodes: list[Node]) -> list[Node]:
    """Characters that stand side by side as one text."""
    found: list[Node] = []
    for node in nodes:
        if node.kind == "text" and not node.optional and found and found[-1].kind == "text" and not found[-1].optional:
            found[-1] = Node("text", found[-1].text + node.text)
        else:
            found.append(node)
    return found


def ways(nodes: Sequence_) -> int:
    """In how many places the gaps of a pattern can end: what a search can cost at one place of the text, at most."""
    total = 1
    for node in nodes:
        total *= node.ways
    return total


def expression(nodes: Sequence_) -> str:
    """The nodes as a regular expression for plain text."""
    return "".join([node.expression for node in nodes])


def _expression(node: Node) -> str:
    mark = "?" if node.optional else ""
    if node.kind == "text":
        return re.escape(node.text) + mark
    if node.kind == "gap":
        return f"([^{_CLAUSE}]{{0,{node.width}}}?)"  # a group: a negation may stand in a gap
    if node.kind == "far":
        return f"([^{_SENTENCE}]{{0,{node.width}}}?)"
    if node.kind == "start":
        return f"(?:^|(?<=[{_CLAUSE}\\s“”·、✗✓]))"
    if node.kind == "end":
        return f"(?=$|[{_CLAUSE}\\s“”~])"
    if node.kind == "built_in":
        return f"(?:{BUILT_IN[node.text]}){mark}"
    parts = sorted(
        [*map(re.escape, node.words), *(expression(choice) for choice in node.choices)], key=len, reverse=True
    )
    if node.kind == "not_after":
        return f"(?!{'|'.join(parts)})"
    if node.kind == "not_before":
        return "".join(f"(?<!{part})" for part in parts)
    return f"(?:{'|'.join(parts)}){mark}"


def keys(nodes: Sequence_) -> list[frozenset[str]]:
    """For each part that has to be there: characters or pairs of characters one of which a text that fits must have.
    A longer word gives two such sets."""
    return [key for node in nodes for _, key in node.keys]


def rarest(nodes: Sequence_) -> frozenset[str] | None:
    """The one of `keys` that the fewest texts have; None where there is none."""
    return min((key for node in nodes for key in node.keys), key=_first, default=(0.0, None))[1]


def _keys(node: Node) -> tuple[Weighed, ...]:
    if node.optional or node.kind in ("gap", "far", "not_after", "not_before", "start", "end"):
        return ()
    if node.kind == "text":
        return tuple((_rarity(pair), frozenset((pair,))) for pair in _best_pairs(node.text))
    if node.kind == "built_in":
        key = _KEYS[node.text]
        return () if key is None else ((weight(key), key),)
    one: set[str] = set()
    other: set[str] = set()
    for word in node.words:
        pairs = _best_pairs(word)
        one.add(pairs[0])
        other.add(pairs[-1])
    for choice in node.choices:
        options = sorted((key for part in choice for key in part.keys), key=_first)
        if not options:
            return ()
        one |= options[0][1]
        # A second that most texts have would let every other choice through.
        other |= options[1 if len(options) > 1 and options[1][0] <= _SELDOM else 0][1]
    return tuple((weight(found), frozenset(found)) for found in ((one,) if one == other else (one, other)))


def _first(key: tuple[float, object]) -> float:
    return key[0]


_SELDOM = 12.0
# Characters that stand in most texts of a hospital.
_COMMON = frozenset(
    "的一是在不了有我院们您到人来个中大为上科和患者医病治疗做看好可以后就要也都没"
    "天日月年前后时间门诊护士者家下当请效第二三四五六七八九十出入检查院区号点分"
)


def _best_pairs(text: str) -> Sequence[str]:
    """The two pairs of characters in a text that are least likely to stand anywhere."""
    if len(text) < 3:
        return (text,)
    if len(text) == 3:  # most words that are not pairs themselves
        one, other = text[:2], text[1:]
        return (one, other) if _rarity(one) <= _rarity(other) else (other, one)
    return sorted(dict.fromkeys(map("".join, pairwise(text))), key=_rarity)[:2]


def weight(key: AbstractSet[str]) -> float:
    """How often one of these is likely to be met: single characters count much more than pairs."""
    return sum(map(_rarity, key))


@cache
def _rarity(key: str) -> float:
    if len(key) == 1:
        return 30.0 if key in _COMMON else 6.0
    return 1.0 + (key[0] in _COMMON) + (key[1] in _COMMON)
