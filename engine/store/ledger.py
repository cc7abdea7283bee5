"""The ledger of pilots in SQLite: rows come in over a staging table, are checked there, and go in with one transaction.

A row of an aggregate ledger is known by its day, department, channel, project, line and budget. Several imports may say
something about the same row: a later one is believed for the measures it has (`mask` hides the earlier ones), so files
may overlap, be split, or come one per measure, and nothing is counted twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from engine.frozen import frozen
from engine.results.intake import KEYS, STAGED, VALUES, Clash
from engine.results.sums import Grouping, Query, Sum
from engine.results.vocabulary import FROM_EVENTS, MEASURES, STEPS, LedgerKind

_KEY, _TOUCH_KEY = KEYS["aggregate"], KEYS["events"]
_NAMES = tuple(MEASURES)
_BIT = {name: 1 << i for i, name in enumerate(_NAMES)}
_BATCH = 20_000


@frozen
class Staged:
    """What lies in the staging table: how many rows, how many of them said again what the file said before."""

    rows: int
    repeated: int
    first: str | None
    last: str | None


class Ledger:
    """Works on a connection it is given; transactions are the caller's."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    # -- coming in

    def stage(self, kind: LedgerKind, rows: Iterable[tuple[Any, ...]]) -> int:
        """Put rows (line of the file, then the fields of `STAGED`) into a temporary table of this connection."""
        names = STAGED[kind]
        self._db.execute("DROP TABLE IF EXISTS temp.stage")
        self._db.execute(f"CREATE TEMP TABLE stage (row INTEGER PRIMARY KEY, {', '.join(names)})")
        insert = f"INSERT INTO stage VALUES ({', '.join('?' * (len(names) + 1))})"
        count = 0
        source = iter(rows)
        # One transaction for the batch of a temporary table: nothing of the workspace is locked meanwhile.
        while batch := list(islice(source, _BATCH)):
            self._db.execute("BEGIN")
            self._db.executemany(insert, batch)
            self._db.execute("COMMIT")
            count += len(batch)
        return count

    def drop(self) -> None:
        self._db.execute("DROP TABLE IF EXISTS temp.stage")

    def repeated(self, kind: LedgerKind) -> tuple[int, list[Clash]]:
        """Rows of the file about the same thing. Those that say the same are taken away (how many), those that
        complement each other become one; those that contradict each other are returned, at most 100, and left alone."""
        key = ", ".join(KEYS[kind])
        values = VALUES[kind]
        self._db.execute(f"CREATE INDEX IF NOT EXISTS temp.stage_key ON stage ({key})")
        joined = " AND ".join(f"a.{k} = b.{k}" for k in KEYS[kind])
        same = " AND ".join(f"a.{v} IS b.{v}" for v in values)
        twice = f"SELECT {key} FROM stage GROUP BY {key} HAVING count(*) > 1"
        if self._db.execute(f"{twice} LIMIT 1").fetchone() is None:
            return 0, []
        gone = self._db.execute(
            f"DELETE FROM stage AS b WHERE EXISTS (SELECT 1 FROM stage a WHERE {joined} AND a.row < b.row AND {same})"
        ).rowcount
        differ = " OR ".join(f"min({v}) <> max({v})" for v in values)
        against = self._db.execute(
            f"SELECT {key} FROM stage GROUP BY {key} HAVING count(*) > 1 AND ({differ}) ORDER BY min(row) LIMIT 100"
        ).fetchall()
        if against:
            return gone, sorted((self._clash(kind, found) for found in against), key=lambda c: c.row)
        self._merge(kind)
        return gone, []

    def _merge(self, kind: LedgerKind) -> None:
        """Rows that complement each other: one line has the enquiries of a day and channel, another their revenue."""
        key, values = ", ".join(KEYS[kind]), VALUES[kind]
        joined = " AND ".join(f"m.{k} = s.{k}" for k in KEYS[kind])
        bits = " + ".join(f"(max({v}) IS NOT NULL) * {_BIT[v]}" for v in values) if kind == "aggregate" else ""
        named = ", ".join(f"max({v}) AS {v}" for v in values)
        self._db.execute("DROP TABLE IF EXISTS temp.merged")
        self._db.execute(
            f"CREATE TEMP TABLE merged AS SELECT min(row) AS row, {key}, max(side) AS side, "
            f"{f'{bits} AS bits, ' if bits else ''}{named} FROM stage GROUP BY {key} HAVING count(*) > 1"
        )
        self._db.execute(f"DELETE FROM stage WHERE row IN (SELECT s.row FROM merged m JOIN stage s ON {joined})")
        self._db.execute("INSERT INTO stage SELECT * FROM merged")
        self._db.execute("DROP TABLE temp.merged")

    def leave_out(self, rows: Iterable[int]) -> None:
        """Take rows of the file out of what is staged."""
        self._db.executemany("DELETE FROM stage WHERE row = ?", ((row,) for row in rows))

    def _clash(self, kind: LedgerKind, key: Sequence[Any]) -> Clash:
        """The first two rows of this key that give different values for the same thing."""
        named = " AND ".join(f"{k} = ?" for k in KEYS[kind])
        names = ("row", "day", "channel", *VALUES[kind])
        rows = self._db.execute(
            f"SELECT {', '.join(names)} FROM stage WHERE {named} ORDER BY row", tuple(key)
        ).fetchall()
        for later, new in enumerate(rows):
            for old in rows[:later]:
                for at in range(3, len(names)):
                    if new[at] is not None and old[at] is not None and new[at] != old[at]:
                        return Clash(new[0], old[0], new[1], new[2], names[at], old[at], new[at])
        raise ValueError("no two rows of this key differ")

    def contradictions(self, pilot: str, kind: LedgerKind) -> list[Clash]:
        """Rows of the file that say something else than what was imported before, at most 100."""
        joined = " AND ".join(f"l.{k} = s.{k}" for k in KEYS[kind])
        found = []
        table = "ledger" if kind == "aggregate" else "touches"
        for measure in VALUES[kind]:
            # What a later import hides, and what event rows add up to, is nobody's word against the file's.
            alive = f" AND l.import > 0 AND l.mask & {_BIT[measure]} = 0" if kind == "aggregate" else ""
            rows = self._db.execute(
                f"SELECT s.row, s.day, s.channel, l.{measure}, s.{measure} FROM stage s JOIN {table} l "
                f"ON l.pilot = ? AND {joined}{alive} "
                f"WHERE s.{measure} IS NOT NULL AND l.{measure} IS NOT NULL AND s.{measure} <> l.{measure} "
                "ORDER BY s.row LIMIT 100",
                (pilot,),
            )
            found += [Clash(row, None, day, channel, measure, old, new) for row, day, channel, old, new in rows]
        return sorted(found, key=lambda c: c.row)[:100]

    def sources(self, pilot: str) -> tuple[frozenset[str], bool]:
        """Measures that aggregate imports have given so far, and whether there are event rows."""
        bits = 0
        for (one,) in self._db.execute("SELECT DISTINCT bits FROM ledger WHERE pilot = ? AND import > 0", (pilot,)):
            bits |= one
        touched = self._db.execute("SELECT 1 FROM touches WHERE pilot = ? LIMIT 1", (pilot,)).fetchone()
        return frozenset(m for m in _NAMES if bits & _BIT[m]), touched is not None

    def staged(self, kind: LedgerKind) -> tuple[Staged, frozenset[str]]:
        """How much lies in the staging table now, and which measures it gives."""
        rows, first, last = self._db.execute("SELECT count(*), min(day), max(day) FROM stage").fetchone()
        if kind == "events":
            return Staged(rows, 0, first, last), frozenset(FROM_EVENTS)
        bits = 0
        for (one,) in self._db.execute("SELECT DISTINCT bits FROM stage"):
            bits |= one
        return Staged(rows, 0, first, last), frozenset(m for m in _NAMES if bits & _BIT[m])

    def take(self, pilot: str, number: int, kind: LedgerKind, file: str, until: date | None) -> int:
        """Move what is staged into the ledger as import `number`. Returns how many cells of earlier imports it replaces.

        The caller holds the transaction.
        """
        execute = self._db.execute
        execute(
            "INSERT INTO imports VALUES (?, ?, ?, ?, ?)",
            (pilot, number, kind, file, until.isoformat() if until else None),
        )
        key = ", ".join(KEYS[kind])
        if kind == "aggregate":
            names = ", ".join(_NAMES)
            execute(
                f"INSERT INTO ledger (pilot, {key}, import, side, bits, mask, {names}) "
                f"SELECT ?, {key}, ?, side, bits, 0, {names} FROM stage ORDER BY {key}",
                (pilot, number),
            )
            return self._hide(pilot, number)
        execute(
            f"INSERT INTO touches (pilot, {key}, import, side, new, fits, revenue) "
            f"SELECT ?, {key}, ?, side, new, fits, revenue FROM stage ORDER BY {key}",
            (pilot, number),
        )
        self.add_up(pilot)
        return 0

    def _hide(self, pilot: str, number: int) -> int:
        """Earlier rows of the same key lose the measures that import `number` gives."""
        same = " AND ".join(f"n.{k} = ledger.{k}" for k in _KEY)
        newer = f"SELECT n.bits FROM ledger n WHERE n.pilot = ledger.pilot AND {same} AND n.import = ?2"
        return self._db.execute(
            f"UPDATE ledger SET mask = mask | ({newer}) "
            f"WHERE pilot = ?1 AND import > 0 AND import < ?2 AND bits & ~mask & coalesce(({newer}), 0) != 0",
            (pilot, number),
        ).rowcount

    def withdraw(self, pilot: str, number: int, kind: str) -> int:
        """Take the rows of an import out again; what it had replaced counts again. Returns how many rows went."""
        self._erasing()
        self._db.execute("DELETE FROM imports WHERE pilot = ? AND number = ?", (pilot, number))
        if kind == "events":
            gone = self._db.execute("DELETE FROM touches WHERE pilot = ? AND import = ?", (pilot, number)).rowcount
            gone += self._db.execute("DELETE FROM ledger WHERE pilot = ? AND import = ?", (pilot, -number)).rowcount
            self.add_up(pilot)
            return gone
        gone = self._db.execute("DELETE FROM ledger WHERE pilot = ? AND import = ?", (pilot, number)).rowcount
        later = self._db.execute(
            "SELECT number FROM imports WHERE pilot = ? AND kind = 'aggregate' ORDER BY number", (pilot,)
        ).fetchall()
        self._db.execute("UPDATE ledger SET mask = 0 WHERE pilot = ? AND import > 0 AND mask != 0", (pilot,))
        for (one,) in later[1:]:
            self._hide(pilot, one)
        return gone

    # -- event rows

    def add_up(self, pilot: str, number: int | None = None) -> None:
        """Work out anew what the event rows add up to (import 0; with `number`, those of that import, as -number).

        A person counts once for each step, on the first day of it. A new patient is one who arrived and is marked as new;
        a quality patient one who arrived, whose indication matches, and whose treatment began (domain S1).
        """
        target = 0 if number is None else -number
        only = "" if number is None else " AND import = :number"
        values: dict[str, Any] = {"pilot": pilot, "number": number}
        self._db.execute("DELETE FROM ledger WHERE pilot = ? AND import = ?", (pilot, target))
        # The row that counts for a person and a step: the earliest, ties broken by the order of the key. A touch that two
        # imports hold is one touch: the later import is believed.
        latest = (
            "SELECT * FROM touches t WHERE pilot = :pilot" + only + " AND NOT EXISTS (SELECT 1 FROM touches u "
            "WHERE u.pilot = t.pilot AND u.key = t.key AND u.day = t.day AND u.step = t.step AND u.department = t.department"
            " AND u.channel = t.channel AND u.project = t.project AND u.import > t.import"
            + only.replace("import", "u.import")
            + ")"
        )
        first = (
            f"SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY key, step ORDER BY day, channel, project, department) n "
            f"FROM ({latest})) WHERE n = 1"
        )
        measure = {
            "enquiry": "enquiries",
            "booking": "bookings",
            "arrival": "arrivals",
            "treatment": "treatments",
            "revisit": "revisits",
        }
        assert set(measure) == set(STEPS)
        parts = [
            f"SELECT day, department, channel, project, side, '{measure[step]}' AS what, 1 AS amount FROM first WHERE step = '{step}'"
            for step in STEPS
        ]
        parts.append(
            "SELECT day, department, channel, project, side, 'new_patients', 1 FROM first f WHERE step = 'arrival' "
            "AND EXISTS (SELECT 1 FROM latest l WHERE l.key = f.key AND l.new = 'yes')"
        )
        parts.append(
            "SELECT day, department, channel, project, side, 'quality_patients', 1 FROM first f WHERE step = 'treatment' "
            "AND EXISTS (SELECT 1 FROM first a WHERE a.key = f.key AND a.step = 'arrival') "
            "AND EXISTS (SELECT 1 FROM latest l WHERE l.key = f.key AND l.fits = 'yes')"
        )
        parts.append(
            "SELECT day, department, channel, project, side, 'revenue', revenue FROM latest WHERE revenue IS NOT NULL"
        )
        sums = ", ".join(f"sum(CASE WHEN what = '{m}' THEN amount END)" for m in _NAMES)
        bits = " | ".join(f"max(CASE WHEN what = '{m}' THEN {_BIT[m]} ELSE 0 END)" for m in FROM_EVENTS)
        self._db.execute(
            f"WITH latest AS MATERIALIZED ({latest}), first AS MATERIALIZED ({first.replace(f'({latest})', 'latest')}) "
            f"INSERT INTO ledger (pilot, day, department, channel, project, line, purse, import, side, bits, mask, {', '.join(_NAMES)}) "
            f"SELECT :pilot, day, department, channel, project, '', '', {target}, max(side), {bits}, 0, {sums} "
            f"FROM ({' UNION ALL '.join(parts)}) GROUP BY day, department, channel, project",
            values,
        )

    def erase_key(self, pilot: str, key: str) -> int:
        """Delete every touch of one person. Returns how many there were."""
        self._erasing()
        gone = self._db.execute("DELETE FROM touches WHERE pilot = ? AND key = ?", (pilot, key)).rowcount
        if gone:
            self.add_up(pilot)
        return gone

    def expire(self, pilot: str, number: int) -> int:
        """Delete the event rows of an import whose time is over; what they added up to stays as plain totals."""
        self._erasing()
        self.add_up(pilot, number)
        gone = self._db.execute("DELETE FROM touches WHERE pilot = ? AND import = ?", (pilot, number)).rowcount
        self.add_up(pilot)
        return gone

    def due(self, pilot: str, today: date) -> list[int]:
        """Imports of event rows that are past their day and still have rows."""
        rows = self._db.execute(
            "SELECT number FROM imports i WHERE pilot = ? AND kind = 'events' AND until < ? AND EXISTS "
            "(SELECT 1 FROM touches t WHERE t.pilot = i.pilot AND t.import = i.number) ORDER BY number",
            (pilot, today.isoformat()),
        )
        return [number for (number,) in rows]

    def same_file(self, pilot: str, file: str) -> int | None:
        """The import that took exactly this file, while it stands."""
        row = self._db.execute("SELECT number FROM imports WHERE pilot = ? AND file = ?", (pilot, file)).fetchone()
        return row[0] if row else None

    def _erasing(self) -> None:
        # What is deleted must not linger in free pages; on for the rest of this connection.
        self._db.execute("PRAGMA secure_delete = ON")

    # -- asking

    def of(self, pilot: str) -> PilotLedger:
        return PilotLedger(self._db, pilot)


class PilotLedger:
    """The ledger of one pilot, to be asked (see `engine.results.sums.Sums`)."""

    def __init__(self, db: sqlite3.Connection, pilot: str) -> None:
        self._db, self._pilot = db, pilot

    def total(self, query: Query) -> Sum:
        sql, values = self._select("''", query)
        return next((found for _, found in _read(self._db.execute(sql, values), query.measures)), Sum({}))

    def by(self, group: Grouping, query: Query) -> Mapping[str, Sum]:
        sql, values = self._select(group, query)
        return dict(_read(self._db.execute(sql, values), query.measures))

    def _select(self, group: str, query: Query) -> tuple[str, list[Any]]:
        """`group` is one of our own column names, or '' for all rows as one."""
        wanted = sum(_BIT[m] for m in query.measures)
        sums = ", ".join(f"sum(CASE WHEN mask & {_BIT[m]} = 0 THEN {m} END)" for m in query.measures)
        alive = f"bits & ~mask & {wanted} != 0"
        conditions, values = ["pilot = ?", alive], [self._pilot]
        for sign, day in ((">=", query.first), ("<=", query.last)):
            if day is not None:
                conditions.append(f"day {sign} ?")
                values.append(day.isoformat())
        if query.own:
            conditions.append(
                "department NOT IN ('', ?)" if query.others else "department IN ('', ?)",
            )
            values.append(query.own)
        elif query.others:
            conditions.append("0")
        for dimension, allowed in query.where.items():
            assert dimension in ("side", "purse", "channel", "project")
            if allowed == ("*",):
                conditions.append(f"{dimension} != ''")
                continue
            conditions.append(f"{dimension} IN ({', '.join('?' * len(allowed))})")
            values += allowed
        return (
            f"SELECT {group}, count(*), min(day), max(day), max(side), min(import), {sums} FROM ledger "
            f"WHERE {' AND '.join(conditions)} GROUP BY 1 ORDER BY 1",
            values,
        )


def _read(rows: Iterable[tuple[Any, ...]], measures: Sequence[str]) -> Iterator[tuple[str, Sum]]:
    for name, count, first, last, side, least, *sums in rows:
        values = {m: int(v) for m, v in zip(measures, sums, strict=True) if v is not None}
        yield name, Sum(values, count, _day(first), _day(last), side or "", least is not None and least <= 0)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
