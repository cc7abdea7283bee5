"""What a paper asks for and the pilot cannot give: marked where it stands, listed with who can supply it and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from engine.documents.markdown import escape
from engine.documents.pictures import Drawing
from engine.documents.tracing import Trace
from engine.documents.views import Named, View
from engine.documents.words import listing
from engine.process.context import Context
from engine.process.supply import Supply, supply_field, supply_record
from engine.text import Language

NOTHING = "—"


class Asking:
    """The functions with which a template asks. What was missing collects in `missing`, in the order it was asked for.

    An id the playbook does not declare is no error: a hospital's variant may have removed it. It reads as a dash.
    """

    def __init__(
        self,
        context: Context,
        views: dict[str, Any],
        language: Language,
        drawn: Mapping[str, Drawing] | None = None,
        trace: Trace | None = None,
    ) -> None:
        self.context, self.views, self.language = context, views, language
        self.drawn = drawn or {}
        self.trace = trace
        self.missing: dict[str, View] = {}

    def functions(self) -> dict[str, Callable[..., Any]]:
        return {
            "need": self.need,
            "need_metric": self.need_metric,
            "need_rows": self.need_rows,
            "need_people": self.need_people,
            "blank": self.blank,
            "chart": self.chart,
            "decided": self.decided,
            "cell": lambda row, column: self._taken(row["cells"], column, ""),
            "option": lambda row, column: row["options"].get(column, ""),
            "number": lambda row, column: row["numbers"].get(column),
            "field": lambda name: self._find("fields", name, value=NOTHING, option="", items=[], help=""),
            "record": lambda name: self._find("records", name, rows=[], columns=[], totals={}, help=""),
            "role": lambda name: self._find("roles", name, people=[], duties=[], needed="", filled=0, ok=False),
            "decision": lambda name: self._find("decisions", name, rows=[], inputs=[], outputs=[], help=""),
            "metric": lambda name: self._find("metrics", name, value=NOTHING, met=None, target="", formula=""),
        }

    def need(self, name: str) -> str | Markup:
        """The field's value, or the mark of a missing one."""
        found = self._find("fields", name)
        if not found["declared"]:
            return NOTHING
        if not found["empty"]:
            return str(self._taken(found, "value"))
        return self._mark(f"fields.{name}", found["title"], supply_field(self.context, name))

    def need_metric(self, name: str) -> str | Markup:
        """The metric's value; while a part is missing, the part is asked for."""
        found = self._find("metrics", name)
        if not found["declared"]:
            return NOTHING
        for part in found["lacks"]:
            self.need(part)
        return (
            str(self._taken(found, "value"))
            if not found["empty"]
            else Markup(f"{NOTHING}（{escape(found['reason'])}）")
        )

    def need_rows(self, name: str) -> Markup:
        """Nothing while the record has rows; otherwise the mark of a missing table."""
        found = self._find("records", name, rows=[])
        if not found["declared"] or found["rows"]:
            return Markup("")
        return self._mark(f"records.{name}", found["title"], supply_record(self.context, name))

    def need_people(self, name: str) -> str | Markup:
        """The people of a role, or the mark of a role nobody fills."""
        found = self._find("roles", name)
        if not found["declared"]:
            return NOTHING
        if found["people"]:
            return listing(self._taken(found, "people"), self.language)
        return self._mark(f"roles.{name}", found["title"], Supply((), None, (f"assign {name} 姓名",)))

    def blank(self, what: str) -> Markup:
        """Something no command supplies: it is marked, and filled in by hand."""
        return self._mark(f"blank.{what}", what, Supply())

    def chart(self, name: str) -> Markup:
        """A picture, to stand in a paragraph of its own; empty when there is none of that name."""
        found = self.drawn.get(name)
        if found is not None and self.trace is not None:
            self.trace.asked(("chart", name), found.alt)
        return Markup(f"![{escape(found.alt)}](chart:{name})") if found else Markup("")

    def decided(self, table: str, row: View | None = None) -> str:
        """What a decision table says, in words: of the pilot, or of a row of the record it is asked about; a dash for nothing."""
        found = self.context.book.decisions.get(table)
        if found is None or (found.each is not None and row is None):
            return NOTHING
        from engine.decisions.facts import ask
        from engine.decisions.show import result_words
        from engine.pilot.facts import row_facts

        facts, values = self.context.facts, None
        record = self.context.book.records.get(found.each or "")
        if row is not None and record is not None:
            values = row_facts(record.columns, row["number"], self.context.pilot.rows[record.id][row["number"]])
            facts = self.context.row_facts(values)
        outcome = ask(self.context.book, found, facts, values)
        words = [result_words(o, v) for o in found.outputs.values() for v in outcome.results.get(o.id, ())]
        said = listing(words, self.language) if words else NOTHING
        if self.trace is not None:
            at = self.trace.path_of(row) or () if row is not None else ()
            self.trace.asked(("decided", table, *at[1:2], *at[3:4]), said)
        return said

    def _taken(self, holder: View, key: str, otherwise: Any = None) -> Any:
        """What `holder` has under `key`, and the trace told that it was asked for."""
        value = holder.get(key, otherwise)
        if self.trace is not None:
            self.trace.took(holder, key, value)
        return value

    def _find(self, kind: str, name: str, **otherwise: Any) -> View:
        views: Named = self.views[kind]
        if name in views:
            return views[name]
        return {"id": name, "title": name, "empty": True, "declared": False, **otherwise}

    def _mark(self, key: str, title: str, supply: Supply) -> Markup:
        self.missing[key] = {
            "key": key,
            "title": title,
            "who": listing((self.context.role_title(role) for role in supply.roles), self.language),
            "command": f"playbook {supply.commands[0]}" if supply.commands else "",
        }
        # Brackets outside the emphasis: next to a letter Markdown would not see where it ends after a punctuation mark.
        zh = self.language == "zh"
        return Markup(f"【***待补充：{escape(title)}***】" if zh else f"(***To be supplied: {escape(title)}***)")
