#pragma once

#include "document/mesh.h"

namespace kiln::modeling {

/// For each new element a weighted sum of old ones: those of element i are the entries `offsets[i]
/// .. offsets[i + 1]`.
struct Mixture {
  std::vector<int> offsets{0};
  std::vector<int> sources;
  std::vector<float> weights;  ///< of each element they should add up to 1

  std::size_t size() const { return offsets.size() - 1; }
  void add(int source, float weight) {
    sources.push_back(source);
    weights.push_back(weight);
  }
  /// Ends the entries of the element that is being written.
  void finish_element() { offsets.push_back(int(sources.size())); }
  void add_copy(int source) {
    add(source, 1.0f);
    finish_element();
  }
};

/// Values of the new elements. Numbers and colours are mixed; truth values, whole numbers and texts
/// come from the source with the largest weight (the first of equals). Elements without sources are
/// zero.
AttributeArray mix(const AttributeArray& values, const Mixture& mixture);
template <typename T>
Array<T> mix(const Array<T>& values, const Mixture& mixture);

/// Adds all attributes of `domain` in `from`, mixed, to `to`.
void mix_attributes(const AttributeSet& from, Domain domain, const Mixture& mixture,
                    AttributeSet& to);

/// Weights of new vertices; groups in the order in which the sources name them.
VertexWeights mix(const VertexWeights& weights, const Mixture& mixture);

}  // namespace kiln::modeling
