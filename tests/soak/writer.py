"""A process that works on a pilot for ever and says what was acknowledged, until somebody kills it.

Usage: python -m tests.soak.writer WORKSPACE. Each line on stdout is `COMMAND_ID LAST_SEQ`, written after the command returned.
"""

from __future__ import annotations

import sys
from pathlib import Path

from engine.process import commands as c
from engine.service import Desk

# Each command makes exactly this many events, so that half of one would show.
STEPS = 4


def main() -> None:
    folder = Path(sys.argv[1])
    desk = Desk.open(folder)
    file = folder / "lease.pdf"
    pilot = desk.view().pilot
    while True:
        number = pilot.seq
        step = number % STEPS
        if step == 0:
            outcome = desk.run(None, c.SetFields({"rent": str(number), "story": f"第{number}次"}))
        elif step == 1:
            outcome = desk.run(None, c.Batch((c.AddNote(f"记{number}"), c.AddNote("又记"), c.AddNote("再记"))))
        elif step == 2:
            outcome = desk.attach(None, file, task="decorate")
        elif pilot.at == ("rest",):
            outcome = desk.run(None, c.Advance("resume"))
        else:
            outcome = desk.run(None, c.Advance("pause"))
        pilot = outcome.view.pilot
        print(outcome.events[0].command, pilot.seq, flush=True)


if __name__ == "__main__":
    main()
