"""Why a file cannot be read, said so that somebody knows what to do next."""

from __future__ import annotations

from engine.errors import UserError
from engine.text import Message, say

KNOWN = say(
    "能读：.txt、.md、.docx、.xlsx，以及用 - 从标准输入读文字",
    "readable: .txt, .md, .docx, .xlsx, and - for text from standard input",
)


def wrong_type(name: str, what: Message) -> UserError:
    return UserError("wrong-type", say("{f} {what}", "{f} {what}", f=name, what=what), KNOWN)


def damaged(name: str) -> UserError:
    return UserError(
        "damaged",
        say("{f} 损坏或不完整", "{f} is damaged or incomplete", f=name),
        say("用 Word、Excel 或 WPS 打开，另存一份再试", "open it in Word or Excel, save a copy and try again"),
    )


def locked(name: str) -> UserError:
    return UserError(
        "locked",
        say("{f} 设了打开密码", "{f} is protected by a password", f=name),
        say("在 Word 或 Excel 里去掉密码，另存一份", "take the password off in Word or Excel and save a copy"),
    )


def too_large(name: str, size: int, most: int) -> UserError:
    return UserError(
        "too-large",
        say(
            "{f} 太大（{n} MB，上限 {m} MB）",
            "{f} is too large ({n} MB; at most {m} MB)",
            f=name,
            n=round(size / 1e6, 1),
            m=most // 1_000_000,
        ),
        say("分成几份，或删去图片和无关内容后再试", "split it, or take out pictures and other matter"),
    )


def unsafe(name: str) -> UserError:
    return UserError(
        "unsafe",
        say(
            "{f} 里有不该有的内容（文档类型声明），没有打开",
            "{f} holds a document type declaration; not opened",
            f=name,
        ),
        say("用 Word、Excel 或 WPS 打开，另存一份再试", "open it in Word or Excel, save a copy and try again"),
    )


def strict(name: str) -> UserError:
    return UserError(
        "strict-format",
        say(
            "{f} 存成了少见的“Strict Open XML”格式",
            "{f} was saved in the rare form 'Strict Open XML'",
            f=name,
        ),
        say("另存为普通的 .docx 或 .xlsx", "save it as an ordinary .docx or .xlsx"),
    )
