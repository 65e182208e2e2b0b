"""gpu.capabilities: how much the graphics card can do."""
from . import _gl
from ._gl import GL as _GL


def _limit(name):
    def get():
        _gl.ensure()
        return _gl.integers(name)[0]
    return get


max_texture_size_get = _limit(0x0D33)
max_texture_layers_get = _limit(0x88FF)
max_textures_get = _limit(0x8B4D)
max_textures_vert_get = _limit(0x8B4C)
max_textures_geom_get = _limit(0x8C29)
max_textures_frag_get = _limit(0x8872)
max_uniforms_vert_get = _limit(0x8B4A)
max_uniforms_frag_get = _limit(0x8B49)
max_batch_indices_get = _limit(0x80E9)
max_batch_vertices_get = _limit(0x80E8)
max_vertex_attribs_get = _limit(0x8869)
max_varying_floats_get = _limit(0x8B4B)


def extensions_get():
    """Names of extensions of the driver."""
    _gl.ensure()
    return tuple((_GL.glGetStringi(0x1F03, i) or b"").decode() for i in range(_gl.integers(0x821D)[0]))


def compute_shader_support_get():
    """Whether there are compute shaders: the version of OpenGL that is asked for has them."""
    return True


def shader_storage_buffer_objects_support_get():
    """Whether shaders may write buffers."""
    return True


def shader_image_load_store_support_get():
    """Whether shaders may write textures."""
    return True
