#include "modeling/edge_slide.h"

#include <algorithm>
#include <map>
#include <set>

namespace kiln::modeling {
namespace {

// The edge of a face at a vertex that is not in the chain; -1 where both are.
int side_edge(EditMesh& mesh, int loop, int vert, const std::set<int>& chain) {
  const int face = mesh.loops[loop].face;
  const int corner = mesh.loop_of(face, vert);
  for (const int e : {mesh.loops[corner].edge, mesh.loops[mesh.loops[corner].prev].edge}) {
    if (!chain.contains(e)) {
      return e;
    }
  }
  return -1;
}

}  // namespace

std::vector<SlideSides> slide_sides(EditMesh& mesh, std::span<const int> edges) {
  const std::set<int> chain(edges.begin(), edges.end());
  std::map<int, std::vector<int>> at;
  for (const int e : chain) {
    for (const int v : mesh.edges[e].verts) {
      at[v].push_back(e);
    }
  }
  struct Sums {
    float3 left, right;
    int left_count = 0, right_count = 0;
  };
  std::map<int, Sums> sums;
  std::set<int> open = chain;
  // One edge after the other, all run through in the same direction.
  const auto visit = [&](int e, int from) {
    for (const int l : mesh.edge_loops(e)) {
      const bool is_left = mesh.loops[l].vert == from;
      for (const int v : mesh.edges[e].verts) {
        const int side = side_edge(mesh, l, v, chain);
        if (side < 0 || at[v].size() > 2) {
          continue;
        }
        const float3 offset = mesh.verts[mesh.other_vert(side, v)].co - mesh.verts[v].co;
        Sums& sum = sums[v];
        (is_left ? sum.left : sum.right) += offset;
        ++(is_left ? sum.left_count : sum.right_count);
      }
    }
  };
  const auto walk = [&](int start, int from) {
    for (int e = start; e >= 0;) {
      open.erase(e);
      visit(e, from);
      from = mesh.other_vert(e, from);
      const std::vector<int>& here = at[from];
      const int next = here.size() != 2 ? -1 : here[0] == e ? here[1] : here[0];
      e = next >= 0 && open.contains(next) ? next : -1;
    }
  };
  // Chains with ends from there, then the rest from anywhere.
  for (const int e : chain) {
    for (const int v : mesh.edges[e].verts) {
      if (at[v].size() == 1 && open.contains(e)) {
        walk(e, v);
      }
    }
  }
  while (!open.empty()) {
    const int start = *open.begin();
    walk(start, mesh.edges[start].verts[0]);
  }
  std::vector<SlideSides> out;
  for (const auto& [v, sum] : sums) {
    out.push_back({v, sum.left_count ? sum.left / float(sum.left_count) : float3(),
                   sum.right_count ? sum.right / float(sum.right_count) : float3()});
  }
  return out;
}

void slide(EditMesh& mesh, std::span<const SlideSides> sides, float factor) {
  for (const SlideSides& side : sides) {
    mesh.verts[side.vert].co += (factor < 0.0f ? side.left : side.right) * std::abs(factor);
  }
}

}  // namespace kiln::modeling
