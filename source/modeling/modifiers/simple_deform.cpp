#include "modeling/modifiers/simple_deform.h"

#include "core/tasks.h"

namespace kiln::modeling {
namespace {

/// One deformation in the space of its origin, as a function of one point. The x axis stands for
/// the deform axis; `past` is how far the point lies beyond the limits, where the shape goes on as
/// it is at the limit.
class Deformation {
public:
  Deformation(const SimpleDeformModifier& settings, float low, float high)
      : settings_(settings), low_(low), high_(high) {
    using Method = SimpleDeformModifier::DeformMethod;
    const bool is_turn =
        settings.deform_method == Method::Twist || settings.deform_method == Method::Bend;
    amount_ = (is_turn ? settings.angle : settings.factor) / std::max(1e-7f, high - low);
  }

  float3 operator()(float3 p) const {
    using Method = SimpleDeformModifier::DeformMethod;
    const int axis = int(settings_.deform_axis);
    const int along = limit_axis();
    float3 past;
    const float inside = std::clamp(p[along], low_, high_);
    past[along] = p[along] - inside;
    p[along] = inside;
    const int y = (axis + 1) % 3, z = (axis + 2) % 3;
    float3 r = p;
    switch (settings_.deform_method) {
      case Method::Twist: {
        lock(p, past);
        r = p;
        const float turn = p[axis] * amount_, s = std::sin(turn), c = std::cos(turn);
        r[y] = p[y] * c - p[z] * s;
        r[z] = p[y] * s + p[z] * c;
        return r + past;
      }
      case Method::Taper:
        lock(p, past);
        r = p;
        r[y] = p[y] * (1.0f + p[axis] * amount_);
        r[z] = p[z] * (1.0f + p[axis] * amount_);
        return r + past;
      case Method::Stretch: {
        lock(p, past);
        r = p;
        const float scale = p[axis] * p[axis] * amount_ - amount_ + 1.0f;
        r[y] = p[y] * scale;
        r[z] = p[z] * scale;
        r[axis] = p[axis] * (1.0f + amount_);
        return r + past;
      }
      case Method::Bend:
        return bend(p, past);
    }
    return p;
  }

  /// The axis along which the limits are measured.
  int limit_axis() const {
    using Method = SimpleDeformModifier::DeformMethod;
    const int axis = int(settings_.deform_axis);
    return settings_.deform_method != Method::Bend ? axis : axis == 2 ? 0 : 2;
  }

private:
  void lock(float3& p, float3& past) const {
    const bool locks[] = {settings_.lock_x, settings_.lock_y, settings_.lock_z};
    for (int k = 0; k < 3; ++k) {
      if (locks[k] && k != int(settings_.deform_axis)) {
        past[k] += p[k];
        p[k] = 0;
      }
    }
  }

  // Rolls the plane of `limit_axis` and one other around the deform axis: a straight line along the
  // former becomes an arc.
  float3 bend(float3 p, float3 past) const {
    if (std::abs(amount_) < 1e-7f) {
      return p + past;
    }
    const int along = limit_axis();
    const int across = settings_.deform_axis == SimpleDeformModifier::DeformAxis::Y ? 0 : 1;
    const float turn = p[along] * amount_, s = std::sin(turn), c = std::cos(turn);
    const float radius = p[across] - 1.0f / amount_;
    float3 r = p;
    r[along] = -radius * s + c * past[along];
    r[across] = radius * c + 1.0f / amount_ + s * past[along];
    past[along] = 0;
    return r + past;
  }

  const SimpleDeformModifier& settings_;
  float low_, high_, amount_;
};

}  // namespace

Mesh SimpleDeformModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  if (mesh.vertex_count() == 0) {
    return mesh;
  }
  float4x4 to_origin, from_origin;
  if (origin) {
    to_origin = inverse(context.world_matrix(origin)) * context.world_matrix();
    from_origin = inverse(to_origin);
  }
  Array<float3> moved = mesh.positions();
  const std::span<float3> positions = moved.edit();
  const int along = Deformation(*this, 0, 1).limit_axis();
  float low = std::numeric_limits<float>::max(), high = -low;
  for (const float3 p : mesh.positions()) {
    const float x = origin ? transform_point(to_origin, p)[along] : p[along];
    low = std::min(low, x);
    high = std::max(high, x);
  }
  const float first = lerp(low, high, std::min(limits.x, limits.y));
  const float last = lerp(low, high, limits.y);
  if (!(first <= last)) {
    return mesh;
  }
  const Deformation deform(*this, first, last);
  const std::vector<float> weights = group_weights(mesh, vertex_group, invert_vertex_group);
  parallel_for(positions.size(), 1 << 12, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      const float weight = weights.empty() ? 1.0f : weights[v];
      if (weight == 0.0f) {
        continue;
      }
      const float3 p = origin ? transform_point(to_origin, positions[v]) : positions[v];
      const float3 q = deform(p);
      positions[v] = lerp(positions[v], origin ? transform_point(from_origin, q) : q, weight);
    }
  });
  Mesh result = mesh;
  result.set_positions(std::move(moved));
  return result;
}

const Schema& SimpleDeformModifier::schema() {
  static const Schema schema = [] {
    using M = SimpleDeformModifier;
    SchemaBuilder<M> s("SimpleDeformModifier", "SimpleDeform Modifier", &Modifier::schema());
    s.set_tag("SIMPLE_DEFORM");
    add_setting<&M::deform_method>(s, "deform_method", "Mode")
        .items({{"TWIST", "Twist", 1},
                {"BEND", "Bend", 2},
                {"TAPER", "Taper", 3},
                {"STRETCH", "Stretch", 4}});
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::deform_axis>(s, "deform_axis", "Axis")
        .items({{"X", "X", 0}, {"Y", "Y", 1}, {"Z", "Z", 2}});
    add_target<&M::origin>(s, "origin", "Origin");
    add_setting<&M::factor>(s, "factor", "Factor").soft(-10, 10).step(1);
    add_setting<&M::angle>(s, "angle", "Angle").subtype(Subtype::Angle).soft(-6.2831855, 6.2831855);
    add_setting<&M::limits>(s, "limits", "Limits").range(0, 1).step(5, 2);
    add_setting<&M::lock_x>(s, "lock_x", "X");
    add_setting<&M::lock_y>(s, "lock_y", "Y");
    add_setting<&M::lock_z>(s, "lock_z", "Z");
    add_setting<&M::invert_vertex_group>(s, "invert_vertex_group", "Invert");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
