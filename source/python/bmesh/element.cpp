#include <cmath>

#include "python/bmesh/bmesh.h"
#include "python/mathutils/mathutils.h"
#include "python/state.h"

namespace kiln::python::bmesh {
namespace {

constexpr ElementKind Vert = ElementKind::Vert, Edge = ElementKind::Edge, Loop = ElementKind::Loop,
                      Face = ElementKind::Face;

int slot_of(PyObject* self) {
  return as_element(self)->handle.slot;
}
Element element_of(PyObject* self) {
  return {as_element(self)->handle.kind, slot_of(self)};
}
EditMesh* mesh_of(PyObject* self) {
  return find(as_element(self));
}

/// Position or normal of an element.
class PlaceOwner final : public mathutils::ValueOwner {
public:
  PlaceOwner(PyObject* element, bool is_normal)
      : element_(PyRef::borrow(element)), is_normal_(is_normal) {}
  PlaceOwner(PlaceOwner&&) = default;
  bool read(std::span<float> values) override {
    const float3* at = place();
    if (at) {
      values[0] = at->x, values[1] = at->y, values[2] = at->z;
    }
    return at != nullptr;
  }
  bool write(std::span<const float> values) override {
    float3* at = place();
    if (at) {
      *at = {values[0], values[1], values[2]};
    }
    return at != nullptr;
  }
  PyObject* owner_object() const override { return element_.get(); }

private:
  float3* place() {
    EditMesh* mesh = mesh_of(element_.get());
    if (!mesh) {
      return nullptr;
    }
    const int at = slot_of(element_.get());
    if (as_element(element_.get())->handle.kind == Face) {
      return &mesh->faces[at].normal;
    }
    return is_normal_ ? &mesh->verts[at].normal : &mesh->verts[at].co;
  }
  PyRef element_;
  bool is_normal_;
};

PyObject* vector(float3 v) {
  return mathutils::new_vector(state().math, {&v.x, 3});
}

void element_dealloc(PyObject* self) {
  ElementObject* e = as_element(self);
  auto& wrappers = e->owner->wrappers[std::size_t(e->handle.kind)];
  if (std::size_t(e->handle.slot) < wrappers.size() &&
      wrappers[std::size_t(e->handle.slot)] == self) {
    wrappers[std::size_t(e->handle.slot)] = nullptr;
  }
  PyTypeObject* type = Py_TYPE(self);
  Py_DECREF(e->owner);
  type->tp_free(self);
  Py_DECREF(type);
}
PyObject* element_repr(PyObject* self) {
  ElementObject* e = as_element(self);
  const char* name = type_name(e->handle.kind);
  if (!e->owner->mesh || !e->owner->mesh->is_alive(e->handle)) {
    return PyUnicode_FromFormat("<%s dead at %p>", name, self);
  }
  return PyUnicode_FromFormat("<%s(%p), index=%d>", name, self,
                              e->owner->mesh->index(element_of(self)));
}
Py_hash_t element_hash(PyObject* self) {
  const ElementObject* e = as_element(self);
  // Elements keep their object while anyone holds it, and thus its address.
  return Py_hash_t(reinterpret_cast<std::uintptr_t>(e) >> 4);
}
PyObject* element_subscript(PyObject* self, PyObject* key) {
  return layer_value(as_element(self), key);
}
int element_set_subscript(PyObject* self, PyObject* key, PyObject* value) {
  return set_layer_value(as_element(self), key, value);
}

// ---- what all have ----

PyObject* get_is_valid(PyObject* self, void*) {
  const ElementObject* e = as_element(self);
  return PyBool_FromLong(e->owner->mesh && e->owner->mesh->is_alive(e->handle));
}
PyObject* get_index(PyObject* self, void*) {
  EditMesh* mesh = mesh_of(self);
  return mesh ? PyLong_FromLong(mesh->index(element_of(self))) : nullptr;
}
int set_index(PyObject* self, PyObject* value, void*) {
  const int number = value ? _PyLong_AsInt(value) : -1;
  if (!value || (number == -1 && PyErr_Occurred())) {
    if (!value) {
      PyErr_SetString(PyExc_TypeError, "index cannot be deleted");
    }
    return -1;
  }
  EditMesh* mesh = mesh_of(self);
  if (!mesh) {
    return -1;
  }
  mesh->index(element_of(self)) = number;
  return 0;
}
PyObject* get_flag(PyObject* self, void* flag) {
  EditMesh* mesh = mesh_of(self);
  return mesh ? PyBool_FromLong(
                    mesh->has_flag(element_of(self), int(reinterpret_cast<std::intptr_t>(flag))))
              : nullptr;
}
bool as_bool(PyObject* value, bool* result, const char* prefix) {
  if (!value || !PyLong_Check(value)) {
    PyErr_Format(PyExc_TypeError, "%s expected True/False or 0/1", prefix);
    return false;
  }
  const long number = PyLong_AsLong(value);
  if ((number == -1 && PyErr_Occurred()) || (number != 0 && number != 1)) {
    PyErr_Clear();
    PyErr_Format(PyExc_ValueError, "%s expected True/False or 0/1", prefix);
    return false;
  }
  *result = number != 0;
  return true;
}
int set_flag(PyObject* self, PyObject* value, void* flag) {
  bool on = false;
  if (!as_bool(value, &on, "flag:")) {
    return -1;
  }
  EditMesh* mesh = mesh_of(self);
  if (!mesh) {
    return -1;
  }
  const int which = int(reinterpret_cast<std::intptr_t>(flag));
  if (which == ElementFlag::Select) {
    mesh->select(element_of(self), on);
  } else {
    mesh->set_flag(element_of(self), which, on);
  }
  return 0;
}
PyObject* select_set(PyObject* self, PyObject* value) {
  bool on = false;
  EditMesh* mesh = as_bool(value, &on, "select_set():") ? mesh_of(self) : nullptr;
  if (!mesh) {
    return nullptr;
  }
  mesh->select(element_of(self), on);
  Py_RETURN_NONE;
}
PyObject* hide_set(PyObject* self, PyObject* value) {
  bool on = false;
  EditMesh* mesh = as_bool(value, &on, "hide_set():") ? mesh_of(self) : nullptr;
  if (!mesh) {
    return nullptr;
  }
  mesh->hide(element_of(self), on);
  Py_RETURN_NONE;
}
PyObject* copy_from(PyObject* self, PyObject* other) {
  const ElementObject* e = as_element(self);
  EditMesh* mesh = mesh_of(self);
  const int from = mesh ? parse_element(other, e->owner, e->handle.kind, "copy_from(other)") : -1;
  if (from < 0) {
    return nullptr;
  }
  if (from != e->handle.slot) {
    mesh->copy_attributes(e->handle.kind, from, e->handle.slot);
    if (e->handle.kind == Vert) {
      mesh->verts[e->handle.slot].normal = mesh->verts[from].normal;
    }
  }
  Py_RETURN_NONE;
}
template <Relation R, ElementKind K>
PyObject* get_sequence(PyObject* self, void*) {
  return mesh_of(self) ? make_sequence(as_element(self)->owner, R, K, as_element(self)->handle)
                       : nullptr;
}
PyObject* get_place(PyObject* self, void* is_normal) {
  return mesh_of(self)
             ? mathutils::new_vector_view(state().math, 3, PlaceOwner(self, is_normal != nullptr))
             : nullptr;
}
int set_place(PyObject* self, PyObject* value, void* is_normal) {
  float3 v;
  if (!value || !mathutils::parse_float3(value, &v, is_normal ? "normal" : "co")) {
    if (!value) {
      PyErr_SetString(PyExc_TypeError, "cannot be deleted");
    }
    return -1;
  }
  return PlaceOwner(self, is_normal != nullptr).write({&v.x, 3}) ? 0 : -1;
}

/// A getter or method without arguments from a function of mesh and slot.
template <auto Function>
PyObject* bool_of(PyObject* self, void*) {
  EditMesh* mesh = mesh_of(self);
  return mesh ? PyBool_FromLong(Function(*mesh, slot_of(self))) : nullptr;
}
template <auto Function>
PyObject* float_of(PyObject* self, PyObject*) {
  EditMesh* mesh = mesh_of(self);
  return mesh ? PyFloat_FromDouble(double(Function(*mesh, slot_of(self)))) : nullptr;
}
template <auto Function>
PyObject* vector_of(PyObject* self, PyObject*) {
  EditMesh* mesh = mesh_of(self);
  return mesh ? vector(Function(*mesh, slot_of(self))) : nullptr;
}
template <auto Function>
PyObject* done(PyObject* self, PyObject*) {
  EditMesh* mesh = mesh_of(self);
  if (!mesh) {
    return nullptr;
  }
  Function(*mesh, slot_of(self));
  Py_RETURN_NONE;
}

// ---- vertices ----

bool vert_is_boundary(EditMesh& m, int v) {
  for (const int e : m.vert_edges(v)) {
    if (m.is_boundary(e)) {
      return true;
    }
  }
  return false;
}
bool vert_is_wire(EditMesh& m, int v) {
  for (const int e : m.vert_edges(v)) {
    if (!m.is_wire(e)) {
      return false;
    }
  }
  return m.verts[v].edge >= 0;
}
bool vert_is_manifold(EditMesh& m, int v) {
  return m.is_manifold_vert(v);
}
float angle_between(float3 a, float3 b) {
  return std::atan2(length(cross(a, b)), dot(a, b));
}

PyObject* fallback_or_error(PyObject* args, const char* message, bool* is_given,
                            PyObject** fallback) {
  (void)message;
  *fallback = nullptr;
  *is_given = false;
  if (!PyArg_ParseTuple(args, "|O", fallback)) {
    return nullptr;
  }
  *is_given = *fallback != nullptr;
  return args;
}
PyObject* no_result(PyObject* fallback, const char* message) {
  if (fallback) {
    return Py_NewRef(fallback);
  }
  PyErr_SetString(PyExc_ValueError, message);
  return nullptr;
}
PyObject* vert_edge_angle(PyObject* self, PyObject* args) {
  PyObject* fallback = nullptr;
  bool is_given = false;
  if (!fallback_or_error(args, "", &is_given, &fallback)) {
    return nullptr;
  }
  EditMesh* m = mesh_of(self);
  if (!m) {
    return nullptr;
  }
  const int v = slot_of(self);
  const std::vector<int> around = m->vert_edges(v);
  if (around.size() != 2) {
    return no_result(fallback, "BMVert.calc_edge_angle(): vert must connect to exactly 2 edges");
  }
  const float3 co = m->verts[v].co;
  const float3 a = co - m->verts[m->other_vert(around[0], v)].co;
  const float3 b = m->verts[m->other_vert(around[1], v)].co - co;
  return PyFloat_FromDouble(double(angle_between(a, b)));
}
float shell_factor(EditMesh& m, int v) {
  // Distance to the offset faces per unit of offset, weighted by the angles of the corners.
  float sum = 0, angles = 0;
  for (const int l : m.vert_loops(v)) {
    const float angle = m.loop_angle(l);
    const float c = std::fabs(dot(m.verts[v].normal, m.faces[m.loops[l].face].normal));
    sum += (c < 1e-8f ? 1.0f : 1.0f / c) * angle;
    angles += angle;
  }
  return angles > 0 ? sum / angles : 1.0f;
}
void vert_normal_update(EditMesh& m, int v) {
  for (const int f : m.vert_faces(v)) {
    m.update_face_normal(f);
  }
  m.update_vert_normal(v);
}
PyObject* copy_from_vert_interp(PyObject* self, PyObject* args) {
  PyObject* pair = nullptr;
  float factor = 0;
  std::vector<int> from;
  MeshObject* owner = as_element(self)->owner;
  if (!mesh_of(self) ||
      !PyArg_ParseTuple(args, "Of:BMVert.copy_from_vert_interp", &pair, &factor) ||
      !parse_elements(pair, &owner, Vert, from, "BMVert.copy_from_vert_interp(...)", 2, 2)) {
    return nullptr;
  }
  EditMesh* mesh = mesh_of(self);
  if (!mesh) {
    return nullptr;
  }
  mesh->mix_attributes(Vert, from, std::array{1 - factor, factor}, slot_of(self));
  Py_RETURN_NONE;
}
/// Weights of a face's corners at a point in its plane (Floater, "Mean value coordinates", 2003).
std::vector<float> weights_in_face(const EditMesh& m, int face, float3 at);

// ---- edges ----

PyObject* edge_other_vert(PyObject* self, PyObject* other) {
  EditMesh* m = mesh_of(self);
  if (!m) {
    return nullptr;
  }
  const int v = parse_element(other, as_element(self)->owner, Vert, "BMEdge.other_vert(vert)");
  if (v < 0) {
    return nullptr;
  }
  return m->has_vert(slot_of(self), v)
             ? make_element(as_element(self)->owner, {Vert, m->other_vert(slot_of(self), v)})
             : Py_NewRef(Py_None);
}
bool edge_is_manifold(EditMesh& m, int e) {
  return m.edge_face_count(e) == 2;
}
bool edge_is_wire(EditMesh& m, int e) {
  return m.is_wire(e);
}
bool edge_is_boundary(EditMesh& m, int e) {
  return m.is_boundary(e);
}
bool edge_is_contiguous(EditMesh& m, int e) {
  return m.is_contiguous(e);
}
float signed_face_angle(EditMesh& m, int e) {
  const int a = m.edges[e].loop, b = m.loops[a].radial_next;
  const float3 n0 = m.compute_face_normal(m.loops[a].face),
               n1 = m.compute_face_normal(m.loops[b].face);
  const float3 along = m.verts[m.loops[m.loops[a].next].vert].co - m.verts[m.loops[a].vert].co;
  const float angle = angle_between(n0, n1);
  return dot(cross(n0, n1), along) < 0 ? -angle : angle;
}
bool edge_is_convex(EditMesh& m, int e) {
  return m.edge_face_count(e) == 2 && signed_face_angle(m, e) > 1e-6f;
}
float edge_length(EditMesh& m, int e) {
  return m.edge_length(e);
}
template <bool Signed>
PyObject* edge_face_angle(PyObject* self, PyObject* args) {
  PyObject* fallback = nullptr;
  bool is_given = false;
  if (!fallback_or_error(args, "", &is_given, &fallback)) {
    return nullptr;
  }
  EditMesh* m = mesh_of(self);
  if (!m) {
    return nullptr;
  }
  if (m->edge_face_count(slot_of(self)) != 2) {
    return no_result(fallback, Signed ? "BMEdge.calc_face_angle_signed(): edge doesn't use 2 faces"
                                      : "BMEdge.calc_face_angle(): edge doesn't use 2 faces");
  }
  const float angle = signed_face_angle(*m, slot_of(self));
  return PyFloat_FromDouble(double(Signed ? angle : std::fabs(angle)));
}
float3 unit(float3 v) {
  const float size = length(v);
  return size > 1e-35f ? v * (1.0f / size) : float3{0, 0, 0};
}
PyObject* edge_tangent(PyObject* self, PyObject* loop) {
  EditMesh* m = mesh_of(self);
  const int l =
      m ? parse_element(loop, as_element(self)->owner, Loop, "BMEdge.calc_tangent(loop)") : -1;
  if (l < 0) {
    return nullptr;
  }
  const int e = slot_of(self);
  const int other = m->other_vert(e, m->loops[l].vert);
  return vector(unit(cross(m->faces[m->loops[l].face].normal,
                           m->verts[other].co - m->verts[m->loops[l].vert].co)));
}
void edge_normal_update(EditMesh& m, int e) {
  vert_normal_update(m, m.edges[e].verts[0]);
  vert_normal_update(m, m.edges[e].verts[1]);
}

// ---- loops ----

template <ElementKind K, int EditLoopMember>
PyObject* loop_member(PyObject* self, void*) {
  EditMesh* m = mesh_of(self);
  if (!m) {
    return nullptr;
  }
  const modeling::EditLoop& l = m->loops[slot_of(self)];
  const int members[] = {l.vert, l.edge, l.face, l.next, l.prev, l.radial_next, l.radial_prev};
  return make_element(as_element(self)->owner, {K, members[EditLoopMember]});
}
float loop_angle(EditMesh& m, int l) {
  return m.loop_angle(l);
}
float3 corner_cross(EditMesh& m, int l) {
  const float3 co = m.verts[m.loops[l].vert].co;
  return cross(m.verts[m.loops[m.loops[l].next].vert].co - co,
               m.verts[m.loops[m.loops[l].prev].vert].co - co);
}
float3 loop_normal(EditMesh& m, int l) {
  // Against the normal of the face, as scripts written for this interface expect it.
  const float3 n = unit(corner_cross(m, l));
  const float3 face = m.faces[m.loops[l].face].normal;
  return length_squared(n) == 0 ? face : dot(n, face) < 0 ? n : n * -1.0f;
}
float3 loop_tangent(EditMesh& m, int l) {
  const float3 co = m.verts[m.loops[l].vert].co;
  const float3 before = unit(m.verts[m.loops[m.loops[l].prev].vert].co - co);
  const float3 after = unit(co - m.verts[m.loops[m.loops[l].next].vert].co);
  const float3 along = before + after;
  const float3 normal = length_squared(before - after) > 1e-10f ? cross(before, after)
                                                                : m.faces[m.loops[l].face].normal;
  return unit(cross(along, normal));
}
bool loop_is_convex(EditMesh& m, int l) {
  return dot(corner_cross(m, l), m.faces[m.loops[l].face].normal) > 0;
}
PyObject* copy_from_face_interp(PyObject* self, PyObject* args, PyObject* keywords) {
  PyObject* face = nullptr;
  int vert = 1, multires = 1;
  const char* names[] = {"face", "vert", "multires", nullptr};
  EditMesh* m = mesh_of(self);
  if (!m || !PyArg_ParseTupleAndKeywords(args, keywords, "O|pp", const_cast<char**>(names), &face,
                                         &vert, &multires)) {
    return nullptr;
  }
  const int f = parse_element(face, as_element(self)->owner, Face, "copy_from_face_interp(face)");
  m = f >= 0 ? mesh_of(self) : nullptr;
  if (!m) {
    return nullptr;
  }
  const std::vector<int> source = m->face_loops(f);
  const std::vector<int> source_verts = m->face_verts(f);
  std::vector<int> corners;
  if (as_element(self)->handle.kind == Face) {
    corners = m->face_loops(slot_of(self));
  } else if (as_element(self)->handle.kind == Loop) {
    corners = {slot_of(self)};
  } else {
    m->mix_attributes(Vert, source_verts, weights_in_face(*m, f, m->verts[slot_of(self)].co),
                      slot_of(self));
    Py_RETURN_NONE;
  }
  for (const int l : corners) {
    const std::vector<float> weights = weights_in_face(*m, f, m->verts[m->loops[l].vert].co);
    m->mix_attributes(Loop, source, weights, l);
    if (vert) {
      m->mix_attributes(Vert, source_verts, weights, m->loops[l].vert);
    }
  }
  Py_RETURN_NONE;
}
std::vector<float> weights_in_face(const EditMesh& m, int face, float3 at) {
  const std::vector<int> ring = m.face_verts(face);
  const std::size_t n = ring.size();
  std::vector<float> weights(n, 0.0f);
  float total = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const float3 d = m.verts[ring[i]].co - at;
    const float distance = length(d);
    if (distance < 1e-7f) {
      std::fill(weights.begin(), weights.end(), 0.0f);
      weights[i] = 1;
      return weights;
    }
    const float before = angle_between(m.verts[ring[(i + n - 1) % n]].co - at, d);
    const float after = angle_between(d, m.verts[ring[(i + 1) % n]].co - at);
    weights[i] = std::min(1e12f, (std::tan(before / 2) + std::tan(after / 2)) / distance);
    total += weights[i];
  }
  for (float& w : weights) {
    w = total > 0 ? w / total : 1.0f / float(n);
  }
  return weights;
}

// ---- faces ----

float3 face_center(EditMesh& m, int f) {
  return m.face_center(f);
}
float3 face_center_weighted(EditMesh& m, int f) {
  return m.face_center_weighted(f);
}
float3 face_center_bounds(EditMesh& m, int f) {
  float3 low{1e30f, 1e30f, 1e30f}, high{-1e30f, -1e30f, -1e30f};
  for (const int v : m.face_verts(f)) {
    low = min(low, m.verts[v].co);
    high = max(high, m.verts[v].co);
  }
  return (low + high) * 0.5f;
}
float face_area(EditMesh& m, int f) {
  return m.face_area(f);
}
float face_perimeter(EditMesh& m, int f) {
  float sum = 0;
  for (const int e : m.face_edges(f)) {
    sum += m.edge_length(e);
  }
  return sum;
}
std::vector<float3> corners_of(EditMesh& m, int f) {
  std::vector<float3> result;
  for (const int v : m.face_verts(f)) {
    result.push_back(m.verts[v].co);
  }
  return result;
}
float3 tangent_edge(EditMesh& m, int f) {
  // Along the longest side.
  const std::vector<float3> p = corners_of(m, f);
  float3 best{0, 0, 0};
  for (std::size_t i = 0; i < p.size(); ++i) {
    const float3 d = p[i] - p[(i + 1) % p.size()];
    if (length_squared(d) > length_squared(best)) {
      best = d;
    }
  }
  return unit(best);
}
float3 tangent_edge_pair(EditMesh& m, int f) {
  const std::vector<float3> p = corners_of(m, f);
  if (p.size() != 4) {
    return tangent_edge(m, f);
  }
  // Along the pair of opposite sides that is longer together.
  const float first = length(p[0] - p[1]) + length(p[2] - p[3]),
              second = length(p[1] - p[2]) + length(p[3] - p[0]);
  return first > second ? unit((p[0] - p[1]) + (p[3] - p[2])) : unit((p[1] - p[2]) + (p[0] - p[3]));
}
float3 tangent_edge_diagonal(EditMesh& m, int f) {
  // From the middle of a side to the corner farthest from it.
  const std::vector<float3> p = corners_of(m, f);
  const std::size_t n = p.size();
  float3 best{0, 0, 0};
  for (std::size_t i = 0; i < n; ++i) {
    const float3 middle = (p[i] + p[(i + 1) % n]) * 0.5f;
    for (std::size_t k = 0; k + 2 < n; ++k) {
      const float3 d = middle - p[(i + 2 + k) % n];
      if (length_squared(d) > length_squared(best)) {
        best = d;
      }
    }
  }
  return unit(best);
}
float3 tangent_vert_diagonal(EditMesh& m, int f) {
  const std::vector<float3> p = corners_of(m, f);
  float3 best{0, 0, 0};
  for (std::size_t i = 0; i < p.size(); ++i) {
    for (std::size_t k = i + 1; k < p.size(); ++k) {
      const float3 d = p[i] - p[k];
      if (length_squared(d) > length_squared(best)) {
        best = d;
      }
    }
  }
  return unit(best);
}
PyObject* get_material(PyObject* self, void*) {
  EditMesh* m = mesh_of(self);
  return m ? PyLong_FromLong(m->faces[slot_of(self)].material) : nullptr;
}
int set_material(PyObject* self, PyObject* value, void*) {
  const long number = value ? PyLong_AsLong(value) : -1;
  if (number == -1 && PyErr_Occurred()) {
    return -1;
  }
  EditMesh* m = mesh_of(self);
  if (!m) {
    return -1;
  }
  if (number < 0 || number > 32766) {
    PyErr_SetString(PyExc_ValueError, "material index outside of usable range (0 - 32766)");
    return -1;
  }
  m->faces[slot_of(self)].material = int(number);
  return 0;
}
void face_normal_update(EditMesh& m, int f) {
  m.update_face_normal(f);
}
void face_normal_flip(EditMesh& m, int f) {
  m.flip_face(f);
}
PyObject* face_copy(PyObject* self, PyObject* args, PyObject* keywords) {
  int own_verts = 1, own_edges = 1;
  const char* names[] = {"verts", "edges", nullptr};
  EditMesh* m = mesh_of(self);
  if (!m || !PyArg_ParseTupleAndKeywords(args, keywords, "|pp:BMFace.copy",
                                         const_cast<char**>(names), &own_verts, &own_edges)) {
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        const int f = slot_of(self);
        const std::vector<int> corners = m->face_loops(f), sides = m->face_edges(f);
        std::vector<int> ring = m->face_verts(f);
        if (own_verts) {
          for (int& v : ring) {
            v = m->add_vert(m->verts[v].co, v);
          }
          for (std::size_t i = 0; i < ring.size(); ++i) {
            m->add_edge(ring[i], ring[(i + 1) % ring.size()], sides[i]);
          }
        }
        const int made = m->add_face(ring, f);
        m->faces[made].normal = m->faces[f].normal;
        const std::vector<int> made_corners = m->face_loops(made);
        for (std::size_t i = 0; i < corners.size(); ++i) {
          m->copy_attributes(Loop, corners[i], made_corners[i]);
        }
        elements_changed(as_element(self)->owner);
        return make_element(as_element(self)->owner, {Face, made});
      },
      nullptr);
}

void* flag(int f) {
  return reinterpret_cast<void*>(std::intptr_t(f));
}

}  // namespace

const char* type_name(ElementKind kind) {
  constexpr const char* names[] = {"BMVert", "BMEdge", "BMLoop", "BMFace"};
  return names[int(kind)];
}
bool is_element(PyObject* o, ElementKind kind) {
  return Py_IS_TYPE(o, types().elements[std::size_t(kind)]);
}
bool is_element(PyObject* o) {
  return is_element(o, Vert) || is_element(o, Edge) || is_element(o, Loop) || is_element(o, Face);
}
EditMesh* find(ElementObject* e) {
  if (e->owner->mesh && e->owner->mesh->is_alive(e->handle)) {
    return e->owner->mesh.get();
  }
  PyErr_Format(PyExc_ReferenceError, "BMesh data of type %s has been removed",
               type_name(e->handle.kind));
  return nullptr;
}

PyObject* make_element(MeshObject* owner, Element element) {
  if (element.slot < 0) {
    Py_RETURN_NONE;
  }
  EditMesh* mesh = find(owner);
  if (!mesh) {
    return nullptr;
  }
  return guarded(
      [&]() -> PyObject* {
        const ElementHandle handle = mesh->handle(element);
        auto& wrappers = owner->wrappers[std::size_t(element.kind)];
        if (wrappers.size() <= std::size_t(element.slot)) {
          wrappers.resize(std::size_t(mesh->slot_count(element.kind)), nullptr);
        }
        PyObject*& known = wrappers[std::size_t(element.slot)];
        if (known && as_element(known)->handle == handle) {
          return Py_NewRef(known);
        }
        PyTypeObject* type = types().elements[std::size_t(element.kind)];
        PyObject* self = type->tp_alloc(type, 0);
        if (!self) {
          return nullptr;
        }
        as_element(self)->owner = as_mesh(Py_NewRef(reinterpret_cast<PyObject*>(owner)));
        as_element(self)->handle = handle;
        known = self;
        return self;
      },
      nullptr);
}

#define KILN_BMESH_COMMON                                                                       \
  {"is_valid", get_is_valid, nullptr, "Whether the element still exists.", nullptr},            \
      {"index", get_index, set_index, "A number, up to date after index_update().", nullptr}, { \
    "tag", get_flag, set_flag, "For scripts to mark elements with.", flag(ElementFlag::Tag)     \
  }
#define KILN_BMESH_VISIBLE                                                                         \
  {"select", get_flag, set_flag, "Whether the element is selected.", flag(ElementFlag::Select)}, { \
    "hide", get_flag, set_flag, "Whether the element is hidden.", flag(ElementFlag::Hide)          \
  }
#define KILN_BMESH_VISIBLE_METHODS                                                                 \
  {"select_set", select_set, METH_O,                                                               \
   "select_set(select): selects the element and what belongs to it."},                             \
      {"hide_set", hide_set, METH_O, "hide_set(hide): hides the element and what hangs on it."}, { \
    "copy_from", copy_from, METH_O, "copy_from(other): takes over flags and layers."               \
  }

bool init_element_types(PyObject* module) {
  static PyGetSetDef vert_members[] = {
      KILN_BMESH_COMMON,
      KILN_BMESH_VISIBLE,
      {"co", get_place, set_place, "Position.", nullptr},
      {"normal", get_place, set_place, "Unit normal as last computed.", flag(1)},
      {"is_manifold", bool_of<vert_is_manifold>, nullptr, "Whether its faces form one fan.",
       nullptr},
      {"is_wire", bool_of<vert_is_wire>, nullptr, "Whether it has edges but no faces.", nullptr},
      {"is_boundary", bool_of<vert_is_boundary>, nullptr, "Whether it has an edge of one face.",
       nullptr},
      {"link_edges", get_sequence<Relation::VertEdges, Edge>, nullptr, "Its edges.", nullptr},
      {"link_faces", get_sequence<Relation::VertFaces, Face>, nullptr, "Its faces.", nullptr},
      {"link_loops", get_sequence<Relation::VertLoops, Loop>, nullptr, "Its corners.", nullptr},
      {nullptr, nullptr, nullptr, nullptr, nullptr}};
  static PyMethodDef vert_methods[] = {
      KILN_BMESH_VISIBLE_METHODS,
      {"calc_edge_angle", vert_edge_angle, METH_VARARGS,
       "calc_edge_angle(fallback=None): angle between its two edges; 0 where they are in line."},
      {"calc_shell_factor", float_of<shell_factor>, METH_NOARGS,
       "calc_shell_factor(): how far to move so that faces move by 1."},
      {"normal_update", done<vert_normal_update>, METH_NOARGS,
       "normal_update(): computes its normal."},
      {"copy_from_vert_interp", copy_from_vert_interp, METH_VARARGS,
       "copy_from_vert_interp(vert_pair, fac): layers from between two others."},
      {"copy_from_face_interp", as_function(copy_from_face_interp), METH_VARARGS | METH_KEYWORDS,
       "copy_from_face_interp(face): layers from where it lies in a face."},
      {nullptr, nullptr, 0, nullptr}};
  static PyGetSetDef edge_members[] = {
      KILN_BMESH_COMMON,
      KILN_BMESH_VISIBLE,
      {"smooth", get_flag, set_flag, "Whether shading goes on across it.",
       flag(ElementFlag::Smooth)},
      {"seam", get_flag, set_flag, "Whether unwrapping cuts here.", flag(ElementFlag::Seam)},
      {"is_manifold", bool_of<edge_is_manifold>, nullptr, "Whether it has two faces.", nullptr},
      {"is_wire", bool_of<edge_is_wire>, nullptr, "Whether it has no faces.", nullptr},
      {"is_boundary", bool_of<edge_is_boundary>, nullptr, "Whether it has one face.", nullptr},
      {"is_contiguous", bool_of<edge_is_contiguous>, nullptr,
       "Whether its two faces look the same way.", nullptr},
      {"is_convex", bool_of<edge_is_convex>, nullptr, "Whether its two faces bend outwards.",
       nullptr},
      {"verts", get_sequence<Relation::EdgeVerts, Vert>, nullptr, "Its ends.", nullptr},
      {"link_faces", get_sequence<Relation::EdgeFaces, Face>, nullptr, "Its faces.", nullptr},
      {"link_loops", get_sequence<Relation::EdgeLoops, Loop>, nullptr, "Its corners.", nullptr},
      {nullptr, nullptr, nullptr, nullptr, nullptr}};
  static PyMethodDef edge_methods[] = {
      KILN_BMESH_VISIBLE_METHODS,
      {"other_vert", edge_other_vert, METH_O, "other_vert(vert): the other end, or None."},
      {"calc_length", float_of<edge_length>, METH_NOARGS, "calc_length()"},
      {"calc_face_angle", edge_face_angle<false>, METH_VARARGS,
       "calc_face_angle(fallback=None): angle between the normals of its faces."},
      {"calc_face_angle_signed", edge_face_angle<true>, METH_VARARGS,
       "calc_face_angle_signed(fallback=None): negative where concave."},
      {"calc_tangent", edge_tangent, METH_O,
       "calc_tangent(loop): direction into the face of a corner."},
      {"normal_update", done<edge_normal_update>, METH_NOARGS,
       "normal_update(): computes normals of faces and ends."},
      {nullptr, nullptr, 0, nullptr}};
  static PyGetSetDef loop_members[] = {
      KILN_BMESH_COMMON,
      {"is_convex", bool_of<loop_is_convex>, nullptr, "Whether the face bends inwards here.",
       nullptr},
      {"vert", loop_member<Vert, 0>, nullptr, "Where the corner is.", nullptr},
      {"edge", loop_member<Edge, 1>, nullptr, "From here to the next corner.", nullptr},
      {"face", loop_member<Face, 2>, nullptr, "Whose corner it is.", nullptr},
      {"link_loop_next", loop_member<Loop, 3>, nullptr, "The next corner.", nullptr},
      {"link_loop_prev", loop_member<Loop, 4>, nullptr, "The corner before.", nullptr},
      {"link_loop_radial_next", loop_member<Loop, 5>, nullptr, "The next one along the edge.",
       nullptr},
      {"link_loop_radial_prev", loop_member<Loop, 6>, nullptr, "The one before along the edge.",
       nullptr},
      {"link_loops", get_sequence<Relation::LoopLoops, Loop>, nullptr, "The others along the edge.",
       nullptr},
      {nullptr, nullptr, nullptr, nullptr, nullptr}};
  static PyMethodDef loop_methods[] = {
      {"copy_from", copy_from, METH_O, "copy_from(other): takes over layers."},
      {"copy_from_face_interp", as_function(copy_from_face_interp), METH_VARARGS | METH_KEYWORDS,
       "copy_from_face_interp(face, vert=True, multires=True): layers from where it lies in a "
       "face."},
      {"calc_angle", float_of<loop_angle>, METH_NOARGS, "calc_angle(): angle of the corner."},
      {"calc_normal", vector_of<loop_normal>, METH_NOARGS, "calc_normal(): normal at the corner."},
      {"calc_tangent", vector_of<loop_tangent>, METH_NOARGS,
       "calc_tangent(): direction into the face."},
      {nullptr, nullptr, 0, nullptr}};
  static PyGetSetDef face_members[] = {
      KILN_BMESH_COMMON,
      KILN_BMESH_VISIBLE,
      {"smooth", get_flag, set_flag, "Whether it is shaded smoothly.", flag(ElementFlag::Smooth)},
      {"normal", get_place, set_place, "Unit normal as last computed.", flag(1)},
      {"material_index", get_material, set_material, "Number of its material slot.", nullptr},
      {"verts", get_sequence<Relation::FaceVerts, Vert>, nullptr, "Its vertices in order.",
       nullptr},
      {"edges", get_sequence<Relation::FaceEdges, Edge>, nullptr, "Its edges in order.", nullptr},
      {"loops", get_sequence<Relation::FaceLoops, Loop>, nullptr, "Its corners in order.", nullptr},
      {nullptr, nullptr, nullptr, nullptr, nullptr}};
  static PyMethodDef face_methods[] = {
      KILN_BMESH_VISIBLE_METHODS,
      {"copy_from_face_interp", as_function(copy_from_face_interp), METH_VARARGS | METH_KEYWORDS,
       "copy_from_face_interp(face, vert=True): layers from where its corners lie in another."},
      {"copy", as_function(face_copy), METH_VARARGS | METH_KEYWORDS,
       "copy(verts=True, edges=True): another face."},
      {"calc_area", float_of<face_area>, METH_NOARGS, "calc_area()"},
      {"calc_perimeter", float_of<face_perimeter>, METH_NOARGS, "calc_perimeter()"},
      {"calc_center_median", vector_of<face_center>, METH_NOARGS,
       "calc_center_median(): mean of the corners."},
      {"calc_center_median_weighted", vector_of<face_center_weighted>, METH_NOARGS,
       "calc_center_median_weighted(): mean weighted by lengths of sides."},
      {"calc_center_bounds", vector_of<face_center_bounds>, METH_NOARGS,
       "calc_center_bounds(): middle of the bounding box."},
      {"calc_tangent_edge", vector_of<tangent_edge>, METH_NOARGS,
       "calc_tangent_edge(): along the longest side."},
      {"calc_tangent_edge_pair", vector_of<tangent_edge_pair>, METH_NOARGS,
       "calc_tangent_edge_pair(): along the longer pair of sides."},
      {"calc_tangent_edge_diagonal", vector_of<tangent_edge_diagonal>, METH_NOARGS,
       "calc_tangent_edge_diagonal(): from a side to the farthest corner."},
      {"calc_tangent_vert_diagonal", vector_of<tangent_vert_diagonal>, METH_NOARGS,
       "calc_tangent_vert_diagonal(): between the farthest corners."},
      {"normal_update", done<face_normal_update>, METH_NOARGS,
       "normal_update(): computes its normal."},
      {"normal_flip", done<face_normal_flip>, METH_NOARGS, "normal_flip(): turns it around."},
      {nullptr, nullptr, 0, nullptr}};
  PyGetSetDef* members[] = {vert_members, edge_members, loop_members, face_members};
  PyMethodDef* methods[] = {vert_methods, edge_methods, loop_methods, face_methods};
  const char* names[] = {"bmesh.types.BMVert", "bmesh.types.BMEdge", "bmesh.types.BMLoop",
                         "bmesh.types.BMFace"};
  const char* docs[] = {"A vertex of a BMesh.", "An edge of a BMesh.", "A corner of a face.",
                        "A face of a BMesh."};
  for (std::size_t k = 0; k < 4; ++k) {
    PyType_Slot slots[] = {{Py_tp_dealloc, slot(element_dealloc)},
                           {Py_tp_repr, slot(element_repr)},
                           {Py_tp_hash, slot(element_hash)},
                           {Py_mp_subscript, slot(element_subscript)},
                           {Py_mp_ass_subscript, slot(element_set_subscript)},
                           {Py_tp_getset, members[k]},
                           {Py_tp_methods, methods[k]},
                           {Py_tp_doc, const_cast<char*>(docs[k])},
                           {0, nullptr}};
    types().elements[k] = add_type(module, names[k], sizeof(ElementObject), slots);
    if (!types().elements[k]) {
      return false;
    }
  }
  return true;
}

}  // namespace kiln::python::bmesh
