layout(location = 0) in vec3 position;
uniform int first_instance;
uniform vec4 select_color;
uniform vec4 active_color;
uniform float opacity;
flat out vec4 color;
flat out uint id;
out float gl_ClipDistance[6];

void main() {
  Instance instance = instances[first_instance + gl_InstanceID];
  vec4 world = instance.world * vec4(position, 1.0);
  gl_Position = view_projection * world;
  if (has_clip_planes) {
    for (int i = 0; i < 6; ++i) {
      gl_ClipDistance[i] = clip_distance(i, world.xyz);
    }
  }
  // A little towards the eye, so that edges lie on their faces.
  gl_Position.z -= 0.00002 * gl_Position.w;
  id = instance.facts.x;
  vec4 own = vec4(unpackUnorm4x8(colors[int(instance.facts.y)]).rgb, 1.0);
  color = (id >> 31) != 0u ? active_color : ((id >> 30) & 1u) != 0u ? select_color : own;
  color.a *= opacity;
}
