"""Taking a ledger in, out again, and counting it: each a single transaction with the events that say so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from engine.errors import UserError
from engine.frozen import frozen
from engine.pilot.events import Envelope
from engine.process import Context, decide
from engine.process import commands as c
from engine.results.counting import Counts, count
from engine.results.intake import Bad, Progress, contradicts, measure_title, staged_rows, twice
from engine.results.refusal import BadRow, LedgerRefused
from engine.results.vocabulary import COLUMNS, FROM_EVENTS, MEASURES, LedgerKind
from engine.results.windows import back
from engine.service.views import Outcome
from engine.text import entitled, listed, say

if TYPE_CHECKING:
    from pathlib import Path

    from engine.model import Duration, Playbook
    from engine.pilot.state import Pilot
    from engine.results.reading import LedgerFile
    from engine.results.sums import Sums
    from engine.service.desk import Desk


@frozen
class Intake:
    """What an import did. `columns`: column id → header; `bad`: rows left out with --skip-bad."""

    outcome: Outcome
    number: int
    kind: LedgerKind
    rows: int
    repeated: int
    replaced: int
    totals: int
    first: date | None
    last: date | None
    columns: Mapping[str, str]
    ignored: tuple[str, ...]
    bad: tuple[BadRow, ...] = ()
    bad_total: int = 0
    until: date | None = None
    encoding: str = ""
    sheet: str = ""
    header_row: int = 0


@frozen
class Taking:
    """How a file is taken in: `given` is header → column; `until` the day after which event rows are deleted."""

    kind: LedgerKind | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    skip_bad: bool = False
    replace: bool = False
    until: date | None = None
    dry_run: bool = False


def import_ledger(desk: Desk, ref: str | None, path: Path, how: Taking, progress: Progress | None = None) -> Intake:
    """Take a file into the pilot's ledger: all of it or nothing.

    Raises LedgerRefused with every bad row, UserError for a file that is no ledger, Refused when the pilot cannot take
    it, Conflict when somebody else moved the pilot meanwhile. Nothing is half written in any case.
    """
    from engine.results.reading import guess_kind, open_ledger

    pilot_id = desk.find(ref).pilot
    book = desk._load(pilot_id).book
    kind = how.kind or guess_kind(path) or "aggregate"
    today = desk.calendar.today(desk.now)
    digest = _hash(path)
    remembered = _remembered(desk, book, kind)
    names = {name: (*book.ledger.names.get(name, ()), *remembered.get(name, ())) for name in COLUMNS[kind]}
    store = desk.store.ledger
    bad = Bad()
    try:
        with open_ledger(path, kind, names=names, given=how.given, sheet=how.sheet, today=today) as file:
            staged = store.stage(kind, staged_rows(book, kind, file, bad, progress))
            _refuse(path, bad, how, file)
            repeated, clashes = store.repeated(kind)
            while clashes:
                for clash in clashes:
                    bad.add(twice(clash, file))
                _refuse(path, bad, how, file)
                store.leave_out(clash.row for clash in clashes)
                more, clashes = store.repeated(kind)
                repeated += more
            found, measures = store.staged(kind)
            if not staged or not found.rows:
                raise _empty(path)
            _one_source(desk, pilot_id, kind, measures)
            if how.until is not None and kind == "aggregate":
                raise UserError(
                    "no-retention",
                    say("汇总台账不含个人记录，不用写保存期限", "an aggregate ledger has no retention date"),
                )
            until = (how.until or _later(today, book.ledger.retain)) if kind == "events" else None
            return _take(desk, pilot_id, path, digest, kind, how, file, bad, repeated, until)
    finally:
        store.drop()


def _take(
    desk: Desk,
    pilot_id: str,
    path: Path,
    digest: str,
    kind: LedgerKind,
    how: Taking,
    file: LedgerFile,
    bad: Bad,
    repeated: int,
    until: date | None,
) -> Intake:
    store = desk.store.ledger
    found, _ = store.staged(kind)
    assert found.first and found.last
    first, last = date.fromisoformat(found.first), date.fromisoformat(found.last)
    try:
        with desk.store.transaction():
            loaded = desk._load(pilot_id)
            same = store.same_file(pilot_id, digest)
            if same is not None and not how.replace:
                outcome = Outcome(desk._view(loaded), again=True)
                return _intake(outcome, same, kind, file, bad, (0, found.rows, 0), first, last, until)
            clashes = store.contradictions(pilot_id, kind)
            if clashes and not how.replace:
                rows = [contradicts(clash, file) for clash in clashes]
                raise LedgerRefused(
                    path.name,
                    rows,
                    len(rows),
                    say(
                        "确认新文件才是对的，加 --replace 以它为准；否则先核对两份文件",
                        "if the new file is right, add --replace; else compare the two files",
                    ),
                )
            number = max(loaded.pilot.imports, default=0) + 1
            replaced = store.take(pilot_id, number, kind, digest, until)
            now = desk.now
            record = c.RecordImport(
                number,
                kind,
                path.name,
                digest,
                found.rows,
                first,
                last,
                tuple(file.fields),
                bad.total,
                repeated,
                replaced,
                until,
            )
            counts = _counts(loaded.book, loaded.pilot, store.of(pilot_id), desk.calendar.today(now))
            command = c.Batch((record, c.Recount(counts)))
            decision = decide(loaded.book, loaded.pilot, command, now, desk.calendar, desk.actor)
            envelope = Envelope(desk.actor, now, desk.new_id())
            if how.dry_run:
                raise _Rehearsal(desk.rehearsed(loaded, decision, now), number, replaced)
            written = desk._write(loaded, decision, envelope)
            outcome = Outcome(desk._view(desk._load(pilot_id)), tuple(written), decision.notices)
    except _Rehearsal as rehearsal:
        desk._forget(pilot_id)
        counted = (found.rows, repeated, rehearsal.replaced)
        return _intake(rehearsal.outcome, rehearsal.number, kind, file, bad, counted, first, last, until)
    except BaseException:
        desk._forget(pilot_id)
        raise
    if how.given:
        _remember(desk, loaded.book, kind, how.given)
    return _intake(outcome, number, kind, file, bad, (found.rows, repeated, replaced), first, last, until)


class _Rehearsal(Exception):
    """Carries the result of a dry run out of the transaction, which is rolled back by it."""

    def __init__(self, outcome: Outcome, number: int, replaced: int) -> None:
        super().__init__("dry run")
        self.outcome, self.number, self.replaced = outcome, number, replaced


def withdraw(desk: Desk, ref: str | None, number: int, reason: str) -> Outcome:
    """Take an import out again. What it had replaced counts again. Raises Refused for one that is not there."""
    pilot_id = desk.find(ref).pilot
    loaded = desk._load(pilot_id)
    known = loaded.pilot.imports.get(number)
    if known is None or known.withdrawn or not reason.strip():
        # Says what is wrong; nothing is touched before.
        decide(loaded.book, loaded.pilot, c.RecordWithdrawal(number, 0, reason), desk.now, desk.calendar, desk.actor)

    def work() -> tuple[c.Command, ...]:
        assert known is not None
        gone = desk.store.ledger.withdraw(pilot_id, number, known.kind)
        return (c.RecordWithdrawal(number, gone, reason),)

    return _changed(desk, pilot_id, work)


def erase_key(desk: Desk, ref: str | None, key: str, reason: str) -> Outcome:
    """Delete all event rows of one person. Raises UserError `unknown-key` when there are none."""
    pilot_id = desk.find(ref).pilot

    def work() -> tuple[c.Command, ...]:
        gone = desk.store.ledger.erase_key(pilot_id, key)
        if not gone:
            raise UserError(
                "unknown-key",
                say("台账里没有这个代号的记录", "no event row has this key"),
                say("代号要和文件里写的完全一样", "write it exactly as the file does"),
            )
        return (c.RecordErasure(gone, "key", None, reason),)

    return _changed(desk, pilot_id, work)


def recounted(desk: Desk, pilot_id: str) -> Outcome | None:
    """Delete event rows whose time is over, count anew, judge the rules; None when nothing changed (`tick`)."""
    today = desk.calendar.today(desk.now)
    ledger = desk.store.ledger

    def work() -> tuple[c.Command, ...]:
        return tuple(
            c.RecordErasure(ledger.expire(pilot_id, number), "expired", number)
            for number in ledger.due(pilot_id, today)
        )

    outcome = _changed(desk, pilot_id, work)
    return outcome if outcome.events else None


def _changed(desk: Desk, pilot_id: str, work: Callable[[], tuple[c.Command, ...]]) -> Outcome:
    """Do something to the ledger, count anew, and record both."""
    try:
        with desk.store.transaction():
            loaded = desk._load(pilot_id)
            commands = work()
            now = desk.now
            counts = _counts(loaded.book, loaded.pilot, desk.store.ledger.of(pilot_id), desk.calendar.today(now))
            actor = desk.actor if commands else desk.system
            batch = c.Batch((*commands, c.Recount(counts)))
            decision = decide(loaded.book, loaded.pilot, batch, now, desk.calendar, actor)
            if not decision.events:
                return Outcome(desk._view(loaded))
            written = desk._write(loaded, decision, Envelope(actor, now, desk.new_id()))
    except BaseException:
        desk._forget(pilot_id)
        raise
    desk.store.settle()
    return Outcome(desk._view(desk._load(pilot_id)), tuple(written), decision.notices)


def count_again(desk: Desk, context: Context) -> tuple[Any, ...]:
    """Events that follow when a command moved a window (a date field that one of them uses), to be written with it."""
    counts = _counts(context.book, context.pilot, desk.store.ledger.of(context.pilot.id), context.today)
    return decide(context.book, context.pilot, c.Recount(counts), context.now, context.calendar, context.actor).events


def _counts(book: Playbook, pilot: Pilot, sums: Sums, today: date) -> Counts:
    counts = count(book, pilot, sums, today)
    if not book.funnels:
        return counts
    from engine.results.report import with_funnels

    return with_funnels(book, pilot, counts, sums, today)


def _refuse(path: Path, bad: Bad, how: Taking, file: LedgerFile) -> None:
    if bad.total and not how.skip_bad:
        raise LedgerRefused(
            path.name,
            sorted(bad.rows, key=lambda b: b.row),
            bad.total,
            say(
                "改好这些行再导入，什么都还没有写入；或加 --skip-bad 先导入其余各行",
                "mend these rows and import again, nothing was written; or take the others with --skip-bad",
            ),
        )


def _one_source(desk: Desk, pilot_id: str, kind: LedgerKind, measures: frozenset[str]) -> None:
    """A count comes from aggregate rows or from event rows, never from both: it would count twice."""
    known, touched = desk.store.ledger.sources(pilot_id)
    both = (
        (known & frozenset(FROM_EVENTS)) if kind == "events" else (measures & frozenset(FROM_EVENTS)) if touched else ()
    )
    if both:
        names = listed(measure_title(m) for m in MEASURES if m in both)
        raise UserError(
            "two-sources",
            say(
                "{names}已经由另一种台账提供，再导入会重复计数",
                "{names} come from the other kind of ledger already and would count twice",
                names=names,
            ),
            say(
                "从文件里去掉这些列再导入，或先撤回原来的导入（playbook import --list）",
                "take these columns out of the file, or withdraw the earlier import (`playbook import --list`)",
            ),
        )


def _empty(path: Path) -> UserError:
    return UserError(
        "no-rows",
        say("{f} 里没有可以导入的行", "{f} has no row to take in", f=path.name),
        say("表头下面至少要有一行数据", "there must be a row of data under the header"),
    )


def _intake(
    outcome: Outcome,
    number: int,
    kind: LedgerKind,
    file: LedgerFile,
    bad: Bad,
    counted: tuple[int, int, int],
    first: date,
    last: date,
    until: date | None,
) -> Intake:
    rows, repeated, replaced = counted
    return Intake(
        outcome,
        number,
        kind,
        rows,
        repeated,
        replaced,
        file.totals_skipped,
        first,
        last,
        file.columns,
        file.ignored,
        tuple(bad.rows),
        bad.total,
        until,
        file.encoding,
        file.sheet,
        file.header_row,
    )


def _later(day: date, by: Duration) -> date:
    from engine.frozen import replace

    return back(day, replace(by, amount=-by.amount))


def _hash(path: Path) -> str:
    """The file's content as one number; read in pieces. Raises UserError for one that cannot be read."""
    hasher = sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                hasher.update(block)
    except OSError as error:
        raise UserError(
            "no-file",
            say("读不了文件 {p}：{why}", "cannot read {p}: {why}", p=path, why=error.strerror or error),
            say("检查文件名和所在文件夹；如果正在 Excel 里打开，先关闭", "check its name; close it in Excel"),
        ) from None
    return hasher.hexdigest()


def _setting(book: Playbook, kind: LedgerKind) -> str:
    return f"ledger-map:{book.id}:{kind}"


def _remembered(desk: Desk, book: Playbook, kind: LedgerKind) -> Mapping[str, tuple[str, ...]]:
    """Column id → headers that somebody once mapped to it."""
    found: dict[str, tuple[str, ...]] = {}
    for header, column in (desk.store.get_setting(_setting(book, kind)) or {}).items():
        found[column] = (*found.get(column, ()), header)
    return found


def _remember(desk: Desk, book: Playbook, kind: LedgerKind, given: Mapping[str, str]) -> None:
    known = desk.store.get_setting(_setting(book, kind)) or {}
    desk.store.put_setting(_setting(book, kind), {**known, **given})


def column_of(word: str, kind: LedgerKind) -> str:
    """A column by its id or title. Raises UserError `unknown-column` with what there is."""
    for column in COLUMNS[kind].values():
        if word.strip() in (column.id, column.title.zh, column.title.en):
            return column.id
    known = listed(entitled(column.id, str(column.title)) for column in COLUMNS[kind].values())
    raise UserError(
        "unknown-column",
        say("台账没有“{w}”这一列", "a ledger has no column '{w}'", w=word),
        say("可用的有：{k}", "there are: {k}", k=known),
    )
