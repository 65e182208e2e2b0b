#include "document/texture_mapping.h"

#include "core/schema/registry.h"

namespace kiln {

const Schema& TexMapping::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TexMapping> s("TexMapping", "Texture Mapping");
    const std::vector<EnumItem> axes{
        {"NONE", "None", 0}, {"X", "X", 1}, {"Y", "Y", 2}, {"Z", "Z", 3}};
    s.add<&TexMapping::vector_type>("vector_type", "Type")
        .items({{"POINT", "Point", 0},
                {"TEXTURE", "Texture", 1},
                {"VECTOR", "Vector", 2},
                {"NORMAL", "Normal", 3}})
        .changes(Change::Shading);
    s.add<&TexMapping::translation>("translation", "Location")
        .subtype(Subtype::Translation)
        .step(1, 5)
        .changes(Change::Shading);
    s.add<&TexMapping::rotation>("rotation", "Rotation")
        .subtype(Subtype::Euler)
        .soft(-10000, 10000)
        .changes(Change::Shading);
    const auto vector = [](PropertyBuilder p) {
      p.subtype(Subtype::Xyz).soft(-10000, 10000).changes(Change::Shading);
    };
    vector(s.add<&TexMapping::scale>("scale", "Scale").default_value(Value::Numbers{0, 0, 0}));
    vector(s.add<&TexMapping::min>("min", "Minimum"));
    vector(s.add<&TexMapping::max>("max", "Maximum").default_value(Value::Numbers{0, 0, 0}));
    s.add<&TexMapping::use_min>("use_min", "Has Minimum").changes(Change::Shading);
    s.add<&TexMapping::use_max>("use_max", "Has Maximum").changes(Change::Shading);
    s.add<&TexMapping::mapping_x>("mapping_x", "X Mapping")
        .items(axes)
        .default_value("NONE")
        .changes(Change::Shading);
    s.add<&TexMapping::mapping_y>("mapping_y", "Y Mapping")
        .items(axes)
        .default_value("NONE")
        .changes(Change::Shading);
    s.add<&TexMapping::mapping_z>("mapping_z", "Z Mapping")
        .items(axes)
        .default_value("NONE")
        .changes(Change::Shading);
    s.add<&TexMapping::mapping>("mapping", "Mapping")
        .items({{"FLAT", "Flat", 0},
                {"CUBE", "Cube", 1},
                {"TUBE", "Tube", 2},
                {"SPHERE", "Sphere", 3}})
        .changes(Change::Shading);
    return s.build();
  }();
  return schema;
}

const Schema& ColorMapping::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ColorMapping> s("ColorMapping", "Color Mapping");
    s.add<&ColorMapping::use_color_ramp>("use_color_ramp", "Use Color Ramp")
        .changes(Change::Shading);
    s.add<&ColorMapping::color_ramp>("color_ramp", "Color Ramp").not_animatable();
    s.add<&ColorMapping::brightness>("brightness", "Brightness")
        .range(0, 2)
        .step(1)
        .default_value(0.0)
        .changes(Change::Shading);
    s.add<&ColorMapping::contrast>("contrast", "Contrast")
        .range(0, 5)
        .step(1)
        .default_value(0.0)
        .changes(Change::Shading);
    s.add<&ColorMapping::saturation>("saturation", "Saturation")
        .range(0, 2)
        .step(1)
        .default_value(0.0)
        .changes(Change::Shading);
    s.add<&ColorMapping::blend_type>("blend_type", "Blend Type")
        .items({{"MIX", "Mix", 0},
                {"DARKEN", "Darken", 5},
                {"MULTIPLY", "Multiply", 1},
                {"LIGHTEN", "Lighten", 7},
                {"SCREEN", "Screen", 8},
                {"ADD", "Add", 2},
                {"OVERLAY", "Overlay", 9},
                {"SOFT_LIGHT", "Soft Light", 15},
                {"LINEAR_LIGHT", "Linear Light", 16},
                {"DIFFERENCE", "Difference", 6},
                {"SUBTRACT", "Subtract", 3},
                {"DIVIDE", "Divide", 4},
                {"HUE", "Hue", 10},
                {"SATURATION", "Saturation", 11},
                {"COLOR", "Color", 13},
                {"VALUE", "Value", 12}})
        .changes(Change::Shading);
    s.add<&ColorMapping::blend_color>("blend_color", "Color")
        .subtype(Subtype::Color)
        .range(0, infinity)
        .soft(0, 1)
        .default_value(Value::Numbers{0, 0, 0})
        .changes(Change::Shading);
    s.add<&ColorMapping::blend_factor>("blend_factor", "Blend Factor")
        .soft(-10000, 10000)
        .changes(Change::Shading);
    return s.build();
  }();
  return schema;
}

const Schema& ImageUser::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ImageUser> s("ImageUser", "Image User");
    s.add<&ImageUser::use_auto_refresh>("use_auto_refresh", "Auto Refresh")
        .not_animatable()
        .overridable()
        .changes(Change::Shading);
    s.add<&ImageUser::frame_current>("frame_current", "Current Frame")
        .subtype(Subtype::Time)
        .range(-1048574, 1048574)
        .overridable()
        .changes(Change::Shading);
    s.add<&ImageUser::use_cyclic>("use_cyclic", "Cyclic")
        .not_animatable()
        .overridable()
        .changes(Change::Shading);
    s.add<&ImageUser::frame_duration>("frame_duration", "Frames")
        .range(0, 1048574)
        .not_animatable()
        .overridable()
        .default_value(0)
        .changes(Change::Shading);
    s.add<&ImageUser::frame_offset>("frame_offset", "Offset")
        .soft(-10000, 10000)
        .overridable()
        .changes(Change::Shading);
    s.add<&ImageUser::frame_start>("frame_start", "Start Frame")
        .subtype(Subtype::Time)
        .range(-1048574, 1048574)
        .not_animatable()
        .overridable()
        .default_value(0)
        .changes(Change::Shading);
    const auto level = [](PropertyBuilder p) {
      p.subtype(Subtype::Unsigned).range(0, 32767).read_only().overridable();
    };
    level(s.add<&ImageUser::multilayer_layer>("multilayer_layer", "Layer"));
    level(s.add<&ImageUser::multilayer_pass>("multilayer_pass", "Pass"));
    level(s.add<&ImageUser::multilayer_view>("multilayer_view", "View"));
    s.add<&ImageUser::tile>("tile", "Tile")
        .non_negative()
        .not_animatable()
        .overridable()
        .changes(Change::Shading);
    return s.build();
  }();
  return schema;
}

void register_texture_mapping(Registry& registry) {
  registry.add(TexMapping::schema());
  registry.add(ColorMapping::schema());
  registry.add(ImageUser::schema());
}

}  // namespace kiln
