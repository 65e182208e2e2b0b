// Lines of a plane through the origin: at every unit and two powers of the subdivisions, fading where they get too dense.
// Constants: normal_axis (of the plane: 0, 1 or 2), fades (where the plane is far or seen edge-on).
in vec3 ray_start;
in vec3 ray_end;
uniform vec4 grid_color;
uniform vec4 axis_colors[3];
uniform vec3 eye;
uniform float far_distance;
uniform float spacing;  // of the finest lines, in metres
uniform float subdivisions;  // lines from one of the next spacing to another
layout(location = 0) out vec4 out_color;

// How much of a pixel lines one apart cover; `pixels` there are from one to the next.
float lines(vec2 p, vec2 pixels) {
  vec2 d = abs(fract(p - 0.5) - 0.5) * pixels;
  return 1.0 - min(min(d.x, d.y), 1.0);
}

void main() {
  float t = ray_start[normal_axis] / (ray_start[normal_axis] - ray_end[normal_axis]);
  vec3 at = mix(ray_start, ray_end, t);
  const int i = normal_axis == 0 ? 1 : 0, j = normal_axis == 2 ? 1 : 2;
  vec2 p = vec2(at[i], at[j]);
  vec2 width = max(fwidth(p), vec2(1e-7));
  if (!(t > 0.0 && t < 1.0)) {
    discard;
  }
  // The finest spacing whose lines are some pixels apart, and the next two.
  float level = max(0.0, log2(max(width.x, width.y) * 14.0 / spacing) / log2(subdivisions));
  float whole = floor(level), part = level - whole;
  float s = exp2(whole * log2(subdivisions)) * spacing;
  vec2 pixels = s / width;
  p /= s;
  float strength = lines(p, pixels) * (1.0 - part) * 0.55;
  strength = max(strength, lines(p / subdivisions, pixels * subdivisions) * mix(0.85, 0.55, part));
  strength = max(strength, lines(p / (subdivisions * subdivisions), pixels * subdivisions * subdivisions) * 0.85);
  vec4 color = vec4(grid_color.rgb, strength * grid_color.a);
  vec2 on_axis = clamp(1.4 - abs(p) * pixels, 0.0, 1.0) * vec2(axis_colors[j].a > 0.0, axis_colors[i].a > 0.0);
  color = mix(color, vec4(axis_colors[i].rgb, max(color.a, on_axis.y * 0.9)), on_axis.y);
  color = mix(color, vec4(axis_colors[j].rgb, max(color.a, on_axis.x * 0.9)), on_axis.x);
  if (fades) {
    vec3 ray = at - eye;
    float distance = length(ray);
    color.a *= smoothstep(0.0, 0.12, abs(ray[normal_axis]) / distance) * (1.0 - smoothstep(0.3, 1.0, distance / far_distance));
  }
  if (color.a < 0.004) {
    discard;
  }
  out_color = color;
  vec4 clip = view_projection * vec4(at, 1.0);
  gl_FragDepth = clamp(clip.z / clip.w * 0.5 + 0.5 + 0.000002, 0.0, 1.0);
}
