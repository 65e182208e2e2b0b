"""bpy.path: file names and data names. Paths that begin with // are relative to the file of the document."""
import os

import _bpy

__all__ = (
    "abspath", "basename", "clean_name", "display_name", "display_name_from_filepath", "display_name_to_filepath",
    "ensure_ext", "extensions_audio", "extensions_image", "extensions_movie", "is_subdir", "module_names",
    "native_pathsep", "reduce_dirs", "relpath", "resolve_ncase",
)

extensions_image = frozenset({
    ".bmp", ".cin", ".dds", ".dpx", ".exr", ".hdr", ".j2c", ".jp2", ".jpeg", ".jpg", ".pdd", ".png", ".psb", ".psd",
    ".rgb", ".rgba", ".sgi", ".tga", ".tif", ".tiff", ".tx", ".webp",
})
extensions_movie = frozenset({
    ".avi", ".avs", ".divx", ".dv", ".flc", ".flv", ".m2t", ".m2ts", ".m2v", ".m4v", ".mkv", ".mov", ".movie", ".mp4",
    ".mpeg", ".mpg", ".mpg2", ".mts", ".mv", ".mxf", ".ogg", ".ogv", ".r3d", ".ts", ".vob", ".webm", ".wmv", ".xvid",
})
extensions_audio = frozenset({
    ".aac", ".ac3", ".aif", ".aiff", ".eac3", ".flac", ".m4a", ".mka", ".mp2", ".mp3", ".oga", ".ogg", ".wav", ".wma",
})

# How characters that file names cannot have are spelled in them.
_SPELLED = ((":", "_colon_"), ("+", "_plus_"), ("/", "_slash_"))


def _prefix(path):
    """The // of relative paths, in the type of `path`."""
    return b"//" if isinstance(path, bytes) else "//"


def _start_folder(path, start, library=None):
    """The folder that // stands for, in the type of `path`."""
    if start is not None:
        return start
    filepath = library.filepath if library is not None else _bpy.data.filepath
    folder = os.path.dirname(abspath(filepath) if library is not None else filepath)
    return os.fsencode(folder) if isinstance(path, bytes) else folder


def abspath(path, *, start=None, library=None):
    """The path with // replaced by `start`, else by the folder of the library or of the document."""
    if path.startswith(_prefix(path)):
        if library is not None:
            start = None
        return os.path.join(_start_folder(path, start, library), path[2:])
    return path


def relpath(path, *, start=None):
    """The path relative to `start`, else to the folder of the document, with // in front."""
    prefix = _prefix(path)
    if path.startswith(prefix):
        return path
    return prefix + os.path.relpath(path, _start_folder(path, start) or None)


def basename(path):
    """The last part of a path, which may begin with //."""
    return os.path.basename(path[2:] if path.startswith(_prefix(path)) else path)


def is_subdir(path, directory):
    """Whether `path` lies below `directory`."""
    path, directory = (os.path.normpath(abspath(p)) for p in (path, directory))
    if path == directory:
        return False
    separator = os.path.sep if isinstance(path, str) else os.fsencode(os.path.sep)
    return path.startswith(directory.rstrip(separator) + separator)


def clean_name(name, *, replace="_"):
    """The name with all but letters, digits, - and _ replaced, fit for files and identifiers."""
    if len(replace) != 1 or ord(replace) > 255:
        raise ValueError("Value must be a single ascii character")
    return "".join(c if c in "-_" or ord(c) >= 0xFF or (c.isascii() and c.isalnum()) else replace for c in name)


def display_name(name, *, has_ext=True, title_case=True):
    """A file or data name for the user to read: without extension, _ as spaces, all-lowercase names in title case."""
    if has_ext:
        name = os.path.splitext(basename(name))[0]
    for character, spelled in _SPELLED:
        name = name.replace(spelled, character)
    name = name.lstrip("_").replace("_", " ")
    return name.title() if title_case and name.islower() else name


def display_name_to_filepath(name):
    """The inverse of `display_name` for the characters that file names cannot have."""
    for character, spelled in _SPELLED:
        name = name.replace(character, spelled)
    return name


def display_name_from_filepath(name):
    """The file name without folder and extension, valid as the name of a data-block whatever its bytes are."""
    name = os.path.splitext(basename(name))[0]
    return os.fsencode(name).decode("utf-8", "replace")


def ensure_ext(filepath, ext, *, case_sensitive=False):
    """The path, with the extension added if it lacks it."""
    if case_sensitive:
        has_ext = filepath.endswith(ext)
    else:
        has_ext = filepath.lower().endswith(ext.lower())
    return filepath if has_ext else filepath + ext


def native_pathsep(path):
    """The path with the separators of this system; the // in front stays."""
    if path.startswith("//"):
        return "//" + native_pathsep(path[2:])
    return path.replace("\\" if os.path.sep == "/" else "/", os.path.sep)


def reduce_dirs(dirs):
    """The folders, absolute, without those that lie below another one."""
    dirs = sorted({os.path.abspath(folder) for folder in dirs})
    kept = []
    for folder in dirs:
        if not any(is_subdir(folder, other) for other in kept):
            kept.append(folder)
    return kept


def resolve_ncase(path):
    """The path in the upper and lower case of an existing file or folder, if one differs in that alone."""
    if not path or path.startswith("//") or os.path.exists(path):
        return path
    head, tail = os.path.split(path)
    if not tail:
        return path
    folder = resolve_ncase(head) if head != path else head
    try:
        names = os.listdir(folder or os.curdir)
    except OSError:
        return path
    for name in sorted(names):
        if name.lower() == tail.lower():
            return os.path.join(folder, name)
    return path


def module_names(path, *, recursive=False):
    """The Python modules of a folder as (name, file); `recursive` looks into packages."""
    modules = []
    for name in sorted(os.listdir(path)):
        filepath = os.path.join(path, name)
        if name == "modules":  # what add-ons import, no add-ons
            continue
        if name.endswith(".py") and name != "__init__.py":
            modules.append((name[:-3], filepath))
        elif "." not in name:
            package = os.path.join(filepath, "__init__.py")
            if os.path.isfile(package):
                modules.append((name, package))
                if recursive:
                    modules.extend((f"{name}.{inner}", file) for inner, file in
                                   module_names(filepath, recursive=True))
    return modules
