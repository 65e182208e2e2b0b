#pragma once

#include <map>

#include "document/document.h"
#include "document/mesh.h"
#include "document/object.h"

namespace kiln::modeling {

/// Volume of a closed mesh by the divergence theorem; faces are cut into fans.
inline double signed_volume(const Mesh& mesh) {
  double volume = 0;
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    const std::span<const int> v = mesh.face_vertices(f);
    for (std::size_t i = 1; i + 1 < v.size(); ++i) {
      volume +=
          dot(mesh.positions()[std::size_t(v[0])],
              cross(mesh.positions()[std::size_t(v[i])], mesh.positions()[std::size_t(v[i + 1])])) /
          6.0;
    }
  }
  return volume;
}

inline double total_area(const Mesh& mesh) {
  double area = 0;
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    area += mesh.face_area(f);
  }
  return area;
}

/// Every edge has exactly two faces, which turn the same way.
inline bool is_closed_and_oriented(const Mesh& mesh) {
  for (std::size_t e = 0; e < mesh.edge_count(); ++e) {
    const std::span<const int> corners = mesh.edge_corners()[e];
    if (corners.size() != 2 || mesh.corner_vertices()[std::size_t(corners[0])] ==
                                   mesh.corner_vertices()[std::size_t(corners[1])]) {
      return false;
    }
  }
  return true;
}

inline int euler_characteristic(const Mesh& mesh) {
  return int(mesh.vertex_count()) - int(mesh.edge_count()) + int(mesh.face_count());
}

/// Whether the arrays agree with each other, as every result must.
inline bool is_consistent(const Mesh& mesh) {
  Mesh copy = mesh;
  return bool(copy.finish_reading()) && !copy.validate();
}

/// A context with one owner at the origin, and other objects where a test puts them.
class TestContext : public ModifierContext {
public:
  const Object& object() const override { return object_; }
  bool is_render() const override { return false; }
  float frame() const override { return 1; }
  int subdivision_limit() const override { return 64; }
  float4x4 world_matrix() const override { return own_matrix; }
  float4x4 world_matrix(BlockRef<Object> other) const override {
    const auto found = matrices.find(other.id);
    return found == matrices.end() ? float4x4() : found->second;
  }
  std::shared_ptr<const Mesh> mesh_of(BlockRef<Object> other) const override {
    const auto found = meshes.find(other.id);
    return found == meshes.end() ? nullptr : found->second;
  }
  const DataBlock* find(BlockId id) const override { return document.find(id); }
  void warn(std::string message) override { warnings.push_back(std::move(message)); }
  Progress& progress() override { return progress_; }

  BlockRef<Object> add(const float4x4& matrix, std::shared_ptr<const Mesh> mesh = nullptr) {
    const BlockId id = document.add<Object>("Other").id;
    matrices[id] = matrix;
    if (mesh) {
      meshes[id] = std::move(mesh);
    }
    return {id};
  }

  Document document;
  float4x4 own_matrix;
  std::map<BlockId, float4x4> matrices;
  std::map<BlockId, std::shared_ptr<const Mesh>> meshes;
  std::vector<std::string> warnings;

private:
  Object object_;
  Progress progress_;
};

}  // namespace kiln::modeling
