"""Off-screen drawing (gpu, blf), pictures in memory (imbuf) and helpers of bpy_extras."""
import os
import sys
import tempfile
import unittest

import blf
import bpy
import gpu
import imbuf
from gpu_extras.batch import batch_for_shader
from mathutils import Matrix, Vector


def can_draw():
    try:
        gpu.types.GPUTexture((1, 1))
        return True
    except SystemError:
        return False


class Buffers(unittest.TestCase):
    def test_elements_of_several_dimensions_are_views(self):
        buffer = gpu.types.Buffer("FLOAT", (2, 3), [[1, 2, 3], [4, 5, 6]])

        buffer[1][2] = 9

        self.assertEqual(buffer.to_list(), [[1, 2, 3], [4, 5, 9]])

    def test_sizes_have_to_fit(self):
        with self.assertRaises(TypeError):
            gpu.types.Buffer("FLOAT", (2, 2), [1, 2, 3, 4])
        with self.assertRaises(AttributeError):
            gpu.types.Buffer("FLOAT", -1)
        with self.assertRaises(MemoryError):
            gpu.types.Buffer("FLOAT", (1 << 20, 1 << 20))

    def test_numpy_sees_the_same_memory(self):
        import numpy

        buffer = gpu.types.Buffer("INT", 3, [1, 2, 3])

        self.assertEqual(numpy.asarray(buffer).tolist(), [1, 2, 3])


class Batches(unittest.TestCase):
    def setUp(self):
        self.layout = gpu.types.GPUVertFormat()
        self.layout.attr_add(id="pos", comp_type="F32", len=2, fetch_mode="FLOAT")

    def test_attributes_need_a_value_for_each_vertex(self):
        buffer = gpu.types.GPUVertBuf(self.layout, 3)

        with self.assertRaises(ValueError):
            buffer.attr_fill("pos", [(0, 0), (1, 1)])

    def test_indices_have_to_name_vertices(self):
        buffer = gpu.types.GPUVertBuf(self.layout, 3)

        with self.assertRaisesRegex(ValueError, "out of range"):
            gpu.types.GPUBatch(type="TRIS", buf=buffer, elem=gpu.types.GPUIndexBuf(type="TRIS", seq=[(0, 1, 3)]))


@unittest.skipUnless(can_draw(), "there is no OpenGL")
class Drawing(unittest.TestCase):
    def setUp(self):
        gpu.matrix.reset()
        self.picture = gpu.types.GPUOffScreen(8, 4)

    def pixels(self):
        return self.picture.texture_color.read().to_list()

    def test_a_triangle_covers_its_half(self):
        shader = gpu.shader.from_builtin("2D_UNIFORM_COLOR")
        batch = batch_for_shader(shader, "TRI_STRIP", {"pos": [(-1, -1), (0, -1), (-1, 1), (0, 1)]})
        with self.picture.bind():
            gpu.state.active_framebuffer_get().clear(color=(0, 0, 1, 1))
            shader.bind()
            shader.uniform_float("color", (1, 0, 0, 1))
            batch.draw(shader)

        row = self.pixels()[1]
        self.assertEqual([row[3], row[4]], [[255, 0, 0, 255], [0, 0, 255, 255]])

    def test_matrices_move_what_is_drawn(self):
        shader = gpu.shader.from_builtin("2D_UNIFORM_COLOR")
        batch = batch_for_shader(shader, "TRI_STRIP", {"pos": [(-1, -1), (0, -1), (-1, 1), (0, 1)]})
        with self.picture.bind():
            gpu.state.active_framebuffer_get().clear(color=(0, 0, 0, 1))
            with gpu.matrix.push_pop():
                gpu.matrix.translate((1, 0))
                shader.bind()
                shader.uniform_float("color", (1, 1, 1, 1))
                batch.draw(shader)

        row = self.pixels()[0]
        self.assertEqual((row[3][0], row[4][0]), (0, 255))

    def test_a_shader_that_does_not_compile_says_where(self):
        with self.assertRaisesRegex(Exception, "fragment"):
            gpu.types.GPUShader("void main() { gl_Position = vec4(0.0); }", "nonsense")

    def test_shaders_from_descriptions(self):
        between = gpu.types.GPUStageInterfaceInfo("between")
        between.smooth("VEC3", "place")
        info = gpu.types.GPUShaderCreateInfo()
        info.push_constant("FLOAT", "brightness")
        info.vertex_in(0, "VEC2", "pos")
        info.vertex_out(between)
        info.fragment_out(0, "VEC4", "result")
        info.vertex_source("void main() { place = vec3(pos, 0.0); gl_Position = vec4(pos, 0.0, 1.0); }")
        info.fragment_source("void main() { result = vec4(vec3(brightness), 1.0); }")
        shader = gpu.shader.create_from_info(info)
        batch = batch_for_shader(shader, "TRI_STRIP", {"pos": [(-1, -1), (1, -1), (-1, 1), (1, 1)]})
        with self.picture.bind():
            shader.bind()
            shader.uniform_float("brightness", 0.2)
            batch.draw(shader)

        self.assertEqual(self.pixels()[0][0], [51, 51, 51, 255])

    def test_unknown_uniforms_raise(self):
        with self.assertRaises(ValueError):
            gpu.shader.from_builtin("2D_UNIFORM_COLOR").uniform_float("nothing", 1.0)

    def test_textures_keep_what_they_are_given(self):
        texture = gpu.types.GPUTexture((2, 1), format="RGBA32F", data=gpu.types.Buffer("FLOAT", 8, [0, 1, 2, 3, 4, 5, 6, 7]))

        self.assertEqual(texture.read().to_list(), [[[0, 1, 2, 3], [4, 5, 6, 7]]])

    def test_too_little_data_is_refused(self):
        with self.assertRaisesRegex(ValueError, "16 are needed"):
            gpu.types.GPUTexture((2, 2), format="RGBA32F", data=gpu.types.Buffer("FLOAT", 8))

    def test_a_freed_picture_raises(self):
        self.picture.free()

        with self.assertRaises(ReferenceError):
            self.picture.width

    def test_text_is_drawn_where_it_is_placed(self):
        picture = gpu.types.GPUOffScreen(64, 32)
        with picture.bind():
            gpu.matrix.load_projection_matrix(Matrix(((2 / 64, 0, 0, -1), (0, 2 / 32, 0, -1), (0, 0, -1, 0), (0, 0, 0, 1))))
            gpu.state.active_framebuffer_get().clear(color=(0, 0, 0, 1))
            blf.size(0, 20)
            blf.color(0, 1, 1, 1, 1)
            blf.position(0, 32, 8, 0)
            blf.draw(0, "I")

        lit = [x for row in picture.texture_color.read().to_list() for x, pixel in enumerate(row) if pixel[0] > 100]
        self.assertTrue(lit)
        self.assertTrue(all(32 <= x < 42 for x in lit))


class Text(unittest.TestCase):
    def test_longer_text_is_wider(self):
        blf.size(0, 20)

        short, long = blf.dimensions(0, "Hi"), blf.dimensions(0, "Hi there")

        self.assertGreater(long[0], short[0])

    def test_twice_the_size_is_about_twice_as_wide(self):
        blf.size(0, 20)
        small = blf.dimensions(0, "Hello world")
        blf.size(0, 40)
        large = blf.dimensions(0, "Hello world")

        self.assertAlmostEqual(large[0] / small[0], 2.0, delta=0.1)

    def test_wrapping_makes_it_higher(self):
        blf.size(0, 20)
        before = blf.dimensions(0, "some words in a row")
        blf.enable(0, blf.WORD_WRAP)
        blf.word_wrap(0, 60)

        after = blf.dimensions(0, "some words in a row")

        blf.disable(0, blf.WORD_WRAP)
        self.assertGreater(after[1], before[1])
        self.assertLess(after[0], before[0])

    def test_what_is_no_font_is_none(self):
        self.assertEqual(blf.load(__file__), -1)


class Pictures(unittest.TestCase):
    def test_files_come_back(self):
        picture = imbuf.new((4, 3))
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.png")
            imbuf.write(picture, filepath=path)
            back = imbuf.load(path)

            self.assertEqual((back.size, back.filepath), ((4, 3), path))

    def test_sizes(self):
        picture = imbuf.new((4, 4))
        picture.resize((8, 6))
        picture.crop((1, 1), (3, 2))

        self.assertEqual(picture.size, (3, 2))
        for bad in ((0, 1), (1 << 20, 1)):
            with self.assertRaises(ValueError):
                picture.resize(bad)
        with self.assertRaises(ValueError):
            picture.crop((2, 2), (9, 9))

    def test_a_freed_picture_raises(self):
        picture = imbuf.new((1, 1))
        picture.free()

        with self.assertRaises(ReferenceError):
            picture.size

    def test_missing_and_foreign_files_raise(self):
        with self.assertRaises(OSError):
            imbuf.load("/nowhere/at/all.png")
        with self.assertRaises(ValueError):
            imbuf.load(__file__)


class View:
    """What view3d_utils asks of a region and its view."""
    width, height = 200, 100
    is_perspective, view_perspective = True, "PERSP"

    def __init__(self):
        self.view_matrix = Matrix.Translation((0, 0, -10))
        near, far, x, y = 0.1, 100.0, 1.0, 2.0
        self.window_matrix = Matrix(((x, 0, 0, 0), (0, y, 0, 0), (0, 0, -(far + near) / (far - near), -2 * far * near / (far - near)), (0, 0, -1, 0)))
        self.perspective_matrix = self.window_matrix @ self.view_matrix


class Extras(unittest.TestCase):
    def test_places_in_space_come_back_from_the_region(self):
        from bpy_extras import view3d_utils

        view = View()
        place = Vector((1.0, -0.5, 2.0))

        seen = view3d_utils.location_3d_to_region_2d(view, view, place)
        back = view3d_utils.region_2d_to_location_3d(view, view, seen, place)

        self.assertLess((back - place).length, 1e-4)
        self.assertIsNone(view3d_utils.location_3d_to_region_2d(view, view, (0, 0, 20)))

    def test_edge_loops(self):
        from bpy_extras import mesh_utils

        mesh = bpy.data.meshes.new("loop")
        mesh.from_pydata([(i, 0, 0) for i in range(6)], [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5)], [])

        loops = mesh_utils.edge_loops_from_edges(mesh)

        self.assertEqual(sorted(map(len, loops)), [3, 4])

    def test_custom_properties_with_their_look(self):
        import rna_prop_ui

        scene = bpy.context.scene
        rna_prop_ui.rna_idprop_ui_create(scene, "kit", default=2.0, min=1.0, max=3.0, description="a test")

        self.assertEqual((scene["kit"], scene.id_properties_ui("kit").as_dict()["max"]), (2.0, 3.0))
        del scene["kit"]


outcome = unittest.main(argv=["test_drawing"], exit=False)
sys.exit(not outcome.result.wasSuccessful())
