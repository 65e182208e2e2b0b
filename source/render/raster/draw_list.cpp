#include "render/raster/draw_list.h"

#include <algorithm>
#include <numbers>

#include "core/schema/ref.h"
#include "document/camera.h"
#include "document/image.h"
#include "document/light.h"
#include "document/material.h"
#include "document/node_tree.h"
#include "document/scene.h"
#include "document/world.h"
#include "render/raster/surface_color.h"

namespace kiln::render::raster {
namespace {

using evaluation::EvaluatedObject;
using evaluation::EvaluatedScene;
using evaluation::Instance;

constexpr float pi = std::numbers::pi_v<float>;

// Lines of one object, in its space.
class Sketch {
public:
  Sketch(DrawList& list, const float4x4& world, float4 color, std::uint32_t id)
      : list_(list), world_(world), color_(color), id_(id) {}

  void line(float3 a, float3 b) {
    list_.lines.push_back({transform_point(world_, a), transform_point(world_, b), color_, id_});
  }
  void loop(std::span<const float3> points) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      line(points[i], points[(i + 1) % points.size()]);
    }
  }
  void circle(float3 center, float3 u, float3 v, int steps = 32) {
    float3 last = center + u;
    for (int i = 1; i <= steps; ++i) {
      const float angle = 2.0f * pi * float(i) / float(steps);
      const float3 next = center + u * std::cos(angle) + v * std::sin(angle);
      line(last, next);
      last = next;
    }
  }
  void box(float3 low, float3 high) {
    for (int i = 0; i < 4; ++i) {
      const float a = i & 1 ? high.x : low.x, b = i & 2 ? high.y : low.y;
      line({a, b, low.z}, {a, b, high.z});
      const float c = i & 1 ? high.y : low.y, d = i & 2 ? high.z : low.z;
      line({low.x, c, d}, {high.x, c, d});
      const float e = i & 1 ? high.x : low.x, f = i & 2 ? high.z : low.z;
      line({e, low.y, f}, {e, high.y, f});
    }
  }

private:
  DrawList& list_;
  float4x4 world_;
  float4 color_;
  std::uint32_t id_;
};

// The same place and directions without scale.
float4x4 unscaled(const float4x4& m) {
  return compose(translation(m), rotation_part(m), {1, 1, 1});
}

void sketch_camera(DrawList& list, const Camera& camera, const Scene& scene,
                   const WorldMistSettings* mist, const float4x4& world, float4 color,
                   std::uint32_t id) {
  Sketch sketch(list, unscaled(world), color, id);
  const CameraSketch frame = camera_sketch(camera, scene);
  const float size = camera.display_size, depth = frame.depth;
  const float half = std::max(frame.half_x, frame.half_y);
  const float3 corners[4] = {{frame.half_x, frame.half_y, -depth},
                             {frame.half_x, -frame.half_y, -depth},
                             {-frame.half_x, -frame.half_y, -depth},
                             {-frame.half_x, frame.half_y, -depth}};
  sketch.loop(corners);
  for (const float3& corner : corners) {
    sketch.line(camera.kind == CameraType::Ortho ? float3{corner.x, corner.y, 0.0f} : float3{},
                corner);
  }
  const float top = frame.half_y;
  if (camera.show_limits) {
    sketch.line({0, 0, -camera.clip_start}, {0, 0, -camera.clip_end});
    for (const float at : {camera.clip_start, camera.clip_end}) {
      sketch.line({-0.1f * size, 0, -at}, {0.1f * size, 0, -at});
      sketch.line({0, -0.1f * size, -at}, {0, 0.1f * size, -at});
    }
  }
  if (mist && camera.show_mist) {
    Sketch haze(list, unscaled(world), {0.8f, 0.8f, 0.8f, 1.0f}, id);
    const float from = mist->start, to = mist->start + mist->depth;
    haze.line({0, 0, -from}, {0, 0, -to});
    for (const float at : {from, to}) {
      haze.circle({0, 0, -at}, {0.05f * size, 0, 0}, {0, 0.05f * size, 0}, 12);
    }
  }
  const float3 arrow[3] = {{-0.35f * half, top * 1.12f, -depth},
                           {0.35f * half, top * 1.12f, -depth},
                           {0.0f, top * 1.12f + 0.4f * half, -depth}};
  sketch.loop(arrow);
}

void sketch_light(DrawList& list, const Light& light, const float4x4& world, float4 color,
                  std::uint32_t id) {
  Sketch sketch(list, unscaled(world), color, id);
  const float3 x{1, 0, 0}, y{0, 1, 0}, z{0, 0, 1};
  const float r = 0.2f;
  sketch.circle({}, x * r, y * r, 24);
  switch (light.kind) {
    case LightType::Point:
      sketch.circle({}, x * r, z * r, 24);
      sketch.circle({}, y * r, z * r, 24);
      break;
    case LightType::Sun:
      for (int i = 0; i < 8; ++i) {
        const float a = 2.0f * pi * float(i) / 8.0f;
        const float3 d{std::cos(a), std::sin(a), 0.0f};
        sketch.line(d * (1.5f * r), d * (2.2f * r));
      }
      sketch.line({}, z * -light_reach(light.kind));
      break;
    case LightType::Spot: {
      const float depth = light_reach(light.kind),
                  radius = depth * std::tan(std::min(light.spot_size * 0.5f, 1.5f));
      sketch.circle(z * -depth, x * radius, y * radius);
      for (const float3 d : {x, y, -x, -y}) {
        sketch.line({}, z * -depth + d * radius);
      }
      for (int i = 0; light.show_cone && i < 24; ++i) {
        const float a = 2.0f * pi * float(i) / 24.0f, b = 2.0f * pi * float(i + 1) / 24.0f;
        const float4x4 place = unscaled(world);
        const auto rim = [&](float angle) {
          return transform_point(
              place, z * -depth + x * (radius * std::cos(angle)) + y * (radius * std::sin(angle)));
        };
        list.fills.push_back(
            {{translation(place), rim(a), rim(b)}, {color.x, color.y, color.z, 0.12f}});
      }
      break;
    }
    case LightType::Area: {
      const auto [a, b] = area_half_size(light);
      if (light.shape == LightShape::Disk || light.shape == LightShape::Ellipse) {
        sketch.circle({}, x * a, y * b);
      } else {
        const float3 corners[4] = {{-a, -b, 0}, {a, -b, 0}, {a, b, 0}, {-a, b, 0}};
        sketch.loop(corners);
      }
      sketch.line({}, z * -light_reach(light.kind));
      break;
    }
  }
}

void sketch_empty(DrawList& list, const Object& object, const float4x4& world, float4 color,
                  std::uint32_t id) {
  Sketch sketch(list, world, color, id);
  const float s = object.empty_display_size;
  const float3 x{s, 0, 0}, y{0, s, 0}, z{0, 0, s};
  switch (object.empty_display_type) {
    case ObjectEmptyDisplayType::Circle:
      sketch.circle({}, x, z);
      break;
    case ObjectEmptyDisplayType::Cube:
      sketch.box({-s, -s, -s}, {s, s, s});
      break;
    case ObjectEmptyDisplayType::Sphere:
      sketch.circle({}, x, y);
      sketch.circle({}, x, z);
      sketch.circle({}, y, z);
      break;
    case ObjectEmptyDisplayType::Cone:
      sketch.circle({}, x, z);
      for (const float3 d : {x, z, -x, -z}) {
        sketch.line(d, y * 2.0f);
      }
      break;
    case ObjectEmptyDisplayType::SingleArrow:
      sketch.line({}, z);
      for (const float3 d : {x, y, -x, -y}) {
        sketch.line(z, z * 0.75f + d * 0.08f);
      }
      break;
    case ObjectEmptyDisplayType::Arrows:
      for (const float3 axis : {x, y, z}) {
        sketch.line({}, axis);
      }
      break;
    case ObjectEmptyDisplayType::Image:
      break;  // a picture, no lines
    case ObjectEmptyDisplayType::PlainAxes:
      for (const float3 axis : {x, y, z}) {
        sketch.line(-axis, axis);
      }
      break;
  }
}

// The picture an empty shows; a square frame where there is none.
PlacedPicture picture_of(const Object& object, const Document& now, const float4x4& world,
                         const FindPicture& find_picture) {
  const Image* image = now.find<Image>(object.data.id);
  const std::shared_ptr<const ViewPicture> picture =
      image && find_picture ? find_picture(now, image->id, object.image_user) : nullptr;
  const float2 size =
      picture ? float2{float(picture->width), float(picture->height)} : float2{1.0f, 1.0f};
  PlacedPicture placed =
      place_picture(object, world, size, image ? image->display_aspect : float2{1.0f, 1.0f});
  placed.picture = picture;
  return placed;
}

void sketch_cursor(DrawList& list, const Cursor3D& cursor) {
  // Red and white in turns, as nothing else in the scene is.
  const float4x4 m = cursor.matrix();
  Sketch red(list, m, {0.95f, 0.25f, 0.25f, 1.0f}, 0),
      white(list, m, {0.95f, 0.95f, 0.95f, 1.0f}, 0);
  const float r = 0.22f;
  for (int i = 0; i < 16; ++i) {
    const float a = 2.0f * pi * float(i) / 16.0f, b = 2.0f * pi * float(i + 1) / 16.0f;
    (i % 2 == 0 ? red : white)
        .line({r * std::cos(a), r * std::sin(a), 0}, {r * std::cos(b), r * std::sin(b), 0});
  }
  Sketch dark(list, m, {0.1f, 0.1f, 0.1f, 0.9f}, 0);
  for (int i = 0; i < 3; ++i) {
    float3 d;
    d[i] = 1.0f;
    dark.line(d * (0.5f * r), d * (1.5f * r));
    dark.line(d * (-0.5f * r), d * (-1.5f * r));
  }
}

// The shape that stands for an object's bounds.
void sketch_bounds(Sketch& sketch, ObjectDisplayBoundsType type, float3 low, float3 high) {
  const float3 center = (low + high) * 0.5f, half = (high - low) * 0.5f;
  const float3 x{half.x, 0, 0}, y{0, half.y, 0}, z{0, 0, half.z};
  const float radius = std::max(half.x, half.y);
  switch (type) {
    case ObjectDisplayBoundsType::Box:
      sketch.box(low, high);
      break;
    case ObjectDisplayBoundsType::Sphere: {
      const float r = std::max(radius, half.z);
      sketch.circle(center, {r, 0, 0}, {0, r, 0});
      sketch.circle(center, {r, 0, 0}, {0, 0, r});
      sketch.circle(center, {0, r, 0}, {0, 0, r});
      break;
    }
    case ObjectDisplayBoundsType::Cylinder:
    case ObjectDisplayBoundsType::Cone: {
      const bool is_cone = type == ObjectDisplayBoundsType::Cone;
      sketch.circle(center - z, {radius, 0, 0}, {0, radius, 0});
      if (!is_cone) {
        sketch.circle(center + z, {radius, 0, 0}, {0, radius, 0});
      }
      for (const float3 d : {float3{radius, 0, 0}, float3{-radius, 0, 0}, float3{0, radius, 0},
                             float3{0, -radius, 0}}) {
        sketch.line(center - z + d, is_cone ? center + z : center + z + d);
      }
      break;
    }
    case ObjectDisplayBoundsType::Capsule: {
      const float3 up{0, 0, std::max(half.z - radius, 0.0f)};
      const float3 u{radius, 0, 0}, v{0, radius, 0}, w{0, 0, radius};
      for (const float3 end : {up, -up}) {
        sketch.circle(center + end, u, v);
        sketch.circle(center + end, u, w);
        sketch.circle(center + end, v, w);
      }
      for (const float3 d : {u, -u, v, -v}) {
        sketch.line(center + up + d, center - up + d);
      }
      break;
    }
  }
}

// The axes of an object and the box of its texture coordinates, where it shows them.
void sketch_space(DrawList& list, const Object& object, const Mesh* mesh, const float4x4& world,
                  float4 color, std::uint32_t id) {
  if (object.show_axis) {
    const float4 colors[3] = {
        {0.85f, 0.28f, 0.31f, 1.0f}, {0.47f, 0.67f, 0.20f, 1.0f}, {0.25f, 0.53f, 0.86f, 1.0f}};
    for (int i = 0; i < 3; ++i) {
      float3 end;
      end[i] = 1.0f;
      Sketch(list, world, colors[i], id).line({}, end);
    }
  }
  float3 low, high;
  if (object.show_texture_space && mesh && mesh->bounds(&low, &high)) {
    if (!mesh->use_auto_texspace) {
      low = mesh->texspace_location - mesh->texspace_size;
      high = mesh->texspace_location + mesh->texspace_size;
    }
    Sketch(list, world, color, id).box(low, high);
  }
}

// The picture of the node of a material that says so, or of its first one with a picture.
std::shared_ptr<const ViewPicture> texture_of(const Material& material, const Document& now,
                                              const FindPicture& find_picture) {
  const NodeTree* tree = material.use_nodes ? now.find(material.node_tree) : nullptr;
  if (!tree) {
    return nullptr;
  }
  const auto picture = [&](const Node& node) -> std::shared_ptr<const ViewPicture> {
    const Schema& schema = node.dynamic_schema();
    if (schema.identifier != "ShaderNodeTexImage") {
      return nullptr;
    }
    const ConstRef ref{&schema, &node, -1, tree, &now, nullptr};
    const BlockId image = read(ref, *schema.property("image")).as_block();
    const ConstRef user = nested(ref, *schema.property("image_user"));
    return image && user ? find_picture(now, image, user.as<ImageUser>()) : nullptr;
  };
  for (const bool is_chosen : {true, false}) {
    for (const Node& node : tree->nodes) {
      if (std::shared_ptr<const ViewPicture> found =
              node.show_texture == is_chosen ? picture(node) : nullptr) {
        return found;
      }
    }
  }
  return nullptr;
}

void add_textures(DrawList& list, const Object& object, const Document& now,
                  const FindPicture& find_picture) {
  for (int slot = 0; slot < slot_count(now, object); ++slot) {
    const BlockId id = shown_material(now, object, slot);
    const Material* material = now.find<Material>(id);
    if (material && !list.textures.contains(id)) {
      list.textures[id] = texture_of(*material, now, find_picture);
    }
  }
}

// Boxes of all items together.
void add_bounds(DrawList& list, const Mesh& mesh, const float4x4& world, bool is_selected) {
  float3 a, b;
  if (!mesh.bounds(&a, &b)) {
    return;
  }
  for (int i = 0; i < 8; ++i) {
    const float3 p =
        transform_point(world, {i & 1 ? b.x : a.x, i & 2 ? b.y : a.y, i & 4 ? b.z : a.z});
    list.bounds.add(p);
    if (is_selected) {
      list.selected_bounds.add(p);
    }
  }
}

}  // namespace

CameraSketch camera_sketch(const Camera& camera, const Scene& scene) {
  const float width = float(std::max(1, scene.render.resolution_x)),
              height = float(std::max(1, scene.render.resolution_y));
  const float aspect_x = width >= height ? 1.0f : width / height,
              aspect_y = width >= height ? height / width : 1.0f;
  float depth = camera.display_size, half = camera.ortho_scale * 0.5f;
  if (camera.kind != CameraType::Ortho) {
    half = 0.5f * camera.display_size;
    depth = half / std::max(1e-4f, 0.5f * camera.sensor_width / std::max(1e-4f, camera.lens));
  }
  return {half * aspect_x, half * aspect_y, depth};
}

float light_reach(LightType type) {
  return type == LightType::Area ? 1.0f : 2.0f;
}

float2 area_half_size(const Light& light) {
  const bool has_two = light.shape == LightShape::Rectangle || light.shape == LightShape::Ellipse;
  return float2{light.size, has_two ? light.size_y : light.size} * 0.5f;
}

DrawList make_draw_list(std::shared_ptr<const EvaluatedScene> evaluated, const Document& now,
                        const ViewLook& look, const std::vector<BlockId>* only,
                        const FindPicture& find_picture) {
  DrawList list;
  list.scene = evaluated;
  list.shading = look.shading;
  list.wire = look.wire;
  const View3DOverlay& overlay = look.overlay;
  if (!evaluated) {
    return list;
  }
  const Scene* scene = now.find<Scene>(evaluated->scene);
  if (!scene) {
    return list;
  }
  const std::int64_t layer_at =
      std::max<std::int64_t>(0, scene->view_layers.find(evaluated->view_layer));
  const ViewLayer& layer = scene->view_layers[layer_at];
  list.items.reserve(evaluated->instances.size());
  const bool has_textures = look.shading.type == ViewShadingType::Solid &&
                            look.shading.color_type == ViewColorType::Texture && find_picture;
  list.numbers.reserve(evaluated->objects.size());
  for (const Instance& instance : evaluated->instances) {
    const EvaluatedObject& object = evaluated->objects[std::size_t(instance.object)];
    if (!instance.is_visible || !now.find<Object>(object.id)) {
      continue;
    }
    if (look.hidden_kinds != 0 &&
        (look.hidden_kinds & object_kind_bit(object_type(now, *object.object))) != 0) {
      continue;
    }
    const BlockId owner = instance.instancer >= 0
                              ? evaluated->objects[std::size_t(instance.instancer)].id
                              : object.id;
    if (only && !std::binary_search(only->begin(), only->end(), owner)) {
      continue;
    }
    const auto [found, is_new] =
        list.numbers.try_emplace(owner, std::uint32_t(list.objects.size() + 1));
    if (is_new) {
      list.objects.push_back(owner);
    }
    const std::uint32_t id = found->second;
    const bool is_selected = layer.is_selected(owner), is_active = layer.active.id == owner;
    const float4 color = is_selected ? (is_active ? look.active : look.select) : look.wire;
    if (object.mesh && has_textures) {
      add_textures(list, *object.object, now, find_picture);
    }
    if (object.mesh) {
      if (instance.show_self && object.mesh->vertex_count() > 0) {
        const bool is_wire = object.object->display_type == ObjectDisplayType::Wire ||
                             object.mesh->face_count() == 0;
        list.items.push_back({.object = &object,
                              .world = instance.world_matrix,
                              .id = id,
                              .is_selected = is_selected,
                              .is_active = is_active,
                              .draws_wire_only = is_wire,
                              .is_in_front = object.object->show_in_front,
                              .is_transparent = has_own_alpha(*object.object, look.shading),
                              .shows_all_edges = object.object->show_all_edges});
        add_bounds(list, *object.mesh, instance.world_matrix, is_selected);
      }
      if (object.object->display_type == ObjectDisplayType::Bounds || object.object->show_bounds) {
        float3 low, high;
        if (object.mesh->bounds(&low, &high)) {
          Sketch sketch(list, instance.world_matrix, color, id);
          sketch_bounds(sketch, object.object->display_bounds_type, low, high);
        }
        if (object.object->display_type == ObjectDisplayType::Bounds && instance.show_self &&
            object.mesh->vertex_count() > 0) {
          list.items.pop_back();
        }
      }
      if (object.object->show_wire && instance.show_self && object.mesh->face_count() > 0) {
        list.items.push_back({.object = &object,
                              .world = instance.world_matrix,
                              .id = id,
                              .is_selected = is_selected,
                              .is_active = is_active,
                              .draws_wire_only = true,
                              .is_in_front = object.object->show_in_front,
                              .shows_all_edges = object.object->show_all_edges});
      }
    } else if (overlay.show_overlays && overlay.show_extras) {
      const DataBlock* data = now.find(object.object->data.id);
      if (object_type(now, *object.object) == "EMPTY") {
        if (shows_picture(*object.object)) {
          PlacedPicture& placed = list.pictures.emplace_back(
              picture_of(*object.object, now, instance.world_matrix, find_picture));
          placed.frame = color;
          placed.id = id;
        }
        sketch_empty(list, *object.object, instance.world_matrix, color, id);
      } else if (data->type() == BlockType::Camera) {
        const World* sky = now.find(scene->world);
        sketch_camera(list, *now.find<Camera>(data->id), *scene,
                      sky ? &sky->mist_settings : nullptr, instance.world_matrix, color, id);
      } else if (data->type() == BlockType::Light) {
        sketch_light(list, *now.find<Light>(data->id), instance.world_matrix, color, id);
      }
    }
    if (!overlay.show_overlays || instance.instancer >= 0) {
      continue;
    }
    sketch_space(list, *object.object, object.mesh.get(), instance.world_matrix, color, id);
    if (overlay.show_object_origins && (is_selected || overlay.show_object_origins_all)) {
      const float4 dot =
          is_selected ? (is_active ? look.active : look.select) : float4{0.8f, 0.8f, 0.8f, 1.0f};
      list.dots.push_back({translation(instance.world_matrix), 3.2f, dot});
    }
    if (overlay.show_relationship_lines) {
      if (const EvaluatedObject* parent = evaluated->find(object.object->parent.id)) {
        list.lines.push_back({translation(parent->world_matrix),
                              translation(instance.world_matrix),
                              {look.wire.x, look.wire.y, look.wire.z, 0.6f},
                              0});
      }
    }
  }
  if (overlay.show_overlays && overlay.show_cursor) {
    sketch_cursor(list, scene->cursor);
  }
  return list;
}

bool bounds_of(const EvaluatedScene& scene, const std::vector<BlockId>* only, float3* low,
               float3* high) {
  bool has_any = false;
  const auto add = [&](float3 p) {
    *low = has_any ? min(*low, p) : p;
    *high = has_any ? max(*high, p) : p;
    has_any = true;
  };
  for (const Instance& instance : scene.instances) {
    const EvaluatedObject& object = scene.objects[std::size_t(instance.object)];
    if (!instance.is_visible ||
        (only && std::find(only->begin(), only->end(), object.id) == only->end())) {
      continue;
    }
    float3 a, b;
    if (object.mesh && object.mesh->bounds(&a, &b)) {
      for (int i = 0; i < 8; ++i) {
        add(transform_point(instance.world_matrix,
                            {i & 1 ? b.x : a.x, i & 2 ? b.y : a.y, i & 4 ? b.z : a.z}));
      }
    } else {
      add(translation(instance.world_matrix));
    }
  }
  return has_any;
}

}  // namespace kiln::render::raster
