#include "modeling/interpolate.h"

#include "core/tasks.h"

namespace kiln::modeling {
namespace {

// How values of each type are added up; types without an accumulator are taken from the heaviest
// source.
struct FloatSum {
  float sum = 0;
  void add(float v, float w) { sum += v * w; }
  float result() const { return sum; }
};
struct Float2Sum {
  float2 sum;
  void add(float2 v, float w) { sum += v * w; }
  float2 result() const { return sum; }
};
struct Float3Sum {
  float3 sum;
  void add(float3 v, float w) { sum += v * w; }
  float3 result() const { return sum; }
};
struct FloatColorSum {
  FloatColor sum{0, 0, 0, 0};
  void add(FloatColor v, float w) {
    sum = {sum.r + v.r * w, sum.g + v.g * w, sum.b + v.b * w, sum.a + v.a * w};
  }
  FloatColor result() const { return sum; }
};
struct ByteColorSum {
  FloatColorSum sum;
  void add(ByteColor v, float w) { sum.add({float(v.r), float(v.g), float(v.b), float(v.a)}, w); }
  ByteColor result() const {
    const auto byte = [](float c) { return std::uint8_t(std::clamp(c + 0.5f, 0.0f, 255.0f)); };
    return {byte(sum.sum.r), byte(sum.sum.g), byte(sum.sum.b), byte(sum.sum.a)};
  }
};
template <typename T>
struct Heaviest {
  T best{};
  float weight = -1.0f;
  void add(const T& v, float w) {
    if (w > weight) {
      best = v;
      weight = w;
    }
  }
  T result() const { return best; }
};

template <typename T>
struct SumOf {
  using type = Heaviest<T>;
};
template <>
struct SumOf<float> {
  using type = FloatSum;
};
template <>
struct SumOf<float2> {
  using type = Float2Sum;
};
template <>
struct SumOf<float3> {
  using type = Float3Sum;
};
template <>
struct SumOf<FloatColor> {
  using type = FloatColorSum;
};
template <>
struct SumOf<ByteColor> {
  using type = ByteColorSum;
};

}  // namespace

template <typename T>
Array<T> mix(const Array<T>& values, const Mixture& mixture) {
  Array<T> result(mixture.size());
  const std::span<T> out = result.edit();
  const T* in = values.data();
  parallel_for(mixture.size(), 1 << 13, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const int first = mixture.offsets[i], last = mixture.offsets[i + 1];
      if (first == last) {
        continue;
      }
      typename SumOf<T>::type sum;
      for (int k = first; k < last; ++k) {
        sum.add(in[mixture.sources[std::size_t(k)]], mixture.weights[std::size_t(k)]);
      }
      out[i] = sum.result();
    }
  });
  return result;
}
template Array<float> mix(const Array<float>&, const Mixture&);
template Array<float2> mix(const Array<float2>&, const Mixture&);
template Array<float3> mix(const Array<float3>&, const Mixture&);

AttributeArray mix(const AttributeArray& values, const Mixture& mixture) {
  return std::visit([&](const auto& array) -> AttributeArray { return mix(array, mixture); },
                    values);
}

void mix_attributes(const AttributeSet& from, Domain domain, const Mixture& mixture,
                    AttributeSet& to) {
  for (const Attribute& attribute : from.items()) {
    if (attribute.domain == domain) {
      to.set(attribute.name, domain, mix(attribute.values, mixture)).is_uv_map =
          attribute.is_uv_map;
    }
  }
}

VertexWeights mix(const VertexWeights& weights, const Mixture& mixture) {
  VertexWeights result;
  if (weights.empty()) {
    return result;
  }
  std::vector<int> offsets{0}, groups;
  std::vector<float> mixed;
  for (std::size_t i = 0; i < mixture.size(); ++i) {
    const std::size_t row = groups.size();
    for (int k = mixture.offsets[i]; k < mixture.offsets[i + 1]; ++k) {
      const std::size_t source = std::size_t(mixture.sources[std::size_t(k)]);
      for (int e = weights.offsets[source]; e < weights.offsets[source + 1]; ++e) {
        const int group = weights.groups[std::size_t(e)];
        const float weight = weights.weights[std::size_t(e)] * mixture.weights[std::size_t(k)];
        const auto known = std::find(groups.begin() + std::ptrdiff_t(row), groups.end(), group);
        if (known != groups.end()) {
          mixed[std::size_t(known - groups.begin())] += weight;
        } else if (weight > 0.0f) {
          groups.push_back(group);
          mixed.push_back(weight);
        }
      }
    }
    for (std::size_t e = row; e < mixed.size(); ++e) {
      mixed[e] = std::clamp(mixed[e], 0.0f, 1.0f);
    }
    offsets.push_back(int(groups.size()));
  }
  result.offsets = Array<int>(std::move(offsets));
  result.groups = Array<int>(std::move(groups));
  result.weights = Array<float>(std::move(mixed));
  return result;
}

}  // namespace kiln::modeling
