"""Progress of long work in nested parts, shown by the cursor and printed."""
import time

__all__ = ("ProgressReport", "ProgressReportSubstep")


class ProgressReport:
    """Steps, each of which may consist of steps."""

    def __init__(self, wm=None):
        self.wm = wm
        self._levels = []  # [number of steps, steps done, message at the end]
        self.running = False
        self._begin = 0.0

    def __enter__(self):
        self.initialize(self.wm)
        return self

    def __exit__(self, exception_type, exception, trace):
        self.finalize()

    def initialize(self, wm=None):
        """Begins."""
        if wm is not None:
            self.wm = wm
        self._levels = []
        self._begin = time.time()
        self.running = True
        if self.wm is not None:
            self.wm.progress_begin(0, 10000)

    def finalize(self):
        """Ends."""
        if self.running and self.wm is not None:
            self.wm.progress_end()
        self.running = False
        self._levels = []

    def _show(self, message):
        share, width = 0.0, 1.0
        for count, done, _ in self._levels:
            share += width * min(done, count) / count
            width /= count
        if self.wm is not None:
            self.wm.progress_update(int(10000 * share))
        if message:
            print(f"{'    ' * max(0, len(self._levels) - 1)}{time.time() - self._begin:8.4f} s | {100 * share:6.2f} % | {message}")

    def enter_substeps(self, nbr, msg=""):
        """The step now consists of so many steps."""
        self._show(msg)
        self._levels.append([max(1, nbr), 0, ""])

    def step(self, msg="", nbr=1):
        """So many steps are done."""
        if self._levels:
            self._levels[-1][1] += nbr
        self._show(msg)

    def leave_substeps(self, msg=""):
        """All of them are done."""
        if self._levels:
            self._levels.pop()
        if self._levels:
            self._levels[-1][1] += 1
        self._show(msg)


class ProgressReportSubstep:
    """The steps of one step."""

    def __init__(self, progress, nbr, msg="", final_msg=""):
        self.progress, self.nbr, self.msg, self.final_msg = progress, nbr, msg, final_msg

    def __enter__(self):
        self.progress.enter_substeps(self.nbr, self.msg)
        return self

    def __exit__(self, exception_type, exception, trace):
        self.progress.leave_substeps(self.final_msg)

    def enter_substeps(self, nbr, msg=""):
        self.progress.enter_substeps(nbr, msg)

    def step(self, msg="", nbr=1):
        self.progress.step(msg, nbr)

    def leave_substeps(self, msg=""):
        self.progress.leave_substeps(msg)
