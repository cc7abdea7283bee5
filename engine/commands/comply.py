"""`playbook comply`: what must not be said or shown in a text before it goes out, with the article and a better wording."""

from __future__ import annotations

from engine.commands._frame import flag, option, verb, words
from engine.commands._session import Session
from engine.text import say

BESIDE = "\0"  # the copy was asked for without a name: it goes beside the file


@verb(
    "comply",
    say("检查宣传、科普和对外文字", "Check texts before they are published"),
    words(
        say("文件|-…", "FILE|-…"),
        say(
            ".txt、.md、.docx、.xlsx 文件，可写多个、文件夹或带 * 的文件名；- 表示从标准输入读文字",
            ".txt, .md, .docx, .xlsx; several, a folder, or a name with *; - reads text from standard input",
        ),
    ),
    option(
        "--channel",
        metavar="ad|kepu|self_media|news|internal",
        help=say(
            "发在哪里：医疗广告、科普、本院自媒体（含话术）、新闻、只在院内（必写）",
            "where it goes: advertisement, health education, own accounts, news, inside only (required)",
        ),
    ),
    option(
        "--purpose",
        metavar="disclosure|education|promotion|training|academic",
        help=say(
            "为了什么：信息公开、健康教育、推广、培训、学术",
            "what for: disclosure, education, promotion, training, academic exchange",
        ),
    ),
    option(
        "--pack",
        metavar=say("规则包", "PACK"),
        help=say("规则包的 id 或文件（默认 medical-ads）", "a rule pack's id or file (default: medical-ads)"),
    ),
    option(
        "--fact",
        "facts",
        multiple=True,
        metavar=say("事实=内容", "FACT=VALUE"),
        help=say("这份稿件的事实，如 consent_id=K-012", "a fact of the piece, such as consent_id=K-012"),
    ),
    option(
        "--evidence",
        multiple=True,
        metavar=say("材料", "NAME"),
        help=say("另附了哪类证明材料（名称见提示）", "what was shown beside the text (a finding names it)"),
    ),
    option(
        "--annotate",
        is_flag=False,
        flag_value=BESIDE,
        metavar=say("[文件]", "[OUT]"),
        help=say(
            "另存一份带批注的副本：Word 批注、Excel 结果表或 Markdown 脚注（不写文件名就存在原文件旁）",
            "also write a copy with remarks: Word comments, a sheet, or footnotes (without a name: beside the file)",
        ),
    ),
    option(
        "--redact",
        is_flag=False,
        flag_value=BESIDE,
        metavar=say("[文件]", "[OUT]"),
        help=say(
            "另存一份遮住证件号、电话、病历号和患者姓名的副本",
            "also write a copy with ids, phones, record numbers and names of patients masked",
        ),
    ),
    option("--output", "-o", metavar=say("文件", "OUT"), help=say("副本存成什么文件", "where the copy goes")),
    flag("--strict", help=say("有提醒也算不通过", "warnings fail too")),
    more=say(
        "逐处指出位置、原文、规则、法条和改法，再按六步说明还缺什么。没有发现问题不等于没有问题：公开发布前仍由具名审核人签字。"
        "身份信息在屏幕上一律遮住；原文件不会被改动。",
        "Each finding has its place, the words, the rule, the article and a better wording; then the six steps and what they "
        "lack. Finding nothing proves nothing: a named reviewer still signs what is published. Identities are masked on the "
        "screen; the file itself is never changed.",
    ),
    examples=(
        "comply 公众号稿.docx --channel self_media --purpose promotion",
        "comply 科普.md --channel kepu --annotate",
        "comply 病例.docx --channel internal --redact 病例-遮盖.docx",
        "comply 话术/ --channel self_media --strict",
    ),
)
def command(
    session: Session,
    words: tuple[str, ...],
    channel: str | None,
    purpose: str | None,
    pack: str | None,
    facts: tuple[str, ...],
    evidence: tuple[str, ...],
    annotate: str | None,
    redact: str | None,
    output: str | None,
    strict: bool,
) -> int:
    from engine.commands import _comply, _comply_inputs
    from engine.commands._shared import usage

    files = list(words)
    # `comply --redact 稿.docx`: a name behind the option, and no file besides, is the file.
    if not files and annotate not in (None, BESIDE):
        files, annotate = [str(annotate)], BESIDE
    elif not files and redact not in (None, BESIDE):
        files, redact = [str(redact)], BESIDE
    if not files:
        raise usage(say("写明要检查的文件，或用 - 从标准输入读", "name the file to check, or - for standard input"))
    if output is not None and not (annotate or redact):
        raise usage(say("-o 和 --annotate 或 --redact 一起用", "-o goes with --annotate or --redact"))
    if output is not None and annotate == BESIDE and redact == BESIDE and not output.endswith(("/", "\\")):
        raise usage(say("两份副本要两个文件名，或 -o 写文件夹", "two copies need two names, or -o with a folder"))

    def named(asked: str | None) -> str | None:
        return output if asked == BESIDE and output is not None else "" if asked == BESIDE else asked

    asked = _comply.Asked(
        channel=_comply_inputs.channel_of(channel),
        purpose=_comply_inputs.purpose_of(purpose),
        pack=pack,
        facts=facts,
        evidence=evidence,
        annotate=named(annotate),
        redact=named(redact),
        strict=strict,
    )
    return _comply.run(session, files, asked)
