// Constants: is_smooth (its borders fade).
flat in vec4 color;
flat in uint id;
in float across;
flat in float half_width;
uniform float opacity;
layout(location = 0) out vec4 out_color;

void main() {
  float inside = half_width - abs(across);
  float coverage = is_smooth ? clamp(inside, 0.0, 1.0) : step(0.5, inside);
  out_color = vec4(color.rgb, color.a * opacity * coverage);
}
