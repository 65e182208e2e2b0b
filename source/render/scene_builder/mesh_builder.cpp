#include "render/scene_builder/mesh_builder.h"

#include <cmath>

namespace kiln::render {
namespace {

AttributeDomain domain_of(Domain domain) {
  return domain == Domain::Corner ? AttributeDomain::Corner
         : domain == Domain::Face ? AttributeDomain::Face
                                  : AttributeDomain::Vertex;
}

float srgb_to_linear(std::uint8_t byte) {
  const float c = float(byte) / 255.0f;
  return c <= 0.04045f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f);
}

/// The values as floats and how many an element has; nothing for text.
struct Floats {
  std::vector<float> values;
  int components = 0;
};

Floats to_floats(const AttributeArray& values) {
  Floats out;
  const auto scalars = [&](const auto& array) {
    out.components = 1;
    out.values.assign(array.begin(), array.end());
  };
  if (const auto* floats = std::get_if<Array<float>>(&values)) {
    scalars(*floats);
  } else if (const auto* ints = std::get_if<Array<int>>(&values)) {
    scalars(*ints);
  } else if (const auto* bools = std::get_if<Array<std::uint8_t>>(&values)) {
    scalars(*bools);
  } else if (const auto* bytes = std::get_if<Array<std::int8_t>>(&values)) {
    scalars(*bytes);
  } else if (const auto* pairs = std::get_if<Array<float2>>(&values)) {
    out.components = 2;
    for (const float2 v : *pairs) {
      out.values.insert(out.values.end(), {v.x, v.y});
    }
  } else if (const auto* vectors = std::get_if<Array<float3>>(&values)) {
    out.components = 3;
    for (const float3 v : *vectors) {
      out.values.insert(out.values.end(), {v.x, v.y, v.z});
    }
  } else if (const auto* colors = std::get_if<Array<FloatColor>>(&values)) {
    out.components = 4;
    for (const FloatColor& c : *colors) {
      out.values.insert(out.values.end(), {c.r, c.g, c.b, c.a});
    }
  } else if (const auto* byte_colors = std::get_if<Array<ByteColor>>(&values)) {
    out.components = 4;
    for (const ByteColor& c : *byte_colors) {
      out.values.insert(out.values.end(), {srgb_to_linear(c.r), srgb_to_linear(c.g),
                                           srgb_to_linear(c.b), float(c.a) / 255.0f});
    }
  }
  return out;
}

void set_generated_space(TraceMesh& out, const Mesh& mesh) {
  float3 middle = mesh.texspace_location, half = mesh.texspace_size;
  if (mesh.use_auto_texspace) {
    float3 low, high;
    if (!mesh.bounds(&low, &high)) {
      return;
    }
    middle = (low + high) * 0.5f;
    half = (high - low) * 0.5f;
  }
  for (int k = 0; k < 3; ++k) {
    // Flat meshes get a space to lie in the middle of.
    if (std::abs(half[k]) < 1e-5f) {
      half[k] = 1.0f;
    }
  }
  out.generated_min = middle - half;
  out.generated_size = half * 2.0f;
}

}  // namespace

TraceMesh make_trace_mesh(const Mesh& mesh, const Mesh* base, const Fingerprint& fingerprint) {
  TraceMesh out;
  out.fingerprint = fingerprint;
  out.positions = mesh.positions();
  const Triangles& triangles = mesh.triangles();
  out.triangles = mesh.triangle_vertices();
  out.triangle_corners = triangles.corners;
  out.triangle_faces = triangles.faces;

  const std::size_t count = triangles.faces.size();
  std::vector<std::uint8_t> is_smooth(count);
  std::vector<int> slots(count);
  bool has_smooth = false, has_slots = false;
  for (std::size_t i = 0; i < count; ++i) {
    const auto face = std::size_t(triangles.faces[i]);
    is_smooth[i] = mesh.is_face_smooth(face);
    slots[i] = mesh.material_index(face);
    has_smooth = has_smooth || is_smooth[i];
    has_slots = has_slots || slots[i] != 0;
  }
  if (has_slots) {
    out.material_slots = Array<int>(std::move(slots));
  }
  if (has_smooth) {
    out.is_smooth = Array<std::uint8_t>(std::move(is_smooth));
    if (mesh.use_auto_smooth) {
      out.corner_normals = mesh.corner_normals();
    } else {
      out.vertex_normals = mesh.vertex_normals();
    }
  }
  for (const Attribute& attribute : mesh.attributes.items()) {
    if (attribute.is_internal() || attribute.domain == Domain::Edge) {
      continue;
    }
    Floats floats = to_floats(attribute.values);
    if (floats.components > 0) {
      out.attributes.push_back({attribute.name, domain_of(attribute.domain), floats.components,
                                attribute.is_uv_map, Array<float>(std::move(floats.values))});
    }
  }
  out.default_uv = mesh.render_uv;
  set_generated_space(out, base ? *base : mesh);
  return out;
}

}  // namespace kiln::render
