#include "evaluation/step_cache.h"

namespace kiln::evaluation {
namespace {

class ByteCounter final : public ArrayVisitor {
public:
  void array(std::string_view, const void*, std::size_t size, int) override { total += size; }
  std::size_t total = 0;
};

void hash_value(const Value& value, Hasher& hasher) {
  hasher.add(std::uint64_t(value.data.index()));
  std::visit(
      [&](const auto& v) {
        using T = std::remove_cvref_t<decltype(v)>;
        if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::int64_t> ||
                      std::is_same_v<T, double>) {
          hasher.add(v);
        } else if constexpr (std::is_same_v<T, std::string>) {
          hasher.add(std::string_view(v));
        } else if constexpr (std::is_same_v<T, Value::Numbers>) {
          hasher.add(std::uint64_t(v.size()));
          hasher.add_bytes(v.data(), v.size() * sizeof(double));
        } else if constexpr (std::is_same_v<T, Handle>) {
          hasher.add(v.block.slot);
          hasher.add(v.block.serial);
        } else if constexpr (std::is_same_v<T, Value::List>) {
          for (const Value& item : v) {
            hash_value(item, hasher);
          }
        }
      },
      value.data);
}

void hash_struct(const ConstRef& ref, Hasher& hasher) {
  for (const Schema* s = ref.schema; s; s = s->base) {
    for (const Property& p : s->properties) {
      if (!p.is_stored) {
        continue;
      }
      if (p.storage == Storage::Struct) {
        if (const ConstRef inner = nested(ref, p)) {
          hash_struct(inner, hasher);
        }
      } else if (p.collection && p.collection->is_stored_list()) {
        const std::int64_t count = p.collection->size(ref);
        hasher.add(std::uint64_t(count));
        for (std::int64_t i = 0; i < count; ++i) {
          hash_struct(p.collection->at(ref, i).ref, hasher);
        }
      } else {
        hash_value(read(ref, p), hasher);
      }
    }
  }
}

}  // namespace

std::size_t mesh_bytes(const Mesh& mesh) {
  ByteCounter counter;
  mesh.visit_arrays(counter);
  return counter.total + 1024;
}

Fingerprint settings_fingerprint(const ConstRef& ref) {
  Hasher hasher;
  hasher.add(std::string_view(ref.schema->identifier));
  hash_struct(ref, hasher);
  return hasher.finish();
}

std::shared_ptr<const Trace> StepCache::find(const Fingerprint& key,
                                             FunctionRef<Fingerprint(const StepInput&)> ask) {
  std::vector<std::shared_ptr<Trace>> candidates;
  {
    const std::scoped_lock lock(mutex);
    const auto found = traces_.find(key);
    if (found == traces_.end()) {
      return nullptr;
    }
    candidates = found->second;
  }
  // Answers may need other steps: they are asked for without the lock.
  for (const std::shared_ptr<Trace>& trace : candidates) {
    const bool is_same =
        std::all_of(trace->inputs.begin(), trace->inputs.end(),
                    [&](const StepInput& input) { return ask(input) == input.answer; });
    if (is_same) {
      const std::scoped_lock lock(mutex);
      trace->last_used = ++clock_;
      ++reused;
      return trace;
    }
  }
  return nullptr;
}

void StepCache::add(const Fingerprint& key, std::shared_ptr<Trace> trace) {
  const std::scoped_lock lock(mutex);
  ++run;
  trace->last_used = ++clock_;
  bytes_ += trace->bytes;
  traces_[key].push_back(std::move(trace));
  while (bytes_ > max_bytes_ && traces_.size() > 1) {
    drop_oldest();
  }
}

void StepCache::drop_oldest() {
  auto oldest = traces_.end();
  std::uint64_t age = std::numeric_limits<std::uint64_t>::max();
  for (auto it = traces_.begin(); it != traces_.end(); ++it) {
    for (const auto& trace : it->second) {
      if (trace->last_used < age) {
        age = trace->last_used;
        oldest = it;
      }
    }
  }
  std::erase_if(oldest->second, [&](const auto& trace) {
    const bool is_oldest = trace->last_used == age;
    bytes_ -= is_oldest ? trace->bytes : 0;
    return is_oldest;
  });
  if (oldest->second.empty()) {
    traces_.erase(oldest);
  }
}

std::size_t StepCache::bytes() const {
  const std::scoped_lock lock(mutex);
  return bytes_;
}

}  // namespace kiln::evaluation
