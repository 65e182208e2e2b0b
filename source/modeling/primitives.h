#pragma once

#include "document/mesh.h"

/// The basic solids, centred at the origin. Each has one UV map, "UVMap", unless told otherwise;
/// all are flat shaded. Order of vertices, faces and corners as scripts written for the Python
/// interface expect it, except for spheres, whose vertices go meridian by meridian.
namespace kiln::modeling {

/// How the end of a cylinder or the inside of a circle is closed.
enum class CapFill { Nothing, Ngon, TriangleFan };

/// A square in the XY plane.
Mesh plane(float size, bool has_uvs = true);
Mesh cube(float size, bool has_uvs = true);
/// `vertices` (at least 3) around Z, the first at +Y, counter-clockwise.
Mesh circle(int vertices, float radius, CapFill fill, bool has_uvs = true);
/// Poles on the Z axis; `rings` counts the bands of faces, at least 2.
Mesh uv_sphere(int segments, int rings, float radius, bool has_uvs = true);
/// An icosahedron whose triangles are split into four `subdivisions - 1` times (0 to 10), vertices
/// on the sphere.
Mesh ico_sphere(int subdivisions, float radius, bool has_uvs = true);
/// Around Z from -depth / 2 (`radius1`) to depth / 2 (`radius2`); a radius of 0 makes a tip. With
/// both 0 only an edge is left.
Mesh cone(int vertices, float radius1, float radius2, float depth, CapFill fill,
          bool has_uvs = true);
Mesh cylinder(int vertices, float radius, float depth, CapFill fill, bool has_uvs = true);
/// Around Z; the minor circle of `minor_radius` goes round at `major_radius`.
Mesh torus(int major_segments, int minor_segments, float major_radius, float minor_radius,
           bool has_uvs = true);
/// `x_subdivisions` by `y_subdivisions` faces in the XY plane, each at least 1.
Mesh grid(int x_subdivisions, int y_subdivisions, float size, bool has_uvs = true);
/// The head of a monkey: 507 vertices, 500 faces.
Mesh monkey(float size, bool has_uvs = true);

/// Marks every vertex, edge and face selected, or none.
void select_all(Mesh& mesh, bool is_selected = true);

}  // namespace kiln::modeling
