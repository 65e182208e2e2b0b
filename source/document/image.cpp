#include "document/image.h"

#include <cstring>

#include "core/schema/registry.h"
#include "document/document.h"

namespace kiln {
namespace {

// The color space of an image, shown as a struct of its own.
struct InputColorSpace {};

const Schema& color_space_schema() {
  static const Schema schema = [] {
    SchemaBuilder<InputColorSpace> s("ColorManagedInputColorspaceSettings", "");
    s.add_computed(
         PropertyType::Enum, "name", "Input Color Space",
         [](const ConstRef& r) { return Value(static_cast<const Image*>(r.block)->color_space); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           static_cast<Image*>(r.block)->color_space = v.as_string();
           return {};
         })
        .items([](const ConstRef&) { return color_space_items(); })
        .changes(Change::Shading)
        .default_value("NONE")
        .not_animatable();
    s.add_computed(
         PropertyType::Boolean, "is_data", "Is Data",
         [](const ConstRef& r) {
           const std::string& name = static_cast<const Image*>(r.block)->color_space;
           return Value(name == "Non-Color" || name == "Raw");
         },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           static_cast<Image*>(r.block)->color_space = v.as_bool() ? "Non-Color" : "sRGB";
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

}  // namespace

std::vector<EnumItem> color_space_items() {
  std::vector<EnumItem> items;
  for (const char* name : {"AgX Log", "Filmic Log", "Filmic sRGB", "Linear", "Linear ACES",
                           "Linear ACEScg", "Non-Color", "Raw", "sRGB", "XYZ"}) {
    items.push_back({name, name, int(items.size()) + 1});
  }
  return items;
}

void Image::visit_arrays(ArrayVisitor& visitor) const {
  visitor.array("pixels", pixels.data(), pixels.size() * sizeof(float), 4);
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
  if (!pixels.empty() && pixels.size() != std::size_t(width) * std::size_t(height) * 4) {
    return Error::invalid("Image \"{}\": {} pixel values do not fit its size of {} x {}", name,
                          pixels.size(), width, height);
  }
  return {};
}

Image& add_image(Document& document, std::string_view name, int width, int height, bool has_alpha,
                 bool is_float, bool is_data) {
  auto& image = document.add<Image>(name);
  image.source = ImageSource::Generated;
  image.generated_type = ImageGeneratedType::Blank;
  image.generated_width = image.width = std::clamp(width, 1, max_image_size);
  image.generated_height = image.height = std::clamp(height, 1, max_image_size);
  image.use_generated_float = image.is_float = is_float;
  image.depth = (is_float ? 4 : 1) * (has_alpha ? 32 : 24);
  image.color_space = is_data ? "Non-Color" : is_float ? "Linear" : "sRGB";
  std::vector<float> values(std::size_t(image.width) * std::size_t(image.height) * 4, 0.0f);
  for (std::size_t i = 3; i < values.size(); i += 4) {
    values[i] = 1.0f;
  }
  image.pixels = Array<float>(std::move(values));
  return image;
}

const Schema& Image::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Image> s("Image", "Image", &DataBlock::schema());
    s.add<&Image::filepath>("filepath", "File Name")
        .subtype(Subtype::FilePath)
        .max_bytes(1024)
        .changes(Change::Shading)
        .overridable()
        .never_none()
        .not_animatable();
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
        .changes(Change::Shading);
    s.add_computed(
         PropertyType::Enum, "type", "Type",
         [](const ConstRef& r) {
           return Value(r.as<Image>().source == ImageSource::Generated ? "UV_TEST" : "IMAGE");
         })
        .items({{"IMAGE", "Image", 0},
                {"MULTILAYER", "Multilayer", 1},
                {"UV_TEST", "UV Test", 2},
                {"RENDER_RESULT", "Render Result", 4},
                {"COMPOSITING", "Compositing", 5}})
        .default_value("IMAGE");
    s.add<&Image::generated_type>("generated_type", "Generated Type")
        .items({{"BLANK", "Blank", 0}, {"UV_GRID", "UV Grid", 1}, {"COLOR_GRID", "Color Grid", 2}})
        .changes(Change::Shading)
        .not_animatable();
    s.add<&Image::generated_width>("generated_width", "Generated Width")
        .range(1, 65536)
        .subtype(Subtype::Pixel)
        .changes(Change::Shading)
        .not_animatable();
    s.add<&Image::generated_height>("generated_height", "Generated Height")
        .range(1, 65536)
        .subtype(Subtype::Pixel)
        .changes(Change::Shading)
        .not_animatable();
    s.add<&Image::use_generated_float>("use_generated_float", "Float Buffer")
        .changes(Change::Shading)
        .not_animatable();
    s.add<&Image::generated_color>("generated_color", "Color")
        .range(0, infinity)
        .soft(0, 1)
        .subtype(Subtype::ColorGamma)
        .changes(Change::Shading)
        .default_value(Value::Numbers{0, 0, 0, 0})
        .not_animatable();
    s.add<&Image::is_dirty>("is_dirty", "Dirty").read_only().overridable().not_stored();
    s.add_computed(PropertyType::Boolean, "has_data", "Has Data", [](const ConstRef& r) {
       return Value(!r.as<Image>().pixels.empty());
     }).default_value(false);
    s.add<&Image::depth>("depth", "Depth")
        .range(0, infinity)
        .soft(0, 10000)
        .subtype(Subtype::Unsigned)
        .read_only()
        .default_value(0);
    s.add_computed(
         PropertyType::Int, "size", "Size",
         [](const ConstRef& r) {
           return Value(Value::Numbers{double(r.as<Image>().width), double(r.as<Image>().height)});
         })
        .array(2)
        .soft(0, 0)
        .subtype(Subtype::Pixel)
        .default_value(Value::Numbers{0, 0});
    s.add_computed(PropertyType::Int, "channels", "Channels",
                   [](const ConstRef& r) { return Value(r.as<Image>().pixels.empty() ? 0 : 4); })
        .range(0, infinity)
        .soft(0, 10000)
        .subtype(Subtype::Unsigned)
        .default_value(0);
    s.add<&Image::is_float>("is_float", "Is Float").read_only();
    s.add_dynamic_array<float>(
         "pixels", "Pixels",
         [](const void* data, std::int64_t) -> const void* {
           return static_cast<const Image*>(data)->pixels.data();
         },
         [](void* data, std::int64_t) -> void* {
           return static_cast<Image*>(data)->pixels.edit().data();
         },
         [](const void* data) {
           return std::int64_t(static_cast<const Image*>(data)->pixels.size());
         })
        .on_change([](const MutableRef& r) { r.as<Image>().is_dirty = true; })
        .soft(-10000, 10000)
        .changes(Change::Shading)
        .default_value(0.0);
    s.add_nested("colorspace_settings", "Color Space Settings", &color_space_schema)
        .not_animatable();
    s.add<&Image::alpha_mode>("alpha_mode", "Alpha Mode")
        .items({{"STRAIGHT", "Straight", 0},
                {"PREMUL", "Premultiplied", 1},
                {"CHANNEL_PACKED", "Channel Packed", 2},
                {"NONE", "None", 3}})
        .changes(Change::Shading)
        .not_animatable();
    s.add<&Image::use_half_precision>("use_half_precision", "Half Float Precision")
        .default_value(false);
    s.add<&Image::color_space>("stored_color_space", "").internal();
    s.add<&Image::width>("stored_width", "").internal();
    s.add<&Image::height>("stored_height", "").internal();
    return s.build();
  }();
  return schema;
}

void register_image_types(Registry& registry) {
  registry.add(Image::schema());
  registry.add(color_space_schema());
}

}  // namespace kiln
