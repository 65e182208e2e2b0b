// One of several transparent surfaces over each other: what is summed up and what is let through.
// McGuire and Bavoil, "Weighted Blended Order-Independent Transparency", JCGT 2013.
// Constants: lighting, hides_backs, color_source.
#include "surface_light"
#include "surface_color"
flat in float own_alpha;
flat in uint is_mirrored;
uniform float alpha;
layout(location = 0) out vec4 out_sum;
layout(location = 1) out float out_passed;

void main() {
  vec3 n = surface_normal();
  float opacity = alpha * own_alpha;
  if (hides_backs && gl_FrontFacing == (is_mirrored != 0u)) {
    discard;
  }
  vec3 shown = pow(lit(n, pow(surface_color(), vec3(2.2))), vec3(1.0 / 2.2));
  float near = 1.0 - gl_FragCoord.z;
  float weight = opacity * clamp(8.0 * near * near * near + 0.05, 0.05, 8.0);
  out_sum = vec4(shown * weight, weight);
  out_passed = opacity;
}
