// Translucent triangles over surfaces.
struct Fill {
  vec4 corners[3];
  vec4 colors[3];
};
layout(std430, binding = 2) readonly buffer Fills { Fill fills[]; };
out vec4 color;
flat out uint id;
out float gl_ClipDistance[6];

void main() {
  Fill fill = fills[gl_VertexID / 3];
  gl_Position = view_projection * vec4(fill.corners[gl_VertexID % 3].xyz, 1.0);
  if (has_clip_planes) {
    for (int i = 0; i < 6; ++i) {
      gl_ClipDistance[i] = clip_distance(i, fill.corners[gl_VertexID % 3].xyz);
    }
  }
  gl_Position.z -= 0.00002 * gl_Position.w;
  color = fill.colors[gl_VertexID % 3];
  id = 0u;
}
