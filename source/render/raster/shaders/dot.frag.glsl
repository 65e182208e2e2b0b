flat in vec4 color;
flat in float radius;
in vec2 from_center;
layout(location = 0) out vec4 out_color;

void main() {
  float d = length(from_center);
  float fill = clamp(radius - d + 0.5, 0.0, 1.0);
  float rim = clamp(radius + 1.0 - d + 0.5, 0.0, 1.0);
  out_color = vec4(mix(vec3(0.0), color.rgb, fill), rim * color.a);
}
