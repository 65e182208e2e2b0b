// Outlines of selected objects, outside them.
in vec2 uv;
uniform usampler2D facts;
uniform vec4 select_color;
uniform vec4 active_color;
uniform float outline_width;
layout(location = 0) out vec4 out_color;

const uint number_mask = 0x0fffffffu;
// Directions around a pixel, an eighth of a turn apart.
const vec2 directions[8] = vec2[](vec2(1.0, 0.0), vec2(0.70710678, 0.70710678), vec2(0.0, 1.0), vec2(-0.70710678, 0.70710678),
                                  vec2(-1.0, 0.0), vec2(-0.70710678, -0.70710678), vec2(0.0, -1.0), vec2(0.70710678, -0.70710678));

uint number_at(ivec2 p) { return texelFetch(facts, clamp(p, ivec2(0), ivec2(viewport) - 1), 0).x; }

void main() {
  ivec2 p = ivec2(gl_FragCoord.xy);
  uint center = number_at(p);
  float best = 0.0;
  bool is_active = false;
  for (int i = 0; i < 8; ++i) {
    for (int r = 1; r <= 2; ++r) {
      uint other = number_at(p + ivec2(round(directions[i] * (float(r) * outline_width * 0.5))));
      if ((other >> 30) != 0u && ((other ^ center) & number_mask) != 0u && (center >> 30) <= (other >> 30)) {
        best = max(best, r == 1 ? 1.0 : 0.75);
        is_active = is_active || (other >> 31) != 0u;
      }
    }
  }
  if (best == 0.0) {
    discard;
  }
  out_color = vec4((is_active ? active_color : select_color).rgb, best);
}
