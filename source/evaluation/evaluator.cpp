#include "evaluation/evaluator.h"

#include <unordered_set>

#include "core/tasks.h"
#include "document/collection.h"
#include "document/image_pixels.h"
#include "document/scene.h"
#include "evaluation/instancing.h"
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

// A frame of three points: the matrix an object gets from the three vertices it is parented to. X points from the first vertex to the
// second, Z is the normal.
float4x4 triangle_matrix(const float3 v[3]) {
  const float3 normal = normalize(cross(v[1] - v[0], v[2] - v[0]));
  const float3 z = length(normal) == 0.0f ? float3{0, 0, 1} : normal;
  const float3 x = normalize(v[1] - v[0]);
  const float3 y = cross(z, x);
  float3x3 m;
  for (int r = 0; r < 3; ++r) {
    m[r] = {x[r], y[r], z[r]};
  }
  return to_float4x4(m, (v[0] + v[1] + v[2]) * (1.0f / 3.0f));
}

// What an object's parent puts in front of its own matrix.
float4x4 parent_matrix(const Object& object, const float4x4& parent_world,
                       const Mesh* parent_mesh) {
  float4x4 parent = parent_world;
  const auto point = [&](int i) -> float3 {
    const int vertex = object.parent_vertices[i];
    return parent_mesh && vertex >= 0 && std::size_t(vertex) < parent_mesh->vertex_count()
               ? parent_mesh->positions()[std::size_t(vertex)]
               : float3{};
  };
  if (object.parent_type == ObjectParentType::Vertex) {
    // Only the place follows the vertex; rotation and scale of the parent are left out.
    parent = translation_matrix(transform_point(parent_world, point(0)));
  } else if (object.parent_type == ObjectParentType::Vertex3) {
    const float3 corners[3] = {point(0), point(1), point(2)};
    parent = parent_world * triangle_matrix(corners);
  }
  return parent * object.matrix_parent_inverse;
}

// The steps of one evaluation: a transform and a geometry for each object, in an order in which
// everything comes before what needs it.
class Evaluation {
public:
  Evaluation(EvaluatedScene& scene, StepCache& cache, ImageLoader* images, Progress& progress)
      : scene_(scene), cache_(cache), images_(images), progress_(progress) {}

  bool run() {
    gather();
    sort();
    std::size_t done = 0;
    for (const std::vector<int>& level : levels_) {
      parallel_for(level.size(), 16, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end && !progress_.cancelled(); ++i) {
          step(level[i]);
        }
      });
      done += level.size();
      progress_.report(float(done) / float(2 * scene_.objects.size() + 1), "Evaluating");
    }
    if (progress_.cancelled()) {
      return false;
    }
    make_instances(scene_);
    return true;
  }

  const EvaluatedScene& scene() const { return scene_; }
  StepCache& cache() { return cache_; }
  ImageLoader* images() { return images_; }
  Progress& progress() { return progress_; }
  /// Whether a step may use the geometry of another object: not when that would be a cycle.
  bool is_before(BlockId other, int object) const {
    const auto found = scene_.index.find(other);
    return found != scene_.index.end() &&
           level_of_[std::size_t(2 * found->second + 1)] < level_of_[std::size_t(2 * object + 1)];
  }

private:
  void add_object(BlockId id) {
    const auto [found, is_new] = scene_.index.emplace(id, int(scene_.objects.size()));
    if (!is_new) {
      return;
    }
    EvaluatedObject object;
    object.id = id;
    object.object = std::static_pointer_cast<const Object>(scene_.document.share(id));
    scene_.objects.push_back(std::move(object));
  }

  // The objects of the layer and, again and again, what they need.
  void gather() {
    const Document& document = scene_.document;
    const Scene& scene = *document.find<Scene>(scene_.scene);
    const std::int64_t at = std::max<std::int64_t>(0, scene.view_layers.find(scene_.view_layer));
    for (const LayerObject& entry : layer_objects(document, scene, scene.view_layers[at])) {
      add_object(entry.object);
      scene_.objects.back().is_in_layer = true;
      scene_.objects.back().visibility = entry;
    }
    for (std::size_t i = 0; i < scene_.objects.size(); ++i) {
      const std::shared_ptr<const Object> object = scene_.objects[i].object;
      if (document.find(object->parent)) {
        add_object(object->parent.id);
      }
      for (const Modifier& modifier : object->modifiers) {
        for_each_target(modifier, [&](BlockId target) {
          if (document.find<Object>(target)) {
            add_object(target);
          }
        });
      }
      if (object->instance_type == ObjectInstanceType::Collection &&
          document.find(object->instance_collection)) {
        for (const BlockId member : all_objects(document, object->instance_collection.id)) {
          add_object(member);
        }
      }
    }
  }

  static void for_each_target(const Modifier& modifier, FunctionRef<void(BlockId)> visit) {
    const ConstRef ref{&modifier.dynamic_schema(), &modifier};
    for (const Schema* s = ref.schema; s; s = s->base) {
      for (const Property& p : s->properties) {
        if (p.storage == Storage::Block && p.address) {
          if (const auto* id = static_cast<const BlockId*>(p.address(ref.data, -1)); id && *id) {
            visit(*id);
          }
        }
      }
    }
  }

  // Levels of the dependency graph (Kahn 1962). Step 2i is the transform of object i, step 2i + 1
  // its geometry.
  void sort() {
    const int count = int(scene_.objects.size());
    std::vector<std::vector<int>> needed_by(std::size_t(2 * count));
    std::vector<int> waiting(std::size_t(2 * count), 0);
    const auto needs = [&](int step, int other) {
      needed_by[std::size_t(other)].push_back(step);
      ++waiting[std::size_t(step)];
    };
    for (int i = 0; i < count; ++i) {
      const Object& object = *scene_.objects[std::size_t(i)].object;
      if (const auto parent = scene_.index.find(object.parent.id); parent != scene_.index.end()) {
        needs(2 * i, 2 * parent->second);
        if (object.parent_type == ObjectParentType::Vertex ||
            object.parent_type == ObjectParentType::Vertex3) {
          needs(2 * i, 2 * parent->second + 1);
        }
      }
      bool needs_own = false;
      for (const Modifier& modifier : object.modifiers) {
        needs_own = true;
        for_each_target(modifier, [&](BlockId target) {
          if (const auto found = scene_.index.find(target); found != scene_.index.end()) {
            needs(2 * i + 1, 2 * found->second);
            if (found->second != i) {
              needs(2 * i + 1, 2 * found->second + 1);
            }
          }
        });
      }
      if (needs_own) {
        needs(2 * i + 1, 2 * i);
      }
    }
    level_of_.assign(std::size_t(2 * count), std::numeric_limits<int>::max());
    std::vector<int> ready;
    for (int s = 0; s < 2 * count; ++s) {
      if (waiting[std::size_t(s)] == 0) {
        ready.push_back(s);
      }
    }
    std::size_t placed = 0;
    while (placed < std::size_t(2 * count)) {
      if (ready.empty()) {
        // A cycle: name it, and let one of its steps go first without what it waits for.
        for (int s = 0; s < 2 * count; ++s) {
          if (waiting[std::size_t(s)] > 0 &&
              level_of_[std::size_t(s)] == std::numeric_limits<int>::max()) {
            scene_.problems.push_back("Object \"" +
                                      scene_.objects[std::size_t(s / 2)].object->name +
                                      "\" depends on itself; the cycle was cut here");
            waiting[std::size_t(s)] = 0;
            ready.push_back(s);
            break;
          }
        }
      }
      std::vector<int> next;
      for (const int s : ready) {
        level_of_[std::size_t(s)] = int(levels_.size());
        for (const int waiter : needed_by[std::size_t(s)]) {
          if (waiting[std::size_t(waiter)] > 0 && --waiting[std::size_t(waiter)] == 0) {
            next.push_back(waiter);
          }
        }
      }
      placed += ready.size();
      levels_.push_back(std::move(ready));
      ready = std::move(next);
    }
  }

  void step(int s) {
    EvaluatedObject& object = scene_.objects[std::size_t(s / 2)];
    if (s % 2 == 0) {
      transform(object, s);
    } else {
      geometry(object, s / 2);
    }
  }

  void transform(EvaluatedObject& object, int s) {
    float4x4 world = object.object->local_matrix();
    const auto parent = scene_.index.find(object.object->parent.id);
    if (parent != scene_.index.end() &&
        level_of_[std::size_t(2 * parent->second)] < level_of_[std::size_t(s)]) {
      const EvaluatedObject& p = scene_.objects[std::size_t(parent->second)];
      world = parent_matrix(*object.object, p.world_matrix, p.mesh.get()) * world;
    }
    object.world_matrix = world;
  }

  void geometry(EvaluatedObject& object, int index);

  EvaluatedScene& scene_;
  StepCache& cache_;
  ImageLoader* images_;
  Progress& progress_;
  std::vector<std::vector<int>> levels_;
  std::vector<int> level_of_;
};

// Answers a modifier and writes down what it asked.
class RecordingContext final : public ModifierContext {
public:
  RecordingContext(Evaluation& evaluation, int object) : evaluation_(evaluation), object_(object) {}

  const Object& object() const override { return *self().object; }
  bool is_render() const override {
    record({StepInput::Kind::Purpose, {}, {}});
    return evaluation_.scene().purpose == Purpose::Render;
  }
  float frame() const override {
    record({StepInput::Kind::Frame, {}, {}});
    return evaluation_.scene().frame;
  }
  float4x4 world_matrix() const override {
    record({StepInput::Kind::OwnMatrix, {}, {}});
    return self().world_matrix;
  }
  float4x4 world_matrix(BlockRef<Object> other) const override {
    record({StepInput::Kind::ObjectMatrix, other.id, {}});
    const EvaluatedObject* found = evaluation_.scene().find(other.id);
    return found ? found->world_matrix : float4x4();
  }
  std::shared_ptr<const Mesh> mesh_of(BlockRef<Object> other) const override {
    record({StepInput::Kind::ObjectMesh, other.id, {}});
    const EvaluatedObject* found = evaluation_.scene().find(other.id);
    return found && evaluation_.is_before(other.id, object_) ? found->mesh : nullptr;
  }
  const DataBlock* find(BlockId id) const override {
    record({StepInput::Kind::Block, id, {}});
    return evaluation_.scene().document.find(id);
  }
  std::shared_ptr<const ImagePixels> pixels_of(const Image& image) const override {
    if (!image.pixels.empty() || !evaluation_.images()) {
      return ModifierContext::pixels_of(image);
    }
    return evaluation_.images()->find(image, nullptr);
  }
  void warn(std::string message) override { warnings.push_back(std::move(message)); }
  Progress& progress() override { return evaluation_.progress(); }

  /// What would be answered now, as a fingerprint.
  Fingerprint answer(const StepInput& input) const {
    const EvaluatedScene& scene = evaluation_.scene();
    const EvaluatedObject* other = input.block ? scene.find(input.block) : nullptr;
    switch (input.kind) {
      case StepInput::Kind::OwnMatrix:
        return hash_of(self().world_matrix);
      case StepInput::Kind::ObjectMatrix:
        return hash_of(other ? other->world_matrix : float4x4());
      case StepInput::Kind::ObjectMesh:
        return other && evaluation_.is_before(input.block, object_) ? other->geometry
                                                                    : Fingerprint();
      case StepInput::Kind::Block:
        return hash_of_block(scene.document.find(input.block));
      case StepInput::Kind::Frame:
        return fingerprint(&scene.frame, sizeof(scene.frame));
      case StepInput::Kind::Purpose:
        return {std::uint64_t(scene.purpose) + 1, 0};
    }
    return {};
  }

  mutable std::vector<StepInput> inputs;
  std::vector<std::string> warnings;

private:
  const EvaluatedObject& self() const { return evaluation_.scene().objects[std::size_t(object_)]; }
  void record(StepInput input) const {
    for (const StepInput& known : inputs) {
      if (known.kind == input.kind && known.block == input.block) {
        return;
      }
    }
    input.answer = answer(input);
    inputs.push_back(input);
  }

  Evaluation& evaluation_;
  int object_;
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

void Evaluation::geometry(EvaluatedObject& object, int index) {
  const auto mesh =
      std::dynamic_pointer_cast<const Mesh>(scene_.document.share(object.object->data.id));
  if (!mesh) {
    return;
  }
  object.mesh = mesh;
  Hasher base;
  base.add(mesh->id.slot);
  base.add(mesh->id.serial);
  base.add(
      mesh->version(Change::Geometry | Change::Shading | Change::Hierarchy | Change::Settings));
  object.geometry = base.finish();
  for (const Modifier& modifier : object.object->modifiers) {
    const bool is_on =
        scene_.purpose == Purpose::Render ? modifier.show_render : modifier.show_viewport;
    if (!is_on || progress_.cancelled()) {
      continue;
    }
    Hasher hasher;
    hasher.add(object.geometry.low);
    hasher.add(object.geometry.high);
    const Fingerprint settings = settings_fingerprint({&modifier.dynamic_schema(), &modifier});
    hasher.add(settings.low);
    hasher.add(settings.high);
    const Fingerprint key = hasher.finish();
    RecordingContext context(*this, index);
    std::shared_ptr<const Trace> trace =
        cache_.find(key, [&](const StepInput& input) { return context.answer(input); });
    if (!trace || cache_.is_checked) {
      auto fresh = std::make_shared<Trace>();
      fresh->mesh = std::make_shared<const Mesh>(modifier.apply(*object.mesh, context));
      if (progress_.cancelled()) {
        return;
      }
      if (trace) {
        if (content_of(*trace->mesh) != content_of(*fresh->mesh)) {
          const std::scoped_lock lock(cache_.mutex);
          cache_.failures.push_back(object.object->name + ": " + modifier.name);
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
        cache_.add(key, fresh);
        trace = fresh;
      }
    }
    object.mesh = trace->mesh;
    object.geometry = trace->fingerprint;
    for (const std::string& warning : trace->warnings) {
      object.warnings.push_back(modifier.name + ": " + warning);
    }
  }
}

}  // namespace

Evaluator::Evaluator(std::size_t max_bytes) : cache_(std::make_unique<StepCache>(max_bytes)) {}
Evaluator::~Evaluator() = default;

std::shared_ptr<const EvaluatedScene> Evaluator::evaluate(const Document& document, BlockId scene,
                                                          std::string_view layer, float frame,
                                                          Purpose purpose, Progress& progress) {
  if (!document.find<Scene>(scene)) {
    return nullptr;
  }
  auto result = std::make_shared<EvaluatedScene>();
  result->document = document;
  result->scene = scene;
  result->view_layer = layer;
  result->frame = frame;
  result->purpose = purpose;
  Evaluation evaluation(*result, *cache_, images_, progress);
  return evaluation.run() ? result : nullptr;
}

float4x4 Evaluator::world_matrix(const Document& document, const Object& object) {
  // Upwards with an end, since a damaged file may hold a cycle.
  std::vector<const Object*> chain{&object};
  while (chain.size() <= document.block_count()) {
    const Object* parent = document.find(chain.back()->parent);
    if (!parent || std::find(chain.begin(), chain.end(), parent) != chain.end()) {
      break;
    }
    chain.push_back(parent);
  }
  float4x4 world;
  for (std::size_t i = chain.size(); i-- > 0;) {
    const Object& o = *chain[i];
    world =
        i + 1 < chain.size()
            ? parent_matrix(o, world, document.find<Mesh>(chain[i + 1]->data.id)) * o.local_matrix()
            : o.local_matrix();
  }
  return world;
}

Evaluator::Statistics Evaluator::statistics() const {
  const std::scoped_lock lock(cache_->mutex);
  return {cache_->run, cache_->reused, 0};
}

void Evaluator::set_checked(bool is_checked) {
  cache_->is_checked = is_checked;
}

std::vector<std::string> Evaluator::check_failures() const {
  const std::scoped_lock lock(cache_->mutex);
  return cache_->failures;
}

}  // namespace kiln::evaluation
