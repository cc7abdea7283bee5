"""Learn the weights of the second opinion from labelled sentences and write them beside the pack.

    python -m scripts.train_second_opinion FILE… [--out FILE]

Needs scikit-learn (`pip install scikit-learn`), which the program itself does not. Sentences that a measurement is to be
made on must not be among the files. The result is the same each time.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from engine.compliance import load_pack
from engine.compliance.load import shipped_folder
from engine.compliance.normal import plain
from engine.compliance.second import SCALE, SUFFIX, class_finder, features
from engine.source import parse

# Numbers and names have detectors of their own, which no resemblance can replace.
LEFT_OUT = frozenset({"PI-ID-01", "PI-NAME-01"})
LEAST = 2  # a feature that stands in fewer sentences teaches nothing
SMALLEST = 4  # hundredths; smaller weights are left out
# Chosen on sentences that neither the patterns nor the weights had seen then (`docs/compliance.md`).
ABOVE, BELOW = 0.85, 0.3


def train(files: Sequence[Path], *, strength: float = 3.0) -> dict[str, object]:
    """The content of the file."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    pack = load_pack()
    rules = [rule.id for rule in pack.rules if rule.severity == "block" and rule.id not in LEFT_OUT]
    classes = class_finder(pack)
    items = [item for file in files for item in parse(file.read_text(encoding="utf-8"), str(file)).data]
    found = [features(plain(item["text"]).text, item["channel"], classes) for item in items]
    count = Counter(name for one in found for name in one)
    names = sorted(name for name, n in count.items() if n >= LEAST)
    place = {name: i for i, name in enumerate(names)}
    rows, columns = [], []
    for row, one in enumerate(found):
        for name in one:
            if name in place:
                rows.append(row)
                columns.append(place[name])
    table = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(items), len(names)))
    weights: dict[str, list[int]] = {}
    judges: dict[str, dict[str, float]] = {}
    for number, rule in enumerate(rules):
        labels = np.array([rule in item["violates"] for item in items])
        model = LogisticRegression(C=strength, class_weight="balanced", max_iter=5000).fit(table, labels)
        judges[rule] = {"bias": round(float(model.intercept_[0]), 3), "above": ABOVE, "below": BELOW}
        for name, weight in zip(names, model.coef_[0], strict=True):
            whole = round(float(weight) * SCALE)
            if abs(whole) >= SMALLEST:
                weights.setdefault(name, []).extend((number, whole))
    return {
        "made_by": "scripts/train_second_opinion.py",
        "sentences": len(items),
        "classes": sorted(classes.classes),
        "rules": judges,
        "weights": dict(sorted(weights.items())),
    }


def main(words: Sequence[str]) -> int:
    reader = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reader.add_argument("files", nargs="+", type=Path)
    reader.add_argument("--out", type=Path, default=shipped_folder() / f"medical-ads{SUFFIX}")
    given = reader.parse_args(words)
    data = train(given.files)
    given.out.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{data['sentences']} sentences, {given.out.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
