"""Frames, seconds and time codes."""
from datetime import timedelta


def _rate(fps, fps_base):
    """Frames per second, the scene's unless told."""
    import bpy

    render = bpy.context.scene.render
    return (render.fps if fps is None else fps), (render.fps_base if fps_base is None else fps_base)


def smpte_from_seconds(time, *, fps=None, fps_base=None):
    """Seconds as a time code HH:MM:SS:FF."""
    return smpte_from_frame(time_to_frame(time, fps=fps, fps_base=fps_base), fps=fps, fps_base=fps_base)


def smpte_from_frame(frame, *, fps=None, fps_base=None):
    """A frame as a time code HH:MM:SS:FF."""
    fps, fps_base = _rate(fps, fps_base)
    sign = "-" if frame < 0 else ""
    frame = abs(frame * fps_base)
    return f"{sign}{int(frame / (3600 * fps)):02d}:{int(frame / (60 * fps) % 60):02d}:{int(frame / fps % 60):02d}:{int(frame % fps):02d}"


def time_from_frame(frame, *, fps=None, fps_base=None):
    """The time at which a frame is shown."""
    fps, fps_base = _rate(fps, fps_base)
    return timedelta(seconds=frame * fps_base / fps)


def time_to_frame(time, *, fps=None, fps_base=None):
    """The frame that is shown at a time, given as seconds or `timedelta`."""
    fps, fps_base = _rate(fps, fps_base)
    seconds = time.total_seconds() if isinstance(time, timedelta) else time
    return seconds / fps_base * fps
