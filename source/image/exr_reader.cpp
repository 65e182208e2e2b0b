#include <set>

#include <OpenEXR/ImfChannelList.h>
#include <OpenEXR/ImfFrameBuffer.h>
#include <OpenEXR/ImfHeader.h>
#include <OpenEXR/ImfInputPart.h>
#include <OpenEXR/ImfMultiPartInputFile.h>
#include <OpenEXR/ImfPartType.h>
#include <OpenEXR/ImfRgbaFile.h>
#include <OpenEXR/ImfStringAttribute.h>
#include <OpenEXR/ImfThreading.h>

#include "core/tasks.h"
#include "image/exr.h"
#include "image/exr_streams.h"

namespace kiln::image {
namespace {

// OpenEXR decodes on threads of its own, which one call for the whole process starts.
void start_threads() {
  static const bool started = [] {
    Imf::setGlobalThreadCount(hardware_threads());
    return true;
  }();
  static_cast<void>(started);
}

struct Window {
  int left = 0, top = 0, width = 0, height = 0;
};

struct Channel {
  std::string full_name;
  std::string layer, pass;
  char letter = 0;
  bool is_float = false;
  int part = 0;
};

Result<Window> window_of(const Imf::Header& header, const Path& path) {
  const Imath::Box2i& box = header.dataWindow();
  const std::int64_t width = std::int64_t(box.max.x) - box.min.x + 1;
  const std::int64_t height = std::int64_t(box.max.y) - box.min.y + 1;
  if (width < 1 || height < 1 || width > max_image_size || height > max_image_size) {
    return Error::malformed(path, "is {} x {} pixels; expected 1 to {}", width, height,
                            max_image_size);
  }
  return Window{box.min.x, box.min.y, int(width), int(height)};
}

// "ViewLayer.Combined.R": layer, pass, channel. Only the first letter of a channel's name counts;
// "red" is R too.
Channel split_name(const std::string& full_name, const std::string& part_name) {
  Channel channel;
  channel.full_name = full_name;
  const std::size_t last = full_name.rfind('.');
  std::string letter = last == std::string::npos ? full_name : full_name.substr(last + 1);
  if (last != std::string::npos) {
    const std::string before = full_name.substr(0, last);
    const std::size_t dot = before.rfind('.');
    channel.pass = dot == std::string::npos ? before : before.substr(dot + 1);
    channel.layer = dot == std::string::npos ? part_name : before.substr(0, dot);
  } else {
    channel.layer = part_name;
    // A lone depth is a pass, not a channel of the picture.
    if (letter == "Z" || letter == "ZBack" || letter.size() > 5) {
      channel.pass = letter;
    }
  }
  channel.letter = letter.empty() ? 'X' : char(std::toupper(static_cast<unsigned char>(letter[0])));
  return channel;
}

// Channels in the order in which their values stand: color, vectors, everything else by name.
int rank(char letter) {
  constexpr std::string_view order = "RGBAXYZWUV";
  const std::size_t found = order.find(letter);
  return int(found == std::string_view::npos ? order.size() : found);
}

struct OpenFile {
  std::unique_ptr<Imf::IStream> stream;
  std::uint64_t size = 0;
  std::unique_ptr<Imf::MultiPartInputFile> file;
};

Result<OpenFile> open_file(const Path& path) {
  Result<std::unique_ptr<ExrFileStream>> stream = ExrFileStream::open(path);
  if (!stream) {
    return stream.error();
  }
  OpenFile file;
  file.size = (*stream)->size();
  file.stream = std::move(*stream);
  return file;
}

OpenFile open_memory(std::span<const std::byte> bytes, const Path& name) {
  OpenFile file;
  file.size = bytes.size();
  file.stream = std::make_unique<ExrMemoryStream>(bytes, name);
  return file;
}

struct Contents {
  Window window;
  std::vector<Channel> channels;
  float pixel_aspect = 1.0f;
  std::vector<std::pair<std::string, std::string>> metadata;
  bool is_luminance_chroma = false;
};

// Reads the headers. All parts must have the size of the first; others are left out.
Result<Contents> read_contents(OpenFile& file, const Path& path) {
  start_threads();
  file.file = std::make_unique<Imf::MultiPartInputFile>(*file.stream, Imf::globalThreadCount());
  Contents contents;
  std::uint64_t bytes = 0;
  for (int part = 0; part < file.file->parts(); ++part) {
    const Imf::Header& header = file.file->header(part);
    if (header.hasType() && Imf::isDeepData(header.type())) {
      return Error::unsupported("\"{}\": holds deep pixels, which Kiln does not read",
                                path.string());
    }
    const Result<Window> window = window_of(header, path);
    if (!window) {
      return window.error();
    }
    if (part == 0) {
      contents.window = *window;
      contents.pixel_aspect = header.pixelAspectRatio();
    } else if (window->width != contents.window.width || window->height != contents.window.height ||
               window->left != contents.window.left || window->top != contents.window.top) {
      continue;
    }
    const std::string part_name = file.file->parts() > 1 && header.hasName() ? header.name() : "";
    for (auto i = header.channels().begin(); i != header.channels().end(); ++i) {
      const std::string_view name = i.name();
      if (name == "RY" || name == "BY") {
        contents.is_luminance_chroma = true;
      } else if (i.channel().xSampling != 1 || i.channel().ySampling != 1) {
        return Error::unsupported(
            "\"{}\": its channel {} has fewer pixels than the picture, which Kiln does not read",
            path.string(), name);
      }
      Channel channel = split_name(i.name(), part_name);
      channel.is_float = i.channel().type != Imf::HALF;
      channel.part = part;
      bytes += std::uint64_t(window->width) * window->height * (channel.is_float ? 4 : 2);
      contents.channels.push_back(std::move(channel));
    }
    for (auto i = header.begin(); i != header.end(); ++i) {
      if (const auto* text = dynamic_cast<const Imf::StringAttribute*>(&i.attribute());
          text && std::string_view(i.name()) != "type") {
        contents.metadata.emplace_back(i.name(), text->value());
      }
    }
  }
  if (contents.channels.empty()) {
    return Error::malformed(path, "has no channels");
  }
  if (!is_plausible_size(file.size, bytes)) {
    return Error::malformed(path, "is {} x {} pixels with {} channels, too much for its {} bytes",
                            contents.window.width, contents.window.height, contents.channels.size(),
                            file.size);
  }
  return contents;
}

// Where the pixels of one channel go.
struct Target {
  const Channel* channel;
  float* first;  // lower left pixel
  int values_per_pixel;
};

void read_channels(OpenFile& file, const Contents& contents, const std::vector<Target>& targets) {
  const Window& w = contents.window;
  for (int part = 0; part < file.file->parts(); ++part) {
    Imf::FrameBuffer buffer;
    bool is_empty = true;
    for (const Target& target : targets) {
      if (target.channel->part != part) {
        continue;
      }
      // The file counts rows from the top, so the step from row to row is negative; unsigned
      // arithmetic wraps.
      const std::size_t x_step = sizeof(float) * std::size_t(target.values_per_pixel);
      const std::size_t y_step = std::size_t(0) - x_step * std::size_t(w.width);
      const std::uintptr_t top_row =
          reinterpret_cast<std::uintptr_t>(target.first) - y_step * std::size_t(w.height - 1);
      const std::uintptr_t origin = top_row - std::uintptr_t(std::int64_t(w.left)) * x_step -
                                    std::uintptr_t(std::int64_t(w.top)) * y_step;
      buffer.insert(target.channel->full_name,
                    Imf::Slice(Imf::FLOAT, reinterpret_cast<char*>(origin), x_step, y_step));
      is_empty = false;
    }
    if (!is_empty) {
      Imf::InputPart input(*file.file, part);
      input.setFrameBuffer(buffer);
      input.readPixels(w.top, w.top + w.height - 1);
    }
  }
}

// Channels of one pass, at most four, sorted; of several with one letter the first counts.
std::vector<const Channel*> channels_of(const Contents& contents, const std::string& layer,
                                        const std::string& pass) {
  std::vector<const Channel*> found;
  for (const Channel& channel : contents.channels) {
    if (channel.layer == layer && channel.pass == pass) {
      found.push_back(&channel);
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Channel* a, const Channel* b) {
    return rank(a->letter) < rank(b->letter);
  });
  return found;
}

template <typename Value, typename Read>
Result<Value> guarded(const Path& path, Read&& read) {
  try {
    return read();
  } catch (const std::bad_alloc&) {
    return Error::malformed(path, "needs more memory than there is");
  } catch (const std::exception& error) {
    return Error::malformed(path, "is no OpenEXR file that can be read: {}", error.what());
  }
}

Result<ExrImage> read_all(OpenFile file, const Path& path) {
  return guarded<ExrImage>(path, [&]() -> Result<ExrImage> {
    const Result<Contents> contents = read_contents(file, path);
    if (!contents) {
      return contents.error();
    }
    if (contents->is_luminance_chroma) {
      return Error::unsupported("\"{}\": holds luminance and chroma, not layers", path.string());
    }
    ExrImage image{.width = contents->window.width,
                   .height = contents->window.height,
                   .passes = {},
                   .pixel_aspect = contents->pixel_aspect,
                   .metadata = contents->metadata};
    std::vector<Target> targets;
    std::set<std::pair<std::string, std::string>> done;
    for (const Channel& first : contents->channels) {
      if (!done.insert({first.layer, first.pass}).second) {
        continue;
      }
      const std::vector<const Channel*> channels = channels_of(*contents, first.layer, first.pass);
      ExrPass pass{.layer = first.layer,
                   .name = first.pass,
                   .channels = {},
                   .values = {},
                   .is_float = first.is_float};
      for (const Channel* channel : channels) {
        pass.channels.push_back(channel->letter);
      }
      pass.values = Array<float>(std::size_t(image.width) * image.height * channels.size());
      float* values = pass.values.edit().data();
      for (std::size_t c = 0; c < channels.size(); ++c) {
        targets.push_back({channels[c], values + c, int(channels.size())});
      }
      image.passes.push_back(std::move(pass));
    }
    read_channels(file, *contents, targets);
    return image;
  });
}

// Luminance-chroma files: OpenEXR upsamples and converts them.
ImageBuffer read_luminance_chroma(OpenFile& file, const Window& w) {
  file.file.reset();
  file.stream->seekg(0);
  Imf::RgbaInputFile input(*file.stream, Imf::globalThreadCount());
  std::vector<Imf::Rgba> row(std::size_t(w.width));
  ImageBuffer image = ImageBuffer::of_floats(w.width, w.height, 4);
  const std::span<float> out = image.edit_floats();
  for (int y = 0; y < w.height; ++y) {
    input.setFrameBuffer(row.data() - w.left, 1, 0);
    input.readPixels(w.top + y);
    float* pixel = &out[std::size_t(w.height - 1 - y) * w.width * 4];
    for (const Imf::Rgba& color : row) {
      *pixel++ = color.r;
      *pixel++ = color.g;
      *pixel++ = color.b;
      *pixel++ = color.a;
    }
  }
  return image;
}

// The channels that show, and what they stand for in the pixels: red 0 to alpha 3, grey -1.
std::vector<std::pair<const Channel*, int>> shown_channels(const Contents& contents) {
  const Channel* chosen = nullptr;
  for (const Channel& channel : contents.channels) {
    const bool is_plain = channel.layer.empty() && channel.pass.empty();
    if (is_plain || (channel.pass == "Combined" && (!chosen || chosen->pass != "Combined"))) {
      chosen = &channel;
    }
    if (is_plain) {
      break;
    }
  }
  if (!chosen) {
    chosen = &contents.channels.front();
  }
  std::vector<std::pair<const Channel*, int>> shown;
  const std::vector<const Channel*> channels = channels_of(contents, chosen->layer, chosen->pass);
  for (const Channel* channel : channels) {
    const std::size_t place = std::string_view("RGBA").find(channel->letter);
    if (place != std::string_view::npos) {
      shown.emplace_back(channel, int(place));
    }
  }
  const bool has_color = !shown.empty() && shown.front().second < 3;
  if (!has_color) {
    // A vector shows as color, one value as grey.
    if (channels.size() >= 3) {
      shown = {{channels[0], 0}, {channels[1], 1}, {channels[2], 2}};
    } else {
      shown.insert(shown.begin(), {channels.front(), -1});
      if (shown.size() > 1 && shown[0].first == shown[1].first) {
        shown.pop_back();
      }
    }
  }
  return shown;
}

Result<ExrPicture> read_shown(OpenFile file, const Path& path, int wanted) {
  return guarded<ExrPicture>(path, [&]() -> Result<ExrPicture> {
    const Result<Contents> contents = read_contents(file, path);
    if (!contents) {
      return contents.error();
    }
    const Window& w = contents->window;
    ExrPicture picture;
    picture.pixel_aspect = contents->pixel_aspect;
    picture.metadata = contents->metadata;
    if (contents->is_luminance_chroma) {
      picture.pixels = read_luminance_chroma(file, w);
      picture.pixels.alpha_mode = AlphaMode::Premultiplied;
      picture.channels = 4;
      return picture;
    }
    std::set<std::pair<std::string, std::string>> passes;
    for (const Channel& channel : contents->channels) {
      passes.insert({channel.layer, channel.pass});
    }
    picture.is_multilayer = passes.size() > 1 || !contents->channels.front().layer.empty();
    const std::vector<std::pair<const Channel*, int>> shown = shown_channels(*contents);
    const bool is_grey = shown.front().second < 0;
    const bool has_alpha = shown.back().second == 3;
    picture.channels = (is_grey ? 1 : 3) + (has_alpha ? 1 : 0);
    const int made = wanted ? wanted : picture.channels;

    picture.pixels = ImageBuffer::of_floats(w.width, w.height, made);
    picture.pixels.alpha_mode = AlphaMode::Premultiplied;
    float* values = picture.pixels.edit_floats().data();
    std::vector<Target> targets;
    for (const auto& [channel, place] : shown) {
      const int at = place < 0 ? 0 : place == 3 ? made - 1 : place;
      targets.push_back({channel, values + at, made});
    }
    read_channels(file, *contents, targets);
    if (made == 4 && (is_grey || !has_alpha)) {
      parallel_for(picture.pixels.pixel_count(), 65536, [&](std::size_t begin, std::size_t end) {
        for (float* p = values + 4 * begin; p < values + 4 * end; p += 4) {
          if (is_grey) {
            p[1] = p[2] = p[0];
          }
          if (!has_alpha) {
            p[3] = 1.0f;
          }
        }
      });
    }
    return picture;
  });
}

}  // namespace

bool ExrImage::is_multilayer() const {
  return passes.size() > 1 || (!passes.empty() && !passes.front().layer.empty());
}

const ExrPass* ExrImage::find(std::string_view layer, std::string_view name) const {
  for (const ExrPass& pass : passes) {
    if (pass.layer == layer && pass.name == name) {
      return &pass;
    }
  }
  return nullptr;
}

Result<ExrImage> read_exr(const Path& path) {
  Result<OpenFile> file = open_file(path);
  return file ? read_all(std::move(*file), path) : Result<ExrImage>(file.error());
}

Result<ExrImage> read_exr(std::span<const std::byte> file, const Path& name) {
  return read_all(open_memory(file, name), name);
}

Result<ExrPicture> read_exr_picture(const Path& path, int channels) {
  Result<OpenFile> file = open_file(path);
  return file ? read_shown(std::move(*file), path, channels) : Result<ExrPicture>(file.error());
}

Result<ExrPicture> read_exr_picture(std::span<const std::byte> file, const Path& name,
                                    int channels) {
  return read_shown(open_memory(file, name), name, channels);
}

}  // namespace kiln::image
