"""Shaders."""
import ctypes

from mathutils import Matrix

from . import _gl, matrix
from ._buffer import Buffer, check_choice
from ._gl import GL

_HEAD = """#version 430 core
#define GPU_SHADER 1
"""
_FRAGMENT_HEAD = """vec4 blender_srgb_to_framebuffer_space(vec4 color) { return color; }
"""
_LOCATIONS = {"pos": 0, "color": 1, "texCoord": 2, "uv": 3, "nor": 4}
_TYPES = {"FLOAT": "float", "VEC2": "vec2", "VEC3": "vec3", "VEC4": "vec4", "MAT3": "mat3", "MAT4": "mat4", "UINT": "uint", "UVEC2": "uvec2", "UVEC3": "uvec3",
          "UVEC4": "uvec4", "INT": "int", "IVEC2": "ivec2", "IVEC3": "ivec3", "IVEC4": "ivec4", "BOOL": "bool"}
_SAMPLERS = {"FLOAT_BUFFER": "samplerBuffer", "FLOAT_1D": "sampler1D", "FLOAT_1D_ARRAY": "sampler1DArray", "FLOAT_2D": "sampler2D",
             "FLOAT_2D_ARRAY": "sampler2DArray", "FLOAT_3D": "sampler3D", "FLOAT_CUBE": "samplerCube", "INT_2D": "isampler2D", "UINT_2D": "usampler2D",
             "DEPTH_2D": "sampler2D"}


def _compile(kind, name, source):
    shader = GL.glCreateShader(kind)
    text = ctypes.c_char_p(source.encode("utf-8"))
    length = ctypes.c_int(len(text.value))
    GL.glShaderSource(shader, 1, ctypes.byref(text), ctypes.byref(length))
    GL.glCompileShader(shader)
    if not _gl.status("Shader", shader, _gl.COMPILE_STATUS):
        log = _gl.info_log("Shader", shader)
        GL.glDeleteShader(shader)
        raise Exception(f"Shader Compile Error, see console for more details\n{name}: {log}")
    return shader


class GPUShader:
    """A program for the graphics card, from the sources of its stages. It is compiled when it is made."""

    def __init__(self, vertexcode, fragcode, geocode=None, libcode=None, defines=None, name="pyGPUShader"):
        for text in (vertexcode, fragcode):
            if not isinstance(text, str):
                raise TypeError(f"GPUShader.__new__: expected the source of a stage, not {type(text).__name__}")
        self.name = name
        common = _HEAD + (defines or "") + "\n" + (libcode or "") + "\n"
        stages = [(_gl.VERTEX_SHADER, "vertex", common + vertexcode), (_gl.FRAGMENT_SHADER, "fragment", common + _FRAGMENT_HEAD + fragcode)]
        if geocode:
            stages.append((_gl.GEOMETRY_SHADER, "geometry", common + geocode))
        self._link(stages)

    def _link(self, stages):
        self._context = _gl.ensure()
        compiled = []
        try:
            for kind, stage, source in stages:
                compiled.append(_compile(kind, f"{self.name}, {stage}", source))
            self._program = GL.glCreateProgram()
            for shader in compiled:
                GL.glAttachShader(self._program, shader)
            for name, location in _LOCATIONS.items():
                GL.glBindAttribLocation(self._program, location, name.encode())
            GL.glLinkProgram(self._program)
        finally:
            for shader in compiled:
                GL.glDeleteShader(shader)
        if not _gl.status("Program", self._program, _gl.LINK_STATUS):
            raise Exception(f"Shader Compile Error, see console for more details\n{self.name}: {_gl.info_log('Program', self._program)}")
        self._where = {}
        self._textures = {}

    @property
    def program(self):
        """The number OpenGL knows it by."""
        return self._program

    def bind(self):
        """Makes it the one that uniforms are set of and that draws."""
        if _gl.ensure() != self._context:
            raise RuntimeError(f"shader \"{self.name}\" was made for another context of OpenGL")
        GL.glUseProgram(self._program)
        self._set_matrices()
        for unit, (location, texture) in enumerate(self._textures.values()):
            GL.glActiveTexture(_gl.TEXTURE0 + unit)
            texture._bind()
            self._uniform("glUniform1iv", location, (ctypes.c_int * 1)(unit))

    def _location(self, name):
        if name not in self._where:
            self._where[name] = GL.glGetUniformLocation(self._program, name.encode())
        return self._where[name]

    def _set_matrices(self):
        model_view, projection = matrix.get_model_view_matrix(), matrix.get_projection_matrix()
        for name, value in (("ModelViewProjectionMatrix", lambda: projection @ model_view), ("ModelViewMatrix", lambda: model_view),
                            ("ProjectionMatrix", lambda: projection), ("ViewProjectionMatrix", lambda: projection), ("ModelMatrix", lambda: model_view),
                            ("ViewMatrix", lambda: Matrix.Identity(4)), ("ModelViewMatrixInverse", model_view.inverted_safe),
                            ("ProjectionMatrixInverse", projection.inverted_safe)):
            if self._location(name) >= 0:
                self._matrix(self._location(name), value())
        if self._location("NormalMatrix") >= 0:
            self._matrix(self._location("NormalMatrix"), matrix.get_normal_matrix())

    @staticmethod
    def _matrix(location, value):
        numbers = [number for column in value.col for number in column]
        (GL.glUniformMatrix4fv if len(numbers) == 16 else GL.glUniformMatrix3fv)(location, 1, 0, (ctypes.c_float * len(numbers))(*numbers))

    def _uniform(self, function, location, values, count=1):
        GL.glUseProgram(self._program)
        getattr(GL, function)(location, count, values)

    def _checked(self, name):
        location = self._location(name)
        if location < 0:
            raise ValueError(f"GPUShader.uniform: uniform {name!r} not found")
        return location

    def uniform_from_name(self, name):
        """Where a uniform lies."""
        return self._checked(name)

    def uniform_block_from_name(self, name):
        """Where a block of uniforms lies."""
        index = GL.glGetUniformBlockIndex(self._program, name.encode())
        if index == 0xFFFFFFFF:
            raise ValueError(f"GPUShader.get_uniform_block: uniform {name!r} not found")
        return index

    def uniform_float(self, name, value):
        """Sets a number, a vector of 2 to 4 or a matrix of 9 or 16."""
        location = self._checked(name)
        if isinstance(value, Matrix):
            if (len(value.row), len(value.col)) not in ((3, 3), (4, 4)):
                raise ValueError("uniform_float: only 3x3 and 4x4 matrices can be set")
            GL.glUseProgram(self._program)
            self._matrix(location, value)
            return
        numbers = [float(value)] if isinstance(value, (int, float)) else [float(number) for number in value]
        if len(numbers) in (9, 16):
            GL.glUseProgram(self._program)
            (GL.glUniformMatrix4fv if len(numbers) == 16 else GL.glUniformMatrix3fv)(location, 1, 0, (ctypes.c_float * len(numbers))(*numbers))
            return
        if not 1 <= len(numbers) <= 4:
            raise TypeError(f"Expected a number or a sequence of 2, 3, 4, 9 or 16 numbers, got {len(numbers)}")
        self._uniform(f"glUniform{len(numbers)}fv", location, (ctypes.c_float * len(numbers))(*numbers))

    def uniform_int(self, name, seq):
        """Sets a whole number or a vector of them."""
        numbers = [int(seq)] if isinstance(seq, int) else [int(number) for number in seq]
        if not 1 <= len(numbers) <= 4:
            raise TypeError(f"Expected an int or a sequence of 2 to 4 ints, got {len(numbers)}")
        self._uniform(f"glUniform{len(numbers)}iv", self._checked(name), (ctypes.c_int * len(numbers))(*numbers))

    def uniform_bool(self, name, value):
        """Sets yes or no, or several."""
        self.uniform_int(name, [int(bool(item)) for item in (value if hasattr(value, "__len__") else [value])])

    def _vector(self, kind, ctype, location, buffer, length, count):
        if length not in (1, 2, 3, 4, 9, 16) or count < 1:
            raise ValueError("uniform_vector: a length of 1, 2, 3, 4, 9 or 16, and a count of at least 1, are expected")
        data = buffer._bytes() if isinstance(buffer, Buffer) else bytes(buffer)
        if len(data) < length * count * 4:
            raise ValueError(f"uniform_vector: the buffer has {len(data)} bytes, and {length * count * 4} are needed")
        values = (ctype * (length * count)).from_buffer_copy(data)
        GL.glUseProgram(self._program)
        if length in (9, 16):
            (GL.glUniformMatrix4fv if length == 16 else GL.glUniformMatrix3fv)(location, count, 0, values)
        else:
            getattr(GL, f"glUniform{length}{kind}v")(location, count, values)

    def uniform_vector_float(self, location, buffer, length, count):
        """Sets an array of vectors from a buffer."""
        self._vector("f", ctypes.c_float, location, buffer, length, count)

    def uniform_vector_int(self, location, buffer, length, count):
        """The same of whole numbers."""
        if length > 4:
            raise ValueError("uniform_vector_int: a length of 1 to 4 is expected")
        self._vector("i", ctypes.c_int, location, buffer, length, count)

    def uniform_sampler(self, name, texture):
        """Sets a texture."""
        self._textures[name] = (self._checked(name), texture)
        unit = list(self._textures).index(name)
        if _gl.ensure() != texture._context:
            raise RuntimeError("the texture was made for another context of OpenGL")
        GL.glActiveTexture(_gl.TEXTURE0 + unit)
        texture._bind()
        self._uniform("glUniform1iv", self._checked(name), (ctypes.c_int * 1)(unit))

    def uniform_block(self, name, ubo):
        """Sets a block of uniforms."""
        index = self.uniform_block_from_name(name)
        GL.glUniformBlockBinding(self._program, index, index)
        GL.glBindBufferBase(_gl.UNIFORM_BUFFER, index, ubo._realized())

    def attr_from_name(self, name):
        """Where an attribute of vertices lies."""
        location = GL.glGetAttribLocation(self._program, name.encode())
        if location < 0:
            raise ValueError(f"GPUShader.attr_from_name: attribute {name!r} not found")
        return location

    def _attributes(self):
        for i in range(_gl.status("Program", self._program, _gl.ACTIVE_ATTRIBUTES)):
            name, size, kind = ctypes.create_string_buffer(256), ctypes.c_int(), ctypes.c_uint()
            GL.glGetActiveAttrib(self._program, i, 256, None, ctypes.byref(size), ctypes.byref(kind), name)
            yield name.value.decode(), kind.value

    def attrs_info_get(self):
        """((name, type), ...) of the attributes it takes."""
        names = {0x1406: "FLOAT", 0x8B50: "VEC2", 0x8B51: "VEC3", 0x8B52: "VEC4", 0x8B5B: "MAT3", 0x8B5C: "MAT4", 0x1404: "INT", 0x1405: "UINT", 0x8B53: "IVEC2",
                 0x8B54: "IVEC3", 0x8B55: "IVEC4"}
        return tuple((name, names.get(kind)) for name, kind in self._attributes() if not name.startswith("gl_"))

    def format_calc(self):
        """A format with all attributes it takes."""
        from ._batch import GPUVertFormat

        lengths = {"FLOAT": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT3": 9, "MAT4": 16, "INT": 1, "UINT": 1, "IVEC2": 2, "IVEC3": 3, "IVEC4": 4}
        made = GPUVertFormat()
        for name, kind in self.attrs_info_get():
            is_int = kind in ("INT", "UINT") or (kind or "").startswith("IVEC")
            made.attr_add(id=name, comp_type="I32" if is_int else "F32", len=lengths.get(kind, 1), fetch_mode="INT" if is_int else "FLOAT")
        return made

    def __del__(self):
        if getattr(self, "_program", 0):
            try:
                GL.glDeleteProgram(self._program)
            except Exception:
                pass  # the program ends


class GPUStageInterfaceInfo:
    """What one stage hands to the next."""

    def __init__(self, name):
        self.name = name
        self._members = []

    def _add(self, how, type, name):
        self._members.append((how, _TYPES[check_choice(type, _TYPES)], name))

    def smooth(self, type, name):
        """A value that is interpolated."""
        self._add("smooth", type, name)

    def flat(self, type, name):
        """One that is not."""
        self._add("flat", type, name)

    def no_perspective(self, type, name):
        """One that is interpolated in the picture."""
        self._add("noperspective", type, name)


class GPUShaderCreateInfo:
    """A shader described part by part, for `gpu.shader.create_from_info`."""

    def __init__(self):
        self._inputs, self._interfaces, self._outputs, self._constants, self._samplers, self._blocks, self._defines = [], [], [], [], [], [], []
        self._types = self._vertex = self._fragment = ""

    def vertex_in(self, slot, type, name):
        """An attribute of vertices."""
        self._inputs.append((int(slot), _TYPES[check_choice(type, _TYPES)], name))

    def vertex_out(self, interface):
        """What the vertex stage hands on."""
        if not isinstance(interface, GPUStageInterfaceInfo):
            raise TypeError(f"vertex_out(): expected a GPUStageInterfaceInfo, not {type(interface).__name__}")
        self._interfaces.append(interface)

    def fragment_out(self, slot, type, name, blend="NONE"):
        """What the fragment stage writes."""
        check_choice(blend, ("NONE", "SRC_0", "SRC_1"))
        self._outputs.append((int(slot), _TYPES[check_choice(type, _TYPES)], name))

    def push_constant(self, type, name, size=0):
        """A uniform."""
        self._constants.append((_TYPES[check_choice(type, _TYPES)], name, int(size)))

    def sampler(self, slot, type, name):
        """A texture."""
        self._samplers.append((int(slot), _SAMPLERS[check_choice(type, _SAMPLERS)], name))

    def uniform_buf(self, slot, type_name, name):
        """A block of uniforms of a type that `typedef_source` declares."""
        self._blocks.append((int(slot), type_name, name))

    def define(self, name, value=""):
        """A name for the preprocessor."""
        self._defines.append((name, value))

    def typedef_source(self, source):
        """Declarations of types."""
        self._types = source

    def vertex_source(self, source):
        """The source of the vertex stage."""
        self._vertex = source

    def fragment_source(self, source):
        """The source of the fragment stage."""
        self._fragment = source

    def _stages(self):
        if not self._vertex or not self._fragment:
            raise Exception("both vertex_source() and fragment_source() are needed")
        common = [f"#define {name} {value}" for name, value in self._defines] + [self._types]
        common += [f"uniform {kind} {name}{f'[{size}]' if size else ''};" for kind, name, size in self._constants]
        common += [f"layout(binding = {slot}) uniform {kind} {name};" for slot, kind, name in self._samplers]
        # A block has a name of its own: the instance is the structure itself.
        common += [f"layout(std140, binding = {slot}) uniform {name}_block {{ {kind} {name}; }};" for slot, kind, name in self._blocks]
        between = [(how, kind, name) for interface in self._interfaces for how, kind, name in interface._members]
        vertex = common + [f"layout(location = {slot}) in {kind} {name};" for slot, kind, name in self._inputs]
        vertex += [f"{how} out {kind} {name};" for how, kind, name in between] + [self._vertex]
        fragment = common + [f"{how} in {kind} {name};" for how, kind, name in between]
        fragment += [f"layout(location = {slot}) out {kind} {name};" for slot, kind, name in self._outputs] + [self._fragment]
        return "\n".join(vertex), "\n".join(fragment)
