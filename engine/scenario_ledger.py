"""A ledger in memory, so that tests as data can import one: the real reading and the real counting, no workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from engine.errors import UserError
from engine.model import Playbook
from engine.pilot.state import Pilot
from engine.process import commands as c
from engine.results.counting import count
from engine.results.intake import Bad, staged_rows
from engine.results.refusal import BadRow
from engine.results.report import with_funnels
from engine.results.vocabulary import AGGREGATE, COLUMNS, LedgerKind
from engine.text import Message, plain, say

if TYPE_CHECKING:
    from engine.results.reading import LedgerFile


class ScenarioLedger:
    """One pilot's ledger for one case."""

    def __init__(self, book: Playbook) -> None:
        from engine.store.sqlite import SqliteStore

        self.book = book
        self.store = SqliteStore(":memory:")
        self.number = 0

    def take_file(self, path: Path, today: date) -> c.RecordImport:
        """Import a file. Raises UserError, also for bad rows."""
        from engine.results.reading import guess_kind, open_ledger

        kind = guess_kind(path) or "aggregate"
        bad = Bad()
        names = {name: self.book.ledger.names.get(name, ()) for name in COLUMNS[kind]}
        with open_ledger(path, kind, names=names, today=today) as file:
            self.store.ledger.stage(kind, staged_rows(self.book, kind, file, bad, None))
            columns = tuple(file.fields)
        if bad.total:
            raise _refused(bad.rows[0])
        return self._take(kind, path.name, columns)

    def take_rows(self, rows: Sequence[Mapping[str, Any]], today: date) -> c.RecordImport:
        """Import rows written in the scenario, each a map of columns."""
        written = _Written(rows, today)
        self.store.ledger.stage(
            "aggregate", staged_rows(self.book, "aggregate", cast("LedgerFile", written), Bad(), None)
        )
        return self._take("aggregate", "scenario", written.fields)

    def _take(self, kind: LedgerKind, name: str, columns: tuple[str, ...]) -> c.RecordImport:
        ledger = self.store.ledger
        _, clashes = ledger.repeated(kind)
        found, _ = ledger.staged(kind)
        if clashes or not found.first or not found.last:
            raise UserError(
                "no-ledger", say("台账里有互相矛盾的行，或没有行", "the ledger has contradicting rows, or none")
            )
        self.number += 1
        with self.store.transaction():
            ledger.take(PILOT, self.number, kind, str(self.number), None)
        ledger.drop()
        days = date.fromisoformat(found.first), date.fromisoformat(found.last)
        return c.RecordImport(self.number, kind, name, "0" * 64, found.rows, *days, columns)

    def recount(self, pilot: Pilot, today: date) -> c.Recount:
        sums = self.store.ledger.of(PILOT)
        return c.Recount(with_funnels(self.book, pilot, count(self.book, pilot, sums, today), sums, today))


PILOT = "scenario"


class _Written:
    """Rows of a scenario, read like those of a file."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], today: date) -> None:
        self.written, self.today = rows, today
        self.fields = tuple(dict.fromkeys(name for row in rows for name in row))

    def rows(self) -> Iterator[tuple[int, tuple[Any, ...]]]:
        from engine.results.reading.cells import Bad as BadCell
        from engine.results.reading.cells import Identity, parser_of

        for name in self.fields:
            if name not in AGGREGATE:
                raise UserError("unknown-column", say("台账没有“{n}”这一列", "a ledger has no column '{n}'", n=name))
        parsers = {name: parser_of(AGGREGATE[name], 1, self.today) for name in self.fields}
        for number, row in enumerate(self.written, 1):
            values = []
            for name in self.fields:
                try:
                    values.append(parsers[name](row.get(name)))
                except BadCell as bad:
                    raise _refused(BadRow("", number, name, bad.code, bad.message)) from None
                except Identity:
                    raise UserError(
                        "identity", say("台账里不能有个人身份信息", "a ledger holds no identities")
                    ) from None
            yield number, tuple(values)


def _refused(row: BadRow) -> UserError:
    where: Message = row.where()
    return UserError(row.code, say("{w}：{m}", "{w}: {m}", w=where, m=row.message), plain(""))
