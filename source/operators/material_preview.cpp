#include "operators/material_preview.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "document/camera.h"
#include "document/collection.h"
#include "document/light.h"
#include "document/material.h"
#include "document/mesh.h"
#include "document/object.h"
#include "document/scene.h"
#include "document/world.h"
#include "modeling/primitives.h"
#include "operators/render_picture.h"

namespace kiln::operators {
namespace {

constexpr float pi = std::numbers::pi_v<float>;
constexpr float ground_height = -1.0f;

void shade_smooth(Mesh& mesh) {
  mesh.attributes.set(".smooth", Domain::Face,
                      Array<std::uint8_t>(mesh.face_count(), std::uint8_t(1)));
}

// A grid whose points, from -1 to 1 in both directions, go where `place` says.
template <typename Place>
Mesh bent_grid(int subdivisions, const Place& place) {
  Mesh mesh = modeling::grid(subdivisions, subdivisions, 2.0f);
  for (float3& p : mesh.edit_positions()) {
    p = place(p.x, p.y);
  }
  shade_smooth(mesh);
  return mesh;
}

// The mesh without the faces that `is_gone`, which is asked for the middle of a face.
template <typename Gone>
Mesh without(const Mesh& mesh, const Gone& is_gone) {
  std::vector<int> offsets{0}, corners;
  std::vector<float2> uvs;
  for (std::size_t face = 0; face < mesh.face_count(); ++face) {
    const int begin = mesh.face_offsets()[face], end = mesh.face_offsets()[face + 1];
    float3 middle;
    for (int c = begin; c < end; ++c) {
      middle += mesh.positions()[std::size_t(mesh.corner_vertices()[std::size_t(c)])] *
                (1.0f / float(end - begin));
    }
    if (is_gone(middle)) {
      continue;
    }
    for (int c = begin; c < end; ++c) {
      corners.push_back(mesh.corner_vertices()[std::size_t(c)]);
    }
    offsets.push_back(int(corners.size()));
  }
  Mesh kept;
  kept.set_positions(mesh.positions());
  kept.set_topology({}, Array<int>(std::move(offsets)), Array<int>(std::move(corners)));
  return kept;
}

// Strands that rise from the ground and bend to all sides, each a thin pointed tube.
Mesh tuft() {
  constexpr int strands = 140, rings = 9, sides = 5;
  std::vector<float3> positions;
  std::vector<int> offsets{0}, corners;
  for (int s = 0; s < strands; ++s) {
    // Evenly over a disc (Vogel, 1979).
    const float angle = float(s) * pi * (3.0f - std::sqrt(5.0f));
    const float radius = 0.75f * std::sqrt((float(s) + 0.5f) / float(strands));
    const float3 out{std::cos(angle), std::sin(angle), 0.0f};
    const float3 across{-out.y, out.x, 0.0f};
    const int first = int(positions.size());
    for (int r = 0; r <= rings; ++r) {
      const float t = float(r) / float(rings);
      const float3 at = out * (radius + 0.45f * t * t * (0.3f + radius)) +
                        float3{0, 0, ground_height + 1.9f * t - 0.55f * t * t * (0.4f + radius)};
      const float thick = 0.035f * (1.0f - t) + 0.004f;
      for (int k = 0; k < sides; ++k) {
        const float turn = 2.0f * pi * float(k) / float(sides);
        positions.push_back(at + out * (thick * std::cos(turn)) +
                            across * (thick * std::sin(turn)));
      }
    }
    for (int r = 0; r < rings; ++r) {
      for (int k = 0; k < sides; ++k) {
        const int a = first + r * sides + k, b = first + r * sides + (k + 1) % sides;
        corners.insert(corners.end(), {a, b, b + sides, a + sides});
        offsets.push_back(int(corners.size()));
      }
    }
  }
  Mesh mesh;
  mesh.set_positions(Array<float3>(std::move(positions)));
  mesh.set_topology({}, Array<int>(std::move(offsets)), Array<int>(std::move(corners)));
  shade_smooth(mesh);
  return mesh;
}

/// A part of the shape, and where it stands.
struct Part {
  Mesh mesh;
  float3 location, rotation;
};

std::vector<Part> parts_of(MaterialPreviewShape shape) {
  std::vector<Part> parts;
  const auto smooth = [](Mesh mesh) {
    shade_smooth(mesh);
    return mesh;
  };
  switch (shape) {
    case MaterialPreviewShape::Flat:
      parts.push_back({modeling::plane(2.0f), {}, {0.5f * pi, 0, 0}});
      break;
    case MaterialPreviewShape::Cube:
      parts.push_back({modeling::cube(1.4f), {0, 0, ground_height + 0.7f}, {0, 0, 0.6f}});
      break;
    case MaterialPreviewShape::Hair:
      parts.push_back({tuft(), {}, {}});
      break;
    case MaterialPreviewShape::ShaderBall:
      parts.push_back({smooth(without(modeling::uv_sphere(64, 40, 0.92f),
                                      [](float3 p) {
                                        const float3 to = p - float3{0.35f, -0.75f, 0.4f};
                                        return dot(to, to) < 0.2f;
                                      })),
                       {0, 0, 0.05f},
                       {}});
      parts.push_back({smooth(modeling::uv_sphere(48, 28, 0.66f)), {0, 0, 0.05f}, {}});
      parts.push_back({modeling::cylinder(64, 0.62f, 0.16f, modeling::CapFill::Ngon),
                       {0, 0, ground_height + 0.08f},
                       {}});
      break;
    case MaterialPreviewShape::Cloth:
      parts.push_back(
          {bent_grid(
               90,
               [](float x, float y) {
                 const float r = std::hypot(x, y), ball = 0.62f;
                 const float turn = std::atan2(y, x);
                 const float fall = std::max(0.0f, r - 0.55f);
                 const float z = std::sqrt(std::max(0.0f, ball * ball - r * r * 0.8f)) -
                                 0.9f * fall + 0.22f * fall * std::sin(7.0f * turn);
                 return float3{x * 0.95f, y * 0.95f, std::max(z - 0.25f, ground_height + 0.01f)};
               }),
           {},
           {}});
      break;
    case MaterialPreviewShape::Fluid:
      parts.push_back({bent_grid(90,
                                 [](float x, float y) {
                                   const float r = std::hypot(x, y);
                                   return float3{
                                       x * 1.1f, y * 1.1f,
                                       -0.55f + 0.3f * std::cos(9.0f * r) * std::exp(-1.8f * r)};
                                 }),
                       {},
                       {}});
      for (const float4 drop :
           {float4{0, 0, 0.35f, 0.22f}, float4{0.42f, -0.1f, 0.05f, 0.1f},
            float4{-0.4f, -0.2f, 0.2f, 0.13f}, float4{-0.1f, 0.3f, 0.75f, 0.08f}}) {
        parts.push_back(
            {smooth(modeling::uv_sphere(32, 20, drop.w)), {drop.x, drop.y, drop.z}, {}});
      }
      break;
    default:
      parts.push_back({smooth(modeling::uv_sphere(64, 40, 1.0f)), {}, {}});
      break;
  }
  return parts;
}

BlockId add_object(Document& document, BlockId collection, BlockId data, float3 location,
                   float3 rotation) {
  auto& object = document.add<Object>("Preview");
  object.data = {data};
  object.initialize_for(document.find(data));
  object.location = location;
  object.rotation_euler = rotation;
  const BlockId id = object.id;
  document.edit<Collection>(collection).objects.push_back({id});
  return id;
}

BlockId add_mesh(Document& document, const Mesh& mesh, const std::vector<BlockId>& materials) {
  auto& block = static_cast<Mesh&>(document.add(mesh.clone(), "Preview"));
  block.materials.clear();
  for (const BlockId material : materials) {
    block.materials.push_back({material});
  }
  return block.id;
}

BlockId add_plain_material(Document& document, float grey) {
  auto& material = document.add<Material>("Preview");
  material.diffuse_color = {grey, grey, grey, 1.0f};
  return material.id;
}

// Squares of two greys, far enough to all sides.
void add_ground(Document& document, BlockId collection) {
  constexpr int squares = 24;
  Mesh mesh = modeling::grid(squares, squares, 18.0f);
  std::vector<int> slots(mesh.face_count());
  for (std::size_t i = 0; i < slots.size(); ++i) {
    slots[i] = int((i % squares + i / squares) % 2);
  }
  mesh.attributes.set("material_index", Domain::Face, Array<int>(std::move(slots)));
  const BlockId dark = add_plain_material(document, 0.12f),
                bright = add_plain_material(document, 0.3f);
  add_object(document, collection, add_mesh(document, mesh, {dark, bright}),
             {0, 4.0f, ground_height}, {});
}

void add_lights(Document& document, BlockId collection) {
  struct Lamp {
    float3 location;
    float energy, radius;
  };
  // A key, what fills its shadows, and one from behind.
  for (const Lamp& lamp :
       {Lamp{{-3.0f, -3.5f, 4.0f}, 700.0f, 1.0f}, Lamp{{3.5f, -3.0f, 1.5f}, 150.0f, 1.0f},
        Lamp{{1.5f, 3.5f, 3.0f}, 350.0f, 0.6f}}) {
    auto& light = document.add<Light>("Preview");
    light.energy = lamp.energy;
    light.shadow_soft_size = lamp.radius;
    add_object(document, collection, light.id, lamp.location, {});
  }
}

}  // namespace

BlockId add_preview_scene(Document& document, BlockId material, BlockId world, int size) {
  const auto* shown = document.find<Material>(material);
  const MaterialPreviewShape shape =
      shown ? shown->preview_render_type : MaterialPreviewShape::Sphere;
  const bool wants_world = shown && shown->use_preview_world && world;
  const BlockId scene = add_scene(document, "Preview").id;
  const BlockId collection = document.find<Scene>(scene)->collection.id;
  for (const Part& part : parts_of(shape)) {
    add_object(document, collection, add_mesh(document, part.mesh, {material}), part.location,
               part.rotation);
  }
  if (!wants_world) {
    add_ground(document, collection);
    auto& plain = document.add<World>("Preview");
    plain.color = {0.22f, 0.22f, 0.23f};
    world = plain.id;
  }
  add_lights(document, collection);
  auto& camera = document.add<Camera>("Preview");
  camera.lens = 55.0f;
  const float3 eye{0.0f, -4.3f, 1.15f};
  const BlockId camera_object =
      add_object(document, collection, camera.id, eye, {std::atan2(-eye.y, eye.z + 0.05f), 0, 0});

  auto& settings = document.edit<Scene>(scene);
  settings.camera = {camera_object};
  settings.world = {world};
  settings.render.engine = "CYCLES";
  settings.render.resolution_x = settings.render.resolution_y = std::clamp(size, 8, 1024);
  settings.render.resolution_percentage = 100;
  settings.cycles.samples = 24;
  settings.cycles.use_adaptive_sampling = false;
  settings.cycles.use_denoising = true;
  settings.cycles.max_bounces = 6;
  settings.view_settings.view_transform = "Standard";
  return scene;
}

Result<PreviewPicture> render_material_preview(Document document, BlockId material, BlockId world,
                                               int size, evaluation::Evaluator& evaluator,
                                               const ColorService* colors, const ImageStore* images,
                                               Progress& progress) {
  if (!document.find<Material>(material)) {
    return Error::invalid("there is no such material");
  }
  const BlockId scene = add_preview_scene(document, material, world, size);
  document.settle();
  const std::string layer = document.find<Scene>(scene)->view_layers[0].name;
  std::vector<Report> reports;
  const Result<render::RenderResult> rendered = render_picture(
      {document, {}, scene, layer, 1.0f}, evaluator, colors, images, progress, reports);
  if (!rendered) {
    return rendered.error();
  }
  const render::PassImage* pass = rendered->find(render::PassKind::Combined);
  const Result<const image::ColorManagement*> management =
      colors ? colors->get() : Result<const image::ColorManagement*>(Error::invalid("no colors"));
  if (!pass || !management) {
    return pass ? management.error() : Error::invalid("nothing was rendered");
  }
  const Result<image::ColorTransform> transform =
      (*management)->display((*management)->scene_linear(), image::ViewSettings());
  if (!transform) {
    return transform.error();
  }
  const int width = rendered->width, height = rendered->height;
  const std::size_t channels = pass->channels.size();
  PreviewPicture picture{width, height, {}};
  picture.bytes.reserve(std::size_t(width) * std::size_t(height) * 4);
  std::vector<float> row(std::size_t(width) * 4);
  for (int y = height; y-- > 0;) {
    const float* p = pass->pixels.data() + std::size_t(y) * std::size_t(width) * channels;
    for (std::size_t x = 0; x < std::size_t(width); ++x, p += channels) {
      std::copy_n(p, 3, row.begin() + std::ptrdiff_t(x * 4));
      row[x * 4 + 3] = 1.0f;
    }
    transform->apply(row, 4);
    for (std::size_t i = 0; i < row.size(); ++i) {
      picture.bytes.push_back(i % 4 == 3
                                  ? std::uint8_t(255)
                                  : std::uint8_t(std::clamp(row[i], 0.0f, 1.0f) * 255.0f + 0.5f));
    }
  }
  return picture;
}

}  // namespace kiln::operators
