#!/usr/bin/env python3
"""Checks that the interface does not become less exact.

    check_exactness.py KILN [--record]

Needs the recorded facts about the reference's interface and the tool that compares with them: the folder `reference` with
`rna_structs.jsonl` and `tools/api_coverage.py` beside it, in the folder that KILN_REFERENCE names or in this one. Without them
it leaves with status 77, which CTest shows as skipped. `exact_properties.txt` has the number of properties that agree in type,
default and range, and may only grow; --record writes it anew.
"""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
KEPT = os.path.join(HERE, "exact_properties.txt")


def find_tool():
    """The comparing tool and the folder of facts, or None."""
    for folder in (os.environ.get("KILN_REFERENCE", ""), HERE):
        tool, facts = os.path.join(folder, "tools", "api_coverage.py"), os.path.join(folder, "reference")
        if folder and os.path.exists(tool) and os.path.exists(os.path.join(facts, "rna_structs.jsonl")):
            return tool, facts
    return None


def measure(kiln, tool, facts):
    """Properties that exist, those that are exact, and those of types that exist at all."""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        subprocess.run([kiln, "-b", "--factory-startup", "--python", tool, "--", "--area", "structs*", "--json", report, "--reference", facts],
                       check=True, stdout=subprocess.DEVNULL, timeout=600)
        with open(report, encoding="utf-8") as file:
            areas = json.load(file)["areas"].values()
    exists, exact = (sum(area["kinds"].get("properties", [0, 0, 0])[i] for area in areas) for i in range(2))
    lines = [line.split() for area in areas for line in area["lines"]]
    lacking = {line[2] for line in lines if line[:2] == ["missing", "structs"]}
    missing = sum(line[:2] == ["missing", "properties"] and line[2].partition(".")[0] not in lacking for line in lines)
    return exists, exact, exists + missing


def main():
    found = find_tool()
    if found is None:
        print("skipped: there are no facts about the reference here (KILN_REFERENCE)")
        return 77
    exists, exact, of_types = measure(sys.argv[1], *found)
    print(f"properties: {exact} exact of {of_types} of the types that exist ({100 * exact / of_types:.1f} %), {exists} exist")
    if "--record" in sys.argv:
        with open(KEPT, "w", encoding="utf-8") as file:
            file.write(f"{exact}\n")
        return 0
    with open(KEPT, encoding="utf-8") as file:
        least = int(file.read())
    if exact < least:
        print(f"there were {least} exact properties: {least - exact} have become different")
        return 1
    return 0


sys.exit(main())
