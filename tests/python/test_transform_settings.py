"""Settings of transforming: merging and cutting, UVs that stay in place, copied normals, kept directions.

Counts, places and values are those that the reference gives for the same calls."""
import sys
import unittest

import bpy

QUAD = [(0, 0, 0), (2, 0, 0), (2, 2, 0), (0, 2, 0)]
CUBE = ([(-1, -1, -1), (1, -1, -1), (1, 1, -1), (-1, 1, -1), (-1, -1, 1), (1, -1, 1), (1, 1, 1), (-1, 1, 1)], [],
        [(0, 3, 2, 1), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)])


def tools():
    return bpy.context.scene.tool_settings


class Case(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()

    def edit(self, data, selected, uvs=None):
        """Edit mode of a new object with some vertices selected."""
        mesh = bpy.data.meshes.new("m")
        mesh.from_pydata(*data)
        if uvs:
            layer = mesh.uv_layers.new(name="UV")
            colors = mesh.color_attributes.new("C", "FLOAT_COLOR", "CORNER")
            for corner, color, uv in zip(layer.data, colors.data, uvs):
                corner.uv = uv
                color.color = (*uv, 0.5, 1)
        thing = bpy.data.objects.new("o", mesh)
        bpy.context.collection.objects.link(thing)
        for other in bpy.context.selected_objects:
            other.select_set(False)
        bpy.context.view_layer.objects.active = thing
        thing.select_set(True)
        self.choose(mesh, selected)
        bpy.ops.object.mode_set(mode="EDIT")
        return mesh

    def choose(self, mesh, selected):
        tools().mesh_select_mode = (True, False, False)
        chosen = set(selected)
        mesh.vertices.foreach_set("select", [v.index in chosen for v in mesh.vertices])
        mesh.edges.foreach_set("select", [chosen.issuperset(e.vertices) for e in mesh.edges])
        mesh.polygons.foreach_set("select", [chosen.issuperset(p.vertices) for p in mesh.polygons])


class MergeAndSplit(Case):
    def moved(self, offset, selected, data):
        tools().use_mesh_automerge = True
        tools().use_mesh_automerge_and_split = True
        mesh = self.edit(data, selected)
        bpy.ops.transform.translate(value=offset)
        bpy.ops.object.mode_set(mode="OBJECT")
        self.assertFalse(mesh.validate())
        return mesh, [len(mesh.vertices), len(mesh.edges), len(mesh.polygons)]

    def corners(self, mesh):
        return sorted(sorted(p.vertices) for p in mesh.polygons)

    def test_an_edge_is_cut_where_a_vertex_lies_on_it(self):
        mesh, counts = self.moved((0, 1, 0), [4], (QUAD + [(1, -1, 0)], [], [(0, 1, 2, 3)]))
        self.assertEqual(counts, [5, 5, 1])
        self.assertEqual(list(mesh.polygons[0].vertices), [0, 4, 1, 2, 3])

    def test_without_the_setting_it_stays_whole(self):
        tools().use_mesh_automerge = True
        mesh = self.edit((QUAD + [(1, -1, 0)], [], [(0, 1, 2, 3)]), [4])
        bpy.ops.transform.translate(value=(0, 1, 0))
        bpy.ops.object.mode_set(mode="OBJECT")
        self.assertEqual([len(mesh.vertices), len(mesh.edges)], [5, 4])

    def test_edges_that_cross_get_a_vertex(self):
        mesh, counts = self.moved((0, 1, 0), [4, 5], (QUAD + [(1, -2, 0), (1, 0, 0)], [(4, 5)], [(0, 1, 2, 3)]))
        self.assertEqual(counts, [7, 7, 1])
        self.assertEqual([round(c, 5) for c in mesh.vertices[6].co], [1, 0, 0])

    def test_an_edge_across_a_face_cuts_it(self):
        for selected in ([4, 5], [5]):
            data = (QUAD + [(1, -6 if 4 in selected else -1, 0), (1, -2, 0)], [(4, 5)], [(0, 1, 2, 3)])
            mesh, counts = self.moved((0, 5, 0), selected, data)
            self.assertEqual(counts, [8, 9, 2], selected)
            self.assertEqual(sorted(len(p.vertices) for p in mesh.polygons), [4, 4])

    def test_a_run_of_edges_across_a_face_cuts_it(self):
        mesh, counts = self.moved((0, 5, 0), [4, 5, 6], (QUAD + [(1, -5, 0), (1.2, -4, 0), (1, -3, 0)], [(4, 5), (5, 6)], [(0, 1, 2, 3)]))
        self.assertEqual(counts, [7, 8, 2])
        self.assertEqual(self.corners(mesh), [[0, 3, 4, 5, 6], [1, 2, 4, 5, 6]])

    def test_a_run_that_leaves_the_face_does_not(self):
        _, counts = self.moved((0, 5, 0), [4, 5, 6], (QUAD + [(1, -5, 0), (1.2, -4, 0.5), (1, -3, 0)], [(4, 5), (5, 6)], [(0, 1, 2, 3)]))
        self.assertEqual(counts, [7, 8, 1])

    def test_the_edge_of_a_face_cuts_another(self):
        _, counts = self.moved((0, 1, 0), [4, 5, 6, 7], (QUAD + [(1, -1, 0), (1, 1, 0), (1, 1, 1), (1, -1, 1)], [], [(0, 1, 2, 3), (4, 5, 6, 7)]))
        self.assertEqual(counts, [8, 10, 3])

    def test_faces_that_overlap_share_vertices_on_their_outlines(self):
        _, counts = self.moved((-2, 0, 0), [4, 5, 6, 7], (QUAD + [(3, 1, 0), (5, 1, 0), (5, 3, 0), (3, 3, 0)], [], [(0, 1, 2, 3), (4, 5, 6, 7)]))
        self.assertEqual(counts, [10, 12, 2])

    def test_vertices_join_at_the_moved_one(self):
        tools().double_threshold = 0.02
        mesh, counts = self.moved((0, 1, 0), [4], (QUAD + [(0.01, -1, 0)], [], [(0, 1, 2, 3)]))
        self.assertEqual(counts, [4, 4, 1])
        self.assertIn([0.01, 0, 0], [[round(c, 5) for c in v.co] for v in mesh.vertices])

    def test_edges_in_line_with_each_other_become_one_run(self):
        _, counts = self.moved((0, 1, 0), [2, 3], ([(0, 0, 0), (3, 0, 0), (1, -1, 0), (2, -1, 0)], [(0, 1), (2, 3)], []))
        self.assertEqual(counts, [4, 3, 0])

    def test_an_edge_beside_a_hollow_face_leaves_it(self):
        hollow = [(0, 0, 0), (2, 0, 0), (2, 2, 0), (1.5, 2, 0), (1.5, 0.5, 0), (0, 2, 0)]
        _, counts = self.moved((0, 0, 1), [6, 7], (hollow + [(2, 2, -1), (0, 2, -1)], [(6, 7)], [(0, 1, 2, 3, 4, 5)]))
        self.assertEqual(counts, [6, 7, 1])


class CorrectedCorners(Case):
    def uvs(self, data, uvs, selected, keeps_connected=False, **move):
        tools().use_transform_correct_face_attributes = True
        tools().use_transform_correct_keep_connected = keeps_connected
        mesh = self.edit(data, selected, uvs)
        (bpy.ops.transform.resize if "scale" in move else bpy.ops.transform.translate)(value=move.get("scale") or move["offset"])
        bpy.ops.object.mode_set(mode="OBJECT")
        found = [tuple(round(c, 4) + 0 for c in corner.uv) for corner in mesh.uv_layers[0].data]
        self.assertEqual([tuple(round(c, 4) + 0 for c in corner.color)[:2] for corner in mesh.color_attributes["C"].data], found)
        return found

    def test_the_pattern_stays_where_it_was(self):
        one = ([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)], [], [(0, 1, 2, 3)])
        uvs = [(0, 0), (1, 0), (1, 1), (0, 1)]
        for offset, expected in (((-0.3, -0.2, 0), (0.7, 0.8)), ((0.3, 0.2, 0), (1.3, 1.2)), ((-0.3, -0.2, 0.5), (0.7, 0.8))):
            self.assertEqual(self.uvs(one, uvs, [2], offset=offset), [(0, 0), (1, 0), expected, (0, 1)])

    def test_without_it_uvs_move_along(self):
        mesh = self.edit((QUAD, [], [(0, 1, 2, 3)]), [2], [(0, 0), (1, 0), (1, 1), (0, 1)])
        bpy.ops.transform.translate(value=(-1, 0, 0))
        bpy.ops.object.mode_set(mode="OBJECT")
        self.assertEqual(tuple(mesh.uv_layers[0].data[2].uv), (1, 1))

    def test_every_face_goes_on_in_its_own_plane(self):
        two = ([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0), (2, 0, 0), (2, 1, 0)], [], [(0, 1, 2, 3), (1, 4, 5, 2)])
        parted = [(0, 0), (.5, 0), (.5, 1), (0, 1), (.6, 0), (1, 0), (1, 1), (.6, 1)]
        self.assertEqual(self.uvs(two, parted, [1, 2], offset=(-0.2, 0, 0)),
                         [(0, 0), (.4, 0), (.4, 1), (0, 1), (.52, 0), (1, 0), (1, 1), (.52, 1)])

    def test_corners_of_one_vertex_part(self):
        found = self.uvs(CUBE, [(0, 0), (0, 1), (1, 1), (1, 0)] * 6, [4, 5, 6, 7], offset=(0, 0, -0.5))
        self.assertEqual(found[4:8], [(0, 0), (0, 1), (1, 1), (1, 0)])
        self.assertEqual(found[12:16], [(0, 0), (0, 1), (0.75, 1), (0.75, 0)])

    def test_connected_ones_follow_the_nearest_face(self):
        uvs = [(0, 0), (0, 1), (1, 1), (1, 0)] * 6
        found = self.uvs(CUBE, uvs, [4, 5, 6, 7], True, offset=(0, 0, -0.5))
        self.assertEqual(found[4:8], [(0, 0), (0, 1), (0.75, 1), (0.75, 0)])
        found = self.uvs(CUBE, uvs, [6], True, offset=(-0.5, -0.2, -0.1))
        self.assertEqual([found[i] for i in (6, 14, 19)], [(0.9, 0.75), (0.9, 0.75), (0.95, 0.25)])
        found = self.uvs(CUBE, uvs, [4, 5, 6, 7], True, scale=(0.5, 0.5, 0.5))
        self.assertEqual(found[4:8] + [found[14], found[23]], [(.25, .25), (.25, .75), (.75, .75), (.75, .25), (.75, .75), (.75, .25)])


class Normals(Case):
    def normals(self):
        mesh = bpy.context.object.data
        bpy.ops.object.mode_set(mode="OBJECT")
        mesh.calc_normals_split()
        found = [tuple(round(c, 3) + 0 for c in corner.normal) for corner in mesh.loops]
        bpy.ops.object.mode_set(mode="EDIT")
        return found

    def test_a_normal_is_copied_and_pasted(self):
        mesh = self.edit(CUBE, [4, 5, 6, 7])
        bpy.ops.mesh.normals_tools(mode="COPY")
        self.assertEqual([round(c, 5) for c in tools().normal_vector], [0, 0, 1])
        tools().normal_vector = (1, 2, 3)
        bpy.ops.object.mode_set(mode="OBJECT")
        self.choose(mesh, [6])
        bpy.ops.object.mode_set(mode="EDIT")
        bpy.ops.mesh.normals_tools(mode="PASTE")
        found = self.normals()
        self.assertEqual([found[i] for i in (6, 14, 19)], [(0.267, 0.535, 0.802)] * 3)
        self.assertEqual(found[4], (0, 0, 1))
        self.assertTrue(mesh.use_auto_smooth)
        tools().normal_vector = (0, 0, 1)
        bpy.ops.mesh.normals_tools(mode="ADD")
        self.assertEqual(self.normals()[6], (0.141, 0.282, 0.949))
        bpy.ops.mesh.normals_tools(mode="RESET")
        self.assertEqual(self.normals()[6], (0, 0, 1))

    def test_only_one_can_be_copied(self):
        self.edit(CUBE, [4, 5])
        with self.assertRaises(RuntimeError):
            bpy.ops.mesh.normals_tools(mode="COPY")

    def test_normals_point_away_from_a_place(self):
        mesh = self.edit(CUBE, [0, 1, 5, 4])
        tools().mesh_select_mode = (False, False, True)
        tools().normal_vector = (0, 0, -1)
        bpy.ops.mesh.normals_tools(mode="PASTE", absolute=True)
        found = self.normals()
        self.assertEqual(found[9], (-0.707, 0.707, 0))
        self.assertEqual(found[4], (0, 0, 1))


class Orientations(Case):
    def slots(self):
        return bpy.context.scene.transform_orientation_slots

    def rows(self, index=0):
        return [[round(c, 3) + 0 for c in row] for row in self.slots()[index].custom_orientation.matrix]

    def test_slots_of_moving_turning_and_scaling_may_be_their_own(self):
        self.assertEqual([(s.type, s.use, s.custom_orientation) for s in self.slots()],
                         [("GLOBAL", False, None)] + [("DEFAULT", False, None)] * 3)
        slot = self.slots()[1]
        slot.type = "LOCAL"
        self.assertTrue(slot.use)
        slot.type = "DEFAULT"
        self.assertFalse(slot.use)
        slot.use = True
        self.assertEqual(slot.type, "LOCAL")
        with self.assertRaises(TypeError):
            self.slots()[0].type = "DEFAULT"

    def test_the_directions_of_an_object_are_kept(self):
        thing = bpy.context.object
        thing.rotation_euler = (0.3, 0.5, 0.7)
        thing.scale = (1, 2, 3)
        bpy.context.view_layer.update()
        bpy.ops.transform.create_orientation()
        self.assertEqual(self.slots()[0].type, "GLOBAL")
        bpy.ops.transform.create_orientation(name="Foo")
        bpy.ops.transform.create_orientation(name="Foo", use=True)
        self.assertEqual(self.slots()[0].type, "Foo.001")
        self.assertEqual(self.rows(), [[0.671, -0.507, 0.541], [0.565, 0.822, 0.069], [-0.479, 0.259, 0.838]])
        bpy.ops.transform.create_orientation(name="Foo", use=True, overwrite=True)
        self.assertEqual(self.slots()[0].type, "Foo")
        bpy.ops.transform.select_orientation(orientation="Cube")
        self.assertEqual(self.slots()[0].custom_orientation.name, "Cube")

    def test_a_kept_one_can_be_renamed_and_given_up(self):
        bpy.ops.transform.create_orientation(name="A", use=True)
        bpy.ops.transform.create_orientation(name="B")
        self.slots()[2].type = "B"
        self.slots()[0].custom_orientation.name = "C"
        self.assertEqual(self.slots()[0].type, "C")
        bpy.ops.transform.delete_orientation()
        self.assertEqual([self.slots()[0].type, self.slots()[2].type], ["GLOBAL", "B"])
        self.assertFalse(bpy.ops.transform.delete_orientation.poll())

    def test_names_that_are_not_there_are_refused(self):
        with self.assertRaises(TypeError):
            self.slots()[0].type = "nowhere"

    def test_the_directions_of_what_is_selected(self):
        corners = [(x, y, z) for x in (1, -1) for y in (1, -1) for z in (1, -1)]
        self.edit((corners, [], [(0, 4, 6, 2), (3, 2, 6, 7), (7, 6, 4, 5), (5, 1, 3, 7), (1, 0, 2, 3), (5, 4, 0, 1)]), [])
        bpy.ops.object.mode_set(mode="OBJECT")
        thing = bpy.context.object
        thing.location, thing.rotation_euler, thing.scale = (1, 2, 3), (0.3, 0.5, 0.7), (1, 2, 3)
        cases = (("FACE", [0], "Face", [[-.5071, -.6712, .5407], [.822, -.5654, .069], [.2593, .4794, .8384]]),
                 ("FACE", [0, 1], "Face", [[.3419, -.6017, .7218], [.6458, -.4076, -.6456], [.6827, .6869, .2493]]),
                 ("VERT", [0], "Vertex", [[.8581, -.0309, .5125], [-.5134, -.0517, .8566], [0, -.9982, -.0602]]),
                 ("VERT", [0, 1], "Edge", [[-.8271, .5407, -.1534], [-.1381, .069, .988], [.5448, .8384, .0176]]),
                 ("VERT", [0, 7], "Edge", [[.8271, .3419, .4461], [.1381, .6458, -.7509], [-.5448, .6827, .487]]),
                 ("VERT", [0, 1, 2], "Face", [[.5071, -.5407, .6712], [-.822, -.069, .5654], [-.2593, -.8384, -.4794]]))
        for kind, numbers, name, rows in cases:
            verts = [v for f in numbers for v in thing.data.polygons[f].vertices] if kind == "FACE" else numbers
            self.choose(thing.data, verts)
            thing.data.edges.foreach_set("select", [kind == "FACE" and set(verts).issuperset(e.vertices) or kind == "VERT" and len(verts) == 2 and set(verts).issuperset(e.vertices)
                                                    for e in thing.data.edges])
            bpy.ops.object.mode_set(mode="EDIT")
            bpy.ops.transform.create_orientation(use=True)
            self.assertEqual(self.slots()[0].type, name)
            for found, expected in zip(self.rows(), rows):
                for a, b in zip(found, expected):
                    self.assertAlmostEqual(a, b, delta=2e-3, msg=f"{kind} {numbers}")
            bpy.ops.transform.delete_orientation()
            bpy.ops.object.mode_set(mode="OBJECT")

    def test_nothing_selected_has_no_direction(self):
        self.edit(CUBE, [])
        with self.assertRaises(RuntimeError):
            bpy.ops.transform.create_orientation()

    def test_they_are_kept_in_files(self):
        import tempfile
        thing = bpy.context.object
        thing.rotation_euler = (0, 0, 0.5)
        bpy.context.view_layer.update()
        bpy.ops.transform.create_orientation(name="A")
        bpy.ops.transform.create_orientation(name="B")
        self.slots()[3].type = "B"
        rows = self.rows(3)
        with tempfile.NamedTemporaryFile(suffix=".kiln") as file:
            bpy.ops.wm.save_as_mainfile(filepath=file.name)
            bpy.ops.wm.read_factory_settings()
            bpy.ops.wm.open_mainfile(filepath=file.name)
            self.assertEqual([self.slots()[3].type, self.slots()[3].use, self.rows(3)], ["B", True, rows])


class NodePath(Case):
    def test_a_path_of_trees(self):
        area = bpy.context.window_manager.windows[0].screen.areas[0]
        area.ui_type = "ShaderNodeTree"
        space = area.spaces.active
        material = bpy.context.object.active_material.node_tree
        groups = [bpy.data.node_groups.new(name, "ShaderNodeTree") for name in "GH"]
        node = material.nodes.new("ShaderNodeGroup")
        node.node_tree = groups[0]
        space.node_tree = material
        space.pin = True

        def path():
            return [[step.node_tree for step in space.path], space.path.to_string, space.edit_tree]

        self.assertEqual(path(), [[material], "", material])
        space.path.append(groups[0], node=node)
        self.assertEqual(path(), [[material, groups[0]], "/Group", groups[0]])
        space.path.append(groups[1])
        self.assertEqual(path(), [[material, *groups], "/Group/", groups[1]])
        for _ in range(4):
            space.path.pop()
        self.assertEqual(path(), [[material], "", material])
        space.path.start(groups[0])
        self.assertEqual(path() + [space.node_tree], [[groups[0]], "", groups[0], groups[0]])
        space.path.clear()
        self.assertEqual(path(), [[], "", None])
        with self.assertRaises((TypeError, RuntimeError, ValueError)):
            space.path.append(None)


result = unittest.TextTestRunner(verbosity=1).run(unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__]))
sys.exit(0 if result.wasSuccessful() else 1)
