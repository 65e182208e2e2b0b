#include "render/pathtracer/film.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "core/tasks.h"
#include "render/pathtracer/cryptomatte.h"

namespace kiln::render {
namespace {

constexpr int pass_count = int(PassKind::CryptomatteAsset) + 1;
constexpr int max_lightgroups = 4096;

bool is_light_pass(PassKind kind) {
  return kind >= PassKind::DiffuseDirect && kind <= PassKind::TransmissionColor;
}

/// The colour that a light pass is divided by.
PassKind divisor(PassKind kind) {
  switch (kind) {
    case PassKind::DiffuseDirect:
    case PassKind::DiffuseIndirect:
      return PassKind::DiffuseColor;
    case PassKind::GlossyDirect:
    case PassKind::GlossyIndirect:
      return PassKind::GlossyColor;
    case PassKind::TransmissionDirect:
    case PassKind::TransmissionIndirect:
      return PassKind::TransmissionColor;
    default:
      return PassKind::Combined;
  }
}

/// Passes whose first sample stands for the pixel: means of them would name things that are not
/// there.
bool is_unfiltered(PassKind kind) {
  return kind == PassKind::Depth || kind == PassKind::ObjectIndex ||
         kind == PassKind::MaterialIndex || kind == PassKind::Position;
}

bool is_matte(PassKind kind) {
  return kind >= PassKind::CryptomatteObject;
}

/// Floats that a pixel keeps for a cryptomatte.
std::size_t matte_size(const PassRequest& request) {
  return 2 * std::size_t(std::clamp(request.depth, 2, 16) + (request.is_accurate ? 6 : 0));
}

bool is_exposed(PassKind kind) {
  return kind == PassKind::Combined || kind == PassKind::Emission ||
         kind == PassKind::Environment || kind == PassKind::LightGroup ||
         (is_light_pass(kind) && divisor(kind) != PassKind::Combined);
}

// Sums of very bright samples leave what floats can hold: the largest number stands for them.
float bounded(float sum) {
  constexpr float most = std::numeric_limits<float>::max();
  return sum == sum ? std::clamp(sum, -most, most) : 0.0f;
}

}  // namespace

PassInfo pass_info(const PassRequest& request) {
  switch (request.kind) {
    case PassKind::Combined:
      return {4, "RGBA", "Combined"};
    case PassKind::Depth:
      return {1, "Z", "Depth"};
    case PassKind::Normal:
      return {3, "XYZ", "Normal"};
    case PassKind::Position:
      return {3, "XYZ", "Position"};
    case PassKind::UV:
      return {3, "UVA", "UV"};
    case PassKind::Mist:
      return {1, "Z", "Mist"};
    case PassKind::ObjectIndex:
      return {1, "X", "IndexOB"};
    case PassKind::MaterialIndex:
      return {1, "X", "IndexMA"};
    case PassKind::DiffuseDirect:
      return {3, "RGB", "DiffDir"};
    case PassKind::DiffuseIndirect:
      return {3, "RGB", "DiffInd"};
    case PassKind::DiffuseColor:
      return {3, "RGB", "DiffCol"};
    case PassKind::GlossyDirect:
      return {3, "RGB", "GlossDir"};
    case PassKind::GlossyIndirect:
      return {3, "RGB", "GlossInd"};
    case PassKind::GlossyColor:
      return {3, "RGB", "GlossCol"};
    case PassKind::TransmissionDirect:
      return {3, "RGB", "TransDir"};
    case PassKind::TransmissionIndirect:
      return {3, "RGB", "TransInd"};
    case PassKind::TransmissionColor:
      return {3, "RGB", "TransCol"};
    case PassKind::Emission:
      return {3, "RGB", "Emit"};
    case PassKind::Environment:
      return {3, "RGB", "Env"};
    case PassKind::Shadow:
      return {3, "RGB", "Shadow"};
    case PassKind::AmbientOcclusion:
      return {3, "RGB", "AO"};
    case PassKind::Vector:
      return {4, "XYZW", "Vector"};
    case PassKind::Aov:
      return {request.is_color ? 4 : 1, request.is_color ? "RGBA" : "X", request.name};
    case PassKind::LightGroup:
      return {3, "RGB", "Combined_" + request.name};
    case PassKind::SampleCount:
      return {1, "X", "Debug Sample Count"};
    case PassKind::DenoisingAlbedo:
      return {3, "RGB", "Denoising Albedo"};
    case PassKind::DenoisingNormal:
      return {3, "XYZ", "Denoising Normal"};
    case PassKind::DenoisingDepth:
      return {1, "Z", "Denoising Depth"};
    case PassKind::Noisy:
      return {4, "RGBA", "Noisy Image"};
    case PassKind::CryptomatteObject:
      return {4, "rgba", "CryptoObject"};
    case PassKind::CryptomatteMaterial:
      return {4, "rgba", "CryptoMaterial"};
    case PassKind::CryptomatteAsset:
      return {4, "rgba", "CryptoAsset"};
  }
  return {};
}

FilmLayout::FilmLayout(const RenderSettings& settings)
    : offsets_(pass_count, -1), matte_sizes_(pass_count) {
  const auto add = [&](const PassRequest& request) {
    // Those that are made of others need no place.
    if (is_matte(request.kind) || request.kind == PassKind::SampleCount ||
        request.kind == PassKind::Noisy) {
      return;
    }
    if (request.kind == PassKind::LightGroup) {
      const auto group = std::size_t(std::clamp(request.depth, 0, max_lightgroups - 1));
      lightgroups_.resize(std::max(lightgroups_.size(), group + 1), -1);
      if (lightgroups_[group] < 0) {
        lightgroups_[group] = stride_;
        stride_ += 3;
      }
    } else if (request.kind == PassKind::Aov) {
      aovs_.push_back({request.name, request.is_color, stride_});
      stride_ += request.is_color ? 4 : 1;
    } else if (offsets_[int(request.kind)] < 0) {
      offsets_[int(request.kind)] = stride_;
      stride_ += pass_info(request).channels;
    }
    has_light_passes_ = has_light_passes_ || is_light_pass(request.kind);
    has_surface_passes_ = has_surface_passes_ || (request.kind != PassKind::Combined);
  };
  add({PassKind::Combined, {}, true, 0});
  for (const PassRequest& request : settings.passes) {
    add(request);
    if (divisor(request.kind) != PassKind::Combined) {
      add({divisor(request.kind), {}, true, 0});
    }
  }
  const auto reserve = [&](int count) {
    stride_ += count;
    return stride_ - count;
  };
  if (settings.use_adaptive_sampling) {
    half_offset_ = reserve(3);
  }
  if (settings.use_denoising) {
    square_offset_ = reserve(3);
    feature_offset_ = reserve(DenoiseInput::feature_count);
    if (settings.denoise_prefilter != DenoisePrefilter::None) {
      feature_square_offset_ = reserve(DenoiseInput::feature_count);
    }
    has_surface_passes_ = true;
  }
  plain_ = stride_;
  for (const PassRequest& request : settings.passes) {
    if (is_matte(request.kind) && !has(request.kind)) {
      const int size = int(matte_size(request));
      matte_sizes_[int(request.kind)] = size;
      offsets_[int(request.kind)] = reserve(size);
      has_mattes_ = true;
    }
  }
}

void FilmLayout::add(float* sums, const float* more) const {
  for (int i = 0; i < plain_; ++i) {
    sums[i] += more[i];
  }
  for (int kind = int(PassKind::CryptomatteObject); has_mattes_ && kind < pass_count; ++kind) {
    if (offsets_[kind] >= 0) {
      const auto size = std::size_t(matte_sizes_[kind]);
      cryptomatte::merge({sums + offsets_[kind], size}, {more + offsets_[kind], size});
    }
  }
}

const PassImage* RenderResult::find(PassKind kind) const {
  for (const PassImage& pass : passes) {
    if (pass.request.kind == kind) {
      return &pass;
    }
  }
  return nullptr;
}

Film::Film(const RenderSettings& settings, const FilmLayout& layout)
    : layout_(layout),
      width_(settings.width),
      height_(settings.height),
      sums_(std::size_t(settings.width) * settings.height * layout.stride()),
      samples_(std::size_t(settings.width) * settings.height) {}

RenderResult Film::develop(const RenderSettings& settings, int samples) const {
  RenderResult result;
  result.width = width_;
  result.height = height_;
  result.samples = samples;
  const std::size_t pixels = std::size_t(width_) * height_;
  const int stride = layout_.stride();
  std::size_t next_aov = 0;
  for (const PassRequest& request : settings.passes) {
    const PassInfo info = pass_info(request);
    if (is_matte(request.kind)) {
      const int first = layout_.offset(request.kind);
      const auto size = matte_size(request);
      const int levels = std::clamp(request.depth, 2, 16), images = (levels + 1) / 2;
      const std::size_t at = result.passes.size();
      for (int i = 0; i < images; ++i) {
        result.passes.push_back({request, fmt::format("{}{:02}", info.name, i), info.letters,
                                 std::vector<float>(pixels * 4)});
      }
      parallel_for(pixels, 4096, [&](std::size_t begin, std::size_t end) {
        std::vector<float> ranked(std::size_t(images) * 4);
        for (std::size_t p = begin; p < end; ++p) {
          cryptomatte::rank({sums_.data() + p * stride + first, size},
                            1.0f / float(std::max(samples_[p], 1)),
                            std::span(ranked).first(std::size_t(levels) * 2));
          for (int i = 0; i < images; ++i) {
            std::copy_n(ranked.data() + 4 * i, 4, result.passes[at + i].pixels.data() + 4 * p);
          }
        }
      });
      continue;
    }
    PassImage image{request, info.name, info.letters, {}};
    if (request.kind == PassKind::SampleCount) {
      image.pixels.resize(pixels);
      for (std::size_t p = 0; p < pixels; ++p) {
        image.pixels[p] = float(samples_[p]) / float(std::max(samples, 1));
      }
      result.passes.push_back(std::move(image));
      continue;
    }
    const PassKind source = request.kind == PassKind::Noisy ? PassKind::Combined : request.kind;
    const int from = source == PassKind::Aov          ? layout_.aovs()[next_aov++].offset
                     : source == PassKind::LightGroup ? layout_.lightgroup_offset(request.depth)
                                                      : layout_.offset(source);
    const int by =
        divisor(request.kind) == PassKind::Combined ? -1 : layout_.offset(divisor(request.kind));
    const float exposure = is_exposed(source) ? settings.exposure : 1.0f;
    image.pixels.resize(pixels * info.channels);
    if (from < 0) {
      result.passes.push_back(std::move(image));
      continue;
    }
    parallel_for(pixels, 4096, [&](std::size_t begin, std::size_t end) {
      for (std::size_t p = begin; p < end; ++p) {
        const float* sums = sums_.data() + p * stride;
        const float count = float(std::max(samples_[p], 1));
        const float scale = is_unfiltered(request.kind) ? 1.0f : exposure / count;
        for (int c = 0; c < info.channels; ++c) {
          float value = bounded(sums[from + c]);
          if (by >= 0) {
            const float divided = bounded(sums[by + c]);
            value = divided != 0.0f ? bounded(value / divided) * exposure : 0.0f;
          } else if (source == PassKind::Combined && c == 3) {
            // Samples hold transparency.
            value = std::clamp(1.0f - value / count, 0.0f, 1.0f);
          } else {
            value *= scale;
          }
          image.pixels[p * info.channels + c] = value;
        }
      }
    });
    result.passes.push_back(std::move(image));
  }
  return result;
}

DenoiseInput Film::denoise_input(const RenderSettings& settings) const {
  DenoiseInput input(width_, height_);
  input.prefilter = settings.denoise_prefilter;
  if (layout_.feature_square_offset() >= 0) {
    for (std::vector<float>& plane : input.feature_variance) {
      plane.resize(samples_.size());
    }
  }
  const int stride = layout_.stride();
  parallel_for(samples_.size(), 4096, [&](std::size_t begin, std::size_t end) {
    for (std::size_t p = begin; p < end; ++p) {
      const float* sums = sums_.data() + p * stride;
      const float n = float(std::max(samples_[p], 1)), scale = 1.0f / n;
      for (int c = 0; c < 3; ++c) {
        const float mean = bounded(sums[c]) * scale;
        const float spread = std::max(
            bounded(sums[layout_.square_offset() + c]) * scale - bounded(mean * mean), 0.0f);
        input.color[c][p] = mean * settings.exposure;
        // One sample tells nothing of its variance: it may be anything.
        input.variance[c][p] = settings.exposure * settings.exposure *
                               (n > 1.0f ? spread / (n - 1.0f) : bounded(mean * mean));
      }
      for (int i = 0; i < DenoiseInput::feature_count; ++i) {
        // Albedo, normal, depth; what is the same everywhere tells nothing.
        const bool is_used = i < 3 ? settings.denoises_with_albedo : settings.denoises_with_normals;
        const float mean = is_used ? sums[layout_.feature_offset() + i] * scale : 0.0f;
        input.features[i][p] = mean;
        if (const int squares = layout_.feature_square_offset(); squares >= 0 && is_used) {
          const float spread = std::max(sums[squares + i] * scale - mean * mean, 0.0f);
          input.feature_variance[i][p] = n > 1.0f ? spread / (n - 1.0f) : 0.0f;
        }
      }
    }
  });
  return input;
}

}  // namespace kiln::render
