"""Small pictures that stand for something."""
import _bpy
from bpy.props import BoolProperty

from . import program_struct

_last_icon = [1000]


@program_struct("Image Preview")
class ImagePreview(_bpy.types.bpy_struct):
    """A picture in two sizes: the whole, and an icon of at most 32 x 32."""
    is_image_custom: BoolProperty(name="Custom Image")
    is_icon_custom: BoolProperty(name="Custom Icon")

    def _load(self, width, height, pixels):
        """Takes pixels over, four numbers in 0..1 each, the bottom row first."""
        self.__dict__.update(size=(width, height), pixels=list(pixels), source=None)
        self.is_image_custom = True

    @property
    def icon_id(self):
        """The number layouts show it by."""
        if "icon" not in self.__dict__:
            _last_icon[0] += 1
            self.__dict__["icon"] = _last_icon[0]
        return self.__dict__["icon"]

    @property
    def image_size(self):
        self._ensure()
        return self.__dict__.get("size", (0, 0))

    @image_size.setter
    def image_size(self, size):
        width, height = (max(0, int(value)) for value in size)
        self._load(width, height, [0.0] * (4 * width * height))

    @property
    def image_pixels_float(self):
        self._ensure()
        return self.__dict__.get("pixels", [])

    @image_pixels_float.setter
    def image_pixels_float(self, values):
        values = list(values)
        width, height = self.image_size
        if len(values) != 4 * width * height:
            raise ValueError(f"image_pixels_float: expected {4 * width * height} numbers for {width} x {height} pixels, not {len(values)}")
        self.__dict__["pixels"] = values

    @property
    def image_pixels(self):
        """A number a pixel: its four bytes, red lowest."""
        numbers = [min(255, max(0, round(value * 255))) for value in self.image_pixels_float]
        words = [r | g << 8 | b << 16 | a << 24 for r, g, b, a in zip(*[iter(numbers)] * 4)]
        return [word - (1 << 32) if word >> 31 else word for word in words]

    @property
    def icon_size(self):
        width, height = self.image_size
        largest = max(width, height)
        return (width, height) if largest <= 32 else (max(1, width * 32 // largest), max(1, height * 32 // largest))

    @property
    def icon_pixels_float(self):
        (width, height), (w, h), pixels = self.image_size, self.icon_size, self.image_pixels_float
        out = []
        for y in range(h):
            for x in range(w):
                at = 4 * ((y * height // h) * width + x * width // w)
                out += pixels[at:at + 4]
        return out

    def reload(self):
        """Reads the picture again."""
        if self.__dict__.get("path"):
            self.__dict__["source"] = self.__dict__["path"]

    def _ensure(self):
        source = self.__dict__.get("source")
        if source is None:
            return
        self.__dict__["source"] = None
        import imbuf
        try:
            picture = imbuf.load(source)
        except (OSError, ValueError):
            self.__dict__.update(size=(0, 0), pixels=[])
            return
        self.__dict__.update(size=tuple(picture.size), pixels=picture._floats())
