"""The door: a file → its rows as they go into the ledger, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache
from io import BufferedReader, TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Self

from engine.errors import UserError
from engine.frozen import frozen
from engine.results.reading.cells import Bad, Cell, Identity, Stored, is_empty, parser_of, plain_text
from engine.results.reading.forbid import Watch, check_headers, identity, letter
from engine.results.reading.guard import Broken, broken_cells
from engine.results.reading.header import SEARCHED, Header, find_header, folded, has_measure, needed
from engine.results.reading.sheets import Book
from engine.results.reading.text import SEPARATORS, encoding_of, first_lines, rows_of
from engine.results.refusal import BadRow
from engine.results.vocabulary import COLUMNS, LedgerKind
from engine.text import Message, listed, say

_TOTALS = ("合计", "总计", "小计", "汇总", "累计", "total", "sum", "subtotal")
_EXCEL = (".xlsx", ".xlsm")
_WIDEST = 2_000  # columns

Row = tuple[int, tuple[Stored, ...]]
Names = Mapping[str, Sequence[str]]


@frozen
class _Plan:
    """How one kind of file gives its rows; `done`/`total` measure how far it is."""

    rows: Callable[[], Iterator[tuple[int, Sequence[Cell]]]]
    sheet: str
    encoding: str
    done: Callable[[], int]
    total: int
    broken: Callable[[], Mapping[tuple[int, int], Broken]]
    close: Callable[[], None]
    exact_width: bool  # a row with more or fewer cells than the header is not what it seems (CSV)


class LedgerFile:
    """A ledger, opened: its columns are known, its rows are still to be read (once). Close it, or use it with `with`."""

    def __init__(self, path: Path, kind: LedgerKind, header: Header, plan: _Plan, today: date) -> None:
        self.path, self.kind, self._header, self._plan, self._today = path, kind, header, plan, today
        self.sheet, self.encoding, self.header_row = plan.sheet, plan.encoding, header.row
        self.columns: Mapping[str, str] = {c: header.cells[i] for c, i in header.places.items()}
        taken = set(header.places.values())
        self._others = [i for i, cell in enumerate(header.cells) if i not in taken]
        self.ignored = tuple(header.cells[i] for i in self._others if header.cells[i])
        self.fields = tuple(header.places)
        self.totals_skipped = 0

    @property
    def done(self) -> int:
        return self._plan.done()

    @property
    def total(self) -> int:
        return self._plan.total

    def close(self) -> None:
        self._plan.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()

    def rows(self) -> Iterator[Row | BadRow]:
        """Rows in order, bad ones among them. Raises UserError `identity` at the first cell that identifies somebody."""
        reader = _Rows(self)
        for number, cells in self._plan.rows():
            if number <= self._header.row or all(map(is_empty, cells)):
                continue
            if _is_total(cells):
                self.totals_skipped += 1
                continue
            yield reader.read(number, cells)
        reader.last_look()


class _Rows:
    """Reads the rows of one file, knowing its header."""

    def __init__(self, file: LedgerFile) -> None:
        header, columns = file._header, COLUMNS[file.kind]
        self.file, self.header, self.name = file, header, file.path.name
        self.parsers = [(c, i, parser_of(columns[c], header.factors[c], file._today)) for c, i in header.places.items()]
        self.watches = [Watch(i, {}) for i in file._others]
        self.width = len(header.cells)
        self.exact = file._plan.exact_width
        self.broken = file._plan.broken()
        self.required = [(c, header.places[c]) for c in needed(file.kind)]

    def read(self, number: int, cells: Sequence[Cell]) -> Row | BadRow:
        file = self.file
        if len(cells) != self.width:
            problem = _width(file.sheet, number, cells, self.width) if self.exact else None
            if problem is not None:
                return problem
            cells = [*cells, *[None] * (self.width - len(cells))]
        for watch in self.watches:
            if (kind := watch.kind(cells[watch.position])) is not None:
                raise identity(self.name, file.sheet, number, watch.position, self.header.cells[watch.position], kind)
        for column, i in self.required:
            if is_empty(cells[i]):
                why = say("这一格不能空着", "this cell must not be empty")
                return BadRow(file.sheet, number, file.columns[column], "empty", why)
        values: list[Stored] = []
        for column, i, parse in self.parsers:
            try:
                if self.broken and (number, i + 1) in self.broken:
                    raise _broken(self.broken[number, i + 1])
                cell = cells[i]
                values.append(parse(None if cell == "" else cell))
            except Bad as bad:
                return BadRow(file.sheet, number, file.columns[column], bad.code, bad.message)
            except Identity as found:
                raise identity(self.name, file.sheet, number, i, file.columns[column], found.kind) from None
        return number, tuple(values)

    def last_look(self) -> None:
        for watch in self.watches:
            if (kind := watch.last_look()) is not None:
                at = watch.position
                raise identity(self.name, self.file.sheet, self.header.row, at, self.header.cells[at], kind)


def open_ledger(
    path: Path,
    kind: LedgerKind,
    *,
    names: Names | None = None,
    given: Mapping[str, str] | None = None,
    sheet: str | None = None,
    today: date,
) -> LedgerFile:
    """Open a ledger: `names` are more headers by column id, `given` is header → column id for this file.

    Raises UserError for everything that concerns the file as a whole.
    """
    _readable(path)
    reader = _excel if _is_excel(path) else _text
    header, plan = reader(path, kind, names or {}, given or {}, sheet)
    try:
        check_headers(header, path.name)
        _whole(path, kind, header, given or {})
    except BaseException:
        plan.close()
        raise
    return LedgerFile(path, kind, header, plan, today)


def guess_kind(path: Path) -> LedgerKind | None:
    """Event rows when the file has a key and a step; None when that cannot be told. Raises nothing for a bad file."""
    with suppress(UserError, OSError):
        _readable(path)
        reader = _excel if _is_excel(path) else _text
        header, plan = reader(path, "events", {}, {}, None)
        if reader is _text:
            plan.close()  # a workbook stays open for whoever reads it next
        return "events" if {"key", "step"} <= set(header.places) else "aggregate"
    return None


def _is_excel(path: Path) -> bool:
    """By what is in it: a workbook that is called .csv is still one."""
    with path.open("rb") as file:
        head = file.read(8)
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")) or path.suffix.lower() in _EXCEL


def _readable(path: Path) -> None:
    try:
        if not path.is_file():
            raise FileNotFoundError
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise UserError(
            "no-file",
            say("找不到或读不了文件：{p}", "no such file, or it cannot be read: {p}", p=path),
            say(
                "检查文件名和所在文件夹；如果正在 Excel 里打开，先关闭", "check its name and folder; close it in Excel"
            ),
        ) from error
    if size == 0:
        raise UserError("file-empty", say("文件是空的：{p}", "the file is empty: {p}", p=path.name))


def _excel(
    path: Path, kind: LedgerKind, names: Names, given: Mapping[str, str], wanted: str | None
) -> tuple[Header, _Plan]:
    stat = path.stat()
    book = _opened(path, stat.st_mtime_ns, stat.st_size)
    seen: list[Message] = []
    best: tuple[Header, str] | None = None
    for name in [wanted] if wanted is not None else book.names:
        head = [[plain_text(cell) for cell in cells] for _, cells in islice(_numbered(book, name), SEARCHED)]
        header = find_header(head, kind, names, given)
        if header is not None and (best is None or len(header.places) > len(best[0].places)):
            best = header, name
        seen.append(say("{n}", "{n}", n=name))
    if best is None:
        head = (
            [[plain_text(c) for c in cells] for _, cells in islice(_numbered(book, book.names[0]), SEARCHED)]
            if book.names
            else []
        )
        raise _no_header(path, kind, head)
    header, name = best
    sheet = book.sheet(name)
    count = [0]

    def rows() -> Iterator[tuple[int, Sequence[Cell]]]:
        for number, cells in _numbered(book, name):
            count[0] = number
            yield number, cells

    plan = _Plan(
        rows,
        name,
        "",
        lambda: count[0],
        sheet.height + sheet.first_row,
        lambda: broken_cells(path, name),
        _opened.cache_clear,
        False,
    )
    return header, plan


@lru_cache(maxsize=1)
def _opened(path: Path, changed: int, size: int) -> Book:
    """The workbook opened last: what kind of ledger it is and what stands in it are two questions to one file."""
    return Book(path)


def _numbered(book: Book, name: str) -> Iterator[tuple[int, list[Cell]]]:
    """Rows with their numbers, empty ones above the first filled one included, so that row 1 is row 1."""
    sheet = book.sheet(name)
    yield from ((number, []) for number in range(1, sheet.first_row + 1))
    for number, cells in sheet.rows():
        yield number, cells[:_WIDEST]


def _text(
    path: Path, kind: LedgerKind, names: Names, given: Mapping[str, str], wanted: str | None
) -> tuple[Header, _Plan]:
    if wanted is not None:
        raise UserError("no-sheet", say("CSV 没有工作表，去掉 --sheet", "a CSV file has no sheets; leave --sheet out"))
    encoding = encoding_of(path)
    lines = first_lines(path, encoding)
    found: list[tuple[int, str, Header]] = []
    tried: list[list[list[str]]] = []
    for separator in SEPARATORS:
        head = [row[:_WIDEST] for row in _heads(lines, separator, path.name)]
        tried.append(head)
        header = find_header(head, kind, names, given)
        if header is not None:
            found.append((len(header.places), separator, header))
    if not found:
        raise _no_header(path, kind, max(tried, key=lambda head: max((len(r) for r in head), default=0)))
    _, separator, header = max(found, key=lambda one: one[0])
    raw: BufferedReader = path.open("rb")
    stream = TextIOWrapper(raw, encoding=encoding, newline="")

    def rows() -> Iterator[tuple[int, Sequence[Cell]]]:
        yield from enumerate(rows_of(stream, separator, path.name), 1)

    def done() -> int:
        return raw.tell() if not raw.closed else 0

    return header, _Plan(rows, "", encoding, done, path.stat().st_size, dict, stream.close, True)


def _heads(lines: Sequence[str], separator: str, name: str) -> Iterator[list[str]]:
    """The first rows; a quote that is still open at the end of what was looked at is no matter here."""
    import csv

    with suppress(csv.Error):
        yield from csv.reader(lines, delimiter=separator)


def _whole(path: Path, kind: LedgerKind, header: Header, given: Mapping[str, str]) -> None:
    """What must be true of the header as a whole."""
    known = {folded(cell) for cell in header.cells}
    astray = [name for name in given if folded(name) not in known]
    if astray:
        raise UserError(
            "no-header",
            say("{f} 里没有 --map 写的列：{n}", "{f} has no column named by --map: {n}", f=path.name, n=listed(astray)),
            say("表头有：{h}", "the header has: {h}", h=listed(c for c in header.cells if c)),
        )
    if header.doubles:
        column, places = header.doubles[0]
        both = say("、", ", ")
        names = Message(
            both.zh.join(f"{letter(i)} 列“{header.cells[i]}”" for i in places),
            both.en.join(f"column {letter(i)} '{header.cells[i]}'" for i in places),
        )
        raise UserError(
            "two-columns",
            say(
                "{f} 里有几列都像是“{c}”：{n}", "{f}: several columns could be '{c}': {n}",
                f=path.name, c=COLUMNS[kind][column].title, n=names,
            ),
            say("删去或改名其中不要的列", "delete or rename those that are not meant"),
        )  # fmt: skip
    lacks = [COLUMNS[kind][c] for c in needed(kind) if c not in header.places]
    if lacks or (kind == "aggregate" and not has_measure(header)):
        raise _lacking(path, kind, header, [c.title for c in lacks])


def _lacking(path: Path, kind: LedgerKind, header: Header, lacks: list[Message]) -> UserError:
    what = (
        listed(lacks) if lacks else say("任何一列数字（如咨询、到诊、花费）", "any figure (such as enquiries or spend)")
    )
    example = next((c for i, c in enumerate(header.cells) if c and i not in header.places.values()), "")
    return UserError(
        "columns-missing",
        say(
            "{f} 第 {n} 行的表头里缺：{w}；表头有：{h}", "{f}: the header in row {n} lacks {w}; it has: {h}",
            f=path.name, n=header.row, w=what, h=listed(c for c in header.cells if c),
        ),
        say(
            "如果叫别的名字，用 --map {c}={e} 指明（会记住）；空白样表：playbook ledger-template",
            "if it has another name, say so with --map {c}={e} (remembered); an empty form: `playbook ledger-template`",
            c=lacks[0] if lacks else say("咨询", "Enquiries"),
            e=example or say("表头", "HEADER"),
        ),
    )  # fmt: skip


def _no_header(path: Path, kind: LedgerKind, head: Sequence[Sequence[str]]) -> UserError:
    widest = max(head, key=lambda row: sum(bool(c) for c in row), default=())
    shown = [str(c)[:20] for c in widest if c][:12]
    wanted = listed(c.title for c in list(COLUMNS[kind].values())[:8])
    return UserError(
        "no-header",
        say(
            "{f} 前 {n} 行里找不到表头；看到的是：{s}", "{f}: no header in the first {n} rows; seen: {s}",
            f=path.name, n=SEARCHED, s=listed(shown),
        ),
        say(
            "表头要有 {w} 等列名；叫别的名字时用 --map 日期=表头 指明；空白样表：playbook ledger-template",
            "a header has names such as {w}; say other names with --map day=HEADER; an empty form: `playbook ledger-template`",
            w=wanted,
        ),
    )  # fmt: skip


def _is_total(cells: Sequence[Cell]) -> bool:
    first = cells[0] if cells else None
    if isinstance(first, str) and first[:1].isdigit():
        return False  # the usual case: the row begins with its day
    first = next((cell for cell in cells if not is_empty(cell)), None)
    return isinstance(first, str) and folded(first).startswith(_TOTALS)


def _width(sheet: str, number: int, cells: Sequence[Cell], width: int) -> BadRow | None:
    """A row of a text table that has not as many cells as the header."""
    if len(cells) > width:
        if all(map(is_empty, cells[width:])):
            return None
        why = say(
            "比表头多出 {n} 格：数字里的逗号要去掉，或给这一格加引号", "{n} cells more than the header: a comma inside a number?",
            n=len(cells) - width,
        )  # fmt: skip
    else:
        why = say(
            "比表头少 {n} 格：这一行不完整",
            "{n} cells fewer than the header: the row is incomplete",
            n=width - len(cells),
        )
    return BadRow(sheet, number, "", "width", why)


def _broken(kind: Broken) -> Bad:
    if kind == "error":
        return Bad(
            "error",
            say("这一格是 Excel 的错误值（如 #REF!），先在表里改好", "this cell is an error such as #REF!; mend it"),
        )
    return Bad(
        "formula",
        say(
            "这一格是还没有算出结果的公式；用 Excel 打开保存一次再导入",
            "a formula without its value; open and save it in Excel",
        ),
    )
