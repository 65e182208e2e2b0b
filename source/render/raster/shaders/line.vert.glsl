// Every line is a quad as wide as wanted, made here from its two ends.
struct Line {
  vec4 from;    // w: length on the screen in pixels; 0: as far as the other end
  vec4 to;      // w: number of the object, as bits
  vec4 color;
};
layout(std430, binding = 2) readonly buffer Lines { Line lines[]; };
uniform float width;
flat out vec4 color;
flat out uint id;
out float across;  // pixels from the middle
flat out float half_width;
out float gl_ClipDistance[6];

void main() {
  Line line = lines[gl_VertexID / 6];
  int corner = gl_VertexID % 6;
  vec4 a = view_projection * vec4(line.from.xyz, 1.0);
  vec3 to = line.to.xyz;
  if (line.from.w > 0.0) {
    // As long in the scene as so many pixels are wide where it starts.
    vec3 across_view = vec3(view_projection[0][1], view_projection[1][1], view_projection[2][1]);
    float pixel = 2.0 * max(a.w, 1e-4) / (viewport.y * max(length(across_view), 1e-6));
    to = line.from.xyz + normalize(to - line.from.xyz) * (line.from.w * pixel);
  }
  vec4 b = view_projection * vec4(to, 1.0);
  // What is behind the eye is cut off before dividing.
  float near = 1e-4;
  if (a.w < near && b.w < near) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  if (a.w < near) {
    a = mix(a, b, (near - a.w) / (b.w - a.w));
  } else if (b.w < near) {
    b = mix(b, a, (near - b.w) / (a.w - b.w));
  }
  vec2 pa = a.xy / a.w * viewport * 0.5, pb = b.xy / b.w * viewport * 0.5;
  vec2 along = pb - pa;
  float len = length(along);
  along = len > 1e-5 ? along / len : vec2(1.0, 0.0);
  vec2 side = vec2(-along.y, along.x);
  half_width = width * 0.5 + 0.75;
  bool is_end = corner == 1 || corner == 2 || corner == 4;
  float s = corner == 0 || corner == 1 || corner == 3 ? -1.0 : 1.0;
  vec4 p = is_end ? b : a;
  vec2 offset = (side * s + along * (is_end ? 0.5 : -0.5)) * half_width;
  gl_Position = p;
  if (has_clip_planes) {
    for (int i = 0; i < 6; ++i) {
      gl_ClipDistance[i] = clip_distance(i, is_end ? to : line.from.xyz);
    }
  }
  gl_Position.xy += offset / (viewport * 0.5) * p.w;
  gl_Position.z -= 0.00003 * gl_Position.w;  // on surfaces, not in them
  across = s * half_width;
  color = line.color;
  id = floatBitsToUint(line.to.w);
}
