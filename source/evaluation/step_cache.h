#pragma once

#include <mutex>
#include <unordered_map>

#include "evaluation/evaluated_scene.h"

namespace kiln::evaluation {

/// One thing a step asked for besides its settings and the mesh it got, and what the answer was.
struct StepInput {
  enum class Kind : std::uint8_t { OwnMatrix, ObjectMatrix, ObjectMesh, Block, Frame, Purpose, Subdivision };
  Kind kind = Kind::Frame;
  BlockId block;
  Fingerprint answer;
};

/// A step that was run: its inputs and its result.
struct Trace {
  std::vector<StepInput> inputs;
  std::shared_ptr<const Mesh> mesh;
  Fingerprint fingerprint;
  std::vector<std::string> warnings;
  std::size_t bytes = 0;
  std::uint64_t last_used = 0;
};

/// Steps that were run, by a key made of what every run has (the mesh that comes in, the settings)
/// and then by what they asked for while running. Thread-safe.
class StepCache {
public:
  explicit StepCache(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  /// The trace whose every input still has the same answer. `ask` gives the present answer to an
  /// input.
  std::shared_ptr<const Trace> find(const Fingerprint& key,
                                    FunctionRef<Fingerprint(const StepInput&)> ask);
  void add(const Fingerprint& key, std::shared_ptr<Trace> trace);

  std::size_t run = 0, reused = 0;  ///< counted under the lock by `find` and `add`
  std::size_t bytes() const;
  bool is_checked = false;
  std::vector<std::string> failures;
  mutable std::mutex mutex;  // guards everything in here

private:
  void drop_oldest();
  std::unordered_map<Fingerprint, std::vector<std::shared_ptr<Trace>>> traces_;
  std::size_t max_bytes_, bytes_ = 0;
  std::uint64_t clock_ = 0;
};

std::size_t mesh_bytes(const Mesh& mesh);
/// Hash of all stored properties of a struct.
Fingerprint settings_fingerprint(const ConstRef& ref);

}  // namespace kiln::evaluation
