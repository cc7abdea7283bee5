"""The rows of a file as the ledger's staging table takes them, and what is said of rows that contradict others."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from engine.frozen import changeable, frozen
from engine.model import Playbook
from engine.results.refusal import MOST, BadRow
from engine.results.vocabulary import EVENTS, MEASURES, LedgerKind
from engine.text import say

if TYPE_CHECKING:
    from engine.results.reading import LedgerFile

Progress = Callable[[int, int], None]

# What makes a row the row it is: it may stand in the ledger once.
KEYS: Mapping[LedgerKind, tuple[str, ...]] = {
    "aggregate": ("day", "department", "channel", "project", "line", "purse"),
    "events": ("key", "day", "step", "department", "channel", "project"),
}
VALUES: Mapping[LedgerKind, tuple[str, ...]] = {
    "aggregate": tuple(MEASURES),
    "events": ("new", "fits", "revenue"),
}
# What a staged row holds after its line number; `bits` says which measures it has.
STAGED: Mapping[LedgerKind, tuple[str, ...]] = {
    "aggregate": (*KEYS["aggregate"], "side", "bits", *VALUES["aggregate"]),
    "events": (*KEYS["events"], "side", *VALUES["events"]),
}


@frozen
class Clash:
    """Two rows that say different things about the same. `row` is the line of the file; `other` the line of the same
    file, or None when an earlier import says it. `old`/`new` as stored (money in hundredths)."""

    row: int
    other: int | None
    day: str
    channel: str
    measure: str
    old: Any
    new: Any


@changeable
class Bad:
    """Bad rows: the first of them, and how many there are."""

    rows: list[BadRow] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    total: int = 0

    def add(self, one: BadRow) -> None:
        self.total += 1
        self.lines.add(one.row)
        if len(self.rows) < MOST:
            self.rows.append(one)


def staged_rows(
    book: Playbook, kind: LedgerKind, file: LedgerFile, bad: Bad, progress: Progress | None
) -> Iterator[tuple[Any, ...]]:
    """The rows of a file as the staging table takes them; bad ones go to `bad`."""
    at = {name: i for i, name in enumerate(file.fields)}
    channels = _channels(book)
    sides = {ch.title: ch.side for ch in book.ledger.channels.values() if ch.side}
    order = STAGED[kind]
    texts = ("department", "channel", "project", "line", "purse", "side")
    # For each column of the table: where its value stands in the row of the file, or what stands there instead.
    plan = [(name, at.get(name), "" if name in texts else None) for name in order]
    measures = [at.get(name) for name in MEASURES]
    wanted_channel, wanted_side = order.index("channel"), order.index("side")
    bits_at = order.index("bits") if "bits" in order else None
    for done, item in enumerate(file.rows()):
        if progress is not None and done % 1000 == 0:
            progress(file.done, file.total)
        if isinstance(item, BadRow):
            bad.add(item)
            continue
        number, values = item
        row: list[Any] = [default if i is None or values[i] is None else values[i] for _, i, default in plan]
        row[wanted_channel] = channels.get(_folded(row[wanted_channel]), row[wanted_channel])
        if not row[wanted_side]:
            row[wanted_side] = sides.get(row[wanted_channel], "")
        if bits_at is not None:
            row[bits_at] = sum(1 << b for b, i in enumerate(measures) if i is not None and values[i] is not None)
        yield (number, *row)
    if progress is not None:
        progress(file.total, file.total)


def _channels(book: Playbook) -> Mapping[str, str]:
    """Every name of a declared channel, folded → its title."""
    return {
        _folded(name): channel.title
        for channel in book.ledger.channels.values()
        for name in (channel.title, channel.id, *channel.names)
    }


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def measure_title(measure: str) -> str:
    column = MEASURES.get(measure) or EVENTS.get(measure)
    return str(column.title) if column else measure


def _shown(measure: str, value: Any) -> str:
    if value is None:
        return "—"
    return f"{value / 100:,.2f}" if measure in ("revenue", "spend") else str(value)


def twice(clash: Clash, file: LedgerFile) -> BadRow:
    why = say(
        "和第{other}行是同一天、同一渠道、同一项目，{m}却不同（{old} 与 {new}）；是两笔就加一列“明细”分开，写错了就改正",
        "is the same day, channel and project as row {other}, but {m} differs ({old} and {new}); add a column 'Line' to tell them apart, or correct it",
        other=clash.other,
        m=measure_title(clash.measure),
        old=_shown(clash.measure, clash.old),
        new=_shown(clash.measure, clash.new),
    )
    return BadRow(file.sheet, clash.row, file.columns.get(clash.measure, ""), "twice", why)


def contradicts(clash: Clash, file: LedgerFile) -> BadRow:
    why = say(
        "{day} {channel} 的{m}以前导入的是 {old}，这里是 {new}",
        "{m} of {channel} on {day} was imported as {old}, here it is {new}",
        day=clash.day,
        channel=clash.channel,
        m=measure_title(clash.measure),
        old=_shown(clash.measure, clash.old),
        new=_shown(clash.measure, clash.new),
    )
    return BadRow(file.sheet, clash.row, file.columns.get(clash.measure, ""), "contradiction", why)
