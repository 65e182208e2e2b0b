#!/usr/bin/env python3
"""Runs the parity cases and compares what passes with the committed list: check_parity.py APP [--update]

A case of the list that does not pass fails the run. A case that passes and is not in the list is named, and added with --update:
the list may only grow. Totals are printed for every area.
"""
import argparse
import concurrent.futures
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIST = HERE / "parity_passing.txt"
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE / "parity"))
import run as parity  # noqa: E402


def results_of(app, case_file, relative, timeout):
    """Names of all cases of a file, of those that pass, and why others do not."""
    expected_path = parity.HERE / "expected" / relative.with_suffix(".json")
    expected = json.loads(expected_path.read_text())["cases"] if expected_path.exists() else {}
    actual, problem = parity.measure([app], case_file, timeout)
    passed, reasons = set(), {}
    for name, reference in expected.items():
        case = actual.get(name)
        full = f"{relative}:{name}"
        if case is None:
            reasons[full] = problem or "not reached"
        elif "error" in case:
            reasons[full] = case["error"].strip().splitlines()[-1]
        else:
            found = next(iter(parity.differences(reference["value"], case["value"], reference["tolerance"])), None)
            if found is None:
                passed.add(full)
            else:
                reasons[full] = found
    return {f"{relative}:{name}" for name in expected}, passed, reasons


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("app")
    parser.add_argument("--update", action="store_true", help="add cases that pass to the list")
    parser.add_argument("--timeout", type=float, default=300)
    args = parser.parse_args()
    app = str(Path(args.app).resolve())
    cases = parity.HERE / "cases"
    files = [path for path in sorted(cases.rglob("*.py")) if not path.name.startswith("_")]

    totals, passed, reasons = {}, set(), {}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = [(path.relative_to(cases).with_suffix(""), path) for path in files]
        done = pool.map(lambda job: (job[0], results_of(app, job[1].resolve(), job[0], args.timeout)), jobs)
        for relative, (names, good, bad) in done:
            area = str(relative).split("/")[0]
            total = totals.setdefault(area, [0, 0])
            total[0] += len(good)
            total[1] += len(names)
            passed |= good
            reasons.update(bad)
    for area, (good, count) in sorted(totals.items()):
        print(f"{area:24} {good:5} of {count:5}")
    print(f"{'total':24} {len(passed):5} of {sum(count for _, count in totals.values()):5}")

    listed = set(LIST.read_text().split()) if LIST.exists() else set()
    lost, gained = sorted(listed - passed), sorted(passed - listed)
    if args.update:
        LIST.write_text("\n".join(sorted(listed | passed)) + "\n")
    for name in gained:
        print(f"newly passing{'' if args.update else ' (run with --update)'}: {name}")
    for name in lost:
        print(f"NO LONGER PASSING: {name}: {reasons.get(name, 'the case is gone')}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
