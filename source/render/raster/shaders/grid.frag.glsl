// Lines of a plane through the origin: at every unit, ten and hundred, fading where they get too dense.
in vec2 uv;
uniform mat4 inverse_view_projection;
uniform vec4 grid_color;
uniform vec4 axis_colors[3];
uniform int normal_axis;  // the plane's normal: 0, 1 or 2
uniform vec3 eye;
uniform bool is_perspective;
uniform float far_distance;
uniform float spacing;  // of the finest lines, in metres
layout(location = 0) out vec4 out_color;

float lines(vec2 p, vec2 width, float spacing) {
  vec2 d = abs(fract(p / spacing - 0.5) - 0.5) * spacing / width;
  return 1.0 - clamp(min(d.x, d.y), 0.0, 1.0);
}

void main() {
  vec4 a = inverse_view_projection * vec4(uv * 2.0 - 1.0, -1.0, 1.0);
  vec4 b = inverse_view_projection * vec4(uv * 2.0 - 1.0, 1.0, 1.0);
  vec3 from = a.xyz / a.w, to = b.xyz / b.w;
  float t = -from[normal_axis] / (to[normal_axis] - from[normal_axis]);
  vec3 at = mix(from, to, t);
  int i = normal_axis == 0 ? 1 : 0, j = normal_axis == 2 ? 1 : 2;
  vec2 p = vec2(at[i], at[j]);
  vec2 width = max(fwidth(p), vec2(1e-7));
  float size = max(width.x, width.y);
  if (!(t > 0.0 && t < 1.0)) {
    discard;
  }
  // The finest spacing whose lines are some pixels apart, and the next two.
  float level = max(0.0, log(size * 14.0 / spacing) / log(10.0));
  float whole = floor(level), part = level - whole;
  float s = pow(10.0, whole) * spacing;
  float strength = lines(p, width, s) * (1.0 - part) * 0.55;
  strength = max(strength, lines(p, width, s * 10.0) * mix(0.85, 0.55, part));
  strength = max(strength, lines(p, width, s * 100.0) * 0.85);
  vec4 color = vec4(grid_color.rgb, strength * grid_color.a);
  vec2 axis = abs(p) / width;
  if (axis.y < 1.4) {
    float c = clamp(1.4 - axis.y, 0.0, 1.0);
    color = axis_colors[i].a > 0.0 ? vec4(mix(color.rgb, axis_colors[i].rgb, c), max(color.a, c * 0.9)) : color;
  }
  if (axis.x < 1.4) {
    float c = clamp(1.4 - axis.x, 0.0, 1.0);
    color = axis_colors[j].a > 0.0 ? vec4(mix(color.rgb, axis_colors[j].rgb, c), max(color.a, c * 0.9)) : color;
  }
  if (is_perspective) {
    // Fades with distance and where the plane is seen edge-on.
    vec3 ray = normalize(at - eye);
    float slant = smoothstep(0.0, 0.12, abs(ray[normal_axis]));
    color.a *= slant * (1.0 - smoothstep(0.3, 1.0, length(at - eye) / far_distance));
  }
  if (color.a < 0.004) {
    discard;
  }
  out_color = color;
  vec4 clip = view_projection * vec4(at, 1.0);
  gl_FragDepth = clamp(clip.z / clip.w * 0.5 + 0.5 + 0.000002, 0.0, 1.0);
}
