#include "evaluation/modifier_stack.h"

#include "document/image_pixels.h"
#include "document/scene.h"
#include "evaluation/plan.h"
#include "evaluation/step_cache.h"

namespace kiln::evaluation {
namespace {

Fingerprint hash_of(const float4x4& m) {
  return fingerprint(&m, sizeof(m));
}

Fingerprint hash_of_block(const DataBlock* block) {
  Hasher hasher;
  hasher.add(block ? block->version(Change::All) : std::uint64_t(0));
  return hasher.finish();
}

Fingerprint hash_of_number(float number) {
  return fingerprint(&number, sizeof(number));
}

// Animation time of the frame: scenes can be played slower or faster than they were made.
float mapped_frame(const EvaluatedScene& scene) {
  const Scene* settings = scene.document.find<Scene>(scene.scene);
  return settings && settings->render.frame_map_old != settings->render.frame_map_new
             ? scene.frame * float(settings->render.frame_map_old) /
                   float(std::max(1, settings->render.frame_map_new))
             : scene.frame;
}

int subdivision_limit_of(const EvaluatedScene& scene) {
  const Scene* settings = scene.document.find<Scene>(scene.scene);
  if (!settings || !settings->render.use_simplify) {
    return 64;
  }
  return scene.purpose == Purpose::Render ? settings->render.simplify_subdivision_render
                                          : settings->render.simplify_subdivision;
}

// Answers a modifier and writes down what it asked.
class RecordingContext final : public ModifierContext {
public:
  RecordingContext(const EvaluatedScene& scene, int object, ImageLoader* images, Progress& progress)
      : scene_(scene), object_(object), images_(images), progress_(progress) {}

  const Object& object() const override { return *self().object; }
  bool is_render() const override {
    record({StepInput::Kind::Purpose, {}, {}});
    return scene_.purpose == Purpose::Render;
  }
  float frame() const override {
    record({StepInput::Kind::Frame, {}, {}});
    return mapped_frame(scene_);
  }
  int subdivision_limit() const override {
    record({StepInput::Kind::Subdivision, {}, {}});
    return subdivision_limit_of(scene_);
  }
  float4x4 world_matrix() const override {
    record({StepInput::Kind::OwnMatrix, {}, {}});
    return self().world_matrix;
  }
  float4x4 world_matrix(BlockRef<Object> other) const override {
    record({StepInput::Kind::ObjectMatrix, other.id, {}});
    const EvaluatedObject* found = scene_.find(other.id);
    return found ? found->world_matrix : float4x4();
  }
  std::shared_ptr<const Mesh> mesh_of(BlockRef<Object> other) const override {
    record({StepInput::Kind::ObjectMesh, other.id, {}});
    const EvaluatedObject* found = scene_.find(other.id);
    return found && is_before(other.id) ? found->mesh : nullptr;
  }
  const DataBlock* find(BlockId id) const override {
    record({StepInput::Kind::Block, id, {}});
    return scene_.document.find(id);
  }
  std::shared_ptr<const ImagePixels> pixels_of(const Image& image) const override {
    if (!image.pixels.empty() || !images_) {
      return ModifierContext::pixels_of(image);
    }
    return images_->find(image, nullptr);
  }
  void warn(std::string message) override { warnings.push_back(std::move(message)); }
  Progress& progress() override { return progress_; }

  /// What would be answered now, as a fingerprint.
  Fingerprint answer(const StepInput& input) const {
    const EvaluatedObject* other = input.block ? scene_.find(input.block) : nullptr;
    switch (input.kind) {
      case StepInput::Kind::OwnMatrix:
        return hash_of(self().world_matrix);
      case StepInput::Kind::ObjectMatrix:
        return hash_of(other ? other->world_matrix : float4x4());
      case StepInput::Kind::ObjectMesh:
        return other && is_before(input.block) ? other->geometry : Fingerprint();
      case StepInput::Kind::Block:
        return hash_of_block(scene_.document.find(input.block));
      case StepInput::Kind::Frame:
        return hash_of_number(mapped_frame(scene_));
      case StepInput::Kind::Subdivision:
        return hash_of_number(float(subdivision_limit_of(scene_)));
      case StepInput::Kind::Purpose:
        return {std::uint64_t(scene_.purpose) + 1, 0};
    }
    return {};
  }

  mutable std::vector<StepInput> inputs;
  std::vector<std::string> warnings;

private:
  const EvaluatedObject& self() const { return scene_.objects[std::size_t(object_)]; }
  /// Whether the geometry of another object may be used: not when that would be a cycle.
  bool is_before(BlockId other) const {
    const Plan& plan = *scene_.plan;
    const auto found = plan.index.find(other);
    return found != plan.index.end() && plan.level_of[std::size_t(geometry_step(found->second))] <
                                            plan.level_of[std::size_t(geometry_step(object_))];
  }
  void record(StepInput input) const {
    for (const StepInput& known : inputs) {
      if (known.kind == input.kind && known.block == input.block) {
        return;
      }
    }
    input.answer = answer(input);
    inputs.push_back(input);
  }

  const EvaluatedScene& scene_;
  int object_;
  ImageLoader* images_;
  Progress& progress_;
};

class Comparer final : public ArrayVisitor {
public:
  void array(std::string_view name, const void* data, std::size_t size, int) override {
    hasher.add(name);
    hasher.add_bytes(data, size);
  }
  Hasher hasher;
};

Fingerprint content_of(const Mesh& mesh) {
  Comparer comparer;
  mesh.visit_arrays(comparer);
  return comparer.hasher.finish();
}

}  // namespace

void run_modifiers(EvaluatedObject& object, int index, const EvaluatedScene& scene,
                   StepCache& cache, ImageLoader* images, Progress& progress) {
  const auto mesh =
      std::dynamic_pointer_cast<const Mesh>(scene.document.share(object.object->data.id));
  object.mesh = mesh;
  object.geometry = {};
  object.warnings.clear();
  object.asks_frame = object.asks_blocks = false;
  if (!mesh) {
    return;
  }
  Hasher base;
  base.add(mesh->id.slot);
  base.add(mesh->id.serial);
  base.add(
      mesh->version(Change::Geometry | Change::Shading | Change::Hierarchy | Change::Settings));
  object.geometry = base.finish();
  for (const Modifier& modifier : object.object->modifiers) {
    const bool is_on =
        scene.purpose == Purpose::Render ? modifier.show_render : modifier.show_viewport;
    const bool is_hidden = !modifier.show_in_editmode && scene.purpose == Purpose::Viewport &&
                           object.object->mode == ObjectMode::Edit;
    if (!is_on || is_hidden || progress.cancelled()) {
      continue;
    }
    Hasher hasher;
    hasher.add(object.geometry.low);
    hasher.add(object.geometry.high);
    const Fingerprint settings = settings_fingerprint({&modifier.dynamic_schema(), &modifier});
    hasher.add(settings.low);
    hasher.add(settings.high);
    const Fingerprint key = hasher.finish();
    RecordingContext context(scene, index, images, progress);
    std::shared_ptr<const Trace> trace =
        cache.find(key, [&](const StepInput& input) { return context.answer(input); });
    if (!trace || cache.is_checked) {
      auto fresh = std::make_shared<Trace>();
      fresh->mesh = std::make_shared<const Mesh>(modifier.apply(*object.mesh, context));
      if (progress.cancelled()) {
        return;
      }
      if (trace) {
        if (content_of(*trace->mesh) != content_of(*fresh->mesh)) {
          const std::scoped_lock lock(cache.mutex);
          cache.failures.push_back(object.object->name + ": " + modifier.name);
        }
      } else {
        fresh->inputs = context.inputs;
        fresh->warnings = context.warnings;
        fresh->bytes = mesh_bytes(*fresh->mesh);
        Hasher result;
        result.add(key.low);
        result.add(key.high);
        for (const StepInput& input : fresh->inputs) {
          result.add(std::uint8_t(input.kind));
          result.add(input.answer.low);
          result.add(input.answer.high);
        }
        fresh->fingerprint = result.finish();
        cache.add(key, fresh);
        trace = fresh;
      }
    }
    object.mesh = trace->mesh;
    object.geometry = trace->fingerprint;
    for (const StepInput& input : trace->inputs) {
      object.asks_frame = object.asks_frame || input.kind == StepInput::Kind::Frame ||
                          input.kind == StepInput::Kind::Subdivision;
      object.asks_blocks = object.asks_blocks || input.kind == StepInput::Kind::Block;
    }
    for (const std::string& warning : trace->warnings) {
      object.warnings.push_back(modifier.name + ": " + warning);
    }
  }
}

}  // namespace kiln::evaluation
