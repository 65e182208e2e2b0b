#include "evaluation/evaluator.h"

#include <map>
#include <set>

#include "core/log.h"
#include "core/stopwatch.h"
#include "core/tasks.h"
#include "document/scene.h"
#include "evaluation/instancing.h"
#include "evaluation/modifier_stack.h"
#include "evaluation/plan.h"
#include "evaluation/step_cache.h"

namespace kiln::evaluation {
namespace {

// A frame of three points: the matrix an object gets from the three vertices it is parented to. X
// points from the first vertex to the second, Z is the normal.
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

// Runs steps of a scene: all of them, or those of a renewal and what turns out to depend on them.
class Evaluation {
public:
  Evaluation(EvaluatedScene& scene, StepCache& cache, ImageLoader* images, Progress& progress)
      : scene_(scene), plan_(*scene.plan), cache_(cache), images_(images), progress_(progress) {}

  /// False when cancelled.
  bool run_all() {
    std::size_t done = 0;
    for (const std::vector<int>& level : plan_.levels) {
      run_level(level);
      done += level.size();
      progress_.report(float(done) / float(2 * scene_.objects.size() + 1), "Evaluating");
    }
    if (progress_.cancelled()) {
      return false;
    }
    make_instances(scene_);
    return true;
  }

  bool run(const Renewal& renewal) {
    for (const int object : renewal.objects) {
      EvaluatedObject& edited = scene_.objects.edit(std::size_t(object));
      edited.object = std::static_pointer_cast<const Object>(scene_.document.share(edited.id));
    }
    for (const int step : renewal.steps) {
      mark(step);
    }
    std::vector<int> changed = renewal.objects;
    while (!marked_.empty() && !progress_.cancelled()) {
      const int at = marked_.begin()->first;
      const std::vector<int> level(marked_.begin()->second.begin(), marked_.begin()->second.end());
      marked_.erase(marked_.begin());
      std::vector<EvaluatedObject> before;
      before.reserve(level.size());
      for (const int step : level) {
        before.push_back(scene_.objects.edit(std::size_t(step / 2)));
      }
      run_level(level);
      for (std::size_t i = 0; i < level.size(); ++i) {
        const EvaluatedObject& now = scene_.objects[std::size_t(level[i] / 2)];
        if (now.world_matrix == before[i].world_matrix && now.geometry == before[i].geometry &&
            now.mesh == before[i].mesh) {
          continue;
        }
        changed.push_back(level[i] / 2);
        for (const int waiter : plan_.needed_by[std::size_t(level[i])]) {
          if (plan_.level_of[std::size_t(waiter)] > at) {  // elsewise a cycle that was cut
            mark(waiter);
          }
        }
      }
    }
    if (progress_.cancelled()) {
      return false;
    }
    if (!renew_instances(scene_, changed)) {
      make_instances(scene_);
    }
    return true;
  }

private:
  void mark(int step) { marked_[plan_.level_of[std::size_t(step)]].insert(step); }

  // The pages of the objects belong to the scene already.
  void run_level(const std::vector<int>& level) {
    parallel_for(level.size(), 16, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end && !progress_.cancelled(); ++i) {
        const int step = level[i], index = step / 2;
        EvaluatedObject& object = scene_.objects.edit_owned(std::size_t(index));
        if (step == transform_step(index)) {
          transform(object, step);
        } else {
          run_modifiers(object, index, scene_, cache_, images_, progress_);
        }
      }
    });
  }

  void transform(EvaluatedObject& object, int step) {
    float4x4 world = object.object->local_matrix();
    const auto parent = plan_.index.find(object.object->parent.id);
    if (parent != plan_.index.end() && plan_.level_of[std::size_t(transform_step(parent->second))] <
                                           plan_.level_of[std::size_t(step)]) {
      const EvaluatedObject& p = scene_.objects[std::size_t(parent->second)];
      const bool has_shape =
          plan_.level_of[std::size_t(geometry_step(parent->second))] < plan_.level_of[std::size_t(step)];
      world = parent_matrix(*object.object, p.world_matrix, has_shape ? p.mesh.get() : nullptr) * world;
    }
    object.world_matrix = world;
  }

  EvaluatedScene& scene_;
  const Plan& plan_;
  StepCache& cache_;
  ImageLoader* images_;
  Progress& progress_;
  std::map<int, std::set<int>> marked_;  // steps to run, by level
};

}  // namespace

Evaluator::Evaluator(std::size_t max_bytes) : cache_(std::make_unique<StepCache>(max_bytes)) {}
Evaluator::~Evaluator() = default;

std::shared_ptr<const EvaluatedScene> Evaluator::recent(BlockId scene, std::string_view layer,
                                                        Purpose purpose) const {
  const std::scoped_lock lock(recent_mutex_);
  for (const std::weak_ptr<const EvaluatedScene>& entry : recent_) {
    const std::shared_ptr<const EvaluatedScene> found = entry.lock();
    if (found && found->scene == scene && found->view_layer == layer && found->purpose == purpose) {
      return found;
    }
  }
  return nullptr;
}

void Evaluator::remember(const std::shared_ptr<const EvaluatedScene>& scene) {
  constexpr std::size_t count = 4;
  const std::scoped_lock lock(recent_mutex_);
  std::erase_if(recent_, [](const auto& entry) { return entry.expired(); });
  recent_.insert(recent_.begin(), scene);
  recent_.resize(std::min(recent_.size(), count));
  last_ = scene;
}

std::shared_ptr<const EvaluatedScene> Evaluator::evaluate(const Document& document, BlockId scene,
                                                          std::string_view layer, float frame,
                                                          Purpose purpose, Progress& progress) {
  if (!document.find<Scene>(scene)) {
    return nullptr;
  }
  const Stopwatch watch;
  if (const std::shared_ptr<const EvaluatedScene> before = recent(scene, layer, purpose)) {
    if (const std::optional<Renewal> renewal = find_renewal(*before, document, frame)) {
      auto result = std::make_shared<EvaluatedScene>(*before);
      result->document = document;
      result->frame = frame;
      if (!Evaluation(*result, *cache_, images_, progress).run(*renewal)) {
        return nullptr;
      }
      remember(result);
      trace("evaluation", "frame {}: {} steps renewed in {:.6f} s", frame, renewal->steps.size(),
            watch.seconds());
      return result;
    }
  }
  auto result = std::make_shared<EvaluatedScene>();
  result->document = document;
  result->scene = scene;
  result->view_layer = layer;
  result->frame = frame;
  result->purpose = purpose;
  result->plan = make_plan(*result);
  if (!Evaluation(*result, *cache_, images_, progress).run_all()) {
    return nullptr;
  }
  remember(result);
  trace("evaluation", "frame {}: {} objects, {} instances in {:.6f} s", frame,
        result->objects.size(), result->instances.size(), watch.seconds());
  return result;
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
