"""gpu.texture: textures of images."""


def from_image(image):
    """A texture with the pixels of an image, in linear light."""
    import bpy

    from . import types

    if not isinstance(image, bpy.types.Image):
        raise TypeError(f"from_image(): expected an Image, not {type(image).__name__}")
    width, height = image.size
    if not width or not height:
        raise RuntimeError(f"no pixels of the image \"{image.name}\" could be read")
    return types.GPUTexture((width, height), format="RGBA16F", data=types.Buffer("FLOAT", width * height * 4, list(image.pixels)))
