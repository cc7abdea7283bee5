"""Which papers a batch makes: of which pilots, which documents, for which departments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.commands._paper import check_day, templates_of
from engine.commands._paper_options import Order
from engine.commands._session import Session
from engine.errors import UserError
from engine.frozen import cached, frozen
from engine.text import Language, current_language, say

if TYPE_CHECKING:
    from engine.model import Document
    from engine.service.desk import Desk
    from engine.service.views import PilotView


@frozen
class Job:
    """One paper: of which pilot, which document, for which department ("" for none)."""

    pilot: str
    document: str
    department: str = ""


def jobs_of(session: Session, ref: str | None, document: str | None, order: Order) -> list[Job]:
    """Without a pilot every pilot; with one its departments (those asked for, or those it hands over to), for each document
    that has something for one. Raises UserError where nothing would be made, or the document asked for is for nobody."""
    desk = session.desk()
    alone = ref is not None or bool(order.departments)
    check_day(order, whole=not alone)
    found: list[Job] = []
    for row in [desk.find(ref)] if alone else desk.pilots():
        view = desk.view(row.pilot)
        departments = order.departments or (tuple(departments_of(view)) if alone else ())
        check_day(order, whole=not departments)
        whom = _Whom(desk, view)
        for name in [document] if document is not None else view.book.documents:
            if document is not None and alone:
                whom.check(name, order)
            if order.role and not whom.can("role", name):
                continue
            if departments and whom.can("department", name):
                found += [Job(row.pilot, name, one) for one in departments]
            elif not order.departments:
                found.append(Job(row.pilot, name))
    if not found and order.for_somebody:
        raise UserError(
            "nothing-to-make",
            say("没有一份文件能这样给", "there is no paper that can be for them"),
            say("playbook paper 列出有哪些文件", "`playbook paper` lists the documents"),
        )
    return found


class _Whom:
    """Whom the documents of one pilot can be for."""

    def __init__(self, desk: Desk, view: PilotView) -> None:
        self.desk, self.view, self.book = desk, view, view.book

    @cached
    def templates(self) -> dict[str, str]:
        return templates_of(self.desk, self.view)[1]

    def can(self, whom: str, name: str) -> bool:
        from engine.documents.addressing import can_be_for

        return can_be_for(whom, *self._document(name))

    def check(self, name: str, order: Order) -> None:
        """Raises UserError where the document has nothing for the departments or the role that were asked for."""
        from engine.documents.addressing import check_for_one
        from engine.documents.more import More

        more = More(department="".join(order.departments[:1]), role=order.role)
        check_for_one(self.book, *self._document(name), more=more)

    def _document(self, name: str) -> tuple[Document, dict[str, str], Language]:
        from engine.documents.render import find_document, spoken

        language = spoken(self.book, name, self.templates, current_language())
        return find_document(self.book, name, language), self.templates, language


def departments_of(view: PilotView) -> Iterator[str]:
    """The departments a pilot hands over to: every row that names one in the column called as its own department's field."""
    from engine.service.replicate import department_field

    field = department_field(view.book)
    seen: set[str] = set()
    for record in view.book.records.values():
        for row in view.pilot.rows.get(record.id, {}).values() if field in record.columns else ():
            value = row.get(field or "")
            if isinstance(value, str) and value not in seen:
                seen.add(value)
                yield value
