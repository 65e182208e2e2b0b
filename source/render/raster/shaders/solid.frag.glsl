// Constants: lighting, has_shadows, hides_backs, has_face_orientation, color_source.
#include "surface_light"
#include "surface_color"
in vec4 shadow_place;
flat in uint id;
flat in uint is_mirrored;
uniform sampler2DShadow shadow_map;
uniform vec3 shadow_direction;  // towards the light, in the view
uniform float shadow_intensity;
layout(location = 0) out vec4 out_color;
layout(location = 1) out uvec2 out_facts;

// The share of the light that arrives, from a few places of the shadow map.
float shadow_at(vec3 n) {
  vec3 p = shadow_place.xyz / shadow_place.w * 0.5 + 0.5;
  float slope = dot(n, shadow_direction);
  if (slope <= 0.0 || any(lessThan(p, vec3(0.0))) || any(greaterThan(p, vec3(1.0)))) {
    return slope <= 0.0 ? 0.0 : 1.0;
  }
  p.z -= 0.0008 + 0.002 * (1.0 - slope);
  float light = 0.0;
  vec2 texel = 1.0 / vec2(textureSize(shadow_map, 0));
  for (int i = -1; i <= 1; ++i) {
    for (int j = -1; j <= 1; ++j) {
      light += texture(shadow_map, vec3(p.xy + vec2(i, j) * texel, p.z));
    }
  }
  return light / 9.0;
}

void main() {
  vec3 n = surface_normal();
  bool is_front = gl_FrontFacing != (is_mirrored != 0u);
  if (hides_backs && !is_front) {
    discard;
  }
  // Colors are display-referred: light is mixed in linear terms.
  vec3 linear = lit(n, pow(surface_color(), vec3(2.2)));
  if (has_shadows) {
    linear *= mix(1.0, shadow_at(n), shadow_intensity);
  }
  vec3 shown = pow(linear, vec3(1.0 / 2.2));
  if (has_face_orientation) {
    shown = mix(shown, is_front ? vec3(0.20, 0.35, 0.95) : vec3(0.95, 0.20, 0.15), 0.5);
  }
  out_color = vec4(shown, 1.0);
  out_facts = uvec2(id, pack_normal(n));
}
