"""The options every paper has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from engine.commands._frame import VerbOption, flag, option
from engine.frozen import frozen, replace
from engine.text import say


@frozen
class Order:
    """What was asked for besides which paper."""

    final: bool = False
    gaps: bool = False
    formats: tuple[str, ...] = ()
    output: str | None = None
    sources: str | None = None
    everything: bool = False
    departments: tuple[str, ...] = ()
    day: str | None = None
    role: str | None = None

    @property
    def for_somebody(self) -> bool:
        return bool(self.departments or self.role or self.day)


PLAIN = Order()


def order_of(given: Mapping[str, Any]) -> Order:
    """The options as given; each department once, by its name without the spaces around it."""
    order = Order(**given)
    names = tuple(dict.fromkeys(name.strip() for name in order.departments))
    if "" in names:
        from engine.commands._shared import usage

        raise usage(say("--for 后面要写科室的名称", "--for takes the name of a department"))
    return replace(order, departments=names)


def paper_options() -> tuple[VerbOption, ...]:
    return (
        flag(
            "--final",
            help=say(
                "定稿：记入经过，关口据此放行（草稿不留记录）",
                "make it final: recorded, and gates ask for that (a draft is not)",
            ),
        ),
        flag(
            "--with-gaps",
            "gaps",
            help=say("定稿时允许还有待补充的内容", "make it final although something is still to be supplied"),
        ),
        option(
            "--format",
            "formats",
            multiple=True,
            type=click.Choice(["md", "docx", "pdf", "html", "pptx"]),
            help=say("格式（默认按方案）", "format (default: what the playbook says)"),
        ),
        option(
            "--output",
            "-o",
            metavar=say("文件夹", "DIR"),
            help=say("写到哪个文件夹（默认 papers/）", "the folder to write to (default: papers/)"),
        ),
        option(
            "--sources",
            is_flag=False,
            flag_value="screen",
            metavar="file",
            help=say(
                "列出每个数字和说法的来源；=file 写成文件放在旁边",
                "list where every figure and claim comes from; =file writes that beside the paper",
            ),
        ),
        flag(
            "--all",
            "everything",
            help=say(
                "成批：全部试点（写了试点就是它的各接收科室和全部文件），没变的跳过",
                "in bulk: every pilot (with a pilot: its departments and papers); what has not changed is skipped",
            ),
        ),
    )


def whom_options() -> tuple[VerbOption, ...]:
    """Whom a paper is for."""
    return (
        option(
            "--for",
            "departments",
            multiple=True,
            metavar=say("科室", "TEXT"),
            help=say("给这个科室：填好它的空，排好它的日历", "for this department: its blanks filled in, its calendar"),
        ),
        option(
            "--on",
            "day",
            metavar=say("日期", "DATE"),
            help=say("接收科室从哪一天开始（默认今天）", "the day that department begins (default: today)"),
        ),
        option(
            "--role",
            metavar=say("角色", "ROLE"),
            help=say("只给这个角色：它的清单和它要用的", "for this role only: its checklist and what it needs"),
        ),
    )
