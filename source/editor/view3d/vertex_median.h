#pragma once

#include "core/script_panels.h"
#include "editor/session/session.h"

namespace kiln::editor {

/// Where the middle of the selected vertices is, and marks of the selected edges, as a struct that
/// panels can show; writing moves all of them.
class VertexMedian : public ScriptOwner {
public:
  explicit VertexMedian(Session& session) : session_(session), merge_key_(unique_number()) {}

  struct Values {
    float3 median;                             ///< object space
    float crease = 0.0f, bevel_weight = 0.0f;  ///< means over the selected edges
    static const Schema& schema();
  };
  ConstRef find() const override;
  Result<void> set(const Property& property, const Value& value) override;
  int vertex_count() const { return vertices_; }
  int edge_count() const { return edges_; }

private:
  Session& session_;
  std::uint64_t merge_key_;
  mutable Values values_;
  mutable int vertices_ = 0, edges_ = 0;
};

}  // namespace kiln::editor
