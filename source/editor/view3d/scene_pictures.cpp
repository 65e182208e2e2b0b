#include "editor/view3d/scene_pictures.h"

#include <algorithm>

#include "document/scene.h"
#include "editor/image/document_picture.h"
#include "operators/color_service.h"

namespace kiln::editor {
namespace {

using render::raster::ViewPicture;

constexpr int largest_side = 4096;  // pixels; larger pictures are shown in fewer
constexpr std::size_t room = std::size_t(512) << 20;

// Half as large, by means of four pixels.
ViewPicture halved(const ViewPicture& whole) {
  ViewPicture half{std::max(1, whole.width / 2), std::max(1, whole.height / 2), {}};
  half.bytes.resize(std::size_t(half.width) * std::size_t(half.height) * 4);
  const auto at = [&](int x, int y, int c) {
    return int(whole.bytes[(std::size_t(std::min(y, whole.height - 1)) * std::size_t(whole.width) +
                            std::size_t(std::min(x, whole.width - 1))) *
                               4 +
                           std::size_t(c)]);
  };
  std::size_t to = 0;
  for (int y = 0; y < half.height; ++y) {
    for (int x = 0; x < half.width; ++x) {
      for (int c = 0; c < 4; ++c) {
        half.bytes[to++] =
            std::uint8_t((at(2 * x, 2 * y, c) + at(2 * x + 1, 2 * y, c) + at(2 * x, 2 * y + 1, c) +
                          at(2 * x + 1, 2 * y + 1, c) + 2) /
                         4);
      }
    }
  }
  return half;
}

// Null where the image has no pixels.
std::shared_ptr<const ViewPicture> make_picture(const Image& image, int number,
                                                const image::ViewSettings& view,
                                                const Services& services) {
  const auto* service = services.find<const operators::ColorService>();
  const Result<LinearPicture> pixels = linear_pixels(image, number, services);
  if (!pixels || !service) {
    return nullptr;
  }
  const Result<const image::ColorManagement*> colors = service->get();
  if (!colors) {
    return nullptr;
  }
  const Result<DisplayPicture> shown = display_picture(*pixels, **colors, view, 0.0f);
  if (!shown) {
    return nullptr;
  }
  // Blue first and from the top there, red first and from the bottom here.
  ViewPicture out{shown->width, shown->height, std::vector<std::uint8_t>(shown->bytes.size())};
  const std::size_t row = std::size_t(shown->width) * 4;
  for (int y = 0; y < shown->height; ++y) {
    const std::uint8_t* from = shown->bytes.data() + std::size_t(y) * row;
    std::uint8_t* to = out.bytes.data() + std::size_t(shown->height - 1 - y) * row;
    for (std::size_t i = 0; i < row; i += 4) {
      to[i] = from[i + 2];
      to[i + 1] = from[i + 1];
      to[i + 2] = from[i];
      to[i + 3] = from[i + 3];
    }
  }
  while (std::max(out.width, out.height) > largest_side) {
    out = halved(out);
  }
  return std::make_shared<const ViewPicture>(std::move(out));
}

}  // namespace

std::shared_ptr<const ViewPicture> ScenePictures::find(const Document& document, BlockId id,
                                                       const ImageUser& user) {
  const Image* image = document.find<Image>(id);
  if (!image) {
    return nullptr;
  }
  const Key key{id, picture_number(*image, user, session_.frame())};
  Entry& entry = entries_[key];
  entry.last_use = ++uses_;
  if (entry.made_of != image->versions && wanted_.insert(key).second) {
    make_next();
  }
  return entry.picture;
}

void ScenePictures::make_next() {
  const Scene* scene = session_.scene();
  if (is_making_ || wanted_.empty() || !scene) {
    return;
  }
  const Key key = *wanted_.begin();
  wanted_.erase(wanted_.begin());
  const Document& now = session_.document();
  const Image* image = now.find<Image>(key.first);
  if (!image) {
    make_next();
    return;
  }
  is_making_ = true;
  worker_.ask([this, key, view = picture_view(*image, *scene), document = now,
               made_of = image->versions, services = &session_.services(), post = session_.post(),
               alive = is_alive_] {
    std::shared_ptr<const ViewPicture> picture;
    try {
      picture = make_picture(*document.find<Image>(key.first), key.second, view, *services);
    } catch (const std::exception&) {
      // No memory for it: nothing is shown.
    }
    post([this, key, picture, made_of, alive] {
      if (!*alive) {
        return;
      }
      is_making_ = false;
      entries_[key].picture = picture;
      entries_[key].made_of = made_of;
      drop_old();
      changed.emit();
      make_next();
    });
  });
}

void ScenePictures::drop_old() {
  const auto bytes = [](const Entry& entry) {
    return entry.picture ? entry.picture->bytes.size() : 0;
  };
  std::size_t total = 0;
  for (const auto& [key, entry] : entries_) {
    total += bytes(entry);
  }
  while (total > room && entries_.size() > 1) {
    const auto oldest = std::min_element(
        entries_.begin(), entries_.end(),
        [](const auto& a, const auto& b) { return a.second.last_use < b.second.last_use; });
    total -= bytes(oldest->second);
    entries_.erase(oldest);
  }
}

}  // namespace kiln::editor
