struct Dot {
  vec4 at;  // w: radius in pixels
  vec4 color;
};
layout(std430, binding = 2) readonly buffer Dots { Dot dots[]; };
flat out vec4 color;
flat out float radius;
out vec2 from_center;
out float gl_ClipDistance[6];

void main() {
  Dot own = dots[gl_VertexID / 6];
  int corner = gl_VertexID % 6;
  vec2 s = vec2(corner == 1 || corner == 2 || corner == 4 ? 1.0 : -1.0, corner == 2 || corner == 4 || corner == 5 ? 1.0 : -1.0);
  radius = own.at.w;
  from_center = s * (radius + 1.5);
  gl_Position = view_projection * vec4(own.at.xyz, 1.0);
  if (has_clip_planes) {
    for (int i = 0; i < 6; ++i) {
      gl_ClipDistance[i] = clip_distance(i, own.at.xyz);
    }
  }
  gl_Position.xy += from_center / (viewport * 0.5) * gl_Position.w;
  gl_Position.z -= 0.00006 * gl_Position.w;
  color = own.color;
}
