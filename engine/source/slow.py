"""The composer in plain Python, for the rare PyYAML that was built without libyaml. Several times slower."""

from __future__ import annotations

from yaml.composer import Composer
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner


class SlowComposer(Reader, Scanner, Parser, Composer):
    """The same interface as yaml.cyaml.CParser: `get_single_node`. The subclass brings the resolver's methods."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)  # type: ignore[no-untyped-call, unused-ignore]
        Parser.__init__(self)  # type: ignore[no-untyped-call, unused-ignore]
        Composer.__init__(self)  # type: ignore[no-untyped-call, unused-ignore]
