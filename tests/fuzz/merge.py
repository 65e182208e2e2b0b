#!/usr/bin/env python3
"""Three-way merges of randomly edited documents, and of damaged ones.

    merge.py KILN ROUNDS [FIRST_SEED]

For each seed: merging with an unchanged side gives the other side; merging both works and can be opened; merging in the other order
finds the same conflicts; damaged files end with a message and never with a crash. Exit 1 names the seeds that failed; their files stay.
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=300, env={**os.environ, "PATH": "/usr/bin:/bin"})


def problems(kiln, place, seed):
    base, a, b, out = (os.path.join(place, name + ".kiln") for name in ("base", "a", "b", "out"))
    for ours, theirs, expected in ((a, base, a), (base, b, b), (a, a, a)):
        merged = run(kiln, "merge", base, ours, theirs, "-o", out)
        if merged.returncode != 0:
            yield f"merge of {ours} and {theirs}: status {merged.returncode}: {merged.stdout}{merged.stderr}"
            continue
        differences = run(kiln, "diff", expected, out)
        if differences.returncode != 0:
            yield f"merge of {ours} and {theirs} differs:\n{differences.stdout}{differences.stderr}"
    found = []
    for ours, theirs in ((a, b), (b, a)):
        merged = run(kiln, "merge", base, ours, theirs, "-o", out, "--json")
        if merged.returncode not in (0, 1):
            yield f"merge of both: status {merged.returncode}: {merged.stderr}"
            continue
        conflicts = json.loads(merged.stdout)["conflicts"]
        found.append(len(conflicts) > 0)
        if bool(conflicts) != (merged.returncode == 1):
            yield f"status {merged.returncode} with {len(conflicts)} conflicts"
        text = run(kiln, "text", out)
        if text.returncode != 0:
            yield f"the merged file cannot be read: {text.stderr}"
    if len(set(found)) > 1:
        yield "one order has conflicts, the other has none"
    r = random.Random(seed)
    for victim in (base, a, b):
        damaged = os.path.join(place, "damaged.kiln")
        with open(victim, "rb") as file:
            data = bytearray(file.read())
        for _ in range(r.randrange(1, 30)):
            data[r.randrange(100, len(data))] = r.randrange(256)
        with open(damaged, "wb") as file:
            file.write(data[:r.randrange(len(data))] if r.random() < 0.2 else data)
        sides = [damaged if side == victim else side for side in (base, a, b)]
        merged = run(kiln, "merge", *sides, "-o", out)
        if merged.returncode not in (0, 1, 3):
            yield f"merge with a damaged {victim}: status {merged.returncode}: {merged.stderr}"


def main():
    kiln, rounds = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    folder = tempfile.mkdtemp()
    made = run(kiln, "-b", "--factory-startup", "--python-exit-code", "1", "--python", os.path.join(HERE, "merge_documents.py"), "--", folder, str(first), str(rounds))
    if made.returncode != 0:
        print(made.stdout, made.stderr)
        return 1
    failed = 0
    for seed in range(first, first + rounds):
        place = os.path.join(folder, str(seed))
        found = list(problems(kiln, place, seed))
        for problem in found:
            print(f"seed {seed} ({place}): {problem}")
        failed += bool(found)
        if not found:
            shutil.rmtree(place)
    print(f"{rounds} merges, {failed} failed")
    if not failed:
        shutil.rmtree(folder)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
