"""What the program was built with."""
import collections as _collections

_Version = _collections.namedtuple("_Version", ("supported", "version", "version_string"))


def _library(supported, version=(0, 0, 0)):
    return _Version(supported, version, ", ".join(f"{part:2}" for part in version) if supported else "Unknown")


alembic = _library(False)
usd = _library(False)
opensubdiv = _library(False)
openvdb = _library(False)
ocio = _library(True, (2, 1, 2))
oiio = _library(True, (2, 4, 7))
sdl = _collections.namedtuple("_Sdl", ("available", "supported", "version", "version_string"))(False, False, (0, 0, 0), "Unknown")
ffmpeg = _collections.namedtuple("_Ffmpeg", ("supported", *(f"{library}_{what}" for library in ("avcodec", "avdevice", "avformat", "avutil", "swscale")
                                                          for what in ("version", "version_string"))))(False, *((0, 0, 0), "Unknown") * 5)

_BUILT = {"cycles", "image_hdr", "image_openexr", "image_tiff", "io_wavefront_obj", "compositor_cpu", "opencolorio"}
_OPTIONS = ("bullet", "codec_avi", "codec_ffmpeg", "codec_sndfile", "compositor_cpu", "cycles", "cycles_osl", "freestyle", "image_cineon", "image_dds",
            "image_hdr", "image_openexr", "image_openjpeg", "image_tiff", "input_ndof", "audaspace", "international", "openal", "opensubdiv", "sdl",
            "sdl_dynload", "coreaudio", "jack", "pulseaudio", "wasapi", "libmv", "mod_oceansim", "mod_remesh", "collada", "io_wavefront_obj", "io_stl",
            "io_gpencil", "opencolorio", "openmp", "openvdb", "alembic", "usd", "fluid", "xr_openxr", "potrace", "pugixml", "haru")
build_options = _collections.namedtuple("build_options", _OPTIONS)(*(name in _BUILT - {"compositor_cpu"} for name in _OPTIONS))
