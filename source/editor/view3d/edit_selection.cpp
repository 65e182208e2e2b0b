#include "editor/view3d/edit_selection.h"

#include <algorithm>
#include <cmath>

namespace kiln::editor {
namespace {

constexpr float reach = 20.0f;  // pixels

bool is_selected(const Mesh& mesh, const SelectedElement& element) {
  const auto* values = selection_of(mesh, element.domain);
  return values && element.index >= 0 && std::size_t(element.index) < values->size() &&
         (*values)[std::size_t(element.index)];
}

// One element at a time has an order; many at once do not.
void note_history(Mesh& mesh, Domain domain, const std::vector<std::size_t>& indices,
                  SelectMode mode) {
  std::vector<SelectedElement>& history = mesh.select_history;
  if (mode == SelectMode::Set) {
    history.clear();
  }
  if (indices.size() == 1) {
    const SelectedElement element{domain, int(indices[0])};
    std::erase(history, element);
    history.push_back(element);
  }
  std::erase_if(history, [&](const SelectedElement& e) { return !is_selected(mesh, e); });
}

}  // namespace

EditPicker::EditPicker(const EditedMesh& edited, const render::raster::ViewCamera& camera,
                       int width, int height, DepthAt depth_at)
    : mesh_(*edited.mesh),
      hidden_{mesh_.attributes.find<std::uint8_t>(".hide_vert", Domain::Point),
              mesh_.attributes.find<std::uint8_t>(".hide_edge", Domain::Edge),
              mesh_.attributes.find<std::uint8_t>(".hide_poly", Domain::Face)},
      world_(edited.world),
      view_projection_(camera.view_projection()),
      width_(width),
      height_(height),
      depth_at_(std::move(depth_at)) {
  points_.reserve(mesh_.vertex_count());
  for (const float3 p : mesh_.positions()) {
    points_.push_back(point(transform_point(world_, p)));
  }
}

bool EditPicker::is_shown(Domain domain, std::size_t index) const {
  const Array<std::uint8_t>* hidden = hidden_[domain == Domain::Point  ? 0
                                              : domain == Domain::Edge ? 1
                                                                       : 2];
  return !hidden || index >= hidden->size() || !(*hidden)[index];
}

EditPicker::Point EditPicker::point(float3 p) const {
  const float4 clip = view_projection_ * float4{p.x, p.y, p.z, 1.0f};
  if (clip.w <= 1e-6f) {
    return {};
  }
  return {{(clip.x / clip.w * 0.5f + 0.5f) * float(width_),
           (0.5f - clip.y / clip.w * 0.5f) * float(height_)},
          clip.z / clip.w * 0.5f + 0.5f};
}

// What lies on a surface is not hidden by it: depths count as equal within a small distance, and
// the pixels around are asked too, for what lies on an edge.
bool EditPicker::is_seen(const Point& p) const {
  if (p.depth < 0.0f || p.depth > 1.0f || p.at.x < 0.0f || p.at.y < 0.0f ||
      p.at.x >= float(width_) || p.at.y >= float(height_)) {
    return false;
  }
  if (!depth_at_) {
    return true;
  }
  const float slack = 0.0015f * (1.0f - p.depth) + 1e-5f;
  for (const float2 d : {float2{0, 0}, {2, 0}, {-2, 0}, {0, 2}, {0, -2}}) {
    if (p.depth <= depth_at_(p.at + d) + slack) {
      return true;
    }
  }
  return false;
}

float3 EditPicker::face_middle(std::size_t face) const {
  const std::span<const int> offsets = mesh_.face_offsets(), vertices = mesh_.corner_vertices();
  float3 sum;
  for (int c = offsets[face]; c < offsets[face + 1]; ++c) {
    sum += mesh_.positions()[std::size_t(vertices[std::size_t(c)])];
  }
  return transform_point(world_, sum / float(std::max(1, offsets[face + 1] - offsets[face])));
}

std::optional<EditPicker::Hit> EditPicker::nearest(float2 at,
                                                   const std::array<bool, 3>& modes) const {
  std::optional<Hit> best;
  float score = reach;
  // Of what lies at the same distance the nearest to the eye.
  float depth = 2.0f;
  const auto offer = [&](Domain domain, std::size_t index, const Point& p, float distance) {
    const bool is_better = distance < score - 0.5f || (distance < score + 0.5f && p.depth < depth);
    if (distance < reach && is_better && is_shown(domain, index) && is_seen(p)) {
      score = std::min(distance, score);
      depth = p.depth;
      best = {domain, index};
    }
  };
  if (modes[0]) {
    for (std::size_t v = 0; v < points_.size(); ++v) {
      offer(Domain::Point, v, points_[v], length(points_[v].at - at));
    }
  }
  if (modes[1]) {
    const std::span<const int2> edges = mesh_.edges();
    for (std::size_t e = 0; e < edges.size(); ++e) {
      const Point &a = points_[std::size_t(edges[e].x)], &b = points_[std::size_t(edges[e].y)];
      if (a.depth > 1.0f || b.depth > 1.0f) {
        continue;
      }
      const float2 d = b.at - a.at;
      const float t = std::clamp(dot(at - a.at, d) / std::max(dot(d, d), 1e-9f), 0.0f, 1.0f);
      const Point p{a.at + d * t, a.depth + (b.depth - a.depth) * t};
      // Vertices, where they count too, win near them.
      offer(Domain::Edge, e, p, length(p.at - at) + (modes[0] ? 6.0f : 0.0f));
    }
  }
  if (modes[2] && !(best && score < 6.0f)) {
    // The face under the place, else the one whose middle is nearest.
    const std::span<const int> offsets = mesh_.face_offsets(), vertices = mesh_.corner_vertices();
    float nearest_depth = 2.0f;
    for (std::size_t f = 0; f < mesh_.face_count(); ++f) {
      QPolygonF outline;
      float face_depth = 0.0f;
      bool is_whole = true;
      for (int c = offsets[f]; c < offsets[f + 1]; ++c) {
        const Point& p = points_[std::size_t(vertices[std::size_t(c)])];
        is_whole = is_whole && p.depth <= 1.0f;
        face_depth += p.depth / float(offsets[f + 1] - offsets[f]);
        outline << QPointF(p.at.x, p.at.y);
      }
      if (is_whole && face_depth < nearest_depth && is_shown(Domain::Face, f) &&
          outline.containsPoint(QPointF(at.x, at.y), Qt::OddEvenFill)) {
        nearest_depth = face_depth;
        best = {Domain::Face, f};
      }
    }
  }
  return best;
}

std::optional<std::size_t> EditPicker::nearest_edge(float2 at) const {
  const std::optional<Hit> hit = nearest(at, {false, true, false});
  return hit ? std::optional<std::size_t>(hit->index) : std::nullopt;
}

std::vector<std::size_t> EditPicker::inside(Domain domain, const ScreenTest& test) const {
  std::vector<std::size_t> out;
  const auto counts = [&](const Point& p) { return p.depth <= 1.0f && test(p.at) && is_seen(p); };
  if (domain == Domain::Point) {
    for (std::size_t v = 0; v < points_.size(); ++v) {
      if (is_shown(domain, v) && counts(points_[v])) {
        out.push_back(v);
      }
    }
  } else if (domain == Domain::Edge) {
    const std::span<const int2> edges = mesh_.edges();
    for (std::size_t e = 0; e < edges.size(); ++e) {
      if (is_shown(domain, e) && counts(points_[std::size_t(edges[e].x)]) &&
          counts(points_[std::size_t(edges[e].y)])) {
        out.push_back(e);
      }
    }
  } else {
    for (std::size_t f = 0; f < mesh_.face_count(); ++f) {
      if (is_shown(domain, f) && counts(point(face_middle(f)))) {
        out.push_back(f);
      }
    }
  }
  return out;
}

void select_elements(Session& session, Domain domain, const std::vector<std::size_t>& indices,
                     SelectMode mode, const std::string& label, std::uint64_t merge_key) {
  const EditedMesh edited = edited_mesh(session);
  if (!edited.mesh) {
    return;
  }
  const modeling::MeshSelection before = modeling::read_selection(*edited.mesh);
  modeling::MeshSelection selection = before;
  auto& values = domain == Domain::Point  ? selection.verts
                 : domain == Domain::Edge ? selection.edges
                                          : selection.faces;
  if (mode == SelectMode::Set) {
    for (auto* all : {&selection.verts, &selection.edges, &selection.faces}) {
      std::fill(all->begin(), all->end(), std::uint8_t(0));
    }
  }
  for (const std::size_t i : indices) {
    if (i < values.size()) {
      values[i] = mode == SelectMode::Subtract ? 0 : mode == SelectMode::Toggle ? !values[i] : 1;
    }
  }
  modeling::flush_selection(*edited.mesh, selection, domain);
  if (selection == before) {
    return;
  }
  session.edit(
      label,
      [&](Document& document) -> Result<void> {
        Mesh& mesh = document.edit<Mesh>(edited.mesh->id, Change::Selection);
        modeling::write_selection(mesh, selection);
        note_history(mesh, domain, indices, mode);
        return {};
      },
      merge_key);
}

int element_number(const Mesh& mesh, Domain domain, std::size_t index) {
  return int(index + (domain == Domain::Point  ? 0
                      : domain == Domain::Edge ? mesh.vertex_count()
                                               : mesh.vertex_count() + mesh.edge_count()));
}

}  // namespace kiln::editor
