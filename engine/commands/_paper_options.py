"""The options every paper has."""

from __future__ import annotations

import click

from engine.commands._frame import VerbOption, flag, option
from engine.text import say


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
    )
