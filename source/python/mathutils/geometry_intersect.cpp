#include <array>
#include <cmath>

#include "core/intersect.h"
#include "python/mathutils/geometry.h"

namespace kiln::python::mathutils {
namespace {

PyObject* vector3(PyObject* module, float3 v) {
  return new_vector(state_of(module), {&v.x, 3});
}
PyObject* vector2(PyObject* module, float2 v) {
  return new_vector(state_of(module), {&v.x, 2});
}

/// Reads arguments as vectors of `min_size` to 3 numbers, missing ones being 0.
template <std::size_t count>
bool parse_points(const std::array<PyObject*, count>& arguments, int min_size,
                  std::array<float3, count>& points, const char* function) {
  for (std::size_t i = 0; i < count; ++i) {
    points[i] = {};
    if (parse_floats(arguments[i], min_size, 3, &points[i].x, function) < 0) {
      return false;
    }
  }
  return true;
}

/// Reads arguments as vectors of at least two numbers, of which two count.
template <std::size_t count>
bool parse_flat(const std::array<PyObject*, count>& arguments, std::array<float2, count>& points,
                const char* function) {
  std::vector<float> numbers;
  for (std::size_t i = 0; i < count; ++i) {
    if (!parse_floats(arguments[i], 2, numbers, function)) {
      return false;
    }
    points[i] = {numbers[0], numbers[1]};
  }
  return true;
}

/// Reads arguments as vectors of at least `min_size` numbers, of which three count.
template <std::size_t count>
bool parse_long(const std::array<PyObject*, count>& arguments, int min_size,
                std::array<float3, count>& points, const char* function) {
  std::vector<float> numbers;
  for (std::size_t i = 0; i < count; ++i) {
    if (!parse_floats(arguments[i], min_size, numbers, function)) {
      return false;
    }
    points[i] = {};
    for (std::size_t j = 0; j < std::min<std::size_t>(3, numbers.size()); ++j) {
      points[i][int(j)] = numbers[j];
    }
  }
  return true;
}

// ---- points and triangles ----

PyObject* area_tri(PyObject*, PyObject* args) {
  std::array<PyObject*, 3> a;
  std::array<float3, 3> p{};
  if (!PyArg_ParseTuple(args, "OOO:area_tri", &a[0], &a[1], &a[2])) {
    return nullptr;
  }
  const int size = parse_floats(a[0], 2, 3, &p[0].x, "area_tri");
  for (int i = 1; i < 3 && size > 0; ++i) {
    if (parse_floats(a[std::size_t(i)], size, size, &p[std::size_t(i)].x, "area_tri") < 0) {
      return nullptr;
    }
  }
  return size < 0 ? nullptr : PyFloat_FromDouble(0.5f * length(cross(p[1] - p[0], p[2] - p[0])));
}

PyObject* volume_tetrahedron(PyObject*, PyObject* args) {
  std::array<PyObject*, 4> a;
  std::array<float3, 4> p;
  if (!PyArg_ParseTuple(args, "OOOO:volume_tetrahedron", &a[0], &a[1], &a[2], &a[3]) ||
      !parse_long(a, 3, p, "volume_tetrahedron")) {
    return nullptr;
  }
  return PyFloat_FromDouble(std::abs(dot(p[1] - p[0], cross(p[2] - p[0], p[3] - p[0]))) / 6.0f);
}

PyObject* barycentric_transform_function(PyObject* module, PyObject* args) {
  std::array<PyObject*, 7> a;
  std::array<float3, 7> p;
  if (!PyArg_ParseTuple(args, "OOOOOOO:barycentric_transform", &a[0], &a[1], &a[2], &a[3], &a[4],
                        &a[5], &a[6]) ||
      !parse_points(a, 3, p, "barycentric_transform")) {
    return nullptr;
  }
  return vector3(module, barycentric_transform(p[0], {p[1], p[2], p[3]}, {p[4], p[5], p[6]}));
}

PyObject* closest_point_on_tri(PyObject* module, PyObject* args) {
  std::array<PyObject*, 4> a;
  std::array<float3, 4> p;
  if (!PyArg_ParseTuple(args, "OOOO:closest_point_on_tri", &a[0], &a[1], &a[2], &a[3]) ||
      !parse_long(a, 2, p, "closest_point_on_tri")) {
    return nullptr;
  }
  return vector3(module, closest_point_on_triangle(p[0], p[1], p[2], p[3]));
}

PyObject* distance_point_to_plane(PyObject*, PyObject* args) {
  std::array<PyObject*, 3> a;
  std::array<float3, 3> p;
  if (!PyArg_ParseTuple(args, "OOO:distance_point_to_plane", &a[0], &a[1], &a[2]) ||
      !parse_long(a, 3, p, "distance_point_to_plane")) {
    return nullptr;
  }
  return PyFloat_FromDouble(dot(p[0] - p[1], p[2]) / length(p[2]));
}

PyObject* intersect_point_tri(PyObject* module, PyObject* args) {
  std::array<PyObject*, 4> a;
  std::array<float3, 4> p;
  if (!PyArg_ParseTuple(args, "OOOO:intersect_point_tri", &a[0], &a[1], &a[2], &a[3]) ||
      !parse_long(a, 2, p, "intersect_point_tri")) {
    return nullptr;
  }
  // The foot of the perpendicular, if it lies in the triangle.
  const float3 normal = normalize(cross(p[2] - p[1], p[3] - p[1]));
  if (normal == float3{}) {
    Py_RETURN_NONE;
  }
  const float3 foot = p[0] - normal * dot(p[0] - p[1], normal);
  for (int i = 1; i < 4; ++i) {
    const float3 from = p[std::size_t(i)], to = p[std::size_t(i % 3 + 1)];
    const float3 inward = cross(normal, to - from);
    if (dot(foot - from, inward) < -1e-6f * length(inward) * length(to - from)) {
      Py_RETURN_NONE;
    }
  }
  return vector3(module, foot);
}

PyObject* intersect_point_tri_2d(PyObject*, PyObject* args) {
  std::array<PyObject*, 4> a;
  std::array<float2, 4> p;
  if (!PyArg_ParseTuple(args, "OOOO:intersect_point_tri_2d", &a[0], &a[1], &a[2], &a[3]) ||
      !parse_flat(a, p, "intersect_point_tri_2d")) {
    return nullptr;
  }
  return PyLong_FromLong(point_in_triangle(p[0], p[1], p[2], p[3]));
}

PyObject* intersect_point_quad_2d(PyObject*, PyObject* args) {
  std::array<PyObject*, 5> a;
  std::array<float2, 5> p;
  if (!PyArg_ParseTuple(args, "OOOOO:intersect_point_quad_2d", &a[0], &a[1], &a[2], &a[3], &a[4]) ||
      !parse_flat(a, p, "intersect_point_quad_2d")) {
    return nullptr;
  }
  return PyLong_FromLong(point_in_quad(p[0], p[1], p[2], p[3], p[4]));
}

PyObject* intersect_tri_tri_2d(PyObject*, PyObject* args) {
  std::array<PyObject*, 6> a;
  std::array<float2, 6> p;
  if (!PyArg_ParseTuple(args, "OOOOOO:intersect_tri_tri_2d", &a[0], &a[1], &a[2], &a[3], &a[4],
                        &a[5]) ||
      !parse_flat(a, p, "intersect_tri_tri_2d")) {
    return nullptr;
  }
  return PyBool_FromLong(triangles_intersect(std::array<float2, 3>{p[0], p[1], p[2]},
                                             std::array<float2, 3>{p[3], p[4], p[5]}));
}

PyObject* intersect_ray_tri(PyObject* module, PyObject* args) {
  std::array<PyObject*, 5> a;
  std::array<float3, 5> p;
  int is_clipped = 1;
  if (!PyArg_ParseTuple(args, "OOOOO|O&:intersect_ray_tri", &a[0], &a[1], &a[2], &a[3], &a[4],
                        convert_bool, &is_clipped) ||
      !parse_long(a, 2, p, "intersect_ray_tri")) {
    return nullptr;
  }
  const float3 direction = normalize(p[3]), origin = p[4];
  const std::optional<float> distance =
      ray_triangle(origin, direction, p[0], p[1], p[2], is_clipped != 0);
  if (!distance || *distance < 0.0f) {
    Py_RETURN_NONE;
  }
  return vector3(module, origin + direction * *distance);
}

// ---- lines ----

PyObject* intersect_line_line(PyObject* module, PyObject* args) {
  std::array<PyObject*, 4> a;
  std::array<float3, 4> p;
  if (!PyArg_ParseTuple(args, "OOOO:intersect_line_line", &a[0], &a[1], &a[2], &a[3])) {
    return nullptr;
  }
  // The first says how many components all have; of more than three, three count.
  std::vector<float> numbers;
  std::size_t size = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    if (!parse_floats(a[i], 2, numbers, "intersect_line_line")) {
      return nullptr;
    }
    size = i == 0 ? numbers.size() : size;
    if (numbers.size() != size) {
      PyErr_Format(PyExc_ValueError, "intersect_line_line: sequence length is %zd, expected %zd",
                   Py_ssize_t(numbers.size()), Py_ssize_t(size));
      return nullptr;
    }
    p[i] = {numbers[0], numbers[1], size > 2 ? numbers[2] : 0.0f};
  }
  const auto points = line_line(p[0], p[1], p[2], p[3]);
  if (!points) {
    Py_RETURN_NONE;
  }
  const std::size_t dimensions = std::min<std::size_t>(size, 3);
  return Py_BuildValue("(NN)", new_vector(state_of(module), {&points->first.x, dimensions}),
                       new_vector(state_of(module), {&points->second.x, dimensions}));
}

PyObject* intersect_line_line_2d(PyObject* module, PyObject* args) {
  std::array<PyObject*, 4> a;
  std::array<float2, 4> p;
  if (!PyArg_ParseTuple(args, "OOOO:intersect_line_line_2d", &a[0], &a[1], &a[2], &a[3]) ||
      !parse_flat(a, p, "intersect_line_line_2d")) {
    return nullptr;
  }
  const std::optional<float2> point = segment_segment(p[0], p[1], p[2], p[3]);
  if (!point) {
    Py_RETURN_NONE;
  }
  return vector2(module, *point);
}

PyObject* intersect_point_line(PyObject* module, PyObject* args) {
  std::array<PyObject*, 3> a;
  std::array<float3, 3> p{};
  if (!PyArg_ParseTuple(args, "OOO:intersect_point_line", &a[0], &a[1], &a[2])) {
    return nullptr;
  }
  std::size_t dimensions = 2;
  for (std::size_t i = 0; i < 3; ++i) {
    const int count = parse_floats(a[i], 2, 3, &p[i].x, "intersect_point_line");
    if (count < 0) {
      return nullptr;
    }
    dimensions = std::max(dimensions, std::size_t(count));
  }
  const double factor = closest_on_line(p[0], p[1], p[2]);
  const float3 closest = lerp(p[1], p[2], float(factor));
  return Py_BuildValue("(Nd)", new_vector(state_of(module), {&closest.x, dimensions}),
                       double(float(factor)));
}

PyObject* intersect_line_plane(PyObject* module, PyObject* args) {
  std::array<PyObject*, 4> a;
  std::array<float3, 4> p;
  int no_flip = 0;  // either side of the line counts in any case
  if (!PyArg_ParseTuple(args, "OOOO|O&:intersect_line_plane", &a[0], &a[1], &a[2], &a[3],
                        convert_bool, &no_flip) ||
      !parse_long(a, 3, p, "intersect_line_plane")) {
    return nullptr;
  }
  const std::optional<float3> point = line_plane(p[0], p[1], p[2], p[3]);
  if (!point) {
    Py_RETURN_NONE;
  }
  return vector3(module, *point);
}

PyObject* intersect_plane_plane(PyObject* module, PyObject* args) {
  std::array<PyObject*, 4> a;
  std::array<float3, 4> p;
  if (!PyArg_ParseTuple(args, "OOOO:intersect_plane_plane", &a[0], &a[1], &a[2], &a[3]) ||
      !parse_long(a, 3, p, "intersect_plane_plane")) {
    return nullptr;
  }
  const auto line = plane_plane(p[0], p[1], p[2], p[3]);
  if (!line) {
    return Py_BuildValue("(OO)", Py_None, Py_None);
  }
  return Py_BuildValue("(NN)", vector3(module, line->first), vector3(module, line->second));
}

/// The two points on the sphere, the farther along the line first; None for those that `is_clipped`
/// leaves out.
PyObject* sphere_points(PyObject* module, float3 from, float3 to, float3 center, float radius,
                        bool is_clipped, std::size_t dimensions) {
  const auto factors = line_sphere(from, to, center, radius);
  if (!factors) {
    return Py_BuildValue("(OO)", Py_None, Py_None);
  }
  const auto point = [&](double factor, bool is_wanted) {
    const float3 p = lerp(from, to, float(factor));
    const bool is_outside = is_clipped && (factor < 0.0 || factor > 1.0);
    return is_outside || !is_wanted ? Py_NewRef(Py_None)
                                    : new_vector(state_of(module), {&p.x, dimensions});
  };
  const bool touches = !(factors->second - factors->first > 0.0);
  return Py_BuildValue("(NN)", point(factors->second, true), point(factors->first, !touches));
}

PyObject* intersect_line_sphere(PyObject* module, PyObject* args) {
  std::array<PyObject*, 3> a;
  std::array<float3, 3> p;
  float radius;
  int is_clipped = 1;
  if (!PyArg_ParseTuple(args, "OOOf|O&:intersect_line_sphere", &a[0], &a[1], &a[2], &radius,
                        convert_bool, &is_clipped) ||
      !parse_long(a, 3, p, "intersect_line_sphere")) {
    return nullptr;
  }
  return sphere_points(module, p[0], p[1], p[2], radius, is_clipped != 0, 3);
}

PyObject* intersect_line_sphere_2d(PyObject* module, PyObject* args) {
  std::array<PyObject*, 3> a;
  std::array<float2, 3> p;
  float radius;
  int is_clipped = 1;
  if (!PyArg_ParseTuple(args, "OOOf|O&:intersect_line_sphere_2d", &a[0], &a[1], &a[2], &radius,
                        convert_bool, &is_clipped) ||
      !parse_flat(a, p, "intersect_line_sphere_2d")) {
    return nullptr;
  }
  return sphere_points(module, {p[0].x, p[0].y, 0}, {p[1].x, p[1].y, 0}, {p[2].x, p[2].y, 0},
                       radius, is_clipped != 0, 2);
}

PyObject* intersect_sphere_sphere_2d(PyObject* module, PyObject* args) {
  PyObject *a, *b;
  float radius_a, radius_b;
  float2 center_a, center_b;
  if (!PyArg_ParseTuple(args, "OfOf:intersect_sphere_sphere_2d", &a, &radius_a, &b, &radius_b) ||
      parse_floats(a, 2, 2, &center_a.x, "intersect_sphere_sphere_2d") < 0 ||
      parse_floats(b, 2, 2, &center_b.x, "intersect_sphere_sphere_2d") < 0) {
    return nullptr;
  }
  const auto points = circle_circle(center_a, radius_a, center_b, radius_b);
  if (!points) {
    return Py_BuildValue("(OO)", Py_None, Py_None);
  }
  return Py_BuildValue("(NN)", vector2(module, points->first), vector2(module, points->second));
}

constexpr PyMethodDef functions[] = {
    {"area_tri", area_tri, METH_VARARGS,
     ".. function:: area_tri(v1, v2, v3)\n\nThe area of a triangle."},
    {"volume_tetrahedron", volume_tetrahedron, METH_VARARGS,
     ".. function:: volume_tetrahedron(v1, v2, v3, v4)\n\nThe volume of a tetrahedron."},
    {"barycentric_transform", barycentric_transform_function, METH_VARARGS,
     ".. function:: barycentric_transform(point, tri_a1, tri_a2, tri_a3, tri_b1, tri_b2, "
     "tri_b3)\n\nMoves a point along from one triangle to another."},
    {"closest_point_on_tri", closest_point_on_tri, METH_VARARGS,
     ".. function:: closest_point_on_tri(pt, tri_p1, tri_p2, tri_p3)\n\nThe nearest point of a "
     "triangle."},
    {"distance_point_to_plane", distance_point_to_plane, METH_VARARGS,
     ".. function:: distance_point_to_plane(pt, plane_co, plane_no)\n\nThe distance, negative "
     "behind the plane."},
    {"intersect_point_tri", intersect_point_tri, METH_VARARGS,
     ".. function:: intersect_point_tri(pt, tri_p1, tri_p2, tri_p3)\n\nThe point on the plane of a "
     "triangle below pt, or None where that is outside."},
    {"intersect_point_tri_2d", intersect_point_tri_2d, METH_VARARGS,
     ".. function:: intersect_point_tri_2d(pt, tri_p1, tri_p2, tri_p3)\n\n1 inside of a "
     "counter-clockwise, -1 of a clockwise triangle, else 0."},
    {"intersect_point_quad_2d", intersect_point_quad_2d, METH_VARARGS,
     ".. function:: intersect_point_quad_2d(pt, quad_p1, quad_p2, quad_p3, quad_p4)\n\n1 inside of "
     "a counter-clockwise, -1 of a clockwise convex quad, else 0."},
    {"intersect_tri_tri_2d", intersect_tri_tri_2d, METH_VARARGS,
     ".. function:: intersect_tri_tri_2d(tri_a1, tri_a2, tri_a3, tri_b1, tri_b2, "
     "tri_b3)\n\nWhether "
     "two triangles have a point in common."},
    {"intersect_ray_tri", intersect_ray_tri, METH_VARARGS,
     ".. function:: intersect_ray_tri(v1, v2, v3, ray, orig, clip=True)\n\nWhere a ray meets a "
     "triangle (without clip: its plane), or None."},
    {"intersect_line_line", intersect_line_line, METH_VARARGS,
     ".. function:: intersect_line_line(v1, v2, v3, v4)\n\nThe points where two lines are nearest, "
     "or None for parallel ones."},
    {"intersect_line_line_2d", intersect_line_line_2d, METH_VARARGS,
     ".. function:: intersect_line_line_2d(lineA_p1, lineA_p2, lineB_p1, lineB_p2)\n\nThe point "
     "where two segments cross, or None."},
    {"intersect_point_line", intersect_point_line, METH_VARARGS,
     ".. function:: intersect_point_line(pt, line_p1, line_p2)\n\nThe nearest point of a line, and "
     "its place between p1 (0) and p2 (1)."},
    {"intersect_line_plane", intersect_line_plane, METH_VARARGS,
     ".. function:: intersect_line_plane(line_a, line_b, plane_co, plane_no, no_flip=False)\n\n"
     "Where a line meets a plane, or None."},
    {"intersect_plane_plane", intersect_plane_plane, METH_VARARGS,
     ".. function:: intersect_plane_plane(plane_a_co, plane_a_no, plane_b_co, plane_b_no)\n\nA "
     "point "
     "and the direction of the line in both planes, or two times None."},
    {"intersect_line_sphere", intersect_line_sphere, METH_VARARGS,
     ".. function:: intersect_line_sphere(line_a, line_b, sphere_co, sphere_radius, clip=True)\n\n"
     "The two points where a line (with clip: a segment) meets a sphere, or None for each."},
    {"intersect_line_sphere_2d", intersect_line_sphere_2d, METH_VARARGS,
     ".. function:: intersect_line_sphere_2d(line_a, line_b, sphere_co, sphere_radius, "
     "clip=True)\n\n"
     "The two points where a line meets a circle, or None for each."},
    {"intersect_sphere_sphere_2d", intersect_sphere_sphere_2d, METH_VARARGS,
     ".. function:: intersect_sphere_sphere_2d(p_a, radius_a, p_b, radius_b)\n\nThe two points of "
     "two circles, or two times None."},
};

}  // namespace

const std::span<const PyMethodDef> intersection_functions = functions;

}  // namespace kiln::python::mathutils
