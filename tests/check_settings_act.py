#!/usr/bin/env python3
"""Checks that what can be set is read by something: check_settings_act.py [--list]

A property that exists acts. Every member that a schema in source/ declares by its address has to be
read somewhere apart from that declaration: as `x.member`, `x->member`, `&Struct::member`, or by the
property's name (fields that panels show apart). The check is by name, so a common name passes by the
reader of another struct; it finds what was added as a name only. `settings_without_readers.txt` lists what scripts alone read, with the reason.
"""

import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXCEPTIONS = pathlib.Path(__file__).with_name("settings_without_readers.txt")
DECLARED = re.compile(r"add<&(\w+)::(\w+)>\(\s*\"(\w+)\"")
ALIAS = re.compile(r"using (\w+) = (\w+);")
READ = re.compile(r"(?:\.|->|::)(\w+)\b(?!\()")
QUOTED = re.compile(r"\"(\w+)\"")


def schema_text(text):
    """The text without the heads of declarations, so that they are not their own readers."""
    return re.sub(r"add(_\w+)?<&\w+::\w+>\(\s*\"\w+\"", "add(", text)


def bare_reads(text, member):
    """How often a file names the member otherwise than in a declaration: its struct's own functions."""
    lines = [line for line in schema_text(text).splitlines() if re.search(rf"\b{member}\b", line)]
    value = r"(?: = [\w:.\-+]+f?|\{[^}]*\})?"
    declared = re.compile(rf"^\s*(?!return\b)[\w:<>]+ (?:\w+{value}, )*{member}{value}(?:[;,].*)?$")
    return sum(1 for line in lines if not declared.match(line))


def declared_members(files):
    """(struct, member, property) of every property that a schema declares by an address."""
    for path, text in files.items():
        aliases = {}
        position = 0
        for match in DECLARED.finditer(text):
            aliases.update(ALIAS.findall(text[position : match.start()]))
            position = match.start()
            struct = aliases.get(match[1], match[1])
            yield struct, match[2], match[3], path


def main():
    files = {
        path: re.sub(r"//[^\n]*", "", path.read_text())
        for pattern in ("*.cpp", "*.h")
        for path in (ROOT / "source").rglob(pattern)
    }
    readers = collections.Counter()
    quoted = collections.Counter()
    for path, text in files.items():
        readers.update(set(READ.findall(schema_text(text))))
        if "editor" not in path.parts:
            quoted.update(set(QUOTED.findall(schema_text(text))))
    scripts = collections.Counter()
    for path in (ROOT / "release" / "scripts").rglob("*.py"):
        scripts.update(set(re.findall(r"\.(\w+)\b", path.read_text())))
    excepted = {}
    for line in EXCEPTIONS.read_text().splitlines():
        if line and not line.startswith("#"):
            name, _, reason = line.partition(" ")
            excepted[name] = reason.strip()

    failures = []
    used = set()
    count = 0
    for struct, member, name, path in declared_members(files):
        count += 1
        key = f"{struct}.{name}"
        if readers[member] or quoted[name] or scripts[name] or bare_reads(files[path], member):
            continue
        if key in excepted:
            used.add(key)
            continue
        failures.append(f"{key} ({path.relative_to(ROOT)}): nothing reads {member}")
    failures += [f"{key} is listed in {EXCEPTIONS.name} and needs no entry" for key in excepted if key not in used]
    failures += [f"{key} is listed in {EXCEPTIONS.name} without a reason" for key, reason in excepted.items() if not reason]
    print("\n".join(sorted(failures)))
    print(f"{count} settings, {len(excepted)} for scripts alone, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
