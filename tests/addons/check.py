"""Registers and unregisters every add-on of an installed reference application, and runs the script templates of its text editor.

    python3 check.py KILN [--update] [--filter GLOB] [--folder SCRIPTS]

Each runs in a process of its own with a time limit. What fails is listed with what it lacked. `passing.txt` names those that pass: a
listed one that fails makes the test fail, and `--update` adds new ones. Without the reference (Debian package blender-data) nothing
is tested.
"""
import argparse
import collections
import concurrent.futures
import fnmatch
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
LIST = os.path.join(HERE, "passing.txt")
SKIPPED = 77
TIME_LIMIT = 120


def scripts_folder():
    """The folder of scripts of the installed reference, or None."""
    try:
        listing = subprocess.run(["dpkg", "-L", "blender-data"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    folders = [line for line in listing.splitlines() if line.endswith("/scripts/addons")]
    return os.path.dirname(folders[0]) if folders else None


def find_cases(scripts):
    """Names such as "addon/mesh_f2", with the arguments they run with."""
    cases = {}
    folder = os.path.join(scripts, "addons")
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if name.endswith(".py"):
            cases[f"addon/{name[:-3]}"] = ["addon", folder, name[:-3]]
        elif os.path.exists(os.path.join(path, "__init__.py")):
            cases[f"addon/{name}"] = ["addon", folder, name]
    folder = os.path.join(scripts, "templates_py")
    for name in sorted(os.listdir(folder) if os.path.isdir(folder) else ()):
        if name.endswith(".py"):
            cases[f"template/{name[:-3]}"] = ["script", os.path.join(folder, name)]
    return cases


def run(kiln, arguments):
    """Empty when it went well, else what was missing."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "XDG_CONFIG_HOME": home, "HOME": home, "PYTHONDONTWRITEBYTECODE": "1"}
        command = [kiln, "-b", "--factory-startup", "--python", os.path.join(HERE, "run_one.py"), "--", *arguments]
        try:
            done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=TIME_LIMIT, cwd=home, env=environment,
                                  stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return f"took longer than {TIME_LIMIT} s"
    line = next((line for line in reversed(done.stdout.splitlines()) if line.startswith("RESULT ")), None)
    if line is None:
        return f"ended with status {done.returncode} and no result: {(done.stderr or done.stdout).strip()[-300:]}"
    result = json.loads(line[len("RESULT "):])
    if result["error"]:
        return f"{result['error']} ({result['stage']}, {result['place']})"
    return "" if done.returncode == 0 else f"ended with status {done.returncode} after it had gone well"


def feature_of(problem):
    """The name of what was missing, to count by."""
    for pattern in (r"module '([\w.]+)' has no attribute '(\w+)'", r"cannot import name '(\w+)' from '([\w.]+)'", r"'(\w+)' object has no attribute '(\w+)'",
                    r"type object '(\w+)' has no attribute '(\w+)'"):
        found = re.search(pattern, problem)
        if found:
            return ".".join(found.groups()) if "import name" not in pattern else f"{found.group(2)}.{found.group(1)}"
    return problem.split(" (register")[0].split(" (run")[0][:100]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kiln")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--filter", default="*")
    parser.add_argument("--folder", default=None)
    options = parser.parse_args()
    scripts = options.folder or scripts_folder()
    if scripts is None:
        print("the reference's scripts are not installed: nothing to test")
        return SKIPPED
    with open(LIST, encoding="utf-8") as file:
        expected = set(file.read().split())
    cases = {name: arguments for name, arguments in find_cases(scripts).items() if fnmatch.fnmatch(name, options.filter)}
    kiln = os.path.abspath(options.kiln)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        problems = dict(zip(cases, pool.map(lambda arguments: run(kiln, arguments), cases.values())))
    passing = {name for name, problem in problems.items() if not problem}
    for name, problem in problems.items():
        if problem:
            print(f"{name}: {problem}")
    features = collections.Counter(feature_of(problem) for problem in problems.values() if problem)
    for feature, count in features.most_common():
        print(f"{count:4} {feature}")
    for kind in ("addon", "template"):
        of_kind = [name for name in cases if name.startswith(kind)]
        print(f"{kind}: {sum(name in passing for name in of_kind)} of {len(of_kind)} pass")
    lost = sorted((expected & set(cases)) - passing)
    for name in lost:
        print(f"NO LONGER PASSES: {name}")
    new = sorted(passing - expected)
    if new and options.update:
        with open(LIST, "w", encoding="utf-8") as file:
            file.writelines(f"{name}\n" for name in sorted(expected | passing))
    elif new:
        print(f"{len(new)} more pass than passing.txt says: add them with --update")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
