#!/usr/bin/env python3
"""Checks that the interface does not become less exact.

    check_exactness.py KILN [--record] [--verbose]

Needs the recorded facts about the reference's interface and the tool that compares with them: the folder `reference` with
`rna_structs.jsonl` and `tools/api_coverage.py` beside it, in the folder that KILN_REFERENCE names or in this one. Without them
it leaves with status 77, which CTest shows as skipped. `exact_properties.txt` has the number of properties that agree in type,
default and range, and may only grow; --record writes it anew. What waits for a feature that is not there yet is counted apart, by
`awaited_features.txt`; --verbose lists the rest.
"""
import fnmatch
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
KEPT = os.path.join(HERE, "exact_properties.txt")
AWAITED = os.path.join(HERE, "awaited_features.txt")


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
    missing = [line[2] for line in lines if line[:2] == ["missing", "properties"] and line[2].partition(".")[0] not in lacking]
    other = [line[2].rstrip(":") for line in lines if line[:2] == ["differs", "properties"]]
    return exists, exact, missing + other, exists + len(missing)


def awaited():
    """Features that are not there yet, with the patterns of what waits for them."""
    with open(AWAITED, encoding="utf-8") as file:
        for line in file:
            feature, separator, patterns = line.partition(": ")
            if separator and not line.startswith("#"):
                yield feature, patterns.split()


def sorted_out(lacking):
    """How many properties wait for each feature, and those that wait for none."""
    counts, rest = {}, []
    for name in lacking:
        feature = next((feature for feature, patterns in awaited() if any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)), None)
        if feature is None:
            rest.append(name)
        else:
            counts[feature] = counts.get(feature, 0) + 1
    return counts, rest


def main():
    found = find_tool()
    if found is None:
        print("skipped: there are no facts about the reference here (KILN_REFERENCE)")
        return 77
    exists, exact, lacking, of_types = measure(sys.argv[1], *found)
    print(f"properties: {exact} exact of {of_types} of the types that exist ({100 * exact / of_types:.1f} %), {exists} exist")
    counts, rest = sorted_out(lacking)
    waiting = sum(counts.values())
    print(f"{waiting} wait for features to come; of the other {of_types - waiting} {100 * exact / (of_types - waiting):.1f} % are exact")
    if "--verbose" in sys.argv:
        print(*(f"{count:5} {feature}" for feature, count in sorted(counts.items(), key=lambda item: -item[1])), sep="\n")
        print("open:", *sorted(rest))
    done = [feature for feature, _ in awaited() if feature not in counts]
    if done:
        print("nothing waits any more for:", *done, sep="\n  ")
        return 1
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
