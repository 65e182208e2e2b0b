#include "document/studio_light.h"

#include "core/schema/builder.h"
#include "core/schema/services.h"
#include "document/preferences.h"

namespace kiln {
namespace {

SolidLight lamp(float3 direction, float3 color, float smooth = 0.18f) {
  return {true, smooth, normalize(direction), color, color};
}

StudioLight studio(std::string name, std::initializer_list<SolidLight> lamps, float3 sky,
                   float3 ground, float shininess) {
  StudioLight light;
  light.name = std::move(name);
  light.sky = sky;
  light.ground = ground;
  light.shininess = shininess;
  for (const SolidLight& each : lamps) {
    light.solid_lights.add(each);
  }
  while (light.solid_lights.size() < StudioLight::lamp_count) {
    light.solid_lights.add(SolidLight{.use = false});
  }
  return light;
}

StudioLight named(std::string name, StudioLightType type) {
  StudioLight light;
  light.name = std::move(name);
  light.type = type;
  return light;
}

// The light of the lamps, and that from everywhere, projected onto the real spherical harmonics of
// degrees 0 and 1: constant, along Y, Z and X. Ramamoorthi and Hanrahan, "An Efficient
// Representation for Irradiance Environment Maps", 2001.
Value::Numbers harmonics(const StudioLight& light) {
  constexpr double y0 = 0.28209479, y1 = 0.48860251, whole_sphere = 12.566370614;
  Value::Numbers out(12, 0.0);
  const float3 ambient = (light.sky + light.ground) * 0.5f;
  for (int c = 0; c < 3; ++c) {
    out[std::size_t(c)] = y0 * whole_sphere * double(ambient[c]);
  }
  for (const SolidLight& lamp : light.solid_lights) {
    const double basis[] = {y0, y1 * double(lamp.direction.y), y1 * double(lamp.direction.z),
                            y1 * double(lamp.direction.x)};
    for (int i = 0; lamp.use && i < 4; ++i) {
      for (int c = 0; c < 3; ++c) {
        out[std::size_t(i * 3 + c)] += basis[i] * double(lamp.diffuse_color[c]);
      }
    }
  }
  return out;
}

std::int64_t index_of(const ConstRef& ref) {
  const auto* preferences = ref.services ? ref.services->find<Preferences>() : nullptr;
  for (std::int64_t i = 0; preferences && i < preferences->studio_lights.size(); ++i) {
    if (&preferences->studio_lights[i] == ref.data) {
      return i;
    }
  }
  return 0;
}

}  // namespace

std::vector<StudioLight> built_in_studio_lights() {
  std::vector<StudioLight> lights{
      // A warm key, a cool fill and a rim.
      studio("Default",
             {lamp({-0.45f, 0.62f, 0.64f}, {0.78f, 0.76f, 0.73f}),
              lamp({0.80f, 0.10f, 0.55f}, {0.26f, 0.28f, 0.32f}),
              lamp({0.10f, -0.75f, -0.35f}, {0.16f, 0.17f, 0.20f})},
             {0.20f, 0.205f, 0.22f}, {0.06f, 0.0615f, 0.066f}, 28.0f),
      studio("Soft",
             {lamp({-0.3f, 0.8f, 0.6f}, {0.42f, 0.42f, 0.43f}, 0.6f),
              lamp({0.8f, 0.2f, 0.5f}, {0.24f, 0.24f, 0.25f}, 0.6f),
              lamp({-0.8f, -0.2f, 0.4f}, {0.16f, 0.16f, 0.17f}, 0.6f)},
             {0.34f, 0.34f, 0.35f}, {0.22f, 0.21f, 0.20f}, 10.0f),
      studio("Rim",
             {lamp({-0.75f, 0.35f, -0.45f}, {1.5f, 1.45f, 1.35f}, 0.05f),
              lamp({0.8f, 0.3f, -0.45f}, {0.75f, 0.95f, 1.4f}, 0.05f),
              lamp({0.0f, 0.6f, 0.8f}, {0.20f, 0.20f, 0.21f}, 0.2f)},
             {0.07f, 0.07f, 0.08f}, {0.04f, 0.04f, 0.04f}, 40.0f),
      studio("Top",
             {lamp({0.05f, 1.0f, 0.25f}, {0.95f, 0.94f, 0.90f}, 0.1f),
              lamp({-0.2f, -0.9f, 0.3f}, {0.10f, 0.09f, 0.08f}, 0.2f)},
             {0.30f, 0.33f, 0.38f}, {0.16f, 0.14f, 0.12f}, 24.0f),
      studio("Contrast",
             {lamp({-0.75f, 0.45f, 0.45f}, {1.25f, 1.15f, 1.0f}, 0.0f),
              lamp({0.85f, -0.1f, -0.25f}, {0.20f, 0.28f, 0.42f}, 0.0f)},
             {0.06f, 0.06f, 0.07f}, {0.03f, 0.03f, 0.03f}, 60.0f)};
  for (const char* name : {"Studio", "Sky", "Overcast", "Sunset", "Night"}) {
    lights.push_back(named(name, StudioLightType::World));
  }
  for (const char* name : {"Clay", "Ceramic", "Red Wax", "Jade", "Steel", "Gold", "Pearl", "Sky",
                           "Zebra", "Normals"}) {
    lights.push_back(named(name, StudioLightType::Matcap));
  }
  return lights;
}

const Schema& SolidLight::schema() {
  static const Schema schema = [] {
    SchemaBuilder<SolidLight> s("UserSolidLight", "Solid Light");
    s.add<&SolidLight::use>("use", "Enabled").describe("It gives light").default_value(true);
    s.add<&SolidLight::smooth>("smooth", "Smooth")
        .describe("How far the light reaches around bodies")
        .range(0, 1)
        .subtype(Subtype::Factor);
    s.add<&SolidLight::direction>("direction", "Direction")
        .describe("Where the light comes from: to the right, up, towards the viewer")
        .soft(-10000, 10000)
        .subtype(Subtype::Direction);
    s.add<&SolidLight::specular_color>("specular_color", "Specular Color")
        .describe("The color of its reflections")
        .range(0, infinity)
        .soft(0, 1)
        .subtype(Subtype::Color);
    s.add<&SolidLight::diffuse_color>("diffuse_color", "Diffuse Color")
        .describe("The color of its light on surfaces")
        .range(0, infinity)
        .soft(0, 1)
        .subtype(Subtype::Color);
    return noted_in_preferences(s.build());
  }();
  return schema;
}

const Schema& StudioLight::schema() {
  static const Schema schema = [] {
    using T = StudioLight;
    SchemaBuilder<T> s("StudioLight", "Studio Light");
    s.add_computed(PropertyType::Int, "index", "Index",
                   [](const ConstRef& ref) { return Value(index_of(ref)); })
        .describe("Its place among all of them")
        .soft(-10000, 10000)
        .default_value(std::int64_t(0));
    s.add<&T::is_user_defined>("is_user_defined", "User Defined")
        .describe("It was added by the user")
        .read_only();
    s.add_computed(
         PropertyType::Boolean, "has_specular_highlight_pass", "Has Specular Highlight",
         [](const ConstRef& ref) { return Value(ref.as<T>().type == StudioLightType::Studio); })
        .describe("Reflections of its lamps are apart from their light on surfaces")
        .default_value(false);
    s.add<&T::type>("type", "Type")
        .items({{"STUDIO", "Studio", int(StudioLightType::Studio), "Lamps that follow the view"},
                {"WORLD", "World", int(StudioLightType::World), "A picture of all around"},
                {"MATCAP", "MatCap", int(StudioLightType::Matcap), "A picture of a lit ball"}})
        .read_only();
    s.add<&T::name>("name", "Name").read_only();
    s.add<&T::path>("path", "Path")
        .describe("The file it comes from; empty for those that the program makes")
        .subtype(Subtype::DirPath)
        .read_only();
    s.add<&T::solid_lights>("solid_lights", "Solid Lights").describe("The lamps of a studio");
    s.add_computed(PropertyType::Float, "light_ambient", "Ambient Color",
                   [](const ConstRef& ref) {
                     const T& light = ref.as<T>();
                     const float3 mean = (light.sky + light.ground) * 0.5f;
                     return Value(Value::Numbers{mean.x, mean.y, mean.z});
                   })
        .describe("Light that comes from everywhere")
        .array(3)
        .range(0, infinity)
        .soft(0, 1)
        .subtype(Subtype::Color)
        .default_value(Value::Numbers{0, 0, 0});
    s.add_computed(PropertyType::Float, "spherical_harmonics_coefficients", "",
                   [](const ConstRef& ref) { return Value(harmonics(ref.as<T>())); })
        .describe(
            "The light of a studio as the first four spherical harmonics, red, green and blue")
        .matrix(4, 3)
        .range(0, infinity)
        .soft(0, 1)
        .subtype(Subtype::Color)
        .default_value(Value::Numbers(12, 0.0));
    s.set_name_property("name");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln
