#include <cmath>

#include "core/delaunay.h"
#include "core/polygon.h"
#include "python/mathutils/geometry.h"
#include "python/mathutils/tessellate.h"

namespace kiln::python::mathutils {
namespace {

PyObject* normal(PyObject* module, PyObject* args) {
  PyObject* vectors = PyTuple_GET_SIZE(args) == 1 ? PyTuple_GET_ITEM(args, 0) : args;
  std::vector<float3> ring;
  if (!parse_float3s(vectors, 3, ring, "normal")) {
    return nullptr;
  }
  if (ring.size() < 3) {
    PyErr_SetString(PyExc_ValueError, "normal: expected three or more vectors");
    return nullptr;
  }
  const float3 result = polygon_normal(ring);
  return new_vector(state_of(module), {&result.x, 3});
}

PyObject* convex_hull_2d(PyObject*, PyObject* points) {
  std::vector<float2> flat;
  return parse_float2s(points, flat, "convex_hull_2d") ? new_int_list(convex_hull(flat)) : nullptr;
}

PyObject* box_fit_2d(PyObject*, PyObject* points) {
  std::vector<float2> flat;
  return parse_float2s(points, flat, "box_fit_2d") ? PyFloat_FromDouble(best_fit_angle(flat))
                                                   : nullptr;
}

bool set_float_item(PyObject* list, Py_ssize_t index, float value) {
  PyObject* number = PyFloat_FromDouble(value);
  return number != nullptr && PyList_SetItem(list, index, number) == 0;
}

PyObject* box_pack_2d(PyObject*, PyObject* argument) {
  if (!PyList_Check(argument)) {
    PyErr_SetString(PyExc_TypeError,
                    "box_pack_2d: expected a list of lists [x, y, width, height, ...]");
    return nullptr;
  }
  // Hold the lists themselves: reading numbers may run code that changes the outer one.
  std::vector<PyRef> lists;
  std::vector<PackedBox> boxes;
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(argument); ++i) {
    lists.push_back(PyRef::borrow(PyList_GET_ITEM(argument, i)));
    PyObject* list = lists.back().get();
    if (!PyList_Check(list) || PyList_GET_SIZE(list) < 4) {
      PyErr_SetString(PyExc_TypeError,
                      "box_pack_2d: every box should be a list [x, y, width, height, ...]");
      return nullptr;
    }
    const PyRef width = PyRef::borrow(PyList_GET_ITEM(list, 2));
    const PyRef height = PyRef::borrow(PyList_GET_ITEM(list, 3));
    PackedBox box;
    if (!parse_float(width.get(), &box.size.x, "box_pack_2d") ||
        !parse_float(height.get(), &box.size.y, "box_pack_2d")) {
      return nullptr;
    }
    if (!(box.size.x >= 0.0f && box.size.y >= 0.0f)) {
      PyErr_SetString(PyExc_TypeError, "box_pack_2d: width and height should be numbers from 0 on");
      return nullptr;
    }
    boxes.push_back(box);
  }
  const float2 size = pack_boxes(boxes);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (!set_float_item(lists[i].get(), 0, boxes[i].position.x) ||
        !set_float_item(lists[i].get(), 1, boxes[i].position.y)) {
      return nullptr;
    }
  }
  return Py_BuildValue("(dd)", double(size.x), double(size.y));
}

PyObject* interpolate_bezier(PyObject* module, PyObject* args) {
  PyObject* arguments[4];
  int resolution;
  if (!PyArg_ParseTuple(args, "OOOOi:interpolate_bezier", &arguments[0], &arguments[1],
                        &arguments[2], &arguments[3], &resolution)) {
    return nullptr;
  }
  if (resolution < 2 || resolution > max_parsed_values) {
    PyErr_SetString(PyExc_ValueError, "interpolate_bezier: resolution should be 2 or more");
    return nullptr;
  }
  float3 points[4];
  std::size_t dimensions = 0;
  std::vector<float> numbers;
  for (int i = 0; i < 4; ++i) {
    if (!parse_floats(arguments[i], 2, numbers, "interpolate_bezier")) {
      return nullptr;
    }
    const std::size_t size = std::min<std::size_t>(3, numbers.size());
    dimensions = std::max(dimensions, size);
    std::copy_n(numbers.begin(), size, &points[i].x);
  }
  return new_list(std::size_t(resolution), [&](std::size_t i) {
    const double t = double(i) / (resolution - 1), s = 1.0 - t;
    const double weights[4] = {s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t};
    float3 point;
    for (int axis = 0; axis < 3; ++axis) {
      double sum = 0.0;
      for (int j = 0; j < 4; ++j) {
        sum += weights[j] * points[j][axis];
      }
      point[axis] = float(sum);
    }
    return new_vector(state_of(module), {&point.x, dimensions});
  });
}

/// Points that lie on three planes and behind all (within a small tolerance), and the planes that
/// have such a point.
PyObject* points_in_planes(PyObject* module, PyObject* argument) {
  const PyRef sequence = PyRef::steal(PySequence_Tuple(argument));
  if (!sequence) {
    return nullptr;
  }
  const Py_ssize_t count = PyTuple_GET_SIZE(sequence.get());
  std::vector<float4> planes(static_cast<std::size_t>(count));
  for (Py_ssize_t i = 0; i < count; ++i) {
    if (parse_floats(PyTuple_GET_ITEM(sequence.get(), i), 4, 4, &planes[std::size_t(i)].x,
                     "points_in_planes") < 0) {
      return nullptr;
    }
  }
  std::vector<float3> points;
  std::vector<bool> is_used(planes.size(), false);
  constexpr float tolerance = 1e-4f;
  for (std::size_t i = 0; i < planes.size(); ++i) {
    for (std::size_t j = i + 1; j < planes.size(); ++j) {
      const float3 a = xyz(planes[i]), b = xyz(planes[j]);
      const float3 ab = cross(a, b);
      if (length_squared(ab) <= tolerance) {
        continue;
      }
      for (std::size_t k = j + 1; k < planes.size(); ++k) {
        const float3 c = xyz(planes[k]);
        const float3 bc = cross(b, c), ca = cross(c, a);
        if (length_squared(bc) <= tolerance || length_squared(ca) <= tolerance) {
          continue;
        }
        const float determinant = dot(a, bc);
        if (std::abs(determinant) <= tolerance) {
          continue;
        }
        const float3 point =
            (bc * planes[i].w + ca * planes[j].w + ab * planes[k].w) * (-1.0f / determinant);
        bool is_inside = true;
        for (std::size_t l = 0; l < planes.size() && is_inside; ++l) {
          is_inside =
              l == i || l == j || l == k || dot(xyz(planes[l]), point) + planes[l].w <= 1e-6f;
        }
        if (is_inside) {
          points.push_back(point);
          is_used[i] = is_used[j] = is_used[k] = true;
        }
      }
    }
  }
  std::vector<int> used;
  for (std::size_t i = 0; i < planes.size(); ++i) {
    if (is_used[i]) {
      used.push_back(int(i));
    }
  }
  PyRef vectors = PyRef::steal(new_list(points.size(), [&](std::size_t i) {
    return new_vector(state_of(module), {&points[i].x, 3});
  }));
  PyRef indices = PyRef::steal(new_int_list(used));
  return vectors && indices ? PyTuple_Pack(2, vectors.get(), indices.get()) : nullptr;
}

PyObject* triangle_list(const std::vector<std::array<int, 3>>& triangles) {
  return new_list(triangles.size(), [&](std::size_t i) {
    return Py_BuildValue("(iii)", triangles[i][0], triangles[i][1], triangles[i][2]);
  });
}

PyObject* tessellate_polygon(PyObject*, PyObject* argument) {
  if (!PySequence_Check(argument)) {
    PyErr_SetString(PyExc_TypeError, "tessellate_polygon: expected a sequence of outlines");
    return nullptr;
  }
  const PyRef sequence = PyRef::steal(PySequence_Tuple(argument));
  if (!sequence) {
    return nullptr;
  }
  std::vector<float3> points;
  std::vector<std::vector<int>> outlines;
  bool is_flat = true;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(sequence.get()); ++i) {
    PyObject* item = PyTuple_GET_ITEM(sequence.get(), i);
    if (!PySequence_Check(item)) {
      PyErr_SetString(PyExc_TypeError,
                      "tessellate_polygon: every outline should be a sequence of vectors");
      return nullptr;
    }
    const PyRef outline = PyRef::steal(PySequence_Tuple(item));
    if (!outline) {
      return nullptr;
    }
    outlines.emplace_back();
    for (Py_ssize_t j = 0; j < PyTuple_GET_SIZE(outline.get()); ++j) {
      float3 point;
      const int size =
          parse_floats(PyTuple_GET_ITEM(outline.get(), j), 2, 3, &point.x, "tessellate_polygon");
      if (size < 0) {
        return nullptr;
      }
      is_flat = is_flat && size == 2;
      outlines.back().push_back(int(points.size()));
      points.push_back(point);
    }
  }
  if (points.empty()) {
    return PyList_New(0);
  }
  std::vector<std::array<int, 3>> triangles = tessellate(points, outlines, is_flat);
  if (triangles.empty()) {
    triangles.push_back({0, 0, 0});  // what scripts get for an outline without area
  }
  return triangle_list(triangles);
}

bool parse_index_lists(PyObject* argument, std::vector<std::vector<int>>& lists, int min_size,
                       int max_size) {
  const PyRef sequence = PyRef::steal(PySequence_Tuple(argument));
  if (!sequence) {
    return false;
  }
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(sequence.get()); ++i) {
    std::vector<int> list;
    if (!parse_ints(PyTuple_GET_ITEM(sequence.get(), i), min_size, list, "delaunay_2d_cdt")) {
      return false;
    }
    if (int(list.size()) > max_size) {
      PyErr_Format(PyExc_ValueError, "delaunay_2d_cdt: sequence size is %zd, expected %d",
                   Py_ssize_t(list.size()), max_size);
      return false;
    }
    lists.push_back(std::move(list));
  }
  return true;
}

PyObject* nested_int_list(const std::vector<std::vector<int>>& lists) {
  return new_list(lists.size(), [&](std::size_t i) { return new_int_list(lists[i]); });
}

PyObject* delaunay_2d_cdt(PyObject* module, PyObject* args) {
  PyObject *points_argument, *edges_argument, *faces_argument;
  int output;
  float epsilon;
  int needs_ids = 1;
  std::vector<float2> points;
  std::vector<std::vector<int>> edge_lists, faces;
  if (!PyArg_ParseTuple(args, "OOOif|p:delaunay_2d_cdt", &points_argument, &edges_argument,
                        &faces_argument, &output, &epsilon, &needs_ids) ||
      !parse_float2s(points_argument, points, "delaunay_2d_cdt") ||
      !parse_index_lists(edges_argument, edge_lists, 2, 2) ||
      !parse_index_lists(faces_argument, faces, 0, max_parsed_values)) {
    return nullptr;
  }
  std::vector<std::array<int, 2>> edges;
  for (const std::vector<int>& edge : edge_lists) {
    edges.push_back({edge[0], edge[1]});
  }
  const auto kind = output >= 0 && output <= int(DelaunayOutput::ConstraintsValidWithHoles)
                        ? DelaunayOutput(output)
                        : DelaunayOutput::Full;
  DelaunayResult mesh = constrained_delaunay(points, edges, faces, kind, epsilon);
  if (needs_ids == 0) {
    mesh.original_vertices.clear();
    mesh.original_edges.clear();
    mesh.original_faces.clear();
  }
  PyRef vertices = PyRef::steal(new_list(mesh.x.size(), [&](std::size_t i) {
    const float2 p{float(mesh.x[i]), float(mesh.y[i])};
    return new_vector(state_of(module), {&p.x, 2});
  }));
  PyRef new_edges = PyRef::steal(new_list(mesh.edges.size(), [&](std::size_t i) {
    return Py_BuildValue("(ii)", mesh.edges[i][0], mesh.edges[i][1]);
  }));
  const PyRef parts[] = {std::move(vertices),
                         std::move(new_edges),
                         PyRef::steal(nested_int_list(mesh.faces)),
                         PyRef::steal(nested_int_list(mesh.original_vertices)),
                         PyRef::steal(nested_int_list(mesh.original_edges)),
                         PyRef::steal(nested_int_list(mesh.original_faces))};
  for (const PyRef& part : parts) {
    if (!part) {
      return nullptr;
    }
  }
  return PyTuple_Pack(6, parts[0].get(), parts[1].get(), parts[2].get(), parts[3].get(),
                      parts[4].get(), parts[5].get());
}

constexpr PyMethodDef functions[] = {
    {"normal", guarded<normal>, METH_VARARGS,
     ".. function:: normal(vectors)\n\nThe normal of a polygon."},
    {"convex_hull_2d", guarded<convex_hull_2d>, METH_O,
     ".. function:: convex_hull_2d(points)\n\nThe indices of the points on the convex hull, "
     "counter-clockwise."},
    {"box_fit_2d", guarded<box_fit_2d>, METH_O,
     ".. function:: box_fit_2d(points)\n\nThe angle of the smallest rectangle around the points."},
    {"box_pack_2d", guarded<box_pack_2d>, METH_O,
     ".. function:: box_pack_2d(boxes)\n\nMoves lists [x, y, width, height, ...] side by side; "
     "returns the width and height of all."},
    {"interpolate_bezier", guarded<interpolate_bezier>, METH_VARARGS,
     ".. function:: interpolate_bezier(knot1, handle1, handle2, knot2, resolution)\n\nPoints on a "
     "Bezier curve, both ends included."},
    {"points_in_planes", guarded<points_in_planes>, METH_O,
     ".. function:: points_in_planes(planes)\n\nThe corners of the space behind the planes (a, b, "
     "c, d), and the indices of the planes that have one."},
    {"tessellate_polygon", guarded<tessellate_polygon>, METH_O,
     ".. function:: tessellate_polygon(veclist_list)\n\nTriangles of one or more outlines, as "
     "indices of the points in order; inner outlines are holes."},
    {"delaunay_2d_cdt", guarded<delaunay_2d_cdt>, METH_VARARGS,
     ".. function:: delaunay_2d_cdt(vert_coords, edges, faces, output_type, epsilon, "
     "need_ids=True)\n\nA constrained Delaunay triangulation: vertices, edges, faces, and the "
     "input "
     "that each stems from."},
};

}  // namespace

const std::span<const PyMethodDef> polygon_functions = functions;

}  // namespace kiln::python::mathutils
