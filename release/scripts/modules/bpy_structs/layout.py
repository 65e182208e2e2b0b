"""What panels are described with."""
from bpy import _ui

from . import add

add(_ui.UILayout)
