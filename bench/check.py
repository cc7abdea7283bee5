"""`check` of a whole playbook, warm and in-process, against libyaml reading the same text and nothing else."""

from __future__ import annotations

import yaml

from bench.figures import Figure, in_turn
from engine.load import load
from engine.resources import playbooks_folder


def measure() -> list[Figure]:
    path = playbooks_folder() / "four-step-pilot.yaml"
    text = path.read_text(encoding="utf-8")
    ours, floor, ratio = in_turn(lambda: load(path), lambda: yaml.load(text, Loader=yaml.CSafeLoader), 25)
    name = f"check of {path.name} ({len(text.splitlines())} lines, overlay and templates included), warm"
    return [Figure(name, ours * 1000, floor * 1000, "ms", ratio, 8)]
