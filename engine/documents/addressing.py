"""Which papers can be for one department or one role, and what such a paper is called.

The templates say it themselves: one that reads `receiving` has something for a department, one that reads `only_role` something
for a role. Of any other paper every department would get the same: that is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import TemplateSyntaxError, nodes

from engine.documents.environment import trees
from engine.documents.more import More
from engine.errors import UserError
from engine.frozen import replace
from engine.model import Document, Playbook
from engine.text import Language, Message, entitled, listed, say

ROLE_TEMPLATE = "role.md.j2"
_FOR = {"department": "receiving", "role": "only_role"}


def can_be_for(whom: str, document: Document, templates: Mapping[str, str], language: Language) -> bool:
    """Has the document something for one `department`, or one `role`? The guide of a role has a template of its own."""
    if whom == "role" and document.id == "guide":
        return True
    try:
        found = trees(document.template, templates, language)
        return any(n.name == _FOR[whom] and n.ctx == "load" for tree in found for n in tree.find_all(nodes.Name))
    except TemplateSyntaxError:
        return True  # rendering it tells what is wrong, and where


def addressed(
    book: Playbook, document: Document, more: More, templates: Mapping[str, str], language: Language
) -> Document:
    """The document for the department and the role of `more`: its title names them, and the guide for a role has the role's
    template. Raises UserError `not-for-one` where the document has nothing for them."""
    names = [book.roles[more.role].title] if more.role else []
    names += [more.department] if more.department else []
    if not names:
        return document
    check_for_one(book, document, templates, language, more)
    mark = "·".join(names) if language == "zh" else ", ".join(names)
    title = f"{document.title}（{mark}）" if language == "zh" else f"{document.title} ({mark})"
    # A part of a paper for a page or two is not held to the limits of the whole.
    if more.role:
        template = ROLE_TEMPLATE if document.id == "guide" else document.template
        return replace(document, title=title, template=template, max_words=None, max_pages=None)
    return replace(document, title=title)


def check_for_one(
    book: Playbook, document: Document, templates: Mapping[str, str], language: Language, more: More
) -> None:
    """Raises UserError `not-for-one` where the document has nothing for the department or the role of `more`."""
    for whom, wanted in (("department", more.department), ("role", more.role)):
        if wanted and not can_be_for(whom, document, templates, language):
            raise UserError("not-for-one", _same_for_all(whom, document), _instead(whom, book, templates, language))


def _same_for_all(whom: str, document: Document) -> Message:
    title = document.title if "《" in document.title else f"《{document.title}》"
    if whom == "department":
        return say(
            "{t}里没有写给接收科室的内容，给哪个科室都是同一份",
            "'{e}' has nothing for a receiving department: every department would get the same",
            t=title,
            e=document.title,
        )
    return say(
        "{t}里没有按角色分的内容，给哪个角色都是同一份",
        "'{e}' has nothing for one role: every role would get the same",
        t=title,
        e=document.title,
    )


def _instead(whom: str, book: Playbook, templates: Mapping[str, str], language: Language) -> Message:
    """Leave the option out, or take one of the papers that can be for one."""
    option = "--for" if whom == "department" else "--role"
    able = [d for d in _every(book, language) if can_be_for(whom, d, templates, language)]
    return say(
        "去掉 {o} 就生成；能用 {o} 的有：{all}",
        "leave out {o}; papers that take it: {all}",
        o=option,
        all=listed(entitled(d.id, d.title) for d in able),
    )


def _every(book: Playbook, language: Language) -> Iterator[Document]:
    from engine.documents.render import find_document

    yield from book.documents.values()
    if "guide" not in book.documents:
        yield find_document(book, "guide", language)
