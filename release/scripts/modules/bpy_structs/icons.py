"""Icons of the program by name and number."""
import os

_numbers = {}  # name -> number
_names = {}  # number -> name
_items = []


def numbered(names):
    """Names with their numbers: they count on from the last one unless they say theirs (NAME=3)."""
    found, number = [], 0
    for name in names:
        identifier, separator, given = name.partition("=")
        number = int(given) if separator else number
        found.append((identifier, number))
        number += 1
    return found


def numbers():
    """The numbers of all icons by their names."""
    if not _numbers:
        with open(os.path.join(os.path.dirname(__file__), "icons.txt"), encoding="utf-8") as file:
            words = " ".join(line.strip() for line in file if not line.startswith("#")).split()
        _numbers.update(numbered(words))
        _names.update((number, name) for name, number in _numbers.items())
    return _numbers


def number_of(name):
    """The number of an icon; 0 where there is no such icon."""
    return numbers().get(name, 0)


def name_of(number):
    """The name of the icon with this number, or None."""
    return _names.get(number) if numbers() else None


def items():
    """The facts about all icons as items of an enumeration."""
    if not _items:
        _items.extend({"identifier": name, "name": name, "description": "", "icon": "NONE", "value": number} for name, number in numbers().items())
    return _items
