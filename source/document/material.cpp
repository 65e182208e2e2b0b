#include "document/material.h"

#include "document/default_trees.h"
#include "document/node_tree.h"

namespace kiln {

const Schema& CyclesMaterialSettings::schema() {
  static const Schema schema = [] {
    SchemaBuilder<CyclesMaterialSettings> s("CyclesMaterialSettings", "", &property_group_schema());
    s.add<&CyclesMaterialSettings::sample_as_light>("sample_as_light", "Multiple Importance Sample")
        .changes(Change::Shading);
    s.add<&CyclesMaterialSettings::use_transparent_shadow>("use_transparent_shadow",
                                                           "Transparent Shadows")
        .changes(Change::Shading);
    s.add<&CyclesMaterialSettings::displacement_method>("displacement_method",
                                                        "Displacement Method")
        .items({{"BUMP", "Bump Only", 0},
                {"DISPLACEMENT", "Displacement Only", 1},
                {"BOTH", "Displacement and Bump", 2}})
        .changes(Change::Shading);
    return s.build();
  }();
  return schema;
}

const Schema& Material::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Material> s("Material", "Material", &DataBlock::schema());
    s.add<&Material::blend_method>("blend_method", "Blend Mode")
        .items({{"OPAQUE", "Opaque", 0},
                {"CLIP", "Alpha Clip", 3},
                {"HASHED", "Alpha Hashed", 4},
                {"BLEND", "Alpha Blend", 5}})
        .changes(Change::Shading);
    s.add<&Material::alpha_threshold>("alpha_threshold", "Clip Threshold")
        .range(0, 1)
        .subtype(Subtype::Factor)
        .changes(Change::Shading);
    s.add<&Material::use_backface_culling>("use_backface_culling", "Backface Culling")
        .changes(Change::Shading);
    using Shape = MaterialPreviewShape;
    s.add<&Material::preview_render_type>("preview_render_type", "Preview Render Type")
        .describe("What previews show the material on")
        .items({{"FLAT", "Flat", int(Shape::Flat), "A plane"},
                {"SPHERE", "Sphere", int(Shape::Sphere), "A ball"},
                {"CUBE", "Cube", int(Shape::Cube), "A box"},
                {"HAIR", "Hair", int(Shape::Hair), "A tuft of strands"},
                {"SHADERBALL", "Shader Ball", int(Shape::ShaderBall),
                 "A ball with an opening and a core"},
                {"CLOTH", "Cloth", int(Shape::Cloth), "A cloth over a ball"},
                {"FLUID", "Fluid", int(Shape::Fluid), "Waves with drops"}})
        .not_animatable();
    s.add<&Material::use_preview_world>("use_preview_world", "Preview World")
        .describe("Previews stand in the world of the scene");
    s.add<&Material::pass_index>("pass_index", "Pass Index")
        .range(0, 32767)
        .subtype(Subtype::Unsigned)
        .changes(Change::Shading);
    s.add<&Material::diffuse_color>("diffuse_color", "Diffuse Color")
        .range(0, infinity)
        .soft(0, 1)
        .subtype(Subtype::Color)
        .changes(Change::Shading)
        .overridable()
        .default_value(Value::Numbers{0.8, 0.8, 0.8, 0.8});
    s.add<&Material::specular_color>("specular_color", "Specular Color")
        .range(0, infinity)
        .soft(0, 1)
        .subtype(Subtype::Color)
        .changes(Change::Shading)
        .overridable();
    s.add<&Material::roughness>("roughness", "Roughness")
        .range(0, 1)
        .subtype(Subtype::Factor)
        .changes(Change::Shading)
        .overridable();
    s.add<&Material::specular_intensity>("specular_intensity", "Specular")
        .range(0, 1)
        .subtype(Subtype::Factor)
        .changes(Change::Shading)
        .overridable();
    s.add<&Material::metallic>("metallic", "Metallic")
        .range(0, 1)
        .subtype(Subtype::Factor)
        .changes(Change::Shading)
        .overridable();
    s.add<&Material::node_tree>("node_tree", "Node Tree")
        .changes(Change::Shading)
        .read_only()
        .not_animatable()
        .overridable();
    s.add<&Material::use_nodes>("use_nodes", "Use Nodes")
        .changes(Change::Shading)
        .not_animatable()
        .set([](const MutableRef& r, const Value& v) {
          return set_use_nodes(r, v.as_bool(), &Material::use_nodes, &Material::node_tree,
                               material_tree);
        });
    s.add<&Material::cycles>("cycles", "Cycles Material Settings").not_animatable();
    return s.build();
  }();
  return schema;
}

}  // namespace kiln
