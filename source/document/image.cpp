#include "document/image.h"

#include <cstring>

#include "core/schema/registry.h"
#include "core/schema/services.h"
#include "document/document.h"
#include "document/image_pixels.h"
#include "document/render_settings.h"

namespace kiln {
namespace {

// The color space of an image, shown as a struct of its own.
struct InputColorSpace {};

const std::string& space_of(const ConstRef& r) {
  return r.block->type() == BlockType::Image ? static_cast<const Image*>(r.block)->color_space
                                             : r.as<ImageFormatSettings>().linear_color_space;
}

// Pixels of images are made again for the other space; what was written into them is gone.
void set_space(const MutableRef& r, const std::string& name) {
  if (r.block->type() != BlockType::Image) {
    r.as<ImageFormatSettings>().linear_color_space = name;
    return;
  }
  auto& image = static_cast<Image&>(*r.block);
  if (image.color_space != name) {
    image.color_space = name;
    drop_pixels(image);
  }
}

}  // namespace

const Schema& color_space_schema() {
  static const Schema schema = [] {
    SchemaBuilder<InputColorSpace> s("ColorManagedInputColorspaceSettings", "");
    s.add_computed(
         PropertyType::Enum, "name", "Input Color Space",
         [](const ConstRef& r) { return Value(space_of(r)); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           set_space(r, v.as_string());
           return {};
         })
        .items({{"NONE", "None", 0}})
        .items([](const ConstRef&) { return color_space_items(); })
        .changes(Change::Shading)
        .default_value("NONE")
        .not_animatable();
    s.add_computed(
         PropertyType::Boolean, "is_data", "Is Data",
         [](const ConstRef& r) { return Value(is_data_space(space_of(r))); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           set_space(r, v.as_bool() ? "Non-Color" : "sRGB");
           return {};
         })
        .changes(Change::Shading)
        .default_value(false)
        .not_animatable();
    Schema built = s.build();
    built.make = nullptr;
    return built;
  }();
  return schema;
}

namespace {

// The packed file, shown as a struct and as the only item of a collection.
struct PackedFile {};
struct ImagePackedFile {};

bool is_packed(const Image& image) {
  return !image.packed.empty();
}

const Schema& packed_file_schema() {
  static const Schema schema = [] {
    SchemaBuilder<PackedFile> s("PackedFile", "Packed File");
    s.add_computed(PropertyType::Int, "size", "Size",
                   [](const ConstRef& r) {
                     return Value(std::int64_t(static_cast<const Image*>(r.block)->packed.size()));
                   })
        .soft(-10000, 10000)
        .not_animatable();
    s.add_computed(PropertyType::String, "data", "Data",
                   [](const ConstRef& r) {
                     const Array<std::uint8_t>& packed = static_cast<const Image*>(r.block)->packed;
                     return Value(std::string(packed.begin(), packed.end()));
                   })
        .subtype(Subtype::ByteString)
        .default_value("")
        .never_none()
        .not_animatable();
    Schema built = s.build();
    built.make = nullptr;
    return built;
  }();
  return schema;
}

const Schema& image_packed_file_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ImagePackedFile> s("ImagePackedFile", "");
    s.add_nested("packed_file", "Packed File", &packed_file_schema).not_animatable();
    s.add_computed(
         PropertyType::String, "filepath", "File Path",
         [](const ConstRef& r) { return Value(static_cast<const Image*>(r.block)->packed_path); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           static_cast<Image*>(r.block)->packed_path = v.as_string();
           return {};
         })
        .subtype(Subtype::FilePath)
        .max_bytes(1024)
        .default_value("")
        .never_none()
        .not_animatable();
    s.set_name_property("filepath");
    Schema built = s.build();
    built.make = nullptr;
    return built;
  }();
  return schema;
}

ImageLoader* loader_of(const ConstRef& r) {
  return r.services ? r.services->find<ImageLoader>() : nullptr;
}

// Dropped edits are made again from the settings, as changed.
void drop_on_change(const MutableRef& r) {
  drop_pixels(r.as<Image>());
}

void change_source(const MutableRef& r) {
  auto& image = r.as<Image>();
  drop_pixels(image);
  if (image.source == ImageSource::Generated) {
    image.filepath.clear();
  }
}

// Another file is another picture.
void change_path(const MutableRef& r) {
  if (r.as<Image>().source != ImageSource::Generated) {
    drop_pixels(r.as<Image>());
    if (ImageLoader* loader = loader_of(r)) {
      loader->forget(r.block->id);
    }
  }
}

// One fact about the pixels, or `otherwise` where there are none.
template <typename Fact>
std::function<Value(const ConstRef&)> fact(Fact get, Value otherwise) {
  return [get, otherwise](const ConstRef& r) {
    const ImagePixels pixels = describe_pixels(r.as<Image>(), r.services);
    return pixels.width > 0 ? get(pixels) : otherwise;
  };
}

DynamicValues pixel_values(const ConstRef& r) {
  const auto pixels = image_pixels(r.as<Image>(), r.services);
  return pixels ? DynamicValues{pixels->values.data(), std::int64_t(pixels->values.size()), pixels}
                : DynamicValues{};
}

DynamicEdit edit_pixel_values(const MutableRef& r) {
  auto& image = r.as<Image>();
  if (!own_pixels(image, r.services)) {
    return {};
  }
  const std::span<float> values = image.pixels.edit();
  return {values.data(), std::int64_t(values.size())};
}

void pixels_written(const MutableRef& r) {
  auto& image = r.as<Image>();
  if (!image.pixels.empty()) {
    image.is_dirty = true;
    round_pixels(image, r.index < 0 ? 0 : r.index,
                 r.index < 0 ? std::int64_t(image.pixels.size()) : 1);
  }
}

}  // namespace

bool is_data_space(std::string_view color_space) {
  return color_space == "Non-Color" || color_space == "Raw";
}

Image::Image() : file_format(ImageFormatSettingsFileFormat::Targa) {}

std::vector<EnumItem> color_space_items() {
  std::vector<EnumItem> items;
  for (const char* name : {"AgX Log", "Filmic Log", "Filmic sRGB", "Linear", "Linear ACES",
                           "Linear ACEScg", "Non-Color", "Raw", "sRGB", "XYZ"}) {
    items.push_back({name, name, int(items.size()) + 1});
  }
  return items;
}

void Image::visit_arrays(ArrayVisitor& visitor) const {
  // What a file or the packed one holds is read from there.
  if (is_dirty || (source == ImageSource::Generated && !pixels.empty())) {
    visitor.array("pixels", pixels.data(), pixels.size() * sizeof(float), 4);
  }
  visitor.array("packed", packed.data(), packed.size(), 1);
}

bool Image::set_array(std::string_view array_name, std::string_view bytes) {
  if (array_name == "pixels" && bytes.size() % sizeof(float) == 0) {
    std::vector<float> values(bytes.size() / sizeof(float));
    std::memcpy(values.data(), bytes.data(), bytes.size());
    pixels = Array<float>(std::move(values));
    return true;
  }
  if (array_name == "packed") {
    packed = Array<std::uint8_t>(std::vector<std::uint8_t>(bytes.begin(), bytes.end()));
    return true;
  }
  return false;
}

Result<void> Image::finish_reading() {
  if (!pixels.empty() &&
      (width < 1 || height < 1 || width > max_image_size || height > max_image_size ||
       pixels.size() != std::size_t(width) * std::size_t(height) * 4)) {
    return Error::invalid("Image \"{}\": {} pixel values do not fit its size of {} x {}", name,
                          pixels.size(), width, height);
  }
  is_dirty = !pixels.empty();
  return {};
}

Image& add_image(Document& document, std::string_view name, int width, int height, bool has_alpha,
                 bool is_float, bool is_data) {
  auto& image = document.add<Image>(name);
  image.source = ImageSource::Generated;
  image.file_format = ImageFormatSettingsFileFormat::Png;
  image.generated_type = ImageGeneratedType::Blank;
  image.generated_width = std::clamp(width, 1, max_image_size);
  image.generated_height = std::clamp(height, 1, max_image_size);
  image.generated_alpha = has_alpha;
  image.generated_color = {0.0f, 0.0f, 0.0f, 1.0f};
  image.use_generated_float = is_float;
  image.color_space = is_data ? "Non-Color" : is_float ? "Linear" : "sRGB";
  return image;
}

const Schema& Image::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Image> s("Image", "Image", &DataBlock::schema());
    s.add<&Image::render_slots>("render_slots", "Render Slots")
        .describe("The places for pictures that were rendered")
        .collection_schema(&render_slots_schema)
        .not_animatable();
    s.add<&Image::filepath>("filepath", "File Name")
        .subtype(Subtype::FilePath)
        .max_bytes(1024)
        .changes(Change::Shading)
        .on_change(change_path)
        .overridable()
        .never_none()
        .not_animatable();
    s.add<&Image::file_format>("file_format", "File Format")
        .items(picture_format_items())
        .default_value("TARGA");
    s.add_computed(
         PropertyType::String, "filepath_raw", "File Name",
         [](const ConstRef& r) { return Value(r.as<Image>().filepath); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           r.as<Image>().filepath = v.as_string();
           return {};
         })
        .subtype(Subtype::FilePath)
        .max_bytes(1024)
        .default_value("")
        .never_none()
        .not_animatable();
    s.add<&Image::source>("source", "Source")
        .items({{"FILE", "Single Image", 1},
                {"SEQUENCE", "Image Sequence", 2},
                {"MOVIE", "Movie", 3},
                {"GENERATED", "Generated", 4},
                {"VIEWER", "Viewer", 5},
                {"TILED", "UDIM Tiles", 6}})
        .on_change(change_source)
        .changes(Change::Shading);
    s.add_computed(PropertyType::Enum, "type", "Type",
                   [](const ConstRef& r) {
                     const ImageSource source = r.as<Image>().source;
                     return Value(source == ImageSource::Generated ? "UV_TEST"
                                  : source == ImageSource::Viewer  ? "RENDER_RESULT"
                                                                   : "IMAGE");
                   })
        .items({{"IMAGE", "Image", 0},
                {"MULTILAYER", "Multilayer", 1},
                {"UV_TEST", "UV Test", 2},
                {"RENDER_RESULT", "Render Result", 4},
                {"COMPOSITING", "Compositing", 5}})
        .default_value("IMAGE");
    s.add<&Image::generated_type>("generated_type", "Generated Type")
        .on_change(drop_on_change)
        .items({{"BLANK", "Blank", 0}, {"UV_GRID", "UV Grid", 1}, {"COLOR_GRID", "Color Grid", 2}})
        .changes(Change::Shading)
        .not_animatable();
    s.add<&Image::generated_width>("generated_width", "Generated Width")
        .on_change(drop_on_change)
        .range(1, 65536)
        .subtype(Subtype::Pixel)
        .changes(Change::Shading)
        .not_animatable();
    s.add<&Image::generated_height>("generated_height", "Generated Height")
        .on_change(drop_on_change)
        .range(1, 65536)
        .subtype(Subtype::Pixel)
        .changes(Change::Shading)
        .not_animatable();
    s.add<&Image::use_generated_float>("use_generated_float", "Float Buffer")
        .on_change(drop_on_change)
        .changes(Change::Shading)
        .not_animatable();
    s.add<&Image::generated_color>("generated_color", "Color")
        .on_change(drop_on_change)
        .range(0, infinity)
        .soft(0, 1)
        .subtype(Subtype::ColorGamma)
        .changes(Change::Shading)
        .default_value(Value::Numbers{0, 0, 0, 0})
        .not_animatable();
    for (const char* name : {"is_stereo_3d", "is_multiview"}) {
      s.add_computed(PropertyType::Boolean, name, name,
                     [](const ConstRef&) { return Value(false); })
          .overridable()
          .default_value(false);
    }
    s.add_computed(PropertyType::Int, "bindcode", "Bindcode",
                   [](const ConstRef&) { return Value(std::int64_t(0)); })
        .describe("Name of the texture on the graphics card while scripts loaded it; 0: none")
        .non_negative()
        .default_value(0);
    s.add<&Image::is_dirty>("is_dirty", "Dirty").read_only().overridable().not_stored();
    s.add_computed(PropertyType::Boolean, "has_data", "Has Data", [](const ConstRef& r) {
       const auto& image = r.as<Image>();
       const ImageLoader* loader = loader_of(r);
       return Value(!image.pixels.empty() || (loader && loader->has(image)));
     }).default_value(false);
    s.add_computed(PropertyType::Int, "depth", "Depth",
                   fact([](const ImagePixels& p) { return Value(std::int64_t(p.depth)); }, 0))
        .range(0, infinity)
        .soft(0, 10000)
        .subtype(Subtype::Unsigned)
        .default_value(0);
    s.add_computed(PropertyType::Int, "size", "Size",
                   fact(
                       [](const ImagePixels& p) {
                         return Value(Value::Numbers{double(p.width), double(p.height)});
                       },
                       Value::Numbers{0, 0}))
        .array(2)
        .soft(0, 0)
        .subtype(Subtype::Pixel)
        .default_value(Value::Numbers{0, 0});
    s.add_computed(PropertyType::Int, "channels", "Channels",
                   fact([](const ImagePixels&) { return Value(4); }, 0))
        .range(0, infinity)
        .soft(0, 10000)
        .subtype(Subtype::Unsigned)
        .default_value(0);
    s.add_computed(PropertyType::Boolean, "is_float", "Is Float",
                   fact([](const ImagePixels& p) { return Value(p.is_float); }, false))
        .default_value(false);
    s.add_computed(PropertyType::Int, "frame_duration", "Duration",
                   [](const ConstRef&) { return Value(1); })
        .range(0, infinity)
        .soft(0, 10000)
        .subtype(Subtype::Unsigned)
        .default_value(0);
    s.add<&Image::display_aspect>("display_aspect", "Display Aspect")
        .describe("Width and height that pixels are shown with; renders take no notice")
        .range(0.1, infinity)
        .soft(0.1, 5000)
        .step(1, 2)
        .subtype(Subtype::Xyz)
        .overridable();
    s.add_computed(
         PropertyType::Float, "resolution", "Resolution",
         [](const ConstRef& r) {
           const float2 pixels = pixel_resolution(r.as<Image>(), r.services);
           return Value(Value::Numbers{double(pixels.x), double(pixels.y)});
         },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           const auto& numbers = v.as_numbers();
           r.as<Image>().resolution = {std::max(0.0f, float(numbers[0])),
                                       std::max(0.0f, float(numbers[1]))};
           return {};
         })
        .describe("Pixels a metre when the picture is printed; saved with it")
        .array(2)
        .soft(0, 0)
        .step(1)
        .subtype(Subtype::Xyz)
        .overridable()
        .default_value(Value::Numbers{0, 0});
    s.add<&Image::resolution>("stored_resolution", "").internal();
    s.add<&Image::use_view_as_render>("use_view_as_render", "View as Render")
        .describe("Shown with the view settings of the scene, as renders are")
        .overridable();
    s.add<&Image::use_half_precision>("use_half_precision", "Half Float Precision")
        .describe(
            "Values are shown from 16 bits each, which takes half the memory of the graphics card")
        .changes(Change::Shading)
        .default_value(false);
    s.add_dynamic_array<float>("pixels", "Pixels", pixel_values, edit_pixel_values)
        .on_change(pixels_written)
        .soft(-10000, 10000)
        .changes(Change::Shading)
        .default_value(0.0);
    s.add_optional_nested<is_packed>("packed_file", "Packed File", &packed_file_schema)
        .not_animatable();
    s.add_view("packed_files", "Packed Files", &image_packed_file_schema, [](const ConstRef& r) {
       return std::int64_t(is_packed(r.as<Image>()));
     }).not_animatable();
    s.add_nested("colorspace_settings", "Color Space Settings", &color_space_schema)
        .not_animatable();
    s.add<&Image::alpha_mode>("alpha_mode", "Alpha Mode")
        .items({{"STRAIGHT", "Straight", 0},
                {"PREMUL", "Premultiplied", 1},
                {"CHANNEL_PACKED", "Channel Packed", 2},
                {"NONE", "None", 3}})
        .changes(Change::Shading);
    s.add<&Image::packed_path>("packed_path", "").subtype(Subtype::FilePath).internal();
    s.add<&Image::generated_alpha>("generated_alpha", "").internal();
    s.add<&Image::depth>("stored_depth", "").internal();
    s.add<&Image::is_float>("stored_is_float", "").internal();
    s.add<&Image::color_space>("stored_color_space", "").internal();
    s.add<&Image::width>("stored_width", "").internal();
    s.add<&Image::height>("stored_height", "").internal();
    return s.build();
  }();
  return schema;
}

void register_image_types(Registry& registry) {
  registry.add(Image::schema());
  registry.add(RenderSlot::schema());
  registry.add(color_space_schema());
  registry.add(packed_file_schema());
  registry.add(image_packed_file_schema());
}

}  // namespace kiln
