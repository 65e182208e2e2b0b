#include "editor/view3d/studio_pictures.h"

#include <algorithm>
#include <cmath>

#include "editor/image/display.h"
#include "image/image_file.h"
#include "image/scale.h"
#include "operators/color_service.h"
#include "render/raster/surface_color.h"

namespace kiln::editor {
namespace {

using render::raster::ViewPicture;
using render::shading::TextureImage;

constexpr float pi = 3.14159265f;
constexpr int made_width = 256, file_width = 1024, ball_size = 512;

float3 mixed(float3 a, float3 b, float t) {
  return a + (b - a) * std::clamp(t, 0.0f, 1.0f);
}

// A disc of light with a soft rim around a direction.
float3 disc(float3 d, float3 center, float radius, float3 color) {
  const float angle = std::acos(std::clamp(dot(d, normalize(center)), -1.0f, 1.0f));
  const float t = std::clamp((radius * 1.15f - angle) / (radius * 0.3f), 0.0f, 1.0f);
  return color * (t * t * (3.0f - 2.0f * t));
}

float3 from_angles(float azimuth, float tilt) {
  return {std::sin(tilt) * std::sin(azimuth), -std::sin(tilt) * std::cos(azimuth), std::cos(tilt)};
}

// Bright above and dim below, with soft lamps: left in front, right, and behind.
float3 studio(float3 d) {
  const float shade = 0.55f + 0.35f * d.z;
  float3 light = float3{0.92f, 0.95f, 1.0f} * shade;
  constexpr struct {
    float azimuth, tilt, power;
  } lamps[] = {{-0.7f, 0.8f, 1.6f}, {1.1f, 1.0f, 0.5f}, {-2.9f, 1.1f, 0.9f}};
  constexpr float radius = 0.25f, solid_angle = pi * radius * radius;
  for (const auto& lamp : lamps) {
    light += disc(d, from_angles(lamp.azimuth, lamp.tilt), radius,
                  float3{1.0f, 0.98f, 0.95f} * (lamp.power / solid_angle));
  }
  return light;
}

float3 sky(float3 d) {
  const float up = std::clamp(d.z, 0.0f, 1.0f);
  const float3 above =
      mixed({0.75f, 0.85f, 0.95f}, {0.20f, 0.38f, 0.80f}, std::pow(up, 0.45f)) * 0.9f;
  const float3 ground{0.16f, 0.14f, 0.11f};
  return mixed(ground, above, d.z * 30.0f + 0.5f) +
         disc(d, from_angles(-0.8f, 0.75f), 0.06f, {220.0f, 200.0f, 170.0f});
}

float3 overcast(float3 d) {
  // A third as bright at the horizon as above: Moon and Spencer, 1942.
  const float up = std::clamp(d.z, 0.0f, 1.0f);
  const float3 above = float3{0.95f, 0.98f, 1.02f} * (1.1f * (1.0f + 2.0f * up) / 3.0f);
  return mixed({0.17f, 0.17f, 0.16f}, above, d.z * 20.0f + 0.5f);
}

float3 sunset(float3 d) {
  const float3 sun = from_angles(-0.9f, 1.45f);
  const float up = std::clamp(d.z, 0.0f, 1.0f), near = std::max(0.0f, dot(d, sun));
  float3 above = mixed({0.95f, 0.45f, 0.22f}, {0.16f, 0.20f, 0.42f}, std::pow(up, 0.5f));
  above += float3{1.6f, 0.6f, 0.18f} * std::pow(near, 12.0f);
  return mixed({0.07f, 0.05f, 0.045f}, above, d.z * 30.0f + 0.5f) +
         disc(d, sun, 0.06f, {180.0f, 85.0f, 28.0f});
}

float3 night(float3 d) {
  const float up = std::clamp(d.z, 0.0f, 1.0f);
  const float3 above = mixed({0.030f, 0.036f, 0.060f}, {0.006f, 0.009f, 0.022f}, up);
  return mixed({0.004f, 0.004f, 0.005f}, above, d.z * 20.0f + 0.5f) +
         disc(d, from_angles(-0.6f, 0.7f), 0.06f, {11.0f, 12.0f, 14.0f});
}

// Scene-linear, as wide as wanted at most.
StudioWorld read_pixels(const std::string& path, int width, int height) {
  const Result<image::ImageFile> read = image::read_image(path);
  if (!read || read->pixels.empty()) {
    return nullptr;
  }
  image::ImageBuffer pixels = image::to_floats(image::with_channels(read->pixels, 4));
  if (pixels.width() > width || pixels.height() > height) {
    pixels =
        image::scaled(pixels, std::min(width, pixels.width()), std::min(height, pixels.height()));
  }
  auto out = std::make_shared<TextureImage>();
  out->width = pixels.width();
  out->height = pixels.height();
  out->pixels.resize(pixels.pixel_count());
  const std::span<float4> to = out->pixels.edit();
  const auto linear = [&](float v) {
    v = std::isfinite(v) ? v : 0.0f;
    return read->is_scene_linear ? std::clamp(v, 0.0f, 65504.0f)
           : v <= 0.04045f       ? std::max(v, 0.0f) / 12.92f
                                 : std::pow((v + 0.055f) / 1.055f, 2.4f);
  };
  for (std::size_t i = 0; i < to.size(); ++i) {
    const float* from = pixels.floats().data() + i * 4;
    to[i] = {linear(from[0]), linear(from[1]), linear(from[2]), 1.0f};
  }
  return out;
}

// The mean of `2 * radius + 1` values along a row or column, which may be closed to a ring.
void smooth_line(std::span<float4> line, int radius, bool is_ring) {
  const int n = int(line.size());
  radius = std::min(radius, n - 1);
  if (radius < 1) {
    return;
  }
  const std::vector<float4> from(line.begin(), line.end());
  const auto at = [&](int i) {
    return from[std::size_t(is_ring ? ((i % n) + n) % n : std::clamp(i, 0, n - 1))];
  };
  float4 sum{};
  for (int i = -radius; i <= radius; ++i) {
    sum += at(i);
  }
  for (int i = 0; i < n; ++i) {
    line[std::size_t(i)] = sum * (1.0f / float(2 * radius + 1));
    sum += at(i + radius + 1) - at(i - radius);
  }
}

// Three means after each other come close to a bell. Rows near the poles are short on the sphere.
TextureImage blurred(const TextureImage& world, float blur) {
  TextureImage out = world;
  const float reach = blur * 0.35f;  // radians
  const std::span<float4> pixels = out.pixels.edit();
  const float pixel = pi / float(out.height);
  std::vector<float4> column(std::size_t(out.height));
  for (int pass = 0; pass < 3; ++pass) {
    for (int y = 0; y < out.height; ++y) {
      const float latitude = (float(y) + 0.5f) * pixel - 0.5f * pi;
      const int radius = int(
          std::min(reach / (pixel * std::max(std::cos(latitude), 0.02f)), float(out.width) * 0.5f));
      smooth_line(pixels.subspan(std::size_t(y) * std::size_t(out.width), std::size_t(out.width)),
                  radius, /*is_ring=*/true);
    }
    for (int x = 0; x < out.width; ++x) {
      for (int y = 0; y < out.height; ++y) {
        column[std::size_t(y)] = pixels[std::size_t(y) * std::size_t(out.width) + std::size_t(x)];
      }
      smooth_line(column, int(reach / pixel), /*is_ring=*/false);
      for (int y = 0; y < out.height; ++y) {
        pixels[std::size_t(y) * std::size_t(out.width) + std::size_t(x)] = column[std::size_t(y)];
      }
    }
  }
  return out;
}

}  // namespace

// Whether both show the same; not of tone curves, which a world is seen without.
static bool is_same(const image::ViewSettings& a, const image::ViewSettings& b) {
  return a.display == b.display && a.view == b.view && a.look == b.look &&
         a.exposure == b.exposure && a.gamma == b.gamma;
}

StudioWorld make_studio_world(const std::string& name) {
  float3 (*const light)(float3) = name == "Sky"        ? &sky
                                  : name == "Overcast" ? &overcast
                                  : name == "Sunset"   ? &sunset
                                  : name == "Night"    ? &night
                                                       : &studio;
  auto out = std::make_shared<TextureImage>();
  out->width = made_width;
  out->height = made_width / 2;
  out->pixels.resize(std::size_t(out->width) * std::size_t(out->height));
  const std::span<float4> pixels = out->pixels.edit();
  for (int y = 0; y < out->height; ++y) {
    const float latitude = ((float(y) + 0.5f) / float(out->height) - 0.5f) * pi;
    for (int x = 0; x < out->width; ++x) {
      const float longitude = (0.5f - (float(x) + 0.5f) / float(out->width)) * 2.0f * pi;
      const float3 d{std::cos(latitude) * std::cos(longitude),
                     std::cos(latitude) * std::sin(longitude), std::sin(latitude)};
      const float3 c = light(d);
      pixels[std::size_t(y) * std::size_t(out->width) + std::size_t(x)] = {c.x, c.y, c.z, 1.0f};
    }
  }
  return out;
}

StudioWorld turned_world(const TextureImage& world, float radians, float strength) {
  auto out = std::make_shared<TextureImage>(world);
  const std::span<float4> to = out->pixels.edit();
  const int w = world.width;
  // Longitudes grow to the left.
  float shift = radians / (2.0f * pi) * float(w);
  shift -= std::floor(shift / float(w)) * float(w);
  const int whole = int(shift);
  const float part = shift - float(whole);
  for (int y = 0; y < world.height; ++y) {
    const std::size_t row = std::size_t(y) * std::size_t(w);
    for (int x = 0; x < w; ++x) {
      const float4 a = world.pixels[row + std::size_t((x + whole) % w)],
                   b = world.pixels[row + std::size_t((x + whole + 1) % w)];
      float4 c = (a * (1.0f - part) + b * part) * strength;
      c.w = 1.0f;
      to[row + std::size_t(x)] = c;
    }
  }
  return out;
}

std::shared_ptr<const ViewPicture> seen_world(const TextureImage& world, float blur, float strength,
                                              const image::ColorManagement& colors,
                                              const image::ViewSettings& view) {
  TextureImage seen = blurred(world, std::clamp(blur, 0.0f, 1.0f));
  for (float4& pixel : seen.pixels.edit()) {
    pixel = pixel * strength;
    pixel.w = 1.0f;
  }
  LinearPicture linear;
  linear.width = seen.width;
  linear.height = seen.height;
  linear.pixels = &seen.pixels[0].x;
  const Result<DisplayPicture> shown = display_picture(linear, colors, view, 0.0f);
  if (!shown) {
    return nullptr;
  }
  auto out = std::make_shared<ViewPicture>();
  out->width = shown->width;
  out->height = shown->height;
  out->bytes.resize(shown->bytes.size());
  const std::size_t row = std::size_t(out->width) * 4;
  for (int y = 0; y < out->height; ++y) {
    const std::uint8_t* from = shown->bytes.data() + std::size_t(y) * row;
    std::uint8_t* to = out->bytes.data() + std::size_t(out->height - 1 - y) * row;
    for (std::size_t i = 0; i < row; i += 4) {
      to[i] = from[i + 2];
      to[i + 1] = from[i + 1];
      to[i + 2] = from[i];
      to[i + 3] = from[i + 3];
    }
  }
  return out;
}

StudioWorld StudioPictures::world(const StudioLight& light) {
  if (!light.path.empty()) {
    if (const StudioWorld read = file(light.path)) {
      return read;
    }
  }
  StudioWorld& made = built_in_[light.path.empty() ? light.name : "Studio"];
  if (!made) {
    made = make_studio_world(light.path.empty() ? light.name : "Studio");
  }
  return made;
}

std::shared_ptr<const ViewPicture> StudioPictures::matcap(const StudioLight& light) {
  const StudioWorld read = light.path.empty() ? nullptr : file(light.path);
  if (!read) {
    return nullptr;
  }
  std::shared_ptr<const ViewPicture>& ball = matcaps_[light.path];
  if (!ball) {
    auto made = std::make_shared<ViewPicture>();
    made->width = std::min(read->width, ball_size);
    made->height = std::min(read->height, ball_size);
    made->bytes.resize(std::size_t(made->width) * std::size_t(made->height) * 4);
    for (int y = 0; y < made->height; ++y) {
      for (int x = 0; x < made->width; ++x) {
        const float4 c =
            read->pixels[std::size_t(y * read->height / made->height) * std::size_t(read->width) +
                         std::size_t(x * read->width / made->width)];
        const float3 shown = render::raster::to_display({c.x, c.y, c.z});
        const std::uint32_t packed = render::raster::pack_color({shown.x, shown.y, shown.z, 1});
        std::copy_n(reinterpret_cast<const std::uint8_t*>(&packed), 4,
                    made->bytes.begin() + std::ptrdiff_t((y * made->width + x) * 4));
      }
    }
    ball = std::move(made);
  }
  return ball;
}

std::shared_ptr<const ViewPicture> StudioPictures::surroundings(const StudioWorld& world,
                                                                float blur, float strength,
                                                                image::ViewSettings view) {
  view.curves = {};
  if (seen_.world == world && seen_.blur == blur && seen_.strength == strength &&
      is_same(seen_.view, view)) {
    return seen_.picture;
  }
  const auto* service = session_.services().find<const operators::ColorService>();
  if (!service) {
    return nullptr;
  }
  const Result<const image::ColorManagement*> colors = service->get();
  seen_ = {world, blur, strength, view,
           colors ? seen_world(*world, blur, strength, **colors, view) : nullptr};
  return seen_.picture;
}

StudioWorld StudioPictures::file(const std::string& path) {
  const auto [found, is_new] = files_.try_emplace(path);
  if (is_new) {
    wanted_.push_back(path);
    read_next();
  }
  return found->second.pixels;
}

void StudioPictures::read_next() {
  if (is_reading_ || wanted_.empty()) {
    return;
  }
  is_reading_ = true;
  worker_.ask([this, path = wanted_.back(), post = session_.post(), alive = is_alive_] {
    StudioWorld pixels;
    try {
      pixels = read_pixels(path, file_width, file_width / 2);
    } catch (const std::exception&) {
      // No memory for it: the built-in one stays.
    }
    post([this, path, pixels, alive] {
      if (!*alive) {
        return;
      }
      is_reading_ = false;
      files_[path].pixels = pixels;
      changed.emit();
      read_next();
    });
  });
  wanted_.pop_back();
}

}  // namespace kiln::editor
