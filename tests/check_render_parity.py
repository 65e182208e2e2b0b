#!/usr/bin/env python3
"""Renders the render parity scenes and compares what passes with the committed list: check_render_parity.py APP [--update] [--all]

Without --all only the scenes of the list are rendered. A scene of the list that does not pass fails the run; one that newly
passes is added with --update.
"""
import argparse
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIST = HERE / "render_parity_passing.txt"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("app")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--all", action="store_true")
    args = parser.parse_args()
    app = str(Path(args.app).resolve())
    listed = set(LIST.read_text().split()) if LIST.exists() else set()
    scenes = sorted(path.stem for path in (HERE / "render_parity" / "scenes").glob("*.py"))
    passed = set()
    for scene in scenes:
        if not args.all and not args.update and scene not in listed:
            continue
        done = subprocess.run([sys.executable, str(HERE / "render_parity" / "run.py"), app, "--filter", scene], capture_output=True, text=True)
        print(done.stdout.splitlines()[0] if done.stdout else done.stderr.strip(), flush=True)
        if re.search(r"^1 passed, 0 failed", done.stdout, re.MULTILINE):
            passed.add(scene)
    print(f"{len(passed)} of {len(scenes)} scenes pass")
    if args.update:
        LIST.write_text("\n".join(sorted(listed | passed)) + "\n")
    lost = sorted(listed - passed)
    for scene in lost:
        print(f"NO LONGER PASSING: {scene}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
