"""A client for a language server on standard input and output, with what the tests ask of it."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_SETTINGS = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}


def find_server() -> Path | None:
    """The server's script: $PLAYBOOK_YAML_LS, else `node_modules` here or in the cache folder of this project."""
    named = os.environ.get("PLAYBOOK_YAML_LS")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "playbook-engine"
    places = [Path(named)] if named else [base / "node_modules" for base in (ROOT, cache)]
    for place in places:
        for script in (place, place / "yaml-language-server" / "bin" / "yaml-language-server"):
            if script.is_file():
                return script
    return None


class LanguageServer:
    """Starts the server; `ask` waits for an answer, `diagnostics` for what it says about a document."""

    def __init__(self, script: Path, folder: Path) -> None:
        node = shutil.which("node")
        assert node is not None
        self.process = subprocess.Popen([node, str(script), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self.number = 0
        self.said: dict[str, list[dict[str, Any]]] = {}
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        hover = {"contentFormat": ["markdown", "plaintext"]}
        item = {"completionItem": {"snippetSupport": True}}
        capabilities = {
            "textDocument": {"hover": hover, "completion": item, "publishDiagnostics": {}},
            "workspace": {"configuration": True},
        }
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": _SETTINGS})

    def open(self, path: Path) -> str:
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": path.read_text(encoding="utf-8")}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def at(self, method: str, uri: str, line: int, col: int) -> Any:
        """Ask about a position, line and column from 0."""
        return self.ask(method, {"textDocument": {"uri": uri}, "position": {"line": line, "character": col}})

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        while uri not in self.said:
            self._handle(self.messages.get(timeout=30))
        return self.said[uri]

    def ask(self, method: str, params: object) -> Any:
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        while True:
            message = self.messages.get(timeout=30)
            if message.get("id") == self.number and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self._handle(message)

    def tell(self, method: str, params: object) -> None:
        self._send({"method": method, "params": params})

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.reader.join(30)
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()

    def _handle(self, message: dict[str, Any]) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            self.said[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message and "method" in message:
            items = message["params"].get("items", []) if message["method"] == "workspace/configuration" else None
            answer = None if items is None else [_SETTINGS.get(item.get("section", "")) for item in items]
            self._send({"id": message["id"], "result": answer})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            self.messages.put(json.loads(stream.read(length)))
