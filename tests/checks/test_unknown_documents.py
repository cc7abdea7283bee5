from engine.checks import unknown_documents
from engine.model import Document
from tests.checks.books import book, found, gate, stage


def test_a_gate_asks_for_a_declared_document() -> None:
    items = (gate(kind="document", document="brief"), gate(id="g2", kind="document", document="breif"))
    sample = book(stage("a", gate=items, next="end"), documents=(Document("brief", "B", "brief.md.j2"),))
    assert found(unknown_documents, sample) == [("unknown-document", "stages/a/gate/1/document")]
