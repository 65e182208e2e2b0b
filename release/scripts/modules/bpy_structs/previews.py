"""Small pictures that stand for something."""
import weakref

import _bpy
from bpy.props import BoolProperty

from . import make, program_struct

_last_icon = [1000]
_numbered = weakref.WeakValueDictionary()
_LARGEST_ICON = 32


class Picture:
    """Pixels, four numbers in 0..1 each, the bottom row first."""

    def __init__(self, size=(0, 0), pixels=None):
        self.size = size
        self.pixels = [0.0] * (4 * size[0] * size[1]) if pixels is None else pixels
        self.stamp = 0  # grows with every change

    def words(self):
        """A number a pixel: its four bytes, red lowest."""
        numbers = [min(255, max(0, round(value * 255))) for value in self.pixels]
        found = [r | g << 8 | b << 16 | a << 24 for r, g, b, a in zip(*[iter(numbers)] * 4)]
        return [word - (1 << 32) if word >> 31 else word for word in found]

    def set_words(self, words):
        self.pixels = [(word >> shift & 255) / 255 for word in words for shift in (0, 8, 16, 24)]
        self.stamp += 1

    def set_floats(self, values):
        self.pixels = values
        self.stamp += 1

    def scaled(self, width, height):
        (w, h), pixels = self.size, self.pixels
        out = []
        for y in range(height):
            for x in range(width):
                at = 4 * ((y * h // height) * w + x * w // width)
                out += pixels[at:at + 4]
        return Picture((width, height), out)


class Pixels:
    """The pixels of a preview as a list that writes back."""

    def __init__(self, preview, kind, name, read, write, number):
        self._preview, self._kind, self._name, self._read, self._write, self._number = preview, kind, name, read, write, number

    def _values(self):
        return self._read(self._preview._picture(self._kind))

    def _replace(self, values):
        values = [self._number(value) for value in values]
        count = len(self._values())
        if len(values) != count:
            raise ValueError(f"ImagePreview.{self._name}: expected {count} numbers, not {len(values)}")
        self._write(self._preview._own(self._kind), values)

    def __len__(self):
        return len(self._values())

    def __iter__(self):
        return iter(self._values())

    def __getitem__(self, key):
        found = self._values()[key]
        return tuple(found) if isinstance(key, slice) else found

    def __setitem__(self, key, value):
        values = self._values()
        count = len(values)
        values[key] = value
        if len(values) != count:
            raise ValueError(f"ImagePreview.{self._name}: a part may not get longer or shorter")
        self._replace(values)

    def __eq__(self, other):
        return list(self) == list(other)

    def foreach_get(self, values):
        """Copies all numbers into a sequence."""
        found = self._values()
        if len(values) != len(found):
            raise TypeError(f"foreach_get(): expected a sequence of {len(found)} numbers, not {len(values)}")
        for at, value in enumerate(found):
            values[at] = value

    def foreach_set(self, values):
        """Takes all numbers from a sequence."""
        self._replace(values)


def _pixels(kind, name, is_float):
    read = (lambda picture: list(picture.pixels)) if is_float else Picture.words
    write, number = (Picture.set_floats, float) if is_float else (Picture.set_words, int)

    def view(self):
        return Pixels(self, kind, name, read, write, number)
    return property(view, lambda self, values: view(self)._replace(values))


def _size(kind):
    def resize(self, size):
        width, height = (max(0, int(value)) for value in size)
        self._own(kind, Picture((width, height)))
    return property(lambda self: self._picture(kind).size, resize)


@program_struct("Image Preview")
class ImagePreview(_bpy.types.bpy_struct):
    """A picture in two sizes: the whole, and an icon of at most 32 x 32, made from it unless it has one of its own."""
    is_image_custom: BoolProperty(name="Custom Image")
    is_icon_custom: BoolProperty(name="Custom Icon")

    def _load(self, width, height, pixels):
        """Takes pixels over, four numbers in 0..1 each, the bottom row first."""
        self._own("image", Picture((width, height), list(pixels)))
        self.__dict__["source"] = None

    @property
    def icon_id(self):
        """The number layouts show it by."""
        if "number" not in self.__dict__:
            _last_icon[0] += 1
            self.__dict__["number"] = _last_icon[0]
            _numbered[_last_icon[0]] = self
        return self.__dict__["number"]

    image_size = _size("image")
    image_pixels = _pixels("image", "image_pixels", False)
    image_pixels_float = _pixels("image", "image_pixels_float", True)
    icon_size = _size("icon")
    icon_pixels = _pixels("icon", "icon_pixels", False)
    icon_pixels_float = _pixels("icon", "icon_pixels_float", True)

    def reload(self):
        """Reads the picture again."""
        if self.__dict__.get("path"):
            self.__dict__["source"] = self.__dict__["path"]

    def _picture(self, kind):
        """The image, or the icon, as it is now."""
        self._read_source()
        whole = self.__dict__.setdefault("image", Picture())
        if kind == "image":
            return whole
        own = self.__dict__.get("icon")
        if own is not None:
            return own
        width, height = whole.size
        largest = max(width, height)
        if largest <= _LARGEST_ICON:
            return whole
        made = self.__dict__.get("made_icon")
        if made is None or made[0] != (whole, whole.stamp):
            made = (whole, whole.stamp), whole.scaled(max(1, width * _LARGEST_ICON // largest), max(1, height * _LARGEST_ICON // largest))
            self.__dict__["made_icon"] = made
        return made[1]

    def _own(self, kind, picture=None):
        """The same for writing; `picture` takes its place."""
        if picture is None:
            picture = self._picture(kind)
            if kind == "icon" and "icon" not in self.__dict__:
                picture = Picture(picture.size, list(picture.pixels))
        self.__dict__[kind] = picture
        setattr(self, f"is_{kind}_custom", True)
        return picture

    def _read_source(self):
        source = self.__dict__.get("source")
        if source is None:
            return
        self.__dict__["source"] = None
        if callable(source):
            self.__dict__["image"] = source()
            return
        import imbuf
        try:
            read = imbuf.load(source)
        except (OSError, ValueError):
            self.__dict__["image"] = Picture()
            return
        self.__dict__["image"] = Picture(tuple(read.size), list(read._floats()))


# Of data-blocks -------------------------------------------------------------------------------------------------------------------------

_of_blocks = {}
_LARGEST_PREVIEW = 128


def of_block(block):
    """The preview of a data-block, or None; it lasts until another file is opened."""
    return _of_blocks.get(block)


def ensure(block):
    """The preview of a data-block, made where it has none: of images a small one, of others without pixels for scripts to fill."""
    found = _of_blocks.get(block)
    if found is None:
        found = _of_blocks[block] = make(ImagePreview)
        if isinstance(block, _bpy.types.Image):
            found.__dict__["source"] = lambda: _small(block)
    return found


def forget_blocks():
    """Another file is opened."""
    _of_blocks.clear()


def _small(image):
    """An image no larger than previews are."""
    width, height = image.size
    largest = max(width, height)
    if min(width, height) < 1 or image.channels != 4:
        return Picture()
    if largest <= _LARGEST_PREVIEW:
        return Picture((width, height), list(image.pixels))
    small_width, small_height = (max(1, size * _LARGEST_PREVIEW // largest) for size in (width, height))
    pixels = image.pixels
    out = []
    for y in range(small_height):
        start = 4 * width * (y * height // small_height)
        row = pixels[start:start + 4 * width]
        for x in range(small_width):
            at = 4 * (x * width // small_width)
            out += row[at:at + 4]
    return Picture((small_width, small_height), out)


def drawn(number):
    """The icon of this number for the window: width, height and bytes, four a pixel, the top row first. None where there is none."""
    preview = _numbered.get(number)
    if preview is None:
        return None
    icon = preview._picture("icon")
    kept = preview.__dict__.get("drawn")
    if kept is None or kept[0] is not icon or kept[1] != icon.stamp:
        width, height = icon.size
        numbers = bytes(min(255, max(0, round(value * 255))) for value in icon.pixels)
        rows = [numbers[4 * width * y:4 * width * (y + 1)] for y in reversed(range(height))]
        kept = icon, icon.stamp, (width, height, b"".join(rows))
        preview.__dict__["drawn"] = kept
    return kept[2] if kept[2][0] and kept[2][1] else None
