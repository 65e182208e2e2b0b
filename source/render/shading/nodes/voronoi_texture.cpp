#include "render/shading/nodes/shader_node.h"
#include "render/shading/nodes/texture_node.h"
#include "render/shading/noise.h"
#include "render/shading/sampling.h"

/// Worley, "A cellular texture basis function", SIGGRAPH 1996; smooth distances after Quilez,
/// "Smooth Voronoi", 2014, and distances to edges after his "Voronoi borders", 2012.
namespace kiln::render::shading {
namespace {

enum class TexVoronoiVoronoiDimensions : std::uint8_t { D1 = 1, D2 = 2, D3 = 3, D4 = 4 };
enum class TexVoronoiDistance : std::uint8_t { Euclidean, Manhattan, Chebychev, Minkowski };
enum class TexVoronoiFeature : std::uint8_t { F1, F2, SmoothF1, DistanceToEdge, NSphereRadius };
struct TexVoronoiNode : NodeType<TexVoronoiNode, ShaderNode> {
  TexMapping texture_mapping;
  TexVoronoiVoronoiDimensions voronoi_dimensions = TexVoronoiVoronoiDimensions::D3;
  TexVoronoiDistance distance = TexVoronoiDistance::Euclidean;
  TexVoronoiFeature feature = TexVoronoiFeature::F1;

  TexVoronoiNode() {
    add_vector("Vector").hide_value = true;
    add_float("W", 0.0f, -1000.0f, 1000.0f).enabled = false;
    add_float("Scale", 5.0f, -1000.0f, 1000.0f);
    add_factor("Smoothness", 1.0f).enabled = false;
    add_float("Exponent", 0.5f, 0.0f, 32.0f).enabled = false;
    add_factor("Randomness", 1.0f);
    add_output("NodeSocketFloat", "Distance");
    add_output("NodeSocketColor", "Color");
    add_output("NodeSocketVector", "Position");
    add_output("NodeSocketFloat", "W").enabled = false;
    add_output("NodeSocketFloat", "Radius").enabled = false;
  }
  std::string_view static_type() const override { return "TEX_VORONOI"; }
  void update(const NodeTree*, const Document*) override {
    if (voronoi_dimensions == TexVoronoiVoronoiDimensions::D1 &&
        feature == TexVoronoiFeature::SmoothF1) {
      show({"W", "Scale", "Smoothness", "Randomness"}, {"Distance", "Color", "W"});
    } else if (voronoi_dimensions == TexVoronoiVoronoiDimensions::D1 &&
               feature == TexVoronoiFeature::DistanceToEdge) {
      show({"W", "Scale", "Randomness"}, {"Distance"});
    } else if (voronoi_dimensions == TexVoronoiVoronoiDimensions::D1 &&
               feature == TexVoronoiFeature::NSphereRadius) {
      show({"W", "Scale", "Randomness"}, {"Radius"});
    } else if (voronoi_dimensions == TexVoronoiVoronoiDimensions::D4 &&
               feature == TexVoronoiFeature::DistanceToEdge) {
      show({"Vector", "W", "Scale", "Randomness"}, {"Distance"});
    } else if (voronoi_dimensions == TexVoronoiVoronoiDimensions::D4 &&
               feature == TexVoronoiFeature::NSphereRadius) {
      show({"Vector", "W", "Scale", "Randomness"}, {"Radius"});
    } else if (voronoi_dimensions == TexVoronoiVoronoiDimensions::D1 &&
               (feature == TexVoronoiFeature::F1 || feature == TexVoronoiFeature::F2)) {
      show({"W", "Scale", "Randomness"}, {"Distance", "Color", "W"});
    } else if ((voronoi_dimensions == TexVoronoiVoronoiDimensions::D2 ||
                voronoi_dimensions == TexVoronoiVoronoiDimensions::D3) &&
               feature == TexVoronoiFeature::DistanceToEdge) {
      show({"Vector", "Scale", "Randomness"}, {"Distance"});
    } else if ((voronoi_dimensions == TexVoronoiVoronoiDimensions::D2 ||
                voronoi_dimensions == TexVoronoiVoronoiDimensions::D3) &&
               feature == TexVoronoiFeature::NSphereRadius) {
      show({"Vector", "Scale", "Randomness"}, {"Radius"});
    } else if (voronoi_dimensions == TexVoronoiVoronoiDimensions::D4 &&
               distance == TexVoronoiDistance::Minkowski &&
               feature == TexVoronoiFeature::SmoothF1) {
      show({"Vector", "W", "Scale", "Smoothness", "Exponent", "Randomness"},
           {"Distance", "Color", "Position", "W"});
    } else if ((voronoi_dimensions == TexVoronoiVoronoiDimensions::D2 ||
                voronoi_dimensions == TexVoronoiVoronoiDimensions::D3) &&
               distance == TexVoronoiDistance::Minkowski &&
               feature == TexVoronoiFeature::SmoothF1) {
      show({"Vector", "Scale", "Smoothness", "Exponent", "Randomness"},
           {"Distance", "Color", "Position"});
    } else if (voronoi_dimensions == TexVoronoiVoronoiDimensions::D4 &&
               distance == TexVoronoiDistance::Minkowski &&
               (feature == TexVoronoiFeature::F1 || feature == TexVoronoiFeature::F2)) {
      show({"Vector", "W", "Scale", "Exponent", "Randomness"},
           {"Distance", "Color", "Position", "W"});
    } else if ((voronoi_dimensions == TexVoronoiVoronoiDimensions::D2 ||
                voronoi_dimensions == TexVoronoiVoronoiDimensions::D3) &&
               distance == TexVoronoiDistance::Minkowski &&
               (feature == TexVoronoiFeature::F1 || feature == TexVoronoiFeature::F2)) {
      show({"Vector", "Scale", "Exponent", "Randomness"}, {"Distance", "Color", "Position"});
    } else if (voronoi_dimensions == TexVoronoiVoronoiDimensions::D4 &&
               (distance == TexVoronoiDistance::Euclidean ||
                distance == TexVoronoiDistance::Manhattan ||
                distance == TexVoronoiDistance::Chebychev) &&
               feature == TexVoronoiFeature::SmoothF1) {
      show({"Vector", "W", "Scale", "Smoothness", "Randomness"},
           {"Distance", "Color", "Position", "W"});
    } else if ((voronoi_dimensions == TexVoronoiVoronoiDimensions::D2 ||
                voronoi_dimensions == TexVoronoiVoronoiDimensions::D3) &&
               (distance == TexVoronoiDistance::Euclidean ||
                distance == TexVoronoiDistance::Manhattan ||
                distance == TexVoronoiDistance::Chebychev) &&
               feature == TexVoronoiFeature::SmoothF1) {
      show({"Vector", "Scale", "Smoothness", "Randomness"}, {"Distance", "Color", "Position"});
    } else if (voronoi_dimensions == TexVoronoiVoronoiDimensions::D4 &&
               (distance == TexVoronoiDistance::Euclidean ||
                distance == TexVoronoiDistance::Manhattan ||
                distance == TexVoronoiDistance::Chebychev) &&
               (feature == TexVoronoiFeature::F1 || feature == TexVoronoiFeature::F2)) {
      show({"Vector", "W", "Scale", "Randomness"}, {"Distance", "Color", "Position", "W"});
    } else {
      show({"Vector", "Scale", "Randomness"}, {"Distance", "Color", "Position"});
    }
  }
  static const Schema& schema();
};

const Schema& TexVoronoiNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TexVoronoiNode> s("ShaderNodeTexVoronoi", "Voronoi Texture",
                                    &ShaderNode::schema());
    s.add<&TexVoronoiNode::texture_mapping>("texture_mapping", "Texture Mapping")
        .never_none()
        .not_animatable();
    s.add<&TexVoronoiNode::voronoi_dimensions>("voronoi_dimensions", "Dimensions")
        .items({{"1D", "1D", 1}, {"2D", "2D", 2}, {"3D", "3D", 3}, {"4D", "4D", 4}})
        .default_value("1D")
        .changes(Change::Shading | Change::Geometry);
    s.add<&TexVoronoiNode::distance>("distance", "Distance Metric")
        .items({{"EUCLIDEAN", "Euclidean", 0},
                {"MANHATTAN", "Manhattan", 1},
                {"CHEBYCHEV", "Chebychev", 2},
                {"MINKOWSKI", "Minkowski", 3}})
        .changes(Change::Shading | Change::Geometry);
    s.add<&TexVoronoiNode::feature>("feature", "Feature Output")
        .items({{"F1", "F1", 0},
                {"F2", "F2", 1},
                {"SMOOTH_F1", "Smooth F1", 2},
                {"DISTANCE_TO_EDGE", "Distance to Edge", 3},
                {"N_SPHERE_RADIUS", "N-Sphere Radius", 4}})
        .changes(Change::Shading | Change::Geometry);
    s.set_tag("ShaderNodeTexVoronoi");
    return s.build();
  }();
  return schema;
}

enum class Feature : std::uint8_t { F1, F2, SmoothF1, DistanceToEdge, NSphereRadius };
enum class Metric : std::uint8_t { Euclidean, Manhattan, Chebychev, Minkowski };
struct Settings {
  Feature feature = Feature::F1;
  Metric metric = Metric::Euclidean;
};

enum Input { in_vector, in_w = 3, in_scale, in_smoothness, in_exponent, in_randomness };

template <int n>
using Point = std::array<float, n>;

template <int n>
Point<n> hash_point(const Point<n>& c) {
  Point<n> out;
  if constexpr (n == 1) {
    out[0] = hash_unit(c[0]);
  } else if constexpr (n == 2) {
    out = {hash_unit(c[0], c[1]), hash_unit(c[0], c[1], 1.0f)};
  } else if constexpr (n == 3) {
    const float3 h = hash_color(c[0], c[1], c[2]);
    out = {h.x, h.y, h.z};
  } else {
    out = {hash_unit(c[0], c[1], c[2], c[3]), hash_unit(c[3], c[0], c[1], c[2]),
           hash_unit(c[2], c[3], c[0], c[1]), hash_unit(c[1], c[2], c[3], c[0])};
  }
  return out;
}

template <int n>
float3 cell_color(const Point<n>& c) {
  if constexpr (n == 1) {
    return hash_color(c[0]);
  } else if constexpr (n == 2) {
    return hash_color(c[0], c[1]);
  } else if constexpr (n == 3) {
    return hash_color(c[0], c[1], c[2]);
  } else {
    return hash_color(c[0], c[1], c[2], c[3]);
  }
}

template <int n>
float measure(const Point<n>& a, const Point<n>& b, Metric metric, float exponent) {
  float sum = 0.0f;
  if constexpr (n == 1) {
    return std::abs(a[0] - b[0]);
  }
  for (int k = 0; k < n; ++k) {
    const float d = std::abs(a[k] - b[k]);
    switch (metric) {
      case Metric::Euclidean:
        sum += d * d;
        break;
      case Metric::Manhattan:
        sum += d;
        break;
      case Metric::Chebychev:
        sum = std::max(sum, d);
        break;
      case Metric::Minkowski:
        sum += std::pow(d, exponent);
        break;
    }
  }
  return metric == Metric::Euclidean   ? std::sqrt(sum)
         : metric == Metric::Minkowski ? std::pow(sum, 1.0f / exponent)
                                       : sum;
}

/// Calls `visit(offset)` for all cells up to `reach` away, the first coordinate fastest.
template <int n, typename F>
void for_cells(int reach, F visit) {
  const int side = 2 * reach + 1;
  int count = 1;
  for (int k = 0; k < n; ++k) {
    count *= side;
  }
  for (int c = 0; c < count; ++c) {
    Point<n> offset;
    int rest = c;
    for (int k = 0; k < n; ++k) {
      offset[k] = float(rest % side - reach);
      rest /= side;
    }
    visit(offset);
  }
}

template <int n>
struct Found {
  float distance = 0.0f;
  float3 color;
  Point<n> position{};
};

template <int n>
Found<n> voronoi(const Settings& s, const Point<n>& p, float smoothness, float exponent,
                 float randomness) {
  Point<n> cell, local;
  for (int k = 0; k < n; ++k) {
    cell[k] = std::floor(p[k]);
    local[k] = p[k] - cell[k];
  }
  const auto moved = [&](const Point<n>& offset) {
    Point<n> c;
    for (int k = 0; k < n; ++k) {
      c[k] = cell[k] + offset[k];
    }
    return c;
  };
  const auto place = [&](const Point<n>& offset) {
    Point<n> q = hash_point<n>(moved(offset));
    for (int k = 0; k < n; ++k) {
      q[k] = offset[k] + q[k] * randomness;
    }
    return q;
  };
  Found<n> found;
  const auto in_world = [&](const Point<n>& q) {
    Point<n> w;
    for (int k = 0; k < n; ++k) {
      w[k] = q[k] + cell[k];
    }
    return w;
  };
  switch (s.feature) {
    case Feature::F1: {
      float least = 8.0f;
      Point<n> best_offset{}, best{};
      for_cells<n>(1, [&](const Point<n>& offset) {
        const Point<n> q = place(offset);
        const float d = measure<n>(q, local, s.metric, exponent);
        if (d < least) {
          least = d;
          best_offset = offset;
          best = q;
        }
      });
      found = {least, cell_color<n>(moved(best_offset)), in_world(best)};
      break;
    }
    case Feature::F2: {
      float first = 8.0f, second = 8.0f;
      Point<n> offset1{}, offset2{}, at1{}, at2{};
      for_cells<n>(1, [&](const Point<n>& offset) {
        const Point<n> q = place(offset);
        const float d = measure<n>(q, local, s.metric, exponent);
        if (d < first) {
          second = first;
          offset2 = offset1;
          at2 = at1;
          first = d;
          offset1 = offset;
          at1 = q;
        } else if (d < second) {
          second = d;
          offset2 = offset;
          at2 = q;
        }
      });
      found = {second, cell_color<n>(moved(offset2)), in_world(at2)};
      break;
    }
    case Feature::SmoothF1: {
      float smooth = 8.0f;
      float3 color;
      Point<n> at{};
      for_cells<n>(2, [&](const Point<n>& offset) {
        const Point<n> q = place(offset);
        const float d = measure<n>(q, local, s.metric, exponent);
        const float t = saturate(0.5f + 0.5f * (smooth - d) / smoothness);
        const float h = t * t * (3.0f - 2.0f * t);
        float correction = smoothness * h * (1.0f - h);
        smooth = lerp(smooth, d, h) - correction;
        correction /= 1.0f + 3.0f * smoothness;
        color = lerp(color, cell_color<n>(moved(offset)), h) -
                float3{correction, correction, correction};
        for (int k = 0; k < n; ++k) {
          at[k] = lerp(at[k], q[k], h) - correction;
        }
      });
      found = {smooth, color, in_world(at)};
      break;
    }
    case Feature::DistanceToEdge: {
      Point<n> nearest{};
      float least = 8.0f;
      for_cells<n>(1, [&](const Point<n>& offset) {
        Point<n> q = place(offset);
        float d = 0.0f;
        for (int k = 0; k < n; ++k) {
          q[k] -= local[k];
          d += q[k] * q[k];
        }
        if (d < least) {
          least = d;
          nearest = q;
        }
      });
      float edge = 8.0f;
      for_cells<n>(1, [&](const Point<n>& offset) {
        const Point<n> q = place(offset);
        float across2 = 0.0f, along = 0.0f;
        for (int k = 0; k < n; ++k) {
          const float there = q[k] - local[k], across = there - nearest[k];
          across2 += across * across;
          along += 0.5f * (nearest[k] + there) * across;
        }
        if (across2 > 0.0001f) {
          edge = std::min(edge, along / std::sqrt(across2));
        }
      });
      found.distance = edge;
      break;
    }
    case Feature::NSphereRadius: {
      Point<n> closest{}, closest_offset{};
      float least = 8.0f;
      const auto euclidean = [](const Point<n>& a, const Point<n>& b) {
        float sum = 0.0f;
        for (int k = 0; k < n; ++k) {
          sum += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return std::sqrt(sum);
      };
      for_cells<n>(1, [&](const Point<n>& offset) {
        const Point<n> q = place(offset);
        const float d = euclidean(q, local);
        if (d < least) {
          least = d;
          closest = q;
          closest_offset = offset;
        }
      });
      least = 8.0f;
      Point<n> neighbour{};
      for_cells<n>(1, [&](const Point<n>& offset) {
        bool is_same = true;
        Point<n> there;
        for (int k = 0; k < n; ++k) {
          is_same = is_same && offset[k] == 0.0f;
          there[k] = offset[k] + closest_offset[k];
        }
        if (is_same) {
          return;
        }
        const Point<n> q = place(there);
        const float d = euclidean(closest, q);
        if (d < least) {
          least = d;
          neighbour = q;
        }
      });
      found.distance = 0.5f * euclidean(neighbour, closest);
      break;
    }
  }
  return found;
}

template <int n>
void kernel(const KernelCall& call) {
  const Settings& s = call.get<Settings>();
  for (int i = 0; i < call.count; ++i) {
    const float3 v = call.in3(in_vector, i);
    const float w = call.in(in_w)[i], scale = call.in(in_scale)[i];
    const float all[4] = {v.x * scale, v.y * scale, v.z * scale, w * scale};
    Point<n> p;
    for (int k = 0; k < n; ++k) {
      p[k] = n == 1 ? all[3] : all[k];
    }
    const float smoothness = std::clamp(call.in(in_smoothness)[i] * 0.5f, 0.0f, 0.5f);
    // Without any smoothness it is the plain distance.
    Settings own = s;
    if (own.feature == Feature::SmoothF1 && smoothness == 0.0f) {
      own.feature = Feature::F1;
    }
    const Found<n> found = voronoi<n>(own, p, smoothness, call.in(in_exponent)[i],
                                      saturate(call.in(in_randomness)[i]));
    call.out(0)[i] = found.distance;
    call.set3(1, i, found.color);
    float3 position;
    const float inverse = scale != 0.0f ? 1.0f / scale : 0.0f;
    if constexpr (n > 1) {
      for (int k = 0; k < std::min(n, 3); ++k) {
        position[k] = found.position[k] * inverse;
      }
    }
    call.set3(4, i, position);
    call.out(7)[i] = n == 1 || n == 4 ? found.position[n - 1] * inverse : 0.0f;
  }
}

void compile(NodeCompiler& node) {
  const GraphNode& n = node.node();
  Settings settings;
  const std::string& feature = n.text("feature");
  settings.feature = feature == "F2"                 ? Feature::F2
                     : feature == "SMOOTH_F1"        ? Feature::SmoothF1
                     : feature == "DISTANCE_TO_EDGE" ? Feature::DistanceToEdge
                     : feature == "N_SPHERE_RADIUS"  ? Feature::NSphereRadius
                                                     : Feature::F1;
  const std::string& metric = n.text("distance");
  settings.metric = metric == "MANHATTAN"   ? Metric::Manhattan
                    : metric == "CHEBYCHEV" ? Metric::Chebychev
                    : metric == "MINKOWSKI" ? Metric::Minkowski
                                            : Metric::Euclidean;
  constexpr Kernel kernels[] = {kernel<1>, kernel<2>, kernel<3>, kernel<4>};
  Scalar distance, w;
  Value3 color, position;
  node.emit(kernels[dimensions_of(n.text("voronoi_dimensions")) - 1], Purity::Pure,
            inputs_of({texture_vector(node), node.input("W"), node.input("Scale"),
                       node.input("Smoothness"), node.input("Exponent"), node.input("Randomness")}),
            {&distance, &color.x, &color.y, &color.z, &position.x, &position.y, &position.z, &w},
            std::make_shared<Settings>(settings));
  node.set_output(node.find_output("Distance"), distance);
  node.set_output(node.find_output("Color"), color);
  node.set_output(node.find_output("Position"), position);
  node.set_output(node.find_output("W"), w);
  node.set_output(node.find_output("Radius"), distance);
}

}  // namespace

void register_voronoi_texture(ShaderNodeList& nodes) {
  nodes.add<TexVoronoiNode>(compile);
}

}  // namespace kiln::render::shading
