#include <opensubdiv/far/patchTableFactory.h>
#include <opensubdiv/far/primvarRefiner.h>
#include <opensubdiv/far/topologyDescriptor.h>

#include "core/tasks.h"
#include "modeling/subdivision/grid_samples.h"

// Faces near irregular vertices, creases, borders and seams: OpenSubdiv refines around these and
// hands out patches.
namespace kiln::modeling {
namespace {

namespace Far = OpenSubdiv::Far;
namespace Sdc = OpenSubdiv::Sdc;

/// Faces that are evaluated together. Blocks do not depend on the number of threads, so that
/// results do not either.
constexpr std::size_t faces_per_block = 128;
constexpr float infinitely_sharp = 10.0f;
constexpr float same_uv_distance = 1e-4f;

// What OpenSubdiv adds up.
struct Point {
  float3 p;
  void Clear(void* = nullptr) { p = {}; }
  void AddWithWeight(const Point& other, float weight) { p += other.p * weight; }
};
struct Uv {
  float2 uv;
  void Clear(void* = nullptr) { uv = {}; }
  void AddWithWeight(const Uv& other, float weight) { uv += other.uv * weight; }
};

bool is_same_uv(float2 a, float2 b) {
  return std::abs(a.x - b.x) < same_uv_distance && std::abs(a.y - b.y) < same_uv_distance;
}

/// A part of the mesh as OpenSubdiv wants it: some faces, and those around them.
struct Part {
  std::vector<int> faces;  ///< of the mesh; the ones to evaluate come first
  std::size_t evaluated = 0;
  std::vector<int> vertices;         ///< of the mesh
  std::vector<int> sizes, indices;   ///< of the faces, with vertices counted in this part
  std::vector<int> crease_vertices;  ///< pairs
  std::vector<float> crease_sharpness;
  std::vector<int> corner_vertices;
  std::vector<float> corner_sharpness;
  struct Channel {
    std::vector<float2> values;
    std::vector<int> indices;
  };
  std::vector<Channel> channels;
};

float sharpness_of(float crease) {
  return crease * crease * infinitely_sharp;
}

Part make_part(const SampleWriter& writer, const SurfaceSettings& settings,
               std::span<const int> faces) {
  const Mesh& mesh = writer.layout().mesh();
  Part part;
  part.faces.assign(faces.begin(), faces.end());
  part.evaluated = faces.size();
  std::unordered_map<int, int> known_faces, new_vertex;
  for (const int f : faces) {
    known_faces.emplace(f, 0);
  }
  // Straight faces do not depend on what is around them.
  for (std::size_t i = 0; i < faces.size() && !settings.is_simple; ++i) {
    for (const int v : mesh.face_vertices(std::size_t(faces[i]))) {
      for (const int c : mesh.vertex_corners()[std::size_t(v)]) {
        const int neighbour = mesh.corner_faces()[std::size_t(c)];
        if (mesh.face_size(std::size_t(neighbour)) >= 3 &&
            known_faces.emplace(neighbour, 0).second) {
          part.faces.push_back(neighbour);
        }
      }
    }
  }

  part.channels.resize(writer.uvs().size());
  std::unordered_map<int, float> edge_sharpness;
  const Array<float>* edge_crease =
      settings.uses_creases ? mesh.attributes.find<float>(".crease_edge", Domain::Edge) : nullptr;
  const Array<float>* vertex_crease =
      settings.uses_creases ? mesh.attributes.find<float>(".crease_vert", Domain::Point) : nullptr;
  std::vector<std::vector<std::vector<int>>> values_at(
      part.channels.size());  // channel, vertex: its values
  for (const int f : part.faces) {
    const int first = mesh.face_offsets()[std::size_t(f)],
              last = mesh.face_offsets()[std::size_t(f) + 1];
    part.sizes.push_back(last - first);
    for (int c = first; c < last; ++c) {
      const int v = mesh.corner_vertices()[std::size_t(c)];
      const auto [found, is_new] = new_vertex.try_emplace(v, int(part.vertices.size()));
      if (is_new) {
        part.vertices.push_back(v);
        const float sharpness = settings.is_simple ? infinitely_sharp
                                : vertex_crease    ? sharpness_of((*vertex_crease)[std::size_t(v)])
                                                   : 0.0f;
        if (sharpness > 0.0f) {
          part.corner_vertices.push_back(found->second);
          part.corner_sharpness.push_back(sharpness);
        }
      }
      part.indices.push_back(found->second);
      const int e = mesh.corner_edges()[std::size_t(c)];
      const float sharpness = settings.is_simple ? infinitely_sharp
                              : edge_crease      ? sharpness_of((*edge_crease)[std::size_t(e)])
                                                 : 0.0f;
      if (sharpness > 0.0f) {
        edge_sharpness.emplace(e, sharpness);
      }
      for (std::size_t m = 0; m < part.channels.size(); ++m) {
        Part::Channel& channel = part.channels[m];
        const float2 uv = writer.uvs()[m].source[std::size_t(c)];
        values_at[m].resize(part.vertices.size());
        std::vector<int>& values = values_at[m][std::size_t(found->second)];
        auto same = std::find_if(values.begin(), values.end(), [&](int i) {
          return is_same_uv(channel.values[std::size_t(i)], uv);
        });
        if (same == values.end()) {
          values.push_back(int(channel.values.size()));
          channel.values.push_back(uv);
          same = values.end() - 1;
        }
        channel.indices.push_back(*same);
      }
    }
  }
  std::vector<std::pair<int, float>> creases(edge_sharpness.begin(), edge_sharpness.end());
  std::sort(creases.begin(), creases.end());
  for (const auto& [e, sharpness] : creases) {
    const int2 ends = mesh.edges()[std::size_t(e)];
    part.crease_vertices.push_back(new_vertex.at(ends.x));
    part.crease_vertices.push_back(new_vertex.at(ends.y));
    part.crease_sharpness.push_back(sharpness);
  }
  return part;
}

std::unique_ptr<Far::TopologyRefiner> make_refiner(const Part& part,
                                                   const SurfaceSettings& settings) {
  using Factory = Far::TopologyRefinerFactory<Far::TopologyDescriptor>;
  Far::TopologyDescriptor d;
  d.numVertices = int(part.vertices.size());
  d.numFaces = int(part.sizes.size());
  d.numVertsPerFace = part.sizes.data();
  d.vertIndicesPerFace = part.indices.data();
  d.numCreases = int(part.crease_sharpness.size());
  d.creaseVertexIndexPairs = part.crease_vertices.data();
  d.creaseWeights = part.crease_sharpness.data();
  d.numCorners = int(part.corner_sharpness.size());
  d.cornerVertexIndices = part.corner_vertices.data();
  d.cornerWeights = part.corner_sharpness.data();
  std::vector<Far::TopologyDescriptor::FVarChannel> channels(part.channels.size());
  for (std::size_t m = 0; m < channels.size(); ++m) {
    channels[m].numValues = int(part.channels[m].values.size());
    channels[m].valueIndices = part.channels[m].indices.data();
  }
  d.numFVarChannels = int(channels.size());
  d.fvarChannels = channels.data();

  Sdc::Options options;
  options.SetVtxBoundaryInterpolation(settings.boundary_smooth == BoundarySmooth::All
                                          ? Sdc::Options::VTX_BOUNDARY_EDGE_ONLY
                                          : Sdc::Options::VTX_BOUNDARY_EDGE_AND_CORNER);
  constexpr Sdc::Options::FVarLinearInterpolation uv_modes[] = {
      Sdc::Options::FVAR_LINEAR_ALL,           Sdc::Options::FVAR_LINEAR_CORNERS_ONLY,
      Sdc::Options::FVAR_LINEAR_CORNERS_PLUS1, Sdc::Options::FVAR_LINEAR_CORNERS_PLUS2,
      Sdc::Options::FVAR_LINEAR_BOUNDARIES,    Sdc::Options::FVAR_LINEAR_NONE};
  options.SetFVarLinearInterpolation(uv_modes[int(settings.uv_smooth)]);
  return std::unique_ptr<Far::TopologyRefiner>(
      Factory::Create(d, Factory::Options(Sdc::SCHEME_CATMARK, options)));
}

/// The patches of a part with the values of their control points.
class PatchSurface {
public:
  PatchSurface(const Part& part, const SampleWriter& writer, const SurfaceSettings& settings)
      : refiner_(make_refiner(part, settings)) {
    if (!refiner_) {
      return;
    }
    // Only the evaluated faces are refined; the ones around them say what the surface does at their
    // border.
    std::vector<int> selected(part.evaluated);
    for (std::size_t i = 0; i < selected.size(); ++i) {
      selected[i] = int(i);
    }
    const int level = settings.uses_limit ? settings.quality : settings.uniform_level;
    Far::PatchTableFactory::Options options{unsigned(level)};
    options.SetPatchPrecision<float>();
    options.SetFVarPatchPrecision<float>();
    options.useInfSharpPatch = true;
    options.generateFVarTables = !part.channels.empty();
    options.generateFVarLegacyLinearPatches = false;
    options.SetEndCapType(Far::PatchTableFactory::Options::ENDCAP_GREGORY_BASIS);
    if (settings.uses_limit) {
      refiner_->RefineAdaptive(options.GetRefineAdaptiveOptions(),
                               Far::ConstIndexArray(selected.data(), int(selected.size())));
      table_.reset(Far::PatchTableFactory::Create(
          *refiner_, options, Far::ConstIndexArray(selected.data(), int(selected.size()))));
    } else {
      refiner_->RefineUniform(Far::TopologyRefiner::UniformOptions(level));
      options.includeBaseLevelIndices = false;  // control points are those of the last level alone
      table_.reset(Far::PatchTableFactory::Create(*refiner_, options));
    }
    refine_values(part, writer);
    if (!settings.uses_limit) {
      first_point_ =
          std::size_t(refiner_->GetNumVerticesTotal() - refiner_->GetLevel(level).GetNumVertices());
      for (int m = 0; m < int(uvs_.size()); ++m) {
        first_uv_.push_back(std::size_t(refiner_->GetNumFVarValuesTotal(m) -
                                        refiner_->GetLevel(level).GetNumFVarValues(m)));
      }
    } else {
      first_uv_.resize(uvs_.size(), 0);
    }
  }

  bool is_valid() const { return table_ != nullptr; }
  const Far::PatchTable& table() const { return *table_; }
  std::span<const Point> points() const { return std::span(points_).subspan(first_point_); }
  std::span<const Uv> uvs(std::size_t channel) const {
    return std::span(uvs_[channel]).subspan(first_uv_[channel]);
  }

private:
  void refine_values(const Part& part, const SampleWriter& writer) {
    const Mesh& mesh = writer.layout().mesh();
    const Far::PrimvarRefiner refiner(*refiner_);
    points_.resize(std::size_t(refiner_->GetNumVerticesTotal() + table_->GetNumLocalPoints()));
    for (std::size_t v = 0; v < part.vertices.size(); ++v) {
      points_[v].p = mesh.positions()[std::size_t(part.vertices[v])];
    }
    Point* from = points_.data();
    for (int level = 1; level <= refiner_->GetMaxLevel(); ++level) {
      Point* to = from + refiner_->GetLevel(level - 1).GetNumVertices();
      refiner.Interpolate(level, from, to);
      from = to;
    }
    if (table_->GetNumLocalPoints() > 0) {
      table_->ComputeLocalPointValues(points_.data(),
                                      points_.data() + refiner_->GetNumVerticesTotal());
    }
    uvs_.resize(part.channels.size());
    for (std::size_t m = 0; m < uvs_.size(); ++m) {
      const int channel = int(m), total = refiner_->GetNumFVarValuesTotal(channel);
      uvs_[m].resize(std::size_t(total + table_->GetNumLocalPointsFaceVarying(channel)));
      for (std::size_t i = 0; i < part.channels[m].values.size(); ++i) {
        uvs_[m][i].uv = part.channels[m].values[i];
      }
      Uv* uv_from = uvs_[m].data();
      for (int level = 1; level <= refiner_->GetMaxLevel(); ++level) {
        Uv* to = uv_from + refiner_->GetLevel(level - 1).GetNumFVarValues(channel);
        refiner.InterpolateFaceVarying(level, uv_from, to, channel);
        uv_from = to;
      }
      if (table_->GetNumLocalPointsFaceVarying(channel) > 0) {
        table_->ComputeLocalPointValuesFaceVarying(uvs_[m].data(), uvs_[m].data() + total, channel);
      }
    }
  }

  std::unique_ptr<Far::TopologyRefiner> refiner_;
  std::unique_ptr<Far::PatchTable> table_;
  std::vector<Point> points_;
  std::vector<std::vector<Uv>> uvs_;
  std::size_t first_point_ = 0;  // of those that patches refer to
  std::vector<std::size_t> first_uv_;
};

/// Samples of a grid that lie in a patch: from (i0, j0) up to but without (i1, j1), but with the
/// end of the grid.
struct Window {
  int i0, i1, j0, j1;
};
Window window_of(const Far::PatchParam& param, int size) {
  const float width = param.GetParamFraction();
  const float u = float(param.GetU()) * width, v = float(param.GetV()) * width;
  const auto begin = [&](float t) { return int(std::ceil(t * float(size))); };
  const auto end = [&](float t) { return t >= 1.0f ? size + 1 : int(std::ceil(t * float(size))); };
  return {begin(u), end(u + width), begin(v), end(v + width)};
}

/// Weights of a cubic B-spline for one direction of a regular patch; at borders, where the outer
/// control point is missing, it is the mirror image of the inner one.
std::array<float, 4> patch_weights(float t, bool is_low_border, bool is_high_border) {
  const float s = 1.0f - t;
  std::array<float, 4> w{s * s * s / 6.0f, (3.0f * t * t * t - 6.0f * t * t + 4.0f) / 6.0f,
                         (3.0f * s * s * s - 6.0f * s * s + 4.0f) / 6.0f, t * t * t / 6.0f};
  if (is_low_border) {
    w[1] += 2.0f * w[0];
    w[2] -= w[0];
    w[0] = 0.0f;
  }
  if (is_high_border) {
    w[2] += 2.0f * w[3];
    w[1] -= w[3];
    w[3] = 0.0f;
  }
  return w;
}

/// Evaluates the samples in a regular patch as a tensor product.
template <typename T, typename Get>
void evaluate_regular(const Far::PatchParam& param, const Far::ConstIndexArray& control,
                      const Window& w, int size, Get&& value, T* out) {
  const int borders = param.GetBoundary();
  const float width = param.GetParamFraction();
  const auto weights = [&](int k, int start, int low, int high) {
    return patch_weights((float(k) / float(size) - float(start) * width) / width, borders & low,
                         borders & high);
  };
  std::array<T, 16> net;
  for (int k = 0; k < 16; ++k) {
    net[std::size_t(k)] = value(control[k]);
  }
  std::vector<std::array<float, 4>> along;
  for (int i = w.i0; i < w.i1; ++i) {
    along.push_back(weights(i, param.GetU(), 8, 2));
  }
  for (int j = w.j0; j < w.j1; ++j) {
    const std::array<float, 4> wv = weights(j, param.GetV(), 1, 4);
    std::array<T, 4> row;
    for (std::size_t a = 0; a < 4; ++a) {
      row[a] = net[a] * wv[0] + net[4 + a] * wv[1] + net[8 + a] * wv[2] + net[12 + a] * wv[3];
    }
    T* line = out + std::size_t(j) * std::size_t(size + 1);
    for (int i = w.i0; i < w.i1; ++i) {
      const std::array<float, 4>& wu = along[std::size_t(i - w.i0)];
      line[i] = row[0] * wu[0] + row[1] * wu[1] + row[2] * wu[2] + row[3] * wu[3];
    }
  }
}

void evaluate_block(const SampleWriter& writer, const SurfaceSettings& settings,
                    std::span<const int> faces) {
  const GridLayout& layout = writer.layout();
  const Part part = make_part(writer, settings, faces);
  const PatchSurface surface(part, writer, settings);

  // Patches by the grid they lie in.
  struct Place {
    int array, in_array, index;
  };
  std::vector<int> first_grid{0};
  for (const int size : part.sizes) {
    first_grid.push_back(first_grid.back() + (size == 4 ? 1 : size));
  }
  const auto grid_count = std::size_t(first_grid[part.evaluated]);
  std::vector<std::vector<Place>> patches(grid_count);
  if (surface.is_valid()) {
    for (int array = 0, index = 0; array < surface.table().GetNumPatchArrays(); ++array) {
      for (int p = 0; p < surface.table().GetNumPatches(array); ++p, ++index) {
        const std::size_t grid = std::size_t(surface.table().GetPatchParam(array, p).GetFaceId());
        if (grid < patches.size()) {
          patches[grid].push_back({array, p, index});
        }
      }
    }
  }

  GridLayout::Grid grid;
  GridSamples samples;
  std::array<float, 32> weights;
  for (std::size_t f = 0; f < part.evaluated; ++f) {
    const std::size_t face = std::size_t(part.faces[f]);
    const int size = layout.grid_size(face);
    samples.resize(size, writer.uvs().size());
    for (int g = 0; g < layout.grid_count(face); ++g) {
      for (const Place& place : patches[std::size_t(first_grid[f] + g)]) {
        const Far::PatchTable& table = surface.table();
        const Far::PatchParam param = table.GetPatchParam(place.array, place.in_array);
        const Window w = window_of(param, size);
        Far::PatchTable::PatchHandle handle;
        handle.arrayIndex = place.array;
        handle.patchIndex = place.index;
        handle.vertIndex =
            place.in_array * table.GetPatchArrayDescriptor(place.array).GetNumControlVertices();
        const Far::ConstIndexArray control = table.GetPatchVertices(place.array, place.in_array);
        if (table.GetPatchArrayDescriptor(place.array).GetType() == Far::PatchDescriptor::REGULAR) {
          evaluate_regular<float3>(
              param, control, w, size, [&](int i) { return surface.points()[std::size_t(i)].p; },
              samples.positions.data());
        } else {
          for (int j = w.j0; j < w.j1; ++j) {
            for (int i = w.i0; i < w.i1; ++i) {
              table.EvaluateBasis(handle, float(i) / float(size), float(j) / float(size),
                                  weights.data());
              float3 sum;
              for (int k = 0; k < control.size(); ++k) {
                sum += surface.points()[std::size_t(control[k])].p * weights[std::size_t(k)];
              }
              samples.positions[std::size_t(j * (size + 1) + i)] = sum;
            }
          }
        }
        for (std::size_t m = 0; m < writer.uvs().size(); ++m) {
          const int channel = int(m);
          const Far::ConstIndexArray values = table.GetPatchFVarValues(handle, channel);
          const std::span<const Uv> uvs = surface.uvs(m);
          const Far::PatchParam uv_param = table.GetPatchFVarPatchParam(handle, channel);
          if (values.size() == 16 && uv_param.IsRegular()) {
            evaluate_regular<float2>(
                uv_param, values, w, size, [&](int i) { return uvs[std::size_t(i)].uv; },
                samples.uvs[m].data());
            continue;
          }
          for (int j = w.j0; j < w.j1; ++j) {
            for (int i = w.i0; i < w.i1; ++i) {
              table.EvaluateBasisFaceVarying(handle, float(i) / float(size), float(j) / float(size),
                                             weights.data(), nullptr, nullptr, nullptr, nullptr,
                                             nullptr, channel);
              float2 sum;
              for (int k = 0; k < values.size(); ++k) {
                sum += uvs[std::size_t(values[k])].uv * weights[std::size_t(k)];
              }
              samples.uvs[m][std::size_t(j * (size + 1) + i)] = sum;
            }
          }
        }
      }
      layout.fill(face, g, grid);
      writer.write(face, g, grid, samples);
    }
  }
}

}  // namespace

void evaluate_irregular(const SampleWriter& writer, const SurfaceSettings& settings,
                        std::span<const int> faces) {
  // Asked for here, once, rather than by all blocks at the same time.
  writer.layout().mesh().vertex_corners();
  writer.layout().mesh().edge_corners();
  writer.layout().mesh().corner_faces();
  const std::size_t blocks = (faces.size() + faces_per_block - 1) / faces_per_block;
  parallel_for(blocks, 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t b = begin; b < end; ++b) {
      const std::size_t first = b * faces_per_block;
      evaluate_block(writer, settings,
                     faces.subspan(first, std::min(faces_per_block, faces.size() - first)));
    }
  });
}

}  // namespace kiln::modeling
