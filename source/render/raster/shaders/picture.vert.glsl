// A picture on a rectangle of the scene or of the view. Constants: is_fixed (corners are places in the view).
uniform vec4 corners[4];  // lower left, lower right, upper left, upper right
uniform int number;
out vec2 place;  // in the picture, from its lower left
flat out uint id;
out float gl_ClipDistance[6];

void main() {
  vec4 world = vec4(corners[gl_VertexID].xyz, 1.0);
  gl_Position = is_fixed ? vec4(world.xy, 0.0, 1.0) : view_projection * world;
  if (has_clip_planes) {
    for (int i = 0; i < 6; ++i) {
      gl_ClipDistance[i] = is_fixed ? 1.0 : clip_distance(i, world.xyz);
    }
  }
  place = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  id = uint(number);
}
