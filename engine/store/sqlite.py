"""The embedded store: one SQLite file, WAL, synchronous=FULL. Constant SQL, one transaction per append.

Every method turns trouble with the file itself (locked, read-only, full, not a database, newer than this program) into a
UserError; bugs stay exceptions.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from engine.errors import UserError
from engine.frozen import cached
from engine.pilot.events import ERASED, Erased, Event
from engine.store import Append, BoardRow, Conflict, Erasing, LogProblem, Progress
from engine.store.chain import FIRST, canonical, salted, seal
from engine.store.rows import folded, from_json, many_from_json, to_json
from engine.text import say

if TYPE_CHECKING:
    from engine.store.ledger import Ledger

_BUSY_MS = 10_000
_PROJECT = """
INSERT INTO pilots VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (pilot) DO UPDATE SET seq = excluded.seq, status = excluded.status, timer = excluded.timer, row = excluded.row
"""
_MIGRATIONS = os.path.join(os.path.dirname(__file__), "migrations")


class SqliteStore:
    """Opens (and creates) the database at `path`. One instance per thread; any number of processes per file."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = path
        self._inside = False  # within `transaction`
        with _explained(path):
            self._db = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_MS / 1000)
            try:
                self._db.execute("PRAGMA journal_mode=WAL")
                self._db.execute("PRAGMA synchronous=FULL")
                self._db.execute("PRAGMA foreign_keys=ON")
                self._migrate()
            except BaseException:
                self._db.close()
                raise

    def close(self) -> None:
        self._db.close()

    # -- pins

    def put_pin(self, text: str) -> str:
        """Keep a playbook's text; the same text is kept once. Returns its digest (sha-256, hex)."""
        digest = sha256(text.encode()).hexdigest()
        with self._writing():
            self._db.execute("INSERT OR IGNORE INTO pins VALUES (?, ?)", (digest, text))
        return digest

    def pin(self, digest: str) -> str:
        row = self._one("SELECT text FROM pins WHERE digest = ?", (digest,))
        if row is None:
            raise UserError(
                "pin-missing",
                say(
                    "数据库里找不到这个试点的剧本原文", "the pinned playbook of this pilot is missing from the database"
                ),
                say("运行 playbook doctor 检查数据库", "`playbook doctor` checks the database"),
            )
        return str(row[0])

    # -- events

    def history(self, pilot: str, until: datetime | None = None) -> list[Event]:
        """The events of a pilot in order, up to and including the moment `until`."""
        rows = self._all(
            "SELECT seq, type, at, actor, command, data, texts FROM events WHERE pilot = ? ORDER BY seq", (pilot,)
        )
        contents = self._all("SELECT seq, key, content FROM contents WHERE pilot = ?", (pilot,))
        texts: dict[int, dict[str, str | Erased]] = {}
        for seq, key, content in contents:
            texts.setdefault(seq, {})[key] = ERASED if content is None else content
        found = []
        for seq, kind, at, actor, command, data, _ in rows:
            moment = datetime.fromisoformat(at)
            if until is not None and moment > until:
                break
            found.append(Event(seq, kind, moment, actor, command, json.loads(data), texts.get(seq, {})))
        return found

    def seen(self, pilot: str, command: str) -> list[Event]:
        """What this command id did to the pilot, if it was done before."""
        return (
            [event for event in self.history(pilot) if event.command == command] if self._known(pilot, command) else []
        )

    def seq(self, pilot: str) -> int:
        """The number of the pilot's last event; 0 when there is no such pilot."""
        row = self._one("SELECT seq FROM pilots WHERE pilot = ?", (pilot,))
        return int(row[0]) if row else 0

    def append(self, batches: Sequence[Append]) -> list[list[Event]]:
        """Write all batches in one transaction, or none. Raises Conflict when a pilot is not where a batch expects it."""
        if self._inside:
            return [self._append(batch) for batch in batches]
        # As `_writing` does, by hand: this is the one statement every step of every pilot goes through.
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                written = [self._append(batch) for batch in batches]
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
        except sqlite3.DatabaseError as error:
            raise _complaint(error, self.path) from error
        return written

    def _append(self, batch: Append) -> list[Event]:
        execute = self._db.execute
        last = execute(
            "SELECT seq, hash FROM events WHERE pilot = ? ORDER BY seq DESC LIMIT 1", (batch.pilot,)
        ).fetchone()
        seq, previous = last or (0, FIRST)
        envelope = batch.envelope
        if seq != batch.expected_seq:
            if self._known(batch.pilot, envelope.command):
                return self.seen(batch.pilot, envelope.command)
            raise Conflict(batch.pilot, self._row(batch.pilot))
        at = envelope.at.isoformat()
        written = []
        for new in batch.events:
            seq += 1
            data = dict(new.data)
            if new.type == "attached":
                salt = os.urandom(16)
                plain = data["sha256"]
                data["sha256"] = salted(salt, plain.encode())
                execute(
                    "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, NULL)",
                    (batch.pilot, data["evidence"], seq, plain, salt),
                )
            hashes = {}
            for key, text in new.texts.items():
                salt = os.urandom(16)
                hashes[key] = salted(salt, text.encode())
                execute("INSERT INTO contents VALUES (?, ?, ?, ?, ?, NULL)", (batch.pilot, seq, key, salt, text))
            body = canonical(data)
            previous = seal(previous, batch.pilot, seq, new.type, at, envelope.actor, envelope.command, body, hashes)
            execute(
                "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    batch.pilot,
                    seq,
                    new.type,
                    at,
                    envelope.actor,
                    envelope.command,
                    body,
                    canonical(hashes) if hashes else "{}",
                    previous,
                ),
            )
            written.append(Event(seq, new.type, envelope.at, envelope.actor, envelope.command, data, new.texts))
        row = batch.row
        try:
            execute(_PROJECT, (batch.pilot, seq, row.name, folded(row.name), row.status, row.timer_at, to_json(row)))
        except sqlite3.IntegrityError:
            # Two processes started pilots of one name at the same moment; the second learns of it here.
            raise UserError(
                "name-taken",
                say("已经有名为“{name}”的试点", "there is a pilot named '{name}' already", name=row.name),
                say("换一个名称", "choose another name"),
            ) from None
        return written

    def _known(self, pilot: str, command: str) -> bool:
        found = self._one("SELECT 1 FROM events WHERE command = ? AND pilot = ? LIMIT 1", (command, pilot))
        return found is not None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything written inside is written together, or not at all."""
        with self._writing():
            self._inside = True
            try:
                yield
            finally:
                self._inside = False

    @cached
    def ledger(self) -> Ledger:
        """The rows that were imported. What is written there belongs inside `transaction`."""
        from engine.store.ledger import Ledger

        return Ledger(self._db)

    # -- the board

    def rows(self) -> list[BoardRow]:
        """Every pilot, by name."""
        return many_from_json(text for (text,) in self._all("SELECT row FROM pilots ORDER BY folded", ()))

    def find_id(self, text: str) -> tuple[str, int] | None:
        """Id and last event's number of the pilot of exactly this name or id; None when `find` must look further."""
        row = self._one("SELECT pilot, seq FROM pilots WHERE folded = ? OR pilot = ?", (folded(text), text.strip()))
        return (row[0], row[1]) if row else None

    def find(self, text: str) -> list[BoardRow]:
        """Pilots of exactly this name; else those whose name or id begins with it."""
        wanted = folded(text)
        if not wanted:
            return []
        rows = self._all("SELECT row FROM pilots WHERE folded = ? OR pilot = ?", (wanted, text.strip()))
        if not rows:
            rows = self._all(
                "SELECT row FROM pilots WHERE substr(folded, 1, ?) = ? OR (substr(pilot, 1, ?) = ? AND ? >= 4) ORDER BY folded",
                (len(wanted), wanted, len(wanted), wanted, len(wanted)),
            )
        return [from_json(row) for (row,) in rows]

    def _row(self, pilot: str) -> BoardRow | None:
        row = self._one("SELECT row FROM pilots WHERE pilot = ?", (pilot,))
        return from_json(row[0]) if row else None

    # -- erasing and checking

    def erase(self, erasing: Erasing) -> list[Event]:
        """Delete contents and write the event that says so, in one transaction. Files are the workspace's to delete."""
        pilot = erasing.append.pilot
        at = erasing.append.envelope.at.isoformat()
        with self._writing():
            for seq, key in erasing.contents:
                self._db.execute(
                    "UPDATE contents SET content = NULL, salt = NULL, erased_at = ? WHERE pilot = ? AND seq = ? AND key = ?",
                    (at, pilot, seq, key),
                )
            for number in erasing.evidence:
                self._db.execute(
                    "UPDATE evidence SET sha256 = NULL, salt = NULL, erased_at = ? WHERE pilot = ? AND number = ?",
                    (at, pilot, number),
                )
            written = self._append(erasing.append)
        self.settle()
        return written

    def settle(self) -> None:
        """What was deleted must not linger in the write-ahead log."""
        with _explained(self.path):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def evidence_hash(self, pilot: str, number: int) -> str | None:
        """The content hash of a piece of evidence; None when it was erased or never was."""
        row = self._one("SELECT sha256 FROM evidence WHERE pilot = ? AND number = ?", (pilot, number))
        return row[0] if row else None

    def evidence_files(self, pilot: str | None = None) -> list[tuple[str, int, str]]:
        """(pilot, number, content hash) of all evidence that was not erased."""
        rows = self._all(
            "SELECT pilot, number, sha256 FROM evidence WHERE sha256 IS NOT NULL ORDER BY pilot, number", ()
        )
        return [(p, n, digest) for p, n, digest in rows if pilot in (None, p)]

    def holds_file(self, digest: str) -> bool:
        """Does any pilot still have evidence with this content?"""
        return self._one("SELECT 1 FROM evidence WHERE sha256 = ? LIMIT 1", (digest,)) is not None

    def verify(self, pilot: str | None = None, progress: Progress | None = None) -> list[LogProblem]:
        """Recompute every hash; compare contents, numbering and projection. An empty list: everything fits.

        `progress` is called after each pilot.
        """
        from engine.store.verify import verify_pilot

        chosen = [pilot] if pilot else [p for (p,) in self._all("SELECT pilot FROM events GROUP BY pilot", ())]
        projected = {p for (p,) in self._all("SELECT pilot FROM pilots", ())}
        found: list[LogProblem] = []
        for number, one in enumerate(chosen, 1):
            found.extend(verify_pilot(self._db, one))
            if progress is not None:
                progress(number, len(chosen))
        if pilot is None:
            found += [LogProblem(p, 0, "no-events") for p in sorted(projected - set(chosen))]
        return found

    def integrity(self) -> str:
        """SQLite's own word on the file: `ok`, or what is wrong."""
        with _explained(self.path):
            return "; ".join(str(row[0]) for row in self._db.execute("PRAGMA quick_check(5)"))

    def journal_mode(self) -> str:
        row = self._one("PRAGMA journal_mode", ())
        return str(row[0]) if row else ""

    # -- settings

    def get_setting(self, key: str) -> Any:
        row = self._one("SELECT value FROM settings WHERE key = ?", (key,))
        return json.loads(row[0]) if row else None

    def put_setting(self, key: str, value: Any) -> None:
        with self._writing():
            self._db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, canonical(value)))

    # -- how

    def _one(self, sql: str, values: tuple[Any, ...]) -> Any:
        try:
            return self._db.execute(sql, values).fetchone()
        except sqlite3.DatabaseError as error:
            raise _complaint(error, self.path) from error

    def _all(self, sql: str, values: tuple[Any, ...]) -> list[Any]:
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise _complaint(error, self.path) from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with _explained(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def _migrate(self) -> None:
        """Bring the schema up to date: numbered files, each in one transaction, counted in PRAGMA user_version."""
        steps = sorted(name for name in os.listdir(_MIGRATIONS) if name.endswith(".sql"))
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version == len(steps):
            return
        if version > len(steps):
            raise UserError(
                "newer-database",
                say("这个工作区是用更新版本的程序建立的", "this workspace was made by a newer version of the program"),
                say("请升级 playbook 后再打开", "upgrade playbook, then open it"),
            )
        with self._writing():
            # Another process may have done it while this one waited for the lock.
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            for number, step in enumerate(steps[version:], version + 1):
                with open(os.path.join(_MIGRATIONS, step), encoding="utf-8") as file:
                    script = file.read()
                for statement in script.split(";\n"):
                    if statement.strip():
                        self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {number}")


@contextmanager
def _explained(path: str | os.PathLike[str]) -> Iterator[None]:
    """SQLite's complaints about the file → a UserError that says what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _complaint(error, path) from error


def _complaint(error: sqlite3.DatabaseError, path: str | os.PathLike[str]) -> Exception:
    """What to tell the user; the error itself when it is a bug of ours and not the file's trouble."""
    words = str(error).lower()
    table = (
        ("locked", "database-locked", say("数据库正被另一个程序占用", "the database is in use by another program"), say("稍等片刻再试", "try again in a moment")),
        ("busy", "database-locked", say("数据库正被另一个程序占用", "the database is in use by another program"), say("稍等片刻再试", "try again in a moment")),
        ("readonly", "database-readonly", say("数据库是只读的，不能写入", "the database is read-only"), say("检查文件夹的写权限", "check the permissions of the folder")),
        ("full", "disk-full", say("磁盘已满，没有写入任何内容", "the disk is full; nothing was written"), say("清理磁盘后重试", "free some space and try again")),
        ("unable to open", "database-unreadable", say("打不开数据库：{path}", "cannot open the database: {path}", path=path), say("检查文件夹是否存在、是否有权限", "check that the folder exists and may be written")),
        ("not a database", "not-a-database", say("这个文件不是工作区数据库：{path}", "this file is not a workspace database: {path}", path=path), say("从备份恢复，或换一个文件夹重新 playbook init", "restore a backup, or `playbook init` in another folder")),
        ("malformed", "database-damaged", say("数据库文件损坏：{path}", "the database is damaged: {path}", path=path), say("从备份恢复；playbook doctor 可查看详情", "restore a backup; `playbook doctor` tells more")),
        ("disk i/o", "disk-error", say("磁盘读写出错", "the disk reported an error"), say("网络盘不适合存放工作区，请放在本机硬盘", "keep the workspace on a local disk, not a network drive")),
    )  # fmt: skip
    for word, code, message, hint in table:
        if word in words:
            return UserError(code, message, hint)
    return error
