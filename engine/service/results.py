"""What a pilot's figures say, for whoever shows them: metrics with how sure they are, funnels, channels, rules that fire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.decisions.facts import ask
from engine.decisions.table import Outcome
from engine.frozen import cached, frozen
from engine.model import DecisionTable, Metric, Rule
from engine.pilot.groups import group_facts
from engine.pilot.state import Firing
from engine.results.measure import Measured, measure
from engine.results.report import ChannelRow, FunnelReport, channel_rows, funnel_report
from engine.results.sums import NoLedger, Sums
from engine.service.views import PilotView

if TYPE_CHECKING:
    from engine.service.desk import Desk


@frozen
class Results:
    """Everything is worked out when asked for."""

    view: PilotView
    sums: Sums

    def metric(self, metric: Metric) -> Measured:
        return measure(self.view.book, self.view.pilot, metric, self.sums, self.view.context.today)

    @cached
    def metrics(self) -> Mapping[str, Measured]:
        return {metric.id: self.metric(metric) for metric in self.view.book.metrics.values()}

    @cached
    def funnels(self) -> tuple[FunnelReport, ...]:
        book, pilot = self.view.book, self.view.pilot
        return tuple(funnel_report(book, pilot, f, self.sums, self.view.context.today) for f in book.funnels.values())

    @cached
    def channels(self) -> tuple[ChannelRow, ...]:
        return channel_rows(self.view.book, self.view.pilot)

    @cached
    def firings(self) -> tuple[tuple[Rule, Firing], ...]:
        """Rules that fire now, in the order of the playbook."""
        rules = self.view.book.rules
        order = list(rules)
        found = [(rules[one.rule], one) for one in self.view.pilot.firings.values() if one.rule in rules]
        return tuple(sorted(found, key=lambda pair: (order.index(pair[0].id), pair[1].group)))

    def decision(self, table: DecisionTable, channel: str | None = None) -> Outcome:
        """What a decision table says now, of the pilot or of one channel."""
        context = self.view.context
        if channel is None:
            return ask(self.view.book, table, context.facts)
        row = group_facts(self.view.book, self.view.pilot, channel)
        return ask(self.view.book, table, context.group_facts(channel), row)


def results_of(desk: Desk, view: PilotView) -> Results:
    """The results of a pilot as it stands. A pilot without imports has no ledger to ask."""
    sums: Sums = desk.store.ledger.of(view.pilot.id) if view.pilot.live_imports else NoLedger()
    return Results(view, sums)
