// Baking: what a renderer sees on surfaces, into the images of their materials.
#include <map>

#include "core/tasks.h"
#include "document/image_pixels.h"
#include "document/material.h"
#include "document/node_tree.h"
#include "evaluation/evaluator.h"
#include "operators/operator.h"
#include "operators/render_operators.h"
#include "operators/shader_textures.h"
#include "render/scene_builder/bake_points.h"
#include "render/scene_builder/scene_builder.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;
using evaluation::Evaluator;
using render::PassKind;

enum class BakeType : std::uint8_t { Combined, Position, Normal, Uv, Emit, Diffuse, Glossy, Transmission };
enum class BakeParts : std::uint8_t {
  None = 0,
  Emit = 1,
  Direct = 2,
  Indirect = 4,
  Color = 8,
  Diffuse = 16,
  Glossy = 32,
  Transmission = 64
};
struct BakeOperatorSettings {
  BakeType type = BakeType::Combined;
  BakeParts pass_filter = BakeParts::None;
  int margin = 16;
  BakeSpace normal_space = BakeSpace::Tangent;
  BakeAxis normal_r = BakeAxis::PosX, normal_g = BakeAxis::PosY, normal_b = BakeAxis::PosZ;
  bool use_clear = false;
  std::string uv_layer;

  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<BakeOperatorSettings> s("OBJECT_OT_bake", "Bake");
      s.add<&BakeOperatorSettings::type>("type", "Type")
          .items({{"COMBINED", "Combined", 0},
                  {"POSITION", "Position", 1},
                  {"NORMAL", "Normal", 2},
                  {"UV", "UV", 3},
                  {"EMIT", "Emit", 4},
                  {"DIFFUSE", "Diffuse", 5},
                  {"GLOSSY", "Glossy", 6},
                  {"TRANSMISSION", "Transmission", 7}})
          .not_animatable();
      s.add<&BakeOperatorSettings::pass_filter>("pass_filter", "Pass Filter")
          .items({{"NONE", "None", 0},
                  {"EMIT", "Emit", 1},
                  {"DIRECT", "Direct", 2},
                  {"INDIRECT", "Indirect", 4},
                  {"COLOR", "Color", 8},
                  {"DIFFUSE", "Diffuse", 16},
                  {"GLOSSY", "Glossy", 32},
                  {"TRANSMISSION", "Transmission", 64}})
          .enum_flag()
          .not_animatable();
      s.add<&BakeOperatorSettings::margin>("margin", "Margin").range(0, infinity).soft(0, 64).not_animatable();
      s.add<&BakeOperatorSettings::normal_space>("normal_space", "Normal Space")
          .items({{"OBJECT", "Object", 0}, {"TANGENT", "Tangent", 1}})
          .not_animatable();
      s.add<&BakeOperatorSettings::normal_r>("normal_r", "R").items(bake_axis_items()).not_animatable();
      s.add<&BakeOperatorSettings::normal_g>("normal_g", "G").items(bake_axis_items()).not_animatable();
      s.add<&BakeOperatorSettings::normal_b>("normal_b", "B").items(bake_axis_items()).not_animatable();
      s.add<&BakeOperatorSettings::use_clear>("use_clear", "Clear").not_animatable();
      s.add<&BakeOperatorSettings::uv_layer>("uv_layer", "UV Layer").max_bytes(64).not_animatable();
      return s.build();
    }();
    return schema;
  }
};

bool has(BakeParts parts, BakeParts part) { return (int(parts) & int(part)) != 0; }

/// The image of the active node of a material; none where the node has no image.
BlockId target_image(const Document& document, const Material& material) {
  const NodeTree* tree = document.find<NodeTree>(material.node_tree.id);
  const std::int64_t at = tree && material.use_nodes ? tree->nodes.index_of(tree->active_node) : -1;
  if (at < 0) {
    return {};
  }
  const Node& node = tree->nodes[at];
  const Schema& schema = node.dynamic_schema();
  const Property* image = schema.property("image");
  return image ? read(ConstRef{&schema, &node, -1, tree, &document, nullptr}, *image).as_block() : BlockId{};
}

std::vector<render::PassRequest> wanted_passes(const BakeOperatorSettings& s) {
  const auto light = [](PassKind direct, PassKind indirect, PassKind color) {
    return std::vector<render::PassRequest>{{direct, {}, true, 0}, {indirect, {}, true, 0}, {color, {}, true, 0}};
  };
  switch (s.type) {
    case BakeType::Position:
      return {{PassKind::Position, {}, true, 0}};
    case BakeType::Normal:
      return {{PassKind::Normal, {}, true, 0}};
    case BakeType::Uv:
      return {{PassKind::UV, {}, true, 0}};
    case BakeType::Emit:
      return {{PassKind::Emission, {}, true, 0}};
    case BakeType::Diffuse:
      return light(PassKind::DiffuseDirect, PassKind::DiffuseIndirect, PassKind::DiffuseColor);
    case BakeType::Glossy:
      return light(PassKind::GlossyDirect, PassKind::GlossyIndirect, PassKind::GlossyColor);
    case BakeType::Transmission:
      return light(PassKind::TransmissionDirect, PassKind::TransmissionIndirect, PassKind::TransmissionColor);
    case BakeType::Combined:
      break;
  }
  std::vector<render::PassRequest> all{{PassKind::Emission, {}, true, 0}};
  for (int kind = int(PassKind::DiffuseDirect); kind <= int(PassKind::TransmissionColor); ++kind) {
    all.push_back({PassKind(kind), {}, true, 0});
  }
  return all;
}

/// Baked colors of points, from the passes.
class Colors {
 public:
  Colors(const render::RenderResult& result, const BakeOperatorSettings& settings) : result_(result), settings_(settings) {
    parts_ = settings.pass_filter;
  }

  float3 at(std::size_t point) const {
    switch (settings_.type) {
      case BakeType::Position:
        return pass(PassKind::Position, point);
      case BakeType::Normal:
        return pass(PassKind::Normal, point);
      case BakeType::Uv:
        return pass(PassKind::UV, point);
      case BakeType::Emit:
        return pass(PassKind::Emission, point);
      case BakeType::Diffuse:
        return light(PassKind::DiffuseDirect, point);
      case BakeType::Glossy:
        return light(PassKind::GlossyDirect, point);
      case BakeType::Transmission:
        return light(PassKind::TransmissionDirect, point);
      case BakeType::Combined:
        break;
    }
    float3 sum;
    if (has(parts_, BakeParts::Emit)) {
      sum += pass(PassKind::Emission, point);
    }
    if (has(parts_, BakeParts::Diffuse)) {
      sum += light(PassKind::DiffuseDirect, point);
    }
    if (has(parts_, BakeParts::Glossy)) {
      sum += light(PassKind::GlossyDirect, point);
    }
    if (has(parts_, BakeParts::Transmission)) {
      sum += light(PassKind::TransmissionDirect, point);
    }
    return sum;
  }

 private:
  float3 pass(PassKind kind, std::size_t point) const {
    const render::PassImage* found = result_.find(kind);
    return found ? float3{found->pixels[3 * point], found->pixels[3 * point + 1], found->pixels[3 * point + 2]} : float3{};
  }
  // Light and color of one kind of scattering; the passes of light are divided by the color.
  float3 light(PassKind direct, std::size_t point) const {
    const bool has_color = has(parts_, BakeParts::Color);
    const bool has_light = has(parts_, BakeParts::Direct) || has(parts_, BakeParts::Indirect);
    const float3 color = pass(PassKind(int(direct) + 2), point);
    float3 sum;
    if (has(parts_, BakeParts::Direct)) {
      sum += pass(direct, point);
    }
    if (has(parts_, BakeParts::Indirect)) {
      sum += pass(PassKind(int(direct) + 1), point);
    }
    return !has_light ? color : has_color ? sum * color : sum;
  }

  const render::RenderResult& result_;
  const BakeOperatorSettings& settings_;
  BakeParts parts_;
};

// A normal in the wanted space and order of axes, as a color.
float3 normal_color(float3 world, const render::SurfacePoint& point, const render::TraceScene& scene, const BakeOperatorSettings& s) {
  const render::TraceInstance& instance = scene.instances[std::size_t(point.instance)];
  const render::TraceMesh& mesh = scene.meshes[std::size_t(instance.mesh)];
  const float3 n = normalize(transform_normal(instance.matrix, world));
  float3 in_space = n;
  if (s.normal_space == BakeSpace::Tangent) {
    // The frame of the triangle: x along the first texture coordinate.
    const int3 t = mesh.triangles[std::size_t(point.primitive)];
    const float3 a = mesh.positions[std::size_t(t.x)];
    const float3 e1 = mesh.positions[std::size_t(t.y)] - a, e2 = mesh.positions[std::size_t(t.z)] - a;
    const float3 up = e1 * point.along_y.x + e2 * point.along_y.y;
    float3 smooth = normalize(cross(e1, e2));
    const bool is_smooth = !mesh.vertex_normals.empty() && (mesh.is_smooth.empty() || mesh.is_smooth[std::size_t(point.primitive)]);
    if (is_smooth) {
      const float w = 1.0f - point.weights.x - point.weights.y;
      smooth = normalize(mesh.vertex_normals[std::size_t(t.x)] * w + mesh.vertex_normals[std::size_t(t.y)] * point.weights.x +
                         mesh.vertex_normals[std::size_t(t.z)] * point.weights.y);
    }
    const float3 tangent = normalize(cross(up, smooth));
    in_space = {dot(n, tangent), dot(n, cross(smooth, tangent)), dot(n, smooth)};
  }
  const auto along = [&](BakeAxis axis) { return in_space[int(axis) % 3] * (int(axis) < 3 ? 1.0f : -1.0f); };
  return float3{along(s.normal_r), along(s.normal_g), along(s.normal_b)} * 0.5f + float3{0.5f, 0.5f, 0.5f};
}

// Pixels beside baked ones take the mean of their baked neighbours, a ring at a time.
void extend(std::span<float> pixels, std::vector<std::uint8_t>& is_taken, int width, int height, int margin) {
  for (int ring = 0; ring < margin; ++ring) {
    const std::vector<std::uint8_t> before = is_taken;
    bool any = false;
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        const std::size_t at = std::size_t(y) * std::size_t(width) + std::size_t(x);
        if (before[at]) {
          continue;
        }
        float sum[4] = {};
        int count = 0;
        for (int j = std::max(y - 1, 0); j <= std::min(y + 1, height - 1); ++j) {
          for (int i = std::max(x - 1, 0); i <= std::min(x + 1, width - 1); ++i) {
            const std::size_t from = std::size_t(j) * std::size_t(width) + std::size_t(i);
            if (before[from]) {
              ++count;
              for (std::size_t c = 0; c < 4; ++c) {
                sum[c] += pixels[4 * from + c];
              }
            }
          }
        }
        if (count > 0) {
          is_taken[at] = 1;
          any = true;
          for (std::size_t c = 0; c < 4; ++c) {
            pixels[4 * at + c] = sum[c] / float(count);
          }
        }
      }
    }
    if (!any) {
      return;
    }
  }
}

float display_of(float light) {
  return light <= 0.0031308f ? light * 12.92f : 1.055f * std::pow(light, 1.0f / 2.4f) - 0.055f;
}

std::optional<std::string> cannot_bake(const Context& context) {
  const Object* object = context.active_object();
  if (!object || !context.document().find<Mesh>(object->data.id)) {
    return "the active object is no mesh";
  }
  return needs_object_mode(context);
}

// What is baked by the setting of the scene; nothing for what cannot be.
std::optional<BakeType> type_named(CyclesBakeType type) {
  switch (type) {
    case CyclesBakeType::Combined:
      return BakeType::Combined;
    case CyclesBakeType::Position:
      return BakeType::Position;
    case CyclesBakeType::Normal:
      return BakeType::Normal;
    case CyclesBakeType::Uv:
      return BakeType::Uv;
    case CyclesBakeType::Emit:
      return BakeType::Emit;
    case CyclesBakeType::Diffuse:
      return BakeType::Diffuse;
    case CyclesBakeType::Glossy:
      return BakeType::Glossy;
    case CyclesBakeType::Transmission:
      return BakeType::Transmission;
    default:
      return std::nullopt;
  }
}

// What the call does not say, the scene does.
Result<BakeOperatorSettings> completed(const BakeOperatorSettings& call, const BakeSettings& scene, CyclesBakeType scene_type,
                                       const Given& given) {
  BakeOperatorSettings s = call;
  const auto fill = [&](const char* name, auto& value, const auto& otherwise) {
    if (!given.contains(name)) {
      value = otherwise;
    }
  };
  if (!given.contains("type")) {
    const std::optional<BakeType> type = type_named(scene_type);
    if (!type) {
      return Error::unsupported("light of this kind cannot be baked; choose another scene.cycles.bake_type");
    }
    s.type = *type;
  }
  fill("margin", s.margin, scene.margin);
  fill("use_clear", s.use_clear, scene.use_clear);
  fill("normal_space", s.normal_space, scene.normal_space);
  fill("normal_r", s.normal_r, scene.normal_r);
  fill("normal_g", s.normal_g, scene.normal_g);
  fill("normal_b", s.normal_b, scene.normal_b);
  const std::pair<bool, BakeParts> parts[] = {
      {scene.use_pass_emit, BakeParts::Emit},         {scene.use_pass_direct, BakeParts::Direct},
      {scene.use_pass_indirect, BakeParts::Indirect}, {scene.use_pass_color, BakeParts::Color},
      {scene.use_pass_diffuse, BakeParts::Diffuse},   {scene.use_pass_glossy, BakeParts::Glossy},
      {scene.use_pass_transmission, BakeParts::Transmission}};
  int filter = 0;
  for (const auto& [is_on, part] : parts) {
    filter |= is_on ? int(part) : 0;
  }
  fill("pass_filter", s.pass_filter, BakeParts(filter));
  return s;
}

Result<Outcome> bake(Context& context, const BakeOperatorSettings& call, const Given& given) {
  const Scene& stage = context.get_scene();
  const Result<BakeOperatorSettings> filled = completed(call, stage.render.bake, stage.cycles.bake_type, given);
  if (!filled) {
    return filled.error();
  }
  const BakeOperatorSettings& settings = *filled;
  Project& project = context.project;
  auto* evaluator = project.services.find<Evaluator>();
  auto* store = project.services.find<ImageStore>();
  if (!evaluator || !store) {
    return Error::unsupported("this program cannot bake");
  }
  if (context.get_scene().render.engine != "CYCLES") {
    return Error::invalid("Current render engine does not support baking; set it to CYCLES");
  }
  if (settings.type == BakeType::Diffuse || settings.type == BakeType::Glossy || settings.type == BakeType::Transmission) {
    if (!has(settings.pass_filter, BakeParts::Direct) && !has(settings.pass_filter, BakeParts::Indirect) &&
        !has(settings.pass_filter, BakeParts::Color)) {
      return Error::invalid("Bake pass requires Direct, Indirect, or Color contributions to be enabled");
    }
  }
  project.document.settle();
  const Document snapshot = project.document;
  const auto evaluated = evaluator->evaluate(snapshot, context.scene, context.layer().name, context.get_scene().frame(),
                                             evaluation::Purpose::Render, context.progress);
  if (!evaluated) {
    return Error::cancelled();
  }
  ShaderTextures textures(snapshot, store, project.services.find<const ColorService>(), context.reports);
  render::SceneSources sources;
  const float frame = context.get_scene().frame();
  sources.find_texture = [&](BlockId image, const ImageUser& user) { return textures.find(image, user.file_number(frame)); };
  sources.needs_camera = false;
  const Result<render::TraceScene> scene = render::build_trace_scene(*evaluated, sources);
  if (!scene) {
    return scene.error();
  }

  // Which pixels of which images show which points.
  struct Target {
    render::BakePoints points;
    std::vector<std::uint8_t> is_taken;
  };
  std::map<BlockId, Target> targets;
  for (const BlockId id : context.selected) {
    const Object& object = *snapshot.find<Object>(id);
    if (!snapshot.find<Mesh>(object.data.id)) {
      continue;
    }
    std::vector<BlockId> images;
    for (int slot = 0; slot < slot_count(snapshot, object); ++slot) {
      const Material* material = snapshot.find(slot_material(snapshot, object, slot));
      const BlockId image = material ? target_image(snapshot, *material) : BlockId{};
      if (material && !snapshot.find<Image>(image)) {
        return Error::invalid("No active image found in material \"{}\" ({}) for object \"{}\"", material->name, slot, object.name);
      }
      images.push_back(image);
    }
    if (images.empty()) {
      return Error::invalid("No active image found, add a material or bake to an external file: object \"{}\"", object.name);
    }
    int instance = -1;
    for (int i = 0; i < int(scene->instances.size()) && instance < 0; ++i) {
      instance = scene->instances[std::size_t(i)].name == object.name ? i : -1;
    }
    if (instance < 0) {
      return Error::invalid("Object \"{}\" is not enabled for rendering", object.name);
    }
    for (const BlockId image : images) {
      if (!image) {
        continue;
      }
      auto [found, is_new] = targets.try_emplace(image);
      Target& target = found->second;
      if (is_new) {
        const ImagePixels about = describe_pixels(*snapshot.find<Image>(image), &project.services);
        if (about.width < 1) {
          return Error::invalid("Uninitialized image \"{}\" from object \"{}\"", snapshot.find<Image>(image)->name, object.name);
        }
        target.points.width = about.width;
        target.points.height = about.height;
        target.is_taken.resize(std::size_t(about.width) * std::size_t(about.height));
      }
      const auto takes = [&](int slot) { return images[std::size_t(std::clamp(slot, 0, int(images.size()) - 1))] == image; };
      if (!render::add_bake_points(*scene, instance, settings.uv_layer, takes, target.points, target.is_taken)) {
        return Error::invalid("No UV layer found in the object \"{}\"", object.name);
      }
    }
  }
  if (targets.empty()) {
    return Error::invalid("No valid selected objects");
  }

  for (auto& [id, target] : targets) {
    render::RenderSettings picture = render::make_render_settings(*evaluated);
    picture.passes = wanted_passes(settings);
    const ThreadLimit threads(context.get_scene().render.threads_mode == RenderSettingsThreadsMode::Fixed ? context.get_scene().render.threads : 0);
    const Result<render::RenderResult> result = render::bake(*scene, picture, target.points.points, context.progress);
    if (!result) {
      return result.error();
    }
    auto& image = project.document.edit<Image>(id, Change::Shading);
    if (!own_pixels(image, &project.services)) {
      return Error::invalid("Uninitialized image \"{}\"", image.name);
    }
    const std::span<float> pixels = image.pixels.edit();
    if (settings.use_clear) {
      std::fill(pixels.begin(), pixels.end(), 0.0f);
    }
    const Colors colors(*result, settings);
    const bool is_color = settings.type != BakeType::Normal && settings.type != BakeType::Position && settings.type != BakeType::Uv;
    const bool is_display = is_color && !image.is_float && !is_data_space(image.color_space);
    for (std::size_t i = 0; i < target.points.points.size(); ++i) {
      float3 color = colors.at(i);
      if (settings.type == BakeType::Normal) {
        color = normal_color(color, target.points.points[i], *scene, settings);
      }
      float* out = pixels.data() + 4 * std::size_t(target.points.pixels[i]);
      for (int c = 0; c < 3; ++c) {
        out[c] = is_display ? display_of(color[c]) : color[c];
      }
      out[3] = 1.0f;
    }
    extend(pixels, target.is_taken, target.points.width, target.points.height, settings.margin);
    round_pixels(image, 0, std::int64_t(image.pixels.size()));
    image.is_dirty = true;
  }
  return Outcome::Finished;
}

}  // namespace

void register_bake(OperatorRegistry& registry) { add_operator(registry, "object.bake", "Bake", bake, cannot_bake); }

}  // namespace kiln::operators
