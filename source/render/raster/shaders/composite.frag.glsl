// Puts shaded surfaces on the background and draws what follows from neighbouring pixels: cavities, edges and outlines.
in vec2 uv;
uniform sampler2D shaded;
uniform usampler2D facts;
uniform vec4 background_top;
uniform vec4 background_bottom;
uniform vec4 select_color;
uniform vec4 active_color;
uniform bool has_cavity;
uniform bool has_outline;
uniform float outline_width;
uniform bool has_surfaces;
layout(location = 0) out vec4 out_color;

const uint number_mask = 0x3fffffffu;

uvec2 facts_at(ivec2 p) { return texelFetch(facts, clamp(p, ivec2(0), ivec2(viewport) - 1), 0).xy; }

void main() {
  ivec2 p = ivec2(gl_FragCoord.xy);
  vec3 color = mix(background_bottom.rgb, background_top.rgb, gl_FragCoord.y / viewport.y);
  if (has_surfaces) {
    uvec2 center = facts_at(p);
    uvec2 left = facts_at(p - ivec2(1, 0)), right = facts_at(p + ivec2(1, 0));
    uvec2 down = facts_at(p - ivec2(0, 1)), up = facts_at(p + ivec2(0, 1));
    if (center.x != 0u) {
      color = texelFetch(shaded, p, 0).rgb;
      bool is_inside = left.x == center.x && right.x == center.x && up.x == center.x && down.x == center.x;
      if (has_cavity && is_inside) {
        // Curvature from the change of the normal: ridges get lighter, valleys darker.
        float curvature = unpack_normal(right.y).x - unpack_normal(left.y).x + unpack_normal(up.y).y - unpack_normal(down.y).y;
        color *= curvature > 0.0 ? 1.0 + min(curvature, 1.0) * 0.35 : 1.0 / (1.0 - max(curvature, -1.0) * 0.7);
      }
      if (has_outline && !is_inside) {
        color *= 0.72;
      }
    }
    // The outline of selected objects lies outside them.
    float best = 0.0;
    bool is_active = false;
    uint own = center.x & number_mask;
    for (int i = 0; i < 8; ++i) {
      float angle = float(i) * 0.785398163;
      vec2 direction = vec2(cos(angle), sin(angle));
      for (int r = 1; r <= 2; ++r) {
        float reach = float(r) * outline_width * 0.5;
        uint other = facts_at(p + ivec2(round(direction * reach))).x;
        if ((other >> 30) != 0u && (other & number_mask) != own && (center.x >> 30) <= (other >> 30)) {
          best = max(best, r == 1 ? 1.0 : 0.75);
          is_active = is_active || (other >> 31) != 0u;
        }
      }
    }
    if (best > 0.0) {
      vec4 line = is_active ? active_color : select_color;
      color = mix(color, line.rgb, best);
    }
  }
  out_color = vec4(color, 1.0);
}
