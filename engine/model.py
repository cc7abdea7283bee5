"""What a playbook is, once read: frozen data in which every node knows its place in the file.

No behaviour beyond look-ups lives here. Times are never naive: dates are `datetime.date`, moments are aware
`datetime.datetime` (Asia/Shanghai unless the workspace says otherwise). Money is `Decimal`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import field
from dataclasses import field as field_of  # where an attribute is called `field`
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from engine.errors import NOWHERE, Place
from engine.frozen import cached, frozen

Unit = Literal["workdays", "days", "weeks", "months", "hours"]
FieldType = Literal["text", "number", "money", "percent", "date", "choice", "person", "file", "list", "ref"]
EvidenceNeed = Literal["none", "optional", "required"]
ReasonNeed = Literal["none", "optional", "required"]

# Where the key or the value at a path stands in its file; NOWHERE for what no file holds.
Where = Callable[[tuple[str | int, ...], Literal["key", "value"]], Place]

BACK = "back"  # the target of a transition that returns from a stage on hold
NEXT = "next"  # the id of the default way out of a stage
_NOTHING: Mapping[str, str] = MappingProxyType({})


@frozen
class Duration:
    """`10 workdays`: amount ≥ 0 and a unit."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.amount} {self.unit if self.amount != 1 else self.unit[:-1]}"


@frozen
class Due:
    """When a task is due: `offset` after (or before) an anchor. `ref` names the task or field for those anchors."""

    offset: Duration
    anchor: Literal["stage", "pilot", "task", "field"] = "stage"
    ref: str | None = None
    before: bool = False
    place: Place = NOWHERE


@frozen
class Bounds:
    """How many: `minimum` to `maximum`, None for no upper bound."""

    minimum: int
    maximum: int | None

    def holds(self, count: int) -> bool:
        return count >= self.minimum and (self.maximum is None or count <= self.maximum)

    def __str__(self) -> str:
        if self.maximum is None:
            return f"≥{self.minimum}"
        return str(self.minimum) if self.minimum == self.maximum else f"{self.minimum}–{self.maximum}"


@frozen
class Expr:
    """A CEL condition as written, with the place of its first character.

    `lines` is for a text written over several lines or with escapes: (offset in `source`, place in the file) of each
    stretch that runs on without a break, in order. Empty for the usual single line.
    """

    source: str
    place: Place = NOWHERE
    lines: tuple[tuple[int, Place], ...] = ()

    def __str__(self) -> str:
        return self.source


@frozen
class Role:
    id: str
    title: str
    count: Bounds = Bounds(1, 1)
    duties: tuple[str, ...] = ()
    help: str = ""
    place: Place = NOWHERE


@frozen
class Counting:
    """How a field is counted from the ledger: the sum of a measure (divided by `over` for a percent field), over a window
    (None: all rows), of the rows whose dimension has one of the values."""

    measure: str
    over: str | None = None
    during: str | None = None
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    everywhere: bool = False  # rows of every department, not only the own
    within: str | None = None  # the money field it should stay within: a budget
    place: Place = NOWHERE


@frozen
class Field:
    """A field of a pilot, or a column of a record. `minimum`/`maximum` are Decimal, an ISO date or "today"."""

    id: str
    title: str
    type: FieldType
    help: str = ""
    required: bool = False
    owner: str | None = None
    minimum: Decimal | str | None = None
    maximum: Decimal | str | None = None
    unit: str = ""
    integer: bool = False
    currency: str = "CNY"
    max_length: int = 2000
    max_items: int = 50
    options: Mapping[str, str] = field(default_factory=dict)
    to: str | None = None
    default: object | None = None
    ledger: Counting | None = None
    carry: bool | None = None  # into a pilot that replicates this one; None for a column: as its record
    place: Place = NOWHERE


@frozen
class Carry:
    """How the rows of a record go into a pilot that replicates this one: into the same record (`to` is None), or as rows
    of another. `columns` are target column → source column (empty: the columns of the same id), `fixed` cells that are the
    same in every row. `checklist`: the replica gets a task to go through them."""

    to: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    checklist: bool = False
    place: Place = NOWHERE


@frozen
class Record:
    """A table. `label` is the column that names a row."""

    id: str
    title: str
    columns: Mapping[str, Field]
    label: str
    help: str = ""
    owner: str | None = None
    minimum: int = 0
    maximum: int = 1000
    carry: Carry | None = None
    place: Place = NOWHERE


@frozen
class Task:
    id: str
    title: str
    role: str
    stage: str
    help: str = ""
    done_when: str = ""
    due: Due | None = None
    needs: tuple[str, ...] = ()
    required: bool = True
    skippable: bool = False
    evidence: EvidenceNeed = "none"
    sets: tuple[str, ...] = ()
    fills: tuple[str, ...] = ()
    for_each: str | None = None
    approval: bool = False
    valid: Duration | None = None  # how long its signature is good
    valid_until: str | None = None  # or the date field that says until when
    number: int = 0  # its short number, in the order of the file
    place: Place = NOWHERE


@frozen
class GateItem:
    """One condition of a gate; `kind` says which of the other attributes are used (see docs/dsl.md, Gates)."""

    id: str
    kind: Literal["when", "each", "count", "roles", "fields", "document", "content", "children", "successors"]
    when: Expr | None = None
    where: Expr | None = None
    record: str | None = None
    bounds: Bounds = Bounds(1, None)
    names: tuple[str, ...] = ()  # roles or fields; all roles when kind is roles and this is empty
    document: str | None = None
    content: str | None = None
    signed: bool = True  # a content also needs its signature
    playbook: str | None = None
    state: Literal["started", "running", "succeeded", "stopped", "finished"] = "started"
    otherwise: str = ""  # the sentence of `else`
    by: str | None = None
    fix: str = ""
    place: Place = NOWHERE


@frozen
class Transition:
    id: str
    to: str
    title: str = ""
    when: Expr | None = None
    otherwise: str = ""
    reason: ReasonNeed = "optional"
    reopens: tuple[str, ...] | Literal["all", "none"] = "none"
    by: str | None = None
    gated: bool = False
    place: Place = NOWHERE


@frozen
class Timer:
    """A timed transition (`after_time`). Its id is `timer_1`, `timer_2` … within the stage unless it has one."""

    id: str
    wait: Duration
    to: str
    title: str = ""
    when: Expr | None = None
    place: Place = NOWHERE


@frozen
class ChildStart:
    playbook: str
    title: str = ""
    for_each: str | None = None
    when: Expr | None = None
    auto: bool = True
    place: Place = NOWHERE


@frozen
class Stage:
    """A stage, possibly with nested `stages` (one after another) or `regions` (all at once, key `parallel`)."""

    id: str
    title: str
    goal: str = ""
    help: str = ""
    takes: Duration | None = None
    tasks: Mapping[str, Task] = field(default_factory=dict)
    gate: tuple[GateItem, ...] = ()
    next: str | None = None
    final: str | None = None
    holds: bool = False
    transitions: Mapping[str, Transition] = field(default_factory=dict)
    timers: tuple[Timer, ...] = ()
    starts: tuple[ChildStart, ...] = ()
    stages: Mapping[str, Stage] = field(default_factory=dict)
    regions: Mapping[str, Stage] = field(default_factory=dict)
    parent: str | None = None
    place: Place = NOWHERE

    @property
    def nested(self) -> bool:
        return bool(self.stages or self.regions)


@frozen
class Metric:
    id: str
    title: str
    unit: str = ""
    numerator: str | None = None
    denominator: str | None = None
    direction: Literal["up", "down"] = "up"
    target: Decimal | None = None
    baseline: str | None = None
    window: Duration | None = None
    help: str = ""
    least: int = 30  # a base below this is too small to say anything
    kpi: bool = False  # shown on the board
    place: Place = NOWHERE


@frozen
class Window:
    """A stretch of days. Either `start` to `end` (date fields, or `started` and `today`), both days within; or as many
    days as the window `before` has, just before it; or the `last` so many up to today (with `before: started`, up to the
    day before the pilot began)."""

    id: str
    title: str = ""
    start: str | None = None
    end: str | None = None
    before: str | None = None
    last: Duration | None = None
    place: Place = NOWHERE


@frozen
class Channel:
    """A channel as the playbook calls it, with the names it has in files."""

    id: str
    title: str
    side: Literal["online", "offline"] | None = None
    names: tuple[str, ...] = ()
    place: Place = NOWHERE


@frozen
class LedgerSettings:
    """How a hospital's files are read: more names for columns, its channels, the field that names the own department,
    how long event rows are kept."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    department: str | None = None
    retain: Duration = Duration(12, "months")
    place: Place = NOWHERE


@frozen
class FunnelLink:
    """A link: the field that counts it, who answers for it, the rate (in percent of the link before) it should reach."""

    field: str
    owner: str | None = None
    target: Decimal | None = None
    place: Place = NOWHERE


@frozen
class Funnel:
    id: str
    title: str
    links: tuple[FunnelLink, ...] = ()
    help: str = ""
    place: Place = NOWHERE


RuleEffect = Literal["warn", "task", "block", "recommend"]


@frozen
class Rule:
    """When numbers cross a line: say so, ask for a task, block a transition, or recommend one. `each` is "channel" for a
    rule that looks at every channel of the ledger (`row.x`); `transition` belongs to `stage` (None: the playbook)."""

    id: str
    title: str
    when: Expr
    then: RuleEffect = "warn"
    each: str | None = None
    message: str = ""
    task: str | None = None
    transition: str | None = None
    stage: str | None = None
    by: str | None = None
    fix: str = ""
    place: Place = NOWHERE


InputType = Literal["number", "choice", "yes_no"]
HitPolicy = Literal["first", "unique", "collect", "priority"]


@frozen
class DecisionInput:
    """A column of conditions. `value` is where it comes from; without it, it is given when the table is asked."""

    id: str
    title: str
    type: InputType = "number"
    value: Expr | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    integer: bool = False
    place: Place = NOWHERE


@frozen
class DecisionOutput:
    """A column of results: one of `options` (their order is the priority), or free text."""

    id: str
    title: str
    options: Mapping[str, str] = field(default_factory=dict)
    place: Place = NOWHERE


@frozen
class DecisionRow:
    """`cells` are conditions as written, by input; an input that is absent may be anything. `results` by output."""

    cells: Mapping[str, str]
    results: Mapping[str, str]
    place: Place = NOWHERE


@frozen
class DecisionTable:
    """Inputs, outputs, rows; `hit` says which rows count when several fit (DMN 1.3: first, unique, collect, priority).
    `each` is "channel" for a table that is asked about every channel, or the id of a record for one asked about its rows."""

    id: str
    title: str
    hit: HitPolicy
    inputs: Mapping[str, DecisionInput]
    outputs: Mapping[str, DecisionOutput]
    rows: tuple[DecisionRow, ...] = ()
    each: str | None = None
    help: str = ""
    place: Place = NOWHERE


@frozen
class Document:
    id: str
    title: str
    template: str
    formats: tuple[str, ...] = ("md", "docx")
    max_words: int | None = None
    max_pages: int | None = None  # measured on the PDF
    help: str = ""
    place: Place = NOWHERE


@frozen
class Content:
    """What is checked before it goes out: the text (or file) of a field, or columns of a record. `channel` and `purpose` are
    ids of the compliance rules or `fields.X`; `sign` is the approval task of the named reviewer; `facts` are fact → field
    or column, `tests` fact → condition."""

    id: str
    title: str
    channel: str
    field: str | None = None
    record: str | None = None
    columns: tuple[str, ...] = ()
    purpose: str | None = None
    sign: str | None = None
    facts: Mapping[str, str] = _NOTHING
    tests: Mapping[str, Expr] = field_of(default_factory=dict)
    help: str = ""
    place: Place = NOWHERE


@frozen
class Playbook:
    """A whole playbook. `stages` holds the top level only; `all_stages` every stage and region, outer before inner.

    `where` finds the exact place of a reference for the checks; a playbook from the store has none.
    """

    id: str
    version: str
    title: str
    purpose: str = ""
    language: str = "zh-CN"
    roles: Mapping[str, Role] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)
    records: Mapping[str, Record] = field(default_factory=dict)
    stages: Mapping[str, Stage] = field(default_factory=dict)
    transitions: Mapping[str, Transition] = field(default_factory=dict)
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    windows: Mapping[str, Window] = field(default_factory=dict)
    ledger: LedgerSettings = field(default_factory=LedgerSettings)
    funnels: Mapping[str, Funnel] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    decisions: Mapping[str, DecisionTable] = field(default_factory=dict)
    content: Mapping[str, Content] = field(default_factory=dict)
    compliance: str = "medical-ads"  # the rule pack that content is checked against
    place: Place = NOWHERE
    where: Where = field(default=lambda path, part: NOWHERE, compare=False, repr=False)

    @cached
    def all_stages(self) -> Mapping[str, Stage]:
        return {stage.id: stage for stage in _walk(self.stages)}

    @cached
    def tasks(self) -> Mapping[str, Task]:
        return {task.id: task for stage in self.all_stages.values() for task in stage.tasks.values()}

    @cached
    def expiring(self) -> tuple[Task, ...]:
        """The tasks whose signature is good for a while only."""
        return tuple(task for task in self.tasks.values() if task.valid is not None or task.valid_until is not None)

    @cached
    def required_in(self) -> Mapping[str, tuple[Field, ...]]:
        """Stage id → the required fields its default gate asks for: those its tasks set; the first stage, all others."""
        found: dict[str, list[Field]] = {}
        for one in self.fields.values():
            if one.required:
                setters = {task.stage for task in self.tasks.values() if one.id in task.sets}
                for stage in setters or {next(iter(self.stages))}:
                    found.setdefault(stage, []).append(one)
        return {stage: tuple(fields) for stage, fields in found.items()}

    @cached
    def counted(self) -> Mapping[str, Field]:
        """The fields that are counted from the ledger."""
        return {one.id: one for one in self.fields.values() if one.ledger is not None}

    @cached
    def going_out(self) -> frozenset[str]:
        """What holds texts that go out: fields, and columns as `RECORD.COLUMN`."""
        found = {one.field for one in self.content.values() if one.field}
        for one in self.content.values():
            record = self.records.get(one.record or "")
            if record is not None:
                columns = one.columns or tuple(c.id for c in record.columns.values() if c.type == "text")
                found |= {f"{record.id}.{column}" for column in columns}
        return frozenset(found)

    @cached
    def memory(self) -> dict[Hashable, object]:
        """What was worked out about this playbook, by whoever did; a playbook does not change, so it stays true."""
        return {}

    def ancestors(self, stage_id: str) -> tuple[str, ...]:
        """The stages around `stage_id`, innermost first."""
        found: list[str] = []
        parent = self.all_stages[stage_id].parent
        while parent is not None:
            found.append(parent)
            parent = self.all_stages[parent].parent
        return tuple(found)


def _walk(stages: Mapping[str, Stage]) -> Iterator[Stage]:
    for stage in stages.values():
        yield stage
        yield from _walk(stage.regions)
        yield from _walk(stage.stages)
