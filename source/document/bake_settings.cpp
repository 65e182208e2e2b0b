#include "document/bake_settings.h"

namespace kiln {

std::vector<EnumItem> bake_axis_items() {
  return {{"POS_X", "+X", 0}, {"POS_Y", "+Y", 1}, {"POS_Z", "+Z", 2},
          {"NEG_X", "-X", 3}, {"NEG_Y", "-Y", 4}, {"NEG_Z", "-Z", 5}};
}

const Schema& BakeSettings::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BakeSettings> s("BakeSettings", "Bake Data");
    s.add<&BakeSettings::margin>("margin", "Margin")
        .range(0, 32767)
        .soft(0, 64)
        .subtype(Subtype::Pixel)
        .not_animatable();
    s.add<&BakeSettings::use_clear>("use_clear", "Clear").not_animatable();
    s.add<&BakeSettings::normal_space>("normal_space", "Normal Space")
        .items({{"OBJECT", "Object", 0}, {"TANGENT", "Tangent", 1}})
        .default_value("OBJECT")
        .not_animatable();
    s.add<&BakeSettings::normal_r>("normal_r", "Normal Space")
        .items(bake_axis_items())
        .not_animatable();
    s.add<&BakeSettings::normal_g>("normal_g", "Normal Space")
        .items(bake_axis_items())
        .default_value("POS_X")
        .not_animatable();
    s.add<&BakeSettings::normal_b>("normal_b", "Normal Space")
        .items(bake_axis_items())
        .default_value("POS_X")
        .not_animatable();
    s.add<&BakeSettings::use_pass_emit>("use_pass_emit", "Emit").not_animatable();
    s.add<&BakeSettings::use_pass_direct>("use_pass_direct", "Direct").not_animatable();
    s.add<&BakeSettings::use_pass_indirect>("use_pass_indirect", "Indirect").not_animatable();
    s.add<&BakeSettings::use_pass_color>("use_pass_color", "Color").not_animatable();
    s.add<&BakeSettings::use_pass_diffuse>("use_pass_diffuse", "Diffuse").not_animatable();
    s.add<&BakeSettings::use_pass_glossy>("use_pass_glossy", "Glossy").not_animatable();
    s.add<&BakeSettings::use_pass_transmission>("use_pass_transmission", "Transmission")
        .not_animatable();
    s.set_nested_in("RenderSettings");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln
