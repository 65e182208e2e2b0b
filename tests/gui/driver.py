"""Drives the program's window as a person does: with mouse and keys, on a screen of its own.

    with Window() as window:
        window.click("header:Add")
        window.key("g")
        window.type("2")
        window.key("Return")
        assert window.python("print(bpy.data.objects['Cube'].location.x)") == "2.0"

Events go to the X server (XTest), so the program cannot tell them from real ones. A socket (`--control-socket`) only
answers where things lie and what the document holds. See README.md.
"""
import ctypes
import ctypes.util
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("KILN", ROOT / "build/release/bin/kiln"))
FAILURES = Path(os.environ.get("KILN_GUI_FAILURES", ROOT / "build/gui_failures"))

# Names of the X server for keys that are not named by their letter.
KEYS = {"Return": "Return", "Escape": "Escape", "Tab": "Tab", "space": "space", "Delete": "Delete", "BackSpace": "BackSpace",
        "Home": "Home", "Up": "Up", "Down": "Down", "Left": "Left", "Right": "Right"}


class Screen:
    """A virtual screen (Xvfb) and a connection that sends events to it."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        reading, writing = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            self.name = ":" + pipe.readline().strip()
        self.x11 = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self.xtst = ctypes.CDLL(ctypes.util.find_library("Xtst") or "libXtst.so.6")
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XOpenDisplay.argtypes = [ctypes.c_char_p]
        self.x11.XStringToKeysym.restype = ctypes.c_ulong
        self.x11.XStringToKeysym.argtypes = [ctypes.c_char_p]
        self.x11.XKeysymToKeycode.restype = ctypes.c_ubyte
        self.x11.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
        self.x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x11.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self.x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
        self.xtst.XTestFakeKeyEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self.xtst.XTestFakeButtonEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self.xtst.XTestFakeMotionEvent.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_ulong]
        self.display = self.x11.XOpenDisplay(self.name.encode())

    def sync(self):
        self.x11.XSync(self.display, 0)

    def motion(self, x, y):
        self.xtst.XTestFakeMotionEvent(self.display, 0, int(x), int(y), 0)
        self.sync()

    def pointer(self):
        """Where the mouse is."""
        found = [ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_int(), ctypes.c_int(), ctypes.c_int(), ctypes.c_int(), ctypes.c_uint()]
        root = self.x11.XDefaultRootWindow(ctypes.c_void_p(self.display))
        self.x11.XQueryPointer(ctypes.c_void_p(self.display), ctypes.c_ulong(root), *map(ctypes.byref, found))
        return found[2].value, found[3].value

    def button(self, number, is_down):
        self.xtst.XTestFakeButtonEvent(self.display, number, int(is_down), 0)
        self.sync()

    def keysym(self, name, is_down):
        code = self.x11.XKeysymToKeycode(self.display, self.x11.XStringToKeysym(name.encode()))
        if not code:
            raise ValueError(f"there is no key {name!r}")
        self.xtst.XTestFakeKeyEvent(self.display, code, int(is_down), 0)
        self.sync()

    def close(self):
        self.x11.XCloseDisplay(self.display)
        self.server.terminate()
        self.server.wait()


class Window:
    """The program with a window, from start to end. Used with `with`."""

    def __init__(self, arguments=(), size=(1440, 900), environment=None):
        self.folder = Path(tempfile.mkdtemp(prefix="kiln_gui_"))
        self.screen = Screen(*size)
        path = self.folder / "control"
        settings = dict(os.environ, DISPLAY=self.screen.name, QT_QPA_PLATFORM="xcb", KILN_NO_QUESTIONS="1",
                        XDG_CONFIG_HOME=str(self.folder / "config"), XDG_RUNTIME_DIR=str(self.folder), LIBGL_ALWAYS_SOFTWARE="1")
        settings.update(environment or {})
        self.log = open(self.folder / "log", "w")
        started = time.monotonic()
        self.process = subprocess.Popen([str(PROGRAM), "--control-socket", str(path), *map(str, arguments)], env=settings,
                                        stdout=self.log, stderr=subprocess.STDOUT)
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(60)
        while True:
            try:
                self.socket.connect(str(path))
                break
            except OSError:
                if self.process.poll() is not None or time.monotonic() - started > 60:
                    said = (self.folder / "log").read_text()
                    self.close()
                    raise RuntimeError("the window did not start:\n" + said) from None
                time.sleep(0.01)
        self.reader = self.socket.makefile("r")
        self.idle()
        self.seconds_to_start = time.monotonic() - started

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            FAILURES.mkdir(parents=True, exist_ok=True)
            name = os.environ.get("KILN_GUI_TEST", "failure")
            try:
                self.screenshot(FAILURES / f"{name}.png")
                print(f"the picture is in {FAILURES / name}.png")
            except Exception:
                pass
        self.close()

    def close(self):
        """Ends the program as its window does; kills it if it does not end."""
        if self.process.poll() is None:
            try:
                self.ask({"do": "command", "name": "wm.quit_blender"})
                self.process.wait(timeout=10)
            except Exception:
                self.process.kill()
                self.process.wait()
        self.exit_status = self.process.returncode
        self.screen.close()
        self.log.close()
        self.output = (self.folder / "log").read_text()
        shutil.rmtree(self.folder, ignore_errors=True)

    # Questions.

    def ask(self, request):
        self.socket.sendall((json.dumps(request) + "\n").encode())
        line = self.reader.readline()
        if not line:
            raise RuntimeError("the program has ended:\n" + (self.folder / "log").read_text())
        return json.loads(line)

    def idle(self):
        """Waits until everything asked for is evaluated and painted."""
        self.screen.sync()
        self.ask({"do": "idle"})

    def python(self, code):
        """What a piece of Python prints, `bpy` imported."""
        answer = self.ask({"do": "run", "code": "import bpy\n" + code})
        if "error" in answer:
            raise RuntimeError(answer["error"])
        self.idle()
        return answer["output"].strip()

    def command(self, name, **settings):
        """Runs a command as a key or menu would; dialogs it opens stay open."""
        self.ask({"do": "command", "name": name, "settings": settings})

    def state(self):
        """Undo labels, log lines, whether a render is running."""
        return self.ask({"do": "state"})

    def figures(self):
        """What editors have measured since the last call: "VIEW_3D.input_ms_max"."""
        return self.ask({"do": "figures"})

    def undo_labels(self):
        state = self.state()
        return state["undo"][:state["present"] + 1]

    def places(self, name=None, editor=None):
        found = self.ask({"do": "places"})["places"]
        return [p for p in found if (name is None or p["name"] == name) and (editor is None or p["editor"] == editor)]

    def place(self, name, editor=None):
        """Middle of what has this name, in pixels of the screen."""
        found = self.places(name, editor)
        if not found:
            known = sorted({p["name"] for p in self.places(editor=editor)})
            raise LookupError(f"nothing is called {name!r}; there are {known}")
        return found[0]["x"] + found[0]["width"] // 2, found[0]["y"] + found[0]["height"] // 2

    # Mouse and keys. Places are (x, y) or names.

    def _at(self, place):
        return self.place(place) if isinstance(place, str) else place

    def move(self, place, steps=1):
        x, y = self._at(place)
        from_x, from_y = getattr(self, "mouse", (x, y))
        for i in range(1, steps + 1):
            self.screen.motion(from_x + (x - from_x) * i / steps, from_y + (y - from_y) * i / steps)
            if steps > 1:
                time.sleep(0.005)
        self.mouse = (x, y)
        self.idle()

    def click(self, place, button=1, modifiers=()):
        self.move(place)
        self._hold(modifiers, True)
        self.screen.button(button, True)
        self.screen.button(button, False)
        self._hold(modifiers, False)
        self.idle()

    def double_click(self, place):
        self.move(place)
        for _ in range(2):
            self.screen.button(1, True)
            self.screen.button(1, False)
        self.idle()

    def drag(self, start, end, button=1, modifiers=(), steps=8):
        self.move(start)
        self._hold(modifiers, True)
        self.screen.button(button, True)
        self.idle()
        self.move(end, steps)
        self.screen.button(button, False)
        self._hold(modifiers, False)
        self.idle()

    def wheel(self, place, steps):
        self.move(place)
        for _ in range(abs(steps)):
            self.screen.button(4 if steps > 0 else 5, True)
            self.screen.button(4 if steps > 0 else 5, False)
        self.idle()

    def _hold(self, modifiers, is_down):
        for modifier in modifiers:
            self.screen.keysym({"shift": "Shift_L", "ctrl": "Control_L", "alt": "Alt_L"}[modifier], is_down)

    def key(self, name, *modifiers):
        """Presses and releases a key, with "shift", "ctrl" or "alt" held."""
        self._hold(modifiers, True)
        self.screen.keysym(KEYS.get(name, name), True)
        self.screen.keysym(KEYS.get(name, name), False)
        self._hold(modifiers, False)
        self.idle()

    def type(self, text):
        names = {" ": "space", ".": "period", "-": "minus", "_": "underscore", "(": "parenleft", ")": "parenright", "=": "equal",
                 "+": "plus", "*": "asterisk", "/": "slash", ",": "comma", "'": "apostrophe", '"': "quotedbl", ":": "colon",
                 "[": "bracketleft", "]": "bracketright"}
        shifted = set('_()+*":')
        for character in text:
            needs_shift = character.isupper() or character in shifted
            self._hold(["shift"] if needs_shift else [], True)
            name = names.get(character, character.lower() if character.isalpha() else character)
            self.screen.keysym(name, True)
            self.screen.keysym(name, False)
            self._hold(["shift"] if needs_shift else [], False)
        self.idle()

    # Pictures.

    def screenshot(self, path):
        """The whole screen as PNG."""
        subprocess.run(["import", "-display", self.screen.name, "-window", "root", "-depth", "8", str(path)], check=True)

    def pixels(self, x, y, width, height):
        """A part of the screen: rows of (red, green, blue)."""
        raw = subprocess.run(["import", "-display", self.screen.name, "-window", "root", "-crop", f"{width}x{height}+{x}+{y}", "-depth", "8", "rgb:-"],
                             check=True, stdout=subprocess.PIPE).stdout
        return [[tuple(raw[(row * width + column) * 3:][:3]) for column in range(width)] for row in range(height)]


def run(tests):
    """Runs functions that take nothing; their pictures are kept when they fail. Exit status as for `ctest`."""
    import sys
    import traceback
    failed = 0
    wanted = sys.argv[1:]
    for test in tests:
        if wanted and test.__name__ not in wanted:
            continue
        os.environ["KILN_GUI_TEST"] = test.__name__
        try:
            test()
            print(f"passed  {test.__name__}", flush=True)
        except Exception:
            failed += 1
            print(f"FAILED  {test.__name__}\n{traceback.format_exc()}", flush=True)
    sys.exit(1 if failed else 0)
