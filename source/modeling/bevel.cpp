#include "modeling/bevel.h"

#include <map>
#include <numbers>
#include <optional>

namespace kiln::modeling {
namespace {

constexpr int none = -1;

/// Exponent of the superellipse: 1 is flat, 2 a circle.
double profile_exponent(float profile) {
  return profile <= 1e-4f ? 1e-2 : -std::log(2.0) / std::log(std::sqrt(double(profile)));
}

/// How much the old middle counts in the new one where `n` patches meet. Sabin, "Cubic recursive
/// division with bounded curvature", in: Curves and Surfaces, 1991.
double sabin_weight(std::size_t n) {
  const double k = std::cos(std::numbers::pi / double(n));
  double x = 1.5;
  for (int i = 0; i < 30; ++i) {
    x -= (x * x * x + (4 * k * k - 3) * x - 2 * k) / (3 * x * x + 4 * k * k - 3);
  }
  return (k * x + 2 * k * k - 1) / (x * x * (k * x + 1));
}

/// How far the middle of a corner lies from the mean of its ends (0) toward the old vertex (1),
/// before it is smoothed. Measured.
float fullness(float profile) {
  if (std::abs(profile - 0.5f) < 1e-4f) {
    return 0.628877f;
  }
  if (std::abs(profile - 0.25f) < 1e-4f) {
    return 0.0f;
  }
  return -0.70493f + 2.756923f * profile;
}

/// Points of a quarter of a superellipse from (1, 0) to (0, 1) around the corner (0, 0), at equal
/// distances along it: `segments` + 1 of them.
std::vector<float2> profile_points(int segments, float profile) {
  std::vector<float2> result;
  if (segments == 1) {
    return {{1, 0}, {0, 1}};
  }
  if (profile >= 0.999f) {
    // Along both sides of the corner.
    for (int i = 0; i <= segments; ++i) {
      const float t = 2.0f * float(i) / float(segments);
      result.push_back({std::max(1.0f - t, 0.0f), std::max(t - 1.0f, 0.0f)});
    }
    return result;
  }
  const double exponent = profile_exponent(profile);
  const auto at = [&](double phi) {
    return float2{float(1.0 - std::pow(std::max(std::sin(phi), 0.0), 2.0 / exponent)),
                  float(1.0 - std::pow(std::max(std::cos(phi), 0.0), 2.0 / exponent))};
  };
  const double quarter = std::numbers::pi / 2;
  constexpr int samples = 2048;
  std::vector<double> along(samples + 1, 0.0);
  for (int i = 1; i <= samples; ++i) {
    along[std::size_t(i)] =
        along[std::size_t(i - 1)] +
        double(length(at(quarter * i / samples) - at(quarter * (i - 1) / samples)));
  }
  for (int i = 0, k = 0; i <= segments; ++i) {
    if (i == 0 || i == segments || exponent == 2.0) {
      result.push_back(at(quarter * i / segments));
      continue;
    }
    const double wanted = along.back() * i / segments;
    while (k < samples && along[std::size_t(k + 1)] < wanted) {
      ++k;
    }
    const double step = along[std::size_t(k + 1)] - along[std::size_t(k)];
    const double t = step > 0 ? (wanted - along[std::size_t(k)]) / step : 0.0;
    result.push_back(at(quarter * (k + t) / samples));
  }
  result.front() = {1, 0};
  result.back() = {0, 1};
  return result;
}

/// The faces around a vertex, counterclockwise: corner i lies between edges i and i + 1.
struct Fan {
  std::vector<int> corners;
  std::vector<int> edges;  ///< one more than corners where the fan is open
  bool is_closed = false;
};

/// What a vertex becomes.
struct Place {
  Fan fan;
  std::vector<int> boundary;  ///< new vertex per edge of the fan: for a bevelled edge the one on
                              ///< its clockwise side, else the one on the edge
  std::vector<int> after;     ///< the one on the counterclockwise side of a bevelled edge
  std::vector<std::vector<int>>
      profiles;  ///< across each bevelled edge, from `boundary` to `after`
};

class Beveller {
public:
  Beveller(const Mesh& mesh, std::span<const float> amounts, const BevelSettings& settings)
      : mesh_(mesh), settings_(settings), amounts_(amounts.begin(), amounts.end()) {}

  Mesh run() {
    choose();
    bool is_any = false;
    for (const float a : edge_amounts_) {
      is_any |= a > 0.0f;
    }
    for (const float a : vertex_amounts_) {
      is_any |= a > 0.0f;
    }
    if (!is_any) {
      return mesh_;
    }
    profile_ = profile_points(settings_.segments, settings_.profile);
    scale_ = 1.0f;
    if (settings_.clamps_overlap) {
      place_all();
      scale_ = largest_scale();
    }
    place_all();
    build_faces();
    return finish();
  }

private:
  int next_corner(int c) const {
    const std::size_t f = std::size_t(mesh_.corner_faces()[std::size_t(c)]);
    return c + 1 == mesh_.face_offsets()[f + 1] ? mesh_.face_offsets()[f] : c + 1;
  }
  int corner_before(int c) const {
    const std::size_t f = std::size_t(mesh_.corner_faces()[std::size_t(c)]);
    return c == mesh_.face_offsets()[f] ? mesh_.face_offsets()[f + 1] - 1 : c - 1;
  }
  int vertex_of(int c) const { return mesh_.corner_vertices()[std::size_t(c)]; }
  int edge_of(int c) const { return mesh_.corner_edges()[std::size_t(c)]; }
  float3 position(int v) const { return mesh_.positions()[std::size_t(v)]; }
  int other_end(int e, int v) const {
    const auto [a, b] = mesh_.edges()[std::size_t(e)];
    return a == v ? b : a;
  }
  float3 direction(int e, int v) const {
    return normalize(position(other_end(e, v)) - position(v));
  }
  float edge_length(int e) const {
    const auto [a, b] = mesh_.edges()[std::size_t(e)];
    return distance(position(a), position(b));
  }
  bool is_bevelled(int e) const { return edge_amounts_[std::size_t(e)] > 0.0f; }

  /// Whether the edge has two faces that run along it in opposite directions.
  bool is_manifold(int e) const {
    const std::span<const int> corners = mesh_.edge_corners()[std::size_t(e)];
    return corners.size() == 2 && vertex_of(corners[0]) != vertex_of(corners[1]) &&
           mesh_.corner_faces()[std::size_t(corners[0])] !=
               mesh_.corner_faces()[std::size_t(corners[1])];
  }

  /// The single fan around a vertex; empty where there is none.
  Fan fan_of(int v) const {
    const std::span<const int> around = mesh_.vertex_corners()[std::size_t(v)];
    if (around.empty() || mesh_.vertex_edges()[std::size_t(v)].size() < around.size()) {
      return {};
    }
    const auto across = [&](int e, int c) {
      if (!is_manifold(e)) {
        return none;
      }
      const std::span<const int> both = mesh_.edge_corners()[std::size_t(e)];
      return both[0] == c ? both[1] : both[0];
    };
    // Back, clockwise, to the beginning of an open fan.
    int start = around[0];
    for (std::size_t i = 0; i < around.size(); ++i) {
      const int other = across(edge_of(start), start);
      if (other == none) {
        break;
      }
      start = next_corner(other);
      if (start == around[0]) {
        break;
      }
    }
    Fan fan;
    fan.edges.push_back(edge_of(start));
    for (int c = start; fan.corners.size() <= around.size();) {
      if (vertex_of(c) != v) {
        return {};
      }
      fan.corners.push_back(c);
      const int before = corner_before(c), e = edge_of(before);
      const int other = across(e, before);
      if (other == start) {
        fan.is_closed = true;
        break;
      }
      fan.edges.push_back(e);
      if (other == none) {
        break;
      }
      c = other;
    }
    const bool is_whole = fan.corners.size() == around.size() &&
                          fan.edges.size() == mesh_.vertex_edges()[std::size_t(v)].size();
    return is_whole ? fan : Fan();
  }

  /// Settles which edges and vertices take part; fans of these vertices.
  void choose() {
    edge_amounts_.assign(mesh_.edge_count(), 0.0f);
    vertex_amounts_.assign(mesh_.vertex_count(), 0.0f);
    places_.assign(mesh_.vertex_count(), {});
    if (settings_.affects_vertices) {
      for (std::size_t v = 0; v < mesh_.vertex_count(); ++v) {
        if (amounts_[v] > 0.0f) {
          Fan fan = fan_of(int(v));
          if (fan.edges.size() >= 3 && fan.is_closed) {
            vertex_amounts_[v] = amounts_[v];
            places_[v].fan = std::move(fan);
          }
        }
      }
      return;
    }
    std::vector<std::uint8_t> is_tried(mesh_.vertex_count(), 0), is_possible(is_tried);
    for (std::size_t e = 0; e < edge_amounts_.size(); ++e) {
      if (!(amounts_[e] > 0.0f) || !is_manifold(int(e)) || !(edge_length(int(e)) > 1e-9f)) {
        continue;
      }
      const auto [a, b] = mesh_.edges()[e];
      bool is_good = true;
      for (const int v : {a, b}) {
        if (!is_tried[std::size_t(v)]) {
          is_tried[std::size_t(v)] = 1;
          places_[std::size_t(v)].fan = fan_of(v);
          is_possible[std::size_t(v)] = places_[std::size_t(v)].fan.edges.size() >= 3;
        }
        is_good &= is_possible[std::size_t(v)] != 0;
      }
      if (is_good) {
        edge_amounts_[e] = amounts_[e];
      }
    }
    for (Place& place : places_) {
      const bool is_used = std::any_of(place.fan.edges.begin(), place.fan.edges.end(),
                                       [&](int e) { return is_bevelled(e); });
      if (!is_used) {
        place = {};
      }
    }
  }

  /// Distance of the new edges from a bevelled one.
  float offset_of(int e) const {
    const float width = settings_.width * edge_amounts_[std::size_t(e)] * scale_;
    const std::span<const int> corners = mesh_.edge_corners()[std::size_t(e)];
    const float3 m =
        mesh_.face_normals()[std::size_t(mesh_.corner_faces()[std::size_t(corners[0])])];
    const float3 n =
        mesh_.face_normals()[std::size_t(mesh_.corner_faces()[std::size_t(corners[1])])];
    // Half the angle between the faces, measured inside.
    const float half =
        0.5f * (std::numbers::pi_v<float> - std::acos(std::clamp(dot(m, n), -1.0f, 1.0f)));
    switch (settings_.offset) {
      case BevelOffset::Width:
        return width / std::max(2.0f * std::sin(half), 1e-3f);
      case BevelOffset::Depth:
        return width / std::max(std::cos(half), 1e-3f);
      default:
        return width;
    }
  }

  /// How far the offset line of bevelled edge `e` meets edge `g` from their vertex.
  float slide(int e, int g, int v) const {
    const float w = offset_of(e);
    if (settings_.offset == BevelOffset::Percent) {
      return edge_length(g) * w / 100.0f;
    }
    if (settings_.offset == BevelOffset::Absolute) {
      return w;
    }
    const float sine = length(cross(direction(e, v), direction(g, v)));
    return sine > 1e-2f ? w / sine : w;
  }

  /// Where the offset lines of two bevelled edges of one face meet.
  float3 meet(int e, int g, int v, float3 normal) const {
    const float3 a = direction(e, v), b = direction(g, v);
    if (settings_.offset == BevelOffset::Percent || settings_.offset == BevelOffset::Absolute) {
      return position(v) + a * slide(g, e, v) + b * slide(e, g, v);
    }
    const float wa = offset_of(e), wb = offset_of(g);
    const float sine = dot(cross(a, b), normal);
    if (std::abs(sine) < 1e-3f) {
      return position(v) + cross(normal, a) * ((wa + wb) * 0.5f);
    }
    return position(v) + (a * wb + b * wa) / sine;
  }

  int add_vertex(float3 p, int source) {
    positions_.push_back(p);
    vertex_source_.push_back(source);
    return int(positions_.size()) - 1;
  }

  void place_all() {
    positions_.clear();
    vertex_source_.clear();
    kept_.assign(mesh_.vertex_count(), none);
    for (std::size_t v = 0; v < mesh_.vertex_count(); ++v) {
      if (places_[v].fan.edges.empty()) {
        kept_[v] = add_vertex(position(int(v)), int(v));
      }
    }
    for (std::size_t v = 0; v < mesh_.vertex_count(); ++v) {
      if (!places_[v].fan.edges.empty()) {
        settings_.affects_vertices ? place_vertex(int(v)) : place_edges(int(v));
      }
    }
  }

  std::vector<int> add_profile(int from, int to, float3 corner, int source) {
    std::vector<int> result{from};
    const float3 a = positions_[std::size_t(from)] - corner,
                 b = positions_[std::size_t(to)] - corner;
    for (int i = 1; i < settings_.segments; ++i) {
      const float2 t = profile_[std::size_t(i)];
      result.push_back(add_vertex(corner + a * t.x + b * t.y, source));
    }
    result.push_back(to);
    return result;
  }

  void place_vertex(int v) {
    Place& place = places_[std::size_t(v)];
    const std::size_t n = place.fan.edges.size();
    place.boundary.assign(n, none);
    place.after.assign(n, none);
    place.profiles.assign(n, {});
    const float width = settings_.width * vertex_amounts_[std::size_t(v)] * scale_;
    for (std::size_t i = 0; i < n; ++i) {
      const int e = place.fan.edges[i];
      const float away =
          settings_.offset == BevelOffset::Percent ? edge_length(e) * width / 100.0f : width;
      place.boundary[i] = place.after[i] = add_vertex(position(v) + direction(e, v) * away, v);
    }
    // Here profiles lie in the faces: number i between edges i and i + 1.
    for (std::size_t i = 0; i < n; ++i) {
      place.profiles[i] =
          add_profile(place.boundary[i], place.boundary[(i + 1) % n], position(v), v);
    }
  }

  void place_edges(int v) {
    Place& place = places_[std::size_t(v)];
    const Fan& fan = place.fan;
    const std::size_t n = fan.edges.size();
    place.boundary.assign(n, none);
    place.after.assign(n, none);
    place.profiles.assign(n, {});
    std::vector<std::size_t> bevelled;
    for (std::size_t i = 0; i < n; ++i) {
      if (is_bevelled(fan.edges[i])) {
        bevelled.push_back(i);
      }
    }
    const std::size_t k = bevelled.size();
    for (std::size_t b = 0; b < k; ++b) {
      const std::size_t i = bevelled[b];
      const bool wraps = b + 1 == k;
      if (wraps && !fan.is_closed) {
        break;
      }
      const std::size_t j = wraps ? bevelled[0] + n : bevelled[b + 1];
      if (k > 1) {
        place_gap(v, i, j);
      }
    }
    // Ends: edges next to a single bevelled one, or toward the open ends of the fan.
    const auto place_on_edge = [&](std::size_t i, float away) {
      if (place.boundary[i] == none) {
        const int e = fan.edges[i];
        place.boundary[i] = place.after[i] = add_vertex(position(v) + direction(e, v) * away, v);
      }
      return place.boundary[i];
    };
    if (fan.is_closed && k == 1) {
      const std::size_t i = bevelled[0];
      const int e = fan.edges[i];
      for (std::size_t step = 1; step < n; ++step) {
        const std::size_t at = (i + step) % n;
        const bool is_next = step == 1 || step == n - 1;
        place_on_edge(at, is_next ? slide(e, fan.edges[at], v)
                                  : std::min(offset_of(e), 0.5f * edge_length(fan.edges[at])));
      }
      place.after[i] = place.boundary[(i + 1) % n];
      place.boundary[i] = place.boundary[(i + n - 1) % n];
    } else if (!fan.is_closed) {
      const std::size_t first = bevelled.front(), last = bevelled.back();
      for (std::size_t at = last + 1; at < n; ++at) {
        const int e = fan.edges[last];
        place_on_edge(at, at == last + 1
                              ? slide(e, fan.edges[at], v)
                              : std::min(offset_of(e), 0.5f * edge_length(fan.edges[at])));
      }
      for (std::size_t at = 0; at < first; ++at) {
        const int e = fan.edges[first];
        place_on_edge(at, at + 1 == first
                              ? slide(e, fan.edges[at], v)
                              : std::min(offset_of(e), 0.5f * edge_length(fan.edges[at])));
      }
      if (last + 1 < n) {
        place.after[last] = place.boundary[last + 1];
      }
      if (first > 0) {
        place.boundary[first] = place.boundary[first - 1];
      }
    }
    // Profiles across the bevelled edges. Two bevelled edges share one.
    for (std::size_t b = 0; b < k; ++b) {
      const std::size_t i = bevelled[b];
      if (k == 2 && b == 1 && place.boundary[i] == place.after[bevelled[0]] &&
          place.after[i] == place.boundary[bevelled[0]]) {
        place.profiles[i] = place.profiles[bevelled[0]];
        std::reverse(place.profiles[i].begin(), place.profiles[i].end());
        continue;
      }
      float3 corner = position(v);
      if (k > 2) {
        const float3 d = direction(fan.edges[i], v);
        const float3 a = positions_[std::size_t(place.boundary[i])] - corner;
        const float3 c = positions_[std::size_t(place.after[i])] - corner;
        corner += d * (0.5f * (dot(a, d) + dot(c, d)));
      }
      place.profiles[i] = add_profile(place.boundary[i], place.after[i], corner, v);
    }
  }

  /// The one new vertex between bevelled edges i and j (counterclockwise, j may be past the end).
  void place_gap(int v, std::size_t i, std::size_t j) {
    Place& place = places_[std::size_t(v)];
    const Fan& fan = place.fan;
    const std::size_t n = fan.edges.size();
    const int e = fan.edges[i], g = fan.edges[j % n];
    float3 p;
    if (j == i + 1) {
      const int c = fan.corners[i];
      p = meet(e, g, v, mesh_.face_normals()[std::size_t(mesh_.corner_faces()[std::size_t(c)])]);
    } else if (j == i + 2) {
      const int between = fan.edges[(i + 1) % n];
      p = position(v) +
          direction(between, v) * (0.5f * (slide(e, between, v) + slide(g, between, v)));
    } else {
      const float3 near_e =
          position(v) + direction(fan.edges[(i + 1) % n], v) * slide(e, fan.edges[(i + 1) % n], v);
      const float3 near_g =
          position(v) + direction(fan.edges[(j - 1) % n], v) * slide(g, fan.edges[(j - 1) % n], v);
      p = (near_e + near_g) * 0.5f;
    }
    const int made = add_vertex(p, v);
    place.after[i] = made;
    place.boundary[j % n] = made;
    for (std::size_t at = i + 1; at < j; ++at) {
      place.boundary[at % n] = place.after[at % n] = made;
    }
  }

  /// The new vertices of a corner, in the order of its face.
  std::vector<int> corner_points(int c) const {
    const int v = vertex_of(c);
    const Place& place = places_[std::size_t(v)];
    if (place.fan.edges.empty()) {
      return {kept_[std::size_t(v)]};
    }
    const std::size_t n = place.fan.edges.size();
    const std::size_t i =
        std::size_t(std::find(place.fan.corners.begin(), place.fan.corners.end(), c) -
                    place.fan.corners.begin());
    const std::size_t j = (i + 1) % n;
    if (settings_.affects_vertices) {
      std::vector<int> points = place.profiles[i];
      std::reverse(points.begin(), points.end());
      return points;
    }
    const int first = place.boundary[j], last = place.after[i];
    if (first == last) {
      return {first};
    }
    // The face behind the end of a single edge takes the profile in.
    if (has_end_profile(place) && !is_bevelled(place.fan.edges[i]) &&
        !is_bevelled(place.fan.edges[j])) {
      for (std::size_t b = 0; b < n; ++b) {
        if (!place.profiles[b].empty()) {
          std::vector<int> points = place.profiles[b];
          if (points.front() != first) {
            std::reverse(points.begin(), points.end());
          }
          if (points.front() == first && points.back() == last) {
            return points;
          }
        }
      }
    }
    return {first, last};
  }

  bool has_end_profile(const Place& place) const {
    int count = 0;
    for (const int e : place.fan.edges) {
      count += is_bevelled(e);
    }
    return place.fan.is_closed && count == 1 && place.fan.edges.size() == 3;
  }

  /// The part of the width with which no side of a face is used up.
  float largest_scale() const {
    float scale = 1.0f;
    for (std::size_t f = 0; f < mesh_.face_count(); ++f) {
      for (int c = mesh_.face_offsets()[f]; c < mesh_.face_offsets()[f + 1]; ++c) {
        const int d = next_corner(c);
        const float3 a = position(vertex_of(c)), b = position(vertex_of(d));
        const float whole = distance(a, b);
        const float3 way = normalize(b - a);
        const float from_a = dot(positions_[std::size_t(corner_points(c).back())] - a, way);
        const float from_b = dot(b - positions_[std::size_t(corner_points(d).front())], way);
        if (from_a + from_b > whole && whole > 0.0f) {
          scale = std::min(scale, whole / (from_a + from_b));
        }
      }
    }
    return scale;
  }

  struct NewCorner {
    int vertex;
    int source;  ///< corner of the old mesh
  };

  void add_face(const std::vector<NewCorner>& corners, int source_face, bool is_new) {
    // Equal neighbours fall together.
    std::vector<NewCorner> ring;
    for (const NewCorner& c : corners) {
      if (ring.empty() || ring.back().vertex != c.vertex) {
        ring.push_back(c);
      }
    }
    while (ring.size() > 1 && ring.front().vertex == ring.back().vertex) {
      ring.pop_back();
    }
    if (ring.size() < 3) {
      return;
    }
    for (const NewCorner& c : ring) {
      corner_vertices_.push_back(c.vertex);
      corner_source_.push_back(c.source);
    }
    offsets_.push_back(int(corner_vertices_.size()));
    face_source_.push_back(source_face);
    is_new_face_.push_back(is_new);
  }

  void build_faces() {
    for (std::size_t f = 0; f < mesh_.face_count(); ++f) {
      std::vector<NewCorner> ring;
      for (int c = mesh_.face_offsets()[f]; c < mesh_.face_offsets()[f + 1]; ++c) {
        const std::vector<int> points = corner_points(c);
        for (const int p : points) {
          ring.push_back({p, c});
        }
        // The rest of an old edge goes on between these two.
        const int d = next_corner(c);
        const int2 ends{points.back(), corner_points(d).front()};
        if (ends.x != ends.y) {
          const std::uint64_t key = edge_key(ends.x, ends.y);
          old_edges_.try_emplace(key, edge_of(c));
        }
      }
      add_face(ring, int(f), false);
    }
    // Edges without faces go on too.
    for (std::size_t e = 0; e < mesh_.edge_count(); ++e) {
      const auto [a, b] = mesh_.edges()[e];
      if (mesh_.edge_corners()[e].empty() && kept_[std::size_t(a)] >= 0 &&
          kept_[std::size_t(b)] >= 0) {
        old_edges_.try_emplace(edge_key(kept_[std::size_t(a)], kept_[std::size_t(b)]), int(e));
      }
    }
    if (!settings_.affects_vertices) {
      for (std::size_t e = 0; e < mesh_.edge_count(); ++e) {
        if (is_bevelled(int(e))) {
          add_strip(int(e));
        }
      }
    }
    for (std::size_t v = 0; v < mesh_.vertex_count(); ++v) {
      if (!places_[v].fan.edges.empty()) {
        fill_vertex(int(v));
      }
    }
  }

  static std::uint64_t edge_key(int a, int b) {
    return std::uint64_t(std::uint32_t(std::min(a, b))) << 32 | std::uint32_t(std::max(a, b));
  }

  const std::vector<int>& profile_at(int e, int v) const {
    const Place& place = places_[std::size_t(v)];
    const std::size_t i = std::size_t(std::find(place.fan.edges.begin(), place.fan.edges.end(), e) -
                                      place.fan.edges.begin());
    return place.profiles[i];
  }

  void add_strip(int e) {
    const std::span<const int> both = mesh_.edge_corners()[std::size_t(e)];
    // The first face runs from a to b along the edge; seen from a it lies counterclockwise.
    const int c = both[0], d = both[1];
    const int a = vertex_of(c), b = vertex_of(d);
    const std::vector<int>& at_a = profile_at(e, a);  // from clockwise to counterclockwise
    const std::vector<int>& at_b = profile_at(e, b);
    const int f = mesh_.corner_faces()[std::size_t(c)], g = mesh_.corner_faces()[std::size_t(d)];
    const int segments = settings_.segments;
    for (int i = 0; i < segments; ++i) {
      // From the side of the second face to that of the first.
      const std::size_t low = std::size_t(i), high = low + 1;
      const std::size_t other_low = std::size_t(segments - i), other_high = other_low - 1;
      const bool is_second = 2 * i + 1 < segments;
      const int of_a = is_second ? next_corner(d) : c, of_b = is_second ? d : next_corner(c);
      add_face({{at_a[low], of_a},
                {at_b[other_low], of_b},
                {at_b[other_high], of_b},
                {at_a[high], of_a}},
               is_second ? g : f, true);
    }
  }

  /// The sides of the hole at a vertex, counterclockwise; each begins where the one before ends.
  std::vector<std::vector<int>> sides_of_hole(const Place& place) const {
    std::vector<std::vector<int>> sides;
    const std::size_t n = place.fan.edges.size();
    if (settings_.affects_vertices) {
      return place.profiles;
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (is_bevelled(place.fan.edges[i])) {
        sides.push_back(place.profiles[i]);
      }
      if (!place.fan.is_closed && i + 1 == n) {
        break;
      }
      const int from = place.after[i], to = place.boundary[(i + 1) % n];
      if (from != to) {
        sides.push_back({from, to});
      }
    }
    return sides;
  }

  void fill_vertex(int v) {
    const Place& place = places_[std::size_t(v)];
    std::vector<std::vector<int>> sides = sides_of_hole(place);
    if (has_end_profile(place) || sides.empty()) {
      return;
    }
    const int corner = place.fan.corners[0];
    const int face = mesh_.corner_faces()[std::size_t(corner)];
    if (!place.fan.is_closed) {
      // The fan's open side is the border; a hole of two points is none.
      int points = 0;
      for (const auto& side : sides) {
        points += int(side.size()) - 1;
      }
      if (sides.size() < 2 || points < 2) {
        return;
      }
    } else if (sides.size() == 2 && sides[0].front() == sides[1].back() &&
               sides[0].size() == sides[1].size()) {
      return;  // two edges share their profile
    }
    const bool is_regular = std::all_of(sides.begin(), sides.end(), [&](const auto& side) {
      return int(side.size()) == settings_.segments + 1;
    });
    if (settings_.segments > 1 && sides.size() >= 3 && is_regular && place.fan.is_closed) {
      fill_grid(v, sides, face, corner);
      return;
    }
    std::vector<NewCorner> ring;
    for (const auto& side : sides) {
      for (std::size_t i = 0; i + 1 < side.size(); ++i) {
        ring.push_back({side[i], corner});
      }
    }
    if (!place.fan.is_closed) {
      ring.push_back({sides.back().back(), corner});
    }
    // Sides run counterclockwise around the vertex, as a face over it does.
    add_face(ring, face, true);
  }

  /// An affine image of the octant of a superellipsoid, which fills the corner of a box.
  struct Octant {
    float3 center;
    float3x3 to_unit, from_unit;  ///< the ends become the unit vectors
    double exponent = 2;

    /// Along the ray from the centre.
    float3 on_surface(float3 p) const {
      const float3 d = to_unit * (p - center);
      const double sum = std::pow(std::abs(double(d.x)), exponent) +
                         std::pow(std::abs(double(d.y)), exponent) +
                         std::pow(std::abs(double(d.z)), exponent);
      const double scale = sum > 0 ? std::pow(sum, -1.0 / exponent) : 1.0;
      return center + from_unit * (d * float(scale));
    }
  };

  /// Nothing where the corner is not that of a box.
  std::optional<Octant> octant_of(int v, const std::vector<std::vector<int>>& sides) const {
    if (sides.size() != 3 || settings_.affects_vertices || settings_.profile < 0.01f ||
        settings_.profile > 0.99f) {
      return {};
    }
    const Place& place = places_[std::size_t(v)];
    std::array<float3, 3> ends, centers;
    std::size_t count = 0;
    for (std::size_t i = 0; i < place.fan.edges.size() && count < 3; ++i) {
      if (!is_bevelled(place.fan.edges[i])) {
        continue;
      }
      const float3 a = positions_[std::size_t(place.boundary[i])];
      const float3 b = positions_[std::size_t(place.after[i])];
      const float3 d = direction(place.fan.edges[i], v);
      const float3 corner =
          position(v) + d * (0.5f * (dot(a - position(v), d) + dot(b - position(v), d)));
      ends[count] = a;
      centers[count++] = a + b - corner;
    }
    const float size = distance(ends[0], ends[1]);
    if (count < 3 || distance(centers[0], centers[1]) > 1e-4f * size ||
        distance(centers[0], centers[2]) > 1e-4f * size) {
      return {};
    }
    Octant result;
    result.center = centers[0];
    for (int row = 0; row < 3; ++row) {
      result.from_unit[row] = {ends[0][row] - result.center[row], ends[1][row] - result.center[row],
                               ends[2][row] - result.center[row]};
    }
    bool is_invertible = false;
    result.to_unit = inverse(result.from_unit, &is_invertible);
    result.exponent = profile_exponent(settings_.profile);
    return is_invertible ? std::optional(result) : std::nullopt;
  }

  /// A grid at every corner of the hole, around a middle vertex or face.
  void fill_grid(int v, const std::vector<std::vector<int>>& sides, int face, int corner) {
    const std::size_t k = sides.size();
    const int ns = settings_.segments, half = ns / 2;
    const auto at = [&](int vertex) { return positions_[std::size_t(vertex)]; };
    float3 middles, ends;
    for (const auto& side : sides) {
      const float3 m = ns % 2 == 0
                           ? at(side[std::size_t(half)])
                           : (at(side[std::size_t(half)]) + at(side[std::size_t(half) + 1])) * 0.5f;
      middles += m / float(k);
      ends += at(side.front()) / float(k);
    }
    const std::optional<Octant> octant = octant_of(v, sides);
    float3 center;
    if (octant) {
      center = octant->on_surface(middles);
    } else {
      const float smoothing = float(2.0 / 3.0 * (1.0 - sabin_weight(k)));
      center = lerp(lerp(ends, position(v), fullness(settings_.profile)), middles, smoothing);
    }

    // grid[i][r][s]: from corner i, r steps along the side that starts there and s steps back along
    // the one that ends there.
    const int size = ns % 2 == 0 ? half : half + 1;
    std::vector<std::vector<std::vector<int>>> grid(
        k, std::vector<std::vector<int>>(std::size_t(size) + 1,
                                         std::vector<int>(std::size_t(size) + 1, none)));
    for (std::size_t i = 0; i < k; ++i) {
      const auto& out = sides[i];
      const auto& in = sides[(i + k - 1) % k];
      for (int r = 0; r <= size; ++r) {
        grid[i][std::size_t(r)][0] = out[std::size_t(r)];
        grid[i][0][std::size_t(r)] = in[std::size_t(ns - r)];
      }
    }
    const auto coons = [&](std::size_t i, float x, float y) {
      // Between the two sides and the lines from their middles to the centre.
      const auto& out = sides[i];
      const auto& in = sides[(i + k - 1) % k];
      const auto along = [&](const std::vector<int>& side, float t, bool is_back) {
        const float place = t * float(ns) * 0.5f;
        const int low = std::min(int(place), ns - 1);
        const int p = is_back ? ns - low : low, q = is_back ? p - 1 : p + 1;
        return lerp(at(side[std::size_t(p)]), at(side[std::size_t(q)]), place - float(low));
      };
      const float3 c00 = at(out.front()), c10 = along(out, 1, false), c01 = along(in, 1, true);
      const float3 bottom = along(out, x, false), left = along(in, y, true);
      const float3 right = lerp(c10, center, y), top = lerp(c01, center, x);
      const float3 p = bottom * (1 - y) + top * y + left * (1 - x) + right * x -
                       (c00 * ((1 - x) * (1 - y)) + c10 * (x * (1 - y)) + c01 * ((1 - x) * y) +
                        center * (x * y));
      return octant ? octant->on_surface(p) : p;
    };
    if (ns % 2 == 0) {
      const int middle = add_vertex(center, v);
      for (std::size_t i = 0; i < k; ++i) {
        for (int r = 1; r <= half; ++r) {
          for (int s = 1; s <= half; ++s) {
            int& g = grid[i][std::size_t(r)][std::size_t(s)];
            if (r == half && s == half) {
              g = middle;
            } else if (s == half &&
                       grid[(i + k - 1) % k][std::size_t(half)][std::size_t(r)] != none) {
              g = grid[(i + k - 1) % k][std::size_t(half)][std::size_t(r)];
            } else if (r == half && grid[(i + 1) % k][std::size_t(s)][std::size_t(half)] != none) {
              g = grid[(i + 1) % k][std::size_t(s)][std::size_t(half)];
            } else {
              g = add_vertex(coons(i, float(r) / float(half), float(s) / float(half)), v);
            }
          }
        }
      }
    } else {
      for (std::size_t i = 0; i < k; ++i) {
        for (int r = 1; r <= half; ++r) {
          for (int s = 1; s <= half; ++s) {
            grid[i][std::size_t(r)][std::size_t(s)] =
                add_vertex(coons(i, 2.0f * float(r) / float(ns), 2.0f * float(s) / float(ns)), v);
          }
        }
      }
      // The last row of a grid is the first but one of its neighbour.
      for (std::size_t i = 0; i < k; ++i) {
        for (int s = 1; s <= half; ++s) {
          grid[i][std::size_t(size)][std::size_t(s)] =
              grid[(i + 1) % k][std::size_t(s)][std::size_t(half)];
        }
      }
    }
    const auto quad = [&](int a, int b, int c, int d) {
      add_face({{a, corner}, {b, corner}, {c, corner}, {d, corner}}, face, true);
    };
    for (std::size_t i = 0; i < k; ++i) {
      const auto& g = grid[i];
      for (int r = 0; r < size; ++r) {
        for (int s = 0; s < half; ++s) {
          quad(g[std::size_t(r)][std::size_t(s)], g[std::size_t(r) + 1][std::size_t(s)],
               g[std::size_t(r) + 1][std::size_t(s) + 1], g[std::size_t(r)][std::size_t(s) + 1]);
        }
      }
    }
    if (ns % 2 == 1) {
      std::vector<NewCorner> ring;
      for (std::size_t i = 0; i < k; ++i) {
        ring.push_back({grid[i][std::size_t(half)][std::size_t(half)], corner});
      }
      add_face(ring, face, true);
    }
  }

  Mesh finish() {
    Mesh result = mesh_;
    result.attributes.gather(Domain::Point, vertex_source_);
    result.attributes.gather(Domain::Face, face_source_);
    result.attributes.gather(Domain::Corner, corner_source_);
    result.attributes.remove(".custom_normal");
    result.weights = mesh_.weights.gathered(vertex_source_);
    std::vector<int2> edges;
    std::vector<int> edge_source;
    for (const auto& [key, source] : old_edges_) {
      edges.push_back({int(key >> 32), int(key & 0xffffffffu)});
      edge_source.push_back(source);
    }
    result.attributes.gather(Domain::Edge, edge_source);
    const std::size_t kept_edges = edges.size();
    result.replace_geometry(Array<float3>(std::move(positions_)), Array<int2>(std::move(edges)),
                            face_source_.empty() ? Array<int>() : Array<int>(std::move(offsets_)),
                            Array<int>(std::move(corner_vertices_)), {});
    // Bevelled edges are no longer what they were.
    for (std::size_t e = 0; e < kept_edges; ++e) {
      if (!settings_.affects_vertices && is_bevelled(edge_source[e])) {
        for (const char* name : {".sharp", ".seam"}) {
          if (Attribute* flags = result.attributes.edit(name)) {
            if (auto* values = std::get_if<Array<std::uint8_t>>(&flags->values)) {
              const bool keeps = name[2] == 'e' ? settings_.marks_seam : settings_.marks_sharp;
              if (!keeps && e < values->size()) {
                values->edit()[e] = 0;
              }
            }
          }
        }
      }
    }
    if (settings_.material >= 0) {
      const std::span<int> slots =
          result.attributes.ensure<int>("material_index", Domain::Face, result.face_count()).edit();
      for (std::size_t f = 0; f < slots.size(); ++f) {
        if (is_new_face_[f]) {
          slots[f] = settings_.material;
        }
      }
    }
    return result;
  }

  const Mesh& mesh_;
  const BevelSettings& settings_;
  std::vector<float> amounts_, edge_amounts_, vertex_amounts_;
  std::vector<float2> profile_;
  float scale_ = 1;
  std::vector<Place> places_;
  std::vector<int> kept_;  ///< new index of vertices that stay
  std::vector<float3> positions_;
  std::vector<int> vertex_source_;
  std::vector<int> offsets_{0}, corner_vertices_, corner_source_, face_source_;
  std::vector<std::uint8_t> is_new_face_;
  std::map<std::uint64_t, int> old_edges_;
};

}  // namespace

Mesh bevel(const Mesh& mesh, std::span<const float> amounts, const BevelSettings& settings) {
  for (const float3 p : mesh.positions()) {
    if (!is_finite(p)) {
      return mesh;
    }
  }
  if (!(settings.width > 0.0f)) {
    return mesh;
  }
  return Beveller(mesh, amounts, settings).run();
}

}  // namespace kiln::modeling
