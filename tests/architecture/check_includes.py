#!/usr/bin/env python3
"""Compares the includes of every module with the table of floors in ARCHITECTURE.md."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def floors():
    """Module name to floor, from the table."""
    table = {}
    for line in (ROOT / "ARCHITECTURE.md").read_text().splitlines():
        row = re.match(r"\| (\d) \| `(\w+)` \|", line)
        if row:
            table[row.group(2)] = int(row.group(1))
    return table


def main():
    table = floors()
    problems = []
    for folder in sorted((ROOT / "source").iterdir()):
        if not folder.is_dir():
            continue
        if folder.name not in table:
            problems.append(f"source/{folder.name} is not in the table of ARCHITECTURE.md")
            continue
        for path in sorted(folder.rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            for number, line in enumerate(path.read_text().splitlines(), 1):
                found = re.match(r'\s*#include "(\w+)/', line)
                if not found or found.group(1) == folder.name:
                    continue
                other = found.group(1)
                if other not in table or table[other] >= table[folder.name]:
                    problems.append(f"{path.relative_to(ROOT)}:{number}: {folder.name} (floor {table[folder.name]}) must not include {other}")
    print("\n".join(problems) or f"{len(table)} modules include only what lies below them")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
