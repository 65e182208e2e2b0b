flat in vec4 color;
flat in uint id;
in float across;
flat in float half_width;
uniform float opacity;
layout(location = 0) out vec4 out_color;

void main() {
  float coverage = clamp(half_width - abs(across), 0.0, 1.0);
  out_color = vec4(color.rgb, color.a * opacity * coverage);
}
